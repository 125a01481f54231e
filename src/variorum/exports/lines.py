"""Lines about readings, evidence, documents and links that every text of an edition shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import shorten

from variorum.records import EditionContent, EditionDocument, Evidence, Link, Reading

from . import wording

Quote = Callable[[Evidence], str]

WIDTH = 110


def reading_line(reading: Reading) -> str:
    """A reading with its speaker, the date of the words, its parts, and whether another replaced it."""
    said = f"{wording.reading(reading)} — {reading.speaker or 'the reporter’s own word'}"
    if reading.as_of:
        said += f", {wording.moment(reading.as_of[:10])}"
    if reading.parts:
        said += f"; of them {', '.join(wording.reading(part) for part in reading.parts)}"
    if reading.superseded_by:
        said += " (superseded)"
    return said


def evidence_lines(
    evidence: Iterable[Evidence], documents: Mapping[str, EditionDocument], quote: Quote
) -> Iterator[str]:
    """The exact words of each piece of evidence, with where they stand."""
    for item in evidence:
        where = f"{item.field} " if item.field != "text" else ""
        source = document_name(documents[item.document])
        yield f"      “{shorten(quote(item), 160)}” {source} [{where}{item.start}–{item.end}]"


def document_name(document: EditionDocument) -> str:
    name = document.outlet or document.source
    title = f", “{shorten(document.title, 60)}”" if document.title else ""
    return f"{name}{title}"


def headline_of(content: EditionContent, id_: str) -> str:
    return next((event.headline for event in content.events if event.id == id_), id_)


def on_word(link: Link) -> str:
    return (f" (on the word of {link.speaker})" if link.speaker else "") + wording.proposed(link)


def rule(title: str) -> str:
    return f"── {title} {'─' * max(3, WIDTH - len(title) - 4)}"
