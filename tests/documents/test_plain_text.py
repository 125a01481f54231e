"""Plain texts: the same marking from lines alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.documents.lines import plain_lines

from .making import check_blocks, document, kinds, texts

LEAD = "Gunmen attacked a convoy outside the town on Tuesday, killing three soldiers, officials said."
SECOND = "The army said it had opened an inquiry and that the road would stay closed until further notice."

PAGE = f"""VALLEY TOWNS SHELLED FOR A THIRD DAY AS TALKS STALL

World Asia

Soldiers walk past a burnt bus near the old bridge (FILE PHOTO)

Fri 7 March 2031:

Ostrava, Freeland –\u00a0{LEAD}

Interactive_Valley_map_Mar7_2031

{SECOND}

Image

“We did not expect it,” said a shopkeeper who had spent two nights in a cellar.

SOURCE: NORTHERN WIRE HERALD

SOURCE: RIVER GAZETTE AND PARTNERS

____________________

FOLLOW RIVER GAZETTE:

WhatsApp CHANNEL
https://whatsapp.com/channel/00XX

Think your friends would be interested? Share this story!

Leave a Reply

Your email address will not be published. Required fields are marked *"""


def test_a_page_is_marked_line_by_line() -> None:
    made = document(PAGE)
    check_blocks(made)
    assert kinds(made)[:6] == [
        ("title", "VALLEY TOWNS SHELLED FOR A THIRD DAY AS TALKS STALL"),
        ("section", "World Asia"),
        ("caption", "Soldiers walk past a burnt bus near the old bridge (FILE PHOTO)"),
        ("date", "Fri 7 March 2031:"),
        ("dateline", "Ostrava, Freeland –"),
        ("body", LEAD),
    ]
    assert texts(made, "media") == ["Interactive_Valley_map_Mar7_2031", "Image"]
    assert len(texts(made, "body")) == 3
    assert texts(made, "credit") == ["SOURCE: NORTHERN WIRE HERALD", "SOURCE: RIVER GAZETTE AND PARTNERS"]
    assert len(texts(made, "share")) == 4
    assert len(texts(made, "comment-form")) == 2
    assert made.title == "VALLEY TOWNS SHELLED FOR A THIRD DAY AS TALKS STALL"
    assert made.published == "2031-03-07"
    assert made.rejected is None


def test_a_page_that_credits_itself_is_told_from_its_source() -> None:
    made = document(PAGE)
    assert [(credit.name, credit.role) for credit in made.credits] == [
        ("NORTHERN WIRE HERALD", "source"),
        ("RIVER GAZETTE AND PARTNERS", "self"),
    ]
    assert made.outlet == "RIVER GAZETTE"
    for credit in made.credits:
        assert credit.span is not None
        assert credit.span.of(made.text) == credit.name


def test_a_masthead_names_the_outlet() -> None:
    made = document(f"Convoy attacked near the dam\nValley Courier\n7 March 2031\nBy Ada Winter\n\n{LEAD}\n{SECOND}")
    assert [kind for kind, _ in kinds(made)] == ["title", "credit", "date", "byline", "body", "body"]
    assert made.outlet == "Valley Courier"
    assert [(credit.name, credit.role) for credit in made.credits] == [("Valley Courier", "self")]


def test_an_acronym_on_the_first_line_is_a_picture_credit_and_no_title() -> None:
    made = document(f"MODF\n\n{LEAD}\n\n{SECOND}")
    assert made.title is None
    assert [(credit.name, credit.role) for credit in made.credits] == [("MODF", "photo")]
    assert kinds(made)[0] == ("credit", "MODF")


@pytest.mark.parametrize("glue", ["", " ", "\n"])
def test_a_comment_form_glued_to_the_next_line_is_cut_off(glue: str) -> None:
    form = "Your email address will not be published. Required fields are marked *"
    made = document(f"Bridge reopens after shelling\n\n{LEAD}\n\n{form}{glue}{SECOND}")
    assert texts(made, "comment-form") == [form]
    assert texts(made, "body") == [LEAD, SECOND]


def test_a_text_without_a_title_has_none() -> None:
    made = document(f"{LEAD}\n{SECOND}")
    assert made.title is None
    assert texts(made, "body") == [LEAD, SECOND]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Shelling resumed along the northern front on Monday after a pause of two\n"
        "days, residents said, and at least four people were taken to a clinic in\n"
        "the district capital with wounds from splinters.\n\n"
        "The governor said by telephone that the power line to the town had been cut\n"
        "again, and that engineers would need a truce of several hours before they\n"
        "could reach the broken pylons.\n"
    )
    made = document(text)
    body = texts(made, "body")
    assert len(body) == 2
    assert body[0].startswith("Shelling")
    assert body[0].endswith("splinters.")
    assert "\n" in body[0]


def test_indented_wrapped_paragraphs_are_told_apart() -> None:
    text = (
        "   Shelling resumed along the northern front on Monday after a pause of\n"
        "two days, residents said, and four people were taken to a clinic there.\n"
        "   The governor said by telephone that the line to the town had been cut\n"
        "again, and that engineers would need a truce of several hours to reach\n"
        "the broken pylons in the valley.\n"
    )
    assert [line.text.split()[0] for line in plain_lines(text)] == ["Shelling", "The"]


def test_lines_of_an_unwrapped_text_stay_apart() -> None:
    assert len(plain_lines(f"{LEAD}\n{SECOND}\n{LEAD * 3}")) == 3


def test_a_live_blog_has_entries_with_their_moments() -> None:
    entries = "\n".join(f"7 March 2031 - 1{hour}:05 GMT\n{LEAD}\n{SECOND}" for hour in range(4))
    made = document(entries)
    found = [block for block in made.blocks if block.kind == "entry"]
    assert [block.moment for block in found] == [f"2031-03-07T1{hour}:05+00:00" for hour in range(4)]
    assert not texts(made, "body")


def test_related_labels_take_their_headlines_along() -> None:
    made = document(f"{LEAD}\n{SECOND}\nRelated stories:\nMinister Leaves Talks Early\nHarbour Reopens After Storm")
    assert texts(made, "related") == ["Related stories:", "Minister Leaves Talks Early", "Harbour Reopens After Storm"]


def test_an_agency_in_brackets_at_the_end_is_a_credit_of_its_own() -> None:
    made = document(f"{LEAD}\n{SECOND} (AFP)")
    assert kinds(made)[-2:] == [("body", SECOND), ("credit", "(AFP)")]
    assert made.credits[0].role == "agency"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Tags: border, army, talks", "furniture"),
        ("Advertisement", "furniture"),
        ("https://example.org/a/b", "furniture"),
        ("READ MORE: What we know about the valley", "related"),
        ("Also read: Why the valley matters", "related"),
        ("Follow us on Facebook and Twitter", "share"),
        ("By Ada Winter and Tom Brook", "byline"),
        ("BY ADA WINTER", "byline"),
        ("Staff Reporter", "byline"),
        ("Published: 7 March 2031 09:30 GMT", "date"),
        ("Last updated 3 hours ago", "date"),
        ("Correction: an earlier version of this story gave the wrong day.", "correction"),
        ("Smoke rises over the harbour on Monday. [Ada Winter/River Gazette]", "caption"),
        ("A tank near the border (Photo by Ada Winter)", "caption"),
        ("File photo: soldiers at the old bridge", "caption"),
        ("Reporting by Ada Winter; editing by Tom Brook", "credit"),
        ("The Associated Press contributed to this report.", "credit"),
        ("This article was first published by The River Gazette.", "credit"),
        ("© 2031 River Gazette. All rights reserved.", "credit"),
        ("harbour_gate_2031.jpg", "media"),
        ("Subscribe to continue reading", "furniture"),
    ],
)
def test_furniture_is_known_by_its_words(line: str, kind: str) -> None:
    made = document(f"{LEAD}\n{line}\n{SECOND}")
    assert [found for found, text in kinds(made) if text == line] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "Sources: the army and the rebels disagree about who fired first, and neither has shown any proof of it.",
        "By the time the convoy reached the river, the bridge had been destroyed.",
        "Reporting from the front has become impossible, the union of journalists said on Monday.",
        "The delays contributed to the anger of the families who had been waiting at the gate.",
        "Share prices fell after the attack, and the central bank said it stood ready to act.",
        "Read out in court, the statement took more than an hour and named eleven officers.",
        "Images of the strike spread within minutes.",
        "Home to some 40,000 people, the town has no hospital of its own.",
        "“Follow us,” the commander shouted, according to two people who were there.",
        "Video showed smoke over the barracks.",
        "She said: “Leave a light on.”",
    ],
)
def test_prose_is_never_furniture(line: str) -> None:
    made = document(f"{LEAD}\n{line}\n{SECOND}")
    assert line in texts(made, "body")


FRAGMENTS = [
    *PAGE.split("\n"),
    "KABUL (Reuters) - ",
    "KABUL (Reuters) -",
    "\u2028",
    "\r\n",
    "\t",
    "(AFP)",
    "2031-03-07",
    "By Ada Winter",
    "Source: Reuters, AFP",
    "\u200b",
    "…",
]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=30)), max_size=12), st.sampled_from(["\n", "", " "])
)
def test_blocks_are_sorted_disjoint_and_inside_the_text(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    made = document(text, "application/json")
    assert made.text == text
    assert made.rejected is None
    check_blocks(made)
    assert made == document(text, "application/json")


@given(st.text())
def test_lines_cover_everything_that_is_not_white_space(text: str) -> None:
    lines = plain_lines(text)
    outside = text
    for line in reversed(lines):
        outside = outside[: line.start] + outside[line.end :]
    assert not outside.replace("\u200b", "").replace("\ufeff", "").strip()
