from __future__ import annotations

from collections.abc import Iterator

import pytest

from .local_web import LocalWeb, local_web


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with local_web() as running:
        yield running
