"""Times told from other events ("24 hours after the strikes"): which event bounds which, and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from msgspec.structs import replace

from variorum.records import Span, TimeAnchor, TimeExpression

from .accounts import Account
from .moments import DAY, Interval
from .witnesses import Prose, Witnesses

_APART = 12.0  # hours from which on two events do not share a day's expression
_ROUNDS = 4  # a chain longer than this many events bounds its ends so loosely that more rounds change nothing


class Bond(NamedTuple):
    """`later` happened between `low` and `high` hours after `earlier` (ids of accounts, or of their groups);
    `words` are the time expression that says so, with the event that it counts from ("two days after the raid")."""

    earlier: str
    later: str
    low: float
    high: float
    document: str
    words: Span
    named: str


class Anchored(NamedTuple):
    """When an event was, as the `words` of a document tell it from another event."""

    document: str
    words: Span
    interval: Interval


def bonds(found: Sequence[Account], witnesses: Witnesses) -> list[Bond]:
    """Every event-anchored time of the documents, as a bond between two of the same document's accounts."""
    by_document: dict[str, list[Account]] = {}
    for account in found:
        by_document.setdefault(account.document, []).append(account)
    result = []
    for document, here in sorted(by_document.items()):
        for time in witnesses.annotations[document].times:
            if time.anchor is None:
                continue
            words = Span(time.start, time.end)
            named = _named(here, time.anchor.trigger)
            subject = _subject(here, words, named, witnesses) if named is not None else None
            phrase = _phrase(words, time.anchor.trigger, witnesses.prose(document))
            if named is not None and subject is not None and (bond := _bond(subject, named, time.anchor, phrase)):
                result.append(bond)
    return sorted(set(result))


def _phrase(words: Span, trigger: Span, prose: Prose) -> Span:
    """The expression as far as the event that it counts from, where one sentence has both."""
    if prose.number(words.start) != prose.number(trigger.start):
        return words
    return Span(min(words.start, trigger.start), max(words.end, trigger.end))


def _named(here: Iterable[Account], trigger: Span) -> Account | None:
    """The account that the anchor's words name: a mention inside them, the last one where they hold several."""
    inside = [(span, account) for account in here for span in account.spans if trigger.overlaps(span)]
    return max(inside, key=lambda item: (item[0].end, item[1].id))[1] if inside else None


def _subject(here: Sequence[Account], words: Span, named: Account, witnesses: Witnesses) -> Account | None:
    """The account whose time is told: the one that has it, else the last mention before it in its sentence, else the
    first after it."""
    owner = next((a for a in here if a.time is not None and (a.time.start, a.time.end) == words and a != named), None)
    if owner is not None:
        return owner
    prose = witnesses.prose(named.document)
    number = prose.number(words.start)
    if number is None:
        return None
    sentence = prose.sentences[number]
    others = [(span, a) for a in here if a.id != named.id for span in a.spans if sentence.contains(span)]
    before = [item for item in others if item[0].end <= words.start]
    if before:
        return max(before, key=lambda item: (item[0].end, item[1].id))[1]
    return min(others, key=lambda item: (item[0].start, item[1].id))[1] if others else None


def _bond(subject: Account, named: Account, anchor: TimeAnchor, words: Span) -> Bond | None:
    high = inf if anchor.high_hours is None else anchor.high_hours
    if anchor.relation == "after":
        return Bond(named.id, subject.id, anchor.low_hours, high, subject.document, words, named.id)
    if anchor.relation == "before":
        return Bond(subject.id, named.id, anchor.low_hours, high, subject.document, words, named.id)
    if anchor.relation == "same":
        return Bond(named.id, subject.id, anchor.low_hours, high, subject.document, words, named.id)
    return None


def recalled(found: Sequence[Account], witnesses: Witnesses) -> list[Account]:
    """The accounts with the times that their own words count back to: "shelled a week ago", where the event was given
    the day of another; and without a report's own day where it is an event that days are counted from ("three weeks
    after the bomb")."""
    named: dict[str, list[tuple[Span, float]]] = {}
    past: dict[str, list[TimeExpression]] = {}
    for document, annotation in sorted(witnesses.annotations.items()):
        named[document] = [
            (time.anchor.trigger, time.anchor.low_hours)
            for time in annotation.times
            if time.anchor is not None and time.anchor.relation == "after" and time.anchor.low_hours >= _APART
        ]
        past[document] = [time for time in annotation.times if time.text.casefold().endswith("ago")]
    here: dict[str, list[Span]] = {}
    for account in found:
        here.setdefault(account.document, []).extend(account.spans)
    return [_told_again(a, named[a.document], past[a.document], here[a.document], witnesses) for a in found]


def _told_again(
    account: Account,
    named: Sequence[tuple[Span, float]],
    past: Sequence[TimeExpression],
    spans: Sequence[Span],
    witnesses: Witnesses,
) -> Account:
    prose = witnesses.prose(account.document)
    for time in past:
        between = [s for s in spans if account.main.end <= s.start < time.start]
        near = account.main.end <= time.start and prose.number(account.main.start) == prose.number(time.start)
        interval = Interval.of(time.earliest, time.latest)
        if near and not between and interval is not None and account.time != time:
            return replace(account, time=time, when=interval, loose=False, lent=False, shared=False)
    when, told = account.when, account.told
    if when is None or told is None or not any(trigger.overlaps(account.main) for trigger, _ in named):
        return account
    return replace(account, time=None, when=None) if when.high > told.low - _APART else account


def without_borrowed(found: Sequence[Account], ties: Sequence[Bond]) -> list[Account]:
    """The accounts without the times that cannot be theirs: of two events that may be days apart and were given one
    and the same expression, the one that the other counts from keeps none, for a sentence dates its own event ("on
    Thursday, two days after …")."""
    times = {account.id: account.time for account in found}
    borrowed = {
        tie.named
        for tie in ties
        if (tie.low >= _APART or tie.high > DAY)
        and times[tie.earlier] is not None
        and times[tie.earlier] == times[tie.later]
    }
    return [replace(a, time=None, when=None) if a.id in borrowed else a for a in found]


def spread(when: Mapping[str, Interval], ties: Sequence[Bond]) -> dict[str, Interval]:
    """The intervals after the bonds have narrowed them. A bond that contradicts what is told outright is left out, so
    that no time appears that contradicts its own text."""
    found = dict(when)
    for _ in range(_ROUNDS):
        before = dict(found)
        for bond in ties:
            _narrow(found, bond.later, before.get(bond.earlier), bond.low, bond.high)
            _narrow(found, bond.earlier, before.get(bond.later), -bond.high, -bond.low)
        if found == before:
            break
    return found


def anchored(
    ties: Sequence[Bond], event_of: Mapping[str, str], when: Mapping[str, Interval]
) -> dict[str, list[Anchored]]:
    """What bonds tell of each event's time, from the time of the event at their other end."""
    found: dict[str, list[Anchored]] = {}
    for tie in ties:
        earlier, later = event_of[tie.earlier], event_of[tie.later]
        for event, other, low, high in ((later, earlier, tie.low, tie.high), (earlier, later, -tie.high, -tie.low)):
            interval = when.get(other)
            told = interval.moved(low, high) if interval is not None and event != other else None
            if told is not None and (told.low > -inf or told.high < inf):
                found.setdefault(event, []).append(Anchored(tie.document, tie.words, told))
    return found


def _narrow(found: dict[str, Interval], id_: str, other: Interval | None, low: float, high: float) -> None:
    if other is None:
        return
    told = other.moved(low, high)
    mine = found.get(id_)
    shared = told if mine is None else mine.meet(told)
    if shared is not None and (shared.low > -inf or shared.high < inf):
        found[id_] = shared
