"""Versions of one address, and documents as a stream."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.pages.archives import warc_record
from variorum.exports.text import overview
from variorum.pipeline import Edition, Progress, collate, read_documents
from variorum.pipeline.page_documents import Capture, earlier, versions_of

URL = "https://news.example/market"
OLD = (
    "Rebels shelled the central market of the town on Monday, killing seven people, the police said in a statement.\n"
    "The army said it had arrested three suspects after a long search of the old town, and imposed a curfew."
)
NEW = OLD.replace("seven", "nine") + "\nTwo of the wounded died in hospital on Tuesday morning, a doctor said."


class Notes(Progress):
    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, line: str) -> None:
        self.lines.append(line)


def test_an_address_with_one_document_has_no_versions() -> None:
    captures = {"a": Capture(URL, None), "b": Capture(f"{URL}/other", None), "c": Capture("no address", None)}
    assert versions_of(captures) == {}


def test_a_front_page_has_no_versions() -> None:
    assert versions_of({"a": Capture("https://news.example/", None), "b": Capture("https://news.example", None)}) == {}


def test_versions_are_in_the_order_of_time_whatever_the_zone_and_the_spelling_of_the_address() -> None:
    captures = {
        "late": Capture("http://NEWS.example:80/market#top", "2031-05-07T00:30:00+02:00"),
        "later": Capture(URL, "2031-05-06T23:00:00+00:00"),
        "first": Capture(URL, "2031-05-06"),
        "undated": Capture(URL, None),
    }
    found = versions_of(captures)
    assert sorted(found, key=lambda id_: found[id_].number) == ["first", "late", "later", "undated"]
    assert {version.of for version in found.values()} == {4}
    assert len({version.group for version in found.values()}) == 1


@given(st.permutations(["2031-05-06", "2031-05", "2031-05-06T10:00:00+00:00", None, "2031-05-06"]))
def test_versions_depend_on_no_order(moments: list[str | None]) -> None:
    captures = {f"{moment}-{n}": Capture(URL, moment) for n, moment in enumerate(sorted(moments, key=str))}
    shuffled = {key: captures[key] for key in sorted(captures, key=lambda key: moments.index(captures[key].moment))}
    assert versions_of(captures) == versions_of(shuffled)


def test_the_earlier_capture_counts() -> None:
    one, other, none = Capture(URL, "2031-05-06"), Capture(URL, "2031-05-05T23:59:00+00:00"), Capture(URL, None)
    assert earlier(one, other) == earlier(other, one) == other
    assert earlier(none, one) == one


def edition_of(folder: Path) -> Edition:
    rows = [
        {"id": "new", "text": NEW, "url": URL, "published": "2031-05-07T08:00:00+00:00"},
        {"id": "old", "text": OLD, "url": URL, "published": "2031-05-06T08:00:00+00:00"},
    ]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return collate(folder / "rows.jsonl")


def test_an_edition_keeps_both_versions_and_counts_one_origin(tmp_path: Path) -> None:
    with edition_of(tmp_path) as edition:
        versions = {each.id: each.version for each in edition.documents}
        assert versions["old"] is not None
        assert versions["new"] is not None
        assert (versions["old"].number, versions["new"].number, versions["new"].of) == (1, 2, 2)
        assert len({each.origin for each in edition.documents}) == 1
        assert all(event.independent_origins == 1 for event in edition.events)
        shown = overview(edition.content, edition.quote)
        assert "Versions of one address" in shown
        assert shown.index("1 of 2: rows.jsonl:2") < shown.index("2 of 2: rows.jsonl:1")


def page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return (
        f"<html><head><title>Market shelled</title></head><body><article>{paragraphs}</article></body></html>".encode()
    )


def test_the_moment_of_a_capture_orders_versions_over_runs(tmp_path: Path) -> None:
    for name, text, date in (("b", OLD, b"2031-05-06"), ("a", NEW, b"2031-05-08")):
        record = warc_record(URL, page(text)).replace(b"2031-05-06", date)
        (tmp_path / f"{name}.warc.gz").write_bytes(gzip.compress(record))
        with collate(tmp_path / f"{name}.warc.gz", output=tmp_path / "e.sqlite") as edition:
            numbers = {each.source: each.version.number for each in edition.documents if each.version}
    assert numbers == {"b.warc.gz:1": 1, "a.warc.gz:1": 2}


def test_documents_come_as_a_stream_with_the_rejected_ones(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        warc_record(URL, page(OLD)) + warc_record(URL, b"\x89PNG", media="image/png") + warc_record(URL, page(NEW))
    )
    notes = Notes()
    found = list(read_documents([tmp_path / "a.warc"], progress=notes))
    assert [each.rejected and each.rejected.reason for each in found] == [None, None, "not-a-page"]
    assert [each.url for each in found[:2]] == [URL, URL]
    assert [line for line in notes.lines if line.startswith(("rejected: ", "skipped: "))] == [
        "skipped: a.warc: 1 record left out: 1 images [not-a-page]"
    ]
    told = [line.rpartition(": ")[2] for line in notes.lines if line.startswith("version ")]
    assert sorted(told) == ["a.warc:1", "a.warc:3"]  # captured at one moment: their order is by id


def test_reading_tells_which_inputs_are_one_document_in_an_edition(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    (tmp_path / "b.txt").write_text(OLD)
    records = [{"id": "x", "text": OLD}, {"id": "x", "text": NEW}]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    notes = Notes()
    assert len(list(read_documents([tmp_path], progress=notes))) == 4
    same = [line for line in notes.lines if line.startswith("the same page: ")]
    (lost,) = [line for line in notes.lines if "[duplicate-id]" in line]
    assert same == [f"the same page: {tmp_path.name}/a.txt and {tmp_path.name}/b.txt: one document in an edition"]
    collated = Notes()
    collate([tmp_path], progress=collated)
    (other,) = [line for line in collated.lines if "[duplicate-id]" in line]
    assert lost.split(": ")[1] == other.split(": ")[1]
