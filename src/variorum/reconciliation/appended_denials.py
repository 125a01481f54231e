"""Denials that trail what they deny: "…, which Lima denies", "…, a charge that the rebels rejected".

The attribution layer takes such a tail for a part of what the first speaker said, or for a denial that has the first
speaker's words for its content. Here it becomes the denier's own word, and the first speaker's ends before it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from variorum.records import Annotation, Attribution, Document, Span

from .contradiction_words import lexicon


def with_denials(documents: Mapping[str, Document], annotations: Mapping[str, Annotation]) -> dict[str, Annotation]:
    """The annotations with the trailing denials of their documents, behind the attributions that they hold."""
    return {
        name: _with_denials(documents[name], annotation) if name in documents else annotation
        for name, annotation in annotations.items()
    }


def _with_denials(document: Document, annotation: Annotation) -> Annotation:
    attributions = list(annotation.attributions)
    for match in lexicon().appended.finditer(document.text):
        tail = Span(*match.span())
        actor = _denier(Span(*match.span("who")), annotation)
        known = [n for n, a in enumerate(attributions) if any(cue.overlaps(tail) for cue in a.cue)]
        if actor is None or any(attributions[n].stance != "denies" for n in known):
            continue
        attributions = [_ended(a, tail) for a in attributions]
        told = annotation.actors[actor]
        denial = Attribution(
            source=(Span(told.start, told.end),),
            cue=(Span(*match.span("how")),),
            content=(Span(match.start("what"), match.end()),),
            speaker=told.name,
            speaker_actor=actor,
            stance="denies",
        )
        if known:  # in its place, for events name attributions by number
            attributions[known[0]] = denial
        else:
            attributions.append(denial)
    return replace(annotation, attributions=tuple(attributions))


def _denier(who: Span, annotation: Annotation) -> int | None:
    """The last actor in the words before the verb."""
    inside = [(a.end, n) for n, a in enumerate(annotation.actors) if who.contains(Span(a.start, a.end))]
    return max(inside)[1] if inside else None


def _ended(attribution: Attribution, tail: Span) -> Attribution:
    """An attribution without a tail that its content ends with."""
    content = tuple(
        Span(span.start, tail.start) if span.start < tail.start and span.contains(tail) else span
        for span in attribution.content
    )
    return attribution if content == attribution.content else replace(attribution, content=content)
