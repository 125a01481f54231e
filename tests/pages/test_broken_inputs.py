"""Inputs that are broken or hostile: each is told with its reason on one line, and costs nothing else."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
from pathlib import Path

import msgspec
import pytest

from tests.pages.archives import warc_record, zip_of
from tests.pages.test_feeds import ATOM, INDEX, JSON, NEWS, RDF, RSS
from tests.pages.test_saved_pages import HTML, mhtml
from variorum.pages import ColumnMap, PageOptions, read_pages
from variorum.pipeline import read_documents
from variorum.records import Page, Rejection
from variorum.store import open_store

TEXT = "GOMA, Congo - Two soldiers were hurt near the border on Monday, the governor said.\n"
RECORDS = b"".join(json.dumps({"id": n, "text": f"{n} {TEXT}"}).encode() + b"\n" for n in range(4))
ROWS = ("id,text,date\n" + "".join(f'{n},"The ""old"" mill\nburned {n} times.",2031\n' for n in range(5))).encode()
WARC = warc_record("https://a.example/1", HTML.encode())
SEEDS: dict[str, bytes] = {
    "a.html": HTML.encode(),
    "a.txt": TEXT.encode() * 3,
    "a.csv": ROWS,
    "a.jsonl": RECORDS,
    "a.json": b"[" + RECORDS.strip().replace(b"\n", b",") + b"]",
    "a.warc": WARC * 2,
    "a.warc.gz": gzip.compress(WARC) * 2,
    "a.wacz": zip_of([("archive/data.warc.gz", gzip.compress(WARC)), ("datapackage.json", b"{}")]),
    "a.zip": zip_of([("a.html", HTML.encode()), ("b.jsonl", RECORDS), ("c.zip", zip_of([("d", HTML.encode())]))]),
    "a.xml": RSS,
    "b.xml": ATOM,
    "c.xml": RDF,
    "d.xml": NEWS,
    "e.xml": INDEX,
    "f.json": JSON,
    "a.mhtml": mhtml(),
    "a.urls": b"http://a.example/1\nhttp://b.example/\n",
    "none": HTML.encode(),
    "a.csv.gz": gzip.compress(ROWS),
}


def told(found: list[Page | Rejection]) -> list[str]:
    return [each.source if isinstance(each, Page) else each.reason for each in found]


def read(folder: Path, name: str, content: bytes, columns: ColumnMap | None = None) -> list[Page | Rejection]:
    (folder / name).write_bytes(content)
    return list(read_pages([folder / name], options=PageOptions(columns=columns or ColumnMap())))


def broken(chance: random.Random, content: bytes) -> bytes:
    """The content cut off, with bytes changed, put in, left out or doubled, in another encoding, under another mark."""
    at = chance.randrange(len(content) + 1)
    end = min(len(content), at + chance.randrange(1, 300))
    noise = chance.randbytes(chance.randrange(1, 40))
    mark = chance.choice(
        [b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\x1f\x8b", b"PK\x03\x04", b"%PDF-", b"WARC/1.0\r\n", b"{"]
    )
    encoding = chance.choice(["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "shift_jis", "cp1251"])
    return chance.choice(
        [
            content[:at],
            content[:at] + noise + content[at + len(noise) :],
            content[:at] + noise + content[at:],
            content[:at] + content[end:],
            content[:at] + content[at:end] * chance.randrange(20) + content[at:],
            mark + content,
            content.decode("utf-8", "replace").encode(encoding, "replace"),
            content.replace(b"\n", b"\r"),
            content.replace(b'"', b""),
        ]
    )


@pytest.mark.parametrize("name", SEEDS)
def test_whatever_is_broken_something_is_told(tmp_path: Path, name: str) -> None:
    for seed in range(40):
        chance = random.Random(f"{name} {seed}")
        content = SEEDS[name]
        for _ in range(chance.choice([1, 1, 2, 3])):
            content = broken(chance, content)
        for found in (read(tmp_path, name, content), list(read_pages(["-"], stdin=io.BytesIO(content)))):
            assert found
            for each in found:
                msgspec.json.encode(each)
                assert isinstance(each, Page) or each.line.isprintable()


@pytest.mark.parametrize("name", [*SEEDS, "a.pdf", "a.html.gz", "a.mht", "a.md", "a.rss"])
def test_a_file_of_no_bytes_is_empty(tmp_path: Path, name: str) -> None:
    assert told(read(tmp_path, name, b"")) == ["empty"]
    assert told(read(tmp_path, "all.zip", zip_of([(name, b"")]))) == ["empty"]


def test_folders_links_and_what_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "page.html").mkdir(parents=True)
    (folder / "page.html" / "a.txt").write_text(TEXT)
    (folder / "again").symlink_to(folder)
    (folder / "outside").symlink_to("/etc")
    (folder / "self.html").symlink_to(folder / "self.html")
    (folder / "zero.html").symlink_to("/dev/zero")
    (folder / "linked.txt").symlink_to(folder / "page.html" / "a.txt")
    os.mkfifo(folder / "pipe.html")
    assert sorted(each.line if isinstance(each, Rejection) else each.source for each in read_pages([folder])) == [
        "reports/again: it is a link to a folder, and not followed [unsafe-path]",
        "reports/linked.txt",
        "reports/outside: it is a link to a folder, and not followed [unsafe-path]",
        "reports/page.html/a.txt",
        "reports/pipe.html: it is not a regular file [unsupported-media]",
        "reports/self.html: cannot be read: Too many levels of symbolic links [unreadable]",
        "reports/zero.html: it is not a regular file [unsupported-media]",
    ]


def test_names_that_are_no_text_cost_nothing(tmp_path: Path) -> None:
    """A file's name may be any bytes: an edition and a terminal get them written out."""
    folder = tmp_path / "reports"
    folder.mkdir()
    names = [
        b"a\xff.txt",
        b"a\xfe.txt",
        b"red\x1b[31m.txt",
        b"two\nlines.txt",
        "left\u202eright.txt".encode(),
        b"x\xff.docx",
    ]
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(TEXT.encode() + repr(name).encode())
    documents = list(read_documents([folder]))
    assert len({each.source for each in documents}) == len(names)
    assert all(each.source.isprintable() and msgspec.json.encode(each) for each in documents)
    store = open_store(tmp_path / "e.sqlite")
    store.add_pages(each for each in read_pages([folder]) if isinstance(each, Page))
    assert sorted(page.source for page in store.pages())[:2] == ["reports/a\\xfe.txt", "reports/a\\xff.txt"]
    store.close()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"text": "One – 1."}\n{"text": "Two."}\n'),
        ("a.json", '[{"text": "One – 1."},\n {"text": "Two."}]'),
        ("a.csv", "text\nOne – 1.\nTwo.\n"),
    ],
)
def test_records_in_the_encodings_of_other_systems(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    found = read(tmp_path, name, text.encode(encoding))
    assert [each.content.decode() for each in found if isinstance(each, Page)] == ["One – 1.", "Two."]


def test_a_list_in_the_encoding_of_another_system(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.urls", "http://a.example/1\r\nhttp://b.example/\r\n".encode("utf-16"))
    assert isinstance(found, Rejection)
    assert "names 2 addresses" in found.detail


@pytest.mark.parametrize(
    ("content", "columns", "expected"),
    [
        (b"id,text\n", None, ["empty"]),
        (b"id,body\n1,x\n", ColumnMap(text="nope"), ["no-such-column"]),
        (b"id,body\n1,x\n", ColumnMap(text="body", title="body"), ["t.csv:2"]),
        (b"text,text\na,b\n", None, ["t.csv:2"]),
        (b"id,text\n1\n2,x\n", None, ["not-a-record", "t.csv:3"]),
        (b'id,text\n1,"a\nb\n\nc"\n2,d\n', None, ["t.csv:2", "t.csv:6"]),
        (b'id,text\n1,"a\n2,b\n', None, ["unreadable"]),
        (b'id,text\n1,"a" b\n2,c\n', None, ["t.csv:2", "t.csv:3"]),
        (b"\n\nid,text\n1,a\n", None, ["t.csv:4"]),
        (b"\x1b[31mid,\x07body\n1,x\n", None, ["no-such-column"]),
        (b",".join(b"c%d" % n for n in range(50_000)) + b"\n", None, ["no-such-column"]),
    ],
)
def test_tables(tmp_path: Path, content: bytes, columns: ColumnMap | None, expected: list[str]) -> None:
    found = read(tmp_path, "t.csv", content, columns)
    assert told(found) == expected
    assert all(each.line.isprintable() and len(each.line) < 2_000 for each in found if isinstance(each, Rejection))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", b'{"text": "cut\n' * 90, "not-json"),
        ("a.jsonl", b"[1]\n" * 90, "not-a-record"),
        ("a.csv", b"id,text\n" + b"1\n" * 90, "not-a-record"),
    ],
)
def test_what_is_broken_throughout_is_counted(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    found = read(tmp_path, name, content)
    assert told(found) == [reason] * 21
    assert isinstance(found[-1], Rejection)
    assert found[-1].detail == "70 more records that cannot be read"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<rss version='2.0'><channel></channel></rss>", ["empty"]),
        (RSS.replace(b"<pubDate>Thu, 18 Jan 2024 09:30:00 +0500</pubDate>", b""), ["f.xml:1", "network-off"]),
        (RSS.replace(b"Thu, 18 Jan 2024 09:30:00 +0500", b"31/31/9999 \x1b[31m 99:99"), ["f.xml:1", "network-off"]),
        (b"<html><body>x", ["not-a-feed"]),
        (b'{"version": "https://jsonfeed.org/version/1", "items": "x"}', ["not-a-feed"]),
        (
            b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": 5, "content_text": ["x"]}, 0]}',
            ["network-off"],
        ),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "http://x/\\ud800"}]}', ["not-a-feed"]),
        (INDEX, ["network-off"]),
    ],
)
def test_feeds(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    assert told(read(tmp_path, "f.xml", content)) == expected
