"""What each document's relative times count from: its own date, else the dates of those it shares an origin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from variorum.documents.dates import iso_date
from variorum.records import Document, Provenance, ReferenceTime

NO_REFERENCE = ReferenceTime(basis="none")
_CARRIED = timedelta(days=7)
"""How long before its page a carried text may have been written: a convention, a wire's report is news for days."""
_ZONES = timedelta(days=1)
"""By how much the dates of two places may differ."""
_SHOWN = 3
"""Sources that a note names."""


def own_reference(document: Document) -> ReferenceTime:
    """From the document's own dates alone: the day of its dateline where that lies about the page's days, for a text is
    written anew under its dateline while the page keeps the day on which it was first published; else that day."""
    if document.published is None:
        return NO_REFERENCE
    if (day := _dateline_day(document)) is not None and day != document.published[:10]:
        return ReferenceTime(basis="dateline", earliest=day, latest=day)
    return ReferenceTime(basis="published", earliest=document.published, latest=document.published)


def _dateline_day(document: Document) -> str | None:
    """The day that the dateline gives; without a year, in the one year that puts it between the page's first and last
    day. None where it gives none, or one that the page's days do not allow."""
    published = _day(document.published)
    if published is None or any(block.kind in ("entry", "round-up") for block in document.blocks):
        return None
    updated = [_day(one.value) for one in document.candidates if one.field == "updated"]
    last = max((day for day in updated if day is not None), default=published)
    for candidate in document.candidates:
        if candidate.field != "published" or candidate.found_in != "dateline":
            continue
        for day in _readings(candidate.value, published):
            if published - _CARRIED <= day <= max(published, last) + _ZONES:
                return day.isoformat()
    return None


def _readings(value: str, published: date) -> Iterator[date]:
    for text in (value, *(f"{value} {year}" for year in (published.year - 1, published.year, published.year + 1))):
        day = _day(iso_date(text))
        if day is not None:
            yield day


def _day(value: str | None) -> date | None:
    """The day that an ISO 8601 date begins with; None for one that is less precise."""
    try:
        return date.fromisoformat(value[:10]) if value is not None and len(value) >= len("2024-01-18") else None
    except ValueError:
        return None


def undated_note(undated: Sequence[str], total: int) -> str | None:
    """A line for a person on the documents whose relative times count from nothing; None where there are none.
    `undated` are their sources, of `total` documents that were read."""
    if not undated:
        return None
    shown = ", ".join(sorted(undated)[:_SHOWN]) + (", …" if len(undated) > _SHOWN else "")
    which = f"{len(undated)} of {total} documents" if total > 1 else "the document"
    return f"no date: {which} ({shown}); relative times stay open there (--published gives a date)"


def reference_times(documents: Iterable[Document], provenance: Provenance) -> dict[str, ReferenceTime]:
    """For each document by id. An undated one borrows the range of days of the dated ones that share its origin; it
    says so in `basis`, and names them. Only full days are lent: a month would make every date of the borrower vague.
    """
    documents = sorted(documents, key=lambda document: document.id)
    dated: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        origin = provenance.origin_of.get(document.id)
        if origin is not None and document.published is not None and len(document.published) >= len("2024-01-18"):
            dated[origin].append(document)
    found = {}
    for document in documents:
        own = own_reference(document)
        lenders = dated.get(provenance.origin_of.get(document.id, ""), [])
        if own.basis == "none" and lenders:
            days = sorted((own_reference(lender).earliest or "")[:10] for lender in lenders)
            own = ReferenceTime(
                basis="family",
                earliest=days[0],
                latest=days[-1],
                documents=tuple(lender.id for lender in lenders),
            )
        found[document.id] = own
    return found
