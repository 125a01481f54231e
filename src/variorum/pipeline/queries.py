"""Queries as they are meant: codes that there are, in their own case, and ids told by their beginnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import msgspec

from variorum.coding import Ontology
from variorum.errors import QueryError
from variorum.records import DocumentQuery, EventQuery
from variorum.world.states import State, States

_LANGUAGE = re.compile(r"[a-z]{2,3}")
Holds = Callable[[EventQuery], bool]
"""Whether an edition holds any event that a query is answered by."""


def coded(query: EventQuery, holds: Holds) -> EventQuery:
    """The query with its codes as they are written, whatever their case was. A code that is none of PLOVER's types and
    modes or no country's, and that no event of the edition has either, raises QueryError with those that there are."""
    ontology = Ontology.load()
    modes = {mode for type_ in ontology.types.values() for mode in type_.modes}
    return msgspec.structs.replace(
        query,
        types=_known("type", "types", query.types, str.upper, sorted(ontology.types), holds),
        modes=_known("mode", "modes", query.modes, str.lower, sorted(modes), holds),
        countries=_countries(query.countries, holds),
    )


def spoken(query: DocumentQuery) -> DocumentQuery:
    """The query with its languages as they are written. Raises QueryError where one is no code of a language."""
    languages = tuple(each.lower() for each in query.languages)
    if odd := [each for each in languages if not _LANGUAGE.fullmatch(each)]:
        raise QueryError(f"{odd[0]!r} is no code of a language; one is written as en (ISO 639-1)")
    return msgspec.structs.replace(query, languages=languages)


def _known(
    name: str, field: str, given: Iterable[str], written: Callable[[str], str], known: Sequence[str], holds: Holds
) -> tuple[str, ...]:
    found = []
    for each in given:
        usual = written(each)
        code = next((code for code in (usual, each) if code in known or holds(_only(field, code))), None)
        if code is None:
            near = get_close_matches(usual, known, 1)
            hint = f" ({near[0]}?)" if near else ""
            raise QueryError(f"{each!r} is no {name}{hint}; there are {', '.join(known)}")
        found.append(code)
    return tuple(found)


def _countries(given: Iterable[str], holds: Holds) -> tuple[str, ...]:
    found = []
    for each in given:
        code = each.upper()
        if States.load().by_iso2(code) is None and not holds(_only("countries", code)):
            state = _meant(each)
            hint = f"{state.name} is {state.iso2}" if state is not None else "one is written as PK"
            raise QueryError(f"{each!r} is no country's two letters (ISO 3166 alpha-2); {hint}")
        found.append(code)
    return tuple(found)


def _meant(words: str) -> State | None:
    states = States.load()
    return states.by_iso3(words.upper()) or states.named(words)


def _only(field: str, code: str) -> EventQuery:
    told: dict[str, Any] = {field: (code,)}
    return EventQuery(**told)
