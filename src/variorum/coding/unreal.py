"""Acts that a text names and does not tell: only agreed, asked for or meant."""

from __future__ import annotations

from collections.abc import Callable

from variorum.records import Syntax

from .candidate import Candidate
from .clauses import is_infinitive
from .lexicon import Lexicon, Pattern

_AIMING = frozenset({"commit", "vow", "refuse", "demand", "threaten", "wish", "intend"})
_AIMED_AT = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "CONCEDE", "ACCUSE"})
_FORCE = frozenset({"ASSAULT", "COERCE"})


class Unreal:
    """Tells them in one document. `operator` gives the operator that a token is."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon, operator: Callable[[int], Pattern | None]) -> None:
        self._syntax, self._lexicon, self._operator = syntax, lexicon, operator

    def is_so(self, candidate: Candidate, at: int) -> bool:
        """Only agreed or asked for, or an infinitive that says what something is for: "a vote to expel". `at` is the
        last word of those that tell it."""
        if candidate.nominal:
            return not candidate.definite and self._is_aimed(at)
        tokens = self._syntax.tokens
        purpose = tokens[at].dep in ("acl", "advcl") and is_infinitive(at, self._syntax)
        before = tokens[at - 2].text.lower() if at > 1 else ""
        outcome = before == "only"  # "flew in, only to accuse them": that came of it
        if purpose and not outcome and candidate.type in _AIMED_AT:
            return True
        return candidate.type in _FORCE and self._is_unsaid(at)

    def _is_unsaid(self, at: int) -> bool:
        """An infinitive under a verb that does not say that it came to that: "recruited boys to fight", "used to"."""
        token = self._syntax.tokens[at]
        above = self._syntax.tokens[token.head]
        if token.dep not in ("xcomp", "ccomp") or token.tag != "VB" or above.pos != "VERB":
            return False
        if above.tag == "VB" and above.dep == "ROOT" and self._syntax.child(above.i, "nsubj", "aux") is None:
            return True  # "let them invade"
        told = self._operator(above.i) is not None or above.lemma.lower() in self._lexicon.words("implicative")
        return is_infinitive(at, self._syntax) and not told

    def _is_aimed(self, i: int) -> bool:
        """Inside what someone only agrees, asks or plans to do: "agreed to set up a system of talks"."""
        for above in self._syntax.ancestors(i):
            if above.dep == "xcomp" and is_infinitive(above.i, self._syntax):
                pattern = self._operator(above.head)
                return pattern is not None and pattern.kind in _AIMING
            if above.dep in ("relcl", "advcl", "ccomp"):
                return False
        return False
