"""Where the accounts of an edition disagree: every reading beside the other, none ruled on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent, shorten, wrap

from variorum.records import Claim, EditionContent, EditionDocument, Event, Evidence, Record

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
    """What the accounts of one event do not agree on. `field` is a kind of toll, "time", "place", or "claims": there
    someone denies what others say of the event."""

    event: str
    headline: str
    field: str
    sides: tuple[Side, ...]


def disputes(content: EditionContent) -> list[Dispute]:
    """Every dispute, those behind which most independent origins stand first."""
    found: list[tuple[int, Dispute]] = []
    for event in content.events:
        for field, sides in (*_fields(event), *_denials(event, content.claims)):
            dispute = Dispute(event=event.id, headline=event.headline, field=field, sides=sides)
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


def _denials(event: Event, claims: Sequence[Claim]) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """What is denied of an event, beside the first that each other speaker asserts of it or accuses someone of."""
    about = [claim for claim in claims if claim.event == event.id and claim.speaker is not None]
    denied = [claim for claim in about if claim.stance == "denies"]
    deniers = {claim.speaker for claim in denied}
    told: dict[str | None, Claim] = {}
    for claim in about:
        if claim.stance in ("asserts", "accuses") and claim.speaker not in deniers:
            told.setdefault(claim.speaker, claim)
    if denied and told:
        yield "claims", tuple(_said(claim) for claim in (*denied, *told.values()))


def _said(claim: Claim) -> Side:
    return Side(
        says=f"{claim.speaker} {claim.stance}: “{claim.quote.strip('“”')}”",
        speaker=claim.speaker,
        superseded=False,
        origins=len(claim.origins),
        evidence=claim.evidence,
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
        for side in dispute.sides:
            lines.append(indent("\n".join(wrap(side.says, WIDTH - 2, subsequent_indent="  ")), "  "))
            if dispute.field == "claims":
                names = dict.fromkeys(document_name(documents[item.document]) for item in side.evidence)
                lines += [f"      {name}" for name in names]
            else:
                lines += evidence_lines(side.evidence, documents, quote)
    return "\n".join(lines)
