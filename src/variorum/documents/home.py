"""Where a page is at home: what decides between the two readings of a date in figures and between zones of one name."""

from __future__ import annotations

import re
from typing import NamedTuple

_LANGUAGE = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_][A-Z][a-z]{3})?(?:[-_](?P<country>[A-Za-z]{2}))?")
# Locales whose figures begin with the month or where both orders are in use (Unicode CLDR 46, short dates). Software
# declares "en-US" wherever it stands, so that this one tells nothing of a page.
_UNTOLD = frozenset({"en", "en-US", "en-CA", "en-PH", "es-PA", "es-PR", "es-US", "fil", "fil-PH"})


class Home(NamedTuple):
    """The country (ISO 3166 alpha-2) of a page as far as its markup declares one, and whether days stand before months
    in the dates of its locale; where that is not known, dates in figures that have two readings stay unread."""

    country: str | None = None
    day_first: bool = False


NOWHERE = Home()


def home_of(lang: str | None) -> Home:
    """The home that the language of a page's markup tells ("en-IN", "pt-BR", "de")."""
    match = _LANGUAGE.fullmatch((lang or "").strip())
    if match is None:
        return NOWHERE
    country = match["country"].upper() if match["country"] else None
    locale = f"{match['language']}-{country}" if country else match["language"]
    return Home(None if locale == "en-US" else country, locale not in _UNTOLD)
