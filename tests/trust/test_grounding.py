"""No value without words: whatever reports are put together, what an edition shows stands in them."""

from __future__ import annotations

import importlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.annotation.syntax import SpacyParser
from variorum.pipeline import Edition, collate
from variorum.pipeline.collation import collate_pages
from variorum.pipeline.grounding import Grounding, states_in
from variorum.records import Evidence, Page

annotator: Any = importlib.import_module("variorum.pipeline.annotator")
_WHO = ("gunmen", "rebels", "Kenyan soldiers", "police", "the army", "Sudanese jets", "protesters", "a militia")
_DID = ("attacked", "did not attack", "shelled", "denied having shelled", "raided", "threatened to raid", "bombed")
_WHERE = ("Mombasa", "Lagos", "Khartoum", "Goma", "Aleppo", "Tripoli")
_HARM = (
    "killing seven people", "injuring at least 20 soldiers", "killing a woman and her two sons", "wounding dozens",
    "killing no one", "killing more than 1,200 people", "killing a 30-year-old man", "and nobody was hurt",
)  # fmt: skip
_SAYS = (
    "the governor said",
    "a hospital official told reporters",
    "according to the Red Cross",
    "the rebels denied",
    "",
)
_SENTENCE = st.builds(
    lambda who, did, where, harm, says, day: (
        f"{who[0].upper()}{who[1:]} {did} {where} on {day}, {harm}{', ' + says if says else ''}."
    ),
    st.sampled_from(_WHO), st.sampled_from(_DID), st.sampled_from(_WHERE), st.sampled_from(_HARM),
    st.sampled_from(_SAYS), st.sampled_from(("Monday", "3 May 2031", "Friday night")),
)  # fmt: skip
_REPORT = st.lists(_SENTENCE, min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def one_parser(parser: SpacyParser) -> Iterator[None]:
    before = annotator.SpacyParser
    annotator.SpacyParser = lambda: parser
    yield
    annotator.SpacyParser = before


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(reports=st.lists(_REPORT, min_size=1, max_size=4, unique=True))
def test_what_is_shown_of_any_reports_stands_in_them(one_parser: None, reports: list[str]) -> None:
    pages = [
        Page(id=f"p-{n}", source=f"{n}.txt", media="text/plain", content=f"4 May 2031\n\n{text}".encode())
        for n, text in enumerate(reports)
    ]
    with collate_pages(pages) as edition:
        told = [str(fault) for fault in edition.faults()]
    assert [line for line in told if "its content is not what its id" not in line] == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            'UPDATE events SET record = replace(record, \'"name":"gunmen"\', \'"name":"Otto Brandt"\')',
            "names Otto Brandt, whom nothing names",
        ),
        ("UPDATE claims SET record = json_set(record, '$.speaker', 'Zoltan Varga')", "whom nothing names"),
        (
            'UPDATE events SET record = replace(record, \'"name":"Mombasa"\', \'"name":"Oslo"\')',
            "is placed in Oslo, which nothing names",
        ),
        (
            'UPDATE events SET record = replace(record, \'"status":"actual"\', \'"status":"negated"\')',
            "is negated, and",
        ),
        ('UPDATE events SET record = replace(record, \'"words":"seven people"\', \'"words":""\')', "on no words"),
    ],
)
def test_what_nothing_says_is_found(edition: Path, statement: str, words: str) -> None:
    connection = sqlite3.connect(edition)
    assert connection.execute(statement).rowcount
    connection.commit()
    connection.close()
    with Edition.open(edition) as opened:
        assert any(words in str(fault) for fault in opened.faults()), [str(fault) for fault in opened.faults()]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Iran", "Tehran said that it would answer.", True),
        ("Iran", "The Iranians answered.", True),
        ("Ministry of Foreign Affairs (Chad)", "Chad's ministry said", True),
        ("Federal Security Service", "The FSB said so.", True),
        ("Rashid al-Amin", "Mr Ameen spoke. Rasheed al Amin left.", True),
        ("Otto Brandt", "Somebody spoke of a fire.", False),
        ("Peru", "Chile said so.", False),
    ],
)
def test_names_stand_in_other_forms(name: str, text: str, told: bool) -> None:
    ground = Grounding(lambda _, field: text if field == "text" else None)
    assert ground.names(name, [Evidence(document="d", start=0, end=3)]) is told


def test_states_in_names() -> None:
    assert states_in("Kenyan military") == {"KEN"}
    assert states_in("gunmen") == frozenset()


def test_what_is_denied_has_a_word_that_denies() -> None:
    for text, told in (
        ("The army denied that it had shelled the town.", True),
        ("Nobody was hurt.", True),
        ("They weren’t there.", True),
        ("The army shelled the town.", False),
    ):
        ground = Grounding(lambda *_, text=text: text)
        assert ground.negated("d", 4, 8) is told


def test_a_broken_packaged_file_ends_a_run_before_it_writes(
    edition: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from variorum import packaged
    from variorum.errors import ModelError

    before = edition.read_bytes()
    monkeypatch.setattr(packaged, "_pins", lambda: {"states.tsv": "another"})
    packaged.check_installed.cache_clear()
    with pytest.raises(ModelError, match=r"states\.tsv is not the one that was installed"):
        collate(sorted(made.parent.glob("*.txt")), output=edition)
    packaged.check_installed.cache_clear()
    assert edition.read_bytes() == before


def test_a_packaged_file_that_breaks_in_a_run_is_of_no_document(
    one_parser: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from variorum.errors import ModelError

    def broken(*_: object) -> None:
        raise ModelError("a file is broken")

    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "Gunmen attacked Goma."}), "utf-8")
    monkeypatch.setattr("variorum.pipeline.annotator.find_tolls", broken)
    with pytest.raises(ModelError):
        collate(tmp_path / "a.jsonl")
