"""What changed between two editions, or two states of one.

Events are matched by the words that tell them: two events are the same where the same characters of the same texts
tell them, whatever their ids. Where several events of one edition stand on the words of one of the other they were
merged, or split.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from variorum.linkage.clusters import Forest
from variorum.records import (
    Claim,
    Contradiction,
    EditionContent,
    Event,
    Link,
    Reading,
    Record,
)
from variorum.store import Reader

EventChangeKind = Literal["added", "gone", "merged", "split", "regrouped", "changed"]


class EventState(Record, frozen=True, kw_only=True):
    """An event as one of the editions has it."""

    id: str
    headline: str
    documents: int
    origins: int


class FieldChange(Record, frozen=True, kw_only=True):
    """A field of an event, or a reading of a toll ("killed"), before and after; None where it was not there."""

    field: str
    before: str | None
    after: str | None


class EventChange(Record, frozen=True, kw_only=True):
    """What became of an event (or several) of the first edition. "regrouped" are several of both on shared words."""

    kind: EventChangeKind
    before: tuple[EventState, ...]
    after: tuple[EventState, ...]
    fields: tuple[FieldChange, ...] = ()


class Change(Record, frozen=True, kw_only=True):
    """A claim, link, contradiction, document or version that is `before` and `after`, in words; None where it is not
    there."""

    id: str
    before: str | None
    after: str | None


class Differences(Record, frozen=True, kw_only=True):
    """All that changed from one edition to the other. Every list is empty where nothing did."""

    documents: tuple[Change, ...] = ()
    events: tuple[EventChange, ...] = ()
    claims: tuple[Change, ...] = ()
    links: tuple[Change, ...] = ()
    contradictions: tuple[Change, ...] = ()
    versions: tuple[Change, ...] = ()

    @property
    def none(self) -> bool:
        return not any(getattr(self, name) for name in self.__struct_fields__)


def differences(before: Reader, after: Reader) -> Differences:
    """What changed from `before` to `after`: events in the order of their time, those that are gone last; all else by
    id."""
    was, now = before.content(), after.content()
    groups = list(_groups(_placed(was, before), _placed(now, after)))
    same = {event.id: group.after[0].id for group in groups if len(group.after) == 1 for event in group.before}
    return Differences(
        documents=_changes(_documents(was), _documents(now)),
        events=tuple(change for group in groups if (change := _event_change(group)) is not None),
        claims=_told_changes(_claims(was.claims, same), _claims(now.claims, {})),
        links=_changes(_links(was.links, same), _links(now.links, {})),
        contradictions=_told_changes(_contradictions(was.contradictions), _contradictions(now.contradictions)),
        versions=_changes(was.versions, now.versions),
    )


Place = tuple[str, int, int]


class _Placed(NamedTuple):
    """An event with the characters of the texts that tell it."""

    name: str
    event: Event
    places: frozenset[Place]


def _placed(content: EditionContent, reader: Reader) -> list[_Placed]:
    told = reader.told_at()
    found = []
    for event in content.events:
        places = told.get(event.id) or {(item.document, item.start, item.end) for item in event.evidence}
        found.append(_Placed(event.id, event, frozenset(places)))
    return found


class _Group(Record, frozen=True, kw_only=True):
    """Events of both editions that stand on shared words, each side in the order of time."""

    before: tuple[Event, ...]
    after: tuple[Event, ...]


def _groups(before: Sequence[_Placed], after: Sequence[_Placed]) -> Iterator[_Group]:
    """Every event of both sides once. Events of one id on the same words are settled; of the others those that share
    words belong together; those that share none, but of which the words of one lie over the other's, do so too: a newer
    coder may mark more or less of a sentence."""
    old = {each.name: each.places for each in before}
    settled = {each.name for each in after if old.get(each.name) == each.places}
    forest = Forest()
    for each in after:
        if each.name in settled:
            forest.join(f"a:{each.name}", f"b:{each.name}")
    left = [[each for each in side if each.name not in settled] for side in (before, after)]
    joined = set()
    tellers: defaultdict[Place, list[str]] = defaultdict(list)
    for each in left[0]:
        for place in each.places:
            tellers[place].append(each.name)
    for each in left[1]:
        for name in sorted({name for place in each.places for name in tellers.get(place, ())}):
            forest.join(f"a:{each.name}", f"b:{name}")
            joined |= {f"a:{each.name}", f"b:{name}"}
    alone = [each for each in left[0] if f"b:{each.name}" not in joined]
    for name, other in _overlapping(alone, [each for each in left[1] if f"a:{each.name}" not in joined]):
        forest.join(f"a:{other}", f"b:{name}")
    members: dict[str, tuple[list[Event], list[Event]]] = {}
    for number, side, events in ((1, "a", after), (0, "b", before)):
        for each in events:
            members.setdefault(forest.find(f"{side}:{each.name}"), ([], []))[number].append(each.event)
    for gone, now in members.values():
        yield _Group(before=tuple(gone), after=tuple(now))


def _overlapping(before: Sequence[_Placed], after: Sequence[_Placed]) -> Iterator[tuple[str, str]]:
    """Pairs of events of which a stretch of one and a stretch of the other share characters."""
    by_document: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for each in before:
        for document, start, end in each.places:
            by_document[document].append((start, end, each.name))
    for each in after:
        for document, start, end in sorted(each.places):
            for one, other, name in by_document.get(document, ()):
                if one < end and start < other:
                    yield name, each.name


def _state(event: Event) -> EventState:
    return EventState(
        id=event.id, headline=event.headline, documents=len(event.documents), origins=event.independent_origins
    )


def _event_change(group: _Group) -> EventChange | None:
    """What became of a group; None where it is as it was."""
    kind: EventChangeKind
    fields: tuple[FieldChange, ...] = ()
    one, other = len(group.before), len(group.after)
    if one == other == 1:
        kind, fields = "changed", tuple(_fields(group.before[0], group.after[0]))
        if not fields:
            return None
    elif not one:
        kind = "added"
    elif not other:
        kind = "gone"
    elif other == 1:
        kind = "merged"
    elif one == 1:
        kind = "split"
    else:
        kind = "regrouped"
    return EventChange(
        kind=kind, before=tuple(map(_state, group.before)), after=tuple(map(_state, group.after)), fields=fields
    )


def _fields(was: Event, now: Event) -> Iterator[FieldChange]:
    told = (_told(was), _told(now))
    for field in told[0]:
        one, other = (each[field] for each in told)
        if one != other:
            yield FieldChange(field=field, before=one, after=other)
    tolls = [{toll.kind: toll.readings for toll in event.tolls} for event in (was, now)]
    for kind in sorted(tolls[0].keys() | tolls[1].keys()):
        yield from _readings(kind, *(side.get(kind, ()) for side in tolls))


def _readings(kind: str, was: Sequence[Reading], now: Sequence[Reading]) -> Iterator[FieldChange]:
    """What differs between the readings of one toll: one that says the same of the same is the same; of the others
    those of one id or one speaker are one reading that changed."""
    left = [{reading.id: (reading.speaker, _figure(reading)) for reading in side} for side in (was, now)]
    for id_, (_, figure) in list(left[0].items()):
        twin = next((other for other, (_, told) in left[1].items() if told == figure), None)
        if twin is not None:
            del left[0][id_], left[1][twin]
    for id_, (speaker, figure) in left[0].items():
        by_speaker = (other for other, (who, _) in left[1].items() if who == speaker)
        partner = id_ if id_ in left[1] else next(by_speaker, None)
        after = left[1].pop(partner)[1] if partner is not None else None
        yield FieldChange(field=kind, before=figure, after=after)
    yield from (FieldChange(field=kind, before=None, after=figure) for _, figure in left[1].values())


def _told(event: Event) -> dict[str, str | None]:
    """The fields of an event in words, the tolls' aside."""
    time, place = event.time, event.place
    return {
        "id": event.id,
        "code": f"{event.type}/{event.mode}" if event.mode else event.type,
        "status": event.status,
        "actors": "; ".join(event.actors) or None,
        "recipients": "; ".join(event.recipients) or None,
        "time": f"{time.earliest or '…'} to {time.latest or '…'} ({time.agreement})" if time else None,
        "place": f"{place.name}, {place.country or '?'} ({place.agreement})" if place else None,
        "documents": "; ".join(event.documents),
        "origins": str(event.independent_origins),
    }


def _figure(reading: Reading) -> str:
    low, high = ("?" if bound is None else str(bound) for bound in (reading.low, reading.high))
    figure = low if low == high else f"{low}–{high}"
    said = f"{figure} ({reading.speaker or 'the reporter'}, {reading.as_of or 'no date'})"
    parts = "; ".join(f"{part.words or part.low} {part.group or ''}".strip() for part in reading.parts)
    return said + (f", of them {parts}" if parts else "") + (", superseded" if reading.superseded_by else "")


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(id=id_, before=before.get(id_), after=after.get(id_))
        for id_ in sorted(before.keys() | after.keys())
        if before.get(id_) != after.get(id_)
    )


def _told_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """As `_changes`, of what people say: the same words under another id (by another text that has them too) are no
    change."""
    changes = _changes(before, after)
    gone = Counter(each.before for each in changes if each.after is None)
    new = Counter(each.after for each in changes if each.before is None)
    both = gone & new
    left = [Counter(both), Counter(both)]
    kept = []
    for each in changes:
        words, side = (each.before, left[0]) if each.after is None else (each.after, left[1])
        if (each.before is None or each.after is None) and side[words] > 0:
            side[words] -= 1
        else:
            kept.append(each)
    return tuple(kept)


def _documents(content: EditionContent) -> dict[str, str]:
    return {
        each.id: f"{each.source} (rejected: {each.rejected})" if each.rejected else f"{each.source} ({each.origin})"
        for each in content.documents
    }


def _claims(claims: Iterable[Claim], same: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for claim in claims:
        event = same.get(claim.event, claim.event) if claim.event else "no event"
        found[claim.id] = f"{claim.speaker or 'the reporter'} {claim.stance or 'says'}: “{claim.quote}” (on {event})"
    return found


def _links(links: Iterable[Link], same: Mapping[str, str]) -> dict[str, str]:
    """Links by what they tie; one whose events only have other ids is the same."""
    found = {}
    for link in links:
        source, target = same.get(link.source, link.source), same.get(link.target, link.target)
        name = f"{source} {link.kind} {target}"
        found[f"{name} {link.speaker or ''}".strip()] = f"{name} ({link.speaker or 'the narrator'})"
    return found


def _contradictions(found: Iterable[Contradiction]) -> dict[str, str]:
    return {each.id: each.sentence for each in found}
