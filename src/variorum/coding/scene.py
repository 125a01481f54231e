"""The scene of a text: where and when its events are, for those that it tells without a place or a time of their own.

A report sets its scene once and goes on in it. Where all events that a text places lie in one country, the others do
too, as finely as that; and what a paragraph tells after a dated event is of that day, until it says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from variorum.records import Annotation, Syntax
from variorum.world.states import States

from .circumstances import is_common_word
from .merging import Group

_REAL = frozenset({"actual", "ongoing", "historical"})
_DAY = 10  # characters of an ISO day


class Scene:
    """Looks them up over the events of one text. `reach` is how many sentences back a day holds."""

    def __init__(self, annotation: Annotation, syntax: Syntax, groups: Sequence[Group], reach: int) -> None:
        self.annotation = annotation
        self._names = [n for n, p in enumerate(annotation.places) if not is_common_word(p, syntax)]
        self.reach = reach
        self.share, self.least = 0.5, 4
        self._placed = sorted(
            (t.sentence, t.candidate.trigger, t.place) for g in groups for t in g.members if t.place is not None
        )
        self._dated = sorted(
            (t.sentence, t.candidate.trigger, t.time, t.paragraph)
            for g in groups
            for t in g.members
            if t.time is not None and t.candidate.status in ("actual", "ongoing")
        )
        self._weight = self._weights()
        self._days = frozenset(
            syntax.sentence_of(head.i).number
            for time in annotation.times
            if time.type == "DATE" and (head := syntax.head_of(time.start, time.end)) is not None
        )

    def _weights(self) -> Counter[str]:
        """How often the text names each country, as alpha-2: by a place, each name once, or by an actor of it."""
        states, at = States.load(), self.annotation.places
        found: Counter[str] = Counter(c for _, c in {(at[n].name, at[n].country) for n in self._names} if c)
        for country in (a.country for a in self.annotation.actors if a.country):
            state = states.by_iso3(country)
            if state is not None and state.iso2:
                found[state.iso2] += 1
        found.update(c for _, _, p in self._placed if (c := self.annotation.places[p].country))
        return found

    def is_stray(self, number: int) -> bool:
        """A place in a country that nothing else in a text about another one speaks for: a namesake, most likely."""
        place = self.annotation.places[number]
        if place.country is None or place.precision == "country":
            return False
        own = sum(1 for _, _, p in self._placed if p == number) + 1
        most = max(self._weight.values(), default=0)
        return self._weight[place.country] <= own and most >= self.least + own

    def place(self, group: Group) -> int | None:
        """A mention of the country that the text is about, or of that of the event told before; None where it is about
        several, names it nowhere, or tells of an act of, or upon, those of another."""
        country = self._main()
        if country is None or group.head.candidate.status not in _REAL or self._is_abroad(group, country):
            return None
        if any(t.candidate.answering for t in group.members):
            return None  # what is struck back at lies with the other side
        at = self.annotation.places
        if any(at[n].country not in (country, None) for t in group.members for n in t.nearby):
            return None
        coarse = [n for n in self._names if at[n].country == country and at[n].precision == "country"]
        if coarse:
            return coarse[0]
        here = group.head.sentence
        before = [p for sentence, _, p in self._placed if here - self.reach <= sentence <= here]
        if before and at[before[-1]].country == country:
            return before[-1]
        return None

    def _is_abroad(self, group: Group, country: str) -> bool:
        state = States.load().by_iso2(country)
        sides = (self.annotation.actors[n].country for n in (*group.agents(), *group.patients()))
        return any(c is not None and (state is None or c != state.iso3) for c in sides)

    def _main(self) -> str | None:
        """The country that most of what the text names belongs to."""
        ((country, count),) = self._weight.most_common(1) or [("", 0)]
        return country if count and count >= self.share * sum(self._weight.values()) else None

    def time(self, group: Group) -> int | None:
        """The day of the event told last before in the same paragraph, or in the sentence before, for what goes on
        telling: a verb of the main clause, in a sentence that names no day of its own."""
        head = group.head
        if head.candidate.status != "actual" or head.subordinate or all(t.candidate.nominal for t in group.members):
            return None
        if head.description.past_perfect or head.description.order is not None:
            return None
        if any(t.sentence in self._days for t in group.members):
            return None
        before = [
            time
            for sentence, trigger, time, paragraph in self._dated
            if trigger < head.candidate.trigger
            and head.sentence - sentence <= self.reach
            and (paragraph == head.paragraph or head.sentence - sentence <= 1)
        ]
        if not before:
            return None
        expression = self.annotation.times[before[-1]]
        same = (expression.earliest or "")[:_DAY] == (expression.latest or "")[:_DAY]
        return before[-1] if same and len(expression.earliest or "") >= _DAY else None
