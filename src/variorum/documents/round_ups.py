"""Round-ups: pages that tell several stories one after the other, and which lines each of them takes.

Where a page is cut (headings, datelines, labelled items, rules), the pieces are stories of their own if they share
hardly any names, and if the page's title says so, the pieces are datelined from different places, or headlines head
them and they share hardly any word. One long story under subheads names the same people and things all through, and
stays one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from variorum.records import Record

from .datelines import find_dateline
from .lines import Line, ends_sentence
from .territories import is_state, state_of, states_in
from .wording import phrase, plain, word_set

_RULE = re.compile(r"(?:[*_#=~•·–—-]\s*){3,}|[*•]")
_ITEM = re.compile(r"\s*(?:[•*▪●■◆►▶»‣–—-]|o(?=\s)|\(?\d{1,2}[.)])\s+")
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\W\d_][^:.!?\n]{1,60}?)\s?(?:\*\*|__)?(?:[:.|–—]|(?<=\s)-(?=\s))\s?(?:\*\*|__)?\s*(?=\S)"
)
_LABEL_END = re.compile(r"(?:\*\*|__)?\s?[:.|–—-]?(?:\*\*|__)?")
_PIECES = re.compile(r"\s*[:|/()\[\]–—,]\s*")
_EACH = 0.01
_FEW = 5  # names, of which one that is shared says little
_FEW_WORDS = 8
_STEM = 6  # letters by which the forms of a word are taken for one
_HEADLINE = 3  # words
_PLAIN_WORDS = 25
_MATTER = re.compile(r"[^\W\d_]{4,}")
_HEADS = frozenset({"h1", "heading"})
_NAME = re.compile(r"[^\W\d_][\w'’-]+")
_SENTENCE = re.compile(r"(?:^|[.!?:;]\s+|[\"“‘«(\n]\s*)$")
_SHARED = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
# Longer words that stand in any report.
_COMMON = frozenset(
    word[:_STEM]
    for word in word_set(
        "about according after again against also another around because been before being between both could does "
        "during each even first five four from have here including into just last like made make many more most "
        "much nearly near next only other over people same second several should since some still such than that "
        "their them then there these they this those three through told under until very week weeks well were what "
        "when where which while will with would year years said says saying time today "
    )
)


class RoundUpOptions(Record, frozen=True, kw_only=True):
    """Most of the names that two sections share on average, as a share of the smaller section's: `called` where the
    page calls itself a round-up, `placed` where its sections have datelines of their own or are headed by states. A
    section has `least_words` to `most_words` words. A page that does not call itself so is one where `several` sections
    have headings and share at most `apart` of their names, `at_home` of them name states, and of all pairs of sections
    at most `same` name the same state. Set on pages written for the purpose and on 258 articles, none of which is one.
    """

    called: float = 0.34
    placed: float = 0.2
    least_words: int = 12
    most_words: int = 420
    several: int = 3
    apart: float = 0.1
    at_home: float = 0.75
    same: float = 0.2
    strange: float = 0.03
    unlike: float = 0.08
    alike: float = 0.15
    before: int = 40


class Section(NamedTuple):
    """Lines ``[first, last]`` of one story; `heading` is the line that heads it, if one does."""

    first: int
    last: int
    heading: int | None


def find_sections(
    text: str, lines: Sequence[Line], content: Sequence[bool], title: str | None, options: RoundUpOptions
) -> list[Section]:
    """The stories of a round-up in order; empty where the page is none. `content` says which lines may be text."""
    numbers = [number for number, is_content in enumerate(content) if is_content]
    if len(numbers) < 2:
        return []
    called = _is_called(lines, numbers, title)
    best: tuple[float, list[Section]] = (0.0, [])
    for starts, headed in _cuts(text, lines, numbers):
        sections = _sections(lines, numbers, starts, headed, options)
        if len(sections) < 2:
            continue
        score = _score(text, lines, content, sections, called, options)
        score += _EACH * len(sections) if score else 0.0  # of cuts that stand as well, the finer
        if score > best[0]:
            best = (score, sections)
    return best[1]


def _cuts(text: str, lines: Sequence[Line], numbers: Sequence[int]) -> list[tuple[list[int], frozenset[int]]]:
    """The ways to cut the page: where the pieces begin, and which of them begin with a heading."""
    headings = [n for at, n in enumerate(numbers) if _is_heading(lines, numbers, at)]
    marked = [n for n in headings if {"heading"} & lines[n].hints]
    strong = [n for n in headings if lines[n].lead >= lines[n].end - lines[n].start - 1]
    datelined = [n for n in numbers if _dateline(text, lines[n])]
    labelled = [n for n in numbers if _label(text, lines[n])]
    items = [n for n in numbers if lines[n].words >= 10 and (lines[n].item or _ITEM.match(lines[n].text))]
    ruled = [
        next((n for n in numbers if n >= rule + (not line.ruled)), -1)
        for rule, line in enumerate(lines)
        if numbers[0] < rule <= numbers[-1] and (line.ruled or (rule < numbers[-1] and _RULE.fullmatch(line.text)))
    ]
    if ruled:
        opening = next((n for n in numbers if not _is_heading(lines, numbers, numbers.index(n))), numbers[0])
        ruled = [opening, *ruled]
    ways = [(cut, frozenset(cut)) for cut in (marked, strong, headings)]
    over = {n: before for before, n in pairwise(numbers) if before in headings}
    ways += [
        ([over.get(n, n) for n in cut], frozenset(over[n] for n in cut if n in over))
        for cut in (datelined, labelled, items, sorted(set(ruled) - {-1}))
    ]
    if ruled and headings:
        under = {numbers[numbers.index(n) + 1] for n in headings}
        both = {*headings, *(n for n in ruled[1:] if n not in under)} - {-1}
        ways.append((sorted(both), frozenset(headings)))
    return [way for way in ways if len(way[0]) >= 2]


def _is_heading(lines: Sequence[Line], numbers: Sequence[int], at: int) -> bool:
    line = lines[numbers[at]]
    if at + 1 >= len(numbers) or line.words > 16:
        return False
    following = lines[numbers[at + 1]]
    under = following.words >= 8 and (ends_sentence(following.text) or following.words >= 20)
    if (
        "heading" in line.hints
        or (line.linked > 0.8 and line.words > 1)
        or (line.lead and line.lead >= line.end - line.start - 1)
    ):
        return under
    bare = line.text.strip("*_# ")
    return under and line.main is None and not re.search(r"[.;,]$", bare) and not _ITEM.match(line.text)


def _dateline(text: str, line: Line) -> str | None:
    found = find_dateline(text, line, opening=False)
    return text[slice(*found.place)] if found and found.place else None


def _label(text: str, line: Line) -> str | None:
    """The label that an item opens with: in bold, or a name before a colon or a dash."""
    start = line.start
    if item := _ITEM.match(line.text):
        start += item.end()
    if 0 < line.lead <= 90 and line.lead < 0.6 * (line.end - line.start):
        return text[line.start : line.start + line.lead]
    match = _LABEL.match(text, start, line.end)
    if not match or line.words < 10:
        return None
    label = match["label"].strip("*_ ")
    words = _NAME.findall(label)
    bold = text[start : start + 2] in {"**", "__"}
    if "-" in text[match.end("label") : match.end()] and not is_state(label):
        return None  # a dateline
    if bold or label.isupper() or state_of(label) or (item and len(words) <= 6 and _capital(words)):
        return label
    return None


def item_mark(text: str, line: Line) -> int | None:
    """Where the mark ends that an item of a list opens with ("•", "2."); None where it opens with none."""
    match = _ITEM.match(text, line.start, line.end)
    return match.end() if match else None


def heading_of(text: str, line: Line) -> int | None:
    """Where the heading ends that a section's first line opens with, its mark included; None where it has none."""
    label = _label(text, line)
    if label is None:
        return None
    end = text.index(label, line.start) + len(label)
    match = _LABEL_END.match(text, end, line.end)
    return match.end() if match else end


def _capital(words: Sequence[str]) -> bool:
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _sections(
    lines: Sequence[Line],
    numbers: Sequence[int],
    starts: Sequence[int],
    headed: frozenset[int],
    options: RoundUpOptions,
) -> list[Section]:
    """The pieces between the cuts; a piece without text enough goes to the one before it, and the last ends with the
    text."""
    found: list[Section] = []
    for place, start in enumerate(starts):
        stop = starts[place + 1] if place + 1 < len(starts) else len(lines)
        inside = [n for n in numbers if start <= n < stop]
        prose = [n for n in inside if not (n == start and n in headed)]
        words = sum(lines[n].words for n in prose)
        if words < options.least_words:
            if found and prose:
                found[-1] = found[-1]._replace(last=inside[-1])
            continue
        if words > options.most_words:
            return []
        found.append(Section(start, inside[-1], start if start in headed else None))
    return found


def _score(
    text: str,
    lines: Sequence[Line],
    content: Sequence[bool],
    sections: Sequence[Section],
    called: bool,
    options: RoundUpOptions,
) -> float:
    """How well the pieces stand as stories of their own; 0 where they do not."""
    stretches = [
        "\n".join(text[lines[n].start : lines[n].end] for n in range(one.first, one.last + 1) if content[n])
        for one in sections
    ]
    places = {
        place
        for one in sections
        for n in (one.first, one.first + 1)
        if n <= one.last and (place := _dateline(text, lines[n]))
    }
    heads = [state for one in sections if (state := _headed_by(text, lines[one.first])) is not None]
    before = sum(lines[n].words for n in range(sections[0].first) if content[n])
    inside = sum(stretch.count(" ") + 1 for stretch in stretches)
    if before > max(60, 0.5 * inside):
        return 0.0
    if not called and sum(lines[one.first].linked > 0.8 for one in sections) * 2 > len(sections):
        return 0.0  # teasers
    apart = max(len(places), len(set(heads)))
    placed = apart >= 2 and apart * 2 > len(sections)
    headed = sum(one.heading is not None or _label(text, lines[one.first]) is not None for one in sections)
    listed = len(sections) >= options.several and headed + 1 >= len(sections)
    if not (called or placed or listed):
        return 0.0
    overlap = _overlap([_names(stretch) for stretch in stretches])
    if placed and overlap <= options.placed:
        return 3.0 + called - overlap
    if called and overlap <= options.called:
        return 2.0 - overlap
    if listed and overlap <= options.apart:
        homes = [states_in(stretch) for stretch in stretches]
        pairs = list(combinations(homes, 2))
        told = sum(bool(home) for home in homes)
        if told >= options.at_home * len(homes) and sum(bool(a & b) for a, b in pairs) <= options.same * len(pairs):
            return 1.0 - overlap
        if overlap <= options.strange and _has_nothing_common(lines, sections, stretches, before, options):
            return 1.0 - overlap
    return 0.0


def _has_nothing_common(
    lines: Sequence[Line], sections: Sequence[Section], stretches: Sequence[str], before: int, options: RoundUpOptions
) -> bool:
    """Whether headlines head sections that share neither names nor matter, each of which names someone."""
    heads = [lines[one.heading] for one in sections if one.heading is not None]
    if (
        len(heads) < len(sections)
        or before > options.before
        or sum(line.words >= _HEADLINE for line in heads) < len(heads)
    ):
        return False
    if any(len(_names(stretch)) < 2 or stretch.count(" ") < _PLAIN_WORDS for stretch in stretches):
        return False
    matter = [_words(stretch) for stretch in stretches]
    shares = [len(a & b) / max(_FEW_WORDS, min(len(a), len(b))) for a, b in combinations(matter, 2)]
    return sum(shares) <= options.unlike * len(shares) and max(shares) <= options.alike


def _headed_by(text: str, line: Line) -> str | None:
    """The state that heads a section: alone, as its label, or in brackets or before a colon in it."""
    head = plain(text[line.start : line.end]).strip("*_# .:")
    names = [_label(text, line) or "", head, *(piece for piece in _PIECES.split(_label(text, line) or head))]
    return next((state for name in names if 0 < len(name) <= 60 and (state := state_of(name))), None)


def _names(stretch: str) -> frozenset[str]:
    """The capitalised words of a stretch that do not merely begin a sentence, and those that recur there."""
    found: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for match in _NAME.finditer(stretch):
        word = match[0]
        if not word[0].isupper() or len(word) < 3:
            continue
        key = re.sub(r"['’]s$", "", word.casefold())
        before = stretch[max(0, match.start() - 4) : match.start()]
        (opening if _SENTENCE.search(before) else found)[key] += 1
    return frozenset(found) - _SHARED


def _words(stretch: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _MATTER.findall(stretch.casefold())) - _COMMON


def _overlap(names: Sequence[frozenset[str]]) -> float:
    shares = [len(a & b) / max(_FEW, min(len(a), len(b))) for a, b in combinations(names, 2) if a and b]
    return sum(shares) / len(shares) if shares else 0.0


def _is_called(lines: Sequence[Line], numbers: Sequence[int], title: str | None) -> bool:
    heads = [title or ""]
    if numbers:
        top = lines[: numbers[0] + 2]
        heads += [line.text for line in top if line.words <= 25 and (line.main is None or _HEADS & line.hints)]
    return any(phrase("round-up", plain(head)) for head in heads[:12])
