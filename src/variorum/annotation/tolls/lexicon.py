"""The lexicon of harm: verbs, states and nouns that say what befell people, and the nouns of people."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from variorum.packaged import data_table
from variorum.records import Record, TollKind
from variorum.world.nouns import find_noun

Role = Literal["transitive", "intransitive", "state", "nominal", "counted", "conditional"]
# Words of the closed classes that are rare nouns too ("the haves")
_CLOSED = frozenset(
    [
        "have",
        "has",
        "had",
        "will",
        "being",
        "can",
        "might",
        "must",
        "may",
        "second",
        "first",
        "last",
        "here",
        "there",
        "one",
        "other",
    ]
)
_AGENTS = ("er", "ist", "ian", "eer")
"""Endings, in the singular, of words for people that no dictionary has ("deminer")."""
_THINGS = frozenset(
    [
        "animal",
        "artifact",
        "attribute",
        "body",
        "cognition",
        "food",
        "location",
        "object",
        "plant",
        "possession",
        "quantity",
        "shape",
        "substance",
    ]
)
ROLES: tuple[Role, ...] = ("transitive", "intransitive", "state", "nominal", "counted", "conditional")


class Harm(NamedTuple):
    """What a word (or words in a row) says of the people beside it."""

    role: Role
    kind: TollKind
    people_only: bool = False
    beside: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


class Lexicon(Record, frozen=True, kw_only=True):
    """`words` gives each word's readings, `phrases` each first word's continuations, the longest first."""

    words: dict[str, tuple[Harm, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Harm], ...]]
    generic: frozenset[str]
    people: frozenset[str]
    suffixes: tuple[str, ...]
    things: frozenset[str]
    sport: frozenset[str]
    habitual: frozenset[str]
    fiction: frozenset[str]
    intents: frozenset[str]
    feared: frozenset[str]
    wars: frozenset[str]
    blows: frozenset[str]

    def is_person(self, word: str) -> bool:
        """Whether a noun, in lower case, names people: listed, or so in most of its uses, or formed like those that
        do and no other noun."""
        if word in self.generic or word in self.people:
            return True
        if word in self.things or word in self.words or word in _CLOSED or len(word) < 3:
            return False
        noun = find_noun(word)
        if noun is None:
            return len(word) > 5 and word.endswith((*self.suffixes, *_AGENTS))
        formed = noun.person_sense is not None and len(word) > 5 and word.endswith(self.suffixes)
        return noun.sort == "person" or formed

    def is_thing(self, word: str) -> bool:
        """Whether a noun, in lower case, never names people: listed, or one of animals, things and the like."""
        if word in self.things:
            return True
        if word in self.generic or word in self.people or word in self.words:
            return False
        noun = find_noun(word)
        return noun is not None and noun.person_sense is None and noun.sort in _THINGS


def word_set(listed: str) -> frozenset[str]:
    """The words of a list, written as they are read: parted by white space."""
    return frozenset(listed.split())


@cache
def load_lexicon() -> Lexicon:
    """The packaged lexicon (``data/tolls.toml``), read once."""
    data = data_table("tolls.toml")
    words: dict[str, list[Harm]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Harm]]] = {}
    for role in ROLES:
        for table in data.get(role, ()):
            beside, only = frozenset(_listed(table, "beside")), frozenset(_listed(table, "only"))
            harm = Harm(role, table["kind"], table.get("people_only", False), beside, only)
            for word in _listed(table, "forms"):
                words.setdefault(word, []).append(harm)
            for phrase in table.get("phrases", "").split("|"):
                parts = tuple(phrase.split())
                if parts:
                    phrases.setdefault(parts[0], []).append((parts, harm))
    people, context = data["people"], data["context"]
    nouns = {word.lower() for word in people["nouns"].split()}
    return Lexicon(
        words={word: tuple(harms) for word, harms in words.items()},
        phrases={word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in phrases.items()},
        generic=frozenset(people["generic"].split()),
        people=frozenset(nouns | {_plural(word) for word in nouns}),
        suffixes=tuple(people["suffixes"].split()),
        things=frozenset(data["things"]["nouns"].split()),
        sport=frozenset(context["sport"].split()),
        habitual=frozenset(context["habitual"].split()),
        fiction=frozenset(context["fiction"].split()),
        intents=frozenset(context["intents"].split()),
        feared=frozenset(context["feared"].split()),
        wars=frozenset(context["wars"].split()),
        blows=frozenset(context["blows"].split()),
    )


def _listed(table: dict[str, Any], key: str) -> list[str]:
    return str(table.get(key, "")).split()


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
