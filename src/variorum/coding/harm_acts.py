"""Which told act a figure of harm is told of, also where its own sentence tells none.

A figure stands in the clause of its act, names it by its doer ("the rockets killed six"), or is told sentences later,
when the text has gone on to a place, a day or an answer. Each act of violence near it is a candidate, and so is the
harm itself where its verb is all that is told of the act; a log-linear choice takes one. The features are names that
hold or do not; their weights (``data/act_weights.tsv``) are made by ``tools/train_figures.py`` from texts of our own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from typing import NamedTuple

from variorum.packaged import data_lines
from variorum.records import ActorMention, Annotation, Syntax, Token, TollMention

from .circumstances import Surroundings, toll_cue
from .sameness import Told

_REACH = 12  # sentences back in which an act may have caused a figure
_AHEAD = 2  # sentences ahead, as a figure may come before its act
_STEPS = (1, 2, 3, 5, 8)
_FINE = frozenset({"site", "city", "district", "admin1"})
_SEPARATE = frozenset({";", "while", "whereas", "meanwhile"})
_FIRST = frozenset({"first", "earlier"})
_SECOND = frozenset({"second", "other", "later", "another"})
_BLOODLESS = frozenset({"restrict", "censor", "curfew", "martial-law", "misinformation", "cyber", "ban"})
_COMMON = frozenset({"people", "person", "man", "woman", "day", "time", "number", "other", "dead", "toll", "figure"})
_WARS = frozenset({"war", "conflict", "insurgency", "uprising", "rebellion", "revolt", "campaign", "offensive",
                   "crisis", "genocide", "siege", "occupation"})  # fmt: skip
_FIGHTING = frozenset({"fighting", "hostility", "violence", "unrest", "clash", "bombardment", "riot"})
_CLOSE = 3  # steps in the tree
_FIGURES = 3  # sentences back in which another figure tells where this one belongs


class Choice(NamedTuple):
    """An act that may have caused a figure, None where no act is told of it, with the features that hold of both."""

    act: Told | None
    features: list[str]


@cache
def weights() -> dict[str, float]:
    """The packaged weights by feature, read once a process. Raises `ModelError` where there are none."""
    rows = (line.split("\t") for line in data_lines("act_weights.tsv"))
    return {name: float(value) for name, value in rows}


class HarmActs:
    """Chooses over one document; `acts` are those that may stand as events and can do harm."""

    def __init__(self, annotation: Annotation, syntax: Syntax, around: Surroundings, acts: Sequence[Told]) -> None:
        self.annotation = annotation
        self.syntax = syntax
        self.around = around
        self.acts = sorted(acts, key=lambda t: (t.candidate.trigger, t.candidate.type))
        self.chosen: dict[int, Told | None] = {}
        self._taken: set[int] = set()  # the acts chosen, by identity
        self._by_sentence: dict[int, list[int]] = {}  # the acts of each sentence, by their number
        for number, told in enumerate(self.acts):
            self._by_sentence.setdefault(told.sentence, []).append(number)
        self._front = [number for number, told in enumerate(self.acts) if told.front == 2]

    @cached_property
    def _at(self) -> dict[int, Told]:
        return {i: told for told in reversed(self.acts) for i in told.candidate.chain}

    def choose_all(self) -> dict[int, Told | None]:
        """For each toll of the document its act, in text order."""
        for number in range(len(self.annotation.tolls)):
            choices = self.choices(number)
            if choices:
                self.note(number, self.choose(choices, weights()).act)
        return self.chosen

    def note(self, number: int, act: Told | None) -> None:
        """Keep what a toll is told of, for the choices of those after it."""
        self.chosen[number] = act
        if act is not None:
            self._taken.add(id(act))

    def among(self, number: int, members: Set[int]) -> Told | None:
        """The likeliest act of a toll among some, given by their identities; None where none may be."""
        fitting = [c for c in self.choices(number) if c.act is not None and id(c.act) in members]
        return self.choose(fitting, weights()).act if fitting else None

    @staticmethod
    def choose(choices: Sequence[Choice], known: Mapping[str, float]) -> Choice:
        """The likeliest; of equals the one told first."""
        return max(choices, key=lambda c: sum(known.get(name, 0.0) for name in c.features))

    def own(self, number: int) -> Told | None:
        """The mention whose verb or noun is what the toll's own words say befell the people."""
        cue = toll_cue(self.annotation.tolls[number], self.syntax)
        return self._at.get(cue) if cue is not None else None

    def part_counts_over_time(self) -> None:
        """Mark the harms of which nothing is told but counts over a stretch of time, and the wars that are counted:
        they are no one happening. Days of fighting are one ("in two days of clashes twelve died")."""
        told: dict[int, list[int]] = {}
        for number, toll in enumerate(self.annotation.tolls):
            own = self.own(number)
            if own is not None:
                told.setdefault(own.candidate.trigger, []).append(number)
            head = self.syntax.head_of(toll.start, toll.end)
            if toll.cumulative and head is not None:
                for war in self._wars(self.syntax.sentence_of(head.i).number):
                    war.running |= self._lemma(war) in _WARS
        for trigger, numbers in told.items():
            own = self._at[trigger]
            fighting = any(self._lemma(t) in _FIGHTING for t in self._wars(own.sentence))
            if not fighting and all(self.annotation.tolls[n].cumulative for n in numbers):
                own.running = True

    def choices(self, number: int) -> list[Choice]:
        toll = self.annotation.tolls[number]
        head = self.syntax.head_of(toll.start, toll.end)
        if head is None:
            return []
        sentence = self.syntax.sentence_of(head.i).number
        own = self.own(number)
        if toll.cumulative or (own is not None and own.running):
            return self._over_time(own, sentence)
        near = [t for t in self._near(sentence) if self._may_be(t, own, sentence)]
        scene = _Scene(self, number, toll, head, sentence, own, near)
        found = [Choice(told, list(scene.features(told))) for told in near]
        if own is None or _is_act(own):
            found.append(Choice(None, list(scene.none())))
        return found

    def _over_time(self, own: Told | None, sentence: int) -> list[Choice]:
        """A count since some day is told of no one act: of the fighting that its sentence names, else of the harm
        itself, else of none."""
        wars = self._wars(sentence)
        found = next((t for t in wars if self._lemma(t) in _FIGHTING), own or next(iter(wars), None))
        return [Choice(found, ["own" if found is not None else "none"])]

    def _wars(self, sentence: int) -> list[Told]:
        here = (self.acts[n] for n in self._by_sentence.get(sentence, ()))
        return [t for t in here if t.candidate.nominal and self._lemma(t) in _WARS | _FIGHTING]

    def _lemma(self, told: Told) -> str:
        return self.syntax.tokens[told.candidate.trigger].lemma.lower()

    def _may_be(self, told: Told, own: Told | None, sentence: int) -> bool:
        """An act, the harm itself, or one that a figure before was told of; of what only recalls one, the mention in
        the figure's own sentence ("the strikes killed six")."""
        if told is own:
            return True
        if told.running or (told.candidate.echo and told.sentence != sentence):
            return False
        if told.candidate.type == "COERCE" and told.candidate.mode in _BLOODLESS:
            return False
        return _is_act(told) or id(told) in self._taken

    def _near(self, sentence: int) -> list[Told]:
        """The acts told around a sentence, and those of the title, in text order."""
        around = range(sentence - _REACH, sentence + _AHEAD + 1)
        numbers = {n for s in around for n in self._by_sentence.get(s, ())}
        return [self.acts[n] for n in sorted(numbers.union(self._front))]

    @cached_property
    def known(self) -> list[tuple[int, int, ActorMention]]:
        """The actors of known countries with their bounds, in text order."""
        return sorted(
            ((a.start, a.end, a) for a in self.annotation.actors if a.country is not None), key=lambda row: row[:2]
        )

    @cached_property
    def longest(self) -> int:
        """The length of the longest of them, in code points."""
        return max((end - start for start, end, _ in self.known), default=0)


def _is_act(told: Told) -> bool:
    """Whether a mention tells what was done, and not only what came of it."""
    return not told.candidate.effect or bool(told.agents)


class _Scene:
    """One figure while its act is looked for."""

    def __init__(
        self,
        owner: HarmActs,
        number: int,
        toll: TollMention,
        head: Token,
        sentence: int,
        own: Told | None,
        near: Sequence[Told],
    ) -> None:
        self.owner = owner
        self.layers = owner.annotation
        self.syntax = owner.syntax
        self.around = owner.around
        self.chosen = owner.chosen
        self.number = number
        self.toll = toll
        self.head = head
        self.sentence = sentence
        self.own = own
        self.near = near
        cue = toll_cue(toll, owner.syntax)
        self.at = cue if cue is not None else head.i

    # ------------------------------------------------------------------ what is told about the figure

    @cached_property
    def _words(self) -> frozenset[str]:
        return self._content(self.sentence)

    def _content(self, sentence: int) -> frozenset[str]:
        told = self.syntax.sentences[sentence]
        tokens = self.syntax.tokens[told.first : told.last]
        return frozenset(t.lemma.lower() for t in tokens if t.pos in ("NOUN", "PROPN") and len(t.text) > 3) - _COMMON

    @cached_property
    def _low(self) -> frozenset[str]:
        told = self.syntax.sentences[self.sentence]
        return frozenset(t.text.lower() for t in self.syntax.tokens[told.first : told.last])

    def _own_part(self, told: Told) -> range:
        """The tokens of its sentence that stand nearer to an act than to the other acts there."""
        whole = self.syntax.sentences[told.sentence]
        at = told.candidate.trigger
        others = sorted(t.candidate.trigger for t in self.near if t.sentence == told.sentence and t is not self.own)
        before = max((o for o in others if o < at), default=None)
        after = min((o for o in others if o > at), default=None)
        first = whole.first if before is None else (before + at) // 2 + 1
        last = whole.last if after is None else after
        return range(first, last)

    def _near_places(self, told: Told) -> set[str]:
        """The fine places of an act: its own, else those told in its part of the sentence."""
        at = self.layers.places
        if told.place is not None:
            return {at[told.place].name}
        part = self._own_part(told)
        rows = self.around.places.get(told.sentence, ())
        return {at[n].name for n, head in rows if head in part and at[n].precision in _FINE}

    def _near_words(self, told: Told) -> frozenset[str]:
        tokens = (self.syntax.tokens[i] for i in self._own_part(told))
        return frozenset(t.lemma.lower() for t in tokens if t.pos in ("NOUN", "PROPN") and len(t.text) > 3) - _COMMON

    def _places(self, sentence: int) -> set[str]:
        at = self.layers.places
        return {at[n].name for n, _ in self.around.places.get(sentence, ()) if at[n].precision in _FINE}

    @cached_property
    def _days(self) -> list[tuple[str, str]]:
        found = []
        for n, _ in self.around.times.get(self.sentence, ()):
            time = self.layers.times[n]
            if time.type in ("DATE", "TIME") and time.earliest and time.latest:
                found.append((time.earliest[:10], time.latest[:10]))
        return found

    @cached_property
    def _last_act(self) -> Told | None:
        """The act told last before the figure."""
        before = [t for t in self.near if t is not self.own and t.candidate.trigger < self.head.i]
        return before[-1] if before else None

    # ------------------------------------------------------------------ features

    def none(self) -> Iterator[str]:
        yield "none"
        if any(t.sentence == self.sentence for t in self.near):
            yield "none beside an act"

    def features(self, told: Told) -> Iterator[str]:
        candidate = told.candidate
        away = self.sentence - told.sentence
        if told is self.own:
            yield "own"
            yield "own act" if _is_act(told) else "own harm"
            if not _is_act(told) and not any(_is_act(t) for t in self.near):
                yield "own and no act"
        else:
            yield self._distance(away)
        if away == 0 and told is not self.own:
            yield from self._inside(told)
        yield from self._kind(told)
        yield f"status {candidate.status}"
        if candidate.answering:
            yield "answering"
        if candidate.recalled:
            yield "recalled"
        if told.subordinate:
            yield "subordinate" if away else "subordinate here"
        if told.front:
            yield f"front {told.front}"
        if told is self._last_act:
            yield "told last"
        if self.near and told is self.near[0]:
            yield "told first"
        if len([t for t in self.near if t is not self.own]) == 1:
            yield "only act"
        yield from self._circumstances(told, away)
        yield from self._people(told)
        yield from self._before(told)

    def _distance(self, away: int) -> str:
        if away <= 0:
            return "here" if away == 0 else f"ahead {-away}"
        return f"back {next((s for s in _STEPS if away <= s), 'far')}"

    def _inside(self, told: Told) -> Iterator[str]:
        """How the act stands to the figure in one sentence."""
        trigger = told.candidate.trigger
        link = self.around.link(told.candidate, self.at)
        yield f"link {link.grade}" if link is not None else "no link"
        if link is not None and link.steps <= _CLOSE:
            yield "close"
        yield "act before" if trigger < self.head.i else "act after"
        low, high = sorted((trigger, self.head.i))
        between = self.syntax.tokens[low:high]
        if any(t.text.lower() in _SEPARATE for t in between):
            yield "parted"
        if sum(t.candidate.trigger in range(low + 1, high) for t in self.near if t is not self.own):
            yield "another act between"
        if self.own is not None and set(self.own.candidate.agents) & self._phrase(told):
            yield "does the harm"
        above = [t.i for t in self.syntax.ancestors(self.at)]
        if set(told.candidate.chain) & set(above):
            yield "above"
        if any(t.i == self.at for t in self.syntax.ancestors(trigger)):
            yield "below"

    def _phrase(self, told: Told) -> set[int]:
        heads = [*told.candidate.chain, *told.candidate.agents]
        return {*heads, *(self.syntax.tokens[i].head for i in told.candidate.chain)}

    def _kind(self, told: Told) -> Iterator[str]:
        candidate = told.candidate
        kind = self.toll.kind if self.toll.kind in ("captured", "displaced", "missing") else "harmed"
        yield f"{kind} by {candidate.type}"
        if kind != "harmed" or candidate.type != "ASSAULT":
            yield f"{kind} by {candidate.type}/{candidate.mode}"
        if candidate.mode == "destroy":
            yield f"{kind} by destruction"

    def _circumstances(self, told: Told, away: int) -> Iterator[str]:
        """Whether place, day and words of the figure's sentence are the act's."""
        if away == 0:
            return
        here = self._places(self.sentence)
        there = self._near_places(told)
        if here and there:
            yield "same place" if here & there else "other place"
        if self._days and told.time is not None:
            time = self.layers.times[told.time]
            if time.earliest and time.latest:
                span = time.earliest[:10], time.latest[:10]
                yield "same day" if any(a <= span[1] and span[0] <= b for a, b in self._days) else "other day"
        shared = self._words & self._near_words(told)
        yield "shared words" if shared else "no shared words"
        if told.word and told.word in {w.lower() for w in self._low}:
            yield "its word again"
        if self._low & _FIRST and self.near and told is self.near[0]:
            yield "first of them"
        if self._low & _SECOND and told is self._last_act:
            yield "second of them"

    def _people(self, told: Told) -> Iterator[str]:
        """Whether the harmed are those whom the act was done to, or those who did it."""
        inside = self._inside_actors
        if not inside:
            return
        harmed = {a.country for a in inside}
        sectors = {a.sector for a in inside}
        for side, numbers in (("victims", told.patients), ("doers", told.agents)):
            actors = [self.layers.actors[n] for n in numbers]
            if any(a.country in harmed and a.country for a in actors):
                yield f"of the {side}' country"
            if any(a.sector in sectors and a.country in harmed for a in actors):
                yield f"the {side}"

    @cached_property
    def _inside_actors(self) -> list[ActorMention]:
        known = self.owner.known
        first = bisect_left(known, self.toll.start - self.owner.longest, key=lambda row: row[0])
        last = bisect_left(known, self.toll.end, key=lambda row: row[0])
        return [a for _, end, a in known[first:last] if self.toll.start < end]

    def _before(self, told: Told) -> Iterator[str]:
        """Whether the figures before, or the whole of this one, are told of the act."""
        if self.toll.part_of is not None and self.chosen.get(self.toll.part_of) is told:
            yield "of its whole"
        for other in range(self.number - 1, -1, -1):
            act = self.chosen.get(other)
            head = self.syntax.head_of(self.layers.tolls[other].start, self.layers.tolls[other].end)
            if head is None:
                continue
            away = self.sentence - self.syntax.sentence_of(head.i).number
            if away > _FIGURES:
                break
            if act is None:
                continue
            if act is told:
                yield f"of the figure before {away}"
                if self.layers.tolls[other].kind == self.toll.kind:
                    yield "of the same kind before"
            elif away == 0:
                yield "not of the figure before"
            break
