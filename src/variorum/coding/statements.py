"""What a text says of an act, against what it says was done: names for it, accusations, figures that are added."""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax, Token

from .frames import Frames
from .sorts import sorts_of


def is_name_for(i: int, syntax: Syntax) -> bool:
    """Whether a noun is what someone calls something: "called it a cowardly attack". It tells no act of the caller."""
    token = syntax.tokens[i]
    named = any(c.dep in ("dobj", "nsubjpass") for c in syntax.children(token.head))
    return token.dep in ("oprd", "attr") and named


def is_name_part(i: int, syntax: Syntax) -> bool:
    """Whether a noun only says of what sort people are: "riot police", "truce monitors"."""
    token = syntax.tokens[i]
    if token.dep != "compound" or token.pos != "NOUN":
        return False
    head = syntax.tokens[token.head]
    return (head.pos == "NOUN" and "%person" in sorts_of(head, ())) or head.lemma in ("police", "force", "squad")


def is_called_for(i: int, verb: int, syntax: Syntax, frames: Frames) -> bool:
    """Whether the noun at token `i` is an act that `verb` calls for a day: "called a march for Sunday"."""
    if syntax.tokens[verb].lemma not in _CALLING:
        return False
    parts = (*frames.of(i).obliques, *frames.of(verb).obliques)
    return any(name == "for" and "%time" in sorts_of(syntax.tokens[t], ()) for name, t in parts)


def reported(i: int, syntax: Syntax, words: Collection[str]) -> int | None:
    """The reporting verb (one of `words`) whose content the verb at token `i` heads."""
    token = syntax.tokens[i]
    for _ in range(3):
        head = syntax.tokens[token.head]
        if token.dep == "ccomp" and head.lemma.lower() in words:
            return head.i
        if token.dep in ("conj", "xcomp") and head.i != token.i:
            token = head
            continue
        break
    for c in syntax.children(token.i, "parataxis", "ccomp"):
        if c.lemma.lower() in words:
            return c.i
    return None


def charge_above(i: int, syntax: Syntax) -> Token | None:
    """The gerund of the charge that a trailing participle goes on with: "accused them of shelling a town, killing
    two". The participle hangs on the accusing verb, and those accused did what it tells. None for any other token."""
    token = syntax.tokens[i]
    head = syntax.tokens[token.head]
    if token.dep != "advcl" or token.tag != "VBG" or head.pos != "VERB" or not head.i < i:
        return None
    for c in syntax.children(head.i, "prep"):
        if c.lemma in ("of", "for") and c.i < i:
            for k in syntax.children(c.i, "pcomp"):
                return k
    return None


def deeds_of(charge: Token, before: int, syntax: Syntax) -> list[int]:
    """The tokens of a charge that stand before token `before`, the nearest first."""
    span = syntax.subtree_tokens(charge.i)
    return [i for i in reversed(span) if i < before]


def statement_before(i: int, syntax: Syntax, words: Collection[str]) -> int | None:
    """The token of "adding" or "saying" that a sentence goes on with before token `i`: what it adds belongs to what
    the sentence told first. None where the clause of `i` is no such addition. `words` are the reporting verbs."""
    cue = reported(i, syntax, words)
    if cue is None or cue > i:
        return None
    token = syntax.tokens[cue]
    return cue if token.dep in ("advcl", "conj") and token.tag in ("VBG", "VBD") else None


def is_asked(i: int, syntax: Syntax) -> bool:
    """Whether the sentence of token `i` is a question."""
    return syntax.tokens[syntax.sentence_of(i).last - 1].text == "?"


def is_position(i: int, syntax: Syntax, frames: Frames) -> bool:
    """Whether a verb of meeting says where places touch, not that anyone met: "the point where two states meet"."""
    token = syntax.tokens[i]
    if token.lemma != "meet" or token.tag not in ("VBP", "VBZ", "VB") or token.dep not in ("relcl", "advcl"):
        return False
    where = any(c.text.lower() == "where" for c in syntax.children(i, "advmod", "mark"))
    subjects = frames.verb(i).subjects
    return where and bool(subjects) and all(syntax.tokens[s].pos == "PROPN" for s in subjects)


def is_mandate(i: int, syntax: Syntax) -> bool:
    """Whether an infinitive says what something is for, not what anyone did: "its mandate is to mediate"."""
    token = syntax.tokens[i]
    for _ in range(3):
        if token.dep != "conj":
            break
        token = syntax.tokens[token.head]
    below = syntax.tokens[token.head]
    if token.dep not in ("xcomp", "ccomp", "attr") or below.lemma != "be" or token.i < below.i:
        return False
    subject = syntax.child(below.i, "nsubj")
    return subject is not None and subject.lemma.lower() in _PURPOSES and token.tag == "VB"


_PURPOSES = frozenset({"mandate", "aim", "goal", "task", "job", "role", "purpose", "idea", "mission", "objective",
                       "duty", "function", "point", "strategy", "policy", "intention", "ambition"})  # fmt: skip


def is_untrue(i: int, syntax: Syntax) -> bool:
    """Whether what token `i` tells is the content of a report that is denied or called false: "denied claims that its
    planes bombed", "rumours of a raid proved false", "it is not true that they fired"."""
    token = syntax.tokens[i]
    for _ in range(_CLIMB):
        head = syntax.tokens[token.head]
        if head.i == token.i:
            return False
        if token.dep in ("ccomp", "advcl") and head.lemma == "be" and _is_false(head, syntax):
            return syntax.child(head.i, "nsubj", "expl") is not None
        stated = token.dep in ("acl", "relcl", "ccomp") and _opens_with_that(token, syntax)
        told_of = token.dep in ("pobj", "pcomp") and head.lemma == "of"
        noun = syntax.tokens[head.head] if told_of else head
        if (stated or told_of) and noun.pos == "NOUN" and noun.lemma.lower() in _REPORTS:
            return _is_refused(noun, syntax)
        if token.dep in ("relcl", "advcl", "ccomp"):
            return False
        token = head
    return False


def _opens_with_that(token: Token, syntax: Syntax) -> bool:
    return any(c.text.lower() == "that" for c in syntax.children(token.i, "mark"))


def _is_refused(noun: Token, syntax: Syntax) -> bool:
    """Whether a noun for a report is what someone denies, or is called false."""
    verb = syntax.tokens[noun.head]
    if noun.dep in ("dobj", "nsubjpass"):
        return verb.lemma.lower() in _REFUSING and syntax.child(verb.i, "neg") is None
    return noun.dep == "nsubj" and verb.lemma.lower() in _PROVING and _is_false(verb, syntax)


def _is_false(verb: Token, syntax: Syntax) -> bool:
    """A verb of being with "false", or with "not" and "true"."""
    said = {c.lemma.lower() for c in syntax.children(verb.i, "acomp", "attr", "oprd")}
    said |= {k.lemma.lower() for c in syntax.children(verb.i, "xcomp") for k in syntax.children(c.i, "acomp", "attr")}
    negated = syntax.child(verb.i, "neg") is not None
    return bool(said & (_TRUE if negated else _FALSE))


_CLIMB = 6
_CALLING = frozenset({"call", "announce", "convene", "declare", "schedule", "set"})
_REPORTS = frozenset({"report", "rumour", "rumor", "claim", "allegation", "charge", "accusation", "assertion", "story",
                      "suggestion", "insinuation", "notion", "contention"})  # fmt: skip
_REFUSING = frozenset({"deny", "dismiss", "reject", "refute", "rebut", "repudiate", "discount", "rubbish", "debunk"})
_PROVING = frozenset({"be", "prove", "turn", "remain"})
_TRUE = frozenset({"true", "correct", "accurate", "right"})
_FALSE = frozenset({"false", "untrue", "unfounded", "baseless", "groundless", "wrong", "incorrect", "inaccurate",
                    "fabricated", "lie", "invention", "fabrication", "nonsense", "hoax"})  # fmt: skip
