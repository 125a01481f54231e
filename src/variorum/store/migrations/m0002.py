"""Version 2: participants, places, days and agreements as rows to search by; tables that some editions lacked."""

from __future__ import annotations

from sqlalchemy import Connection, text

_LACKED = (
    "CREATE TABLE IF NOT EXISTS moments (page {words} NOT NULL, captured {words} NOT NULL, "
    "PRIMARY KEY (page, captured))",
    "CREATE TABLE IF NOT EXISTS derivation_work (key {words} NOT NULL, work {bytes} NOT NULL, PRIMARY KEY (key))",
    "CREATE TABLE IF NOT EXISTS contradictions (id {words} NOT NULL, kind {words} NOT NULL, event {words} NOT NULL, "
    "sentence {words} NOT NULL, speaker {words}, against {words}, position INTEGER NOT NULL, record {words} NOT NULL, "
    "PRIMARY KEY (id))",
)


_TYPES = {
    "sqlite": {"words": "VARCHAR", "bytes": "BLOB"},
    "postgresql": {"words": 'VARCHAR COLLATE "C"', "bytes": "BYTEA"},
}


def upgrade(connection: Connection) -> None:
    for statement in _LACKED:
        connection.execute(text(statement.format(**_TYPES[connection.dialect.name])))
