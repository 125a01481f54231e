"""Which lines of a page are its own: those beside the bar that asks for consent and the lists of other pages."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Record

from .lines import Line
from .wording import kind_by_words, phrase

_AWAY = frozenset({"nav", "footer"})
_CONTROLS = frozenset({"button", "form"})
_BESIDE = frozenset({"aside", "related"})


class OwnLinesOptions(Record, frozen=True, kw_only=True):
    """A bar is one where the page has, beside it, as many words as it, or `whole` of them, and `least` at least; else
    it stands in the page's place. Lists of other pages stand beside where `own` words are left without them, or
    `own_of_many` where they have `many` links. A list is headed by a label of up to `label` words; a control has up to
    `control`, and stands at most `near` lines behind what it answers. Set on pages written for the purpose."""

    least: int = 20
    whole: int = 60
    own: int = 8
    own_of_many: int = 20
    many: int = 6
    label: int = 6
    control: int = 4
    near: int = 4


def own_lines(lines: Sequence[Line], options: OwnLinesOptions | None = None) -> list[Line]:
    """The lines of an HTML page without a bar for consent and without lists of other pages, where a page is left; all
    of them where none is, and all of a plain text."""
    options = options or OwnLinesOptions()
    if all(line.main is None for line in lines):
        return list(lines)
    bar, lists = _bar(lines, options), _lists(lines, options)
    left = [line for n, line in enumerate(lines) if n not in lists]
    words = _words([line for n, line in enumerate(lines) if n not in lists and n not in bar])
    asked = sum(lines[n].words for n in bar)
    if bar and words < max(options.least, min(options.whole, asked)):
        bar = set()
    links = sum(lines[n].linked > 0.5 for n in lists)
    if _words(left) < (options.own_of_many if links >= options.many else options.own):
        lists = set()
    return [line for n, line in enumerate(lines) if n not in bar and n not in lists]


def _words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines if not (_AWAY | _CONTROLS) & line.hints)


def _bar(lines: Sequence[Line], options: OwnLinesOptions) -> set[int]:
    """The lines that ask for consent: by the names of their elements, or by their words with the buttons to answer."""
    found = {number for number, line in enumerate(lines) if "consent" in line.hints}
    controls = [_is_control(line, options) for line in lines]
    for number, line in enumerate(lines):
        # A question is next to its answers, or to more of it that is: most lines are neither.
        if number in found or line.words < 3 or not any(controls[number + 1 : number + 1 + options.near]):
            continue
        if not phrase("cookie", line.text):
            continue
        end = number + 1
        while end < len(lines) and (controls[end] or phrase("cookie", lines[end].text)):
            end += 1
        if any(controls[number:end]):
            found.update(range(number, end))
    return found


def _is_control(line: Line, options: OwnLinesOptions) -> bool:
    return line.words <= options.control and (bool(_CONTROLS & line.hints) or line.linked > 0.9)


def _lists(lines: Sequence[Line], options: OwnLinesOptions) -> set[int]:
    """The lines of other pages: in elements that stand beside, and links under a label that says so."""
    found: set[int] = set()
    listing = False
    for number, line in enumerate(lines):
        if line.hints & _BESIDE:
            found.add(number)
            continue
        labels = line.words <= options.label and line.linked < 0.5 and "h1" not in line.hints
        if labels and kind_by_words(line.text) == "related":
            listing = True
        elif listing and not (line.linked > 0.5 or line.words <= 2):
            listing = False
        if listing:
            found.add(number)
    return found
