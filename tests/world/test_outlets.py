"""Outlets by the names that credit lines use."""

from __future__ import annotations

import pytest

from variorum.world.outlets import Outlet, Outlets


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("AL JAZEERA", "Al Jazeera"),
        ("Al Jazeera English", "Al Jazeera"),
        ("(Reuters)", "Reuters"),
        ("The Associated Press", "Associated Press"),
        ("AFP", "Agence France-Presse"),
        ("Xinhua News Agency", "Xinhua"),
        ("https://www.reuters.com/world/x", "Reuters"),
        ("edition.cnn.com", "CNN"),
    ],
)
def test_a_credit_names_an_outlet(credit: str, name: str) -> None:
    found = Outlets.load().match_credit(credit)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "credit", ["", "—", "Government", "news", "Unheard-of Valley Herald", "Reuters said on Monday"]
)
def test_what_names_none(credit: str) -> None:
    assert Outlets.load().match_credit(credit) is None


def test_wires_are_known_as_such() -> None:
    outlets = Outlets.load()
    wire, paper = outlets.match_credit("AFP"), outlets.match_credit("The New York Times")
    assert wire is not None
    assert wire.wire
    assert paper is not None
    assert not paper.wire


def test_an_own_name_beats_anothers_alias() -> None:
    outlets = Outlets([Outlet(name="Valley Wire", aliases=("Dawn",), kind="wire"), Outlet(name="Dawn")])
    found = outlets.match_credit("Dawn")
    assert found is not None
    assert found.name == "Dawn"
