"""A fixed-time part of ``tools/fuzz.py``."""

from __future__ import annotations

import importlib
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "tools"))
fuzzing: Any = importlib.import_module("fuzz")
SLOW = {"annotation", "feed", "json", "mhtml", "gzip"}
QUICK = sorted({*fuzzing.targets(Path(tempfile.mkdtemp()))} - SLOW)


@pytest.mark.parametrize("name", QUICK)
def test_nothing_hostile_crashes(name: str, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGALRM, fuzzing._too_long)
    done, _, crashes = fuzzing.fuzz(name, fuzzing.targets(tmp_path)[name], 0.4, 500, 1, tmp_path)
    signal.signal(signal.SIGALRM, before)
    assert done
    assert crashes == 0


def test_a_crash_is_seen(tmp_path: Path) -> None:
    def crashes(_: bytes) -> None:
        raise ValueError("no")

    assert fuzzing.fuzz("x", fuzzing.Aim(lambda: crashes, 1), 1.0, 5, 1, tmp_path)[2] == 5
