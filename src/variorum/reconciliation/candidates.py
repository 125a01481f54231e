"""Pairs of accounts worth comparing: those that share a key of kind, time and place, sides or name; and those that
stand in aligned passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.linkage import Blocks, Codes, Pairs
from variorum.records import ONE_ORIGIN, Provenance, Span
from variorum.world.names import name_key

from .accounts import FINE, Account, narrowed
from .knowledge import Knowledge
from .moments import DAY, Interval
from .scenes import Scene
from .topics import FORCE, Topic
from .wording import Wordings

Key = tuple[str, ...]
_LONG = 21 * DAY
_SHORT = 3 * DAY
_NEAR = 7 * DAY
_TRIAL = 120 * DAY  # who was killed or charged is named long after


class Candidates(NamedTuple):
    """Pairs of account ids, the lesser first; `aligned` is the subset that aligned passages vouch for."""

    pairs: Pairs
    aligned: frozenset[tuple[str, str]]


def candidates(
    found: Sequence[Account],
    aligned: frozenset[tuple[str, str]],
    knowledge: Knowledge,
    when: Mapping[str, Interval],
    about: tuple[Mapping[str, Topic], Mapping[str, Scene], Wordings],
    most: tuple[int, int],
) -> Candidates:
    """All pairs that may be one event, and all of one document that must not become one unseen."""
    ordered = sorted(found, key=lambda account: account.id)
    blocks: Blocks[Key] = Blocks(most[0])
    crises: Blocks[Key] = Blocks(most[1])
    windows = _Windows()
    topics, scenes, wordings = about
    beside: dict[str, set[str]] = {}
    for pair in knowledge.near_types | knowledge.kindred_types:
        for type_ in pair:
            beside.setdefault(type_, set()).update(pair)
    texts: dict[tuple[str, str], list[int]] = {}
    for number, account in enumerate(ordered):
        topic = topics.get(account.id)
        families = _families(account, topic, beside)
        interval = _dated(account, when)
        if interval is not None:
            of_length: dict[float, set[Key]] = {}
            for mark, length in _marks(account, topic):
                of_length.setdefault(length, set()).add(mark)
            keys = [
                key
                for length, those in of_length.items()
                for key in blocks.numbered(those, windows.of(interval, length))
            ]
            blocks.add(families, (number,), keys)
        for family in families:
            texts.setdefault((account.document, family), []).append(number)
        if account.told is not None:
            near = {("near", word) for word in wordings(account).keys}
            crises.add(families, (number,), crises.numbered(near, windows.of(account.told, _LONG)))
    _of_crises(ordered, texts, scenes, (crises, windows))
    pairs = Codes()
    blocks.propose(len(ordered), pairs)
    crises.propose(len(ordered), pairs)

    def told() -> Iterator[_Told]:
        for account in ordered:
            topic = topics.get(account.id)
            marks = {mark for mark, _ in _marks(account, topic)}
            yield _Told(_families(account, topic, beside), marks, open=_dated(account, when) is None)

    if any(_dated(account, when) is None for account in ordered):
        pairs.add(_of_undated(told, len(ordered), most[0]))
    pairs.add(_within(ordered))
    vouched = Pairs.of([account.id for account in ordered], aligned)
    pairs.add(vouched.codes)
    return Candidates(Pairs(vouched.ids, pairs.all(), ordered=True), aligned)


def _families(account: Account, topic: Topic | None, beside: Mapping[str, set[str]]) -> set[str]:
    """The kinds among which an account is looked for."""
    families = {account.type, *beside.get(account.type, ())}
    if topic is not None and topic.recalls:
        families.add(FORCE)
    return families


def _dated(account: Account, when: Mapping[str, Interval]) -> Interval | None:
    """An account's time, else that of its text; None where it is open."""
    interval = narrowed(account, when) or account.told
    return interval if interval is not None and interval.low > -inf and interval.high < inf else None


def _of_crises(
    ordered: Sequence[Account],
    texts: Mapping[tuple[str, str], Sequence[int]],
    scenes: Mapping[str, Scene],
    held: tuple[Blocks[Key], _Windows],
) -> None:
    """What texts that name the same two sides tell of one kind: the accounts of a text hold its sides together."""
    crises, windows = held
    keys: dict[str, list[int]] = {}
    for (document, family), numbers in texts.items():
        told = ordered[numbers[0]].told
        if told is None:
            continue
        if document not in keys:
            keys[document] = crises.numbered(_crisis_marks(scenes.get(document)), windows.of(told, _LONG))
        crises.add((family,), tuple(numbers), keys[document])


def _within(ordered: Sequence[Account]) -> NDArray[np.int64]:
    """The pairs of one text and type."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, account in enumerate(ordered):
        groups.setdefault((account.document, account.type), []).append(number)
    size = len(ordered)
    return np.array([a * size + b for group in groups.values() for a, b in combinations(group, 2)], dtype=np.int64)


def _marks(account: Account, topic: Topic | None) -> Iterator[tuple[Key, float]]:
    """What tells an account from others of its kind, each with how far apart in time (hours) it still tells: a place,
    a name or two sides far, a country or one side alone only near."""
    yield from _place_marks(account)
    for word in topic.keys if topic is not None else ():
        yield ("word", word), 3 * _TRIAL
    sides: list[list[str]] = [[], []]
    for number, parties in enumerate((account.actors, account.recipients)):
        for party in parties:
            if not party.generic:
                sides[number].append(party.country if party.state and party.country else party.key)
                yield ("side", sides[number][-1]), _SHORT
    for actor in sides[0]:
        for recipient in sides[1]:
            yield ("sides", *sorted((actor, recipient))), _LONG
    for name in sorted(account.names):
        yield ("name", name), _LONG
    for name in sorted(account.people):
        yield ("name", name), _TRIAL


def _crisis_marks(scene: Scene | None) -> Iterator[Key]:
    """The sides of the text, two by two: what one report of a crisis recalls without time or place, others tell."""
    if scene is not None:
        yield from (("crisis", *pair) for pair in combinations(sorted(scene.sides), 2))


def _place_marks(account: Account) -> Iterator[tuple[Key, float]]:
    place = account.place
    for town in sorted(account.setting):
        yield ("town", town), _NEAR
    if place is None:
        return
    if place.precision == "unknown":
        yield ("place", name_key(place.name)), _LONG
    if place.precision in FINE:
        yield ("place", str(place.geonameid or name_key(place.name))), _LONG
        if place.geonameid is not None:
            yield ("town", name_key(place.name)), _NEAR
        if place.lat is not None and place.lon is not None:
            for x in (0, 1):
                for y in (0, 1):  # overlapping cells of two degrees, so that near places share one
                    yield ("cell", str((place.lat + x) // 2), str((place.lon + y) // 2), f"{x}{y}"), _SHORT
    if place.precision in FINE or place.precision == "admin1":
        yield ("admin1", place.country or "", name_key(place.admin1 or place.name)), _SHORT
    if place.country:
        yield ("country", place.country), _SHORT


class _Windows:
    """Numbers of the overlapping windows of two `length` that a time touches: any two times at most one `length` apart
    share one. A time longer than a window keeps its ends."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[float, float, int], int] = {}
        self._found: dict[tuple[Interval, float], tuple[int, ...]] = {}

    def of(self, interval: Interval, length: float) -> tuple[int, ...]:
        key = interval, length
        found = self._found.get(key)
        if found is None:
            touched = {
                (length, offset, int((at + offset) // (2 * length))) for offset in (0.0, length) for at in interval
            }
            numbers = self._numbers
            found = tuple(numbers.setdefault(window, len(numbers)) for window in sorted(touched))
            self._found[key] = found
        return found


class _Told(NamedTuple):
    """An account by what it is looked for among and what tells it; `open` where it has no date."""

    families: set[str]
    marks: set[Key]
    open: bool


def _of_undated(told: Callable[[], Iterable[_Told]], things: int, most: int) -> NDArray[np.int64]:
    """Accounts without any date meet every account that shares a mark; dated ones meet each other elsewhere. `told`
    goes through all accounts anew whenever it is asked."""
    undated: dict[tuple[str, Key], list[int]] = {}
    dated: dict[tuple[str, Key], list[int]] = {}
    for number, each in enumerate(told()):
        for mark in each.marks if each.open else ():
            for family in each.families:
                undated.setdefault((family, mark), []).append(number)
    asked = {mark for _, mark in undated}
    for number, each in enumerate(told()):
        for mark in () if each.open else asked & each.marks:
            for family in each.families:
                dated.setdefault((family, mark), []).append(number)
    found: set[int] = set()
    for key, numbers in undated.items():
        others = dated.get(key, [])
        if len(numbers) + len(others) <= most:
            found.update(min(a, b) * things + max(a, b) for a in numbers for b in (*numbers, *others) if a != b)
    return np.array(sorted(found), dtype=np.int64)


def aligned_pairs(found: Sequence[Account], provenance: Provenance) -> Iterator[tuple[str, str]]:
    """Accounts of one type at the same place of an aligned passage, unless its date or place was changed: prose that
    one text took from another, or a quotation that both carry."""
    here: dict[str, list[Account]] = {}
    for account in found:
        here.setdefault(account.document, []).append(account)
    for derivation in provenance.derivations:
        one_origin = derivation.kind in ONE_ORIGIN
        sources, targets = here.get(derivation.source, []), here.get(derivation.target, [])
        changed = [c for c in derivation.changes if c.kind in ("date", "place", "polarity")]
        for passage in derivation.passages if sources and targets else ():
            if not (one_origin or passage.quoted):
                continue
            if any(c.source is not None and passage.source.overlaps(c.source) for c in changed):
                continue
            yield from _same_spot(_inside(sources, passage.source), _inside(targets, passage.target))


def _inside(accounts: Sequence[Account], passage: Span) -> list[tuple[float, Account]]:
    """The accounts that have a mention in a passage, and how far into it their first one stands, 0 to 1."""
    spots = ((next((s.start for s in a.spans if passage.contains(s)), None), a) for a in accounts)
    length = max(1, passage.end - passage.start)
    return [((at - passage.start) / length, account) for at, account in spots if at is not None]


def _same_spot(
    sources: Sequence[tuple[float, Account]], targets: Sequence[tuple[float, Account]]
) -> Iterator[tuple[str, str]]:
    """Accounts of one type at nearly the same spot, or the only ones of their type in the passage on both sides."""
    for at, a in sources:
        fits = [(abs(at - there), b.id) for there, b in targets if b.type == a.type]
        alone = len(fits) == 1 and sum(b.type == a.type for _, b in sources) == 1
        if fits and (alone or min(fits)[0] <= 0.1):
            yield (min(a.id, min(fits)[1]), max(a.id, min(fits)[1]))
