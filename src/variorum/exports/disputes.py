"""Where the accounts of an edition disagree: every reading beside the other, none ruled on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent, shorten, wrap

from variorum.records import EditionContent, EditionDocument, Event, Evidence, Position, Record

from . import wording
from .lines import WIDTH, Quote, document_name, evidence_lines, reading_line, rule


class Side(Record, frozen=True, kw_only=True):
    """One of the answers: what it says, who gives it, and every place where it stands."""

    says: str
    speaker: str | None
    superseded: bool
    origins: int
    evidence: tuple[Evidence, ...]


class Dispute(Record, frozen=True, kw_only=True):
    """What the accounts of one event do not agree on. `field` is a kind of toll, "time" or "place", with every reading;
    or the kind of a contradiction of two speakers, which `sentence` tells."""

    event: str
    headline: str
    field: str
    sides: tuple[Side, ...]
    sentence: str | None = None


def disputes(content: EditionContent) -> list[Dispute]:
    """Every dispute, those behind which most independent origins stand first."""
    found: list[tuple[int, Dispute]] = []
    for event in content.events:
        for field, sides in _fields(event):
            dispute = Dispute(event=event.id, headline=event.headline, field=field, sides=sides)
            found.append((event.independent_origins, dispute))
    events = {event.id: event for event in content.events}
    for item in content.contradictions:
        event = events[item.event]
        dispute = Dispute(
            event=event.id,
            headline=event.headline,
            field=item.kind,
            sides=tuple(_said(side) for side in item.sides),
            sentence=item.sentence,
        )
        found.append((event.independent_origins, dispute))
    return [dispute for _, dispute in sorted(found, key=lambda item: (-item[0], item[1].event, item[1].field))]


def _fields(event: Event) -> Iterator[tuple[str, tuple[Side, ...]]]:
    for toll in event.tolls:
        if toll.agreement == "disputed":
            yield (
                toll.kind,
                tuple(
                    Side(
                        says=reading_line(reading),
                        speaker=reading.speaker,
                        superseded=reading.superseded_by is not None,
                        origins=len(reading.origins),
                        evidence=reading.evidence,
                    )
                    for reading in toll.readings
                ),
            )
    if event.time is not None and event.time.agreement == "disputed":
        yield "time", tuple(_side(wording.when(each), each.origins, each.evidence) for each in event.time.readings)
    if event.place is not None and event.place.agreement == "disputed":
        yield "place", tuple(_side(wording.where(each), each.origins, each.evidence) for each in event.place.readings)


def _side(says: str, origins: Sequence[str], evidence: tuple[Evidence, ...]) -> Side:
    return Side(says=says, speaker=None, superseded=False, origins=len(origins), evidence=evidence)


def _said(side: Position) -> Side:
    return Side(
        says=f"{side.speaker or 'the reporter’s own word'}: “{side.quote.strip('“”')}”",
        speaker=side.speaker,
        superseded=False,
        origins=len(side.origins),
        evidence=side.evidence,
    )


def view(found: Sequence[Dispute], documents: Mapping[str, EditionDocument], quote: Quote) -> str:
    """The disputes for a terminal, each side with its exact words."""
    if not found:
        return "The accounts disagree on nothing that was read of them."
    lines: list[str] = []
    event = None
    for dispute in found:
        if dispute.event != event:
            lines += [*([""] if event else []), rule(shorten(dispute.headline, WIDTH - 10)), f"{dispute.event}"]
            event = dispute.event
        lines += ["", f"{dispute.field.capitalize()}:"]
        if dispute.sentence is not None:
            lines.append(indent("\n".join(wrap(dispute.sentence, WIDTH - 2)), "  "))
        for side in dispute.sides:
            if dispute.sentence is not None:
                names = dict.fromkeys(document_name(documents[item.document]) for item in side.evidence)
                lines += [f"      {side.speaker or 'the reporter’s own word'}: {name}" for name in names]
            else:
                lines.append(indent("\n".join(wrap(side.says, WIDTH - 2, subsequent_indent="  ")), "  "))
                lines += evidence_lines(side.evidence, documents, quote)
    return "\n".join(lines)
