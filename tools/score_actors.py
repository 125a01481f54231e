"""Score the actors layer on the gold of tests/gold/actors.

    python tools/score_actors.py --half tune [--errors] [--json]

A required mention is found where a predicted one, pronouns apart, overlaps it; of the predicted ones the one with most
characters in common answers. It is right where name, country and sector are. Names are compared without case, accents
and punctuation; an answer is the gold's name or an alias, or holds all of its words, or is as like it as a spelling
variant (ratio of 88 and more). Beside it, the named entities of the bare model (PERSON, ORG, NORP, GPE) for the spans.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from gold import annotated, arguments, overlap, read, share
from variorum.annotation.syntax import SpacyParser
from variorum.records import ActorMention, AnnotatedDocument, Document
from variorum.world.names import name_key

PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
     "theirs", "themselves", "who", "whom", "whose", "which", "that", "this", "these", "those", "both", "all", "one",
     "ones", "some", "many", "others", "we", "us", "our", "i", "me", "my", "you"}
)  # fmt: skip  # a mention of one of these words alone is none that the gold marks


def same_name(answer: str, gold: dict[str, Any]) -> bool:
    for name in (gold["name"], gold["text"], *gold.get("aliases", ())):
        a, b = name_key(answer), name_key(name)
        if a == b or set(b.split()) <= set(a.split()) or fuzz.ratio(a, b) >= 88:
            return True
    return False


def judged(answer: ActorMention | None, gold: dict[str, Any]) -> dict[str, bool]:
    if answer is None:
        return dict.fromkeys(("found", "name", "country", "sector", "right"), False)
    verdict = {
        "found": True,
        "name": same_name(answer.name, gold),
        "country": answer.country in (gold["country"], *gold.get("countries_ok", ())),
        "sector": answer.sector in (gold["sector"], *gold.get("sectors_ok", ())),
    }
    return {**verdict, "right": all(verdict.values())}


class Judged(NamedTuple):
    """One required gold mention with the answer to it, if any, and what of the answer is right."""

    id: str
    gold: dict[str, Any]
    answer: ActorMention | None
    verdict: dict[str, bool]


class Scored(NamedTuple):
    """A half: each required mention judged, how many mentions were given, and how many of them answer nothing."""

    mentions: list[Judged]
    given: int
    spurious: int


def score(half: str) -> Scored:
    mentions: list[Judged] = []
    given = spurious = 0
    for row, document in zip(rows := read("actors", half), annotated(rows, ["actors"]), strict=True):
        told = [a for a in document.actors if a.antecedent is None or a.text.lower() not in PRONOUNS]
        answered = set()
        for gold in row["gold"]["actors"]:
            span = (gold["start"], gold["end"])
            answer = max(told, key=lambda a: overlap((a.start, a.end), span), default=None)
            if answer is not None and overlap((answer.start, answer.end), span):
                answered.add((answer.start, answer.end))
            else:
                answer = None
            if not gold.get("optional"):
                mentions.append(Judged(row["id"], gold, answer, judged(answer, gold)))
        given += len(told)
        spurious += sum((a.start, a.end) not in answered for a in told)
    return Scored(mentions, given, spurious)


def figures(scored: Scored) -> dict[str, Any]:
    """Shares of required mentions found, right in each field and in all; the precision of what is given."""
    return {
        **_shares(scored.mentions),
        "precision": share(scored.given - scored.spurious, scored.given),
        "gold": len(scored.mentions),
    }


def _shares(mentions: list[Judged]) -> dict[str, float]:
    fields = ("found", "name", "country", "sector", "right")
    return {field: share(sum(one.verdict[field] for one in mentions), len(mentions)) for field in fields}


def bare_found(half: str) -> float:
    """The share of required mentions that a named entity of the bare model overlaps: what a user has without us."""
    found = total = 0
    rows = read("actors", half)
    for row, syntax in zip(rows, SpacyParser().parse([_plain(one) for one in annotated(rows, ["times"])]), strict=True):
        entities = [
            (syntax.tokens[e.first].start, syntax.tokens[e.last - 1].end)
            for e in syntax.entities
            if e.label in ("PERSON", "ORG", "NORP", "GPE")
        ]
        for gold in row["gold"]["actors"]:
            if not gold.get("optional"):
                total += 1
                found += any(overlap(entity, (gold["start"], gold["end"])) for entity in entities)
    return share(found, total)


def _plain(line: AnnotatedDocument) -> Document:
    return Document(id=line.id, page=line.id, source=line.id, text=line.text, blocks=line.blocks)


def main() -> None:
    options = arguments(__doc__)
    scored = score(options.half)
    if options.errors:
        for one in scored.mentions:
            if not one.verdict["right"]:
                wrong = ",".join(key for key, value in one.verdict.items() if not value and key != "right")
                given = one.answer and (one.answer.text, one.answer.name, one.answer.country, one.answer.sector)
                wanted = tuple(one.gold[key] for key in ("text", "name", "country", "sector"))
                print(f"{one.id} [{one.gold['class']}] {wrong}: {given} for {wanted}")
    told = {**figures(scored), "bare_found": bare_found(options.half)}
    if options.json:
        print(json.dumps({"half": options.half, **told}))
        return
    print(told)
    for name in sorted({one.gold["class"] for one in scored.mentions}):
        mentions = [one for one in scored.mentions if one.gold["class"] == name]
        print(f"{name:12} {len(mentions):4} {_shares(mentions)}")


if __name__ == "__main__":
    main()
