"""Changed facts: what stands for what in two accounts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.derivation import DerivationOptions
from variorum.derivation.alignment import Alignment
from variorum.derivation.differences import Differences
from variorum.derivation.lexicon import Lexicon
from variorum.derivation.reading import Reading
from variorum.derivation.units import units_of

from .reports import report

OPTIONS = DerivationOptions()


def changed(one: str, other: str) -> list[tuple[str, str, str]]:
    lexicon = Lexicon()
    documents = [report("a", one), report("b", other)]
    a, b = (Reading(unit, lexicon, OPTIONS) for document in documents for unit in units_of(document))
    return [
        (kind, mine.of(one), theirs.of(other)) for kind, mine, theirs in Differences(Alignment(a, b, OPTIONS)).facts()
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Raiders burned nine granaries at Maldera and wounded forty people, the governor said.",
            "The governor put the wounded at forty, and at eleven the granaries that raiders burned in Maldera.",
            [("number", "nine", "eleven")],
        ),
        (
            "The bridge at Orrin was blown up at half past two, ferrymen said.",
            "Ferrymen said that it was three in the afternoon when the bridge of Orrin was blown up.",
            [("date", "half past two", "three in the afternoon")],
        ),
        (
            "The depot was guarded by twenty-seven men of the garrison, said Captain Ilse Takor.",
            "Captain Irma Takor said 27 men of the garrison guarded the depot.",
            [("name", "Ilse Takor", "Irma Takor")],
        ),
        (
            "The ferry sank near Lissan with a cargo of salted herring, harbour officials said.",
            "With its cargo of salted herring the ferry sank near Maldera, said officials of the harbour.",
            [("place", "Lissan", "Maldera")],
        ),
        (
            "The garrison denied that its gunners had shelled the monastery orchard.",
            "Its gunners had shelled the monastery orchard, the garrison confirmed.",
            [("polarity", "garrison denied", "garrison confirmed")],
        ),
        (
            "The toll rose to 37, up from 23 given earlier by the district office.",
            "The district office gave the toll as 23.",
            [("number", "37", "23")],
        ),
        (
            "Shells fell on the fish market of Maldera; nobody was hurt, traders said.",
            "Traders said that shells fell on the fish market of Maldera and a porter was hurt.",
            [("polarity", "nobody was hurt", "hurt")],
        ),
        (
            "The blast damaged the mill, hurting nobody, and stopped the ferry.",
            "The blast stopped the ferry, damaged the mill and wounded a miller.",
            [("polarity", "hurting nobody", "wounded")],
        ),
        (
            "The garrison denies any part in the burning of the monastery orchard.",
            "The garrison no longer denies a part in the burning of the monastery orchard.",
            [
                (
                    "polarity",
                    "garrison denies any part in the burning of the monastery orchard",
                    "garrison no longer denies a part in the burning of the monastery orchard",
                )
            ],
        ),
        (
            "Envoys from Norway left the herring conference at Lissan.",
            "Envoys sent by Oslo left the herring conference at Lissan, and those from Denmark stayed.",
            [],
        ),
        ("A boy aged nine fled with two goats.", "With two goats fled a nine-year-old boy.", []),
    ],
)
def test_changed_facts(one: str, other: str, expected: list[tuple[str, str, str]]) -> None:
    assert changed(one, other) == expected


def test_figures_of_one_value_find_each_other_first() -> None:
    one = "Seven guards were killed at the depot, and of its porters nine died."
    assert changed(one, "Killed at the depot: nine porters; among the guards seven died.") == []


def test_figures_at_one_place_of_a_common_run_stand_for_each_other() -> None:
    one = "Seven guards were killed and nine guards were wounded at the depot."
    other = "Nine guards were killed and seven guards were wounded at the depot."
    assert sorted(changed(one, other)) == [("number", "Seven", "Nine"), ("number", "nine", "seven")]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="Ab no4 2.,-\n", max_size=80), st.text(alphabet="Ab to 42.:\n", max_size=80))
def test_every_span_lies_in_its_text(one: str, other: str) -> None:
    if units_of(report("a", one))[0].spans and units_of(report("b", other))[0].spans:
        assert all(a and b for _, a, b in changed(one, other))


def test_what_faces_each_other_comes_before_what_a_dropped_paragraph_had() -> None:
    one = (
        "The raiders burned nine boats in the harbour of Maldera before dawn.\n\n"
        "Police found twelve boats adrift in the harbour of Maldera on Monday morning."
    )
    other = "Police found fifteen boats adrift in the harbour of Maldera on Monday morning."
    assert changed(one, other) == [("number", "twelve", "fifteen")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "The raid killed 24 guards at the Maldera depot. Eighteen porters were wounded there.",
            "When it was over, 26 guards of the Maldera depot were dead and 22 porters hurt.",
            [("number", "24", "26"), ("number", "Eighteen", "22")],
        ),
        (
            "Ilse Takor, 57, a beekeeper of Maldera, was freed by the raiders.",
            "The raiders freed the beekeeper of Maldera, Ilse Takor. She was 59 and lame.",
            [("number", "57", "59")],
        ),
        (
            "Among the dead of the Maldera depot was Samer al-Takor, a rescue volunteer.",
            "A rescue volunteer, Anas al-Takor, was among the dead of the Maldera depot.",
            [("name", "Samer al-Takor", "Anas al-Takor")],
        ),
        (
            "There was little resistance when the raiders landed at the Maldera granary.",
            "There was much resistance when the raiders landed at the Maldera granary.",
            [("polarity", "little resistance", "much resistance")],
        ),
        (
            "The gate at Maldera opens for porters from 0900 until 1700.",
            "Porters may pass the gate at Maldera until 1800, and from 0900 on.",
            [("date", "1700", "1800")],
        ),
    ],
)
def test_harm_age_particles_opposites_and_hours(one: str, other: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(changed(one, other)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "A mine blew up a tanker on the road between Kessel and Amrat, killing the driver, Yusef Haddar, 41, and "
            "wounding two helpers, a hospital director said. The road has been closed since 14 March.",
            "Two helpers were wounded and the driver Yunus Haddar, aged 43, was killed when a tanker hit a mine "
            "between Kessel and Nimra, said the head of the hospital. Nothing has passed the road since 12 March.",
            {("number", "41", "43"), ("place", "Amrat", "Nimra"), ("date", "14 March", "12 March")}
            | {("name", "Yusef Haddar", "Yunus Haddar")},
        ),
        (
            "Parliament approved the pact by 71 votes to 40 late on Monday. The premier will sign it in Orren in June.",
            "The pact got 71 votes, with 44 against, when parliament voted on Monday evening. It is to be signed in "
            "Velden in July, by the premier.",
            {("number", "40", "44"), ("place", "Orren", "Velden"), ("date", "June", "July")},
        ),
        (
            "Colonel Marta Ilves said the patrol came under fire at 6:20 p.m. near the Parna ferry. Five men were "
            "hurt.",
            "The patrol was fired on near the Parna ferry at twenty to seven in the evening, said Colonel Marta Ilves. "
            "Six of her men were hurt.",
            {("date", "6:20 p.m", "twenty to seven in the evening"), ("number", "Five", "Six")},
        ),
        (
            "The convoy of twelve lorries reached Dobra at midday after a wait of six hours at the Narin checkpoint.",
            "After waiting six hours at the Narin checkpoint the convoy, twelve lorries, was in Dobra by noon.",
            set(),
        ),
        (
            "The truce between the two militias was extended on Sunday, the mediators said.",
            "The mediators said that the truce between the two militias was not extended on Sunday.",
            {
                (
                    "polarity",
                    "truce between the two militias was extended on Sunday",
                    "truce between the two militias was not extended on Sunday",
                )
            },
        ),
        (
            "The rebels lost no fighters in the assault on the barracks, their spokesman said.",
            "The rebels lost four fighters in the assault on the barracks, their spokesman admitted.",
            {
                (
                    "polarity",
                    "rebels lost no fighters in the assault on the barracks",
                    "rebels lost four fighters in the assault on the barracks",
                )
            },
        ),
    ],
)
def test_facts_of_retellings(one: str, other: str, expected: set[tuple[str, str, str]]) -> None:
    assert set(changed(one, other)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "The mill was searched by Sergeant Tomas Vell, who found two rifles under the floor.",
            "The mill was searched by Sergeant T. Vell, who found two rifles under the floor.",
            [],
        ),
        (
            "The bridge at Lissan was blown up before dawn by men in fishing boats, the ferry pilots said.",
            "The bridge at Lissan was blown up after dusk by men in fishing boats, the ferry pilots said.",
            [("date", "dawn", "dusk")],
        ),
        (
            "Raiders burned the boathouse at Lissan. No faction claimed responsibility. The pier was shut on Monday.",
            "Raiders burned the boathouse at Lissan. The Red Lantern claimed responsibility in a letter. The pier was"
            " shut on Monday.",
            [("polarity", "No faction claimed responsibility", "claimed responsibility")],
        ),
    ],
)
def test_initials_parts_of_the_day_and_deeds_of_nobody(
    one: str, other: str, expected: list[tuple[str, str, str]]
) -> None:
    assert changed(one, other) == expected
