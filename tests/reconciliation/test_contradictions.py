"""What two speakers say of one event and cannot both be true: found, told in a sentence, and not seen elsewhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import plain_document
from variorum.annotation.syntax import SpacyParser
from variorum.derivation import derive
from variorum.pipeline.annotator import Annotator, Layers, Work
from variorum.pipeline.references import reference_times
from variorum.reconciliation import reconcile
from variorum.reconciliation.contradiction_words import fits
from variorum.records import Annotation, Contradiction, Document

Fold = Callable[..., tuple[Contradiction, ...]]

DAY = "2031-04-11"


def documents(*texts: str, name: str = "d", days: Sequence[str] = ()) -> list[Document]:
    published = [*days, *[DAY] * len(texts)]
    return [
        plain_document(text, id=f"{name}{number}", published=published[number], outlet=f"{name} Post {number}")
        for number, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def annotator(parser: SpacyParser) -> Annotator:
    return Annotator(parser, Layers())


def annotated(annotator: Annotator, found: Sequence[Document]) -> dict[str, Annotation]:
    references = reference_times(found, derive(found))
    works = [Work(document=document, reference=references[document.id]) for document in found]
    return {annotation.document: annotation for annotation in annotator.annotate(works)}


@pytest.fixture(scope="module")
def fold(annotator: Annotator) -> Fold:
    def run(*texts: str, days: Sequence[str] = ()) -> tuple[Contradiction, ...]:
        found = documents(*texts, days=days)
        return reconcile(found, annotated(annotator, found), derive(found)).contradictions

    return run


DENIED = (
    "A bomb exploded at a bus station in Davao on Friday, killing six people. Police blamed the New People's Army for "
    "the bombing. The New People's Army denied any involvement in the attack."
)
AT_ODDS = [
    (
        "polarity",
        ["Russia's defence ministry said its forces captured the town of Huliaipole on Sunday. Ukraine's general staff "
         "denied that Russian forces had captured Huliaipole."],
        ("captured the town", "had captured"),
    ),
    (
        "polarity",
        ["Eritrea struck the Ethiopian town of Zalambessa with drones on Tuesday. Ethiopia's foreign ministry said the "
         "strike killed two children. Eritrea's foreign minister, Osman Tesfay, said none of the nationals of Ethiopia "
         "were targeted in the strike."],
        ("killed two children", "none of the nationals"),
    ),
    (
        "polarity",
        ["Colombia's government said Venezuelan soldiers crossed the border into Arauca on Tuesday and burned "
         "two farms.",
         "Venezuela's defence minister, Vladimir Padrino, said Venezuelan soldiers did not cross the border "
         "into Arauca on Tuesday."],
        ("crossed the border", "did not cross"),
    ),
    (
        "polarity",
        ["Poland accused Belarus of violating its airspace with two helicopters on Tuesday. The Belarusian defence "
         "ministry rejected the allegations."],
        ("violating its airspace", "the allegations"),
    ),
    (
        "polarity",
        ["Turkish warplanes bombed a Kurdish village near Kobani on Sunday, killing 11 civilians. Turkey denied "
         "bombing the village."],
        ("Turkish warplanes bombed", "bombing the village"),
    ),
    ("responsibility", [DENIED], ("for the bombing", "any involvement")),
    (
        "responsibility",
        ["A suicide bomber killed at least 20 people at a mosque in Kunduz on Friday. The Islamic State group claimed "
         "responsibility for the attack. The Taliban blamed the National Resistance Front for the bombing."],
        ("responsibility for the attack", "the National Resistance Front"),
    ),
    (
        "responsibility",
        ["The Kakhovka dam was blown up early on Tuesday. Ukraine's president, Volodymyr Zelensky, said Russian troops "
         "blew up the dam. Kremlin spokesman Dmitry Peskov said Ukrainian forces blew up the dam."],
        ("Russian troops", "Ukrainian forces"),
    ),
    (
        "number",
        ["Gunmen attacked the village of Kareto in Nigeria's Borno state on Monday. The governor of Borno, Babagana "
         "Zulum, said 30 people were killed in the attack.",
         "Gunmen attacked the village of Kareto in Nigeria's Borno state on Monday. A spokesman for the Nigerian army, "
         "Onyema Nwachukwu, said 8 people were killed in the attack."],
        ("30 people", "8 people"),
    ),
    (
        "role",
        ["Thailand's army said Cambodian troops attacked Thai soldiers near the temple of Ta Muen Thom on Thursday.",
         "Cambodia's defence ministry said Thai troops attacked Cambodian soldiers near the temple of Ta Muen Thom on "
         "Thursday."],
        ("Cambodian troops attacked", "Thai troops attacked"),
    ),
    (
        "place",
        ["Six teachers were kidnapped by gunmen in Kenya on Monday. Police chief Peter Otieno said the teachers were "
         "kidnapped in Garissa. Governor Ali Mohamed said the teachers were kidnapped in Lamu."],
        ("Garissa", "Lamu"),
    ),
    (
        "date",
        ["Shells hit the hospital in Sumy, killing four people. The mayor, Artem Kobzar, said the hospital was shelled "
         "on Wednesday. Ukraine's army said the hospital was shelled on Friday."],
        ("Wednesday", "Friday"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "texts", "words"), AT_ODDS, ids=[f"{i}-{row[0]}" for i, row in enumerate(AT_ODDS)])
def test_what_excludes_each_other_is_told_with_both_quotations(
    kind: str, texts: list[str], words: tuple[str, str], fold: Fold
) -> None:
    (found,) = fold(*texts)
    assert found.kind == kind
    assert {side.speaker for side in found.sides} - {None}
    for said in words:
        assert said in found.sentence
        assert any(said in side.quote for side in found.sides)
    for side in found.sides:
        for item in side.evidence:
            assert texts[int(item.document[1:])][item.start : item.end] in side.quote


NOT_AT_ODDS = {
    "denies another thing": (
        "Kenya's police said al-Shabaab fighters killed five people in Mandera on Monday. The interior ministry denied "
        "that a curfew had been imposed in Nairobi."
    ),
    "denies another attack": (
        "The governor said gunmen killed nine farmers in Zamfara on Monday. The army denied that gunmen had attacked a "
        "barracks in Kaduna."
    ),
    "denies what may come": (
        "Iran attacked two tankers in the Gulf of Oman, the United States said. Iran said it would not attack "
        "any ships unless it was attacked."
    ),
    "denies neither nor confirms": (
        "Iran's state television said an Israeli strike hit Isfahan on Friday. Israel neither confirmed nor denied the "
        "strike."
    ),
    "two deny alike": (
        "An explosion damaged a pipeline in the Baltic Sea on Monday. Russia denied involvement in the explosion. The "
        "United States also denied involvement in the explosion."
    ),
    "attack and reprisal": (
        "Pakistan's army said Afghan forces shelled Chaman on Monday, killing three people. Afghanistan's Taliban "
        "government said Pakistani warplanes bombed Khost on Tuesday, killing five."
    ),
    "two places on two days": (
        "Armenia said Azerbaijani forces shelled the village of Sotk on Monday. Azerbaijan said Armenian forces "
        "shelled the town of Kalbajar on Tuesday."
    ),
    "a part and the whole": (
        "An air strike hit a camp in Rafah on Sunday. The health ministry said 45 people were killed. The civil "
        "defence said 12 women and eight children were killed."
    ),
    "each its own dead": (
        "Azerbaijan and Armenia clashed near Jermuk on Tuesday. Armenia said 49 of its soldiers were killed. "
        "Azerbaijan said it lost 50 soldiers."
    ),
    "a figure within another": (
        "Rebels shelled Bunia on Tuesday. The mayor, Paul Kisa, said at least seven people were killed. The army said "
        "nine people were killed."
    ),
    "rejects a demand": (
        "Turkey demanded that Sweden hand over 30 militants on Monday. Sweden rejected the demand. Finland denied that "
        "it had received a similar request."
    ),
    "fighters and civilians": (
        "Kenyan jets bombed al-Shabaab camps in Gedo on Sunday. The Kenyan army said 30 militants were killed. It said "
        "no civilians were harmed."
    ),
}


@pytest.mark.parametrize("text", NOT_AT_ODDS.values(), ids=NOT_AT_ODDS)
def test_what_can_both_be_true_is_no_contradiction(text: str, fold: Fold) -> None:
    assert fold(text) == ()


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("Nepal said Indian guards had shot two farmers dead at Birgunj on Monday, which Delhi denies.", "India"),
        ("Chad accused Sudan of bombing the town of Tina on Friday, a charge that Khartoum rejected.", "Sudan"),
        (
            "Rebels said they had shot down a Malian helicopter near Kidal on Tuesday, something the army has denied.",
            "Malian military",
        ),
    ],
)
def test_a_denial_may_trail_what_it_denies(text: str, denier: str, fold: Fold) -> None:
    (found,) = fold(text)
    assert found.kind == "polarity"
    assert found.sides[1].speaker == denier
    assert not any(word in found.sides[0].quote for word in ("denies", "denied", "rejected"))


STRUCK = (
    "Rwandan aircraft struck the Congolese town of Minova on Tuesday, killing {dead} people, Governor Paul Kisa "
    "of Congo said.",
    "Rwanda's military said its aircraft struck the Congolese town of Minova on Tuesday. {denial}",
)


@pytest.mark.parametrize(
    "denial",
    [
        "A Rwandan military official denied that civilians had been the target.",
        "A Rwandan military official said the strike was never aimed at civilians.",
        "A Rwandan military official denied that it had deliberately hit civilians.",
        "A Rwandan military official denied targeting civilians.",
    ],
)
def test_what_was_meant_is_denied_and_no_toll(denial: str, fold: Fold) -> None:
    texts = [text.format(dead="nine", denial=denial) for text in STRUCK]
    assert fold(*texts) == ()


def test_that_none_were_struck_is_denied_against_a_toll(fold: Fold) -> None:
    denial = "A Rwandan military official said that no civilians had been harmed."
    (found,) = fold(*(text.format(dead="nine", denial=denial) for text in STRUCK))
    assert found.kind == "polarity"


def test_one_speaker_who_changes_the_account_contradicts_nobody(fold: Fold) -> None:
    before = "Israel's military said on Monday that it did not strike the school in Deir al-Balah."
    after = "Israel's military said on Wednesday that it struck the school in Deir al-Balah on Monday by mistake."
    assert fold(before, after, days=("2031-04-11", "2031-04-13")) == ()


def test_a_later_count_of_the_same_speaker_is_an_update(fold: Fold) -> None:
    first = "A bomb exploded in a market in Quetta on Monday. Police said 4 people were killed in the blast."
    later = "A bomb exploded in a market in Quetta on Monday. Police said the death toll had risen to 9 people."
    assert fold(first, later, days=("2031-04-11", "2031-04-12")) == ()


def test_a_copy_adds_evidence_and_no_contradiction(fold: Fold) -> None:
    (alone,) = fold(DENIED)
    (copied,) = fold(DENIED, DENIED)
    assert copied.sentence == alone.sentence
    assert [len(side.evidence) for side in copied.sides] == [2, 2]


@pytest.fixture(scope="module")
def collection(annotator: Annotator) -> tuple[list[Document], dict[str, Annotation]]:
    rows = [(f"{name}-", texts) for name, (_, texts, _) in enumerate(AT_ODDS)]
    found = [document for name, texts in rows for document in documents(*texts, name=name)]
    return found, annotated(annotator, found)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shuffler=st.randoms(use_true_random=False))
def test_no_order_of_documents_changes_them(
    collection: tuple[list[Document], dict[str, Annotation]], shuffler: random.Random
) -> None:
    found, annotations = collection
    expected = reconcile(found, annotations, derive(found))
    assert len({item.id for item in expected.contradictions}) == len(expected.contradictions) >= len(AT_ODDS)
    ids = {claim.id for claim in expected.claims}
    for item in expected.contradictions:
        assert item.event in {event.id for event in expected.events}
        assert all(side.claim is None or side.claim in ids for side in item.sides)
    shuffled = list(found)
    shuffler.shuffle(shuffled)
    turned = dict(sorted(annotations.items(), key=lambda item: shuffler.random()))
    assert reconcile(shuffled, turned, derive(shuffled)).contradictions == expected.contradictions


def test_two_figures_of_one_statement_are_two_contradictions(fold: Fold) -> None:
    found = fold(
        "A bomb tore through the central market in Davao on Friday. The governor, Ramon Ilagan, said at first that 30 "
        "people were killed in the blast and later that 47 people were killed.",
        "The army said 60 people were killed when a bomb exploded at the central market in Davao on Friday.",
    )
    assert len(found) == len({each.id for each in found}) == 2


@pytest.mark.parametrize("figure", ["fourteen", "six dead", "dozens", "at least 40 wounded"])
def test_a_bare_figure_counts_anyone(figure: str) -> None:
    assert fits(figure) == "anyone"
    assert fits(f"{figure} rebels") == "armed"
