"""Whether the clause around some characters looks back or ahead: what turns "Thursday" to the last or the next one."""

from __future__ import annotations

from variorum.records import Syntax, Token

from .lexicon import lexicon

PLAIN_PAST, PAST, UNCLEAR, FUTURE = -2, -1, 0, 1
"""PLAIN_PAST: what the words date is itself done, as in "the raid on 2 May killed nine"."""

_AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODAL = frozenset({"may", "might", "can", "should", "must", "ca", "would", "'d", "’d"})
_AHEAD_PREPOSITIONS = frozenset({"by", "until", "till", "through"})
_BACK_PREPOSITIONS = frozenset({"since"})
_VERBS = frozenset({"VERB", "AUX"})


def direction(syntax: Syntax, start: int, end: int) -> int:
    """PLAIN_PAST, PAST, UNCLEAR or FUTURE for the characters ``[start, end)``, by the nearest verb above them."""
    head = syntax.head_of(start, end)
    if head is None:
        return UNCLEAR
    hint = _preposition(syntax, head)
    for token in (head, *syntax.ancestors(head.i)):
        if (token.pos in _VERBS and token.tag != "VBG") or (token.tag == "VBG" and syntax.child(token.i, "aux")):
            found = _verb(syntax, token)
            perfect = any(aux.lemma == "have" for aux in syntax.children(token.i, "aux"))
            over = found == PAST and hint == FUTURE and _is_over(syntax, token, head)
            if found == PAST and (not hint or over) and _is_plain(syntax, head, token):
                return PLAIN_PAST
            return found if not hint or over or (hint == FUTURE and perfect) else hint
    return hint


def is_of_telling(syntax: Syntax, start: int, end: int) -> bool:
    """Whether the characters date words and not what these tell of: "the mayor said on Thursday", "in a statement on
    Friday"."""
    head = syntax.head_of(start, end)
    if head is None:
        return False
    above = next((t for t in syntax.ancestors(head.i) if t.pos not in ("ADP", "ADV", "NUM") and t.tag != "CD"), None)
    return above is not None and above.lemma.lower() in lexicon().telling


def _is_over(syntax: Syntax, verb: Token, head: Token) -> bool:
    """Whether what lasts "until" or happens "by" a day is told as done: "the siege ended by Friday"."""
    straight = syntax.tokens[head.head].head == verb.i
    return straight and verb.tag == "VBD" and verb.pos == "VERB" and syntax.child(verb.i, "dobj", "xcomp") is None


def _is_plain(syntax: Syntax, head: Token, verb: Token) -> bool:
    """Whether a past verb says that what is dated happened: the date hangs on it, on its subject, or on what it befell
    ("died in the 2 May raid"); the date of what someone announced, sought or prepared for may lie ahead."""
    known = lexicon()
    if verb.pos != "VERB":
        return False
    if verb.lemma in known.looking_ahead:  # "said on 2 May" it did; "called elections on 2 May" they will
        above = syntax.tokens[head.head]
        between = syntax.tokens[verb.i + 1 : above.i]
        straight = above.head == verb.i and above.text.lower() in ("on", "in")
        return straight and not any(token.pos in ("NOUN", "PROPN", "NUM", "PRON") for token in between)
    token, steps = head, 0
    while token.head != verb.i and steps < 5:
        above = syntax.tokens[token.head]
        if above.pos == "ADP" and above.text.lower() not in known.within:
            return False
        if token.pos in ("NOUN", "PROPN", "NUM") and token.dep in ("dobj", "conj", "appos") and token.i != head.i:
            return False
        token, steps = above, steps + 1
    if token.pos == "ADP":
        return token.text.lower() in known.within
    return token.head == verb.i and (token.i == head.i or token.dep in ("nsubj", "nsubjpass"))


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
    if verb.lemma == "be" and any(t.lemma in lexicon().scheduled for t in syntax.children(verb.i, "acomp")):
        return FUTURE  # "is due on Monday"
    present = verb.tag in ("VBZ", "VBP") and verb.lemma in lexicon().timetabled
    return FUTURE if present or verb.lemma in lexicon().scheduled else UNCLEAR


def _verb_or_unclear(syntax: Syntax, token: Token) -> int:
    return _verb(syntax, token) if token.pos in _VERBS and token.head != token.i else _finite(token)


def _finite(token: Token) -> int:
    return PAST if token.tag in ("VBD", "VBN") else UNCLEAR
