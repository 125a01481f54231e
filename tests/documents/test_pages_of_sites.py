"""Pages as sites make them: zones told for a whole page, what stands behind the last entry or story, walls that ask to
register or to choose, advisories of corrections, names of sites for headlines. All texts and names are invented."""

from __future__ import annotations

import pytest

from variorum.documents.stamps import zone_of_all
from variorum.records import Document

from .making import check_blocks, document, texts

ENTRIES = [
    ("18:40", "Guards have closed the bridge over the Sorn and turn back everyone who comes from the mill."),
    ("15:05", "Two barges burn below the weir, and the fire brigade of Arle says that it has no boat."),
    ("09:20", "Shots were heard at the customs house of Velt, where a crowd had waited since dawn."),
]


def html(body: str, title: str, head: str = "", lang: str = "en") -> Document:
    made = document(
        f"<html lang={lang}><head><title>{title}</title>{head}</head><body>{body}</body></html>", "text/html"
    )
    check_blocks(made)
    return made


def blog(note: str = "", tail: str = "", published: str = "2031-03-04T09:20:00+05:30") -> Document:
    rows = "".join(f"<div class=row><span class=t>{clock}</span><p>{text}</p></div>" for clock, text in ENTRIES)
    head = f'<meta property="article:published_time" content="{published}">'
    return html(f"<h1>Velt, live</h1><p class=n>{note}</p><div class=rows>{rows}</div>{tail}", "Velt, live", head)


def moments(made: Document) -> list[str | None]:
    return list(dict.fromkeys(block.moment for block in made.blocks if block.kind == "entry"))


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("All times are local (UTC+3)", "UTC+3"),
        ("Alle Zeiten in MESZ", "MESZ"),
        ("Toutes les heures sont en temps universel", "temps universel"),
        ("Todas las horas son GMT-5", "GMT-5"),
        ("Tutti gli orari sono CET", "CET"),
        ("All times local", None),
        ("Il est parti deux heures plus tard, tu le sais", None),
    ],
)
def test_a_zone_is_told_for_a_whole_page_in_many_languages(line: str, zone: str | None) -> None:
    told = zone_of_all(line)
    assert (told and told.strip("()")) == zone


def test_entries_take_the_zone_of_a_page_that_was_published_with_the_first_of_them() -> None:
    assert moments(blog()) == ["2031-03-04T18:40+05:30", "2031-03-04T15:05+05:30", "2031-03-04T09:20+05:30"]


@pytest.mark.parametrize("published", ["2031-03-04T09:20:00Z", "2031-03-04T09:31:00+05:30"])
def test_utc_and_another_minute_tell_no_zone_of_entries(published: str) -> None:
    assert moments(blog(published=published))[-1] == "2031-03-04T09:20"


@pytest.mark.parametrize(
    "tail",
    [
        "<section><h4>Also in Velt</h4><p class=x>Mills to let</p></section>",
        "<p class=x>This live blog has ended.</p>",
        "<p class=x>Dieser Ticker ist nun beendet.</p>",
        "<div><p class=x>You are receiving this because you asked us for it.</p></div>",
        "<div class=y><h3>Hear from us</h3><ul><li>Velt at nine</li></ul></div>",
    ],
)
def test_what_stands_behind_the_last_entry_is_no_part_of_it(tail: str) -> None:
    assert texts(blog(tail=tail), "entry")[-1] == ENTRIES[-1][1]


def test_a_sentence_behind_the_last_entry_is_still_of_it() -> None:
    more = "Witnesses told our reporter that nobody had been warned before the shots fell."
    assert more in " ".join(texts(blog(tail=f"<blockquote>{more}</blockquote>"), "entry"))


def test_updates_that_linked_data_alone_holds_are_entries() -> None:
    updates = ",".join(
        f'{{"@type":"BlogPosting","headline":"Post {n}","datePublished":"2031-03-04T{clock}Z","articleBody":"{text}"}}'
        for n, (clock, text) in enumerate(ENTRIES)
    )
    data = f'{{"@type":"LiveBlogPosting","headline":"Velt, live","liveBlogUpdate":[{updates}]}}'
    head = f'<script type="application/ld+json">{data}</script>'
    made = html("<div id=app></div><noscript>Turn on JavaScript.</noscript>", "Velt, live", head)
    assert made.rejected is None
    assert len(moments(made)) == 3


STORIES = {
    "Ostmark: ferry hit": "A shell hit the ferry at Ostmark on Tuesday and killed six people, the harbourmaster said.",
    "Karlow: drivers walk out": "Drivers in Karlow voted to extend their strike, so Brenn has no trains till Easter.",
    "Tarn: lodge buried": "Searchers dug eleven bodies from a lodge above Tarn after heavy rain, wardens said.",
}


@pytest.mark.parametrize(
    "tail",
    [
        "<div class=poll><h4>Vote</h4><p class=q>Should the old weir of Arle be rebuilt in stone?</p></div>",
        "<h3>About The Sorn Courier</h3><p>The Sorn Courier is printed in Arle on Fridays and costs two marks.</p>",
    ],
)
def test_a_last_piece_that_is_the_pages_own_is_no_story(tail: str) -> None:
    head = '<meta property="og:site_name" content="The Sorn Courier">'
    told = "".join(f"<h3>{title}</h3><p>{text}</p>" for title, text in STORIES.items())
    made = html(f"<h1>The week in brief</h1>{told}{tail}", "The week in brief", head)
    assert texts(made, "round-up") == list(STORIES.values())


@pytest.mark.parametrize(
    "line",
    [
        "Register to read this story",
        "Log in to continue reading our reports",
        "Inscrivez-vous gratuitement pour lire cet article",
        "Registrieren Sie sich, um den Bericht zu lesen",
        "Create a free account to see all our work",
    ],
)
def test_a_text_that_stops_for_those_who_do_not_register_is_a_stub(line: str) -> None:
    start = "The weir of Arle has been shut for nine days by barges, carts and, since Monday, the"
    made = html(f"<h1>Nine days at the weir</h1><p>{start}</p><h3>{line}</h3>", "Nine days at the weir")
    assert made.rejected is not None
    assert made.rejected.reason == "paywall-stub"


def test_a_wall_of_choices_that_offers_to_pay_is_a_cookie_wall() -> None:
    made = html(
        "<h1>Ihre Datenschutz-Auswahl</h1><p>Mit Ihrer Einwilligung speichern wir und 90 Partner Daten.</p>"
        "<p>Manches geschieht aus berechtigtem Interesse.</p><p>Ihre Auswahl gilt sechs Monate.</p>"
        "<p>Oder lesen Sie ohne Werbung weiter im Abo für 3 Euro.</p><button>Abonnieren</button>",
        "Ihre Datenschutz-Auswahl",
        lang="de",
    )
    assert made.rejected is not None
    assert made.rejected.reason == "cookie-wall"


def test_an_advisory_that_says_what_to_read_is_a_page_of_corrections() -> None:
    notice = 'In the item headed "Mill burns at Velt" please read in the first line: two sheds, instead of: two mills.'
    made = document(f"CORRECTIONS\n4 March 2031\n\nTO ALL EDITORS\n\n{notice}\n\nCorrected versions will follow.\n")
    assert texts(made, "correction") == [notice]
    assert not texts(made, "body")


def test_what_a_page_says_of_its_corrections_is_no_notice() -> None:
    notice = "We said that the barge sank in May. In fact it sank in June."
    made = html(
        f"<h1>Corrections and clarifications</h1><p>We put our mistakes right every Friday.</p><p>{notice}</p>"
        "<p>To report an error, write to the desk.</p>",
        "Corrections and clarifications",
    )
    assert texts(made, "correction") == [notice]


def test_a_long_line_of_reporters_is_read_to_its_end() -> None:
    line = (
        "(Reporting by Marja Kellner-Oduya in Ostmark and Benedikt Vane in Karlow; Additional reporting by"
        " Sunniva Tarrow-Hale in Brenn; Editing by Otto Pell)"
    )
    text = (
        "Guards closed the bridge over the Sorn on Tuesday, two drivers said, and turned back everyone from the mill."
    )
    made = document(f"Bridge closed at Arle\n\n{text}\n\n{line}\n")
    named = [credit.name for credit in made.credits if credit.role == "reporting"]
    assert named == ["Marja Kellner-Oduya", "Benedikt Vane", "Sunniva Tarrow-Hale"]


@pytest.mark.parametrize("line", ["TAGS", "QUIZ", "UTC-5", "PHOTOS"])
def test_words_and_zones_in_capitals_are_no_agencies(line: str) -> None:
    text = (
        "Guards closed the bridge over the Sorn on Tuesday, two drivers said, and turned back everyone from the mill."
    )
    made = html(f"<h1>Bridge closed at Arle</h1><p>{text}</p><p>{text[7:]}</p><p>{line}</p>", "Bridge closed at Arle")
    assert not [credit for credit in made.credits if credit.role == "agency"]


def test_a_site_that_heads_its_pages_with_its_name_still_has_headlines() -> None:
    body = "<h1>Sorn Courier Online</h1><h3>Bridge closed at Arle for nine days</h3><p>Guards closed the bridge.</p>"
    made = html(body, "Sorn Courier Online: Bridge closed at Arle for nine days")
    assert made.title == "Bridge closed at Arle for nine days"


def test_how_software_shows_a_page_is_no_outlet() -> None:
    body = "<h1>Bridge closed at Arle for nine days</h1><p>Guards closed the bridge over the Sorn, drivers said.</p>"
    assert html(body, "Reader view: Bridge closed at Arle for nine days").outlet is None


def test_an_address_over_a_text_that_spells_a_name_names_its_outlet() -> None:
    body = (
        "<p>Printed from the Sorn's Courier web site, sornscourier.example/news/11</p><h2>Bridge closed at Arle</h2>"
        "<p>Guards closed the bridge over the Sorn, drivers said.</p>"
    )
    assert html(body, "Bridge closed at Arle").outlet == "Sorn's Courier"


@pytest.mark.parametrize("opening", ["Arle, March 4 (PTI) ", "Norvik, 4 March (Xinhua) "])
def test_an_agency_in_brackets_behind_a_day_needs_no_dash(opening: str) -> None:
    made = document(f"Bridge closed at Arle\n\n{opening}Guards closed the bridge over the Sorn, two drivers said.\n")
    assert texts(made, "dateline") == [opening.strip()]
    assert [credit.role for credit in made.credits] == ["agency"]


def test_a_remark_in_brackets_behind_a_day_is_no_dateline() -> None:
    made = document(
        "Bridge closed at Arle\n\nOn Friday, March 4 (Easter) Guards closed the bridge, two drivers said.\n"
    )
    assert not texts(made, "dateline")
