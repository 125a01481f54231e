"""Score who pronouns, relative pronouns, definite nouns, short names and acronyms mean, on the gold texts.

    python tools/score_coreference.py --half tune [--errors] [--json]

The texts of one half of ``tests/gold/coreference`` are annotated as any input is, with their published date. A gold
reference is right where a predicted mention stands at it (intersection over union of at least one half, or the same
last word) and resolves to the same actor: its antecedent overlaps a gold mention of that actor more than one of
another, or, where no gold mention stands there, the names agree. The precision is that of resolved pronouns, with
those that are no references (distractors) as wrong; joint and cataphoric ones are left out, as are pronouns that the
gold lists nowhere (relative "that").
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import gold as own
from variorum.records import ActorMention
from variorum.world.names import name_key

PRONOUNS = frozenset({"pronoun", "possessive", "reflexive", "relative", "former-latter"})
LEFT_OUT = frozenset({"joint", "cataphoric"})
BRACKET = re.compile(r"\s*\([^)]*\)")


class Judged(NamedTuple):
    """One gold reference or distractor with what was found for it. `found` is None where nothing is tied."""

    text: str
    form: str
    start: int
    end: int
    wanted: str | None
    found: str | None
    right: bool


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two spans of characters."""
    return own.overlap(a, b) / (max(a[1], b[1]) - min(a[0], b[0]))


class Text:
    """One gold text beside the actors that were found in it."""

    def __init__(self, gold: dict[str, Any], actors: Sequence[ActorMention]) -> None:
        self.text: str = gold["text"]
        self.actors = actors
        self.references: list[dict[str, Any]] = gold["gold"]["references"]
        self.distractors: list[dict[str, Any]] = gold["gold"]["distractors"]
        self.mentions: dict[tuple[int, int], str] = {}  # the non-pronominal mentions that the gold names
        for reference in self.references:
            self.mentions[tuple(reference["antecedent"])] = reference["name"]
            if reference["form"] not in PRONOUNS:
                self.mentions[(reference["start"], reference["end"])] = reference["name"]
        for name in {reference["name"] for reference in self.references}:
            if name[:1].isupper() and " " in name:
                for match in re.finditer(re.escape(name), self.text):
                    self.mentions.setdefault(match.span(), name)

    def at(self, start: int, end: int) -> int | None:
        """The index of the mention that stands at the characters ``[start, end)``."""
        word = self.text[start:end].split()[-1]
        last = (end - len(word), end)
        scored = [
            (overlap((actor.start, actor.end), (start, end)), -n)
            for n, actor in enumerate(self.actors)
            if overlap((actor.start, actor.end), (start, end)) >= 0.5 or (actor.start <= last[0] and actor.end == end)
        ]
        return -max(scored)[1] if scored else None

    def chain(self, n: int) -> Iterator[ActorMention]:
        """The mentions that mention `n` leads back to, itself left out."""
        seen = {n}
        while (above := self.actors[n].antecedent) is not None and above not in seen:
            seen.add(above)
            yield self.actors[above]
            n = above

    def means(self, n: int, name: str, own: tuple[int, int]) -> bool:
        """Whether mention `n` is resolved to the actor whom the gold calls `name`; `own` is the reference's span."""
        for other in self.chain(n):
            span = (other.start, other.end)
            shares = [(overlap(span, where), told) for where, told in self.mentions.items() if overlap(span, where)]
            if shares:
                best = max(share for share, _ in shares)
                return any(share == best and told == name for share, told in shares)
        found = self.actors[n]
        if name_key(found.name) == name_key(name):
            return True
        same = [where for where, told in self.mentions.items() if told == name and where[0] < own[0]]
        if any(found.key == m.key and overlap((m.start, m.end), where) >= 0.5 for m in self.actors for where in same):
            return True
        wanted = set(name_key(name).split())
        return name[:1].isupper() and wanted <= set(name_key(BRACKET.sub("", found.name)).split())

    def judged(self) -> Iterator[Judged]:
        for reference in self.references:
            start, end = reference["start"], reference["end"]
            n = self.at(start, end)
            right = n is not None and self.means(n, reference["name"], (start, end))
            if reference.get("optional") and not right:
                continue  # defensible as a reference to another
            found = self.actors[n].name if n is not None else None
            yield Judged(reference["text"], reference["form"], start, end, reference["name"], found, right)
        for distractor in self.distractors:
            if distractor["kind"] not in LEFT_OUT:
                start, end = distractor["start"], distractor["end"]
                n = self.at(start, end)
                found = self.actors[n].name if n is not None else None
                yield Judged(
                    distractor["text"], f"distractor: {distractor['kind']}", start, end, None, found, n is None
                )


def score(half: str) -> list[tuple[dict[str, Any], list[Judged]]]:
    """Each gold text with its references and distractors judged."""
    texts = own.read("coreference", half)
    return [
        (gold, list(Text(gold, document.actors).judged()))
        for gold, document in zip(texts, own.annotated(texts, ["actors"]), strict=True)
    ]


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Accuracy over references, in all and by form, and precision of resolved pronouns."""
    references = [one for one in judged if one.wanted is not None]
    total, right = Counter(one.form for one in references), Counter(one.form for one in references if one.right)
    resolved = [one for one in references if one.form in PRONOUNS and one.found is not None]
    linked = [one for one in judged if one.wanted is None and one.found is not None]
    return {
        "references": len(references),
        "accuracy": round(sum(right.values()) / max(1, len(references)), 4),
        "by_form": {form: [right[form], total[form], round(right[form] / total[form], 4)] for form in sorted(total)},
        "pronoun_precision": round(sum(one.right for one in resolved) / max(1, len(resolved) + len(linked)), 4),
        "pronouns_resolved": len(resolved) + len(linked),
        "distractors_linked": len(linked),
        "distractors": len(judged) - len(references),
    }


def main() -> None:
    options = own.arguments(__doc__)
    every: list[Judged] = []
    for gold, judged in score(options.half):
        every += judged
        misses = [one for one in judged if not one.right]
        if options.errors and misses:
            print(f"== {gold['id']}\n{gold['text']}")
            for one in sorted(misses, key=lambda one: one.start):
                before = gold["text"][max(0, one.start - 40) : one.start]
                after = gold["text"][one.end : one.end + 25]
                print(f"  {one.form:12} {before}[[{one.text}]]{after} | {one.wanted} | {one.found}".replace("\n", " "))
    told = figures(every)
    if options.json:
        print(json.dumps({"half": options.half, **told}))
        return
    print(f"{options.half}: accuracy {told['accuracy']:.4f} of {told['references']} references")
    for form, (right, total, share) in told["by_form"].items():
        print(f"  {form:14} {right:4} of {total:4}  {share:.4f}")
    print(f"pronoun precision {told['pronoun_precision']:.4f} of {told['pronouns_resolved']} resolved")
    print(f"distractors linked {told['distractors_linked']} of {told['distractors']}")


if __name__ == "__main__":
    main()
