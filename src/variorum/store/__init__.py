"""Where an edition lives: the `Store` seam and its backends.

SQLite is the default: one file that the user owns, opened by any SQLite tool. PostgreSQL is for teams. `open_store`
picks the backend.
"""

from .base import Captures, Named, OpenReader, Reader, Store, StoredDocument, is_url, place
from .migrations import SCHEMA_VERSION
from .sqlite import SEAL, SqliteStore, fold_in, open_newest, open_store, sealed_by

__all__ = [
    "SCHEMA_VERSION",
    "SEAL",
    "Captures",
    "Named",
    "OpenReader",
    "Reader",
    "SqliteStore",
    "Store",
    "StoredDocument",
    "fold_in",
    "is_url",
    "open_newest",
    "open_store",
    "place",
    "sealed_by",
]
