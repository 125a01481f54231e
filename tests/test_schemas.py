"""The shipped schemas are those of the records."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from variorum.schemas import SCHEMAS, load, path, render


@pytest.mark.parametrize("name", SCHEMAS)
def test_shipped_schema_is_that_of_the_records(name: str) -> None:
    assert path(name).read_text(encoding="utf-8") == render(name), "run `make schemas`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_itself(name: str) -> None:
    Draft202012Validator.check_schema(load(name))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_required(name: str) -> None:
    shapes = [shape for shape in load(name)["$defs"].values() if "properties" in shape]
    assert len(shapes) > 5
    marks = {"proposed"}  # is there only where a model proposed something
    assert all(set(shape["required"]) == set(shape["properties"]) - marks for shape in shapes)
