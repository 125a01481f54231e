"""Words of harm in a sentence, phrases before single words, and what they say of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from variorum.records import TollKind

from .lexicon import Harm, Lexicon, word_set

HOLDING = word_set("hold holds held holding")
_ACCOUNTABLE = word_set("accountable responsible liable culpable talks hands up off out on")
_OVERWHELMING = word_set(
    """rubble debris snow mud avalanche avalanches landslide landslides mudslide mudslides slide collapse collapsed
    rock rocks under beneath alive wreckage sand quake earthquake hatchet differences"""
)


class Sighting(NamedTuple):
    """A word of harm: tokens ``[first, stop)`` and its readings."""

    first: int
    stop: int
    harms: tuple[Harm, ...]

    def reading(self, *roles: str) -> Harm | None:
        return next((harm for harm in self.harms if harm.role in roles), None)


def _is_figurative(words: Sequence[str], at: int) -> bool:
    """Whether a word of harm means something else by what stands near: "held accountable", "buried under rubble"."""
    if words[at].startswith("buri") or words[at].startswith("bury"):
        return bool(_OVERWHELMING & set(words))
    return words[at] in HOLDING and bool(_ACCOUNTABLE & set(words[at + 1 : at + 3]))


def together(one: Sighting, other: Sighting) -> TollKind | None:
    kinds = {s.harms[0].kind for s in (one, other) if s.harms}
    if len(kinds) == 2 and "casualties" in kinds:
        kinds.discard("casualties")
    if len(kinds) > 1:
        return "casualties"
    return min(kinds) if len(kinds) == 1 else None


def sightings(words: Sequence[str], lexicon: Lexicon) -> Iterator[Sighting]:
    """The words of harm of a sentence, phrases before single words."""
    at = 0
    while at < len(words):
        stop, harms = at + 1, lexicon.words.get(words[at], ())
        for parts, harm in lexicon.phrases.get(words[at], ()):
            if tuple(words[at : at + len(parts)]) == parts:
                stop, harms = at + len(parts), (harm,)
                break
        if harms and not _is_figurative(words, at):
            yield Sighting(at, stop, harms)
        at = stop
