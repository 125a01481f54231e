"""Pairs of accounts worth comparing: those that share a key of kind, time and place, sides or name; and those that
stand in aligned passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from variorum.linkage import Blocks
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

    pairs: frozenset[tuple[str, str]]
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
    blocks: Blocks[Key] = Blocks(most[0])
    crises: Blocks[Key] = Blocks(most[1])
    undated = _Undated()
    topics, scenes, wordings = about
    beside: dict[str, set[str]] = {}
    for pair in knowledge.near_types | knowledge.kindred_types:
        for type_ in pair:
            beside.setdefault(type_, set()).update(pair)
    for account in found:
        families = sorted({account.type, *beside.get(account.type, ())})
        topic = topics.get(account.id)
        if topic is not None and topic.recalls:
            families = sorted({*families, FORCE})
        interval = narrowed(account, when) or account.told
        dated = interval is not None and interval.low > -inf and interval.high < inf
        for family in families:
            for mark, window in _marks(account, topic):
                if interval is not None and dated:
                    blocks.add(account.id, ((family, *mark, w) for w in _windows(interval, window)))
                undated.add(account.id, (family, *mark), open_=not dated)
            if account.told is not None:
                windows = tuple(_windows(account.told, _LONG))
                near = wordings(account).keys
                crises.add(account.id, ((family, "near", word, w) for word in near for w in windows))
                marks = _crisis_marks(scenes.get(account.document))
                crises.add(account.id, ((family, *mark, w) for mark in marks for w in windows))
    within = frozenset(pair for ids in _by_document(found).values() for pair in combinations(ids, 2))
    met = frozenset(blocks.pairs()) | frozenset(crises.pairs()) | undated.pairs(most[0])
    return Candidates(met | aligned | within, aligned)


def _by_document(found: Sequence[Account]) -> dict[tuple[str, str], list[str]]:
    groups: dict[tuple[str, str], list[str]] = {}
    for account in found:
        groups.setdefault((account.document, account.type), []).append(account.id)
    return {key: sorted(ids) for key, ids in groups.items()}


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


def _windows(interval: Interval, length: float) -> Iterator[str]:
    """Numbers of the overlapping windows of two `length` that a time touches: any two times at most one `length`
    apart share one. A time longer than a window keeps its ends."""
    for offset, mark in ((0.0, "e"), (length, "o")):
        numbers = {int((at + offset) // (2 * length)) for at in interval}
        yield from (f"{mark}{length:.0f}:{number}" for number in sorted(numbers))


class _Undated:
    """Accounts without any date meet every account that shares a mark; dated ones meet each other elsewhere."""

    def __init__(self) -> None:
        self._open: dict[Key, list[str]] = {}
        self._dated: dict[Key, list[str]] = {}

    def add(self, id_: str, key: Key, *, open_: bool) -> None:
        (self._open if open_ else self._dated).setdefault(key, []).append(id_)

    def pairs(self, most: int) -> frozenset[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for key, ids in self._open.items():
            others = self._dated.get(key, [])
            if len(ids) + len(others) > most:
                continue
            found.update((min(a, b), max(a, b)) for a in ids for b in (*ids, *others) if a != b)
        return frozenset(found)


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
