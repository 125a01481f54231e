"""A page to its document: text, blocks, metadata, language, and whether it is a report at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from variorum.identity import stable_id
from variorum.records import READ_KINDS, Candidate, CandidateField, Declared, Document, Page, Record, Rejection

from .choice import choose, chosen_value
from .credits import declared_credits
from .dates import readable_date
from .decoding import decode
from .home import NOWHERE, home_of
from .html import extract, parse, strip_scripts, strip_surroundings
from .language import LanguageOptions, detect_language
from .lines import Line, plain_lines
from .linked_data import linked_data
from .main_text import MainTextOptions, Stated, shown_prose, with_main_text
from .marked import EntryDates, Known, Marked, ShapeOptions
from .marking import mark
from .mastheads import declared_nowhere, named_in_text
from .metadata import heading_candidates, line_candidates, page_candidates, page_credits, page_descriptions
from .page_traits import PageTraits, read_traits
from .pdf import Problem, pdf_text
from .quality import QualityOptions, rejection
from .script_data import script_texts, told_in_scripts

_DATES: tuple[CandidateField, ...] = ("published", "updated")
_BEFORE: tuple[CandidateField, ...] = ("title", *_DATES)


class DocumentOptions(Record, frozen=True, kw_only=True):
    """The options of this stage's parts; each is documented where it is defined.

    A text of more than `letters` letters or `lines` lines is rejected as "too-large": what a document costs grows with
    both, and no report has so many (the longest of 258 real pages has 1,400 lines, a book of 800,000 words 5 million
    letters). A page of so many lines takes 4 to 16 s to read, and up to 300 MB.
    """

    letters: int = 5_000_000
    lines: int = 20_000

    language: LanguageOptions = LanguageOptions()
    main_text: MainTextOptions = MainTextOptions()
    quality: QualityOptions = QualityOptions()
    shapes: ShapeOptions = ShapeOptions()


def make_document(page: Page, *, options: DocumentOptions | None = None) -> Document:
    """The document of a page: pure, and equal for equal pages whatever their source.

    A JSON Lines record keeps its text to the last character and is rejected for nothing but its size. Any other page
    whose text is no report carries `rejected`, with the reason for a person. Offsets of blocks, credits and candidates
    count into the document's text; blocks are sorted and disjoint.
    """
    options = options or DocumentOptions()
    if page.media == "application/pdf":
        found = pdf_text(page.content)
        return _from_text(page, found.text, found.problem, options, found.address)
    decoded = decode(page.content, page.media, page.declared.charset)
    if page.media == "text/html":
        return _from_html(page, decoded.text, options)
    return _from_text(page, decoded.text, None, options)


def _from_text(
    page: Page, text: str, problem: Problem | None, options: DocumentOptions, address: str | None = None
) -> Document:
    declared = _declared(page)
    if address:
        declared.append(Candidate(field="url", value=address, found_in="printed margin"))
    lines = plain_lines(text) if len(text) <= options.letters else []
    if size := _too_large(text, lines, options):
        return _unread(page, text, declared, size)
    known = Known(page.declared.title, _names(declared), chosen_value(choose(declared), "published"))
    marked = mark(text, lines, known, options.shapes)
    url = [each for each in (*declared, *marked.candidates) if each.field == "url"]
    if url and not _names([*declared, *marked.candidates]):
        declared += named_in_text(url, text)
    return _assemble(page, text, lines, marked, _Told(declared, problem=problem), options)


def _from_html(page: Page, markup: str, options: DocumentOptions) -> Document:
    candidates = _declared(page)
    traits = PageTraits()
    text, lines, home = "", list[Line](), NOWHERE
    tree, problem = parse(markup)
    if tree is not None:
        linked = linked_data(tree)
        candidates += page_candidates(tree, linked)
        home = home_of(tree.get("lang"))
        candidates += declared_nowhere(tree, candidates)
        traits = read_traits(tree, linked, page_credits(linked))
        stated = Stated(linked.text("articleBody"), page_descriptions(tree, linked))
        scripts = [] if stated.body else script_texts(tree)
        strip_scripts(tree)
        extracted = extract(tree)
        if size := _too_large(extracted.text, extracted.lines, options):
            return _unread(page, extracted.text, candidates, size)
        updates = "\n".join(piece for update in traits.updates for piece in (update.headline, update.body) if piece)
        prose = shown_prose(extracted.lines, options.main_text)
        if (scripts or updates) and not stated.body and prose < options.main_text.enough_words / 2:
            titles = [each.value for each in candidates if each.field == "title"]
            stated = stated._replace(body=updates or told_in_scripts(scripts, [*titles, *stated.descriptions]))
        strip_surroundings(tree)
        text, lines = with_main_text(tree, extracted, stated, prose, options.main_text)
        candidates += [*line_candidates(lines, home), *heading_candidates(lines, candidates, home)]
        candidates += named_in_text(candidates, text)
    chosen = choose(candidates)
    title, published, updated = (chosen_value(chosen, field) for field in _BEFORE)
    known = Known(title, _names(candidates), published, updated, traits.updates, traits.title_pieces, traits.live, home)
    marked = mark(text, lines, known, options.shapes)
    if marked.of_entries and (own := _without_entries(candidates, marked.of_entries)) != candidates:
        candidates = own
        chosen = choose(candidates)
        published, updated = (chosen_value(chosen, field) for field in _DATES)
        marked = mark(text, lines, known._replace(published=published, updated=updated), options.shapes)
    return _assemble(page, text, lines, marked, _Told(candidates, traits, problem), options)


def _too_large(text: str, lines: Sequence[Line], options: DocumentOptions) -> Problem | None:
    """Why a text is not looked at line by line, where it is larger than any report."""
    if len(text) > options.letters:
        return "too-large", f"it has {len(text):,} letters, and no report has more than {options.letters:,}"
    if len(lines) > options.lines:
        return "too-large", f"it has {len(lines):,} lines, and no report has more than {options.lines:,}"
    return None


def _unread(page: Page, text: str, candidates: Sequence[Candidate], problem: Problem) -> Document:
    """The document of a text that is kept and not looked at."""
    id_ = page.declared.id or content_id(page.declared, text)
    chosen = choose(candidates)
    return Document(
        id=id_,
        page=page.id,
        source=page.source,
        text=text,
        title=chosen_value(chosen, "title"),
        outlet=chosen_value(chosen, "outlet"),
        published=chosen_value(chosen, "published"),
        url=chosen_value(chosen, "url"),
        supported=False,
        candidates=tuple(chosen),
        rejected=_rejected(page, id_, problem),
    )


def _rejected(page: Page, id_: str, problem: Problem) -> Rejection:
    reason, detail = problem
    return Rejection(id=stable_id("r", (id_, reason)), source=page.source, reason=reason, detail=detail)


def _without_entries(candidates: Sequence[Candidate], entries: EntryDates) -> list[Candidate]:
    """The candidates with those dates of no use that are of a live blog's entries."""
    return [
        msgspec.structs.replace(each, reason="it dates an entry")
        if each.field in _DATES
        and (
            (each.found_in == "time element" and each.value in entries.moments)
            or (each.span is not None and each.span.start in entries.spans)
        )
        else each
        for each in candidates
    ]


class _Told(NamedTuple):
    """What is told of a page beside its text."""

    candidates: list[Candidate]
    traits: PageTraits = PageTraits()
    problem: Problem | None = None


def _assemble(
    page: Page,
    text: str,
    lines: Sequence[Line],
    marked: Marked,
    told: _Told,
    options: DocumentOptions,
) -> Document:
    blocks = marked.blocks
    read = " ".join(text[block.start : block.end] for block in blocks if block.kind in READ_KINDS)
    stated_as = next((each.value for each in told.candidates if each.found_in == "html lang"), "")
    detected = detect_language(read or text, options.language, stated_as)
    language = [Candidate(field="language", value=each, found_in="text") for each in (detected.language,) if each]
    declared = page.declared
    chosen = choose([*told.candidates, *marked.candidates, *language, *_otherwise(page)])
    id_ = declared.id or content_id(page.declared, text)
    rejected = None
    if page.media != "application/json" and (
        found := told.problem or rejection(text, lines, blocks, chosen, options.quality, told.traits)
    ):
        rejected = _rejected(page, id_, found)
    stated = declared.language
    return Document(
        id=id_,
        page=page.id,
        source=page.source,
        text=text,
        blocks=tuple(blocks),
        title=chosen_value(chosen, "title"),
        outlet=chosen_value(chosen, "outlet"),
        authors=tuple(dict.fromkeys(each.value for each in chosen if each.field == "author" and each.chosen)),
        published=chosen_value(chosen, "published"),
        url=chosen_value(chosen, "url"),
        language=stated or detected.language,
        supported=detected.supported and (stated is None or stated.lower().startswith("en")),
        credits=(*declared_credits(told.traits.credits, chosen, marked.names, marked.credits), *marked.credits),
        candidates=tuple(chosen),
        rejected=rejected,
        corrections=marked.corrections,
    )


def content_id(declared: Declared, text: str) -> str:
    """The id of a document whose page declares none: of its text and what is declared of it."""
    published = declared.published or declared.published_otherwise
    return stable_id("d", (text, declared.title, published, declared.url, declared.outlet, declared.language))


def _otherwise(page: Page) -> list[Candidate]:
    """The date that the user gave for inputs without one: no choice prefers it to what the page itself tells."""
    given = page.declared.published_otherwise
    return [_dated(given, "given for undated inputs")] if given else []


def _dated(given: str, found_in: str, field: CandidateField = "published") -> Candidate:
    """A date as someone gave it; one that is none, or that has two readings, is kept and not used."""
    if value := readable_date(given):
        return Candidate(field=field, value=value, found_in=found_in)
    return Candidate(field=field, value=given, found_in=found_in, reason="no date, or ambiguous")


def _declared(page: Page) -> list[Candidate]:
    """What the giver of a page said of it; a date that is none, or that has two readings, is not used."""
    declared = page.declared
    found: list[Candidate] = []
    values: tuple[tuple[CandidateField, str | None], ...] = (
        ("title", declared.title),
        ("outlet", declared.outlet),
        ("url", declared.url),
        ("language", declared.language),
    )
    for field, value in values:
        if value:
            found.append(Candidate(field=field, value=value, found_in="declared"))
    if declared.updated:
        found.append(_dated(declared.updated, "declared", "updated"))
    if declared.published:
        found.append(read := _dated(declared.published, "declared"))
        if read.value != declared.published:  # what was given is kept to the letter
            given = f"as it was given; read as {read.value}"
            found.append(Candidate(field="published", value=declared.published, found_in="declared", reason=given))
    return found


def _names(candidates: Sequence[Candidate]) -> list[str]:
    return list(dict.fromkeys(each.value for each in candidates if each.field == "outlet"))
