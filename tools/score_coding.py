"""Score the coded events on the gold of tests/gold/coding.

    python tools/score_coding.py --half tune [--ids odd] [--errors] [--json]

A found event answers a gold one where its trigger, or another mention of it, overlaps a mention of the gold event; of
several the one that agrees most. It is exact where type, actors, recipients and status are the gold's: each gold role
overlaps a found one, each found one overlaps a gold role or one that may be returned, and the two sides of a reciprocal
event are taken together. Mode is told apart. Found events on triggers that the gold marks optional count neither way.
A role is confused where an event's found actors are the gold's recipients, or the reverse. `exact_meant` judges roles
by who is meant: a pronoun also stands for the mention that it refers to ("they" for "the gunmen"), for the gold marks
one of the two and takes the other as optional.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from gold import among, annotated, arguments, f1, overlap, read, share
from variorum.records import AnnotatedDocument, EventMention

Spans = list[tuple[int, int]]


class Judged(NamedTuple):
    """One gold event, the found one that answers it, if any, and which of its fields are right."""

    gold: dict[str, Any]
    found: EventMention | None
    type: bool = False
    mode: bool = False
    actors: bool = False
    recipients: bool = False
    status: bool = False
    confused: bool = False
    meant: bool = False

    @property
    def exact(self) -> bool:
        return self.type and self.actors and self.recipients and self.status

    @property
    def exact_meant(self) -> bool:
        return self.type and self.meant and self.status


class Item(NamedTuple):
    """One gold item: its events judged, and the found events that answer none and are not optional."""

    row: dict[str, Any]
    document: AnnotatedDocument
    events: list[Judged]
    spurious: list[EventMention]

    @property
    def right(self) -> bool:
        return not self.spurious and all(one.exact for one in self.events)


def score(half: str, ids: str | None = None) -> list[Item]:
    rows = among(ids, read("coding", half))
    return [item(row, line) for row, line in zip(rows, annotated(rows, ["actors", "events"]), strict=True)]


def item(row: dict[str, Any], document: AnnotatedDocument) -> Item:
    """Pair gold and found events one to one, those that agree most first."""
    gold, found = row["gold"]["events"], document.events
    pairs = sorted(
        ((-_agreement(judge), g, f, judge) for g, wanted in enumerate(gold) for f, event in enumerate(found)
         if touches(wanted, event) and (judge := judged(wanted, event, document))),
        key=lambda pair: pair[:3],
    )  # fmt: skip
    answers: dict[int, Judged] = {}
    taken: set[int] = set()
    for _, g, f, judge in pairs:
        if g not in answers and f not in taken:
            answers[g] = judge
            taken.add(f)
    optional = [(a, b) for a, b in row["gold"].get("optional", ())]
    spurious = [
        event
        for f, event in enumerate(found)
        if f not in taken and not any(overlap((event.start, event.end), span) for span in optional)
    ]
    return Item(row, document, [answers.get(g, Judged(wanted, None)) for g, wanted in enumerate(gold)], spurious)


def touches(gold: dict[str, Any], found: EventMention) -> bool:
    wanted = [gold["trigger"], *gold.get("mentions", ())]
    told = [(found.start, found.end), *((span.start, span.end) for span in found.mentions)]
    return any(overlap(one, (a, b)) for one in told for a, b in wanted)


def judged(gold: dict[str, Any], found: EventMention, document: AnnotatedDocument) -> Judged:
    actors, recipients = _spans(gold["actors"]), _spans(gold["recipients"])
    spare = _spans(gold.get("roles_optional", ()))
    told = [[(document.actors[n].start, document.actors[n].end) for n in side] for side in _sides(found)]
    meant = _meant(gold, [[_line(n, document) for n in side] for side in _sides(found)])
    if gold.get("reciprocal"):
        both = same(actors + recipients, told[0] + told[1], spare)
        sides = (both, both)
        confused = False
    else:
        sides = (same(actors, told[0], spare), same(recipients, told[1], spare))
        confused = (_meet(actors, told[1]) and not _meet(actors, told[0])) or (
            _meet(recipients, told[0]) and not _meet(recipients, told[1])
        )
    type_ = found.type in (gold["type"], *gold.get("types_ok", ()))
    modes = (gold["mode"], *gold.get("modes_ok", ()))
    mode = type_ and (found.mode in modes or (found.type != gold["type"] and not gold.get("modes_ok")))
    status = found.status in (gold["status"], *gold.get("status_ok", ()))
    return Judged(gold, found, type_, mode, *sides, status, confused, meant)


def _line(n: int, document: AnnotatedDocument) -> Spans:
    """The spans of a mention and of those that it refers to, one by one."""
    spans: Spans = []
    at: int | None = n
    while at is not None and (span := (document.actors[at].start, document.actors[at].end)) not in spans:
        spans.append(span)
        at = document.actors[at].antecedent
    return spans


def _meant(gold: dict[str, Any], told: Sequence[Sequence[Spans]]) -> bool:
    """Whether both sides are right by who is meant; each found role is given by all the spans that it stands for."""
    actors, recipients = _spans(gold["actors"]), _spans(gold["recipients"])
    spare = _spans(gold.get("roles_optional", ()))

    def right(wanted: Spans, found: Sequence[Spans]) -> bool:
        every = [span for line in found for span in line]
        return all(_meet([one], every) for one in wanted) and all(_meet(line, wanted + spare) for line in found)

    if gold.get("reciprocal"):
        return right(actors + recipients, [*told[0], *told[1]])
    return right(actors, told[0]) and right(recipients, told[1])


def same(gold: Spans, found: Spans, spare: Spans) -> bool:
    """Whether each gold role is found and nothing is found but gold roles and those that may be returned."""
    return all(_meet([one], found) for one in gold) and all(_meet([one], gold + spare) for one in found)


def _meet(some: Spans, others: Spans) -> bool:
    return any(overlap(one, other) for one in some for other in others)


def _spans(raw: Iterable[Sequence[int]]) -> Spans:
    return [(start, end) for start, end in raw]


def _sides(found: EventMention) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return found.actors, found.recipients


def _agreement(one: Judged) -> int:
    return 8 * one.exact + 4 * one.type + 2 * (one.actors + one.recipients) + one.status


def figures(items: Sequence[Item]) -> dict[str, Any]:
    """Exact F1 with precision and recall, each field's share of the events found, items right, roles confused."""
    events = [one for each in items for one in each.events]
    answered = [one for one in events if one.found is not None]
    exact, given = sum(one.exact for one in events), len(answered) + sum(len(each.spurious) for each in items)
    fields = {
        field: share(sum(getattr(one, field) for one in answered), len(answered))
        for field in ("type", "mode", "actors", "recipients", "status")
    }
    return {
        "items": len(items),
        "events": len(events),
        "exact_f1": f1(exact, given, len(events)),
        "exact_meant": f1(sum(one.exact_meant for one in events), given, len(events)),
        "precision": share(exact, given),
        "recall": share(exact, len(events)),
        "found": share(len(answered), len(events)),
        **fields,
        "items_right": share(sum(each.right for each in items), len(items)),
        "spurious": sum(len(each.spurious) for each in items),
        "confused": sum(one.confused for one in events),
        "swapped_confused": sum(
            one.confused for each in items if each.row.get("contrast") == "actor-swapped" for one in each.events
        ),
    }


def show(one: Item) -> None:
    """Print an item's misses: "-" a gold event not found, "~" found otherwise, "+" found and no event."""
    text, actors = one.row["text"], one.document.actors

    def told(event: EventMention) -> str:
        sides = [[actors[n].text for n in side] for side in _sides(event)]
        return f"{event.trigger!r} {event.type}/{event.mode} {sides[0]} → {sides[1]} {event.status}"

    lines = []
    for judge in one.events:
        gold = judge.gold
        sides = [[text[a:b] for a, b in gold[side]] for side in ("actors", "recipients")]
        trigger = text[slice(*gold["trigger"])]
        wanted = f"{trigger!r} {gold['type']}/{gold['mode']} {sides[0]} → {sides[1]} {gold['status']}"
        if judge.found is None:
            lines.append(f"  - {wanted}")
        elif not judge.exact:
            wrong = [field for field in ("type", "actors", "recipients", "status") if not getattr(judge, field)]
            lines.append(f"  ~ {','.join(wrong)}: {wanted} | {told(judge.found)}")
    lines += [f"  + {told(event)}" for event in one.spurious]
    if lines:
        print(f"== {one.row['id']} ({one.row['construction']})\n{text}", *lines, sep="\n")


def main() -> None:
    options = arguments(__doc__)
    items = score(options.half, options.ids)
    by_construction: defaultdict[str, list[Item]] = defaultdict(list)
    for one in items:
        by_construction[one.row["construction"]].append(one)
        if options.errors:
            show(one)
    every = {"all": figures(items), **{name: figures(by_construction[name]) for name in sorted(by_construction)}}
    if options.json:
        print(json.dumps({"half": options.half, **every}))
        return
    names = list(every["all"])
    print(f"{'':14}" + "".join(f"{name[:10]:>11}" for name in names))
    for name, told in every.items():
        print(f"{name:14}" + "".join(f"{told[each]:>11}" for each in names))


if __name__ == "__main__":
    main()
