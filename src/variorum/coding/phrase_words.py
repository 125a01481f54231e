"""The words by which patterns know a phrase: its head, what stands before it, what it counts, and their sorts."""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax, Token

from .lexicon import Lexicon
from .occasions import Occasions
from .sorts import sorts_of

_SUMS = frozenset({"million", "billion", "dozens"})
_BEFORE = ("compound", "amod", "nmod", "nummod", "quantmod")
_COUNTING = frozenset({"NUM", "PRON", "DET", "SYM"})


class PhraseWords:
    """Reads phrases of one document by their heads; `actors` and `places` are the tokens of their names."""

    def __init__(
        self,
        lexicon: Lexicon,
        syntax: Syntax,
        actors: Collection[int],
        places: Collection[int],
        occasions: Occasions,
    ) -> None:
        self._syntax, self._actors, self._places, self._occasions = syntax, actors, places, occasions
        self._quantity = lexicon.words("quantity")
        self._holdable = frozenset().union(
            *(lexicon.words(name) for name in ("place_held", "building", "goods", "vessel", "peopled"))
        )
        self._words: dict[int, set[str]] = {}

    def of(self, i: int) -> set[str]:
        """The lemma of a phrase's head and of its compounds, adjectives and counted nouns ("hundreds of people"); the
        sorts of its head and of what that counts."""
        if (known := self._words.get(i)) is None:
            known = self._words[i] = self._read(i)
        return known

    def _read(self, i: int) -> set[str]:
        syntax = self._syntax
        token = syntax.tokens[i]
        lemma = token.lemma.lower()
        found = {lemma, token.text.lower(), *sorts_of(token, self._actors, self._places)}
        for c in syntax.children(i, *_BEFORE):
            found.add(c.lemma.lower())
        held = {lemma}
        quantity = lemma in self._quantity
        for c in syntax.children(i, "prep"):
            if c.lemma == "of" and quantity:
                held.update(k.lemma.lower() for k in syntax.children(c.i, "pobj"))
            if (c.lemma == "of" or (c.lemma == "in" and lemma in _SUMS)) and (quantity or token.pos in _COUNTING):
                for k in syntax.children(c.i, "pobj"):
                    found.add(k.lemma.lower())
                    found |= sorts_of(k, self._actors, self._places)
                    found.update(m.lemma.lower() for m in syntax.children(k.i, "compound", "amod"))
        if token.pos == "PROPN" and lemma.endswith("s"):
            found.add(lemma[:-1])
        if (counted_on := self._occasions.counted(token)) is not None:
            found.add(counted_on)
        if self._is_make(token):
            found.add("%make")
        if self._is_held(found, held):
            found.add("%thing")
        return found

    def _is_held(self, words: set[str], heads: set[str]) -> bool:
        """A place or a thing that is taken and not abducted: "seized the town", "dozens of villages". Of a village
        chief only the first word is one. `heads` are the lemmas of the head and of what it is a number of."""
        if "%person" in words:
            return False
        return "%location" in words or "%artifact" in words or not self._holdable.isdisjoint(heads)

    def _is_make(self, token: Token) -> bool:
        """A name that counts things and not one bearer: "a Mirage", "two Antonovs"."""
        if token.pos != "PROPN":
            return False
        articles = (c.text.lower() for c in self._syntax.children(token.i, "det"))
        return any(a in ("a", "an") for a in articles) or self._syntax.child(token.i, "nummod") is not None
