"""Dates with labels, times of live blogs, and credits of agencies and editors. All texts, outlets, persons and agencies
are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.records import Document

from .making import check_blocks, document, texts

TITLE = "Six die on the Ostmark ferry"
REPORT = (
    "A shell hit the ferry at Ostmark landing on Tuesday and killed six people, the harbourmaster Jon Pask said.",
    "The boat had left Velt an hour earlier with forty people, most of them pickers coming home from the orchards.",
)


def plain(*lines: str, tail: str = "") -> Document:
    made = document("\n\n".join([TITLE, *lines, *REPORT, *([tail] if tail else [])]))
    check_blocks(made)
    return made


def html(*lines: str, tail: str = "", title: str = TITLE) -> Document:
    body = "".join(f"<p>{line}</p>" for line in (*lines, *REPORT, *([tail] if tail else [])))
    head = f"<head><title>{title}</title></head>"
    page = f"<html lang=en>{head}<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    made = document(page, "text/html")
    check_blocks(made)
    return made


def updated(made: Document) -> set[str]:
    return {each.value[:10] for each in made.candidates if each.field == "updated"}


@pytest.mark.parametrize("make", [plain, html])
@pytest.mark.parametrize(
    "line",
    [
        "Updated: Mar 5, 2031 9:12 AM EST | Published Mar 4, 2031 11:50 PM EST",
        "Last updated 5 March 2031 at 09:12 GMT. Published on 4 March 2031",
        "Updated 5 March 2031; first published 4 March 2031",
        "4 March 2031 (Updated: 5 March 2031)",
        "Modified 5 March 2031, 4 March 2031",
        "Published 4 March 2031 | Updated 5 March 2031",
        "5 March 2031 (updated), 4 March 2031 (published)",
        "By Ada Winter | Updated 5 March 2031 | Published 4 March 2031",
        "Actualizado el 5 de marzo de 2031 - Publicado el 4 de marzo de 2031",
        "Aktualisiert am 5. März 2031, veröffentlicht am 4. März 2031",
    ],
)
def test_each_date_of_a_line_is_read_by_its_label(make: Callable[..., Document], line: str) -> None:
    made = make(line)
    assert (made.published or "")[:10] == "2031-03-04"
    assert updated(made) == {"2031-03-05"}


def test_both_labels_of_one_date_are_of_the_publication() -> None:
    made = plain("Published and updated 4 March 2031")
    assert (made.published, updated(made)) == ("2031-03-04", set())


def test_a_time_element_behind_a_label_of_change_is_no_publication() -> None:
    made = html(
        "Updated <time datetime='2031-03-05T09:12Z'>5 March</time>"
        " | Published <time datetime='2031-03-04'>4 March</time>"
    )
    assert made.published == "2031-03-04"
    assert updated(made) == {"2031-03-05"}


TOLD = (
    "Two shells fell on the market at Velt and wounded a baker, the fire brigade said.",
    "Police shut the bridge at Ostmark after the shelling began again.",
    "The mayor of Karlow asked all people to stay at home until the morning.",
    "Trucks with flour and water came into Tarn for the first time this week.",
)


@pytest.mark.parametrize(
    ("stamps", "moments"),
    [
        ("9:45 pm|9:02 pm|8:30 pm|8:15 am", "03T21:45|03T21:02|03T20:30|03T08:15"),
        ("8:15 am|8:30 pm|9:02 pm|9:45 pm", "03T08:15|03T20:30|03T21:02|03T21:45"),
        ("11 pm|10.30 pm|7 am", "03T23:00|03T22:30|03T07:00"),
        ("07:30|06:10|23:50 Sunday|21:05", "03T07:30|03T06:10|02T23:50|02T21:05"),
        ("08:10|07:30|19:05 Sunday|18:30", "03T08:10|03T07:30|02T19:05|02T18:30"),
        ("22:00|13:00|4:00", "03T22:00|03T13:00|03T04:00"),
    ],
)
def test_a_gap_of_half_a_day_or_a_weekday_breaks_no_live_blog(stamps: str, moments: str) -> None:
    told = "".join(f"<p>{stamp} - {text}</p>" for stamp, text in zip(stamps.split("|"), TOLD, strict=False))
    page = f"<html><body><h1>Velt shelled: live</h1><p>3 March 2031</p>{told}</body></html>"
    made = document(page, "text/html")
    assert [block.moment for block in made.blocks if block.kind == "entry"] == [
        f"2031-03-{moment}" for moment in moments.split("|")
    ]


@pytest.mark.parametrize("make", [plain, html])
@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Por Juana Ríos | 5 de abril de 2031, 10:15 a. m.", "2031-04-05T10:15"),
        ("Por Juana Ríos - 5 de abril de 2031 10:15 p.m.", "2031-04-05T22:15"),
        ("Por Juana Ríos, 5 de abril de 2031, a las 10:15 a. m.", "2031-04-05T10:15"),
        ("By Juana Ríos | April 5, 2031 at 10:15 a.m.", "2031-04-05T10:15"),
        ("Par Juana Ríos | 5 avril 2031 à 10h15", "2031-04-05T10:15"),
    ],
)
def test_a_byline_with_a_clock_time_is_no_sentence(make: Callable[..., Document], line: str, moment: str) -> None:
    made = make(line)
    assert (made.authors, made.published) == (("Juana Ríos",), moment)
    assert line not in texts(made, "body")


@pytest.mark.parametrize("make", [plain, html])
@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ("Con información de la agencia Norvik y EFE", {"agencia Norvik", "EFE"}),
        ("Avec l'agence Norvik et l'AFP", {"agence Norvik", "AFP"}),
        ("Mit Material der Agentur Norvik und der dpa", {"Agentur Norvik", "dpa"}),
        ("Com informações da agência Norvik e da Lusa", {"agência Norvik", "Lusa"}),
        (
            "With reporting by Norvik Press Agency and Agence France-Presse.",
            {"Norvik Press Agency", "Agence France-Presse"},
        ),
        ("Additional reporting by Tolm News Agency and Reuters.", {"Tolm News Agency", "Reuters"}),
    ],
)
def test_two_agencies_of_one_credit_are_two(make: Callable[..., Document], tail: str, names: set[str]) -> None:
    made = make(tail=tail)
    assert {(credit.name, credit.role) for credit in made.credits} == {(name, "agency") for name in names}


@pytest.mark.parametrize("make", [plain, html])
@pytest.mark.parametrize(
    "line",
    [
        "By Maria Winter and Jon Low, Norvik Press Agency",
        "By MARIA WINTER and JON LOW, Norvik News Agency",
        "By Maria Winter, Jon Low and Norvik Press Agency",
    ],
)
def test_an_agency_in_a_byline_is_no_author(make: Callable[..., Document], line: str) -> None:
    made = make(line)
    assert [name.title() for name in made.authors] == ["Maria Winter", "Jon Low"]
    assert {credit.role for credit in made.credits} == {"agency"}


@pytest.mark.parametrize(
    "note", ["(Editing by Paul Roe)", "(Edited by Paul Roe)", "(Additional editing by Ida Sand and Paul Roe)"]
)
def test_who_edited_is_no_text(note: str) -> None:
    assert texts(html(tail=note), "credit") == [note]
    inline = document("\n\n".join([TITLE, REPORT[0], f"{REPORT[1]} {note}"]))
    assert texts(inline, "credit") == [note]
    assert texts(inline, "body") == list(REPORT)


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        ("| Ministry of Defence of Tolm - Press release", "Ministry of Defence of Tolm"),
        ("- Ministry of Foreign Affairs - Press release", "Ministry of Foreign Affairs"),
        ("- Tolm Ministry of the Interior - Press releases", "Tolm Ministry of the Interior"),
        ("| Ministry of Health | News", "Ministry of Health"),
        ("– Embassy of Tolm in Velt – Press release", "Embassy of Tolm in Velt"),
    ],
)
def test_a_public_body_in_the_title_element_is_the_outlet(behind: str, name: str) -> None:
    assert html("4 March 2031", title=f"{TITLE} {behind}").outlet == name
