"""``variorum compare-dataset``."""

from __future__ import annotations

from pathlib import Path

import click

from .editions import EDITION, Target
from .filters import Filters, filters_events

_EPILOG = """\b
Examples:
  variorum compare-dataset january.sqlite ged.csv
  variorum compare-dataset january.sqlite mine.csv --mapping mine.toml --json
  variorum compare-dataset january.sqlite ged.csv --country PK
"""


@click.command(epilog=_EPILOG, short_help="Lay a data set of events beside an edition.")
@click.argument("edition", type=EDITION)
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A TOML file that says which column holds what, for a table in a shape of its own.",
)
@click.option("--json", "as_json", is_flag=True, help="The comparison as JSON on stdout.")
@filters_events
def command(edition: Target, table: Path, mapping: Path | None, as_json: bool, filters: Filters) -> None:
    """Lay TABLE, a CSV file of events, beside EDITION: which events both have and why they are taken for one, which
    only one of them has, and where the figures of people killed differ. UCDP GED's and ACLED's shapes are known by
    their columns. The filters pick events of the edition."""
    import msgspec

    from variorum.exports.datasets import compare, read_dataset, view
    from variorum.pipeline import Edition

    dataset = read_dataset(table, mapping)
    with Edition.open(edition) as opened, opened.snapshot() as frozen:
        found = compare(frozen.find(filters.query()), dataset)
    click.echo(msgspec.json.encode(found).decode("utf-8") if as_json else view(found, table.name))
