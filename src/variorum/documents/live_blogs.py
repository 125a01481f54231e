"""Live blogs: which lines of a page make its entries, and the moment of each.

Entries are found by their stamps (`stamps`), or by what the page's linked data gives as its updates. A page is a live
blog where stamps run one way through time and text stands under each; lists of dated teasers and chronicles of one day
are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from variorum.records import Record

from .dates import find_date, iso_date
from .home import NOWHERE, Home
from .lines import Line, ends_sentence
from .signatures import signed_end
from .stamps import (
    Stamp,
    clock_step,
    moments,
    read_day,
    read_stamp,
    runs_backward,
    without_years,
    zone_of_all,
    zone_of_day,
    zone_of_page,
)
from .wording import kind_by_words, phrase, plain

_ELSEWHERE = frozenset({"nav", "footer", "comment", "related", "share", "caption", "form"})
_SENDER = re.compile(r"\s*(?P<name>[^:\n]{2,50}):(?:\s+|$)")
_LEAST_WORDS = 6  # of an entry's text
_TOLD_WORDS = 14  # of one that does not end as sentences do
_SAME = 0.6  # of the stamps, where most are meant
_HEAD_LETTERS, _BODY_LETTERS, _BODY_SHIFT = 8, 24, 40  # by which a line is known as an update's headline or body
_ALIKE = 20  # lines of one beginning that are looked at
_FILM = re.compile(r"(?<![\d:])\d:\d\d(?! ?[ap]\.?m\b)", re.IGNORECASE)


class LiveBlogOptions(Record, frozen=True, kw_only=True):
    """A live blog has `entries` stamps with text under them, `called` where the page calls itself live; of the steps
    from stamp to stamp `one_way` go the same way. Set on pages written for the purpose and on 258 articles, none of
    which is one."""

    entries: int = 3
    called: int = 2
    one_way: float = 0.7


class Update(NamedTuple):
    """One update of a live blog as linked data has it."""

    headline: str
    body: str
    moment: str | None


class Entry(NamedTuple):
    """Lines ``[first, last]`` of a page that are one entry; `stamp` is the line that has its time, if any has."""

    first: int
    last: int
    stamp: int | None
    moment: str | None


class LiveBlog(NamedTuple):
    """The entries in page order, without moments where those are told by stamps; where in each stamped line its stamp
    stands; the lines that only date the entries under them; the zone that the page says all its times are of, and the
    first day that is told over the entries, ISO 8601."""

    entries: list[Entry]
    stamps: dict[int, Stamp]
    days: dict[int, str]
    zone: str | None = None
    day: str | None = None


NONE = LiveBlog([], {}, {})
_NEAR = 8  # lines under a stamp in which its text begins


class _Page(NamedTuple):
    """Whether a page is called a live blog, and where it is at home."""

    called: bool
    home: Home


def find_live_blog(
    text: str,
    lines: Sequence[Line],
    title: str | None,
    updates: Sequence[Update],
    options: LiveBlogOptions,
    *,
    declared: bool = False,
    home: Home = NOWHERE,
) -> LiveBlog:
    """The live blog that the lines are; `NONE` where they are none. `declared` where the page says that it is one, and
    `home` where it is at home."""
    told = _declared(lines, updates) if updates else []
    stamps: dict[int, Stamp] = {}
    days: dict[int, str] = {}
    for number, line in enumerate(lines):
        if _ELSEWHERE & line.hints:
            continue
        if stamp := _stamp(text, line):
            stamps[number] = stamp
        elif day := read_day(text, line):
            days[number] = day
    stamps = _of_one_kind(lines, _behind_sender(text, lines, without_years(text, stamps)))
    called = declared or bool(updates) or _is_called_live(lines, title)
    entries = _stamped(text, lines, stamps, days, options, _Page(called, home))
    heads = [plain(title)] if title else [line.text for line in lines[:2] if line.main is None and line.words <= 20]
    if entries and not called and any(phrase("timeline", head) for head in heads):
        clocks = [stamps[entry.stamp].minute for entry in entries if entry.stamp is not None]
        entries = entries if runs_backward(clocks) else []  # chronicles begin at the beginning
    if len(told) >= 2 and len(told) >= len(entries):
        first = told[0].first - 2
        inside = {n: stamp for n, stamp in stamps.items() if stamp.whole and first <= n <= told[-1].last}
        return LiveBlog(told, inside, {})
    if not entries:
        return NONE
    first = min(entry.first for entry in entries)
    used = {entry.stamp for entry in entries}
    zones = [zone_of_all(line.text) for line in lines[:first]]
    zones += [zone_of_day(text, lines[number]) for number in sorted(days)]
    zone = next(filter(None, zones), None)
    return LiveBlog(
        _as_declared(entries, stamps, updates),
        {number: stamp for number, stamp in stamps.items() if number in used},
        {number: day for number, day in days.items() if number >= first - 2},
        zone,
        next((date[2][:10] for line in lines[:first] if (date := find_date(line.text, home))), None),
    )


def dated(blog: LiveBlog, published: str | None, updated: str | None) -> list[Entry]:
    """The entries with their moments, counted from the page's own dates."""
    stamped = [entry.stamp for entry in blog.entries if entry.stamp is not None]
    if len(stamped) < len(blog.entries) or all(entry.moment for entry in blog.entries):
        return blog.entries
    stamps, told = [], -1
    numbers = sorted(blog.days)
    for number in stamped:
        stamp = blog.stamps[number]
        told = number if stamp.day else told
        day = stamp.day or _day_above(blog.days, numbers, number, told)
        stamps.append(stamp._replace(day=day, zone=stamp.zone or blog.zone))
    if zone := zone_of_page(stamps, published, updated):
        stamps = [stamp._replace(zone=zone) for stamp in stamps]
    counted = moments(stamps, published or blog.day, updated)
    return [entry._replace(moment=moment) for entry, moment in zip(blog.entries, counted, strict=True)]


def _stamp(text: str, line: Line) -> Stamp | None:
    found = read_stamp(text, line)
    moment = iso_date(line.moment) if line.moment else None
    if moment and "T" in moment:
        if found is not None:
            return found._replace(moment=moment)
        if line.words <= 12:
            return Stamp(line.start, line.end, _minute_of(moment), moment=moment)
    return found


def _minute_of(moment: str) -> int | None:
    match = re.search(r"T(\d\d):?(\d\d)", moment)
    return int(match[1]) * 60 + int(match[2]) if match else None


def _stamped(
    text: str,
    lines: Sequence[Line],
    stamps: dict[int, Stamp],
    days: dict[int, str],
    options: LiveBlogOptions,
    page: _Page,
) -> list[Entry]:
    """The entries by their stamps; empty where stamps and lines do not make a live blog."""
    called = page.called
    if not called:
        teasers = {n for n, stamp in stamps.items() if _of_teaser(lines, stamp, n)}
        alike = Counter(lines[n].path for n in stamps if n not in teasers)
        several = {n for n in teasers if stamps[n].moment and alike[lines[n].path] >= options.entries}
        stamps = {n: stamp for n, stamp in stamps.items() if n not in teasers - several}
    least = options.called if called else options.entries
    if (over := _told_over(lines, stamps, page.home)) and len(over) >= least:
        return [] if not called and _lead_elsewhere(lines, over) else over
    formed = _one_form(stamps)
    under = _paths_under(lines, formed)
    held = [number for number in formed if _has_text(text, lines, stamps, number, under)]
    if len(held) < least:
        return []
    if len({(stamps[n].clock, stamps[n].ago, stamps[n].day, stamps[n].moment) for n in held}) < 2:
        return []
    day_lines = sorted(days)
    same_day = [(a, b) for a, b in pairwise(held) if not _between(day_lines, a, b)]
    wraps = not _between(day_lines, held[0], held[-1])
    steps = [step for a, b in same_day if (step := _step(stamps[a], stamps[b], wraps=wraps))]
    if steps and max(steps.count(1), steps.count(-1)) < options.one_way * len(steps):
        return []
    above = _headings_above(lines, stamps, held)
    entries = []
    for place, number in enumerate(held):
        after = held[place + 1] - above if place + 1 < len(held) else len(lines)
        first = number - above if stamps[number].whole else number
        last = max((n for n in range(number, after) if n not in days), default=number)
        entries.append(Entry(first, last, number, None))
    entries[-1] = entries[-1]._replace(last=_end_of_last(lines, entries))
    return [] if not called and _lead_elsewhere(lines, entries) else entries


def _end_of_last(lines: Sequence[Line], entries: Sequence[Entry]) -> int:
    """The last line of the last entry: behind what stands in elements as the entries before it do come the page's own
    boxes, but for sentences that follow directly. A text without elements, or an entry like no other, runs on."""
    last = entries[-1]
    known = {lines[n].path for entry in entries[:-1] for n in range(entry.first, entry.last + 1)} - {0}
    stamp = last.first if last.stamp is None else last.stamp
    inside = [n for n in range(stamp + 1, last.last + 1) if lines[n].path in known]
    if not inside:
        return last.last
    end = inside[-1]
    while end < last.last and lines[end + 1].main is not False and _is_sentence(lines[end + 1]):
        end += 1
    return end


def _is_sentence(line: Line) -> bool:
    return line.words >= _LEAST_WORDS and ends_sentence(line.text) and kind_by_words(line.text) is None


def _between(numbers: Sequence[int], low: int, high: int) -> bool:
    """Whether any of some ascending numbers lies between two others."""
    at = bisect_right(numbers, low)
    return at < len(numbers) and numbers[at] < high


def _lead_elsewhere(lines: Sequence[Line], entries: Sequence[Entry]) -> bool:
    """Whether most of what stands between the times opens with a linked headline, as teasers do."""
    heads = [lines[entry.first : entry.first + 2] for entry in entries]
    return sum(any(line.linked > 0.8 and line.words > 2 for line in head) for head in heads) * 2 > len(entries)


def _of_one_kind(lines: Sequence[Line], stamps: dict[int, Stamp]) -> dict[int, Stamp]:
    """The stamps without those that stand in elements of their own (the page's date) where most stand in the same."""
    paths = Counter(lines[number].path for number in stamps)
    if not paths or paths.most_common(1)[0][1] < max(2, _SAME * len(stamps)):
        return stamps
    main = [number for number in sorted(stamps) if lines[number].path == paths.most_common(1)[0][0]]
    forms = {_form(stamps[number]) for number in main}
    return {
        number: stamp
        for number, stamp in stamps.items()
        if paths[lines[number].path] > 1 or (main[0] < number and {_form(stamp)} == forms)  # one that is pinned, say
    }


def _form(stamp: Stamp) -> tuple[object, ...]:
    """What a stamp tells, whatever time it is."""
    return stamp.whole, stamp.zone, bool(stamp.day), stamp.minute is None, stamp.ago is None, stamp.moment is None


def _behind_sender(text: str, lines: Sequence[Line], stamps: dict[int, Stamp]) -> dict[int, Stamp]:
    """The stamps of a chat's export, each with the sender's name that stands behind it in every message."""
    senders: dict[int, str] = {}
    for number, stamp in stamps.items():
        match = _SENDER.match(text, stamp.end, lines[number].end)
        if match and stamp.start == lines[number].start:
            senders[number] = match["name"]
    if len(set(senders.values())) != 1 or len(senders) < max(2, _SAME * len(stamps)):
        return stamps
    found = dict(stamps)
    for number in senders:
        stamp = stamps[number]
        match = _SENDER.match(text, stamp.end, lines[number].end)
        end = match.end() if match else stamp.end
        found[number] = stamp._replace(end=len(text[:end].rstrip()), whole=end >= lines[number].end)
    return found


def _told_over(lines: Sequence[Line], stamps: dict[int, Stamp], home: Home) -> list[Entry]:
    """The entries of a page on which each has its time under its text: the last time is the end, and under the others
    stands what stands over the first."""
    whole = [number for number in sorted(stamps) if stamps[number].whole]
    if len(whole) < 2:
        return []
    behind = {lines[number + 1].path for number in whole[:-1]}
    after = lines[whole[-1] + 1 : whole[-1] + 2]
    if (after and (after[0].path in behind or after[0].path == 0)) or not all(
        any(_is_told(lines[n]) for n in range(a + 1, b)) for a, b in pairwise(whole)
    ):
        return []
    top = max((n for n in range(whole[0]) if "h1" in lines[n].hints or find_date(lines[n].text, home)), default=-1)
    opening = lines[whole[0] + 1].path
    first = next((n for n in range(top + 1, whole[0]) if opening and lines[n].path == opening), None)
    if first is None:
        first = max(top + 1, whole[0] - (whole[1] - whole[0] - 1))
    if not any(_is_told(lines[n]) for n in range(first, whole[0])):
        return []
    starts = [first, *(number + 1 for number in whole[:-1])]
    return [Entry(start, number, number, None) for start, number in zip(starts, whole, strict=True)]


def _is_told(line: Line) -> bool:
    return line.words >= 6 and line.linked < 0.6 and kind_by_words(line.text) is None


def _as_declared(entries: list[Entry], stamps: dict[int, Stamp], updates: Sequence[Update]) -> list[Entry]:
    """The entries with the moments of the page's declared updates, where these are as many and tell the same times."""
    told = [update.moment for update in updates]
    if len(told) != len(entries):
        return entries
    for moment, entry in zip(told, entries, strict=True):
        stamp = stamps.get(-1 if entry.stamp is None else entry.stamp)
        if stamp is None or moment is None or _minute_of(moment) != stamp.minute:
            return entries
    return [entry._replace(moment=moment) for entry, moment in zip(entries, told, strict=True)]


def _one_form(stamps: dict[int, Stamp]) -> list[int]:
    """The stamped lines in page order; where most stamps are lines of their own, only those."""
    whole = [number for number in sorted(stamps) if stamps[number].whole]
    return whole if len(whole) * 2 > len(stamps) else sorted(stamps)


def _has_text(text: str, lines: Sequence[Line], stamps: dict[int, Stamp], number: int, alike: Collection[int]) -> bool:
    """Whether text of an entry stands behind a stamp or under it, before the next stamp: main text, or in elements
    as main text stands in under another stamp (`alike` are their paths)."""
    stamp, line = stamps[number], lines[number]
    in_cell = text[stamp.end : stamp.end + 1] == "\t"
    rest = text[stamp.end : line.end]
    told = rest.count(" ") >= _TOLD_WORDS or ends_sentence(plain(rest)) or _signed(text, line)
    if not stamp.whole and (in_cell or line.main is not False) and told and rest.count(" ") >= _LEAST_WORDS - 1:
        return True
    for after in range(number + 1, min(number + _NEAR, len(lines))):
        if after in stamps and stamps[after].whole:
            return False
        line = lines[after]
        whole = line.words >= _LEAST_WORDS and (ends_sentence(line.text) or _signed(text, line))
        prose = whole or line.words >= 25
        told = kind_by_words(line.text) is None or (prose and _signed(text, line))
        if prose and told and line.linked < 0.6 and (line.main is not False or line.live or line.path in alike):
            return True
    return False


def _paths_under(lines: Sequence[Line], numbers: Sequence[int]) -> frozenset[int]:
    """The paths of main text under stamped lines, each before the next of them, where the lines stand in elements."""
    under = ((a, b) for a, b in pairwise([*numbers, len(lines)]) if lines[a].path)
    return frozenset(lines[n].path for a, b in under for n in range(a + 1, min(a + _NEAR, b)) if lines[n].main) - {0}


def _signed(text: str, line: Line) -> bool:
    return signed_end(text, line.start, line.end, last=True) is not None


def _of_teaser(lines: Sequence[Line], stamp: Stamp, number: int) -> bool:
    """Whether a time stands under a linked headline, as in the boxes of a page that lead to others; or has no sign but
    its few digits in an HTML line, as the length of a film."""
    line, over = lines[number], lines[number - 1] if number else None
    told = stamp.zone or stamp.day or stamp.moment or stamp.ago is not None
    if line.main is not None and not told and _FILM.search(line.text):
        return True
    return over is not None and over.linked > 0.8 and over.words >= 3 and stamp.whole


def _step(one: Stamp, other: Stamp, *, wraps: bool) -> int:
    """1 where time goes on from one stamp to the next, -1 where it goes back, 0 where that cannot be told, as over half
    a day. Clocks that pass midnight between lines that date them do not wrap."""
    if one.moment and other.moment:
        return (other.moment > one.moment) - (other.moment < one.moment)
    if one.day and other.day and one.day.lower() != other.day.lower():
        return 0
    if one.minute is not None and other.minute is not None:
        gap = other.minute - one.minute
        if not wraps:
            return (gap > 0) - (gap < 0)
        return clock_step(gap)
    if one.ago is not None and other.ago is not None:
        return (one.ago > other.ago) - (one.ago < other.ago)
    return 0


def _day_above(days: dict[int, str], numbers: Sequence[int], number: int, told: int) -> str | None:
    """The date of the line over a run of entries, for those under it, up to the line `told` whose stamp has its own;
    `numbers` are those of `days` in order."""
    at = bisect_left(numbers, number) - 1
    return days[numbers[at]] if at >= 0 and numbers[at] > told else None


def _headings_above(lines: Sequence[Line], stamps: dict[int, Stamp], held: Sequence[int]) -> int:
    """How many lines over its stamp an entry's heading takes, 0 or 1: whether most stamps stand directly under a
    heading rather than over one."""
    whole = [number for number in held if stamps[number].whole]
    if len(whole) * 2 < len(held):
        return 0
    over = sum(number > 0 and number - 1 not in stamps and _is_heading(lines[number - 1]) for number in whole)
    under = sum(number + 1 < len(lines) and _is_heading(lines[number + 1]) for number in whole)
    return int(over > 0.6 * len(whole) and over > under)


def _is_heading(line: Line) -> bool:
    if "heading" in line.hints or line.main is not None:
        return "heading" in line.hints or (line.lead > 0 and line.lead + 1 >= line.end - line.start)
    return 3 <= line.words <= 18 and not ends_sentence(line.text) and kind_by_words(line.text) is None


def is_of_entry(line: Line, *, between: bool) -> bool:
    """Whether a line inside an entry that the extractor left out is its text: a heading, a sentence or a quotation, and
    no line of the page's own. What stands `between` two times of a live blog is an entry's unless it says otherwise."""
    if between and line.words > 1 and line.linked < 0.5 and not line.hints & _ELSEWHERE:
        return kind_by_words(line.text) is None
    if line.linked > 0.6 or line.hints - {"heading", "quote", "lead"} or kind_by_words(line.text) is not None:
        return False
    return "heading" in line.hints or (line.words >= 4 and ends_sentence(line.text))


def _is_called_live(lines: Sequence[Line], title: str | None) -> bool:
    heads = [title or "", *(line.text for line in lines[:40] if "h1" in line.hints or line.main is None)][:6]
    return any(phrase("live", plain(head)) for head in heads if head.count(" ") <= 30)


def _declared(lines: Sequence[Line], updates: Sequence[Update]) -> list[Entry]:
    """The entries by linked data: each update's lines, from its headline or the beginning of its body."""
    squashed = [_squash(line.text) for line in lines]
    index = _Index(squashed, [not _ELSEWHERE & line.hints and line.linked < 0.9 for line in lines])
    found = ((index.of(_squash(update.headline), _squash(update.body)), update) for update in updates)
    starts = [(at, update) for at, update in found if at is not None]
    starts.sort(key=lambda pair: pair[0])
    entries: list[Entry] = []
    for place, (at, update) in enumerate(starts):
        stop = starts[place + 1][0] if place + 1 < len(starts) else len(lines)
        known = _squash(update.headline + update.body)
        inside = [n for n in range(at, stop) if squashed[n] and squashed[n] in known]
        last = max(inside, default=at)
        if place and entries[-1].last >= at:
            entries[-1] = entries[-1]._replace(last=at - 1)
        entries.append(Entry(at, last, None, update.moment))
    return entries


class _Index:
    """Lines by their letters, to be found by what an update says: its whole headline, or the beginning of its body."""

    def __init__(self, squashed: Sequence[str], asked: Sequence[bool]) -> None:
        self._squashed = squashed
        self._whole: dict[str, int] = {}
        self._opening: dict[str, list[int]] = {}
        for number, (own, is_asked) in enumerate(zip(squashed, asked, strict=True)):
            if is_asked and len(own) > _HEAD_LETTERS:
                self._whole.setdefault(own, number)
                if len(own) > _BODY_LETTERS and len(same := self._opening.setdefault(own[:_BODY_LETTERS], [])) < _ALIKE:
                    same.append(number)

    def of(self, headline: str, body: str) -> int | None:
        """The first line that is the headline, or that the body has within its first `_BODY_SHIFT` letters."""
        found = [self._whole[headline]] if headline in self._whole else []
        for shift in range(_BODY_SHIFT + 1):
            opening = body[shift : shift + _BODY_LETTERS]
            found += [n for n in self._opening.get(opening, ()) if body.startswith(self._squashed[n], shift)]
        return min(found, default=None)


def _squash(value: str) -> str:
    return re.sub(r"[\W_]+", "", value.casefold())
