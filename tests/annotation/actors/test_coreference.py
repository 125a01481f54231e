"""Who pronouns and bare definites mean, in short texts of our own."""

from __future__ import annotations

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.records import ReferenceTime
from variorum.world.actors import ActorLexicon
from variorum.world.names import name_key

DAY = ReferenceTime(basis="published", earliest="2024-06-01", latest="2024-06-01")

# The text; then each expression with the name that it must have. A number after # counts mentions of one spelling.
TEXTS: list[tuple[str, dict[str, str]]] = [
    (
        "Rwanda's president, Paul Kagame, dismissed the report. He told reporters that Kigali had no troops there.",
        {"He": "Paul Kagame", "Kigali": "Rwanda"},
    ),
    (
        "The Ugandan army said it had killed the commander of the Allied Democratic Forces. It did not name him.",
        {"it": "Ugandan military", "It": "Ugandan military"},
    ),
    (
        "Hungary's foreign ministry summoned Ukraine's ambassador. "
        "The ministry said the envoy had insulted the prime minister.",
        {"ministry": "Ministry of Foreign Affairs (Hungary)", "envoy": "Ukrainian ambassador"},
    ),
    (
        "Al-Shabaab claimed the bombing. The group, which controls much of the south, said its men would strike again.",
        {"group": "Al-Shabaab", "which": "Al-Shabaab", "its": "Al-Shabaab"},
    ),
    (
        "Thai police arrested an activist who had led protests. She was charged with sedition, her lawyer said.",
        {"who": "activist", "She": "activist", "her": "activist"},
    ),
    (
        "Gustavo Petro met Nicolás Maduro in Caracas. The Colombian president said he would reopen the border.",
        {"Colombian president": "Gustavo Petro", "he": "Gustavo Petro"},
    ),
    ("The Kremlin denied the claim. It accused Kyiv of spreading lies.", {"It": "Russia", "Kyiv": "Ukraine"}),
    (
        "Sierra Leone declared a curfew after gunmen attacked a barracks. The country has been tense since.",
        {"country": "Sierra Leone"},
    ),
    (
        "The New People's Army ambushed troops in Samar; the guerrillas lost two of their own.",
        {"guerrillas": "New People's Army", "their": "New People's Army"},
    ),
    (
        "Nepal's army chief met India's defence minister, Rajnath Singh. Singh thanked him.",
        {"Singh": "Rajnath Singh", "him": "Nepali army chief"},
    ),
    (
        "Amnesty International said Egypt had detained dozens. The organisation called on Cairo to free them.",
        {"organisation": "Amnesty International", "Cairo": "Egypt"},
    ),
    (
        "Libya's coast guard rescued 90 migrants. It said they had set off from Zuwara.",
        {"It": "Libyan coast guard", "they": "migrants"},
    ),
    ("Moldova condemned the raid. Its foreign ministry said the country was calm.", {"country": "Moldova"}),
    (
        "“The group has camps there,” Benin's defence minister, Fortunet Nouatin, said. "
        "The minister said he had warned Niger.",
        {"minister": "Fortunet Nouatin", "he": "Fortunet Nouatin"},
    ),
    (
        "Serbia's president sacked the army chief, Gen. Dragan Ilić, on Monday. The former army chief, whose "
        "successor is Goran Pavić, left by a side door. The new army chief promised order.",
        {"former army chief": "Dragan Ilić", "whose": "Dragan Ilić"},
    ),
    (
        "Viktor Lukash resigned as premier on Friday, and Andrei Baranov was sworn in. "
        "The new premier, he said, would have an easy time.",
        {"new premier": "Andrei Baranov"},
    ),
    (
        "Norway's foreign minister, Ingrid Halvorsen, met her Danish counterpart, Lars Brandt. "
        "Brandt listened. The minister then flew home.",
        {"her": "Ingrid Halvorsen", "minister": "Lars Brandt"},
    ),
    (
        "Migrants reached Slovenia from Croatia. Slovenia said the neighbour had sent them.",
        {"neighbour": "Croatia"},
    ),
    (
        "Nacera hid with her aunt Fatiha under a table; the older woman held her hand.",
        {"older woman": "Fatiha"},
    ),
    (
        "Police arrested a Canadian scholar, Michael Tremblay, in Xiamen. The Canadian teaches history.",
        {"Canadian": "Michael Tremblay"},
    ),
    (
        "Protesters gathered near the Peruvian embassy in Quito. The embassy said it would close.",
        {"embassy": "Peruvian embassy", "it": "Peruvian embassy"},
    ),
    (
        "The president and the premier of Samoa met. Tavita Leota and Sione Faleolo shook hands in Apia. "
        "The former smiled; the latter did not.",
        {"former": "Tavita Leota", "latter": "Sione Faleolo"},
    ),
    (
        "The National Front for the Liberation of Kavango claimed the raid. The FNLK said it had lost nobody.",
        {"FNLK": "National front", "it": "National front"},
    ),
    (
        "The Congolese army lost Kolwezi to the Lualaba Front. “They took our radios,” said Jean Mwamba, a colonel of "
        "the army.",
        {"They": "Lualaba Front"},
    ),
    (
        "Georgia had opened the dam, Armenia said. Georgia, it added, was to blame.",
        {"it": "Armenia"},
    ),
    (
        "Uganda's government ordered the Red Cross to leave; it wanted it gone by June.",
        {"Red Cross": "International Committee of the Red Cross"},
    ),
    (
        "Mali's army said it was ready to talk to the rebels.",
        {"it": "Malian military"},
    ),
    (
        "Samuel Kiprono was shot on Monday. His brother said he had been threatened.",
        {"he": "Samuel Kiprono"},
    ),
    (
        "Kenya's opposition leader, Peter Otieno, met President Samuel Kiprono. He said he was ready to talk.",
        {"He": "Peter Otieno"},
    ),
    (
        "A policeman shot Yusuf Karim. Yusuf Karim, a baker whose shop is near, lived.",
        {"whose": "Yusuf Karim"},
    ),
    (
        "The captain, Félix Houngbo, hunted Idris Gbagbo all day. Houngbo found him asleep in a studio.",
        {"him": "Idris Gbagbo"},
    ),
    (
        "The Lualaba Front held forty marchers for a week. Most of them had died by Monday.",
        {"them": "marchers"},
    ),
    (
        "Paulo Neves told a crowd that the thief, Mr Sela, had fled. The thief was seen in Lagos.",
        {"thief": "Sela"},
    ),
    (
        "Archbishop Emmanuel Kito was beaten in Goma after he preached against President Cyrille Mata. "
        "The president's office said he had not been told. The prelate wept.",
        {"prelate": "Emmanuel Kito"},
    ),
    (
        "Rosa Pineda asked Ana Restrepo what she knew.",
        {"she": "Ana Restrepo"},
    ),
    (
        "Pilar Rueda telephoned her Icelandic colleague, Jón Berg.",
        {"her": "Pilar Rueda"},
    ),
]

EMPTY = [
    "The front's spokesman said it was drunkards that the men had aimed at.",
    "The Polisario Front wants it known that the truce is over.",
    "It gives the ministry no joy to say so.",
    "Kenya's government said it was a matter for the courts.",
    "The army arrived late; it took six hours to reach the village.",
]


@pytest.mark.parametrize("text", EMPTY, ids=[text[:40] for text in EMPTY])
def test_it_that_stands_for_nothing(parse: Parse, text: str) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert not [m for m in mentions if m.text.lower() == "it"]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text[:40] for text, _ in TEXTS])
def test_antecedents(parse: Parse, text: str, expected: dict[str, str]) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    told = [(m.text, m.name, m.antecedent) for m in mentions]
    for span, name in expected.items():
        found = [m for m in mentions if m.text == span]
        assert found, (span, told)
        assert name_key(found[0].name) == name_key(name), (span, told)


def test_what_no_rule_settles_stays_out(parse: Parse) -> None:
    document, syntax = parse("It was raining in Accra. Kofi and Ama met. It is said that he left.")
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert not [m.text for m in mentions if m.text in ("It", "he")]


# Ordinary reports of two of a kind, and those whom no table names.
MORE: list[tuple[str, dict[str, str]]] = [
    (
        "The trade minister, Lena Fischer, met her brother Paul on Sunday. He runs a bakery in Graz.",
        {"He": "Paul"},
    ),
    ("Her husband was shot at a checkpoint on Monday. He died in hospital, she said.", {"He": "husband"}),
    (
        "Passengers ran from the burning bus. They broke the windows with their shoes.",
        {"They": "passengers", "their": "passengers"},
    ),
    ("Bahrain expelled an envoy of Iran. Iran protested. The kingdom said it wanted peace.", {"kingdom": "Bahrain"}),
    (
        "Peru and Ecuador agreed on the border. The smaller country said it would withdraw first.",
        {"country": "Ecuador"},
    ),
    (
        "Amber Leaf, a tea company, denied the charge. It said it had paid nobody.",
        {"It": "Amber Leaf"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), MORE, ids=[text[:40] for text, _ in MORE])
def test_antecedents_that_no_table_names(parse: Parse, text: str, expected: dict[str, str]) -> None:
    document, syntax = parse(text)
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    for span, name in expected.items():
        found = next((m for m in mentions if m.text == span), None)
        assert found is not None, (span, [(m.text, m.name) for m in mentions])
        assert name_key(found.name) == name_key(name), (span, [(m.text, m.name) for m in mentions])


def test_things_are_no_actors(parse: Parse) -> None:
    document, syntax = parse(
        "A lorry crashed near Graz on Monday. It had lost a wheel. The letter was long; she signed it."
    )
    mentions = find_actors(document, syntax, (), DAY, ActorLexicon.load())
    assert not [m.text for m in mentions if m.text.lower() == "it"]
