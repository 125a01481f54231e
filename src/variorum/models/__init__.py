"""Language models that may propose what the rules leave open: off by default, checked by rule, marked for good.

    open passages ─▶ prompt ─▶ cache, budget, endpoint ─▶ ModelReply ─▶ proposals ─▶ checks ─▶ laid over the Annotation
    coding           one       asking: the edge that      kept as        read by     stricter   behind what the rules
    leaves them      version   alone may wait             it came        a schema    than it    found, each one marked

Nothing here is imported by a run without a model over an edition that none was asked for. Asking is the only part
that touches a network, a clock or a file; all that follows is a function of the replies, so the same replies give the
same edition on any machine and any number of workers.
"""

from .asking import Asked, Asker
from .checking import ProposalFactory, Work
from .settings import Budget, ModelSettings, read_settings

__all__ = ["Asked", "Asker", "Budget", "ModelSettings", "ProposalFactory", "Work", "read_settings"]
