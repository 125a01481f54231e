"""A document: its text with the layers over it, what each paragraph is, what the page says of itself, its family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from variorum.errors import DecisionError, QueryError, UnknownIdError
from variorum.exports.layers import Mark, marks, segments
from variorum.pipeline import Edition
from variorum.pipeline.collation import annotated
from variorum.records import (
    LAYERS,
    Annotation,
    Candidate,
    Decision,
    Document,
    EditionDocument,
    Event,
    EventQuery,
    Layer,
    Span,
)
from variorum.review import target
from variorum.web.rendering import Chosen

from .answering import Asked, chosen_of, page, shelf_of, shown
from .signing import author_of, names_in

SHOWN: tuple[Layer, ...] = tuple(layer for layer in LAYERS if layer != "events")
"""The layers that can be switched on and off, and after them the mentions of events."""
_FIRST: tuple[Layer, ...] = ("tolls", "attributions")
"""The layers that are on where nobody has chosen: all at once are hard to read."""


@dataclass(frozen=True)
class Label:
    """What some characters were read as; it stands behind them. `place` names them as rulings do."""

    layer: str
    text: str
    detail: str
    place: str


@dataclass(frozen=True)
class Run:
    """Characters that the same layers mark; runs follow one another without a gap. `looked_for` are those that the
    reader came for."""

    text: str
    layers: tuple[str, ...]
    labels: tuple[Label, ...]
    looked_for: bool = False


@dataclass(frozen=True)
class Part:
    """A block of the text by what it is, or (`kind` None) what stands between two. `anchor` is on the first part with
    what the reader came for."""

    kind: str | None
    moment: str | None
    runs: tuple[Run, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Relative:
    """Another document of the family: how it stands to this one."""

    document: EditionDocument
    says: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    """What a reader who may review can set right at the characters that were looked for."""

    place: str
    words: str
    layers: tuple[str, ...]
    speaker: str | None
    attributed: bool


@dataclass(frozen=True)
class Quote:
    """Words of a text that is not shown, and who says them."""

    words: str
    speaker: str | None


@dataclass(frozen=True)
class DocumentView:
    """`parts` are the text, None where it is not shown. `unread` is why no layer was made."""

    document: Document
    line: EditionDocument
    parts: tuple[Part, ...] | None
    layers: tuple[tuple[str, int, bool], ...]
    candidates: tuple[Candidate, ...]
    relatives: tuple[Relative, ...]
    same_origin: tuple[EditionDocument, ...]
    events: tuple[Event, ...]
    rulings: tuple[Decision, ...]
    unread: str | None
    marked: Marked | None
    corrected: bool
    author: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def name(self) -> str:
        return self.document.title or self.document.outlet or self.document.source


def view(edition: Edition, id_: str, chosen: Chosen | None = None, author: str = "") -> DocumentView:
    """`author` is under which name the reader rules. Raises UnknownIdError where there is no such document, QueryError
    where ``at`` names no characters of it."""
    chosen = chosen or Chosen()
    line = edition.edition_document(id_)
    if line.rejected is not None and not _is_stored(edition, line.id):
        document, annotation, machine = Document(id=line.id, page="", source=line.source, text=""), None, None
    else:
        stored = edition.stored(line.id)
        document, machine, annotation = stored.document, stored.annotation, edition.layers(line.id)
    at = _at(chosen, document)
    layers = [*SHOWN, "events"]
    asked = chosen.all("layer") if "layers" in chosen.given or "layer" in chosen.given else _FIRST
    origin = edition.origin(line.origin) if line.origin is not None else None
    others = [id_ for id_ in (origin.documents if origin is not None else ()) if id_ != line.id]
    return DocumentView(
        document=document,
        line=line,
        parts=parts(document, annotation, at),
        layers=tuple((layer, len(getattr(annotation, layer, ())), layer in asked) for layer in layers),
        candidates=tuple(sorted(document.candidates, key=lambda each: (each.field, not each.chosen))),
        relatives=tuple(_relatives(edition, line.id)),
        same_origin=tuple(edition.edition_document(id_) for id_ in others),
        events=edition.page(EventQuery(documents=(line.id,)), limit=200).events,
        rulings=edition.reviewed().of_document(line.id) if edition.decisions else (),
        unread=_unread(line, annotation),
        marked=_marked(document, annotation, at),
        corrected=annotation != machine,
        author=author,
    )


def quoted_view(edition: Edition, id_: str) -> DocumentView:
    """The document without its text: what is quoted of it stands in `quotes`."""
    found = view(edition, id_)
    claims = [claim for event in found.events for claim in edition.claims_of(event)]
    quotes = {
        claim.quote: Quote(claim.quote, claim.speaker)
        for claim in claims
        if claim.evidence and claim.evidence[0].document == found.line.id
    }
    return replace(found, parts=None, quotes=tuple(quotes.values()))


def _is_stored(edition: Edition, id_: str) -> bool:
    try:
        edition.stored(id_)
    except UnknownIdError:
        return False
    return True


def _at(chosen: Chosen, document: Document) -> Span | None:
    """The characters that ``?at=120-134`` or ``?start=120&end=134`` names; those of a title stand in no text."""
    words = chosen.first("at")
    if not words and chosen.first("start"):
        words = f"{chosen.first('start')}-{chosen.first('end')}"
    if not words or chosen.first("field") == "title":
        return None
    try:
        span = target(f"d@{words}").span
    except DecisionError as error:
        raise QueryError(f"{words!r} names no characters: write at=120-134") from error
    return span if span.end <= len(document.text) else None


def parts(document: Document, annotation: Annotation | None, at: Span | None = None) -> tuple[Part, ...]:
    """The whole text, block by block: joined again, the runs' texts are the text."""
    found = marks(annotated(document, annotation)) if annotation is not None else []
    wanted = [Mark(at.start, at.end, "events", _WANTED)] if at is not None else []
    made: list[Part] = []
    anchored = False
    for kind, moment, span in _stretches(document):
        here = {
            _within(mark, span): mark for mark in (*found, *wanted) if mark.start < span.end and span.start < mark.end
        }
        runs = tuple(_runs(span.of(document.text), here))
        anchor = "words" if not anchored and any(run.looked_for for run in runs) else ""
        anchored = anchored or bool(anchor)
        made.append(Part(kind, moment, runs, anchor))
    return tuple(made)


_WANTED = "\x00wanted"


def _stretches(document: Document) -> Iterator[tuple[str | None, str | None, Span]]:
    """The blocks and what stands between them, in text order."""
    at = 0
    for block in document.blocks:
        if block.start > at:
            yield None, None, Span(at, block.start)
        yield block.kind, block.moment, block.span
        at = block.end
    if at < len(document.text):
        yield None, None, Span(at, len(document.text))


def _within(mark: Mark, span: Span) -> Mark:
    """The part of a mark that lies in a stretch, counted from its beginning."""
    return mark._replace(start=max(0, mark.start - span.start), end=min(mark.end, span.end) - span.start)


def _runs(text: str, here: Mapping[Mark, Mark]) -> Iterator[Run]:
    """A stretch cut where marks begin or end. `here` has the marks in it, and what each is a part of."""
    for segment in segments(text, here):
        whole = [(mark, here[mark]) for mark in segment.ending if mark.label != _WANTED]
        labels = [
            Label(mark.layer, mark.label, mark.detail, f"{of.start}-{of.end}")
            for mark, of in whole
            if of.end - of.start == mark.end - mark.start or mark.start == 0
        ]
        names = dict.fromkeys(mark.layer for mark in segment.covering if mark.label != _WANTED)
        looked_for = any(mark.label == _WANTED for mark in segment.covering)
        yield Run(segment.text, tuple(names), tuple(labels), looked_for)


def _relatives(edition: Edition, id_: str) -> Iterator[Relative]:
    for item in edition.derivations_of(id_):
        other = item.target if item.source == id_ else item.source
        if not item.directed or item.kind in ("common-source", "quotes-only"):
            says = _UNDIRECTED[item.kind]
        else:
            says = (_INTO if item.source == id_ else _FROM)[item.kind]
        yield Relative(edition.edition_document(other), says, item.score, names_in(edition, item.evidence))


_FROM: Mapping[str, str] = {
    "verbatim": "this text is a copy of",
    "abridged": "this text is an abridgement of",
    "paraphrase": "this text tells in other words what stands in",
}
_INTO: Mapping[str, str] = {
    "verbatim": "copied by",
    "abridged": "abridged by",
    "paraphrase": "told in other words by",
}
_UNDIRECTED: Mapping[str, str] = {
    "verbatim": "one is a copy of the other:",
    "abridged": "one is an abridgement of the other:",
    "paraphrase": "one tells in other words what stands in the other:",
    "common-source": "has it from the same text as",
    "quotes-only": "shares quotations with",
}


def _unread(line: EditionDocument, annotation: Annotation | None) -> str | None:
    if line.rejected is not None:
        return line.rejected
    if not line.supported:
        return f"no layer reads its language ({line.language or 'unknown'})"
    return "no layer was made of it" if annotation is None else None


def _marked(document: Document, annotation: Annotation | None, at: Span | None) -> Marked | None:
    if at is None or annotation is None:
        return None
    layers = [
        name
        for name in (*SHOWN, "events")
        if any(
            at in (each.content if name == "attributions" else (Span(each.start, each.end),))
            for each in getattr(annotation, name)
        )
    ]
    said = [each for each in annotation.attributions if any(span.overlaps(at) for span in each.content)]
    tolls = [toll for toll in annotation.tolls if Span(toll.start, toll.end).overlaps(at)]
    speaker = said[-1].speaker if said else tolls[0].speaker if tolls else None
    return Marked(
        place=f"{document.id}@{at.start}-{at.end}",
        words=at.of(document.text),
        layers=tuple(layers),
        speaker=speaker,
        attributed=bool(said or tolls),
    )


@page("/documents/{document:str}")
def document(request: Asked) -> str:
    with shelf_of(request).now() as edition:
        found = view(edition, request.path_params["document"], chosen_of(request), author_of(request))
    return shown(request, "document.html.j2", found)


HANDLERS = [document]
