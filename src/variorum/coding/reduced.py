"""Reduced relatives read again: "the frigate sunk in March lies at forty metres", "the men captured there have heard".

The parser takes the participle for the main verb and joins the real one to it. Where a verb that takes an object has
none, and a finite verb without a subject follows that no "and" or comma joins, the participle hangs on its noun and the
second verb heads the sentence. Offsets and token numbers stay as they are.
"""

from __future__ import annotations

from variorum.records import Syntax, Token

from .lexicon import Lexicon

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
        changed[main.i] = main._replace(dep="ROOT", head=main.i)
        changed[subject.i] = subject._replace(head=main.i)
        changed[token.i] = token._replace(dep="acl", tag="VBN", head=subject.i)
    if not changed:
        return syntax
    return Syntax([changed.get(t.i, t) for t in syntax.tokens], syntax.sentences, syntax.entities)


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
