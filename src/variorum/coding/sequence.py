"""Acts that one sentence tells apart: "bombed the camp in reply to the raid", "hours after a grenade had gone off".

Two mentions in one sentence hang together through the tokens between them in the tree. Where that way leads through a
word of time, ground or answer, the one is what the other follows or answers, and the two are never one act.
"""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax

from .clauses import SEQUENCE, is_beside
from .lexicon import Lexicon

_GROUNDS = frozenset({"over", "despite", "notwithstanding", "because", "like", "unlike", "than", "besides", "amid",
                      "due", "owing", "given", "considering"})  # fmt: skip
_BESIDE = frozenset({"while", "whereas", "whilst"})
_TOWARDS = frozenset({"to", "for", "against", "with", "by", "on"})
_PREPOSITIONS = frozenset({"ADP", "SCONJ"})


class Sequence:
    """Looks them up over one document's syntax."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax = syntax
        self._reaction = lexicon.words("reaction")
        self._relating = lexicon.words("relating")
        self._comparing = lexicon.words("comparing")

    def apart(self, some: Collection[int], others: Collection[int], *, linked: bool = False) -> str | None:
        """The word that tells two mentions (the tokens of each) apart; None where the tree has none. Of two that the
        syntax links ("died after a shell hit the house") a word of time does not: only what answers or stands beside.
        """
        own = frozenset(some) | frozenset(others)
        pairs = [(min(i, k), max(i, k)) for i in sorted(some) for k in sorted(others)]
        return next((word for pair in pairs if (word := self._between(*pair, own, linked=linked)) is not None), None)

    def goes_on(self, chain: Collection[int]) -> int | None:
        """The verb that one without a subject of its own is joined to: "returned fire and hit a depot"."""
        for i in sorted(chain):
            token = self.syntax.tokens[i]
            if token.dep == "conj" and token.pos == "VERB" and self.syntax.tokens[token.head].pos == "VERB":
                return token.head if self.syntax.child(i, "nsubj", "nsubjpass", "mark") is None else None
        return None

    def are_listed(self, some: Collection[int], others: Collection[int]) -> bool:
        """Whether two nouns of acts, each with an article, stand side by side: "of the raid, and of the murder"."""
        first, second = self._item(min(some)), self._item(min(others))
        if first is None or second is None or first == second:
            return False
        pair = ((first, second), (second, first))
        tokens = self.syntax.tokens
        return any(tokens[i].dep == "conj" and tokens[i].head == k for i, k in pair)

    def _item(self, i: int) -> int | None:
        """The token by which a noun with an article is joined to others: its preposition, else itself."""
        token = self.syntax.tokens[i]
        if token.pos != "NOUN" or self.syntax.child(i, "det", "poss") is None:
            return None
        return token.head if token.dep == "pobj" else i

    def are_coordinate(self, some: Collection[int], others: Collection[int]) -> bool:
        """Whether two mentions stand in two clauses of one sentence that are joined and have a subject each: "three
        were hurt by the rockets, and a farmer died in the raid"."""
        first, second = self._clauses(min(some)), self._clauses(min(others))
        return bool(first) and bool(second) and not set(first) & set(second) and self._are_joined(first[-1], second[-1])

    def _clauses(self, i: int) -> list[int]:
        """The verbs with their own subject above a token, up to the first that is joined to another or heads all."""
        found = []
        for k in self._line(i):
            token = self.syntax.tokens[k]
            if token.pos not in ("VERB", "AUX") or self.syntax.child(k, "nsubj", "nsubjpass") is None:
                continue
            found.append(k)
            if token.dep in ("conj", "ROOT"):
                break
        return found

    def _are_joined(self, i: int, k: int) -> bool:
        tokens = self.syntax.tokens
        return (tokens[i].dep == "conj" and tokens[i].head == k) or (tokens[k].dep == "conj" and tokens[k].head == i)

    def _between(self, i: int, k: int, own: frozenset[int], *, linked: bool) -> str | None:
        if i == k or self.syntax.sentence_of(i).number != self.syntax.sentence_of(k).number:
            return None
        above, other = self._line(i), self._line(k)
        met = next((t for t in above if t in other), None)
        if met is None:
            return None
        first, second = above[: above.index(met)], other[: other.index(met)]
        for way, far in ((first, second), (second, first)):
            if (word := self._beside(way) if linked else self._set_off(way, own)) is not None:
                return word
            if (word := self._answering(way, far, met, own)) is not None:
                return word
        return None

    def _line(self, i: int) -> list[int]:
        return [i, *(t.i for t in self.syntax.ancestors(i))]

    def _set_off(self, way: list[int], own: frozenset[int]) -> str | None:
        """A preposition or conjunction of time or ground that a way up passes, in the clause where the ways meet."""
        tokens, children = self.syntax.tokens, self.syntax.children
        verbs = [k for k, i in enumerate(way) if tokens[i].pos in ("VERB", "AUX")]
        for k, i in enumerate(way):
            token = tokens[i]
            head = tokens[token.head]
            if any(verb > k for verb in verbs):
                continue  # "a tenth died after the attack" sets nothing off from what another clause tells
            if token.dep in ("pobj", "pcomp") and head.i not in own:
                low = head.text.lower()
                if low in SEQUENCE or low in _GROUNDS:
                    return head.text
                above = tokens[head.head]
                if low in ("of", "to") and above.text.lower() in _GROUNDS and above.pos in _PREPOSITIONS:
                    return above.text
            if token.dep in ("advcl", "ccomp", "conj", "dep"):
                for c in children(i, "mark", "advmod", "prep"):
                    low = c.text.lower()
                    owned = any(k.dep in ("nsubj", "nsubjpass") for k in children(i))
                    if c.i < i and (low in SEQUENCE or (low in _BESIDE and owned)):
                        return c.text
        return None

    def _beside(self, way: list[int]) -> str | None:
        """What parts two clauses that stand side by side."""
        return ";" if any(is_beside(i, self.syntax) for i in way) else None

    def _answering(self, way: list[int], far: list[int], met: int, own: frozenset[int]) -> str | None:
        """A word of answering, prompting or comparing between the two."""
        tokens = self.syntax.tokens
        for i in way[1:]:
            low = tokens[i].lemma.lower()
            if i in own:
                continue
            if low in self._reaction and tokens[i].pos == "NOUN":
                return tokens[i].text
            if low in self._relating and tokens[i].pos in ("VERB", "AUX"):
                return tokens[i].text
            if low in self._comparing and tokens[i].pos == "ADJ":
                return tokens[i].text
        if not way:
            return None
        top = tokens[way[-1]]
        low = tokens[met].lemma.lower()
        hung = top.dep in ("dobj", "prep", "agent", "nsubj", "nsubjpass", "dative")
        towards = top.dep != "prep" or top.text.lower() in _TOWARDS
        if low in self._relating and tokens[met].pos in ("VERB", "AUX") and hung and towards:
            return tokens[met].text
        if low in self._reaction and tokens[met].pos == "NOUN" and top.dep == "prep" and not far:
            return tokens[met].text
        return None
