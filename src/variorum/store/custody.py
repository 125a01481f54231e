"""The log of custody: what was done to an edition, every entry bound to the one before by its hash.

The log tells what came in, what was made of it and what went out, in order. Whoever keeps one hash of it (the head)
outside of the edition can tell later whether anything before it was changed, put in or left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, insert, select

from variorum.identity import digest
from variorum.records import NO_ENTRY, CustodyEntry, CustodyKind, Decision, Declared, Page, Record

from . import rows, tables

EDITION = "edition"
"""The subject of entries about the edition as a whole."""

_HELD = 50  # pages held at once: one has up to 20 MB


class Noted(NamedTuple):
    """What an entry says, before it has a place in the log."""

    kind: CustodyKind
    subject: str
    digest: str
    at: str | None
    detail: dict[str, str]


def canonical(record: Record) -> bytes:
    """A record as JSON whose bytes stay as they are when a later version gives its kind further fields: what is empty
    is left out, keys are sorted."""
    return msgspec.json.encode(_told(msgspec.to_builtins(record)), order="sorted")


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        told = {name: _told(each) for name, each in value.items()}
        return {name: each for name, each in told.items() if each not in (None, "", [], {})}
    return [_told(each) for each in value] if isinstance(value, list) else value


def capture(page: Page) -> Noted:
    """The entry of a page as got: its bytes by their hash, where they were got, and what their giver declared."""
    return _capture(page.id, digest(page.content), page.media, page.declared, page.source, page.captured)


def _capture(id_: str, content: str, media: str, declared: Declared, source: str, at: str | None) -> Noted:
    detail = {"declared": digest(canonical(declared)), "media": media, "source": source}
    return Noted("capture", id_, content, at, detail)


def append(connection: Connection, noted: Iterable[Noted]) -> None:
    """Put entries at the end of the log, inside a transaction that no other writer shares."""
    made = list(noted)
    if not made:
        return
    columns = tables.CUSTODY.c
    last = connection.execute(select(columns.number, columns.hash).order_by(columns.number.desc()).limit(1)).first()
    number, previous = (last.number, last.hash) if last is not None else (0, NO_ENTRY)
    found = []
    for each in made:
        number += 1
        entry = CustodyEntry(number=number, previous=previous, hash="", **each._asdict())
        previous = entry.expected
        found.append({**each._asdict(), "number": number, "previous": entry.previous, "hash": previous})
    for row in found:
        row["detail"] = msgspec.json.encode(row["detail"], order="sorted").decode("utf-8")
    connection.execute(insert(tables.CUSTODY), found)


def entry(row: dict[str, Any]) -> CustodyEntry:
    return CustodyEntry(**{**row, "detail": msgspec.json.decode(row["detail"], type=dict[str, str])})


def adopt(connection: Connection) -> None:
    """Note what an edition holds and its log does not: the captures and rulings of one that had no log yet, or that
    came from another edition."""
    columns = tables.CUSTODY.c
    known: dict[str, set[tuple[str, str]]] = {"capture": set(), "moment": set(), "decision": set()}
    for row in connection.execute(select(columns.kind, columns.subject, columns.at, columns.detail)):
        if row.kind == "capture":
            source = msgspec.json.decode(row.detail, type=dict[str, str]).get("source", "")
            known["capture"].add((row.subject, source))
            known["moment"].add((row.subject, row.at or ""))
        elif row.kind == "decision":
            known["decision"].add((row.subject, ""))
    append(connection, _unknown_captures(connection, known["capture"], known["moment"]))
    decisions = connection.execute(select(tables.DECISIONS.c.record).order_by(tables.DECISIONS.c.number)).scalars()
    append(connection, [each for each in map(decision, decisions) if (each.subject, "") not in known["decision"]])


def _unknown_captures(
    connection: Connection, known: set[tuple[str, str]], known_moments: set[tuple[str, str]]
) -> Iterator[Noted]:
    """Every capture that is not known, by page and source, then those moments that still are not."""
    sources: dict[str, list[str]] = {}
    moments: dict[str, list[str]] = {}
    captures = select(tables.CAPTURES).order_by(tables.CAPTURES.c.page, tables.CAPTURES.c.source)
    for row in connection.execute(captures):
        if (row.page, row.source) not in known:
            sources.setdefault(row.page, []).append(row.source)
    for row in connection.execute(select(tables.MOMENTS).order_by(tables.MOMENTS.c.page, tables.MOMENTS.c.captured)):
        if (row.page, row.captured) not in known_moments:
            moments.setdefault(row.page, []).append(row.captured)
    wanted = sorted({*sources, *moments})
    for at in range(0, len(wanted), _HELD):
        pages = select(tables.PAGES).where(tables.PAGES.c.id.in_(wanted[at : at + _HELD])).order_by(tables.PAGES.c.id)
        for page in connection.execute(pages):
            declared = rows.decode(page.declared, Declared)
            at_page, of_page = list(moments.get(page.id, ())), sources.get(page.id, [""])
            first = at_page.pop(0) if at_page else None
            content = digest(page.content)
            for source in of_page:
                yield _capture(page.id, content, page.media, declared, source, first)
            for moment in at_page:
                yield _capture(page.id, content, page.media, declared, of_page[0], moment)


def decision(record: str) -> Noted:
    """The entry of a ruling, given as the log of rulings has it."""
    return ruling(rows.decode(record, Decision))


def ruling(made: Decision) -> Noted:
    detail = {"action": made.action, "author": made.author}
    return Noted("decision", made.id, digest(canonical(made)), made.at or None, detail)


class ContentDigest:
    """SHA-256 of what is in force, of its records as they are stored, so that a version of the code with more fields
    finds the same."""

    def __init__(self) -> None:
        self._state = hashlib.sha256()

    def add(self, table: str, records: Iterable[str]) -> None:
        """Add all records of a table, in their order."""
        self._state.update(f"{table}\n".encode())
        for record in records:
            told = record.encode("utf-8", "surrogatepass")
            self._state.update(f"{len(told)}:".encode())
            self._state.update(told)

    def hexdigest(self) -> str:
        return self._state.hexdigest()
