"""The dossier of an event: what is told of it and by whom, on how many legs it stands, what it answers, and why it is
coded as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from variorum.coding.ontology import QUADS, Ontology
from variorum.errors import UnknownEventError
from variorum.exports import wording
from variorum.exports.firsts import first_in, first_reported
from variorum.pipeline import Edition
from variorum.records import (
    Agreement,
    Claim,
    Contradiction,
    EditionDocument,
    Event,
    EventField,
    Evidence,
    Feature,
    Link,
    Origin,
    Participant,
    Reading,
    Status,
    StorySummary,
    Toll,
)
from variorum.web.charts.toll_chart import TollChart, toll_chart
from variorum.web.rendering import Chosen

from .answering import Asked, chosen_of, moved, page, shelf_of, shown
from .quoting import Quoted, Quoter
from .signing import names_in
from .standing import Standing, Standings

_AGAINST = frozenset({"denies", "doubts"})
_AHEAD = frozenset({"threatens", "promises", "demands"})
_STATUSES = {name: wording.status(name) or "having happened" for name in get_args(Status)}
_FIELDS = {"Who": "actor", "To whom": "recipient", "When": "time", "Where": "place", "Told as": "status"}
_CODINGS = 12  # reports whose coding is explained at once: each has its layers read for it


@dataclass(frozen=True)
class Telling:
    """One value of a field: its words, a remark, and the exact words behind it."""

    words: str
    note: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Fact:
    """A field of the event: `value` in words, how the accounts agree on it (None where that is not judged), its
    readings one by one, and whether a person set it."""

    label: str
    value: str
    agreement: Agreement | None
    tellings: tuple[Telling, ...]
    is_reviewed: bool = False


@dataclass(frozen=True)
class Figure:
    """A reading of a toll. `parts` and `replaced_by` are in words, `first` names the report that had it first."""

    figure: str
    speaker: str
    as_of: str | None
    first: str
    origins: int
    parts: str
    replaced_by: str | None
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class TollView:
    """A toll: the hull of what holds, in words; the readings that hold and those that were replaced, apart."""

    kind: str
    span: str
    agreement: Agreement
    chart: TollChart | None
    current: tuple[Figure, ...]
    superseded: tuple[Figure, ...]


@dataclass(frozen=True)
class Said:
    """A claim in exact words."""

    stance: str
    words: str
    is_quoted: bool
    as_of: str | None
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Speaker:
    """One who speaks of the event, with all that they say on one side of it."""

    name: str
    claims: tuple[Said, ...]


@dataclass(frozen=True)
class Side:
    speaker: str
    as_of: str | None
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class AtOdds:
    kind: str
    sentence: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class OriginView:
    """One witness: `name` is who stands behind the reports."""

    id: str
    name: str
    is_seen: bool
    reports: tuple[EditionDocument, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """A link, from the side of this event: how it relates to the `other`, by whose word."""

    relation: str
    other: str
    headline: str
    when: str
    speaker: str | None
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Coding:
    """Why one report is read as telling this event: its trigger, the report's own coding, and the reasons for it."""

    document: str
    source: str
    trigger: str
    code: str
    reasons: tuple[Feature, ...]
    inherited: tuple[str, ...]
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class DossierView:
    """`score` is PLOVER's, from -10 (conflict) to 10 (cooperation); `joined` says why the reports are one event."""

    event: Event
    story: StorySummary | None
    standing: Standing
    reports: str
    first: str
    code: str
    quad: str | None
    score: float | None
    definition: str
    status: str
    facts: tuple[Fact, ...]
    tolls: tuple[TollView, ...]
    claims_for: tuple[Speaker, ...]
    claims_against: tuple[Speaker, ...]
    claims_ahead: tuple[Speaker, ...]
    at_odds: tuple[AtOdds, ...]
    origins: tuple[OriginView, ...]
    answers: tuple[Tie, ...]
    answered_by: tuple[Tie, ...]
    codings: tuple[Coding, ...]
    more_codings: int
    joined: tuple[Feature, ...]
    told: tuple[Quoted, ...]
    versions: tuple[tuple[str, str], ...]


def view(edition: Edition, id_: str, chosen: Chosen | None = None) -> DossierView:
    """``coding=all`` explains every report's coding. Raises UnknownEventError where the edition has no one event of
    this id."""
    event = edition.event(id_)
    most = None if chosen is not None and chosen.first("coding") == "all" else _CODINGS
    quoter = Quoter(edition)
    contradictions = edition.contradictions_of(event)
    claims = edition.claims_of(event)
    denials = _denials(contradictions)
    links = edition.links_of(event)
    standing = Standings(edition).of(event, contradicted=bool(contradictions))
    ontology = Ontology.load()
    kind = ontology.types.get(event.type)
    return DossierView(
        event=event,
        story=next(iter(edition.summaries(ids=(event.story,))), None),
        standing=standing,
        reports=wording.reports(event),
        first=first_reported([quoter.line(id_) for id_ in event.documents]),
        code=f"{event.type} · {event.mode}" if event.mode else event.type,
        quad=QUADS[kind.quad] if kind else None,
        score=ontology.score(event.type, event.mode) if kind else None,
        definition=kind.definition if kind else "",
        status=wording.status(event.status),
        facts=tuple(
            replace(fact, is_reviewed=bool(standing.on(_FIELDS.get(fact.label, "")))) for fact in _facts(event, quoter)
        ),
        tolls=tuple(_toll(toll, event, quoter) for toll in event.tolls),
        claims_for=_said(quoter, (c for c in claims if c.stance not in _AGAINST | _AHEAD and c.id not in denials)),
        claims_against=_said(quoter, (c for c in claims if c.stance in _AGAINST or c.id in denials)),
        claims_ahead=_said(quoter, (c for c in claims if c.stance in _AHEAD and c.id not in denials)),
        at_odds=tuple(_at_odds(each, quoter) for each in contradictions),
        origins=tuple(_origins(edition, event, quoter)),
        answers=tuple(_tie(edition, quoter, each, forward=True) for each in links if each.source == event.id),
        answered_by=tuple(_tie(edition, quoter, each, forward=False) for each in links if each.target == event.id),
        codings=tuple(_codings(edition, event, quoter, most)),
        more_codings=max(0, len(event.mentions) - most) if most is not None else 0,
        joined=event.explanation,
        told=quoter.quotes(event.evidence),
        versions=tuple(edition.versions.items()),
    )


def _denials(contradictions: Iterable[Contradiction]) -> frozenset[str]:
    """The claims that deny what another says: who denies stands second."""
    return frozenset(
        each.sides[1].claim
        for each in contradictions
        if each.kind in ("polarity", "responsibility") and each.sides[1].claim is not None
    )


def _facts(event: Event, quoter: Quoter) -> Iterable[Fact]:
    who = _named(event.participants_actor, event.actors)
    if event.readings_actor is not None:
        yield Fact("Who", who, event.readings_actor.agreement, _readings(event.readings_actor, quoter))
    else:
        yield Fact("Who", who, None, _participants(event.participants_actor, event, quoter))
    whom = _named(event.participants_recipient, event.recipients)
    yield Fact("To whom", whom, None, _participants(event.participants_recipient, event, quoter))
    yield Fact("When", wording.when(event.time), event.time.agreement if event.time else None, _times(event, quoter))
    yield Fact("Where", _where(event), event.place.agreement if event.place else None, _places(event, quoter))
    for label, value, field in (
        ("With", ", ".join(event.instruments), event.readings_instrument),
        ("Told as", wording.status(event.status) or "having happened", event.readings_status),
    ):
        if field is not None:
            yield Fact(label, value, field.agreement, _readings(field, quoter))
        elif label == "With" and value:
            yield Fact(label, value, None, ())
    if event.contexts:
        yield Fact("About", ", ".join(event.contexts).replace("_", " "), None, ())


def _named(resolved: Sequence[Participant], plain: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(each.name for each in resolved)) or ", ".join(plain) or "not told"


def _participants(resolved: Sequence[Participant], event: Event, quoter: Quoter) -> tuple[Telling, ...]:
    count = len(event.documents)
    return tuple(
        Telling(_name(each), _named_by(each, count), quoter.quotes(each.evidence)) for each in resolved if each.evidence
    )


def _readings(field: EventField, quoter: Quoter) -> tuple[Telling, ...]:
    return tuple(
        Telling(
            _STATUSES.get(each.name, each.name),
            f"{_word_of(each.speaker)}, {_behind(each.origins)}",
            quoter.quotes(each.evidence),
        )
        for each in field.readings
    )


def _word_of(speaker: str | None) -> str:
    return f"on the word of {speaker}" if speaker else "the reporter’s own word"


def _name(who: Participant) -> str:
    told = " ".join(filter(None, (who.country, who.sector)))
    return f"{who.name} ({told})" if told else who.name


def _named_by(who: Participant, count: int) -> str:
    named = len({item.document for item in who.evidence})
    return f"named by {named} of {count} reports" if count > 1 else "named by the one report"


def _times(event: Event, quoter: Quoter) -> tuple[Telling, ...]:
    readings = event.time.readings if event.time else ()
    return tuple(
        Telling(f"“{each.words}”: {wording.when(each)}", _behind(each.origins), quoter.quotes(each.evidence))
        for each in readings
    )


def _where(event: Event) -> str:
    place = event.place
    return wording.where(place) + (f" (known to the {_grain(place.precision)})" if place else "")


def _places(event: Event, quoter: Quoter) -> tuple[Telling, ...]:
    readings = event.place.readings if event.place else ()
    return tuple(
        Telling(
            wording.where(each),
            f"to the {_grain(each.precision)}, {_behind(each.origins)}",
            quoter.quotes(each.evidence),
        )
        for each in readings
    )


def _grain(precision: str) -> str:
    return {"admin1": "province", "unknown": "name alone"}.get(precision, precision)


def _behind(origins: Sequence[str]) -> str:
    return f"{len(origins)} independent origin{'s' * (len(origins) != 1)}"


def _toll(toll: Toll, event: Event, quoter: Quoter) -> TollView:
    by_id = {reading.id: reading for each in event.tolls for reading in each.readings}
    figures = [(reading, _figure(reading, by_id, quoter)) for reading in toll.readings]
    return TollView(
        kind=toll.kind,
        span=_span(toll),
        agreement=toll.agreement,
        chart=toll_chart(toll),
        current=tuple(figure for reading, figure in figures if reading.superseded_by is None),
        superseded=tuple(figure for reading, figure in figures if reading.superseded_by is not None),
    )


def _span(toll: Toll) -> str:
    """What holds, in words; of figures in dispute each, for there is none between them."""
    if toll.agreement != "disputed":
        return wording.span(toll)
    current = [reading for reading in toll.readings if reading.superseded_by is None]
    return " or ".join(dict.fromkeys(wording.amount(each.low, each.high, each.words) for each in current))


def _figure(reading: Reading, by_id: dict[str, Reading], quoter: Quoter) -> Figure:
    later = by_id.get(reading.superseded_by or "")
    return Figure(
        figure=wording.reading(reading),
        speaker=reading.speaker or "the reporter’s own word",
        as_of=_day(reading.as_of),
        first=first_in(quoter.lines(reading.evidence)),
        origins=len(reading.origins),
        parts=", ".join(map(wording.reading, reading.parts)),
        replaced_by=wording.reading(later) if later else None,
        quotes=quoter.quotes([*reading.evidence, *(item for part in reading.parts for item in part.evidence)]),
    )


def _day(iso: str | None) -> str | None:
    return wording.moment(iso[:10]) if iso else None


def _said(quoter: Quoter, claims: Iterable[Claim]) -> tuple[Speaker, ...]:
    """Claims by speaker, in the order in which the edition first has each."""
    found: dict[str, list[Said]] = {}
    for claim in claims:
        stance = f"{claim.stance or 'says'}{wording.proposed(claim)}"
        said = Said(stance, claim.quote, claim.quoted, _day(claim.as_of), quoter.quotes(claim.evidence))
        found.setdefault(claim.speaker or "An unnamed source", []).append(said)
    return tuple(Speaker(name, tuple(each)) for name, each in found.items())


def _at_odds(found: Contradiction, quoter: Quoter) -> AtOdds:
    sides = (
        Side(each.speaker or "The reporter’s own word", _day(each.as_of), quoter.quotes(each.evidence))
        for each in found.sides
    )
    return AtOdds(found.kind, found.sentence, tuple(sides))


def _origins(edition: Edition, event: Event, quoter: Quoter) -> Iterable[OriginView]:
    """Those with the most reports first. A report whose origin is not among the event's stands alone."""
    reports: defaultdict[str, list[EditionDocument]] = defaultdict(list)
    for id_ in event.documents:
        line = quoter.line(id_)
        reports[line.origin or id_].append(line)
    for id_, lines in sorted(reports.items(), key=lambda each: (-len(each[1]), each[0])):
        lines.sort(key=lambda line: (line.published is None, line.published or "", line.id))
        origin = edition.origin(id_) if lines[0].origin else None
        name = (origin.upstream if origin else None) or quoter.source(lines[0].id)
        yield OriginView(id_, name, origin is None or origin.seen, tuple(lines), _reasons(edition, origin))


def _reasons(edition: Edition, origin: Origin | None) -> tuple[str, ...]:
    return names_in(edition, origin.evidence) if origin is not None else ()


def _tie(edition: Edition, quoter: Quoter, link: Link, *, forward: bool) -> Tie:
    other = edition.event(link.target if forward else link.source)
    return Tie(
        relation=f"{wording.link(link.kind, forward=forward)}{wording.proposed(link)}",
        other=other.id,
        headline=other.headline,
        when=wording.when(other.time),
        speaker=link.speaker,
        quotes=quoter.quotes(link.evidence),
    )


def _codings(edition: Edition, event: Event, quoter: Quoter, most: int | None) -> Iterable[Coding]:
    for key in event.mentions[:most]:
        annotation = edition.stored(key.document).annotation
        if annotation is None or key.index >= len(annotation.events):
            continue
        mention = annotation.events[key.index]
        evidence = Evidence(document=key.document, start=mention.start, end=mention.end)
        yield Coding(
            document=key.document,
            source=quoter.source(key.document),
            trigger=mention.trigger,
            code=f"{mention.type} · {mention.mode}" if mention.mode else mention.type,
            reasons=mention.explanation,
            inherited=mention.inherited,
            quotes=quoter.quotes((evidence,)),
        )


@page("/events/{event:str}")
def dossier(request: Asked) -> Any:
    asked: str = request.path_params["event"]
    with shelf_of(request).now() as edition:
        try:
            found = view(edition, asked, chosen_of(request))
        except UnknownEventError:
            later = edition.successor(asked)
            if later is None:
                raise
            return moved(request, "events", later.id)
    if found.event.id != asked:
        return moved(request, "events", found.event.id)
    return shown(request, "dossier.html.j2", found)


HANDLERS = [dossier]
