"""A watch: rounds over a real server, killed and resumed, with feeds that fail beside feeds that do not."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from tests.pages.fetching.local_web import FakeNetwork, HandClock, LocalWeb, answer, local_web
from variorum.errors import EditionError
from variorum.pipeline import Edition, watching
from variorum.pipeline.feeds_file import FeedsFile, WatchedFeed
from variorum.pipeline.watch_state import WatchState
from variorum.pipeline.watching import Round, Watch, changed_disputes, state_path

FIRST = "Gunmen attacked a convoy in the town of Zahedan on 18 January 2024, killing {} soldiers, police said."
MORE = (
    "The governor told reporters that an inquiry had begun and that roads into the town were closed for the day. "
    "Witnesses described a long column of lorries, and shops near the market did not open in the morning. "
) * 4


def _page(killed: str, outlet: str) -> bytes:
    return answer(
        f"<html><head><title>Convoy attacked in Zahedan</title><meta property='og:site_name' content='{outlet}'>"
        "<meta property='article:published_time' content='2024-01-18T15:00:00+03:30'></head><body><article>"
        f"<h1>Convoy attacked in Zahedan</h1><p>{FIRST.format(killed)}</p><p>{MORE}</p><p>{MORE}</p></article>"
    )


def _feed(*paths: str, host: str = "news.example.org", stamp: str = "Thu, 18 Jan 2024 12:00:00 GMT") -> bytes:
    items = "".join(
        f"<item><title>Convoy</title><link>http://{host}{path}</link><pubDate>{stamp}</pubDate></item>"
        for path in paths
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with local_web() as running:
        yield running


class Watched:
    """A watch over the local web, with its log."""

    def __init__(self, web: LocalWeb, folder: Path, *urls: str) -> None:
        self.web = web
        self.output = folder / "border.sqlite"
        self.feeds = FeedsFile(contact="desk@example.org", feeds=tuple(WatchedFeed(url=url) for url in urls))
        self.log: list[str] = []
        self.clock = HandClock()

    def open(self) -> Watch:
        return Watch(self.feeds, self.output, log=self.log.append, network=FakeNetwork(self.web), clock=self.clock)

    def round(self) -> Round:
        with self.open() as watch:
            done = watch.round()
        self.clock.time += 900
        return done

    def logged(self, action: str) -> list[str]:
        return [line.split("  ", 2)[2].strip() for line in self.log if line.split("  ")[1].strip() == action]


@pytest.fixture
def no_stages(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would be collated, instead of collating it."""
    batches: list[list[str]] = []

    class Nothing:
        events = ()

        def __enter__(self) -> Nothing:
            return self

        def __exit__(self, *_: object) -> None: ...

    def collate(pages: object, **_: object) -> Nothing:
        batches.append([page.source for page in pages])  # type: ignore[attr-defined]
        return Nothing()

    monkeypatch.setattr(watching, "collate_pages", collate)
    return batches


FEED = "http://news.example.org/rss"


def test_rounds_make_an_edition_and_tell_what_is_new(web: LocalWeb, tmp_path: Path) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="application/rss+xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    first = watched.round()
    assert (first.feeds, first.pages, first.failed) == (1, 1, 0)
    assert len(first.events) >= 1
    assert first.disputes == ()
    web.pages["news.example.org/rss"] = answer(_feed("/2", "/1"), media="application/rss+xml")
    web.pages["news.example.org/2"] = _page("nine", "Coast Courier")
    second = watched.round()
    assert second.pages == 1
    with Edition.open(watched.output) as edition:
        assert len(edition.documents) == 2
        assert {item.source for item in edition.documents} == {"http://news.example.org/1", "http://news.example.org/2"}
    third = watched.round()
    assert (third.pages, third.events, third.disputes) == (0, (), ())
    assert web.asked().count("news.example.org/1") == 1
    assert any("2 entries, 1 new" in line for line in watched.logged("feed"))
    assert watched.logged("round")[0].startswith("round done: 1 feeds, 1 new pages, ")
    assert all(line.startswith("2023-11-14 22:") for line in watched.log)


def test_one_bad_feed_never_stops_another(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    bad = {
        "gone": answer("", 404),
        "broken": answer("<html><p>hello", media="text/html"),
        "dead": b"",
        "bomb": answer('<!DOCTYPE r [<!ENTITY a "b">]><rss><channel/></rss>', media="text/xml"),
    }
    for name, page in bad.items():
        web.pages[f"{name}.example.org/rss"] = page
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    urls = [f"http://{name}.example.org/rss" for name in bad]
    watched = Watched(web, tmp_path, *urls, FEED)
    done = watched.round()
    assert (done.feeds, done.feeds_failed, done.pages) == (1, 4, 1)
    assert len(watched.logged("feed failed")) == 4
    assert no_stages == [["http://news.example.org/1"]]


def test_a_fault_of_ours_costs_one_feed(
    web: LocalWeb, tmp_path: Path, no_stages: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(content: bytes, **fields: object) -> None:
        raise ZeroDivisionError("oops")

    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    monkeypatch.setattr(watching, "read_feed", broken)
    watched = Watched(web, tmp_path, FEED)
    assert watched.round().feeds_failed == 1
    assert watched.logged("fault") == [f"{FEED}: ZeroDivisionError: oops"]


def test_feeds_are_asked_only_for_changes(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    def rss(headers: Mapping[str, str]) -> bytes:
        if headers.get("if-none-match") == '"1"':
            return answer(status=304)
        return answer(_feed("/1"), media="text/xml", ETag='"1"')

    web.pages["news.example.org/rss"] = rss
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    watched.round()
    watched.round()
    assert watched.logged("feed")[1] == f"{FEED}: unchanged"


def test_pages_that_fail_are_tried_again_and_given_up(
    web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]
) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1", "/2"), media="text/xml")
    web.pages["news.example.org/2"] = answer("", status=404)
    watched = Watched(web, tmp_path, FEED)
    for _ in range(8):
        watched.round()
    assert web.asked().count("news.example.org/2") == 5
    assert len(watched.logged("given up")) == 2
    web.pages["news.example.org/rss"] = answer(_feed("/2", stamp="Fri, 19 Jan 2024 12:00:00 GMT"), media="text/xml")
    web.pages["news.example.org/2"] = _page("seven", "Border Gazette")
    assert watched.round().pages == 1


def test_updated_pages_are_got_again(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    for stamp in ("Thu, 18 Jan 2024 12:00:00 GMT", "Thu, 18 Jan 2024 12:00:00 GMT", "Thu, 18 Jan 2024 18:00:00 GMT"):
        web.pages["news.example.org/rss"] = answer(_feed("/1", stamp=stamp), media="text/xml")
        watched.round()
    assert web.asked().count("news.example.org/1") == 2
    assert len(no_stages) == 2


def test_words_of_the_feed_stand_in(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    item = f"<item><title>Convoy</title><link>http://news.example.org/no</link><description>{MORE}</description></item>"
    web.pages["news.example.org/rss"] = answer(f'<rss version="2.0"><channel>{item}</channel></rss>', media="text/xml")
    web.pages["news.example.org/robots.txt"] = answer("User-agent: *\nDisallow: /no\n", media="text/plain")
    watched = Watched(web, tmp_path, FEED)
    assert watched.round().pages == 1
    assert "the feed's own words" in watched.logged("page")[0]
    assert "news.example.org/no" not in web.asked()


@pytest.mark.parametrize("step", ["feed_read", "got", "collate_pages", "let_go"])
@pytest.mark.parametrize("before", [True, False])
def test_killed_at_any_step_it_goes_on(
    web: LocalWeb, tmp_path: Path, no_stages: list[list[str]], monkeypatch: pytest.MonkeyPatch, step: str, before: bool
) -> None:
    """The process dies before or after a step; the next one ends where one that was never killed ends."""

    class Killed(BaseException):
        pass

    paths = [f"/{n}" for n in range(4)]
    web.pages["news.example.org/rss"] = answer(_feed(*paths), media="text/xml", ETag='"1"')
    for path in paths:
        web.pages[f"news.example.org{path}"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    owner: object = watching if step == "collate_pages" else WatchState
    whole = getattr(owner, step)
    calls = []

    def dying(*given: object, **named: object) -> object:
        calls.append(step)
        if before and len(calls) == (3 if step == "got" else 1):
            raise Killed
        result = whole(*given, **named)
        if not before and len(calls) == (3 if step == "got" else 1):
            raise Killed
        return result

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, dying)
        with pytest.raises(Killed):
            watched.round()
    watched.round()
    assert {source for batch in no_stages for source in batch} == {f"http://news.example.org{path}" for path in paths}
    asked = [web.asked().count(f"news.example.org{path}") for path in paths]
    assert sum(asked) <= len(paths) + (step == "got" and before)
    assert watched.round().pages == 0
    assert len(no_stages) <= 2


def test_two_watches_do_not_share_an_edition(web: LocalWeb, tmp_path: Path) -> None:
    watched = Watched(web, tmp_path, FEED)
    with watched.open(), pytest.raises(EditionError, match="another watch"):
        watched.open()
    watched.open().close()


def test_an_edition_that_cannot_be_written_loses_nothing(
    web: LocalWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    watched.output.write_text("something else")
    with pytest.raises(EditionError):
        watched.round()
    watched.output.unlink()
    assert watched.round().pages == 0
    with Edition.open(watched.output) as edition:
        assert len(edition.documents) == 1


def test_stop_ends_a_run_between_rounds(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/rss"] = answer(_feed(), media="text/xml")
    watched = Watched(web, tmp_path, FEED)
    rounds: list[Round] = []
    with watched.open() as watch:
        thread = threading.Thread(target=watch.run, kwargs={"each": rounds.append})
        thread.start()
        while not watched.logged("waiting"):
            thread.join(0.02)
        watch.stop()
        thread.join(5)
        assert not thread.is_alive()
    assert len(rounds) == 1


def test_a_page_that_names_feeds_is_followed(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/"] = answer('<html><head><link rel="alternate" type="application/rss+xml" href="/rss">')
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, "http://news.example.org/")
    assert watched.round().pages == 1
    assert state_path(watched.output).exists()


def test_disputes_are_told_as_they_change(web: LocalWeb, tmp_path: Path) -> None:
    from variorum.records import Event, MentionKey, Reading, Toll

    def event(id_: str, *figures: int, agreement: str = "disputed") -> Event:
        readings = tuple(Reading(id=str(n), low=n, high=n, speaker=None, as_of=None) for n in figures)
        toll = Toll(kind="killed", low=min(figures), high=max(figures), agreement=agreement, readings=readings)  # type: ignore[arg-type]
        return msgspec.convert(
            {
                "id": id_, "story": "s", "type": "ASSAULT", "mode": None, "status": "actual", "actors": [],
                "recipients": [], "time": None, "place": None, "tolls": [], "documents": [],
                "independent_origins": 2, "evidence": [], "headline": "An attack",
            },
            Event,
        ).__replace__(tolls=(toll,), mentions=(MentionKey(document="d", index=0),))  # fmt: skip

    agreed, disputed, wider = event("e-1", 7, agreement="agreed"), event("e-2", 7, 9), event("e-2", 7, 9, 12)
    assert changed_disputes([agreed], [disputed]) == ["An attack (e-2): killed is disputed now: 7 against 9"]
    assert changed_disputes([disputed], [wider]) == [
        "An attack (e-2): killed was 7 against 9, is 7 against 9 against 12"
    ]
    assert changed_disputes([disputed], [disputed]) == []
    assert changed_disputes([disputed], [agreed]) == ["An attack (e-2): killed is disputed no more; it was 7 against 9"]


def test_pages_that_are_put_off_keep_back_no_others(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    """A feed whose first links lead to a dead site, and which gets two pages a round."""
    links = "".join(f"<item><link>http://dead.example.org/{n}</link></item>" for n in range(3))
    links += "<item><link>http://news.example.org/1</link></item>"
    web.pages["news.example.org/rss"] = answer(f'<rss version="2.0"><channel>{links}</channel></rss>', media="text/xml")
    web.pages["dead.example.org/robots.txt"] = answer("", 503)
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    watched.feeds = watched.feeds.__replace__(feeds=(WatchedFeed(url=FEED, pages=2),))
    assert [watched.round().pages for _ in range(2)] == [0, 1]


def test_a_site_that_puts_off_for_days_is_given_up(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1", host="dead.example.org"), media="text/xml")
    web.pages["dead.example.org/robots.txt"] = answer("", 503)
    watched = Watched(web, tmp_path, FEED)
    for _ in range(9):
        watched.round()
        watched.clock.time += 86_400
    assert len(watched.logged("put off")) == 7
    assert watched.logged("given up")[0].startswith("http://dead.example.org/1: put off for over 7 days: ")


def test_two_feeds_that_date_a_page_in_two_ways(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/world"] = answer(_feed("/1", stamp="2024-01-18T12:00:00Z"), media="text/xml")
    web.pages["news.example.org/both"] = answer(
        '<link rel="alternate" type="application/rss+xml" href="/rss">'
        '<link rel="alternate" type="application/rss+xml" href="/world">'
    )
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED, "http://news.example.org/world", "http://news.example.org/both")
    for _ in range(3):
        watched.round()
    assert web.asked().count("news.example.org/1") == 1


def test_entries_of_a_feed_that_is_followed_no_more_go_to_another(
    web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]
) -> None:
    for name in ("rss", "world"):
        web.pages[f"news.example.org/{name}"] = answer(_feed("/1"), media="text/xml")
    watched = Watched(web, tmp_path, FEED)
    assert watched.round().pages == 0
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched.feeds = watched.feeds.__replace__(feeds=(WatchedFeed(url="http://news.example.org/world"),))
    assert watched.round().pages == 1


def test_a_slow_host_leaves_pages_to_the_next_round(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    paths = [f"/{n}" for n in range(20)]
    web.pages["news.example.org/rss"] = answer(_feed(*paths), media="text/xml")
    web.pages["news.example.org/robots.txt"] = answer("User-agent: *\nCrawl-delay: 100\n", media="text/plain")
    for path in paths:
        web.pages[f"news.example.org{path}"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    assert watched.round().pages == 7
    assert watched.logged("put off") == ["13 more of news.example.org, which is slow: to the next round"]
    assert [watched.round().pages for _ in range(3)] == [7, 6, 0]


def test_a_clock_that_is_set_back_stops_nothing(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    watched.clock.time += 1e9
    watched.round()
    watched.clock.time -= 1e9
    web.pages["news.example.org/rss"] = answer(_feed("/1", stamp="Fri, 19 Jan 2024 12:00:00 GMT"), media="text/xml")
    assert watched.round().pages == 1
    assert [url for url, _ in web.requests].count("news.example.org/robots.txt") == 2


def test_an_edition_that_is_gone_is_told(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    watched = Watched(web, tmp_path, FEED)
    watched.round()
    assert not any("is not there" in line for line in watched.logged("edition"))
    watched.round()
    assert "border.sqlite is not there; 1 pages that were got for it before are not" in watched.logged("edition")


def test_each_edition_has_a_memory_of_its_own() -> None:
    names = [state_path(Path(name)).name for name in ("a.sqlite", "a.db", "a.b.sqlite")]
    assert names == ["a.watch.sqlite", "a.db.watch.sqlite", "a.b.watch.sqlite"]


def test_a_line_of_the_log_has_an_end(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    web.pages["news.example.org/rss"] = answer(_feed("/" + "a" * 100_000), media="text/xml")
    watched = Watched(web, tmp_path, FEED)
    watched.round()
    assert len(watched.logged("given up")) == 1
    assert max(map(len, watched.log)) < 700


def test_a_defect_in_a_round_does_not_end_the_watch(
    web: LocalWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    web.pages["news.example.org/rss"] = answer(_feed("/1"), media="text/xml")
    web.pages["news.example.org/1"] = _page("seven", "Border Gazette")
    monkeypatch.setattr(watching, "collate_pages", broken)
    watched = Watched(web, tmp_path, FEED)
    with watched.open() as watch:
        thread = threading.Thread(target=watch.run)
        thread.start()
        while not watched.logged("waiting"):
            thread.join(0.02)
        watch.stop()
        thread.join(5)
    assert watched.logged("fault") == ["ZeroDivisionError: oops"]
    with pytest.raises(ZeroDivisionError):
        watched.round()


def test_words_of_another_sites_feed_are_its_own(web: LocalWeb, tmp_path: Path, no_stages: list[list[str]]) -> None:
    def feed(words: str, host: str) -> bytes:
        item = f"<item><title>Convoy</title><link>http://famous.example.org/1</link><description>{words}</description>"
        return answer(
            f'<rss version="2.0"><channel><title>{host}</title>{item}</item></channel></rss>', media="text/xml"
        )

    other, own = "http://planet.example.com/rss", "http://feeds.famous.example.org/rss"
    web.pages["famous.example.org/robots.txt"] = answer("User-agent: *\nDisallow: /\n", media="text/plain")
    web.pages["planet.example.com/rss"] = feed(MORE, "Famous")
    Watched(web, tmp_path, other).round()
    assert no_stages == [
        ["http://planet.example.com/rss (the words of planet.example.com for http://famous.example.org/1)"]
    ]

    (tmp_path / "both").mkdir()
    web.pages["feeds.famous.example.org/rss"] = feed(MORE, "Famous")
    Watched(web, tmp_path / "both", other, own).round()
    assert no_stages[1] == ["http://famous.example.org/1"]  # whichever feed is read first
