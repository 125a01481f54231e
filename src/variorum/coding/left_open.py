"""What the rules leave open: sentences that tell nothing of which they could be sure, and may tell something.

The one place where this is decided. Nothing here codes anything; it says where another reader could look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from variorum.records import ActorMention, Annotation, OpenPassage, OpenReason, Record, Sentence, Span, Syntax

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
    reader = _Open(syntax, annotation, tolds, gate)
    found = []
    for sentence in syntax.sentences:
        span = syntax.sentence_span(sentence)
        if sentence.kind == "title" or not options.least <= span.end - span.start <= options.most:
            continue
        if (reason := reader.reason(sentence)) is not None:
            found.append(OpenPassage(start=span.start, end=span.end, reason=reason))
    return tuple(found)


class _Open:
    """What became of each sentence, gathered in one pass over the layers: texts may be long."""

    def __init__(self, syntax: Syntax, annotation: Annotation, tolds: Sequence[Told], gate: Gate) -> None:
        self._syntax = syntax
        self._triggers = frozenset(i for told in tolds for i in told.candidate.chain)
        self._patterned = {syntax.sentence_of(i).number for i in self._triggers}
        self._coded = self._tokens(span for event in annotation.events for span in event.mentions)
        self._covered = {syntax.sentence_of(i).number for i in self._coded}
        self._untold = {
            syntax.sentence_of(told.candidate.trigger).number
            for told in tolds
            if told.candidate.trigger not in self._coded and not told.candidate.echo and not gate.is_none(told)
        }
        said = (each for each in annotation.attributions if each.stance is not None or each.quoted)
        words = self._tokens(span for each in said for span in each.content)
        self._reported = {syntax.sentence_of(i).number for i in words}
        self._named: defaultdict[int, list[ActorMention]] = defaultdict(list)
        for actor in annotation.actors:
            head = None if actor.generic else syntax.head_of(actor.start, actor.end)
            if head is not None:
                self._named[syntax.sentence_of(head.i).number].append(actor)

    def _tokens(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(token.i for span in spans for token in self._syntax.tokens_in(*span))

    def reason(self, sentence: Sentence) -> OpenReason | None:
        number, named = sentence.number, self._named[sentence.number]
        if number in self._untold:
            return "untold"
        words = self._syntax.tokens[sentence.first : sentence.last]
        verbs = [token.i for token in words if token.pos == "VERB"]
        unknown = (i for i in verbs if i not in self._triggers and i not in self._coded)
        if len(named) > 1 and any(self._is_between(i, named) for i in unknown):
            return "unknown"
        if number in self._covered:
            return None
        if number in self._reported:
            return "reported"
        told_of = {actor.key for actor in named}
        return "unknown" if len(told_of) > 1 and verbs and number not in self._patterned else None

    def _is_between(self, i: int, named: Sequence[ActorMention]) -> bool:
        """Whether one who is named does it to another."""
        subject, object_ = self._syntax.child(i, "nsubj"), self._syntax.child(i, "dobj")
        if subject is None or object_ is None:
            return False
        sides = [{a.key for a in named if a.start <= head.start < a.end} for head in (subject, object_)]
        return all(sides) and not sides[0] & sides[1]
