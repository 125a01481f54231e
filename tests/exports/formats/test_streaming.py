"""Large editions go through without being held."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from variorum.exports.formats import FORMATS, Job

from .made import Generated, source

ROOT = Path(__file__).resolve().parents[3]
EVENTS = 20_000
AN_EVENT = 1_000
"""Bytes that may be kept of an event: who was named before, which characters of its texts were quoted. Its record
alone takes several times as many."""
STREAMED = sorted(name for name, each in FORMATS.items() if each.text and name not in ("html", "atom"))


@pytest.mark.parametrize("name", [*STREAMED, "csv"])
def test_memory_does_not_grow_with_events(name: str, tmp_path: Path) -> None:
    peak(name, 3, tmp_path)  # what is loaded once
    few, many = peak(name, 100, tmp_path), peak(name, 600, tmp_path)
    assert many - few < 500 * AN_EVENT


def peak(name: str, count: int, folder: Path) -> int:
    tracemalloc.start()
    write(name, count, folder)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def write(name: str, count: int, folder: Path) -> None:
    chosen = FORMATS[name]
    if chosen.text:
        for _ in chosen.text(Job(Generated(count))):
            pass
    elif chosen.folder:
        chosen.folder(Job(Generated(count)), folder)


_RUN = """
import resource, sys
from pathlib import Path
from tests.exports.formats.test_streaming import write
name, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
write(name, 50, folder)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write(name, count, folder)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is kilobytes on Linux")
@pytest.mark.parametrize(("name", "most"), [("ged", 8_000), ("geojson", 8_000), ("parquet", 60_000)])
def test_twenty_thousand_events_take_no_more_than_fifty(name: str, most: int, tmp_path: Path) -> None:
    """In kilobytes; Parquet keeps a group of 5,000 rows of a table at a time."""
    command = [sys.executable, "-c", _RUN, name, str(EVENTS), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < most


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_edition_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    chosen = FORMATS[name]
    if chosen.text:
        assert "".join(chosen.text(Job(source()))) == "".join(chosen.text(Job(source())))
        return
    assert chosen.folder is not None
    for run in ("a", "b"):
        (tmp_path / run).mkdir()
        chosen.folder(Job(source()), tmp_path / run)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
