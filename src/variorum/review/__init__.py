"""Review: people's decisions about sameness, as an append-only log, and how it replays."""

from .replay import Standing, replay

__all__ = ["Standing", "replay"]
