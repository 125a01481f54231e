"""An edition in a store, written in every format."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from tests.exports.formats.made import content, events, source, text_of
from variorum.errors import ExportError
from variorum.exports.formats import FORMATS, ExportOptions, Job
from variorum.pipeline import Edition
from variorum.records import EventQuery, Origin, TollBounds
from variorum.store import open_store


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("exporting") / "e.sqlite")
    if request.param == "postgres":
        path = f"{request.getfixturevalue('postgres')}&edition=exported"
    store = open_store(path)
    store.add_documents([text_of("d1"), text_of("d2")])
    store.replace_content(content(), {})
    store.close()
    return path


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_store_gives_what_memory_gives(name: str, edition: str, tmp_path: Path) -> None:
    with Edition.open(edition) as opened:
        opened.export(name, tmp_path / "stored")
    chosen, job = FORMATS[name], Job(source())
    if chosen.text:
        assert (tmp_path / "stored").read_text(encoding="utf-8") == "".join(chosen.text(job))
        return
    assert chosen.folder is not None
    (tmp_path / "held").mkdir()
    chosen.folder(job, tmp_path / "held")
    files = sorted(path.name for path in (tmp_path / "held").iterdir())
    assert sorted(path.name for path in (tmp_path / "stored").iterdir()) == files
    for file in files:
        assert (tmp_path / "stored" / file).read_bytes() == (tmp_path / "held" / file).read_bytes()


def test_an_edition_is_the_same_on_any_back_end(edition: str, tmp_path: Path) -> None:
    beside, grown = open_store(tmp_path / "same.sqlite"), open_store(tmp_path / "grown.sqlite")
    beside.replace_content(content(), {})
    grown.replace_content(msgspec.structs.replace(content(), events=events()[1:]), {})
    beside.close()
    grown.close()
    with (
        Edition.open(edition) as opened,
        Edition.open(tmp_path / "same.sqlite") as same,
        Edition.open(tmp_path / "grown.sqlite") as other,
    ):
        assert opened.differences(same).none
        assert len(opened.differences(other).events) == len(same.differences(other).events) == 1


@pytest.mark.parametrize("name", list(FORMATS))
def test_any_format_takes_a_part_of_an_edition(name: str, tmp_path: Path) -> None:
    told = content()
    one = told.events[0]
    part = msgspec.structs.replace(
        told,
        events=(msgspec.structs.replace(one, documents=("d1",)), *told.events[1:]),
        origins=(Origin(id="o1", documents=("d1", "d2")),),  # a witness in two texts, of which the part has one
    )
    store = open_store(tmp_path / "whole.sqlite")
    store.add_documents([text_of("d1"), text_of("d2")])
    store.replace_content(part, {})
    store.close()
    with Edition.open(tmp_path / "whole.sqlite") as opened:
        opened.export(name, tmp_path / "part", query=EventQuery(events=(one.id,)))
    written = [tmp_path / "part"] if (tmp_path / "part").is_file() else list((tmp_path / "part").iterdir())
    assert all(path.stat().st_size for path in written)


def test_a_query_picks_events_and_what_is_about_them(edition: str, tmp_path: Path) -> None:
    query = EventQuery(tolls=(TollBounds(kind="injured", at_least=1),))
    with Edition.open(edition) as opened:
        notes = opened.export("csv", tmp_path / "part", query=query)
    assert notes == ()
    with (tmp_path / "part" / "events.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [events()[1].id]
    with (tmp_path / "part" / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["c-1"]


def test_what_cannot_be_written_is_said(edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins
    from typing import Any

    with Edition.open(edition) as opened:
        with pytest.raises(ExportError, match="no format is called 'xlsx'"):
            opened.export("xlsx", tmp_path / "x")
        with pytest.raises(ExportError, match="cannot be written"):
            opened.export("ged", tmp_path / "no" / "such" / "x")
        taken = tmp_path / "taken"
        taken.write_text("as it was", encoding="utf-8")
        with pytest.raises(ExportError, match="former feed"):
            opened.export("atom", taken, options=ExportOptions(previous="no feed"))
        assert taken.read_text(encoding="utf-8") == "as it was"
        assert [path.name for path in tmp_path.iterdir()] == ["taken"]
        found = builtins.__import__

        def without(name: str, *rest: Any, **named: Any) -> Any:
            if name.partition(".")[0] == "pyarrow":
                raise ImportError(name)
            return found(name, *rest, **named)

        monkeypatch.setattr(builtins, "__import__", without)
        with pytest.raises(ExportError, match=r"variorum\[arrow\]"):
            opened.export("parquet", tmp_path / "p")
