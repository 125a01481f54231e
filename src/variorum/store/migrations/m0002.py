"""Version 2: participants, places, days and agreements as rows to search by; tables that some editions lacked."""

from __future__ import annotations

from sqlalchemy import Connection, text

_LACKED = (
    "CREATE TABLE IF NOT EXISTS moments (page VARCHAR NOT NULL, captured VARCHAR NOT NULL, "
    "PRIMARY KEY (page, captured))",
    "CREATE TABLE IF NOT EXISTS derivation_work (key VARCHAR NOT NULL, work BLOB NOT NULL, PRIMARY KEY (key))",
    "CREATE TABLE IF NOT EXISTS contradictions (id VARCHAR NOT NULL, kind VARCHAR NOT NULL, event VARCHAR NOT NULL, "
    "sentence VARCHAR NOT NULL, speaker VARCHAR, against VARCHAR, position INTEGER NOT NULL, record VARCHAR NOT NULL, "
    "PRIMARY KEY (id))",
)


def upgrade(connection: Connection) -> None:
    for statement in _LACKED:
        connection.execute(text(statement))
