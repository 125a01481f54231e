"""Review: people's decisions about sameness, as an append-only log, and how it replays."""

from .replay import Standing, joined, replay, told_apart
from .targets import Target, target

__all__ = ["Standing", "Target", "joined", "replay", "target", "told_apart"]
