"""What a page is by all that it looks like, and what its makers, entries and notices say in forms of many papers."""

from __future__ import annotations

import pytest

from variorum.documents.shape_model import NO_NEWS, PAGE_KINDS, weigh

from .making import document

ONE = "Shells fell on the grain terminal before dawn and set two silos on fire, the harbour master of Ostrava said."
TWO = "Nobody was hurt, but four barges that were to sail on Monday burned at their moorings."


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            "<h1>Make a gift of the Courier</h1><p>A year of the paper costs less than a pair of boots. Tell us where"
            " to send it and we add a card.</p><button>12 months</button><button>6 months</button><p>Your name</p>",
            "not-an-article",
        ),
        (
            "<h1>Lentil bread</h1><p>Serves 4. 40 minutes.</p><ul><li>300 g lentils</li><li>2 eggs</li><li>1 tsp salt"
            "</li></ul><p>Soak the lentils, grind them and add the eggs. Bake until a knife comes out dry.</p>",
            "not-an-article",
        ),
        (
            "<title>Privatsphäre</title><h2>Ihre Wahl</h2><p>Wir und unsere 214 Partner speichern Cookies auf Ihrem"
            " Gerät und verarbeiten personenbezogene Daten.</p><button>Zustimmen</button>",
            "cookie-wall",
        ),
        (
            "<title>Sorry</title><h1>Nothing here</h1><p>This address leads nowhere any more. The page was moved or"
            " deleted. Go back to the homepage or use the search box.</p>",
            "error-page",
        ),
    ],
)
def test_what_no_report_is_is_told_by_the_whole_page(page: str, reason: str) -> None:
    made = document(f"<html><body>{page}</body></html>", "text/html")
    assert made.rejected is not None
    assert made.rejected.reason == reason
    assert made.rejected.detail


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\n{TWO}",
        f"You learn to sleep in your boots. My brother and I did.\n\n{ONE} We heard it from our cellar.\n\n{TWO}",
        "TOLM, March 4 - The governor resigned on Tuesday, his office said.",
    ],
)
def test_reports_are_kept_however_they_speak(text: str) -> None:
    assert document(text).rejected is None


def test_a_verdict_of_looks_names_what_speaks_for_it() -> None:
    weighed = weigh({"consent told": 3.0, "consent share": 1.0, "consent at the head": 1.0, "html": 1.0})
    assert weighed.kind in NO_NEWS
    assert 0.0 <= weighed.news <= 1.0
    assert len(weighed.evidence) == 3
    assert weigh({}) == weigh({})
    assert PAGE_KINDS[0] == "news"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Mitarbeit: Jule Kern", [("Jule Kern", "reporting")]),
        ("Colaboraron: Ana Ruiz y Pedro Gil", [("Ana Ruiz", "reporting"), ("Pedro Gil", "reporting")]),
        ("Taarifa ya ziada na Omar Shee", [("Omar Shee", "reporting")]),
        ("This evening's page was compiled with material from AFP and dpa.", [("AFP", "agency"), ("dpa", "agency")]),
        ("(타스=연합뉴스)", [("타스", "agency"), ("연합뉴스", "agency")]),
        ("রয়টার্স", [("রয়টার্স", "agency")]),
        ("abc/dpa/AFP", [("dpa", "agency"), ("AFP", "agency")]),
        ("– Bernama-dpa", [("Bernama", "agency"), ("dpa", "agency")]),
    ],
)
def test_who_helped_and_who_signs_in_other_words(line: str, named: list[tuple[str, str]]) -> None:
    made = document(f"Silos burn at Ostrava\n\n{ONE}\n\n{TWO}\n\n{line}")
    assert [(credit.name, credit.role) for credit in made.credits] == named


def test_an_agency_behind_the_names_of_its_writers_is_no_part_of_them() -> None:
    made = document(
        '<html><head><meta name="author" content="ADA WINTER and JON PASK Associated Press">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Silos burn at Ostrava","author":'
        '{"@type":"Person","name":"ADA WINTER and JON PASK Associated Press"}}</script></head>'
        f"<body><h1>Silos burn at Ostrava</h1><p>{ONE}</p><p>{TWO}</p></body></html>",
        "text/html",
    )
    assert made.authors == ("ADA WINTER", "JON PASK")
    assert [(credit.name, credit.role) for credit in made.credits] == [("Associated Press", "agency")]


def test_entries_with_clocks_of_four_digits() -> None:
    entries = "".join(f"<p><b>{clock}:</b> {ONE}</p>" for clock in ("1805", "1932", "2214"))
    made = document(
        f"<html><body><h1>Harbour night, as it came in</h1><p>4 March 2031</p>{entries}</body></html>", "text/html"
    )
    moments = [block.moment for block in made.blocks if block.kind == "entry"]
    assert moments == ["2031-03-04T18:05", "2031-03-04T19:32", "2031-03-04T22:14"]


def test_years_are_no_clocks() -> None:
    told = "\n\n".join(f"{year}: {ONE}" for year in (1914, 1918, 1939, 1945))
    assert all(block.kind != "entry" for block in document(f"The harbour in four wars\n\n{told}").blocks)


def test_the_zone_that_a_page_states_is_of_all_its_entries() -> None:
    entries = "\n\n".join(f"{clock} {ONE}" for clock in ("18:05", "17:20", "16:10"))
    made = document(f"Live: harbour burns\n\n4 March 2031\n\nOstrava time (GMT+4) throughout.\n\n{entries}")
    assert next(block.moment for block in made.blocks if block.kind == "entry") == "2031-03-04T18:05+04:00"


def test_headings_marked_by_signs_part_the_stories_of_a_plain_text() -> None:
    stories = [
        ("■ Silos burn in Ostrava", ONE),
        ("■ Lisec votes again", "The electoral court of Lisec has put back the second round by a fortnight."),
        ("■ Ferry found", "Divers have found the ferry that sank off Korr in January with eleven on board."),
    ]
    made = document("World in brief\n\n" + "\n\n".join(f"{head}\n{told}" for head, told in stories))
    assert [made.text[b.start : b.end] for b in made.blocks if b.kind == "round-up"] == [told for _, told in stories]


@pytest.mark.parametrize(
    ("notice", "was", "now"),
    [
        ("An article on Monday said that the rebels first took Korr. They first took Lisec.", "Korr", "Lisec"),
        (
            "A report gave the sum as 3 million crowns. The sum was 300,000 crowns.",
            "3 million crowns",
            "300,000 crowns",
        ),
        ("A caption misspelled a name. He is Guy Pask, not Guy Pasc.", "Guy Pasc", "Guy Pask"),
        ("El oficial citado es mayor y no teniente coronel.", "teniente coronel", "mayor"),
        ("Une première version parlait de sept blessés au lieu de huit.", "sept", "huit"),
        (
            "We took them for men of the 30th Brigade. They were from the 128th Brigade.",
            "30th Brigade",
            "128th Brigade",
        ),
        ("The original text said that General Brandt had gone. It was Maas who had gone.", "General Brandt", "Maas"),
        ("An earlier version misstated the number of wounded. It was 14, not 41.", "41", "14"),
        ("Si legge che il capo è stato preso a Korr. È stato preso a Lisec.", "Korr", "Lisec"),
    ],
)
def test_what_differs_between_the_wrong_and_the_right(notice: str, was: str, now: str) -> None:
    made = document(f"Silos burn at Ostrava\n\n{ONE}\n\n{TWO}\n\nCorrection: {notice}")
    (found,) = made.corrections
    assert found.was is not None
    assert found.now is not None
    assert (found.was.of(made.text), found.now.of(made.text)) == (was, now)


@pytest.mark.parametrize(
    ("notice", "title"),
    [
        ("Bridge closed (May 17, p3): the bridge was shut on Monday and not, as we wrote, on Friday.", "Bridge closed"),
        ("In “Ten days of rain” we wrote that the dam is of earth. It is of concrete.", "Ten days of rain"),
        (
            "An article on March 2 about the flight of the governor and of his whole household, “Marines land at Korr,”"
            " said that they first took Lisec. They first took Pell.",
            "Marines land at Korr",
        ),
        (
            "Nell'articolo «La fine del colonnello», si legge che fu preso a Korr. Fu preso a Lisec.",
            "La fine del colonnello",
        ),
        (
            'En la nota "Once años de lluvia", publicada ayer, se escribió 1981 donde debía leerse 1980.',
            "Once años de lluvia",
        ),
    ],
)
def test_a_page_of_notices_names_what_each_corrects(notice: str, title: str) -> None:
    made = document(
        f"<html><body><h1>Corrections</h1><p>{notice}</p><p>A caption on Friday misspelled a name. He is Guy Pask, not"
        " Guy Pasc.</p></body></html>",
        "text/html",
    )
    assert [found.title for found in made.corrections] == [title, None]


def test_a_picture_credit_with_via_is_read_at_the_end_of_its_caption() -> None:
    made = document(
        f"<html><body><h1>Silos burn</h1><p>{ONE}</p><p>{TWO}</p><figure><img src=a.jpg><figcaption>The quay in 2029."
        " Ivo Sand/AFP via Getty Images</figcaption></figure></body></html>",
        "text/html",
    )
    assert [(credit.name, credit.role) for credit in made.credits] == [("Ivo Sand/AFP via Getty Images", "photo")]


def test_a_desk_is_no_person() -> None:
    made = document(
        f"<html><body><h1>Silos burn</h1><p>By Our Foreign Desk</p><p>{ONE}</p><p>{TWO}</p></body></html>", "text/html"
    )
    assert made.authors == ()


def test_a_short_report_in_a_layout_of_tables_is_read() -> None:
    made = document(
        "<html><body><table><tr><td>HOME | NEWS | SPORT | LETTERS | ARCHIVE</td></tr><tr><td><a href=w>World</a><br><a"
        f" href=c>Culture</a></td><td><b>Silos burn</b><p>2 Feb 2031</p><p>{ONE}</p><p>{TWO}</p><a href=p>Print this"
        " page</a></td></tr><tr><td>Best viewed in 800 x 600</td></tr></table></body></html>",
        "text/html",
    )
    assert made.rejected is None
    assert [made.text[block.start : block.end] for block in made.blocks if block.kind == "body"] == [ONE, TWO]
