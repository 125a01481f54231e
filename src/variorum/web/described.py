"""The API's OpenAPI document, with the records as their own JSON Schema has them."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

from variorum import records
from variorum.records import Record
from variorum.schemas import written

_REF = "#/components/schemas/{name}"


class Described(JsonRenderPlugin):
    """Renders the document. What Litestar does not know of a record (a pair of characters is a list of two numbers) is
    taken from the schema that ``variorum collate`` and the rest are checked against."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, exact(openapi_schema))


def exact(document: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI document with every record's schema put in the place of what was guessed of it."""
    given = document["components"]["schemas"]
    kinds = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Record)]
    _, known = msgspec.json.schema_components(kinds, ref_template=_REF)
    for shape in known.values():
        if "properties" in shape:
            shape["required"] = written(shape)
    replaced = {name: known.get(name, schema) for name, schema in given.items()}
    missing = {name: known[name] for name in known if name not in given}
    return {**document, "components": {**document["components"], "schemas": {**missing, **replaced}}}
