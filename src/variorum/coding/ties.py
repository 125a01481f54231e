"""What a text itself says of how its events hang together: "in response to", "two days after", "to avenge", "part of".

Each construction gives a draft: which words, whose clause answers, what is answered. A `Recollection` then says which
events either side tells or stands for. Order alone ties nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from variorum.records import Annotation, EventMention, EventTie, Span, Syntax, TimeExpression, Token

from .candidate import Candidate
from .frames import Frames
from .recollection import Events, Recollection
from .tie_clauses import Clauses
from .tie_drafts import Draft
from .tie_openers import Openers
from .tie_phrases import Phrases
from .tie_words import tie_words

_LATER = re.compile(r"\b(?:later|afterwards?|thereafter|after|on)$", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:earlier|before|beforehand|previously)$", re.IGNORECASE)
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "without"})
_UNTOLD = frozenset({"hypothetical", "future", "negated"})
_OFFENCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST", "THREATEN"})
_BACK = 12  # sentences back that "in response" looks


def find_ties(syntax: Syntax, frames: Frames, annotation: Annotation, openers: Openers) -> tuple[EventTie, ...]:
    """The ties that a text tells between the events of its annotation, in text order."""
    if not annotation.events:
        return ()
    return _Finding(syntax, annotation, Recollection(syntax, frames, annotation, tie_words()), openers).ties()


def tied_triggers(
    syntax: Syntax, frames: Frames, annotation: Annotation, candidates: Sequence[Candidate], openers: Openers
) -> list[tuple[int, int]]:
    """The pairs of triggers that the words of a text tie outright, the answer first: two events of one text."""
    if len(candidates) < 2:
        return []
    tokens = syntax.tokens
    events = tuple(
        EventMention(
            start=tokens[c.trigger].start,
            end=tokens[c.trigger].end,
            trigger=tokens[c.trigger].text,
            mentions=(Span(tokens[c.trigger].start, tokens[c.trigger].end),),
            type=c.type,
            mode=c.mode,
            status=c.status,
        )
        for c in candidates
    )
    whole = replace(annotation, events=events)
    outright = Recollection(syntax, frames, whole, tie_words(), outright=True)
    recalling = _Finding(syntax, whole, outright.recalling(), openers).ties()
    ties = [*_Finding(syntax, whole, outright, openers).ties(), *_named_outright(recalling, whole)]
    ties += _shifted_outright(recalling, candidates)
    pairs = {
        (candidates[s].trigger, candidates[t].trigger)
        for tie in ties
        for s in tie.sources
        for t in tie.targets
        if not (candidates[s].effect and tie.kind == "follows" and tie.time is None)  # "died after the attack"
    }
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def _named_outright(ties: Iterable[EventTie], annotation: Annotation) -> Iterator[EventTie]:
    """The ties whose target is told in the very words that name it, whatever recalls their source."""
    for tie in ties:
        if tie.target is None or len(tie.sources) > 1 or tie.kind != "responds-to":
            continue
        if all(any(tie.target.contains(m) for m in annotation.events[t].mentions) for t in tie.targets):
            yield tie


def _shifted_outright(ties: Iterable[EventTie], candidates: Sequence[Candidate]) -> Iterator[EventTie]:
    """The ties of two verbs of one type of which the later sentence counts from the earlier: "hours earlier the army
    had attacked their camps"."""
    for tie in ties:
        if tie.target is not None or tie.kind != "follows" or len(tie.sources) != 1 or len(tie.targets) != 1:
            continue
        one, other = candidates[tie.sources[0]], candidates[tie.targets[0]]
        acts = not any(c.nominal or c.effect or c.echo for c in (one, other))
        if acts and one.type == other.type:
            yield tie


class _Finding:
    """One document while its ties are found."""

    def __init__(self, syntax: Syntax, annotation: Annotation, memory: Recollection, openers: Openers) -> None:
        self._syntax = syntax
        self._openers = openers
        self._annotation = annotation
        self._words = memory.words
        self._memory = memory
        self._phrases = Phrases(syntax, memory.frames, memory, memory.words)
        self._clauses = Clauses(syntax, memory.frames, memory, memory.words)

    def ties(self) -> tuple[EventTie, ...]:
        found: dict[tuple[object, ...], EventTie] = {}
        for draft in self._drafts():
            tie = self._tie(draft)
            if tie is not None:
                found.setdefault((tie.kind, tie.sources, tie.targets, tie.target, tie.owner), tie)
        for tie in self._also(tuple(found.values())):
            found.setdefault((tie.kind, tie.sources, tie.targets, tie.target, tie.owner), tie)
        return tuple(sorted(found.values(), key=lambda t: (t.start, t.end, t.kind, t.sources, t.targets)))

    def _drafts(self) -> Iterator[Draft]:
        for token, phrase, clause in self._openers.all:
            if phrase:
                yield from self._phrases.of(token)
            if clause:
                yield from self._clauses.of(token)
        yield from self._anchored()
        yield from self._shifted()

    def _also(self, ties: Sequence[EventTie]) -> Iterator[EventTie]:
        """One more answer by the one who answered in the sentence before: "recalled its envoy in protest. It also said
        that it would bar"."""
        memory, syntax = self._memory, self._syntax
        for token in self._openers.also:
            more = memory.done(token.head)
            if not more or any(memory.events[e].type not in self._words.also_types for e in more):
                continue
            number = syntax.sentence_of(token.i).number
            for tie in ties:
                inside = syntax.tokens_in(tie.start, tie.end)
                told = syntax.sentence_of(inside[0].i).number if inside else number
                if told == number - 1 and tie.kind == "responds-to" and tie.targets and self._goes_on(more, tie):
                    span = self._point(token.i)
                    yield replace(
                        tie, start=span.start, end=span.end, source=span, sources=more, target=None, time=None
                    )

    def _goes_on(self, more: Events, tie: EventTie) -> bool:
        """Whether events may be one more answer to what a tie's sources answer: of those who answered, or of none."""
        memory = self._memory
        if set(more) & {*tie.sources, *tie.targets}:
            return False
        if any(memory.events[e].type not in self._words.also_types for e in tie.sources):
            return False
        doers = [memory.doers(e) for e in more]
        known = frozenset(side for e in tie.sources for side in memory.doers(e))
        return all(not sides or sides & known for sides in doers)

    # ------------------------------------------------------------------ times

    def _anchored(self) -> Iterator[Draft]:
        """Times told from an event, whatever their wording: "the morning of the raid", "a week into the siege"."""
        for time in self._annotation.times:
            if time.anchor is None:
                continue
            head = self._syntax.head_of(*time.anchor.trigger)
            first, last = self._tokens(time)
            top = self._syntax.head_of(time.start, time.end)
            if head is None or top is None:
                continue
            above = self._outside(top, head.i)
            yield Draft("follows", first, max(first, min(last, head.i - 1)), above, head.i, without=top.i,
                        swapped=time.anchor.relation == "before")  # fmt: skip

    def _outside(self, top: Token, named: int) -> int:
        """The head of the clause that a time dates: the first above it that does not hold the event it counts from."""
        below = set(self._syntax.subtree_tokens(named))
        at = top
        for _ in range(6):
            if at.head == at.i:
                return at.i
            at = self._syntax.tokens[at.head]
            if at.i not in below and self._memory.frames.is_verb(at.i) and at.i != named:
                return at.i
        return at.i

    def _shifted(self) -> Iterator[Draft]:
        """Times told from what was told last: "a quarter of an hour later", "only hours before"."""
        for time in self._annotation.times:
            if time.anchor is not None or time.type not in ("DATE", "TIME", "DURATION"):
                continue
            if not self._syntax.tokens_in(time.start, time.end):
                continue  # the scene's day, which stands in a dateline and in no sentence
            later, earlier = _LATER.search(time.text), _EARLIER.search(time.text)
            first, last = self._tokens(time)
            if not (later or earlier):
                after = self._syntax.tokens[last + 1 : last + 2]
                word = after[0].text if after and after[0].dep in ("advmod", "prep") else ""
                if word and any(True for _ in self._syntax.children(after[0].i, "pobj", "pcomp")):
                    continue
                later, earlier = _LATER.fullmatch(word), _EARLIER.fullmatch(word)
                last += bool(later or earlier)
            if (later or earlier) and (top := self._syntax.head_of(time.start, time.end)) is not None:
                above = self._outside(top, top.i)
                yield Draft("follows", first, last, above, None, without=top.i, swapped=bool(earlier), last=True)

    def _tokens(self, time: TimeExpression) -> tuple[int, int]:
        inside = self._syntax.tokens_in(time.start, time.end)
        return inside[0].i, inside[-1].i

    # ------------------------------------------------------------------ a draft's events

    def _tie(self, draft: Draft) -> EventTie | None:
        if draft.denied or self._is_denied(draft):
            return None
        sources, targets = self._sides(draft)
        sources, targets = self._fitting(draft, sources, targets)
        named = draft.target is not None and (draft.like or self._is_told(draft, draft.target))
        if not sources or not (targets or named):
            return None
        if draft.swapped and not targets:
            return None
        if draft.swapped:
            sources, targets = targets, sources
        span = self._span(draft.first, draft.last_word)
        return EventTie(
            start=span.start,
            end=span.end,
            kind=draft.kind,
            source=self._syntax.subtree(draft.target)
            if draft.swapped and draft.target is not None
            else self._point(draft.source),
            target=None
            if draft.target is None
            else self._point(draft.source)
            if draft.swapped
            else self._syntax.subtree(draft.target),
            sources=sources,
            targets=targets,
            owner=draft.owner,
            time=self._time(span, draft),
        )

    def _sides(self, draft: Draft) -> tuple[Events, Events]:
        """The events of both sides, none on both. What the words of one side tell goes before what they recall."""
        if draft.target is None or draft.like:
            sources = self._sources(draft, ())
            return sources, self._before(draft, sources)
        own = self._memory.at(draft.source)
        targets = self._memory.named(draft.target)
        if draft.among is not None:
            targets = self._memory.named(draft.target, own) or targets
            targets = tuple(e for e in targets if self._memory.events[e].type in draft.among)
        if own and targets and set(targets) <= set(own):
            targets = self._memory.named(draft.target, own)
        elif len(targets) > 1 and own:
            targets = tuple(e for e in targets if e not in own) or targets
        sources = self._sources(draft, targets)
        return sources, tuple(e for e in targets if e not in sources)

    def _sources(self, draft: Draft, targets: Events) -> Events:
        if draft.owned and self._memory.frames.is_verb(draft.source):
            return self._memory.deed(self._syntax.tokens[draft.source], targets)
        if draft.owned:
            return self._phrases.owned(draft.source, targets)
        if draft.phrase:
            return self._memory.named(draft.source, targets)
        return self._memory.done(draft.source, draft.without, targets)

    def _before(self, draft: Draft, sources: Events) -> Events:
        """What was told before and is meant without a word for it: of the last act whose sides are crossed, else the
        last act that others react to; for a time, what was told last."""
        memory = self._memory
        at = min(draft.first, draft.source)
        if draft.like:
            kinds = {memory.events[e].type for e in sources}
            happened = ("actual", "historical", "ongoing")
            others = [
                e for e, o in enumerate(memory.events) if e not in sources and o.type in kinds and o.status in happened
            ]
            return tuple(others) if len(others) == 1 else ()
        if draft.last:
            kinds = {memory.events[e].type for e in sources}
            same = memory.last(at, sources, lambda e: memory.events[e].type in kinds and not self._in_title(e), 4)
            return same or memory.last(
                at, sources, lambda e: memory.events[e].type != "ACCUSE" and not self._in_title(e), 2
            )
        mine = frozenset(side for e in sources for side in memory.doers(e))
        theirs = frozenset(side for e in sources for side in self._suffering(e))

        def crossed(e: int) -> bool:
            doers, done_to = memory.doers(e), self._suffering(e)
            return not doers & mine and bool(doers & theirs or done_to & mine)

        def provoking(e: int) -> bool:
            return memory.events[e].type in _OFFENCE and not (mine and memory.doers(e) & mine)

        before = memory.last(at, sources, crossed, _BACK) or memory.last(at, sources, provoking, _BACK)
        sentence = self._syntax.sentence_of(at)
        if before or (sentence.kind != "title" and sentence.number):
            return before
        theirs |= memory.sides_in(self._syntax.sentence_span(sentence)) - mine
        return memory.first_after(at, sources, crossed)  # a title names what the text tells below

    def _in_title(self, event: int) -> bool:
        """Whether an event is told in a title, which no time of the text below counts from: it tells that text."""
        told = self._memory.events[event]
        inside = self._syntax.tokens_in(told.start, told.end)
        return bool(inside) and self._syntax.sentence_of(inside[0].i).kind == "title"

    def _suffering(self, event: int) -> frozenset[str]:
        return self._memory.done_to(event)

    def _fitting(self, draft: Draft, sources: Events, targets: Events) -> tuple[Events, Events]:
        """Both sides without what did not happen, and where words say little without acts that nobody reacts with."""
        events = self._memory.events
        sources = tuple(e for e in sources if events[e].status not in ("hypothetical", "negated"))
        targets = tuple(e for e in targets if events[e].status not in _UNTOLD)
        if draft.touching:
            sources = tuple(e for e in sources if events[e].type in self._words.reacting_types)
            targets = tuple(e for e in targets if events[e].type in self._words.provoking_types)
        return sources, targets

    def _is_denied(self, draft: Draft) -> bool:
        """ "Not in response to", "no answer to"; and what someone denies or doubts."""
        sentence = self._syntax.sentence_of(draft.first)
        before = self._syntax.tokens[max(sentence.first, draft.first - 2) : draft.first]
        if any(t.text.lower() in _NEGATIONS for t in before):
            return True
        span = self._span(draft.first, draft.last_word)
        doubted = (a for a in self._annotation.attributions if a.stance in ("denies", "doubts"))
        return any(c.contains(span) for a in doubted for c in a.content)

    def _is_told(self, draft: Draft, target: int) -> bool:
        """Whether strong words name something that may have happened, though no event of the text is it: no time and
        none of those who take part."""
        if draft.weak or draft.touching or draft.swapped or draft.among is not None:
            return False
        span, head = self._syntax.subtree(target), self._point(target)
        if self._syntax.tokens[target].pos not in ("NOUN", "VERB") or span.end - span.start <= 3:
            return False
        layers = (self._annotation.times, self._annotation.actors, self._annotation.places)
        return not any(item.start <= head.start and head.end <= item.end for layer in layers for item in layer)

    def _span(self, first: int, last: int) -> Span:
        return Span(self._syntax.tokens[first].start, self._syntax.tokens[last].end)

    def _point(self, i: int) -> Span:
        return self._span(i, i)

    def _time(self, span: Span, draft: Draft) -> int | None:
        """The anchored time among the words, or just before what they name."""
        for number, time in enumerate(self._annotation.times):
            if time.anchor is not None and draft.target is not None and span.overlaps(Span(time.start, time.end)):
                return number
        return None
