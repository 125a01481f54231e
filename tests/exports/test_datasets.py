"""A user's own table of events beside an edition."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tests.exports.formats.made import (
    ARMY,
    FOES,
    REBELS,
    VILLAGERS,
    content,
    event,
    events,
    killed,
    place,
    reading,
    text_of,
    when,
)
from variorum.cli import main
from variorum.errors import ExportError
from variorum.exports.datasets import Comparison, compare, read_dataset, view
from variorum.exports.datasets.comparison import distance_km
from variorum.exports.formats import FORMATS, Job
from variorum.exports.source import ContentSource, Selection
from variorum.records import Event
from variorum.store import open_store

SOURCE = ContentSource(content(), text_of)


def exported(told: tuple[Event, ...], name: str, path: Path) -> Path:
    text = FORMATS[name].text
    assert text is not None
    path.write_text("".join(text(Job(Selection(SOURCE, lambda: told)))), encoding="utf-8")
    return path


def many() -> tuple[Event, ...]:
    """The events, and twins of them: other raids there on that day, one without a day, one without a place."""
    return (
        *events(),
        event(20, tolls=(killed(reading(12, 12)),)),
        event(21, tolls=(killed(reading(13, 14)),)),
        event(22, tolls=(killed(reading(2, 2)),), time=None),
        event(23, tolls=(killed(reading(3, 3)),), place=None),
        event(24, tolls=(killed(reading(3, None)),), time=when(None, "2031-05-05")),
        event(25, tolls=(killed(reading(6, 6)),), time=None, place=None, participants_actor=(FOES,)),
        event(26, tolls=(killed(reading(8, 8)),), participants_actor=(), participants_recipient=(VILLAGERS,)),
    )


def test_a_table_of_ours_matches_all_its_events(tmp_path: Path) -> None:
    told = many()
    found = compare(told, read_dataset(exported(told, "ged", tmp_path / "ged.csv")))
    assert (found.shape, found.only_ours, found.only_theirs, found.outside) == ("ged", (), (), 0)
    assert [pair.row for pair in found.both] == list(range(1, len(found.both) + 1))
    assert len(found.both) == 12
    assert [pair for pair in found.both if pair.differences] == []
    assert "0 of them with other figures" in view(found, "ged.csv")


def test_the_other_shape_matches_its_events_too(tmp_path: Path) -> None:
    found = compare(events(), read_dataset(exported(events(), "acled-shaped", tmp_path / "a.csv")))
    assert (found.shape, found.only_ours, found.only_theirs) == ("acled", (), ())
    assert {pair.id for pair in found.both} == {pair.event for pair in found.both}
    assert [pair for pair in found.both if pair.differences] == []


def changed(path: Path, **cells: str) -> Comparison:
    """The edition's first lethal event beside a row of it with some cells changed."""
    told = events()[:1]
    with exported(told, "ged", path).open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow({**row, **cells})
    return compare(told, read_dataset(path))


def test_figures_that_differ_are_shown_with_who_gives_ours(tmp_path: Path) -> None:
    (pair,) = changed(tmp_path / "t.csv", best="6", high="20").both
    assert [(each.field, each.ours, each.theirs) for each in pair.differences] == [("best", 5, 6), ("high", None, 20)]
    assert any("the ministry" in told for told in pair.readings)
    text = view(changed(tmp_path / "t.csv", best="6"), "t.csv")
    assert "best: 5 here, 6 there" in text
    assert "the same day, the same place, both parties alike" in text


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"date_start": "2031-05-06", "date_end": "2031-05-06"}, "1 day apart"),
        ({"date_start": "2031-05-01", "date_end": "2031-05-07"}, "days that overlap"),
        ({"latitude": "36.4"}, "22 km apart"),
        ({"side_a": "Tarn Front", "side_b": "Military Forces of Iraq (2014-)"}, "both parties alike"),
        ({"side_b": "Tarn front (old faction)"}, "both parties alike"),
        ({"latitude": "", "longitude": ""}, "in the same country; no finer place is told on both sides"),
        ({"type_of_violence": "2"}, "another kind of violence"),
    ],
)
def test_what_is_told_a_little_otherwise_is_one_event(cells: dict[str, str], reason: str, tmp_path: Path) -> None:
    (pair,) = changed(tmp_path / "t.csv", **cells).both
    assert reason in [each.note for each in pair.reasons]
    assert 0.6 <= pair.score <= 1


@pytest.mark.parametrize(
    "cells",
    [
        {"date_start": "2031-05-08", "date_end": "2031-05-08"},
        {"latitude": "39.9"},
        {
            "side_a": "Government of Chad",
            "side_b": "Hill Militia",
            "date_start": "2031-05-06",
            "date_end": "2031-05-06",
        },
        {"country": "Chad", "latitude": "", "longitude": ""},
    ],
)
def test_what_is_told_otherwise_is_another_event(cells: dict[str, str], tmp_path: Path) -> None:
    found = changed(tmp_path / "t.csv", **cells)
    assert found.both == ()
    assert len(found.only_ours) == 1
    assert len(found.only_theirs) + found.outside == 1


def test_any_place_that_an_account_gives_is_compared(tmp_path: Path) -> None:
    path = exported(events()[:1], "ged", tmp_path / "t.csv")
    one = events()[0]
    assert one.place is not None
    capital = msgspec.structs.replace(one.place, name="Sund", lat=30.0, lon=40.0)
    found = compare([msgspec.structs.replace(one, place=capital)], read_dataset(path))
    assert [(pair.event, [each.note for each in pair.reasons if each.name == "place"]) for pair in found.both] == [
        (one.id, ["the same place"])
    ]


def test_a_row_where_the_edition_tells_no_death_is_one_that_it_lacks(tmp_path: Path) -> None:
    row = exported(events()[:1], "ged", tmp_path / "t.csv")
    march = event(6, type="PROTEST", mode="demo", participants_actor=(VILLAGERS,), participants_recipient=())
    found = compare([march], read_dataset(row))
    assert (len(found.only_theirs), found.outside) == (1, 0)


def test_rows_of_other_times_and_countries_are_counted(tmp_path: Path) -> None:
    assert changed(tmp_path / "t.csv", date_start="2019-01-01", date_end="2019-01-01").outside == 1
    assert changed(tmp_path / "t.csv", country="Chad").outside == 1


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_any_table_with_a_mapping(tmp_path: Path) -> None:
    table = write(
        tmp_path / "mine.csv",
        "\ufeffno;day;town;lat;lon;who;whom;dead\n"
        "a;05/05/2031;Tarn;36.2;44.0;Norland army;Tarn Front;4\n"
        "b;05/05/2031;Tarn;36.2;44.0;Norland army;villagers|farmers;40\n"
        "c;07/05/2031;Velm;10;20;someone;;1\n",
    )
    mapping = write(
        tmp_path / "mine.toml",
        'date_format = "%d/%m/%Y"\nseparator = "|"\nholds = "lethal"\n[columns]\nid = "no"\n'
        'start = "day"\nplace = "town"\n'
        'latitude = "lat"\nlongitude = "lon"\nactor = "who"\nrecipient = "whom"\nkilled = "dead"\n',
    )
    found = compare(events()[:2], read_dataset(table, mapping))
    assert [(pair.id, pair.event) for pair in found.both] == [("a", events()[0].id), ("b", events()[1].id)]
    assert [[(each.ours, each.theirs) for each in pair.differences] for pair in found.both] == [[], [(3, 40)]]
    assert found.outside == 1


@pytest.mark.parametrize(
    ("table", "mapping", "message"),
    [
        ("a,b\n1,2\n", None, "--mapping"),
        ("a,b\n1,2\n", '[columns]\nstart = "c"\n', "no column 'c'"),
        ("a,b\n1,2\n", '[columns]\nplace = "a"\n', "column of the day"),
        ("a,b\n1,2\n", '[columns]\nwhen = "a"\n', "'when' is none of"),
        ("a,b\n1,2\n", 'holds = "some"\n[columns]\nstart = "a"\n', "holds is"),
        ("a,b\n1,2\n", "columns = 1\n", "table \\[columns\\]"),
        ("a,b\n1,2\n", "[columns", "cannot be read"),
        ("a,b\nsoon,2\n", '[columns]\nstart = "a"\n', "row 1, column 'a': 'soon' is no day"),
        ("a,b\n05.13.2031,2\n", 'date_format = "%d.%m.%Y"\n[columns]\nstart = "a"\n', "in the form '%d.%m.%Y'"),
        ("a,b\nsoon,few\nlater,4\n2031-05-05,4\n", '[columns]\nstart = "a"\nkilled = "b"\n', r"\(and 2 more\)"),
        ("a,b\n2031-05-05,few\n", '[columns]\nstart = "a"\nkilled = "b"\n', "row 1"),
        (
            "a,b,c\n2031-05-05,99,1\n",
            '[columns]\nstart = "a"\nlatitude = "b"\nlongitude = "c"\n',
            "'99' is not within 90 degrees",
        ),
        ("", '[columns]\nstart = "a"\n', "no column"),
    ],
)
def test_what_cannot_be_understood_is_said(table: str, mapping: str | None, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", table)
    with pytest.raises(ExportError, match=message):
        list(read_dataset(path, write(tmp_path / "m.toml", mapping) if mapping is not None else None))


def test_cells_as_spreadsheets_write_them(tmp_path: Path) -> None:
    table = write(
        tmp_path / "mine.csv",
        "day;until;lat;lon;dead\n2031-05-05;;36,25;-44,5;1,200\n;;;;\n2031-05-05;2031-05-07;36.25;44;7,0\n",
    )
    columns = {"start": "day", "end": "until", "latitude": "lat", "longitude": "lon", "killed": "dead"}
    mapping = "[columns]\n" + "".join(f'{key} = "{column}"\n' for key, column in columns.items())
    one, other = read_dataset(table, write(tmp_path / "mine.toml", mapping))
    assert (one.row, one.when.span, one.point, one.killed) == (1, 1, (36.25, -44.5), 1200)
    assert (other.row, other.when.span, other.point, other.killed) == (3, 3, (36.25, 44.0), 7)


def test_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    told = many()
    path = exported(told, "ged", tmp_path / "ged.csv")
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    turned = write(tmp_path / "turned.csv", "\n".join([header, *reversed(rows)]) + "\n")
    there, back = compare(told, read_dataset(path)), compare(told, read_dataset(turned))
    assert [(pair.event, pair.score) for pair in there.both] == [(pair.event, pair.score) for pair in back.both]
    assert all(len(rows) + 1 - pair.row == other.row for pair, other in zip(there.both, back.both, strict=True))


def test_distances() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=2)
    assert distance_km((51.5, -0.1), (48.9, 2.4)) == pytest.approx(341, abs=5)


def test_command(tmp_path: Path) -> None:
    store = open_store(tmp_path / "e.sqlite")
    store.add_documents([text_of("d1"), text_of("d2")])
    store.replace_content(content(), {})
    store.close()
    table = exported(events(), "ged", tmp_path / "ged.csv")
    done = CliRunner().invoke(main, ["compare-dataset", str(tmp_path / "e.sqlite"), str(table)])
    assert done.exit_code == 0
    assert "both have 5 events, 0 of them with other figures" in done.stdout
    part = CliRunner().invoke(
        main, ["compare-dataset", str(tmp_path / "e.sqlite"), str(table), "--toll", "injured", "--json"]
    )
    assert '"both":[{"event":"e-0000000000000002"' in part.stdout
    other = CliRunner().invoke(
        main, ["compare-dataset", str(tmp_path / "e.sqlite"), str(write(tmp_path / "x", "a\n1\n"))]
    )
    assert other.exit_code == 1
    assert "--mapping" in other.stderr


def test_parties_are_the_same_whoever_acts_for_a_state() -> None:
    assert ARMY.country == "IRQ"
    assert REBELS.country is None
    assert place().country == "IQ"
