"""Passages: the parts of a document in which words are searched, each by its characters.

A passage is a block of the text, or what stands between two blocks; a title that came beside the text is one too. All
of the text is in some passage, and a phrase never runs over from one paragraph into the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from variorum.records import Document, Evidence, Field, Snippet, Span

from .words import Terms, hits

_LONGEST = 8_000  # characters: PostgreSQL keeps the places of the first 16,383 words of a text
_SHOWN = 240  # characters of a snippet
_BEFORE = 60  # of these before the first hit


class Passage(NamedTuple):
    field: Field
    start: int
    end: int
    text: str


def passages(document: Document) -> Iterator[Passage]:
    """The passages of a document, in the order of its text, the title first."""
    if document.title is not None and not any(block.kind == "title" for block in document.blocks):
        yield Passage("title", 0, len(document.title), document.title)
    at = 0
    for block in document.blocks:
        yield from _cut(document.text, at, block.start)
        yield from _cut(document.text, block.start, block.end)
        at = block.end
    yield from _cut(document.text, at, len(document.text))


def _cut(text: str, start: int, end: int) -> Iterator[Passage]:
    """A stretch as passages that are not too long, cut at spaces where there are any; nothing where it is blank."""
    while start < end and text[start:end].strip():
        stop = end
        if end - start > _LONGEST:
            space = text.rfind(" ", start + 1, start + _LONGEST)
            stop = space if space > 0 else start + _LONGEST
        yield Passage("text", start, stop, text[start:stop])
        start = stop


def snippet(document: str, passage: Passage, terms: Terms) -> Snippet | None:
    """The stretch of a passage about the first of the terms in it; None where it has none of them."""
    found = hits(passage.text, terms, passage.start)
    if not found:
        return None
    start = _boundary(passage, found[0].start - _BEFORE, forward=True)
    end = max(_boundary(passage, start + _SHOWN, forward=False), found[0].end)
    return Snippet(
        evidence=Evidence(document=document, start=start, end=end, field=passage.field),
        text=passage.text[start - passage.start : end - passage.start],
        hits=tuple(Span(*hit) for hit in found if hit.end <= end),
    )


def _boundary(passage: Passage, at: int, *, forward: bool) -> int:
    """The beginning (`forward`) or end of a word next to a character, inside the passage."""
    at = min(max(at, passage.start), passage.end)
    if at in (passage.start, passage.end):
        return at
    text, here = passage.text, at - passage.start
    space = text.find(" ", here) if forward else text.rfind(" ", 0, here)
    return at if space < 0 else passage.start + space + (1 if forward else 0)
