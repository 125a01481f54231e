"""What an event is about beside its type: PLOVER's contexts."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.coding import Ontology
from variorum.errors import OntologyError

from .conftest import Code
from .test_ontology import SMALL

TOLD = [
    ("Soldiers of Chad attacked a rebel village on Monday.", "military"),
    ("Norway expelled a diplomat accused of espionage.", "intelligence"),
    ("Thousands protested in Lusaka against the decree of the prime minister.", "executive"),
    ("Lawmakers in Peru rejected the bill on Tuesday.", "legislative"),
    ("Police arrested a candidate hours before the referendum in Togo.", "election"),
    ("Protesters in Catalonia demanded an independence referendum.", "political_institutions"),
    ("Crowds in Myanmar demanded a return to democracy.", "pro_democracy"),
    ("The opposition condemned the plan to scrap term limits in Guinea.", "pro_autocracy"),
    ("Canada imposed tariffs on Brazil.", "economic"),
    ("Kenya agreed to the extradition of two suspects to Uganda.", "legal"),
    ("Germany agreed to pay reparations to Namibia.", "reparations"),
    ("Chile accused Venezuela of enforced disappearances.", "human_rights"),
    ("Police in Minsk arrested four demonstrators who had criticised censorship.", "rights_freedoms"),
    ("Riot police in Dakar fired tear gas at protesters.", "repression"),
    ("Sudan agreed to open a humanitarian corridor.", "human_security"),
    ("Women protested in Warsaw against sexual violence.", "gender"),
    ("Police in Kampala arrested six transgender activists.", "lgbt"),
    ("Gunmen attacked a mosque in northern Nigeria on Friday.", "religion_ethnicity"),
    ("Residents protested in Santiago against the rising cost of living.", "inequality"),
    ("Japan summoned the ambassador of Russia.", "diplomatic"),
    ("Ethiopia and Sudan held talks on the disputed border.", "territory"),
    ("Rebels attacked UN peacekeepers in Mali on Sunday.", "peacekeeping"),
    ("Cuba sent vaccines to Angola.", "health"),
    ("Austria rejected asylum applications of 40 Afghans.", "asylum"),
    ("Morocco and Spain agreed on the return of migrants.", "migration"),
    ("Turkey sent rescue teams to Nepal after the earthquake.", "disasters"),
    ("Protesters in Bolivia blocked a lithium mine.", "natural_resource"),
    ("Activists protested in Jakarta against deforestation.", "environment"),
    ("France and India agreed to build a satellite.", "technology"),
    ("A suicide bomber attacked a checkpoint near Mogadishu.", "terrorism"),
    ("South Korea condemned the nuclear test of North Korea.", "cbrn"),
    ("Estonia blamed Russia for a cyber attack on its banks.", "cyber"),
    ("Moldova accused Russia of spreading disinformation.", "misinformation"),
    ("Police in Rio arrested 12 members of a drug gang for robbery.", "crime"),
    ("Malaysia arrested a former minister for bribery.", "corruption"),
    ("Ecuador seized four tons of cocaine from smugglers.", "illegal_drugs"),
    ("Police in Thailand arrested nine people for human trafficking.", "trafficking"),
]


@pytest.mark.parametrize(("text", "context"), TOLD, ids=[context for _, context in TOLD])
def test_a_context_is_told_by_words_parties_and_types(code: Code, text: str, context: str) -> None:
    assert any(context in told.event.contexts for told in code(text)), [t.event.contexts for t in code(text)]


def test_every_context_of_the_ontology_can_be_told() -> None:
    assert sorted(context for _, context in TOLD) == sorted(Ontology.load().contexts)


def test_a_longer_wording_holds_over_a_shorter_one(code: Code) -> None:
    (told,) = code("Police fired tear gas at students in Athens.")
    assert "natural_resource" not in told.event.contexts


def test_words_of_other_sentences_say_nothing(code: Code) -> None:
    told = code("Bolivia expelled an envoy of Peru. The price of cocaine had doubled in Lima.")
    assert all("illegal_drugs" not in each.event.contexts for each in told if each.type == "SANCTION")


def test_contexts_of_a_users_own_ontology(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    own = '[contexts]\nsport = "Games."\n[context_words.sport]\nwords = ["match"]\n'
    path.write_text(SMALL + own)
    assert Ontology.load(path).contexts == {"sport": "Games."}
    path.write_text(SMALL + own.replace("context_words.sport", "context_words.chess"))
    with pytest.raises(OntologyError, match=r"mine\.toml.*unknown context 'chess'"):
        Ontology.load(path)
