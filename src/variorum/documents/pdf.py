"""A PDF to the text that every later offset counts in: its lines joined again to the paragraphs that were set.

The lines come from a process of its own (`pdf_lines`). A paragraph ends where the next line stands off, is indented,
is set in another size, or where a line that ends a sentence stops short of the column. Words that a line's end divides
are joined; running heads and page numbers, which stand on page after page, are left out: they stand in no sentence.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from variorum.records import Record, RejectionReason

from .bylines import is_byline
from .dates import find_date
from .line_forms import only_dates
from .pdf_lines import HYPHENS
from .wording import plain

# What a browser prints in the margins of every page: when it was printed, and from which address.
_PRINTED_AT = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?\b")
_PRINTED_FROM = re.compile(r"(?:^|\s)(?P<address>(?:https?|file)://\S+)(?:\s+\d+/\d+)?$")

_HEAD_LINES = 14
_HEAD_WORDS = 14
_WORKER = Path(__file__).with_name("pdf_lines.py")
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"[^\S\n]+")
_OTHER_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class PdfOptions(Record, frozen=True, kw_only=True):
    """Limits of the reading process: `memory` bytes, `seconds` of processor time; `patience` seconds of a clock are
    its backstop.

    A new paragraph begins after `gap` times the page's usual distance of lines, at an indent of `indent` times the
    font's size, and after a sentence's end that leaves `short` of the column free. Running heads stand in the
    outer `margin` of a page's text. The values come from how reports are usually set, and no corpus measured them.
    """

    memory: int = 1_000_000_000
    seconds: int = 30
    patience: float = 300.0
    gap: float = 1.35
    indent: float = 0.8
    short: float = 0.12
    margin: float = 0.1


Problem = tuple[RejectionReason, str]


class PdfText(NamedTuple):
    """The text, or why there is none; and the address that a browser printed it from, where it says it whole."""

    text: str
    problem: Problem | None = None
    address: str | None = None


class _Line(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def pdf_text(content: bytes, options: PdfOptions | None = None) -> PdfText:
    """The text of a PDF, a line for each paragraph.

    A PDF of pictures gives the problem "scanned", one behind a password "encrypted", one that asks for more than the
    limits or breaks the reader "bomb", any other that cannot be read "unreadable".
    """
    options = options or PdfOptions()
    command = [sys.executable, "-I", str(_WORKER), str(options.memory), str(options.seconds)]
    limits = f"{options.memory / 1e9:g} GB of memory or {options.seconds} s"
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=options.patience)
    except subprocess.TimeoutExpired:
        return PdfText("", ("bomb", f"reading it takes more than {options.patience:g} s"))
    if done.returncode:
        return PdfText("", ("bomb", f"reading it takes more than {limits}, as a bomb does, or breaks the reader"))
    found = json.loads(done.stdout)
    if "problem" in found:
        return PdfText("", (found["problem"], found["detail"]))
    pages = [[_Line(*line) for line in page] for page in found["pages"]]
    if not any(pages):
        if found["pictures"]:
            count = f"{found['pictures']} picture{'s' if found['pictures'] > 1 else ''}"
            return PdfText("", ("scanned", f"it holds {count} and no text: it needs character recognition first"))
        return PdfText("", ("empty", "there is no text in it"))
    pages, address = _without_prints(pages)
    return PdfText("\n".join(_paragraphs(_without_heads(pages, options), options)), address=address)


def _without_prints(pages: Sequence[list[_Line]]) -> tuple[list[list[_Line]], str | None]:
    """Pages without what a browser printed in their margins, and the address among it. A page has both the moment and
    the address, or neither: an article's own date line at a page's head stays."""
    found: list[str] = []
    kept = []
    for page in pages:
        edge = _outermost(page)
        moments = [line for line in edge if _PRINTED_AT.search(line.text)]
        addresses = [line for line in edge if _PRINTED_FROM.search(line.text)]
        printed = {*moments, *addresses} if moments and addresses else set()
        found += [match["address"] for line in addresses if printed and (match := _PRINTED_FROM.search(line.text))]
        kept.append([line for line in page if line not in printed])
    whole = [each for each in found if each.startswith("http") and "…" not in each and not each.endswith("...")]
    return kept, whole[0] if whole and len(set(whole)) == 1 else None


def _outermost(page: Sequence[_Line]) -> list[_Line]:
    """What stands on the highest and on the lowest line of a page."""
    if not page:
        return []
    high, low = max(page, key=lambda line: line.top), min(page, key=lambda line: line.bottom)
    return [line for line in page if line.top > high.bottom or line.bottom < low.top]


def _without_heads(pages: Sequence[Sequence[_Line]], options: PdfOptions) -> list[list[_Line]]:
    """Pages without what stands at one height of the head or foot of two or more of them, numbers aside."""
    heads = [{line: _head(line) for line in _at_edge(page, options)} for page in pages]
    found = Counter(head for page in heads for head in set(page.values()))
    return [
        [line for line in page if line not in edge or found[edge[line]] < 2]
        for page, edge in zip(pages, heads, strict=True)
    ]


def _head(line: _Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 4)


def _at_edge(page: Sequence[_Line], options: PdfOptions) -> list[_Line]:
    if not page:
        return []
    low, high = min(line.bottom for line in page), max(line.top for line in page)
    reach = options.margin * (high - low)
    return [line for line in page if line.top > high - reach or line.bottom < low + reach]


def _paragraphs(pages: Sequence[Sequence[_Line]], options: PdfOptions) -> Iterator[str]:
    held = ""
    last: _Line | None = None
    above = _HEAD_LINES  # lines of the first page that may still tell of the page and not of what happened
    for page in pages:
        steps = sorted(a.bottom - b.bottom for a, b in pairwise(page) if a.bottom - b.bottom > 1)
        usual = steps[len(steps) // 4] if steps else 0.0  # a page of short paragraphs has more gaps than lines
        for number, line in enumerate(page):
            above -= 1
            apart = last is not None and above > 0 and (_tells_of_page(last.text) or _tells_of_page(line.text))
            if last is not None and (
                apart or _breaks(last, line, usual, options, column=_column(page, line))
                if number
                else _ends(last, line)
            ):
                yield _clean(held)
                held = ""
            held = _joined(held, line.text)
            last = line
    if held:
        yield _clean(held)


def _tells_of_page(text: str) -> bool:
    """Whether a line over a text is a byline or a date: a paragraph of its own, however near the headline is."""
    if text.count(" ") >= _HEAD_WORDS:
        return False
    text = plain(text)
    return is_byline(text) or (find_date(text) is not None and only_dates(text))


def _breaks(last: _Line, line: _Line, usual: float, options: PdfOptions, *, column: tuple[float, float]) -> bool:
    if abs(last.size - line.size) > 0.1 * max(last.size, line.size):
        return True
    step = last.bottom - line.bottom
    if step < -0.5 * line.size:  # the next column begins higher
        return _ends(last, line)
    if usual and step > options.gap * usual:
        return True
    left, right = column
    if line.left - max(left, min(last.left, line.left)) > options.indent * line.size and last.left - left < line.size:
        return True
    return bool(_ENDS.search(last.text)) and last.right < right - options.short * (right - left)


def _column(page: Sequence[_Line], line: _Line) -> tuple[float, float]:
    """The left and right side of the column that a line stands in: of the lines that overlap it from side to side."""
    beside = [other for other in page if other.left < line.right and line.left < other.right]
    return min(other.left for other in beside), max(other.right for other in beside)


def _ends(last: _Line, line: _Line) -> bool:
    """Whether text that goes on in another column or page begins a new paragraph there."""
    return bool(_ENDS.search(last.text)) or not line.text[:1].islower()


def _joined(held: str, text: str) -> str:
    if not held:
        return text
    if held[-1] in HYPHENS:
        return held[:-1] + ("" if text[:1].islower() else "-") + text
    return f"{held} {text}"


def _clean(text: str) -> str:
    return _SPACES.sub(" ", _OTHER_CONTROLS.sub("", text)).strip()
