"""Every format that an edition is written in: `FORMATS`, one module a format."""

from __future__ import annotations

from . import acled, atom, ftm, ged, geojson, graphml, markdown, polecat, prov, table_files, whole
from .base import ExportOptions, Format, Job

__all__ = ["FORMATS", "ExportOptions", "Format", "Job"]

_ALL = (
    Format("json", "the whole edition in the variorum/1 schema", ".json", whole.json_lines),
    Format("html", "one self-contained page of dossiers", ".html", whole.page),
    Format("markdown", "dossiers in Markdown", ".md", markdown.lines),
    Format("csv", "a CSV file for each table, into a folder", folder=table_files.write_csv),
    Format("parquet", "a Parquet file for each table, into a folder", folder=table_files.write_parquet),
    Format("datapackage", "the CSV files as a Frictionless data package", folder=table_files.write_package),
    Format("ged", "lethal events in the shape of UCDP GED (CSV, 49 columns)", ".csv", ged.lines),
    Format("acled-shaped", "events in the shape of an ACLED file (CSV, 31 columns)", ".csv", acled.lines),
    Format("polecat", "events in the shape of POLECAT (TSV, 40 columns)", ".tsv", polecat.lines),
    Format("plover", "PLOVER records (JSON lines)", ".jsonl", polecat.records),
    Format("geojson", "events as GeoJSON features", ".geojson", geojson.lines),
    Format("ftm", "FollowTheMoney entities (JSON lines)", ".jsonl", ftm.lines),
    Format("prov-json", "provenance as PROV-JSON", ".json", prov.lines),
    Format("graphml-derivations", "who used whose text (GraphML)", ".graphml", graphml.derivations),
    Format("graphml-links", "what answers what (GraphML)", ".graphml", graphml.links),
    Format("atom", "an Atom feed of events with tombstones", ".atom", atom.lines),
)
FORMATS: dict[str, Format] = {each.name: each for each in _ALL}
"""By name, in the order in which they are listed."""
