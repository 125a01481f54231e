"""Score the tolls that are found against the gold passages.

    python tools/score_tolls.py --half tune [--errors] [--json]

The passages of one half of ``tests/gold/tolls`` are annotated as any input is. Found and gold tolls that overlap are
matched one to one, those that agree first. A match is exact where kind, low and high are all equal; `overlap` asks only
that both sides saw a toll there. The accuracies of group (lower case; the form or its lemma equal), part_of (the whole
is matched to the gold's whole, or both have none) and span (the same characters) are over the exact matches. A passage
is right where every gold toll is found exactly and nothing else is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from gold import annotated, arguments, f1, overlap, read, share
from variorum.records import TollMention


class Scored(NamedTuple):
    """One passage: gold and found tolls, and the pairs of their indices that were matched."""

    passage: dict[str, Any]
    gold: list[dict[str, Any]]
    found: Sequence[TollMention]
    pairs: dict[int, int]

    def is_exact(self, g: int) -> bool:
        return g in self.pairs and agrees(self.gold[g], self.found[self.pairs[g]])

    @property
    def exact(self) -> list[int]:
        return [g for g in range(len(self.gold)) if self.is_exact(g)]

    @property
    def right(self) -> bool:
        return len(self.exact) == len(self.gold) == len(self.found)

    def has_part(self, g: int) -> bool:
        """Whether the found toll is part of what the gold says it is part of."""
        whole, told = self.gold[g]["part_of"], self.found[self.pairs[g]].part_of
        return told == (None if whole is None else self.pairs.get(whole, -1))


def agrees(gold: dict[str, Any], found: TollMention) -> bool:
    return (gold["kind"], gold["low"], gold["high"]) == (found.kind, found.low, found.high)


def lemma(noun: str | None) -> str | None:
    """A noun in lower case and, by its ending, in the singular; enough to tell whether two are one noun."""
    if noun is None:
        return None
    word = noun.lower()
    for ending, singular in (("men", "man"), ("children", "child"), ("ies", "y"), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + singular
    return word


def matched(gold: Sequence[dict[str, Any]], found: Sequence[TollMention]) -> dict[int, int]:
    """One-to-one pairs of overlapping tolls: those that agree first, then the largest overlaps."""
    ranked = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            inside = overlap((one["start"], one["end"]), (other.start, other.end))
            if inside:
                ranked.append((not agrees(one, other), -inside, g, f))
    pairs: dict[int, int] = {}
    for _, _, g, f in sorted(ranked):
        if g not in pairs and f not in pairs.values():
            pairs[g] = f
    return pairs


def score(half: str) -> list[Scored]:
    scored = []
    for passage, document in zip(passages := read("tolls", half), annotated(passages, ["tolls"]), strict=True):
        gold = passage["gold"]["tolls"]
        scored.append(Scored(passage, gold, document.tolls, matched(gold, document.tolls)))
    return scored


def figures(scored: Iterable[Scored]) -> dict[str, Any]:
    """Precision, recall and F1 of exact matches, F1 of overlap, accuracies among exact matches, passages right."""
    scored = list(scored)
    gold, found = sum(len(one.gold) for one in scored), sum(len(one.found) for one in scored)
    exact = [(one, g) for one in scored for g in one.exact]
    overlapping = sum(len(one.pairs) for one in scored)
    groups = sum(lemma(one.gold[g]["group"]) == lemma(one.found[one.pairs[g]].group) for one, g in exact)
    spans = sum(one.gold[g]["text"] == one.found[one.pairs[g]].text for one, g in exact)
    return {
        "passages": len(scored),
        "gold": gold,
        "found": found,
        "exact": len(exact),
        "precision": share(len(exact), found),
        "recall": share(len(exact), gold),
        "f1": f1(len(exact), found, gold),
        "overlap_f1": f1(overlapping, found, gold),
        "group": share(groups, len(exact)),
        "part_of": share(sum(one.has_part(g) for one, g in exact), len(exact)),
        "span": share(spans, len(exact)),
        "passages_right": share(sum(one.right for one in scored), len(scored)),
    }


def show(one: Scored) -> None:
    """Print a passage's misses: "-" gold not found, "+" found and no gold, "~" found otherwise."""
    lines = []
    for g, gold in enumerate(one.gold):
        wanted = f"{gold['text']!r} {gold['kind']} {gold['low']}/{gold['high']} {gold['group']} of {gold['part_of']}"
        if g not in one.pairs:
            lines.append(f"  - {wanted}")
            continue
        found = one.found[one.pairs[g]]
        wrong = [] if one.is_exact(g) else ["value"]
        wrong += ["group"] if lemma(gold["group"]) != lemma(found.group) else []
        wrong += [] if one.has_part(g) else ["part"]
        wrong += ["span"] if gold["text"] != found.text else []
        if wrong:
            told = f"{found.text!r} {found.kind} {found.low}/{found.high} {found.group} of {found.part_of}"
            lines.append(f"  ~ {','.join(wrong)}: {wanted} | {told}")
    for f, toll in enumerate(one.found):
        if f not in one.pairs.values():
            lines.append(f"  + {toll.text!r} {toll.kind} {toll.low}/{toll.high} {toll.group} of {toll.part_of}")
    if lines:
        print(f"== {one.passage['id']} ({one.passage['construction']})\n{one.passage['text']}", *lines, sep="\n")


def main() -> None:
    options = arguments(__doc__)
    scored = score(options.half)
    by_construction: defaultdict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        by_construction[one.passage["construction"]].append(one)
        if options.errors:
            show(one)
    every = {"all": figures(scored), **{name: figures(by_construction[name]) for name in sorted(by_construction)}}
    if options.json:
        print(json.dumps({"half": options.half, **every}))
        return
    names = ["precision", "recall", "f1", "overlap_f1", "group", "part_of", "span", "passages_right"]
    print(f"{'':28}{'gold':>6}{'found':>6}" + "".join(f"{name:>15}" for name in names))
    for construction, told in every.items():
        shares = "".join(f"{told[name]:15.4f}" for name in names)
        print(f"{construction:28}{told['gold']:6}{told['found']:6}{shares}")


if __name__ == "__main__":
    main()
