"""What the model of what is told reads of a candidate: the words that fill its slots, and hashed features.

The trigger and what governs it, tense and mood, determiners, who does and undergoes it and whether they are named, time
and place, and the words around it; in groups, each by the few labels that it depends on (see `hashing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.records import ActorMention, Syntax, Token

from .candidate import Candidate
from .frames import Frames
from .hashing import grouped
from .merging import Told
from .sorts import sorts_of
from .type_features import Reading

_AROUND = 12  # words of the sentence whose sense is read
_UP = 4  # steps above the trigger that are read
_USUAL = frozenset({"always", "never", "often", "usually", "rarely", "seldom", "sometimes", "generally", "normally",
                    "mostly", "traditionally", "regularly", "ever", "each", "every", "whoever", "whenever", "any",
                    "anyone", "most", "all", "no", "nobody", "whatever"})  # fmt: skip
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_CLOSE = frozenset({"det", "poss", "nummod", "amod", "compound"})
_FULL = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_MARKS = ("definite", "effect", "echo", "recalled", "by_operator", "mutual", "thing", "attempt")


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
        self._inside = {i: c for c in triggers for i in c.chain}
        self._in_sentence: dict[int, list[Candidate]] = {}
        for c in triggers:
            self._in_sentence.setdefault(syntax.sentence_of(c.trigger).number, []).append(c)

    def read(self, told: Told) -> Reading:
        candidate, at = told.candidate, self._verb_of(told.candidate)
        kind = "n" if candidate.nominal else "v"
        groups = (
            *self._event(candidate, kind),
            *self._tense(at, kind, candidate),
            *self._stands(candidate, at, kind),
            *self._sides(told, at, kind),
            *self._circumstances(told, at, kind),
        )
        return Reading(self._words(candidate, at), tuple(sorted(set().union(*groups))))

    def _words(self, candidate: Candidate, at: int) -> tuple[tuple[str, ...], ...]:
        """The words of the seven slots: trigger, object, subject, oblique, governor, head of the sentence, sentence."""
        tokens = self._syntax.tokens
        roles = self._frames.of(at)
        above = self._above(at)
        sentence = self._syntax.sentence_of(at)
        inside = tokens[sentence.first : sentence.last]
        root = next((t for t in inside if t.head == t.i), tokens[at])
        around = [t.i for t in inside if t.pos in ("NOUN", "VERB") and t.i != at]
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
            tuple([tokens[i].lemma.lower() for i in some[:limit]]) for some, limit in zip(slots, limits, strict=True)
        )

    def _verb_of(self, candidate: Candidate) -> int:
        is_verb = self._frames.is_verb
        return next((i for i in candidate.chain if is_verb(i)), candidate.trigger)

    def _above(self, i: int) -> Token | None:
        return next((t for t in self._syntax.ancestors(i) if t.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ")), None)

    # ------------------------------------------------------------------ what is read

    def _event(self, candidate: Candidate, kind: str) -> Iterator[tuple[int, ...]]:
        trigger, type_ = self._syntax.tokens[candidate.trigger], candidate.type
        yield _by_word(trigger.lemma.lower(), kind, type_)
        yield _by_type(type_, candidate.mode, kind)
        yield _by_status(candidate.status, f"{candidate.confidence:.2f}", self._source(candidate), kind)
        yield _by_form(trigger.tag, trigger.dep)
        yield _by_marks(tuple([name for name in _MARKS if getattr(candidate, name)]), kind, type_)
        yield _by_carrier(len(candidate.chain) > 1, kind)

    def _source(self, candidate: Candidate) -> str:
        note = next((note for name, note in candidate.notes if name == "type"), "")
        if "type model" in note:
            return "over" if "over" in note else "model"
        return "narrow" if any(mark in note for mark in "=^>~") else "wide"

    def _tense(self, at: int, kind: str, candidate: Candidate) -> Iterator[tuple[int, ...]]:
        """The form of the verb that tells it, and of those above a noun."""
        verb = self._syntax.tokens[at]
        if verb.pos not in ("VERB", "AUX"):
            above = next((t for t in self._syntax.ancestors(at) if t.pos in ("VERB", "AUX")), None)
            if above is None:
                yield _by_no_verb(kind)
                return
            verb = above
        root = next((t for t in self._syntax.ancestors(verb.i) if t.head == t.i), verb)
        bare = any(self._is_anybody(i) for i in self._frames.verb(verb.i).subjects)
        yield _by_tense(self._form(verb), bare, kind, candidate.type)
        yield _by_root(self._form(root), root.lemma.lower(), root.i == verb.i, kind)

    def _form(self, verb: Token) -> str:
        helpers = [c.lemma.lower() for c in self._syntax.children(verb.i, "aux", "auxpass", "neg")]
        return ":".join((verb.tag, *helpers[:3]))

    def _is_anybody(self, i: int) -> bool:
        """A phrase of no one in particular: "armies loot", "a man with a grudge", "whoever"."""
        token = self._syntax.tokens[i]
        if token.pos == "PROPN" or self._named.get(i):
            return False
        kids = [c for c in self._syntax.children(i) if c.dep in _CLOSE]
        if any(c.lemma.lower() in _POINTING or c.dep in ("poss", "nummod") for c in kids):
            return False
        return not any(self._named.get(c.i) for c in kids)

    def _stands(self, candidate: Candidate, at: int, kind: str) -> Iterator[tuple[int, ...]]:
        """Where it stands in its sentence: the steps above it, the word that opens its clause, its determiner."""
        tokens, token, type_ = self._syntax.tokens, self._syntax.tokens[at], candidate.type
        steps, k = [token.dep], token
        for _ in range(_UP):
            if k.head == k.i:
                break
            k = tokens[k.head]
            steps.append(k.dep)
        yield _by_path("<".join(steps), kind)
        yield _by_steps(steps[0], "<".join(steps[:2]), kind, type_)
        above = self._above(at)
        if above is not None:
            relation = tokens[token.head].lemma.lower() if token.dep in ("pobj", "pcomp") else token.dep
            other = self._inside.get(above.i)
            apart = other.type if other is not None and other is not candidate else "-"
            yield _by_governor(above.lemma.lower(), relation, kind)
            yield _by_relation(relation, above.pos, apart, candidate.definite, kind, type_)
        for c in self._syntax.children(at, "mark", "advmod", "prep"):
            if c.dep == "mark" or c.i < at:
                yield _by_opening(c.dep, c.lemma.lower(), kind)
        if kind == "n":
            trigger = candidate.trigger
            dets = self._syntax.children(trigger, "det", "poss")
            yield _by_determiner(dets[0].lemma.lower() if dets else "none", tokens[trigger].tag, type_)
            for c in self._syntax.children(trigger, "amod", "compound", "nummod"):
                yield _by_modifier(c.lemma.lower(), c.dep, self._is_named(c.i), type_)

    def _is_named(self, i: int) -> str:
        return str(self._named.get(i, "no"))

    def _sides(self, told: Told, at: int, kind: str) -> Iterator[tuple[int, ...]]:
        """Who does it and who undergoes it: named, unnamed, things or none, and in what words."""
        candidate, tokens, type_ = told.candidate, self._syntax.tokens, told.candidate.type
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
            for a in actors[:2]:
                yield _by_sector(name, a.sector, type_)
            for i in heads[:2]:
                token = tokens[i]
                yield _by_head(name, token.tag, self._is_anybody(i), kind)
                yield _by_head_word(name, token.lemma.lower())
                yield _by_head_sorts(name, sorts_of(token, ()), type_)
        yield _by_sides(shapes[0], shapes[1], kind, type_)
        for name, i in self._frames.of(at).obliques[:4]:
            yield _by_preposition(name, kind, self._is_named(i), type_)
            yield _by_oblique(name, tokens[i].lemma.lower())

    def _circumstances(self, told: Told, at: int, kind: str) -> Iterator[tuple[int, ...]]:
        """Time and place, what else its sentence tells, and the words of the sentence."""
        candidate, tokens = told.candidate, self._syntax.tokens
        sentence = self._syntax.sentence_of(at)
        bound = (told.time is not None, told.place is not None, bool(told.tolls))
        yield _by_anchors(min(told.anchors, 3), bound, kind)
        others = [c for c in self._in_sentence.get(sentence.number, ()) if c is not candidate]
        own = {*candidate.chain, *self._syntax.subtree_tokens(candidate.chain[-1])}
        alike = any(c.type == candidate.type and c.trigger not in own for c in others)
        first = all(c.trigger > candidate.trigger for c in others)
        words = tokens[sentence.first : sentence.last]
        named = any(self._named.get(t.i) for t in words)
        yield _by_others(min(len(others), 2), alike, first, named, kind)
        yield _by_end(words[-1].text if words else "")
        for t in words:
            full = t.pos in _FULL and t.i not in candidate.chain
            low = t.lemma.lower()
            if low in _USUAL:
                yield _by_usual(low, kind)
            if full:
                yield _by_company(low)


# ---------------------------------------------------------------------- the groups, each by the labels it depends on


@grouped
def _by_word(word: str, kind: str, type_: str) -> Iterator[str]:
    yield f"word={word}:{kind}"
    yield f"word={word}:{type_}"


@grouped
def _by_type(type_: str, mode: str | None, kind: str) -> Iterator[str]:
    yield f"type={type_}:{kind}"
    yield f"type={type_}/{mode}:{kind}"


@grouped
def _by_status(status: str, sure: str, source: str, kind: str) -> Iterator[str]:
    yield f"status={status}:{kind}"
    yield f"sure={sure}:{kind}"
    yield f"source={source}:{kind}"


@grouped
def _by_form(tag: str, dep: str) -> Iterator[str]:
    yield f"form={tag}:{dep}"


@grouped
def _by_marks(marks: tuple[str, ...], kind: str, type_: str) -> Iterator[str]:
    for name in marks:
        yield f"{name}:{kind}"
        yield f"{name}:{type_}"


@grouped
def _by_carrier(carried: bool, kind: str) -> Iterator[str]:
    yield f"carried={carried}:{kind}"


@grouped
def _by_no_verb(kind: str) -> Iterator[str]:
    yield f"tense=none:{kind}"


@grouped
def _by_tense(form: str, bare: bool, kind: str, type_: str) -> Iterator[str]:
    yield f"tense={form}:{kind}"
    yield f"tense={form}:{type_}"
    yield f"tense={form}:bare={bare}:{kind}"


@grouped
def _by_root(form: str, word: str, same: bool, kind: str) -> Iterator[str]:
    yield f"root={form}:{kind}:{same}"
    yield f"root={word}:{kind}:{same}"


@grouped
def _by_path(path: str, kind: str) -> Iterator[str]:
    yield f"path={path}:{kind}"


@grouped
def _by_steps(step: str, two: str, kind: str, type_: str) -> Iterator[str]:
    yield f"path={two}:{kind}"
    yield f"path={step}:{type_}"


@grouped
def _by_governor(word: str, relation: str, kind: str) -> Iterator[str]:
    yield f"above={word}:{relation}:{kind}"
    yield f"above={word}"


@grouped
def _by_relation(relation: str, pos: str, apart: str, definite: bool, kind: str, type_: str) -> Iterator[str]:
    yield f"above={relation}:{kind}:{apart}"
    yield f"above={relation}:{type_}:{apart}"
    yield f"above={relation}:{kind}:{pos}"
    yield f"above={relation}:{kind}:{definite}"


@grouped
def _by_opening(dep: str, word: str, kind: str) -> Iterator[str]:
    yield f"{dep}={word}:{kind}"


@grouped
def _by_determiner(determiner: str, tag: str, type_: str) -> Iterator[str]:
    yield f"det={determiner}:{tag}"
    yield f"det={determiner}:{type_}"


@grouped
def _by_modifier(word: str, dep: str, named: str, type_: str) -> Iterator[str]:
    yield f"mod={word}"
    yield f"mod={dep}:{named}:{type_}"


@grouped
def _by_sector(name: str, sector: str | None, type_: str) -> Iterator[str]:
    yield f"{name}:sector={sector}:{type_}"


@grouped
def _by_head(name: str, tag: str, anybody: bool, kind: str) -> Iterator[str]:
    yield f"{name}:{tag}:{anybody}:{kind}"


@grouped
def _by_head_word(name: str, word: str) -> Iterator[str]:
    yield f"{name}:{word}"


@grouped
def _by_head_sorts(name: str, sorts: frozenset[str], type_: str) -> Iterator[str]:
    for sort in sorts:
        yield f"{name}:{sort}:{type_}"


@grouped
def _by_sides(doer: str, other: str, kind: str, type_: str) -> Iterator[str]:
    for name, what in (("s", doer), ("o", other)):
        yield f"{name}={what}:{kind}"
        yield f"{name}={what}:{type_}"
    yield f"sides={doer}/{other}:{kind}"
    yield f"sides={doer}/{other}:{type_}"


@grouped
def _by_preposition(name: str, kind: str, named: str, type_: str) -> Iterator[str]:
    yield f"p={name}:{kind}"
    yield f"p={name}:{named}:{type_}"


@grouped
def _by_oblique(name: str, word: str) -> Iterator[str]:
    yield f"p={name}:{word}"


@grouped
def _by_anchors(anchors: int, bound: tuple[bool, bool, bool], kind: str) -> Iterator[str]:
    time, place, toll = bound
    yield f"anchors={anchors}:{kind}"
    yield f"time={time}:place={place}:{kind}"
    yield f"toll={toll}:{kind}"


@grouped
def _by_others(others: int, alike: bool, first: bool, named: bool, kind: str) -> Iterator[str]:
    yield f"others={others}:{kind}"
    yield f"alike={alike}:{kind}"
    yield f"first={first}:{kind}"
    yield f"named={named}:{kind}"


@grouped
def _by_end(text: str) -> Iterator[str]:
    yield f"end={text}"


@grouped
def _by_usual(word: str, kind: str) -> Iterator[str]:
    yield f"usual={word}:{kind}"


@grouped
def _by_company(word: str) -> Iterator[str]:
    yield f"with={word}"
