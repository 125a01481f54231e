"""One document's layers over its text, to look at: in the terminal, and as a self-contained page.

`marks` turns every layer into labelled spans; `segments` cuts the text where any of them begins or ends, so that spans
may overlap and nest as they like.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from variorum.exports.templates import template
from variorum.records import AnnotatedDocument, Layer, PlaceMention, Span, TimeExpression, TollMention

__all__ = ["Mark", "Segment", "marks", "render", "segments", "unread", "view"]

_STYLES: dict[Layer, str] = {
    "times": "magenta",
    "places": "green",
    "actors": "cyan",
    "tolls": "red",
    "attributions": "italic",
    "events": "bold yellow",
}


class Mark(NamedTuple):
    """Characters ``[start, end)`` of a layer, what they were read as, and in `detail` what that rests on."""

    start: int
    end: int
    layer: Layer
    label: str
    detail: str = ""


class Segment(NamedTuple):
    """A stretch of text that the same marks cover; `ending` are the marks that end with it."""

    text: str
    covering: tuple[Mark, ...]
    ending: tuple[Mark, ...]


def marks(document: AnnotatedDocument) -> list[Mark]:
    """Every span of the document's layers, in text order, the longer first where two begin together."""
    found: list[Mark] = []
    asked = set(document.layers)
    if "times" in asked:
        found += [Mark(t.start, t.end, "times", _time_label(document.text, t)) for t in document.times]
    if "places" in asked:
        for place in document.places:
            why = "; ".join(
                f"{each.name}{f' ({each.note})' if each.note else ''} {each.contribution:+.2f}"
                for each in place.chosen_by
            )
            found.append(Mark(place.start, place.end, "places", _place_label(place), why))
    if "actors" in asked:
        for actor in document.actors:
            who = " ".join(filter(None, (actor.country, actor.sector)))
            found.append(Mark(actor.start, actor.end, "actors", f"{actor.name}{f' ({who})' if who else ''}"))
    if "tolls" in asked:
        for toll in document.tolls:
            found.append(Mark(toll.start, toll.end, "tolls", _toll_label(toll), _toll_detail(document, toll)))
    if "attributions" in asked:
        for said in document.attributions:
            label = f"{said.speaker or '?'}: {said.stance or 'says'}"
            told = (("source", said.source), ("cue", said.cue))
            detail = "; ".join(f"{part}: “{_words(document.text, spans)}”" for part, spans in told if spans)
            found += [Mark(span.start, span.end, "attributions", label, detail) for span in said.content]
    if "events" in asked:
        for event in document.events:
            code = f"{event.type}{f'/{event.mode}' if event.mode else ''}"
            status = "" if event.status == "actual" else f", {event.status}"
            actors = " + ".join(document.actors[n].name for n in event.actors)
            recipients = " + ".join(document.actors[n].name for n in event.recipients)
            roles = f": {actors or '?'} → {recipients or '?'}" if actors or recipients else ""
            found.append(Mark(event.start, event.end, "events", f"{code}{status}{roles}"))
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.layer, mark.label))


def _time_label(text: str, time: TimeExpression) -> str:
    """The value and, where the time hangs on an event, by how many hours: "DURATION PT24H, 24–36 h after strikes"."""
    if (anchor := time.anchor) is None:
        return f"{time.type} {time.value}"
    most = "" if anchor.high_hours is None else f"{anchor.high_hours:g}"
    event = text[anchor.trigger.start : anchor.trigger.end]
    return f"{time.type} {time.value}, {anchor.low_hours:g}–{most} h {anchor.relation} {event}"


def _toll_label(toll: TollMention) -> str:
    """The kind and bounds of a toll, and what it is beside others: "killed 14, revised by +5"."""
    low, high = ("" if end is None else f"{end}" for end in (toll.low, toll.high))
    marks = [toll.update or "", "uncertain" if toll.uncertain else "", "cumulative" if toll.cumulative else ""]
    if toll.change is not None:
        marks[0] = f"{marks[0]} by {toll.change:+d}"
    return ", ".join(filter(None, (f"{toll.kind} {low if low == high else f'{low}–{high}'}", *marks)))


def _toll_detail(document: AnnotatedDocument, toll: TollMention) -> str:
    """Of whom a toll tells, on whose word, what it is part of and which figures it replaces or takes in."""
    whole = "" if toll.part_of is None else f"part of “{document.tolls[toll.part_of].text}”"
    others = "; ".join(f"{document.tolls[n].update} “{document.tolls[n].text}”" for n in toll.updates)
    said = f"says {toll.speaker}" if toll.speaker is not None else ""
    return "; ".join(filter(None, (toll.group, whole, others, said)))


def _place_label(place: PlaceMention) -> str:
    """The place with its country and precision, and how far off it the text points: "20 km north of Lipa (…)"."""
    where = " ".join(filter(None, (place.country, place.precision)))
    low = f"{place.distance_low_km:g}–" if place.distance_low_km is not None else ""
    away = f"{low}{place.distance_km:g} km " if place.distance_km is not None else ""
    off = f"{away}{place.relation} " if place.relation is not None else away
    return f"{off}{place.name} ({where})"


def _words(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)


def segments(text: str, found: Iterable[Mark]) -> list[Segment]:
    """The whole text, cut at every edge of a mark; joined again, the segments' texts are the text."""
    found = list(found)
    cuts = sorted({0, len(text), *(edge for mark in found for edge in (mark.start, mark.end))})
    pieces = []
    for start, end in pairwise(cuts):
        covering = tuple(mark for mark in found if mark.start <= start and end <= mark.end)
        ending = tuple(sorted((mark for mark in covering if mark.end == end), key=lambda mark: -mark.start))
        pieces.append(Segment(text[start:end], covering, ending))
    return pieces


def unread(document: AnnotatedDocument) -> str | None:
    """Why the layers of a document hold nothing whatever it reports: "rejected: no-text"; None where they were read."""
    if document.rejected:
        return f"rejected: {document.rejected}"
    return None if document.supported else f"not read: no layers for the language ({document.language or 'unknown'})"


def view(document: AnnotatedDocument, *, color: bool = True, width: int = 110) -> str:
    """The text with its marks in the layers' colours, each with its label where it ends: for a terminal."""
    from rich.console import Console
    from rich.text import Text

    shown = Text()
    for segment in segments(document.text, marks(document)):
        style = " ".join(dict.fromkeys(_STYLES[mark.layer] for mark in segment.covering))
        shown.append(segment.text, style=style or None)
        for mark in segment.ending:
            shown.append(f"⟨{mark.label}⟩", style="dim")
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False)
    with console.capture() as captured:
        console.rule(Text(" — ".join(filter(None, (document.title or document.id, unread(document))))))
        console.print(shown)
    return captured.get().rstrip("\n")


def render(documents: Iterable[AnnotatedDocument]) -> str:
    """A self-contained page of the documents with their layers, each to be switched on and off without a script."""
    style = (files("variorum.exports.layers") / "layers.css").read_text(encoding="utf-8")
    pages = [(document, segments(document.text, marks(document))) for document in documents]
    layers = [layer for layer in _STYLES if any(layer in document.layers for document, _ in pages)]
    return template(__name__, "layers.html.j2").render(pages=pages, layers=layers, style=style, unread=unread)
