"""What a text says of an act, against what it says was done: names for it, accusations, figures that are added."""

from __future__ import annotations

from collections.abc import Collection

from variorum.records import Syntax, Token

from .frames import Frames


def is_name_for(i: int, syntax: Syntax) -> bool:
    """Whether a noun is what someone calls something: "called it a cowardly attack". It tells no act of the caller."""
    token = syntax.tokens[i]
    named = any(c.dep in ("dobj", "nsubjpass") for c in syntax.children(token.head))
    return token.dep == "oprd" or (token.dep == "attr" and named)


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
