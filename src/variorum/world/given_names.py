"""Given names of the world by the gender of those who carry them: evidence for what a text does not tell."""

from __future__ import annotations

from functools import cache
from typing import Literal

from variorum.packaged import data_text

from .names import name_key

# Where the family name stands first in English texts too.
_FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "HKG", "KHM", "SGP"})


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    men, women = data_text("given_names.txt.gz").split("\n\n")
    return frozenset(men.split("\n")), frozenset(women.split("\n"))


def likely_gender(name: str, country: str | None = None) -> Literal["male", "female"] | None:
    """The gender of more than nine in ten of those who have this full name's given name; None where it is told by none
    or by both ("Jan"), or where `name` is one word and so perhaps a family name. `country` is ISO 3166-1 alpha-3.

    Source: ``data/given_names.txt.gz`` (docs/data/actors.md).
    """
    words = name_key(name).split()
    if len(words) < 2:
        return None
    if country in _FAMILY_FIRST:
        words = [*words[1:], words[0]]
    men, women = _names()
    return "male" if words[0] in men else "female" if words[0] in women else None
