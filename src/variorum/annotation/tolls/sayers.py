"""Who gives the figures is none of those harmed: "…, a spokesman for the brigade said", "…, said two witnesses"."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Syntax

from .lexicon import Lexicon, word_set
from .quantities import Quantity

_SAYING = word_set(
    """say tell add report claim note explain announce confirm write state insist acknowledge admit warn recall recount
    testify estimate declare reveal disclose relate maintain stress reply answer comment argue complain concede suggest
    predict conclude describe observe remark"""
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_WITHIN = frozenset({"ADP", "NOUN", "PROPN", "ADJ", "PART", "NUM"})  # of a noun phrase with its asides
_QUOTES = frozenset({",", "”", '"', "''", "’"})
_ENDS = frozenset({".", ",", ";", "!", "?", ")", "—", "–"})
_OWNING = frozenset({"DET", "PRON"})
_LONG = 14  # words of a speaker with role, place and name


def without_sayers(
    syntax: Syntax, words: Sequence[str], first: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> list[Quantity]:
    """The quantities without the people who only give the news."""
    starts = {quantity.first for quantity in quantities}
    return [
        q
        for q in quantities
        if not (q.person and q.noun is not None and _says(syntax, words, first, q, lexicon, starts))
    ]


def _says(
    syntax: Syntax, words: Sequence[str], first: int, quantity: Quantity, lexicon: Lexicon, starts: set[int]
) -> bool:
    if quantity.counted or quantity.harm is not None:
        return False
    return _is_before_verb(syntax, words, first, quantity, lexicon, starts) or _is_behind_verb(
        syntax, words, first, quantity, lexicon
    )


def _is_before_verb(
    syntax: Syntax, words: Sequence[str], first: int, quantity: Quantity, lexicon: Lexicon, starts: set[int]
) -> bool:
    """Whether the next finite verb is one of saying, with nothing between but the rest of the noun phrase."""
    commas, aside = 0, False
    for i in range(quantity.stop, min(first + len(words), quantity.stop + _LONG)):
        token, before = syntax.tokens[i], syntax.tokens[i - 1]
        if words[i - first] in lexicon.words or i in starts:
            return False
        if aside and token.text != ",":  # ", who asked not to be named,"
            continue
        aside = before.text == "," and token.tag in {"WP", "WDT"}
        if aside:
            continue
        if token.tag in _FINITE:
            # one aside; behind one comma the subject follows (", says a list"), behind three it went before
            closed = commas == 2 and before.text == ","
            return token.lemma in _SAYING and (not commas or closed) and token.pos != "AUX"
        if token.text == ",":
            commas += 1
        elif token.pos in _OWNING:
            if before.pos not in {"ADP"} and before.text != ",":
                return False
        elif token.text not in {"-", "’s", "'s"} and token.pos not in _WITHIN:
            return False
    return False


def _is_behind_verb(syntax: Syntax, words: Sequence[str], first: int, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether a verb of saying stands right before, behind a comma or a quotation, and no other verb follows."""
    verb = quantity.first - 1
    if verb <= first or syntax.tokens[verb].tag not in _FINITE or syntax.tokens[verb].lemma not in _SAYING:
        return False
    if syntax.tokens[verb - 1].text not in _QUOTES:
        return False
    for i in range(quantity.stop, first + len(words)):
        token = syntax.tokens[i]
        if token.text in _ENDS or token.tag in {"WP", "WDT"}:
            return True
        if token.tag in {*_FINITE, "VBN", "MD"} or words[i - first] in lexicon.words:
            return False
    return True
