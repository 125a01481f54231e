"""Words passed on, claims disowned in an aside, headlines, quotations that lack a mark, two cues in a row."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from variorum.annotation.attributions import find_attributions
from variorum.records import Block, Document, Span, Syntax

Parse = Callable[..., tuple[Document, Syntax]]
Said = tuple[str, str, str, str | None]


def told(text: str, spans: tuple[Span, ...]) -> str:
    return " ~ ".join(text[span.start : span.end] for span in spans)


@pytest.fixture
def said(parse: Parse) -> Callable[..., list[Said]]:
    def run(text: str) -> list[Said]:
        found = find_attributions(*parse(text), ())
        return [(told(text, a.source), told(text, a.cue), told(text, a.content), a.stance) for a in found]

    return run


@pytest.mark.parametrize(
    ("text", "inner", "outer", "cue", "content"),
    [
        (
            "The Norvik ministry, in a statement cited by Sol Press, said its forces were not involved.",
            "The Norvik ministry", "Sol Press", "cited by", "its forces were not involved",
        ),
        (
            "Forces had shelled the clinic, the ministry said in remarks carried by state television.",
            "the ministry", "state television", "carried by", "Forces had shelled the clinic",
        ),
        (
            "The governor, quoted by the Sol agency, said two people had been hurt.",
            "The governor", "the Sol agency", "quoted by", "two people had been hurt",
        ),
        (
            "“There will be no talks,” the commander was quoted as saying by the Sol agency.",
            "the commander", "the Sol agency", "quoted", "“There will be no talks,”",
        ),
    ],
)  # fmt: skip
def test_the_outlet_that_passes_words_on(
    parse: Parse, text: str, inner: str, outer: str, cue: str, content: str
) -> None:
    found = find_attributions(*parse(text), ())
    by_source = {told(text, a.source): a for a in found}
    assert set(by_source) == {inner, outer}
    assert told(text, by_source[outer].cue) == cue
    assert told(text, by_source[outer].content) == told(text, by_source[inner].content) == content
    parent = by_source[inner].parent
    assert parent is not None
    assert found[parent] is by_source[outer]


def test_a_road_carried_by_a_bridge_passes_nothing_on(said: Callable[..., list[Said]]) -> None:
    assert [source for source, *_ in said("The mayor, carried by his guards, said he was tired.")] == [
        "The mayor, carried by his guards"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The rebels said they had taken the town, a claim the army denied.",
            [
                ("The rebels", "said", "they had taken the town", "asserts"),
                ("the army", "denied", "they had taken the town", "denies"),
            ],
        ),
        (
            "The minister accused Ostland of arming the rebels, an allegation Ostland rejects.",
            [
                ("The minister", "accused", "Ostland of arming the rebels", "accuses"),
                ("Ostland", "rejects", "Ostland of arming the rebels", "denies"),
            ],
        ),
        (
            "The group said it had shot down a drone, a claim Norvik has not confirmed.",
            [("The group", "said", "it had shot down a drone", "asserts")],
        ),
        (
            "The ministry dismissed as baseless reports that troops had crossed the river.",
            [("The ministry", "dismissed", "as baseless reports that troops had crossed the river", "denies")],
        ),
    ],
)
def test_a_claim_that_another_disowns(said: Callable[..., list[Said]], text: str, expected: list[Said]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("headline", "source", "cue", "content"),
    [
        ("At least 12 killed in Lodmar clash: military", "military", ":", "At least 12 killed in Lodmar clash"),
        ("Nine miners still missing: rescuers", "rescuers", ":", "Nine miners still missing"),
        ("War crimes were committed in Lodmar — UN panel", "UN panel", "—", "War crimes were committed in Lodmar"),
        ("Shelling killed 9, UN says", "UN", "says", "Shelling killed 9"),
        ("“We will not leave”: displaced farmers", "displaced farmers", ":", "“We will not leave”"),
        ("Army blames rebels for blast: report", "report", ":", "Army blames rebels for blast"),
    ],
)
def test_headlines(parse: Parse, parser: object, headline: str, source: str, cue: str, content: str) -> None:
    document, _ = parse(headline)
    document = msgspec.structs.replace(document, blocks=(Block(start=0, end=len(headline), kind="title"),))
    syntax = next(parser.parse([document]))  # type: ignore[attr-defined]
    found = [a for a in find_attributions(document, syntax, ()) if told(headline, a.source) == source]
    assert [(told(headline, a.cue), told(headline, a.content)) for a in found] == [(cue, content)]


@pytest.mark.parametrize("headline", ["Who is to blame: the army", "Lodmar clashes: a timeline"])
def test_topics_of_headlines_do_not_speak(parse: Parse, parser: object, headline: str) -> None:
    document, _ = parse(headline)
    document = msgspec.structs.replace(document, blocks=(Block(start=0, end=len(headline), kind="title"),))
    syntax = next(parser.parse([document]))  # type: ignore[attr-defined]
    assert not [a for a in find_attributions(document, syntax, ()) if told(headline, a.cue) == ":"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“They keep coming, a doctor said.", "“They keep coming"),
        ('"They keep coming, a doctor said. The ward was full.', '"They keep coming'),
        ('Nobody helps us here," the mayor said.', 'Nobody helps us here,"'),
    ],
)
def test_a_quotation_that_lacks_a_mark_is_quoted(parse: Parse, text: str, content: str) -> None:
    (found,) = find_attributions(*parse(text), ())
    assert (told(text, found.content), found.quoted) == (content, True)


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        (
            "Police say three officers were shot, an official in the governor's office said.",
            "Police", "an official in the governor's office",
        ),
        (
            "The army said four were killed, two of them nurses, a spokesman for the brigade said.",
            "The army", "a spokesman for the brigade",
        ),
    ],
)  # fmt: skip
def test_both_of_two_cues_speak(parse: Parse, text: str, inner: str, outer: str) -> None:
    found = find_attributions(*parse(text), ())
    assert [told(text, a.source) for a in found] == [inner, outer]
    assert found[0].parent == 1


def test_the_nationality_of_some_of_them_does_not_speak(said: Callable[..., list[Said]]) -> None:
    text = "Three sailors were killed and seven wounded, two of them Filipinos, a spokesman for the firm said."
    assert [source for source, *_ in said(text)] == ["a spokesman for the firm"]
