"""Derivation: documents → who copied whom, and how many independent witnesses stand behind the copies.

    documents ─▶ fingerprints ─▶ candidates ─▶ alignment ─▶ verdict ─▶ families ─▶ Provenance
                 copies collapsed               the narrator's words    trees, origins

Nothing here needs annotation: quotations, boilerplate, lists and numbers are masked by their characters alone.
"""

from .collection import derive
from .comparing import Compared, compare
from .fingerprints import Keys
from .options import DerivationOptions
from .search import Join, Shared

__all__ = ["Compared", "DerivationOptions", "Join", "Keys", "Shared", "compare", "derive"]
