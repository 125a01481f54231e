"""What the role model reads of a phrase and an event of its sentence: hashed features, told in groups.

What the rules say, the roles of the frame, the path in the parse, prepositions, what the phrase names, what the event
hangs on. What belongs to a phrase alone is read once a document, what belongs to an event alone once an event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from variorum.records import ActorMention, Syntax

from .candidate import Candidate
from .frames import Frames
from .hashing import grouped
from .merging import Told
from .sorts import sorts_of

_NOWHERE = ("none",)
_UP, _DOWN = 4, 5  # steps of a path that are told
_SPEAKING = frozenset({"say", "tell", "report", "claim", "add", "announce"})
_HUNG = frozenset({"poss", "amod", "compound", "nmod", "pobj"})


class Phrase(msgspec.Struct, frozen=True):
    """One phrase that may take part: its number among the actors, its head, and whether the rules know it at all
    (`thing` for what only the model may choose); then what is read of it alone.

    `owners` says of each possessor whether it is a pronoun; `over` is the token whose phrase holds it, `hung` its
    relation to that and the preposition between.
    """

    number: int
    head: int
    thing: bool
    what: str
    word: str
    sorts: tuple[str, ...]
    dep: str
    pos: str
    sector: str | None
    owners: tuple[str, ...]
    determiners: tuple[str, ...]
    counted: bool
    over: int | None
    hung: str
    speaks: bool


class RoleReader:
    """Reads the phrases and the candidates of one document."""

    def __init__(
        self,
        syntax: Syntax,
        frames: Frames,
        actors: Sequence[ActorMention],
        things: int,
        triggers: Mapping[int, Candidate],
    ) -> None:
        self.syntax, self.frames, self.triggers = syntax, frames, triggers
        self._phrases: dict[int, list[Phrase]] = {}
        self.heads: dict[int, int] = {}  # the number of the phrase that a token heads
        seen: set[tuple[int, int]] = set()
        for number, actor in enumerate(actors):
            head = syntax.head_of(actor.start, actor.end)
            if head is None or (actor.start, actor.end) in seen:
                continue
            seen.add((actor.start, actor.end))
            self.heads.setdefault(head.i, number)
            phrase = self._read(number, actor, head.i, thing=number >= things)
            self._phrases.setdefault(syntax.sentence_of(head.i).number, []).append(phrase)

    def _read(self, number: int, actor: ActorMention, i: int, *, thing: bool) -> Phrase:
        tokens, children = self.syntax.tokens, self.syntax.children
        token = tokens[i]
        above = tokens[token.head]
        over = tokens[above.head].i if token.dep == "pobj" else above.i
        word = above.lemma.lower()
        return Phrase(
            number,
            i,
            thing,
            what="thing" if thing else "generic" if actor.generic else "named",
            word=token.lemma.lower(),
            sorts=tuple(sorted(sorts_of(token, ()))),
            dep=token.dep,
            pos=token.pos,
            sector=actor.sector,
            owners=tuple("own" if c.tag == "PRP$" else "another's" for c in children(i, "poss")),
            determiners=tuple(c.text.lower() for c in children(i, "det")),
            counted=bool(children(i, "nummod")),
            over=over if token.dep in _HUNG else None,
            hung=f"{token.dep}:{word if token.dep == 'pobj' else ''}",
            speaks=token.dep == "nsubj" and word in _SPEAKING,
        )

    def phrases(self, candidate: Candidate) -> list[Phrase]:
        """Those of the trigger's sentence, but the trigger's own."""
        found = self._phrases.get(self.syntax.sentence_of(candidate.trigger).number, [])
        return [p for p in found if p.head not in candidate.chain]

    def of(self, told: Told) -> EventReader:
        """The reader of phrases about one event, with the sides that it has now."""
        return EventReader(self, told)


class EventReader:
    """Reads the features of phrases about one event."""

    def __init__(self, reader: RoleReader, told: Told) -> None:
        self._reader, self._tokens = reader, reader.syntax.tokens
        candidate = self._candidate = told.candidate
        self._agents, self._patients = told.agents, told.patients
        self._sides = (bool(told.agents), bool(told.patients))
        self._type, self._mode, self._status = candidate.type, candidate.mode, candidate.status
        self._kind, self._definite = "n" if candidate.nominal else "v", candidate.definite
        self._at = candidate.chain[-1] if candidate.nominal else self._verb()
        self._word = self._tokens[self._at].lemma.lower()
        roles = reader.frames.of(self._at)
        self._has_object = bool(roles.objects or roles.datives)
        line = (self._at, *(t.i for t in reader.syntax.ancestors(self._at)))
        self._steps = {i: step for step, i in enumerate(line)}
        self._line = line

    def _verb(self) -> int:
        """The first verb that tells it, else its trigger."""
        is_verb = self._reader.frames.is_verb
        return next((i for i in self._candidate.chain if is_verb(i)), self._candidate.trigger)

    # ------------------------------------------------------------------ whose event it is

    def acts_in_another(self, phrase: Phrase) -> bool:
        """Whether a phrase does what the verb above a noun tells, which is another event: "Oslo condemned the raid"."""
        return phrase.head in self._doers_above

    @cached_property
    def _doers_above(self) -> tuple[int, ...]:
        candidate, reader = self._candidate, self._reader
        if not candidate.nominal:
            return ()
        above = next((t for t in reader.syntax.ancestors(candidate.trigger) if t.pos in ("VERB", "AUX")), None)
        other = reader.triggers.get(above.i) if above is not None else None
        if above is None or other is None or other is candidate:
            return ()
        return reader.frames.of(above.i).subjects

    def is_its_own(self, phrase: Phrase) -> bool:
        """Whether a phrase stands in the trigger's own clause or phrase, not in one beside it."""
        if phrase.head in self._slots:
            return True
        over = next((t for t in self._reader.syntax.ancestors(phrase.head) if t.pos in ("VERB", "AUX")), None)
        return over is not None and over.i in self._candidate.chain

    # ------------------------------------------------------------------ features

    def buckets(self, phrase: Phrase) -> set[int]:
        """The features of one phrase."""
        rule, what, type_, kind = self._ruled(phrase.number), phrase.what, self._type, self._kind
        path, head = self._path(phrase.head), phrase.head
        found = [
            _by_rule(rule, what, type_),
            _by_path(path, rule, what, type_, kind),
            _by_path_and_word(path, self._word),
            _by_sorts(phrase.sorts, rule, what, type_),
            _by_word(phrase.word, type_),
            _by_form(rule, phrase.dep, phrase.pos, self._status, self._sides),
            _by_sector(phrase.sector, type_),
            _by_distance(head < self._at, min(abs(head - self._at) // 4, 5), what, kind),
        ]
        slots = self._slots.get(head, _NOWHERE)
        for slot in slots:
            found.append(_by_slot(slot, rule, what, type_, self._mode, kind))
            found.append(_by_slot_and_word(slot, self._word))
            found.append(_by_slot_and_sorts(slot, phrase.sorts, type_))
            found.append(_by_slot_and_sides(slot, self._sides, self._has_object, type_))
        if self._above is None:
            found.append(_by_top(rule, path))
        else:
            apart, above, both, word = self._above
            found.append(_by_governor(apart, both, rule, path))
            found.append(_by_governor_and_article(apart, both, rule, self._definite))
            found.append(_by_governor_and_types(above, type_, both, path))
            found.append(_by_governor_and_word(word, both, path))
        found.extend(self._around(phrase, rule, slots))
        return set().union(*found)

    def _around(self, phrase: Phrase, rule: str, slots: Sequence[str]) -> Iterator[tuple[int, ...]]:
        """What stands about a phrase: its owner, determiner and number, and the phrase that holds it."""
        for owner in phrase.owners:
            yield _by_owner(owner, rule, self._type)
            for slot in slots:
                yield _by_owner_and_slot(owner, slot, self._type)
        for determiner in phrase.determiners:
            yield _by_determiner(determiner, rule)
        if phrase.counted:
            yield _by_count(rule)
        if phrase.over is not None:
            held = self._reader.heads.get(phrase.over)
            taken = "-" if held is None else self._ruled(held)
            yield _by_holder(phrase.hung, phrase.dep, taken, held is not None, rule, self._type)
        if phrase.speaks:
            yield _by_speaking(rule)

    def _ruled(self, number: int) -> str:
        if number in self._agents:
            return "a"
        return "r" if number in self._patients else "-"

    @cached_property
    def _above(self) -> tuple[bool, str, str, str] | None:
        """What the trigger hangs on, another event's word, whose parties are its own, or a word of no event: whether it
        tells another event, that one's type, both their parts of speech, and its word."""
        reader, candidate = self._reader, self._candidate
        above = next((t for t in reader.syntax.ancestors(self._at) if t.pos in ("VERB", "AUX", "NOUN")), None)
        if above is None:
            return None
        other = reader.triggers.get(above.i)
        apart = other is not None and other is not candidate
        type_ = other.type if apart and other is not None else "-"
        return apart, type_, f"{self._kind}:{above.pos}", above.lemma.lower()

    @cached_property
    def _slots(self) -> dict[int, tuple[str, ...]]:
        """The roles that tokens have in the frames of the event's words, and the sides that candidates give them."""
        found: dict[int, dict[str, None]] = {}
        candidate, frames = self._candidate, self._reader.frames

        def add(tokens: Sequence[int], slot: str) -> None:
            for i in tokens:
                found.setdefault(i, {})[slot] = None

        for i in dict.fromkeys((self._verb(), candidate.trigger)):
            roles, kind = frames.of(i), "v" if frames.is_verb(i) else "n"
            add(roles.subjects, f"{kind}subject")
            add(roles.objects, f"{kind}object{'p' if roles.passive else ''}")
            add(roles.datives, f"{kind}dative")
            for name, t in roles.obliques:
                add((t,), f"{kind}:{name}")
        add(candidate.agents, "agents")
        add(candidate.patients, "patients")
        add(candidate.whole, "whole")
        return {i: tuple(slots) for i, slots in found.items()}

    def _path(self, head: int) -> str:
        """The way from the trigger up and down to the phrase, joined phrases as one."""
        tokens, steps = self._tokens, self._steps
        down: list[str] = []
        at = head
        for _ in range(_DOWN + 6):
            if at in steps:
                break
            token = tokens[at]
            if token.dep != "conj":
                down.append(f"{token.dep}:{token.lemma.lower()}" if token.dep in ("prep", "agent") else token.dep)
            if token.head == at:
                return "far"
            at = token.head
        if at not in steps:
            return "far"
        up = [tokens[k].dep for k in self._line[: steps[at]] if tokens[k].dep != "conj"]
        if len(up) > _UP or len(down) > _DOWN:
            return "far"
        return ">".join(up) + "<" + "<".join(reversed(down))


# ---------------------------------------------------------------------- the groups, each by the labels it depends on


@grouped
def _by_rule(rule: str, what: str, type_: str) -> Iterator[str]:
    yield f"rule={rule}"
    yield f"rule={rule}:{what}"
    yield f"rule={rule}:{type_}"
    yield f"what={what}:{type_}"


@grouped
def _by_path(path: str, rule: str, what: str, type_: str, kind: str) -> Iterator[str]:
    yield f"rule={rule}:{path}"
    yield f"path={path}:{kind}"
    yield f"path={path}:{what}"
    yield f"path={path}:{type_}"


@grouped
def _by_path_and_word(path: str, word: str) -> Iterator[str]:
    yield f"path={path}:{word}"


@grouped
def _by_sorts(sorts: tuple[str, ...], rule: str, what: str, type_: str) -> Iterator[str]:
    for sort in sorts:
        yield f"sort={sort}:{type_}:{what}"
        yield f"sort={sort}:rule={rule}"


@grouped
def _by_word(word: str, type_: str) -> Iterator[str]:
    yield f"word={word}"
    yield f"word={word}:{type_}"


@grouped
def _by_form(rule: str, dep: str, pos: str, status: str, sides: tuple[bool, bool]) -> Iterator[str]:
    yield f"others={sides}:{rule}"
    yield f"dep={dep}:{rule}"
    yield f"pos={pos}:{rule}"
    yield f"status={status}:{rule}"


@grouped
def _by_sector(sector: str | None, type_: str) -> Iterator[str]:
    yield f"sector={sector}:{type_}"


@grouped
def _by_distance(before: bool, far: int, what: str, kind: str) -> Iterator[str]:
    yield f"side={'before' if before else 'after'}:{kind}"
    yield f"far={far}:{what}"


@grouped
def _by_top(rule: str, path: str) -> Iterator[str]:
    yield f"under=top:{rule}:{path}"


@grouped
def _by_governor(apart: bool, kind: str, rule: str, path: str) -> Iterator[str]:
    yield f"under={apart}:{kind}:{rule}:{path}"
    yield f"under={apart}:{kind}:{path}"


@grouped
def _by_governor_and_article(apart: bool, kind: str, rule: str, definite: bool) -> Iterator[str]:
    yield f"under={apart}:{kind}:{rule}:{definite}"


@grouped
def _by_governor_and_types(above: str, type_: str, kind: str, path: str) -> Iterator[str]:
    yield f"under={above}:{type_}:{kind}:{path}"


@grouped
def _by_governor_and_word(word: str, kind: str, path: str) -> Iterator[str]:
    yield f"under={word}:{kind}:{path}"


@grouped
def _by_slot(slot: str, rule: str, what: str, type_: str, mode: str | None, kind: str) -> Iterator[str]:
    yield f"rule={rule}:{slot}"
    yield f"slot={slot}:{kind}"
    yield f"slot={slot}:{what}"
    yield f"slot={slot}:{type_}"
    yield f"slot={slot}:{type_}:{what}"
    yield f"slot={slot}:{type_}/{mode}"


@grouped
def _by_slot_and_word(slot: str, word: str) -> Iterator[str]:
    yield f"slot={slot}:{word}"


@grouped
def _by_slot_and_sorts(slot: str, sorts: tuple[str, ...], type_: str) -> Iterator[str]:
    for sort in sorts:
        yield f"slot={slot}:{sort}"
        yield f"slot={slot}:{sort}:{type_}"


@grouped
def _by_slot_and_sides(slot: str, sides: tuple[bool, bool], has_object: bool, type_: str) -> Iterator[str]:
    yield f"others={sides}:{slot}"
    yield f"object={has_object}:{slot}:{type_}"


@grouped
def _by_owner(owner: str, rule: str, type_: str) -> Iterator[str]:
    yield f"poss={owner}:{type_}"
    yield f"poss={owner}:{rule}"


@grouped
def _by_owner_and_slot(owner: str, slot: str, type_: str) -> Iterator[str]:
    yield f"poss={owner}:{slot}:{type_}"


@grouped
def _by_determiner(determiner: str, rule: str) -> Iterator[str]:
    yield f"det={determiner}:{rule}"


@grouped
def _by_count(rule: str) -> Iterator[str]:
    yield f"counted:{rule}"


@grouped
def _by_holder(hung: str, dep: str, taken: str, known: bool, rule: str, type_: str) -> Iterator[str]:
    yield f"over={taken}:{hung}:{rule}"
    yield f"over={known}:{dep}:{rule}:{type_}"


@grouped
def _by_speaking(rule: str) -> Iterator[str]:
    yield f"speaks:{rule}"
