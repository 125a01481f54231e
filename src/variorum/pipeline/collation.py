"""The main job: from what a user has to an edition, every stage once, and nothing twice that was done before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar

import msgspec

from variorum.coding import Ontology
from variorum.derivation import derive
from variorum.errors import InputError
from variorum.identity import stable_id
from variorum.packaged import check_installed
from variorum.pages import PageOptions, read_pages, resolve_duplicates
from variorum.pages.fetching import Fetcher
from variorum.reconciliation import reconcile
from variorum.records import (
    LAYERS,
    SCHEMA,
    AnnotatedDocument,
    Annotation,
    Decision,
    Document,
    EditionContent,
    EditionDocument,
    Layer,
    Page,
    Provenance,
    Reconciled,
    Record,
    ReferenceTime,
    Rejection,
    Version,
)
from variorum.review import corrected, replay, settled
from variorum.store import Reader, Store, open_store

from .annotator import AnnotatorFactory, Work, prepare
from .edition import Edition
from .layer_options import LayerOptions
from .layer_options import layer_options as read_options
from .notices import corrected_by
from .page_documents import Capture, capture_of, earlier, made, refused, unsupported, versions_of
from .progress import Progress
from .proposed import told as told_of_models
from .proposed import with_proposals
from .references import NO_REFERENCE, own_reference, reference_times, undated_note
from .running import EngineOptions, engine_of, is_object, join_of, object_pages
from .versions import derivation_version, document_version, versions

if TYPE_CHECKING:
    from variorum.models import Asker

_FEW_PAGES = 64  # under which workers would be longer in starting than in making documents
_MADE_BY = stable_id("documents", ("made by",))  # the key of the version that made the documents
_STEP_PAGES, _STEP_BYTES, _STEP_SECONDS = 200, 32_000_000, 1.0  # of reading: what is kept at one time

T = TypeVar("T")
Inputs = str | Path | Sequence[str | Path]


class RunOptions(Record, frozen=True, kw_only=True):
    """How a run is done. `reading` says what is read of the inputs, and how far; nothing else changes what comes out.

    `workers` are processes, `batch` documents go to one at a time and are stored together: a run that is killed
    loses at most `workers` × 3 batches of annotation. `engine` says whether they run here or on a cluster.
    """

    workers: int = 1
    engine: EngineOptions = EngineOptions()
    batch: int = 16
    reading: PageOptions = PageOptions()


def collate(
    inputs: Inputs,
    *,
    output: str | Path | None = None,
    decisions: Sequence[Decision] = (),
    options: RunOptions | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    asker: Asker | None = None,
) -> Edition:
    """Read the inputs, find who copied whom, annotate, code and reconcile: one edition of all accounts.

    `output` is the edition's file, or its ``postgresql://`` address; None keeps it in memory. An edition that is there
    already is added to, and what it has done is not done again. `decisions` are people's rulings to append to its log.
    Addresses among the inputs are got by `fetcher`; `asker` asks a model of what the rules leave open. Raises
    InputError where an input does not exist, EditionError where the edition cannot be used, and DecisionError where a
    ruling does not fit or contradicts one in force; a single bad input is listed under `rejected`.
    """
    options, progress = options or RunOptions(), progress or Progress()
    objects = [str(given) for given in _listed(inputs) if is_object(given)]
    named = [given for given in _listed(inputs) if not is_object(given)]
    pages: Iterator[Page | Rejection] = iter(())
    if named or not objects:
        pages = read_pages(named, options=options.reading, stdin=stdin, fetcher=fetcher, expect=progress.expect)
    if objects:
        pages = chain(pages, object_pages(objects, options.reading, options.engine, options.workers))
    return collate_pages(pages, output=output, decisions=decisions, options=options, progress=progress, asker=asker)


def collate_pages(
    pages: Iterable[Page | Rejection],
    *,
    output: str | Path | None = None,
    decisions: Sequence[Decision] = (),
    options: RunOptions | None = None,
    progress: Progress | None = None,
    asker: Asker | None = None,
) -> Edition:
    """As `collate`, of pages that are read already."""
    options = options or RunOptions()
    progress = progress or Progress()
    check_installed()
    pages = iter(pages)
    progress.begin("Reading")
    first = list(islice(pages, 1))  # an input that does not exist is told before any file is made
    store = open_store(output)
    try:
        replay([*store.decisions(), *decisions])  # a log that contradicts itself is told before it is kept
        store.append_decisions(decisions)
        _read(store, chain(first, pages), progress)
        documents, captures = _documents(store, options, progress)
        taken = [document for document in documents if document.rejected is None]
        progress.begin("Who copied whom")
        log = store.decisions()
        join = join_of(options.engine, options.workers, len(taken))
        several = options.workers > 1 or options.engine.name != "local"
        workers = engine_of(options.engine, options.workers).run if several else None
        made_by = derivation_version()
        provenance = derive(taken, decisions=log, shelf=store, version=made_by, join=join, workers=workers)
        references = reference_times(taken, provenance)
        works = {
            document.id: Work(document=document, reference=references[document.id])
            for document in taken
            if document.supported
        }
        undated = [work.document.source for work in works.values() if work.reference.basis == "none"]
        if line := undated_note(undated, len(works)):
            progress.note(line)
        families = sorted(
            works.values(), key=lambda work: (provenance.origin_of.get(work.document.id, ""), work.document.id)
        )
        annotations = _annotate(store, families, options, progress)  # copies together: what they share is read once
        laid = with_proposals(
            store,
            works,
            annotations,
            asker,
            progress=progress,
            engine=lambda most: engine_of(options.engine, options.workers, most),
            batch=options.batch,
        )
        progress.begin("Events of all accounts")
        standing = replay(log)
        texts = {document.id: document.text for document in taken}
        told = corrected(laid.annotations, texts.__getitem__, standing)
        reconciled = reconcile(taken, told, provenance, scales=Ontology.load().scales(), decisions=log)
        reconciled = settled(reconciled, standing)
        content = _content(store, documents, laid.annotations, references, provenance, reconciled)
        content = _with_versions(content, versions_of(captures))
        content = msgspec.structs.replace(content, versions={**content.versions, **laid.versions})
        store.replace_content(content, laid.keys)
        for line in told_of_models(laid.summary) if laid.summary is not None and asker is not None else ():
            progress.note(line)
        progress.end()
    except BaseException:
        store.close()
        raise
    return Edition(store, output)


def annotate(
    inputs: Inputs,
    *,
    layers: Sequence[Layer] = LAYERS,
    layer_options: LayerOptions | Mapping[str, Any] | None = None,
    ontology: str | Path | None = None,
    options: RunOptions | None = None,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[AnnotatedDocument]:
    """The layers over each document, one by one in input order, nothing stored. Each document is read by itself: an
    undated one has no family to borrow a date from. `layer_options` changes how the layers are read: `LayerOptions`, or
    a mapping of a mapping a layer (``{"tolls": {"antecedent": 3}}``). `ontology` is a TOML file that events are coded
    by, PLOVER without it. Raises, when the first is asked for, InputError where an input does not exist or there is no
    such layer or option, and OntologyError where the ontology cannot be read."""
    options = options or RunOptions()
    progress = progress or Progress()
    if unknown := sorted(set(layers) - set(LAYERS)):
        raise InputError(f"{unknown[0]!r} is no layer; there are {', '.join(LAYERS)}")
    given = layer_options if isinstance(layer_options, LayerOptions) else read_options(layer_options or {})
    progress.begin("Annotating")

    def works() -> Iterator[Work | Rejection]:
        pages = read_pages(
            _listed(inputs), options=options.reading, stdin=stdin, fetcher=fetcher, expect=progress.expect
        )
        for page in pages:
            if isinstance(page, Rejection):
                yield page
            else:
                document = made(page)
                yield Work(document=document, reference=own_reference(document))

    check_installed()
    prepare(progress, layers)
    engine = engine_of(options.engine, options.workers)
    undated: list[str] = []
    total = 0
    coded_by = str(ontology) if ontology is not None else None
    stage = _AnnotateAll(factory=AnnotatorFactory(layers=tuple(layers), ontology=coded_by, options=given))
    for batch in engine.run(stage, _batches(works(), options.batch)):
        for document, annotation in batch:
            if isinstance(document, Rejection):
                progress.note(document.note)
                yield _rejected_line(document)
            else:
                if (why := _why_rejected(document, annotation)) is not None:
                    progress.note(f"rejected: {why}")
                elif not document.supported:
                    progress.note(unsupported(document))
                total += document.supported
                if document.supported and document.published is None:
                    undated.append(document.source)
                yield annotated(document, annotation)
            progress.advance()
    if {"times", "events"} & set(layers) and (line := undated_note(undated, total)):
        progress.note(line)
    progress.end()


class _AnnotateAll(Record, frozen=True, kw_only=True):
    """Annotates the documents of a batch and lets its rejections through in their places."""

    factory: AnnotatorFactory

    def __call__(self) -> _Passing:
        return _Passing(self.factory)


class _Passing:
    def __init__(self, factory: AnnotatorFactory) -> None:
        self._annotate = factory()

    def __call__(self, batch: Sequence[Work | Rejection]) -> list[tuple[Document | Rejection, Annotation | None]]:
        done = iter(self._annotate([work for work in batch if isinstance(work, Work)]))
        return [(work.document, next(done)) if isinstance(work, Work) else (work, None) for work in batch]


def _listed(inputs: Inputs) -> list[str | Path]:
    return [inputs] if isinstance(inputs, str | Path) else list(inputs)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _read(store: Store, pages: Iterable[Page | Rejection], progress: Progress) -> None:
    """Keep every page as got, and note what could not be read. Pages are kept in steps, each whole: one ends with so
    many pages or bytes, or after a second, so that a run that is stopped while it waits for the network keeps what it
    got."""
    for batch in _steps(pages, progress):
        store.add_pages(page for page in batch if isinstance(page, Page))
        store.add_rejections(page for page in batch if isinstance(page, Rejection))
    for source in store.sources_changed():
        if not source.startswith("-"):
            progress.note(f"changed: {source} was read before with other words; the edition keeps both versions")


def _steps(pages: Iterable[Page | Rejection], progress: Progress) -> Iterator[list[Page | Rejection]]:
    step: list[Page | Rejection] = []
    held, began = 0, time.monotonic()
    for page in pages:
        step.append(page)
        held += len(page.content) if isinstance(page, Page) else 0
        if isinstance(page, Rejection):
            progress.note(page.note)
        progress.advance()
        if len(step) >= _STEP_PAGES or held > _STEP_BYTES or time.monotonic() - began > _STEP_SECONDS:
            yield step
            step, held, began = [], 0, time.monotonic()
    if step:
        yield step


def _documents(store: Store, options: RunOptions, progress: Progress) -> tuple[list[Document], dict[str, Capture]]:
    """Every page of the edition as a document, by id; a page that another version of the stage read is read again, for
    it may be read better now. Pages whose text and metadata are the same (they differ in a script, say) are one
    document, with the least of their sources. With each that has an address comes when it stood there."""
    progress.begin("Pages to documents")
    found: dict[str, Document] = {}
    captures: dict[str, Capture] = {}
    with store.snapshot() as reader:  # pages are gone through twice, and another run may add some between
        known = _known_documents(reader)
        items = resolve_duplicates(reader.pages)
        first = list(islice(items, _FEW_PAGES))
        engine = engine_of(options.engine, options.workers, None if len(first) == _FEW_PAGES else 1)
        shown = (_Shown(item, known.get((item.id, item.source))) for item in chain(first, items))
        for batch in engine.run(_DocumentMaker, _batches(shown, options.batch)):
            for document, captured, is_page in batch:
                other = found.get(document.id)
                if other is None or document.source < other.source:
                    found[document.id] = document
                if is_page and document.rejected is None and document.url is not None:
                    capture = capture_of(document, captured)
                    captures[document.id] = earlier(captures.get(document.id, capture), capture)
                progress.advance()
    documents = [found[id_] for id_ in sorted(found)]
    new = [document for document in documents if known.get((document.page, document.source)) != document]
    if new:
        store.add_derivation_work({_MADE_BY: b""})  # until all are there, they are of two versions
    for chunk in _batches(new, 200):
        store.add_documents(chunk)
    store.add_derivation_work({_MADE_BY: document_version().encode()})
    for document in documents:
        if document.rejected is not None:
            progress.note(document.rejected.note)
        elif not document.supported:
            progress.note(unsupported(document))
    return documents, captures


def _known_documents(store: Reader) -> dict[tuple[str, str], Document]:
    """By page and source the documents that are there, if all of them were made by this version of the stage. Where it
    broke on one, that is tried again."""
    if store.derivation_work([_MADE_BY]).get(_MADE_BY) != document_version().encode():
        return {}
    return {
        (document.page, document.source): document
        for document in store.documents()
        if document.rejected is None or document.rejected.reason != "fault"
    }


class _Shown(NamedTuple):
    """An input, and the document that it is known to give."""

    item: Page | Rejection
    known: Document | None


class _DocumentMaker:
    """Makes documents of inputs, each with when its page was got and whether it is one; those known are let through."""

    def __call__(self, batch: Sequence[_Shown]) -> list[tuple[Document, str | None, bool]]:
        return [self._made(*each) for each in batch]

    def _made(self, item: Page | Rejection, known: Document | None) -> tuple[Document, str | None, bool]:
        if isinstance(item, Rejection):
            return refused(item), None, False
        return known or made(item), item.captured, True


def _annotate(store: Store, works: Sequence[Work], options: RunOptions, progress: Progress) -> dict[str, Annotation]:
    """The annotation of each document by id: what the store has from earlier runs, the rest done now and stored as
    it comes, so that a run that was stopped goes on where it was."""
    done = store.annotations(work.key for work in works)
    open_works = [work for work in works if work.key not in done]
    if open_works:
        prepare(progress)
    progress.begin("Annotating and coding", len(open_works))
    engine = engine_of(options.engine, options.workers, len(open_works) // options.batch)
    batches = list(_batches(open_works, options.batch))
    results = engine.run(AnnotatorFactory(), batches) if batches else iter(())
    for batch, found in zip(batches, results, strict=True):
        fresh = {work.key: annotation for work, annotation in zip(batch, found, strict=True)}
        store.add_annotations({key: annotation for key, annotation in fresh.items() if annotation.fault is None})
        done.update(fresh)
        for work, annotation in zip(batch, found, strict=True):
            if annotation.fault is not None:
                progress.note(f"rejected: {_fault_line(work.document, annotation)}")
        progress.advance(len(batch))
    return {work.document.id: done[work.key] for work in works}


def _fault_line(document: Document, annotation: Annotation) -> str:
    return f"{document.source}: could not be annotated: {annotation.fault} [fault]"


def _content(
    store: Store,
    documents: Sequence[Document],
    annotations: Mapping[str, Annotation],
    references: dict[str, ReferenceTime],
    provenance: Provenance,
    reconciled: Reconciled,
) -> EditionContent:
    story_of = {document: story.id for story in reconciled.stories for document in story.documents}
    corrected = corrected_by(documents)
    listed = [
        EditionDocument(
            id=document.id,
            story=story_of.get(document.id),
            origin=provenance.origin_of.get(document.id),
            rejected=_why_rejected(document, annotations.get(document.id)),
            source=document.source,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            url=document.url,
            language=document.language,
            supported=document.supported,
            credits=document.credits,
            corrects=corrected.get(document.id, ()),
            reference=references.get(document.id, NO_REFERENCE),
        )
        for document in documents
    ]
    listed += [
        EditionDocument(id=item.id, story=None, origin=None, rejected=item.line, source=item.source, supported=False)
        for item in store.rejections()
    ]
    return EditionContent(
        schema=SCHEMA,
        documents=tuple(sorted(listed, key=lambda item: item.id)),
        derivations=provenance.derivations,
        origins=provenance.origins,
        events=reconciled.events,
        claims=reconciled.claims,
        links=reconciled.links,
        stories=reconciled.stories,
        statements=provenance.statements,
        decisions=store.decisions(),
        contradictions=reconciled.contradictions,
        versions=versions(),
    )


def _with_versions(content: EditionContent, found: Mapping[str, Version]) -> EditionContent:
    """The content with each document that is one of several versions of its address told which."""
    documents = tuple(msgspec.structs.replace(each, version=found.get(each.id)) for each in content.documents)
    return msgspec.structs.replace(content, documents=documents)


def _why_rejected(document: Document, annotation: Annotation | None) -> str | None:
    if document.rejected is not None:
        return document.rejected.line
    return _fault_line(document, annotation) if annotation is not None and annotation.fault is not None else None


def annotated(document: Document, annotation: Annotation | None) -> AnnotatedDocument:
    """A document with its layers as one record; the layers are empty where there are none."""
    empty = Annotation(document=document.id, reference=NO_REFERENCE)
    found = annotation or empty
    return AnnotatedDocument(
        schema=SCHEMA,
        id=document.id,
        text=document.text,
        published=document.published,
        title=document.title,
        blocks=document.blocks,
        times=found.times,
        places=found.places,
        actors=found.actors,
        attributions=found.attributions,
        tolls=found.tolls,
        events=found.events,
        layers=found.layers,
        language=document.language,
        reference=found.reference,
        rejected=_why_rejected(document, annotation),
        supported=document.supported,
        ties=found.ties,
    )


def _rejected_line(rejection: Rejection) -> AnnotatedDocument:
    return annotated(refused(rejection), None)
