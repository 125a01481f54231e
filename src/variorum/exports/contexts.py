"""Exact characters of a text with some of the words around them."""

from __future__ import annotations

from typing import NamedTuple

from variorum.records import Document, Evidence

AROUND = 140
"""Characters of context on each side of a quotation."""


class Context(NamedTuple):
    """Bounds of a quotation's surroundings: ``[left, right)`` is what is shown, ``[first, last)`` the part of the text
    that it is cut out of."""

    left: int
    right: int
    first: int
    last: int

    def before(self, text: str, start: int) -> str:
        """What is shown before a quotation that begins at `start`, from a whole word on."""
        words = text[self.left : start]
        return "…" + words.partition(" ")[2] if self.left > self.first else words

    def after(self, text: str, end: int) -> str:
        """What is shown behind a quotation that ends at `end`, up to a whole word."""
        words = text[end : self.right]
        return words.rpartition(" ")[0] + "…" if self.right < self.last else words


def context(document: Document, item: Evidence) -> Context:
    """What is shown around a piece of evidence: of the block that it stands in, and of no furniture."""
    first, last = _part(document, item)
    return Context(max(first, item.start - AROUND), min(last, item.end + AROUND), first, last)


def _part(document: Document, item: Evidence) -> tuple[int, int]:
    if item.field == "title":
        return 0, len(document.title or "")
    inside = [block for block in document.blocks if block.start <= item.start and item.end <= block.end]
    return (inside[0].start, inside[0].end) if inside else (0, len(document.text))
