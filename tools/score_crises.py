"""Score whole editions on the gold of tests/gold/crises: events, readings, disputes, updates, links, origins.

    python tools/score_crises.py --half tune [--errors] [--json]

All documents of a part are collated at once. An *item* is one gold event in one document that must tell it; the
edition's answer is its event with the most mentions on the gold's there (one of several required ones is enough).
`events` is B-cubed over items; an item without an answer stands alone. Each gold event is then *met* by the edition's
event that answers most of its items, each of those once, most items first. The other figures look at events met:

- `readings`: gold figures found with kind, bounds and speaker (`right`), of all gold figures, those of unmet events
  too; `precision` of the edition's figures that stand on the gold's words.
- `disputes`: kinds of harm of an event marked disputed, as the gold has them.
- `updates`: of the figures that another replaced, and of those in a dispute, the share told right.
- `links`: directed, of an allowed kind; what the gold calls optional neither demanded nor wrong.
- `origins`: events whose number of independent origins is exact; `families` is B-cubed over documents.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

import variorum
from gold import GOLD, arguments, f1, overlap, share
from variorum.pipeline import Edition
from variorum.records import Event, Evidence, Reading
from variorum.world.names import name_key

Span = tuple[int, int]
Row = dict[str, Any]


class Gold(NamedTuple):
    """A part: its documents, and its events, readings, disputes and links under ids that are unique in the part."""

    documents: list[Row]
    events: dict[str, Row]
    readings: dict[str, Row]
    disputes: list[Row]
    links: list[Row]
    families: list[list[str]]
    origins: dict[str, int]


def read(half: str) -> Gold:
    folder = GOLD / "crises"
    documents, crises = (
        [json.loads(line) for line in (folder / f"{half}-{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for name in ("documents", "gold")
    )
    gold = Gold(documents, {}, {}, [], [], [], {})
    for crisis in crises:

        def own(id_: str | None, of: str = crisis["crisis"]) -> str | None:
            return None if id_ is None else f"{of}/{id_}"

        gold.events.update({f"{own(one['id'])}": one for one in crisis["events"]})
        for one in crisis["readings"]:
            named = {key: own(one[key]) for key in ("event", "part_of", "superseded_by")}
            gold.readings[f"{own(one['id'])}"] = {**one, **named}
        for one in crisis["disputes"]:
            gold.disputes.append({**one, "event": own(one["event"]), "readings": [own(id_) for id_ in one["readings"]]})
        gold.links.extend({**one, "from": own(one["from"]), "to": own(one["to"])} for one in crisis["links"])
        gold.families.extend(crisis["families"])
        gold.origins.update({f"{own(id_)}": count for id_, count in crisis["independent_origins"].items()})
    return gold


def collated(documents: Sequence[Row]) -> Edition:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        kept = ("id", "text", "title", "published", "outlet")
        path.write_text("".join(json.dumps({k: row[k] for k in kept if row.get(k)}) + "\n" for row in documents))
        return variorum.collate(path)


# --- which event of the edition answers which of the gold -------------------------------------------------------------


class Answers(NamedTuple):
    """The edition's event for each item (gold event, document), and for each gold event that is met."""

    items: dict[tuple[str, str], str | None]
    met: dict[str, str]


def answers(gold: Gold, edition: Edition) -> Answers:
    told: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for event in edition.events:
        for key in event.mentions:
            annotation = edition.stored(key.document).annotation
            if annotation is not None:
                mentions = annotation.events[key.index].mentions
                told[key.document].extend(((span.start, span.end), event.id) for span in mentions)
    items: dict[tuple[str, str], str | None] = {}
    for id_, event_row in gold.events.items():
        wanted: defaultdict[str, list[Span]] = defaultdict(list)
        for mention_row in event_row["mentions"]:
            if not mention_row["optional"]:
                wanted[mention_row["document"]].append((mention_row["start"], mention_row["end"]))
        for document, spans in wanted.items():
            counts = Counter(one for span, one in told[document] if any(overlap(span, each) for each in spans))
            items[id_, document] = max(sorted(counts), key=lambda one: counts[one]) if counts else None
    shared = Counter((id_, answer) for (id_, _), answer in items.items() if answer is not None)
    met: dict[str, str] = {}
    for (id_, answer), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if id_ not in met and answer not in met.values():
            met[id_] = answer
    return Answers(items, met)


def b_cubed(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Over items, each with its gold cluster and its answer."""
    rows = list(pairs)
    gold, given, both = Counter(a for a, _ in rows), Counter(b for _, b in rows), Counter(rows)
    precision = sum(both[row] / given[row[1]] for row in rows) / len(rows)
    recall = sum(both[row] / gold[row[0]] for row in rows) / len(rows)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": harmonic(precision, recall)}


def harmonic(precision: float, recall: float) -> float:
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


# --- readings ---------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """A gold reading with the edition's reading on the same words, if any, and whether bounds and speaker are right."""

    id: str
    reading: Reading | None
    bounds: bool
    speaker: bool


def flat(event: Event) -> Iterator[tuple[str, Reading]]:
    """Every reading of an event with its kind, wholes before their parts."""
    for toll in event.tolls:
        for reading in toll.readings:
            yield toll.kind, reading
            yield from ((toll.kind, part) for part in reading.parts)


def same_words(one: Iterable[Evidence], other: Sequence[Row]) -> int:
    return sum(
        item.field == "text"
        and item.document == row["document"]
        and bool(overlap((item.start, item.end), (row["start"], row["end"])))
        for item in one
        for row in other
    )


def same_bounds(given: Reading, wanted: Row) -> bool:
    """Equal bounds; "more than 1,000" may begin with 1,000 or the next number."""
    low = given.low
    if low is not None and low - 1 == wanted["low"] and wanted["high"] is None:
        low -= 1
    return (low, given.high) == (wanted["low"], wanted["high"])


def same_speaker(given: str | None, wanted: Sequence[str | None] | None) -> bool:
    if given is None or not wanted:
        return given is None and (not wanted or None in wanted)
    for name in wanted:
        if name is None:
            continue
        a, b = name_key(given), name_key(name)
        if a == b or set(b.split()) <= set(a.split()) or fuzz.ratio(a, b) >= 88:
            return True
    return False


def found_readings(gold: Gold, edition: Edition, met: Mapping[str, str]) -> list[Found]:
    by_id = {event.id: event for event in edition.events}
    found = []
    for id_, row in gold.readings.items():
        best = Found(id_, None, bounds=False, speaker=False)
        if row["event"] in met:
            candidates = [
                Found(
                    id_,
                    reading,
                    bounds=same_bounds(reading, row),
                    speaker=same_speaker(reading.speaker, row["speakers_ok"]),
                )
                for kind, reading in flat(by_id[met[row["event"]]])
                if kind == row["kind"] and same_words(reading.evidence, row["evidence"])
            ]
            best = max(candidates, key=lambda one: (one.bounds, one.speaker), default=best)
        found.append(best)
    return found


def precision_of_readings(gold: Gold, edition: Edition, met: Mapping[str, str]) -> float:
    """Of the edition's figures that stand on the words of a gold figure: right kind, bounds, speaker and event."""
    meets = {answer: id_ for id_, answer in met.items()}
    right = given = 0
    for event in edition.events:
        for kind, reading in flat(event):
            rows = [row for row in gold.readings.values() if same_words(reading.evidence, row["evidence"])]
            given += bool(rows)
            right += any(
                row["event"] == meets.get(event.id)
                and row["kind"] == kind
                and same_bounds(reading, row)
                and same_speaker(reading.speaker, row["speakers_ok"])
                for row in rows
            )
    return share(right, given)


# --- the whole --------------------------------------------------------------------------------------------------------


def score(half: str, errors: list[str] | None = None) -> dict[str, Any]:
    gold = read(half)
    errors = errors if errors is not None else []
    with collated(gold.documents) as edition:
        answered = answers(gold, edition)
        met = answered.met
        found = found_readings(gold, edition, met)
        told = {
            "events": b_cubed(
                (id_, answer or f"{id_} {document}") for (id_, document), answer in answered.items.items()
            ),
            "items_found": share(sum(one is not None for one in answered.items.values()), len(answered.items)),
            "met": share(len(met), len(gold.events)),
            "readings": {
                "found": share(sum(one.reading is not None for one in found), len(found)),
                "bounds": share(sum(one.bounds for one in found), len(found)),
                "right": share(sum(one.bounds and one.speaker for one in found), len(found)),
                "precision": precision_of_readings(gold, edition, met),
            },
            "disputes": _disputes(gold, edition, met, errors),
            "updates": _updates(gold, found, errors),
            "links": _links(gold, edition, met, errors),
            "origins": _origins(gold, edition, met, errors),
            "families": _families(gold, edition),
        }
        _explain(gold, edition, answered, found, errors)
    return told


def _disputes(gold: Gold, edition: Edition, met: Mapping[str, str], errors: list[str]) -> dict[str, float]:
    meets = {answer: id_ for id_, answer in met.items()}
    wanted = {(one["event"], one["kind"]) for one in gold.disputes}
    given = {
        (meets[event.id], toll.kind)
        for event in edition.events
        for toll in event.tolls
        if toll.agreement == "disputed" and event.id in meets
    }
    errors += [f"dispute missed: {event} {kind}" for event, kind in sorted(wanted - given)]
    errors += [f"dispute invented: {event} {kind}" for event, kind in sorted(given - wanted)]
    right = len(wanted & given)
    return {
        "precision": share(right, len(given)),
        "recall": share(right, len(wanted)),
        "f1": f1(right, len(given), len(wanted)),
    }


def _updates(gold: Gold, found: Sequence[Found], errors: list[str]) -> dict[str, float]:
    """Figures that were replaced must be superseded, those in a dispute current."""
    replaced = {id_ for id_, row in gold.readings.items() if row["superseded_by"] is not None}
    current = {id_ for one in gold.disputes for id_ in one["readings"]}
    asked = [one for one in found if one.id in replaced | current]
    seen = [one for one in asked if one.reading is not None and one.bounds]
    right = [one for one in seen if one.reading and (one.reading.superseded_by is not None) == (one.id in replaced)]
    errors += [f"{'replaced' if one.id in replaced else 'current'}: {one.id}" for one in seen if one not in right]
    return {"of_all": share(len(right), len(asked)), "of_found": share(len(right), len(seen)), "asked": len(asked)}


def _links(gold: Gold, edition: Edition, met: Mapping[str, str], errors: list[str]) -> dict[str, float]:
    """Links between events that are met. Two events may be linked in several ways: each way that is found is judged,
    and a pair is found with any of its own."""
    meets = {answer: id_ for id_, answer in met.items()}
    allowed: dict[tuple[str, str], set[str]] = defaultdict(set)
    wanted: dict[tuple[str, str], str] = {}
    for one in gold.links:
        pair = one["from"], one["to"]
        allowed[pair].update(one.get("kinds_ok") or [one["kind"]])
        if not one.get("optional"):
            wanted.setdefault(pair, one["kind"])
    given = {
        (meets[link.source], meets[link.target], link.kind)
        for link in edition.links
        if link.source in meets and link.target in meets
    }
    judged = {(a, b, kind) for a, b, kind in given if (a, b) in wanted or (a, b) not in allowed}
    right = {(a, b, kind) for a, b, kind in judged if kind in allowed.get((a, b), ())}
    found = {(a, b) for a, b, _ in right}
    errors += [f"link missed: {a} {wanted[a, b]} {b}" for a, b in sorted(wanted.keys() - found)]
    errors += [f"link invented: {a} {kind} {b}" for a, b, kind in sorted(judged - right)]
    precision, recall = share(len(right), len(judged)), share(len(found), len(wanted))
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)}


def _origins(gold: Gold, edition: Edition, met: Mapping[str, str], errors: list[str]) -> dict[str, float]:
    by_id = {event.id: event for event in edition.events}
    exact = 0
    for id_, count in gold.origins.items():
        given = by_id[met[id_]].independent_origins if id_ in met else None
        exact += given == count
        if given != count:
            errors.append(f"origins: {id_} {given} for {count}")
    return {"exact": share(exact, len(gold.origins)), "events": len(gold.origins)}


def _families(gold: Gold, edition: Edition) -> dict[str, float]:
    origin = {document.id: document.origin or document.id for document in edition.documents}
    return b_cubed((str(n), origin[id_]) for n, family in enumerate(gold.families) for id_ in family)


def _explain(gold: Gold, edition: Edition, answered: Answers, found: Sequence[Found], errors: list[str]) -> None:
    texts = {row["id"]: row["text"] for row in gold.documents}
    headline = {event.id: event.headline for event in edition.events}
    for (id_, document), answer in answered.items.items():
        if answer is None or answer != answered.met.get(id_):
            words = next(m for m in gold.events[id_]["mentions"] if m["document"] == document and not m["optional"])
            around = " ".join(texts[document][max(0, words["start"] - 80) : words["end"] + 60].split())
            errors.append(f"event: {id_} in {document}: {answer and headline[answer]} | …{around}…")
    for one in found:
        if not (one.bounds and one.speaker):
            row = gold.readings[one.id]
            wanted = (row["kind"], row["low"], row["high"], (row["speakers_ok"] or [None])[0])
            given = one.reading and (one.reading.low, one.reading.high, one.reading.speaker)
            errors.append(f"reading: {one.id} {given} for {wanted} “{row['evidence'][0]['text']}”")


def main() -> None:
    options = arguments(__doc__)
    errors: list[str] = []
    told = score(options.half, errors)
    if options.errors:
        print("\n".join(errors))
    if options.json:
        print(json.dumps({"half": options.half, **told}))
        return
    for name, figures in told.items():
        print(f"{name:12} {figures}")


if __name__ == "__main__":
    main()
