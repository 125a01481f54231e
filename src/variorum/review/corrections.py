"""What people say instead of what the layers and the coding of a text say.

The stored annotation is the machine's and stays it; a correction is laid over it at every run, before events are folded
from it. What it names is found by its characters, so it holds for newer layers too as long as they mark any of them; a
correction whose words no layer marks any more waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from variorum.records import (
    ActorMention,
    Annotation,
    Attribution,
    Decision,
    EventMention,
    Layer,
    PlaceMention,
    Span,
    TimeExpression,
)

from .replay import Standing, span_of
from .targets import Target, target

T = TypeVar("T")


def corrected(
    annotations: Mapping[str, Annotation], texts: Callable[[str], str], standing: Standing
) -> dict[str, Annotation]:
    """The annotations, by document id, with the corrections in force laid over those of the documents that they name.
    `texts` gives a document's text. Mentions of events keep their numbers."""
    found = dict(annotations)
    for decision in standing.corrections:
        for words in decision.targets:
            named = target(words)
            if (annotation := found.get(named.document)) is not None:
                found[named.document] = _corrected(annotation, texts(named.document), named.span, decision)
    return found


def _corrected(annotation: Annotation, text: str, span: Span, decision: Decision) -> Annotation:
    match decision.action:
        case "recode":
            number = mention_at(annotation.events, span)
            return annotation if number is None else _recoded(annotation, number, decision)
        case "fix-span":
            return _moved(annotation, text, span, decision)
        case _:
            return _respoken(annotation, span, decision.after)


def mention_at(events: Sequence[EventMention], span: Span) -> int | None:
    """The number of the mention whose trigger these characters are, or else of the first that is told by any of them;
    None where none is."""
    exact = [n for n, event in enumerate(events) if (event.start, event.end) == span]
    touched = (
        n
        for n, event in enumerate(events)
        if any(each.overlaps(span) for each in (*event.mentions, Span(event.start, event.end)))
    )
    return exact[0] if exact else next(touched, None)


def _recoded(annotation: Annotation, number: int, decision: Decision) -> Annotation:
    event = annotation.events[number]
    after = decision.after
    match decision.field:
        case "type":
            code, _, mode = (after or "").partition("/")
            event = replace(event, type=code, mode=mode or None)
        case "mode":
            event = replace(event, mode=after or None)
        case "status":
            event = replace(event, status=after)
        case "time":
            annotation, event = _timed(annotation, event, after)
        case "place":
            annotation, event = _placed(annotation, event, decision)
        case "actor":
            event = replace(event, actors=_cast(annotation.actors, event.actors, after))
        case "recipient":
            event = replace(event, recipients=_cast(annotation.actors, event.recipients, after))
    return replace(annotation, events=_with(annotation.events, number, event))


def _timed(annotation: Annotation, event: EventMention, after: str | None) -> tuple[Annotation, EventMention]:
    """The event on another day: the words that date it are read otherwise. One that no words date stays without."""
    if not after:
        return annotation, replace(event, time=None)
    if event.time is None:
        return annotation, event
    told = annotation.times[event.time]
    earliest, _, latest = after.partition("/")
    read = replace(told, value=after, earliest=earliest, latest=latest or earliest, anchor=None)
    return replace(annotation, times=(*annotation.times, read)), replace(event, time=len(annotation.times))


def _placed(annotation: Annotation, event: EventMention, decision: Decision) -> tuple[Annotation, EventMention]:
    """The event elsewhere: where the text names that place, there; else its own words for where are read otherwise."""
    place = decision.place
    if place is None:
        return annotation, replace(event, place=None)
    named = [
        n
        for n, each in enumerate(annotation.places)
        if (each.geonameid == place.geonameid if place.geonameid is not None else each.name == place.name)
    ]
    if named:
        near = min(named, key=lambda n: (abs(annotation.places[n].start - event.start), n))
        return annotation, replace(event, place=near)
    if event.place is None:
        return annotation, event
    told = annotation.places[event.place]
    read = PlaceMention(
        start=told.start,
        end=told.end,
        text=told.text,
        name=place.name,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        admin1=place.admin1,
        precision=place.precision,
    )
    return replace(annotation, places=(*annotation.places, read)), replace(event, place=len(annotation.places))


def _cast(actors: Sequence[ActorMention], now: tuple[int, ...], after: str | None) -> tuple[int, ...]:
    """The first mention of the actor of this name; who there was where the text has none of it."""
    if not after:
        return ()
    found = actor_named(actors, after)
    return now if found is None else (found,)


def actor_named(actors: Sequence[ActorMention], name: str) -> int | None:
    """The first mention that names the actor itself, else the first that stands for it."""
    named = [n for n, actor in enumerate(actors) if actor.name == name]
    plain = [n for n in named if actors[n].antecedent is None]
    return next(iter(plain or named), None)


def _moved(annotation: Annotation, text: str, span: Span, decision: Decision) -> Annotation:
    """What a layer marks at these characters, marked at others."""
    to = span_of(decision)
    if to.end > len(text):
        return annotation
    layer: Layer = decision.field  # type: ignore[assignment]
    items: Sequence[Any] = getattr(annotation, layer)
    if layer == "attributions":
        changed: list[Any] = [_recontent(each, span, to) for each in items]
    elif layer == "events":
        changed = [_retold(each, span, to, text) for each in items]
    else:
        changed = [
            replace(each, start=to.start, end=to.end, text=to.of(text)) if (each.start, each.end) == span else each
            for each in items
        ]
    return replace(annotation, **{layer: tuple(changed)})


def _recontent(said: Attribution, span: Span, to: Span) -> Attribution:
    return replace(said, content=tuple(sorted(to if each == span else each for each in said.content)))


def _retold(event: EventMention, span: Span, to: Span, text: str) -> EventMention:
    mentions = tuple(sorted({to if each == span else each for each in event.mentions}))
    if (event.start, event.end) != span:
        return replace(event, mentions=mentions)
    return replace(event, start=to.start, end=to.end, trigger=to.of(text), mentions=mentions)


def _respoken(annotation: Annotation, span: Span, after: str | None) -> Annotation:
    """On whose word these characters stand: the innermost attribution with any of them in it, and the figures in
    them."""
    actor = actor_named(annotation.actors, after) if after else None
    around = [n for n, said in enumerate(annotation.attributions) if any(each.overlaps(span) for each in said.content)]
    attributions = annotation.attributions
    if around:
        inner = min(around, key=lambda n: (_length(attributions[n].content), n))
        attributions = _with(attributions, inner, replace(attributions[inner], speaker=after, speaker_actor=actor))
    tolls = tuple(
        replace(toll, speaker=after, speaker_actor=actor) if Span(toll.start, toll.end).overlaps(span) else toll
        for toll in annotation.tolls
    )
    return replace(annotation, attributions=attributions, tolls=tolls)


def _length(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _with(items: tuple[T, ...], number: int, item: T) -> tuple[T, ...]:
    return (*items[:number], item, *items[number + 1 :])


def told_by(annotation: Annotation, words: Target, field: str) -> str | None:
    """What the layers themselves say of a coded field where a correction names it; None where they say nothing or code
    no event there."""
    number = mention_at(annotation.events, words.span)
    if number is None:
        return None
    event = annotation.events[number]
    match field:
        case "type":
            return event.type if event.mode is None else f"{event.type}/{event.mode}"
        case "mode":
            return event.mode
        case "status":
            return event.status
        case "time":
            return None if event.time is None else day_of(annotation.times[event.time])
        case "place":
            return None if event.place is None else place_name(annotation.places[event.place])
    cast = event.actors if field == "actor" else event.recipients
    return ", ".join(dict.fromkeys(annotation.actors[n].name for n in cast)) or None


def day_of(time: TimeExpression) -> str | None:
    """The days of a time as a correction writes them: one, or ``first/last``."""
    if time.earliest is None and time.latest is None:
        return None
    if time.earliest == time.latest:
        return time.earliest
    return f"{time.earliest or ''}/{time.latest or ''}"


def place_name(place: PlaceMention) -> str:
    """A place as a correction writes it: its name, with its state where that is known."""
    return place.name if place.country is None else f"{place.name} ({place.country})"
