"""``variorum search``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from .editions import EDITION, Target
from .filters import Filters, filters_events

if TYPE_CHECKING:
    from variorum.pipeline import Edition
    from variorum.records import EditionDocument, Event, Snippet

_EPILOG = """\b
Examples:
  variorum search january.sqlite raid harbour
  variorum search january.sqlite '"border guard" -training'     a phrase; not this word
  variorum search january.sqlite 'missile*' --toll killed:2- --origins 2
  variorum search january.sqlite --party IRN --near 27.0,64.1,150 --since 2024-01-16
  variorum search january.sqlite --agreement disputed --json
  variorum search january.sqlite sanctions --documents --outlet gazette

docs/search.md has all that can be asked.
"""
_OF_EVENTS = {
    "types": "--type",
    "modes": "--mode",
    "statuses": "--status",
    "actors": "--actor",
    "recipients": "--recipient",
    "parties": "--party",
    "countries": "--country",
    "place": "--place",
    "box": "--box",
    "near": "--near",
    "agreement": "--agreement",
    "origins_min": "--origins",
    "tolls": "--toll",
    "documents": "--document",
}
_DIGITS = 10  # characters of an id that are shown: enough to name it


@click.command(epilog=_EPILOG, short_help="Find events or documents by words and filters.")
@click.argument("edition", type=EDITION)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@filters_events
@click.option("--documents", "of_documents", is_flag=True, help="Find documents instead, by all of their text.")
@click.option("--outlet", metavar="NAME", help="Of --documents: the outlet, or the beginning of a word in its name.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Of --documents: en; may be repeated.")
@click.option("--origin", metavar="ID", help="Of --documents: those of this independent origin.")
@click.option(
    "--rejected/--taken", default=None, help="Of --documents: those that were rejected, or those that were not."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Results at most.")
@click.option("--after", metavar="POSITION", help="Go on from the position that the list before names.")
@click.option("--json", "as_json", is_flag=True, help="The results with what was found in them as JSON.")
def command(
    edition: Target,
    words: tuple[str, ...],
    filters: Filters,
    of_documents: bool,
    as_json: bool,
    limit: int,
    after: str | None,
    **of_documents_alone: Any,
) -> None:
    """Find the events of EDITION that the words of QUERY tell and that all filters hold of, in the order of time; with
    --documents the documents, by day of publication. Under each stand the words that were found. "words in quotation
    marks" are a phrase, -word must not be there, begin* is the beginning of a word. Without QUERY the filters alone
    choose."""
    import msgspec

    from variorum.pipeline import Edition

    _check(filters, of_documents, of_documents_alone)
    query = " ".join(words)
    with Edition.open(edition) as opened, opened.snapshot() as now:
        if of_documents:
            found = _documents(now, query, filters, of_documents_alone, after, limit)
        else:
            found = _events(now, query, filters, after, limit)
        if as_json:
            click.echo(msgspec.json.encode(found).decode("utf-8"))
        else:
            click.echo("\n".join(_lines(found, now)))


def _check(filters: Filters, of_documents: bool, of_documents_alone: dict[str, Any]) -> None:
    """Filters of the other kind of thing would not do anything: that is told."""
    if of_documents:
        wrong = [option for name, option in _OF_EVENTS.items() if filters.given[name]]
        if wrong:
            raise click.UsageError(f"{wrong[0]} is of events; --documents takes none of it")
    else:
        wrong = [f"--{name.removesuffix('s')}" for name, value in of_documents_alone.items() if value not in (None, ())]
        if wrong:
            raise click.UsageError(f"{wrong[0]} is of documents; add --documents")


def _events(now: Edition, words: str, filters: Filters, after: str | None, limit: int) -> dict[str, Any]:
    from variorum.records.queries import MOST_COUNTED

    query = filters.query(words)
    page = now.page(query, after, limit)
    snippets = now.snippets_of(page.events, words)
    found = [{"event": event, "snippets": snippets[event.id]} for event in page.events]
    total = now.count(query, MOST_COUNTED)
    least = total == MOST_COUNTED
    return {"schema": "variorum/1", "total": total, "total_is_least": least, "events": found, "next": page.next}


def _documents(
    now: Edition, words: str, filters: Filters, alone: dict[str, Any], after: str | None, limit: int
) -> dict[str, Any]:
    from variorum.records import DocumentQuery

    query = DocumentQuery(
        words=words,
        outlet=alone["outlet"],
        languages=alone["languages"],
        since=filters.given["since"],
        until=filters.given["until"],
        story=filters.given["story"],
        origin=alone["origin"],
        events=filters.given["events"],
        rejected=alone["rejected"],
    )
    page = now.document_page(query, after, limit)
    found = [{"document": each, "snippets": now.snippets(each, words) if words else ()} for each in page.documents]
    total = now.count(query)
    return {"schema": "variorum/1", "total": total, "total_is_least": False, "documents": found, "next": page.next}


def _lines(found: dict[str, Any], now: Edition) -> Iterator[str]:
    of = "events" if "events" in found else "documents"
    results = found[of]
    total = found["total"]
    more = " or more" if found["total_is_least"] else ""
    yield f"{total}{more} {of if total != 1 else of.removesuffix('s')}"
    if results:
        yield ""
        told = [_event_row(each["event"]) if of == "events" else _document_row(each["document"]) for each in results]
        heads = ("ID", "WHEN", "CODE", "ORIGINS", "EVENT") if of == "events" else ("ID", "PUBLISHED", "OUTLET", "TITLE")
        widths = [max(len(row[n]) for row in [heads, *told]) for n in range(len(heads) - 1)]
        yield click.style(_row(heads, widths), bold=True)
        for row, each in zip(told, results, strict=True):
            yield _row(row, widths)
            yield from (_snippet_line(snippet, now) for snippet in each["snippets"])
    if found["next"] is not None:
        yield ""
        yield f"There are more: --after {found['next']}"


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    *first, last = cells
    return "  ".join([*(cell.ljust(width) for cell, width in zip(first, widths, strict=True)), last])


def _event_row(event: Event) -> tuple[str, ...]:
    from variorum.exports import wording

    code = f"{event.type}/{event.mode}" if event.mode else event.type
    disputed = wording.disputed_fields(event)
    note = f"  (disputed: {', '.join(disputed)})" if disputed else ""
    when = wording.when(event.time)
    return event.id[:_DIGITS], when, code, str(event.independent_origins), f"{event.headline}{note}"


def _document_row(document: EditionDocument) -> tuple[str, ...]:
    title = document.title or document.source
    note = f"  (rejected: {document.rejected})" if document.rejected is not None else ""
    return document.id[:_DIGITS], document.published or "no date", document.outlet or "—", f"{title}{note}"


def _snippet_line(snippet: Snippet, now: Edition) -> str:
    """The words that were found on one line, with their document and its characters."""
    told, at, start = [], snippet.evidence.start, snippet.evidence.start
    for hit in snippet.hits:
        told += [
            snippet.text[at - start : hit.start - start],
            _marked(snippet.text[hit.start - start : hit.end - start]),
        ]
        at = hit.end
    told.append(snippet.text[at - start :])
    line = " ".join("".join(told).split())
    source = now.edition_document(snippet.evidence.document).source
    return f"    – {line}  [{source} {snippet.evidence.start}–{snippet.evidence.end}]"


def _marked(words: str) -> str:
    return click.style(words, bold=True) if sys.stdout.isatty() else words
