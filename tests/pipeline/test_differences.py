"""What changed between two editions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from tests.store.test_queries import CONTENT, killed, reading
from tests.store.test_queries import event as made
from variorum.cli.main import main
from variorum.pipeline.differences import Differences, differences
from variorum.records import Claim, EditionContent, Event, Evidence, Link
from variorum.store import open_store


def event(id_: str, *places: int, **fields: Any) -> Event:
    """An event that is told at some characters of a document."""
    evidence = tuple(Evidence(document="d-1", start=at, end=at + 5) for at in places)
    return msgspec.structs.replace(made(id_, **fields), evidence=evidence)


def content(*events: Event, **fields: Any) -> EditionContent:
    given: dict[str, Any] = {"claims": (), "links": (), "contradictions": (), "stories": (), **fields}
    return msgspec.structs.replace(CONTENT, events=events, **given)


def compare(before: EditionContent, after: EditionContent) -> Differences:
    stores = [open_store(None), open_store(None)]
    for store, each in zip(stores, (before, after), strict=True):
        store.replace_content(each, {})
    found = differences(*stores)
    for store in stores:
        store.close()
    return found


def told(found: Differences) -> list[tuple[str, str, str]]:
    """Each change of events: its kind and the ids before and after."""
    return [
        (each.kind, " ".join(state.id for state in each.before), " ".join(state.id for state in each.after))
        for each in found.events
    ]


def test_an_edition_does_not_differ_from_itself() -> None:
    assert compare(CONTENT, CONTENT).none


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([("e-1", 0)], [("e-1", 0), ("e-2", 9)], [("added", "", "e-2")]),
        ([("e-1", 0), ("e-2", 9)], [("e-1", 0)], [("gone", "e-2", "")]),
        ([("e-1", 0), ("e-2", 9)], [("e-1", 0, 9)], [("merged", "e-1 e-2", "e-1")]),
        ([("e-1", 0, 9)], [("e-1", 0), ("e-2", 9)], [("split", "e-1", "e-1 e-2")]),
        ([("e-1", 0, 9), ("e-2", 20, 30)], [("e-3", 0, 20), ("e-4", 9, 30)], [("regrouped", "e-1 e-2", "e-3 e-4")]),
        ([("e-1", 0)], [("e-9", 0)], [("changed", "e-1", "e-9")]),
        ([("e-1", 0)], [("e-1", 3)], [("changed", "e-1", "e-1")]),
        ([("e-1", 0)], [("e-2", 60)], [("added", "", "e-2"), ("gone", "e-1", "")]),
        ([("e-1", 0), ("e-2", 0)], [("e-1", 0), ("e-2", 0)], []),
    ],
)
def test_what_became_of_events(
    before: list[tuple[Any, ...]], after: list[tuple[Any, ...]], changes: list[tuple[str, str, str]]
) -> None:
    found = compare(content(*(event(*each) for each in before)), content(*(event(*each) for each in after)))
    if changes == [("changed", "e-1", "e-1")]:  # told by overlapping words: the same event, and nothing else changed
        assert told(found) == []
    else:
        assert told(found) == changes


def test_fields_and_readings() -> None:
    was = event("e-1", 0, tolls=(killed(reading("r-1", 7, 7), reading("r-2", 5, 5)),))
    now = event(
        "e-1",
        0,
        status="negated",
        tolls=(killed(reading("r-1", 9, None), reading("r-other", 5, 5)),),
        independent_origins=2,
    )
    (change,) = compare(content(was), content(now)).events
    assert [(each.field, each.before, each.after) for each in change.fields] == [
        ("status", "actual", "negated"),
        ("origins", "1", "2"),
        ("killed", "7 (the reporter, no date)", "9–? (the reporter, no date)"),
    ]


def test_claims_and_links_go_on_under_another_id_of_their_event() -> None:
    def claim(event_: str | None, id_: str = "c-1", **fields: Any) -> Claim:
        given: dict[str, Any] = {"speaker": "A", "stance": None, "quote": "so", **fields}
        return Claim(id=id_, event=event_, evidence=(), **given)

    def link(source: str, target: str) -> Link:
        return Link(source=source, target=target, kind="follows", speaker=None, evidence=())

    one = content(event("e-1", 0), event("e-2", 9), claims=(claim("e-1"),), links=(link("e-2", "e-1"),))
    same = content(event("e-7", 0), event("e-2", 9), claims=(claim("e-7", "c-8"),), links=(link("e-2", "e-7"),))
    found = compare(one, same)
    assert (found.claims, found.links) == ((), ())
    other = content(event("e-1", 0), event("e-2", 9), claims=(claim("e-2"),), links=(link("e-1", "e-2"),))
    found = compare(one, other)
    assert [(each.before is None, each.after is None) for each in found.claims] == [(False, False)]
    assert sorted((each.before is None, each.after is None) for each in found.links) == [(False, True), (True, False)]


def test_the_command(tmp_path: Path) -> None:
    for name, each in (("a", content(event("e-1", 0), event("e-2", 9))), ("b", content(event("e-1", 0, 9)))):
        store = open_store(tmp_path / f"{name}.sqlite")
        store.replace_content(each, {})
        store.close()
    paths = [str(tmp_path / "a.sqlite"), str(tmp_path / "b.sqlite")]
    done = CliRunner().invoke(main, ["diff", *paths])
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Events: 1 merged",
        "  » merged",
        "      - e-1  What e-1 tells",
        "      - e-2  What e-2 tells",
        "      + e-1  What e-1 tells",
    ]
    found = json.loads(CliRunner().invoke(main, ["diff", *paths, "--json"]).output)
    assert (found["schema"], found["events"][0]["kind"]) == ("variorum/1", "merged")
    assert CliRunner().invoke(main, ["diff", paths[0], paths[0]]).output == "nothing has changed\n"
