"""What holds of tolls for any text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.annotation.syntax import SpacyParser
from variorum.annotation.tolls import find_tolls
from variorum.records import Block, Document

_PIECES = st.sampled_from(
    """at least|up to|12|1,200|1e400|4,417.784|99999999999999999999|seven|dozens of|no one|a man|women|people|including|
    of them|killed:4|riot/68 dead|were killed|killed|injured|, |. |: |(|and|or|death toll rose to|
    between 10 and 15|casualties|missing|of whom|-|
    wounded|three others|half a dozen|1.5 million|the dead included|%|$|\n|a year|took|hostage""".replace(
        "\n    ", ""
    ).split("|")
)


def _document(text: str) -> Document:
    blocks = (Block(start=0, end=len(text), kind="body"),) if text.strip() else ()
    return Document(id="d", page="p", source="s", text=text, language="en", blocks=blocks)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, max_size=16).map(" ".join) | st.text(max_size=60))
def test_spans_bounds_and_indices_are_valid(parser: SpacyParser, text: str) -> None:
    document = _document(text)
    syntax = next(parser.parse([document]))
    found = find_tolls(document, syntax)
    assert found == find_tolls(document, syntax)
    assert [(t.start, t.end) for t in found] == sorted((t.start, t.end) for t in found)
    for number, toll in enumerate(found):
        assert 0 <= toll.start < toll.end <= len(text)
        assert toll.text == text[toll.start : toll.end]
        assert toll.cue is not None
        assert 0 <= toll.cue.start < toll.cue.end <= len(text)
        assert toll.part_of is None or (0 <= toll.part_of < len(found) and toll.part_of != number)
        assert toll.low is not None or toll.high is not None
        if toll.low is not None and toll.high is not None:
            assert 0 <= toll.low <= toll.high


@pytest.mark.parametrize(
    "text",
    [
        "1e400 killed.",
        "4,417.784 killed.",
        "99999999999999999999 dead.",
        "999,999,999,999,999 people died.",
        "killed",
        "toll",
        "-",
    ],
)
def test_odd_numbers_are_no_tolls(text: str, parser: SpacyParser) -> None:
    document = _document(text)
    assert find_tolls(document, next(parser.parse([document]))) == ()


def test_what_the_number_counts_and_how_sure_it_is(parser: SpacyParser) -> None:
    document = _document("Two aid workers were killed and forty people are feared dead.")
    workers, people = find_tolls(document, next(parser.parse([document])))
    assert (workers.group, workers.uncertain) == ("workers", False)
    assert (people.group, people.uncertain) == (None, True)
    assert workers.cue is not None
    assert workers.cue.of(document.text) == "killed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One million billion people were killed.", []),
        ("A million billion people were killed.", []),
        ("5 million million people were killed.", []),
        ("Minus three people were killed.", []),
        ("A thousand million people were displaced.", [(10**9, 10**9)]),
        ("Between 16 and 18 May more than 2,000 people fled across the border.", [(2001, None)]),
    ],
)
def test_numbers_that_count_no_people(parser: SpacyParser, text: str, expected: list[tuple[int, int | None]]) -> None:
    document = _document(text)
    tolls = find_tolls(document, next(iter(parser.parse([document]))))
    assert [(toll.low, toll.high) for toll in tolls] == expected


def test_of_two_tolls_told_by_one_word_neither_is_the_whole_of_a_later_part(parser: SpacyParser) -> None:
    document = _document("Eleven soldiers and dozens of fighters were killed. Three aid workers were among the dead.")
    tolls = find_tolls(document, next(iter(parser.parse([document]))))
    assert [(toll.low, toll.part_of) for toll in tolls] == [(11, None), (24, None), (3, None)]
