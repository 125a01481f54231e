"""Pairs of accounts worth comparing: those that share a key of kind, time and place, sides or name; and those that
stand in aligned passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from variorum.linkage import Blocks
from variorum.records import ONE_ORIGIN, Provenance, Span
from variorum.world.names import name_key

from .accounts import FINE, Account, narrowed
from .knowledge import Knowledge
from .moments import DAY, Interval

Key = tuple[str, ...]
_WEEKS = 3 * 7 * DAY  # half the long window: reports of one happening this far apart still meet


class Candidates(NamedTuple):
    """Pairs of account ids, the lesser first; `aligned` is the subset that aligned passages vouch for."""

    pairs: frozenset[tuple[str, str]]
    aligned: frozenset[tuple[str, str]]


def candidates(
    found: Sequence[Account], provenance: Provenance, knowledge: Knowledge, when: Mapping[str, Interval], most: int
) -> Candidates:
    """All pairs that may be one event."""
    blocks: Blocks[Key] = Blocks(most)
    undated = _Undated()
    for account in found:
        families = sorted({account.type, *(t for pair in knowledge.near_types if account.type in pair for t in pair)})
        marks = list(_marks(account))
        interval = narrowed(account, when) or account.told
        for family in families:
            if interval is None or interval.low == -inf or interval.high == inf:
                undated.add(account.id, [(family, *mark) for mark in marks], open_=True)
            else:
                blocks.add(account.id, ((family, *mark, w) for mark in marks for w in _windows(interval)))
                undated.add(account.id, [(family, *mark) for mark in marks], open_=False)
    aligned = frozenset(_aligned(found, provenance))
    return Candidates(frozenset(blocks.pairs()) | undated.pairs(most) | aligned, aligned)


def _marks(account: Account) -> Iterator[Key]:
    """What tells an account from others of its kind and time, the strongest first."""
    place = account.place
    if place is not None and place.precision in FINE:
        yield ("place", str(place.geonameid or name_key(place.name)))
        if place.lat is not None and place.lon is not None:
            for x in (0, 1):
                for y in (0, 1):  # overlapping cells of two degrees, so that near places share one
                    yield ("cell", str((place.lat + x) // 2), str((place.lon + y) // 2), f"{x}{y}")
    elif place is not None and place.precision == "admin1":
        yield ("admin1", place.country or "", name_key(place.admin1 or place.name))
    if place is not None and place.precision in FINE and place.admin1:
        yield ("admin1", place.country or "", name_key(place.admin1))
    for role, parties in (("a", account.actors), ("r", account.recipients)):
        for party in parties:
            if party.state and party.country:
                yield (role, party.country)
            elif not party.generic:
                yield (role, party.key)
    for name in account.names:
        if " " in name:
            yield ("name", name)
    if place is not None and place.country:
        yield ("country", place.country)
    elif place is None:
        yield ("nowhere",)


def _windows(interval: Interval) -> Iterator[str]:
    """Numbers of the overlapping six-week windows that a time touches; a time longer than a window keeps its ends."""
    numbers = {int(at // (2 * _WEEKS)) for at in interval}
    yield from (f"e{n}" for n in sorted(numbers))
    yield from (f"o{n}" for n in sorted({int((at + _WEEKS) // (2 * _WEEKS)) for at in interval}))


class _Undated:
    """Accounts without any date meet every account that shares a mark; dated ones meet each other elsewhere."""

    def __init__(self) -> None:
        self._open: dict[Key, list[str]] = {}
        self._dated: dict[Key, list[str]] = {}

    def add(self, id_: str, keys: Sequence[Key], *, open_: bool) -> None:
        holders = self._open if open_ else self._dated
        for key in keys:
            holders.setdefault(key, []).append(id_)

    def pairs(self, most: int) -> frozenset[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for key, ids in self._open.items():
            others = self._dated.get(key, [])
            if len(ids) + len(others) > most:
                continue
            found.update((min(a, b), max(a, b)) for a in ids for b in (*ids, *others) if a != b)
        return frozenset(found)


def _aligned(found: Sequence[Account], provenance: Provenance) -> Iterator[tuple[str, str]]:
    """Accounts of one type at the same place of an aligned passage, unless its date or place was changed."""
    here: dict[str, list[Account]] = {}
    for account in found:
        here.setdefault(account.document, []).append(account)
    for derivation in provenance.derivations:
        if derivation.kind not in ONE_ORIGIN:
            continue
        sources, targets = here.get(derivation.source, []), here.get(derivation.target, [])
        changed = [c for c in derivation.changes if c.kind in ("date", "place", "polarity")]
        for passage in derivation.passages if sources and targets else ():
            if passage.quoted or any(c.source is not None and passage.source.overlaps(c.source) for c in changed):
                continue
            for a in sources:
                at = _relative(a, passage.source)
                near = [
                    (abs(at - there), b.id)
                    for b in targets
                    if at is not None and b.type == a.type and (there := _relative(b, passage.target)) is not None
                ]
                if near and (best := min(near))[0] <= 0.1:
                    yield (min(a.id, best[1]), max(a.id, best[1]))


def _relative(account: Account, passage: Span) -> float | None:
    """Where in the passage the account's first mention stands, 0 to 1."""
    inside = [span.start for span in account.spans if passage.contains(span)]
    return (inside[0] - passage.start) / (len(range(*passage)) or 1) if inside else None
