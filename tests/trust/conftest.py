"""Editions for the checks of trust."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.pipeline import collate

from .hostile import Tally

TEXTS = {
    "courier.txt": (
        "Lakeside Courier\n3 May 2031\n\nGunmen shelled the harbour of Mombasa on Friday, killing seven people, the "
        "port authority said. Two boats burned until dawn, and traders closed their stalls along the quay."
    ),
    "herald.txt": (
        "Valley Herald\n4 May 2031\n\nAt least nine people were killed when rebels shelled the harbour of Mombasa on "
        'Friday, a hospital official said. "We have counted nine bodies," the official said. '
        "The ferry Zanthoric lay at the quay."
    ),
    "denial.txt": (
        "Uplands Post\n5 May 2031\n\nThe rebels denied that they had shelled Mombasa. In response to the attack, the "
        "Kenyan army arrested four fighters in Malindi on Saturday, a spokesman for the army said."
    ),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of three reports, not to be written."""
    folder = tmp_path_factory.mktemp("trust")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    collate(sorted(folder.glob("*.txt")), output=folder / "e.sqlite").close()
    return folder / "e.sqlite"


@pytest.fixture
def edition(made: Path, tmp_path: Path) -> Path:
    """A copy of it that may be spoilt."""
    return Path(shutil.copy(made, tmp_path / "e.sqlite"))


_TRIED: Counter[str] = Counter()
_THROUGH: list[str] = []


@pytest.fixture
def tally() -> Iterator[Tally]:
    """What a test tries; all of it is told at the end of the run."""
    found = Tally()
    yield found
    _TRIED.update(found.tried)
    _THROUGH.extend(found.through)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much was tried against the surfaces, and how much got through."""
    if _TRIED:
        kinds = ", ".join(f"{name} {number:,}" for name, number in sorted(_TRIED.items()))
        terminalreporter.write_line(f"tried {_TRIED.total():,}, let through {len(_THROUGH):,} ({kinds})")
