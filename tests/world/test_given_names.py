"""Given names tell a gender only where nearly all who bear them share it."""

from __future__ import annotations

import pytest

from variorum.world.given_names import likely_gender


@pytest.mark.parametrize(
    ("name", "country", "gender"),
    [
        ("Beatriz Lozano", None, "female"),
        ("Khadija Anwar", "BGD", "female"),
        ("Mehmet Aydın", "TUR", "male"),
        ("Çağla Aydın", "TUR", "female"),
        ("Jan Novák", None, None),  # a man's name in Prague, a woman's in London
        ("Zaremba", None, None),  # one word may be a family name
        ("Xqzt Vrrk", None, None),
        ("", None, None),
    ],
)
def test_likely_gender(name: str, country: str | None, gender: str | None) -> None:
    assert likely_gender(name, country) == gender


def test_the_family_name_may_stand_first() -> None:
    assert likely_gender("Park Maria", "KOR") == "female"
