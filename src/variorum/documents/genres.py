"""Genres: what a page of a news site is that is no report (an offer of work, a timetable, a quiz, rules), by weighing.

A title alone makes no genre, for reports are titled "Weather" and "Jobs" too. What a page's address, its markup, its
title and its words say for a genre is added up; what reports have, and such pages have not, is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from variorum.errors import ModelError
from variorum.packaged import data_table
from variorum.records import Record

from .lines import Line, ends_sentence
from .openings import Searched

# Types of schema.org whose pages are no reports, with the genre that each is of.
_TYPES = {
    "JobPosting": "job",
    "Event": "event",
    "MusicEvent": "event",
    "TheaterEvent": "event",
    "EducationEvent": "event",
    "ExhibitionEvent": "event",
    "PodcastEpisode": "audio",
    "PodcastSeries": "audio",
    "RadioEpisode": "audio",
    "AudioObject": "audio",
    "Quiz": "game",
    "Game": "game",
    "Recipe": "recipe",
    "HowTo": "recipe",
    "BroadcastEvent": "programme",
    "TVSeries": "programme",
    "Schedule": "programme",
    "BusTrip": "programme",
    "ContactPage": "about",
    "AboutPage": "about",
    "FAQPage": "about",
    "Product": "rates",
    "Offer": "rates",
    "ExchangeRateSpecification": "rates",
}
_NAMES = {
    "job": "an offer of work",
    "event": "a notice of an event",
    "programme": "a programme or a timetable",
    "audio": "a page about a recording",
    "game": "a game, a poll or a horoscope",
    "weather": "a weather forecast",
    "rates": "a list of prices",
    "rules": "rules or terms",
    "recipe": "a recipe",
    "notice": "notices or a petition",
    "about": "a page about its site",
}
_FIGURED = re.compile(r"\d{1,2}[:.h]\d\d|\d+[.,]\d{1,2}\b|[$€£¥₹%]|\b\d{2,}\b")
_READER = re.compile(r"\b(?:we|our|us|you|your|yours)\b", re.IGNORECASE)
_PARTED = re.compile(r"\s+(?:[|–—·•-]|::|»)\s+|\s*[|｜]\s*")
_PATH = re.compile(r"[a-z]+(?:-[a-z]+)*")


class GenreOptions(Record, frozen=True, kw_only=True):
    """Weights. For a genre: its `type` in linked data, its `title`, a word of its address (`path`), each thing that its
    pages say (`said`, at most `most_said`; `untitled` things without a title are needed), a page mostly of `rows` with
    figures, sentences to the reader (`reader`, of `to_reader` of them). Against: one sentence or several as reports
    have them (`report`, `reports`), a `dateline`, a writer, a date, running text of more than `long_words`. One of an
    article's type, or with more than `longest` words, is none. A page is of the genre with `enough`. Set on
    pages written for the purpose and on 258 articles, of which none may be rejected."""

    enough: float = 2.25
    type: float = 2.0
    title: float = 2.0
    path: float = 1.0
    said: float = 0.5
    most_said: float = 1.5
    untitled: int = 3
    rows: float = 1.0
    rows_share: float = 0.5
    reader: float = 0.75
    to_reader: float = 0.4
    report: float = 0.75
    reports: float = 2.0
    dateline: float = 2.0
    author: float = 0.5
    dated: float = 0.5
    long: float = 1.0
    long_words: int = 150
    longest: int = 350


class Told(NamedTuple):
    """What a page says of itself: its titles, its address, the types in its linked data; whether it has a dateline, a
    writer, a date and an article's type, and how many words of running text."""

    titles: Sequence[str]
    url: str = ""
    types: frozenset[str] = frozenset()
    dateline: bool = False
    author: bool = False
    dated: bool = False
    article: bool = False
    words: int = 0


def genre(lines: Sequence[Line], told: Told, options: GenreOptions) -> str | None:
    """What kind of page it is, in words for a person; None where it may be a report."""
    if told.article or told.words > options.longest:
        return None
    against = options.dateline * told.dateline + options.author * told.author + options.dated * told.dated
    if told.words > options.long_words:
        against += options.long
    texts = [line.text for line in lines if line.words <= _LONGEST]
    best = max(((_weight(each, texts, told, options), each) for each in _table().genres), default=None)
    if best is None or best[0] == 0.0:
        return None
    told_so = sum(reports(each) or tells_of_arms(each) for each in texts if each.count(" ") >= _SENTENCE)
    against += 0.0 if not told_so else options.report if told_so == 1 else options.reports
    sentences = [line.text for line in lines if line.words >= _SENTENCE and ends_sentence(line.text)]
    to_reader = sum(_READER.search(each) is not None for each in sentences)
    alike = options.reader * (to_reader > options.to_reader * len(sentences))
    figured = [each for each in texts if _FIGURED.search(each) and each.count(" ") <= _ROW and not ends_sentence(each)]
    alike += options.rows * (len(figured) >= _ROWS and len(figured) >= options.rows_share * len(texts))
    if best[0] + alike - against < options.enough:
        return None
    return _NAMES[best[1].name]


def hits(texts: Sequence[str], titles: Sequence[str], url: str) -> dict[str, int]:
    """How much of each genre a page holds, by name: different words of its texts, its titles and its address."""
    path = set(_PATH.findall(url.lower().partition("://")[2].partition("/")[2]))
    pieces = [piece for title in titles for piece in (title, *_PARTED.split(title)) if piece]
    found = {}
    for own in _table().genres:
        said = {match[0].lower() for each in texts for match in own.texts.finditer(each)} if own.texts else set()
        titled = any(own.titles.match(piece) for piece in pieces)
        found[own.name] = min(6, len(said)) + 3 * titled + 2 * (not own.paths.isdisjoint(path))
    return found


def reports(line: str) -> bool:
    """Whether a line tells something as reports do: that someone said it, that someone came to harm."""
    return _table().report.search(line) is not None


def tells_of_arms(line: str) -> bool:
    """Whether a line speaks of fighting or unrest."""
    return _table().conflict.search(line) is not None


_LONGEST = 80  # words of a line that is looked at
_SENTENCE = 5
_ROW = 14
_ROWS = 3


class _Genre(NamedTuple):
    name: str
    titles: re.Pattern[str]
    texts: re.Pattern[str] | None
    paths: frozenset[str]


class _Table(NamedTuple):
    genres: tuple[_Genre, ...]
    report: Searched
    conflict: Searched


def _weight(own: _Genre, texts: Sequence[str], told: Told, options: GenreOptions) -> float:
    """What speaks for one genre."""
    titled = any(own.titles.match(piece) for title in told.titles for piece in (title, *_PARTED.split(title)) if piece)
    typed = any(_TYPES.get(each) == own.name for each in told.types)
    pathed = not own.paths.isdisjoint(_PATH.findall(told.url.lower().partition("://")[2].partition("/")[2]))
    known = titled or typed or pathed
    if not known and told.words > options.long_words:
        return 0.0
    said = {match[0].lower() for each in texts for match in own.texts.finditer(each)} if own.texts else set()
    if not known and len(said) < options.untitled:
        return 0.0
    weight = options.title * titled + options.type * typed + options.path * pathed
    return weight + min(options.most_said, options.said * len(said))


@cache
def _table() -> _Table:
    try:
        table = data_table("genres.toml")
        genres = tuple(
            _Genre(
                name, _any(own["titles"]), _any(own["texts"]) if own["texts"] else None, frozenset(own["paths"].split())
            )
            for name, own in table.items()
            if name not in ("report", "conflict")
        )
        if {each.name for each in genres} != set(_NAMES):
            raise ModelError("the table of genres has other genres than this version reads")
        return _Table(genres, Searched(table["report"]["texts"]), Searched(table["conflict"]["texts"]))
    except (KeyError, re.error) as error:
        raise ModelError(f"the table of genres cannot be read: {error}") from error


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
