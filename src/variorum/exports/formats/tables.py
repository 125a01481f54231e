"""An edition as typed tables: the same for CSV, Parquet and the data package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from variorum.coding.ontology import Ontology
from variorum.exports import wording
from variorum.exports.shapes import LOCATED, point, toll_of
from variorum.records import Event, Evidence, PlaceReading, Reading

from .base import Job

ColumnType = Literal["string", "integer", "number", "boolean", "list"]
Row = dict[str, Any]


class Column(NamedTuple):
    """`type` "list" is a list of strings, in CSV one cell with "; " between them."""

    name: str
    type: ColumnType
    description: str


class Table(NamedTuple):
    """`key` are the columns that tell rows apart; `refers` names the table and column that a column's values are of."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: dict[str, tuple[str, str]]
    rows: Callable[[Job], Iterator[Row]]


def _columns(*told: tuple[str, ColumnType, str]) -> tuple[Column, ...]:
    return tuple(Column(*each) for each in told)


def _documents(job: Job) -> Iterator[Row]:
    for each in job.source.documents():
        text = job.source.text(each.id).text if job.options.full_text and not each.rejected else None
        yield {
            "id": each.id,
            "story": each.story,
            "origin": each.origin,
            "source": each.source,
            "outlet": each.outlet,
            "title": each.title,
            "published": each.published,
            "url": each.url,
            "language": each.language,
            "supported": each.supported,
            "rejected": each.rejected,
            "version": each.version.number if each.version else None,
            "versions": each.version.of if each.version else None,
            "text": text,
        }


def _events(job: Job) -> Iterator[Row]:
    ontology = Ontology.load()
    for event in job.source.events():
        kind, time, place, at = ontology.types.get(event.type), event.time, event.place, point(event.place)
        row: Row = {
            "id": event.id,
            "story": event.story,
            "type": event.type,
            "mode": event.mode,
            "quad": kind.quad if kind else None,
            "score": ontology.score(event.type, event.mode) if kind else None,
            "status": event.status,
            "headline": event.headline,
            "contexts": event.contexts,
            "instruments": event.instruments,
            "earliest": time.earliest if time else None,
            "latest": time.latest if time else None,
            "time_agreement": time.agreement if time else "unknown",
            "place": place.name if place else None,
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "geonameid": place.geonameid if place else None,
            "latitude": at[0] if at else None,
            "longitude": at[1] if at else None,
            "precision": place.precision if place else None,
            "place_agreement": place.agreement if place else "unknown",
            "documents": len(event.documents),
            "independent_origins": event.independent_origins,
        }
        for harm in ("killed", "injured"):
            toll = toll_of(event, harm)
            row |= {f"{harm}_low": toll and toll.low, f"{harm}_high": toll and toll.high}
            row[f"{harm}_agreement"] = toll.agreement if toll else "unknown"
        yield {**row, "proposed_by": wording.proposers(event)}


def _participants(job: Job) -> Iterator[Row]:
    for event in job.source.events():
        for role, parties in (("actor", event.participants_actor), ("recipient", event.participants_recipient)):
            for number, each in enumerate(parties, 1):
                yield {
                    "event": event.id,
                    "role": role,
                    "number": number,
                    "name": each.name,
                    "key": each.key,
                    "country": each.country,
                    "sector": each.sector,
                }


def all_readings(event: Event) -> Iterator[tuple[str, Reading, str | None]]:
    """Every reading of an event's tolls with the kind of harm, and the reading that it is a part of."""
    for toll in event.tolls:
        for reading in toll.readings:
            yield toll.kind, reading, None
            for part in reading.parts:
                yield toll.kind, part, reading.id


def _readings(job: Job) -> Iterator[Row]:
    for event in job.source.events():
        for kind, reading, whole in all_readings(event):
            yield {
                "id": reading.id,
                "event": event.id,
                "kind": kind,
                "low": reading.low,
                "high": reading.high,
                "group": reading.group,
                "speaker": reading.speaker,
                "as_of": reading.as_of,
                "superseded_by": reading.superseded_by,
                "whole": whole,
                "words": job.quotations.of(reading.words, reading.evidence[:1]) if reading.evidence else "",
                "origins": reading.origins,
            }


def _times(job: Job) -> Iterator[Row]:
    for event in job.source.events():
        for number, each in enumerate(event.time.readings if event.time else (), 1):
            yield {
                "event": event.id,
                "number": number,
                "earliest": each.earliest,
                "latest": each.latest,
                "words": job.quotations.of(each.words, each.evidence[:1]) if each.evidence else each.words,
                "origins": each.origins,
            }


def _places(job: Job) -> Iterator[Row]:
    for event in job.source.events():
        for number, each in enumerate(event.place.readings if event.place else (), 1):
            yield {
                "event": event.id,
                "number": number,
                "name": each.name,
                "country": each.country,
                "admin1": each.admin1,
                "geonameid": each.geonameid,
                **_point(each),
                "precision": each.precision,
                "origins": each.origins,
            }


def _point(place: PlaceReading) -> Row:
    located = place.precision in LOCATED
    return {"latitude": place.lat if located else None, "longitude": place.lon if located else None}


def _claims(job: Job) -> Iterator[Row]:
    for each in job.source.claims():
        yield {
            "id": each.id,
            "event": each.event,
            "speaker": each.speaker,
            "stance": each.stance,
            "quoted": each.quoted,
            "quote": job.quotations.of(each.quote, each.evidence),
            "as_of": each.as_of,
            "origins": each.origins,
            "proposed_by": wording.proposers(each),
        }


def _links(job: Job) -> Iterator[Row]:
    for each in job.source.links():
        yield {
            "source": each.source,
            "kind": each.kind,
            "target": each.target,
            "speaker": each.speaker or "",
            "words": job.quotations.of(each.words, each.evidence[:1]),
            "proposed_by": wording.proposers(each),
        }


def _contradictions(job: Job) -> Iterator[Row]:
    for each in job.source.contradictions():
        for number, side in enumerate(each.sides, 1):
            yield {
                "id": each.id,
                "side": number,
                "event": each.event,
                "kind": each.kind,
                "speaker": side.speaker,
                "quote": job.quotations.of(side.quote, side.evidence),
                "claim": side.claim,
                "reading": side.reading,
                "as_of": side.as_of,
                "origins": side.origins,
            }


def _origins(job: Job) -> Iterator[Row]:
    for each in job.source.origins():
        for document in each.documents:
            yield {"id": each.id, "document": document, "upstream": each.upstream, "seen": each.seen}


def _derivations(job: Job) -> Iterator[Row]:
    for each in job.source.derivations():
        yield {
            "source": each.source,
            "target": each.target,
            "kind": each.kind,
            "directed": each.directed,
            "score": each.score,
            "passages": len(each.passages),
            "changes": len(each.changes),
        }


def _statements(job: Job) -> Iterator[Row]:
    for each in job.source.statements():
        for number, passage in enumerate(each.passages, 1):
            stands = Evidence(document=passage.document, start=passage.span.start, end=passage.span.end)
            yield {
                "id": each.id,
                "number": number,
                "document": passage.document,
                "start": passage.span.start,
                "end": passage.span.end,
                "speaker": each.speaker,
                "quote": job.quotations.words(stands),
            }


def _evidence(job: Job) -> Iterator[Row]:
    for of, id_, evidence in _owners(job):
        for each in dict.fromkeys(evidence):
            yield {
                "of": of,
                "id": id_,
                "document": each.document,
                "field": each.field,
                "start": each.start,
                "end": each.end,
                "words": job.quotations.words(each),
            }


def _owners(job: Job) -> Iterator[tuple[str, str, Iterable[Evidence]]]:
    for event in job.source.events():
        yield "event", event.id, event.evidence
        for _, reading, _ in all_readings(event):
            yield "reading", reading.id, reading.evidence
    for claim in job.source.claims():
        yield "claim", claim.id, claim.evidence
    for link in job.source.links():
        yield "link", f"{link.source} {link.kind} {link.target} {link.speaker or ''}".rstrip(), link.evidence
    for item in job.source.contradictions():
        yield "contradiction", item.id, [each for side in item.sides for each in side.evidence]


_EVENT = {"event": ("events", "id")}
_PROPOSED: tuple[str, ColumnType, str] = (
    "proposed_by",
    "list",
    "The models that proposed any of it; empty where the rules alone have it.",
)
TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "The documents, the rejected ones with the reason.",
        _columns(
            ("id", "string", "The document's id."),
            ("story", "string", "The story it belongs to, empty where it tells no event."),
            ("origin", "string", "The origin of most of its text."),
            ("source", "string", "Where it was found, relative to what the user named."),
            ("outlet", "string", "Who published it."),
            ("title", "string", "Its title."),
            ("published", "string", "When it was published, ISO 8601, no finer than the page tells."),
            ("url", "string", "Its address."),
            ("language", "string", "ISO 639-1."),
            ("supported", "boolean", "False where no pipeline reads its language."),
            ("rejected", "string", "Why it was rejected, empty where it was taken."),
            ("version", "integer", "Which of the texts that one address had, by time, from 1."),
            ("versions", "integer", "How many texts that address had."),
            ("text", "string", "The whole text; empty without --full-text."),
        ),
        ("id",),
        {},
        _documents,
    ),
    Table(
        "events",
        "The events, in the order of time.",
        _columns(
            ("id", "string", "The event's id."),
            ("story", "string", "The story it belongs to."),
            ("type", "string", "PLOVER's type."),
            ("mode", "string", "PLOVER's mode."),
            ("quad", "integer", "1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."),
            ("score", "number", "PLOVER's scale from -10, conflict, to 10, cooperation."),
            ("status", "string", "actual, ongoing, historical, future, hypothetical or negated."),
            ("headline", "string", "A sentence made of the coded fields."),
            ("contexts", "list", "PLOVER's contexts."),
            ("instruments", "list", "With what, in the texts' words."),
            ("earliest", "string", "The earliest it may have been, ISO 8601, empty where open."),
            ("latest", "string", "The latest it may have been."),
            ("time_agreement", "string", "agreed, single-source, disputed or unknown."),
            ("place", "string", "Where it was."),
            ("country", "string", "ISO 3166 alpha-2."),
            ("admin1", "string", "The country's first-level division."),
            ("geonameid", "integer", "GeoNames' number of the place."),
            ("latitude", "number", "Degrees; empty where the place is told no finer than a country or region."),
            ("longitude", "number", "Degrees, as latitude."),
            ("precision", "string", "site, city, district, admin1, country, region or unknown."),
            ("place_agreement", "string", "As time_agreement."),
            ("documents", "integer", "How many documents tell it."),
            ("independent_origins", "integer", "How many independent origins stand behind them."),
            ("killed_low", "integer", "The least that a figure in force gives."),
            ("killed_high", "integer", "The most that one gives, empty where one is open."),
            ("killed_agreement", "string", "As time_agreement."),
            ("injured_low", "integer", "As killed_low."),
            ("injured_high", "integer", "As killed_high."),
            ("injured_agreement", "string", "As time_agreement."),
            _PROPOSED,
        ),
        ("id",),
        {},
        _events,
    ),
    Table(
        "participants",
        "Who took part in each event.",
        _columns(
            ("event", "string", "The event."),
            ("role", "string", "actor or recipient."),
            ("number", "integer", "The place in the role, from 1."),
            ("name", "string", "The name that is shown."),
            ("key", "string", "Tells two of a name apart."),
            ("country", "string", "ISO 3166 alpha-3."),
            ("sector", "string", "PLOVER's sector."),
        ),
        ("event", "role", "number"),
        _EVENT,
        _participants,
    ),
    Table(
        "readings",
        "Every figure of people harmed, as one speaker gave it.",
        _columns(
            ("id", "string", "The reading's id."),
            ("event", "string", "The event."),
            ("kind", "string", "killed, injured, missing, captured, displaced or casualties."),
            ("low", "integer", "The least it says, empty where open."),
            ("high", "integer", "The most it says, empty where open."),
            ("group", "string", "Who they were, in the text's words; empty where all are counted."),
            ("speaker", "string", "Who says so; empty is the reporter's own word."),
            ("as_of", "string", "The date of the words."),
            ("superseded_by", "string", "The later reading that replaces it; of wounded who died, that of the dead."),
            ("whole", "string", "The reading that it is a part of."),
            ("words", "string", "The figure as its first evidence has it."),
            ("origins", "list", "The independent origins that carry it."),
        ),
        ("id",),
        _EVENT | {"superseded_by": ("readings", "id"), "whole": ("readings", "id")},
        _readings,
    ),
    Table(
        "times",
        "Every time that the accounts give for an event.",
        _columns(
            ("event", "string", "The event."),
            ("number", "integer", "The place in the event, from 1."),
            ("earliest", "string", "ISO 8601, empty where open."),
            ("latest", "string", "ISO 8601, empty where open."),
            ("words", "string", "The text's words."),
            ("origins", "list", "The independent origins that carry it."),
        ),
        ("event", "number"),
        _EVENT,
        _times,
    ),
    Table(
        "places",
        "Every place that the accounts give for an event.",
        _columns(
            ("event", "string", "The event."),
            ("number", "integer", "The place in the event, from 1."),
            ("name", "string", "The place."),
            ("country", "string", "ISO 3166 alpha-2."),
            ("admin1", "string", "The country's first-level division."),
            ("geonameid", "integer", "GeoNames' number."),
            ("latitude", "number", "Degrees; empty where no finer than a country or region."),
            ("longitude", "number", "Degrees, as latitude."),
            ("precision", "string", "As in events."),
            ("origins", "list", "The independent origins that carry it."),
        ),
        ("event", "number"),
        _EVENT,
        _places,
    ),
    Table(
        "claims",
        "What someone says, in exact words.",
        _columns(
            ("id", "string", "The claim's id."),
            ("event", "string", "The event it is about, empty where none is coded."),
            ("speaker", "string", "Who says it."),
            ("stance", "string", "asserts, denies, threatens, promises, demands, accuses or doubts."),
            ("quoted", "boolean", "Whether it stands in quotation marks."),
            ("quote", "string", "The words, cut where the article's limit is reached."),
            ("as_of", "string", "The date of the words."),
            ("origins", "list", "The independent origins that carry it."),
            _PROPOSED,
        ),
        ("id",),
        _EVENT,
        _claims,
    ),
    Table(
        "links",
        "What an event answers, follows, repeats or is part of.",
        _columns(
            ("source", "string", "The event that answers."),
            ("kind", "string", "responds-to, justified-by, part-of, follows or repeats."),
            ("target", "string", "The event that is answered."),
            ("speaker", "string", "On whose word it stands; empty is the narrator."),
            ("words", "string", "The words that say so."),
            _PROPOSED,
        ),
        ("source", "kind", "target", "speaker"),
        {"source": ("events", "id"), "target": ("events", "id")},
        _links,
    ),
    Table(
        "contradictions",
        "What two speakers say of one event and cannot both be true, a row a side.",
        _columns(
            ("id", "string", "The contradiction's id."),
            ("side", "integer", "1 or 2; who denies is 2."),
            ("event", "string", "The event."),
            ("kind", "string", "number, role, place, date, polarity or responsibility."),
            ("speaker", "string", "Who says it; empty is the reporter's own word."),
            ("quote", "string", "The words, cut where the article's limit is reached."),
            ("claim", "string", "The claim it stands in."),
            ("reading", "string", "The reading it stands in."),
            ("as_of", "string", "The date of the words."),
            ("origins", "list", "The independent origins that carry it."),
        ),
        ("id", "side"),
        _EVENT | {"claim": ("claims", "id"), "reading": ("readings", "id")},
        _contradictions,
    ),
    Table(
        "origins",
        "The independent witnesses, a row for each of their documents.",
        _columns(
            ("id", "string", "The origin's id."),
            ("document", "string", "A document of it."),
            ("upstream", "string", "Who made the text behind it, where credits say."),
            ("seen", "boolean", "False where that text is not among the documents."),
        ),
        ("id", "document"),
        {},
        _origins,
    ),
    Table(
        "derivations",
        "Who used whose text.",
        _columns(
            ("source", "string", "The document that was used."),
            ("target", "string", "The document that used it."),
            ("kind", "string", "verbatim, abridged, paraphrase, quotes-only or common-source."),
            ("directed", "boolean", "False where the order of the two says nothing."),
            ("score", "number", "0 to 1."),
            ("passages", "integer", "How many passages they share."),
            ("changes", "integer", "How many changes were made in them."),
        ),
        ("source", "target"),
        {"source": ("documents", "id"), "target": ("documents", "id")},
        _derivations,
    ),
    Table(
        "statements",
        "Words that several documents carry, a row for each place where they stand.",
        _columns(
            ("id", "string", "The statement's id."),
            ("number", "integer", "The place in the statement, from 1."),
            ("document", "string", "The document."),
            ("start", "integer", "First character of the text."),
            ("end", "integer", "Past the last character."),
            ("speaker", "string", "Whose words they are."),
            ("quote", "string", "The words, cut where the article's limit is reached."),
        ),
        ("id", "number"),
        {},
        _statements,
    ),
    Table(
        "evidence",
        "The characters of a document that each value rests on.",
        _columns(
            ("of", "string", "event, reading, claim, link or contradiction."),
            ("id", "string", "Its id; of a link its source, kind, target and speaker."),
            ("document", "string", "The document."),
            ("field", "string", "text or title."),
            ("start", "integer", "First character."),
            ("end", "integer", "Past the last character."),
            ("words", "string", "The words, cut where the article's limit is reached."),
        ),
        ("of", "id", "document", "field", "start", "end"),
        {"document": ("documents", "id")},
        _evidence,
    ),
)  # fmt: skip
"""Every table with its columns, in the order in which they are written."""
