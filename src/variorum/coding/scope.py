"""Whether it happened: negation, modality, condition and tense about a trigger, read from the syntax."""

from __future__ import annotations

import msgspec

from variorum.records import Syntax, Token

from .frames import Frames

_NEGATIONS = frozenset({"not", "n't", "never", "nor", "neither", "no", "hardly", "barely"})
_NOTHING = frozenset({"nothing", "nobody", "none"})
_DENYING = frozenset({"deny", "dispute", "disclaim", "disown", "repudiate"})
_HAPPENING = frozenset({"happen", "occur", "materialise", "materialize", "come", "begin", "start", "take", "follow"})
_FUTURE = frozenset({"will", "shall", "wo", "'ll", "ll"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_MUST = frozenset({"must", "should", "ought"})
_UNTIL = frozenset({"until", "till"})
_REFUSING = frozenset({"refuse", "decline", "reject"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_UNREAL = frozenset(
    {
        "possible",
        "potential",
        "planned",
        "future",
        "likely",
        "hypothetical",
        "imminent",
        "threatened",
        "proposed",
        "impending",
        "further",
        "would-be",
        "eventual",
        "any",
        "prospective",
    }
)


class Scope(msgspec.Struct, frozen=True):
    """What stands over a trigger. `obliged` is "must" and "should"; `would` the future of reported speech."""

    negated: bool = False
    future: bool = False
    would: bool = False
    possible: bool = False
    obliged: bool = False
    condition: bool = False
    ongoing: bool = False
    question: bool = False

    def join(self, other: Scope) -> Scope:
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Scope(*(a or b for a, b in pairs))


def scope_of(i: int, syntax: Syntax, frames: Frames) -> Scope:
    """The scope about one token; clauses that it hangs in are looked at for conditions only."""
    here = _verbal(i, syntax) if frames.is_verb(i) else _nominal(i, syntax)
    if here.condition or not _conditional(i, syntax):
        return here
    return msgspec.structs.replace(here, condition=True)


def _verbal(i: int, syntax: Syntax) -> Scope:
    tokens = syntax.tokens
    token = tokens[i]
    aux = list(syntax.children(i, "aux", "auxpass", "neg", "advmod", "preconj", "cc"))
    if token.dep == "conj" and not any(c.dep in ("aux", "auxpass", "nsubj", "nsubjpass") for c in syntax.children(i)):
        head = tokens[token.head]
        if head.pos in ("VERB", "AUX") and (head.tag == token.tag or token.tag == "VB"):
            aux += [c for c in syntax.children(head.i, "aux", "neg") if c.i < i]
    words = {c.text.lower() for c in aux if c.dep in ("aux", "auxpass", "neg")}
    negated = bool({c.text.lower() for c in aux if c.dep in ("neg", "advmod", "preconj", "cc")} & _NEGATIONS)
    subject = syntax.child(i, "nsubj", "nsubjpass")
    if subject is not None:
        low = subject.text.lower()
        negated = negated or low in ("nobody", "none", "nothing") or _denied(subject.i, syntax)
    negated = negated or any(_is_nobody(c, syntax) for c in syntax.children(i, "dobj", "nsubjpass"))
    negated = negated or _inverted(i, syntax) or _without(token, syntax) or _is_yet(token, syntax)
    progressive = token.tag == "VBG" and bool(words & {"is", "are", "'s", "'re", "am"} or {"been", "has"} <= words)
    going = token.dep == "xcomp" and tokens[token.head].text.lower() == "going" and tokens[token.head].tag == "VBG"
    below = tokens[token.head]
    to_be = (  # "is to visit"
        token.dep == "xcomp" and below.lemma == "be" and bool(words & {"to"}) and below.text.lower() in ("is", "are")
    )
    return Scope(
        negated=negated,
        future=bool(words & _FUTURE) or going or to_be or headed(i, syntax) or _is_due(token, syntax),
        would="would" in words or "'d" in words,
        possible=bool(words & _POSSIBLE),
        obliged=bool(words & _MUST),
        ongoing=progressive,
    )


def _is_nobody(token: Token, syntax: Syntax) -> bool:
    """ "Nobody", "nothing", "no one"."""
    low = token.text.lower()
    return low in _NOTHING or (low == "one" and any(c.text.lower() == "no" for c in syntax.children(token.i, "det")))


def headed(i: int, syntax: Syntax) -> bool:
    """A headline's infinitive about its subject: "Seoul to reopen hotline"."""
    token = syntax.tokens[i]
    head = syntax.tokens[token.head]
    infinitive = token.tag == "VB" and any(c.text.lower() == "to" for c in syntax.children(i, "aux"))
    return infinitive and token.dep in ("acl", "relcl") and head.dep == "ROOT" and head.pos in ("PROPN", "NOUN")


def _is_due(token: Token, syntax: Syntax) -> bool:
    """An infinitive with a subject of its own in place of a verb, as headlines have it: "Peru to expel envoys"."""
    infinitive = token.tag == "VB" and any(c.text.lower() == "to" for c in syntax.children(token.i, "aux"))
    own = syntax.child(token.i, "nsubj", "nsubjpass") is not None
    return infinitive and own and token.dep in ("ROOT", "conj", "parataxis", "dep")


def _is_yet(token: Token, syntax: Syntax) -> bool:
    """ "Have yet to release them"."""
    head = syntax.tokens[token.head]
    before = {t.text.lower() for t in syntax.tokens[max(0, token.i - 3) : token.i]}
    return token.dep == "xcomp" and head.lemma in ("have", "be", "remain") and {"yet", "to"} <= before


def _inverted(i: int, syntax: Syntax) -> bool:
    """ "At no point did they meet", "under no circumstances will it": the negation stands before all."""
    heads = (i, *(a.i for a in syntax.children(i, "aux")))
    for c in (k for h in heads for k in syntax.children(h, "prep")):
        if c.i < i and any(_denied(k.i, syntax) for k in syntax.children(c.i, "pobj")):
            return True
    return False


def _without(token: Token, syntax: Syntax) -> bool:
    """ "Without drawing a weapon", "instead of attacking"."""
    if token.dep != "pcomp":
        return False
    head = syntax.tokens[token.head]
    return head.lemma == "without" or (head.lemma == "of" and syntax.tokens[head.i - 1].lemma == "instead")


def _denied(i: int, syntax: Syntax) -> bool:
    return any(c.text.lower() in ("no", "neither") for c in syntax.children(i, "det", "neg"))


def _nominal(i: int, syntax: Syntax) -> Scope:
    negated = _denied(i, syntax)
    token = syntax.tokens[i]
    head = syntax.tokens[token.head]
    if token.dep == "pobj" and head.lemma == "without":
        negated = True
    unreal = any(c.text.lower() in _UNREAL for c in syntax.children(i, "amod", "det"))
    return Scope(negated=negated or _disowned(i, syntax) or _did_not_happen(token, syntax), possible=unreal)


def _disowned(i: int, syntax: Syntax) -> bool:
    """ "A raid that the army denies", "which the ministry denies having ordered"."""
    heads = (i, *(k.i for c in syntax.children(i, "prep") for k in syntax.children(c.i, "pobj")))
    for c in (c for head in heads for c in syntax.children(head, "relcl")):
        denied = c.lemma.lower() in _DENYING and syntax.child(c.i, "neg") is None
        of_it = any(k.tag in ("WDT", "WP") or k.text.lower() == "that" for k in syntax.children(c.i, "dobj", "pobj"))
        bare = syntax.child(c.i, "dobj", "ccomp", "prep", "nsubjpass") is None
        if denied and (of_it or bare):
            return True
    return False


def _did_not_happen(token: Token, syntax: Syntax) -> bool:
    """ "The pullback has not happened", "a strike that never took place"."""
    heads = [syntax.tokens[token.head]] if token.dep in ("nsubj", "nsubjpass") else []
    heads += list(syntax.children(token.i, "relcl"))
    return any(
        h.lemma.lower() in _HAPPENING
        and not any(k.dep == "nsubj" and k.tag not in ("WDT", "WP") and k.i != token.i for k in syntax.children(h.i))
        and any(c.text.lower() in _NEGATIONS for c in syntax.children(h.i, "neg", "advmod"))
        for h in heads
    )


def _conditional(i: int, syntax: Syntax) -> bool:
    """Inside a clause that opens with "if", "unless", "whether", or with "until" under what is refused or negated:
    "refused to talk until they freed him"."""
    at = i
    for _ in range(8):
        token = syntax.tokens[at]
        if token.dep in ("advcl", "ccomp", "pcomp", "relcl", "ROOT", "xcomp", "conj", "acl") or at == i:
            for c in syntax.children(at, "mark", "advmod", "prep"):
                if c.text.lower() in _CONDITIONS and c.i < i:
                    return True
                if c.text.lower() in _UNTIL and c.i < i and _is_awaited(token, syntax):
                    return True
        if token.head == at:
            return False
        if token.dep == "relcl":
            return False
        at = token.head
    return False


def _is_awaited(token: Token, syntax: Syntax) -> bool:
    """Whether what a clause hangs on is refused, or will or would not be."""
    for above in list(syntax.ancestors(token.i))[:3]:
        words = {c.text.lower() for c in syntax.children(above.i, "aux", "neg")}
        if above.lemma in _REFUSING or (words & _NEGATIONS and words & {"would", "will", "wo", "can", "could", "'ll"}):
            return True
    return False
