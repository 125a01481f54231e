"""Which lines of an HTML page are its main text: trafilatura's choice, carried over to the lines as they stand.

trafilatura is run for precision; its output is aligned with the lines, whose characters stay as the page has them.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .lines import Line, count_words, ends_sentence
from .wording import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_GRAM = 4
_SHARE = 0.8  # of a line's word 4-grams that must be in the main text; a line break inside a paragraph costs a few
_TOO_MUCH = 0.4  # a class name that would take this share of the main text away is a wrapper's, and says nothing
_FILL_WORDS = 8
_SEEN = 0.5  # with less of the main text than this among the visible lines, the rest is taken from linked data
_OVER_MAIN = ("comment", "caption", "share", "related", "nav", "time", "byline", "ad")


def with_main_text(tree: HtmlElement, text: str, lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """The text and its lines with `main` set, and without structural hints that would empty the main text.

    Main text that the page shows only through scripts (it stands in its linked data) is added behind the visible text.
    """
    main = _main_lines(tree)
    chosen = _choose(main, lines)
    chosen |= _between(chosen, main, lines)
    total = sum(lines[number].words for number in chosen)
    misleading = {
        hint
        for hint in _OVER_MAIN
        if sum(lines[number].words for number in chosen if hint in lines[number].hints) > _TOO_MUCH * total
    }
    marked = [
        line._replace(main=number in chosen, hints=line.hints - misleading if number in chosen else line.hints)
        for number, line in enumerate(lines)
    ]
    if total >= _SEEN * sum(count_words(line) for line in main):
        return text, marked
    seen = "".join(_squash(lines[number].text) for number in sorted(chosen))
    for line in main:
        if (stripped := " ".join(line.split())) and _squash(stripped) not in seen:
            text = f"{text}\n{stripped}" if text else stripped
            marked.append(Line(len(text) - len(stripped), len(text), plain(stripped), frozenset(), True))
    return text, marked


def _main_lines(tree: HtmlElement) -> list[str]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its log speaks of pages by no name
    found = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = getattr(found, "text", None)
    return text.split("\n") if text else []


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _choose(main: Sequence[str], lines: Sequence[Line]) -> set[int]:
    exact = {_squash(text) for text in main} - {""}
    grams: set[tuple[str, ...]] = set()
    for text in main:
        grams.update(_grams(text))
    chosen = set()
    for number, line in enumerate(lines):
        squashed = _squash(line.text)
        if not squashed:
            continue
        if squashed in exact:
            chosen.add(number)
        elif line.words > _GRAM:
            own = _grams(line.text)
            if own and sum(gram in grams for gram in own) >= _SHARE * len(own):
                chosen.add(number)
    return _once(chosen, lines)


def _once(chosen: set[int], lines: Sequence[Line]) -> set[int]:
    """Of lines that say the same (a teaser repeats the lead), the one nearest to the middle of the main text."""
    if not chosen:
        return chosen
    ordered = sorted(chosen)
    weights = [lines[number].words for number in ordered]
    half, seen, middle = sum(weights) / 2, 0, ordered[0]
    for number, weight in zip(ordered, weights, strict=True):
        seen += weight
        if seen >= half:
            middle = number
            break
    best: dict[str, int] = {}
    for number in ordered:
        key = _squash(lines[number].text)
        if key not in best or abs(number - middle) < abs(best[key] - middle):
            best[key] = number
    return set(best.values())


def _between(chosen: set[int], main: Sequence[str], lines: Sequence[Line]) -> set[int]:
    """Paragraphs between the first and the last chosen line that an extractor for precision left out: whole sentences
    without links, under no structural hint."""
    if len(chosen) < 2:
        return set()
    low, high = min(chosen), max(chosen)
    times = Counter(_squash(line.text) for line in lines)
    known = "\n".join(_squash(line) for line in main)
    return {
        number
        for number in range(low, high)
        if number not in chosen
        and lines[number].words >= _FILL_WORDS
        and ends_sentence(lines[number].text)
        and times[_squash(lines[number].text)] == 1
        and _squash(lines[number].text) not in known
        and lines[number].linked < 0.3
        and not lines[number].hints - {"quote", "heading"}
    }


def _grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)]
