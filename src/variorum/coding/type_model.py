"""Which type a word tells, as a trained model judges it from the word and its surroundings in the parse.

A small network over vectors of the trigger, of who fills its roles and of what it hangs on, and over hashed features
of words and syntax. What it holds is weighed against what the lexicon says of the word, by how often each was right on
sentences that neither had seen, and the two together decide: mostly the lexicon stands, at times it is overruled,
or spoken for where it is silent. That a word tells no event is never taken from the model alone: of what the lexicon
finds it would have to drop as much that is right as is wrong.

The weights are fitted by ``tools/train_coding.py`` on sentences of the project's own; the vectors are those of
en_core_web_md 3.7.1 (Explosion Vectors, CC0), reduced by principal components. It needs numpy alone; weights are stored
as integers and answers are rounded, so that machines agree.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from variorum.packaged import data_bytes
from variorum.records import Record, Syntax, Token

from .frames import Frames
from .hashing import BUCKETS, summed
from .lexicon import Pattern
from .ontology import Ontology
from .triggers import Match
from .type_features import SLOTS, Reading, TypeReader, may_tell, nearness

__all__ = ["BUCKETS", "NEAR", "NONE", "SILENT", "SLOTS", "Reading", "TypeJudge", "TypeModel", "TypeOptions",
           "TypeReader", "Verdict", "may_tell", "nearness", "told_near", "vectors_and"]  # fmt: skip

NONE = "none"
"""The class of words that tell no event."""
SILENT = "silent"
"""What the lexicon says of a word that it does not have."""
NEAR = "near"
"""What it says of a word that it has, but in other surroundings: by itself where its patterns are of many types, with
the type behind it where they are of one."""

Floats = NDArray[np.float32]
_REMEMBERED = 50_000
_FIRST = 1_024  # words remembered before the table of them grows


def told_near(near: Sequence[str]) -> str:
    """What the lexicon says of a word whose patterns do not fit, by their types."""
    if not near:
        return SILENT
    return f"{NEAR}:{near[0]}" if len(near) == 1 else NEAR


class Verdict(NamedTuple):
    """The type that the model holds likeliest (`none` for no event), and its calibrated probability."""

    type: str
    confidence: float


class _Projections:
    """What each word adds to the inner layer in each slot, remembered as rows of one array; the first row is the bias.

    `rows` are the words' numbers in `vectors`, `layer` a block of weights for each slot, its last row for any word.
    """

    def __init__(self, rows: Mapping[str, int], vectors: NDArray[Any], unit: Floats, layer: Floats, bias: Floats):
        self._rows, self._vectors, self._unit, self._layer = rows, vectors, unit, layer
        self.values = np.zeros((_FIRST, len(bias)), dtype=np.float32)
        self.values[0] = bias
        self._known: dict[tuple[int, str], int] = {}
        self._size = 1

    def trim(self) -> None:
        """Forget all where too much is remembered. Rows told before are void."""
        if self._size > _REMEMBERED:
            self._known.clear()
            self._size = 1

    def row(self, slot: int, word: str) -> int:
        """The row of a word in a slot; 0 where it has no vector."""
        key = (slot, word)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._added(slot, word)
        return known

    def _added(self, slot: int, word: str) -> int:
        row, width = self._rows.get(word), self._vectors.shape[1] + 1
        if row is None:
            return 0
        if self._size == len(self.values):
            self.values = np.concatenate([self.values, np.zeros_like(self.values)])
        block = self._layer[slot * width : (slot + 1) * width]
        self.values[self._size] = (self._vectors[row].astype(np.float32) * self._unit) @ block[:-1] + block[-1]
        self._size += 1
        return self._size - 1


class TypeModel:
    """The trained network. `tables` are the arrays that `tools/train_coding.py` writes."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self.types: tuple[str, ...] = tuple(bytes(tables["types"]).decode().split("\n"))
        words = zlib.decompress(bytes(tables["words"])).decode().split("\n")
        rows = dict(zip(words, tables["rows"].tolist(), strict=True))
        unit = tables["unit"].astype(np.float32)
        bias = tables["hidden_bias"].astype(np.float32)
        self._projections = _Projections(rows, tables["vectors"], unit, _restored(tables, "hidden"), bias)
        self._out, self._bias = _restored(tables, "out").astype(np.float64), tables["out_bias"].astype(np.float64)
        self._hashed, self._hashed_unit = tables["hashed"], float(tables["hashed_unit"])
        self._temperature, self._trust = float(tables["temperature"]), float(tables.get("trust", 1.0))
        told = bytes(tables["told"]).decode().split("\n") if "told" in tables else []
        self._given = dict(zip(told, tables["given"].astype(np.float64), strict=True)) if told else {}
        self._base = tables["base"].astype(np.float64) if told else np.ones(len(self.types))

    @classmethod
    def load(cls) -> TypeModel:
        """The packaged model, read once."""
        return _packaged()

    def _inner(self, readings: Sequence[Reading]) -> NDArray[np.float64]:
        """The inner layer: each slot gives the mean of its words that have a vector."""
        projections = self._projections
        projections.trim()
        rows: list[int] = []
        sizes: list[int] = []
        firsts: list[int] = []
        for reading in readings:
            firsts.append(len(rows))
            rows.append(0)
            sizes.append(1)
            for slot, words in enumerate(reading.words):
                if words:
                    known = [row for word in words if (row := projections.row(slot, word))]
                    rows += known
                    sizes += [len(known)] * len(known)
        shares = projections.values[rows] / np.array(sizes, dtype=np.float32)[:, None]
        return np.maximum(np.add.reduceat(shares, firsts, axis=0, dtype=np.float64), 0.0)

    def scores(self, readings: Sequence[Reading]) -> NDArray[np.float64]:
        """The network's score of each type (columns) for each reading, before anything of the lexicon is weighed."""
        if not readings:
            return np.zeros((0, len(self.types)))
        hashed = summed(self._hashed, [reading.buckets for reading in readings]) * self._hashed_unit
        found: NDArray[np.float64] = self._inner(readings) @ self._out + hashed + self._bias
        return found

    def judge(self, readings: Sequence[Reading], told: Sequence[str]) -> list[Verdict]:
        """For each reading the likeliest type and its probability to three digits. `told` is what the lexicon says of
        each trigger: a type, the kind of an operator behind an @, or `SILENT`."""
        if not readings:
            return []
        scores = self.scores(readings) / self._temperature
        scores = self._trust * (scores - scores.max(axis=1, keepdims=True) - np.log(self._base))
        shares = np.exp(scores) * np.stack([self._given.get(word, self._base) for word in told])
        best = shares.argmax(axis=1)
        sure = shares.max(axis=1) / shares.sum(axis=1)
        pairs = zip(best.tolist(), sure.tolist(), strict=True)
        return [Verdict(self.types[number], round(share, 3)) for number, share in pairs]


def _restored(tables: Mapping[str, NDArray[Any]], name: str) -> Floats:
    found: Floats = tables[name].astype(np.float32) * np.float32(tables[f"{name}_unit"])
    return found


@cache
def _tables() -> Mapping[str, NDArray[Any]]:
    with np.load(io.BytesIO(data_bytes("coding_types.npz")), allow_pickle=False) as tables:
        return {name: tables[name] for name in tables.files}


@cache
def _packaged() -> TypeModel:
    return TypeModel(_tables())


def vectors_and(own: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """The tables of another network over the vectors of this one."""
    return {name: _tables()[name] for name in ("words", "rows", "vectors", "unit")} | dict(own)


class TypeOptions(Record, frozen=True, kw_only=True):
    """From which probability the model is heard: where the lexicon is silent, and against the type that it gives.
    Chosen by cross-validation on the training sentences, where four in five of what it then says are right, and on the
    tuning part of the coding gold. `confidence` is that of an event which the lexicon does not know."""

    silent: float = 0.5
    against: float = 0.5
    confidence: float = 0.75


class TypeJudge:
    """Settles what each word of one document tells. Where the ontology has other types than the model, the lexicon
    stands alone."""

    def __init__(
        self,
        ontology: Ontology,
        syntax: Syntax,
        frames: Frames,
        actors: Collection[int],
        places: Collection[int],
        options: TypeOptions | None = None,
    ) -> None:
        self._syntax, self._frames = syntax, frames
        self._actors, self._places = actors, places
        self._options = options or TypeOptions()
        model = TypeModel.load()
        self._model = model if set(model.types) - {NONE} <= set(ontology.types) else None
        self._reporting = ontology.lexicon.words("reporting") | ontology.lexicon.words("answering")

    def settle(
        self,
        fitting: Mapping[int, Match],
        *,
        is_operator: Callable[[int], bool],
        near: Callable[[Token], Sequence[str]],
    ) -> dict[int, Match]:
        """What each token tells, in text order: the lexicon's match (`fitting`) as it is or with another type, or one
        of the model's where there is none.

        `is_operator` says whether a token is an operator of the lexicon, which the model never makes an event of its
        own; `near` gives the types of the patterns that have a token's word.
        """
        if self._model is None:
            return dict(fitting)
        reader = TypeReader(self._syntax, self._frames, self._actors, self._places, fitting.keys())
        asked = [t for t in self._syntax.tokens if may_tell(t) and (t.i in fitting or self._is_open(t, is_operator))]
        words: list[str] = []
        readings: list[Reading] = []
        for token in asked:
            types, match = near(token), fitting.get(token.i)
            words.append(told_near(types) if match is None else match.pattern.type or SILENT)
            readings.append(reader.read(token.i, types))
        found = dict(fitting)
        for token, word, verdict in zip(asked, words, self._model.judge(readings, words), strict=True):
            if (match := self._settled(token, fitting.get(token.i), word, verdict)) is not None:
                found[token.i] = match
        return {i: found[i] for i in sorted(found)}

    def _is_open(self, token: Token, is_operator: Callable[[int], bool]) -> bool:
        """Whether a word that no pattern fits may tell an event all the same: a verb only of someone or something."""
        if token.lemma.lower() in self._reporting or is_operator(token.i):
            return False
        if not self._frames.is_verb(token.i):
            return True
        roles = self._frames.verb(token.i)
        return bool(roles.subjects or roles.objects)

    def _settled(self, token: Token, match: Match | None, word: str, verdict: Verdict) -> Match | None:
        """The lexicon's match after the model was heard; one of the model's own where it is silent."""
        type_, confidence = verdict
        if match is None:
            return self._found(token, type_, confidence)
        if type_ in (NONE, word) or confidence < self._options.against:
            return match
        source = f"type model, {confidence:.2f}, over {match.pattern.source}"
        return msgspec.structs.replace(
            match, pattern=msgspec.structs.replace(match.pattern, type=type_, mode=None, source=source)
        )

    def _found(self, token: Token, type_: str, confidence: float) -> Match | None:
        """A match of the model's own."""
        if type_ == NONE or confidence < self._options.silent:
            return None
        pattern = Pattern(
            lemma=token.lemma.lower(),
            source=f"type model, {confidence:.2f}",
            type=type_,
            confidence=self._options.confidence,
        )
        return Match(token.i, pattern, (), ())
