"""Credits of those whose report a text goes on, and of those who helped; and sentences that are none."""

from __future__ import annotations

import pytest

from .making import document, texts

TOLD = (
    "<p>The ministry said the men had come over the ridge in three lorries before dawn and fled after an hour.</p>"
    "<p>Residents said that six bodies had been brought to the hospital in the town below.</p>"
)
CREDITS = [
    ("This story was first reported by the Kesh Tribune.", [("Kesh Tribune", "first-published")]),
    ("First reported by Delta Radio on Monday.", [("Delta Radio", "first-published")]),
    ("Published in partnership with the Tarsian Herald.", [("Tarsian Herald", "reporting")]),
    ("This investigation was produced in collaboration with Delta Watch.", [("Delta Watch", "reporting")]),
    ("From our partner Delta Radio", [("Delta Radio", "source")]),
    ("From our media partners at the Kesh Tribune", [("Kesh Tribune", "source")]),
    ("With assistance from AFP.", [("AFP", "agency")]),
    ("With additional assistance from the Tarsian Herald", [("Tarsian Herald", "reporting")]),
    ("(Agency reports)", [("Agency reports", "agency")]),
    (
        "Republished with permission from Inside Tarsia. The Lake Tribune, a partner, first printed this on Monday.",
        [("Inside Tarsia", "first-published")],
    ),
]
NONE = [
    "The minister met in partnership with the mayor on Monday, he said.",
    "The attack was first reported by residents on Monday evening, officials told the radio.",
    "With help from the army, the villagers rebuilt the bridge in two weeks.",
    "With support from helicopters the soldiers took the ridge before noon.",
]


def page(last: str) -> str:
    return f"<title>Raid on a post</title><body><article><h1>Raid on a post</h1>{TOLD}<p>{last}</p></article></body>"


@pytest.mark.parametrize(("line", "named"), CREDITS)
def test_shared_work_is_credited(line: str, named: list[tuple[str, str]]) -> None:
    made = document(page(line), "text/html")
    assert [(each.name, each.role) for each in made.credits] == named
    assert texts(made, "credit") == [line]


@pytest.mark.parametrize("line", NONE)
def test_what_happened_is_no_credit(line: str) -> None:
    made = document(page(line), "text/html")
    assert made.credits == ()
    assert line in texts(made, "body")
