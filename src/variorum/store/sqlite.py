"""An edition as one SQLite file (or in memory)."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from variorum.errors import EditionError

from . import migrations, tables
from .base import Store, is_url
from .fulltext import INDEXED, Fts5
from .reader import RowReader
from .sql import SqlStore

_CONNECTIONS = 32  # kept open for readers of one process; as many again where needed
SEAL = ".seal"
"""What the name of a seal has behind the name of what it seals."""

_PATIENCE = 60  # seconds that a run waits for another one's transaction
_PAUSE = 0.02  # seconds between two tries where SQLite itself does not wait


def open_store(target: str | Path | None, *, create: bool = True) -> Store:
    """The store at a path or a ``postgresql://`` address, or one in memory for None.

    Raises EditionError where something else than an edition is there, or nothing and `create` is False.
    """
    if target is None:
        return SqliteStore(None)
    if isinstance(target, str) and is_url(target):
        return _postgres(target, create)
    path = Path(target)
    if not path.exists() and not create:
        raise EditionError(f"{path}: no such edition")
    return SqliteStore(path, writable=create)


def open_newest(target: str | Path) -> Store:
    """The store of an edition that is there and of the newest schema, for writing: nothing is made and nothing is
    brought to another schema. Raises EditionError where it is none such."""
    if isinstance(target, Path):
        if not os.access(target, os.W_OK) or not os.access(target.parent, os.W_OK):
            raise EditionError(f"{target}: cannot be written")
        store = SqliteStore(target, writable=False)
        try:
            if store.is_copy:
                raise EditionError(f"{target}: is of an earlier schema")
        finally:
            store.close()
    else:
        open_store(target, create=False).close()
    return open_store(target)


def sealed_by(path: Path) -> Path | None:
    """The seal beside an edition or a folder; None where there is none."""
    found = path.with_name(path.name + SEAL)
    return found if found.exists() else None


def _postgres(url: str, create: bool) -> Store:
    from .postgres import PostgresStore

    return PostgresStore(url, writable=create)


def fold_in(target: str | Path) -> None:
    """Fold what stands beside an edition's file (``-wal``) into it, so that a copy of the file alone has all. What
    cannot be folded in stays where it is: others still read it, or the folder cannot be written."""
    path = Path(target)
    if is_url(str(target)) or not path.with_name(path.name + "-wal").exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class SqliteStore(SqlStore):
    """`Store` over one SQLite file in WAL mode. One that is not `writable` changes nothing, not even the file's times,
    and reads from a read-only folder too.

    An edition of an earlier schema is brought to this one when it is opened for writing, whole or not at all; opened
    for reading it stays as it is, and a copy in a temporary file is read in its place.
    """

    def __init__(self, path: Path | None, *, writable: bool = True) -> None:
        super().__init__(Fts5(), upsert)
        self.path = path
        self._copy: Path | None = None
        if path is not None:
            _check_file(path, writable=writable)
        self._engine = _engine(path, writable=writable)
        try:
            older = self._prepare(writable)
        except EditionError:
            self.close()
            raise
        if older and path is not None:
            self._read_a_copy(path)

    def _prepare(self, writable: bool) -> bool:
        """Make what is not there, and bring what is there to the newest schema; whether it is of an earlier one that
        cannot be written to."""
        with self._transaction(write=writable) as connection:
            made = inspect(connection).has_table(tables.EDITION.name)
            if writable and not made:
                self._create(connection)
                migrations.stamp(connection)
            elif writable:
                migrations.migrate(connection, self._name, self._make_anew)
            return not writable and migrations.is_older(connection, self._name)

    @property
    def is_copy(self) -> bool:
        """Whether a copy is read in the place of an edition of an earlier schema."""
        return self._copy is not None

    @property
    def _name(self) -> str:
        return str(self.path or "edition in memory")

    def _read_a_copy(self, path: Path) -> None:
        """Read an edition of an earlier schema in a copy that is brought to this one, and is gone with the store."""
        self._engine.dispose()
        handle, name = tempfile.mkstemp(suffix=".sqlite", prefix="variorum-")
        os.close(handle)
        self._copy = Path(name)
        try:
            with closing(sqlite3.connect(_read_only(path), uri=True)) as source, closing(sqlite3.connect(name)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            self._copy.unlink()
            raise EditionError(f"{path}: {error}") from error
        self._engine = _engine(self._copy, writable=True)
        with self._transaction(write=True) as connection:
            migrations.migrate(connection, self._name, self._make_anew)
        self._engine.dispose()
        self._engine = _engine(self._copy, writable=False)

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execution_options(variorum_write=write)
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            if "locked" in reason:
                reason = f"another run is writing this edition (waited {_PATIENCE} s)"
            raise EditionError(f"{self._name}: {reason}") from error

    @contextmanager
    def snapshot(self) -> Iterator[RowReader]:
        if self.path is None:  # its one connection cannot be held: no other process writes it
            yield self
        else:
            with super().snapshot() as reader:
                yield reader

    def _sweep(self) -> None:
        if self.path is None:
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)) as connection:
                for name in INDEXED:  # what was deleted stands in the index until its parts are merged
                    connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")
                connection.execute("VACUUM")
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise EditionError(
                    f"{self._name}: others read it, so that what was taken out may still stand in the file; "
                    "end them and run VACUUM on it"
                )
        except sqlite3.Error as error:
            raise EditionError(f"{self._name}: {error}") from error

    def close(self) -> None:
        self._engine.dispose()
        if self._copy is not None:
            for name in ("", "-wal", "-shm"):
                self._copy.with_name(self._copy.name + name).unlink(missing_ok=True)


def _check_file(path: Path, *, writable: bool) -> None:
    """An existing file must be an edition, or nothing yet where one is to be written: nothing else is overwritten."""
    try:
        if path.is_dir():
            raise EditionError(f"{path}: is a folder; an edition is a file")
        if not path.parent.is_dir():
            raise EditionError(f"{path}: no such folder as {path.parent}")
        if writable and (seal := sealed_by(path)) is not None:
            raise EditionError(f"{path}: is sealed; go on with a copy of it, or delete {seal.name}")
        names: set[str] = set()
        if path.exists() and path.stat().st_size:
            # By SQLite alone: a process that closes a file of its own making drops all its locks on it (POSIX), and
            # another process would then take the edition that this one serves for its own.
            with closing(sqlite3.connect(_read_only(path), uri=True)) as connection:
                names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if names and "edition" not in names:
                raise EditionError(f"{path}: an SQLite file of something else; nothing was written")
        if not writable and not names:
            raise EditionError(f"{path}: not an edition (an empty file)")
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise EditionError(f"{path}: not an edition (no SQLite file); nothing was written") from error
        raise EditionError(f"{path}: {error}") from error


def _read_only(path: Path) -> str:
    """The URI of a file to be read. Where its folder cannot be written, SQLite may not make the files that it shares
    with writers, and there are no writers: the file is then taken as immutable. So is one that is sealed: what stands
    beside it is no part of it."""
    mode = "mode=ro" if os.access(path.parent, os.W_OK) and sealed_by(path) is None else "immutable=1"
    return f"{path.resolve().as_uri()}?{mode}"


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Turn the file to WAL mode. Two runs that begin one file turn it at once; SQLite does not wait then, so we do."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _engine(path: Path | None, *, writable: bool) -> Engine:
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    elif writable:
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _PATIENCE})
    else:
        engine = create_engine(
            f"sqlite:///{_read_only(path)}&uri=true", pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS
        )

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, tables included
        if path is not None and writable:
            cursor = connection.cursor()
            _write_ahead(cursor)
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.close()

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        write = connection.get_execution_options().get("variorum_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write and writable else "BEGIN")

    return engine
