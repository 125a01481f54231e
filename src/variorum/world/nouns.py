"""What English nouns name: persons and of what sort, groups, animals, things.

Source: ``data/nouns.tsv.gz``, compiled from WordNet 3.1 (LICENSES-DATA.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from variorum.packaged import data_lines
from variorum.records import Record

# The most frequent nouns whose plural no rule gives.
_IRREGULAR = {
    "children": "child",
    "people": "person",
    "wives": "wife",
    "midwives": "midwife",
    "housewives": "housewife",
    "thieves": "thief",
    "kinsfolk": "kinsman",
    "oxen": "ox",
    "geese": "goose",
    "mice": "mouse",
    "lives": "life",
    "knives": "knife",
    "wolves": "wolf",
    "calves": "calf",
    "halves": "half",
    "feet": "foot",
    "teeth": "tooth",
    "cattle": "cow",
}


class Noun(Record, frozen=True, kw_only=True):
    """One noun. `sort` is the lexicographer file of its most frequent sense ("person", "group", "animal", "artifact",
    "act" …), `person_sense` the place of its first sense that names a person, from 1, and None where none does;
    `classes` the sorts of person that this sense belongs to ("military", "medical", "child" …)."""

    sort: str
    person_sense: int | None = None
    classes: frozenset[str] = frozenset()


@cache
def _lines() -> dict[str, str]:
    return dict(row.split("\t", 1) for row in data_lines("nouns.tsv.gz")[1:])


@cache
def find_noun(word: str) -> Noun | None:
    """The noun that a lower-case word is, in the singular or the plural; None where WordNet has none.

    >>> find_noun("policemen").classes
    frozenset({'police'})
    """
    for form in singulars(word):
        if (row := _lines().get(form)) is not None:
            sort, sense, classes = row.split("\t")
            return Noun(sort=sort, person_sense=int(sense) if sense else None, classes=frozenset(classes.split()))
    return None


def singulars(word: str) -> Iterator[str]:
    """The word itself and the singulars that it could be the plural of, the likeliest first."""
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    yield word
    if word.endswith("men"):
        yield word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")):
        yield word[:-1]
