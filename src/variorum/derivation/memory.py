"""What an earlier run found that depends on one text or on two alone, kept so that no run does it again.

A document's fingerprints and quotations depend on it alone, a verdict on its two texts; what depends on the whole
collection (which pairs are compared, which families grow) is cheap and always done anew. So an edition that is added to
ends where one made at once does, whatever the order of additions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec
import numpy as np

from variorum.identity import stable_id
from variorum.records import Derivation, DerivationKind, Document, Span

from .fingerprints import Fingerprint, fingerprints
from .options import DerivationOptions
from .statements import Quotation
from .units import Unit, units_of


class Shelf(Protocol):
    """Where work is kept between runs: bytes by key."""

    def derivation_work(self, keys: Iterable[str]) -> dict[str, bytes]:
        """What is kept under some keys."""
        ...

    def add_derivation_work(self, found: Mapping[str, bytes]) -> None:
        """Keep work; the same key replaces."""
        ...


class Judged(msgspec.Struct, array_like=True, frozen=True):
    """A verdict without its alignment. `forward` where the earlier of the two texts is the source; `derivation` is
    None where the pair was never chosen as an edge, or is none; `near` is how close the two versions are."""

    kind: DerivationKind | None
    directed: bool
    forward: bool
    score: float
    derivation: Derivation | None = None
    near: float = 0.0


class PairKey(NamedTuple):
    """A judged pair: the section of the one, the other's work key and section, and which judgement was passed."""

    section: int
    other: str
    other_section: int
    judgement: str


class _Unit(msgspec.Struct, array_like=True):
    section: int
    spans: list[tuple[int, int]]
    counts: tuple[int, int, int, bool]
    hashes: tuple[bytes, bytes, bytes]
    quotations: list[tuple[int, int, bytes]] | None = None


class _Kept(msgspec.Struct, array_like=True):
    units: list[_Unit]
    judged: msgspec.Raw


_Verdicts = dict[PairKey, Judged]
_DECODER = msgspec.msgpack.Decoder(_Kept)
_VERDICTS = msgspec.msgpack.Decoder(list[tuple[PairKey, Judged]])
_ENCODER = msgspec.msgpack.Encoder()
_NONE = _ENCODER.encode([])
_OPEN = 256  # documents whose verdicts are held as records; a verdict takes five times less as bytes


class _Page:
    """What is known of one document; `changed` where it must be written anew. Its verdicts are `shut` away as bytes
    while others are looked at."""

    def __init__(self, units: list[_Unit], judged: bytes, *, changed: bool) -> None:
        self.units = units
        self.changed = changed
        self._shut = judged
        self._judged: _Verdicts | None = None

    @property
    def judged(self) -> _Verdicts:
        if self._judged is None:
            self._judged = dict(_VERDICTS.decode(self._shut))
        return self._judged

    def shut(self) -> bytes:
        """The verdicts as they are written; they are held no other way until they are asked for again."""
        if self._judged is not None:
            if self.changed:
                self._shut = _ENCODER.encode(sorted(self._judged.items()))
            self._judged = None
        return self._shut

    def written(self) -> bytes:
        return _ENCODER.encode(_Kept(self.units, msgspec.Raw(self.shut())))


class Memory:
    """The work of this run and of earlier ones. Without a shelf it lasts as long as the run."""

    def __init__(self, shelf: Shelf | None, version: str, options: DerivationOptions) -> None:
        self._shelf = shelf
        self._options = options
        self._made = stable_id("derivation", (version, repr(options)))
        self._keys: dict[str, str] = {}
        self._pages: dict[str, _Page] = {}
        self._open: OrderedDict[str, _Page] = OrderedDict()

    def units(self, documents: Sequence[Document]) -> list[tuple[Fingerprint, Unit]]:
        """The units of all documents with their fingerprints: those that are kept, and those made now."""
        if self._shelf is not None:
            self._keys = {document.id: _key(self._made, document) for document in documents}
            for key, data in self._shelf.derivation_work(self._keys.values()).items():
                try:
                    kept = _DECODER.decode(data)
                    _VERDICTS.decode(kept.judged)
                except msgspec.DecodeError:
                    continue  # done again, as if it had not been kept
                self._pages[key] = _Page(kept.units, bytes(kept.judged), changed=False)
        else:
            self._keys = {document.id: document.id for document in documents}
        found: list[tuple[Fingerprint, Unit]] = []
        fresh: list[Unit] = []
        for document in documents:
            page = self._pages.get(self._keys[document.id])
            if page is None:
                fresh.extend(units_of(document))
            else:
                found.extend(
                    (_print(u), Unit(document, u.section, tuple(Span(*s) for s in u.spans))) for u in page.units
                )
        for made, unit in zip(fingerprints(fresh, self._options), fresh, strict=True):
            page = self._pages.setdefault(self._keys[unit.document.id], _Page([], _NONE, changed=True))
            if self._shelf is not None:
                page.units.append(_unit(made, unit))
            found.append((made, unit))
        return found

    def pair(self, one: Unit, other: Unit, judgement: str) -> PairKey:
        return PairKey(one.section, self._keys[other.document.id], other.section, judgement)

    def judged(self, one: Unit, pair: PairKey) -> Judged | None:
        """The verdict on a pair, of which `one` is the earlier text."""
        return self._opened(one).judged.get(pair)

    def judge(self, one: Unit, pair: PairKey, judged: Judged) -> None:
        page = self._opened(one)
        page.judged[pair] = judged
        page.changed = True

    def quotations(self, unit: Unit) -> list[Quotation] | None:
        """The long quotations of a unit; None where it was not read for them yet."""
        kept = next((u for u in self._page(unit).units if u.section == unit.section), None)
        if kept is None or kept.quotations is None:
            return None
        document = unit.document.id
        return [Quotation(document, Span(a, b), np.frombuffer(keys, np.uint64)) for a, b, keys in kept.quotations]

    def add_quotations(self, unit: Unit, found: Sequence[Quotation]) -> None:
        page = self._page(unit)
        for kept in page.units:
            if kept.section == unit.section:
                kept.quotations = [(*quotation.span, quotation.keys.tobytes()) for quotation in found]
                page.changed = True

    def save(self) -> None:
        """Write what is new to the shelf."""
        if self._shelf is None:
            return
        changed = {key: page for key, page in self._pages.items() if page.changed}
        self._shelf.add_derivation_work({key: page.written() for key, page in changed.items()})
        for page in changed.values():
            page.changed = False

    def _opened(self, unit: Unit) -> _Page:
        """What is known of a unit's document, to look at its verdicts."""
        key = self._keys[unit.document.id]
        page = self._open[key] = self._pages[key]
        self._open.move_to_end(key)
        if len(self._open) > _OPEN:
            self._open.popitem(last=False)[1].shut()
        return page

    def _page(self, unit: Unit) -> _Page:
        return self._pages[self._keys[unit.document.id]]


def _key(made: str, document: Document) -> str:
    """Names a document's work by all that it depends on."""
    return stable_id(
        "work",
        (
            made,
            document.id,
            document.text,
            repr([(block.start, block.end, block.kind, block.part) for block in document.blocks]),
            document.title,
            document.outlet,
            document.published,
            repr(document.credits),
        ),
    )


def _unit(made: Fingerprint, unit: Unit) -> _Unit:
    hashes = (made.keys.tobytes(), made.anchors.tobytes(), made.stems.tobytes())
    counts = (made.content, made.words, made.figures, made.long)
    return _Unit(unit.section, [(span.start, span.end) for span in unit.spans], counts, hashes)


def _print(kept: _Unit) -> Fingerprint:
    keys, anchors, stems = (np.frombuffer(data, np.uint32) for data in kept.hashes)
    return Fingerprint(*kept.counts, keys, anchors, stems)
