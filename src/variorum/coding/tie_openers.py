"""The tokens of a document that may open a tie, found once: most words open none, and ties are read three times."""

from __future__ import annotations

from typing import NamedTuple

from variorum.records import Syntax, Token

from .frames import Frames
from .tie_clauses import opening_verbs, tying_words
from .tie_phrases import opening_nouns, opening_words
from .tie_words import TieWords


class Opener(NamedTuple):
    """A token that may open a tie: as a preposition, conjunction or noun (`phrase`), as a verb or adverb (`clause`)."""

    token: Token
    phrase: bool
    clause: bool


class Openers(NamedTuple):
    """All openers of one document in text order, and the adverbs that may add an answer to the one before ("also")."""

    all: tuple[Opener, ...]
    also: tuple[Token, ...]


def openers_of(syntax: Syntax, frames: Frames, words: TieWords) -> Openers:
    """The openers of one document."""
    found: list[Opener] = []
    also: list[Token] = []
    plain, nouns = opening_words(words), opening_nouns(words)
    tying, verbs = tying_words(words), opening_verbs(words)
    for token in syntax.tokens:
        low, lemma = token.text.lower(), token.lemma.lower()
        phrase = low in plain or lemma in nouns
        clause = low in tying or (lemma in verbs and frames.is_verb(token.i))
        if phrase or clause:
            found.append(Opener(token, phrase, clause))
        if lemma in words.also and token.dep == "advmod":
            also.append(token)
    return Openers(tuple(found), tuple(also))
