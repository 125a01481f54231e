"""What changed since a reader last looked. Where they were then is kept by their browser alone, as an entry of the log
of custody: the edition knows what its runs changed, and nobody knows who read it.

Two cookies of the overview: `seen` is the entry that the log ended with when the overview was last opened; `since` is
what `seen` was when the visit began, and goes after some hours. So a list stays while a reader follows it and comes
back, and the next visit begins where this one ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from litestar.datastructures import Cookie

from variorum.errors import UnknownIdError
from variorum.exports import wording
from variorum.pipeline import Edition
from variorum.records import ContentChange, CustodyEntry, EditionDocument, Event

_SHOWN = 12  # events or reports of a kind that are named; the others are counted
_READ = 60  # of which the most told are named
_VISIT = 4 * 3600  # seconds that one visit lasts, wherever it leads
_REMEMBERED = 400 * 24 * 3600  # seconds: browsers keep nothing longer
_MARK = re.compile(r"(\d{1,15})-([0-9a-f]{12})")


@dataclass(frozen=True)
class Otherwise:
    """A field that is told otherwise: what it was and what it is, in words; empty where neither is kept."""

    field: str
    was: str
    now: str


@dataclass(frozen=True)
class Changed:
    """An event with what is told otherwise of it; nothing where it was gone for a while, or is new."""

    event: Event
    fields: tuple[Otherwise, ...] = ()


@dataclass(frozen=True)
class Gone:
    """An event that is not told as one any more; `heir` has most of its words, if one has them."""

    id: str
    heir: Event | None


@dataclass(frozen=True)
class Since:
    """What changed since the last visit; `known` is whether the edition still knows what was in force then. The
    `more_…` are those that are not named. `rulings` are people's since then."""

    known: bool
    reports: tuple[EditionDocument, ...] = ()
    more_reports: int = 0
    left_out: int = 0
    new: tuple[Changed, ...] = ()
    more_new: int = 0
    changed: tuple[Changed, ...] = ()
    more_changed: int = 0
    gone: tuple[Gone, ...] = ()
    more_gone: int = 0
    rulings: int = 0

    @property
    def is_nothing(self) -> bool:
        return self.known and not (
            self.reports or self.left_out or self.new or self.changed or self.gone or self.rulings
        )


@dataclass(frozen=True)
class Visit:
    """`since` is the entry from which on this reader wants to know; None where this is their first visit. `cookies` let
    the browser remember."""

    since: str | None
    cookies: list[Cookie] = field(default_factory=list)


def visit(edition: Edition, cookies: Mapping[str, str], asked: str = "", *, begin: bool = False) -> Visit:
    """The visit that a request belongs to; `asked` is an entry that its address names. `begin` begins a new one: all is
    seen."""
    first, head = edition.entry(1), edition.head
    if first is None or head is None:
        return Visit(None)
    of = first.hash[:8]  # cookies of one machine go to all its servers: each edition has its own
    now = _mark(head)
    before = cookies.get(f"variorum-since-{of}") or cookies.get(f"variorum-seen-{of}")
    since = now if begin else asked or before
    kept = [_cookie(f"variorum-seen-{of}", now, _REMEMBERED)]
    if since and not asked:
        kept.append(_cookie(f"variorum-since-{of}", since, _VISIT))
    return Visit(since, kept)


def _cookie(name: str, value: str, lasts: int) -> Cookie:
    return Cookie(name, value=value, max_age=lasts, path="/", httponly=True, samesite="strict")


def _mark(entry: CustodyEntry) -> str:
    return f"{entry.number}-{entry.hash[:12]}"


def since_of(edition: Edition, mark: str) -> Since:
    """What changed since an entry of the log, which `mark` names by its number and the beginning of its hash."""
    told = _MARK.fullmatch(mark)
    entry = edition.entry(int(told[1])) if told else None
    if told is None or entry is None or _mark(entry) != mark:
        return Since(known=False)
    found = edition.changes(entry.number)
    if found is None:
        return Since(known=False)
    return _told(edition, found, rulings=edition.rulings_after(entry.number))


Ends = tuple[ContentChange, ContentChange]


def _told(edition: Edition, found: Iterable[ContentChange], rulings: int) -> Since:
    """All changes of one thing as one, from the first to the last: what is again as it was did not change."""
    ends: dict[tuple[str, str, str], Ends] = {}
    for each in found:
        key = each.kind, each.id, each.field
        ends[key] = (ends[key][0] if key in ends else each, each)
    whole = {(kind, id_): pair for (kind, id_, part), pair in ends.items() if not part and _differs(pair)}
    came = {kind: sorted(id_ for (k, id_), p in whole.items() if k == kind and _came(p)) for kind in _KINDS}
    went = {kind: sorted(id_ for (k, id_), p in whole.items() if k == kind and _went(p)) for kind in _KINDS}
    fields: dict[str, tuple[Otherwise, ...]] = {
        id_: () for (kind, id_), pair in whole.items() if kind == "event" and not _came(pair) and not _went(pair)
    }
    passed = {id_ for kind, id_, part in ends if kind == "event" and not part}
    for (kind, id_, part), pair in ends.items():
        if kind == "event" and part and id_ not in passed and _differs(pair):
            fields[id_] = (*fields.get(id_, ()), _otherwise(part, pair))
    heirs = {id_: last.heir for (kind, id_, part), (_, last) in ends.items() if kind == "event" and not part}
    new, changed = _events(edition, came["event"]), _events(edition, sorted(fields))
    reports = _reports(edition, came["document"])
    return Since(
        known=True,
        reports=reports,
        more_reports=len(came["document"]) - len(reports),
        left_out=len(went["document"]),
        new=tuple(Changed(event) for event in new),
        more_new=len(came["event"]) - len(new),
        changed=tuple(Changed(event, fields[event.id]) for event in changed),
        more_changed=len(fields) - len(changed),
        gone=tuple(Gone(id_, _heir(edition, id_, heirs)) for id_ in went["event"][:_SHOWN]),
        more_gone=max(0, len(went["event"]) - _SHOWN),
        rulings=rulings,
    )


_KINDS = ("event", "document")


def _differs(pair: Ends) -> bool:
    return pair[0].before != pair[1].after


def _otherwise(field: str, pair: Ends) -> Otherwise:
    was, now = _in_words(field, pair[0].was, pair[0].before), _in_words(field, pair[1].now, pair[1].after)
    return Otherwise(field, *(("", "") if was == now else (was, now)))


def _in_words(field: str, value: Any, kept: str | None) -> str:
    """A value that is kept of a field; empty where none is."""
    if kept is None:
        return "nothing"
    if " " not in kept:
        return ""
    match field, value:
        case (("who" | "to whom" | "with"), list(names)):
            return ", ".join(map(str, names)) or "not told"
        case "when", {"earliest": earliest, "latest": latest, "agreement": agreement}:
            return wording.interval(earliest, latest) + (", disputed" if agreement == "disputed" else "")
        case "when", _:
            return "date not told"
        case "where", [name, admin1, country, *_]:
            return ", ".join(filter(None, (name, admin1, country)))
        case "where", _:
            return "place not told"
        case "code", [type_, mode, status]:
            return " · ".join(filter(None, (type_, mode, wording.status(status))))
        case _, list(figures):
            return " or ".join(dict.fromkeys(wording.amount(low, high) for low, high in figures))
    return str(value)


def _came(pair: Ends) -> bool:
    return pair[0].before is None


def _went(pair: Ends) -> bool:
    return pair[1].after is None


def _events(edition: Edition, ids: list[str]) -> list[Event]:
    """Those that most reports tell."""
    found = [edition.event(id_) for id_ in ids[:_READ]]
    return sorted(found, key=lambda event: (-len(event.documents), event.id))[:_SHOWN]


def _reports(edition: Edition, ids: list[str]) -> tuple[EditionDocument, ...]:
    found = (edition.edition_document(id_) for id_ in ids[:_READ])
    return tuple(each for each in found if each.rejected is None)[:_SHOWN]


def _heir(edition: Edition, id_: str, heirs: Mapping[str, str | None]) -> Event | None:
    """The event that has the words of one that went, and of those that had them after it."""
    passed = {id_}
    while (heir := heirs.get(id_)) is not None and heir not in passed:
        passed.add(id_ := heir)
    try:
        return edition.event(id_) if len(passed) > 1 else None
    except UnknownIdError:
        return None
