"""Fixtures that every test may use."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from variorum.annotation.syntax import SpacyParser
from variorum.records import Block, Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
REQUIRE_ALL = bool(os.environ.get("VARIORUM_REQUIRE_ALL"))


def plain_document(text: str, **fields: Any) -> Document:
    """A document of which every line is a body paragraph; `fields` set the rest of the record."""
    blocks = tuple(Block(start=m.start(), end=m.end(), kind="body") for m in re.finditer(r"\S[^\n]*", text))
    given: dict[str, Any] = {"id": "d1", "page": "p1", "source": "d1.txt", "language": "en", "blocks": blocks, **fields}
    return Document(text=text, **given)


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The packaged model, loaded once a session."""
    return SpacyParser()


@pytest.fixture(scope="session")
def parse(parser: SpacyParser) -> Parse:
    """``parse(text, **document_fields)`` gives the document and its syntax."""

    def run(text: str, **fields: Any) -> tuple[Document, Syntax]:
        document = plain_document(text, **fields)
        return document, next(parser.parse([document]))

    return run


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the two real pages; tests that read it skip where it is absent."""
    if not SEEDS.is_dir():
        pytest.skip("the two real pages are not beside this checkout (../shared/seeds)")
    return SEEDS
