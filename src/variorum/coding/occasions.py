"""Munitions as happenings: "a shell killed a herdsman", "two days after the bomb", "yesterday's mine".

A weapon's noun tells an event only where the syntax tells of a blow: as what harms or comes down, after a preposition
of time, where it struck a place, or as what people are victims of, condemn or avenge. Elsewhere it is a thing that is
sold, tested or cleared. What falls into the sea struck no one.
"""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax, Token

from .clauses import SEQUENCE
from .lexicon import Lexicon
from .sorts import sorts_of

_AT = frozenset({"at", "in", "on", "near", "outside", "inside", "upon", "against"})
_ABOUT = frozenset({"of", "for", "to", "by", "from", "in", "with", "over", "about", "into", "on"})
_SPANS = frozenset({"day", "week", "night", "hour", "month"})
_RANKING = frozenset({"after", "since", "following", "before", "until", "despite"})
_STRIKING_BACK = frozenset({"answer", "reply", "respond", "retaliate", "return", "counter", "retort", "retaliation",
                            "reprisal", "counter-fire", "counterfire", "counterattack"})  # fmt: skip
_BACK = frozenset({"return", "counter", "retaliatory", "answering"})
_REPLY = frozenset({"response", "reply", "retaliation", "answer", "return", "reprisal", "revenge"})
_NAMED = frozenset({"call", "describe", "brand", "term", "label", "name", "dub"})
_NEAR = 2  # sentences back that a bare number may count on


class Occasions:
    """Holds the tests against one document; `places` are the tokens of names of places."""

    def __init__(self, lexicon: Lexicon, syntax: Syntax, places: Collection[int]) -> None:
        self.syntax = syntax
        self.places = places
        words = lexicon.words
        self._munitions, self._planted = words("munition"), words("planted")
        self._harming, self._falling = words("harming"), words("falling")
        self._reacting, self._weighing = words("reacting"), words("weighing")
        self._sea, self._trials = words("water"), words("played")

    def is_blow(self, token: Token) -> bool:
        """Whether a munition's noun, or a verb of coming down, tells that something was struck."""
        if token.pos in ("VERB", "AUX"):
            return not self._into_sea(token)
        if token.lemma.lower() in ("war", "warfare"):
            return self.is_bounded(token)
        return self._acts(token) or self._is_told(token)

    def is_bounded(self, token: Token) -> bool:
        """Fighting that is counted in days: "three days of war", "a six-day war", "a war of five weeks"."""
        head = self.syntax.tokens[token.head]
        if token.dep == "pobj" and head.lemma == "of":
            counted = self.syntax.tokens[head.head]
            if counted.lemma.lower() in _SPANS and self._is_counted(counted):
                return True
        for c in self.syntax.children(token.i, "prep"):
            if c.lemma == "of" and any(k.lemma.lower() in _SPANS for k in self.syntax.children(c.i, "pobj")):
                return True
        before = (c for c in self.syntax.children(token.i, "compound", "amod", "nmod") if c.i < token.i)
        return any(c.lemma.lower().rpartition("-")[2] in _SPANS for c in before)

    def _is_counted(self, token: Token) -> bool:
        return any(c.pos in ("NUM", "ADJ", "DET") for c in self.syntax.children(token.i)) or token.tag == "NNS"

    def is_recalled(self, token: Token) -> bool:
        """Whether a noun of violence names one known happening: what was measured from, reacted to, pointed at or dated
        ("two weeks after the raid", "the victims of the raid", "that raid", "Tuesday's raid")."""
        if self.is_bounded(token) or any("%time" in sorts_of(c, ()) for c in self.syntax.children(token.i, "poss")):
            return True
        determiners = [c.text.lower() for c in self._determiners(token)]
        if not determiners or determiners[0] in ("a", "an", "any", "no", "every", "each", "another"):
            return False
        if determiners[0] in ("this", "that", "those", "these"):
            return True
        head = self.syntax.tokens[token.head]
        if token.dep == "nsubjpass" and head.lemma.lower() in _NAMED:
            return True
        if token.dep in ("dobj", "nsubjpass"):
            return head.lemma.lower() in self._reacting
        if token.dep != "pobj":
            return token.dep == "appos"
        above = self.syntax.tokens[head.head]
        low = head.text.lower()
        if low in _RANKING or low == "into" or (low == "of" and above.text.lower() == "because"):
            return True
        reacts = above.pos == "VERB" and above.lemma.lower() in self._reacting
        return low in _ABOUT and (self._weighs(above) or reacts)

    def _weighs(self, above: Token) -> bool:
        """A noun or verb of what is said and felt about a happening: "victims of", "expressed sympathy over"."""
        if above.lemma.lower() in self._weighing:
            return True
        return above.pos == "VERB" and any(
            c.lemma.lower() in self._weighing for c in self.syntax.children(above.i, "dobj")
        )

    def _is_blamed(self, verb: Token) -> bool:
        if verb.lemma.lower() == "blame":
            return True
        said = self.syntax.children(verb.i, "oprd", "acomp", "xcomp", "advmod")
        return verb.lemma.lower() == "hold" and any(c.lemma.lower() == "responsible" for c in said)

    def is_dated(self, token: Token) -> bool:
        """Told by its day, or as what something came after: "Friday's summit", "a day after the agreement"."""
        if any("%time" in sorts_of(c, ()) for c in self.syntax.children(token.i, "poss")):
            return True
        head = self.syntax.tokens[token.head]
        if token.dep != "pobj" or head.text.lower() not in ("after", "since", "following"):
            return False
        return any(c.text.lower() in ("the", "this", "that") for c in self._determiners(token))

    def blow_of(self, token: Token) -> list[int]:
        """The verb of the blow that a munition's noun does, or of what a truce does: both are one event."""
        head = self.syntax.tokens[token.head]
        if token.dep == "nsubj" and head.pos == "VERB":
            return [head.i]
        if (inside := self._suffered_in(token)) is not None:
            return [inside]
        if token.dep == "pobj" and head.text.lower() in ("by", "from", "in"):
            above = self.syntax.tokens[head.head]
            return [above.i] if above.pos == "VERB" and above.lemma.lower() in self._harming else []
        return []

    def counted(self, token: Token) -> str | None:
        """The munition that a bare number counts on: "the shells have not stopped; three landed"."""
        if token.pos not in ("NUM", "PRON", "NOUN") or token.dep not in ("nsubj", "nsubjpass"):
            return None
        if token.pos != "NUM" and token.text.lower() not in ("one", "another", "others", "some", "several", "many"):
            return None
        if self.syntax.child(token.i, "prep") is not None:
            return None
        here = self.syntax.sentence_of(token.i)
        for number in range(here.number, max(-1, here.number - _NEAR), -1):
            sentence = self.syntax.sentences[number]
            if sentence.block != here.block:
                return None
            for t in reversed(self.syntax.tokens[sentence.first : min(sentence.last, token.i)]):
                if t.pos == "NOUN" and t.tag == "NNS":
                    low = t.lemma.lower()
                    return low if low in self._munitions else None
        return None

    def _into_sea(self, verb: Token) -> bool:
        if verb.lemma.lower() not in self._falling or self.syntax.child(verb.i, "dobj") is not None:
            return False
        preps = (c for c in self.syntax.children(verb.i, "prep") if c.text.lower() in ("in", "into"))
        targets = (k for c in preps for k in self.syntax.children(c.i, "pobj"))
        words = (t.lemma.lower() for k in targets for t in (k, *self.syntax.children(k.i, "compound")))
        return any(word in self._sea for word in words)

    def _acts(self, token: Token) -> bool:
        """The doer of a verb of harm or of coming down, also in a relative clause and through "by"."""
        head = self.syntax.tokens[token.head]
        if token.dep in ("nsubj", "nsubjpass") and self._strikes(token, head, passive=token.dep == "nsubjpass"):
            return True
        if token.dep == "pobj" and head.text.lower() in ("by", "from", "in"):
            above = self.syntax.tokens[head.head]
            return above.pos == "VERB" and above.lemma.lower() in self._harming
        told = self.syntax.children(token.i, "relcl", "acl")
        return any(c.tag != "VBN" and self._strikes(token, c, passive=False) for c in told)

    def _strikes(self, token: Token, verb: Token, *, passive: bool) -> bool:
        if verb.pos != "VERB" or passive or self._into_sea(verb):
            return False
        low = verb.lemma.lower()
        if token.lemma.lower() in self._planted:
            aimed = self.syntax.child(verb.i, "dobj")
            if aimed is None:
                return low in ("explode", "detonate", "go") and low in self._harming
            return low in self._harming and "%someone" in sorts_of(aimed, self.places)
        if low in self._harming or low in self._falling:
            return True
        joined = self.syntax.children(verb.i, "conj")
        return any(c.lemma.lower() in self._harming for c in joined)

    def _is_told(self, token: Token) -> bool:
        """After a preposition of time, at a place, of a day, or what people suffer or react to."""
        head = self.syntax.tokens[token.head]
        if token.dep in ("compound", "nmod", "amod"):
            return False
        if any("%time" in sorts_of(c, ()) for c in self.syntax.children(token.i, "poss")):
            return True
        planted = token.lemma.lower() in self._planted
        if token.dep == "pobj":
            low = head.text.lower()
            if low in SEQUENCE and not planted:
                return True
            above = self.syntax.tokens[head.head]
            if low in _ABOUT and self._weighs(above) and not planted:
                return True
        blamed = token.dep == "nsubjpass" and self._is_blamed(head)
        if blamed and not planted:
            return True
        definite = any(c.text.lower() in ("the", "this", "that", "those", "these") for c in self._determiners(token))
        if not definite or planted:
            return False
        if token.dep == "dobj" and head.lemma.lower() not in self._reacting:
            return False
        if token.dep in ("nsubj", "nsubjpass") and head.lemma.lower() in self._moved:
            return False
        return self._strikes_place(token) or (token.dep == "dobj" and head.lemma.lower() in self._judged)

    def _determiners(self, token: Token) -> tuple[Token, ...]:
        return tuple(self.syntax.children(token.i, "det", "poss"))

    def _strikes_place(self, token: Token) -> bool:
        for c in self.syntax.children(token.i, "prep"):
            if c.text.lower() in _AT:
                for k in self.syntax.children(c.i, "pobj"):
                    if k.i in self.places:
                        return True
        return False

    def is_answer(self, token: Token) -> bool:
        """A blow struck back: "replied with tanks", "shelled it in response to", "retaliated"."""
        low = token.lemma.lower()
        if low in _STRIKING_BACK:
            return low != "return" or token.pos == "VERB"
        if any(c.lemma.lower() == "back" for c in self.syntax.children(token.i, "advmod", "prt")):
            return True
        if any(c.lemma.lower() in _BACK for c in self.syntax.children(token.i, "compound", "amod")):
            return True
        own = (token, self.syntax.tokens[token.head]) if token.dep == "dobj" else (token,)
        preps = (c for t in own for c in self.syntax.children(t.i, "prep"))
        replies = (k.lemma.lower() for c in preps if c.text.lower() == "in" for k in self.syntax.children(c.i, "pobj"))
        return any(word in _REPLY for word in replies)

    def harms(self, token: Token) -> bool:
        """Whether a noun is what a verb of harm has for its doer: "a blast hurt three"."""
        head = self.syntax.tokens[token.head]
        doer = token.dep == "nsubj" and head.pos == "VERB" and head.lemma.lower() in self._harming
        return doer or self._suffered_in(token) is not None

    def _suffered_in(self, token: Token) -> int | None:
        """The harm that a relative clause tells of an act: "a raid in which two died"."""
        for c in self.syntax.children(token.i, "relcl"):
            low = c.lemma.lower()
            inside = any(k.lemma.lower() == "in" and k.i < c.i for k in self.syntax.children(c.i, "prep"))
            if inside and (low in self._harming or low in ("die", "perish", "suffer")):
                return c.i
        return None

    _moved = frozenset({"stand", "be_stationed", "station", "deploy", "keep", "store", "hold", "base", "find", "arm",
                        "defuse", "install", "buy", "sell", "test", "aim", "point"})  # fmt: skip
    _judged = frozenset({"condemn", "denounce", "avenge", "survive", "deplore", "mourn", "regret", "lament"})
