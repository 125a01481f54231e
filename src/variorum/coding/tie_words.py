"""The words of ``data/coding-ties.toml``: by what words a text ties one happening to another."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from variorum.packaged import data_table


class Anaphor(NamedTuple):
    """Nouns that stand for what was told before, and the types that they may stand for; none: any."""

    nouns: frozenset[str]
    types: frozenset[str]


class TieWords(NamedTuple):
    """The data file, ready for use: lemmas by what they do, see the comments there."""

    reasons: frozenset[str]
    weak_reasons: frozenset[str]
    into: frozenset[str]
    out_of: frozenset[str]
    feelings: frozenset[str]
    about: frozenset[str]
    moved: frozenset[str]
    moved_by: frozenset[str]
    grounds: dict[str, frozenset[str]]
    wakes: dict[str, frozenset[str]]
    wholes: frozenset[str]
    prepositions: dict[str, frozenset[str]]
    answering: frozenset[str]
    answering_by: dict[str, frozenset[str]]
    back: frozenset[str]
    striking: frozenset[str]
    means: frozenset[str]
    provoking: frozenset[str]
    provoking_particles: dict[str, frozenset[str]]
    provoking_by: dict[str, frozenset[str]]
    driving: frozenset[str]
    naming: frozenset[str]
    citing: frozenset[str]
    grounding: frozenset[str]
    given_grounds: frozenset[str]
    blaming: frozenset[str]
    happening: frozenset[str]
    doing: frozenset[str]
    ordering: frozenset[str]
    judging: frozenset[str]
    taking: frozenset[str]
    offered: frozenset[str]
    anaphors: tuple[Anaphor, ...]
    holding: frozenset[str]
    again: frozenset[str]
    another: frozenset[str]
    also: frozenset[str]
    also_types: frozenset[str]
    likewise: frozenset[str]
    reciprocal: frozenset[str]
    reacting_types: frozenset[str]
    provoking_types: frozenset[str]


def _sets(table: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in table.items()}


@cache
def tie_words() -> TieWords:
    """The packaged words, read once a process. Raises `ModelError` where the file is missing or broken."""
    table = data_table("coding-ties.toml")
    reasons, answering, provoking = table["reasons"], table["answering"], table["provoking"]
    return TieWords(
        reasons=frozenset(reasons["nouns"]),
        weak_reasons=frozenset(reasons["weak"]),
        into=frozenset(reasons["into"]),
        out_of=frozenset(reasons["out_of"]),
        feelings=frozenset(table["feelings"]["nouns"]),
        about=frozenset(table["feelings"]["about"]),
        moved=frozenset(table["moved"]["words"]),
        moved_by=frozenset(table["moved"]["by"]),
        grounds=_sets(table["grounds"]),
        wakes=_sets(table["wakes"]),
        wholes=frozenset(table["wholes"]["nouns"]),
        prepositions=_sets(table["prepositions"]),
        answering=frozenset(answering["objects"]),
        answering_by=_sets(answering["obliques"]),
        back=frozenset(answering["back"]),
        striking=frozenset(answering["striking"]),
        means=frozenset(answering["means"]),
        provoking=frozenset(provoking["objects"]),
        provoking_particles=_sets(provoking["particles"]),
        provoking_by=_sets(provoking["obliques"]),
        driving=frozenset(provoking["driving"]),
        naming=frozenset(table["naming"]["verbs"]),
        citing=frozenset(table["naming"]["citing"]),
        grounding=frozenset(table["naming"]["grounding"]),
        given_grounds=frozenset(table["naming"]["grounds"]),
        blaming=frozenset(table["naming"]["blaming"]),
        happening=frozenset(table["carrying"]["happening"]),
        doing=frozenset(table["carrying"]["doing"]),
        ordering=frozenset(table["carrying"]["ordering"]),
        judging=frozenset(table["judging"]["acts"]),
        taking=frozenset(table["judging"]["offers"]),
        offered=frozenset(table["judging"]["offered"]),
        anaphors=tuple(Anaphor(frozenset(row["nouns"]), frozenset(row["types"])) for row in table["anaphors"].values()),
        holding=frozenset(table["holding"]["nouns"]),
        again=frozenset(table["again"]["adverbs"]),
        another=frozenset(table["again"]["determiners"]),
        also=frozenset(table["also"]["adverbs"]),
        also_types=frozenset(table["also"]["types"]),
        likewise=frozenset(table["likewise"]["adverbs"]),
        reciprocal=frozenset(table["likewise"]["reciprocal"]),
        reacting_types=frozenset(table["types"]["reacting"]),
        provoking_types=frozenset(table["types"]["provoking"]),
    )
