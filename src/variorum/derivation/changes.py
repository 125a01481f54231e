"""Changes inside aligned prose: which number, name, place, date or negation differs, what was added or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Indel

from variorum.records import Change, ChangeKind, Span

from .alignment import Alignment
from .differences import Differences
from .reading import Reading

_MOST_REWORDED = 0.75  # Dice of a pair of sentences under which the whole sentence counts as one rewording


def changes_of(alignment: Alignment) -> tuple[Change, ...]:
    """The changes of an alignment, in the order of the one text: facts for which the other text gives others, wherever
    it gives them; other words in aligned sentences; prose sentences without a fellow, added or dropped whole."""
    one, other = alignment.one, alignment.other
    if np.array_equal(one.exact, other.exact):
        return ()
    facts = list(Differences(alignment).facts())
    found: set[tuple[ChangeKind, Span | None, Span | None]] = set(facts)
    told = ([fact[1] for fact in facts], [fact[2] for fact in facts])
    for pair in alignment.pairs:
        a, b = one.prose[pair.a], other.prose[pair.b]
        if pair.dice < _MOST_REWORDED:
            found.add(("reworded", one.span(a.first, a.last), other.span(b.first, b.last)))
        else:
            changed = _in_sentence(one, range(a.first, a.last), other, range(b.first, b.last))
            found.update(change for change in changed if not _known(change, told))
    for i in _alone(one, {pair.a for pair in alignment.pairs}, _in_runs(alignment, 0)):
        found.add(("dropped", one.span(*one.prose[i][:2]), None))
    for i in _alone(other, {pair.b for pair in alignment.pairs}, _in_runs(alignment, 1)):
        found.add(("added", None, other.span(*other.prose[i][:2])))
    return tuple(Change(kind=kind, source=a, target=b) for kind, a, b in sorted(found, key=_order))


def _known(change: tuple[ChangeKind, Span | None, Span | None], told: tuple[list[Span], list[Span]]) -> bool:
    """Whether a change is that of a fact which was found already."""
    return any(
        span is not None and any(span.start < fact.end and fact.start < span.end for fact in facts)
        for span, facts in zip(change[1:], told, strict=True)
    )


def _order(change: tuple[ChangeKind, Span | None, Span | None]) -> tuple[int, int, int, int, str]:
    kind, a, b = change
    last = 1 << 60
    return (*(a or (last, last)), *(b or (-1, -1)), kind)


def _in_runs(alignment: Alignment, side: int) -> set[int]:
    return {run[side] + k for run in alignment.runs for k in range(run.length)}


def _alone(reading: Reading, aligned: set[int], covered: set[int]) -> Iterator[int]:
    for i, sentence in enumerate(reading.prose):
        inside = sum(k in covered for k in range(sentence.first, sentence.last))
        if i not in aligned and inside * 2 < sentence.last - sentence.first:
            yield i


def _in_sentence(
    one: Reading, a: range, other: Reading, b: range
) -> Iterator[tuple[ChangeKind, Span | None, Span | None]]:
    """The differences of two sentences that are mostly one, word by word."""
    for op in _gaps(one.exact[a.start : a.stop].tolist(), other.exact[b.start : b.stop].tolist()):
        mine = range(a.start + op[0], a.start + op[1])
        theirs = range(b.start + op[2], b.start + op[3])
        if mine and theirs:
            if _weight(one, mine) and _weight(other, theirs):
                yield "reworded", one.span(mine.start, mine.stop), other.span(theirs.start, theirs.stop)
        else:
            yield from _one_sided(one, mine, other, theirs)


def _gaps(a: Sequence[int], b: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """What lies between the matching blocks of two sequences: ``a[i:j]`` against ``b[k:l]``."""
    i = k = 0
    for block in Indel.editops(a, b).as_matching_blocks():
        if block.a > i or block.b > k:
            yield i, block.a, k, block.b
        i, k = block.a + block.size, block.b + block.size


def _one_sided(
    one: Reading, mine: range, other: Reading, theirs: range
) -> Iterator[tuple[ChangeKind, Span | None, Span | None]]:
    reading, where = (one, mine) if mine else (other, theirs)
    span = reading.span(where.start, where.stop)
    sides = (span, None) if mine else (None, span)
    if _weight(reading, where) >= 2.5 or any(reading.folded(i)[:1].isdigit() for i in where):
        yield ("dropped" if mine else "added"), *sides


def _weight(reading: Reading, where: range) -> float:
    return float(reading.weights[where.start : where.stop].sum())
