"""Families: each text's nearest source, so that what is derived hangs together as trees, one tree for one witness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from variorum.linkage import Forest
from variorum.records import ONE_ORIGIN, DerivationKind

from .options import DerivationOptions


def unit_name(document: str, section: int) -> str:
    """One name for a unit, as ties use it."""
    return f"{document}\x1f{section}"


def unit_document(name: str) -> str:
    """The id of the document that the named unit is of."""
    return name.rpartition("\x1f")[0]


class Tie(NamedTuple):
    """A possible edge between two units; `ruled` where a person says so, which no doubt outweighs; `near`
    tells which of several possible sources has most of the words, and the facts in this version."""

    source: str
    target: str
    kind: DerivationKind
    directed: bool
    score: float
    ruled: bool = False
    near: float = 0.0


class Families:
    """The forest of chosen ties. A text has one source; a tie joins two trees only where neither a ruling nor most of
    what was compared between them speaks against it."""

    def __init__(
        self,
        units: Sequence[str],
        unrelated: Iterable[tuple[str, str]],
        different: Iterable[tuple[str, str]],
        options: DerivationOptions,
    ) -> None:
        self._forest = Forest(units)
        self._versions = Forest(units)  # texts that are copies of each other, cut or whole
        self._members: dict[str, list[str]] = {unit: [unit] for unit in units}
        self._options = options
        self._unrelated = _both_ways(unrelated)
        self._different = _both_ways(different)
        self._related: dict[str, set[str]] = {}
        self._sourced: set[str] = set()
        self.chosen: list[Tie] = []

    def grow(self, ties: Sequence[Tie]) -> None:
        """Choose among all ties: rulings first, then the strongest kind, those that show who used whom, the best score,
        the nearest version, the ids."""
        self._related = _both_ways((tie.source, tie.target) for tie in ties)
        for tie in sorted(ties, key=_precedence):
            a, b = self._forest.find(tie.source), self._forest.find(tie.target)
            if a == b or self._vetoed(a, b):
                continue
            if not tie.ruled and (self._has_source(tie) or (not tie.directed and self._bridges(a, b))):
                continue
            self.chosen.append(tie)
            if tie.directed:
                self._sourced.add(tie.target)
            self._forest.join(a, b)
            if tie.kind in ("verbatim", "abridged"):
                self._versions.join(tie.source, tie.target)
            root = self._forest.find(a)
            gone = b if root == a else a
            self._members[root].extend(self._members.pop(gone))

    def groups(self) -> list[tuple[str, ...]]:
        """The trees' members, each sorted, in the order of their least."""
        return self._forest.groups()

    def _has_source(self, tie: Tie) -> bool:
        if tie.directed:
            return tie.target in self._sourced
        return tie.source in self._sourced and tie.target in self._sourced

    def _vetoed(self, a: str, b: str) -> bool:
        return bool(self._different) and bool(self._between(a, b, self._different))

    def _bridges(self, a: str, b: str) -> bool:
        """Whether most of what was compared between two trees is unrelated, versions counted and not their copies: that
        a text shares little with what another was cut to says nothing."""
        related = self._between(a, b, self._related)
        unrelated = self._between(a, b, self._unrelated) - related
        return len(related) < self._options.bridge * (len(related) + len(unrelated))

    def _between(self, a: str, b: str, pairs: dict[str, set[str]]) -> set[tuple[str, str]]:
        """The versions of two trees of which some are paired."""
        small, large = sorted((a, b), key=lambda root: len(self._members[root]))
        return {
            (self._versions.find(one), self._versions.find(other))
            for one in self._members[small]
            for other in pairs.get(one, ())
            if self._forest.find(other) == large
        }


def _precedence(tie: Tie) -> tuple[bool, int, bool, float, float, str, str]:
    return (
        not tie.ruled,
        ONE_ORIGIN.index(tie.kind),
        not tie.directed,
        -round(tie.score, 1),
        -tie.near,
        tie.source,
        tie.target,
    )


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found
