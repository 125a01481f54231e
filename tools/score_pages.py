"""Score documents made of real pages against what a person took from each, beside bare trafilatura and htmldate.

    python tools/score_pages.py --pages ../shared/data/pages [--half even] [--errors authors,text] [--bare no]

The folder holds ``COUNTRY/Outlet_DATE.html.gz`` and ``COUNTRY/Outlet.json`` with one entry a parser version; the n-th
version of an outlet goes with its n-th page by date. Figures, each a mean over pages:

- text: F1 of word tokens as multisets (`\\w+` of the NFKC text in small letters; of scripts without spaces each
  character is a token) between the body's paragraphs, section headings and summary in the gold and the document's
  dateline, lead, body, entry, round-up, correction and table blocks. `paragraphs` is the same without the
  leads, against the gold's paragraphs alone. Bare is
  `trafilatura.extract(content, favor_precision=True, include_comments=False)` on the same bytes.
- left over: lines of that text with the wording of credits, share buttons and links to other articles, that are in no
  gold line; `lines not in gold` counts every line of up to 12 words of which the gold has nothing.
- day: the calendar day as written, or the same moment where both have a zone. minute: the same moment to the minute,
  of the pages whose gold has a zone and a time. Bare is `htmldate.find_date(content, original_date=True)`.
- title, authors: bare is `trafilatura.metadata.extract_metadata`.
- title: equal but for case, white space and the shape of quotes and dashes. authors: the sets of names equal but for
  case and order, of the pages that have the field; `authors F1` is the mean of each page's F1.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import BlockKind, Document, Page

MAIN_KINDS: frozenset[BlockKind] = frozenset({"dateline", "lead", "body", "entry", "round-up", "correction", "table"})
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+"
)
_LEFT_OVER = re.compile(
    r"\s*[>»•▶→*\-–]*\s*(?:"
    r"(?:source|sources|quelle|quellen|fuente|fuentes|fonte|kilde|källa|kaynak|źródło|zdroj|出典|来源)\s?[:：]|"
    r"(?:read (?:more|also|next|the full)|more (?:on|from|about) |see also|also read|related(?: \w+)?\s*:|"
    r"(?:weiter ?lesen|lesen sie (?:auch|mehr|hier)|mehr zum thema|auch interessant|lire (?:aussi|également)|à lire|"
    r"leia (?:também|mais)|lea (?:también|además)|te puede interesar|leggi anche|les også|læs også|läs också|lees ook|"
    r"czytaj (?:też|także|więcej)|čtěte také|okumaya devam|baca juga|читайте также|читайте також|relacionad[oa]s))\b|"
    r"(?:share (?:this|on|via)|teilen|partager|compartir|compartilhar|condividi|udostępnij|поделиться|dela artikel|"
    r"follow us|subscribe|sign up|click here|advertisement|anzeige|publicidad|publicité|реклама|newsletter)\b)",
    re.IGNORECASE,
)


class Gold(NamedTuple):
    """What a person took from one page."""

    name: str
    country: str
    path: Path
    body: str
    paragraphs: str
    title: str
    published: datetime
    zoned: bool
    timed: bool
    authors: list[str] | None

    @property
    def half(self) -> str:
        """Which half the page is in, by the SHA-256 of its file's name: errors are read on the even one."""
        return ("even", "odd")[int(hashlib.sha256(self.path.name.encode()).hexdigest(), 16) % 2]


def read_gold(folder: Path) -> Iterator[Gold]:
    """The pages of all countries with their gold, by country and file name."""
    for table in sorted(folder.glob("*/*.json")):
        versions = list(json.loads(table.read_text(encoding="utf-8")).values())
        pages = sorted(table.parent.glob(f"{table.stem}_[0-9]*.html.gz"))
        if len(versions) != len(pages):
            raise SystemExit(f"{table}: {len(versions)} versions and {len(pages)} pages")
        for path, entry in zip(pages, versions, strict=True):
            sections = entry["body"]["sections"]
            paragraphs = [line for section in sections for line in section["paragraphs"]]
            whole = [*entry["body"]["summary"]]
            for section in sections:
                whole += [*section["headline"], *section["paragraphs"]]
            stated = entry["publishing_date"]
            published = datetime.fromisoformat(stated)
            yield Gold(
                name=f"{table.parent.name}/{path.name.removesuffix('.html.gz')}",
                country=table.parent.name,
                path=path,
                body="\n".join(whole),
                paragraphs="\n".join(paragraphs),
                title=entry["title"],
                published=published,
                zoned=published.tzinfo is not None,
                timed=" 00:00:00" not in stated,
                authors=entry.get("authors"),
            )


def tokens(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def f1(found: Counter[str], gold: Counter[str]) -> float:
    """The F1 of two multisets; 1 where both are empty."""
    if not found and not gold:
        return 1.0
    return 2 * (found & gold).total() / (found.total() + gold.total())


def same_day(found: str | None, gold: Gold) -> bool:
    if not found or len(found) < 10:
        return False
    if found[:10] == gold.published.date().isoformat():
        return True
    return gold.zoned and same_minute(found, gold)


def same_minute(found: str | None, gold: Gold) -> bool:
    """Whether a moment with its zone is the gold's, to the minute."""
    if not found or len(found) < 16:
        return False
    moment = datetime.fromisoformat(found)
    if moment.tzinfo is None or not gold.zoned:
        return False
    return abs(moment - gold.published) < timedelta(minutes=1)


def same_text(found: str | None, gold: str) -> bool:
    return _squash(found or "") == _squash(gold)


def _squash(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate({**dict.fromkeys(map(ord, "‘’‚‛`´′"), "'"), **dict.fromkeys(map(ord, "“”„‟«»″"), '"')})
    return " ".join(re.sub("[‐-―−]", "-", text).replace("\u200b", "").replace("\xad", "").split())


def authors_f1(found: Iterable[str], gold: Iterable[str]) -> float:
    return f1(Counter(set(map(_squash, found))), Counter(set(map(_squash, gold))))


def left_over(text: str, gold: Gold) -> list[str]:
    """Lines by their wording no part of the report, and in no line of the gold."""
    known = _squash(gold.body)
    return [line for line in text.split("\n") if _LEFT_OVER.match(line) and _squash(line) not in known]


def not_in_gold(text: str, gold: Gold) -> list[str]:
    known = _squash(gold.body)
    return [line for line in text.split("\n") if 0 < len(line.split()) <= 12 and _squash(line) not in known]


def main_text(document: Document, kinds: frozenset[BlockKind] = MAIN_KINDS) -> str:
    """The document's main text as its blocks have it, a line a block; a dateline before its paragraph."""
    return "\n".join(span.of(document.text) for span in document.spans(kinds))


def score_ours(gold: Gold, document: Document) -> dict[str, Any]:
    text = main_text(document)
    found = tokens(text)
    return {
        "text": f1(found, tokens(gold.body)),
        "paragraphs": f1(tokens(main_text(document, MAIN_KINDS - {"lead"})), tokens(gold.paragraphs)),
        "left over": len(left_over(text, gold)),
        "lines not in gold": len(not_in_gold(text, gold)),
        "day": same_day(document.published, gold),
        "minute": same_minute(document.published, gold) if gold.zoned and gold.timed else None,
        "title": same_text(document.title, gold.title),
        "authors": None if gold.authors is None else authors_f1(document.authors, gold.authors) == 1.0,
        "authors F1": None if gold.authors is None else authors_f1(document.authors, gold.authors),
        "kept": document.rejected is None,
    }


def score_bare(gold: Gold, content: bytes) -> dict[str, Any]:
    import trafilatura
    from htmldate import find_date
    from trafilatura.metadata import extract_metadata

    text = trafilatura.extract(content, favor_precision=True, include_comments=False) or ""
    found = tokens(text)
    markup = content.decode("utf-8", "replace")
    day = find_date(markup, original_date=True)
    moment = find_date(markup, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S%z")
    metadata = extract_metadata(markup)
    authors = [name for name in (metadata.author or "").split("; ") if name]
    return {
        "text": f1(found, tokens(gold.body)),
        "paragraphs": f1(found, tokens(gold.paragraphs)),
        "left over": len(left_over(text, gold)),
        "lines not in gold": len(not_in_gold(text, gold)),
        "day": same_day(day, gold),
        "minute": same_minute(_with_colon(moment), gold) if gold.zoned and gold.timed else None,
        "title": same_text(metadata.title, gold.title),
        "authors": None if gold.authors is None else authors_f1(authors, gold.authors) == 1.0,
        "authors F1": None if gold.authors is None else authors_f1(authors, gold.authors),
    }


def _with_colon(moment: str | None) -> str | None:
    return re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", moment) if moment else None


SHOWN = (
    "text",
    "paragraphs",
    "left over",
    "lines not in gold",
    "day",
    "minute",
    "title",
    "authors",
    "authors F1",
    "kept",
)
SUMMED = frozenset({"left over", "lines not in gold"})


def mean(rows: Sequence[dict[str, Any]], name: str) -> float | None:
    values = [row[name] for row in rows if row.get(name) is not None]
    if not values:
        return None
    return float(sum(values)) if name in SUMMED else sum(values) / len(values)


def line(label: str, rows: Sequence[dict[str, Any]], names: Sequence[str] = SHOWN) -> str:
    cells = []
    for name in names:
        value = mean(rows, name)
        cells.append("" if value is None else f"{value:.0f}" if name in SUMMED else f"{value:.3f}")
    return f"| {label} | {len(rows)} | {' | '.join(cells)} |"


class Scored(NamedTuple):
    gold: Gold
    document: Document
    ours: dict[str, Any]
    bare: dict[str, Any]


def score_pages(folder: Path, *, bare: bool = True, half: str = "", only: str = "") -> list[Scored]:
    """Every page of `folder` (or of one half of it, or whose name has `only` in it), scored."""
    scored = []
    for gold in read_gold(folder):
        if (half and gold.half != half) or only not in gold.name:
            continue
        page = next(read_pages([gold.path]))
        if not isinstance(page, Page):
            raise SystemExit(page.line)
        document = make_document(page)
        other = score_bare(gold, gzip.decompress(gold.path.read_bytes())) if bare else {}
        scored.append(Scored(gold, document, score_ours(gold, document), other))
    return scored


def tables(scored: Sequence[Scored], *, bare: bool = True) -> Iterator[str]:
    """The lines of the report: over all, by half, and by country."""
    yield f"| pages | n | {' | '.join(SHOWN)} |"
    yield "|---|---" + "|---" * len(SHOWN) + "|"
    for label in ("all", "even", "odd"):
        part = [each for each in scored if label in {"all", each.gold.half}]
        yield line(label, [each.ours for each in part])
        if bare:
            yield line(f"{label}, bare", [each.bare for each in part])
    yield ""
    yield "| country | n | text | bare | | paragraphs | bare | | left over | day | minute | title | authors | kept |"
    yield "|---" * 14 + "|"
    for country in sorted({each.gold.country for each in scored}):
        part = [each for each in scored if each.gold.country == country]
        ours, other = [each.ours for each in part], [each.bare for each in part]
        cells = []
        for name in ("text", "paragraphs"):
            mine, theirs = mean(ours, name) or 0.0, mean(other, name)
            cells += [f"{mine:.3f}", "" if theirs is None else f"{theirs:.3f}"]
            cells.append("worse" if theirs is not None and mine < theirs - 0.0005 else "")
        rest = line("", ours, ("left over", "day", "minute", "title", "authors", "kept")).split("|", 3)[3]
        yield f"| {country} | {len(part)} | {' | '.join(cells)} |{rest}"


def errors(scored: Sequence[Scored], names: Sequence[str]) -> Iterator[str]:
    """What is wrong, page by page: for texts the lines that are missing and too much."""
    for each in scored:
        gold, document, ours, other = each
        if "title" in names and not ours["title"]:
            yield f"{gold.name} title: {document.title!r} for {gold.title!r}"
        if "authors" in names and ours["authors"] is False:
            yield f"{gold.name} authors: {list(document.authors)} for {gold.authors}"
        if ("day" in names and not ours["day"]) or ("minute" in names and ours["minute"] is False):
            yield f"{gold.name} published: {document.published} for {gold.published.isoformat()}"
        if "left" in names:
            yield from (f"{gold.name} left over: {text}" for text in left_over(main_text(document), gold))
        if "kept" in names and document.rejected is not None:
            yield f"{gold.name} rejected: {document.rejected.reason}: {document.rejected.detail}"
        if "text" in names and (ours["text"] < 0.9 or ours["text"] < other.get("text", 0.0) - 0.001):
            yield f"{gold.name} text: {ours['text']:.3f}, bare {other.get('text', -1):.3f}"
            text, known = main_text(document), _squash(gold.body)
            yield from (f"    + {row[:150]}" for row in text.split("\n") if _squash(row) not in known)
            made = _squash(text)
            kinds = [(_squash(document.text[one.start : one.end]), one.kind) for one in document.blocks]
            for row in gold.body.split("\n"):
                if _squash(row) not in made:
                    at = [kind for piece, kind in kinds if piece and (piece in _squash(row) or _squash(row) in piece)]
                    yield f"    - {'/'.join(sorted(set(at))) or 'not found'}: {row[:150]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=Path("../shared/data/pages"))
    parser.add_argument("--half", choices=("even", "odd"), default="")
    parser.add_argument("--only", default="", help="pages with this in their name")
    parser.add_argument("--errors", default="", help="of text,left,title,authors,day,minute,kept")
    parser.add_argument("--bare", choices=("yes", "no"), default="yes")
    options = parser.parse_args()
    if not options.pages.exists():
        raise SystemExit(f"not run: {options.pages} is not here")
    scored = score_pages(options.pages, bare=options.bare == "yes", half=options.half, only=options.only)
    for row in errors(scored, options.errors.split(",")):
        print(row)
    for row in tables(scored, bare=options.bare == "yes"):
        print(row)


if __name__ == "__main__":
    main()
