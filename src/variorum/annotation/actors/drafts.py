"""What the steps of the stage hand on: a mention in the making, and the document as they share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from variorum.annotation.legible import bare, folded, is_veiled
from variorum.annotation.truecase import in_small_letters, truecase
from variorum.records import Document, Feature, PlaceMention, Syntax, Token
from variorum.world.actors import ActorLexicon, Meaning
from variorum.world.names import name_key
from variorum.world.states import State

from .options import ActorOptions
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .phrases import Phrase

DraftKind = Literal["state", "body", "force", "group", "organisation", "media", "person", "people", "pronoun", "thing"]
Gender = Literal["male", "female"]


@dataclass(slots=True, eq=False)
class Draft:
    """A mention in the making. Tokens ``[first, last]``; `head` is the token that the sentence holds it by.

    `noun` is the noun it was named with ("ministry"), `definite` one with "the" and no more to say who is meant.
    A `silent` one is no mention of its own, only somebody or something that a pronoun may mean.
    """

    first: int
    last: int
    head: int
    kind: DraftKind
    name: str
    slug: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    title: str | None = None
    generic: bool = False
    plural: bool = False
    noun: str = ""
    definite: bool = False
    gender: Gender | None = None
    link: Draft | None = None
    phrase: Phrase | None = None
    silent: bool = False
    why: list[Feature] = field(default_factory=list)

    @property
    def sector(self) -> str | None:
        return self.sectors[0] if self.sectors else None

    @property
    def key(self) -> str:
        """What mentions of one actor share: country, sector and slug; PER for persons, whose sector may change."""
        first = self
        while first.link is not None:  # chains are as long as a text repeats a name
            first = first.link
        sector = "PER" if first.kind == "person" and not first.generic else first.sector or ""
        return f"{first.country or ''}:{sector}:{first.slug}"

    def because(self, name: str, value: float = 1.0, note: str = "") -> None:
        self.why.append(Feature(name=name, value=value, weight=1.0, note=note))


@dataclass(slots=True, eq=False)
class Match:
    """A stretch of tokens that the lexicon knows, with the meaning chosen for it."""

    first: int
    last: int
    key: str
    meaning: Meaning

    @property
    def state(self) -> State | None:
        return self.meaning.of if isinstance(self.meaning.of, State) else None


class Scene:
    """One document as the steps of the stage share it. `claimed` maps a token to the mention that it is part of."""

    def __init__(
        self,
        document: Document,
        syntax: Syntax,
        places: Sequence[PlaceMention],
        lexicon: ActorLexicon,
        words: Vocabulary,
    ) -> None:
        self.document = document
        self.syntax = syntax
        self.veiled = is_veiled(document.text)
        plain = folded(document.text) if self.veiled else document.text
        self.cased = truecase(plain) if in_small_letters(plain) else plain
        if self.cased is not plain:  # names as they are usually written
            cased = [replace(token, text=bare(self.cased[token.start : token.end])) for token in syntax.tokens]
            self.syntax = Syntax(cased, syntax.sentences, syntax.entities)
        self.tokens = self.syntax.tokens
        self.lexicon = lexicon
        self.words = words
        self.options = ActorOptions()
        self.date: str | None = None
        self.matches: dict[int, Match] = {}  # by each of their tokens
        self.claimed: dict[int, Draft] = {}
        self.drafts: list[Draft] = []
        self.seats: set[int] = set()  # tokens of towns that stand for a body of many states
        self._shouted: dict[int, bool] = {}
        self.entity: dict[int, tuple[int, int, str]] = {
            i: (entity.first, entity.last - 1, entity.label)
            for entity in syntax.entities
            for i in range(entity.first, entity.last)
        }
        self.places = {place.start: place for place in places}
        self.at = {token.start: token.i for token in self.tokens}
        self.sentence: list[int] = [0] * len(self.tokens)
        for sentence in syntax.sentences:
            for i in range(sentence.first, sentence.last):
                self.sentence[i] = sentence.number

    @cached_property
    def lowered(self) -> frozenset[str]:
        """All words of the text in small letters."""
        return frozenset(token.text.lower() for token in self.tokens)

    @cached_property
    def company(self) -> frozenset[str]:
        """The countries (alpha-3) that the text names, also by places, actors and persons; once matches are found."""
        found = {m.state.iso3 for m in self.matches.values() if m.state is not None}
        found |= {m.meaning.of.country for m in self.matches.values() if not isinstance(m.meaning.of, State)}
        found |= {self.place_country(token.i) for token in self.tokens if token.start in self.places}
        return frozenset(country for country in found if country)

    def text(self, first: int, last: int) -> str:
        text = self.cased[self.tokens[first].start : self.tokens[last].end]
        return bare(text) if self.veiled else text

    def add(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        for i in range(draft.first, draft.last + 1):
            self.claimed[i] = draft
        return draft

    def free(self, first: int, last: int) -> bool:
        return all(i not in self.claimed for i in range(first, last + 1))

    def bounds(self, i: int) -> tuple[int, int]:
        """The first and last token of the sentence of token `i`."""
        sentence = self.syntax.sentences[self.sentence[i]]
        return sentence.first, sentence.last - 1

    def shouted(self, i: int) -> bool:
        """Whether the sentence of token `i` is all in capitals, where capitals tell nothing."""
        number = self.sentence[i]
        if number not in self._shouted:
            low, high = self.bounds(i)
            words = [t.text for t in self.tokens[low : high + 1] if len(t.text) > 2 and t.text.isalpha()]
            self._shouted[number] = len(words) > 2 and sum(word.isupper() for word in words) * 2 > len(words)
        return self._shouted[number]

    def shown(self, first: int, last: int) -> str:
        """The words as a name: in a sentence that is all in capitals, in ordinary case."""
        text = self.text(first, last)
        return recased(text) if self.shouted(first) else text

    def head(self, first: int, last: int) -> int:
        for i in range(first, last + 1):
            if self.tokens[i].head == i or not first <= self.tokens[i].head <= last:
                return i
        return last

    def place_country(self, i: int) -> str | None:
        """The country (alpha-3) of the place that is named at token `i`."""
        place = self.places.get(self.tokens[i].start)
        state = self.lexicon.states.by_iso2(place.country) if place is not None else None
        return state.iso3 if state is not None else None

    def is_place(self, first: int, last: int) -> bool:
        """Whether the places layer has exactly these tokens as something else than a country."""
        place = self.places.get(self.tokens[first].start)
        return (
            place is not None and place.end >= self.tokens[last].end and place.precision not in ("country", "unknown")
        )


_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "de", "del", "la", "las", "los", "y", "al", "el", "bin", "von", "van"}
)


def recased(text: str) -> str:
    """A name in capitals as it is usually written; what has no vowel or a full stop stays ("FMLN", "U.S.")."""
    words = []
    for n, word in enumerate(text.split(" ")):
        if n > 0 and word.lower() in _SMALL:
            words.append(word.lower())
        elif "." in word or not any(c in "AEIOUY" for c in word) or not word.isupper():
            words.append(word)
        else:
            words.append("-".join(part[:1] + part[1:].lower() for part in word.split("-")))
    return " ".join(words)


def slug(name: str) -> str:
    return name_key(name).replace(" ", "-")


def is_capitalised(token: Token) -> bool:
    return token.text[:1].isupper() or any(c.isupper() for c in token.text)
