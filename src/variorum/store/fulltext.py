"""The full-text index of a backend: which numbered texts hold a term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from sqlalchemy import Column, ColumnElement, Connection, Integer, MetaData, Select, String, Table, select, text

from .words import Term

Indexed = Literal["passage_words", "headline_words"]
"""`passage_words` has the number of a passage, `headline_words` the position of an event."""

INDEXED: tuple[Indexed, ...] = ("passage_words", "headline_words")

Numbered = Iterable[tuple[int, Sequence[str]]]
"""A number and the words that stand under it."""


class WordIndex(Protocol):
    def create(self, connection: Connection) -> None: ...

    def drop(self, connection: Connection) -> None: ...

    def clear(self, connection: Connection, name: Indexed) -> None: ...

    def add(self, connection: Connection, name: Indexed, texts: Numbered) -> None:
        """Put in texts whose numbers are new."""
        ...

    def remove(self, connection: Connection, name: Indexed, texts: Numbered) -> None:
        """Take out texts, with the words that they were put in with."""
        ...

    def numbers(self, name: Indexed, term: Term) -> Select[int]:
        """The numbers of the texts that hold a term."""
        ...

    def holds(self, name: Indexed, term: Term, number: ColumnElement[int]) -> ColumnElement[bool]:
        """That the text of a number holds a term, for conditions on few of the texts."""
        ...


class Fts5:
    """SQLite's FTS5, without a copy of the texts. The words come normalised, and keep to their boundaries in any
    script: marks are parts of words."""

    _DDL = """CREATE VIRTUAL TABLE {} USING fts5(
        words, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")"""

    def create(self, connection: Connection) -> None:
        for name in INDEXED:
            connection.execute(text(self._DDL.format(name)))

    def drop(self, connection: Connection) -> None:
        for name in INDEXED:
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))

    def clear(self, connection: Connection, name: Indexed) -> None:
        connection.execute(text(f"INSERT INTO {name}({name}) VALUES ('delete-all')"))

    def add(self, connection: Connection, name: Indexed, texts: Numbered) -> None:
        self._write(connection, f"INSERT INTO {name}(rowid, words) VALUES (:number, :words)", texts)

    def remove(self, connection: Connection, name: Indexed, texts: Numbered) -> None:
        statement = f"INSERT INTO {name}({name}, rowid, words) VALUES ('delete', :number, :words)"
        self._write(connection, statement, texts)

    def _write(self, connection: Connection, statement: str, texts: Numbered) -> None:
        made = [{"number": number, "words": " ".join(words)} for number, words in texts]
        if made:
            connection.execute(text(statement), made)

    def numbers(self, name: Indexed, term: Term) -> Select[int]:
        phrase = '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")
        table = Table(name, MetaData(), Column("rowid", Integer), Column(name, String))
        return select(table.c.rowid).where(table.c[name].op("MATCH")(phrase))

    def holds(self, name: Indexed, term: Term, number: ColumnElement[int]) -> ColumnElement[bool]:
        # To look one text up takes longer than to go through a thousand of the list of all with a term. The sum keeps
        # SQLite from beginning with these.
        return (number + 0).in_(self.numbers(name, term))
