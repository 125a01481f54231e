"""Whether the clause around some characters looks back or ahead: what turns "Thursday" to the last or the next one."""

from __future__ import annotations

from variorum.records import Syntax, Token

from .lexicon import lexicon

PAST, UNCLEAR, FUTURE = -1, 0, 1
_AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODAL = frozenset({"may", "might", "can", "should", "must", "ca", "would", "'d", "’d"})
_AHEAD_PREPOSITIONS = frozenset({"by", "until", "till", "through"})
_BACK_PREPOSITIONS = frozenset({"since"})
_VERBS = frozenset({"VERB", "AUX"})


def direction(syntax: Syntax, start: int, end: int) -> int:
    """PAST, FUTURE or UNCLEAR for the characters ``[start, end)``, by the nearest verb that governs them."""
    head = syntax.head_of(start, end)
    if head is None:
        return UNCLEAR
    hint = _preposition(syntax, head)
    for token in (head, *syntax.ancestors(head.i)):
        if (token.pos in _VERBS and token.tag != "VBG") or (token.tag == "VBG" and syntax.child(token.i, "aux")):
            found = _verb(syntax, token)
            perfect = any(aux.lemma == "have" for aux in syntax.children(token.i, "aux"))
            return found if not hint or (hint == FUTURE and perfect) else hint
    return hint


def _preposition(syntax: Syntax, head: Token) -> int:
    above = syntax.tokens[head.head]
    low = above.text.lower()
    if low in _AHEAD_PREPOSITIONS:
        return FUTURE
    return PAST if low in _BACK_PREPOSITIONS else UNCLEAR


def _verb(syntax: Syntax, verb: Token) -> int:
    marks = list(syntax.children(verb.i, "aux", "auxpass"))
    lows = {token.text.lower() for token in marks}
    if lows & _AHEAD:
        return FUTURE
    if lows & _MODAL:
        return PAST if "have" in lows else FUTURE
    if any(token.tag == "TO" for token in marks) and "have" not in lows:
        above = syntax.tokens[verb.head]
        if above.lemma in lexicon().realised or verb.dep not in ("xcomp", "ccomp"):
            return _verb_or_unclear(syntax, above)
        return FUTURE
    if verb.tag == "VBD" or lows & {"had", "was", "were", "did"}:
        return FUTURE if verb.lemma in lexicon().scheduled and "had" not in lows else PAST
    if verb.tag == "VBN":
        if verb.lemma in lexicon().scheduled:
            return FUTURE
        return PAST
    if verb.dep == "conj" and verb.tag in ("VB", "VBN", "VBG"):
        return _verb_or_unclear(syntax, syntax.tokens[verb.head])
    present = verb.tag in ("VBZ", "VBP") and verb.lemma in lexicon().timetabled
    return FUTURE if present or verb.lemma in lexicon().scheduled else UNCLEAR


def _verb_or_unclear(syntax: Syntax, token: Token) -> int:
    return _verb(syntax, token) if token.pos in _VERBS and token.head != token.i else _finite(token)


def _finite(token: Token) -> int:
    return PAST if token.tag in ("VBD", "VBN") else UNCLEAR
