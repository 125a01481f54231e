"""Dossiers in Markdown: a section an event, with all that is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.exports import wording
from variorum.exports.firsts import first_in, first_reported
from variorum.records import Claim, Contradiction, Event, Link, Reading, Toll

from .base import Job, outlet_name, tellers

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|!~&])")
_OPENING = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def lines(job: Job) -> Iterator[str]:
    """Every event's dossier, in the order of time."""
    yield "# Dossiers\n"
    for event in job.source.events():
        yield from _dossier(job, event)


def plain(text: str) -> str:
    """Text that Markdown shows as it is, in one line."""
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if len(found[2]) == 1 else found[0], line)


def _dossier(job: Job, event: Event) -> Iterator[str]:
    about = job.source.about(event)
    code = ", ".join(filter(None, (event.type, event.mode, wording.status(event.status))))
    yield f"\n## {plain(event.headline)}\n\n"
    yield f"- Event: `{event.id}`\n- Coded: {plain(code)}\n"
    yield f"- Who: {plain(', '.join(event.actors) or 'not told')}\n"
    yield f"- To whom: {plain(', '.join(event.recipients) or 'not told')}\n"
    if event.instruments:
        yield f"- With: {plain(', '.join(event.instruments))}\n"
    if event.contexts:
        yield f"- About: {plain(', '.join(context.replace('_', ' ') for context in event.contexts))}\n"
    yield from _when_and_where(event)
    yield f"- Behind it: {wording.reports(event)}\n"
    if first := first_reported([job.source.document(id_) for id_ in event.documents]):
        yield f"- {plain(first[0].upper() + first[1:])}\n"
    for toll in event.tolls:
        yield from _toll(job, toll)
    yield from _listed("Claims", (_claim(job, claim) for claim in about.claims))
    yield from _listed("At odds", (_at_odds(job, item) for item in about.contradictions))
    yield from _listed("What it answers, and what answers it", (_link(job, event, link) for link in about.links))
    yield "\n### Told in\n\n"
    for document in tellers(job, event):
        title = f", “{plain(document.title)}”" if document.title else ""
        dated = f", {document.published[:10]}" if document.published else ""
        address = f" <{document.url}>" if document.url and re.fullmatch(r"https?://[^\s<>]+", document.url) else ""
        yield f"- {plain(outlet_name(document))}{title}{dated} (origin `{document.origin}`){address}\n"


def _when_and_where(event: Event) -> Iterator[str]:
    time, place = event.time, event.place
    agreed = wording.agreed(time.agreement) if time else ""
    yield f"- When: {plain(wording.when(time))}{agreed}\n"
    yield f"- Where: {plain(wording.where(place))}{wording.grain(place) if place else ''}\n"


def _toll(job: Job, toll: Toll) -> Iterator[str]:
    span = plain(wording.span(toll))
    yield f"\n### {toll.kind.capitalize()}: {span}{wording.agreed(toll.agreement)}\n\n"
    yield "| figure | who says so | when | first in | in force |\n|---|---|---|---|---|\n"
    for reading in toll.readings:
        yield _reading(job, reading)


def _reading(job: Job, reading: Reading) -> str:
    figure = wording.reading(reading)
    if reading.parts:
        figure += f", of them {', '.join(wording.reading(part) for part in reading.parts)}"
    speaker = reading.speaker or "the reporter’s own word"
    said = wording.moment(reading.as_of[:10]) if reading.as_of else ""
    told = dict.fromkeys(item.document for item in reading.evidence)
    first = first_in([job.source.document(id_) for id_ in told])
    in_force = "no" if reading.superseded_by else "yes"
    return f"| {plain(figure)} | {plain(speaker)} | {plain(said)} | {plain(first)} | {in_force} |\n"


def _listed(title: str, items: Iterator[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        if number == 0:
            yield f"\n### {title}\n\n"
        yield f"- {item}\n"


def _claim(job: Job, claim: Claim) -> str:
    words = _quoted(job.quotations.of(claim.quote, claim.evidence))
    stance = f"{claim.stance or 'says'}{plain(wording.proposed(claim))}"
    return f"{plain(claim.speaker or 'unnamed source')} {stance}: {plain(words)}"


def _quoted(words: str) -> str:
    """Words in quotation marks, once; or why they are not there."""
    bare = words.strip('“”"')
    return f"“{bare}”" if bare else "(not quoted: the limit of its article is reached)"


def _at_odds(job: Job, item: Contradiction) -> str:
    sides = (
        f"{side.speaker or 'the reporter’s own word'}: {_quoted(job.quotations.of(side.quote, side.evidence))}"
        for side in item.sides
    )
    return plain(f"{item.kind.capitalize()}. {' — '.join(sides)}")


def _link(job: Job, event: Event, link: Link) -> str:
    forward = link.source == event.id
    other = link.target if forward else link.source
    on_word = f" (on the word of {link.speaker})" if link.speaker else ""
    return plain(
        f"{wording.link(link.kind, forward=forward)}: {job.source.headline(other)}{on_word}{wording.proposed(link)}"
    )
