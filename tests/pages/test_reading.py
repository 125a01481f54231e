"""Reading folders, files and standard input; every bad input is one clear line and stops nothing."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import InputError
from variorum.pages import ColumnMap, PageOptions, read_pages, resolve_duplicates
from variorum.records import Page, Rejection, RejectionReason

REPORT = "Two soldiers were wounded near the border on Monday, the governor said."


def records(*given: object) -> bytes:
    return b"".join(json.dumps(item).encode() + b"\n" for item in given)


def the_rejection(*inputs: Path, options: PageOptions | None = None) -> Rejection:
    found = list(read_pages(inputs, options=options))
    rejections = [each for each in found if isinstance(each, Rejection)]
    assert len(rejections) == 1, found
    return rejections[0]


def test_a_folder_is_read_recursively_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "b").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("c.txt", "b/a.html", "a.md", ".hidden.txt", ".git/x.txt"):
        (folder / name).write_text(REPORT)
    pages = list(read_pages([folder]))
    assert [(page.source, page.media) for page in pages if isinstance(page, Page)] == [
        ("reports/a.md", "text/plain"),
        ("reports/b/a.html", "text/html"),
        ("reports/c.txt", "text/plain"),
    ]


def test_the_place_of_a_folder_is_no_part_of_a_page(tmp_path: Path) -> None:
    for parent in ("one", "two"):
        (tmp_path / parent / "reports").mkdir(parents=True)
        (tmp_path / parent / "reports" / "a.txt").write_text(REPORT)
    one, two = (list(read_pages([tmp_path / parent / "reports"])) for parent in ("one", "two"))
    assert one == two


def test_json_lines_give_a_page_a_record_with_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(records({"id": 7, "text": REPORT, "published": "2031-05-02", "outlet": None}, {"text": "Other."}))
    first, second = read_pages([path])
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.source, first.declared.id, first.declared.published) == ("batch.jsonl:1", "7", "2031-05-02")
    assert first.content.decode() == REPORT
    assert (second.source, second.declared.id, second.declared.outlet) == ("batch.jsonl:2", None, None)


def test_json_lines_are_split_at_line_feeds_alone(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl.gz"
    text = "One\u2028two\u2029three\x85four"
    line = json.dumps({"text": text}, ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + line + b"\r\n\n" + line))
    pages = list(read_pages([path]))
    assert [page.content.decode() for page in pages if isinstance(page, Page)] == [text, text]
    assert [page.source for page in pages] == ["batch.jsonl.gz:1", "batch.jsonl.gz:3"]


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_record_keeps_its_text_to_the_last_character(text: str) -> None:
    stream = io.BytesIO(records({"text": text}))
    (page,) = read_pages(["-"], stdin=stream)
    assert isinstance(page, Page)
    assert page.content.decode("utf-8", "surrogatepass") == text


@pytest.mark.parametrize("field", ["text", "title", "id"])
def test_what_no_database_takes_is_no_text(field: str) -> None:
    (rejection,) = read_pages(["-"], stdin=io.BytesIO(records({"text": "Gunmen left.", field: "a\0b"})))
    assert isinstance(rejection, Rejection)
    assert (rejection.reason, "NUL at character 1" in rejection.detail) == ("not-a-record", True)


def test_half_a_surrogate_pair_is_no_text() -> None:
    (rejection,) = read_pages(["-"], stdin=io.BytesIO(b'{"text": "a\\ud800b"}'))
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "not-a-record"


@pytest.mark.parametrize(
    ("content", "media", "sources"),
    [
        (records({"text": "One."}, {"text": "Two."}), "application/json", ["-:1", "-:2"]),
        (b"\n\n" + records({"text": "One."}), "application/json", ["-:3"]),
        (REPORT.encode(), "text/plain", ["-"]),
        (b"<!DOCTYPE html><p>Text.</p>", "text/html", ["-"]),
    ],
)
def test_standard_input_is_records_or_one_text(content: bytes, media: str, sources: list[str]) -> None:
    pages = list(read_pages(["-"], stdin=io.BytesIO(content)))
    assert [page.source for page in pages] == sources
    assert all(isinstance(page, Page) and page.media == media for page in pages)


def test_what_does_not_exist_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        read_pages([tmp_path, tmp_path / "nowhere"])
    with pytest.raises(InputError, match="no input"):
        read_pages([])


def test_an_empty_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    found = the_rejection(tmp_path / "reports")
    assert found.line == "reports: the folder holds no files [empty]"


def test_an_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").symlink_to(tmp_path / "gone.txt")
    (folder / "b.txt").write_text(REPORT)
    bad, good = read_pages([folder])
    assert isinstance(bad, Rejection)
    assert (bad.source, bad.reason) == ("reports/a.txt", "unreadable")
    assert isinstance(good, Page)


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 9, b"%PDF-1.7 rest", b"\x89PNG\r\n\x1a\n", b"\x01\x02\x03\x04"]
)
def test_a_binary_file_named_txt_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "scan.txt").write_bytes(content)
    found = the_rejection(tmp_path / "scan.txt")
    assert (found.reason, found.source) == ("binary", "scan.txt")


def test_utf_16_is_no_binary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.encode("utf-16"))
    assert [type(page) for page in read_pages([tmp_path / "a.txt"])] == [Page]


def test_a_text_over_the_limit_is_told(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    found = the_rejection(tmp_path / "huge.txt")
    assert found.line == "huge.txt: it is over the size limit of 20 MB a file [too-large]"


def test_a_line_over_the_limit_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(records({"text": "x" * 500}, {"text": "short"}))
    bad, good = read_pages([path], options=PageOptions(line_bytes=100))
    assert isinstance(bad, Rejection)
    assert (bad.source, bad.reason) == ("batch.jsonl:1", "too-large")
    assert isinstance(good, Page)
    assert good.source == "batch.jsonl:2"


@pytest.mark.parametrize(
    ("line", "reason", "says"),
    [
        (b'{"text": "cut off', "not-json", "valid JSON"),
        (b'{"text": "\xff"}', "not-json", "UTF-8"),
        (b"[" * 100_000, "not-json", "JSON"),
        (b'["a list"]', "not-a-record", "list"),
        (b'{"title": "no text"}', "not-a-record", '"text"'),
        (b'{"text": 5}', "not-a-record", "number"),
        (b'{"text": null}', "not-a-record", "null"),
    ],
)
def test_a_bad_line_names_itself(tmp_path: Path, line: bytes, reason: str, says: str) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(records({"text": "One."}, {"text": "Two."}) + line + b"\n" + records({"text": "Four."}))
    found = list(read_pages([path]))
    assert [type(each) for each in found] == [Page, Page, Rejection, Page]
    bad = found[2]
    assert isinstance(bad, Rejection)
    assert (bad.source, bad.reason) == ("batch.jsonl:3", reason)
    assert says in bad.detail
    assert "\n" not in bad.line


def test_a_broken_gzip_file_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl.gz"
    path.write_bytes(gzip.compress(records({"text": "One."}))[:-9])
    assert [each.reason for each in read_pages([path]) if isinstance(each, Rejection)] == ["unreadable"]


def test_an_empty_file_of_records_and_an_unknown_kind_are_told(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_bytes(b"\n")
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert the_rejection(tmp_path / "none.jsonl").reason == "empty"
    assert the_rejection(tmp_path / "a.docx").line == (
        "a.docx: no reader takes files of this kind (.docx) [unsupported-media]"
    )


def page(text: str, source: str, **declared: str) -> Page:
    (found,) = read_pages(["-"], stdin=io.BytesIO(records({"text": text, **declared})))
    assert isinstance(found, Page)
    return Page(id=found.id, source=source, media=found.media, content=found.content, declared=found.declared)


@given(st.permutations(range(5)))
def test_duplicates_resolve_the_same_in_any_order(order: list[int]) -> None:
    pages = [
        page("Same.", "b.jsonl:1", id="x"),
        page("Same.", "a.jsonl:1", id="x"),
        page("Other.", "c.jsonl:1", id="x"),
        page("Third.", "d.jsonl:1", id="x"),
        page("Free.", "e.jsonl:1"),
    ]
    found = list(resolve_duplicates(lambda: (pages[number] for number in order)))
    kept = {each.source: each for each in found if isinstance(each, Page)}
    lost = {each.source: each for each in found if isinstance(each, Rejection)}
    assert len(kept) == 2
    assert len(lost) == 2
    assert "b.jsonl:1" not in kept
    assert "e.jsonl:1" in kept
    winner = next(source for source in kept if source != "e.jsonl:1")
    assert all(each.reason == "duplicate-id" and winner in each.detail for each in lost.values())
    again = list(resolve_duplicates(lambda: pages))
    assert {each.id for each in again} == {each.id for each in found}


def test_two_files_of_one_text_are_one_page(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(REPORT)
    (found,) = resolve_duplicates(lambda: read_pages([tmp_path / "b.txt", tmp_path / "a.txt"]))
    assert found.source == "a.txt"


def test_every_reason_for_a_rejection_is_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "inputs.md").read_text(encoding="utf-8")
    assert [reason for reason in get_args(RejectionReason) if f"`{reason}`" not in page] == []


def from_stdin(content: bytes, columns: str | None = None) -> list[Page | Rejection]:
    options = PageOptions(columns=ColumnMap.parse(columns)) if columns else None
    return list(read_pages(["-"], stdin=io.BytesIO(content), options=options))


@pytest.mark.parametrize(
    "content",
    [
        b'[{"body": "One."}, {"body": "Two."}]',
        b'\n [\n  {"body": "One."},\n  {"body": "Two."}\n]\n',
        b'{\n  "articles": [{"body": "One."}, {"body": "Two."}]\n}\n',
        b'{"body": "One."}\n{"body": "Two."}\n',
        b'id;body\n1;One.\n2;"Two."\n',
    ],
)
def test_records_on_standard_input_are_told_by_how_they_begin(content: bytes) -> None:
    found = from_stdin(content, "text=body")
    assert [each.content for each in found if isinstance(each, Page)] == [b"One.", b"Two."]


def test_a_text_in_brackets_on_standard_input_is_a_text() -> None:
    (page,) = from_stdin(b"[Update] " + REPORT.encode())
    assert isinstance(page, Page)
    assert page.media == "text/plain"


def test_a_wrong_key_is_named_with_the_way_out_and_not_a_line_a_record() -> None:
    found = from_stdin(b'{"body": "x"}\n' * 50)
    details = [each.detail for each in found if isinstance(each, Rejection)]
    assert len(details) == len(found) == 21
    assert details[0] == 'it has no "text"; its keys are "body"; --map text=KEY names the one with the text'
    assert details[-1] == '30 more records without "text"'


def test_a_date_that_is_a_number_is_kept_as_it_is_given() -> None:
    (page,) = from_stdin(records({"text": REPORT, "published": 1705570000}))
    assert isinstance(page, Page)
    assert page.declared.published == "1705570000"


def test_parts_of_saved_pages_are_counted(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>" + REPORT)
    (tmp_path / "page_files").mkdir()
    for name in ("a.js", "b.js", "c.PNG", "no_suffix", "d.docx"):
        (tmp_path / "page_files" / name).write_text("x")
    found = [each.line for each in read_pages([tmp_path]) if isinstance(each, Rejection)]
    assert [line.rpartition(" ")[2] for line in found] == ["[unsupported-media]", "[not-a-page]"]
    assert found[-1].endswith(": 4 files left out: 2 .js, 1 .png, 1 without a telling suffix [not-a-page]")
