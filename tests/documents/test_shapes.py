"""The shapes of news: live blogs, round-ups, correction notices, what is no report; credits and leftovers of all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.documents.corrections import read_correction
from variorum.documents.credits import caption_credit, read_credit
from variorum.documents.lines import line_at
from variorum.documents.stamps import moments, read_stamp
from variorum.pipeline.notices import corrected_by

from .making import check_blocks, document, kinds, texts

ONE = "Shells fell on the grain terminal before dawn and set two silos on fire, the harbour master of Ostrava said."
TWO = "The ministry of defence in Morava said that its guns had been silent all night and blamed the rebels."
THREE = "Aid lorries turned back at the Lisec bridge, where a captain showed them an order signed by nobody."


@pytest.mark.parametrize(
    ("line", "clock", "zone", "day", "whole"),
    [
        ("14:32 GMT", "14:32", "GMT", None, True),
        ("10.05am", "10:05", None, None, True),
        ("[14:32] Soldiers leave the square", "14:32", None, None, False),
        ("* Fri. 00h45 -- The guard has gone", "00:45", None, "Fri.", False),
        ("**16 July, 03:20** A bomb has hit the hall", "03:20", None, "16 July", False),
        ("Updated at 14.45 GMT", "14:45", "GMT", None, True),
        ("1432hrs", "14:32", None, None, True),
        ("12 noon", "12:00", None, None, True),
        ("Bridge closed (10.05am)", "10:05", None, None, False),
    ],
)
def test_stamps(line: str, clock: str, zone: str | None, day: str | None, whole: bool) -> None:
    found = read_stamp(line, line_at(line, 0, len(line)))
    assert found is not None
    assert (found.clock, found.zone, found.day, found.whole) == (clock, zone, day, whole)
    assert 0 <= found.start < found.end <= len(line)


@pytest.mark.parametrize("line", ["7.5 million people left", "10.5 per cent", "3.30 is late", "At 14:32 GMT, men ran"])
def test_numbers_are_no_stamps(line: str) -> None:
    assert read_stamp(line, line_at(line, 0, len(line))) is None


def told(lines: list[str], published: str | None) -> list[str | None]:
    stamps = [read_stamp(line, line_at(line, 0, len(line))) for line in lines]
    return moments([stamp for stamp in stamps if stamp], published, None)


def test_entries_pass_midnight_forward_and_backward() -> None:
    on = ["22:50 GMT", "23:40 GMT", "00:15 GMT"]
    days = ["2031-03-07T22:50+00:00", "2031-03-07T23:40+00:00", "2031-03-08T00:15+00:00"]
    assert told(on, "2031-03-07") == days
    assert told(on[::-1], "2031-03-07T22:48:00+00:00") == days[::-1]
    assert told(on[::-1], "2031-03-08T00:20:00+00:00") == days[::-1]


def test_a_zone_with_several_readings_is_that_of_the_page_or_none() -> None:
    assert told(["10:00 IST"], "2031-03-07T09:00:00+05:30") == ["2031-03-07T10:00+05:30"]
    assert told(["10:00 IST"], "2031-03-07") == ["2031-03-07T10:00"]
    assert told(["10:00 ET"], "2031-07-07") == ["2031-07-07T10:00-04:00"]


def test_a_past_hour_is_told_only_from_a_known_moment() -> None:
    assert told(["2h ago", "35m ago"], "2031-03-07T09:00:00+00:00") == ["2031-03-07T07", "2031-03-07T08:25+00:00"]
    assert told(["2h ago"], "2031-03-07") == [None]


def test_a_live_blog_in_html_has_its_headings_and_drops_its_buttons() -> None:
    told_at = ((9, ONE), (8, TWO), (7, THREE))
    posts = "".join(
        f'<div class="post"><time datetime="2031-03-07T1{hour}:05:00Z">1{hour}:05</time><h3>Post {hour} of the day</h3>'
        f"<p>{text}</p><button>Share this post</button></div>"
        for hour, text in told_at
    )
    made = document(f"<html><body><h1>Ostrava under fire: live</h1><main>{posts}</main></body></html>", "text/html")
    check_blocks(made)
    assert made.rejected is None
    assert [(made.text[b.start : b.end], b.moment) for b in made.blocks if b.kind == "entry"] == [
        (f"Post {hour} of the day\n{text}", f"2031-03-07T1{hour}:05:00+00:00") for hour, text in told_at
    ]


def test_a_chronicle_and_a_list_of_dated_teasers_are_no_live_blogs() -> None:
    chronicle = "Timeline: how the night went\n\n" + "\n".join(f"0{n}:10 - {ONE}" for n in range(1, 5))
    assert not texts(document(chronicle), "entry")
    teasers = "".join(f"<p><a href=/{n}>A headline about the river and towns</a></p><p>1{n}:05</p>" for n in range(5))
    page = f"<html><body><h1>Shells on Ostrava</h1><article><p>{ONE}</p><p>{TWO}</p></article>{teasers}</body></html>"
    assert not texts(document(page, "text/html"), "entry")


def test_a_round_up_has_sections_under_their_headings() -> None:
    text = f"WORLD IN BRIEF\n\nMORAVA\n\n{TWO}\n\nOSTRAVA\n\n{ONE}\n\nLISEC\n\n{THREE}\n"
    made = document(text)
    check_blocks(made)
    assert texts(made, "round-up") == [TWO, ONE, THREE]
    assert texts(made, "section") == ["MORAVA", "OSTRAVA", "LISEC"]
    assert [block.part for block in made.blocks if block.kind == "round-up"] == [0, 1, 2]


def test_a_long_story_under_subheads_stays_one() -> None:
    parts = [
        f"What {name} said\n\nIn Ostrava {name} told the Morava council that Lisec was lost.\n\n" for name in "ABC"
    ]
    assert not texts(document(f"The fall of Lisec\n\n{ONE}\n\n" + "".join(parts) * 2), "round-up")


@pytest.mark.parametrize(
    ("notice", "was", "now"),
    [
        (
            "Correction: An earlier version of this story gave the date as Aug. 4. It happened on Aug. 5.",
            "Aug. 4",
            "Aug. 5",
        ),
        ("Correction: This article said nine men died when in fact it was seven.", "nine", "seven"),
        ("(Corrects toll in paragraph 2 to 14 from 41)", "41", "14"),
        ("Correction: It was the navy, not the army, as stated earlier.", "the army", "the navy"),
    ],
)
def test_what_a_notice_says(notice: str, was: str, now: str) -> None:
    found = read_correction(notice, line_at(notice, 0, len(notice)), alone=False)
    assert found.was is not None
    assert found.now is not None
    assert (found.was.of(notice), found.now.of(notice)) == (was, now)
    assert (found.url, found.title) == (None, None)


@given(st.text(max_size=80))
def test_notices_point_into_the_text(words: str) -> None:
    notice = f"Correction: we said that {words}. It was {words}, not {words}"
    found = read_correction(notice, line_at(notice, 0, len(notice)), alone=True)
    assert all(span is None or 0 <= span.start < span.end <= len(notice) for span in (found.was, found.now))


def test_a_page_of_notices_names_what_it_corrects() -> None:
    text = 'CORRECTIONS\n\nIn the article "Silos burn in Ostrava" we gave the toll as 9. It was 7.'
    made = document(text, outlet="River Gazette")
    assert made.rejected is None
    assert [each.title for each in made.corrections] == ["Silos burn in Ostrava"]
    assert not texts(made, "body")
    other = document(ONE, "application/json", title="Silos burn in Ostrava", outlet="River Gazette")
    assert corrected_by([made, other]) == {made.id: (other.id,)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(With PTI inputs)", [("PTI", "agency")]),
        ("With inputs from AFP", [("AFP", "agency")]),
        ("Radio Morava avec AFP", [("AFP", "agency")]),
        ("(EFE y ANSA)", [("EFE", "agency"), ("ANSA", "agency")]),
        ("— Interfax, MGZ", [("Interfax", "agency"), ("MGZ", "agency")]),
        ("PTI SSB MIJ", [("PTI", "agency")]),
        ("Fuente: Gaceta del Valle", [("Gaceta del Valle", "source")]),
        ("Ada Winter contributed to this report from Lisec.", [("Ada Winter", "reporting")]),
        ("Republished from River Gazette under a Creative Commons licence", [("River Gazette", "first-published")]),
        ("First published on 3 March 2031", []),
        ("With the army in the hills", []),
        ("The captain told Reuters that he had no orders.", []),
    ],
)
def test_forms_of_credits(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.role) for each in read_credit(line, line_at(line, 0, len(line)))] == expected


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Smoke over the silos on Monday. Photo: Ada Winter/River Gazette", "Ada Winter/River Gazette"),
        ("Smoke over the silos on Monday [Ada Winter/Reuters]", "Ada Winter/Reuters"),
        ("Smoke over the silos on Monday. EPA", "EPA"),
        ("Smoke over the silos on Monday (FILE PHOTO)", None),
        ("Smoke over the silos in Ostrava on Monday.", None),
    ],
)
def test_credits_of_captions(caption: str, name: str | None) -> None:
    found = caption_credit(caption, line_at(caption, 0, len(caption)), inside=True)
    assert (found.name if found else None) == name


def test_leftovers_are_no_body() -> None:
    left = [
        "Enditem",
        "Lea también: El puente cerrado",
        "All times GMT",
        "Printer-friendly version",
        ">> Explained: Lisec",
    ]
    made = document("\n\n".join(["Silos burn in Ostrava", ONE, left[1], TWO, THREE, left[0], *left[2:]]))
    assert texts(made, "body") == [ONE, TWO, THREE]
    assert {kind for kind, _ in kinds(made)} == {"title", "body", "related", "furniture"}


TEASER = (
    f"<article><h2><a href=/x>A headline of the day</a></h2><p>{ONE[:90]} [...]</p><a>Continue reading</a></article>"
)
POLICY = (
    "<p>We keep your name and your address as long as you read our pages.</p><p>You may write to us at any time.</p>"
)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<title>Tag: Lisec - Gazette</title><h1>Tag: Lisec</h1>" + TEASER * 3, "index-page"),
        ("<title>Privacy Policy - Gazette</title><h1>Privacy Policy</h1>" + POLICY, "not-an-article"),
        ("<title>Page not found</title><h1>Oops</h1><p>Nothing was found at this location.</p>", "error-page"),
        ("<title>Just a moment...</title><p>Checking if the site connection is secure</p>", "cookie-wall"),
        (f"<h1>Silos burn</h1><p>{ONE}</p><p>Conteúdo exclusivo para assinantes</p>", "paywall-stub"),
    ],
)
def test_pages_that_are_no_reports(page: str, reason: str) -> None:
    made = document(f"<html><body>{page}</body></html>", "text/html")
    assert made.rejected is not None
    assert made.rejected.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        f'Spies read the cookie banner\n\n{ONE} The banner said: "We use cookies and value your privacy."\n\n{TWO}',
        f'Ministry site shows 404 for a day\n\n{ONE}\n\nVisitors saw the words "page not found", said the ministry.',
        f"{ONE}\n\n{TWO}\n\nYou have 2 free articles left this month. Already a subscriber? Log in",
        "Shells hit the Lisec bridge, an officer said. Nobody was hurt.",
        "A drone fell 20 km north of the old port. Hours before the vote, shops closed.",
        "Rebels shelled the market on Monday.",
    ],
)
def test_reports_on_walls_and_with_banners_are_kept(text: str) -> None:
    assert document(text).rejected is None
