"""Many wordings of each type, some with their status, and sentences that tell no event (type NONE)."""

from __future__ import annotations

from pathlib import Path

from .conftest import Code

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("wordings.tsv").read_text(encoding="utf-8").split("\n")[1:]
    if line
]


def test_the_types_of_many_wordings(code: Code) -> None:
    told = [(type_, status, text) for type_, status, text in ROWS if type_ != "NONE"]
    missed = [
        f"{type_} {status}: {text}"
        for type_, status, text in told
        if not any(e.type == type_ and status in ("", e.status) for e in code(text))
    ]
    assert len(missed) < 0.1 * len(told), "\n".join(missed)


def test_most_idioms_misfortunes_and_habits_are_no_events(code: Code) -> None:
    empty = [text for type_, _, text in ROWS if type_ == "NONE"]
    told = [f"{[(e.type, e.trigger) for e in events]}: {text}" for text in empty if (events := code(text))]
    assert len(told) < 0.35 * len(empty), "\n".join(told)
