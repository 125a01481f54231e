"""Events in the shapes of UCDP GED, ACLED, POLECAT and PLOVER."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pandas
import pytest

from variorum.exports.formats import FORMATS, Job, acled, ged, polecat
from variorum.exports.formats.base import ExportOptions
from variorum.exports.source import Selection
from variorum.records import Event, Proposed

from .headers import ACLED, GED, POLECAT
from .made import TEXT, VILLAGERS, Generated, event, events, party, source

Rows = list[dict[str, str]]


def written(name: str, options: ExportOptions | None = None) -> str:
    text = FORMATS[name].text
    assert text is not None
    return "".join(text(Job(source(), options)))


def table(text: str, delimiter: str = ",") -> Rows:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def test_ged_has_the_columns_of_ged() -> None:
    header, *rows = csv.reader(io.StringIO(written("ged")))
    assert header == GED.split(",")
    assert {len(row) for row in rows} == {49}


def test_ged_rows() -> None:
    rows = table(written("ged"))
    assert [row["date_start"] for row in rows] == ["2031-05-05"] * 4 + ["2031-05-01"]
    first, disputed, battle, bombing, raid = rows
    assert (first["side_a"], first["side_b"], first["type_of_violence"]) == ("Government of Iraq", "Tarn Front", "1")
    assert (first["low"], first["high"], first["best"]) == ("4", "", "5")
    assert first["source_original"] == "the ministry;the mayor"
    assert first["source_office"] == "The Tarn Post;Sund Daily"
    assert first["source_date"] == "2031-05-06;2031-05-07"
    assert first["source_article"].startswith('"The Tarn Post,2031-05-06,Shells fall dozens hurt";"Sund Daily,')
    assert (first["where_prec"], first["adm_1"], first["geom_wkt"]) == ("1", "Upper Tarn", "POINT (44.01 36.2)")
    assert (first["country"], first["country_id"], first["region"], first["gwnoa"]) == (
        "Iraq", "645", "Middle East", "645",
    )  # fmt: skip
    assert (disputed["low"], disputed["high"], disputed["best"], disputed["deaths_civilians"]) == ("3", "11", "", "")
    assert (disputed["type_of_violence"], disputed["side_b"]) == ("3", "Civilians")
    assert (battle["gwnoa"], battle["gwnob"], battle["where_prec"], battle["priogrid_gid"]) == ("645", "630", "4", "")
    assert (bombing["where_prec"], bombing["latitude"], bombing["geom_wkt"]) == ("6", "", "")
    assert [bombing[name] for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")] == [
        "2", "6", "0", "0", "8",
    ]  # fmt: skip
    assert (raid["date_prec"], raid["event_clarity"], raid["source_original"]) == ("4", "2", "'=1+1")


def test_ged_blank_is_what_ucdp_alone_issues() -> None:
    issued = ("id", "relid", "active_year", "code_status", "conflict_new_id", "dyad_new_id", "side_a_new_id")
    assert all(row[name] == "" for row in table(written("ged")) for name in issued)


def test_ged_names_what_it_leaves_out() -> None:
    job = Job(source())
    list(ged.lines(job))
    assert list(job.notes()) == [
        "left out: 1 event not told as having happened",
        "left out: 2 events of which no account tells people killed",
    ]


def test_ged_deaths_add_up() -> None:
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    for row in table(written("ged")):
        if row["best"]:
            assert sum(int(row[name]) for name in parts) == int(row["best"])
        else:
            assert {row[name] for name in parts} == {""}


def test_ged_opens_in_duckdb(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(written("ged"), encoding="utf-8")
    query = f"SELECT count(*), sum(low), sum(best), min(date_start) FROM read_csv('{path}', header=true)"
    count, low, best, first = duckdb.sql(query).fetchall()[0]
    assert (count, low, best, str(first)[:10]) == (5, 28, 26, "2031-05-01")


def test_acled_shaped_has_the_columns() -> None:
    header, *rows = csv.reader(io.StringIO(written("acled-shaped")))
    assert header == ACLED.split(",")
    assert {len(row) for row in rows} == {31}


def test_acled_shaped_rows() -> None:
    rows = {row["event_id_cnty"][-1]: row for row in table(written("acled-shaped"))}
    assert sorted(rows) == ["1", "2", "3", "4", "6", "8"]
    assert (rows["1"]["event_type"], rows["1"]["sub_event_type"]) == (
        "Explosions/Remote violence", "Shelling/artillery/missile attack",
    )  # fmt: skip
    assert (rows["1"]["inter1"], rows["1"]["inter2"], rows["1"]["interaction"]) == ("1", "2", "12")
    assert (rows["1"]["iso"], rows["1"]["fatalities"], rows["1"]["geo_precision"]) == ("368", "4", "1")
    assert (rows["2"]["event_type"], rows["2"]["civilian_targeting"]) == (
        "Violence against civilians", "Civilian targeting",
    )  # fmt: skip
    assert (rows["3"]["inter2"], rows["3"]["geo_precision"], rows["3"]["time_precision"]) == ("8", "3", "1")
    assert (rows["4"]["location"], rows["4"]["latitude"], rows["4"]["country"]) == ("", "", "Iraq")
    assert (rows["6"]["disorder_type"], rows["6"]["inter1"], rows["6"]["interaction"], rows["6"]["event_date"]) == (
        "Demonstrations", "6", "60", "",
    )  # fmt: skip
    assert (rows["8"]["event_type"], rows["8"]["time_precision"]) == ("Battles", "3")
    assert rows["2"]["notes"].endswith("Killed: 11, by a rebel. Injured: 7, by the mayor. Disputed: killed.")


def test_every_type_of_the_acled_table_has_a_disorder() -> None:
    for type_, mode in (("ASSAULT", mode) for mode in (None, "beat", "aerial", "abduct", "sexual", "destroy")):
        row = next(iter(acled.rows(_job(event(1, type=type_, mode=mode)))))
        assert row["disorder_type"] in ("Political violence", "Demonstrations", "Strategic developments")


def test_who_demonstrates_comes_first_and_is_a_demonstrator() -> None:
    police = party("police", "IRQ", "COP")
    told = event(1, mode="crowd-control", participants_actor=(police,), participants_recipient=(VILLAGERS,))
    (row,) = acled.rows(_job(told))
    assert row["event_type"] == "Protests"
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == ("villagers", 6, "police", 1)
    assert row["interaction"] == "16"


@pytest.mark.parametrize(("shape", "column"), [(ged, "adm_1"), (acled, "admin1")])
def test_a_place_known_to_its_division_tells_which_one(shape: Any, column: str) -> None:
    lethal = next(each for each in events() if each.tolls)
    assert lethal.place is not None
    place = msgspec.structs.replace(lethal.place, name="Kalt", admin1="Ostmark", precision="admin1")
    (row,) = shape.rows(_job(msgspec.structs.replace(lethal, place=place)))
    assert row[column] == "Ostmark"
    bare = msgspec.structs.replace(place, admin1=None)
    (row,) = shape.rows(_job(msgspec.structs.replace(lethal, place=bare)))
    assert row[column] == "Kalt"


def test_ged_says_what_a_model_proposed() -> None:
    lethal = next(each for each in events() if each.tolls)
    mark = Proposed(model="tiny", prompt="1", reply="0", document="d1", start=0, end=4)
    (row,) = ged.rows(_job(msgspec.structs.replace(lethal, proposed=(mark,))))
    (plain,) = ged.rows(_job(lethal))
    assert str(row["source_original"]).endswith("[proposed by model tiny]")
    assert "proposed" not in str(plain["source_original"])


def test_things_that_were_hit_are_no_actors() -> None:
    house = party("a house", "IRQ", None)
    (row,) = acled.rows(_job(event(1, participants_recipient=(house, VILLAGERS))))
    assert (row["actor2"], row["assoc_actor_2"], row["inter2"]) == ("villagers", "", 7)
    assert list(acled.rows(_job(event(1, mode=None, participants_recipient=(house,))))) == []


def test_an_unfinished_edition_is_said_to_be_one() -> None:
    job = Job(Generated(0))
    job.source.versions = {}  # type: ignore[misc]
    assert list(job.notes()) == ["this edition is unfinished: its run was stopped; run the same collate again"]


@pytest.mark.parametrize(("name", "day"), [("acled-shaped", "event_date"), ("polecat", "Event Date")])
def test_tables_of_events_are_read_by_others(name: str, day: str, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(written(name), encoding="utf-8")
    found = pandas.read_csv(path, sep=None, engine="python", parse_dates=[day])
    assert pandas.api.types.is_datetime64_any_dtype(found[day])
    points = found[["latitude", "longitude"] if name == "acled-shaped" else ["Latitude", "Longitude"]].dropna()
    assert len(points) >= 3
    assert {str(each) for each in points.dtypes} == {"float64"}
    assert len(found) == len(table(written(name), "\t" if name == "polecat" else ","))


def test_plover_is_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(written("plover"), encoding="utf-8")
    found = duckdb.sql(f"SELECT * FROM read_json('{path}', format='newline_delimited', auto_detect=true)")
    assert found.fetchall()
    assert len(found.fetchall()) == len(written("plover").splitlines())


def _job(*told: Event) -> Job:
    return Job(Selection(source(), lambda: told))


def test_polecat_has_the_columns() -> None:
    text = written("polecat")
    header, *lines = text.splitlines()
    assert header.split("\t") == POLECAT.split(",")
    assert {len(line.split("\t")) for line in lines} == {40}


def test_polecat_rows() -> None:
    first = table(written("polecat"), "\t")[0]
    assert (first["Event Type"], first["Event Mode"], first["Quad Code"]) == (
        "ASSAULT", "heavy-weapons", "MATERIAL CONFLICT",
    )  # fmt: skip
    assert (first["Actor Name"], first["Actor COW"], first["Primary Recipient Sector"]) == (
        "Norland army",
        "645",
        "REB",
    )
    assert (first["City"], first["Province"], first["Source"]) == ("Tarn", "Upper Tarn", "The Tarn Post;Sund Daily")


def test_plover_records() -> None:
    records = [json.loads(line) for line in written("plover").splitlines()]
    assert len(records) == len(events())
    assert all({"id", "date", "actor", "event"} <= set(record) <= set(polecat.RECORD_KEYS) for record in records)
    for record in records:
        for entity in (*record["actor"], *record.get("recipient", ())):
            assert set(entity) <= set(polecat.ENTITY_KEYS)
        assert set(record.get("event_loc", ())) <= set(polecat.LOCATION_KEYS)
        assert all("text_story" not in each for each in record["text_info"])
    assert (records[0]["dead"], records[0]["quad_code"], records[0]["text"]) == (
        {"low": 4, "high": None}, 4, ["shelled"],
    )  # fmt: skip
    assert (records[4]["has_event"], records[5]["date"]) == (False, None)
    assert "lat" not in records[3]["event_loc"]


def test_full_text_goes_out_where_asked_for_alone() -> None:
    records = [json.loads(line) for line in written("plover", ExportOptions(full_text=True)).splitlines()]
    assert records[0]["text_info"][0]["text_story"] == TEXT


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.text])
def test_no_text_goes_out_whole(name: str) -> None:
    assert TEXT not in written(name)


@pytest.mark.parametrize("rows", [ged.rows, acled.rows, polecat.rows])
def test_rows_hold_no_other_column(rows: Callable[[Job], Iterator[dict[str, object]]]) -> None:
    columns = {ged.rows: ged.COLUMNS, acled.rows: acled.COLUMNS, polecat.rows: polecat.COLUMNS}[rows]  # type: ignore[index]
    assert {name for row in rows(Job(source())) for name in row} <= set(columns)
