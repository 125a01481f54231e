"""Why a fetch gives no page: raised inside this package, a `Rejection` at its border."""

from __future__ import annotations

from variorum.identity import stable_id
from variorum.records import Rejection, RejectionReason


class Refusal(Exception):  # noqa: N818 - it is an outcome, and ends as a Rejection
    """A fetch that gives no page. `reason` is the rejection's; `detail` is one line for a person."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def rejection(self, source: str) -> Rejection:
        return rejection(source, self.reason, self.detail)


def rejection(source: str, reason: RejectionReason, detail: str) -> Rejection:
    """The rejection of what `source` names; what cannot be printed in one line is left out of its name."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in source)
    return Rejection(id=stable_id("r", (shown, reason, detail)), source=shown, reason=reason, detail=detail)
