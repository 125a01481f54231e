"""What a notice of a correction says was told wrongly, and what it says is right.

The words that part the two live in ``data/corrections.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from variorum.errors import ModelError
from variorum.packaged import data_table
from variorum.records import Span

from .lines import trimmed
from .wording import plain

Change = tuple[Span | None, Span | None]
_Stretch = tuple[int, int]

_ADVERBS = r"(?:(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|falsely|also)\s+)*"
_AS = re.compile(r"\b(?:as|at|to be|to|for)\s+(?:men of |members of )?(?=\S)", re.IGNORECASE)
_HEAD = re.compile(r"[^:\n]{0,120}?(?:\)|\b)\s*[:–—]\*{0,2}\s+")
_SUBJECT = (
    r"(?:(?:in fact|in reality|actually)[,]?\s+)?(?:(?:it|he|she|they|this|that|there|we (?:now )?know"
    r"|the (?:correct|right|actual|true) [\w ]{1,40}|the (?:figure|number|date|name|place|town|village|total|toll|word"
    r"|sentence|text|headline|phrase)(?:\s[\w ]{1,30})?)\s+)?"
    r"(?:should (?:have )?(?:said|read|been|be|say)|(?:happened|took place|occurred|died|came|left|began|fell|met|went"
    r"|arrived|started|ended|lay|lies|stands|stood) (?:on|in|at|to|from|by|near|after|before)"
    r"|(?:were|was|are|is) (?:from|of)|has been|had been|"
)
_WIRE = re.compile(
    r"\(?correct(?:s|ing)\b.*?\bto\s+(?:read\s+|say\s+|show\s+)?(?P<now>[^,;()]+?)\s*,?\s+(?:from|instead of|not)"
    r"\s+(?P<was>[^,;()]+)",
    re.IGNORECASE,
)
_SAME_VERB = re.compile(r"(?:it|he|she|they|this|that)\s+(?:in fact\s+)?(?P<verb>was|were|is|are)\s", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec|Gen|Col|Maj|Sgt))(?<!\bSept)\.(?=\s|$|[)\]*_])|[;\n]"
)
# What only says that the words before it were wrong, and is not what is right.
_VERDICT = re.compile(
    r"(?:that|this|it|which)\s(?:is|was)\s(?:not\s(?:so|true|correct|the case|accurate)|wrong|incorrect|untrue"
    r"|inaccurate|false|an?\s(?:\w+\s)?(?:error|mistake))\b[\s.;,:–—-]*",
    re.IGNORECASE,
)
_LEADS = re.compile(r"^(?:(?:in|on|at|to|by|for|from)\s+)?(?:that\s+)?", re.IGNORECASE)
_ENDS = " \t\n.,;:()[]*_"
_QUOTES = '"“”«»'
_TOKEN = re.compile(r"\d[\d.,]*\d(?![\w])|[\w'’-]+")
_UNIT = re.compile(r"\s+([^\W\d_]+)")
_CONTENT_LETTERS = 4  # fewer make no word by which two clauses are known to tell the same


class _Words(NamedTuple):
    said: re.Pattern[str]
    gave: re.Pattern[str]
    instead: re.Pattern[str]
    by_not: re.Pattern[str]
    turn: re.Pattern[str]
    now: re.Pattern[str]
    number: re.Pattern[str]
    piece: str
    subjects: frozenset[str]
    joining: frozenset[str]
    behind: frozenset[str]


def wrong_and_right(text: str, start: int, end: int) -> Change:
    """The wrong words and the right ones of a notice that stands at `start` to `end`; None where it does not say."""
    words = _words()
    if match := _WIRE.search(text, start, end):
        return _cut(text, *match.span("was")), _cut(text, *match.span("now"))
    head = _HEAD.match(text, start, end)
    at = head.end() if head else start
    said = words.said.search(text, at, end)
    first = _by_not(text, at, end)
    if said is None or (first[0] is not None and first[0].end <= said.start()):
        return first
    stop = _SENTENCE_END.search(text, said.end(), end)
    clause_end = stop.start() if stop else end
    more = bool(stop and text[stop.end() : end].strip(_ENDS))
    if instead := words.instead.search(text, said.end(), clause_end):
        return _parted(text, (said.end(), instead.start()), (instead.end(), clause_end))
    if (contrast := _by_not(text, said.end(), clause_end))[0] and not more:
        return contrast
    if stop and (contrast := _by_not(text, stop.end(), end))[0] and contrast[1]:
        return contrast
    turn = None if more else words.turn.search(text, said.end(), clause_end)
    right = turn.end() if turn else stop.end() if stop else end
    return _two_clauses(text, said, turn.start() if turn else clause_end, (right, end))


def piece() -> str:
    """A pattern of what a notice calls the text that it corrects, with no group of its own."""
    return _words().piece


def says(text: str) -> bool:
    """Whether `text` holds a verb behind which notices give the wrong words."""
    return _words().said.search(text) is not None


def _two_clauses(text: str, said: re.Match[str], was_end: int, right: _Stretch) -> Change:
    """ "… said that it was the one. It was the other.": what differs, else the one clause and what the other says."""
    rest, end = trimmed(text, *right)
    if verdict := _VERDICT.match(text, rest, end):
        rest = verdict.end()
    stop = _SENTENCE_END.search(text, rest, end)
    if found := _differing(text, (said.end(), was_end), (rest, stop.start() if stop else end)):
        return found
    was_start = said.end()
    if _words().gave.search(said[0]) and (as_ := _AS.search(text, was_start, was_end)):
        was_start = as_.end()
    if parallel := _SAME_VERB.match(text, rest, end):
        verb = re.compile(rf"\b{parallel['verb']}\s+(?:the\s+)?").search(text, was_start, was_end)
        was_start = verb.end() if verb else was_start
    return _cut(text, was_start, was_end), _right(text, rest, end)


def _parted(text: str, was: _Stretch, now: _Stretch) -> Change:
    """What differs between two stretches, or the stretches where that cannot be told."""
    return _differing(text, was, now) or (_cut(text, *was), _cut(text, *now))


def _differing(text: str, was: _Stretch, now: _Stretch) -> Change | None:
    """What differs between the clause that was wrong and the one that is right: their figures where each has one that
    the other lacks, else the last words that stand in the place of others beside words that both have."""
    if found := _figures_apart(text, was, now):
        return found
    spans = [[match.span() for match in _TOKEN.finditer(text, *stretch)] for stretch in (was, now)]
    ours, theirs = ([text[a:b].lower() for a, b in each] for each in spans)
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    shared = [word for kind, i, j, _, _ in steps if kind == "equal" for word in ours[i:j]]
    if not any(len(word) >= _CONTENT_LETTERS for word in shared):
        return None
    words = _words()
    for kind, i, j, k, m in reversed(steps):
        (i, j), (k, m) = _inner(ours, i, j), _inner(theirs, k, m)
        if kind != "replace" or i >= j or k >= m or set(theirs[k:m]) <= words.subjects | words.joining:
            continue
        if m - k == 1:
            j = next((n for n in range(i + 1, j) if ours[n] in words.behind), j)
        start, end = spans[1][k][0], spans[1][m - 1][1]
        opening = words.now.match(text, start, end)
        return Span(spans[0][i][0], spans[0][j - 1][1]), Span(opening.end() if opening else start, end)
    return None


def _inner(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """A stretch of words without the joining ones at its ends."""
    joining = _words().joining
    while start < end and words[start] in joining:
        start += 1
    while end > start and words[end - 1] in joining:
        end -= 1
    return start, end


def _figures_apart(text: str, was: _Stretch, now: _Stretch) -> Change | None:
    """The figures of two stretches, where the right one has one figure that the wrong one lacks, with the word behind
    them that both have."""
    one, other = _figures(text, was), _figures(text, now)
    ours = [each for each in one if each[2] not in {figure[2] for figure in other}]
    theirs = [each for each in other if each[2] not in {figure[2] for figure in one}]
    if not ours or len(theirs) != 1:
        return None
    (a, b, _), (c, d, _) = ours[0], theirs[0]
    mine, its = _UNIT.match(text, b, was[1]), _UNIT.match(text, d, now[1])
    if mine and its and mine[1].lower() == its[1].lower():
        b, d = mine.end(), its.end()
    return Span(a, b), Span(c, d)


def _figures(text: str, stretch: _Stretch) -> list[tuple[int, int, str]]:
    """The numbers of a stretch with what multiplies them: where each stands, and its words in small letters."""
    return [(m.start(), m.end(), m[0].lower()) for m in _words().number.finditer(text, *stretch)]


def _right(text: str, start: int, end: int) -> Span | None:
    """What is told now: of the sentence behind the wrong words, what it says of the thing."""
    if start >= end:
        return None
    stop = _SENTENCE_END.search(text, start, end)
    end = stop.start() if stop else end
    if opening := _words().now.match(text, start, end):
        return _cut(text, opening.end(), end)
    return _cut(text, start, end)


def _by_not(text: str, start: int, end: int) -> Change:
    """ "It was the one, not the other": wrong and right in one sentence."""
    words = _words()
    match = words.by_not.search(text, start, end)
    if not match:
        return None, None
    a, b = match.span("now")
    for opening in words.now.finditer(text, a, b):
        a = opening.end()
    was = match.span("was")
    if _figures(text, was) and _figures(text, (a, b)) and (found := _differing(text, was, (a, b))):
        return found
    return _cut(text, *was), _cut(text, a, b)


def _cut(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _ENDS + _QUOTES:
        start += 1
    while end > start and text[end - 1] in _ENDS + _QUOTES:
        end -= 1
    if match := _LEADS.match(plain(text[start:end])):
        shift = len(match[0])
        start += shift if shift < end - start else 0
    return Span(start, end) if start < end else None


@cache
def _words() -> _Words:
    try:
        table = data_table("corrections.toml")
        some = {name: "|".join(own) for name, own in table.items() if isinstance(own, list)}
        listed = {name: own.split() for name, own in table.items() if isinstance(own, str)}
        return _Words(
            said=_compiled(
                rf"\b{_ADVERBS}(?:{some['said']})(?:\s+(?:incorrectly|wrongly|mistakenly|erroneously|in error))?\s*"
                rf"(?:{some['joins']})?\s*"
            ),
            gave=_compiled(rf"\b(?:{some['gave']})\b"),
            instead=_compiled(rf",?\s+(?:{some['instead']})\s+"),
            by_not=_by_not_pattern(some),
            turn=_compiled(rf",?\s+(?:{some['turns']})\s+"),
            now=_compiled(rf"{_SUBJECT}{'|'.join(listed['is'])})\s+(?:in fact\s+|actually\s+)?"),
            number=_number_pattern(listed),
            piece=rf"(?:{some['pieces']})",
            subjects=frozenset(listed["subjects"]),
            joining=frozenset(listed["joining"]),
            behind=frozenset(listed["behind"]),
        )
    except (KeyError, re.error) as error:
        raise ModelError(f"the words of corrections cannot be read: {error}") from error


def _by_not_pattern(some: dict[str, str]) -> re.Pattern[str]:
    negated = rf"(?:,\s*(?:{some['not']})|,?\s+(?:{some['and_not']}))\b(?:,\s*(?:{some['as_told']})\b[^,.;]{{2,70}},)?"
    return _compiled(
        rf"(?P<now>[^.;:\n]+?)(?:{negated}|,?\s+rather than|,?\s+instead of|,?\s+as opposed to)\s+"
        rf"(?:(?:{some['before']})\s+)?(?P<was>[^.;\n]+?)"
        r"(?=,?\s+(?:as (?:the|an?|our|it|stated|reported|previously|originally|we|earlier|first|was|had|printed"
        r"|told)\b|which)|[.;)\n]|$)"
    )


def _number_pattern(listed: dict[str, list[str]]) -> re.Pattern[str]:
    """Numbers that are no days: none beside a month, a clock or a letter, but ordinals."""
    months = "|".join(listed["months"])
    past = "".join(rf"(?<!\b{month}\s)(?<!\b{month}\.\s)" for month in listed["months"])
    return _compiled(
        rf"(?<![\w.,:]){past}(?:(?:\d[\d.,]*\d|\d)(?:st|nd|rd|th)?(?![\w:])(?!\.?\s+(?:de\s+)?(?:{months}))"
        rf"|(?:{'|'.join(listed['numbers'])})(?:-\w+)?\b)(?:\s+(?:{'|'.join(listed['multiples'])}|per ?cent)\b|\s?%)?"
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
