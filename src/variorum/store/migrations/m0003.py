"""Version 3: passages and the words in them. Both are made of the documents, which stay as they are."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Nothing of what was observed changes."""
