"""Short reports of a world's news, made up from a seed: what the benchmark of scale collates.

A report has some 150 tokens: what happened in a real town between real states, a toll on an official's word, up to two
earlier happenings that it recalls, and sentences about nothing that is coded. One happening is told by 1 to 60 reports
of three days (Pareto's law). States, towns and days are many, and as many for each thousand reports at every size, so
that a state's day is as full in the largest collection as in the smallest. With a share of copies, that many reports
are another outlet's: in turn the very text, with a line of its own, or cut.

Layers are made along with the words of each report, much as the pipeline would make them, so that what comes after
them can be measured without hours of parsing.
"""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from reconciliation import COLOURS, KINDS, Happening, Pieces, Text, hash_of, name
from variorum.packaged import data_lines
from variorum.records import ActorMention, Annotation, PlaceMention
from variorum.world.gazetteer import Gazetteer
from variorum.world.states import State, States
from variorum.world.words import stem, word_ranks

TOKENS = 150
"""Of a report, about."""

_A_DAY = 150  # reports of one day, so that days grow with the collection; a mid-sized feed of the world
_MOST = 60  # reports of one happening
_RECALLED = 40  # of a state's last happenings, those that may be recalled
_BEGUN = date(2016, 1, 1)
_WORDS = 17  # of a sentence about nothing, about
_ORDINARY = 9_000  # nouns that sentences about nothing are made of


@cache
def _nouns() -> tuple[str, ...]:
    """Ordinary nouns, of the packaged list of nouns those that stand in the list of frequent words."""
    ranks = word_ranks()
    found = {line.split("\t")[0] for line in data_lines("nouns.tsv.gz")[1:]}
    plain = sorted(noun for noun in found if noun.isalpha() and 3 < len(noun) < 10 and stem(noun) in ranks)
    return tuple(plain[:: max(1, len(plain) // _ORDINARY)])


class World(NamedTuple):
    """What a collection is about: states, and towns of each."""

    states: list[State]
    towns: list[list[tuple[int, str, float, float]]]

    @staticmethod
    def of(states: int, towns: int) -> World:
        """The most populous states that have towns, and the largest towns of each, by the packaged gazetteer."""
        found: dict[str, list[tuple[int, str, float, float]]] = defaultdict(list)
        with sqlite3.connect(f"{Gazetteer.open().path.absolute().as_uri()}?mode=ro", uri=True) as connection:
            query = "SELECT id, name, countries, lat, lon FROM place WHERE kind = 'city' AND id > 0"
            for id_, called, country, lat, lon in connection.execute(f"{query} ORDER BY population DESC"):
                if called.isalpha() and len(found[country]) < towns:
                    found[country].append((id_, called, lat, lon))
        chosen = [s for s in States.load() if s.iso2 and s.iso3 and s.name.isalpha() and len(found[s.iso2]) == towns]
        return World(chosen[:states], [found[state.iso2 or ""] for state in chosen[:states]])


class Report(Text):
    """One report under construction, about a world."""

    def __init__(self, id_: str, day: date, world: World) -> None:
        super().__init__(id_, day)
        self.outlet = f"The {name(hash_of(id_) % 400)} Post"
        self._world = world

    def fill(self, draw: random.Random) -> None:
        """Sentences about nothing until the report is as long as reports are."""
        while len(self.text.split()) < TOKENS - _WORDS:
            called = name(draw.randrange(12_000) + 5_000)
            a, b, c, d, e, f, g = draw.choices(_nouns(), k=7)
            sentence = Pieces(len(self.text) + 1)
            sentence.put(f"The {a} of {called} kept its {b} {c}, with a {d} for the {e} and some {f} {g}")
            self.end(sentence)

    def way(self, draw: random.Random) -> str:
        a, b, c = draw.choices(_nouns(), k=3)
        return f"had a {a} by the {b} and a {c}"

    def party(self, country: int, sentence: Pieces) -> int:
        state = self._world.states[country]
        span = sentence.put(state.name)
        self.actors.append(
            ActorMention(
                start=span.start, end=span.end, text=state.name, name=state.name, key=f"{state.iso3}:GOV",
                country=state.iso3, sector="GOV",
            )
        )  # fmt: skip
        return len(self.actors) - 1

    def town(self, happening: Happening, sentence: Pieces) -> int:
        id_, called, lat, lon = self._world.towns[happening.recipient][happening.town]
        span = sentence.put(called)
        self.places.append(
            PlaceMention(
                start=span.start, end=span.end, text=called, name=called, precision="city", geonameid=id_,
                country=self._world.states[happening.recipient].iso2, lat=lat, lon=lon,
            )
        )  # fmt: skip
        return len(self.places) - 1


class Filed(NamedTuple):
    """A report as an outlet filed it: its record, and its layers where they were made along."""

    record: dict[str, str]
    annotation: Annotation | None


def reports(count: int, seed: int, copies: float = 0.0) -> Iterator[Filed]:
    """So many reports; the same for equal arguments, and the first of more are not those of fewer."""
    world = World.of(60, 60)
    draw = random.Random(seed)
    originals = round(count * (1 - copies))
    days = max(20, originals // _A_DAY)
    of_state: defaultdict[int, list[Happening]] = defaultdict(list)
    told, number = 0, 0
    kept: list[Filed] = []
    while told < originals:
        actor = draw.randrange(len(world.states))
        recipient = (actor + draw.randrange(1, 5)) % len(world.states)
        day = _BEGUN + timedelta(days=draw.randrange(days))
        town = draw.randrange(len(world.towns[recipient]))
        own = Happening(draw.randrange(len(KINDS)), day, town, actor, recipient, draw.choice(COLOURS))
        earlier = [each for each in of_state[actor][-_RECALLED:] if each.day <= day]
        for _ in range(min(_MOST, int(draw.paretovariate(1.1)), originals - told)):
            filed = _filed(_report(told, number, own, (earlier, world), draw))
            told += 1
            if copies and len(kept) < 5_000:
                kept.append(filed)
            yield filed
        of_state[actor].append(own)
        of_state[recipient].append(own)
        number += 1
    for copy in range(count - originals):
        yield _copy(kept[copy % len(kept)], copy)


def _report(
    told: int, number: int, own: Happening, known: tuple[list[Happening], World], draw: random.Random
) -> Report:
    earlier, world = known
    late = draw.randrange(3)
    report = Report(f"r{told:06}", own.day + timedelta(days=late), world)
    report.tell(number, own, draw, main=True)
    report.count(number % 23 + 2 + late * draw.randrange(2), own, draw)
    if draw.random() < 0.4:
        report.tell_again(number, own)
    for other in draw.sample(earlier, min(len(earlier), draw.randrange(3))):
        report.tell(hash_of(other.thing) + other.town, other, draw, main=False)
    report.fill(draw)
    return report


def _filed(report: Report) -> Filed:
    record = {
        "id": report.id, "text": report.text, "published": report.day.isoformat(), "outlet": report.outlet,
        "language": "en",
    }  # fmt: skip
    return Filed(record, report.annotation)


def _copy(of: Filed, number: int) -> Filed:
    """A copy by another outlet: in turn the very text, the text with a line of its own, and the text cut."""
    lines = of.record["text"].split("\n")
    if number % 3 == 1:
        lines.append(f"The Harbour Post {number} was first with this report.")
    elif number % 3 == 2:
        lines = lines[: max(1, len(lines) * 2 // 3)]
    text = "\n".join(lines)
    record = {**of.record, "id": f"c{number:06}", "text": text, "outlet": f"The Harbour Post {number}"}
    return Filed(record, of.annotation if len(text) >= len(of.record["text"]) else None)
