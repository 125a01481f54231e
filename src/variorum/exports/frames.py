"""The tables of an edition in memory, for Arrow, pandas and polars."""

from __future__ import annotations

from typing import Any

from variorum.errors import ExportError

from .formats.base import ExportOptions, Job
from .formats.table_files import arrow_batches, arrow_schema, import_pyarrow
from .formats.tables import TABLES
from .privacy import SHOWN
from .quotations import Quotations
from .source import Source


def arrow(source: Source, table: str, *, full_text: bool = False) -> Any:
    """A table as a `pyarrow.Table`, its columns as in `docs/exports.md`, quotations whole. Raises ExportError where
    there is no such table, and where pyarrow is not installed."""
    chosen = next((each for each in TABLES if each.name == table), None)
    if chosen is None:
        raise ExportError(f"no table is called {table!r}; there are {', '.join(each.name for each in TABLES)}")
    pyarrow = import_pyarrow()
    job = Job(source, ExportOptions(full_text=full_text, privacy=SHOWN))
    job.quotations = Quotations(source, None)  # nothing leaves the user's hands
    return pyarrow.Table.from_batches(arrow_batches(job, chosen), schema=arrow_schema(chosen))


def pandas(table: Any) -> Any:
    """A `pyarrow.Table` as a `pandas.DataFrame` of Arrow's types, so that a missing number stays a missing number.
    Raises ExportError where pandas is not installed."""
    try:
        from pandas import ArrowDtype
    except ImportError as error:
        raise ExportError("this needs pandas: pip install 'variorum[pandas]'") from error
    return table.to_pandas(types_mapper=ArrowDtype)


def polars(table: Any) -> Any:
    """A `pyarrow.Table` as a `polars.DataFrame`. Raises ExportError where polars is not installed."""
    try:
        from polars import from_arrow
    except ImportError as error:
        raise ExportError("this needs polars: pip install 'variorum[polars]'") from error
    return from_arrow(table)
