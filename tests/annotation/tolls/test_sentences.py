"""Tolls in the words of wires, sitreps, headlines and statements: each sentence with all that it counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Parse

from variorum.annotation.tolls import find_tolls

KINDS = {"k": "killed", "i": "injured", "m": "missing", "c": "captured", "d": "displaced", "z": "casualties"}
# Each line has a sentence and, behind the bar, its tolls: kind, low and high bound, "-" for an open one.
SENTENCES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_gives_all_that_it_counts_and_nothing_else(parse: Parse, line: str) -> None:
    text, _, listed = line.rpartition(" |")
    wanted = [told.split(":") for told in listed.split()]
    document, syntax = parse(text)
    found = [[toll.kind, str(toll.low), str(toll.high)] for toll in find_tolls(document, syntax)]
    assert sorted(found) == sorted(
        [KINDS[kind], low.replace("-", "None"), high.replace("-", "None")] for kind, low, high in wanted
    )
