"""An edition as a schema of a PostgreSQL database (15 or later).

``postgresql://user@host/database?edition=january`` names the edition in the schema ``january``; without ``edition`` it
is that in the schema ``variorum``. Everything else of the URL is the driver's (``host``, ``sslmode``, ``passfile``, …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    Select,
    Table,
    cast,
    create_engine,
    delete,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from variorum.errors import EditionError
from variorum.records import EditionContent

from . import migrations, rows, tables
from .fulltext import INDEXED, Indexed, Numbered
from .sql import SqlStore
from .words import Term
from .writing import Positions

DEFAULT_EDITION = "variorum"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_OLDEST = 150_000  # server_version_num of PostgreSQL 15
_PATIENCE = 60  # seconds that a run waits for another one's transaction
_CONNECTIONS = 16  # of one process: a server takes a hundred in all, as it comes
_WRITERS = 0x7661726F  # the class of the advisory locks of those who write an edition
_BATCH = 500  # texts whose words are put into one statement


class Tsvectors:
    """PostgreSQL's tsvector with GIN. Vectors and queries are made of words that are normalised already: the server's
    own parser and dictionaries take no part, so that it finds what SQLite finds."""

    def __init__(self) -> None:
        self._tables = {
            name: Table(
                name,
                MetaData(),
                Column("number", Integer, primary_key=True, autoincrement=False),
                Column("words", TSVECTOR, nullable=False),
            )
            for name in INDEXED
        }

    def create(self, connection: Connection) -> None:
        for name, table in self._tables.items():
            table.create(connection)
            connection.execute(text(f"CREATE INDEX {name}_gin ON {name} USING gin (words)"))

    def drop(self, connection: Connection) -> None:
        for name in INDEXED:
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))

    def clear(self, connection: Connection, name: Indexed) -> None:
        connection.execute(delete(self._tables[name]))

    def add(self, connection: Connection, name: Indexed, texts: Numbered) -> None:
        copy_rows(connection, self._tables[name], ({"number": n, "words": _vector(words)} for n, words in texts))

    def remove(self, connection: Connection, name: Indexed, texts: Numbered) -> None:
        table = self._tables[name]
        numbers = [number for number, _ in texts]
        for at in range(0, len(numbers), _BATCH):
            connection.execute(delete(table).where(table.c.number.in_(numbers[at : at + _BATCH])))

    def numbers(self, name: Indexed, term: Term) -> Select[int]:
        *first, last = term.words
        words = [*(f"'{word}'" for word in first), f"'{last}'" + (":*" if term.prefix else "")]
        table = self._tables[name]
        return select(table.c.number).where(table.c.words.op("@@")(cast(" <-> ".join(words), TSQUERY)))

    def holds(self, name: Indexed, term: Term, number: ColumnElement[int]) -> ColumnElement[bool]:
        # The offset has the server look up text by text, which it would else join with all that hold the term.
        return self.numbers(name, term).where(self._tables[name].c.number == number).offset(0).exists()


def _vector(words: Sequence[str]) -> str:
    """Words with their places as a tsvector is written. Words hold letters, digits and marks alone: nothing in them
    needs to be escaped."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, 1):
        places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def copy_rows(connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
    """Put rows in with COPY, as they come."""
    columns = [column.name for column in table.columns]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:  # type: ignore[attr-defined]
        for row in values:
            copy.write_row([row.get(name) for name in columns])


class PostgresStore(SqlStore):
    """`Store` over one schema of a PostgreSQL database. Readers never wait for a writer nor hold one up; of writers one
    at a time has the edition, for one transaction, by an advisory lock, and another waits for a minute."""

    def __init__(self, url: str, *, writable: bool = True) -> None:
        super().__init__(Tsvectors(), upsert)
        self._engine, self._schema, self._name = _engine(url)
        self._writable = writable
        try:
            with self._transaction(write=writable) as connection:
                self._check_server(connection)
                self._prepare(connection)
        except EditionError:
            self.close()
            raise

    def _prepare(self, connection: Connection) -> None:
        """Make what is not there, and bring what is there to the newest schema."""
        found = self._tables_there(connection)
        if found and tables.EDITION.name not in found:
            raise EditionError(f"{self._name}: the schema {self._schema} holds something else; nothing was written")
        if not found and not self._writable:
            raise EditionError(f"{self._name}: no such edition")
        if not found:
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{self._schema}"'))
            self._create(connection)
            migrations.stamp(connection)
        elif self._writable:
            migrations.migrate(connection, self._name, self._make_anew)
        elif migrations.is_older(connection, self._name):
            raise EditionError(
                f"{self._name}: an edition of an earlier schema; any command that writes to it brings it to this one"
            )

    def _check_server(self, connection: Connection) -> None:
        version = int(connection.scalar(text("SHOW server_version_num")) or 0)
        if version < _OLDEST:
            raise EditionError(f"{self._name}: PostgreSQL {version // 10_000}; editions need 15 or later")

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        if write and not self._writable:
            raise EditionError(f"{self._name}: was opened for reading")
        try:
            with self._engine.connect() as connection:
                if write:
                    connection.execution_options(isolation_level="READ COMMITTED")
                else:
                    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                with connection.begin():
                    if write:
                        self._lock(connection)
                    yield connection
        except SQLAlchemyError as error:
            raise EditionError(f"{self._name}: {self._reason(error)}") from error
        except Exception as error:
            if type(error).__module__.startswith("psycopg"):
                raise EditionError(f"{self._name}: {self._reason(error)}") from error
            raise

    def _reason(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        if type(cause).__name__ == "LockNotAvailable":
            return f"another run is writing this edition (waited {_PATIENCE} s)"
        return (str(cause).splitlines() or [type(cause).__name__])[0]

    def _lock(self, connection: Connection) -> None:
        """Wait for whoever writes the edition now; the lock goes with the transaction, whichever way that ends."""
        connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
        lock = text("SELECT pg_advisory_xact_lock(:writers, hashtext(:edition))")
        connection.execute(lock, {"writers": _WRITERS, "edition": self._schema})

    def _tables_there(self, connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names(schema=self._schema))

    def _write_content(
        self, connection: Connection, content: EditionContent, at: Positions, annotations: Mapping[str, str]
    ) -> None:
        super()._write_content(connection, content, at, annotations)
        for table in (*tables.COMPUTED, tables.PASSAGES):  # the planner learns of all these rows at once
            connection.execute(text(f'ANALYZE "{table.name}"'))

    def _insert(self, connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
        copy_rows(connection, table, values)

    def close(self) -> None:
        self._engine.dispose()


def _engine(url: str) -> tuple[Engine, str, str]:
    """The engine, the schema, and the edition's name for messages, in which no password stands."""
    try:
        given = make_url(url)
        name = given.query.get("edition", DEFAULT_EDITION)
    except (ArgumentError, ValueError) as error:
        raise EditionError("not an address of an edition in PostgreSQL: postgresql://host/database?edition=name") from (
            error
        )
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name.startswith("pg_") or name == "public":
        raise EditionError(f"{name!r} is no name of an edition: small letters, digits and _, a letter first")
    query = {key: value for key, value in given.query.items() if key != "edition"}
    bare = given.set(drivername="postgresql+psycopg", query=query)
    shown = f"{given.set(drivername='postgresql', query={}).render_as_string(hide_password=True)}?edition={name}"
    try:
        engine = create_engine(bare, pool_size=_CONNECTIONS, max_overflow=0)
    except ImportError as error:
        raise EditionError("editions in PostgreSQL need its driver: pip install 'variorum[postgres]'") from error

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        before, connection.autocommit = connection.autocommit, True
        connection.execute(f'SET search_path TO "{name}"')
        connection.execute("SET client_encoding TO 'UTF8'")
        connection.execute("SET jit TO off")  # compiling a query takes longer than any of these does
        # A plan for any word would be one for no word: whether it stands in two texts or in most decides.
        connection.execute("SET plan_cache_mode TO force_custom_plan")
        # A query by several processes would take processors from all who read at the same time.
        connection.execute("SET max_parallel_workers_per_gather TO 0")
        connection.execute("SET work_mem TO '16MB'")  # the passages of one word sort and hash in memory
        connection.autocommit = before

    return engine, name, shown
