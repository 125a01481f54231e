"""PDFs: lines to paragraphs, and what has no text or asks for too much."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from variorum.documents import make_document
from variorum.documents.pdf import PdfOptions, pdf_text
from variorum.pages import read_pages
from variorum.records import Document, Page

from .making import document
from .pdfs import Placed, pdf_of, pdf_of_streams

IMAGE = b"q 500 0 0 700 40 60 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\x80\x80\x00 EI Q"


def set_at(left: float, top: float, *lines: str, step: float = 15) -> list[Placed]:
    return [(left, top - number * step, line) for number, line in enumerate(lines)]


def paragraphs(*pages: list[Placed]) -> list[str]:
    found = pdf_text(pdf_of(pages))
    assert found.problem is None
    return found.text.split("\n")


def test_lines_of_a_paragraph_are_joined_and_a_gap_ends_it() -> None:
    first = set_at(
        72, 780, "Rebels shelled the market of the town on Monday, killing", "seven people, the police said."
    )
    second = set_at(72, 730, "The army said that it had arrested three suspects, and", "that a curfew was imposed.")
    assert paragraphs([*first, *second]) == [
        "Rebels shelled the market of the town on Monday, killing seven people, the police said.",
        "The army said that it had arrested three suspects, and that a curfew was imposed.",
    ]


def test_an_indent_and_a_short_last_line_end_a_paragraph() -> None:
    block = set_at(72, 780, "Rebels shelled the market of the town on Monday, killing seven", "people, police said.")
    indented = [(90, 750, "The army, which had been absent, said it arrested suspects and")]
    rest = set_at(72, 735, "imposed a curfew.", "Talks will go on in the capital of the country, mediators said on")
    assert paragraphs([*block, *indented, *rest]) == [
        "Rebels shelled the market of the town on Monday, killing seven people, police said.",
        "The army, which had been absent, said it arrested suspects and imposed a curfew.",
        "Talks will go on in the capital of the country, mediators said on",
    ]


def test_a_sentence_goes_on_over_columns_and_pages_and_past_running_heads() -> None:
    head, foot = (72, 810, "The Weekly Survey"), (290, 30, "- {} -")
    left = set_at(72, 780, "The delegates met in the", "capital for three hours", "and told reporters that")
    right = set_at(320, 780, "progress was made on the", "exchange of prisoners and", "on the opening of the")
    other = set_at(72, 780, "road to the port.", "They will meet again.")
    found = paragraphs(
        [head, *left, *right, (foot[0], foot[1], foot[2].format(1))],
        [head, *other, (foot[0], foot[1], foot[2].format(2))],
    )
    assert found[0].startswith("The delegates met in the capital for three hours and told reporters that progress was")
    assert "on the opening of the road to the port." in found[0]
    assert not any("Survey" in each or "- 1 -" in each for each in found)


def document_of(tmp_path: Path, content: bytes) -> Document:
    (tmp_path / "report.pdf").write_bytes(content)
    (page,) = read_pages([tmp_path / "report.pdf"])
    assert isinstance(page, Page)
    return make_document(page)


def test_a_pdf_becomes_a_document(tmp_path: Path) -> None:
    lines = [
        *set_at(72, 780, "Seven killed in shelling of market"),
        *set_at(72, 740, "VELM, Norland, 6 May 2031 - Rebels shelled the market on Monday, killing", "seven people."),
        *set_at(72, 690, "The army said it had arrested three suspects in the old town on Tuesday."),
    ]
    document = document_of(tmp_path, pdf_of([lines]))
    assert document.rejected is None
    assert (document.title, document.published) == ("Seven killed in shelling of market", "2031-05-06")
    assert [block.span.of(document.text) for block in document.blocks if block.kind == "body"] == [
        "Rebels shelled the market on Monday, killing seven people.",
        "The army said it had arrested three suspects in the old town on Tuesday.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf_of_streams([IMAGE, IMAGE]), "scanned"),
        (pdf_of_streams([b""]), "empty"),
        (b"%PDF-1.7 and nothing that a reader could use", "unreadable"),
        (pdf_of([set_at(72, 780, "Words.")])[:200], "unreadable"),
    ],
)
def test_a_pdf_without_text_is_rejected_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    rejected = document_of(tmp_path, content).rejected
    assert rejected is not None
    assert rejected.reason == reason


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_ends_in_its_own_process(layers: int) -> None:
    state = zlib.compressobj(9)
    content = b"".join(state.compress(b" " * 1_000_000) for _ in range(1_200)) + state.flush()
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = b"[" + b"/FlateDecode " * layers + b"]"
    made = pdf_of_streams([content], packed=False).replace(b"/Filter /FlateDecode", b"/Filter " + filters)
    started = time.monotonic()
    found = pdf_text(made, PdfOptions(memory=400_000_000, seconds=10))
    assert time.monotonic() - started < 30
    assert found.problem is not None
    assert (found.text, found.problem[0]) == ("", "bomb")


def test_the_same_bytes_give_the_same_text() -> None:
    content = pdf_of([set_at(72, 780, "Rebels shelled the market of the town.", "Nobody was hurt.")])
    assert pdf_text(content) == pdf_text(content)


ADDRESS = "https://paper.example/2031/05/velm"
BODY = set_at(72, 780, "06/05/2031, 09:30", step=15) + set_at(
    72, 740, "Rebels shelled the market of the town on Monday, killing", "seven people, the police said."
)


@pytest.mark.parametrize(
    "margins",
    [
        [(24, 815, "11/23/31, 12:27 AM Rebels shell market | The Paper"), (24, 15, ADDRESS), (560, 15, "1/1")],
        [(24, 815, "23.11.31, 00:27"), (200, 815, "Rebels shell market"), (24, 15, f"{ADDRESS} 1/1")],
        [(24, 815, "Rebels shell market"), (300, 815, ADDRESS), (24, 15, "1 of 1"), (500, 15, "11/23/31, 12:27 AM")],
    ],
)
def test_what_a_browser_prints_in_the_margins_is_no_text_but_tells_the_address(
    tmp_path: Path, margins: list[Placed]
) -> None:
    document = document_of(tmp_path, pdf_of([[*BODY, *margins]]))
    assert "11/23/31" not in document.text
    assert "23.11.31" not in document.text
    assert "http" not in document.text
    assert "09:30" in document.text
    assert document.url == ADDRESS
    assert "11-23" not in str(document.published)  # the moment of printing is none of publication


@pytest.mark.parametrize("line", ["06/05/2031, 09:30", f"See {ADDRESS}"])
def test_a_date_line_or_an_address_alone_at_the_edge_stays(line: str) -> None:
    found = pdf_text(pdf_of([[(72, 810, line), *BODY[1:]]]))
    assert found.text.startswith(line)
    assert found.address is None


def test_a_shortened_or_local_address_is_none() -> None:
    for address in ("https://paper.example/2031/...", "file:///home/x/velm.html"):
        page = [*BODY, (24.0, 815.0, "11/23/31, 12:27 AM"), (24.0, 15.0, f"{address} 1/1")]
        found = pdf_text(pdf_of([page]))
        assert found.address is None
        assert "file:" not in found.text


def test_byline_and_date_under_a_headline_are_no_part_of_it() -> None:
    lines = [
        "Guards killed in raid on a post",
        "By Ann Lee",
        "9 May 2031",
        "Four guards were killed on Wednesday night by gunmen who came over the ridge",
        "in three lorries, the ministry said. They fled after an hour of fighting.",
    ]
    content = pdf_of([[(72, 760 - 14 * n, text) for n, text in enumerate(lines)]])
    made = document(content, "application/pdf")
    assert made.text.split("\n") == [*lines[:3], " ".join(lines[3:])]
    assert made.title == lines[0]
    assert made.authors == ("Ann Lee",)
    assert made.published == "2031-05-09"
