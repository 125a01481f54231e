"""Which lines of an HTML page are its main text: trafilatura's choice, carried over to the lines as they stand.

trafilatura is run for precision; its output is aligned with the lines, whose characters stay as the page has them.
What the page says of itself corrects it: the article's text and description in its metadata, elements of the same path
as the paragraphs found, and links and labels that stand alone.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from variorum.records import Record

from .html import Extracted
from .lines import Line, count_words, ends_sentence
from .wording import LETTERS, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_GRAM = 4
_NO_PROSE = frozenset({"caption", "comment", "nav", "footer", "form", "related", "aside", "ad", "consent"})
_LABELLED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s?[:：]\s*[^\s.!?]+(?:[ .][^\s!?]+)*(?<![.!?。])$")
_LETTERS = re.compile(r"[^\W_]+")
_LEAD = frozenset({"lead"})
_LEADING = frozenset({"heading", "lead"})
_NO_LEAD = frozenset({"caption", "related", "nav", "comment", "share", "form", "footer", "ad", "consent"})
_OVER_MAIN = ("comment", "caption", "share", "related", "nav", "time", "byline", "ad", "consent")


class MainTextOptions(Record, frozen=True, kw_only=True):
    """Shares are of words, 0 to 1. Tuned on the half of 258 pages of 40 countries whose file names hash even.

    `grams`: of a line's word 4-grams that must be in the extractor's text; a break inside a paragraph costs a few.
    `wrapper`: a class name that would take this share of the main text away is a wrapper's, and says nothing.
    `fill_words`: a paragraph between main lines has so many words.
    `seen`: with less of the main text than this among the visible lines, the rest is taken from linked data.
    `whole`: the linked data's article text is the whole text where it holds this share of the extractor's choice.
    `link`: a line with this share of its letters in links, and no more words than `link_words`, is a link.
    `label_words`: a label that stands several times in the page has at most so many words.
    `colophon_words`: a last line that is a label and a name has at most so many words.
    `prose_words`: a sentence of so many words outside furniture is prose. With fewer words than `enough_words` or than
    `little` of the prose, the extractor is run with its comparisons; with less than `nothing` of it, not for precision.
    """

    grams: float = 0.8
    wrapper: float = 0.4
    fill_words: int = 8
    seen: float = 0.5
    whole: float = 0.6
    link: float = 0.7
    link_words: int = 30
    label_words: int = 5
    colophon_words: int = 8
    prose_words: int = 12
    enough_words: int = 100
    little: float = 0.5
    nothing: float = 0.2


class Stated(NamedTuple):
    """What a page's metadata gives of its text: the article's body, if it is there, and descriptions of the page."""

    body: str = ""
    descriptions: tuple[str, ...] = ()


def with_main_text(
    tree: HtmlElement, extracted: Extracted, stated: Stated, prose: int, options: MainTextOptions
) -> tuple[str, list[Line]]:
    """The text and its lines with `main` set, and without structural hints that would empty the main text. `prose` is
    what `shown_prose` gives of the page.

    Main text that the page shows only through scripts (it stands in its linked data) is added behind the visible text.
    """
    text, lines = extracted.text, extracted.lines
    main = _main_lines(tree, prose, options) or _on_one_path(extracted, options)
    if not main or _only_stated(lines, stated.body, prose, options):
        main = stated.body.splitlines()
    choice = _Choice(extracted, main, stated, options)
    chosen = choice.run()
    leads = choice.leads(chosen)
    total = sum(lines[number].words for number in chosen)
    misleading = {
        hint
        for hint in _OVER_MAIN
        if sum(lines[number].words for number in chosen if hint in lines[number].hints) > options.wrapper * total
    }
    told = [lines[n] for n in chosen if _is_prose(lines[n], options)]
    laid = sum(line.words for line in told if "table" in line.hints)
    if laid > options.wrapper * sum(line.words for line in told):
        misleading.add("table")  # one that lays the page out
    marked = []
    for number, line in enumerate(lines):
        hints = line.hints - _LEAD - misleading if number in chosen else line.hints - _LEAD
        marked.append(
            Line(
                line.start,
                line.end,
                line.text,
                _LEAD if number in leads else hints,
                number in chosen or number in leads,
                *line[5:],
            )
        )
    if total >= options.seen * sum(count_words(line) for line in main):
        return text, marked
    return _with_unseen(text, marked, main, choice.keys)


def _with_unseen(text: str, marked: list[Line], main: Sequence[str], shown: Sequence[str]) -> tuple[str, list[Line]]:
    """The text and its lines with those of `main` behind them that stand nowhere among the lines `shown` (as `_squash`
    has them): what is visible is never told twice, whether it was chosen or not."""
    known, whole = set(shown), "".join(shown)
    pieces, at = [text] if text else [], len(text)
    for taken in main:
        stripped = " ".join(taken.split())
        key = _squash(stripped)
        if not stripped or key in known or key in whole:
            continue
        start = at + 1 if pieces else 0
        at = start + len(stripped)
        pieces.append(stripped)
        known.add(key)
        marked.append(Line(start, at, plain(stripped), frozenset(), True))
    return "\n".join(pieces), marked


def _only_stated(lines: Sequence[Line], body: str, prose: int, options: MainTextOptions) -> bool:
    """Whether a page shows next to no prose, and nothing of the article's text as its metadata has it."""
    told = count_words(body)
    if told < options.enough_words or prose > options.nothing * told:
        return False
    key = _squash(body)
    return not any(_is_prose(line, options) and _squash(line.text) in key for line in lines)


def shown_prose(lines: Sequence[Line], options: MainTextOptions) -> int:
    """How many words of prose a page shows. A hint that most of it has is a wrapper's, and says nothing."""
    told = [line for line in lines if _reads_as_prose(line, options)]
    total = sum(line.words for line in told)
    away = {hint for hint in _NO_PROSE if 2 * sum(line.words for line in told if hint in line.hints) <= total}
    return sum(line.words for line in told if not line.hints & away)


def _main_lines(tree: HtmlElement, prose: int, options: MainTextOptions) -> list[str]:
    """What the extractor takes: by its own rules first; where that is little of the page's prose, by those of the
    extractors that it compares itself with; and where that is next to nothing, without the favour for precision."""
    found = _extracted(tree, fast=True)
    words = sum(map(count_words, found))
    if words < max(options.enough_words, options.little * prose):
        found = _extracted(tree) or found
        words = sum(map(count_words, found))
    if words < options.nothing * prose:
        found = _extracted(tree, precision=False) or found
    return found


def _on_one_path(extracted: Extracted, options: MainTextOptions) -> list[str]:
    """The prose of a page in which the extractor finds nothing (old layouts are tables): that on the path with most."""
    words: Counter[int] = Counter()
    for line, path in zip(extracted.lines, extracted.paths, strict=True):
        if _is_prose(line, options):
            words[path] += line.words
    best = max(words, key=lambda path: (words[path], -path), default=None)
    numbered = zip(extracted.lines, extracted.paths, strict=True)
    return [line.text for line, path in numbered if path == best and _is_prose(line, options)]


def _extracted(tree: HtmlElement, *, fast: bool = False, precision: bool = True) -> list[str]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its log speaks of pages by no name
    try:
        found = trafilatura.bare_extraction(
            tree, fast=fast, favor_precision=precision, include_comments=False, include_tables=True
        )
    except RecursionError:  # elements nested deeper than it walks: the lines are read without it
        return []
    text = getattr(found, "text", None)
    return [line for line in text.split("\n") if not line.isspace()] if text else []


def _is_prose(line: Line, options: MainTextOptions) -> bool:
    return not line.hints & _NO_PROSE and _reads_as_prose(line, options)


def _reads_as_prose(line: Line, options: MainTextOptions) -> bool:
    return line.words >= options.prose_words and line.linked < 0.3 and ends_sentence(line.text)


class _Choice:
    """The numbers of the main lines of one page, step by step."""

    def __init__(self, extracted: Extracted, main: Sequence[str], stated: Stated, options: MainTextOptions) -> None:
        self.lines, self.paths = extracted.lines, extracted.paths
        self.keys = [_squash(line.text) for line in self.lines]
        self.times = Counter(self.keys)
        self.main = main
        self.stated = stated
        self.options = options

    def run(self) -> set[int]:
        chosen = self._aligned(self.main)
        chosen |= self._stated_body(chosen)
        chosen |= self._between(chosen)
        kept = {number for number in chosen if not self._is_link(number) and not self._is_label(number)}
        if kept and self._is_colophon(max(kept)):
            kept.remove(max(kept))
        return kept

    def _aligned(self, texts: Sequence[str]) -> set[int]:
        """The lines that stand in `texts`, each once."""
        exact = {_squash(text) for text in texts} - {""}
        grams: set[tuple[str, ...]] = set()
        for text in texts:
            grams.update(_grams(text))
        chosen = set()
        for number, line in enumerate(self.lines):
            if not self.keys[number]:
                continue
            if self.keys[number] in exact:
                chosen.add(number)
                continue
            own = _grams(line.text) if line.words > _GRAM else []
            if own and sum(gram in grams for gram in own) >= self.options.grams * len(own):
                chosen.add(number)
        return self._once(chosen)

    def _once(self, chosen: set[int]) -> set[int]:
        """Of lines that say the same (a teaser repeats the lead), the one nearest to the middle of the main text."""
        if not chosen:
            return chosen
        ordered = sorted(chosen)
        weights = [self.lines[number].words for number in ordered]
        half, seen, middle = sum(weights) / 2, 0, ordered[0]
        for number, weight in zip(ordered, weights, strict=True):
            seen += weight
            if seen >= half:
                middle = number
                break
        best: dict[str, int] = {}
        for number in ordered:
            key = self.keys[number]
            if key not in best or abs(number - middle) < abs(best[key] - middle):
                best[key] = number
        return set(best.values())

    def _stated_body(self, chosen: set[int]) -> set[int]:
        """The lines of the article's text as linked data has it, where it is the same text and the whole of it."""
        body = _squash(self.stated.body)
        if not body:
            return set()
        total = sum(self.lines[number].words for number in chosen)
        shared = sum(self.lines[number].words for number in chosen if self.keys[number] in body)
        if count_words(self.stated.body) < total * self.options.whole or shared < total * self.options.whole:
            return set()
        first = min(chosen, default=-1)
        found = {
            number
            for number, line in enumerate(self.lines)
            if number > first
            and line.words >= self.options.fill_words
            and self.keys[number] in body
            and line.linked < self.options.link
        }
        return self._once(found | chosen) - chosen

    def _between(self, chosen: set[int]) -> set[int]:
        """Paragraphs between the first and the last chosen line that an extractor for precision left out: whole
        sentences on the path of chosen paragraphs, without links, under no structural hint."""
        if len(chosen) < 2:
            return set()
        known = "\n".join(_squash(line) for line in self.main)
        paths = {self.paths[number] for number in chosen}
        whole = "\n".join(self.keys[number] for number in sorted(chosen))
        return {
            number
            for number in range(min(chosen), max(chosen))
            if number not in chosen
            and self.paths[number] in paths
            and self.lines[number].words >= self.options.fill_words
            and ends_sentence(self.lines[number].text)
            and self.times[self.keys[number]] == 1
            and self.keys[number] not in known
            and self.lines[number].linked < 0.3
            # A quotation set off from the text is taken where it repeats the text: it is marked as what it is.
            and not self.lines[number].hints
            - ({"heading", "lead", "quote"} if self.keys[number] in whole else _LEADING)
        }

    def leads(self, chosen: set[int]) -> set[int]:
        """The lines between title and main text that are the page's description, or whose class names them the lead.

        What the extractor took for the main text stays that: on many pages its first paragraph is the description."""
        first = min((number for number in chosen if "h1" not in self.lines[number].hints), default=0)
        headings = [number for number in range(first) if "h1" in self.lines[number].hints]
        start = headings[-1] + 1 if headings else max(0, first - 30)
        descriptions = [key for each in self.stated.descriptions if len(key := _squash(each)) > 30]
        known = {self.keys[number] for number in chosen}
        found: set[int] = set()
        for number in range(start, first):
            line, key = self.lines[number], self.keys[number]
            if number in chosen or line.words < 5 or line.linked > 0.5 or key in known or line.hints & _NO_LEAD:
                continue
            described = len(key) > 30 and any(key in each or each in key for each in descriptions)
            if described or ("lead" in line.hints and ends_sentence(line.text)):
                found.add(number)
                known.add(key)
        return found

    def _is_link(self, number: int) -> bool:
        """Whether a line is nothing but a link to another text, with or without a label before it."""
        line = self.lines[number]
        return line.linked >= self.options.link and line.words <= self.options.link_words and "table" not in line.hints

    def _is_label(self, number: int) -> bool:
        """Whether a line is a label ("Also of interest") and no sentence: the page repeats it, or a link follows."""
        line = self.lines[number]
        if line.words > self.options.label_words or ends_sentence(line.text) or "table" in line.hints:
            return False
        follows = number + 1 < len(self.lines) and self.lines[number + 1].words > 3 and self._is_link(number + 1)
        return self.times[self.keys[number]] > 1 or follows

    def _is_colophon(self, number: int) -> bool:
        """Whether the last line is a label with a name behind it ("Source: …"), in whatever language."""
        line = self.lines[number]
        return line.words <= self.options.colophon_words and _LABELLED.match(line.text) is not None


def _squash(text: str) -> str:
    if text.isascii():
        return text.translate(LETTERS)
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text).casefold()))


def _grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)]
