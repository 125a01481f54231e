"""The closed vocabulary of the stage: nouns that name actors and words that show who acts (``actor_nouns.toml``),
the peoples and believers of the world in the singular (``peoples.txt``), and nouns for persons (``person_nouns.tsv``,
compiled by ``tools/compile_nouns.py``), and where peoples without a state live (``homelands.tsv``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from variorum.packaged import data_lines, data_table
from variorum.records import Token

NounKind = Literal["body", "force", "people"]

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "peoples": "people", "persons": "person",
    "gunmen": "gunman", "wives": "wife", "militiamen": "militiaman", "policemen": "policeman", "media": "media",
    "spokesmen": "spokesman", "fishermen": "fisherman", "servicemen": "serviceman", "businessmen": "businessman",
    "news": "news", "tribesmen": "tribesman", "herdsmen": "herdsman", "firemen": "fireman", "airmen": "airman",
    "militia": "militia", "forces": "force", "businesses": "business", "police": "police", "thieves": "thief",
    "congressmen": "congressman", "lawmen": "lawman", "cameramen": "cameraman", "headquarters": "headquarters",
    "armies": "army", "services": "service", "judges": "judge", "crises": "crisis", "schoolchildren": "schoolchild",
}  # fmt: skip
_NO_PLURALS = frozenset({"specimen", "regimen", "abdomen", "omen", "acumen", "yemen"})
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_SPACES = re.compile(r"\s+")


class Noun(NamedTuple):
    """A noun that names an actor. `phrase` is its entry, `words` how many words of it were matched; `listed` marks
    those that only the general list of nouns for persons has."""

    phrase: str
    kind: NounKind
    sector: str
    words: int
    listed: bool = False


@lru_cache(maxsize=16_384)
def singular(word: str) -> str:
    """A lower-case noun without its plural ending; unknown irregular ones stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 4 and word not in _NO_PLURALS:
        return word[:-3] + "man"
    if word.endswith("wives"):
        return word[:-3] + "fe"
    first, hyphen, rest = word.partition("-")
    if hyphen and rest in ("by", "in-law", "in-chief", "on", "at-arms", "de-camp") and first.endswith("s"):
        return f"{first[:-1]}-{rest}"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


@lru_cache(maxsize=16_384)
def verb_bases(word: str) -> tuple[str, ...]:
    """What a lower-case verb form may come from, for words that were not tagged as verbs (headlines in capitals)."""
    bases = [word]
    if word.endswith("ies"):
        bases.append(word[:-3] + "y")
    if word.endswith("es"):
        bases.append(word[:-2])
    if word.endswith("s"):
        bases.append(word[:-1])
    if word.endswith("ied"):
        bases.append(word[:-3] + "y")
    if word.endswith("ed"):
        bases += [word[:-2], word[:-1]]
    return tuple(bases)


class Vocabulary:
    """The tables of ``actor_nouns.toml``, keyed for lookup; `peoples` are civilians where no more is said of them,
    `persons` lines of a noun and its sector, which count where the tables lack the noun; `homelands` lines of a people
    and the countries (alpha-3) where it lives, with "~" before a state's people those besides its own."""

    def __init__(
        self, tables: dict[str, Any], peoples: Sequence[str], persons: Sequence[str], homelands: Sequence[str]
    ) -> None:
        self.nouns = {_last_singular(name): Noun(name, "people", "CVL", name.count(" ") + 1) for name in peoples}
        for kind in ("people", "force", "body"):
            for sector, phrases in tables[kind].items():
                for phrase in phrases:
                    noun = Noun(phrase, kind, sector, phrase.count(" ") + 1)
                    self.nouns[_last_singular(phrase)] = noun
        homes = [
            (people, tuple(countries.split("|"))) for people, _, countries in (x.partition("\t") for x in homelands)
        ]
        self.homes = {people: countries for people, countries in homes if not people.startswith("~")}
        self.abroad = {people[1:]: countries for people, countries in homes if people.startswith("~")}
        lasts = {phrase.rpartition(" ")[2] for phrase in self.nouns}
        self.telling = frozenset(lasts | {word.rpartition("-")[2] for word in lasts})
        for line in persons:
            phrase, _, sector = line.partition("\t")
            for spelt in dict.fromkeys((phrase, phrase.replace("izer", "iser"))):  # "colonizer", "coloniser"
                noun = Noun(spelt, "people", sector, phrase.count(" ") + 1, listed=True)
                self.nouns.setdefault(_last_singular(spelt), noun)
        lasts = {phrase.rpartition(" ")[2] for phrase in self.nouns}
        self.heads = frozenset(lasts | {word.rpartition("-")[2] for word in lasts})
        self.longest = max(noun.words for noun in self.nouns.values())
        self.flexible = frozenset(tables["flexible"]["nouns"])
        self.hands = frozenset(tables["hands"]["nouns"])
        self.sides = frozenset(tables["hands"]["sides"])
        self.likeliest = {noun: sector for sector, nouns in tables["default"].items() for noun in nouns}
        self.modifiers = {word: sector for sector, words in tables["modifier"].items() for word in words}
        self.same = {_last_singular(word): canonical for canonical, words in tables["same"].items() for word in words}
        self.portfolios: dict[str, str] = {word: name for name, words in tables["portfolio"].items() for word in words}
        self.portfolio_names = frozenset(tables["portfolio"])
        self.honorifics = frozenset(tables["honorific"]["words"])
        self.ranked: dict[str, str] = tables["honorific"]["sector"]
        self.ranks = frozenset(tables["honorific"]["rank"])
        self.past = frozenset(tables["honorific"]["past"])
        self.male = frozenset(tables["honorific"]["male"])
        self.female = frozenset(tables["honorific"]["female"])
        self.deeds = frozenset(tables["deed"]["nouns"])
        self.group_words = {word: sector for sector, words in tables["group_word"].items() for word in words}
        self.name_words = {word: sector for sector, words in tables["name_word"].items() for word in words}
        self.weak = frozenset(tables["weak"]["nouns"])
        self.say: frozenset[str] = frozenset(tables["verb"]["say"])
        self.govern: frozenset[str] = frozenset(tables["verb"]["govern"])
        self.deal: frozenset[str] = frozenset(tables["verb"]["deal"])
        self.stay: frozenset[str] = frozenset(tables["verb"]["stay"])
        self.go: frozenset[str] = frozenset(tables["verb"]["go"])

    def noun(self, words: str) -> Noun | None:
        """The entry for these words ("Foreign  Ministries" finds "foreign ministry"), None where there is none; what is
        only listed counts in small letters alone, as it may be a surname ("Archer")."""
        noun = self.nouns.get(_entry(words))
        return noun if noun is None or not noun.listed or words[:1].islower() else None

    def is_deed(self, token: Token) -> bool:
        return singular(token.text.lower()) in self.deeds or token.lemma.lower() in self.deeds

    def is_verb(self, token: Token, verbs: frozenset[str]) -> bool:
        return token.lemma.lower() in verbs or (
            token.pos not in ("VERB", "AUX") and any(base in verbs for base in verb_bases(token.text.lower()))
        )


@lru_cache(maxsize=65_536)
def _entry(words: str) -> str:
    """The words as entries of the vocabulary are keyed."""
    return _last_singular(_SPACES.sub(" ", words.translate(_APOSTROPHES).lower().rstrip(".")))


def _last_singular(phrase: str) -> str:
    before, space, last = phrase.rpartition(" ")
    return before + space + singular(last)


@cache
def vocabulary() -> Vocabulary:
    """The packaged vocabulary, read once a process. Raises `ModelError` where a file is missing."""
    persons, homelands = data_lines("person_nouns.tsv")[1:], data_lines("homelands.tsv")[1:]
    return Vocabulary(data_table("actor_nouns.toml"), data_lines("peoples.txt"), persons, homelands)
