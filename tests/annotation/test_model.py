"""A model is trusted by its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.annotation import model
from variorum.errors import ModelError


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PINNED", "0" * 64)
    with pytest.raises(ModelError, match="not the pinned language model"):
        model.load_model()


def test_fingerprint_sees_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    one = model.fingerprint(tmp_path)
    (tmp_path / "a").write_text("2")
    two = model.fingerprint(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({one, two, model.fingerprint(tmp_path)}) == 3
