"""The scene of a text: where and when its events are, for those that it tells without a place or a time of their own.

A report sets its scene once and goes on in it. Where all events that a text places lie in one country, the others do
too, as finely as that; and what a paragraph tells after a dated event is of that day, until it says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from variorum.records import Annotation, Document, EventMention, Feature, PlaceMention, Syntax, TimeExpression
from variorum.world.states import States

from .circumstances import is_common_word
from .merging import Group

_REAL = frozenset({"actual", "ongoing", "historical"})
_STATES = frozenset({"GOV", "MIL", "SPY", "COP"})
_ABROAD = frozenset({"GOV", "MIL"})
_DAY = 10  # characters of an ISO day
_NUMBER = re.compile(r"\b\d{1,2}\b")


class Scene:
    """Looks them up over the events of one text. `reach` is how many sentences back a day holds."""

    def __init__(
        self, document: Document, annotation: Annotation, syntax: Syntax, groups: Sequence[Group], reach: int
    ) -> None:
        self.annotation = annotation
        self._names = [n for n, p in enumerate(annotation.places) if not is_common_word(p, syntax)]
        self.reach = reach
        self.share, self.least, self.dominance = 0.5, 4, 5
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
        self._country = self._main()
        self._land, self._told = self._backdrop(document)
        self.is_dated = self._told is not None  # the text opens as a report from somewhere
        self._days = frozenset(
            syntax.sentence_of(head.i).number
            for time in annotation.times
            if time.type == "DATE" and (head := syntax.head_of(time.start, time.end)) is not None
        )

    def _backdrop(self, document: Document) -> tuple[int | None, int | None]:
        """The indices of a place and a time that are added to the layers: the country, where only its towns are named,
        and the days up to that of the dateline."""
        places, times = self.annotation.places, self.annotation.times
        state = States.load().by_iso2(self._country)
        town = next((n for n, p in enumerate(places) if self._country and p.country == self._country), None)
        reported = self._dateline(document)
        land = told = None
        if state is not None and town is not None:
            land, at = len(places), places[town]
            why = Feature(name="country", value=1.0, weight=1.0, note=f"the country of {at.text!r}")
            whole = PlaceMention(start=at.start, end=at.end, text=at.text, name=state.name, geonameid=state.geonameid,
                                 lat=state.lat, lon=state.lon, country=state.iso2, precision="country",
                                 chosen_by=(why,))  # fmt: skip
            places = (*places, whole)
        if reported is not None:
            told, times = len(times), (*times, reported)
        self.annotation = msgspec.structs.replace(self.annotation, places=places, times=times)
        return land, told

    def _dateline(self, document: Document) -> TimeExpression | None:
        """The days up to that of the dateline, where it names the day of the text."""
        reference = self.annotation.reference
        day = (reference.latest or "")[:_DAY]
        block = next((b for b in document.blocks if b.kind == "dateline"), None)
        if block is None or len(day) < _DAY or reference.earliest is None or reference.earliest[:_DAY] != day:
            return None
        words = document.text[block.start : block.end]
        if int(day[-2:]) not in {int(number) for number in _NUMBER.findall(words)}:
            return None
        return TimeExpression(start=block.start, end=block.end, text=words, type="DATE", value="PAST_REF", latest=day)

    def _weights(self) -> Counter[str]:
        """How often the text names each country, as alpha-2: by a place, each name once, or by an actor of it; those
        named first stand first."""
        states, at = States.load(), self.annotation.places
        named = dict.fromkeys((at[n].name, at[n].country) for n in self._names)
        found: Counter[str] = Counter(country for _, country in named if country)
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
        country = self._country
        if country is None or group.head.candidate.status not in _REAL or self._is_abroad(group, country):
            return None
        if any(t.candidate.answering for t in group.members):
            return None  # what is struck back at lies with the other side
        at = self.annotation.places
        near = (n for t in group.members for n in t.nearby)
        if any(at[n].country not in (country, None) and not self._is_slight(n, country) for n in near):
            return None
        coarse = [n for n in self._names if at[n].country == country and at[n].precision == "country"]
        if coarse:
            return coarse[0]
        here = group.head.sentence
        before = [p for sentence, _, p in self._placed if here - self.reach <= sentence <= here]
        if before and at[before[-1]].country == country:
            return before[-1]
        return self._land

    def _is_slight(self, number: int, country: str) -> bool:
        """A place in a country that the text names seldom beside the one that it is about."""
        other = self.annotation.places[number].country
        slight = other is not None and self._weight[other] * self.dominance <= self._weight[country]
        return self.is_stray(number) or (slight and self.annotation.places[number].precision != "country")

    def _is_abroad(self, group: Group, country: str) -> bool:
        """Whether those of another country act, or undergo it at the hands of a state: "killed two tourists" may be of
        the country that the text is about, where no army or government did it."""
        actors, states = self.annotation.actors, States.load()
        state = states.by_iso2(country)
        agents, patients = ([actors[n] for n in side] for side in (group.agents(), group.patients()))
        reaching = any(a.sector in _STATES for a in agents) or any(p.sector in _ABROAD for p in patients)
        sides = (*agents, *patients) if reaching else agents
        if not reaching:  # a band of outlaws may bear the name of one abroad
            seldom = self._weight[country] / self.dominance
            iso2 = {a.country: s.iso2 for a in sides if (s := states.by_iso3(a.country or "")) is not None}
            sides = tuple(a for a in sides if self._weight[iso2.get(a.country) or ""] > seldom)
        return any(a.country is not None and (state is None or a.country != state.iso3) for a in sides)

    def _main(self) -> str | None:
        """The country that most of what the text names belongs to."""
        ((country, count),) = self._weight.most_common(1) or [("", 0)]
        return country if count and count >= self.share * sum(self._weight.values()) else None

    def time(self, group: Group) -> int | None:
        """The day of the event told last before in the same paragraph, or in the sentence before, for what goes on
        telling: a verb of the main clause, in a sentence that names no day of its own."""
        found = self._day_before(group)
        return found if found is not None else self._by_dateline(group)

    def _by_dateline(self, group: Group) -> int | None:
        """What a report tells as done was done by its day."""
        return self._told if group.head.candidate.status == "actual" else None

    def _day_before(self, group: Group) -> int | None:
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


def with_scene(given: Annotation, scene: Annotation, events: tuple[EventMention, ...]) -> Annotation:
    """The given annotation with the places and times that a scene added behind its own, where an event has one."""
    places = any(e.place is not None and e.place >= len(given.places) for e in events)
    times = any(e.time is not None and e.time >= len(given.times) for e in events)
    return msgspec.structs.replace(
        given, places=scene.places if places else given.places, times=scene.times if times else given.times
    )
