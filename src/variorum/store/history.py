"""What a run changed of what was in force: by ids, digests and short coded values, without a sentence of any text. What
is taken out of an edition takes all values with it (`Store.settle`), for they may be of its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec

from variorum.identity import digest
from variorum.records import (
    Claim,
    ContentChange,
    Contradiction,
    EditionDocument,
    Event,
    EventPlace,
    Link,
    Record,
)

_LENGTH = 16  # hexadecimal digits of a digest: enough to tell two states of one field apart
_LONGEST = 300  # characters of a value that is kept beside its digest

R = TypeVar("R", bound=Record)
Place = tuple[str, int, int]
Fields = dict[str, str]


class State(NamedTuple):
    """A content by the digests of its events' fields and of its documents, and where its events are told."""

    events: dict[str, Fields]
    documents: dict[str, str]
    told: Mapping[str, set[Place]]


class Content(Protocol):
    """What is looked at of a content; nothing of it is kept."""

    def records(self, kind: type[R]) -> Iterable[R]: ...

    def told_at(self) -> dict[str, set[Place]]: ...


def state_of(content: Content) -> State:
    of_event = _about(content)
    events = {event.id: _fields(event, of_event.get(event.id, {})) for event in content.records(Event)}
    documents = {each.id: _digest([each.rejected, each.origin]) for each in content.records(EditionDocument)}
    return State(events, documents, content.told_at())


def changes(before: State, after: State, number: int) -> Iterator[ContentChange]:
    """What the run of this entry changed, by kind, id and field."""
    heirs = _heirs(before, after)
    for id_ in sorted(before.events.keys() | after.events.keys()):
        was, now = before.events.get(id_), after.events.get(id_)
        if was is None or now is None:
            ends = (_digest(was) if was is not None else None, _digest(now) if now is not None else None)
            yield _change(number, "event", id_, "", *ends, heirs.get(id_))
        else:
            for field in sorted(was.keys() | now.keys()):
                if was.get(field) != now.get(field):
                    yield _change(number, "event", id_, field, was.get(field), now.get(field))
    for id_ in sorted(before.documents.keys() | after.documents.keys()):
        if before.documents.get(id_) != after.documents.get(id_):
            yield _change(number, "document", id_, "", before.documents.get(id_), after.documents.get(id_))


def _change(
    number: int, kind: Any, id_: str, field: str, before: str | None, after: str | None, heir: str | None = None
) -> ContentChange:
    return ContentChange(number=number, kind=kind, id=id_, field=field, before=before, after=after, heir=heir)


def _digest(value: object) -> str:
    return digest(msgspec.json.encode(value, order="sorted"))[:_LENGTH]


def _about(content: Content) -> dict[str, dict[str, list[object]]]:
    """What is said of each event, what is at odds in it and what it is tied to, without the ids of these."""
    found: defaultdict[str, dict[str, list[object]]] = defaultdict(dict)

    def enter(event: str, field: str, told: object) -> None:
        found[event].setdefault(field, []).append(told)

    for claim in content.records(Claim):
        if claim.event is not None:
            enter(claim.event, "claims", [claim.speaker, claim.stance, claim.quote])
    for item in content.records(Contradiction):
        enter(item.event, "at odds", [item.kind, item.sentence])
    for link in content.records(Link):
        for event in {link.source, link.target}:
            enter(event, "answers", [link.source, link.kind, link.target])
    return found


def _fields(event: Event, about: Mapping[str, Collection[object]]) -> Fields:
    """What is told of an event, under the names that a dossier has: what is coded and short as it is, of all else a
    digest, with what is short of it."""
    coded: dict[str, object] = {
        "code": [event.type, event.mode, event.status],
        "who": event.actors,
        "to whom": event.recipients,
        "when": _read(event.time),
        "with": event.instruments,
        "origins": event.independent_origins,
    }
    uncoded: dict[str, tuple[object, object]] = {
        "where": (_read(event.place), _short(event.place)),
        "reports": (event.documents, len(event.documents)),
        **{field: (sorted(map(_digest, items)), len(items)) for field, items in about.items()},
    }
    for toll in event.tolls:
        current = [each for each in toll.readings if each.superseded_by is None]
        figures = sorted({(each.low, each.high) for each in current}, key=repr) if toll.agreement == "disputed" else []
        uncoded[toll.kind] = (
            [
                toll.agreement,
                sorted(
                    _digest([each.low, each.high, each.group, each.speaker, each.as_of, each.superseded_by is None])
                    for each in toll.readings
                ),
            ],
            figures or [(toll.low, toll.high)],
        )
    found = {field: _kept(value) for field, value in coded.items()}
    for field, (value, short) in uncoded.items():
        found[field] = _digest(value) + _kept(short)
    return found


def _kept(value: object) -> str:
    """A value that is short, or else its digest."""
    told = msgspec.json.encode(value, order="sorted").decode()
    return f" {told}" if len(told) <= _LONGEST else _digest(value)


def _short(place: EventPlace | None) -> object:
    return None if place is None else [place.name, place.admin1, place.country, place.precision]


def _read(value: Record | None) -> object:
    """A time or a place as it is told: without its readings, which say where."""
    if value is None:
        return None
    return {name: getattr(value, name) for name in value.__struct_fields__ if name not in ("readings", "evidence")}


def _heirs(before: State, after: State) -> dict[str, str]:
    """Of each event that went, the event that has most of its words, of equals the least id."""
    gone = before.events.keys() - after.events.keys()
    if not gone:
        return {}
    tellers = {place: event for event in sorted(after.told) for place in after.told[event]}
    found = {}
    for id_ in gone:
        counted = Counter(tellers[place] for place in before.told.get(id_, ()) if place in tellers)
        if counted:
            found[id_] = min(counted, key=lambda event: (-counted[event], event))
    return found
