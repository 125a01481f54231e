"""The cue lexicon: which words give words or thoughts to someone, and in which frames."""

from __future__ import annotations

from functools import cache
from typing import Any

from variorum.packaged import data_table
from variorum.records import Record, Stance


class VerbEntry(Record, frozen=True, kw_only=True):
    """A verb's frames, each with the stance that the speaker takes in it. `prepositions` belong to the cue."""

    lemma: str
    frames: dict[str, Stance | None]
    prepositions: dict[str, Stance | None]
    addressee: bool = False


class Lexicon(Record, frozen=True, kw_only=True):
    """All cues. `forms` maps each inflected form of a verb to its lemma, so that no tagger's slip hides a cue."""

    verbs: dict[str, VerbEntry]
    forms: dict[str, str]
    raising: frozenset[str]
    raising_passives: frozenset[str]
    nouns: dict[str, Stance | None]
    adjectives: frozenset[str]
    adverbs: frozenset[str]
    views: frozenset[str]
    words: dict[str, frozenset[str]]


@cache
def load_lexicon() -> Lexicon:
    """The packaged lexicon (``data/attributions.toml``), read once."""
    data = data_table("attributions.toml")
    verbs = _verbs(data["verbs"])
    irregular = {lemma: forms.split() for lemma, forms in data["irregular"].items()}
    forms: dict[str, str] = {}
    raising = frozenset(data["raising"]["verbs"].split())
    passives = frozenset(data["raising"]["passives"].split())
    for lemma in sorted({*verbs, *raising, *passives}, key=lambda word: (word in verbs, word)):
        for form in _inflected(lemma, irregular.get(lemma)):
            forms[form] = lemma
    forms.update((lemma, lemma) for lemma in verbs)
    nouns = {lemma: table.get("stance") for table in data["nouns"] for lemma in table["lemmas"].split()}
    return Lexicon(
        verbs=verbs,
        forms=forms,
        raising=raising,
        raising_passives=passives,
        nouns=nouns,
        adjectives=frozenset(data["adjectives"]["lemmas"].split()),
        adverbs=frozenset(data["adverbs"]["lemmas"].split()),
        views=frozenset(data["according"]["heads"].split()),
        words={name: frozenset(listed.split()) for name, listed in data["words"].items()},
    )


def words(name: str) -> frozenset[str]:
    """One of the closed classes that the rules ask for by name."""
    return load_lexicon().words[name]


@cache
def speaking() -> frozenset[str]:
    """Nouns of those who speak and of what speaks for them."""
    return frozenset[str]().union(
        *(words(name) for name in ("roles", "institutions", "speakers", "voices", "documents"))
    )


def _verbs(tables: list[dict[str, Any]]) -> dict[str, VerbEntry]:
    """The verb classes turned into one entry a verb; the first class that gives a frame decides its stance."""
    frames: dict[str, dict[str, Stance | None]] = {}
    prepositions: dict[str, dict[str, Stance | None]] = {}
    addressees: set[str] = set()
    for table in tables:
        for lemma in table["lemmas"].split():
            frames.setdefault(lemma, {})
            prepositions.setdefault(lemma, {})
            if table.get("addressee"):
                addressees.add(lemma)
            for frame in table["frames"]:
                if frame.startswith("+"):
                    prepositions[lemma].setdefault(frame[1:], table.get("stance"))
                else:
                    frames[lemma].setdefault(frame, table.get("stance"))
    return {
        lemma: VerbEntry(
            lemma=lemma, frames=frames[lemma], prepositions=prepositions[lemma], addressee=lemma in addressees
        )
        for lemma in frames
    }


def _inflected(lemma: str, irregular: list[str] | None) -> list[str]:
    """The forms of an English verb by the rules of spelling, with the irregular past where there is one."""
    vowels = "aeiou"
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in vowels:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    doubled = next((form for form in irregular or () if form == lemma + lemma[-1] + "ed"), None)
    one_syllable = sum(letter in vowels for letter in lemma) == 1
    if lemma.endswith("e"):
        past, present = lemma + "d", (lemma if lemma.endswith("ee") else lemma[:-1]) + "ing"
    elif lemma.endswith("y") and lemma[-2] not in vowels:
        past, present = lemma[:-1] + "ied", lemma + "ing"
    elif doubled or (one_syllable and lemma[-1] in "bdgmnprt" and lemma[-2] in vowels and len(lemma) > 2):
        past, present = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        past, present = lemma + "ed", lemma + "ing"
    return [lemma, third, present, *(irregular or [past])]
