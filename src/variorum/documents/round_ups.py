"""Round-ups: pages that tell several stories one after the other, and which lines each of them takes.

A page is cut in every way that round-ups are (headings, datelines, labelled items, rules), and each cut is weighed:
for it speak the page's name for itself, labels and places of their own, agencies that sign inside the page, short
pieces and words that no two pieces share; against it, names and matter that come back, and a headline that is of
all pieces. One long story under subheads names the same people and things all through, and stays one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from variorum.records import Record

from .datelines import find_dateline
from .lines import Line, ends_sentence
from .signatures import signed_end
from .territories import is_state, state_of
from .wording import phrase, plain, word_set

_RULE = re.compile(r"(?:[*_#=~•·–—-]\s*){3,}|[*•]")
_ITEM = re.compile(r"\s*(?:[•*▪●■◆►▶»‣–—-]|o(?=\s)|\(?\d{1,2}[.)])\s+")
_MARKED_HEAD = re.compile(r"\s*[■□◆◇●○◎▲△▶►▷★☆]\s*(?=\S)")  # what opens headings in plain text, more than items
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[^\W\d_][^:.!?\n]{1,60}?)\s?(?:\*\*|__)?(?:[:.|–—]|(?<=\s)-(?=\s))\s?(?:\*\*|__)?\s*(?=\S)"
)
_CAPITALS = re.compile(
    r"(?P<label>[^\W\d_a-z]{2}[^\W\d_a-z'’&.-]*(?:,? [^\W\d_a-z][^\W\d_a-z'’&.-]+){1,6})\s+"
    r"(?=[^\W\d_a-z][^\W\d_A-Z]|[^\W\d_a-z] [^\W\d_])"
)
_SPACED = re.compile(
    r"(?P<label>[^\W\d_a-z]{2}[^\W\d_a-z'’&.-]*(?:,? [^\W\d_a-z][^\W\d_a-z'’&.-]+){0,6}) {2,}(?=[^\W\d_])"
)
_CELL = re.compile(r"(?P<label>[^\t\n]{2,60})\t\s*(?=\S)")
_MARKED = re.compile(r"[*•·►|=\s]+(?P<label>[^\W\d_][^*•·►|=.!?:\n]{1,50}?)\s?[*•·►|=]+\s+(?=\S)")
_LABEL_END = re.compile(r"(?:\*\*|__)?\s?(?:[:.|–—*•·►=-]|\t)?(?:\*\*|__)?")
_PIECES = re.compile(r"\s*[:|/()\[\]–—,]\s*")
_EACH = 0.01
_FEW = 5  # names, of which one that is shared says little
_FEW_WORDS = 8
_COMPARED = 60  # pieces behind each that it is compared with: more than a round-up has
_STEM = 6  # letters by which the forms of a word are taken for one
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\W{0,3}$")
_SEVERAL = 3
_ENGLISH = word_set("the of and to in that was for with on by at from")
_ENGLISH_SHARE = 0.15
_CASELESS = re.compile("[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ALL = re.compile(r"[a-z]+")
_SIGNS = re.compile("[\u30a0-\u30ff\u3400-\u9fff]{2,}")
_HANGUL = re.compile("[\uac00-\ud7af]{2,}")
_ARABIC = re.compile("[\u0600-\u06ff]{4,}")
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


# What leads up to a page's own name in a notice about itself.
_MATTERLESS = re.compile(r"^[\W_]*(?:(?:support|about|subscribe to|follow|read|get|join|the|contact|write to)\b\s*)*")


class RoundUpOptions(Record, frozen=True, kw_only=True):
    """A section has `least_words` to `most_words` words. The other figures are weights in favour of a cut, those of the
    second group against it; a cut stands with `enough`. Set on pages written for the purpose, and on 258 articles, of
    which none is a round-up.

    `called`: the page calls itself a round-up. `placed`: the pieces have datelines of their own or are headed by
    states.
    `labelled`: each has a heading or a label, `ruled` a rule between. `signed`: agencies sign pieces before the last.
    `several`: there are three; `short`: at most `short_words` words in most of them; `named`: each names
    something. `strange`: hardly a word is shared (`few_shared` of the shorter piece's on average);
    `of_one`: the headline is of one piece or of none.
    `names` and `matter` count for each share of names and of words that two pieces have in common on average beyond
    `few_shared`; `of_all`: the headline's words come back in most pieces; `before`: text of more than `before_words`
    words stands before the first.
    """

    least_words: int = 7
    most_words: int = 420
    short_words: int = 60
    few_shared: float = 0.03
    before_words: int = 40
    enough: float = 3.75
    called: float = 2.0
    placed: float = 1.5
    labelled: float = 1.0
    ruled: float = 1.0
    signed: float = 1.5
    several: float = 1.0
    short: float = 0.5
    named: float = 0.5
    strange: float = 0.5
    of_one: float = 0.5
    names: float = 6.0
    matter: float = 6.0
    of_all: float = 1.5
    before: float = 1.0


class Section(NamedTuple):
    """Lines ``[first, last]`` of one story; `heading` is the line that heads it, if one does."""

    first: int
    last: int
    heading: int | None


class _Cut(NamedTuple):
    """Where the pieces begin, which of them begin with a heading, and whether rules part them."""

    starts: list[int]
    headed: frozenset[int]
    ruled: bool = False


def find_sections(
    text: str,
    lines: Sequence[Line],
    content: Sequence[bool],
    title: str | None,
    options: RoundUpOptions,
    own: Sequence[str] = (),
) -> list[Section]:
    """The stories of a round-up in order; empty where the page is none. `content` says which lines may be text, `own`
    what the page is called: a last piece that opens with such a name is of the page and no story."""
    numbers = [number for number, is_content in enumerate(content) if is_content]
    if len(numbers) < 2:
        return []
    page = _Page(text, lines, content, title or "", _is_called(lines, numbers, title), options)
    best: tuple[float, list[Section]] = (0.0, [])
    for cut in _cuts(text, lines, numbers):
        sections = _sections(lines, numbers, cut, options)
        if len(sections) < 2:
            continue
        score = _score(page, sections, cut)
        if score < options.enough:
            continue
        score += _EACH * len(sections)  # of cuts that stand as well, the finer
        if score > best[0]:
            best = (score, sections)
    return _without_tail(text, lines, best[1], [*own, title or ""])


def _without_tail(text: str, lines: Sequence[Line], sections: list[Section], own: Sequence[str]) -> list[Section]:
    """The stories without a last piece that is the page's own: it opens with the page's name, or stands in no elements
    as the stories before it do, which share theirs."""
    if len(sections) < _SEVERAL:
        return sections
    last = sections[-1]
    opening = _MATTERLESS.sub("", plain(text[lines[last.first].start : lines[last.first].end]).casefold())
    named = any(
        name.count(" ") and opening.startswith(_MATTERLESS.sub("", plain(name).casefold()))
        for name in own
        if name.strip()
    )
    paths = [{lines[n].path for n in range(one.first, one.last + 1) if lines[n].words > 1} for one in sections]
    common = set.intersection(*paths[:-1])
    apart = bool(common) and 0 not in common and not any(each & paths[-1] for each in paths[:-1])
    return sections[:-1] if named or apart else sections


def headed_pieces(lines: Sequence[Line], content: Sequence[bool], options: RoundUpOptions) -> list[Section]:
    """The pieces under the headings of a page that is called a live blog: three and more, and text under each."""
    numbers = [number for number, is_content in enumerate(content) if is_content]
    headings = [n for at, n in enumerate(numbers) if _is_heading(lines, numbers, at) and "h1" not in lines[n].hints]
    sections = _sections(lines, numbers, _Cut(headings, frozenset(headings)), options)
    return sections if len(sections) >= _SEVERAL else []


def _cuts(text: str, lines: Sequence[Line], numbers: Sequence[int]) -> list[_Cut]:
    """The ways to cut the page."""
    headings = [n for at, n in enumerate(numbers) if _is_heading(lines, numbers, at)]
    headed = frozenset(headings)
    marked = [n for n in headings if {"heading"} & lines[n].hints]
    strong = [n for n in headings if lines[n].lead >= lines[n].end - lines[n].start - 1]
    datelined = [n for n in numbers if _dateline(text, lines[n])]
    labelled = [n for n in numbers if _label(text, lines[n])]
    items = [n for n in numbers if lines[n].words >= 10 and (lines[n].item or _ITEM.match(lines[n].text))]
    signed = [n for n, m in zip(numbers[1:], numbers, strict=False) if _signed(text, lines[m])]
    ruled = [
        _first_from(numbers, rule + (not line.ruled))
        for rule, line in enumerate(lines)
        if numbers[0] < rule <= numbers[-1] and (line.ruled or (rule < numbers[-1] and _RULE.fullmatch(line.text)))
    ]
    if ruled:
        opening = next((n for n in numbers if n not in headed), numbers[0])
        ruled = [opening, *ruled]
    ways = [_Cut(cut, frozenset(cut)) for cut in (marked, strong, headings)]
    over = {n: before for before, n in pairwise(numbers) if before in headed}
    first = next((n for n in numbers if n not in headed), numbers[0])
    for cut in (datelined, labelled, items, [first, *signed], sorted(set(ruled) - {-1})):
        starts = [over.get(n, n) for n in cut]
        ways.append(_Cut(starts, frozenset(over[n] for n in cut if n in over), cut == sorted(set(ruled) - {-1})))
    if ruled and headings:
        under = {n for before, n in pairwise(numbers) if before in headed}
        both = {*headings, *(n for n in ruled[1:] if n not in under)} - {-1}
        ways.append(_Cut(sorted(both), frozenset(headings), ruled=True))
    return [way for way in ways if len(way.starts) >= 2]


def _first_from(numbers: Sequence[int], least: int) -> int:
    """The first of some ascending numbers that is no less than another; -1 where there is none."""
    at = bisect_left(numbers, least)
    return numbers[at] if at < len(numbers) else -1


def _signed(text: str, line: Line) -> bool:
    """Whether a line ends with an agency's signature, as stories do and paragraphs do not."""
    return signed_end(text, line.start, line.end, last=True) is not None


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
    marked = _MARKED_HEAD.match(line.text) is not None or not _ITEM.match(following.text)
    item = _ITEM.match(line.text) is not None and not marked
    return under and line.main is None and not re.search(r"[.;,]$", bare) and not item


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
    if line.words >= 10:
        for pattern in (_CELL, _CAPITALS, _SPACED, _MARKED):
            found = pattern.match(text, line.start if pattern is _MARKED else start, line.end)
            if found and (pattern not in (_CAPITALS, _SPACED) or found["label"].isupper()):
                return found["label"].strip()
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


def _sections(lines: Sequence[Line], numbers: Sequence[int], cut: _Cut, options: RoundUpOptions) -> list[Section]:
    """The pieces between the cuts; a piece without text enough goes to the one before it, and the last ends with the
    text."""
    found: list[Section] = []
    for place, start in enumerate(cut.starts):
        stop = cut.starts[place + 1] if place + 1 < len(cut.starts) else len(lines)
        inside = numbers[bisect_left(numbers, start) : bisect_left(numbers, stop)]
        prose = [n for n in inside if not (n == start and n in cut.headed)]
        words = sum(lines[n].words for n in prose)
        if words < options.least_words:
            if found and prose and not cut.ruled:
                found[-1] = found[-1]._replace(last=inside[-1])
            continue
        if words > options.most_words:
            return []
        found.append(Section(start, inside[-1], start if start in cut.headed else None))
    return found


class _Page(NamedTuple):
    """What the cuts of one page share."""

    text: str
    lines: Sequence[Line]
    content: Sequence[bool]
    title: str
    called: bool
    options: RoundUpOptions


def _score(page: _Page, sections: Sequence[Section], cut: _Cut) -> float:
    """How well the pieces stand as stories of their own."""
    text, lines, content, _, called, options = page
    told = [[n for n in range(one.first, one.last + 1) if content[n]] for one in sections]
    stretches = ["\n".join(text[lines[n].start : lines[n].end] for n in inside) for inside in told]
    before = sum(lines[n].words for n in range(sections[0].first) if content[n])
    counts = sorted(sum(lines[n].words for n in inside) for inside in told)
    if before > max(60, 0.5 * sum(counts)):
        return 0.0
    teasers = sum(lines[one.first].linked > 0.8 for one in sections) * (not called)
    if max(teasers, sum(_CUT_OFF.search(stretch) is not None for stretch in stretches)) * 2 > len(sections):
        return 0.0
    headed = sum(one.heading is not None or _label(text, lines[one.first]) is not None for one in sections)
    signed = sum(_signed(text, lines[inside[-1]]) for inside in told[:-1])
    if not (called or signed >= 1 or len(sections) >= _SEVERAL or _placed(page, sections)):
        return 0.0
    score = options.called * called + options.placed * _placed(page, sections)
    score += options.labelled * (headed + (headed > 2) >= len(sections)) + options.ruled * cut.ruled
    score += options.signed * (signed >= max(1, (len(sections) - 1) / 2))
    score += options.several * (len(sections) >= _SEVERAL) + options.short * (
        counts[len(counts) // 2] <= options.short_words
    )
    if score + options.named + options.strange + options.of_one < options.enough:
        return 0.0  # whatever the words say
    names = [_names(stretch) for stretch in stretches]
    matter = [_words(stretch) for stretch in stretches]
    alike = _shares(matter, _FEW_WORDS)
    heading = _words(page.title) if page.title else frozenset()
    spread = sum(bool(heading & each) for each in matter)
    score += options.named * all(
        bool(each) or _CASELESS.search(told) for each, told in zip(names, stretches, strict=True)
    )
    score += options.strange * (alike <= options.few_shared) + options.of_one * (spread <= 1)
    score -= options.names * max(0.0, _overlap(names) - options.few_shared) + options.matter * max(
        0.0, alike - options.few_shared
    )
    score -= options.of_all * (spread * 2 > len(sections) and spread > 1 and not called)
    return score - options.before * (before > options.before_words and not called)


def _placed(page: _Page, sections: Sequence[Section]) -> bool:
    """Whether most pieces have datelines of different places, or are headed by different states."""
    text, lines = page.text, page.lines
    places = {
        place
        for one in sections
        for n in (one.first, one.first + 1)
        if n <= one.last and (place := _dateline(text, lines[n]))
    }
    heads = {state for one in sections if (state := _headed_by(text, lines[one.first])) is not None}
    apart = max(len(places), len(heads))
    return apart >= 2 and apart * 2 > len(sections)


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
    """The stems of the words that carry a stretch's matter: of other languages than English the longer words, whose
    small ones are not listed; of scripts without spaces, pairs of signs."""
    small = stretch.casefold()
    words = _MATTER.findall(small)
    english = not words or sum(word in _ENGLISH for word in _ALL.findall(small)) >= _ENGLISH_SHARE * len(words)
    least = 4 if english else 6
    found = {word[:_STEM] for word in words if len(word) >= least and word.isascii() | (not _SIGNS.search(word))}
    for run in _SIGNS.findall(stretch):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    for word in _HANGUL.findall(stretch):
        found.add(word[:2])
    found.update(re.sub("^[وبلف]?(?:ال)?", "", word)[:5] for word in _ARABIC.findall(stretch))
    return frozenset(found) - _COMMON


def _shares(words: Sequence[frozenset[str]], few: int) -> float:
    """What two pieces share of the words of the shorter one, on average; each is compared with the next `_COMPARED`."""
    pairs = [
        len(one & other) / max(few, min(len(one), len(other)))
        for number, one in enumerate(words)
        for other in words[number + 1 : number + 1 + _COMPARED]
    ]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _overlap(names: Sequence[frozenset[str]]) -> float:
    told = [each for each in names if each]
    return _shares(told, _FEW)


def _is_called(lines: Sequence[Line], numbers: Sequence[int], title: str | None) -> bool:
    heads = [title or ""]
    if numbers:
        top = lines[: numbers[0] + 2]
        heads += [line.text for line in top if line.words <= 25 and (line.main is None or _HEADS & line.hints)]
    return any(phrase("round-up", plain(head)) for head in heads[:12])
