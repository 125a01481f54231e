"""The whole edition: as ``variorum/1`` JSON in pieces, and as one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from variorum.records import SCHEMA, Claim, Contradiction, EditionContent, Event, Link, Position, Record

from .base import Job


def json_lines(job: Job) -> Iterator[str]:
    """``variorum/1`` JSON, a record a line: `msgspec.json.decode(text, type=EditionContent)` reads it. Quotations are
    cut where an article's limit is reached."""
    yield f'{{"schema":"{SCHEMA}"'
    for name, records in _parts(job).items():
        yield f',\n"{name}":['
        separator = "\n"
        for record in records():
            yield separator + msgspec.json.encode(record).decode("utf-8")
            separator = ",\n"
        yield "]"
    yield f',\n"versions":{msgspec.json.encode(dict(job.source.versions)).decode("utf-8")}}}\n'


def _parts(job: Job) -> dict[str, Callable[[], Iterable[Record]]]:
    source = job.source
    return {
        "documents": source.documents,
        "derivations": source.derivations,
        "origins": source.origins,
        "events": lambda: (_event(job, each) for each in source.events()),
        "claims": lambda: (_claim(job, each) for each in source.claims()),
        "links": lambda: (_link(job, each) for each in source.links()),
        "stories": source.stories,
        "statements": source.statements,
        "decisions": source.decisions,
        "contradictions": lambda: (_contradiction(job, each) for each in source.contradictions()),
    }


def content(job: Job) -> EditionContent:
    """All that the job reads, as one record."""
    found: dict[str, Any] = {name: tuple(records()) for name, records in _parts(job).items()}
    return EditionContent(schema=SCHEMA, versions=dict(job.source.versions), **found)


def page(job: Job) -> Iterator[str]:
    """One self-contained HTML page. It is made in memory."""
    from variorum.exports.html import render

    whole = content(job)
    texts = {each.id: job.source.text(each.id) for each in whole.documents if not each.rejected}
    yield render(whole, texts, job.quotations)


def _event(job: Job, event: Event) -> Event:
    tolls = tuple(
        replace(toll, readings=tuple(replace(each, words=_words(job, each)) for each in toll.readings))
        for toll in event.tolls
    )
    time = event.time and replace(
        event.time, readings=tuple(replace(each, words=_words(job, each)) for each in event.time.readings)
    )
    return replace(event, tolls=tolls, time=time)


def _words(job: Job, record: Any) -> str:
    return job.quotations.of(record.words, record.evidence[:1]) if record.evidence else record.words


def _claim(job: Job, claim: Claim) -> Claim:
    return replace(claim, quote=job.quotations.of(claim.quote, claim.evidence))


def _link(job: Job, link: Link) -> Link:
    return replace(link, words=job.quotations.of(link.words, link.evidence[:1]))


def _contradiction(job: Job, item: Contradiction) -> Contradiction:
    sides = tuple(_position(job, side) for side in item.sides)
    if sides == item.sides:
        return item
    told = " and ".join(side.speaker or "the reporter" for side in sides)
    return replace(item, sides=sides, sentence=f"{told} are at odds ({item.kind}).")


def _position(job: Job, side: Position) -> Position:
    return replace(side, quote=job.quotations.of(side.quote, side.evidence))
