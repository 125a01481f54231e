"""Countries by what the text tells nearest, and sectors of persons by the clauses around their names."""

from __future__ import annotations

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.records import ActorMention, ReferenceTime

DAY = ReferenceTime(basis="published", earliest="2012-05-04", latest="2012-05-04")


def actors(parse: Parse, text: str) -> dict[str, ActorMention]:
    document, syntax = parse(text)
    return {mention.text: mention for mention in find_actors(document, syntax, (), DAY)}


@pytest.mark.parametrize(
    ("text", "span", "sector"),
    [
        ("Marisa Tembeleza was named governor of the province.", "Marisa Tembeleza", "GOV"),
        ("Oskar Brandvold, who leads the dockers' union, called a strike.", "Oskar Brandvold", "LAB"),
        ("Lidia Moravcik was shot dead at the market.", "Lidia Moravcik", "CVL"),
    ],
)
def test_sector_by_clause(parse: Parse, text: str, span: str, sector: str) -> None:
    assert actors(parse, text)[span].sector == sector


def test_men_of_whom(parse: Parse) -> None:
    told = actors(parse, "Troops loyal to Tomas Arrieta shelled the barracks in Peru.")
    assert told["Troops loyal to Tomas Arrieta"].sector == "MIL"


def test_offices_of_several_states_have_no_country(parse: Parse) -> None:
    told = actors(parse, "Kenya closed its border. Three foreign ministers met in Kenya on Friday.")
    assert told["Three foreign ministers"].country is None


def test_a_people_at_home_elsewhere(parse: Parse) -> None:
    told = actors(parse, "Police in Moldova beat ethnic Bulgarians. Moldova denied it.")
    assert told["ethnic Bulgarians"].country == "MDA"


@pytest.mark.parametrize(
    ("text", "span", "country"),
    [
        ("Uyghur students met in Turkey and Germany.", "Uyghur students", "CHN"),
        ("Hutu rebels crossed from Congo, Rwanda's army said; Rwanda sent troops.", "Hutu rebels", "RWA"),
        ("Karen Wilson met officials in Peru.", "Karen Wilson", "PER"),
    ],
)
def test_peoples_without_a_state_have_a_home(parse: Parse, text: str, span: str, country: str) -> None:
    assert actors(parse, text)[span].country == country


@pytest.mark.parametrize(
    ("text", "span", "country"),
    [
        ("Gunmen shot six Albanians near Pristina in Kosovo.", "six Albanians", "XKX"),
        ("Albania's president met six Albanians in Kosovo.", "six Albanians", "ALB"),
        ("Indian soldiers left Fiji.", "Indian soldiers", "IND"),
    ],
)
def test_peoples_of_a_state_may_be_at_home_in_another(parse: Parse, text: str, span: str, country: str) -> None:
    assert actors(parse, text)[span].country == country


def test_an_adjective_keeps_the_forces_of_states_apart(parse: Parse) -> None:
    found = actors(parse, "Philippine Marines freed two hostages.")
    assert {mention.country for mention in found.values()} == {"PHL"}


@pytest.mark.parametrize(
    ("text", "span", "country"),
    [
        # Guests, helpers and who only comments on what is done do not make a text theirs.
        (
            "Police in Zambia shot two miners, a Kenyan-led observer mission said. The Swiss ambassador and a Swiss "
            "envoy asked for calm. The Defence Ministry said that troops had left.",
            "Defence Ministry",
            "ZMB",
        ),
        (
            "Strikers marched through the capital of Zambia on Tuesday. Berlin urged restraint, and the electoral "
            "commission put off the vote.",
            "electoral commission",
            "ZMB",
        ),
        ("Strikers marched in Zambia. The Labour Ministry asked them to return.", "Labour Ministry", "ZMB"),
    ],
)
def test_organs_are_of_the_country_where_things_happen(parse: Parse, text: str, span: str, country: str) -> None:
    assert actors(parse, text)[span].country == country


def test_a_title_and_a_given_name_are_not_all_of_a_longer_name(parse: Parse) -> None:
    told = actors(parse, "President Gonzalo Ruiz de Arce blamed the miners of Bolivia.")
    assert told["President Gonzalo Ruiz de Arce"].name == "Gonzalo Ruiz de Arce"


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Standing Committee for Peasants' Rights", "SOC"),
        ("Rural Teachers' Union of Malawi", "LAB"),
        ("National Union of Mineworkers of Malawi", "LAB"),
        ("Senate of the Republic", "LEG"),
        ("National Institute of Statistics", "GOV"),
        ("Association of Shipowners of Greece", "BUS"),
        ("Kenya Tea Traders and Exporters Association", "BUS"),
    ],
)
def test_names_go_on_with_their_purpose(parse: Parse, name: str, sector: str) -> None:
    told = actors(parse, f"The {name} said on Tuesday that two men had been beaten.")
    assert told[name].sector == sector
