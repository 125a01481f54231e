"""What the rules leave open: sentences that tell nothing of which they could be sure, and may tell something.

The one place where this is decided. Nothing here codes anything; it says where another reader could look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.records import Annotation, OpenPassage, OpenReason, Record, Sentence, Span, Syntax, Token

from .gates import Gate
from .merging import Told


class OpenOptions(Record, frozen=True, kw_only=True):
    """Bounds of a passage in characters: what is shorter tells too little, what is longer is no sentence. Set by
    hand."""

    least: int = 20
    most: int = 1_000


def left_open(
    syntax: Syntax, annotation: Annotation, tolds: Sequence[Told], gate: Gate, options: OpenOptions
) -> tuple[OpenPassage, ...]:
    """The sentences that are left open, in text order, each with the first reason that holds. `tolds` are all words
    that may tell an event, `annotation` what became of them."""
    mentions = sorted(span for event in annotation.events for span in event.mentions)
    untold = {
        syntax.sentence_of(told.candidate.trigger).number
        for told in tolds
        if not told.candidate.echo and not gate.is_none(told) and not _is_in(_word(told, syntax), mentions)
    }
    triggers = frozenset(i for told in tolds for i in told.candidate.chain)
    found = []
    for sentence in syntax.sentences:
        span = syntax.sentence_span(sentence)
        if sentence.kind == "title" or not options.least <= span.end - span.start <= options.most:
            continue
        reason = _reason(sentence, span, syntax, annotation, mentions, (untold, triggers))
        if reason is not None:
            found.append(OpenPassage(start=span.start, end=span.end, reason=reason))
    return tuple(found)


def _reason(
    sentence: Sentence,
    span: Span,
    syntax: Syntax,
    annotation: Annotation,
    mentions: Sequence[Span],
    words: tuple[set[int], frozenset[int]],
) -> OpenReason | None:
    untold, triggers = words
    if sentence.number in untold:
        return "untold"
    if any(_is_between(token.i, syntax, annotation) for token in _verbs(sentence, syntax, mentions, triggers)):
        return "unknown"
    if any(mention.overlaps(span) for mention in mentions):
        return None
    if any(
        (said.stance is not None or said.quoted) and any(content.overlaps(span) for content in said.content)
        for said in annotation.attributions
    ):
        return "reported"
    named = {a.key for a in annotation.actors if not a.generic and span.contains(Span(a.start, a.end))}
    patterned = any(sentence.first <= i < sentence.last for i in triggers)
    verbs = any(token.pos == "VERB" for token in syntax.tokens[sentence.first : sentence.last])
    return "unknown" if len(named) > 1 and verbs and not patterned else None


def _verbs(sentence: Sentence, syntax: Syntax, mentions: Sequence[Span], triggers: frozenset[int]) -> Iterator[Token]:
    """The verbs that no pattern fits and that are in no event."""
    for token in syntax.tokens[sentence.first : sentence.last]:
        if token.pos == "VERB" and token.i not in triggers and not _is_in(Span(token.start, token.end), mentions):
            yield token


def _is_between(i: int, syntax: Syntax, annotation: Annotation) -> bool:
    """Whether one who is named does it to another."""
    subject, object_ = syntax.child(i, "nsubj"), syntax.child(i, "dobj")
    if subject is None or object_ is None:
        return False
    sides = [
        {a.key for a in annotation.actors if not a.generic and a.start <= head.start < a.end}
        for head in (subject, object_)
    ]
    return all(sides) and not sides[0] & sides[1]


def _word(told: Told, syntax: Syntax) -> Span:
    token = syntax.tokens[told.candidate.trigger]
    return Span(token.start, token.end)


def _is_in(word: Span, mentions: Sequence[Span]) -> bool:
    return any(mention.overlaps(word) for mention in mentions)
