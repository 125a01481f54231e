"""The main job on the bundled reports: the golden edition, and what no order and no worker may change."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

import variorum
from tests.conftest import plain_document
from variorum.exports.text import dossier, overview
from variorum.pipeline import Edition, RunOptions, collate
from variorum.records import Decision, EditionContent, Evidence, MentionKey
from variorum.schemas import load

DEMO = Path(variorum.__file__).parent / "data" / "demo"
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "demo.txt"


@pytest.fixture(scope="module")
def demo() -> Iterator[Edition]:
    with collate(DEMO) as edition:
        yield edition


def comparable(edition: Edition) -> EditionContent:
    """An edition without what names the code that made it."""
    return msgspec.structs.replace(edition.content, versions={})


def test_golden_edition(demo: Edition) -> None:
    """Read the difference by eye before it is committed: VARIORUM_UPDATE_GOLDEN=1 writes the file anew."""
    told = [overview(demo.content, demo.quote)]
    told += [dossier(demo.content, event, demo.quote) for event in demo.events]
    text = "\n\n".join(told) + "\n"
    if os.environ.get("VARIORUM_UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_json_fits_its_schema(demo: Edition) -> None:
    Draft202012Validator(load("edition")).validate(msgspec.json.decode(demo.to_json()))


def test_every_value_reaches_exact_characters(demo: Edition) -> None:
    """All evidence lies inside its text, and what a claim quotes stands there to the letter."""

    def pieces(value: Any) -> Iterator[Evidence]:
        if isinstance(value, Evidence):
            yield value
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                yield from pieces(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                yield from pieces(item)

    found = list(pieces((demo.events, demo.claims, demo.links)))
    assert found
    for item in found:
        text = demo.document(item.document).text if item.field == "text" else demo.document(item.document).title or ""
        assert 0 <= item.start < item.end <= len(text)
    for event in demo.events:
        assert event.evidence
        for toll in event.tolls:
            for reading in toll.readings:
                assert reading.evidence
    for claim in demo.claims:
        assert any(demo.quote(item) in claim.quote or claim.quote in demo.quote(item) for item in claim.evidence)


def test_ids_refer(demo: Edition) -> None:
    content = demo.content
    documents = {document.id for document in content.documents}
    events = {event.id for event in content.events}
    origins = {origin.id for origin in content.origins}
    stories = {story.id for story in content.stories}
    assert len(events) == len(content.events)
    for document in content.documents:
        assert document.rejected or document.origin in origins
        assert document.story is None or document.story in stories
    for event in content.events:
        assert set(event.documents) <= documents
        assert event.story in stories
        assert event.independent_origins == len(set(event.origins)) >= 1
    for claim in content.claims:
        assert claim.event is None or claim.event in events
    for link in content.links:
        assert {link.source, link.target} <= events


def test_order_of_input_changes_nothing(demo: Edition) -> None:
    files = sorted(DEMO.iterdir())
    random.Random(7).shuffle(files)
    with collate(files) as shuffled:
        assert comparable(shuffled).events == comparable(demo).events
        assert comparable(shuffled).claims == comparable(demo).claims
        assert comparable(shuffled).links == comparable(demo).links
        assert comparable(shuffled).derivations == comparable(demo).derivations
        assert comparable(shuffled).origins == comparable(demo).origins


def test_workers_change_nothing(demo: Edition) -> None:
    with collate(DEMO, options=RunOptions(workers=2, batch=3)) as parallel:
        assert comparable(parallel) == comparable(demo)


def test_adding_in_two_runs_ends_where_one_run_does(demo: Edition, tmp_path: Path) -> None:
    files = sorted(DEMO.iterdir())
    target = tmp_path / "e.sqlite"
    collate(files[5:], output=target).close()
    collate(files[:5], output=target).close()
    with variorum.open(target) as edition:
        assert comparable(edition).events == comparable(demo).events
        assert comparable(edition).links == comparable(demo).links


def test_a_second_run_does_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "e.sqlite"
    files = sorted(DEMO.glob("*.txt"))[:2]
    collate(files, output=target).close()
    monkeypatch.setattr("variorum.annotation.syntax._model", lambda: pytest.fail("parsed again"))
    with collate(files, output=target) as again:
        assert again.events


def _told(edition: Edition, key: MentionKey) -> str:
    annotation = edition.stored(key.document).annotation
    assert annotation is not None
    mention = annotation.events[key.index]
    return f"{key.document}@{mention.start}-{mention.end}"


def test_a_persons_ruling_survives_a_re_run(demo: Edition, tmp_path: Path) -> None:
    target = tmp_path / "e.sqlite"
    merged = next(event for event in demo.events if len({key.document for key in event.mentions}) > 1)
    one, other = merged.mentions[0], next(key for key in merged.mentions if key.document != merged.mentions[0].document)
    ruling = Decision(
        id="x1",
        author="an analyst",
        at="2024-02-01T10:00:00Z",
        action="different-events",
        targets=tuple(_told(demo, key) for key in (one, other)),
    )
    collate(DEMO, output=target, decisions=[ruling]).close()
    with collate(DEMO, output=target) as again:
        together = [event for event in again.events if {one, other} <= set(event.mentions)]
        assert together == []
        assert again.decisions == (ruling,)


def test_undated_text_borrows_its_familys_dates() -> None:
    from variorum.derivation import derive
    from variorum.pipeline import reference_times

    text = (
        "The mayor of the port said on Tuesday that gunmen had seized two barges loaded with grain and towed them "
        "upriver before the harbour police could reach the quay where they had been moored since the floods."
    )
    dated = plain_document(text, id="a", published="2031-05-06")
    undated = plain_document(text + " He gave no names.", id="b")
    references = reference_times([undated, dated], derive([undated, dated]))
    assert references["b"].basis == "family"
    assert references["b"].earliest == references["b"].latest == "2031-05-06"
    assert references["b"].documents == ("a",)
