"""Places: which words of a text name places, and which places of the world they mean.

    Document + Syntax ─▶ spots (spans that name places) ─▶ groups (one sense a text) ─▶ choices ─▶ PlaceMention

The public function is `find_places`; what it weighs is in `PlaceOptions`.
"""

from .mentions import find_places
from .options import PlaceOptions

__all__ = ["PlaceOptions", "find_places"]
