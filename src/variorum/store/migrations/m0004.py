"""Version 4: the position of its event in every table that filters look at, and indices that hold what they need."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Nothing of what was observed changes."""
