"""Who takes part in an event and on which side, as a trained model judges it from the syntax between the two.

For each phrase of the trigger's sentence that names somebody or something the model gives the likelihoods of doing it,
of undergoing it and of neither, from what the rules say, the roles of the frame, the path in the parse, prepositions,
what the phrase names, and the type of the event. What the rules say is its strongest feature; it mostly follows them.

The weights are fitted by ``tools/train_coding.py`` on sentences of the project's own and are stored as integers; it
needs numpy alone.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.records import ActorMention, Record, Syntax

from .candidate import Candidate
from .frames import Frames
from .merging import Told
from .sorts import sorts_of

BUCKETS = 16_384
SIDES = ("neither", "actor", "recipient")
MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "MOBILIZE", "RETREAT"})
"""Types of acts on bodies, things and places, where the model is heard; of words the rules know better."""
_NOWHERE = ("none",)
_UP, _DOWN = 4, 5  # steps of a path that are told
_CLOSE = ("det", "poss", "amod", "compound", "nmod", "nummod")


class Phrase(NamedTuple):
    """One phrase that may take part: its number among the actors, its head, and whether the rules know it at all
    (`thing` for what only the model may choose)."""

    number: int
    head: int
    thing: bool


@lru_cache(maxsize=65_536)
def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % BUCKETS


class RoleReader:
    """Reads the features of phrases about the candidates of one document."""

    def __init__(
        self,
        syntax: Syntax,
        frames: Frames,
        actors: Sequence[ActorMention],
        things: int,
        triggers: Mapping[int, Candidate],
    ) -> None:
        self._syntax, self._frames, self._actors, self._triggers = syntax, frames, actors, triggers
        self._phrases: dict[int, list[Phrase]] = {}
        self._heads: dict[int, int] = {}
        seen: set[tuple[int, int]] = set()
        for number, actor in enumerate(actors):
            head = syntax.head_of(actor.start, actor.end)
            if head is None or (actor.start, actor.end) in seen:
                continue
            seen.add((actor.start, actor.end))
            self._heads.setdefault(head.i, number)
            sentence = syntax.sentence_of(head.i).number
            self._phrases.setdefault(sentence, []).append(Phrase(number, head.i, number >= things))
        self._named = frozenset(self._heads)

    def phrases(self, candidate: Candidate) -> list[Phrase]:
        """Those of the trigger's sentence, but the trigger's own."""
        found = self._phrases.get(self._syntax.sentence_of(candidate.trigger).number, [])
        return [p for p in found if p.head not in candidate.chain]

    def acts_in_another(self, candidate: Candidate, phrase: Phrase) -> bool:
        """Whether a phrase does what the verb above a noun tells, which is another event: "Oslo condemned the raid"."""
        if not candidate.nominal:
            return False
        above = next((t for t in self._syntax.ancestors(candidate.trigger) if t.pos in ("VERB", "AUX")), None)
        other = self._triggers.get(above.i) if above is not None else None
        if above is None or other is None or other is candidate:
            return False
        return phrase.head in self._frames.of(above.i).subjects

    def is_its_own(self, candidate: Candidate, phrase: Phrase) -> bool:
        """Whether a phrase stands in the trigger's own clause or phrase, not in one beside it."""
        if self._slots(candidate, phrase.head) != _NOWHERE:
            return True
        over = next((t for t in self._syntax.ancestors(phrase.head) if t.pos in ("VERB", "AUX")), None)
        return over is not None and over.i in candidate.chain

    def buckets(self, told: Told, phrase: Phrase) -> tuple[int, ...]:
        return tuple(sorted({_bucket(name) for name in self._features(told, phrase)}))

    def _features(self, told: Told, phrase: Phrase) -> Iterator[str]:
        candidate, tokens = told.candidate, self._syntax.tokens
        at, head = candidate.chain[-1] if candidate.nominal else self._verb_of(candidate), phrase.head
        trigger = tokens[at]
        kind = "n" if candidate.nominal else "v"
        rule = self._ruled(told, phrase.number)
        slots = self._slots(candidate, head)
        path = self._path(at, head)
        sorts = sorted(self._sorts(phrase))
        type_ = candidate.type
        what = "thing" if phrase.thing else "generic" if self._actors[phrase.number].generic else "named"
        yield f"rule={rule}"
        yield f"rule={rule}:{what}"
        yield f"rule={rule}:{type_}"
        yield f"rule={rule}:{path}"
        for slot in slots:
            yield f"rule={rule}:{slot}"
            yield f"slot={slot}:{kind}"
            yield f"slot={slot}:{what}"
            yield f"slot={slot}:{type_}"
            yield f"slot={slot}:{type_}:{what}"
            yield f"slot={slot}:{type_}/{candidate.mode}"
            yield f"slot={slot}:{trigger.lemma.lower()}"
            for sort in sorts:
                yield f"slot={slot}:{sort}"
                yield f"slot={slot}:{sort}:{type_}"
        yield f"what={what}:{type_}"
        yield f"path={path}:{kind}"
        yield f"path={path}:{what}"
        yield f"path={path}:{type_}"
        yield f"path={path}:{trigger.lemma.lower()}"
        for sort in sorts:
            yield f"sort={sort}:{type_}:{what}"
            yield f"sort={sort}:rule={rule}"
        yield f"word={tokens[head].lemma.lower()}"
        yield f"word={tokens[head].lemma.lower()}:{type_}"
        yield from self._under(candidate, at, path, rule)
        yield f"side={'before' if head < at else 'after'}:{kind}"
        yield f"far={min(abs(head - at) // 4, 5)}:{what}"
        yield from self._about(told, phrase, at, slots)

    def _under(self, candidate: Candidate, at: int, path: str, rule: str) -> Iterator[str]:
        """What the trigger hangs on: another event's word, whose parties are its own, or a word of no event."""
        above = next((t for t in self._syntax.ancestors(at) if t.pos in ("VERB", "AUX", "NOUN")), None)
        if above is None:
            yield f"under=top:{rule}:{path}"
            return
        other = self._triggers.get(above.i)
        apart = other is not None and other is not candidate
        kind = f"{'n' if candidate.nominal else 'v'}:{above.pos}"
        yield f"under={apart}:{kind}:{rule}:{path}"
        yield f"under={apart}:{kind}:{path}"
        yield f"under={apart}:{kind}:{rule}:{candidate.definite}"
        yield f"under={other.type if apart and other is not None else '-'}:{candidate.type}:{kind}:{path}"
        yield f"under={above.lemma.lower()}:{kind}:{path}"

    def _about(self, told: Told, phrase: Phrase, at: int, slots: tuple[str, ...]) -> Iterator[str]:
        tokens, candidate = self._syntax.tokens, told.candidate
        ruled = (bool(told.agents), bool(told.patients))
        rule = self._ruled(told, phrase.number)
        yield f"others={ruled}:{rule}"
        roles = self._frames.of(at)
        objects = bool(roles.objects or roles.datives)
        for slot in slots:
            yield f"others={ruled}:{slot}"
            yield f"object={objects}:{slot}:{candidate.type}"
        for c in self._syntax.children(phrase.head, *_CLOSE):
            low = c.text.lower()
            if c.dep == "poss":
                own = "own" if c.tag == "PRP$" else "another's"
                yield f"poss={own}:{candidate.type}"
                yield f"poss={own}:{rule}"
                for slot in slots:
                    yield f"poss={own}:{slot}:{candidate.type}"
            elif c.dep == "det":
                yield f"det={low}:{rule}"
            elif c.dep == "nummod":
                yield f"counted:{rule}"
        token = tokens[phrase.head]
        yield f"dep={token.dep}:{rule}"
        yield f"pos={token.pos}:{rule}"
        actor = self._actors[phrase.number]
        yield f"sector={actor.sector}:{candidate.type}"
        yield f"status={candidate.status}:{rule}"
        above = tokens[token.head]
        if token.dep in ("poss", "amod", "compound", "nmod", "pobj"):
            over = tokens[above.head] if token.dep == "pobj" else above
            taken = self._ruled(told, self._heads.get(over.i, -1))
            yield f"over={taken}:{token.dep}:{above.lemma.lower() if token.dep == 'pobj' else ''}:{rule}"
            yield f"over={over.i in self._named}:{token.dep}:{rule}:{candidate.type}"
        if above.lemma.lower() in ("say", "tell", "report", "claim", "add", "announce") and token.dep == "nsubj":
            yield f"speaks:{rule}"

    def _ruled(self, told: Told, number: int) -> str:
        if number in told.agents:
            return "a"
        return "r" if number in told.patients else "-"

    def _verb_of(self, candidate: Candidate) -> int:
        verbs = [i for i in candidate.chain if self._frames.is_verb(i)]
        return verbs[0] if verbs else candidate.trigger

    def _slots(self, candidate: Candidate, head: int) -> tuple[str, ...]:
        found: list[str] = []
        for i in dict.fromkeys((self._verb_of(candidate), candidate.trigger)):
            roles = self._frames.of(i)
            kind = "v" if self._frames.is_verb(i) else "n"
            if head in roles.subjects:
                found.append(f"{kind}subject")
            if head in roles.objects:
                found.append(f"{kind}object{'p' if roles.passive else ''}")
            if head in roles.datives:
                found.append(f"{kind}dative")
            found += [f"{kind}:{name}" for name, t in roles.obliques if t == head]
        for name, side in (("agents", candidate.agents), ("patients", candidate.patients), ("whole", candidate.whole)):
            if head in side:
                found.append(name)
        return tuple(dict.fromkeys(found)) or _NOWHERE

    def _sorts(self, phrase: Phrase) -> frozenset[str]:
        return frozenset(sorts_of(self._syntax.tokens[phrase.head], ()))

    def _path(self, i: int, head: int) -> str:
        """The way from the trigger up and down to the phrase, joined phrases as one."""
        tokens = self._syntax.tokens
        line = [i, *(t.i for t in self._syntax.ancestors(i))]
        down: list[str] = []
        at = head
        for _ in range(_DOWN + 6):
            if at in line:
                break
            token = tokens[at]
            if token.dep != "conj":
                down.append(f"{token.dep}:{token.lemma.lower()}" if token.dep in ("prep", "agent") else token.dep)
            if token.head == at:
                return "far"
            at = token.head
        if at not in line:
            return "far"
        up = [tokens[k].dep for k in line[: line.index(at)] if tokens[k].dep != "conj"]
        if len(up) > _UP or len(down) > _DOWN:
            return "far"
        return ">".join(up) + "<" + "<".join(reversed(down))


class RoleModel:
    """The trained weights: a row for each bucket, a column for each side."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self._weights = tables["weights"].astype(np.float64) * float(tables["unit"])
        self._bias = tables["bias"].astype(np.float64)

    @classmethod
    def load(cls) -> RoleModel:
        """The packaged model, read once."""
        return _packaged()

    def shares(self, buckets: Sequence[int]) -> tuple[float, ...]:
        """The likelihood of each of `SIDES`, to three digits."""
        scores = self._weights[list(buckets)].sum(axis=0) + self._bias
        found = np.exp(scores - scores.max())
        return tuple(round(float(value), 3) for value in found / found.sum())


@cache
def _packaged() -> RoleModel:
    data = resources.files("variorum.data").joinpath("coding_roles.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as tables:
        return RoleModel({name: tables[name] for name in tables.files})


class RoleOptions(Record, frozen=True, kw_only=True):
    """From which likelihood a phrase takes a side that the rules do not give it, and under which it loses one that
    they do; `sure` for acts of words and papers, where the rules know better. Chosen by cross-validation on the
    training sentences and on the items of the gold that are not learned from."""

    gained: float = 0.5
    actor_gained: float = 0.6
    kept: float = 0.4
    sure: float = 0.75
    lost: float = 0.2


class RoleJudge:
    """Settles who takes part in the events of one document."""

    def __init__(self, reader: RoleReader, model: RoleModel, options: RoleOptions | None = None) -> None:
        self._reader, self._model = reader, model
        self._options = options or RoleOptions()

    def settle(self, told: Told) -> None:
        """Give each phrase of the trigger's sentence its side; who stands in another sentence stays."""
        if told.candidate.mutual and len(told.agents) > 1:
            return  # both sides are told
        phrases = self._reader.phrases(told.candidate)
        here = {p.number for p in phrases}
        sides: dict[str, list[int]] = {
            "actor": [n for n in told.agents if n not in here],
            "recipient": [n for n in told.patients if n not in here],
        }
        for phrase in phrases:
            shares = self._model.shares(self._reader.buckets(told, phrase))
            before = 1 if phrase.number in told.agents else 2 if phrase.number in told.patients else 0
            best = max((1, 2), key=lambda k: shares[k])
            if phrase.thing and best != before and not self._reader.is_its_own(told.candidate, phrase):
                continue
            if best == 1 != before and (phrase.thing or self._reader.acts_in_another(told.candidate, phrase)):
                continue
            if shares[best] >= self._least(told.candidate.type, best, before):
                sides[SIDES[best]].append(phrase.number)
            elif before and shares[before] >= self._options.lost and told.candidate.type not in MATERIAL:
                sides[SIDES[before]].append(phrase.number)
        told.agents, told.patients = tuple(sides["actor"]), tuple(sides["recipient"])

    def _least(self, type_: str, side: int, ruled: int) -> float:
        """The likelihood that a side needs."""
        if side == ruled:
            return self._options.kept if type_ in MATERIAL else self._options.lost
        if type_ not in MATERIAL:
            return self._options.sure
        return self._options.gained if side == 2 else self._options.actor_gained
