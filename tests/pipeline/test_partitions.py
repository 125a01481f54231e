"""The parts of an edition hold together, each alone, and are the whole again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import variorum
from variorum.errors import EditionError
from variorum.pipeline import Annotator, Edition, collate
from variorum.pipeline.merging import merge_editions
from variorum.pipeline.partitions import PartOptions, partition

DEMO = Path(variorum.__file__).parent / "data" / "demo"
EARLIER = "LAGOS, 7 May 2023 - Rebels shelled a market in Lagos on Saturday, killing nine people, doctors said."
COPY = EARLIER + "\n\nReporting by our desk."


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled reports, two of another year, one record twice and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "in").mkdir()
    for name, text in (("a.txt", EARLIER), ("b.txt", COPY)):
        (folder / "in" / name).write_text(text, encoding="utf-8")
    (folder / "in" / "bad.txt").write_bytes(bytes(range(256)) * 4)
    same = {"text": EARLIER + " He spoke on Sunday.", "id": "one"}
    lines = [json.dumps(same), json.dumps({**same, "text": "Other words stand under the same id, as it happens."})]
    (folder / "in" / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    collate([*sorted(DEMO.glob("*.txt")), folder / "in"], output=folder / "whole.sqlite").close()
    return folder / "whole.sqlite"


def test_parts_hold_together_and_are_the_whole_again(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = partition(whole, tmp_path / "parts", options=PartOptions(documents=6))
    with Edition.open(whole) as edition:
        expected = edition.to_json()
        stories = {story.id: story for story in edition.content.stories}
        events = {event.id: event for event in edition.content.events}
    assert len({part.month for part in manifest.parts}) >= 2
    found = []
    for part in manifest.parts:
        with Edition.open(tmp_path / "parts" / part.file) as edition:
            assert list(edition.faults()) == []
            assert [stories[story.id] for story in edition.content.stories] == list(edition.content.stories)
            assert [events[event.id] for event in edition.content.events] == list(edition.content.events)
            found += [story.id for story in edition.content.stories]
    assert sorted(found) == sorted(stories)
    monkeypatch.setattr(Annotator, "annotate", lambda *_: pytest.fail("annotated again"))
    with merge_editions([tmp_path / "parts"], tmp_path / "again.sqlite") as merged:
        assert merged.to_json() == expected
        assert list(merged.faults()) == []


def test_what_cannot_be_parted_or_read_is_told(whole: Path, tmp_path: Path) -> None:
    partition(whole, tmp_path / "parts")
    with pytest.raises(EditionError, match="is not empty"):
        partition(whole, tmp_path / "parts")
    next((tmp_path / "parts").glob("20*.sqlite")).unlink()
    with pytest.raises(EditionError, match="is not there"):
        merge_editions([tmp_path / "parts"], tmp_path / "again.sqlite")
    (tmp_path / "parts" / "manifest.json").unlink()
    with pytest.raises(EditionError, match="holds no parts"):
        merge_editions([tmp_path / "parts"], tmp_path / "again.sqlite")
