"""Datelines, dates, credits, bylines, encodings and languages."""

from __future__ import annotations

import pytest

from variorum.documents.bylines import authors, is_byline
from variorum.documents.credits import read_credit, same_name
from variorum.documents.datelines import find_dateline
from variorum.documents.dates import find_date, iso_date
from variorum.documents.decoding import decode
from variorum.documents.language import LanguageOptions, detect_language
from variorum.documents.lines import line_at

from .making import document, texts


@pytest.mark.parametrize(
    ("text", "place", "agency", "date"),
    [
        ("Islamabad, Pakistan – The army said", "Islamabad, Pakistan", None, None),
        ("KABUL (Reuters) - The army said", "KABUL", "Reuters", None),
        ("KABUL, Jan 18 (Reuters) - The army said", "KABUL", "Reuters", None),
        ("BEIRUT, Lebanon (AP) — The army said", "BEIRUT, Lebanon", "AP", None),
        ("DUBAI/TEHRAN, Jan. 18, 2024 (Reuters) - The army said", "DUBAI/TEHRAN", "Reuters", "2024-01-18"),
        ("MOSCOW, 18 January 2024. /TASS/. The army said", "MOSCOW", "TASS", "2024-01-18"),
        ("BOGOTA, 21 AUG 89 (EFE) -- THE ARMY SAID", "BOGOTA", "EFE", "1989-08-21"),
        ("ATLANTA _ The army said", "ATLANTA", None, None),
        ("KARACHI: The army said", "KARACHI", None, None),
        ("Gaza City – The army said", "Gaza City", None, None),
        ("(AFP) – The army said", None, "AFP", None),
        ("PARIS —", "PARIS", None, None),
        ("LODMAR, Norvik (AP) - Jan. 18, 2024 - The army said", "LODMAR, Norvik", "AP", "2024-01-18"),
        ("LODMAR, Norvik — 12 March 2024 — The army said", "LODMAR, Norvik", None, "2024-03-12"),
        ("LODMAR: March 12, 2024: The army said", "LODMAR", None, "2024-03-12"),
        ("(Norvik Wire) LODMAR, March 12, 2024 - The army said", "LODMAR", "Norvik Wire", "2024-03-12"),
    ],
)
def test_datelines(text: str, place: str | None, agency: str | None, date: str | None) -> None:
    found = find_dateline(text, line_at(text, 0, len(text)), opening=True)
    assert found is not None
    assert (found.place and text[slice(*found.place)]) == place
    if agency:
        assert (found.agency and text[slice(*found.agency)]) == agency
    assert (found.date and found.date[2]) == date
    assert text[found.end :].strip().upper() in {"", "THE ARMY SAID"}


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan – which borders Iran – has called back its envoy.",
        "Imran Khan – a former captain – was not in the hall.",
        "UPDATE – The army said it had left.",
        "The army said: Nobody was hurt.",
        "Twenty-one people were hurt.",
        "Editor's note – This text was changed.",
        "In the north - where roads are bad - aid is late.",
    ],
)
def test_what_only_looks_like_a_dateline(text: str) -> None:
    assert find_dateline(text, line_at(text, 0, len(text)), opening=True) is None


def test_speakers_of_a_transcript_are_no_datelines() -> None:
    text = "ANCHOR: Good evening, and thank you for being with us tonight.\nGUEST: Thank you for having me on the show."
    assert not texts(document(text), "dateline")


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2024-01-18", "2024-01-18"),
        ("2024-01", "2024-01"),
        ("2024-01-18T09:30:00+05:00", "2024-01-18T09:30:00+05:00"),
        ("2024-01-18 09:30:00Z", "2024-01-18T09:30:00+00:00"),
        ("2024-01-18T09:30:00+0500", "2024-01-18T09:30:00+05:00"),
        ("Thu, 18 Jan 2024 09:30:00 +0500", "2024-01-18T09:30:00+05:00"),
        ("January 18, 2024", "2024-01-18"),
        ("18th of January 2024", "2024-01-18"),
        ("Jan. 18, 2024 9:30 p.m. GMT", "2024-01-18T21:30+00:00"),
        ("18/01/2024", "2024-01-18"),
        ("01/18/2024", "2024-01-18"),
        ("03/04/2024", None),
        ("2024-13-01", None),
        ("30 February 2024", None),
        ("yesterday", None),
    ],
)
def test_dates_are_read_only_where_they_have_one_reading(given: str, iso: str | None) -> None:
    assert iso_date(given) == iso


def test_the_first_date_inside_a_line() -> None:
    assert find_date("Published on 7 March 2031 at 10:05 GMT") == (13, 38, "2031-03-07T10:05+00:00")
    assert find_date("in 1990, and again in 2001") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SOURCE: AL JAZEERA", [("AL JAZEERA", "source")]),
        ("Source: Reuters", [("Reuters", "source")]),
        ("Source: Reuters, AFP", [("Reuters", "source"), ("AFP", "source")]),
        ("Source: River Gazette", [("River Gazette", "source")]),
        ("(AFP)", [("AFP", "agency")]),
        ("With inputs from agencies", [("agencies", "agency")]),
        ("First published in The River Gazette on 7 March 2031", [("The River Gazette", "first-published")]),
        ("This story originally appeared on Valley Post", [("Valley Post", "first-published")]),
        ("Photo: Ada Winter", [("Ada Winter", "photo")]),
        ("Source: the army says nobody was hurt in it", []),
        ("Reuters reported that nobody was hurt.", []),
    ],
)
def test_credits(line: str, expected: list[tuple[str, str]]) -> None:
    found = read_credit(line, line_at(line, 0, len(line)))
    assert [(credit.name, credit.role) for credit in found] == expected
    assert all(credit.span is not None and credit.span.of(line) == credit.name for credit in found)


def test_a_name_is_the_pages_own_only_as_a_whole() -> None:
    assert same_name("River Gazette and Partners", "RIVER GAZETTE")
    assert same_name("The Herald", "herald")
    assert not same_name("Herald Sun", "Herald")
    assert not same_name("Reuters", "River Gazette")


def test_bylines() -> None:
    assert is_byline("By Ada Winter")
    assert is_byline("Written by Ada Winter in Ostrava")
    assert not is_byline("By the river, the army waited")
    assert not is_byline("By noon the town was empty.")
    assert authors("By Ada Winter and Tom Brook in Ostrava | 7 March 2031") == ("Ada Winter", "Tom Brook")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("\ufeffnaïve".encode(), "utf-8"),
        ("naïve".encode("utf-16"), "utf-16-le"),
        ("naïve".encode(), "utf-8"),
        (b"na\xefve \x93quoted\x94 text and more of it \x96 here", "cp1252"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    found = decode(content, "text/plain")
    assert found.encoding == encoding
    assert found.text.startswith("naïve")


def test_a_declared_encoding_counts_where_the_bytes_are_not_utf_8() -> None:
    head = b'<html><head><meta charset="windows-1251"></head><body>'
    assert "Привет" in decode(head + "Привет".encode("cp1251"), "text/html").text
    wrong = b'<html><head><meta charset="iso-8859-1"></head><body>'
    assert "Привет" in decode(wrong + "Привет".encode(), "text/html").text


@pytest.mark.parametrize(
    ("text", "language", "supported"),
    [
        ("Three soldiers were killed on Monday when a mine exploded under their truck, officials said.", "en", True),
        ("Drei Soldaten wurden am Montag getötet, als eine Mine unter ihrem Lastwagen explodierte.", "de", False),
        ("Трое солдат погибли в понедельник, когда под их грузовиком взорвалась мина.", "ru", False),
        ("قتل ثلاثة جنود يوم الاثنين عندما انفجر لغم تحت شاحنتهم.", "ar", False),
        ("Kabul, Herat, Kunduz.", "en", True),
        ("", None, True),
    ],
)
def test_only_sure_foreign_languages_are_unsupported(text: str, language: str | None, supported: bool) -> None:
    found = detect_language(text, LanguageOptions())
    assert (found.language, found.supported) == (language, supported)
