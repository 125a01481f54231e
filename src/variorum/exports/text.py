"""An edition and its dossiers as plain text, for a terminal or a mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from textwrap import indent, shorten, wrap

from variorum.records import Claim, Contradiction, EditionContent, EditionDocument, Event, Evidence, Toll

from . import wording
from .descent import family_name, family_trees
from .firsts import first_in, first_reported
from .lines import WIDTH, Quote, document_name, evidence_lines, headline_of, on_word, reading_line, rule

MOST_EVENTS = 20
"""Events of a story that an overview shows before it leaves out those that fewest tell."""
_MARKS = "“”\"‘’'"
_LONGEST_QUOTE = 300  # characters of a claim shown in a terminal; the JSON and the page have it whole


def overview(content: EditionContent, quote: Quote, most: int | None = MOST_EVENTS) -> str:
    """Every story with its events in the order of time, then the documents by origin, then what was rejected.

    Of a story with more events than `most` those that most independent origins tell, or without origins most
    documents, and their current figures; None shows all.
    """
    if not content.versions:
        return "This edition is unfinished: its run was stopped. Run the same collate again; it goes on where it was."
    by_id = {event.id: event for event in content.events}
    lines: list[str] = []
    for story in content.stories:
        events = [by_id[id_] for id_ in story.events]
        count = len(story.documents)
        lines += [
            rule(f"Story: {story.title or story.id}"),
            f"{count} document{'s' * (count != 1)}, {len(events)} events",
            "",
        ]
        told = _most_told(events, most)
        left = len(events) - len(told)
        for event in told:
            lines += [*_event_lines(content, event, replaced=not left), ""]
        if left:
            least = min(event.independent_origins for event in told)
            few = f"{least} independent origin{'s' * (least != 1)} or fewer"
            lines += [f"… and {left} more events, each told by {few}: variorum show --all lists them.", ""]
    lines += _origins(content, quote)
    rejected = [document for document in content.documents if document.rejected]
    if rejected:
        lines += ["", rule("Rejected")]
        lines += [f"  {document.rejected}" for document in rejected]
    unsupported = [document for document in content.documents if not document.supported and not document.rejected]
    if unsupported:
        lines += ["", rule("Kept, not read (no pipeline for their language yet)")]
        lines += [f"  {document_name(document)}: {document.language}" for document in unsupported]
    lines += _versions(content)
    if not content.events:
        lines.insert(0, "No events were found.")
    return "\n".join(lines)


def _most_told(events: Sequence[Event], most: int | None) -> list[Event]:
    """The events with most independent origins, then documents, in the order in which they were given."""
    ranked = sorted(events, key=lambda event: (-event.independent_origins, -len(event.documents), event.id))
    kept = {event.id for event in ranked[:most]}
    return [event for event in events if event.id in kept]


def _event_lines(content: EditionContent, event: Event, *, replaced: bool) -> Iterator[str]:
    mode = f" · {event.mode}" if event.mode else ""
    status = wording.status(event.status)
    yield f"● {event.headline}"
    code = f"{event.type}{mode}{f' · {status}' if status else ''}"
    yield f"  {code} · {wording.when(event.time)} · {wording.where(event.place)}"
    for toll in event.tolls:
        yield from indent("\n".join(_toll_lines(toll, replaced=replaced)), "  ").split("\n")
    for link in content.links:
        if link.source == event.id:
            yield f"  ↳ {wording.link(link.kind)}: {headline_of(content, link.target)}{on_word(link)}"
    disputed = wording.disputed_fields(event)
    if disputed:
        yield f"  ⚠ disputed: {', '.join(disputed)}"
    yield f"  {wording.reports(event)} · {event.id}"


def _toll_lines(toll: Toll, *, replaced: bool) -> Iterator[str]:
    yield f"{toll.kind}: {wording.span(toll)}{wording.agreed(toll.agreement)}"
    shown = [each for each in toll.readings if replaced or each.superseded_by is None]
    shown = shown or list(toll.readings)
    for reading in shown:
        yield f"  – {reading_line(reading)}"
    if earlier := len(toll.readings) - len(shown):
        yield f"  – and {earlier} earlier figure{'s' * (earlier != 1)} that later ones replace"


def _versions(content: EditionContent) -> Iterator[str]:
    """The addresses at which several texts stood, each text by the time when it did."""
    versions = [(each.version, each) for each in content.documents if each.version is not None]
    versions.sort(key=lambda item: (item[0].url, item[0].group, item[0].number))
    if versions:
        yield from ("", rule("Versions of one address"))
    for version, document in versions:
        if version.number == 1:
            yield f"  {version.url}"
        yield f"    {version.number} of {version.of}: {document.source} · {document.id}"


def dossier(content: EditionContent, event: Event, quote: Quote) -> str:
    """All that an edition tells of one event."""
    documents = {document.id: document for document in content.documents}
    lines = [rule(event.headline)]
    mode = f", mode {event.mode}" if event.mode else ""
    lines.append(f"Coded     {event.type}{mode}, {event.status} (PLOVER)")
    lines.append(f"Who       {', '.join(event.actors) or 'not told'}")
    lines.append(f"To whom   {', '.join(event.recipients) or 'not told'}")
    if event.instruments:
        lines.append(f"With      {', '.join(event.instruments)}")
    if event.contexts:
        lines.append(f"About     {', '.join(c.replace('_', ' ') for c in event.contexts)}")
    lines += list(_when(event, quote))
    lines += list(_where(event, quote))
    lines.append(f"Behind it {wording.reports(event)}")
    if first := first_reported([documents[id_] for id_ in event.documents]):
        lines.append(f"          {first}")
    if event.proposed:
        by, of = ", ".join(wording.proposers(event)), f"{len(event.proposed)} of {len(event.mentions)}"
        lines.append(f"Proposed  by the model {by}, as to {of} mentions; not by the rules")
    for toll in event.tolls:
        lines += [
            "",
            f"{toll.kind.capitalize()}: {wording.span(toll)}{wording.agreed(toll.agreement, ' — {}')}",
        ]
        for reading in toll.readings:
            lines.append(f"  {reading_line(reading)}")
            told = list(dict.fromkeys(item.document for item in reading.evidence))
            if len(told) > 1:
                lines.append(f"      first in {first_in([documents[id_] for id_ in told])}")
            lines += evidence_lines(reading.evidence, documents, quote)
    claims = [claim for claim in content.claims if claim.event == event.id]
    if claims:
        lines += ["", "Claims"]
        for claim in claims:
            lines += _claim(claim, documents)
    at_odds = [item for item in content.contradictions if item.event == event.id]
    if at_odds:
        lines += ["", "At odds"]
        for item in at_odds:
            lines += _at_odds(item, documents)
    links = [link for link in content.links if event.id in (link.source, link.target)]
    if links:
        lines += ["", "What it answers, and what answers it"]
        for link in links:
            forward = link.source == event.id
            other = headline_of(content, link.target if forward else link.source)
            lines.append(f"  {wording.link(link.kind, forward=forward)}: {other}{on_word(link)}")
            lines += evidence_lines(link.evidence, documents, quote)
    lines += ["", "Told in"]
    for id_ in event.documents:
        lines.append(f"  {document_name(documents[id_])} · {id_} · origin {documents[id_].origin}")
        lines += [f"      “{shorten(quote(item), 90)}”" for item in event.evidence if item.document == id_]
    return "\n".join(lines)


def _when(event: Event, quote: Quote) -> Iterator[str]:
    if event.time is None:
        yield "When      not told"
        return
    yield f"When      {wording.when(event.time)}{wording.agreed(event.time.agreement)}"
    for reading in event.time.readings:
        yield f"            “{reading.words}” → {wording.when(reading)}"


def _where(event: Event, quote: Quote) -> Iterator[str]:
    if event.place is None:
        yield "Where     not told"
        return
    yield f"Where     {wording.where(event.place)}{wording.grain(event.place)}"
    if len(event.place.readings) > 1:
        for reading in event.place.readings:
            words = " / ".join(dict.fromkeys(quote(item) for item in reading.evidence))
            yield f"            “{words}” → {wording.where(reading)}"


def _claim(claim: Claim, documents: dict[str, EditionDocument]) -> Iterator[str]:
    stance = claim.stance or "says"
    yield f"  {claim.speaker or 'unnamed source'} {stance}{wording.proposed(claim)}:"
    quoted = shorten(claim.quote, _LONGEST_QUOTE)
    yield indent("\n".join(wrap(f"“{quoted.strip('“”')}”", WIDTH - 6)), "      ")
    for id_ in dict.fromkeys(item.document for item in claim.evidence):
        yield f"      {document_name(documents[id_])}"


def _at_odds(item: Contradiction, documents: dict[str, EditionDocument]) -> Iterator[str]:
    yield indent("\n".join(wrap(f"{item.kind.capitalize()}: {item.sentence}", WIDTH - 2, subsequent_indent="  ")), "  ")
    for side in item.sides:
        names = dict.fromkeys(document_name(documents[each.document]) for each in side.evidence)
        yield f"      {side.speaker or 'the reporter’s own word'}: {'; '.join(names)}"


def _origins(content: EditionContent, quote: Quote) -> list[str]:
    """The documents by origin, what was used in what, and the statements that several carry."""
    documents = {document.id: document for document in content.documents}
    edges: defaultdict[str, list[str]] = defaultdict(list)
    for item in content.derivations:
        sign = "→" if item.directed else "–"
        edges[item.source].append(f"{sign} {document_name(documents[item.target])}: {item.kind} ({item.score:.2f})")
    lines = [rule("Documents by origin")]
    called = {tree.id: family_name(tree) for tree in family_trees(content, quote)}
    for origin in content.origins:
        alone = origin.seen and len(origin.documents) == 1
        name = document_name(documents[origin.documents[0]]) if alone else called[origin.id]
        unseen = "" if origin.seen else " (not among the documents)"
        lines.append(f"  {name}{unseen}: {len(origin.documents)} document{'s' * (len(origin.documents) != 1)}")
        if len(origin.documents) > 1:
            for id_ in origin.documents:
                lines.append(f"    {document_name(documents[id_])}")
                lines += [f"      {edge}" for edge in edges.get(id_, ())]
    if content.statements:
        lines += ["", rule("Statements that several carry")]
    for statement in content.statements:
        names = ", ".join(document_name(documents[id_]) for id_ in statement.documents)
        first = min(statement.passages, key=lambda item: (item.document, item.span))
        words = quote(Evidence(document=first.document, start=first.span.start, end=first.span.end))
        lines.append(f"  “{shorten(words.strip(_MARKS), 90)}” in {names}")
    return lines
