"""Editions put together are what collating everything at once gives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from variorum.errors import DecisionError, EditionError, InputError
from variorum.pipeline import Annotator, collate
from variorum.pipeline.merging import merge_editions
from variorum.records import Decision
from variorum.store import open_store

ONE = "VELM, 6 May 2031 - Rebels shelled the market of Lagos on Monday, killing seven people, police said."
TWO = "LAGOS, 7 May 2031 - At least nine people died when rebels shelled a market in Lagos on Monday, doctors said."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions of a report each that share a third, an edition of all, and what could not be read."""
    made = tmp_path_factory.mktemp("merging")
    (made / "in").mkdir()
    for name, text in (("one.txt", ONE), ("two.txt", TWO), ("both.txt", ONE.replace("VELM", "POST"))):
        (made / "in" / name).write_text(text, encoding="utf-8")
    (made / "in" / "bad.txt").write_bytes(bytes(range(256)) * 4)
    before = Path.cwd()
    os.chdir(made)
    try:
        collate(["in/one.txt", "in/both.txt", "in/bad.txt"], output="a.sqlite").close()
        collate(["in/both.txt", "in/two.txt"], output="b.sqlite").close()
        collate(["in/one.txt", "in/both.txt", "in/bad.txt", "in/two.txt"], output="all.sqlite").close()
    finally:
        os.chdir(before)
    return made


def test_the_same_as_collating_everything_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Annotator, "__call__", lambda *_: pytest.fail("annotated again"))
    whole = open_store(folder / "all.sqlite", create=False)
    for order in (("a", "b"), ("b", "a")):
        target = tmp_path / f"{order[0]}.sqlite"
        with merge_editions([folder / f"{name}.sqlite" for name in order], target) as merged:
            assert merged.content == whole.content()
            assert list(merged.faults()) == []
    whole.close()


def test_into_a_database(folder: Path, emptied: str) -> None:
    whole = open_store(folder / "all.sqlite", create=False)
    with merge_editions([folder / "a.sqlite", folder / "b.sqlite"], emptied) as merged:
        assert merged.content == whole.content()
    whole.close()


def ruled(path: Path, *decisions: Decision) -> Path:
    store = open_store(path)
    store.append_decisions(decisions)
    store.close()
    return path


def ruling(id_: str, action: str, *targets: str) -> Decision:
    return Decision(id=id_, author="a", at="2031-05-08", action=action, targets=targets)  # type: ignore[arg-type]


def test_rulings_of_all_hold(folder: Path, tmp_path: Path) -> None:
    copies = [ruling(f"r-{n}", "not-a-copy", "d-x", f"d-{n}") for n in range(3)]
    one = ruled(tmp_path / "1.sqlite", copies[0], copies[1])
    other = ruled(tmp_path / "2.sqlite", copies[1], copies[2])
    with merge_editions([one, other], tmp_path / "3.sqlite") as merged:
        assert [each.id for each in merged.decisions] == ["r-0", "r-1", "r-2"]
    with merge_editions([one, other], tmp_path / "3.sqlite") as again:
        assert [each.id for each in again.decisions] == ["r-0", "r-1", "r-2"]


def test_rulings_that_contradict_each_other_write_nothing(tmp_path: Path) -> None:
    one = ruled(tmp_path / "1.sqlite", ruling("r-1", "copy", "d-1", "d-2"))
    other = ruled(tmp_path / "2.sqlite", ruling("r-2", "not-a-copy", "d-1", "d-2"))
    with pytest.raises(DecisionError):
        merge_editions([one, other], tmp_path / "3.sqlite")
    assert not (tmp_path / "3.sqlite").exists()
    third = ruled(tmp_path / "4.sqlite", ruling("r-1", "copy", "d-1", "d-3"))
    with pytest.raises(EditionError, match="r-1 is another one"):
        merge_editions([one, third], tmp_path / "3.sqlite")


def test_what_cannot_be_merged_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two editions"):
        merge_editions([folder / "a.sqlite"], tmp_path / "3.sqlite")
    with pytest.raises(EditionError, match="no such edition"):
        merge_editions([folder / "a.sqlite", tmp_path / "none.sqlite"], tmp_path / "3.sqlite")
    assert not (tmp_path / "3.sqlite").exists()
