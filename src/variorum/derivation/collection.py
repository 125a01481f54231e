"""Documents → Provenance: copies collapsed, candidates compared, families grown, origins named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

import msgspec

from variorum.linkage import Forest
from variorum.records import ONE_ORIGIN, Decision, Derivation, Document, Provenance

from . import makers, moments
from .copies import exact_classes, near_copies
from .families import Families, Tie, unit_name
from .fingerprints import Fingerprint
from .judging import Asked, Readings, Workers, passed_by
from .judging import judged as judged_
from .memory import Judged, Memory, PairKey, Shelf
from .options import DerivationOptions
from .origins import origins_of
from .reading import Reading
from .rulings import Ruled, rulings
from .search import Join, candidates
from .statements import Quotation, long_quotations, releases, statements_of
from .units import Unit
from .verdict import Verdict, judge_ruled


def derive(
    documents: Sequence[Document],
    *,
    options: DerivationOptions = DerivationOptions(),  # noqa: B008 - a frozen value
    decisions: Sequence[Decision] = (),
    shelf: Shelf | None = None,
    version: str = "",
    join: Join | None = None,
    workers: Workers | None = None,
) -> Provenance:
    """Which text was used in which, and how many independent origins there are.

    Rejected documents take no part; every other has an origin, its own where it shares none. The result depends on the
    set of documents alone and not on their order; `decisions` are replayed in the order of their log. On a `shelf` the
    work is kept under `version` of this stage, so that a run with more documents reads and compares only what is
    new. `join` counts the keys that texts share, on this thread without it; `workers` pass the verdicts where there are
    many.
    """
    taken = [document for document in documents if document.rejected is None]
    ruled = rulings(decisions, frozenset(document.id for document in taken))
    memory = Memory(shelf, version, options)
    provenance = _Collection(taken, options, ruled, memory, (join, workers)).provenance()
    memory.save()
    return provenance


_COPIES = ("verbatim", "abridged")
_MANY = 500  # pairs from which workers have begun before one process is done
_UNRELATED = {forward: Judged(None, directed=False, forward=forward, score=0.0) for forward in (True, False)}
_HELD = 2_000  # verdicts whose alignments are held until it is known which of them are edges


class _Pair(NamedTuple):
    """Two compared units by position; `verdict` is there where they were compared in this run and may be an edge."""

    source: int
    target: int
    judged: Judged
    key: PairKey | None
    verdict: Verdict | None


class _Collection:
    """The units of a collection in canonical order (the earliest first, then by content and id), by position."""

    def __init__(
        self,
        documents: Sequence[Document],
        options: DerivationOptions,
        ruled: Ruled,
        memory: Memory,
        help_: tuple[Join | None, Workers | None] = (None, None),
    ) -> None:
        self._options = options
        self._join, self._workers = help_
        self._ruled = ruled
        self._memory = memory
        self._held = 0
        found = memory.units(documents)
        found.sort(key=lambda pair: (moments.order_key(pair[1].document.published), pair[0].content, pair[1].key))
        self._prints: list[Fingerprint] = [print_ for print_, _ in found]
        self._units: list[Unit] = [unit for _, unit in found]
        self._names = [unit_name(*unit.key) for unit in self._units]
        self._places: dict[str, list[int]] = {}
        for i, unit in enumerate(self._units):
            self._places.setdefault(unit.document.id, []).append(i)
        self._readings = Readings(options)

    def provenance(self) -> Provenance:
        pairs = list(self._pairs())
        ties = {self._tie(pair): pair for pair in pairs if pair.judged.kind in ONE_ORIGIN}
        families = self._families(pairs, list(ties))
        place = {name: i for i, name in enumerate(self._names)}
        groups = families.groups()
        root = {name: number for number, group in enumerate(groups) for name in group}
        kept: dict[int, list[Tie]] = {}
        for tie in families.chosen:
            kept.setdefault(root[tie.source], []).append(tie)
        chosen = [ties[tie] for tie in families.chosen]
        apart = [
            pair
            for pair in pairs
            if pair.judged.kind == "quotes-only" and root[self._names[pair.source]] != root[self._names[pair.target]]
        ]
        self._judge_edges([*chosen, *apart])
        edges = [self._derivation(pair) for pair in (*chosen, *apart, *self._echoes(apart, pairs))]
        origins, origin_of = origins_of([[self._units[place[name]] for name in group] for group in groups], kept)
        compared = sorted({i for pair in pairs for i in (pair.source, pair.target)})
        quotations = [quotation for i in compared for quotation in self._quotations(i)]
        documents = {unit.document.id: unit.document for unit in self._units}
        quotations.extend(releases(edges, quotations, documents, self._options))
        return Provenance(
            derivations=_by_documents(edges),
            origins=origins,
            origin_of=origin_of,
            statements=statements_of(quotations, documents, self._options),
        )

    def _reading(self, i: int) -> tuple[int, Reading]:
        return i, self._readings.of(self._units[i])

    def _quotations(self, i: int) -> list[Quotation]:
        found = self._memory.quotations(self._units[i])
        if found is None:
            found = long_quotations(self._reading(i)[1], self._options)
            self._memory.add_quotations(self._units[i], found)
        return found

    def _pairs(self) -> Iterator[_Pair]:
        """Every pair that was compared, and what people ruled."""
        proposed = list(self._proposed())
        self._judge_all([asked for asked in proposed if self._kept(asked) is None])
        for asked in proposed:
            yield self._compared(*asked[:3])
        for (low, high), author in sorted(self._ruled.same.items()):
            i, j = sorted((self._main(low), self._main(high)))
            verdict = judge_ruled(self._reading(i), self._reading(j), author, self._options)
            judged = Judged(verdict.kind, verdict.directed, verdict.source == i, verdict.score)
            yield _Pair(verdict.source, verdict.target, judged, None, verdict)

    def _proposed(self) -> Iterator[Asked]:
        """Every pair that is compared: each copy with the head of its class, near copies with the first of theirs, and
        candidates among what is left."""
        apart = {i for pair in self._ruled.different for document in pair for i in self._places[document]}
        heads = []
        for members in exact_classes(self._prints, apart, self._options):
            head = self._head(members)
            heads.append(head)
            for member in members:
                if member != head and self._distinct(head, member):
                    yield Asked("copy", min(head, member), max(head, member))
        heads.sort()
        near = near_copies([i for i in heads if i not in apart], self._prints, self._options)
        for copy, head in sorted(near.items()):
            if self._distinct(head, copy):
                yield Asked("copy", head, copy)
        left = [i for i in heads if i not in near]
        short = frozenset(i for i in left if self._units[i].section >= 0) | self._citing(left)
        proposed = {
            (found.one, found.other) for found in candidates(left, self._prints, self._options, short, self._join)
        }
        for one, other in sorted(proposed):
            if self._distinct(one, other):
                yield Asked("candidate", one, other)

    def _kept(self, asked: Asked) -> Judged | None:
        return self._memory.judged(self._units[asked.one], self._key(asked))

    def _key(self, asked: Asked) -> PairKey:
        return self._memory.pair(self._units[asked.one], self._units[asked.other], asked.judgement)

    def _judge_all(self, wanted: Sequence[Asked]) -> None:
        """Let the workers pass verdicts on many pairs."""
        if self._workers is None or len(wanted) < _MANY:
            return
        for asked, found in passed_by(self._workers, self._options, self._units, wanted):
            self._memory.judge(self._units[asked.one], self._key(asked), found)

    def _judge_edges(self, pairs: Sequence[_Pair]) -> None:
        """Let the workers make the edges of pairs whose verdicts are not at hand."""
        wanted = [
            Asked(pair.key.judgement, min(ends), max(ends), edge=True)
            for pair in pairs
            for ends in [(pair.source, pair.target)]
            if pair.verdict is None and pair.key is not None
        ]
        self._judge_all([asked for asked in wanted if (kept := self._kept(asked)) is None or kept.derivation is None])

    def _citing(self, left: Sequence[int]) -> frozenset[int]:
        """The notes that name the outlet of another text as the one that reports what they tell."""
        notes = [i for i in left if self._prints[i].words < self._options.told_note]
        if not notes:
            return frozenset()
        makers_of = {makers.outlet_key(self._units[i].document): self._units[i].document for i in left}
        outlets = {document.outlet: document for _, document in sorted(makers_of.items()) if document.outlet}
        return frozenset(
            i
            for i in notes
            for name, other in outlets.items()
            if name in self._units[i].document.text and makers.attributions(self._units[i].document, other)
        )

    def _echoes(self, apart: Sequence[_Pair], pairs: Sequence[_Pair]) -> Iterator[_Pair]:
        """The copies of a text that shares a quotation share it too: the first `echoes` of either end, where they have
        kept the quotation."""
        copies: dict[int, set[int]] = {}
        for pair in pairs:
            if pair.judged.kind == "verbatim":
                copies.setdefault(pair.source, set()).add(pair.target)
                copies.setdefault(pair.target, set()).add(pair.source)
        size = len(self._units)
        known = {size * min(pair[:2]) + max(pair[:2]) for pair in pairs} if apart else set()
        for end, other in sorted(two for pair in apart for two in permutations((pair.source, pair.target))):
            for copy in sorted(copies.get(end, ()))[: self._options.echoes]:
                low, high = sorted((copy, other))
                if size * low + high not in known and self._distinct(copy, other):
                    known.add(size * low + high)
                    found = self._compared("candidate", low, high)
                    if found.judged.kind == "quotes-only":
                        yield found

    def _compared(self, judgement: str, i: int, j: int) -> _Pair:
        """The verdict on two positions (the lesser first), as it is kept or passed now."""
        key = self._memory.pair(self._units[i], self._units[j], judgement)
        judged = self._memory.judged(self._units[i], key)
        verdict = None
        if judged is None:
            asked = Asked(judgement, i, j)
            verdict = self._readings.verdict(asked, self._units)
            judged = judged_(verdict, asked)
            self._memory.judge(self._units[i], key, judged)
            self._held += judged.kind is not None
            if judged.kind is None or self._held > _HELD:
                verdict = None  # its alignment is of no more use, or costs less to be made again than to be held
        source, target = (i, j) if judged.forward else (j, i)
        if judged.kind is None:  # as most are: nothing but that they were compared is of use
            return _Pair(source, target, _UNRELATED[judged.forward], None, None)
        return _Pair(source, target, judged, key, verdict)

    def _derivation(self, pair: _Pair) -> Derivation:
        """The edge of a pair as a record."""
        if pair.key is None:
            assert pair.verdict is not None
            return pair.verdict.derivation()
        i, j = sorted((pair.source, pair.target))
        asked = Asked(pair.key.judgement, i, j)
        judged = self._kept(asked) or pair.judged
        if judged.derivation is not None:
            return judged.derivation
        found = (pair.verdict or self._readings.verdict(asked, self._units)).derivation()
        self._memory.judge(self._units[i], pair.key, msgspec.structs.replace(judged, derivation=found))
        return found

    def _head(self, members: Sequence[int]) -> int:
        """Of texts of the same words, the one whose outlet most of the others credit; else the earliest."""
        if len(members) == 1:
            return members[0]
        credited = Counter(
            name for i in members for name in sorted({u.name for u in makers.upstreams(self._units[i].document)})
        )
        outlets = {i: self._units[i].document.outlet for i in members}
        votes = {
            outlet: sum(count for name, count in credited.items() if makers.one_maker(name, outlet))
            for outlet in set(filter(None, outlets.values()))
        }
        return min(members, key=lambda i: (-votes.get(outlets[i] or "", 0), i))

    def _distinct(self, i: int, j: int) -> bool:
        return self._units[i].document.id != self._units[j].document.id

    def _main(self, document: str) -> int:
        """The position of a document's longest unit."""
        return min(self._places[document], key=lambda i: (-self._prints[i].words, self._units[i].section))

    def _tie(self, pair: _Pair) -> Tie:
        assert pair.judged.kind is not None
        source, target = self._names[pair.source], self._names[pair.target]
        low, high = sorted((self._units[pair.source].document.id, self._units[pair.target].document.id))
        ruled = (low, high) in self._ruled.same
        return Tie(source, target, pair.judged.kind, pair.judged.directed, pair.judged.score, ruled, pair.judged.near)

    def _families(self, pairs: Sequence[_Pair], ties: Sequence[Tie]) -> Families:
        tied = {name for tie in ties for name in (tie.source, tie.target)}  # of others no tree ever grows
        unrelated = [
            ends
            for pair in pairs
            if pair.judged.kind is None or pair.judged.kind == "quotes-only"
            for ends in [(self._names[pair.source], self._names[pair.target])]
            if tied.issuperset(ends)
        ]
        different = [
            (self._names[i], self._names[j])
            for one, other in self._ruled.different
            for i in self._places[one]
            for j in self._places[other]
        ]
        families = Families(self._names, unrelated, different, self._options)
        families.grow(self._supported(pairs, ties))
        return families

    def _supported(self, pairs: Sequence[_Pair], ties: Sequence[Tie]) -> list[Tie]:
        """The ties without those that fuller texts gainsay. What a text has from another, or with it, the longer texts
        of which both are copies or cuts have too; where those were compared and have nothing in common, the tie rests
        on too little text."""
        copies = Forest(self._names)
        for tie in ties:
            if tie.kind in _COPIES:
                copies.join(tie.source, tie.target)
        words = dict(zip(self._names, (found.words for found in self._prints), strict=True))
        asked = {frozenset((copies.find(tie.source), copies.find(tie.target))) for tie in ties}
        apart: dict[frozenset[str], list[dict[str, int]]] = {}
        for pair in pairs:
            if pair.judged.kind not in ONE_ORIGIN:
                names = (self._names[pair.source], self._names[pair.target])
                lengths = {copies.find(name): words[name] for name in names}
                if (both := frozenset(lengths)) in asked:
                    apart.setdefault(both, []).append(lengths)

        def gainsaid(tie: Tie) -> bool:
            lengths = {copies.find(name): words[name] for name in (tie.source, tie.target)}
            return any(
                all(fuller[root] >= length for root, length in lengths.items())
                and sum(fuller.values()) >= self._options.fuller * sum(lengths.values())
                for fuller in apart.get(frozenset(lengths), ())
            )

        return [tie for tie in ties if tie.ruled or tie.kind in _COPIES or not gainsaid(tie)]


def _by_documents(edges: Sequence[Derivation]) -> tuple[Derivation, ...]:
    """One edge for two documents: the strongest kind, with the passages of all of it (sections of a round-up)."""
    found: dict[tuple[str, str], list[Derivation]] = {}
    for edge in edges:
        low, high = sorted((edge.source, edge.target))
        found.setdefault((low, high), []).append(edge)
    merged = []
    for _, same in sorted(found.items()):
        same.sort(key=lambda e: (e.kind == "quotes-only", -e.score, e.kind, e.source))
        first = same[0]
        alike = [edge for edge in same if edge.source == first.source]
        passages = sorted({p for edge in alike for p in edge.passages}, key=lambda p: (p.source, p.target, p.quoted))
        changes = [change for edge in alike for change in edge.changes]
        merged.append(
            Derivation(
                source=first.source,
                target=first.target,
                kind=first.kind,
                directed=first.directed,
                score=first.score,
                passages=tuple(passages),
                changes=tuple(dict.fromkeys(changes)),
                evidence=first.evidence,
                features=first.features,
            )
        )
    return tuple(sorted(merged, key=lambda edge: (edge.source, edge.target)))
