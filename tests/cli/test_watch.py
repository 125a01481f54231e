"""``variorum watch`` as a user calls it; its network leads to a server of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.pages.fetching.local_web import FakeNetwork, LocalWeb, answer, local_web
from variorum.cli import main
from variorum.pages.fetching import web as fetching
from variorum.pipeline import Edition

ROOT = Path(__file__).resolve().parents[2]
FEEDS = 'contact = "desk@example.org"\npause = 0.5\n\n[[feed]]\nurl = "http://news.example.org/rss"\n'
WORDS = "<p>Rebels shelled the market of Goma on 18 January 2024, killing {} people, the mayor said.</p>"
REST = "<p>The road to the north was closed, and shops stayed shut until the evening, residents told reporters.</p>" * 6
LED = """
import sys
from types import SimpleNamespace
from tests.pages.fetching.local_web import FakeNetwork
import variorum.pages.fetching.web as web
web.SystemNetwork = lambda: FakeNetwork(SimpleNamespace(port=int(sys.argv[1])))
from variorum.cli import main
main(["watch", *sys.argv[2:]])
"""


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with local_web() as running:
        links = "".join(f"<item><title>T</title><link>http://news.example.org/{n}</link></item>" for n in (1, 2))
        running.pages["news.example.org/rss"] = answer(
            f'<rss version="2.0"><channel>{links}</channel></rss>', media="text/xml"
        )
        for n, killed in ((1, "seven"), (2, "nine")):
            running.pages[f"news.example.org/{n}"] = answer(
                f"<html><head><title>Market shelled, {n}</title></head><body><article><h1>Market shelled, {n}</h1>"
                f"{WORDS.format(killed)}{REST}</article></body></html>"
            )
        yield running


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(FEEDS)
    return path


def _process(web: LocalWeb, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LED, str(web.port), *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_one_round(web: LocalWeb, feeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SystemNetwork", lambda: FakeNetwork(web))
    output = tmp_path / "goma.sqlite"
    before = signal.getsignal(signal.SIGINT)
    done = CliRunner().invoke(main, ["watch", str(feeds), "-o", str(output), "--once"])
    assert done.exit_code == 0, done.output
    assert "round done: 1 feeds, 2 new pages" in done.stdout
    assert "page         http://news.example.org/1" in done.stderr
    log = (tmp_path / "goma.watch.log").read_text()
    assert log.splitlines() == [line for line in done.stderr.splitlines() if not line.startswith("variorum")]
    with Edition.open(output) as edition:
        assert len(edition.documents) == 2
    assert signal.getsignal(signal.SIGINT) is before


def test_killed_and_resumed(web: LocalWeb, feeds: Path, tmp_path: Path) -> None:
    """SIGKILL while the second page is on its way; the next run asks for that one alone, and the edition has both."""
    arrived, second = threading.Event(), web.pages["news.example.org/2"]

    def never(_: Mapping[str, str]) -> bytes:
        arrived.set()
        time.sleep(20)
        return b""

    web.pages["news.example.org/2"] = never
    output = tmp_path / "goma.sqlite"
    with _process(web, feeds, "-o", output) as process:
        assert arrived.wait(30)
        process.kill()
    web.pages["news.example.org/2"] = second
    with _process(web, feeds, "-o", output, "--once", "-q") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "1 new pages" in out
    assert web.asked().count("news.example.org/1") == 1
    with Edition.open(output) as edition:
        assert len(edition.documents) == 2


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_is_clean(web: LocalWeb, feeds: Path, tmp_path: Path, name: signal.Signals) -> None:
    web.pages["news.example.org/rss"] = answer('<rss version="2.0"><channel/></rss>', media="text/xml")
    with _process(web, feeds, "-o", tmp_path / "goma.sqlite", "--every", "1h") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "  waiting  " in line:
                break
        os.kill(process.pid, name)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert err.splitlines() == [
        "variorum: stopping; what is under way ends first (again: at once)",
        "variorum: stopped; the same command goes on where it was",
    ]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (FEEDS, 0, "right: 1 feeds, a round every 15 min"),
        (FEEDS.replace("url", "link"), 1, "feeds.toml:5: feed 1: link: is no key here"),
        (
            FEEDS.replace("http://", "http://user:secret@"),
            1,
            "feeds.toml:5: feed 1: url: the address holds a user name",
        ),
        (FEEDS + "[[feed\n", 1, "line 6"),
    ],
)
def test_check_says_what_is_wrong(feeds: Path, text: str, code: int, said: str) -> None:
    feeds.write_text(text)
    done = CliRunner().invoke(main, ["watch", "--check", str(feeds)])
    assert done.exit_code == code
    assert said in done.output
    assert done.output.count("\n") == 1


def test_misuse(feeds: Path, tmp_path: Path) -> None:
    for arguments, said in (
        ([], "name a feeds file"),
        ([str(feeds)], "name the edition with -o"),
        ([str(feeds), "--every", "5s", "-o", "e.sqlite"], "under a minute"),
    ):
        done = CliRunner().invoke(main, ["watch", *arguments])
        assert done.exit_code == 2
        assert said in done.output
    done = CliRunner().invoke(main, ["watch", str(feeds), "-o", str(tmp_path / "none" / "e.sqlite")])
    assert done.exit_code == 1


def test_opml_is_imported(tmp_path: Path) -> None:
    opml = tmp_path / "reader.opml"
    opml.write_text('<opml><body><outline text="A" xmlUrl="https://news.example.org/rss"/></body></opml>')
    done = CliRunner().invoke(main, ["watch", "--import", str(opml)])
    assert done.exit_code == 0
    assert 'url = "https://news.example.org/rss"' in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_that_cannot_be_written_ends_no_watch(
    web: LocalWeb, feeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SystemNetwork", lambda: FakeNetwork(web))
    (tmp_path / "goma.watch.log").symlink_to("/dev/full")
    done = CliRunner().invoke(main, ["watch", str(feeds), "-o", str(tmp_path / "goma.sqlite"), "--once"])
    assert done.exit_code == 0, done.output
    assert "2 new pages" in done.stdout
    assert "the log cannot be written" in done.stderr
