"""Which states a stretch of text speaks of, in whatever language: by their names, peoples and capitals."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from variorum.errors import ModelError
from variorum.world.states import States

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_MOST_WORDS = 3


def state_of(name: str) -> str | None:
    """The ISO 3166 alpha-2 code (or the name) of the state that a label is of: its name in one of thirty languages, its
    people or its capital in English; None where it is of none."""
    bare = name.strip("*_# .:,;()[]–—-")
    for found in States.load().find(bare):
        return found.state.iso2 or found.state.name
    return _names().get(bare.casefold())


def is_state(name: str) -> bool:
    """Whether a label is a state's own name in one of those languages."""
    bare = name.strip("*_# .:,;()[]–—-")
    return States.load().named(bare) is not None or bare.casefold() in _names()


def states_in(text: str) -> frozenset[str]:
    """The states that the capitalised words of a text name."""
    words = list(_WORD.finditer(text))
    found: set[str] = set()
    for at, match in enumerate(words):
        if match[0][0].islower():
            continue
        for number in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            name = text[match.start() : words[at + number - 1].end()]
            state = state_of(re.sub(r"['’]s$", "", name))
            if state is not None:
                found.add(state)
                break
    return frozenset(found)


@cache
def _names() -> dict[str, str]:
    file = resources.files("variorum") / "data" / "territories.tsv"
    try:
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        return {name: code for code, names in rows for name in names.split("|")}
    except (OSError, ValueError) as error:
        raise ModelError(f"the table of states' names cannot be read: {error}") from error
