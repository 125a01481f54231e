"""Words of English as every stage may weigh them: without inflection, and by how common they are."""

from __future__ import annotations

from functools import cache

from variorum.packaged import data_lines


def stem(word: str) -> str:
    """A word without its English inflection: a light suffix stripper, so that "targeting" meets "targeted".

    After the S stemmer of Harman (1991), "How effective is suffixing?", with -ing, -ed and -ly added.
    """
    if len(word) <= 3 or word[0].isdigit():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix, least in (("ing", 6), ("ed", 5), ("ly", 6)):
        if word.endswith(suffix) and len(word) >= least:
            word = word[: -len(suffix)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] in "ey" else word


@cache
def word_ranks() -> dict[str, int]:
    """Stem → its place among the stems of English by frequency, from 1. Raises ModelError where the file is missing or
    malformed."""
    return {stem: place for place, stem in enumerate(data_lines("rarity.txt.gz"), 1)}
