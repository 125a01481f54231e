"""WARC, WACZ and ZIP: every record is a page, a named rejection, or counted in one for its reason."""

from __future__ import annotations

import gzip
import random
import stat
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.pages import PageOptions, read_pages
from variorum.records import Page, Rejection

from .archives import REPORT, warc_record, zip_of

URL = "https://news.example/reports/1"


def read(path: Path, options: PageOptions | None = None) -> tuple[list[Page], list[Rejection]]:
    found = list(read_pages([path], options=options))
    return [each for each in found if isinstance(each, Page)], [each for each in found if isinstance(each, Rejection)]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_capture_has_its_address_and_its_moment(tmp_path: Path, name: str) -> None:
    record = warc_record(URL)
    content = gzip.compress(record) + gzip.compress(record) if name.endswith("gz") else record * 2
    pages, rejections = read(written(tmp_path / name, content))
    assert not rejections
    assert [page.source for page in pages] == [f"{name}:1", f"{name}:2"]
    assert pages[0].id == pages[1].id
    assert (pages[0].declared.url, pages[0].declared.charset) == (URL, "utf-8")
    assert (pages[0].captured, pages[0].content, pages[0].media) == ("2031-05-06T07:08:09+00:00", REPORT, "text/html")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(REPORT), {"Content_Encoding": "gzip"}),
        (zlib.compress(REPORT), {"Content_Encoding": "deflate"}),
        (brotli.compress(REPORT), {"Content_Encoding": "br"}),
        (b"%x\r\n" % len(REPORT) + REPORT + b"\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
        (REPORT, {"Content_Encoding": "gzip"}),  # undone by the crawler, its header kept
        (REPORT, {"Transfer_Encoding": "chunked"}),
    ],
)
def test_codings_are_undone(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    pages, rejections = read(written(tmp_path / "a.warc", warc_record(URL, body, length=None, **headers)))
    assert ([page.content for page in pages], rejections) == ([REPORT], [])


def test_resources_and_conversions_are_pages(tmp_path: Path) -> None:
    content = warc_record(URL, b"Plain words.", kind="resource", media="text/plain")
    content += warc_record(URL, b"Other words.", kind="conversion", media="text/plain")
    pages, _ = read(written(tmp_path / "a.warc", content))
    assert [(page.media, page.content) for page in pages] == [
        ("text/plain", b"Plain words."),
        ("text/plain", b"Other words."),
    ]


def test_what_is_no_page_is_counted_by_reason(tmp_path: Path) -> None:
    content = warc_record("", b"software: x\r\n", kind="warcinfo", media="application/warc-fields")
    for number in range(3):
        content += warc_record(f"{URL}/{number}.png", b"\x89PNG", media="image/png")
    content += warc_record(URL, b"body {}", media="text/css")
    content += warc_record(URL, b"", status="302 Found", Location="https://news.example/")
    content += warc_record(URL, status="404 Not Found") + warc_record(URL, status="503 Busy") * 2
    content += warc_record(URL, b"", kind="revisit") + warc_record(URL, b"")
    content += warc_record("https://news.example/robots.txt", b"User-agent: *", media="text/plain")
    content += warc_record("dns:news.example", b"news.example 1 IN A", kind="resource", media="text/dns")
    content += warc_record(URL)
    pages, rejections = read(written(tmp_path / "a.warc", content))
    assert len(pages) == 1
    assert {each.reason: each.detail for each in rejections} == {
        "empty": "1 record left out: 1 without content",
        "error-page": "3 records left out: 2 with status 503, 1 with status 404",
        "not-a-page": "7 records left out: 3 images, 1 of dns addresses, 1 of type warcinfo, 1 robots.txt, "
        "1 style sheets",
        "redirect": "1 record left out: 1 that redirect",
        "revisit": "1 record left out: 1 that repeat an earlier capture",
    }


def test_a_cut_off_record_is_told_and_so_is_a_cut_off_archive(tmp_path: Path) -> None:
    whole = warc_record(URL)
    pages, (rejection,) = read(written(tmp_path / "a.warc", whole + warc_record(URL, length=9_999)))
    assert (len(pages), rejection.source, rejection.reason) == (1, "a.warc:2", "unreadable")
    pages, (rejection,) = read(written(tmp_path / "b.warc.gz", gzip.compress(whole) + gzip.compress(whole)[:-20]))
    assert (len(pages), rejection.reason) == (1, "unreadable")
    _, (rejection,) = read(written(tmp_path / "c.warc", b"This is no archive of anything at all.\n" * 9))
    assert rejection.reason == "unreadable"


def test_what_is_passed_over_between_records_is_told(tmp_path: Path) -> None:
    content = warc_record(URL) + b"No record at all.\r\n" * 40 + warc_record(URL) + warc_record(URL)
    pages, (rejection,) = read(written(tmp_path / "a.warc", content))
    assert len(pages) == 3
    assert (rejection.reason, "no record" in rejection.detail) == ("unreadable", True)


def test_a_collection_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    content = zip_of(
        [
            ("datapackage.json", b"{}"),
            ("archive/a.warc.gz", gzip.compress(warc_record(URL))),
            ("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n{"url": "x", "text": "repeated"}\n'),
            ("indexes/index.cdx", b"x"),
        ],
        compression=zipfile.ZIP_STORED,
    )
    (page,), rejections = read(written(tmp_path / "crawl.wacz", content))
    assert (page.source, page.declared.url, rejections) == ("crawl.wacz/archive/a.warc.gz:1", URL, [])


def test_a_zip_gives_the_pages_of_all_its_kinds(tmp_path: Path) -> None:
    inner = zip_of([("deep.txt", b"Deep words.")])
    content = zip_of(
        [
            ("b/page.html", REPORT),
            ("a.txt", b"Words."),
            ("rows.csv", b"text\nOne\nTwo\n"),
            ("rows.jsonl.gz", gzip.compress(b'{"text": "Three"}\n')),
            ("inner.zip", inner),
            ("crawl.warc", warc_record(URL)),
            ("photo.jpg", b"\xff\xd8"),
            ("other.jpg", b"\xff\xd8"),
            ("__MACOSX/._a.txt", b"\0"),
            (".hidden.txt", b"x"),
        ]
    )
    pages, (rejection,) = read(written(tmp_path / "all.zip", content))
    assert [page.source for page in pages] == [
        "all.zip/a.txt",
        "all.zip/b/page.html",
        "all.zip/crawl.warc:1",
        "all.zip/inner.zip/deep.txt",
        "all.zip/rows.csv:2",
        "all.zip/rows.csv:3",
        "all.zip/rows.jsonl.gz:1",
    ]
    assert rejection.line == "all.zip: 2 files left out: 2 .jpg [not-a-page]"


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"])
def test_a_name_that_leads_out_is_rejected_by_name(tmp_path: Path, name: str) -> None:
    pages, (rejection,) = read(written(tmp_path / "a.zip", zip_of([(name, b"Words."), ("good.txt", b"Words.")])))
    assert [page.source for page in pages] == ["a.zip/good.txt"]
    assert (rejection.source, rejection.reason) == (f"a.zip/{name}", "unsafe-path")


def test_links_passwords_and_other_compressions_are_rejected_by_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("packed.txt", b"Words.", compress_type=zipfile.ZIP_LZMA)
        archive.writestr("locked.txt", b"Words.")
    content = bytearray((tmp_path / "a.zip").read_bytes())
    at = content.rindex(b"PK\x01\x02")  # the directory's entry of the last member
    content[at + 8] |= 1
    _, rejections = read(written(tmp_path / "a.zip", bytes(content)))
    assert {each.source: each.reason for each in rejections} == {
        "a.zip/link.txt": "unsafe-path",
        "a.zip/packed.txt": "unreadable",
        "a.zip/locked.txt": "encrypted",
    }


def test_a_broken_archive_and_a_broken_member_are_told(tmp_path: Path) -> None:
    noise = random.Random(0).randbytes(300)
    _, (rejection,) = read(written(tmp_path / "a.zip", noise))
    assert (rejection.source, rejection.reason) == ("a.zip", "unreadable")
    content = bytearray(zip_of([("a.txt", noise.hex().encode()), ("b.txt", b"Words.")]))
    content[60:70] = b"\0" * 10
    pages, (rejection,) = read(written(tmp_path / "b.zip", bytes(content)))
    assert [page.source for page in pages] == ["b.zip/b.txt"]
    assert (rejection.source, rejection.reason) == ("b.zip/a.txt", "unreadable")


NAMES = st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=6, unique=True)


@settings(max_examples=40, deadline=None)
@given(names=NAMES, data=st.data())
def test_what_goes_into_archives_comes_out(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    """Whatever holds a text, and in whatever order, its page has the same id and the same content."""
    texts = {name: f"Words of {name}, {data.draw(st.integers(0, 99))}." for name in names}
    order = data.draw(st.permutations(names))
    folder = tmp_path_factory.mktemp("zip")
    plain = [(f"{name}.txt", texts[name].encode()) for name in names]
    nested = zip_of([("in.zip", zip_of([(f"{name}.txt", texts[name].encode()) for name in order]))])
    zipped = [(f"{name}.txt.gz", gzip.compress(texts[name].encode())) for name in order]
    archives = [zip_of(plain), nested, zip_of(zipped)]
    ids = []
    for number, content in enumerate(archives):
        pages, rejections = read(written(folder / f"{number}.zip", content))
        assert not rejections
        assert sorted(page.content.decode() for page in pages) == sorted(texts.values())
        ids.append(sorted(page.id for page in pages))
    assert ids[0] == ids[1] == ids[2]


@settings(max_examples=40, deadline=None)
@given(bodies=st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5), data=st.data())
def test_web_archives_give_back_what_was_captured(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], data: st.DataObject
) -> None:
    bodies = [REPORT + b"<!--" + body.hex().encode() + b"-->" for body in bodies]
    order = data.draw(st.permutations(range(len(bodies))))
    records = [warc_record(f"{URL}/{number}", body) for number, body in enumerate(bodies)]
    folder = tmp_path_factory.mktemp("warc")
    one, _ = read(written(folder / "a.warc", b"".join(records)))
    other, _ = read(written(folder / "b.warc.gz", b"".join(gzip.compress(records[number]) for number in order)))
    assert [page.content for page in one] == bodies
    assert sorted(page.id for page in one) == sorted(page.id for page in other)


def test_broken_archives_end_in_rejections_and_nothing_else(tmp_path: Path) -> None:
    rng = random.Random(7)
    good = (
        warc_record(URL) + warc_record(URL, gzip.compress(REPORT, mtime=0), Content_Encoding="gzip") + warc_record(URL)
    )
    inner = zip_of([("page.html", REPORT)])
    packed = zip_of([("a.warc", good), ("b.txt", b"Words."), ("c.csv", b"text\nWords.\n"), ("inner.zip", inner)])
    for number in range(600):
        name, source = (("a.warc", good), ("a.zip", packed))[number % 2]
        content = bytearray(source)
        for _ in range(rng.randint(1, 20)):
            at = rng.randrange(len(content))
            content[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(4))
        list(read_pages([written(tmp_path / name, bytes(content))]))
