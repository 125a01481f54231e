"""Version 6: what each run changed of what was in force. The table is made with all that are not there; of an edition
that comes from an earlier version it tells from then on."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Nothing of what was observed changes."""
