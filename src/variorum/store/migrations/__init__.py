"""The schema's versions, and how an edition of an earlier one is brought to the newest.

A module ``m0002`` has ``upgrade(connection)``, which changes the tables of observations from version 1 to version 2 in
plain SQL. It never imports `tables`, which go on changing. Tables of what can be computed (the content in force, and
what is searched) need no step of their own: when the steps are done, what is in force is read from its `record`
columns, those tables are made anew and filled. All of it is one transaction: an edition is of the old schema or of the
new one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select

from variorum.errors import EditionError

from .. import tables

_STEPS = {int(found.name[1:]): found.name for found in pkgutil.iter_modules(__path__) if found.name[1:].isdigit()}

SCHEMA_VERSION = max(_STEPS)


def stamp(connection: Connection) -> None:
    """Note in an edition that it is of the newest schema."""
    connection.execute(delete(tables.EDITION).where(tables.EDITION.c.key == "schema"))
    connection.execute(insert(tables.EDITION).values(key="schema", value=str(SCHEMA_VERSION)))


def is_older(connection: Connection, name: str) -> bool:
    """Whether an edition is of an earlier schema. Raises EditionError where it is of a later one, or of none."""
    found = connection.scalar(select(tables.EDITION.c.value).where(tables.EDITION.c.key == "schema"))
    if found is None or not found.isdigit() or not 1 <= int(found) <= SCHEMA_VERSION:
        raise EditionError(f"{name}: an edition of schema {found}; this version reads 1 to {SCHEMA_VERSION}")
    return int(found) < SCHEMA_VERSION


def migrate(connection: Connection, name: str, make_anew: Callable[[Connection], None]) -> None:
    """Bring an edition to the newest schema; `make_anew` makes and fills the tables of what can be computed. Raises
    EditionError where it is of a later one."""
    if not is_older(connection, name):
        return
    version = int(connection.scalar(select(tables.EDITION.c.value).where(tables.EDITION.c.key == "schema")) or 0)
    for number in range(version + 1, SCHEMA_VERSION + 1):
        importlib.import_module(f"{__name__}.{_STEPS[number]}").upgrade(connection)
    make_anew(connection)
    stamp(connection)
