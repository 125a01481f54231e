"""Whose words: quotations, sentences and furniture told from characters alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.derivation import masks
from variorum.records import Span


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in masks.quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we will go” and left.", ["“we will go”"]),
        ('He said "we will go" and left.', ['"we will go"']),
        ("Er sagte „wir gehen“ und ging.", ["„wir gehen“"]),
        ("Il a dit « nous partons » hier.", ["« nous partons »"]),
        ("It was ‘an outrage’, she said.", ["‘an outrage’"]),
        ("It was 'an outrage', she said.", ["'an outrage'"]),
        ("``We will go,'' he said.", ["``We will go,''"]),
        ("The governor’s aides don’t know; it’s late.", []),
        ("The governor's aides don't know; it's late.", []),
        ("The workers’ demands and the owners’ reply came late.", []),
        ("‘The workers’ demands are just,’ he said.", ["‘The workers’ demands are just,’"]),
        (
            "‘We know the so-called ‘keepers’ of the hills. They hide.’ He left.",
            ["‘We know the so-called ‘keepers’ of the hills. They hide.’"],
        ),
        ("“They call themselves ‘keepers’ now,” he said.", ["“They call themselves ‘keepers’ now,”"]),
        ("“The first paragraph of a long speech.", ["“The first paragraph of a long speech."]),
        ("A ‘loose mark and no end.", []),
        ('A 12" pipe burst.', []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab s.,“”‘’'\"«»`\n", max_size=60))
def test_quotations_lie_in_order_inside_the_paragraph(text: str) -> None:
    spans = masks.quotations(text, 0, len(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Gen. A. B. Orr of the U.S. Army spoke. He left at 5 p.m. sharp. “Why?” She did not say."
    found = [span.of(text) for span in masks.sentences(text, 0, len(text))]
    assert found == [
        "Gen. A. B. Orr of the U.S. Army spoke.",
        "He left at 5 p.m. sharp.",
        "“Why?”",
        "She did not say.",
    ]


def lines(text: str) -> list[Span]:
    return masks.lines_of(text, 0, len(text))


def test_furniture_lists_and_tables_are_masked() -> None:
    text = (
        "Raiders burned the mill at Orrin on Friday night, villagers said.\n"
        "Share this story\n"
        "Read more: the road to Orrin\n"
        "https://example.org/a\n"
        "12 March - Lissan, Old Hall\n"
        "14 March - Maldera, Boat House\n"
        "19 March - Port Venn, The Cellar\n"
        "Killed 12 15 19 22\n"
        "The army has not commented on the raid since then.\n"
    )
    marks = masks.furniture(text, lines(text))
    assert [bool(mark) for mark in marks] == [False, True, True, True, True, True, True, True, False]
    assert (marks[1], marks[7]) == ("furniture", "table")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "Raiders burned the mill at Orrin\non Friday night, villagers said, and\nleft before the army came."
    assert lines(text) == [Span(0, len(text))]


def test_text_without_stops_is_cut_between_words() -> None:
    text = "boats lie idle along the quay while nets dry " * 200
    cut = list(masks.sentences(text, 0, len(text)))
    assert len(cut) > 5
    assert all(span.end - span.start <= 1200 for span in cut)
    assert " ".join(span.of(text) for span in cut).split() == text.split()
