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
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from variorum.records import Record, Syntax, Token

from .frames import Frames
from .lexicon import Pattern
from .ontology import Ontology
from .sorts import sorts_of
from .triggers import Match

BUCKETS = 16_384
"""Hashed features; a bucket is a row of weights."""
SLOTS = ("trigger", "object", "subject", "oblique", "governor", "modifier", "clause")
"""Whose vectors are given, each the mean over the heads that fill it."""
NONE = "none"
"""The class of words that tell no event."""
SILENT = "silent"
"""What the lexicon says of a word that it does not have."""
NEAR = "near"
"""What it says of a word that it has, but in other surroundings: by itself where its patterns are of many types, with
the type behind it where they are of one."""

Floats = NDArray[np.float32]
_SORTS = frozenset({"%act", "%communication", "%event", "%state", "%phenomenon", "%feeling", "%cognition"})
_CLAUSES = ("xcomp", "ccomp", "pcomp")
_MODIFIERS = ("compound", "amod", "nmod")
_REMEMBERED = 50_000
_FEW = 4  # types of patterns that still say something of a word
_LIGHT = frozenset({"be", "have", "do", "get", "become", "seem"})


class Reading(NamedTuple):
    """A trigger as the model sees it: the words of each slot, and its hashed features (buckets, sorted)."""

    words: tuple[tuple[str, ...], ...]
    buckets: tuple[int, ...]


def may_tell(token: Token) -> bool:
    """Whether the model is to be asked at all: full verbs, and nouns for acts and what comes of them."""
    if token.pos == "VERB":
        return token.lemma.lower() not in _LIGHT
    return token.pos == "NOUN" and bool(sorts_of(token, ()) & _SORTS)


def read(
    i: int,
    syntax: Syntax,
    frames: Frames,
    actors: Collection[int],
    places: Collection[int],
    near: Sequence[str] = (),
    told: Collection[int] = (),
) -> Reading:
    """The reading of token `i`; `actors` and `places` are the tokens of names of actors and places, `near` the types of
    the patterns that have its word, `told` the tokens that the lexicon knows as events."""
    around = _Around(i, syntax, frames, actors, places)
    found = {_bucket(name) for name in (*around.features(), *nearness(near), *around.standing(told))}
    return Reading(around.words(), tuple(sorted(found)))


def nearness(near: Sequence[str]) -> Iterator[str]:
    """The features of the types whose patterns have a word."""
    yield f"near:{min(len(near), 4)}"
    if len(near) <= _FEW:
        for type_ in near:
            yield f"near={type_}"
            yield f"near={type_}:{len(near)}"


def nowhere_near(_: Token) -> Sequence[str]:
    """What a lexicon without patterns is near to."""
    return ()


def told_near(near: Sequence[str]) -> str:
    """What the lexicon says of a word whose patterns do not fit, by their types."""
    if not near:
        return SILENT
    return f"{NEAR}:{near[0]}" if len(near) == 1 else NEAR


@lru_cache(maxsize=65_536)
def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


class _Around:
    """What stands about one trigger."""

    def __init__(
        self, i: int, syntax: Syntax, frames: Frames, actors: Collection[int], places: Collection[int]
    ) -> None:
        self.syntax = syntax
        self.token = syntax.tokens[i]
        self.lemma = self.token.lemma.lower()
        self.verb = frames.is_verb(i)
        self.actors, self.places = actors, places
        roles = frames.of(i)
        self.passive = roles.passive
        self.subjects, self.objects = roles.subjects, (*roles.objects, *roles.datives)
        self.obliques = [(name, t) for name, t in roles.obliques if "%time" not in self._sorts(t)]
        if not self.verb:
            self.objects = tuple(t for name, t in self.obliques if name == "of")
        self.governor, self.relation = self._above()
        self.modifiers = tuple(c.i for c in syntax.children(i, *_MODIFIERS))
        self.clauses = tuple(c.i for c in syntax.children(i, *_CLAUSES) if c.pos == "VERB")
        self.particle = next((c.lemma.lower() for c in syntax.children(i, "prt")), "")

    def _sorts(self, i: int) -> frozenset[str]:
        return sorts_of(self.syntax.tokens[i], self.actors, self.places)

    def _above(self) -> tuple[int | None, str]:
        token, relation = self.token, ""
        head = self.syntax.tokens[token.head]
        if head.i == token.i or token.dep in ("ROOT", "advcl", "relcl", "conj", "parataxis"):
            return None, token.dep
        if token.dep in ("pobj", "pcomp"):
            relation, head = head.lemma.lower(), self.syntax.tokens[head.head]
        return head.i, relation or token.dep

    def words(self) -> tuple[tuple[str, ...], ...]:
        slots: Mapping[str, Sequence[int]] = {
            "trigger": (self.token.i,),
            "object": self.objects,
            "subject": self.subjects,
            "oblique": [t for _, t in self.obliques],
            "governor": () if self.governor is None else (self.governor,),
            "modifier": self.modifiers,
            "clause": self.clauses,
        }
        tokens = self.syntax.tokens
        return tuple(tuple(tokens[i].lemma.lower() for i in slots[name][:4]) for name in SLOTS)

    def features(self) -> Iterator[str]:
        tokens, kind = self.syntax.tokens, "v" if self.verb else "n"
        me = f"{kind}:{self.lemma}+{self.particle}" if self.particle else f"{kind}:{self.lemma}"
        yield me
        yield f"kind:{kind}:{self.passive}:{self.token.tag}"
        if self.particle:
            yield f"particle:{self.particle}"
        for name, fillers in (("o", self.objects), ("s", self.subjects)):
            yield f"{name}:{bool(fillers)}"
            yield f"{me}:{name}:{bool(fillers)}"
            for i in fillers[:3]:
                word = tokens[i].lemma.lower()
                yield f"{name}={word}"
                if name == "o":
                    yield f"{me}:{name}={word}"
                for sort in sorted(self._sorts(i)):
                    yield f"{name}{sort}"
                    yield f"{me}:{name}{sort}"
        for name, i in self.obliques[:5]:
            yield f"p={name}"
            yield f"{me}:p={name}"
            yield f"p={name}:{tokens[i].lemma.lower()}"
            for sort in sorted(self._sorts(i) & {"%someone", "%named", "%act", "%artifact", "%communication"}):
                yield f"p={name}{sort}"
        if self.governor is not None:
            yield f"g={self.relation}"
            yield f"g={self.relation}:{tokens[self.governor].lemma.lower()}"
        for i in self.modifiers[:3]:
            yield f"m={tokens[i].lemma.lower()}"
            yield f"{me}:m={tokens[i].lemma.lower()}"
        for i in self.clauses[:2]:
            yield f"c={tokens[i].lemma.lower()}"
            yield f"{me}:c"
        for c in self.syntax.children(self.token.i, "neg", "aux"):
            yield f"a={c.lemma.lower()}"

    def standing(self, told: Collection[int]) -> Iterator[str]:
        """How it stands in its sentence: what heads it, who does it, and whether anything else there is an event."""
        token, sentence = self.token, self.syntax.sentence_of(self.token.i)
        kind = "v" if self.verb else "n"
        others = sum(1 for i in range(sentence.first, sentence.last) if i in told and i != token.i)
        yield f"dep={token.dep}:{kind}"
        yield f"others={min(others, 2)}:{kind}:{token.dep}"
        yield f"others={min(others, 2)}:{token.i in told}"
        for name, fillers in (("s", self.subjects), ("o", self.objects)):
            known = any(i in self.actors for i in fillers)
            yield f"{name}known={known}:{token.dep}:{min(others, 1)}"
        subject, object_ = (any(i in self.actors for i in side) for side in (self.subjects, self.objects))
        yield f"known={subject}:{object_}:{self.passive}:{min(others, 1)}"


class Verdict(NamedTuple):
    """The type that the model holds likeliest (`none` for no event), and its calibrated probability."""

    type: str
    confidence: float


class TypeModel:
    """The trained network. `tables` are the arrays that `tools/train_coding.py` writes."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self.types: tuple[str, ...] = tuple(bytes(tables["types"]).decode().split("\n"))
        words = zlib.decompress(bytes(tables["words"])).decode().split("\n")
        self._rows = dict(zip(words, tables["rows"].tolist(), strict=True))
        self._vectors = tables["vectors"]
        self._unit = tables["unit"].astype(np.float32)
        self._layers = [_restored(tables, name) for name in ("hidden", "out", "hashed")]
        self._biases = [tables[name].astype(np.float32) for name in ("hidden_bias", "out_bias")]
        self._projections: dict[tuple[int, str], Floats | None] = {}
        self._temperature, self._trust = float(tables["temperature"]), float(tables.get("trust", 1.0))
        told = bytes(tables["told"]).decode().split("\n") if "told" in tables else []
        self._given = dict(zip(told, tables["given"].astype(np.float64), strict=True)) if told else {}
        self._base = tables["base"].astype(np.float64) if told else np.ones(len(self.types))

    @classmethod
    def load(cls) -> TypeModel:
        """The packaged model, read once."""
        return _packaged()

    def _projected(self, slot: int, word: str) -> Floats | None:
        """What a word in a slot adds to the inner layer, remembered; None where it has no vector."""
        key = (slot, word)
        if key not in self._projections:
            if len(self._projections) > _REMEMBERED:
                self._projections.clear()
            row, width = self._rows.get(word), self._vectors.shape[1] + 1
            block = self._layers[0][slot * width : (slot + 1) * width]
            vector = None if row is None else self._vectors[row].astype(np.float32) * self._unit
            self._projections[key] = None if vector is None else vector @ block[:-1] + block[-1]
        return self._projections[key]

    def _inner(self, reading: Reading) -> Floats:
        """The inner layer: each slot gives the mean of its words that have a vector."""
        total = self._biases[0].copy()
        for slot, words in enumerate(reading.words):
            known = [value for word in words if (value := self._projected(slot, word)) is not None]
            for value in known:
                total += value / len(known) if len(known) > 1 else value
        return np.maximum(total, 0.0)

    def scores(self, reading: Reading) -> Floats:
        """The network's score of each type, before anything of the lexicon is weighed."""
        _, out, hashed = self._layers
        found: Floats = self._inner(reading) @ out + hashed[list(reading.buckets)].sum(axis=0) + self._biases[1]
        return found

    def judge(self, reading: Reading, told: str) -> Verdict:
        """The likeliest type and its probability to three digits. `told` is what the lexicon says of the trigger: a
        type, the kind of an operator behind an @, or `SILENT`."""
        scores = self.scores(reading).astype(np.float64) / self._temperature
        scores = self._trust * (scores - scores.max() - np.log(self._base))
        shares = np.exp(scores) * self._given.get(told, self._base)
        best = int(shares.argmax())
        return Verdict(self.types[best], round(float(shares[best] / shares.sum()), 3))


def _restored(tables: Mapping[str, NDArray[Any]], name: str) -> Floats:
    found: Floats = tables[name].astype(np.float32) * np.float32(tables[f"{name}_unit"])
    return found


@cache
def _tables() -> Mapping[str, NDArray[Any]]:
    data = resources.files("variorum.data").joinpath("coding_types.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as tables:
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
        token: Token,
        match: Match | None,
        *,
        operator: bool,
        near: Callable[[Token], Sequence[str]] = nowhere_near,
        told: Collection[int] = (),
    ) -> Match | None:
        """The lexicon's match as it is or with another type; a match of the model's where there is none.

        `operator` says that it is an operator of the lexicon, which the model never makes an event of its own; `near`
        gives the types of the patterns that have a token's word, `told` are the tokens that patterns fit.
        """
        if self._model is None or not may_tell(token):
            return match
        if match is None and (operator or token.lemma.lower() in self._reporting):
            return None
        types = near(token)
        word = told_near(types) if match is None else match.pattern.type or SILENT
        reading = read(token.i, self._syntax, self._frames, self._actors, self._places, types, told)
        type_, confidence = self._model.judge(reading, word)
        if match is None:
            return self._found(token, type_, confidence)
        if type_ in (NONE, word) or confidence < self._options.against:
            return match
        source = f"type model, {confidence:.2f}, over {match.pattern.source}"
        return match._replace(pattern=msgspec.structs.replace(match.pattern, type=type_, mode=None, source=source))

    def _found(self, token: Token, type_: str, confidence: float) -> Match | None:
        """A match of the model's own, for a word that is said of someone or something."""
        if type_ == NONE or confidence < self._options.silent:
            return None
        roles = self._frames.of(token.i)
        if self._frames.is_verb(token.i) and not (roles.subjects or roles.objects):
            return None
        pattern = Pattern(
            lemma=token.lemma.lower(),
            source=f"type model, {confidence:.2f}",
            type=type_,
            confidence=self._options.confidence,
        )
        return Match(token.i, pattern, (), ())
