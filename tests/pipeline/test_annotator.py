"""Copies are annotated once, and no less well than what they copy."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.conftest import plain_document
from variorum.annotation.syntax import SpacyParser
from variorum.coding import code_events
from variorum.pipeline.annotator import Annotator, Layers, Work
from variorum.pipeline.references import own_reference
from variorum.records import Annotation, Document

TEXT = "Rebels shelled the market of Kasese on Monday, killing seven people, the mayor said.\nThe army denied it."


def work(id_: str, **fields: Any) -> Work:
    document = plain_document(fields.pop("text", TEXT), id=id_, **fields)
    return Work(document=document, reference=own_reference(document))


def test_a_copy_is_coded_again_only_where_its_day_or_its_words_are_others(
    parser: SpacyParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded: list[str] = []

    def counted(document: Document, *rest: Any) -> Annotation:
        coded.append(document.id)
        return code_events(document, *rest)

    monkeypatch.setattr("variorum.pipeline.annotator.code_events", counted)
    works = [
        work("d1", published="2024-01-16", outlet="The Tel Maren Post"),
        work("d2", published="2024-01-16", outlet="Harbour Radio"),
        work("d3", published="2024-01-24", outlet="Harbour Radio"),
        work("d4", published="2024-01-16", text=TEXT + " It gave no reason."),
    ]
    found = Annotator(parser, Layers()).annotate(works)
    assert coded == ["d1", "d3", "d4"]
    assert found[1] == msgspec.structs.replace(found[0], document="d2")
    assert found == [Annotator(parser, Layers()).annotate([each])[0] for each in works]
    assert found[0].times[0].earliest != found[2].times[0].earliest
