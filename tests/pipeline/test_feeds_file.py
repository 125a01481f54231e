"""The feeds file: what it may say, and how each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.errors import InputError
from variorum.pipeline.feeds_file import from_opml, parse_duration, read_feeds_file

GOOD = """contact = "desk@example.org"
every = "1h"
pause = 5
hosts = 2

[[feed]]
url = "https://news.example.org/rss.xml"

[[feed]]
# the other side
url = "https://other.example.org/"
outlet = "Other Herald"
follow = false
pages = 10
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_feeds_file(tmp_path: Path) -> None:
    read = read_feeds_file(_file(tmp_path, GOOD))
    assert (read.contact, read.every, read.pause, read.hosts) == ("desk@example.org", 3_600, 5, 2)
    assert [feed.url for feed in read.feeds] == ["https://news.example.org/rss.xml", "https://other.example.org/"]
    assert (read.feeds[1].outlet, read.feeds[1].follow, read.feeds[1].pages) == ("Other Herald", False, 10)
    assert read.fetching().contact == "desk@example.org"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('every = "1h"', 'every = "often"', 2, "every: 'often' is no duration"),
        ('every = "1h"', 'every = "5s"', 2, "every: '5s' is under a minute"),
        ('every = "1h"', "every = 60", 2, "every: must be a text"),
        ('contact = "desk@example.org"', "", 1, "contact: must be your e-mail"),
        ('"desk@example.org"', '""', 1, "contact: is empty and must be your e-mail"),
        ('"desk@example.org"', '"me\\r\\nX-Injected: 1"', 1, "contact: must be your e-mail"),
        ("pause = 5", "pause = 0", 3, "pause: must be 0.5 to 3600 seconds"),
        ("pause = 5", "pause = true", 3, "pause: must be"),
        ("hosts = 2", "hosts = 200", 4, "hosts: must be"),
        ("hosts = 2", "host = 2", 4, "host: is no key here"),
        ('outlet = "Other Herald"', 'name = "Other"', 12, "feed 2: name: is no key here; there are follow, outlet"),
        ("follow = false", 'follow = "no"', 13, "feed 2: follow: must be true or false"),
        ("pages = 10", "pages = 0", 14, "feed 2: pages: must be"),
        ('url = "https://other.example.org/"', "", 9, "feed 2: url: is missing"),
        ("https://other.example.org/", "http://192.168.1.1/feed", 11, "feed 2: url: 192.168.1.1 is not on the public"),
        ("https://other.example.org/", "file:///etc/passwd", 11, "feed 2: url: only http and https"),
        ("https://other.example.org/", "https://news.example.org/rss.xml", 11, "named before, as feed 1"),
        ("[[feed]]", "[feed]", 1, ""),
        ("hosts = 2", "hosts = ", 1, "is no TOML"),
    ],
)
def test_mistakes_are_told_with_line_and_key(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_feeds_file(_file(tmp_path, GOOD.replace(old, new)))
    message = str(caught.value)
    assert said in message
    if said and "TOML" not in said:
        assert f"feeds.toml:{line}: " in message
    assert "\n" not in message


def test_no_feeds_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least one"):
        read_feeds_file(_file(tmp_path, 'contact = "desk@example.org"'))
    with pytest.raises(InputError, match="cannot be read"):
        read_feeds_file(tmp_path / "none.toml")


def test_durations() -> None:
    assert [parse_duration(text) for text in ("90s", "15m", " 2H ", "1d")] == [90, 900, 7_200, 86_400]
    for text in ("", "15", "m", "1.5h", "-5m"):
        with pytest.raises(ValueError, match="duration"):
            parse_duration(text)


def test_opml_becomes_a_feeds_file(tmp_path: Path) -> None:
    opml = tmp_path / "reader.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="World"><outline type="rss" title="Border &quot;Gazette&quot;" '
        'xmlUrl="https://news.example.org/rss.xml"/></outline><outline xmlUrl="https://other.example.org/"/></body></opml>'
    )
    text = from_opml(opml)
    read = read_feeds_file(_file(tmp_path, text.replace('contact = ""', 'contact = "desk@example.org"')))
    assert [(feed.url, feed.outlet) for feed in read.feeds] == [
        ("https://news.example.org/rss.xml", 'Border "Gazette"'),
        ("https://other.example.org/", None),
    ]
    for bad in ("<opml/>", "no xml", '<!DOCTYPE o [<!ENTITY a "b">]><opml>&a;</opml>'):
        opml.write_text(bad)
        with pytest.raises(InputError):
            from_opml(opml)
