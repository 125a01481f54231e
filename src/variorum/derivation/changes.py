"""Changes inside aligned prose: which number, name, place, date or negation differs, what was added or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from variorum.records import Change, ChangeKind, Span

from .alignment import Alignment, Run
from .lexicon import words_of
from .reading import Reading

_MOST_REWORDED = 0.75  # Dice of a pair of sentences under which the whole sentence counts as one rewording

_NEGATED = 0.55  # Dice under which a negation on one side alone belongs to the rewording


def changes_of(alignment: Alignment) -> tuple[Change, ...]:
    """The changes of an alignment, in the order of the one text; prose sentences without a fellow are added or dropped
    whole."""
    one, other = alignment.one, alignment.other
    found: set[tuple[ChangeKind, Span | None, Span | None]] = set()
    for run in alignment.runs:
        found.update(_in_run(one, other, run))
    for pair in alignment.pairs:
        a, b = one.prose[pair.a], other.prose[pair.b]
        if pair.dice < _MOST_REWORDED:
            found.add(("reworded", one.span(a.first, a.last), other.span(b.first, b.last)))
            facts = _facts(one, range(a.first, a.last), other, range(b.first, b.last))
            found.update(fact for fact in facts if fact[0] != "polarity" or pair.dice >= _NEGATED)
        else:
            found.update(_in_sentence(one, range(a.first, a.last), other, range(b.first, b.last)))
    for i in _alone(one, {pair.a for pair in alignment.pairs}, _in_runs(alignment, 0)):
        found.add(("dropped", one.span(*one.prose[i][:2]), None))
    for i in _alone(other, {pair.b for pair in alignment.pairs}, _in_runs(alignment, 1)):
        found.add(("added", None, other.span(*other.prose[i][:2])))
    return tuple(Change(kind=kind, source=a, target=b) for kind, a, b in sorted(found, key=_order))


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


def _in_run(one: Reading, other: Reading, run: Run) -> Iterator[tuple[ChangeKind, Span, Span]]:
    """Numbers are alike in a run; those that differ are its changes."""
    a, b = one.exact[run.a : run.a + run.length], other.exact[run.b : run.b + run.length]
    for k in (a != b).nonzero()[0].tolist():
        i, j = run.a + k, run.b + k
        if one.masked[i] or other.masked[j]:
            continue
        kinds = {_number_kind(one, i), _number_kind(other, j)}
        kind: ChangeKind = "date" if kinds == {"date"} else "number"
        yield kind, one.span(i, i + 1), other.span(j, j + 1)


def _in_sentence(
    one: Reading, a: range, other: Reading, b: range
) -> Iterator[tuple[ChangeKind, Span | None, Span | None]]:
    """The differences of two sentences that are mostly one, word by word."""
    for op in _gaps(one.exact[a.start : a.stop].tolist(), other.exact[b.start : b.stop].tolist()):
        mine = range(a.start + op[0], a.start + op[1])
        theirs = range(b.start + op[2], b.start + op[3])
        if mine and theirs:
            facts = list(_facts(one, mine, other, theirs))
            yield from facts
            if not facts and _weight(one, mine) and _weight(other, theirs):
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
    if any(reading.folded(i) in words_of("negators") for i in where):
        yield "polarity", *sides
    elif _weight(reading, where) >= 2.5 or any(reading.folded(i)[:1].isdigit() for i in where):
        yield ("dropped" if mine else "added"), *sides


def _weight(reading: Reading, where: range) -> float:
    return float(reading.weights[where.start : where.stop].sum())


def _facts(one: Reading, a: range, other: Reading, b: range) -> Iterator[tuple[ChangeKind, Span | None, Span | None]]:
    """Numbers, dates, names and places that only one side has, paired in order; a negation that only one side has."""
    for kinds in (("number",), ("date",), ("place", "name")):
        mine = [(i, kind) for i, kind in _marked(one, a) if kind in kinds]
        theirs = [(i, kind) for i, kind in _marked(other, b) if kind in kinds]
        here = {one.folded(i) for i in a}
        there = {other.folded(i) for i in b}
        left = [(i, kind) for i, kind in mine if one.folded(i) not in there]
        right = [(i, kind) for i, kind in theirs if other.folded(i) not in here]
        for (i, kind), (j, _) in _matched(one, left, other, right):
            yield kind, one.span(i, i + 1), other.span(j, j + 1)
    against_a = [i for i in a if one.folded(i) in words_of("negators")]
    against_b = [j for j in b if other.folded(j) in words_of("negators")]
    if bool(against_a) != bool(against_b):
        yield (
            "polarity",
            one.span(against_a[0], against_a[0] + 1) if against_a else None,
            other.span(against_b[0], against_b[0] + 1) if against_b else None,
        )


_Marked = tuple[int, ChangeKind]


def _matched(
    one: Reading, left: list[_Marked], other: Reading, right: list[_Marked]
) -> Iterator[tuple[_Marked, _Marked]]:
    """Which of the words that only one side has stand for each other: figures of the same things ("nine people",
    "seven people"); then, if as many are left on both sides, those in the same place of the row."""
    rest = list(right)
    unmatched = []
    for mine in left:
        unit = _unit(one, mine[0])
        fellow = next((theirs for theirs in rest if unit is not None and _unit(other, theirs[0]) == unit), None)
        if fellow is None:
            unmatched.append(mine)
        else:
            rest.remove(fellow)
            yield mine, fellow
    if len(unmatched) == len(rest):
        for mine, theirs in zip(unmatched, rest, strict=True):
            if one.folded(mine[0])[:1].isdigit() == other.folded(theirs[0])[:1].isdigit():
                yield mine, theirs


def _unit(reading: Reading, i: int) -> int | None:
    """What a figure counts: the stem of the next word that is no function word, if it is near."""
    if not reading.folded(i)[:1].isdigit():
        return None
    for j in range(i + 1, min(i + 4, len(reading))):
        if reading.weights[j] > 0:
            return int(reading.stems[j])
    return None


def _marked(reading: Reading, where: range) -> Iterator[tuple[int, ChangeKind]]:
    """The words that carry facts, with what they are; a capital at the start of a sentence makes no name."""
    for i in where:
        word = reading.folded(i)
        if word[:1].isdigit():
            yield i, _number_kind(reading, i)
        elif word in words_of("date_words"):
            yield i, "date"
        elif reading.specific[i]:
            placed = reading.folded(i - 1) in words_of("place_cues")
            yield i, "place" if placed else "name"


def _number_kind(reading: Reading, i: int) -> ChangeKind:
    """A figure beside a month, or one that can be a year, is a date."""
    word = reading.folded(i)
    beside = [reading.folded(j) for j in (i - 1, i + 1) if 0 <= j < len(reading)]
    months = words_of("date_words")
    year = len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099
    return "date" if year or any(b in months for b in beside) else "number"
