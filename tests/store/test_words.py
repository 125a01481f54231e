"""Words as they are searched, and what a person types."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import QueryError
from variorum.store.words import MOST_TERMS, Term, Terms, hits, parse, words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The raid, at Vélmar’s gate.", "the raid at velmar s gate"),
        ("U.S.-led cease-fire of 7,000", "u s led cease fire of 7 000"),
        ("STRASSE straße ŁÓDŹ", "strasse strasse lodz"),
        ("東京で爆発", "東 京 で 爆 発"),
        ("снаряд Ёлка", "снаряд елка"),
        ("", ""),
        ("… — !", ""),
    ],
)
def test_words(text: str, keys: str) -> None:
    assert " ".join(word.key for word in words(text)) == keys


def test_words_of_scripts_with_marks_stay_whole() -> None:
    assert len(list(words("सैनिकों ने हमला किया"))) == 4
    assert [word.key for word in words("قَتَلَ")] == [word.key for word in words("قتل")]


@given(text=st.text(), offset=st.integers(0, 5))
def test_words_stand_where_they_say(text: str, offset: int) -> None:
    found = list(words(text, offset))
    assert all(0 <= word.span.start - offset < word.span.end - offset <= len(text) for word in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(word.key and not word.key.isspace() for word in found)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("raid", Terms((Term(("raid",)),))),
        ("Raid raid", Terms((Term(("raid",)),))),
        ('"border guard" -army', Terms((Term(("border", "guard")),), (Term(("army",)),))),
        ("“border guard”", Terms((Term(("border", "guard")),))),
        ('-"border guard"', Terms((), (Term(("border", "guard")),))),
        ("cease-fire", Terms((Term(("cease", "fire")),))),
        ("strik*", Terms((Term(("strik",), prefix=True),))),
        ("cease-fi*", Terms((Term(("cease", "fi"), prefix=True),))),
        ('"open', Terms((Term(("open",)),))),
        ("a AND (b OR NOT c):d^2 NEAR/3", None),
        ("", Terms(())),
        ('- -- ! * "" \'', Terms(())),
    ],
)
def test_queries(query: str, terms: Terms | None) -> None:
    found = parse(query)
    assert terms is None or found == terms


def test_a_query_has_bounds() -> None:
    with pytest.raises(QueryError, match=str(MOST_TERMS)):
        parse(" ".join(f"w{n}" for n in range(MOST_TERMS + 1)))


@given(query=st.text(max_size=60))
def test_nothing_is_a_syntax_error(query: str) -> None:
    parse(query)


def test_hits_are_exact() -> None:
    text = "Guards of the border; the Border  Guard, and the guarded."
    found = hits(text, parse('"border guard" guard*'))
    assert [span.of(text) for span in found] == ["Guards", "Border  Guard", "guarded"]
