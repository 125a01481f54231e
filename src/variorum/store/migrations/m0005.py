"""Version 5: the log of custody and the tombstones of what was taken out. Both tables are made with all that are not
there; the log begins with what the edition holds."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Nothing of what was observed changes."""
