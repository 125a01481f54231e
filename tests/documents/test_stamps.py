"""Times over entries in more languages and forms."""

from __future__ import annotations

import pytest

from variorum.documents.lines import plain_lines
from variorum.documents.stamps import read_stamp

from .making import document

TOLD = "Residents report shots near the radio building."


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("منذ 10 دقائق", 10),
        ("منذ ساعة", 60),
        ("قبل ساعتين", 120),
        ("5 минут назад", 5),
        ("2 часа назад", 120),
        ("3 години тому", 180),
        ("10 dakika önce", 10),
        ("1 saat önce", 60),
        ("25 menit lalu", 25),
        ("3 godz. temu", 180),
        ("4 uur geleden", 240),
        ("2 tagen", None),
    ],
)
def test_how_long_ago(head: str, minutes: int | None) -> None:
    (line,) = plain_lines(head)
    stamp = read_stamp(head, line)
    assert (stamp.ago if stamp else None) == minutes


def entries(*heads: str) -> list[str | None]:
    page = "".join(f"<p><strong>{head}</strong> {TOLD}</p>" for head in heads)
    made = document(f"<html><body><h1>Harbour night: live</h1><p>4 March 2031</p>{page}</body></html>", "text/html")
    return [block.moment for block in made.blocks if block.kind == "entry"]


def test_the_first_post_under_its_updates_is_an_entry() -> None:
    heads = ("Update at 6:40 p.m.:", "Update at 5:15 p.m.:", "Original post, 4:05 p.m.:")
    assert entries(*heads) == ["2031-03-04T18:40", "2031-03-04T17:15", "2031-03-04T16:05"]


def test_times_as_machines_write_them_are_no_years() -> None:
    heads = ("2031-03-04 20:15:00", "2031-03-04 19:47:00", "2031-03-04 19:15:00")
    assert entries(*heads) == ["2031-03-04T20:15:00", "2031-03-04T19:47:00", "2031-03-04T19:15:00"]
