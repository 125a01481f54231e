"""An edition in which every word that a page shows is hostile, and what may be in no page of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec
from lxml import html

from variorum.pipeline import Edition, collate
from variorum.pipeline.rulings import Ruler, rule
from variorum.store import open_store

PAYLOADS = [
    line for line in (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines() if line.strip()
]
ADDRESSES = [each for each in PAYLOADS if each.startswith(("javascript:", "data:", "vbscript:", "//", '"', "'"))]
_WORDS = frozenset(
    ("actors", "authors", "headline", "instruments", "label", "name", "outlet", "quote", "recipients", "rejected",
     "sentence", "speaker", "text", "title", "told", "url", "words")
)  # fmt: skip
_WORDS_THERE = frozenset((("EditionDocument", "source"), ("Document", "source"), ("Candidate", "value")))
"""Fields that elsewhere hold ids or codes."""

INJECTED = """() => {
  const bad = [];
  if (window.hit !== undefined) bad.push("a script ran");
  for (const each of document.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) {
      if (name.startsWith("on")) bad.push(`${each.tagName} has ${name}`);
      if (name === "style" && /url\\(|expression/.test(value)) bad.push(`${each.tagName} has a style ${value}`);
      if (["href", "src", "action", "formaction", "data", "xlink:href"].includes(name)
          && /^\\s*(javascript|vbscript|data):/i.test(value)) bad.push(`${each.tagName} leads to ${value}`);
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "MATH", "TEMPLATE", "NOSCRIPT"].includes(each.tagName.toUpperCase()))
      bad.push(`there is a ${each.tagName}`);
    if (each.tagName === "META" && each.httpEquiv.toLowerCase() === "refresh") bad.push("the page is sent on");
    if (each.tagName === "SCRIPT" && !each.src && !/json/.test(each.type)) bad.push("there is a script in the page");
    if (["SCRIPT", "LINK", "IMG"].includes(each.tagName) && /elsewhere/.test(each.src ?? each.href ?? ""))
      bad.push(`${each.tagName} is from elsewhere`);
  }
  return bad;
}"""
"""What a page holds that only a payload can have put there, asked in the browser."""


@dataclass
class Tally:
    """What was tried against a surface, and what got through."""

    tried: Counter[str] = field(default_factory=Counter)
    through: list[str] = field(default_factory=list)

    def add(self, kind: str, passed: bool, told: str = "") -> None:
        self.tried[kind] += 1
        if passed:
            self.through.append(f"{kind}: {told}")

    def check(self, least: int) -> None:
        """Fails where anything got through, or where less than so much was tried."""
        assert self.through == [], f"{len(self.through)} got through, {self.through[:5]}"
        assert sum(self.tried.values()) >= least, self.tried


def injected(page: str) -> list[str]:
    """What a page's HTML holds that only a payload can have put there."""
    found: list[str] = []
    for each in html.document_fromstring(page).iter("*"):
        given = {str(name): str(value) for name, value in each.attrib.items()}
        found += [f"{each.tag!r} has {name}" for name in given if name.startswith("on")]
        leading = [given.get(name, "").strip().lower() for name in ("href", "src", "action", "formaction", "data")]
        found += [f"{each.tag!r}: {to}" for to in leading if to.startswith(("javascript:", "vbscript:", "data:"))]
        if each.tag in ("iframe", "object", "embed", "base", "math", "template", "noscript"):
            found.append(f"there is a {each.tag!r}")
        if each.tag == "script" and "src" not in given and "json" not in given.get("type", ""):
            found.append("there is a script in the page")
        if each.tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            found.append("the page is sent on")
    return found


class Poison:
    """Puts payloads into every field of records that holds words: each of them into each kind of field."""

    def __init__(self, records: Iterable[Any]) -> None:
        self.counts: Counter[str] = Counter()
        self.fields = 0
        self._supply: dict[str, Iterator[str]] = {}
        for record in records:
            self._walk(record, count=True)

    def of(self, record: Any) -> Any:
        return self._walk(record, count=False)

    def _walk(self, value: Any, *, count: bool, name: str = "") -> Any:
        if isinstance(value, msgspec.Struct):
            kind = type(value).__name__
            if kind in ("Evidence", "Feature", "Decision", "Mode", "Version", "Rejection"):
                return value
            made = {}
            for each in msgspec.structs.fields(value):
                words = each.name in _WORDS or (kind, each.name) in _WORDS_THERE
                given = getattr(value, each.name)
                if kind == "Document" and each.name == "text":
                    continue  # offsets count its characters; its words are hostile as they are
                made[each.name] = self._walk(given, count=count, name=f"{kind}.{each.name}" if words else "")
            return value if count else msgspec.structs.replace(value, **made)
        if isinstance(value, tuple):
            return tuple(self._walk(each, count=count, name=name) for each in value)
        if isinstance(value, str) and name:
            if count:
                self.counts[name] += 1
                return value
            return self._hostile(name, value)
        return value

    def _hostile(self, name: str, value: str) -> str:
        supply = ADDRESSES if name.endswith(".url") else PAYLOADS
        self.fields += 1
        given = self._supply.setdefault(name, cycle(supply))
        if name.endswith(".url"):
            return next(given)
        each = -(-len(supply) // self.counts[name])
        return " ".join((value, *islice(given, each)))


REPORTS = (
    "{0}\n\nLODWAR, Kenya, {1} March 2031 - Gunmen from the {2} group shot dead {3} herders at a market in Lodwar on "
    "Monday, Kenya's Interior Minister Daniel Barasa said. {4}\n\n“We counted {3} bodies {5},” a police commander "
    "said. The Kenyan army {6} denied it. {7}"
)


def hostile_edition(folder: Path) -> tuple[Path, Poison]:
    """An edition made of hostile reports, ruled on in hostile words, of which every field is then poisoned."""
    supply = cycle(PAYLOADS)
    inputs: list[Path] = []
    for number in range(1, 7):
        words = [next(supply) for _ in range(5)]
        text = REPORTS.format(words[0], number, words[1], number + 4, words[2], words[3], words[4], next(supply))
        name = next(supply).replace("/", "∕")[:80]
        if number <= 3:
            inputs.append(folder / f"{number} {name}.txt")
            inputs[-1].write_text(text, encoding="utf-8")
        else:
            inputs.append(folder / f"{number} {name}.jsonl")
            fields = {"title": next(supply), "outlet": next(supply), "author": next(supply), "url": ADDRESSES[number]}
            inputs[-1].write_text(
                json.dumps({"text": text, "published": f"2031-03-0{number}", **fields}), encoding="utf-8"
            )
    path = folder / "edition.sqlite"
    collate(inputs, output=path).close()
    with Edition.open(path) as opened:
        event = opened.events[0].id
    ruler = Ruler(author=" ".join(PAYLOADS[:4])[:190], at="2031-03-06T09:00:00Z", reason=" ".join(PAYLOADS)[:1900])
    rule(path, lambda opened: ruler.verdict(opened, "accept", [event]))[1].close()
    with closing(open_store(path)) as store:
        documents = list(store.documents())
        layers = {each.id: found for each in documents if (found := store.annotation_of(each.id)) is not None}
        content = store.content()
        poison = Poison((*documents, *layers.values(), content))
        store.add_documents([poison.of(each) for each in documents])
        store.add_annotations({f"hostile-{id_}": poison.of(layer) for id_, layer in layers.items()})
        store.replace_content(poison.of(content), {id_: f"hostile-{id_}" for id_ in layers})
    return path, poison
