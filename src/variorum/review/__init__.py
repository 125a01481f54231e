"""Review: people's decisions on what was made, as an append-only log, and how it replays."""

from .corrections import corrected, mention_at, told_by
from .replay import Standing, joined, replay, span_of, told_apart
from .settled import is_ruled_out, settled
from .targets import Target, target
from .tombstones import tombstoned

__all__ = [
    "Standing",
    "Target",
    "corrected",
    "is_ruled_out",
    "joined",
    "mention_at",
    "replay",
    "settled",
    "span_of",
    "target",
    "told_apart",
    "told_by",
    "tombstoned",
]
