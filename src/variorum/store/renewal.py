"""What is in force, renewed: of a newly computed content, which rows differ from those that stand.

A hundred reports more leave most of a large edition as it is. Records are told apart by their bytes; positions have
room between them, so that a record that comes in moves no other. Where much differs, or nothing is known, all is
written anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, and_, bindparam, delete, select

from variorum.records import EditionContent, Record

from . import rows, tables
from .positions import placed
from .writing import Positions, Wanted, batches, link_key

_AT_ONCE = 500  # keys of one query
_MUCH = 0.5  # of the events, from which writing all of them anew is quicker
_OF_EVENTS = (
    tables.EVENT_DOCUMENTS,
    tables.PARTICIPANTS,
    tables.EVENT_PLACES,
    tables.AGREEMENTS,
    tables.READINGS,
)


class Changed(NamedTuple):
    """The keys of the records that differ from those in force, are new, or are no more; of events also those of which
    something else is said or contradicted. `told` are the documents whose mentions may go into other events, `tied`
    the names under which the evidence of changed links stands."""

    documents: set[str]
    told: set[str]
    derivations: set[tuple[str, str]]
    origins: set[str]
    statements: set[str]
    stories: set[str]
    events: set[str]
    claims: set[str]
    links: set[tuple[str, str, str, str]]
    tied: set[str]
    contradictions: set[str]

    def as_wanted(self) -> Wanted:
        return Wanted(*self)


class _Row(NamedTuple):
    """A row in force: where it stands, its record's digest, and the columns that the record does not have."""

    position: int
    digest: bytes
    beside: Any


class Renewal(NamedTuple):
    """A content, where its records stand, and whose rows are to be written."""

    content: EditionContent
    at: Positions
    wanted: Changed

    @staticmethod
    def of(connection: Connection, content: EditionContent, works: Mapping[str, str]) -> Renewal | Positions:
        """What is to be written of a content, or where its records stand where all of it is. They keep their places
        either way, so that who goes through a list goes on where he was; only where there is no room left between two
        are all placed anew."""
        held = _Held(connection)
        at = held.positions(content)
        if at is None:
            return Positions.fresh(content)
        stale = select(tables.EDITION.c.key).where(tables.EDITION.c.key == tables.STALE)
        if connection.scalar(stale) is not None or not content.events:
            return at
        wanted = held.changed(connection, content, at, works)
        return Renewal(content, at, wanted) if len(wanted.events) <= _MUCH * len(content.events) else at

    def headlines_gone(self, connection: Connection) -> Iterator[tuple[int, str]]:
        """The headlines in force of the events that are written, under their positions."""
        columns = tables.EVENTS.c
        for ids in batches(sorted(self.wanted.events), _AT_ONCE):
            for row in connection.execute(select(columns.position, columns.headline).where(columns.id.in_(ids))).all():
                yield row.position, row.headline

    def remove(self, connection: Connection) -> None:
        """Take out the rows in force of all that is written."""
        wanted = self.wanted
        readings: list[str] = []
        positions: list[int] = []
        for ids in batches(sorted(wanted.events), _AT_ONCE):
            readings += connection.scalars(select(tables.READINGS.c.id).where(tables.READINGS.c.event.in_(ids)))
            positions += connection.scalars(select(tables.EVENTS.c.position).where(tables.EVENTS.c.id.in_(ids)))
        connection.execute(delete(tables.VERSIONS))
        _drop(connection, tables.IN_FORCE, ("id",), wanted.documents)
        _drop(connection, tables.MENTIONS, ("document",), wanted.told)
        _drop(connection, tables.DERIVATIONS, ("source", "target"), wanted.derivations)
        _drop(connection, tables.LINKS, ("source", "target", "kind", "speaker"), wanted.links)
        _drop(connection, tables.EVENT_PASSAGES, ("position",), positions)
        for table in _OF_EVENTS:
            _drop(connection, table, ("event",), wanted.events)
        for table, ids_ in (
            (tables.ORIGINS, wanted.origins),
            (tables.STATEMENTS, wanted.statements),
            (tables.STORIES, wanted.stories),
            (tables.EVENTS, wanted.events),
            (tables.CLAIMS, wanted.claims),
            (tables.CONTRADICTIONS, wanted.contradictions),
        ):
            _drop(connection, table, ("id",), ids_)
        owners = (
            ("event", wanted.events),
            ("reading", readings),
            ("claim", wanted.claims),
            ("link", wanted.tied),
            ("contradiction", wanted.contradictions),
        )
        for of, names in owners:
            _drop(connection, tables.EVIDENCE, ("of", "id"), [(of, name) for name in names])


class _Held:
    """The rows in force, by table and key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.documents = self._rows(tables.IN_FORCE, ("id",), "work")
        self.stories = self._rows(tables.STORIES, ("id",))
        self.events = self._rows(tables.EVENTS, ("id",))
        self.claims = self._rows(tables.CLAIMS, ("id",), "event")
        self.links = self._rows(tables.LINKS, ("source", "target", "kind", "speaker"))
        self.contradictions = self._rows(tables.CONTRADICTIONS, ("id",), "event")

    def _rows(self, table: Table, keys: Sequence[str], beside: str | None = None) -> dict[Any, _Row]:
        names = [*keys, "record", *(["position"] if "position" in table.c else []), *([beside] if beside else [])]
        found: dict[Any, _Row] = {}
        for row in self._connection.execute(select(*(table.c[name] for name in names))).mappings():
            key = row[keys[0]] if len(keys) == 1 else tuple(row[name] for name in keys)
            position, told = row.get("position", 0), row[beside] if beside else None
            found[key] = _Row(position, _digest(row["record"]), told)
        return found

    def positions(self, content: EditionContent) -> Positions | None:
        """Where each record stands, those in force where they stood; None where there is no room for that."""
        found = [
            placed([item.id for item in content.documents], _places(self.documents)),
            placed([item.id for item in content.stories], _places(self.stories)),
            placed([item.id for item in content.events], _places(self.events)),
            placed([item.id for item in content.claims], _places(self.claims)),
            placed([link_key(item) for item in content.links], _places(self.links)),
            placed([item.id for item in content.contradictions], _places(self.contradictions)),
        ]
        told = [each for each in found if each is not None]
        return Positions(*told) if len(told) == len(found) else None

    def changed(
        self, connection: Connection, content: EditionContent, at: Positions, works: Mapping[str, str]
    ) -> Changed:
        documents = _differing(
            self.documents,
            ((item.id, p, item, works.get(item.id)) for p, item in zip(at.documents, content.documents, strict=True)),
        )
        claims = _differing(
            self.claims, ((item.id, p, item, item.event) for p, item in zip(at.claims, content.claims, strict=True))
        )
        contradictions = _differing(
            self.contradictions,
            ((x.id, p, x, x.event) for p, x in zip(at.contradictions, content.contradictions, strict=True)),
        )
        links = _differing(
            self.links, ((link_key(item), p, item, None) for p, item in zip(at.links, content.links, strict=True))
        )
        events = _differing(
            self.events, ((item.id, p, item, None) for p, item in zip(at.events, content.events, strict=True))
        )
        events |= {row.beside for held, ids in ((self.claims, claims), (self.contradictions, contradictions))
                   for id_ in ids if (row := held.get(id_)) is not None and row.beside is not None}  # fmt: skip
        events |= {item.event for item in content.claims if item.id in claims and item.event is not None}
        events |= {item.event for item in content.contradictions if item.id in contradictions}
        told = set(documents)
        told.update(key.document for item in content.events if item.id in events for key in item.mentions)
        for ids in batches(sorted(events), _AT_ONCE):
            mentions = tables.MENTIONS.c
            told.update(connection.scalars(select(mentions.document).where(mentions.event.in_(ids)).distinct()))
        return Changed(
            documents=documents,
            told=told,
            derivations=_differing(
                self._rows(tables.DERIVATIONS, ("source", "target")),
                (((item.source, item.target), 0, item, None) for item in content.derivations),
            ),
            origins=_differing(
                self._rows(tables.ORIGINS, ("id",)), ((item.id, 0, item, None) for item in content.origins)
            ),
            statements=_differing(
                self._rows(tables.STATEMENTS, ("id",)), ((item.id, 0, item, None) for item in content.statements)
            ),
            stories=_differing(
                self.stories, ((item.id, p, item, None) for p, item in zip(at.stories, content.stories, strict=True))
            ),
            events=events,
            claims=claims,
            links=links,
            tied={f"{source} {kind} {target}" for source, target, kind, _ in links},
            contradictions=contradictions,
        )


def _differing(held: Mapping[Any, _Row], made: Iterable[tuple[Any, int, Record, Any]]) -> set[Any]:
    """The keys of the records that are not in force as they are, and of those in force that are no more."""
    gone = set(held)
    changed = set()
    for key, position, record, beside in made:
        gone.discard(key)
        if held.get(key) != _Row(position, _digest(rows.encode(record)), beside):
            changed.add(key)
    return changed | gone


def _digest(record: str) -> bytes:
    return blake2b(record.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _places(held: Mapping[Any, _Row]) -> dict[Any, int]:
    return {key: row.position for key, row in held.items()}


def _drop(connection: Connection, table: Table, columns: Sequence[str], keys: Iterable[Hashable]) -> None:
    """Delete the rows of some keys, a key one value or as many as there are columns."""
    given = [key if isinstance(key, tuple) else (key,) for key in keys]
    if given:
        names = [f"key_{name}" for name in columns]
        where = and_(*(table.c[column] == bindparam(name) for column, name in zip(columns, names, strict=True)))
        connection.execute(delete(table).where(where), [dict(zip(names, key, strict=True)) for key in sorted(given)])
