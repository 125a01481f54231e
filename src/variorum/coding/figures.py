"""Figures of speech: words of force for what no force was used in ("bombarded with questions", "hit by rising prices").

What can be hit is someone or something solid; a thing of thought or speech cannot, and cannot strike either. Who
reviews, plays or performs fights in another sense. What words name is known from WordNet (`variorum.world.nouns`).
"""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax, Token
from variorum.world.nouns import find_noun

from .candidate import Candidate
from .clauses import SAME_IN_PAST
from .frames import Frames
from .lexicon import Lexicon

_ALLOWING = frozenset({"may", "must", "shall", "can"})
_ANYBODY = frozenset({"those", "anyone", "anybody", "whoever"})
_HABITS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
_THOUGHT = frozenset({"communication", "cognition", "attribute", "feeling", "motive", "relation", "process", "food"})
_FORCE = frozenset({"ASSAULT", "RETREAT"})
_USUAL = frozenset({"often", "usually", "regularly", "routinely", "sometimes", "always", "frequently", "seldom",
                    "rarely", "typically", "commonly", "generally", "normally", "traditionally", "annually",
                    "occasionally"})  # fmt: skip


class Figures:
    """Looks for them over one document; `named` are the tokens of actors' and places' names, `triggers` those that
    tell events."""

    def __init__(
        self, syntax: Syntax, frames: Frames, lexicon: Lexicon, named: Collection[int], triggers: Collection[int]
    ) -> None:
        self.syntax = syntax
        self.frames = frames
        self.named = named
        self.triggers = triggers
        self.solid = lexicon.words("media") | lexicon.words("press") | lexicon.words("building") | lexicon.words("arms")
        self.solid |= lexicon.words("companies")
        self.reviewing = lexicon.words("reviewing")

    def is_one(self, candidate: Candidate) -> bool:
        """Whether the candidate tells force in a figure only."""
        if candidate.type not in _FORCE or candidate.by_operator or candidate.thing:
            return False
        if candidate.type == "RETREAT" and candidate.mode not in ("withdraw", "disarm"):
            return False
        tokens = self.syntax.tokens
        roles = self.frames.of(candidate.trigger)
        doers = [*candidate.agents, *(t for name, t in roles.obliques if name in ("from", "by"))]
        if any(tokens[i].lemma.lower() in self.reviewing for i in doers):
            return True
        if candidate.effect:
            return False
        if candidate.type == "ASSAULT" and self._all_thought(candidate.agents):
            return True
        if candidate.type == "ASSAULT" and self._all_thought([t for name, t in roles.obliques if name == "with"]):
            return True
        undergoing = roles.objects if not candidate.nominal else candidate.patients
        return self._all_thought(undergoing)

    def is_usual(self, candidate: Candidate) -> bool:
        """Whether it is told as what happens time and again: "often shoot at", "protests are common"."""
        tokens = self.syntax.tokens
        token = tokens[candidate.trigger]
        words = {c.text.lower() for c in self.syntax.children(token.i, "advmod")}
        if words & _USUAL and token.tag in ("VBP", "VBZ", "VB", "VBD"):
            return True
        if self._is_habit(candidate, token) or self._is_allowed(candidate, token):
            return True
        head = tokens[token.head]
        plain = candidate.nominal and token.tag == "NNS" and self.syntax.child(token.i, "det", "poss", "nummod") is None
        return plain and token.dep == "nsubj" and head.text.lower() in ("are", "remain") and self._is_said(head)

    def _is_habit(self, candidate: Candidate, token: Token) -> bool:
        """The present of a full sentence about a whole kind: "wars kill people"."""
        if candidate.type not in _HABITS or token.tag != "VBP" or candidate.by_operator or candidate.answering:
            return False
        if any(self.syntax.tokens[i].pos == "PROPN" for i in self.frames.of(token.i).objects):
            return False
        if token.text.lower() in SAME_IN_PAST and self._told_in_past(token):
            return False  # "ten died when shells hit a market"
        sentence = self.syntax.sentence_of(token.i)
        subject = self.syntax.child(token.i, "nsubj")
        whole = self.syntax.tokens[sentence.last - 1].text == "." and subject is not None and subject.tag == "NNS"
        if not whole or subject is None or subject.i in self.named:
            return False
        return self.syntax.child(subject.i, "det", "poss", "nummod", "relcl", "acl") is None

    def _is_allowed(self, candidate: Candidate, token: Token) -> bool:
        """What a rule lets be done to anybody of a kind: "ships may be stopped, searched and seized"."""
        if candidate.nominal or candidate.by_operator:
            return False
        line = [token]
        while line[-1].dep == "conj" and self.syntax.tokens[line[-1].head].tag == token.tag:
            line.append(self.syntax.tokens[line[-1].head])
        top = line[-1]
        modal = any(c.text.lower() in _ALLOWING for c in self.syntax.children(top.i, "aux"))
        under = self.syntax.child(top.i, "nsubjpass")
        if not modal or under is None or under.pos not in ("NOUN", "PRON") or top.dep == "ccomp":
            return False
        kind = under.tag == "NNS" and self.syntax.child(under.i, "det", "poss", "nummod") is None
        return kind or under.text.lower() in _ANYBODY

    def _told_in_past(self, token: Token) -> bool:
        return any(above.tag in ("VBD", "VBN") for above in self.syntax.ancestors(token.i))

    def _is_said(self, verb: Token) -> bool:
        return self.syntax.child(verb.i, "acomp", "attr") is not None

    def _all_thought(self, heads: Collection[int]) -> bool:
        return bool(heads) and all(self._is_thought(i) for i in heads)

    def _is_thought(self, i: int) -> bool:
        token = self.syntax.tokens[i]
        low = token.lemma.lower()
        if token.pos != "NOUN" or i in self.named or i in self.triggers or low in self.solid:
            return False
        noun = find_noun(low)
        return noun is not None and noun.person_sense is None and noun.sort in _THOUGHT
