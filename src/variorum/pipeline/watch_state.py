"""What a watch remembers between rounds and over a kill: one SQLite file beside the edition.

Every step is one transaction, so a watch that is killed at any point goes on from its last whole step: addresses are
noted in the same transaction as the validators of the feed that named them; a page is kept here in the same one that
marks it as fetched, and let go only after the edition holds it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from variorum.errors import EditionError
from variorum.pages.feeds import Entry
from variorum.pages.fetching import Validators
from variorum.pages.fetching.politeness import SiteState
from variorum.records import Page, Record

_VERSION = 2
_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, validators BLOB NOT NULL, failures INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
  url TEXT PRIMARY KEY, feed TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
  number INTEGER NOT NULL, entry BLOB NOT NULL, turns INTEGER NOT NULL, waits_since REAL);
CREATE INDEX IF NOT EXISTS wanted ON entries (state, feed, turns, number);
CREATE TABLE IF NOT EXISTS stamps (url TEXT NOT NULL, feed TEXT NOT NULL, stamp TEXT, PRIMARY KEY (url, feed));
CREATE TABLE IF NOT EXISTS kept (page TEXT NOT NULL, source TEXT NOT NULL, record BLOB NOT NULL,
  PRIMARY KEY (page, source));
CREATE TABLE IF NOT EXISTS sites (site TEXT PRIMARY KEY, robots TEXT, robots_until REAL, not_before REAL,
  failures INTEGER);
"""


class Wanted(Record, frozen=True, kw_only=True):
    """An entry whose page is still to be got: how often that was tried, and since when it is put off (seconds since
    1970)."""

    key: str
    feed: str
    entry: Entry
    attempts: int
    waits_since: float | None = None


class WatchState:
    """The state at a path, held by one watch at a time. It is also the memory of politeness. Safe to use from several
    threads. Raises EditionError where another watch holds it or the file cannot be used.

    `feeds` are those that are followed: an entry of one that is followed no more goes to the next that names it.
    """

    def __init__(self, path: Path, feeds: Iterable[str] = ()) -> None:
        self._path = path
        self._followed = frozenset(feeds)
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=1.0)
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._connection.execute("PRAGMA synchronous=FULL")
            with self._transaction() as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version not in (0, _VERSION):
                    raise EditionError(f"{path}: a watch's memory of version {version}; this one reads {_VERSION}")
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={_VERSION}")
        except sqlite3.Error as error:
            raise self._failed(error) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._failed(error) from error

    def _failed(self, error: sqlite3.Error) -> EditionError:
        if "locked" in str(error):
            return EditionError(f"{self._path}: another watch keeps this edition")
        return EditionError(f"{self._path}: {error}")

    # feeds and entries

    def validators(self, feed: str) -> Validators:
        """What the feed's server gave when it was last read whole."""
        with self._transaction() as connection:
            row = connection.execute("SELECT validators FROM feeds WHERE url = ?", (feed,)).fetchone()
        return msgspec.json.decode(row[0], type=Validators) if row else Validators()

    def feed_read(self, feed: str, validators: Validators, entries: Sequence[tuple[str, Entry]]) -> tuple[int, int]:
        """Note a feed's entries with their keys, and its validators. Gives how many are new, how many changed.

        An entry changed where the same feed dates it otherwise than before: another feed may write the same moment in
        another form. Of entries with one key the first counts, but what a site's own feed says of a page goes before
        what another site's feed does.
        """
        new = changed = 0
        with self._transaction() as connection:
            first = connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM entries").fetchone()[0]
            unique = dict(reversed(entries))
            for number, (key, entry) in enumerate(reversed(unique.items()), start=first):
                stamp = entry.updated or entry.published
                row = connection.execute("SELECT feed, state, entry FROM entries WHERE url = ?", (key,)).fetchone()
                known = connection.execute(
                    "SELECT stamp FROM stamps WHERE url = ? AND feed = ?", (key, feed)
                ).fetchone()
                packed = msgspec.json.encode(entry)
                if row is None:
                    new += 1
                    connection.execute(
                        "INSERT INTO entries VALUES (?, ?, 'wanted', 0, ?, ?, 0, NULL)", (key, feed, number, packed)
                    )
                elif known is not None and stamp is not None and known[0] != stamp:
                    changed += row[1] != "wanted"
                    connection.execute(
                        "UPDATE entries SET state = 'wanted', attempts = 0, turns = 0, waits_since = NULL, entry = ? "
                        "WHERE url = ?",
                        (packed, key),
                    )
                elif row[1] == "wanted" and entry.teller is None and msgspec.json.decode(row[2], type=Entry).teller:
                    connection.execute("UPDATE entries SET feed = ?, entry = ? WHERE url = ?", (feed, packed, key))
                if row is not None and row[0] not in self._followed:
                    connection.execute("UPDATE entries SET feed = ? WHERE url = ?", (feed, key))
                connection.execute(
                    "INSERT INTO stamps VALUES (?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET stamp = COALESCE(excluded.stamp, stamp)",
                    (key, feed, stamp),
                )
            connection.execute(
                "INSERT INTO feeds VALUES (?, ?, 0) ON CONFLICT (url) DO UPDATE SET validators = excluded.validators, "
                "failures = 0",
                (feed, msgspec.json.encode(validators)),
            )
        return new, changed

    def wanted(self, feed: str, most: int) -> list[Wanted]:
        """The entries of a feed whose pages are to be got: those that had fewest turns first, so that pages that do
        not come never keep back others; then in the order in which they were noted."""
        query = (
            "SELECT url, entry, attempts, waits_since FROM entries WHERE state = 'wanted' AND feed = ? "
            "ORDER BY turns, number LIMIT ?"
        )
        with self._transaction() as connection:
            rows = connection.execute(query, (feed, most)).fetchall()
        return [
            Wanted(
                key=key, feed=feed, entry=msgspec.json.decode(entry, type=Entry), attempts=attempts, waits_since=since
            )
            for key, entry, attempts, since in rows
        ]

    def got(self, wanted: Wanted, page: Page) -> None:
        """Keep a page until the edition has it."""
        with self._transaction() as connection:
            row = (page.id, page.source, msgspec.json.encode(page))
            connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)
            connection.execute("UPDATE entries SET state = 'got' WHERE url = ?", (wanted.key,))

    def given_up(self, wanted: Wanted) -> None:
        """The entry gives no page, and is not tried again until its feed says that it changed."""
        with self._transaction() as connection:
            connection.execute("UPDATE entries SET state = 'given up' WHERE url = ?", (wanted.key,))

    def tried(self, wanted: Wanted) -> None:
        """The entry gave no page this time."""
        with self._transaction() as connection:
            query = "UPDATE entries SET attempts = attempts + 1, turns = turns + 1, waits_since = NULL WHERE url = ?"
            connection.execute(query, (wanted.key,))

    def put_off(self, wanted: Wanted, since: float) -> None:
        """The entry's turn comes later, and has done so since a moment."""
        with self._transaction() as connection:
            query = "UPDATE entries SET turns = turns + 1, waits_since = ? WHERE url = ?"
            connection.execute(query, (since, wanted.key))

    def given(self) -> int:
        """How many pages were got, and went into an edition or wait for it."""
        with self._transaction() as connection:
            return int(connection.execute("SELECT COUNT(*) FROM entries WHERE state = 'got'").fetchone()[0])

    # pages on their way into the edition

    def kept(self) -> list[Page]:
        """The pages that the edition does not have yet, in the order of their sources."""
        with self._transaction() as connection:
            rows = connection.execute("SELECT record FROM kept ORDER BY source, page").fetchall()
        return [msgspec.json.decode(row[0], type=Page) for row in rows]

    def let_go(self, pages: Iterable[Page]) -> None:
        """The edition has them now."""
        with self._transaction() as connection:
            connection.executemany(
                "DELETE FROM kept WHERE page = ? AND source = ?", [(page.id, page.source) for page in pages]
            )

    # politeness

    def site(self, site: str) -> SiteState:
        query = "SELECT robots, robots_until, not_before, failures FROM sites WHERE site = ?"
        with self._transaction() as connection:
            row = connection.execute(query, (site,)).fetchone()
        return SiteState(*row) if row else SiteState()

    def keep_site(self, site: str, state: SiteState) -> None:
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO sites VALUES (?, ?, ?, ?, ?)", (site, *state))

    def close(self) -> None:
        with self._lock:
            self._connection.close()
