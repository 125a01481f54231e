"""What stated numbers of people come to, construction by construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from toll_sentences import SENTENCES, Expected  # type: ignore[import-not-found]

from variorum.annotation.tolls import find_tolls
from variorum.records import Document, Syntax


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_tolls(text: str, expected: list[Expected], parse: Callable[..., tuple[Document, Syntax]]) -> None:
    found = find_tolls(*parse(text))
    assert [(t.text, t.kind, t.low, t.high, t.part_of) for t in found] == expected
