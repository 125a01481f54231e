"""Clauses about a trigger: what stands apart from the main clause, and what is only stated."""

from __future__ import annotations

from variorum.records import Syntax, Token

from .frames import Frames
from .lexicon import Lexicon

SEQUENCE = frozenset({"after", "before", "since", "until", "till", "because", "although", "though", "unless", "if",
                      "following", "whereas", "despite", "once"})  # fmt: skip
"""Words that open a clause or phrase with a time of its own: what it tells was not there and then."""

SAME_IN_PAST = frozenset({"hit", "cut", "put", "set", "shut", "let", "spread", "beat", "burst", "quit", "rid", "split"})
"""Verbs whose past looks like their present, so that the parser takes the one for the other."""

_REQUIRING = frozenset({"demand", "insist", "urge", "request", "propose", "recommend", "require", "order"})
_RANKING = frozenset({"after", "before", "since", "following"})
_REACTION = frozenset({"response", "retaliation", "reply", "reprisal", "revenge", "reaction", "answer", "vengeance"})
_APART = frozenset({"down", "apart", "out", "up", "through"})
_OBLIGING = frozenset({"should", "must", "ought", "shall"})
_INDICATIVE = frozenset({"VBD", "VBZ", "VBN", "VBG"})


def is_set_off(i: int, syntax: Syntax) -> bool:
    """Whether token `i` heads a clause or phrase with its own time: "after Kenya attacked", "since the raid"."""
    token = syntax.tokens[i]
    above = syntax.tokens[token.head]
    if token.dep in ("pobj", "pcomp") and above.text.lower() in SEQUENCE:
        return True
    if token.dep not in ("advcl", "ccomp", "conj", "dep"):
        return False
    return any(c.text.lower() in SEQUENCE and c.i < i for c in syntax.children(i, "mark", "advmod", "prep"))


def parent(i: int, syntax: Syntax) -> int:
    """The head of token `i`; for a phrase that stands before the opening of a set-off clause the clause's own head,
    however the parse hangs it: "in Chad, on Monday, three days after Kenya attacked"."""
    head = syntax.tokens[i].head
    if i < head and syntax.tokens[i].dep in ("prep", "npadvmod", "advmod") and is_set_off(head, syntax):
        marks = [c.i for c in syntax.children(head, "mark", "advmod") if c.text.lower() in SEQUENCE]
        if not marks:
            return head
        measures = (c.i for c in syntax.children(head, "npadvmod") if c.i == marks[0] - 1)
        opening = min([marks[0], *(syntax.subtree_tokens(m).start for m in measures)])
        if syntax.subtree_tokens(i).stop <= opening - 1:
            return syntax.tokens[head].head
    return head


def set_off_above(i: int, syntax: Syntax) -> int | None:
    """The head of the nearest set-off clause or phrase that token `i` stands in, itself included."""
    if is_set_off(i, syntax):
        return i
    return next((above.i for above in syntax.ancestors(i) if is_set_off(above.i, syntax)), None)


def told_apart(i: int, syntax: Syntax) -> int | None:
    """What the event at token `i` is measured from or reacted to with: the token above, for "two days after the raid"
    and "in response to the raid". The two are two events. None where nothing says so."""
    edge = set_off_above(i, syntax)
    if edge is not None:
        token = syntax.tokens[edge]
        marks = [c for c in syntax.children(edge, "mark", "advmod") if c.text.lower() in _RANKING]
        if token.dep in ("pobj", "pcomp"):
            marks.append(syntax.tokens[token.head])
        measured = any(
            c.dep in ("npadvmod", "advmod", "nummod") and c.i < mark.i and c.pos in ("NOUN", "ADV")
            for mark in marks
            if mark.text.lower() in _RANKING
            for c in (*syntax.children(mark.i), *syntax.children(edge, "npadvmod"))
        )
        top = syntax.tokens[token.head] if token.dep in ("pobj", "pcomp") else token
        return top.head if measured and top.head != top.i else None
    for above in syntax.ancestors(i):
        if above.lemma.lower() in _REACTION and above.pos == "NOUN":
            return above.i
        if above.pos in ("VERB", "AUX"):
            return None
    return None


def is_infinitive(i: int, syntax: Syntax) -> bool:
    """Whether "to" stands before token `i` as before a verb."""
    return any(c.text.lower() == "to" for c in syntax.children(i, "aux"))


def is_beside(i: int, syntax: Syntax) -> bool:
    """Whether a clause that the parse put under the next one stands beside it: "he freed them; she froze the funds".
    Words said before their verb of saying are its content all the same."""
    token = syntax.tokens[i]
    head = syntax.tokens[token.head]
    if token.dep != "ccomp" or head.i < token.i or head.pos not in ("VERB", "AUX"):
        return False
    return any(t.text in (";", ":", "--", "\u2014", "\u2013") for t in syntax.tokens[token.i + 1 : head.i])


def is_stated(i: int, syntax: Syntax, *, infinitive: bool) -> bool:
    """Whether a complement clause states and does not ask: "that he had left", against "that he leave" and "to leave".
    With `infinitive` nothing but an infinitive asks ("told them to leave")."""
    token = syntax.tokens[i]
    words = {c.text.lower() for c in syntax.children(i, "aux", "auxpass")}
    if "to" in words:
        return False
    if words & _OBLIGING:
        return infinitive
    head = syntax.tokens[token.head]
    if token.text.lower() in SAME_IN_PAST and head.lemma in _REQUIRING and not words:
        return infinitive  # "demanded that the government cut fees"
    modal = any(c.tag == "MD" for c in syntax.children(i, "aux"))
    return infinitive or (token.dep == "ccomp" and (modal or token.tag in _INDICATIVE) and "be" not in words)


def ends_of_itself(i: int, syntax: Syntax, frames: Frames, lexicon: Lexicon) -> bool:
    """Whether a verb says that its subject is over: "collapsed", "came to an end". What ends a thing has an object."""
    if not frames.is_verb(i) or frames.verb(i).objects:
        return False
    lemma = syntax.tokens[i].lemma.lower()
    if lemma in lexicon.words("lapsing"):
        return True
    with_it = {c.text.lower() for c in syntax.children(i, "prt", "advmod", "acomp", "prep")}
    ended = any(syntax.tokens[t].lemma in ("end", "close", "halt") for _, t in frames.verb(i).obliques)
    return lemma in lexicon.words("lapsing_apart") and (ended or bool(with_it & _APART))


def has_condition(i: int, syntax: Syntax) -> bool:
    """ "It would close the strait if": what is said to come hangs on what the other does."""
    clauses = syntax.children(i, "advcl")
    return any(k.text.lower() in ("if", "unless") for c in clauses for k in syntax.children(c.i, "mark"))


def conditions(i: int, syntax: Syntax) -> list[Token]:
    """The verbs of the conditions that stand under token `i`: "unless Accra explains itself", "should Accra refuse"."""
    below = (syntax.tokens[k] for k in syntax.subtree_tokens(i))
    return [t for t in below if t.dep == "advcl" and t.pos in ("VERB", "AUX") and _is_condition(t, syntax)]


def _is_condition(token: Token, syntax: Syntax) -> bool:
    if any(k.text.lower() in ("if", "unless", "until") for k in syntax.children(token.i, "mark")):
        return True
    first = next(iter(syntax.children(token.i)), None)
    return first is not None and first.dep == "aux" and first.text.lower() in ("should", "were", "had")
