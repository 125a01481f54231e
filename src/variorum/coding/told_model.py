"""Whether a candidate tells an event at all, as a trained model judges it from how and of whom it is told.

The lexicon knows what a word may tell; most of its words also stand where nothing happened: in rules and habits,
drills, plays and matches, figures of speech, questions and plans, names of things, and beside the news as
circumstances. For each candidate the model gives the likelihood that its text tells the event, from the trigger and
what governs it, tense and mood, determiners, who does and undergoes it and whether they are named, time and place, and
the words around it.

The network is that of `variorum.coding.type_model` with two answers, over the same vectors; its own weights are
fitted by ``tools/train_told.py`` on sentences of the project's own.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

import numpy as np

from variorum.records import ActorMention, Record, Syntax, Token

from .candidate import Candidate
from .frames import Frames
from .merging import Group, Told
from .sorts import sorts_of
from .type_model import BUCKETS, Reading, TypeModel, vectors_and

ANSWERS = ("background", "told")
_AROUND = 12  # words of the sentence whose sense is read
_UP = 4  # steps above the trigger that are read
_USUAL = frozenset({"always", "never", "often", "usually", "rarely", "seldom", "sometimes", "generally", "normally",
                    "mostly", "traditionally", "regularly", "ever", "each", "every", "whoever", "whenever", "any",
                    "anyone", "most", "all", "no", "nobody", "whatever"})  # fmt: skip
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_FULL = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


@lru_cache(maxsize=65_536)
def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


class ToldReader:
    """Reads the features of the told candidates of one document."""

    def __init__(
        self, syntax: Syntax, frames: Frames, actors: Sequence[ActorMention], triggers: Sequence[Candidate]
    ) -> None:
        self._syntax, self._frames, self._actors = syntax, frames, actors
        self._named: dict[int, bool] = {}
        for actor in actors:
            for token in syntax.tokens_in(actor.start, actor.end):
                self._named[token.i] = self._named.get(token.i, False) or not actor.generic
        self._by_trigger = {c.trigger: c for c in triggers}
        self._inside = {i: c for c in triggers for i in c.chain}
        self._in_sentence: dict[int, list[Candidate]] = {}
        for c in triggers:
            self._in_sentence.setdefault(syntax.sentence_of(c.trigger).number, []).append(c)

    def read(self, told: Told) -> Reading:
        found = {_bucket(name) for name in self._features(told)}
        return Reading(self._words(told), tuple(sorted(found)))

    def _words(self, told: Told) -> tuple[tuple[str, ...], ...]:
        """The words of the seven slots: trigger, object, subject, oblique, governor, head of the sentence, sentence."""
        candidate, tokens = told.candidate, self._syntax.tokens
        at = self._verb_of(candidate)
        roles = self._frames.of(at)
        above = self._above(at)
        sentence = self._syntax.sentence_of(at)
        root = next((t for t in tokens[sentence.first : sentence.last] if t.head == t.i), tokens[at])
        around = [t.i for t in tokens[sentence.first : sentence.last] if t.pos in ("NOUN", "VERB") and t.i != at]
        slots: tuple[Sequence[int], ...] = (
            (candidate.trigger,),
            (*roles.objects, *roles.datives),
            roles.subjects,
            [t for _, t in roles.obliques],
            [] if above is None else [above.i],
            [root.i],
            around,
        )
        limits = (1, 4, 4, 4, 1, 1, _AROUND)
        return tuple(
            tuple(tokens[i].lemma.lower() for i in some[:limit]) for some, limit in zip(slots, limits, strict=True)
        )

    def _verb_of(self, candidate: Candidate) -> int:
        verbs = [i for i in candidate.chain if self._frames.is_verb(i)]
        return verbs[0] if verbs else candidate.trigger

    def _above(self, i: int) -> Token | None:
        return next((t for t in self._syntax.ancestors(i) if t.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ")), None)

    def _features(self, told: Told) -> Iterator[str]:
        candidate, tokens = told.candidate, self._syntax.tokens
        trigger, at = tokens[candidate.trigger], self._verb_of(candidate)
        kind = "n" if candidate.nominal else "v"
        lemma = trigger.lemma.lower()
        yield f"word={lemma}:{kind}"
        yield f"word={lemma}:{candidate.type}"
        yield f"type={candidate.type}:{kind}"
        yield f"type={candidate.type}/{candidate.mode}:{kind}"
        yield f"status={candidate.status}:{kind}"
        yield f"sure={candidate.confidence:.2f}:{kind}"
        yield f"form={trigger.tag}:{trigger.dep}"
        for name in ("definite", "effect", "echo", "recalled", "by_operator", "mutual", "thing", "attempt"):
            if getattr(candidate, name):
                yield f"{name}:{kind}"
                yield f"{name}:{candidate.type}"
        yield f"carried={len(candidate.chain) > 1}:{kind}"
        yield f"source={self._source(candidate)}:{kind}"
        yield from self._tense(at, kind, candidate)
        yield from self._stands(candidate, at, kind)
        yield from self._sides(told, at, kind)
        yield from self._circumstances(told, at, kind)

    def _source(self, candidate: Candidate) -> str:
        note = next((note for name, note in candidate.notes if name == "type"), "")
        if "type model" in note:
            return "over" if "over" in note else "model"
        return "narrow" if any(mark in note for mark in "=^>~") else "wide"

    def _tense(self, at: int, kind: str, candidate: Candidate) -> Iterator[str]:
        """The form of the verb that tells it, and of those above a noun."""
        verb = self._syntax.tokens[at]
        if verb.pos not in ("VERB", "AUX"):
            above = next((t for t in self._syntax.ancestors(at) if t.pos in ("VERB", "AUX")), None)
            if above is None:
                yield f"tense=none:{kind}"
                return
            verb = above
        form = self._form(verb)
        root = next((t for t in self._syntax.ancestors(verb.i) if t.head == t.i), verb)
        yield f"tense={form}:{kind}"
        yield f"tense={form}:{candidate.type}"
        yield f"root={self._form(root)}:{kind}:{root.i == verb.i}"
        yield f"root={root.lemma.lower()}:{kind}:{root.i == verb.i}"
        bare = any(self._is_anybody(i) for i in self._frames.verb(verb.i).subjects)
        yield f"tense={form}:bare={bare}:{kind}"

    def _form(self, verb: Token) -> str:
        helpers = [c.lemma.lower() for c in self._syntax.children(verb.i, "aux", "auxpass", "neg")]
        return ":".join((verb.tag, *helpers[:3]))

    def _is_anybody(self, i: int) -> bool:
        """A phrase of no one in particular: "armies loot", "a man with a grudge", "whoever"."""
        token = self._syntax.tokens[i]
        if token.pos == "PROPN" or self._named.get(i):
            return False
        kids = [c for c in self._syntax.children(i) if c.dep in ("det", "poss", "nummod", "amod", "compound")]
        if any(
            c.lemma.lower() in ("the", "this", "that", "these", "those") or c.dep in ("poss", "nummod") for c in kids
        ):
            return False
        return not any(self._named.get(c.i) for c in kids)

    def _stands(self, candidate: Candidate, at: int, kind: str) -> Iterator[str]:
        """Where it stands in its sentence: the steps above it, the word that opens its clause, its determiner."""
        tokens, token = self._syntax.tokens, self._syntax.tokens[at]
        steps, k = [token.dep], token
        for _ in range(_UP):
            if k.head == k.i:
                break
            k = tokens[k.head]
            steps.append(k.dep)
        yield f"path={'<'.join(steps)}:{kind}"
        yield f"path={'<'.join(steps[:2])}:{kind}"
        yield f"path={steps[0]}:{candidate.type}"
        above = self._above(at)
        if above is not None:
            relation = tokens[token.head].lemma.lower() if token.dep in ("pobj", "pcomp") else token.dep
            other = self._inside.get(above.i)
            apart = other.type if other is not None and other is not candidate else "-"
            yield f"above={above.lemma.lower()}:{relation}:{kind}"
            yield f"above={above.lemma.lower()}"
            yield f"above={relation}:{kind}:{apart}"
            yield f"above={relation}:{candidate.type}:{apart}"
            yield f"above={relation}:{kind}:{above.pos}"
            yield f"above={relation}:{kind}:{candidate.definite}"
        for c in self._syntax.children(at, "mark", "advmod", "prep"):
            if c.dep == "mark" or c.i < at:
                yield f"{c.dep}={c.lemma.lower()}:{kind}"
        if kind == "n":
            dets = [c.lemma.lower() for c in self._syntax.children(candidate.trigger, "det", "poss")]
            yield f"det={dets[0] if dets else 'none'}:{tokens[candidate.trigger].tag}"
            yield f"det={dets[0] if dets else 'none'}:{candidate.type}"
            for c in self._syntax.children(candidate.trigger, "amod", "compound", "nummod"):
                yield f"mod={c.lemma.lower()}"
                yield f"mod={c.dep}:{self._named.get(c.i, 'no')}:{candidate.type}"

    def _sides(self, told: Told, at: int, kind: str) -> Iterator[str]:
        """Who does it and who undergoes it: named, unnamed, things or none, and in what words."""
        candidate, tokens = told.candidate, self._syntax.tokens
        shapes = []
        for name, heads, numbers in (
            ("s", candidate.agents, told.agents),
            ("o", (*candidate.patients, *candidate.whole), told.patients),
        ):
            actors = [self._actors[n] for n in numbers]
            what = "none"
            if actors:
                what = "named" if any(not a.generic for a in actors) else "generic"
            elif heads:
                what = "thing"
            shapes.append(what)
            yield f"{name}={what}:{kind}"
            yield f"{name}={what}:{candidate.type}"
            for a in actors[:2]:
                yield f"{name}:sector={a.sector}:{candidate.type}"
            for i in heads[:2]:
                token = tokens[i]
                yield f"{name}:{token.tag}:{self._is_anybody(i)}:{kind}"
                yield f"{name}:{token.lemma.lower()}"
                for sort in sorted(sorts_of(token, ())):
                    yield f"{name}:{sort}:{candidate.type}"
        yield f"sides={'/'.join(shapes)}:{kind}"
        yield f"sides={'/'.join(shapes)}:{candidate.type}"
        for name, i in self._frames.of(at).obliques[:4]:
            yield f"p={name}:{kind}"
            yield f"p={name}:{tokens[i].lemma.lower()}"
            yield f"p={name}:{self._named.get(i, 'no')}:{candidate.type}"

    def _circumstances(self, told: Told, at: int, kind: str) -> Iterator[str]:
        """Time and place, what else its sentence tells, and the words of the sentence."""
        candidate, tokens = told.candidate, self._syntax.tokens
        sentence = self._syntax.sentence_of(at)
        yield f"anchors={min(told.anchors, 3)}:{kind}"
        yield f"time={told.time is not None}:place={told.place is not None}:{kind}"
        yield f"toll={bool(told.tolls)}:{kind}"
        others = [c for c in self._in_sentence.get(sentence.number, ()) if c is not candidate]
        own = {*candidate.chain, *self._syntax.subtree_tokens(candidate.chain[-1])}
        beside = [c for c in others if c.trigger not in own]
        yield f"others={min(len(others), 2)}:{kind}"
        yield f"alike={any(c.type == candidate.type for c in beside)}:{kind}"
        yield f"first={all(c.trigger > candidate.trigger for c in others)}:{kind}"
        words = tokens[sentence.first : sentence.last]
        yield f"named={any(self._named.get(t.i) for t in words)}:{kind}"
        yield f"end={words[-1].text if words else ''}"
        for t in words:
            low = t.lemma.lower()
            if low in _USUAL:
                yield f"usual={low}:{kind}"
            if t.pos in _FULL and t.i not in candidate.chain:
                yield f"with={low}"


class ToldModel:
    """The trained weights on the vectors of the type model."""

    def __init__(self, model: TypeModel, temperature: float) -> None:
        self._model, self._temperature = model, temperature

    @classmethod
    def load(cls) -> ToldModel:
        """The packaged model, read once."""
        return _packaged()

    def likelihood(self, reading: Reading) -> float:
        """How likely the event is told, to three digits."""
        scores = self._model.scores(reading) / self._temperature
        return round(float(1.0 / (1.0 + np.exp(np.clip(scores[0] - scores[1], -30, 30)))), 3)


@cache
def _packaged() -> ToldModel:
    data = resources.files("variorum.data").joinpath("coding_told.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as tables:
        own = {name: tables[name] for name in tables.files}
    return ToldModel(TypeModel(vectors_and(own)), float(own["temperature"]))


class ToldOptions(Record, frozen=True, kw_only=True):
    """Under which likelihood the only mention of an event must stay for it to be none: `least` in a text of few
    sentences, `report` in a longer one, which tells its background for its own sake. Chosen by cross-validation on the
    training sentences, on the items of the coding gold that are not learned from, and on the tuning crises."""

    least: float = 0.45
    report: float = 0.25


class ToldJudge:
    """Says of each event of one document whether it is told. `is_report` says that the text has many sentences."""

    def __init__(
        self, reader: ToldReader, model: ToldModel, options: ToldOptions | None = None, *, is_report: bool = False
    ) -> None:
        self._reader, self._model = reader, model
        options = options or ToldOptions()
        self._least = options.report if is_report else options.least

    def is_told(self, group: Group) -> bool:
        """Whether a text tells an event: what it comes back to or ties to another, it does, and what it recalls."""
        if len(group.members) > 1 or group.head.tied or group.head.candidate.recalled:
            return True
        return self._model.likelihood(self._reader.read(group.head)) >= self._least
