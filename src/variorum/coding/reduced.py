"""Reduced relatives read again: "the frigate sunk in March lies at forty metres", "the men captured there have heard".

The parser takes the participle for the main verb and joins the real one to it. Where a verb that takes an object has
none, and a finite verb without a subject follows that no "and" or comma joins, the participle hangs on its noun and the
second verb heads the sentence. So are subjects that the parser joined to the object before them: "a raid on Tartus
killed three people and a raid on Homs killed five"; verbs joined to what is said though who says it does them: "said
the ship had been warned and accused Manila"; and those asked to act, whom it made the subject of a clause of purpose:
"called for the minister to resign" is read as "called on the minister to resign". Offsets and token numbers stay as
they are.
"""

from __future__ import annotations

from msgspec.structs import replace

from variorum.records import Syntax, Token

from .lexicon import Lexicon
from .sorts import sorts_of

_FINITE = ("VBD", "VBZ", "VBP")
_SPEAKERS = frozenset({"%person", "%group"})
_JOINED = ("conj", "dep", "ccomp", "advcl", "parataxis")
_OBJECTS = ("dobj", "attr", "ccomp", "xcomp", "acomp", "oprd", "prt", "aux", "auxpass", "neg", "cc")


def hung_again(syntax: Syntax, lexicon: Lexicon) -> Syntax:
    """The syntax with its misread participles under their nouns; itself where there is none."""
    changed: dict[int, Token] = {}
    taking = lexicon.words("transitive") | lexicon.words("taking")
    for token in syntax.tokens:
        if token.dep != "ROOT" or token.tag not in ("VBD", "VBN") or token.lemma.lower() not in taking:
            continue
        subject = syntax.child(token.i, "nsubj")
        main = _main(token, syntax)
        if main is None or subject is None or subject.pos not in ("NOUN", "PROPN") or subject.i > token.i:
            continue
        changed[main.i] = replace(main, dep="ROOT", head=main.i)
        changed[subject.i] = replace(subject, head=main.i)
        changed[token.i] = replace(token, dep="acl", tag="VBN", head=subject.i)
    for token in syntax.tokens:
        subject = _joined_subject(token, syntax)
        if subject is not None and token.i not in changed and subject.i not in changed:
            changed[subject.i] = replace(subject, dep="nsubj", head=token.i)
    for token in syntax.tokens:
        said = _joined_saying(token, syntax, lexicon)
        if said is not None and token.i not in changed:
            changed[token.i] = replace(token, head=said.i)
    for mark in syntax.tokens:
        if mark.dep == "mark" and mark.text.lower() == "for" and not changed.keys() & {mark.i, mark.head}:
            changed.update(_asked(mark, syntax, lexicon))
    if not changed:
        return syntax
    return Syntax([changed.get(t.i, t) for t in syntax.tokens], syntax.sentences, syntax.entities)


def _asked(mark: Token, syntax: Syntax, lexicon: Lexicon) -> dict[int, Token]:
    """The tokens of "for someone to act" under a word of asking, with the one asked as the object of "for"."""
    act = syntax.tokens[mark.head]
    above = syntax.tokens[act.head]
    one = syntax.child(act.i, "nsubj", "nsubjpass")
    asking = any(row.kind == "demand" for row in lexicon.operators.get(above.lemma.lower(), ()))
    if act.dep not in ("advcl", "acl", "ccomp") or not asking or one is None or not above.i < mark.i < one.i < act.i:
        return {}
    if syntax.child(act.i, "aux") is None or syntax.tokens[act.i].tag not in ("VB", "VBN"):
        return {}
    return {
        mark.i: replace(mark, dep="prep", head=above.i),
        one.i: replace(one, dep="pobj", head=mark.i),
        act.i: replace(act, dep="xcomp" if above.pos == "VERB" else "acl"),
    }


def _joined_subject(verb: Token, syntax: Syntax) -> Token | None:
    """The noun right before a joined finite verb without a subject, which hangs on the object of the verb before."""
    if verb.dep != "conj" or verb.tag not in ("VBD", "VBZ", "VBP") or verb.i == 0:
        return None
    if syntax.child(verb.i, "nsubj", "nsubjpass", "mark", "auxpass", "aux") is not None:
        return None
    first = syntax.tokens[verb.head]
    objects = [c for c in syntax.children(first.i, "dobj") if first.i < c.i < verb.i]
    for thing in objects:
        for noun in syntax.children(thing.i, "conj"):
            phrase = syntax.subtree_tokens(noun.i)
            joined = syntax.tokens[phrase.start - 1].dep == "cc"
            if noun.pos in ("NOUN", "PROPN") and phrase.start > thing.i and phrase.stop == verb.i and joined:
                return noun
    return None


def _joined_saying(verb: Token, syntax: Syntax, lexicon: Lexicon) -> Token | None:
    """The verb of saying whose subject does a finite verb that the parse joined to what is said: where that is told in
    another form ("had been warned and accused"), or of a thing, which says nothing ("the vessel fled and accused")."""
    if verb.dep != "conj" or verb.tag not in _FINITE or not syntax.children(verb.i, "dobj"):
        return None
    if syntax.child(verb.i, "nsubj", "nsubjpass", "mark", "auxpass", "aux") is not None:
        return None
    told = syntax.tokens[verb.head]
    says = syntax.tokens[told.head]
    if told.dep != "ccomp" or says.tag != verb.tag or says.i > told.i or syntax.child(says.i, "nsubj") is None:
        return None
    compound = told.tag not in _FINITE and syntax.child(told.i, "aux", "auxpass") is not None
    subject = syntax.child(told.i, "nsubj", "nsubjpass")
    thing = subject is not None and subject.pos == "NOUN" and not sorts_of(subject, ()) & _SPEAKERS
    speaks = any(row.kind == "accuse" for row in lexicon.operators.get(verb.lemma.lower(), ()))
    return says if compound or (thing and speaks) else None


def _main(token: Token, syntax: Syntax) -> Token | None:
    """The finite verb that follows without a subject; None where the first has an object or something joins the two."""
    for c in syntax.children(token.i):
        if c.dep in _JOINED and c.i > token.i and c.pos in ("VERB", "AUX"):
            if syntax.child(c.i, "nsubj", "nsubjpass", "mark") is not None or syntax.tokens[c.i - 1].text in (",", ";"):
                return None
            finite = c.tag in ("VBD", "VBZ", "VBP") or syntax.child(c.i, "aux", "auxpass") is not None
            return c if finite else None
        if c.dep in _OBJECTS or (c.dep == "punct" and c.i > token.i):
            return None
    return None
