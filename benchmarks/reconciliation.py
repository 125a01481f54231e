"""One event or two, at size: mentions reconciled a second, and how time grows with their number.

    python benchmarks/reconciliation.py [--mentions 2000 8000 32000 200000] [--seed 7] [--added 100]

The texts are made here, from a seed, to look like news: happenings of eight kinds in invented towns of invented
countries, each told by 1 to 60 reports of three days (Pareto's law, so that few have dozens), in wordings drawn from
templates, with days, towns and particulars told or left out. A report gives a toll on an official's word that may be
another report's no more, recalls up to three earlier happenings of its country's last forty (half of them without a
date, two in five without a place; some as what it answers), and tells its own a second time ("the attack"). Countries
and days grow alike with the size, so that a country's day is as full in the largest collection as in the smallest.
Layers are made along with the words, so only `reconcile` is timed, in processor seconds of one thread; the growth
exponent is the slope between two sizes, and of a line through all of them, on logarithmic scales. B-cubed is over
mentions. The peak of memory is that of the process until then, so ask for one size at a time. Beside it stands what one
would build in an afternoon, in the same run: TF-IDF of each mention's sentence, an inverted index, and single links
from a cosine on (the best of five thresholds); of smaller collections alone, for it keeps every pair. With `--added`
each collection is reconciled once without its last so many reports and then with them: what it costs to do all of it
again, and how many of the earlier events stand as they were (their story, which may have grown, and the reasons for
their joining, which count rivals, aside).
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

import msgspec

from variorum.coding import Ontology
from variorum.linkage import Forest
from variorum.reconciliation import reconcile
from variorum.records import (
    ActorMention,
    Annotation,
    Attribution,
    Block,
    Document,
    EventMention,
    EventTie,
    Origin,
    PlaceMention,
    Provenance,
    ReferenceTime,
    Span,
    TimeExpression,
    TollMention,
)

_SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "den",
    "fir",
    "gol",
    "har",
    "jun",
    "kal",
    "mor",
    "ner",
    "pas",
    "quel",
    "ros",
    "sul",
    "tam",
    "vin",
    "wex",
    "yor",
]
KINDS: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
    ("ASSAULT", "aerial", ("bombed {r} in {p}", "hit {r} from the air in {p}", "sent aircraft against {r} at {p}")),
    ("ASSAULT", "heavy-weapons", ("shelled {r} near {p}", "fired rockets at {r} in {p}", "opened up on {r} at {p}")),
    ("ASSAULT", "firearms", ("shot at {r} in {p}", "ambushed {r} outside {p}", "attacked {r} with rifles at {p}")),
    ("COERCE", "arrest", ("detained {r} in {p}", "arrested {r} at {p}", "took {r} into custody in {p}")),
    ("PROTEST", "demo", ("marched against {r} in {p}", "rallied against {r} at {p}")),
    ("ACCUSE", None, ("accused {r} over {p}", "blamed {r} for what befell {p}")),
    ("CONSULT", "visit", ("met {r} in {p}", "received {r} at {p}")),
    ("SANCTION", "withdraw", ("recalled its envoy from {r} over {p}", "broke off relations with {r} over {p}")),
)
_THINGS = [
    "mill",
    "depot",
    "ferry",
    "school",
    "bridge",
    "market",
    "convoy",
    "clinic",
    "quarry",
    "harbour",
    "barracks",
    "granary",
    "tower",
    "tannery",
]
COLOURS = [
    "the workers of a {t}",
    "a {t} of {c}",
    "guards at the {t}",
    "the {t} beside the river",
    "families who live by a {t}",
]


class Happening(NamedTuple):
    """What the reports tell of: its kind, day, town, sides and what was struck or who was met."""

    kind: int
    day: date
    town: int
    actor: int
    recipient: int
    thing: str


class Made(NamedTuple):
    """Documents with their layers, and which happening each mention tells."""

    documents: list[Document]
    annotations: dict[str, Annotation]
    provenance: Provenance
    truth: dict[tuple[str, int], int]


def name(number: int, syllables: int = 3) -> str:
    """An invented name, the same for a number always."""
    parts = []
    for _ in range(syllables):
        number, rest = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts).capitalize() + (str(number) if number else "")


def made(mentions: int, seed: int) -> Made:
    """Reports with about so many mentions. Countries and days grow with the root of their number, towns with it."""
    draw = random.Random(seed)
    scale = math.sqrt(mentions / 2_000)
    towns, countries, days = max(40, mentions // 25), max(6, round(6 * scale)), max(60, round(60 * scale))
    happenings: list[Happening] = []
    of_country: defaultdict[int, list[int]] = defaultdict(list)
    texts: list[Text] = []
    told = 0
    while told < mentions:
        actor = draw.randrange(countries)
        recipient = (actor + draw.randrange(1, min(countries, 5))) % countries
        town = recipient + countries * draw.randrange(max(1, towns // countries))
        day = date(1990, 1, 1) + timedelta(days=draw.randrange(days))
        own = len(happenings)
        happenings.append(Happening(draw.randrange(len(KINDS)), day, town, actor, recipient, draw.choice(COLOURS)))
        for _ in range(min(60, int(draw.paretovariate(1.1)))):
            late = draw.randrange(3)
            text = Text(f"d{len(texts):06}", day + timedelta(days=late))
            text.tell(own, happenings[own], draw, main=True)
            text.count(own % 23 + 2 + late * draw.randrange(2), happenings[own], draw)
            if draw.random() < 0.4:
                text.tell_again(own, happenings[own])
            earlier = [h for h in of_country[actor][-40:] if happenings[h].day <= day and h != own]
            for other in draw.sample(earlier, min(len(earlier), draw.randrange(4))):
                text.tell(other, happenings[other], draw, main=False)
            texts.append(text)
            told += len(text.events)
        of_country[actor].append(own)
        of_country[recipient].append(own)
    return _whole(texts)


def _whole(texts: Sequence[Text]) -> Made:
    origins = tuple(Origin(id=f"o-{text.id}", documents=(text.id,)) for text in texts)
    provenance = Provenance(derivations=(), origins=origins, origin_of={text.id: f"o-{text.id}" for text in texts})
    truth = {(text.id, index): happening for text in texts for index, happening in enumerate(text.told)}
    return Made([t.document for t in texts], {t.id: t.annotation for t in texts}, provenance, truth)


class Text:
    """A report under construction."""

    def __init__(self, id_: str, day: date) -> None:
        self.id, self.day = id_, day
        self.text = ""
        self.times: list[TimeExpression] = []
        self.places: list[PlaceMention] = []
        self.actors: list[ActorMention] = []
        self.events: list[EventMention] = []
        self.tolls: list[TollMention] = []
        self.attributions: list[Attribution] = []
        self.ties: list[EventTie] = []
        self.told: list[int] = []

    def tell(self, number: int, happening: Happening, draw: random.Random, *, main: bool) -> None:
        """One paragraph on a happening."""
        type_, mode, templates = KINDS[happening.kind]
        verb, _, rest = draw.choice(templates).partition(" ")
        before, _, behind = rest.partition("{p}")
        sentence = Pieces(len(self.text) + bool(self.text))
        doer = self.party(happening.actor, sentence)
        at = sentence.put(verb)
        head, _, tail = before.partition("{r}")
        sentence.put(head.strip())
        done_to = self.party(happening.recipient, sentence)
        sentence.put(tail.strip())
        place = self.town(happening, sentence) if main or draw.random() < 0.6 else None
        sentence.put(behind.strip())
        when = self._day(happening, sentence) if draw.random() < (0.8 if main else 0.5) else None
        detail = happening.thing.format(t=_THINGS[number % len(_THINGS)], c=name(happening.town + 7_000))
        if main or draw.random() < 0.5:
            sentence.put(f"where {detail} {self.way(draw)}")
        tie = sentence.put("in answer to which all this was done") if not main and draw.random() < 0.2 else None
        self.end(sentence)
        if tie is not None:
            source, target = self.events[0].mentions[0], at
            ends: dict[str, Any] = {"sources": (0,), "targets": (len(self.events),), "source": source, "target": target}
            self.ties.append(EventTie(start=tie.start, end=tie.end, kind="responds-to", **ends))
        where: dict[str, Any] = {"start": at.start, "end": at.end, "trigger": verb, "mentions": (at,)}
        self.events.append(
            EventMention(type=type_, mode=mode, actors=(doer,), recipients=(done_to,), place=place, time=when, **where)
        )
        self.told.append(number)

    def way(self, draw: random.Random) -> str:
        """What is said of the thing that was struck."""
        return "stood in the way"

    def count(self, number: int, happening: Happening, draw: random.Random) -> None:
        """A sentence on the dead, on the word of a ministry, where there was force."""
        if KINDS[happening.kind][0] != "ASSAULT":
            return
        sentence = Pieces(len(self.text) + 1)
        official = self.party(happening.recipient if draw.random() < 0.8 else happening.actor, sentence)
        cue = sentence.put("said")
        said = sentence.put(f"{number} people were killed")
        self.end(sentence)
        speaker = self.actors[official].name
        source = Span(self.actors[official].start, self.actors[official].end)
        told: dict[str, Any] = {"speaker": speaker, "speaker_actor": official}
        self.attributions.append(Attribution(source=(source,), cue=(cue,), content=(said,), stance="asserts", **told))
        end = said.start + len(str(number)) + len(" people")
        toll = TollMention(
            start=said.start, end=end, text=f"{number} people", kind="killed", low=number, high=number, group="people",
            cue=Span(said.end - len("killed"), said.end), **told,
        )  # fmt: skip
        self.tolls.append(toll)
        self.events[-1] = msgspec.structs.replace(self.events[-1], tolls=(len(self.tolls) - 1,))

    def tell_again(self, number: int, happening: Happening) -> None:
        """The happening once more, by its kind alone."""
        type_, mode, _ = KINDS[happening.kind]
        sentence = Pieces(len(self.text) + 1)
        sentence.put("Nobody had foreseen the")
        at = sentence.put("attack" if type_ == "ASSAULT" else "step")
        self.end(sentence)
        self.events.append(
            EventMention(
                start=at.start, end=at.end, trigger=sentence.text.split()[-1], mentions=(at,), type=type_, mode=mode
            )
        )
        self.told.append(number)

    def end(self, sentence: Pieces) -> None:
        self.text += ("\n" if self.text else "") + sentence.text + "."

    def party(self, country: int, sentence: Pieces) -> int:
        called, code = name(country + 900, 2) + "land", f"{country:03}"
        span = sentence.put(called)
        self.actors.append(
            ActorMention(
                start=span.start, end=span.end, text=called, name=called, key=f"{code}:GOV:{called.lower()}",
                country=code, sector="GOV",
            )
        )  # fmt: skip
        return len(self.actors) - 1

    def town(self, happening: Happening, sentence: Pieces) -> int:
        called = name(happening.town)
        span = sentence.put(called)
        lat, lon = (happening.town * 7.3) % 120 - 60, (happening.town * 11.9) % 340 - 170
        self.places.append(
            PlaceMention(
                start=span.start, end=span.end, text=called, name=called, country=f"{happening.recipient:03}",
                precision="city", geonameid=happening.town + 1, lat=lat, lon=lon,
            )
        )  # fmt: skip
        return len(self.places) - 1

    def _day(self, happening: Happening, sentence: Pieces) -> int:
        words = f"on {happening.day:%d %B %Y}"
        span, iso = sentence.put(words), happening.day.isoformat()
        self.times.append(
            TimeExpression(start=span.start, end=span.end, text=words, type="DATE", value=iso, earliest=iso, latest=iso)
        )
        return len(self.times) - 1

    @property
    def document(self) -> Document:
        blocks, start = [], 0
        for line in self.text.split("\n"):
            blocks.append(Block(start=start, end=start + len(line), kind="body"))
            start += len(line) + 1
        iso = self.day.isoformat()
        return Document(
            id=self.id, page=self.id, source=self.id, text=self.text, blocks=tuple(blocks), published=iso,
            outlet=f"{name(hash_of(self.id) % 400)} Post", language="en",
        )  # fmt: skip

    @property
    def annotation(self) -> Annotation:
        iso = self.day.isoformat()
        return Annotation(
            document=self.id,
            reference=ReferenceTime(basis="published", earliest=iso, latest=iso),
            times=tuple(self.times),
            places=tuple(self.places),
            actors=tuple(self.actors),
            attributions=tuple(self.attributions),
            tolls=tuple(self.tolls),
            events=tuple(self.events),
            ties=tuple(self.ties),
        )


def hash_of(words: str) -> int:
    """A number that no seed of the interpreter changes."""
    return sum((at + 1) * ord(sign) for at, sign in enumerate(words))


class Pieces:
    """A sentence grown piece by piece at an offset."""

    def __init__(self, offset: int) -> None:
        self._offset = offset
        self.text = ""

    def put(self, words: str) -> Span:
        if words:
            self.text += (" " if self.text else "") + words
        end = self._offset + len(self.text)
        return Span(end - len(words), end)


def simple(made_: Made) -> tuple[float, float, float]:
    """Seconds, B-cubed F1 and threshold of TF-IDF with an inverted index and single links."""
    begun = time.process_time()
    bags: dict[str, Counter[str]] = {}
    for document in made_.documents:
        lines = document.text.split("\n")
        for index, event in enumerate(made_.annotations[document.id].events):
            line = lines[document.text.count("\n", 0, event.start)]
            bags[f"{document.id}#{index}"] = Counter(line.lower().rstrip(".").split())
    seen = Counter(word for bag in bags.values() for word in bag)
    weights: dict[str, dict[str, float]] = {}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for id_, bag in bags.items():
        raw = {word: count * math.log(len(bags) / seen[word]) for word, count in bag.items()}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        weights[id_] = {word: value / length for word, value in raw.items()}
        for word in bag:
            if seen[word] <= 200:
                holders[word].append(id_)
    pairs = sorted({pair for ids in holders.values() for pair in combinations(sorted(ids), 2)})
    cosines = [(sum(v * weights[b].get(w, 0.0) for w, v in weights[a].items()), a, b) for a, b in pairs]
    spent, best = time.process_time() - begun, (0.0, 0.0)
    for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
        forest = Forest(sorted(bags))
        for cosine, a, b in cosines:
            if cosine >= threshold:
                forest.join(a, b)
        groups = {id_: number for number, group in enumerate(forest.groups()) for id_ in group}
        answer = {key: groups[f"{key[0]}#{key[1]}"] for key in made_.truth}
        best = max(best, (b_cubed(made_.truth, answer), threshold))
    return spent, *best


def b_cubed(truth: dict[tuple[str, int], int], answer: dict[tuple[str, int], Any]) -> float:
    gold, given = Counter(truth.values()), Counter(answer.values())
    both = Counter((truth[key], answer[key]) for key in truth)
    precision = sum(both[truth[key], answer[key]] / given[answer[key]] for key in truth) / len(truth)
    recall = sum(both[truth[key], answer[key]] / gold[truth[key]] for key in truth) / len(truth)
    return 2 * precision * recall / (precision + recall)


PEER_MOST = 20_000
"""Mentions up to which the peer is run: it keeps every pair that shares a word."""


def measured(sizes: Sequence[int], seed: int) -> Iterator[tuple[str, int, float, float]]:
    """System, mentions, seconds and B-cubed F1 for each size."""
    scales = Ontology.load().scales()
    for size in sizes:
        case = made(size, seed)
        begun = time.process_time()
        result = reconcile(case.documents, case.annotations, case.provenance, scales=scales)
        spent = time.process_time() - begun
        answer = {(key.document, key.index): event.id for event in result.events for key in event.mentions}
        yield "reconcile", len(case.truth), spent, b_cubed(case.truth, answer)
        if size > PEER_MOST:
            continue
        seconds, score, threshold = simple(case)
        yield f"TF-IDF, links from {threshold}", len(case.truth), seconds, score


def extended(size: int, seed: int, added: int) -> tuple[int, float, float, float]:
    """Mentions, seconds without the last `added` reports and with them, and the share of the earlier events that none
    of these changes."""
    scales, case = Ontology.load().scales(), made(size, seed)
    seconds, events = [], []
    for documents in (case.documents[:-added], case.documents):
        begun = time.process_time()
        annotations = {document.id: case.annotations[document.id] for document in documents}
        result = reconcile(documents, annotations, case.provenance, scales=scales)
        seconds.append(time.process_time() - begun)
        events.append({e.id: msgspec.structs.replace(e, story="", explanation=()) for e in result.events})
    same = sum(events[1].get(id_) == event for id_, event in events[0].items())
    return len(case.truth), seconds[0], seconds[1], same / len(events[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, nargs="+", default=[2_000, 8_000, 32_000, 200_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--added", type=int, help="measure what so many more reports change, and nothing else")
    options = parser.parse_args()
    if options.added:
        for size in options.mentions:
            mentions, before, after, same = extended(size, options.seed, options.added)
            print(f"{mentions:8,} mentions {before:9.2f} s, with {options.added} more reports {after:9.2f} s  "
                  f"{same:.1%} of the events stand", flush=True)  # fmt: skip
        return
    seen: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for system, mentions, seconds, score in measured(options.mentions, options.seed):
        row = f"{system:24} {mentions:8,} mentions {seconds:9.2f} s {mentions / seconds:9,.0f} a second  B³ {score:.3f}"
        points = seen[system.split(",")[0]]
        points.append((math.log(mentions), math.log(seconds)))
        if system == "reconcile":
            row += f"  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576:.1f} GB"
        if len(points) > 1:
            row += f"  growth n^{slope(points[-2:]):.2f}, over all n^{slope(points):.2f}"
        print(row, flush=True)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line that fits points best (least squares)."""
    x, y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


if __name__ == "__main__":
    main()
