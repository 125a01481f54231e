"""The packaged data files: read whole, or a clear error with the file's name."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from variorum import packaged
from variorum.errors import ModelError
from variorum.packaged import data_bytes, data_lines, data_table, data_text


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(packaged, "files", lambda _: tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_files_are_read_by_their_form(data: Path) -> None:
    (data / "a.tsv").write_text("# who made it\none\t1\n\n#2\t3\n", encoding="utf-8")
    (data / "b.txt.gz").write_bytes(gzip.compress("zwölf".encode()))
    (data / "c.toml").write_text("words = ['a']", encoding="utf-8")
    assert data_lines("a.tsv") == ["one\t1", "#2\t3"]
    assert data_text("b.txt.gz") == "zwölf"
    assert data_table("c.toml") == {"words": ["a"]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"\xff\xfe"),
        ("b.txt.gz", gzip.compress(b"long enough")[:-9]),
        ("b.txt.gz", b"no gzip"),
        ("c.toml", b"="),
    ],
)
def test_a_broken_file_is_named(data: Path, name: str, content: bytes) -> None:
    (data / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} is broken .*install variorum anew"):
        data_table(name)


def test_a_missing_file_is_named(data: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.npz cannot be read .*install variorum anew"):
        data_bytes("none.npz")
