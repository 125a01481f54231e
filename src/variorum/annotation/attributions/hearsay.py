"""Words told at second hand: "the channel, citing the ministry, said …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from variorum.records import Span, Syntax, Token
from variorum.world.nouns import find_noun

from .drafts import EDGE, Draft, governed, noun_phrase, spans_of, trimmed
from .lexicon import speaking, words

_HUMAN = frozenset({"person", "group"})


def cited(text: str, syntax: Syntax, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence, where each "citing the ministry" beside another's cue makes the ministry the source of
    what that other tells; who cites is told of by his own cue alone."""
    result: list[Draft] = []
    for draft in drafts:
        named = _named(syntax, draft)
        main = _main(text, syntax, draft, drafts) if named is not None else None
        if named is None or main is None or draft.cue is None:
            result.append(draft)
            continue
        aside = _aside(syntax, draft.at, named)
        if not main.content:
            clauses = {k for c in syntax.children(draft.at, "ccomp") for k in governed(syntax, c.i)}
            main.content = spans_of(text, syntax, clauses)
        main.content = [part for span in main.content for part in _outside(text, span, aside)]
        source = noun_phrase(text, syntax, named.i)
        if source is None or not main.content:
            result.append(draft)
            continue
        result.append(
            replace(
                draft,
                source=Span(source.start, min(source.end, aside.end)),
                head=named.i,
                content=list(main.content),
                stance="asserts",
                spoken=True,
                finite=True,
                weighs=True,
                rank=3,
                under=main,
            )
        )
    return result


def _named(syntax: Syntax, draft: Draft) -> Token | None:
    """Whom a participle of citing cites, where that is someone who can speak or a document."""
    token = syntax.tokens[draft.at]
    if token.tag != "VBG" or token.lemma.lower() not in words("citing") or token.dep not in {"advcl", "acl", "prep"}:
        return None
    named = syntax.child(draft.at, "dobj")
    if named is None:
        return None
    lemma = named.lemma.lower()
    if named.pos == "PROPN" or lemma in speaking() | words("speakers") | words("evidence"):
        return named
    sort = find_noun(lemma)
    return named if sort is not None and sort.sort in _HUMAN else None


def _main(text: str, syntax: Syntax, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The draft of the cue that a citing participle goes with: the one whose source stands right before it, else the
    one that it hangs on."""
    token, start = syntax.tokens[draft.at], syntax.tokens[draft.at].start
    others = [d for d in drafts if d is not draft and d.at != draft.at and d.source is not None and d.spoken]
    for other in others:
        if other.source is not None and other.source.end <= start and not text[other.source.end : start].strip(EDGE):
            return other
    return next((d for d in others if token.head in {d.at, d.head}), None)


def _aside(syntax: Syntax, at: int, named: Token) -> Span:
    """From the participle to the comma that closes it."""
    sentence = syntax.sentence_of(at)
    closing = next((k for k in range(named.i + 1, sentence.last) if syntax.tokens[k].text == ","), None)
    last = max(syntax.subtree_tokens(named.i)) if closing is None else closing - 1
    return Span(syntax.tokens[at].start, syntax.tokens[max(last, named.i)].end)


def _outside(text: str, span: Span, aside: Span) -> list[Span]:
    if not span.overlaps(aside):
        return [span]
    sides = (trimmed(text, span.start, aside.start), trimmed(text, aside.end, span.end))
    return [side for side in sides if side is not None]
