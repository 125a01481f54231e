"""Who speaks in reports of violence: the phrase before the cue, roles and names, and what is no one's word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from variorum.annotation.attributions import find_attributions
from variorum.records import ActorMention, Attribution, Document, Syntax

Parse = Callable[..., tuple[Document, Syntax]]


def words(document: Document, spans: tuple[tuple[int, int], ...]) -> str:
    return " | ".join(document.text[start:end] for start, end in spans)


def told(document: Document, found: Attribution) -> tuple[str, str, str]:
    return words(document, found.source), words(document, found.cue), words(document, found.content)


def person(text: str, name: str, title: str | None = None, country: str | None = None) -> ActorMention:
    start = text.index(name)
    key = f"{country or ''}:PER:{name.lower().replace(' ', '-')}"
    return ActorMention(start=start, end=start + len(name), text=name, name=name, key=key, title=title, country=country)


BEHIND_VICTIMS = [
    (
        "The shelling wounded nine people, five men and four women, all of them harvest workers, "
        "the deputy mayor of Orlu, Samuel Okafor, told state radio.",
        "the deputy mayor of Orlu, Samuel Okafor",
        "The shelling wounded nine people, five men and four women, all of them harvest workers",
    ),
    (
        "Nine people were wounded in the shelling, among them five men and four women, "
        "Samuel Okafor, the deputy mayor of Orlu, told state radio.",
        "Samuel Okafor, the deputy mayor of Orlu",
        "Nine people were wounded in the shelling, among them five men and four women",
    ),
    (
        "Nine people were hurt in the blast, among them five men and four women, Ana Pires, the governor of the "
        "Orlu-Tamba region, told state radio.",
        "Ana Pires, the governor of the Orlu-Tamba region",
        "Nine people were hurt in the blast, among them five men and four women",
    ),
    (
        "A mortar shell hit a school, wounding six pupils, three of them girls, a spokesman for the ministry, "
        "Colonel Idris Bello, told reporters in Kano.",
        "a spokesman for the ministry, Colonel Idris Bello",
        "A mortar shell hit a school, wounding six pupils, three of them girls",
    ),
    (
        "Twelve soldiers died, most of them recruits, police in Kano said on Monday.",
        "police in Kano",
        "Twelve soldiers died, most of them recruits",
    ),
    (
        "Nine people were wounded, including four women, the deputy mayor said.",
        "the deputy mayor",
        "Nine people were wounded, including four women",
    ),
    (
        "The dead were two farmers, a driver and his son, the head of the regional administration, Pavlo Hrytsenko, "
        "wrote on Telegram.",
        "the head of the regional administration, Pavlo Hrytsenko",
        "The dead were two farmers, a driver and his son",
    ),
    (
        "Two guards, brothers from Kidal, were hurt, the Red Cross said.",
        "the Red Cross",
        "Two guards, brothers from Kidal, were hurt",
    ),
]


@pytest.mark.parametrize(("text", "source", "content"), BEHIND_VICTIMS, ids=[case[1] for case in BEHIND_VICTIMS])
def test_the_phrase_between_the_last_commas_speaks(text: str, source: str, content: str, parse: Parse) -> None:
    document, syntax = parse(text)
    (found,) = find_attributions(document, syntax, ())
    assert (words(document, found.source), words(document, found.content)) == (source, content)


def test_a_subject_that_speaks_keeps_its_cue(parse: Parse) -> None:
    for text, source in (
        ("The leaders of France, Spain and Italy said the talks had failed.", "The leaders of France, Spain and Italy"),
        ("Ana Pires, the mayor of Beira, said the road was open.", "Ana Pires, the mayor of Beira"),
    ):
        document, syntax = parse(text)
        assert [words(document, one.source) for one in find_attributions(document, syntax, ())] == [source]


def test_a_role_with_a_name_speaks_under_the_name(parse: Parse) -> None:
    text = "Four nurses were freed, said the governor of Lwiro, Marie Kalala."
    document, syntax = parse(text)
    role = ActorMention(
        start=text.index("governor"), end=text.index("governor") + 8, text="governor", name="governor", key="governor"
    )
    (found,) = find_attributions(document, syntax, [role, person(text, "Marie Kalala")])
    assert (found.speaker, found.speaker_actor) == ("Marie Kalala", 1)


def test_the_owner_of_a_relative_in_the_source_is_not_the_speaker(parse: Parse) -> None:
    text = "Joana Pires, Rui Costa’s daughter, said the well was dry."
    document, syntax = parse(text)
    (found,) = find_attributions(document, syntax, [person(text, "Rui Costa")])
    assert found.speaker == "Joana Pires"


def test_the_family_of_the_dead_speaks_for_itself(parse: Parse) -> None:
    text = "The family of Ada Bello said the inquiry was late."
    document, syntax = parse(text)
    (found,) = find_attributions(document, syntax, [person(text, "family of Ada Bello")])
    assert (found.speaker, found.speaker_actor) == ("family of Ada Bello", None)


def test_a_lone_role_is_the_one_person_so_called_before(parse: Parse) -> None:
    text = "Deputy mayor Samuel Okafor visited the clinic. The deputy mayor said it would reopen."
    document, syntax = parse(text)
    (found,) = find_attributions(document, syntax, [person(text, "Samuel Okafor", "Deputy mayor")])
    assert found.speaker == "Samuel Okafor"


def test_a_lone_role_that_two_people_hold_is_no_one_s_name(parse: Parse) -> None:
    text = "Mayor Samuel Okafor met Mayor Ana Pires. The mayor said the talks went well."
    document, syntax = parse(text)
    actors = [person(text, "Samuel Okafor", "Mayor"), person(text, "Ana Pires", "Mayor")]
    (found,) = (one for one in find_attributions(document, syntax, actors) if words(document, one.cue) == "said")
    assert (found.speaker, found.speaker_actor) == ("mayor", None)


def test_the_deputy_is_not_the_governor(parse: Parse) -> None:
    text = "Governor Samuel Okafor left. The deputy governor said the road was cut."
    document, syntax = parse(text)
    (found,) = find_attributions(document, syntax, [person(text, "Samuel Okafor", "Governor")])
    assert found.speaker == "deputy governor"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Radio Orlu’s Ada Bello in Kano said the bridge was down.", "Ada Bello"),
        ("WHO said the clinics were full.", "WHO"),
        ("The fishermen in the delta said the boats were burned.", "fishermen"),
        ("One of the freed miners, Ivo Lukic, said the shaft was flooded.", "Ivo Lukic"),
        ("The wells are dry, according to villagers in Aleg.", "villagers"),
    ],
)
def test_speakers_without_an_actor_go_by_their_own_words(text: str, speaker: str, parse: Parse) -> None:
    document, syntax = parse(text)
    assert [one.speaker for one in find_attributions(document, syntax, ())] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Chad attacked the rebels near the lake.",
        "Chad attacked the rebels for three years.",
        "The rebels’ attack on the barracks lasted an hour.",
        "The gunmen committed a massacre in the valley.",
        "The prisoners were denied water.",
        "The war has claimed 900 lives.",
        "The ministry summoned the envoy to seek explanations for the raid.",
        "Chad recalled its envoy to show its displeasure.",
        "Chad justified its actions.",
        "The envoys spoke on Friday.",
        "Several delegates, speaking at a meeting, wore black.",
        "They broke the seal in order to enter the vault.",
        "There is little doubt that the bridge will fall.",
        "The town witnessed heavy clashes.",
    ],
)
def test_deeds_and_aims_are_no_attributions(text: str, parse: Parse) -> None:
    document, syntax = parse(text)
    assert find_attributions(document, syntax, ()) == ()


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Chad promised “serious consequences”.", "threatens"),
        ("Chad promised aid to the victims.", "promises"),
        ("Chad agreed to destroy its mines.", "promises"),
        ("Senator Ana Pires attacked Mayor Rui Costa over the budget.", "accuses"),
        ("The drought threatens the harvest.", None),
        ("The clashes signal a wider war.", None),
        ("The envoy asked whether the talks had failed.", None),
    ],
)
def test_stance_takes_someone_who_can_speak(text: str, stance: str | None, parse: Parse) -> None:
    document, syntax = parse(text)
    found = find_attributions(document, syntax, ())
    assert [one.stance for one in found][:1] in ([stance], [] if stance is None else [stance])


def test_what_the_narrator_misses_is_not_said(parse: Parse) -> None:
    document, syntax = parse("Several gunmen died, the army said, without specifying how many men it had lost.")
    assert [told(document, one) for one in find_attributions(document, syntax, ())] == [
        ("the army", "said", "Several gunmen died")
    ]


def test_a_statement_in_which_something_is_said(parse: Parse) -> None:
    for text, expected in (
        (
            "The navy told reporters in a statement that a patrol boat had sunk near Orlu.",
            ("The navy", "told", "that a patrol boat had sunk near Orlu"),
        ),
        (
            "The ministry in its statement on Thursday said the road was closed.",
            ("The ministry", "said", "the road was closed"),
        ),
    ):
        document, syntax = parse(text)
        assert [told(document, one) for one in find_attributions(document, syntax, ())] == [expected]


def test_a_letter_speaks_for_its_owner_and_not_for_whoever_spoke_last(parse: Parse) -> None:
    text = "Rui Costa said the mine was safe. The letter says that the shaft was unsafe."
    document, syntax = parse(text)
    assert [one.speaker for one in find_attributions(document, syntax, [person(text, "Rui Costa")])] == [
        "Rui Costa",
        "letter",
    ]
    text = "Ana Pires left the town. Her letter says that the shaft was unsafe."
    document, syntax = parse(text)
    at = text.index("Her")
    pires = person(text, "Ana Pires")
    her = ActorMention(start=at, end=at + 3, text="Her", name=pires.name, key=pires.key, antecedent=0)
    assert [one.speaker for one in find_attributions(document, syntax, [pires, her])] == ["Ana Pires"]


def test_no_one_says_nothing(parse: Parse) -> None:
    document, syntax = parse("No group has claimed responsibility for the blast.")
    assert [(one.speaker, one.stance) for one in find_attributions(document, syntax, ())] == [(None, None)]


def test_blame_is_laid_on_someone(parse: Parse) -> None:
    document, syntax = parse("Chad blamed the blast on a drone.")
    assert [told(document, one) for one in find_attributions(document, syntax, ())] == [
        ("Chad", "blamed", "the blast on a drone")
    ]


def test_added_words_and_paragraphs_of_quotation_keep_their_speaker(parse: Parse) -> None:
    text = (
        "“We heard two blasts,” Ada Bello, the head of the clinic, said. “Then the lights went out.”\n\n"
        "“Nobody came to help us. We waited all night.”\n\n"
        "The clinic had 40 beds, she added.\n\n"
        "Rui Costa later left the town."
    )
    document, syntax = parse(text)
    bello = person(text, "Ada Bello")
    at = text.index("she added")
    she = ActorMention(start=at, end=at + 3, text="she", name=bello.name, key=bello.key, antecedent=0)
    found = find_attributions(document, syntax, [bello, she])
    assert [(one.speaker, one.speaker_actor) for one in found] == [("Ada Bello", 0)] * 2
    assert words(document, found[0].content) == (
        "“We heard two blasts,” | “Then the lights went out.” | “Nobody came to help us. We waited all night.”"
    )
    assert words(document, found[1].content) == "The clinic had 40 beds"


def test_a_quotation_belongs_to_its_own_paragraph_s_cue(parse: Parse) -> None:
    text = "Ana Pires replied, “The bridge is ours.”\n\nRui Costa said the bridge was closed."
    document, syntax = parse(text)
    assert [told(document, one)[2] for one in find_attributions(document, syntax, ())] == [
        "“The bridge is ours.”",
        "the bridge was closed",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He had earlier put the number at five.", ("He", "had earlier put", "the number at five")),
        ("Health officials put the death toll at 40.", ("Health officials", "put", "the death toll at 40")),
        (
            '"We want no war," a harbour official told a foreign broadcaster, "but we are ready."',
            ("a harbour official", "told", '"We want no war," | "but we are ready."'),
        ),
        (
            "The minister accused Lipa of hiding 'at least a dozen' militants.",
            ("The minister", "accused", "Lipa of hiding 'at least a dozen' militants"),
        ),
    ],
)
def test_figures_and_torn_words(parse: Parse, text: str, expected: tuple[str, str, str]) -> None:
    document, syntax = parse(text)
    assert [told(document, found) for found in find_attributions(document, syntax, ())] == [expected]


def test_putting_something_somewhere_tells_no_words(parse: Parse) -> None:
    document, syntax = parse("He put the number at the top of the list. She set the total of crates as a barrier.")
    assert find_attributions(document, syntax, ()) == ()


def test_a_share_of_those_told_before_speaks_for_them(parse: Parse) -> None:
    text = "The miners, most of whom said they had lost their homes, went back."
    document, syntax = parse(text)
    (found,) = [each for each in find_attributions(document, syntax, ()) if each.speaker]
    assert found.speaker == "miners"


def test_what_only_shows_is_no_speaker(parse: Parse) -> None:
    document, syntax = parse("The drought shows that wells matter.")
    assert all(found.speaker is None for found in find_attributions(document, syntax, ()))
