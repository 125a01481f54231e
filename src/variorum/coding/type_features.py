"""What the type model reads of a word: the words that fill its slots, and hashed features of words and syntax.

The features are told in groups, each by the few labels that it depends on (see `hashing`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from variorum.records import Syntax, Token

from .frames import Frames
from .hashing import grouped
from .sorts import sorts_of

SLOTS = ("trigger", "object", "subject", "oblique", "governor", "modifier", "clause")
"""Whose vectors are given, each the mean over the heads that fill it."""

_SORTS = frozenset({"%act", "%communication", "%event", "%state", "%phenomenon", "%feeling", "%cognition"})
_CLAUSES = ("xcomp", "ccomp", "pcomp")
_MODIFIERS = ("compound", "amod", "nmod")
_APART = frozenset({"ROOT", "advcl", "relcl", "conj", "parataxis"})
_TOLD_OBLIQUES = frozenset({"%someone", "%named", "%act", "%artifact", "%communication"})
_FEW = 4  # types of patterns that still say something of a word
_LIGHT = frozenset({"be", "have", "do", "get", "become", "seem"})


class Reading(msgspec.Struct, frozen=True):
    """A trigger as the model sees it: the words of each slot, and its hashed features (buckets, sorted)."""

    words: tuple[tuple[str, ...], ...]
    buckets: tuple[int, ...]


def may_tell(token: Token) -> bool:
    """Whether the model is to be asked at all: full verbs, and nouns for acts and what comes of them."""
    if token.pos == "VERB":
        return token.lemma.lower() not in _LIGHT
    return token.pos == "NOUN" and not _SORTS.isdisjoint(sorts_of(token, ()))


class TypeReader:
    """Reads the words of one document; `actors` and `places` are the tokens of names of actors and places, `told` those
    that the lexicon knows as events."""

    def __init__(
        self,
        syntax: Syntax,
        frames: Frames,
        actors: Collection[int],
        places: Collection[int],
        told: Collection[int] = (),
    ) -> None:
        self.syntax, self.frames = syntax, frames
        self.actors, self.places, self.told = actors, places, told
        self._told_in: dict[int, int] = {}  # events by sentence
        for i in told:
            number = syntax.sentence_of(i).number
            self._told_in[number] = self._told_in.get(number, 0) + 1
        self._sorts: dict[int, frozenset[str]] = {}

    def read(self, i: int, near: Sequence[str] = ()) -> Reading:
        """The reading of token `i`; `near` are the types of the patterns that have its word."""
        around = _Around(i, self)
        groups = (*around.groups(), _by_nearness(tuple(near)), around.standing())
        return Reading(around.words(), tuple(sorted(set().union(*groups))))

    def sorts(self, i: int) -> frozenset[str]:
        """The sorts of a token's word and name."""
        if (known := self._sorts.get(i)) is None:
            known = self._sorts[i] = sorts_of(self.syntax.tokens[i], self.actors, self.places)
        return known

    def others(self, i: int) -> int:
        """How many other events the sentence of token `i` tells, two for more."""
        found = self._told_in.get(self.syntax.sentence_of(i).number, 0)
        return min(found - (i in self.told), 2)


class _Around:
    """What stands about one trigger."""

    def __init__(self, i: int, reader: TypeReader) -> None:
        syntax, frames, self.reader = reader.syntax, reader.frames, reader
        self.tokens = syntax.tokens
        self.token = syntax.tokens[i]
        self.verb = frames.is_verb(i)
        roles = frames.of(i)
        self.passive = roles.passive
        self.subjects, self.objects = roles.subjects, (*roles.objects, *roles.datives)
        self.obliques = [(name, t) for name, t in roles.obliques if "%time" not in reader.sorts(t)]
        if not self.verb:
            self.objects = tuple(t for name, t in self.obliques if name == "of")
        self.governor, self.relation = self._above()
        self.modifiers: list[int] = []
        self.clauses: list[int] = []
        self.helpers: list[Token] = []
        self.particle = ""
        for c in syntax.children(i):
            if c.dep in _MODIFIERS:
                self.modifiers.append(c.i)
            elif c.dep in _CLAUSES:
                if c.pos == "VERB":
                    self.clauses.append(c.i)
            elif c.dep in ("neg", "aux"):
                self.helpers.append(c)
            elif c.dep == "prt" and not self.particle:
                self.particle = c.lemma.lower()

    def _above(self) -> tuple[int | None, str]:
        token, relation = self.token, ""
        head = self.tokens[token.head]
        if head.i == token.i or token.dep in _APART:
            return None, token.dep
        if token.dep in ("pobj", "pcomp"):
            relation, head = head.lemma.lower(), self.tokens[head.head]
        return head.i, relation or token.dep

    def words(self) -> tuple[tuple[str, ...], ...]:
        """The first words of each of `SLOTS`."""
        slots = (
            (self.token.i,),
            self.objects,
            self.subjects,
            [t for _, t in self.obliques],
            () if self.governor is None else (self.governor,),
            self.modifiers,
            self.clauses,
        )
        tokens = self.tokens
        return tuple([tuple([tokens[i].lemma.lower() for i in some[:4]]) if some else () for some in slots])

    def groups(self) -> Iterator[tuple[int, ...]]:
        tokens, sorts, lemma = self.tokens, self.reader.sorts, self.token.lemma.lower()
        kind = "v" if self.verb else "n"
        me = f"{kind}:{lemma}+{self.particle}" if self.particle else f"{kind}:{lemma}"
        yield _by_trigger(me, kind, self.particle, self.passive, self.token.tag)
        for name, fillers in (("o", self.objects), ("s", self.subjects)):
            yield _by_side(name, bool(fillers), me)
            for i in fillers[:3]:
                yield _by_filler(name, tokens[i].lemma.lower(), me)
                yield _by_filler_sorts(name, sorts(i), me)
        for name, i in self.obliques[:5]:
            yield _by_preposition(name, me)
            yield _by_oblique(name, tokens[i].lemma.lower())
            yield _by_oblique_sorts(name, sorts(i))
        if self.governor is not None:
            yield _by_governor(self.relation, tokens[self.governor].lemma.lower())
        for i in self.modifiers[:3]:
            yield _by_modifier(tokens[i].lemma.lower(), me)
        for i in self.clauses[:2]:
            yield _by_clause(tokens[i].lemma.lower(), me)
        for c in self.helpers:
            yield _by_helper(c.lemma.lower())

    def standing(self) -> tuple[int, ...]:
        """How it stands in its sentence: what heads it, who does it, and whether anything else there is an event."""
        token, known = self.token, self.reader.actors
        return _by_standing(
            token.dep,
            "v" if self.verb else "n",
            self.reader.others(token.i),
            token.i in self.reader.told,
            (any(i in known for i in self.subjects), any(i in known for i in self.objects)),
            self.passive,
        )


def nearness(near: Sequence[str]) -> Iterator[str]:
    """The features of the types whose patterns have a word."""
    yield f"near:{min(len(near), 4)}"
    if len(near) <= _FEW:
        for type_ in near:
            yield f"near={type_}"
            yield f"near={type_}:{len(near)}"


# ---------------------------------------------------------------------- the groups, each by the labels it depends on

_by_nearness = grouped(nearness)


@grouped
def _by_trigger(me: str, kind: str, particle: str, passive: bool, tag: str) -> Iterator[str]:
    yield me
    yield f"kind:{kind}:{passive}:{tag}"
    if particle:
        yield f"particle:{particle}"


@grouped
def _by_side(name: str, filled: bool, me: str) -> Iterator[str]:
    yield f"{name}:{filled}"
    yield f"{me}:{name}:{filled}"


@grouped
def _by_filler(name: str, word: str, me: str) -> Iterator[str]:
    yield f"{name}={word}"
    if name == "o":
        yield f"{me}:{name}={word}"


@grouped
def _by_filler_sorts(name: str, sorts: frozenset[str], me: str) -> Iterator[str]:
    for sort in sorts:
        yield f"{name}{sort}"
        yield f"{me}:{name}{sort}"


@grouped
def _by_preposition(name: str, me: str) -> Iterator[str]:
    yield f"p={name}"
    yield f"{me}:p={name}"


@grouped
def _by_oblique(name: str, word: str) -> Iterator[str]:
    yield f"p={name}:{word}"


@grouped
def _by_oblique_sorts(name: str, sorts: frozenset[str]) -> Iterator[str]:
    for sort in sorts & _TOLD_OBLIQUES:
        yield f"p={name}{sort}"


@grouped
def _by_governor(relation: str, word: str) -> Iterator[str]:
    yield f"g={relation}"
    yield f"g={relation}:{word}"


@grouped
def _by_modifier(word: str, me: str) -> Iterator[str]:
    yield f"m={word}"
    yield f"{me}:m={word}"


@grouped
def _by_clause(word: str, me: str) -> Iterator[str]:
    yield f"c={word}"
    yield f"{me}:c"


@grouped
def _by_helper(word: str) -> Iterator[str]:
    yield f"a={word}"


@grouped
def _by_standing(
    dep: str, kind: str, others: int, told: bool, known: tuple[bool, bool], passive: bool
) -> Iterator[str]:
    yield f"dep={dep}:{kind}"
    yield f"others={others}:{kind}:{dep}"
    yield f"others={others}:{told}"
    subject, object_ = known
    beside = min(others, 1)
    yield f"sknown={subject}:{dep}:{beside}"
    yield f"oknown={object_}:{dep}:{beside}"
    yield f"known={subject}:{object_}:{passive}:{beside}"
