"""What a text says of how its events hang together: which words tie which two, and which words tie nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from variorum.pipeline import annotate
from variorum.records import Annotation, Span

from .conftest import Layers

LINES = (Path(__file__).parent / "ties.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


def spans(text: str, words: str) -> list[Span]:
    found = []
    for one in words.split("|"):
        word, _, nth = one.partition("#")
        matches = [Span(*m.span()) for m in re.finditer(re.escape(word), text)]
        found += [matches[int(nth) - 1]] if nth else matches
    return found


def tells(text: str, found: Annotation, events: tuple[int, ...], words: str) -> bool:
    return any(m.overlaps(span) for e in events for m in found.events[e].mentions for span in spans(text, words))


@pytest.mark.parametrize(("source", "kind", "target", "text"), [row for row in ROWS if row[0] != "-"])
def test_words_tie_two_events(layers: Layers, source: str, kind: str, target: str, text: str) -> None:
    found = layers(text)
    assert any(
        tie.kind in kind.split("|")
        and tells(text, found, tie.sources, source)
        and tells(text, found, tie.targets, target)
        and text[tie.start : tie.end]
        for tie in found.ties
    ), found.ties


@pytest.mark.parametrize("text", [row[3] for row in ROWS if row[0] == "-"])
def test_order_denial_and_condition_tie_nothing(layers: Layers, text: str) -> None:
    assert [tie for tie in layers(text).ties if tie.targets] == []


def test_who_calls_an_act_an_answer_is_named(layers: Layers) -> None:
    found = layers("Peru bombed a camp near Arica on Tuesday. Chile calls this a reply to the shelling of Tacna.")
    (tie,) = [tie for tie in found.ties if tie.kind == "responds-to"]
    assert tie.owner is not None
    assert found.actors[tie.owner].name == "Chile"


def test_what_the_text_does_not_tell_otherwise_is_named_by_its_words(layers: Layers) -> None:
    text = "Peru expelled the Chilean consul on Tuesday in response to the desecration of a war grave at Tacna."
    (tie,) = layers(text).ties
    assert tie.targets == ()
    assert tie.target is not None
    assert tie.target.of(text) == "the desecration of a war grave at Tacna"


def test_both_raids_are_the_two_told_before(layers: Layers) -> None:
    found = layers(
        "Kenyan jets bombed a camp near Baidoa on Monday. On Tuesday they bombed a market in Merca. "
        "Somalia recalled its ambassador on Wednesday in protest at both raids."
    )
    (tie,) = [tie for tie in found.ties if tie.kind == "responds-to"]
    assert [found.events[e].trigger for e in tie.targets] == ["bombed", "bombed a market"]


def test_no_time_of_a_text_counts_from_its_title(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    body = "Chile recalled its consul from Lima on Tuesday in response to Peru's air strikes near Arica a day earlier."
    path.write_text(f"Chile recalls consul from Lima after strikes\n\nAndes Post\n14 March 2019\n\n{body}\n")
    (told,) = annotate(path)
    assert not any(tie.kind == "follows" and tie.target is None for tie in told.ties)
    assert sum(event.type == "SANCTION" for event in told.events) == 1
