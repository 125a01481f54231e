"""The JSON Schemas of the public outputs, ``variorum/1``: made from the records, shipped as files.

from variorum.schemas import load
jsonschema.validate(edition, load("edition"))
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from variorum.records import AnnotatedDocument, Document, EditionContent

SCHEMAS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "annotation": (AnnotatedDocument, "One line of `variorum annotate`: a document and the layers over it"),
    "document": (Document, "One line of `variorum read`: a document as it was read, before any layer"),
    "edition": (EditionContent, "`variorum collate --format json`: an edition of all accounts"),
}


def path(name: str) -> Path:
    """Where the schema "annotation", "document" or "edition" stands."""
    return Path(__file__).parent / f"{name}.schema.json"


def load(name: str) -> dict[str, Any]:
    """The shipped schema, as JSON Schema 2020-12."""
    schema: dict[str, Any] = json.loads(path(name).read_text(encoding="utf-8"))
    return schema


def written(shape: dict[str, Any]) -> list[str]:
    """The fields of a record that are always written: all of them, null where they say nothing, but for marks that are
    there only where there is something to mark."""
    asked = set(shape.get("required", ()))
    return [name for name, told in shape["properties"].items() if name in asked or "default" in told]


def render(name: str) -> str:
    """The schema as the records have it now; a test holds it against the shipped file."""
    record, title = SCHEMAS[name]
    made = msgspec.json.schema(record)
    for shape in made["$defs"].values():
        if "properties" in shape:
            shape["required"] = written(shape)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **made}
    return json.dumps(whole, indent=1, sort_keys=False, ensure_ascii=False) + "\n"
