"""Patterns sorted by what a line can open with answer as they would all at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.documents.openings import Openings, Searched, needed, openings

_PATTERNS = [
    "share (?:this|the)\\b",
    "(?:please )?follow us",
    "(?:\\d+ ?)?comments?",
    "[«(]?file photo",
    "\\W{0,3}advert",
    "(?=\\S*[a-z])x_y",
    "(?:read|lire)+ more",
    "k\\.?o\\.",
    "",
    "ıı",
    "^menu$",
    "\\(c\\) .{2,5}",
]


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("share", "sS"),
        ("(?:please )?follow", "pPfF"),
        ("(?:a|b)+c", "aAbB"),
        ("(?:a|b)*c", "aAbBcC"),
        ("x{0,2}y", "xXyY"),
        ("x{2,}y", "xX"),
        ("[a-c]x|(?:de|fg)", "aAbBcCdDfF"),
        ("\\(x", "("),
        ("^\\bnow", "nN"),
        ("(?P<word>ab)c", "aA"),
    ],
)
def test_what_a_pattern_can_open_with(pattern: str, firsts: str) -> None:
    assert openings(pattern) == frozenset(firsts)


@pytest.mark.parametrize("pattern", ["", "a?", "(?=b)b", "(?<!x)y", "(?i:z)", "a||b"])
def test_what_opens_otherwise_is_not_told(pattern: str) -> None:
    assert openings(pattern) is None


@given(
    st.lists(st.sampled_from(_PATTERNS), unique=True, min_size=1),
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["Share this page", "12 COMMENTS", "please follow us", "(C) 2031", "K.O.", "K.o.", "ſhare", "II", "xx_y"]
        ),
    ),
)
def test_a_line_is_answered_as_by_all_patterns_at_once(patterns: list[str], line: str) -> None:
    at_once = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
    sorted_ = Openings(patterns)
    assert sorted_.match(line) == (at_once.match(line) is not None)
    assert sorted_.fullmatch(line) == (at_once.fullmatch(line) is not None)


def test_no_pattern_matches_nothing() -> None:
    assert not Openings([]).match("anything")
    assert not Openings([]).fullmatch("")


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        ("please wait", ["please wait"]),
        ("\\bgo (?:there|until)\\b", ["there", "until"]),
        ("re?fresh(?:ed)?", ["fresh"]),
        ("(?:one|two)+ more.{0,9}things", ["things"]),
        ("Чтение|クッキー", ["чтение", "クッキー"]),
        ("^(?=.{2,60}$)(?=.*\\bprices?\\b).*", ["price"]),
        ("a\\.b\\.c{1,3}", ["a.b.c"]),
    ],
)
def test_what_a_match_must_hold(pattern: str, runs: list[str]) -> None:
    assert needed(pattern) == frozenset(runs)


@pytest.mark.parametrize("pattern", ["", "a?", "\\w+", "ab|.{3}", "(?!no)", "[abc]{3,}", "(?:never)?", "maſk"])
def test_what_a_match_need_not_hold_is_not_told(pattern: str) -> None:
    assert needed(pattern) is None


@given(
    st.lists(st.sampled_from([*_PATTERNS, "(?:up|down)load(?:ed)? .{0,4}file", "k[ae]pt for|sent to"]), unique=True),
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(["We KEPT FOR you", "uploaded a file", "ſent to us", "sent  to", "FOLLOW US", "K.o. x_y"]),
    ),
)
def test_a_search_finds_what_all_patterns_at_once_find(patterns: list[str], line: str) -> None:
    at_once = re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.IGNORECASE)
    found, wanted = Searched(patterns).search(line), at_once.search(line)
    assert (found and found.span()) == (wanted and wanted.span())
