"""Score the actors layer on the gold of tests/gold/actors.

    python tools/score_actors.py --half tune [--errors] [--json]

A required mention is found where a predicted one, pronouns apart, overlaps it; of the predicted ones the one with most
characters in common answers. It is right where name, country and sector are. Names are compared without case, accents
and punctuation; an answer is the gold's name or an alias, or holds all of its words, or is as like it as a spelling
variant (ratio of 88 and more). Beside it, the named entities of the bare model (PERSON, ORG, NORP, GPE) for the spans.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

import variorum
from variorum.annotation.syntax import SpacyParser
from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import ActorMention, Page
from variorum.world.names import name_key

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "actors"
PRONOUN_MOST = 6  # characters of the longest pronoun that stands for an actor


def common(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("tune", "test"), default="tune")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    path = GOLD / f"{options.half}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        lines = [json.dumps({key: row[key] for key in ("id", "text", "published")}, ensure_ascii=False) for row in rows]
        source.write_text("\n".join(lines), encoding="utf-8")
        annotated = {line.id: line for line in variorum.annotate(source, layers=("actors",))}
        documents = [make_document(page) for page in read_pages([source]) if isinstance(page, Page)]
    bare = dict(zip((item.id for item in documents), SpacyParser().parse(documents), strict=True))
    totals: Counter[str] = Counter()
    classes: dict[str, Counter[str]] = {}
    for row in rows:
        actors = annotated[row["id"]].actors
        told = [a for a in actors if a.antecedent is None or len(a.text) > PRONOUN_MOST or a.text[:1].isupper()]
        answered = set()
        syntax = bare[row["id"]]
        entities = [
            (syntax.tokens[e.first].start, syntax.tokens[e.last - 1].end)
            for e in syntax.entities
            if e.label in ("PERSON", "ORG", "NORP", "GPE")
        ]
        for gold in row["gold"]["actors"]:
            span = (gold["start"], gold["end"])
            answer = max(told, key=lambda a: common((a.start, a.end), span), default=None)
            if answer is not None and not common((answer.start, answer.end), span):
                answer = None
            if answer is not None:
                answered.add((answer.start, answer.end))
            if gold.get("optional"):
                continue
            verdict = judged(answer, gold)
            count = classes.setdefault(gold["class"], Counter())
            for key, value in verdict.items():
                totals[key] += value
                count[key] += value
            totals["gold"] += 1
            count["gold"] += 1
            totals["bare"] += any(common(entity, span) for entity in entities)
            if options.errors and not verdict["right"]:
                wrong = ",".join(key for key, value in verdict.items() if not value and key != "right")
                given = answer and (answer.text, answer.name, answer.country, answer.sector)
                wanted = (gold["text"], gold["name"], gold["country"], gold["sector"])
                print(f"{row['id']} [{gold['class']}] {wrong}: {given} for {wanted}")
        totals["given"] += len(told)
        totals["spurious"] += sum((a.start, a.end) not in answered for a in told)
    figures = {key: round(totals[key] / totals["gold"], 3) for key in ("found", "name", "country", "sector", "right")}
    figures |= {"precision": round(1 - totals["spurious"] / totals["given"], 3), "gold": totals["gold"]}
    figures |= {"bare_found": round(totals["bare"] / totals["gold"], 3)}
    if options.json:
        print(json.dumps({"half": options.half, **figures}))
        return
    print(figures)
    for name, count in sorted(classes.items()):
        shares = {key: round(count[key] / count["gold"], 3) for key in ("found", "name", "country", "sector", "right")}
        print(f"{name:12} {count['gold']:4} {shares}")


if __name__ == "__main__":
    main()
