"""Pages and texts written for the purpose, of many shapes, makers and languages: what each is read as.

A row of ``written_pages.jsonl`` is a page with what a reader says of it. All texts, outlets and persons are invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from variorum.records import BlockKind, Document

from .making import check_blocks, document

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("written_pages.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]


def shape(made: Document) -> str:
    if made.rejected:
        return made.rejected.reason
    kinds = {block.kind for block in made.blocks}
    if "correction" in kinds and "body" not in kinds:
        return "correction"
    return "live-blog" if "entry" in kinds else "round-up" if "round-up" in kinds else "article"


def parts(made: Document, kind: BlockKind) -> list[tuple[str, str | None]]:
    """How each entry or section begins, its dateline included, and its moment."""
    found: dict[int | None, tuple[str, str | None]] = {}
    dateline = ""
    for block in made.blocks:
        words = made.text[block.start : block.end].replace("\n", " ")
        if block.kind == kind and block.part not in found:
            found[block.part] = (f"{dateline} {words}".strip(), block.moment)
        dateline = words if block.kind == "dateline" else ""
    return list(found.values())


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_a_written_page_is_read_as_its_reader_says(row: dict[str, Any]) -> None:
    made = document(row["content"], "text/html" if row["name"].endswith("html") else "text/plain")
    check_blocks(made)
    assert shape(made) == row["shape"]
    for field in ("title", "outlet", "published"):
        if field in row:
            assert getattr(made, field) == row[field]
    if "authors" in row:
        assert list(made.authors) == row["authors"]
    if "credits" in row:
        assert [[credit.name, credit.role] for credit in made.credits if credit.role != "self"] == row["credits"]
    if "entries" in row:
        told = parts(made, "entry")
        assert len(told) == len(row["entries"])
        assert all(words.startswith(first) for (words, _), (first, _) in zip(told, row["entries"], strict=True))
        assert [moment for _, moment in told] == [moment for _, moment in row["entries"]]
    if "sections" in row:
        told = parts(made, "round-up")
        assert len(told) == len(row["sections"])
        assert all(words.startswith(first) for (words, _), first in zip(told, row["sections"], strict=True))
