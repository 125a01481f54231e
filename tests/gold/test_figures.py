"""The figures of the project's own gold do not fall: each tuning part of each set against its pins."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINS = json.loads((ROOT / "tests" / "gold" / "figures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("half", sorted(PINS))  # a process a part: loading the model takes longer than most sets
def test_no_figure_falls(half: str) -> None:
    names = ",".join(sorted(PINS[half]))
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "gold_figures.py"), "--check", "--half", half, "--only", names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_fall_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    fallen = importlib.import_module("gold_figures").fallen
    pins = {"a": {"f1": 0.9, "recall": 0.8}, "b": {"f1": 0.5}}
    assert fallen(pins, {"a": {"f1": 0.95, "recall": 0.799}}) == []
    assert fallen(pins, {"a": {"f1": 0.89, "recall": 0.8}}) == ["a f1: 0.89 is under 0.9"]
    assert fallen(pins, {"a": {"recall": 0.8}}) == ["a f1: None is under 0.9"]
