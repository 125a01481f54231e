"""The coded events of documents one by one, before accounts are folded into events: as text, and as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from textwrap import wrap

from variorum.coding.ontology import QUADS, Ontology
from variorum.records import ActorMention, AnnotatedDocument, EventMention, TollMention

from .lines import WIDTH, rule

COLUMNS = (
    "document", "published", "event", "start", "end", "trigger", "type", "mode", "quad", "score", "status",
    "actors", "actor_codes", "recipients", "recipient_codes", "place", "country", "latitude", "longitude", "precision",
    "earliest", "latest", "killed_low", "killed_high", "injured_low", "injured_high", "instrument", "target",
    "speaker", "contexts", "confidence",
)  # fmt: skip
"""One row an event; several actors, and their codes, with "; " between them."""
_LONGEST = 110
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def rows(document: AnnotatedDocument, ontology: Ontology) -> Iterator[dict[str, str]]:
    """A row of `COLUMNS` for each coded event of a document, in text order. What is not told is empty."""
    for number, event in enumerate(document.events):
        kind = ontology.types[event.type]
        actors, recipients = _parties(document, event.actors), _parties(document, event.recipients)
        place = document.places[event.place] if event.place is not None else None
        time = document.times[event.time] if event.time is not None else None
        said = document.attributions[event.attribution] if event.attribution is not None else None
        row: dict[str, object] = {
            "document": document.id,
            "published": document.published,
            "event": number,
            "start": event.start,
            "end": event.end,
            "trigger": event.trigger,
            "type": event.type,
            "mode": event.mode,
            "quad": kind.quad,
            "score": ontology.score(event.type, event.mode),
            "status": event.status,
            "actors": "; ".join(actor.name for actor in actors),
            "actor_codes": "; ".join(map(_code, actors)),
            "recipients": "; ".join(actor.name for actor in recipients),
            "recipient_codes": "; ".join(map(_code, recipients)),
            "place": place and place.name,
            "country": place and place.country,
            "latitude": place and place.lat,
            "longitude": place and place.lon,
            "precision": place and place.precision,
            "earliest": time and time.earliest,
            "latest": time and time.latest,
            "instrument": event.instrument and event.instrument.of(document.text),
            "target": event.target and event.target.of(document.text),
            "speaker": said and said.speaker,
            "contexts": "; ".join(event.contexts),
            "confidence": event.confidence,
        }
        for harm in ("killed", "injured"):
            toll = _toll(document, event, harm)
            row |= {f"{harm}_low": toll and toll.low, f"{harm}_high": toll and toll.high}
        yield {name: "" if row[name] is None else _cell(str(row[name])) for name in COLUMNS}


def csv_lines(found: Iterator[dict[str, str]], *, header: bool) -> str:
    """Rows as CSV (RFC 4180 quoting, lines ended by a line feed), under their header if asked for."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def view(document: AnnotatedDocument, *, explain: bool = False) -> str:
    """A document's events for a terminal: code, who did it to whom, when and where, and the words; with `explain` also
    which words and rules gave each field."""
    lines = [rule(document.title or document.id)]
    if document.rejected is not None:
        return "\n".join((*lines, f"rejected: {document.rejected}"))
    if not document.events:
        lines.append("no events")
    for event in document.events:
        mode = f" · {event.mode}" if event.mode else ""
        lines.append(f"● {event.type}{mode} · {event.status}")
        lines.append(f"  {_names(document, event.actors) or 'not told'} → {_names(document, event.recipients) or '–'}")
        if event.contexts:
            lines.append(f"  about {', '.join(event.contexts)}")
        if about := _about(document, event):
            lines.append(f"  {about}")
        lines.append(f"  {_words(document.text, event)}")
        for each in event.explanation if explain else ():
            if each.note:
                lines += wrap(f"{each.name}: {each.note}", WIDTH, initial_indent="    ", subsequent_indent="      ")
    return "\n".join(lines)


def types(ontology: Ontology) -> str:
    """What an ontology codes: each type with its quad, score, definition, modes and examples."""
    lines = [rule(f"{ontology.name} {ontology.version}")]
    for code, kind in ontology.types.items():
        lines += ["", f"{code} · {QUADS[kind.quad]} · {kind.score:+g}"]
        lines += wrap(kind.definition, WIDTH, initial_indent="  ", subsequent_indent="  ")
        lines += [f"  + {example}" for example in kind.examples]
        lines += [f"  – {example}" for example in kind.counterexamples]
        for mode in kind.modes.values():
            lines.append(f"  {mode.code} ({mode.score:+g}){f': {mode.definition}' if mode.definition else ''}")
    return "\n".join(lines)


def _parties(document: AnnotatedDocument, numbers: tuple[int, ...]) -> list[ActorMention]:
    return [document.actors[number] for number in numbers]


def _code(actor: ActorMention) -> str:
    return " ".join(filter(None, (actor.country, actor.sector)))


def _names(document: AnnotatedDocument, numbers: tuple[int, ...]) -> str:
    named = [(actor.name, _code(actor)) for actor in _parties(document, numbers)]
    return ", ".join(f"{name} ({code})" if code else name for name, code in named)


def _toll(document: AnnotatedDocument, event: EventMention, kind: str) -> TollMention | None:
    """The first whole toll of a kind."""
    tolls = (document.tolls[number] for number in event.tolls)
    return next((toll for toll in tolls if toll.kind == kind and toll.part_of is None), None)


def _about(document: AnnotatedDocument, event: EventMention) -> str:
    """Time, place, tolls and speaker in the text's own words."""
    told = [
        document.times[event.time].text if event.time is not None else "",
        document.places[event.place].text if event.place is not None else "",
        *(f"{document.tolls[number].kind}: {document.tolls[number].text}" for number in event.tolls),
    ]
    if event.attribution is not None:
        told.append(f"on the word of {document.attributions[event.attribution].speaker or 'one not named'}")
    return " · ".join(filter(None, told))


def _words(text: str, event: EventMention) -> str:
    """The trigger in its line, with its characters."""
    first = text.rfind("\n", 0, event.start) + 1
    last = text.find("\n", event.end)
    around = max(first, event.start - _LONGEST // 2), min(last if last >= 0 else len(text), event.end + _LONGEST // 2)
    before, after = text[around[0] : event.start], text[event.end : around[1]]
    before = before if around[0] == first else f"…{before.partition(' ')[2]}"
    after = after if around[1] in (last, len(text)) else f"{after.rpartition(' ')[0]}…"
    return f"{before}[{text[event.start : event.end]}]{after}  {event.start}–{event.end}"


def _cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    return f"'{value}" if value.startswith(_FORMULAS) and not _is_number(value) else value


def _is_number(value: str) -> bool:
    return value.lstrip("-").replace(".", "", 1).isdigit()
