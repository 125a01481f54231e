"""Cues that are no verbs: nouns ("its denial of"), adjectives ("was confident that"), "according to", the narrator's
adverbs ("reportedly")."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Sentence, Span, Syntax, Token

from .drafts import Draft, governed, noun_phrase, spans_of, subject
from .lexicon import Lexicon, words


def phrase_drafts(text: str, syntax: Syntax, sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions of one sentence that a phrase carries."""
    for i in range(sentence.first, sentence.last):
        token = syntax.tokens[i]
        lower = token.text.lower()
        draft = None
        if lower == "according":
            draft = _according(text, syntax, sentence, token)
        elif lower in lexicon.adverbs:
            draft = _hearsay(text, syntax, token)
        elif token.pos == "NOUN" and token.lemma.lower() in lexicon.nouns:
            draft = _noun(text, syntax, token, lexicon)
        elif token.pos == "ADJ" and token.lemma.lower() in lexicon.adjectives:
            draft = _adjective(text, syntax, token)
        elif lower in {"in", "to"} and token.dep == "prep":
            draft = _view(text, syntax, token, lexicon)
        if draft is not None and draft.content:
            yield draft


def _clause_over(syntax: Syntax, i: int) -> Token:
    """The nearest verb above token `i`; the highest word where there is none."""
    last = syntax.tokens[i]
    for token in syntax.ancestors(i):
        last = token
        if token.pos in {"VERB", "AUX"} and token.dep not in {"pcomp", "acl"}:
            return token
    return last


def _according(text: str, syntax: Syntax, sentence: Sentence, token: Token) -> Draft | None:
    to = syntax.tokens[token.i + 1] if token.i + 1 < sentence.last else None
    if to is None or to.text.lower() != "to":
        return None
    named = syntax.child(to.i, "pobj") or syntax.child(token.i, "pobj")
    if named is None:
        return None
    aside = governed(syntax, token.i)
    over = _clause_over(syntax, token.i)
    content = governed(syntax, over.i) - aside
    source = noun_phrase(text, syntax, named.i)
    content = _within_semicolons(syntax, sentence, content, aside)
    if max(aside) < over.i:  # it opens the sentence: nothing before it is what they say
        content = {k for k in content if k > max(aside)} or content
    return Draft(
        at=token.i,
        source=source,
        head=named.i,
        cue=Span(token.start, to.end),
        content=spans_of(text, syntax, content),
        stance="asserts",
        spoken=True,
        quotable=True,
        finite=True,
        weighs=True,
    )


def _within_semicolons(syntax: Syntax, sentence: Sentence, content: set[int], aside: set[int]) -> set[int]:
    """The content on the aside's own side of the sentence's semicolons."""
    marks = [k for k in range(sentence.first, sentence.last) if syntax.tokens[k].text == ";"]
    first = max((k + 1 for k in marks if k < min(aside)), default=sentence.first)
    last = min((k for k in marks if k > min(aside)), default=sentence.last)
    if not marks:
        return content
    own = set(range(first, last)) - aside
    kept = (content & own) or own
    return {k for k in kept if syntax.tokens[k].pos != "PUNCT"} and kept


def _hearsay(text: str, syntax: Syntax, token: Token) -> Draft | None:
    over = syntax.tokens[token.head]
    if over.i == token.i:
        return None
    return Draft(
        at=token.i,
        source=None,
        head=None,
        cue=Span(token.start, token.end),
        content=spans_of(text, syntax, governed(syntax, over.i) - {token.i}),
        stance="asserts",
    )


def _view(text: str, syntax: Syntax, token: Token, lexicon: Lexicon) -> Draft | None:
    """ "in her view", "in the words of the general"."""
    noun = syntax.child(token.i, "pobj")
    if noun is None or noun.text.lower() not in lexicon.views or token.text.lower() != "in":
        return None
    source = syntax.child(noun.i, "poss")
    if source is None:
        of = syntax.child(noun.i, "prep")
        source = syntax.child(of.i, "pobj") if of is not None and of.text.lower() == "of" else None
    if source is None:
        return None
    over = _clause_over(syntax, token.i)
    return Draft(
        at=noun.i,
        source=noun_phrase(text, syntax, source.i),
        head=source.i,
        cue=Span(token.start, token.end),
        content=spans_of(text, syntax, governed(syntax, over.i) - governed(syntax, token.i)),
        stance="asserts",
    )


def _noun(text: str, syntax: Syntax, token: Token, lexicon: Lexicon) -> Draft | None:
    governor = syntax.tokens[token.head]
    source = syntax.child(token.i, "poss")
    first = token.i
    if source is None:
        by = next((c for c in syntax.children(token.i, "prep") if c.text.lower() in {"by", "from"}), None)
        source = syntax.child(by.i, "pobj") if by is not None else None
    if source is None and token.dep == "dobj" and governor.lemma.lower() in words("light"):
        source, passive = subject(syntax, governor.i)
        source, first = (None, first) if passive else (source, governor.i)
    content, last = _complement(syntax, token)
    if not content:
        return None
    clausal = any(syntax.tokens[k].dep in {"acl", "ccomp"} and syntax.tokens[k].head == token.i for k in content)
    if any(t.text.lower() in {"little", "no", "any"} for t in syntax.children(token.i, "det", "amod")):
        return None
    if governor.text.lower() == "in" and source is None:  # "in order to", "in response to"
        return None
    if source is None and not (clausal and lexicon.nouns[token.lemma.lower()] is not None):
        return None
    if first == token.i:
        while (
            first - 1 >= 0
            and syntax.tokens[first - 1].dep in {"amod", "compound"}
            and (syntax.tokens[first - 1].head == token.i and (source is None or syntax.tokens[first - 1].i > source.i))
        ):
            first -= 1
    spans = spans_of(text, syntax, content)
    stance = lexicon.nouns[token.lemma.lower()]
    if syntax.tokens[first].tag == "VB" and first != token.i:
        stance = None  # only meant to be said: "was told to offer explanations for"
    return Draft(
        at=token.i,
        source=noun_phrase(text, syntax, source.i, outside=token.i) if source is not None else None,
        head=source.i if source is not None else None,
        cue=Span(syntax.tokens[first].start, syntax.tokens[last].end),
        content=spans,
        stance=stance,
        rank=2,
        meant=not clausal and token.lemma.lower() not in words("acts"),
        weighs=clausal,
    )


def _complement(syntax: Syntax, token: Token) -> tuple[set[int], int]:
    """What a noun or adjective is about, and the last token of its cue: the preposition that joins it, or itself."""
    for child in syntax.children(token.i, "ccomp", "acl", "xcomp"):
        if child.i < token.i:
            continue
        low = syntax.tokens[syntax.subtree_tokens(child.i).start].text.lower()
        to = any(t.text.lower() == "to" for t in syntax.children(child.i, "aux"))
        if low == "that" or to or child.dep == "ccomp":
            return governed(syntax, child.i), token.i
    for child in syntax.children(token.i, "prep"):
        if child.i > token.i and child.text.lower() in words("joining"):
            content = governed(syntax, child.i) - {child.i}
            if content and syntax.tokens[min(content)].text.lower() not in words("calendar"):
                return content, child.i if child.i == token.i + 1 else token.i
    return set(), token.i


def _adjective(text: str, syntax: Syntax, token: Token) -> Draft | None:
    verb = syntax.tokens[token.head]
    if (
        token.dep not in {"acomp", "conj"}
        or verb.lemma.lower() not in words("copular")
        or verb.pos not in {"AUX", "VERB"}
    ):
        return None
    who, _ = subject(syntax, verb.i)
    if who is None or who.text.lower() in {"it", "there", "this", "that"}:
        return None
    content, last = _complement(syntax, token)
    if not content:
        return None
    return Draft(
        at=token.i,
        source=noun_phrase(text, syntax, who.i),
        head=who.i,
        cue=Span(verb.start, syntax.tokens[last].end),
        content=spans_of(text, syntax, content),
        stance=None,
        rank=2,
    )
