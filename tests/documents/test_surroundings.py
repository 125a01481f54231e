"""What stands around a page (a bar for consent, boxes of other pages, cells of a layout) does not decide what it is."""

from __future__ import annotations

import pytest

from variorum.documents.lines import Line
from variorum.documents.own_lines import own_lines

from .making import document

BARS = [
    '<div class="cookie-bar"><p>We use cookies to improve your experience.</p><button>Accept all</button></div>',
    "<div><p>This website uses cookies.</p><button>Accept all</button><button>Reject all</button></div>",
    '<div id="onetrust-banner-sdk"><p>We and our 417 partners store and access information on a device and process'
    " personal data for advertising and its measurement.</p><button>I agree</button></div>",
]
RAIL = (
    "<div><span>Most read</span><a href='/1'>Harbour wall to be raised by a metre</a><a href='/2'>Two villages share"
    " one well</a><a href='/3'>The mayor who would not leave</a></div>"
)
REPORT = (
    "<h1>Silos burn at Ostrava</h1><p>Shells fell on the grain terminal on Monday and set two silos on fire, the"
    " harbour master of Ostrava said.</p><p>Nobody was hurt. The army did not comment.</p>"
)
FORECAST = (
    "<h1>Weather for the coast</h1><p>Today: rain from the west, clearing by noon. Highs of 9 to 11.</p>"
    "<p>Tonight: fog patches, light winds. Lows near 3.</p>"
)
HEADS = "".join(
    f"<div><a href='/w/{n}'><h3>{head}</h3></a></div>"
    for n, head in enumerate(
        [
            "Sappers blow the last rail bridge",
            "Envoy leaves Kesh without a paper",
            "Former minister jailed for selling rifles",
            "Eleven miners freed in the hills",
            "Salt works change hands once again",
        ]
    )
)
LIVE = (
    "<h1>Night in the harbour</h1><p>4 March 2031</p><p><b>21:40</b> The governor has lifted the curfew there.</p>"
    "<p><b>19:05</b> The hospital counts fourteen people with wounds.</p><p><b>17:30</b> Residents report shots near"
    " the radio building.</p>"
)


@pytest.mark.parametrize("bar", BARS)
@pytest.mark.parametrize("at_end", [False, True])
def test_a_bar_for_consent_makes_no_wall_of_a_page(bar: str, at_end: bool) -> None:
    def reason(page: str) -> str | None:
        markup = f"<html><body>{page}{bar}</body></html>" if at_end else f"<html><body>{bar}{page}</body></html>"
        made = document(markup, "text/html")
        return made.rejected.reason if made.rejected else None

    assert reason(REPORT) is None
    assert reason(LIVE) is None
    assert reason(FORECAST + RAIL) == "not-an-article"
    assert reason(f"<h1>World</h1>{HEADS}") == "index-page"


@pytest.mark.parametrize("bar", BARS)
def test_a_bar_with_nothing_beside_is_a_wall(bar: str) -> None:
    made = document(f"<html><body><header><a href='/'>The Quay</a></header>{bar}</body></html>", "text/html")
    assert made.rejected is not None
    assert made.rejected.reason == "cookie-wall"


def test_the_words_of_a_bar_are_not_read() -> None:
    made = document(f"<html><body>{REPORT}{BARS[2]}</body></html>", "text/html")
    read = " ".join(made.text[block.start : block.end] for block in made.blocks if block.kind == "body")
    assert "partners" not in read


def test_boxes_of_other_pages_make_no_list_of_a_page() -> None:
    quiz = (
        "<h1>How well do you know the week?</h1><div>Question 1 of 7</div><div>Which bridge was blown on Tuesday?</div>"
        "<button>Orn</button><button>Bara</button><div>Question 2 of 7</div><div>How many miners were freed?</div>"
    )
    made = document(f"<html><body>{quiz}{RAIL}</body></html>", "text/html")
    assert made.rejected is not None
    assert made.rejected.reason == "not-an-article"


def test_a_robot_check_that_begs_pardon_is_no_error() -> None:
    made = document(
        "<html><head><title>Pardon Our Interruption</title></head><body><h1>Pardon Our Interruption...</h1><p>Something"
        " about your browser made us think you might be a bot.</p><ul><li>You've disabled cookies in your browser</li>"
        "</ul><p>Please complete the puzzle below to regain access.</p></body></html>",
        "text/html",
    )
    assert made.rejected is not None
    assert made.rejected.reason == "cookie-wall"


def test_cells_that_lay_a_page_out_end_lines() -> None:
    made = document(
        "<html><head><title>The Quay Packet: Silos burn at Ostrava</title></head><body><table><tr><td><img"
        " alt='The Quay Packet'></td></tr><tr><td><font size=1>HOME | NEWS | SPORT | LETTERS | ARCHIVE</font></td></tr>"
        "<tr><td><a href=w>World</a><br><a href=c>Culture</a></td><td><font size=5><b>Silos burn at Ostrava</b></font>"
        "<p>Shells fell on the grain terminal on Monday and set two silos on fire, the harbour master said.</p>"
        "<p>Nobody was hurt. The army did not comment.</p></td></tr></table></body></html>",
        "text/html",
    )
    read = [made.text[block.start : block.end] for block in made.blocks if block.kind == "body"]
    assert made.title == "Silos burn at Ostrava"
    assert made.authors == ()
    assert len(read) == 2
    assert "Culture\tSilos" not in made.text


def test_the_rows_of_a_table_stay_lines() -> None:
    made = document(
        f"<html><body>{REPORT}<table><tr><td>Mon</td><td>04:12</td></tr></table></body></html>", "text/html"
    )
    assert "Mon\t04:12" in made.text


def test_a_plain_text_has_all_its_lines() -> None:
    lines = [Line(0, 20, "We use cookies."), Line(21, 30, "Accept all")]
    assert own_lines(lines) == lines
