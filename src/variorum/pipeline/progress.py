"""How long work tells of itself, without knowing who listens."""

from __future__ import annotations


class Progress:
    """Told when a stage begins, moves on and ends. This one says nothing; a listener overrides what it wants."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage starts; `total` is its number of steps where that is known."""

    def expect(self, steps: int) -> None:
        """The stage that began last is known to have so many steps more (fewer where negative)."""

    def advance(self, steps: int = 1) -> None:
        """The stage that began last has done `steps` more."""

    def note(self, line: str) -> None:
        """One line that a person should see: a rejected input, say."""

    def end(self) -> None:
        """The last stage is done, or the work stops."""
