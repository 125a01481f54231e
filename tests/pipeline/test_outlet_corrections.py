"""An outlet that corrects a figure sets right what it told itself; what others told stands beside it."""

from __future__ import annotations

import json
from pathlib import Path

from variorum import Edition, collate

REPORTS = (
    ("Harbour Gazette", "2031-03-03", "Shell kills 12 at market in Kassala",
     "KASSALA — A shell fired by the army hit the market in Kassala on Monday, killing 12 people. Traders pulled the "
     "stalls apart to reach the wounded."),
    ("Upland Courier", "2031-03-03", "Market shelling in Kassala",
     "KASSALA — Police said 12 people were killed when a shell fired by the army hit the market in Kassala on Monday. "
     "The market had just opened after the winter."),
    ("Harbour Gazette", "2031-03-05", "Shell kills 15 at market in Kassala",
     "KASSALA — A shell fired by the army hit the market in Kassala on Monday, killing 15 people. The mayor visited "
     "the site on Tuesday.\n\n"
     "Correction: An earlier version of this article said that 12 people had been killed. The number is 15."),
)  # fmt: skip


def edition(folder: Path) -> Edition:
    rows = [
        {"outlet": outlet, "published": day, "title": title, "text": text, "id": f"{number}"}
        for number, (outlet, day, title, text) in enumerate(REPORTS)
    ]
    (folder / "reports.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return collate(folder / "reports.jsonl")


def test_a_correction_replaces_the_outlets_own_figure_and_nobody_elses(tmp_path: Path) -> None:
    with edition(tmp_path) as made:
        (toll,) = (toll for event in made.events for toll in event.tolls if toll.kind == "killed")
    told = {(reading.low, reading.speaker): reading.superseded_by is not None for reading in toll.readings}
    assert told == {(12, None): True, (12, "Sudanese police"): False, (15, None): False}
    assert toll.agreement == "disputed"


def test_a_noun_that_opens_a_headline_is_no_company(tmp_path: Path) -> None:
    with edition(tmp_path) as made:
        parties = {party for event in made.events for party in (*event.actors, *event.recipients)}
    assert any("military" in party for party in parties)
    assert not any("shell" in party.casefold() or party.isdigit() for party in parties)
