"""An edition's tables in memory, and as a notebook shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from tests.exports.editions import small
from tests.exports.formats.made import TEXT, content, event, events, place, text_of
from variorum.errors import ExportError
from variorum.exports import frames
from variorum.exports.formats.tables import TABLES
from variorum.exports.notebook import Events, html, map_svg
from variorum.pipeline import Edition
from variorum.records import EventQuery
from variorum.store import open_store


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("frames") / "e.sqlite"
    store = open_store(path)
    store.add_documents([text_of("d1"), text_of("d2")])
    store.replace_content(content(), {})
    store.close()
    return path


@pytest.mark.filterwarnings("ignore")
def test_every_table_comes_in_every_kind(edition: Path) -> None:
    with Edition.open(edition) as opened:
        for table in TABLES:
            names = [column.name for column in table.columns]
            arrow = opened.to_arrow(table.name)
            assert arrow.column_names == names
            assert list(opened.to_pandas(table.name).columns) == names
            assert opened.to_polars(table.name).columns == names
            assert arrow.num_rows == len(opened.to_polars(table.name)) > 0


@pytest.mark.filterwarnings("ignore")
def test_types_hold_where_nothing_is_told(edition: Path) -> None:
    with Edition.open(edition) as opened:
        events_ = opened.to_pandas()
        assert str(events_["killed_high"].dtype) == "int64[pyarrow]"
        assert events_["killed_high"].isna()[0]
        part = opened.to_arrow("events", EventQuery(types=("PROTEST",)))
        assert part["id"].to_pylist() == [events()[5].id]
        assert opened.to_arrow("events", EventQuery(types=("AID",))).num_rows == 0
        assert opened.to_arrow("documents")["text"].null_count == 3
        assert opened.to_arrow("documents", full_text=True)["text"].to_pylist()[0] == TEXT


def test_what_is_missing_is_named(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Edition.open(edition) as opened:
        with pytest.raises(ExportError, match="no table is called 'event'; there are documents, events"):
            opened.to_arrow("event")
        table = opened.to_arrow()
    for name, convert in (("pandas", frames.pandas), ("polars", frames.polars)):
        monkeypatch.setitem(__import__("sys").modules, name, None)
        with pytest.raises(ExportError, match=rf"variorum\[{name}\]"):
            convert(table)


def test_a_notebook_shows_a_table_and_a_map(edition: Path) -> None:
    with Edition.open(edition) as opened:
        assert opened.events == content().events
        shown = opened._repr_html_()
        assert shown == opened.events._repr_html_()
    page = fromstring(shown)
    assert len(page.findall("./table/tbody/tr")) == len(events())
    circles = page.findall("./svg/circle")
    assert len(circles) == 2  # the town of six events, and the division of one; a country and no place are none
    assert "Shelling number 1\nShelling number 2" in "".join(each.findtext("title") or "" for each in circles)
    assert all(0 < float(each.get("cx", "0")) < 640 and 0 < float(each.get("cy", "0")) < 320 for each in circles)


def test_a_notebook_runs_no_word_of_a_text() -> None:
    hostile, _ = small("<script>alert(1)</script>")
    shown = html(Events(hostile.events))
    assert "<script" not in shown
    fromstring(shown)
    assert "<script" not in map_svg([event(1, headline="<script>", place=place())])


def test_long_lists_are_cut_and_empty_ones_shown() -> None:
    assert "… and 10 more" in html([event(number) for number in range(60)])
    assert "<svg" not in html([])


@pytest.mark.parametrize("precision", ["site", "city"])
def test_maps_of_one_point_and_of_the_world_have_a_grid(precision: str) -> None:
    svg = fromstring(map_svg([event(1, place=place(precision)), event(2, place=place("site"))]))
    assert svg.find("path") is not None
    assert 0 < len(svg.findall("./g/text")) < 40
