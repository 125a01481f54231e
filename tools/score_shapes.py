"""Score the shapes of news against the gold pages.

    python tools/score_shapes.py --half tune [--errors] [--json]

The pages of one half of ``tests/gold/pages`` are made documents as any input is. A page's shape is the reason of its
rejection, else what its blocks make it: live-blog, round-up, correction or article. Credits are compared as sets of
name and role for each page; persons and names that the gold leaves out of a line which it credits are not counted. An
entry or a section is found where one of the same page begins and ends with the gold's words; its moment is compared as
it is written, UTC as "+00:00". Of corrections: what each is of, and whether the wrong words and the right ones are
those of the gold or share half of their words with them. Leftovers are lines of `not_body` that stand in a block that
is read. Body F1 is over words, as bags, of pages that are taken. Title, outlet, authors and published are told beside:
moments as instants and no finer than the gold has them, authors without agencies, which the gold has as credits.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gold import GOLD, arguments, read
from variorum.documents import make_document
from variorum.records import NARRATIVE_KINDS, Block, BlockKind, Document, Page, Span

PAGES = GOLD / "pages"
TEXT: frozenset[BlockKind] = frozenset({"body", "entry", "round-up", "dateline", "table"})


def squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def made(path: Path, name: str) -> Document:
    media = "text/html" if path.suffix in {".html", ".htm"} else "text/plain"
    return make_document(Page(id=name, source=name, media=media, content=path.read_bytes()))  # type: ignore[arg-type]


def shape(document: Document) -> str:
    """What a document is by its blocks, or why it is rejected."""
    if document.rejected:
        return document.rejected.reason
    kinds: Counter[str] = Counter(block.kind for block in document.blocks)
    for kind, name in (("entry", "live-blog"), ("round-up", "round-up")):
        if kinds[kind]:
            return name
    return "correction" if kinds["correction"] and not kinds["body"] else "article"


def parts(document: Document, kind: BlockKind) -> list[tuple[str, str | None]]:
    """The text and moment of each entry or section, its dateline included."""
    found: dict[int | None, list[Block]] = defaultdict(list)
    before: Block | None = None
    for block in document.blocks:
        if block.kind == kind:
            if before is not None and before.kind == "dateline" and not found[block.part]:
                found[block.part].append(before)
            found[block.part].append(block)
        before = block
    return [
        (" ".join(document.text[block.start : block.end] for block in blocks), blocks[-1].moment)
        for blocks in found.values()
    ]


def normal(moment: str | None) -> str | None:
    """A moment to the minute, one with its zone at UTC: the same instant is the same string."""
    if moment is None:
        return None
    moment = re.sub(r"(T\d\d:\d\d):\d\d(?:\.\d+)?", r"\1", re.sub(r"Z$", "+00:00", moment))
    if re.search(r"T.*[+-]\d\d:\d\d$", moment):
        return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="minutes")
    return moment


class Tally:
    """Counts of right, found and wanted by name, and the misses in words."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()
        self.misses: list[str] = []

    def add(self, name: str, right: float, found: float, wanted: float, miss: str = "") -> None:
        self.right[name] += right  # type: ignore[assignment]
        self.found[name] += found  # type: ignore[assignment]
        self.wanted[name] += wanted  # type: ignore[assignment]
        if miss and (right < found or right < wanted):
            self.misses.append(f"{name}: {miss}")

    def figures(self) -> dict[str, dict[str, float]]:
        return {
            name: {
                "precision": round(self.right[name] / self.found[name], 3) if self.found[name] else 1.0,
                "recall": round(self.right[name] / self.wanted[name], 3) if self.wanted[name] else 1.0,
                "of": self.wanted[name],
            }
            for name in sorted(self.wanted | self.found)
        }


def score_credits(tally: Tally, gold: dict[str, Any], document: Document) -> None:
    wanted = {(squash(each["name"]), each["role"]): each for each in gold["credits"]}
    lines = [(squash(each["text"]), each["role"]) for each in gold["credits"]]
    found = {}
    for credit in document.credits:
        key = (squash(credit.name), credit.role)
        if key not in wanted and any(key[0] in line and credit.role == role for line, role in lines):
            continue
        if credit.role == "self" and key not in wanted:
            continue  # a page that names itself is no credit that the gold counts
        found[key] = credit
    right = len(wanted.keys() & found.keys())
    missed = [
        f"-{each['name']}/{each['role']} ({each['text'][:60]})" for key, each in wanted.items() if key not in found
    ]
    extra = [f"+{credit.name}/{credit.role} [{credit.found_in}]" for key, credit in found.items() if key not in wanted]
    tally.add("credits", right, len(found), len(wanted), f"{gold['file']} {missed} {extra}")


def score_parts(tally: Tally, gold: dict[str, Any], document: Document, field: str, kind: BlockKind) -> None:
    found = parts(document, kind)
    texts = [squash(text) for text, _ in found]
    starts = ends = moments = 0
    misses = []
    for want in gold[field]:
        first, last = squash(want["starts"]), squash(want["ends"])
        number = next((n for n, text in enumerate(texts) if text.startswith(first)), None)
        at_end = next((n for n, text in enumerate(texts) if text.endswith(last)), None)
        starts += number is not None
        ends += at_end is not None
        if number is None or at_end is None:
            misses.append(f"{want['starts']!r}…{want['ends']!r} {number is not None}/{at_end is not None}")
        if field == "entries":
            told = found[number][1] if number is not None else "no entry"
            same = normal(told) == normal(want["moment"])
            moments += same
            if not same:
                misses.append(f"moment {told} for {want['moment']}")
    if len(found) > len(gold[field]):
        misses.append(f"{len(found)} for {len(gold[field])}")
    miss = f"{gold['file']} {misses}"
    tally.add(f"{field} start", starts, len(found), len(gold[field]), miss)
    tally.add(f"{field} end", ends, len(found), len(gold[field]))
    if field == "entries":
        tally.add("entries moment", moments, len(found), len(gold[field]), miss)


def alike(told: str | None, gold: str | None) -> bool:
    if told is None or gold is None:
        return told is gold
    one, other = Counter(words(told)), Counter(words(gold))
    return squash(told) == squash(gold) or 2 * (one & other).total() >= max(one.total(), other.total())


def score_corrections(tally: Tally, gold: dict[str, Any], document: Document) -> None:
    def words_at(span: Span | None) -> str | None:
        return None if span is None else document.text[span.start : span.end]

    found = list(document.corrections)
    right = target = was = now = 0
    misses = []
    for want in gold["corrections"]:
        opening = squash(want["text"])[:40]
        one = next((each for each in found if squash(words_at(each.span) or "")[:40] in (opening, opening[-40:]) or
                    opening in squash(words_at(each.span) or "")), None)  # fmt: skip
        if one is None:
            misses.append(f"none for {want['text'][:60]!r}")
            continue
        right += 1
        named = want["corrects"] in (one.url, one.title) if want["corrects"] else not (one.url or one.title)
        same = named or bool(want["corrects"] and one.title and squash(one.title) == squash(want["corrects"]))
        target += same
        was += alike(words_at(one.was), want["was"])
        now += alike(words_at(one.now), want["now"])
        misses.append(
            f"{one.url or one.title!r} for {want['corrects']!r}; {words_at(one.was)!r} > {words_at(one.now)!r}"
            f" for {want['was']!r} > {want['now']!r}"
        )
    number = len(gold["corrections"])
    tally.add("corrections", right, len(found), number, f"{gold['file']} {misses} found {len(found)}")
    for name, value in (("what it corrects", target), ("was", was), ("now", now)):
        tally.add(f"corrections {name}", value, right, right, f"{gold['file']} {misses}")


def score_body(tally: Tally, gold: dict[str, Any], document: Document) -> None:
    read = [squash(document.text[b.start : b.end]) for b in document.blocks if b.kind in NARRATIVE_KINDS]
    left = [line for line in gold["not_body"] if len(squash(line)) > 1 and _stands_in(squash(line), read)]
    tally.add(
        "not body",
        len(gold["not_body"]) - len(left),
        len(gold["not_body"]),
        len(gold["not_body"]),
        f"{gold['file']} {left}",
    )
    if not gold["body"] or document.rejected:
        return
    own = Counter(w for b in document.blocks if b.kind in TEXT for w in words(document.text[b.start : b.end]))
    want = Counter(w for line in gold["body"] for w in words(line))
    both = (own & want).total()
    missing = " ".join((want - own).elements())[:160]
    extra = " ".join((own - want).elements())[:160]
    tally.add("body words", both, own.total(), want.total(), f"{gold['file']} missing: {missing} | extra: {extra}")
    f1 = 2 * both / max(1, own.total() + want.total())
    tally.add("body f1", f1, 1, 1)


def _stands_in(line: str, read: Iterable[str]) -> bool:
    """Whether a line that is no body stands in a read block: as a whole block, at its edges, or, if long, anywhere."""
    return any(line == text or (len(line) > 12 and line in text) for text in read)


def score_metadata(tally: Tally, gold: dict[str, Any], document: Document) -> None:
    for field in ("title", "outlet", "language", "published"):
        want, told = gold[field], getattr(document, field)
        if field == "published":
            want, told = normal(want), normal(told)
            if want and told and "T" not in want:
                told = told[: len(want)]  # no finer than the gold
        same = squash(want or "") == squash(told or "") if field in {"title", "outlet"} else want == told
        tally.add(f"meta {field}", same, 1, 1, f"{gold['file']} {told!r} for {want!r}")
        if field == "published":
            tally.add("meta published day", (want or "")[:10] == (told or "")[:10], 1, 1)
    agencies = {squash(credit.name) for credit in document.credits if credit.role == "agency"}
    told = [squash(name) for name in document.authors if squash(name) not in agencies]  # these are told as credits
    same = [squash(name) for name in gold["authors"]] == told
    tally.add("meta authors", same, 1, 1, f"{gold['file']} {document.authors} for {gold['authors']}")


def score(half: str) -> Tally:
    """All counts over the pages of one half."""
    tally = Tally()
    for gold in read("pages", half):
        document = made(PAGES / gold["file"], gold["file"])
        own = shape(document)
        why = document.rejected.detail if document.rejected else ""
        tally.add("shape", own == gold["shape"], 1, 1, f"{gold['file']} {own} for {gold['shape']} {why}")
        tally.add(f"shape {gold['shape']}", own == gold["shape"], 1, 1)
        if gold["rejected"] is None:
            score_credits(tally, gold, document)
            score_parts(tally, gold, document, "entries", "entry")
            score_parts(tally, gold, document, "sections", "round-up")
            score_corrections(tally, gold, document)
            score_body(tally, gold, document)
            score_metadata(tally, gold, document)
    return tally


def main() -> None:
    options = arguments(__doc__)
    tally = score(options.half)
    if options.errors:
        print("\n".join(tally.misses))
    figures = tally.figures()
    if options.json:
        print(json.dumps({"half": options.half, **figures}))
        return
    for name, told in figures.items():
        print(f"{name:28} precision {told['precision']:.3f}  recall {told['recall']:.3f}  of {told['of']:g}")


if __name__ == "__main__":
    main()
