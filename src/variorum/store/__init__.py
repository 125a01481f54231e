"""Where an edition lives: the `Store` seam and its backends.

SQLite is the default: one file that the user owns, opened by any SQLite tool. PostgreSQL is for teams. `open_store`
picks the backend.
"""

from .base import Named, OpenReader, Reader, Store, StoredDocument, is_url, place
from .migrations import SCHEMA_VERSION
from .sqlite import SqliteStore, open_store

__all__ = [
    "SCHEMA_VERSION",
    "Named",
    "OpenReader",
    "Reader",
    "SqliteStore",
    "Store",
    "StoredDocument",
    "is_url",
    "open_store",
    "place",
]
