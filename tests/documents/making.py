"""Pages made by hand for the tests of documents. All texts and outlets are invented."""

from __future__ import annotations

from typing import Any

from variorum.documents import make_document
from variorum.records import BlockKind, Declared, Document, Media, Page


def document(content: str | bytes, media: Media = "text/plain", *, source: str = "a.txt", **declared: Any) -> Document:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return make_document(Page(id="p", source=source, media=media, content=raw, declared=Declared(**declared)))


def texts(made: Document, kind: BlockKind) -> list[str]:
    return [made.text[block.start : block.end] for block in made.blocks if block.kind == kind]


def kinds(made: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, made.text[block.start : block.end]) for block in made.blocks]


def check_blocks(made: Document) -> None:
    """What holds for every document: blocks and spans inside the text, blocks sorted, disjoint and not blank."""
    at = 0
    for block in made.blocks:
        assert at <= block.start < block.end <= len(made.text)
        piece = made.text[block.start : block.end]
        assert piece == piece.strip()
        at = block.end
    for span in [*(credit.span for credit in made.credits), *(each.span for each in made.candidates)]:
        assert span is None or 0 <= span.start < span.end <= len(made.text)
