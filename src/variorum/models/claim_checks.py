"""Whether a proposed claim or link may stand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from variorum.annotation.attributions.lexicon import load_lexicon
from variorum.coding.rereading import Rereading
from variorum.coding.tie_words import tie_words
from variorum.records import Annotation, Attribution, Document, EventMention, EventTie, Span, Stance, Token
from variorum.records.annotation import TieKind
from variorum.world.negation import negates

from .answers import ClaimAnswer, LinkAnswer
from .event_checks import EventChecks
from .quoting import Rejected, inside

_QUOTES = "\"“”„«»‘’'"
_PRIVATE_STANCES = frozenset({"threatens", "promises", "demands", "accuses", "doubts"})
"""Stances that only the lexicon gives: no rule here could tell them by form."""


class ClaimChecks:
    """The checks over one document."""

    def __init__(self, document: Document, annotation: Annotation, rereading: Rereading, events: EventChecks) -> None:
        self._document = document
        self._annotation = annotation
        self._rereading = rereading
        self._events = events

    def claim(self, told: ClaimAnswer, quote: Span, accepted: Sequence[Attribution]) -> Attribution:
        """The attribution of a claim. Raises Rejected."""
        content = inside(self._document, quote, told.content, "not-quoted", "content")
        cue = inside(self._document, quote, told.cue, "speaker", "cue")
        number = self._events.actor(told.speaker, quote)
        actor = self._rereading.actors[number]
        source = Span(actor.start, actor.end)
        if source.overlaps(content) or cue.overlaps(content):
            raise Rejected("speaker", "the speaker or the cue stands inside of what was said")
        if any(_same_words(said, content, cue) for said in self._annotation.attributions):
            raise Rejected("coded-already", "the rules attribute these words")
        if any(_same_words(said, content, cue) for said in accepted):
            raise Rejected("duplicate", "it was proposed already")
        self._check_speaker(source, cue)
        stance = self._stance(told, cue)
        self._check_polarity(content, cue)
        before, after = self._document.text[: content.start].rstrip()[-1:], self._document.text[content.end :].lstrip()
        quoted = before in _QUOTES and before != "" and after[:1] in _QUOTES and after != ""
        return Attribution(
            source=(source,),
            cue=(cue,),
            content=(content,),
            quoted=quoted,
            speaker=actor.name,
            speaker_actor=number,
            stance=stance,
        )

    def _check_speaker(self, source: Span, cue: Span) -> None:
        words = {token.i for token in self._rereading.syntax.tokens_in(*source)}
        subjects = self._rereading.subjects(cue)
        if subjects and not words & subjects:
            raise Rejected("speaker", "by the syntax another says it")

    def _stance(self, told: ClaimAnswer, cue: Span) -> Stance:
        """The stance, as our own lexicon has it for the cue where it knows that. Raises Rejected."""
        if self._rereading.is_negated(cue):
            raise Rejected("polarity", "the words were not said")
        words = [token.text.lower().replace("’", "'") for token in self._rereading.syntax.tokens_in(*cue)]
        lexicon = load_lexicon()
        lemmas = [lexicon.forms[word] for word in words if word in lexicon.forms]
        known = {s for lemma in lemmas if lemma in lexicon.verbs for s in lexicon.verbs[lemma].frames.values()}
        denies = any(negates(word) for word in words)
        stance = told.stance or "asserts"
        if known:
            if stance not in known:
                raise Rejected("polarity", f"{told.cue[:40]!r} is none that {stance}")
        elif stance in _PRIVATE_STANCES or denies != (stance == "denies"):
            raise Rejected("polarity", f"nothing in {told.cue[:40]!r} says that it {stance}")
        return stance

    def _between(self, head: Token, content: Span, cue: Span) -> list[Token]:
        """The words between what says it and what is said, by the tree: "said that it was untrue that …"."""
        syntax, found = self._rereading.syntax, list[Token]()
        while head.head != head.i:
            head = syntax.tokens[head.head]
            if cue.start <= head.start < cue.end:
                return found
            found += [head, *(c for c in syntax.children(head.i) if c.end <= content.start)]
        return []

    def _check_polarity(self, content: Span, cue: Span) -> None:
        """That no negation of what was said was left outside of it."""
        syntax = self._rereading.syntax
        head = syntax.head_of(*content)
        first = syntax.tokens_in(*content)
        outside = [] if head is None else [c for c in syntax.children(head.i) if c.end <= content.start]
        if head is not None:
            outside += self._between(head, content, cue)
        if first and first[0].i:
            outside.append(syntax.tokens[first[0].i - 1])
        if any(negates(token.text.lower().replace("’", "'")) for token in outside):
            raise Rejected("polarity", "a negation of what was said was left out")

    def link(
        self, told: LinkAnswer, quote: Span, events: Sequence[EventMention], accepted: Sequence[EventTie]
    ) -> EventTie:
        """The tie of a link between two of `events`. Raises Rejected."""
        words = inside(self._document, quote, told.words, "link", "words that tie")
        ends = []
        for each, what in ((told.source, "source"), (told.target, "target")):
            span = inside(self._document, quote, each, "link", what)
            number = next((n for n, e in enumerate(events) if any(m.overlaps(span) for m in e.mentions)), None)
            if number is None:
                raise Rejected("link", f"no event is coded at its {what} {each[:40]!r}")
            ends.append((number, span))
        (source, source_span), (target, target_span) = ends
        if source == target:
            raise Rejected("link", "an event answers itself")
        if words.overlaps(source_span) or words.overlaps(target_span):
            raise Rejected("link", "the words that tie are those of an event")
        self._check_words(told.kind, words)
        behind = [span for number, span in ends if span.start >= words.end]
        nearest = min(behind, default=None)
        if nearest is None or self._turns(words) != (nearest == source_span):
            raise Rejected("link", "by its words the other one is what is answered")
        if any({source, target} <= {*tie.sources, *tie.targets} for tie in self._annotation.ties):
            raise Rejected("coded-already", "the rules tie the two")
        if any({source, target} <= {*tie.sources, *tie.targets} for tie in accepted):
            raise Rejected("duplicate", "it was proposed already")
        return EventTie(
            start=words.start,
            end=words.end,
            kind=told.kind,
            source=source_span,
            target=target_span,
            sources=(source,),
            targets=(target,),
        )

    def _check_words(self, kind: TieKind, words: Span) -> None:
        tokens = self._rereading.syntax.tokens_in(*words)
        told = {word for token in tokens for word in (token.lemma.lower(), token.text.lower())}
        if not told & _tying()[kind]:
            raise Rejected("link", f"no word there says {kind!r}")
        near = [*tokens, *(c for token in tokens for c in self._rereading.syntax.children(token.i))]
        if any(negates(token.text.lower().replace("’", "'")) for token in near):
            raise Rejected("link", "the tie is denied")

    def _turns(self, words: Span) -> bool:
        """Whether what stands behind the words answers what stands before them: "provoked", "hours before"."""
        tokens = self._rereading.syntax.tokens_in(*words)
        return any(token.lemma.lower() in _turning() for token in tokens)


def _same_words(said: Attribution, content: Span, cue: Span) -> bool:
    return any(each.overlaps(content) for each in said.content) or any(each.overlaps(cue) for each in said.cue)


@cache
def _turning() -> frozenset[str]:
    known = tie_words()
    return (
        known.provoking
        | known.driving
        | frozenset((*known.provoking_by, *known.provoking_particles))
        | (known.prepositions["before"])
    )


@cache
def _tying() -> dict[TieKind, frozenset[str]]:
    """By kind of tie, the words of which one must be among those that tie."""
    known = tie_words()
    after = known.prepositions["after"]
    grounds = frozenset[str]().union(*known.grounds.values())
    answering = known.answering | frozenset(known.answering_by) | known.reasons | known.weak_reasons
    responds = answering | known.prepositions["reason"] | grounds | after | (_turning() - known.prepositions["before"])
    wakes = frozenset[str]().union(*known.wakes.values())
    return {
        "responds-to": responds,
        "follows": after | wakes | known.prepositions["before"],
        "part-of": known.wholes,
        "repeats": known.again | known.another | known.likewise,
    }
