"""Who did it, with what, and how things stand: each value on whose word, and how far the accounts agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from variorum.records import Agreement, EventField, FieldReading, Span
from variorum.world.names import name_key

from .accounts import Account, Party
from .comparison import party_likeness, status_class
from .tolls import evidence, speaker_of
from .witnesses import Witnesses

_SAME = 0.8  # from here on two parties are one side, as a state and its army are


class FieldReadings(NamedTuple):
    """The readings of an event's fields in words; None where no account tells one."""

    actor: EventField | None
    instrument: EventField | None
    status: EventField | None


class _Said(NamedTuple):
    """One account's value of a field, with the words that tell it and the one who says so."""

    name: str
    key: str
    speaker: str | None
    document: str
    span: Span


def field_readings(accounts: Sequence[Account], witnesses: Witnesses) -> FieldReadings:
    """The readings of `accounts` of one event. What somebody denies he does not say: it is no reading on his word."""
    actors: list[_Said] = []
    instruments: list[_Said] = []
    statuses: list[_Said] = []
    for account in sorted(accounts, key=lambda a: a.key):
        annotation = witnesses.annotations[account.document]
        event = annotation.events[account.key.index]
        said = speaker_of(annotation.attributions, account.main, event.attribution)
        if said is not None and said.stance == "denies" and account.status != "negated":
            continue
        speaker = said.speaker if said is not None else None
        actors += (_Said(p.name, p.key, speaker, account.document, p.span) for p in account.actors)
        statuses.append(_Said(account.status, account.status, speaker, account.document, account.main))
        if event.instrument is not None:
            words = witnesses.text(account.document, event.instrument)
            instruments.append(_Said(words, name_key(words), speaker, account.document, event.instrument))
    parties = {party.key: party for account in accounts for party in account.actors}
    classes = {status_class(account.status) for account in accounts}
    return FieldReadings(
        _field(actors, witnesses, _sides(parties), disputed=_exclude(accounts, parties)),
        _field(instruments, witnesses, {said.key: said.key for said in instruments}, disputed=False),
        _field(
            statuses,
            witnesses,
            {a.status: status_class(a.status) for a in accounts},
            disputed={"real", "not"} <= classes,
        ),
    )


def _field(said: Sequence[_Said], witnesses: Witnesses, alike: dict[str, str], *, disputed: bool) -> EventField | None:
    """The readings of one field, those of most documents first. `alike` gives keys that agree one name."""
    groups: dict[tuple[str, str | None], list[_Said]] = {}
    for each in said:
        groups.setdefault((each.key, each.speaker), []).append(each)
    if not groups:
        return None
    order = sorted(
        groups, key=lambda k: (-len({each.document for each in groups[k]}), k[0], k[1] is not None, k[1] or "")
    )
    readings = tuple(_reading(groups[key], witnesses) for key in order)
    origins: dict[str, set[str]] = {}
    for reading in readings:
        origins.setdefault(alike[reading.key], set()).update(reading.origins)
    agreement: Agreement = "unknown"
    if disputed:
        agreement = "disputed"
    elif any(len(those) > 1 for those in origins.values()):
        agreement = "agreed"
    elif len(set().union(*origins.values())) == 1:
        agreement = "single-source"
    return EventField(agreement=agreement, readings=readings)


def _reading(said: Sequence[_Said], witnesses: Witnesses) -> FieldReading:
    names = Counter(each.name for each in said)
    dates = (witnesses.as_of(each.document, each.span.start) for each in said)
    return FieldReading(
        name=min(names, key=lambda name: (-names[name], name)),
        key=said[0].key,
        speaker=said[0].speaker,
        as_of=min((date for date in dates if date is not None), default=None),
        origins=witnesses.origins([(each.document, each.span.start) for each in said]),
        evidence=evidence((each.document, each.span) for each in said),
    )


def _sides(parties: dict[str, Party]) -> dict[str, str]:
    """Each party's key → the least key of those that are one side with it."""
    return {key: min(_of_one_side(party, parties)) for key, party in parties.items()}


def _of_one_side(party: Party, parties: dict[str, Party]) -> Iterator[str]:
    yield party.key
    yield from (key for key, other in parties.items() if party_likeness(party, other) >= _SAME)


def _exclude(accounts: Sequence[Account], parties: dict[str, Party]) -> bool:
    """Whether two accounts of different texts name actors that cannot both have acted alone: known ones, of two sides,
    whom no account names together."""
    known = sorted(key for key, party in parties.items() if not party.generic)
    named = {key: {a.document for a in accounts if any(p.key == key for p in a.actors)} for key in known}
    together = {frozenset(pair) for a in accounts for pair in combinations(sorted({p.key for p in a.actors}), 2)}
    return any(
        party_likeness(parties[one], parties[other]) < 0
        and frozenset((one, other)) not in together
        and named[one] != named[other]
        for one, other in combinations(known, 2)
    )
