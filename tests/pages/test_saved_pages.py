"""Pages as browsers and crawlers save them: MHTML, and files whose names do not tell what they are."""

from __future__ import annotations

import base64
import gzip
import io
import json
import quopri
import time
import zipfile
from pathlib import Path

import pytest

from tests.pages.archives import warc_record, zip_of
from variorum.documents import make_document
from variorum.pages import ColumnMap, PageOptions, read_pages
from variorum.records import Page, Rejection

TEXT = "The ferry to the island was stopped on Monday after shots were heard at the pier, the mayor’s office said."
HTML = f"<!DOCTYPE html><html><head><title>Ferry stopped</title></head><body><p>{TEXT}</p></body></html>"
URL = "https://news.example.org/ferry"


def mhtml(body: str = HTML, coding: str = "quoted-printable", *, charset: str = "utf-8", head: str = "") -> bytes:
    """As Chromium writes it: the page first, then a frame and a picture."""
    raw = body.encode(charset)
    coded = {"quoted-printable": quopri.encodestring(raw), "base64": base64.encodebytes(raw), "binary": raw}[coding]
    lines = [
        b"From: <Saved by Blink>",
        f"Snapshot-Content-Location: {URL}".encode(),
        b"Subject: =?utf-8?Q?Ferry=20stopped?=",
        b"Date: Mon, 6 May 2031 10:00:00 +0200",
        b"MIME-Version: 1.0",
        head.encode() or b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B1----"',
        b"",
        b"",
        b"------B1----",
        f"Content-Type: text/html; charset={charset}".encode(),
        f"Content-Transfer-Encoding: {coding}".encode(),
        f"Content-Location: {URL}".encode(),
        b"",
        coded.rstrip(b"\n"),
        b"------B1----",
        b"Content-Type: text/html",
        b"Content-Location: cid:frame-1@mhtml.blink",
        b"",
        b"<p>An advertisement in a frame.</p>",
        b"------B1----",
        b"Content-Type: image/png",
        b"Content-Transfer-Encoding: base64",
        b"",
        base64.b64encode(b"\x89PNG" + b"\0" * 100),
        b"------B1------",
        b"",
    ]
    return b"\r\n".join(lines)


def read(folder: Path, name: str, content: bytes) -> list[Page | Rejection]:
    (folder / name).write_bytes(content)
    return list(read_pages([folder / name]))


@pytest.mark.parametrize("name", ["ferry.mhtml", "ferry.MHT", "ferry", "ferry.mht.gz"])
@pytest.mark.parametrize(
    ("coding", "charset"),
    [("quoted-printable", "utf-8"), ("base64", "utf-16"), ("binary", "cp1252"), ("base64", "cp1252")],
)
def test_saved_as_one_file(tmp_path: Path, name: str, coding: str, charset: str) -> None:
    content = mhtml(coding=coding, charset=charset)
    (page,) = read(tmp_path, name, gzip.compress(content) if name.endswith("gz") else content)
    assert isinstance(page, Page)
    assert (page.declared.url, page.captured) == (URL, "2031-05-06T08:00:00+00:00")
    document = make_document(page)
    assert TEXT in document.text
    assert "advertisement" not in document.text
    assert document.title == "Ferry stopped"


def test_line_feeds_alone_and_a_multipart_inside(tmp_path: Path) -> None:
    inner = mhtml().replace(b"----B1----", b"inner").replace(b"\r\n", b"\n")
    inner = inner[inner.index(b"Content-Type: multipart") :]
    outer = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=o\n\nPreamble.\n--o\n" + inner + b"\n--o--\n"
    (page,) = read(tmp_path, "a.mht", outer)
    assert isinstance(page, Page)
    assert TEXT in page.content.decode()


def test_the_part_that_is_named_as_the_start_is_the_page(tmp_path: Path) -> None:
    parts = "".join(
        f"--x\r\nContent-Type: text/html\r\nContent-ID: <{n}@a>\r\n\r\n<p>{n} {TEXT}</p>\r\n" for n in ("one", "two")
    )
    content = (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; start="<two@a>"; boundary=x\r\n\r\n{parts}--x--\r\n'
    )
    (page,) = read(tmp_path, "a.mhtml", content.encode())
    assert isinstance(page, Page)
    assert page.content.startswith(b"<p>two ")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (mhtml()[: mhtml().index(b"afte")], "cut off"),
        (mhtml()[:260], "no page"),
        (mhtml()[:100], "head has no end"),
        (b"", "nothing"),
        (b"no head at all", "head has no end"),
        (mhtml(head="Content-Type: text/calendar"), "no page"),
        (mhtml(head="Content-Type: multipart/related"), "no boundary"),
        (mhtml().replace(b"quoted-printable", b"x-uuencode"), "x-uuencode"),
        (mhtml("").replace(b"text/html", b"image/gif"), "no page"),
        (
            b"Content-Type: multipart/related; boundary=a\n\n"
            + b"--a\nContent-Type: multipart/related; boundary=a\n\n" * 50,
            "",
        ),
        (b"\0" * 5_000, "head has no end"),
        (b"Content-Type: multipart/related; boundary=\xff\xfe\n\n--\n\n", "no page"),
    ],
)
def test_what_is_no_saved_page(tmp_path: Path, content: bytes, says: str) -> None:
    (found,) = read(tmp_path, "a.mhtml", content)
    assert isinstance(found, Rejection)
    assert found.reason in ("unreadable", "empty")
    assert says in found.detail


NAMES = ["story", "index.html?id=3", "story.php", "2031.05.06", "page.html.1", "Gov. to go", "story.php?a=b.c"]
KINDS = [
    (HTML.encode(), "text/html"),
    (b"\xef\xbb\xbf\n<!-- saved --><html><body><p>" + TEXT.encode(), "text/html"),
    (HTML.encode("utf-16"), "text/html"),
    (
        b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'>" + HTML[15:].encode(),
        "text/html",
    ),
    (TEXT.encode(), "text/plain"),
    (TEXT.encode("utf-16"), "text/plain"),
    (TEXT.encode("cp1252"), "text/plain"),
    (b"%PDF-1.4 and so on", "application/pdf"),
    (gzip.compress(HTML.encode()), "text/html"),
    (gzip.compress(gzip.compress(TEXT.encode())), "text/plain"),
    (zip_of([("a.html", HTML.encode())]), "text/html"),
    (zip_of([("a", HTML.encode())]), "text/html"),
    (warc_record(URL, HTML.encode()), "text/html"),
    (gzip.compress(warc_record(URL, HTML.encode())), "text/html"),
    (json.dumps({"text": TEXT}).encode(), "application/json"),
    (json.dumps([{"text": TEXT}]).encode(), "application/json"),
]


@pytest.mark.parametrize(("content", "media"), KINDS)
def test_what_a_file_is_is_told_by_its_content(tmp_path: Path, content: bytes, media: str) -> None:
    for name in NAMES:
        (page,) = read(tmp_path, name, content)
        assert isinstance(page, Page), page
        assert page.media == media
    (page,) = read(tmp_path, "all.zip", zip_of([("story", content)]))
    assert isinstance(page, Page)
    (page,) = read_pages(["-"], stdin=io.BytesIO(content))
    assert isinstance(page, Page)
    assert page.media == media
    assert page.source.startswith("-")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not-a-page"),
        (b"\x7fELF" + b"\0" * 50, "unsupported-media"),
        (b"#!/bin/sh\necho", "unsupported-media"),
        (b"<?php echo 1;", "unsupported-media"),
        (zip_of([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]), "unsupported-media"),
        (gzip.compress(HTML.encode())[:-9], "unreadable"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"a"))))), "too-deep"),
        (zip_of([("a.html", HTML.encode())])[:-30], "unreadable"),
        (warc_record(URL, HTML.encode())[:-100], "unreadable"),
        (b"<data><row/></data>", "not-a-feed"),
    ],
)
def test_what_holds_nothing_to_read(tmp_path: Path, content: bytes, reason: str) -> None:
    for found in (read(tmp_path, "story", content), list(read_pages(["-"], stdin=io.BytesIO(content)))):
        assert [each.reason for each in found if isinstance(each, Rejection)] == [reason]
        assert len(found) == 1


@pytest.mark.parametrize("name", ["a.docx", "a.exe", "a.tar.gz", "a.epub"])
def test_a_telling_suffix_is_believed(tmp_path: Path, name: str) -> None:
    (found,) = read(tmp_path, name, HTML.encode())
    assert isinstance(found, Rejection)
    assert found.reason == "unsupported-media"


def test_what_stands_in_a_saved_pages_folder_is_a_part_of_it(tmp_path: Path) -> None:
    names = ["a.html", "a_files/css2", "a_files/sub/gtm", "a-Dateien/x.php", "a_files/more.html", "b_files/story", "a"]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in names:
            archive.writestr(name, HTML + name)
            (tmp_path / "all" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "all" / name).write_text(HTML + name)
    for given in ("all", "all.zip"):
        found = list(read_pages([tmp_path / given]))
        assert [each.source.partition("/")[2] for each in found[:-1]] == [
            "a",
            "a.html",
            "a_files/more.html",
            "b_files/story",
        ]
        assert isinstance(found[-1], Rejection)
        assert found[-1].line == f"{given}: 3 files left out: 3 without a telling suffix [not-a-page]"


FEED = {"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://a.example/", "title": "Coast"}
ITEM = {"id": "1", "url": "https://a.example/1", "content_text": TEXT * 12}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("feed", [FEED | {"items": [ITEM]}, {"items": [ITEM]} | FEED], ids=["first", "last"])
def test_a_json_feed_is_a_feed_wherever_it_comes_from(tmp_path: Path, feed: object, indent: int | None) -> None:
    content = b"\n" + json.dumps(feed, indent=indent).encode() + b"\n"
    for found in (list(read_pages(["-"], stdin=io.BytesIO(content))), read(tmp_path, "f.json", content)):
        (page,) = found
        assert isinstance(page, Page)
        assert page.source.endswith(":1")
        assert (page.declared.url, page.declared.outlet) == ("https://a.example/1", "Coast")


def test_records_come_as_they_are_written() -> None:
    """A program may write a record an hour: each is read before the next is there."""

    class Slow(io.BytesIO):
        lines = 0

        def readline(self, size: int | None = -1) -> bytes:
            self.lines += 1
            return super().readline(size)

        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("it would wait")

    stream = Slow(b"".join(json.dumps({"text": f"{n} {TEXT}"}).encode() + b"\n" for n in range(5)))
    pages = read_pages(["-"], stdin=stream)
    next(pages)
    assert stream.lines <= 2


def test_a_broken_first_line_costs_itself_alone(tmp_path: Path) -> None:
    content = b'{"text": "cut\n' + b"".join(json.dumps({"text": f"{n} {TEXT}"}).encode() + b"\n" for n in range(3))
    for found in (list(read_pages(["-"], stdin=io.BytesIO(content))), read(tmp_path, "a.json", content)):
        assert [type(each) for each in found] == [Rejection, Page, Page, Page]


def test_a_table_on_standard_input_needs_its_columns_named() -> None:
    options = PageOptions(columns=ColumnMap(text="body"))
    row = f'id,body\n1,"{TEXT}"\n'.encode()
    (page,) = read_pages(["-"], stdin=io.BytesIO(row), options=options)
    assert isinstance(page, Page)
    assert page.content.decode() == TEXT


def test_compressed_records_come_one_by_one(tmp_path: Path) -> None:
    lines = b"\n" + b"".join(json.dumps({"text": f"{n} {TEXT * 50}"}).encode() + b"\n" for n in range(300))
    options = PageOptions(array_bytes=100_000)
    for given, stdin in (("-", io.BytesIO(gzip.compress(lines))), (tmp_path / "records", None)):
        (tmp_path / "records").write_bytes(gzip.compress(lines))
        found = list(read_pages([given], stdin=stdin, options=options))
        assert len(found) == 300
        assert all(isinstance(each, Page) for each in found)
        assert found[0].source.endswith(":2")


def test_a_page_that_was_saved_as_it_was_sent(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "a.html", gzip.compress(HTML.encode()))
    assert isinstance(page, Page)
    assert page.content == HTML.encode()


def test_bombs_on_standard_input_end() -> None:
    options = PageOptions(floor_bytes=5_000_000)
    bombs = [
        gzip.compress(b'{"text": "%s"}\n' % (b"a" * 10_000) * 900),
        zip_of([(f"{n}.txt", b"a" * 4_000_000) for n in range(9)]),
    ]
    for bomb in bombs:
        last = list(read_pages(["-"], stdin=io.BytesIO(bomb), options=options))[-1]
        assert isinstance(last, Rejection)
        assert last.reason == "bomb"


def test_a_saved_page_of_countless_parts_ends_at_once() -> None:
    content = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + b"--x\nA: b\n\n" * 2_000_000
    began = time.monotonic()
    (found,) = read_pages(["-"], stdin=io.BytesIO(content))
    assert isinstance(found, Rejection)
    assert "parts" in found.detail
    assert time.monotonic() - began < 4
