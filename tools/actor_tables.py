"""How rows of the collected tables of actors are read: their sources, and whose an actor is by its own name.

Tables of armed actors give the first place where each fought or is stationed, which is often another state's. The
name tells better whose it is ("China's …", "Eritrean …", "… of Uzbekistan"), where it names one state alone.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.world.gazetteer import Gazetteer
from variorum.world.names import name_key
from variorum.world.states import State, States

SENTENCE = re.compile(r"\b(?:is|are|claims?|have|has)\b")  # of the Factbook's prose, where a name was looked for
SOURCES = {
    "compiled": "compiled", "cia": "CIA World Factbook", "ucdp": "UCDP", "ofac": "OFAC", "misp": "MISP galaxy",
    "petrarch2": "petrarch2", "iati": "IATI", "wikidata": "Wikidata", "fundus": "fundus", "freebie": "freebie",
    "newscatcher": "newscatcher", "news-feed-list-of-countries": "news-feed-list-of-countries",
    "awesome-rss-feeds": "awesome-rss-feeds", "wiki-media-cred": "wiki-media-cred",
}  # fmt: skip  # how a source is called in the files, by how its rows begin
_OPPOSED = frozenset({"anti", "against", "counter"})
# How a name ends that says of what state its bearer is, or what it wants to free.
_OF = re.compile(r" (?:of|for)(?: the)? ([\w ]+)$")


def sources_of(source: str) -> set[str]:
    """The sources of a row: "compiled; freebie websources" has two."""
    found = set()
    for part in source.split("; "):
        begin = next((name for name in SOURCES if part.lower().startswith(name)), None)
        if begin is None:
            raise SystemExit(f"no such source: {source}")
        found.add(SOURCES[begin])
    return found


def own_state(name: str) -> State | None:
    """The state that a name begins or ends with, where it names no other and no land that is only called after one."""
    key = name_key(re.sub(r"['’]s\b|(?<=s)['’](?= )", "", name))
    words = key.split()
    if not words or _OPPOSED & set(words) or _land(words):
        return None
    lead = next((state for n in (4, 3, 2, 1) if n < len(words) and (state := _state(" ".join(words[:n])))), None)
    ends = _OF.search(key)
    last = next((state for part in _tails(ends[1]) if (state := _state(part))), None) if ends is not None else None
    if lead is not None and last is not None and lead is not last:
        return None  # "Croatian Democratic Union of Bosnia and Herzegovina"
    return lead or last


def own_country(name: str, country: str) -> str:
    """The country (alpha-3) of an actor that a table files under `country`: the one that its name tells, unless the
    name tells of `country` too, or of none."""
    state = own_state(name)
    home = (state.iso3 or state.parent) if state is not None else None
    return home if home and not _told(name, country) else country


def _told(name: str, country: str) -> bool:
    """Whether a name tells of a state or its people anywhere: "Kurdish … of Turkey"."""
    state = States.load().by_iso3(country)
    key = f" {name_key(name)} "
    names = () if state is None else (*state.names, *state.adjectives, *state.demonyms)
    return any(f" {name_key(one)} " in key for one in names if len(one) > 3)


def _tails(text: str) -> list[str]:
    """The text and what is left of it without the words before "of": "Islamic Republic of Iran", "Iran"."""
    return [text, *([text.rpartition(" of ")[2]] if " of " in text else [])]


def _land(words: list[str]) -> bool:
    """Whether a name begins with a land that is called after a state: "Niger Delta", "Jordan Valley"."""
    gazetteer = Gazetteer.open()
    return any(
        hit.rank <= 1 and hit.place.kind == "region" and _state(" ".join(words[:n])) is None
        for n in (2, 3)
        if n < len(words)
        for hit in gazetteer.find(" ".join(words[:n]))
    )


@cache
def _by_key() -> dict[str, State]:
    found: dict[str, State] = {}
    for state in States.load():
        for name in (state.name, state.official_name, *state.names[:3], *state.adjectives, *state.demonyms):
            if len(name) > 3 and state.iso3:
                found.setdefault(name_key(name), state)
    return {key: state for key, state in found.items() if key not in ("america", "american", "states", "indian")}


def _state(key: str) -> State | None:
    return _by_key().get(key)
