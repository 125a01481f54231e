"""Who speaks: the actor behind a source's words."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import ActorMention, Span, Syntax

from .drafts import Draft, is_relative, noun_phrase
from .lexicon import words

Speaker = tuple[str | None, int | None]


def resolve(
    text: str, syntax: Syntax, draft: Draft, actors: Sequence[ActorMention], earlier: Sequence[Speaker]
) -> Speaker:
    """The speaker's canonical name and actor: that of the actor at the head of the source, else of one that a voice
    ("a spokesman for …") speaks for; "the statement" speaks for whoever spoke before it. Without an actor the
    source's own words name the speaker, unless they are a pronoun."""
    if draft.source is None or draft.head is None:
        return None, None
    span, head = draft.source, syntax.tokens[draft.head]
    if is_relative(head):
        above = next((t for t in syntax.ancestors(head.i) if syntax.tokens[t.i].pos in {"NOUN", "PROPN"}), None)
        if above is not None:
            head = above
            span = noun_phrase(text, syntax, above.i, outside=draft.head) or span
    found = _actor(actors, span, Span(head.start, head.end), head.text.lower())
    if found is not None:
        return actors[found].name, found
    if head.text.lower() in words("documents"):
        return next((speaker for speaker in reversed(earlier) if speaker[0] is not None), (None, None))
    told = text[span.start : span.end]
    if head.text.lower() in words("pronouns") or told.lower() in words("pronouns"):
        return None, None
    return _shortened(told), None


def _actor(actors: Sequence[ActorMention], source: Span, head: Span, word: str) -> int | None:
    at_head, beside = [], []
    for number, actor in enumerate(actors):
        place = Span(actor.start, actor.end)
        if place.overlaps(head):
            at_head.append(number)
        elif source.contains(place) and not actor.generic:
            beside.append(number)
    if at_head:
        return _root(actors, max(at_head, key=lambda n: (actors[n].end - actors[n].start, -n)))
    if beside and word in words("voices") | words("documents"):
        return _root(actors, beside[0])
    return None


def _root(actors: Sequence[ActorMention], number: int) -> int:
    """The mention that the chain of antecedents ends at."""
    seen = {number}
    while (above := actors[number].antecedent) is not None and above not in seen and 0 <= above < len(actors):
        seen.add(above)
        number = above
    return number


def _shortened(told: str) -> str:
    """A source's words up to the first comma: the name without what is told of it."""
    return " ".join(told.split(",")[0].split())
