"""Persons told killed or injured of whom no number is stated."""

from __future__ import annotations

import pytest
from tests.conftest import Parse

from variorum.annotation.tolls import find_tolls, find_victims


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dana Whitfield, 23, was shot and killed on Monday.", [("Dana Whitfield", "killed", 1)]),
        ("The boy died at the scene.", [("The boy", "killed", 1)]),
        ("The 9-year-old boy whom a gunman shot on a bus has died.", [("The 9-year-old boy", "killed", 1)]),
        ("Joel Marsh is accused of murdering Rosa Lind and Peter Lind.", [("Rosa Lind and Peter Lind", "killed", 2)]),
        ("Ivan Petrel was charged in the shooting death of Anna Coyle.", [("Anna Coyle", "killed", 1)]),
        ("Friends mourned Whitfield's death.", [("Whitfield", "killed", 1)]),
        ("Police found Lena Park dead in her home.", [("Lena Park", "killed", 1)]),
        ("A third victim died at hospital.", [("A third victim", "killed", 1)]),
        ("Her brother was wounded in the attack.", [("Her brother", "injured", 1)]),
        ("The teen remains in critical condition.", [("The teen", "injured", 1)]),
        ("The officer was not killed.", []),
        ("The mayor could be killed, he said.", []),
        ("He threatened to kill the judge.", []),
        ("Officials identified the victim as Lena Park.", []),
    ],
)
def test_named_and_meant_victims(parse: Parse, text: str, told: list[tuple[str, str, int]]) -> None:
    document, syntax = parse(text)
    found = find_victims(document, syntax)
    assert [(victim.text, victim.kind, victim.low) for victim in found] == told
    assert all(victim.high is None and document.text[victim.start : victim.end] == victim.text for victim in found)


def test_they_are_no_tolls_of_the_layer(parse: Parse) -> None:
    document, syntax = parse("Dana Whitfield, 23, was shot and killed on Monday.")
    assert find_tolls(document, syntax) == ()
