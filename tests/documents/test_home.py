"""What the home of a page decides: the order of figures in its dates, and zones of one name."""

from __future__ import annotations

import pytest

from variorum.documents.dates import find_date, iso_date
from variorum.documents.home import NOWHERE, Home, home_of
from variorum.records import Document

from .making import document, texts


def in_html(markup: str) -> Document:
    return document(markup, "text/html")


PAGE = (
    '<html lang="{lang}"><head><title>Ponte fechada em Marabela</title></head><body><h1>Ponte fechada em Marabela</h1>'
    "<p class=d>{date}</p><p>A ponte sobre o rio Marabela foi fechada ontem depois que dois morteiros caíram na margem "
    "direita, segundo o prefeito da cidade.</p><p>Ninguém ficou ferido, e a balsa leva os "
    "carros até sexta-feira, disse "
    "o prefeito aos moradores da margem direita.</p></body></html>"
)


@pytest.mark.parametrize(
    ("lang", "home"),
    [
        ("pt-BR", Home("BR", True)),
        ("de", Home(None, True)),
        ("en-IN", Home("IN", True)),
        ("zh-Hant-TW", Home("TW", True)),
        ("en-US", NOWHERE),  # what software declares wherever it stands
        ("en", NOWHERE),
        ("en-CA", Home("CA", False)),
        ("", NOWHERE),
        (None, NOWHERE),
        ("not a language", NOWHERE),
    ],
)
def test_home_is_what_the_language_of_the_markup_tells(lang: str | None, home: Home) -> None:
    assert home_of(lang) == home


def test_a_date_of_two_readings_is_read_at_home_alone() -> None:
    assert find_date("Publicado em 09/01/2031 às 07h05") is None
    found = find_date("Publicado em 09/01/2031 às 07h05", home_of("pt-BR"))
    assert found
    assert found[1:] == (32, "2031-01-09T07:05")
    assert iso_date("09/01/2031", home_of("en-US")) is None
    assert iso_date("01/31/2031", home_of("pt-BR")) == "2031-01-31"  # it has one reading wherever it stands


def test_a_zone_of_several_places_is_that_of_the_home() -> None:
    assert iso_date("30 January 2031 21:08 IST") == "2031-01-30T21:08"
    assert iso_date("30 January 2031 21:08 IST", home_of("en-IN")) == "2031-01-30T21:08+05:30"
    assert iso_date("30 January 2031 21:08 IST", home_of("en-IL")) == "2031-01-30T21:08+02:00"
    assert iso_date("30 January 2031 21:08 IST", home_of("en-KE")) == "2031-01-30T21:08"


def test_a_page_is_dated_at_its_home() -> None:
    dated = {
        lang: in_html(PAGE.format(lang=lang, date="Publicado em 09/01/2031 às 07h05")).published
        for lang in ("pt-BR", "en")
    }
    assert dated == {"pt-BR": "2031-01-09T07:05", "en": None}


def test_the_headline_is_not_taken_for_the_name_of_the_site_that_another_heading_has() -> None:
    page = in_html(
        "<html><head><title>Ponte fechada depois de ataque em Marabela | O Farol do "
        "Norte</title></head><body><h3>O Farol do "
        "Norte</h3><h1>Ponte fechada depois de ataque em Marabela</h1><p>A ponte foi fechada ontem depois que dois "
        "morteiros caíram na margem direita do rio, segundo o prefeito da cidade.</p></body></html>"
    )
    assert (page.title, page.outlet) == ("Ponte fechada depois de ataque em Marabela", "O Farol do Norte")


def test_an_entry_in_an_element_of_its_own_belongs_to_the_blog() -> None:
    entry = '<div class="{0}"><div class=tm>{1}</div><p>{2}</p></div>'
    told = [
        ("post", "11:48", "A doctor on one of the buses says that they were stopped at four checkpoints before noon."),
        ("post", "10:02", "The ministry says that it has begun to bring its citizens to the harbour by road today."),
        ("post", "08:35", "The army and the militia blame each other for the shots at a convoy near the river."),
        ("post pin", "06:10", "Good morning. The embassy staff were flown out overnight in two helicopters, we hear."),
    ]
    page = in_html(
        '<html lang="en-GB"><head><title>Marabela live: convoy leaves by road</title></head><body><h1>Marabela '
        "live: convoy leaves by road</h1><p>First published Sunday 23 April 2028 06:10 BST</p>"
        + "".join(entry.format(*each) for each in told)
        + "</body></html>"
    )
    moments = [block.moment for block in page.blocks if block.kind == "entry"]
    assert moments == [f"2028-04-23T{clock}+01:00" for clock in ("11:48", "10:02", "08:35", "06:10")]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("SOURCE Ministry of Ferries", ("Ministry of Ferries", "source")),
        ("SOURCE CODE LEAKED AGAIN", None),
    ],
)
def test_releases_are_signed_with_a_word_in_capitals(line: str, credit: tuple[str, str] | None) -> None:
    page = in_html(
        "<html><body><h1>Talks to open in Marabela in August</h1><p>The Ministry of Ferries "
        "announces that delegations of "
        "both banks will meet again from 14 August, and that a truce of six months begins before.</p><p>Monitors will "
        "follow its course in every harbour of the two banks, the ministry said "
        f"today.</p><div>{line}</div></body></html>"
    )
    assert [(each.name, each.role) for each in page.credits] == ([credit] if credit else [])


def test_the_writer_before_an_agency_is_an_author() -> None:
    page = in_html(
        "<html lang=fr><body><h1>Le pont de Marabela est fermé</h1><div>Par Aurore Delvigne avec "
        "AFP</div><p>Le pont sur la "
        "Marabela a été fermé hier après la chute de deux obus de mortier sur la rive droite, "
        "selon le maire.</p><p>Personne "
        "n’a été blessé, et le bac emmène les voitures jusqu’à vendredi, dit le maire aux habitants.</p></body></html>"
    )
    assert page.authors == ("Aurore Delvigne",)
    assert [(each.name, each.role) for each in page.credits] == [("AFP", "agency")]


def test_labels_in_capitals_with_a_gap_behind_them_part_the_stories_of_a_round_up() -> None:
    page = document(
        "ABROAD IN A FEW LINES\n\n"
        "ANGOLA   Government troops have taken the rebels' bush headquarters, a general\nsaid. The "
        "rebels say nothing.\n\n"
        "PAKISTAN   The deposed prime minister is to be charged with treason, officials\nsaid. His "
        "lawyers were sent away.\n\n"
        "EAST TIMOR   Fourteen bodies were dug up by peacekeepers on a beach.\n"
    )
    assert texts(page, "section") == ["ANGOLA", "PAKISTAN", "EAST TIMOR"]
