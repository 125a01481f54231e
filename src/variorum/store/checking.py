"""Whether the rows that searches, filters and SQL look at are those that the records make.

Records are read some at a time, the rows that stand of them are held beside what writing them would give, and what
stands of no record is counted, so that no more than a batch is held.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isclose
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select

from variorum.records import (
    SCHEMA,
    Claim,
    Contradiction,
    Decision,
    Derivation,
    EditionContent,
    EditionDocument,
    Event,
    Link,
    Origin,
    Record,
    Story,
)

from . import rows, tables
from .passages import passages
from .writing import Positions, event_passages

if TYPE_CHECKING:
    from .reader import RowReader

_BATCH = 200  # records whose rows are held at once
_OF_EVENTS: tuple[tuple[Table, Callable[[int, Event], Iterable[rows.Row]]], ...] = (
    (tables.EVENT_DOCUMENTS, rows.event_document_rows),
    (tables.PARTICIPANTS, rows.participant_rows),
    (tables.EVENT_PLACES, rows.place_rows),
    (tables.READINGS, rows.reading_rows),
)
_PLAIN: tuple[tuple[Table, type[Record], Callable[[dict[str, Any], Any], rows.Row]], ...] = (
    (tables.IN_FORCE, EditionDocument, lambda row, item: rows.document_row(row["position"], item, row["work"])),
    (tables.DERIVATIONS, Derivation, lambda _, item: rows.derivation_row(item)),
    (tables.ORIGINS, Origin, lambda _, item: rows.origin_row(item)),
    (tables.STORIES, Story, lambda row, item: rows.story_row(row["position"], item)),
    (tables.EVENTS, Event, lambda row, item: rows.event_row(row["position"], item)),
    (tables.CLAIMS, Claim, lambda row, item: rows.claim_row(row["position"], item)),
    (tables.LINKS, Link, lambda row, item: rows.link_row(row["position"], item)),
    (tables.CONTRADICTIONS, Contradiction, lambda row, item: rows.contradiction_row(row["position"], item)),
    (
        tables.DECISIONS,
        Decision,
        lambda row, x: {**row, "id": x.id, "author": x.author, "at": x.at, "action": x.action},
    ),
)
Broken = Iterator[tuple[str, str]]


class RowCheck:
    """One check of the rows that one transaction sees."""

    def __init__(self, reader: RowReader, connection: Connection) -> None:
        self._reader = reader
        self._connection = connection
        self._seen: Counter[str] = Counter()  # the rows of each table that stand of some record

    def broken(self) -> Broken:
        """What row, of what, is not as the record makes it, and in which table."""
        for table, kind, make in _PLAIN:
            for found in self._reader.batches_of(table, _BATCH):
                for row in found:
                    made = make(row, rows.decode(row["record"], kind))
                    if odd := _odd(row, made):
                        yield _of(table, row), f"its row of the table {table.name} differs from its record in {odd}"
        for found in self._reader.batches_of(tables.EVENTS, _BATCH):
            yield from self._events(found)
        for found in self._reader.batches_of(tables.DOCUMENTS, _BATCH):
            yield from self._documents(found)
        for kind_, table in (("claim", tables.CLAIMS), ("contradiction", tables.CONTRADICTIONS)):
            for found in self._reader.batches_of(table, _BATCH):
                yield from self._evidence(kind_, found)
        yield from self._ties()
        for name, seen in sorted(self._seen.items()):
            stand = self._connection.scalar(select(func.count()).select_from(tables.METADATA.tables[name])) or 0
            if stand > seen:
                yield f"the table {name}", f"has {stand - seen} rows of nothing that the edition holds"

    def _events(self, found: Sequence[dict[str, Any]]) -> Broken:
        events = [(row["position"], rows.decode(row["record"], Event)) for row in found]
        ids = [event.id for _, event in events]
        at_odds = set(self._connection.scalars(
            select(tables.CONTRADICTIONS.c.event).where(tables.CONTRADICTIONS.c.event.in_(ids))
        ))  # fmt: skip
        for table, make in _OF_EVENTS:
            yield from self._compare(
                table, "event", "event", ids, [row for at, each in events for row in make(at, each)]
            )
        made = [
            row for at, each in events for row in rows.agreement_rows(at, each, contradicted=each.id in at_odds)
        ]  # fmt: skip
        yield from self._compare(tables.AGREEMENTS, "event", "event", ids, made)
        of_position = {at: event.id for at, event in events}
        told = self._passages(events, ids)
        yield from self._compare(tables.EVENT_PASSAGES, "position", "event", list(of_position), told, of_position)
        owners = [owner for _, event in events for owner in rows.event_evidence(event)]
        for kind in ("event", "reading"):
            yield from self._owned(kind, [owner for owner in owners if owner[0] == kind])

    def _passages(self, events: list[tuple[int, Event]], ids: list[str]) -> list[rows.Row]:
        said = self._connection.scalars(select(tables.CLAIMS.c.record).where(tables.CLAIMS.c.event.in_(ids)))
        content = EditionContent(
            schema=SCHEMA, documents=(), derivations=(), origins=(), links=(),
            events=tuple(event for _, event in events), claims=tuple(rows.decode(each, Claim) for each in said),
        )  # fmt: skip
        at = Positions((), (), [position for position, _ in events], (), (), ())
        return event_passages(self._connection, content, at, set(ids))

    def _documents(self, found: Sequence[dict[str, Any]]) -> Broken:
        ids = [row["id"] for row in found]
        documents = self._reader.documents_of(ids)
        for row, document in zip(found, documents, strict=True):
            if odd := _odd(row, rows.stored_row(document)):
                yield f"document {row['id']}", f"its row of the table documents differs from its record in {odd}"
        blocks = [row for each in documents for row in rows.block_rows(each)]
        yield from self._compare(tables.BLOCKS, "document", "document", ids, blocks)
        parts = [rows.passage_row(0, each.id, part) for each in documents for part in passages(each)]
        yield from self._compare(tables.PASSAGES, "document", "document", ids, parts)
        lines = {line.id: line for id_ in ids if (line := self._reader.edition_document(id_)) is not None}
        layers = {id_: layer for id_ in lines if (layer := self._reader.annotation_of(id_)) is not None}
        telling = select(tables.EVENTS.c.record).where(
            tables.EVENTS.c.id.in_(
                select(tables.EVENT_DOCUMENTS.c.event).where(tables.EVENT_DOCUMENTS.c.document.in_(ids))
            )
        )
        events = [rows.decode(each, Event) for each in self._connection.scalars(telling)]
        made = list(rows.mention_rows(lines.values(), events, layers))
        yield from self._compare(tables.MENTIONS, "document", "document", ids, made)

    def _evidence(self, kind: str, found: Sequence[dict[str, Any]]) -> Broken:
        owners: list[Any] = []
        for row in found:
            if kind == "claim":
                owners.append((kind, row["id"], rows.decode(row["record"], Claim).evidence))
            else:
                sides = rows.decode(row["record"], Contradiction).sides
                owners.append((kind, row["id"], [item for side in sides for item in side.evidence]))
        yield from self._owned(kind, owners)

    def _ties(self) -> Broken:
        """The links of one source at a time: those of two speakers have their evidence under one name."""
        sources = select(tables.LINKS.c.source).distinct().order_by(tables.LINKS.c.source)
        for source in self._connection.scalars(sources).all():
            told = self._connection.scalars(select(tables.LINKS.c.record).where(tables.LINKS.c.source == source))
            links = [rows.decode(each, Link) for each in told]
            yield from self._owned("link", [("link", rows.tie(link), link.evidence) for link in links])

    def _owned(self, kind: str, owners: list[Any]) -> Broken:
        names = sorted({id_ for _, id_, _ in owners})
        for at in range(0, len(names), _BATCH):
            here = set(names[at : at + _BATCH])
            made = list(rows.evidence_rows(owner for owner in owners if owner[1] in here))
            yield from self._compare(tables.EVIDENCE, "id", kind, sorted(here), made, of=kind)

    def _compare(
        self, table: Table, key: str, kind: str, keys: Sequence[Any], made: Iterable[rows.Row],
        names: dict[int, str] | None = None, *, of: str | None = None,
    ) -> Broken:  # fmt: skip
        """That of each key the very rows stand that were made; the number of a passage is its own."""
        columns = [column.name for column in table.columns if (table.name, column.name) != ("passages", "number")]
        query = select(table).where(table.c[key].in_(keys))
        stand = self._connection.execute(query if of is None else query.where(table.c.of == of)).mappings().all()
        self._seen[table.name] += len(stand)
        standing: defaultdict[Any, Counter[tuple[Any, ...]]] = defaultdict(Counter)
        wanted: defaultdict[Any, Counter[tuple[Any, ...]]] = defaultdict(Counter)
        for found, given in ((standing, stand), (wanted, made)):
            for row in given:
                found[row[key]][tuple(_rounded(row[name]) for name in columns)] += 1
        for each in sorted({*standing, *wanted}):
            lacking, odd = (wanted[each] - standing[each]).total(), (standing[each] - wanted[each]).total()
            if lacking or odd:
                told = f"of its rows in the table {table.name} {lacking} are missing, and {odd} are not of its record"
                yield f"{kind} {names[each] if names else each}", told


def _rounded(value: Any) -> Any:
    """What two machines' arithmetic may make of one number is the same."""
    return round(value, 9) + 0.0 if isinstance(value, float) else value


def _odd(row: dict[str, Any], made: rows.Row) -> str:
    """The columns in which rows differ, beside the record itself, which an older version may have written."""
    names = [name for name in made if name != "record" and not _same(row[name], made[name])]
    return ", ".join(sorted(names))


def _same(one: Any, other: Any) -> bool:
    both = isinstance(one, float) and isinstance(other, float)
    return isclose(one, other, abs_tol=1e-9) if both else bool(one == other)


def _of(table: Table, row: dict[str, Any]) -> str:
    kind = "document" if table is tables.IN_FORCE else str(table.name).removesuffix("s").replace("storie", "story")
    return f"{kind} {' '.join(str(row[key.name]) for key in table.primary_key)}"
