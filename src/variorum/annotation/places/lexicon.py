"""The words that tell places apart from other names, read once from ``variorum/data/places.toml``."""

from __future__ import annotations

from functools import cache

from variorum.packaged import data_lines, data_table
from variorum.records import Record

_FILE = "places.toml"


class Lexicon(Record, frozen=True, kw_only=True):
    """`classes` gives the kinds that a class word calls for ("province" → admin1); `dotted` the GeoNames id of a
    division by its abbreviation and country ("Ind." → 4921868). All words are lower case but those of `dotted`."""

    classes: dict[str, tuple[str, ...]]
    place_prepositions: frozenset[str]
    strong_prepositions: frozenset[str]
    directions: frozenset[str]
    civic: frozenset[str]
    verbs: frozenset[str]
    often: frozenset[str]
    inward: frozenset[str]
    eponyms: frozenset[str]
    public: frozenset[str]
    locals: frozenset[str]
    adjectives: dict[str, str]
    offices: dict[str, str]
    titles: frozenset[str]
    never: frozenset[str]
    peoples: frozenset[str]
    dotted: dict[str, int]
    postal: dict[str, int]
    outlet_words: tuple[str, ...]

    @staticmethod
    @cache
    def load() -> Lexicon:
        """The packaged words. Raises `ModelError` where the file is missing or not well formed."""
        table, peoples = data_table(_FILE), data_lines("peoples.txt")
        classes: dict[str, list[str]] = {}
        for kind, words in table["classes"].items():
            for word in words:
                classes.setdefault(word, []).append(kind)
        dotted: dict[str, int] = {}
        postal: dict[str, int] = {}
        for divisions in table["dotted"].values():
            for code, line in divisions.items():
                geonameid, _, names = line.partition(" ")
                postal.setdefault(code, int(geonameid))
                for name in names.split("|"):
                    dotted.setdefault(name, int(geonameid))
        return Lexicon(
            classes={word: tuple(kinds) for word, kinds in classes.items()},
            place_prepositions=frozenset(table["prepositions"]["place"]),
            strong_prepositions=frozenset(table["prepositions"]["strong"]),
            directions=frozenset(table["directions"]["words"]),
            civic=frozenset(table["civic"]["words"]),
            locals=frozenset(table["locals"]["words"]),
            verbs=frozenset(table["verbs"]["words"]),
            often=frozenset(table["verbs"]["often"]),
            inward=frozenset(table["prepositions"]["inward"]),
            eponyms=frozenset(table["eponyms"]["words"]),
            public=frozenset(table["public"]["words"]),
            adjectives=table["adjectives"],
            offices=table["offices"],
            titles=frozenset(table["titles"]["words"]),
            never=frozenset(table["never"]["words"]),
            peoples=frozenset(filter(None, peoples)),
            dotted=dotted,
            postal=postal,
            outlet_words=tuple(sorted(set(table["outlets"]["words"]), key=lambda word: (-len(word), word))),
        )
