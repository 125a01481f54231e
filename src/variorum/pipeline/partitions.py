"""An edition as a folder of editions, by month and whole stories, with a manifest; and such a folder as its editions.

Each part is an edition of its own that every command reads: the stories that begin in a month, all documents that tell
them with their pages and layers, and what was computed of these. A document that tells events of two parts stands in
both; in the one that its own story lies in it has its line as in the whole. What ties parts to each other (a link or a
derivation between two) stands in none of them, and the manifest counts it: it is there again once the parts are merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from variorum.errors import EditionError
from variorum.records import (
    Claim,
    EditionContent,
    EditionDocument,
    Event,
    Evidence,
    Origin,
    Record,
    ReferenceTime,
    Story,
)
from variorum.store import Reader, open_store

from .annotator import Work
from .proposed import PROPOSALS, carried
from .references import NO_REFERENCE
from .versions import versions

MANIFEST = "manifest.json"
UNDATED = "undated"
_AT_ONCE = 100  # documents that are copied at a time


class PartOptions(Record, frozen=True, kw_only=True):
    """`documents` of one part at most, where no single story has more: a part of 20,000 articles is about 2 GB."""

    documents: int = 20_000


class Part(Record, frozen=True, kw_only=True):
    """One part: its file in the folder, the month (``2024-01``) in which its stories begin or ``undated``, what it
    holds, and the digest of its content (`Reader.content_digest`)."""

    file: str
    month: str
    stories: int
    documents: int
    events: int
    content: str


class Manifest(Record, frozen=True, kw_only=True):
    """All parts of an edition, by month. `links` and `derivations` are the numbers of those between two parts; `state`
    names the whole edition as it stood."""

    schema: Literal["variorum-parts/1"] = "variorum-parts/1"
    state: str
    parts: tuple[Part, ...]
    links: int
    derivations: int


class _Planned(NamedTuple):
    month: str
    stories: set[str]
    lines: set[str]  # documents whose own part this is


def partition(edition: str | Path, folder: str | Path, *, options: PartOptions | None = None) -> Manifest:
    """Write an edition's parts and their manifest into a folder, which is made. Raises EditionError where there is no
    such edition, or the folder holds anything already."""
    options, folder = options or PartOptions(), Path(folder)
    store = open_store(edition, create=False)
    try:
        with store.snapshot() as reader:
            if folder.exists() and any(folder.iterdir()):
                raise EditionError(f"{folder}: is not empty; the parts of an edition go into a folder of their own")
            folder.mkdir(parents=True, exist_ok=True)
            content = reader.content()
            if {n: v for n, v in content.versions.items() if not n.startswith(PROPOSALS)} != versions():
                raise EditionError(f"{edition}: was made by another version; collate into it, then partition it")
            plan = _plan(content, options)
            home = {line: number for number, part in enumerate(plan) for line in part.lines}
            parts = [
                _written(reader, content, part, folder / _name(plan, number), last=number == len(plan) - 1)
                for number, part in enumerate(plan)
            ]
            story_of = {event.id: event.story for event in content.events}
            at = {story: number for number, part in enumerate(plan) for story in part.stories}
            made = Manifest(
                state=reader.state(),
                parts=tuple(parts),
                links=sum(at[story_of[link.source]] != at[story_of[link.target]] for link in content.links),
                derivations=sum(home[each.source] != home[each.target] for each in content.derivations),
            )
    except OSError as error:
        raise EditionError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        store.close()
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    return made


def parts_of(folder: Path) -> list[Path]:
    """The editions that are the parts of a folder. Raises EditionError where its manifest cannot be read, or a part is
    not there."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise EditionError(f"{folder}: holds no parts of an edition: {error}") from error
    found = [folder / part.file for part in manifest.parts]
    if missing := [path.name for path in found if not path.is_file()]:
        raise EditionError(f"{folder}: the part {missing[0]} is not there")
    return found


def _plan(content: EditionContent, options: PartOptions) -> list[_Planned]:
    """Which stories and which lines go where: by month, then by id, as many as a part may hold."""
    events = {event.id: event for event in content.events}
    published = {line.id: line.published for line in content.documents}
    waiting: dict[str, list[tuple[str, bool, list[str]]]] = {}
    told = {line for story in content.stories for line in story.documents}
    for story in content.stories:
        item = (story.id, True, list(story.documents))
        waiting.setdefault(_month(story, events, published), []).append(item)
    for line in content.documents:
        if line.id not in told:
            waiting.setdefault((line.published or "")[:7] or UNDATED, []).append((line.id, False, [line.id]))
    waiting.setdefault(UNDATED, [])
    plan = []
    for month, items in sorted(waiting.items()):
        plan.append(_Planned(month, set(), set()))
        for id_, is_story, lines in sorted(items):
            if plan[-1].lines and len(plan[-1].lines) + len(lines) > options.documents:
                plan.append(_Planned(month, set(), set()))
            plan[-1].lines.update(lines)
            if is_story:
                plan[-1].stories.add(id_)
    return plan


def _month(story: Story, events: Mapping[str, Event], published: Mapping[str, str | None]) -> str:
    """The month of a story's first event that has a time, else of its first report."""
    times = (events[event].time for event in story.events)
    bounds = (time.earliest or time.latest for time in times if time is not None)
    days = sorted(day for line in story.documents if (day := published[line]) is not None)
    return next((bound[:7] for bound in bounds if bound is not None), days[0][:7] if days else UNDATED)


def _name(plan: Sequence[_Planned], number: int) -> str:
    month = plan[number].month
    before = sum(part.month == month for part in plan[:number])
    return f"{month}-{before + 1}.sqlite" if before else f"{month}.sqlite"


def _written(reader: Reader, content: EditionContent, part: _Planned, path: Path, *, last: bool) -> Part:
    """Write one part. The `last` keeps what no document stands for, too: pages that gave the document of another."""
    kept = _restricted(content, part)
    lines = {line.id: line for line in kept.documents}
    claimed = {document.page for document in reader.documents() if document.id not in lines} if last else None
    pages: set[str] = set()
    works: dict[str, str] = {}
    with closing(open_store(path)) as store:
        for batch in _batches(sorted(lines)):
            documents = reader.documents_of(batch)
            store.add_documents(documents)
            pages.update(document.page for document in documents)
            taken = [each for each in documents if each.supported and each.rejected is None]
            made = {each.id: Work(document=each, reference=_reference(lines[each.id])) for each in taken}
            store.add_annotations(reader.annotations(work.key for work in made.values()))
            proposed, keys = carried(reader, made)
            store.add_annotations(proposed)
            works |= {**{id_: work.key for id_, work in made.items()}, **keys}
        store.add_observations(_Some(reader, pages, set(lines), claimed))  # type: ignore[arg-type]
        store.append_decisions(kept.decisions)
        store.replace_content(kept, works)
        return Part(
            file=path.name,
            month=part.month,
            stories=len(kept.stories),
            documents=len(kept.documents),
            events=len(kept.events),
            content=store.content_digest(),
        )


def _reference(line: EditionDocument) -> ReferenceTime:
    return line.reference or NO_REFERENCE


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


class _Some:
    """The observations of an edition that concern some pages and lines; of those that are not `claimed`, where that is
    given, too."""

    def __init__(self, reader: Reader, pages: set[str], lines: set[str], claimed: set[str] | None) -> None:
        self._reader = reader
        self._pages = pages
        self._lines = lines
        self._claimed = claimed

    def observations(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for table, rows in self._reader.observations():
            if table in ("pages", "captures", "moments"):
                key = "id" if table == "pages" else "page"
                yield table, [row for row in rows if self._has(row[key])]
            elif table == "rejections":
                yield table, [row for row in rows if row["id"] in self._lines]

    def _has(self, page: str) -> bool:
        return page in self._pages or (self._claimed is not None and page not in self._claimed)


def _restricted(content: EditionContent, part: _Planned) -> EditionContent:
    """What of a content stands in a part."""
    events = tuple(event for event in content.events if event.story in part.stories)
    here = {event.id for event in events}
    ends = {line.id: line for line in content.documents}

    def about(claim: Claim) -> bool:
        return claim.event in here if claim.event is not None else claim.evidence[0].document in part.lines

    claims = tuple(claim for claim in content.claims if about(claim))
    links = tuple(link for link in content.links if {link.source, link.target} <= here)
    contradictions = tuple(each for each in content.contradictions if each.event in here)
    lines = part.lines | {document for event in events for document in event.documents}
    lines |= {document for record in (*events, *claims, *links, *contradictions) for document in _witnesses(record)}
    named = {origin for event in events for origin in event.origins}
    named |= {origin for claim in claims for origin in claim.origins}
    return msgspec.structs.replace(
        content,
        documents=tuple(_line(ends[id_], lines, part) for id_ in sorted(lines)),
        derivations=tuple(each for each in content.derivations if {each.source, each.target} <= lines),
        origins=tuple(
            _origin(each, lines) for each in content.origins if each.id in named or not lines.isdisjoint(each.documents)
        ),
        events=events,
        claims=claims,
        links=links,
        stories=tuple(story for story in content.stories if story.id in part.stories),
        statements=tuple(each for each in content.statements if lines.issuperset(each.documents)),
        contradictions=contradictions,
    )


def _line(line: EditionDocument, lines: set[str], part: _Planned) -> EditionDocument:
    story = line.story if line.story in part.stories else None
    return msgspec.structs.replace(line, story=story, corrects=tuple(id_ for id_ in line.corrects if id_ in lines))


def _origin(origin: Origin, lines: set[str]) -> Origin:
    documents = tuple(id_ for id_ in origin.documents if id_ in lines)
    passages = tuple(each for each in origin.passages if each.document in lines)
    return msgspec.structs.replace(origin, documents=documents, passages=passages)


def _witnesses(value: Any) -> Iterator[str]:
    """The documents of all evidence in a record."""
    if isinstance(value, Evidence):
        yield value.document
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from _witnesses(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _witnesses(each)
