"""Who says what: source, cue and content of our own sentences, quotations over paragraphs, nesting, speakers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.attributions import AttributionOptions, find_attributions
from variorum.records import ActorMention, Attribution, Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]
Told = tuple[str, str, str]  # source, cue, content; pieces are joined with " | "


def told(document: Document, found: Attribution) -> Told:
    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(document.text[start:end] for start, end in spans)

    return words(found.source), words(found.cue), words(found.content)


SENTENCES: list[tuple[str, list[Told]]] = [
    ("The minister said the bridge had collapsed.", [("The minister", "said", "the bridge had collapsed")]),
    ("Kenya said that it would close the border.", [("Kenya", "said", "that it would close the border")]),
    ("“We will not leave,” the mayor said.", [("the mayor", "said", "“We will not leave,”")]),
    ("“We will not leave,” said Mayor Ana Pires.", [("Mayor Ana Pires", "said", "“We will not leave,”")]),
    (
        "“We will stay,” she said, “whatever happens.”",
        [("she", "said", "“We will stay,” | “whatever happens.”")],
    ),
    ("The army denied shelling the camp.", [("The army", "denied", "shelling the camp")]),
    ("Rebels denied the report.", [("Rebels", "denied", "the report")]),
    (
        "According to the governor, three villages were burned.",
        [("the governor", "According to", "three villages were burned")],
    ),
    (
        "Three villages were burned, according to the governor.",
        [("the governor", "according to", "Three villages were burned")],
    ),
    (
        "The dam, the engineers warned, could fail within days.",
        [("the engineers", "warned", "The dam | could fail within days")],
    ),
    ("Ankara accused Damascus of harbouring the gunmen.", [("Ankara", "accused", "Damascus of harbouring the gunmen")]),
    ("The general vowed to rebuild the town.", [("The general", "vowed", "to rebuild the town")]),
    ("The union called for a strike.", [("The union", "called for", "a strike")]),
    ("Mediators urged both sides to stop.", [("Mediators", "urged", "both sides to stop")]),
    ("The convoy was reportedly attacked near Gao.", [("", "reportedly", "The convoy was | attacked near Gao")]),
    ("He is said to have fled to Chad.", [("", "is said", "He | to have fled to Chad")]),
    ("Villagers hope the rains will come.", [("Villagers", "hope", "the rains will come")]),
    ("The president wants to visit Lima.", [("The president", "wants", "to visit Lima")]),
    ("Witnesses told reporters that shots were fired.", [("Witnesses", "told", "that shots were fired")]),
    ("The envoy asked whether the talks had failed.", [("The envoy", "asked", "whether the talks had failed")]),
    ("A survey found that most voters were undecided.", [("A survey", "found", "that most voters were undecided")]),
    ("The ministry described the raid as a mistake.", [("The ministry", "described", "the raid as a mistake")]),
    ("Critics called it “a disgrace”.", [("Critics", "called", "it “a disgrace”")]),
    (
        "The spokesman refused to comment on the losses.",
        [("The spokesman", "refused", "to comment on the losses")],
    ),
    (
        "Nairobi rejected the claim that its troops had fired.",
        [
            ("Nairobi", "rejected", "the claim that its troops had fired"),
        ],
    ),
    ("The bishop’s call for calm went unheard.", [("The bishop", "call for", "calm")]),
    ("Officials are worried about the harvest.", [("Officials", "are worried about", "the harvest")]),
    (
        "The colonel, who said he had seen the bodies, wept.",
        [("who", "said", "he had seen the bodies")],
    ),
    (
        "The commander said the town was calm, adding that shops had reopened.",
        [("The commander", "said", "the town was calm"), ("The commander", "adding", "that shops had reopened")],
    ),
    (
        "Lima answered the raid – which wounded two guards – by calling it “reckless”.",
        [("Lima", "calling", "it “reckless”")],
    ),
    (
        "The bridge, as stated by the ministry, was empty.",
        [("the ministry", "stated", "The bridge | was empty")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_roles(text: str, expected: list[Told], parse: Parse) -> None:
    document, syntax = parse(text)
    assert [told(document, found) for found in find_attributions(document, syntax, ())] == expected


STANCES = [
    ("The army said the road was open.", "asserts"),
    ("The army denied the report.", "denies"),
    ("The group threatened to bomb the port.", "threatens"),
    ("The group vowed to attack the port.", "threatens"),
    ("The minister promised to rebuild the port.", "promises"),
    ("The council demanded that the troops withdraw.", "demands"),
    ("The council called on the rebels to withdraw.", "demands"),
    ("Tunis accused the militia of theft.", "accuses"),
    ("The judge doubted that the letter was real.", "doubts"),
    ("Villagers hope that the rains will come.", None),
    ("The army did not say who had fired.", None),
    ("The court will announce that the vote is void.", None),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_stance(text: str, stance: str | None, parse: Parse) -> None:
    document, syntax = parse(text)
    assert find_attributions(document, syntax, ())[0].stance == stance


def test_a_quotation_goes_on_over_sentences_and_paragraphs(parse: Parse) -> None:
    text = (
        "“The harvest is lost. We have no seed,” the farmer said. “Next year will be worse.”\n\n"
        "“We asked for help in March. Nobody came.”\n\n"
        "The ministry did not reply."
    )
    document, syntax = parse(text)
    first, *rest = find_attributions(document, syntax, ())
    assert told(document, first) == (
        "the farmer",
        "said",
        "“The harvest is lost. We have no seed,” | “Next year will be worse.” | "
        "“We asked for help in March. Nobody came.”",
    )
    assert first.quoted
    assert all(found.source and document.text[slice(*found.source[0])] != "the farmer" for found in rest)


def test_a_paragraph_left_open_runs_on_into_the_next(parse: Parse) -> None:
    text = "The chief said: “The wells are dry.\n\n“The cattle are dying.”\n"
    document, syntax = parse(text)
    (found,) = find_attributions(document, syntax, ())
    assert told(document, found)[2] == "“The wells are dry | “The cattle are dying.”"


def test_a_quotation_without_a_cue_has_the_speaker_before_it(parse: Parse) -> None:
    document, syntax = parse("Amina Bello was unmoved. “I shall not sign this paper today.”")
    (found,) = find_attributions(document, syntax, ())
    assert told(document, found) == ("Amina Bello", "", "“I shall not sign this paper today.”")


def test_what_is_told_within_words_has_a_parent(parse: Parse) -> None:
    document, syntax = parse("“The police said the road was closed,” the driver recalled.")
    outer = find_attributions(document, syntax, ())
    sources = {told(document, found)[0]: found for found in outer}
    assert sources["The police"].parent == outer.index(sources["the driver"])
    assert sources["the driver"].parent is None
    flat = find_attributions(document, syntax, (), AttributionOptions(nested=False))
    assert [told(document, found)[0] for found in flat] == ["the driver"]


def test_headlines_name_their_speaker_before_or_after_a_colon(parse: Parse) -> None:
    for text, expected in (
        ("Police: Two bridges destroyed in flood", ("Police", ":", "Two bridges destroyed in flood")),
        ("Two bridges destroyed in flood: police", ("police", ":", "Two bridges destroyed in flood")),
    ):
        document, syntax = parse(text)
        assert [told(document, found) for found in find_attributions(document, syntax, ())] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        '"We will stay," the mayor said.',
        "''We will stay,'' the mayor said.",
        "‘We will stay,’ the mayor said.",
        "«We will stay», the mayor said.",
        "„We will stay,“ the mayor said.",
        '“We will stay," the mayor said.',
        "We will stay,” the mayor said.",
    ],
)
def test_any_style_of_marks(text: str, parse: Parse) -> None:
    document, syntax = parse(text)
    source, cue, content = told(document, find_attributions(document, syntax, ())[0])
    assert (source, cue) == ("the mayor", "said")
    assert "We will stay" in content


def actor(text: str, words: str, name: str, antecedent: int | None = None) -> ActorMention:
    start = text.index(words)
    return ActorMention(
        start=start, end=start + len(words), text=words, name=name, key=name.lower(), antecedent=antecedent
    )


def test_speakers_are_the_actors_at_the_head_of_the_source(parse: Parse) -> None:
    text = (
        "The Kenyan foreign ministry said the border was shut. It added that trade would suffer. "
        "“Nobody may cross it now,” the statement added."
    )
    document, syntax = parse(text)
    name = "Ministry of Foreign Affairs (Kenya)"
    actors = [actor(text, "The Kenyan foreign ministry", name), actor(text, "It added"[:2], name, antecedent=0)]
    found = find_attributions(document, syntax, actors)
    assert [(one.speaker, one.speaker_actor) for one in found] == [(name, 0)] * 3


def test_a_source_without_an_actor_speaks_in_its_own_words_and_a_pronoun_in_none(parse: Parse) -> None:
    document, syntax = parse("Two shepherds said the well was dry. They said the goats had died.")
    assert [one.speaker for one in find_attributions(document, syntax, ())] == ["Two shepherds", None]


def test_thoughts_may_be_left_out(parse: Parse) -> None:
    document, syntax = parse("The mayor wants to resign. The mayor said the town was broke.")
    found = find_attributions(document, syntax, (), AttributionOptions(thoughts=False))
    assert [told(document, one)[1] for one in found] == ["said"]
