"""Coded values in plain words, the same in the terminal and on a page. No value is made finer by its wording."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date

from variorum.records import (
    Agreement,
    Claim,
    DerivationKind,
    Event,
    EventPlace,
    EventTime,
    Link,
    LinkKind,
    PlaceReading,
    Reading,
    Status,
    TimeReading,
    Toll,
)

_ABOVE = re.compile(r"(?:more than|over|above|in excess of|upwards? of|exceeding|well over)\b", re.IGNORECASE)
_AGREEMENT: dict[Agreement, str] = {
    "agreed": "agreed by independent origins",
    "single-source": "one origin only",
    "disputed": "disputed",
    "unknown": "not told",
}
_LINK: dict[LinkKind, tuple[str, str]] = {
    "responds-to": ("responds to", "is answered by"),
    "justified-by": ("is justified by", "is given as reason for"),
    "part-of": ("is part of", "includes"),
    "follows": ("follows", "is followed by"),
    "repeats": ("repeats", "is repeated by"),
}
_DERIVATION: dict[DerivationKind, str] = {
    "verbatim": "the same text",
    "abridged": "abridged",
    "paraphrase": "paraphrased",
    "common-source": "from the same source",
    "quotes-only": "the same quotation",
}
_STATUS: dict[Status, str] = {
    "actual": "",
    "negated": "said not to have happened",
    "hypothetical": "hypothetical",
    "future": "announced",
    "ongoing": "under way",
    "historical": "background",
}


def agreement(value: Agreement) -> str:
    return _AGREEMENT[value]


def agreed(value: Agreement, form: str = " ({})") -> str:
    """How accounts agree, as it stands behind a value; empty where that is not told."""
    return form.format(_AGREEMENT[value]) if value != "unknown" else ""


def status(value: Status) -> str:
    """Empty for what is told as having happened."""
    return _STATUS[value]


def link(kind: LinkKind, *, forward: bool = True) -> str:
    """How the first event of a link relates to the second; the other way round where not `forward`."""
    return _LINK[kind][0 if forward else 1]


def proposed(item: Event | Claim | Link) -> str:
    """That models proposed something of it, with a space before; empty where the rules alone have it."""
    models = proposers(item)
    return f" [proposed by model {', '.join(models)}]" if models else ""


def proposers(item: Event | Claim | Link) -> tuple[str, ...]:
    """The models that proposed something of it."""
    return tuple(sorted({mark.model for mark in item.proposed or ()}))


def derivation(kind: DerivationKind) -> str:
    """How a text stands to the one that it comes from."""
    return _DERIVATION[kind]


def amount(low: int | None, high: int | None, words: str = "") -> str:
    """A toll's bounds: "7", "at least 7", "up to 20", "7 to 9", "none", "an unknown number"; "more than 7" where
    that is how `words`, the source's own, have it."""
    low = low or (None if high != 0 else 0)  # at least none is no bound
    if low is None and high is None:
        return "an unknown number"
    if high is None:
        return f"more than {low - 1:,}" if low and _ABOVE.match(words) else f"at least {low:,}"
    if low is None:
        return f"up to {high:,}"
    if low == high:
        return f"{low:,}" if low else "none"
    return f"{low:,} to {high:,}"


def score(value: float) -> str:
    """A score of PLOVER's scale, with its sign."""
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def reading(value: Reading) -> str:
    return amount(value.low, value.high, value.words) + (f" {value.group}" if value.group else "")


def span(value: Toll) -> str:
    """The hull of a toll's current readings, in the words of the one that gives its open bound; of wounded who are told
    dead by now there is none."""
    if value.readings and all(each.superseded_by is not None for each in value.readings):
        return "none told any more"
    words = (each.words for each in value.readings if each.low == value.low and each.high is None)
    return amount(value.low, value.high, next(words, ""))


def toll(value: Toll) -> str:
    return f"{span(value)} {value.kind}"


def moment(iso: str) -> str:
    """An ISO date or date-time, no finer than it is: "18 January 2024", "January 2024", "18 January 2024, 06:00"."""
    day, _, clock = iso.partition("T")
    parts = day.split("-")
    if not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return iso
    words = parts[0]
    if len(parts) > 1:
        words = f"{month_name[int(parts[1])]} {words}"
    if len(parts) > 2:
        words = f"{int(parts[2])} {words}"
    return f"{words}, {clock[:5]}" if clock else words


def interval(earliest: str | None, latest: str | None) -> str:
    """Bounds of a time in words; a whole day, month or year reads as that day, month or year."""
    if earliest is None and latest is None:
        return "date not told"
    if earliest is None:
        return f"by {moment(latest or '')}"
    if latest is None:
        return f"from {moment(earliest)}"
    if earliest == latest:
        return moment(earliest)
    whole = _whole(earliest[:10], latest[:10]) if "T" not in earliest and "T" not in latest else None
    if whole:
        return whole
    if earliest[:10] == latest[:10]:
        return f"{moment(earliest[:10])}, {_clock(earliest, '00:00')}–{_clock(latest, '24:00')}"
    if earliest[:7] == latest[:7]:
        return f"{int(earliest[8:10])}–{moment(latest[:10])}"
    return f"{moment(earliest[:10])} – {moment(latest[:10])}"


def _clock(iso: str, default: str) -> str:
    return iso.partition("T")[2][:5] or default


def _whole(earliest: str, latest: str) -> str | None:
    try:
        start, end = date.fromisoformat(earliest), date.fromisoformat(latest)
    except ValueError:
        return None
    after = date.fromordinal(end.toordinal() + 1)
    if start.day == 1 and after.day == 1:
        if start.month == 1 and after.month == 1 and after.year == start.year + 1:
            return str(start.year)
        if (after.year, after.month) == (start.year + start.month // 12, start.month % 12 + 1):
            return f"{month_name[start.month]} {start.year}"
    return None


def when(value: EventTime | TimeReading | None) -> str:
    return interval(value.earliest, value.latest) if value else "date not told"


def where(value: EventPlace | PlaceReading | None) -> str:
    """A place with what contains it: "Goma, North Kivu, CD"."""
    if value is None:
        return "place not told"
    parts = [value.name]
    if value.admin1 and value.admin1 != value.name and value.precision not in ("country", "region"):
        parts.append(value.admin1)
    if value.country and value.precision != "country":
        parts.append(value.country)
    return ", ".join(parts)


def grain(place: EventPlace) -> str:
    """How fine a place is told, and how its accounts agree: " (to the city; one origin only)"."""
    return f" (to the {place.precision}{agreed(place.agreement, '; {}')})"


def reports(event: Event) -> str:
    """How many reports tell an event, and how many independent origins stand behind them: "11 reports, 2 origins"."""
    count, origins = len(event.documents), event.independent_origins
    return f"{count} report{'s' * (count != 1)}, {origins} independent origin{'s' * (origins != 1)}"


def disputed_fields(event: Event) -> list[str]:
    """What the accounts of an event disagree on: "killed", "time", "place"."""
    fields = [item.kind for item in event.tolls if item.agreement == "disputed"]
    found: list[str] = [*fields]
    if event.time and event.time.agreement == "disputed":
        found.append("time")
    if event.place and event.place.agreement == "disputed":
        found.append("place")
    return found
