"""Verdicts on many pairs at once: by this process, or by the workers of whoever runs the stage.

A verdict depends on its two texts alone, so which process passes it shows in nothing. Of a verdict what is kept between
runs is sent back (`Judged`); its alignment stays where it was made.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from variorum.records import ONE_ORIGIN, Record

from .lexicon import Lexicon
from .memory import Judged
from .options import DerivationOptions
from .reading import Reading
from .units import Unit
from .verdict import Verdict, judge, judge_copies

_READINGS = 2_000  # that are kept at once: one is some hundred times its text
_PAIRS = 64  # that one worker is asked for at once


class Asked(NamedTuple):
    """A pair by the positions of its units, the lesser first, which judgement is asked for, and whether the edge is
    wanted too, where it is one."""

    judgement: str
    one: int
    other: int
    edge: bool = False


class Bundle(NamedTuple):
    """Some pairs and the units that they are of, by position."""

    units: Mapping[int, Unit]
    asked: Sequence[Asked]


class Judges(Record, frozen=True, kw_only=True):
    """Builds what passes verdicts in the process that does so."""

    options: DerivationOptions

    def __call__(self) -> Callable[[Sequence[Bundle]], list[list[Judged]]]:
        readings = Readings(self.options)

        def passed(bundles: Sequence[Bundle]) -> list[list[Judged]]:
            return [
                [judged(readings.verdict(asked, bundle.units), asked) for asked in bundle.asked] for bundle in bundles
            ]

        return passed


class Workers(Protocol):
    """How a stage is run over batches by other processes: the answers to batches, in their order."""

    def __call__(self, factory: Judges, batches: Iterable[Sequence[Bundle]], /) -> Iterator[Sequence[list[Judged]]]: ...


class Readings:
    """Readings of units by their positions, the last used of them kept, and verdicts on two."""

    def __init__(self, options: DerivationOptions) -> None:
        self._options = options
        self._lexicon = Lexicon()
        self._kept: OrderedDict[tuple[str, int], Reading] = OrderedDict()

    def of(self, unit: Unit) -> Reading:
        found = self._kept.get(unit.key)
        if found is None:
            found = self._kept[unit.key] = Reading(unit, self._lexicon, self._options)
            if len(self._kept) > _READINGS:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(unit.key)
        return found

    def verdict(self, asked: Asked, units: Mapping[int, Unit] | Sequence[Unit]) -> Verdict:
        one, other = ((at, self.of(units[at])) for at in (asked.one, asked.other))
        passed = judge_copies if asked.judgement == "copy" else judge
        return passed(one, other, self._options)


def judged(verdict: Verdict, asked: Asked) -> Judged:
    """What is kept of a verdict."""
    near = verdict.near if verdict.kind in ONE_ORIGIN and asked.judgement != "copy" else 0.0
    edge = verdict.derivation() if asked.edge and verdict.kind is not None else None
    return Judged(verdict.kind, verdict.directed, verdict.source == asked.one, verdict.score, edge, near)


def passed_by(
    workers: Workers, options: DerivationOptions, units: Sequence[Unit], wanted: Sequence[Asked]
) -> Iterator[tuple[Asked, Judged]]:
    """The verdicts of workers on many pairs, in their order."""
    pairs = iter(wanted)
    bundles = [
        Bundle({at: units[at] for asked in some for at in (asked.one, asked.other)}, some)
        for some in iter(lambda: list(islice(pairs, _PAIRS)), [])
    ]
    answers = workers(Judges(options=options), ([bundle] for bundle in bundles))
    for bundle, (found,) in zip(bundles, answers, strict=True):
        yield from zip(bundle.asked, found, strict=True)
