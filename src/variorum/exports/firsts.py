"""Who told something first, as far as the dates of publication tell: a day is not made finer than it is, and of reports
that no date sets apart none is called the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from variorum.records import EditionDocument

from . import wording

_NAMED = 4  # reports that are named of those that may be the first
_MINUTE = len("2024-01-17T06:00")


@dataclass(frozen=True)
class First:
    """`documents` are those that none of the others is surely earlier than; several where no date sets them apart.
    `undated` of the others may be earlier yet."""

    documents: tuple[EditionDocument, ...]
    undated: int


def first_of(documents: Sequence[EditionDocument]) -> First:
    dated = [each for each in documents if each.published]
    found = [each for each in dated if not any(_is_before(other, each) for other in dated)]
    return First(tuple(sorted(found, key=lambda each: each.id)), len(documents) - len(dated))


def _is_before(one: EditionDocument, other: EditionDocument) -> bool:
    """Whether one is surely earlier: by their minutes where both tell theirs with a zone, else by their days."""
    moments = _moment(one), _moment(other)
    if moments[0] is not None and moments[1] is not None:
        return moments[0] < moments[1]
    return (one.published or "")[:10] < (other.published or "")[:10]


def _moment(document: EditionDocument) -> datetime | None:
    """The minute, where one is told that can be compared."""
    if document.published is None or "T" not in document.published:
        return None
    try:
        found = datetime.fromisoformat(document.published)
    except ValueError:
        return None
    return found.replace(second=0, microsecond=0) if found.tzinfo is not None else None


def first_reported(documents: Sequence[EditionDocument]) -> str:
    """ "first reported by The Gazette on 17 January 2024, 06:00 UTC", or why that is not known; empty for one report
    alone."""
    if len(documents) < 2:
        return ""
    first = first_of(documents)
    if not first.documents:
        return "who reported it first is not told: no report is dated"
    line = f"first reported by {_listed(first.documents)} on {_when(first.documents)}"
    if len(first.documents) > 1:
        line += " (their dates do not tell which)"
    if first.undated:
        line += f"; {first.undated} undated report{'s' * (first.undated != 1)} may be earlier"
    return line


def first_in(documents: Sequence[EditionDocument]) -> str:
    """ "The Gazette, 17 January 2024": in which report something stood first; "undated" where none has a date."""
    first = first_of(documents)
    if not first.documents:
        return "undated"
    return f"{_listed(first.documents)}, {_when(first.documents)}"


def _listed(documents: Sequence[EditionDocument]) -> str:
    names = list(dict.fromkeys(each.outlet or each.source for each in documents))
    shown, more = names[:_NAMED], len(names) - _NAMED
    if more > 0:
        shown.append(f"{more} more")
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _when(documents: Sequence[EditionDocument]) -> str:
    """Their minute where it is one, else their day, or days."""
    moments = {_moment(each) for each in documents}
    (moment,) = moments if len(moments) == 1 else (None,)
    if moment is not None:
        iso = moment.isoformat()
        return f"{wording.moment(iso[:_MINUTE])} UTC{iso[-6:] if moment.utcoffset() else ''}"
    days = sorted({(each.published or "")[:10] for each in documents})
    return " or ".join(map(wording.moment, days))
