"""The packaged ontology is whole, and a broken one says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.coding import Ontology
from variorum.errors import OntologyError

TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT"
)

SMALL = """
name = "two"
version = "1"
[types.HIT]
quad = 4
score = -9
definition = "Someone hits someone."
[types.HUG]
quad = 2
score = 9
definition = "Someone hugs someone."
modes.bear.score = 10
[[verbs]]
type = "HIT"
words = ["hit"]
[[verbs]]
type = "HUG"
mode = "bear"
words = ["hug"]
"""


def test_every_type_mode_and_context_is_there() -> None:
    ontology = Ontology.load()
    assert set(ontology.types) == set(TYPES.split())
    assert len(ontology.contexts) == 37
    assert sum(len(kind.modes) for kind in ontology.types.values()) == 67
    assert ontology.types["SANCTION"].quad == 4
    assert {code for code, kind in ontology.types.items() if kind.recipient_required} == {
        "COOPERATE",
        "AID",
        "SANCTION",
    }


def test_scores_of_types_and_modes() -> None:
    ontology = Ontology.load()
    assert ontology.score("RETREAT") == 6.5
    assert ontology.score("RETREAT", "disarm") == 10.0
    assert ontology.score("ASSAULT", "drone") == -9.5


def test_every_type_has_examples_and_every_mode_a_pattern_or_an_operator() -> None:
    ontology = Ontology.load()
    lexicon = ontology.lexicon
    told = {(row.type, row.mode) for part in (lexicon.verbs, lexicon.nouns) for rows in part.values() for row in rows}
    told |= {outcome for table in ontology.becomes.values() for outcome in table.values()}
    for code, kind in ontology.types.items():
        assert kind.examples, code
        assert kind.counterexamples, code
        assert kind.definition, code
        for mode in kind.modes:
            assert (code, mode) in told or (code, mode) in {("ASSAULT", "drone")}, (code, mode)


def test_an_ontology_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SMALL)
    ontology = Ontology.load(path)
    assert set(ontology.types) == {"HIT", "HUG"}
    assert ontology.score("HUG", "bear") == 10


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("quad = 4", "quad = 9"), "quad of HIT is 9"),
        (('type = "HIT"', 'type = "KISS"'), "unknown type 'KISS'"),
        (('mode = "bear"', 'mode = "side"'), "unknown mode 'side'"),
        (('words = ["hit"]', 'words = ["hit =@arms"]'), "unknown word class '@arms'"),
        (('words = ["hit"]', 'words = ["=arm"]'), "no word to trigger it"),
        (('words = ["hit"]', "colour = 3"), "without words"),
        (('name = "two"', ""), "'name' is missing"),
        (('version = "1"', "version ="), "is not TOML"),
    ],
)
def test_a_broken_ontology_names_the_file_and_the_reason(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(SMALL.replace(*change))
    with pytest.raises(OntologyError, match=r"broken\.toml") as caught:
        Ontology.load(path)
    assert reason in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        Ontology.load(tmp_path / "none.toml")
