"""Inputs made to exhaust a machine end in bounded time and memory with a rejection that says what they are."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from variorum.documents import make_document
from variorum.pages import PageOptions, read_pages
from variorum.records import Media, Page, Rejection

from .archives import REPORT, gzip_of, warc_record, zip_of

MB = 1_000_000
ZEROS = b"\0" * MB
SECONDS = 8.0  # on two busy cores; each takes well under two on an idle one
MEMORY = 140 * MB  # what Python may hold at once: a few pages of the largest size


def bounded(path: Path, options: PageOptions | None = None) -> list[Page | Rejection]:
    """What a bomb gives, its time and memory held to the bounds."""
    tracemalloc.start()
    started = time.monotonic()
    try:
        found = list(read_pages([path], options=options))
        took, peak = time.monotonic() - started, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert took < SECONDS
    assert peak < MEMORY
    return found


def nested_zips(depth: int) -> bytes:
    made = zip_of([(f"{n}.txt", b"\0" * 5 * MB) for n in range(4)])
    for _ in range(depth):
        made = zip_of([(f"{n}.zip", made) for n in range(16)])
    return made


def itself_inside() -> bytes:
    """A ZIP as deep as an archive that holds itself would be read."""
    made = zip_of([("a.txt", b"Words.")])
    for _ in range(40):
        made = zip_of([("again.zip", made)])
    return made


BOMBS: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("lines.jsonl.gz", lambda: gzip_of(ZEROS, 600), "bomb", "decompresses to more than"),
    ("crawl.warc.gz", lambda: gzip_of(warc_record("https://a.example/", ZEROS, media="image/png"), 600), "bomb", "MB"),
    ("page.html.gz", lambda: gzip_of(ZEROS, 600), "too-large", "20 MB"),
    ("rows.csv.gz", lambda: gzip_of(b"y" * MB, 600), "too-large", "20 MB"),
    ("array.json.gz", lambda: gzip_of(b" " * MB, 600), "bomb", "decompresses to more than"),
    ("nested.zip", lambda: nested_zips(3), "too-deep", "more than 3 deep"),
    ("wide.zip", lambda: nested_zips(2), "bomb", "decompresses to more than"),
    ("quine.zip", itself_inside, "too-deep", "more than 3 deep"),
    (
        "many.zip",
        lambda: zip_of([(f"{n}.txt", b"") for n in range(5_000)], compression=zipfile.ZIP_STORED),
        "bomb",
        "more than 4,000 files",
    ),
    ("claims.warc", lambda: warc_record("https://a.example/", length=10**15), "unreadable", "cut off"),
    ("record.warc", lambda: warc_record("https://a.example/", b"x" * 50 * MB), "too-large", "20 MB"),
    (
        "coded.warc",
        lambda: warc_record("https://a.example/", gzip_of(ZEROS, 400), Content_Encoding="gzip"),
        "too-large",
        "",
    ),
    ("head.warc", lambda: b"WARC/1.0\r\n" + b"X-Head: " + b"x" * 40 * MB + b"\r\n\r\n", "unreadable", ""),
    ("deep.html", lambda: b"<html><body>" + b"<div>" * 100_000 + REPORT, "too-deep", "nested"),
    ("tags.html", lambda: b"<b>" * 6_000_000, "bomb", "6,000,000 tags"),
    ("ten.html", lambda: b"<b>" * 10_000_000, "too-large", "20 MB"),
    ("field.csv", lambda: b'text,date\n"' + b"x" * 100 * MB + b'",1\n', "too-large", "20 MB"),
    ("lines.csv", lambda: b'text,date\n"' + (b"x" * 99 + b"\n") * MB + b'",1\n', "too-large", "20 MB"),
    ("record.jsonl", lambda: b'{"text": "' + b"x" * 100 * MB + b'"}\n', "too-large", "20 MB"),
    ("deep.json", lambda: b"[" * 10_000_000, "not-json", "recursion"),
]


@pytest.mark.parametrize(("name", "make", "reason", "says"), BOMBS, ids=[bomb[0] for bomb in BOMBS])
def test_a_bomb_ends_in_a_rejection(
    tmp_path: Path, name: str, make: Callable[[], bytes], reason: str, says: str
) -> None:
    (tmp_path / name).write_bytes(make())
    options = PageOptions(floor_bytes=20 * MB, members=4_000) if reason in ("bomb", "too-deep") else None
    found = bounded(tmp_path / name, options)
    reasons = {each.reason: each for each in found if isinstance(each, Rejection)}
    assert reason in reasons, found
    assert says in reasons[reason].detail
    assert not [each for each in found if isinstance(each, Page)]
    assert len(found) <= 40


def test_what_stands_behind_a_bomb_is_read(tmp_path: Path) -> None:
    bomb = warc_record("https://a.example/1", gzip_of(ZEROS, 100), Content_Encoding="gzip")
    (tmp_path / "a.warc").write_bytes(bomb + warc_record("https://a.example/2"))
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "' + b"x" * 30 * MB + b'"}\n{"text": "Words."}\n')
    for name in ("a.warc", "b.jsonl"):
        rejection, page = bounded(tmp_path / name)
        assert isinstance(rejection, Rejection)
        assert isinstance(page, Page)
        assert page.source == f"{name}:2"


def test_a_directory_of_countless_members_is_told_before_it_is_read(tmp_path: Path) -> None:
    members = zip_of([(f"{n}.txt", b"") for n in range(3_000)], compression=zipfile.ZIP_STORED)
    (tmp_path / "a.zip").write_bytes(members)
    (found,) = bounded(tmp_path / "a.zip", PageOptions(members=100))
    assert isinstance(found, Rejection)
    assert "its directory lists more than 100 files" in found.detail


# Linux hands ru_maxrss on to a child, so that it would tell of the tests' own process; the high-water mark it does not.
PEAK_OF_OWN = """
import pathlib, resource
def peak():
    status = pathlib.Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    told = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return told[0] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""


def test_memory_does_not_grow_with_an_archive(tmp_path: Path) -> None:
    """Ten times the records take the memory of one time."""
    peaks = []
    for times in (300, 3_000):
        with (tmp_path / f"{times}.warc.gz").open("wb") as file:
            for number in range(times):
                file.write(gzip.compress(warc_record(f"https://a.example/{number}", REPORT * 100), 1))
        script = (
            "import json, sys\nfrom variorum.pages import read_pages\n"
            "n = sum(1 for _ in read_pages([sys.argv[1]]))\n"
            f"{PEAK_OF_OWN}print(json.dumps([n, peak()]))"
        )
        command = [sys.executable, "-c", script, str(tmp_path / f"{times}.warc.gz")]
        done = subprocess.run(command, capture_output=True, check=True)
        count, peak = json.loads(done.stdout)
        assert count == times
        peaks.append(peak)
    assert peaks[1] < peaks[0] * 1.15


SENTENCE = "The army said on Monday that it had retaken the northern bridge after an hour of fighting. "
RUN = f"""{PEAK_OF_OWN}
import json, sys
from variorum.documents import make_document
from variorum.pages import read_pages
from variorum.records import Page
(page,) = read_pages([sys.argv[1]])
before = resource.getrusage(resource.RUSAGE_SELF)
made = make_document(page) if isinstance(page, Page) else page
after = resource.getrusage(resource.RUSAGE_SELF)
told = getattr(made, "rejected", made)
took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(json.dumps([told and told.reason, told and told.detail, took, peak(), len(getattr(made, "text", ""))]))
"""
PEAK = 480_000  # kB of the whole process, the interpreter and the page's bytes with it
HUGE: list[tuple[str, Callable[[], str], str | None, str]] = [
    (
        "paragraphs.html",
        lambda: "<h1>Bridge retaken</h1>" + "".join(f"<p>{SENTENCE}{n}</p>" for n in range(25_000)),
        "too-large",
        "25,001 lines",
    ),
    (
        "clocks.html",
        lambda: "".join(f"<p>{n % 24:02}:{n % 60:02} GMT</p><p>{SENTENCE}</p>" for n in range(15_000)),
        "too-large",
        "30,000 lines",
    ),
    ("lines.txt", lambda: "\n".join(f"{n % 24:02}:{n % 60:02} A B" for n in range(150_000)), "too-large", "150,000"),
    ("paragraph.html", lambda: f"<p>{SENTENCE * 60_000}</p>", "too-large", "letters"),
    ("long.txt", lambda: SENTENCE * 30_000, None, ""),
    ("marks.html", lambda: "<p>Correction: " + "“a (b *c — " * 200_000 + "</p>", None, ""),
    ("runs.txt", lambda: "\n".join((mark * 300_000) for mark in ("a", "1", "*a ", "[a](b ", "- ")), None, ""),
]


@pytest.mark.parametrize(("name", "make", "reason", "says"), HUGE, ids=[bomb[0] for bomb in HUGE])
def test_a_huge_text_ends_the_whole_way_to_a_document(
    tmp_path: Path, name: str, make: Callable[[], str], reason: str | None, says: str
) -> None:
    """Time is the processor's, memory the peak of a process of its own, lxml's and all."""
    (tmp_path / name).write_text(make(), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", RUN, str(tmp_path / name)], capture_output=True, check=True)
    told, detail, took, peak, letters = json.loads(done.stdout)
    assert told == reason
    assert says in (detail or "")
    assert took < 2 * SECONDS
    assert peak < PEAK
    assert letters > 500_000  # the text is kept whatever is made of it


GROWING: list[tuple[str, Media, Callable[[int], str]]] = [
    ("items", "text/plain", lambda n: "\n".join(f"• Item {i}: {SENTENCE}" for i in range(n))),
    ("days", "text/plain", lambda n: "\n".join(f"5 March 2031\n10:{i % 60:02} GMT\n{SENTENCE}" for i in range(n))),
    ("rules", "text/html", lambda n: "".join(f"<hr><h3>Head {i} of all</h3><p>{SENTENCE}{i}</p>" for i in range(n))),
    (
        "titles",
        "text/html",
        lambda n: (
            "".join(f'<meta property="og:title" content="The head {i} of all">' for i in range(n))
            + f"<p>{SENTENCE}</p>"
        ),
    ),
]


@pytest.mark.parametrize(("name", "media", "make"), GROWING, ids=[each[0] for each in GROWING])
def test_a_document_costs_by_its_length(name: str, media: Media, make: Callable[[int], str]) -> None:
    """Four times the text takes four times the time, not sixteen."""

    def took(times: int) -> float:
        page = Page(id="p", source=name, media=media, content=make(times).encode())
        started = time.process_time()
        make_document(page)
        return time.process_time() - started

    took(50)  # what is loaded once
    assert took(2_000) < 7 * took(500)
