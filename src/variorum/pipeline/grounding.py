"""No value without words: that what an edition shows of names, places and polarity stands in the texts that it names.

The rules look at characters alone and know nothing of how a value was found: a name is told where its words, another
name of the same state or body, or another form of it stand in the evidence, or, for one that is told by a pronoun or a
description, in the same text; what is said not to have happened has a word of negation or denial near it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from variorum.records import Evidence
from variorum.world.actors import ActorLexicon
from variorum.world.gazetteer import Gazetteer
from variorum.world.names import name_key, sound_key
from variorum.world.negation import negates
from variorum.world.states import State, States
from variorum.world.words import stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LIGHT = frozenset(("of", "the", "and", "for", "in", "on", "at", "to", "a", "an", "de", "la", "le", "al", "el", "s"))
_AROUND = 400  # characters before and after a mention in which what negates it stands: its sentence and the one before
_LONGEST = 5  # words of another name that is looked for
_STEM = 4  # letters that two forms of a word share at least ("Iran", "Iranian")
_FORCES = {
    "military": ["army", "armed", "forces", "force", "troops", "soldiers", "navy", "jets", "warplanes", "defence"]
}
"""Bodies that texts call by other words of their kind."""

TextOf = Callable[[str, str], str | None]
"""The text of a document's field ("text" or "title"); None where it is not there."""


class Grounding:
    """The rules over one edition's texts."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of

    def names(self, name: str, evidence: Iterable[Evidence]) -> bool:
        """Whether a name of someone, or of a place, is told by the evidence, or by the texts in which that stands."""
        places = list(evidence)
        if not (wanted := _content(name)):
            return True  # nothing in it can be looked for
        if any(_tells(wanted, name, self._at(item)) for item in places):
            return True
        whole = sorted({(item.document, field) for item in places for field in ("text", "title")})
        texts = [self._text_of(*each) or "" for each in whole]
        return any(_tells(wanted, name, text) for text in texts) or any(_aliased(name, text) for text in texts)

    def place(self, name: str, evidence: Iterable[Evidence]) -> bool:
        """Whether a place is told by the evidence: by its name, by another one that the gazetteer has for it, or, where
        it is a state, by that of a place which the gazetteer has in it."""
        places = list(evidence)
        if self.names(name, places):
            return True
        told = [self._at(item) for item in places]
        hits = (hit for words in told for find in (_gazetteer().find, _gazetteer().sounds_like) for hit in find(words))
        states = {state.iso2 for state in _states(name)}
        return any(hit.place.name == name or hit.place.country in states for hit in hits)

    def negated(self, document: str, start: int, end: int) -> bool:
        """Whether a word that negates or denies stands near the characters of a text."""
        text = self._text_of(document, "text") or ""
        near = text[max(0, start - _AROUND) : end + _AROUND].casefold().replace("’", "'")
        words = _WORD.findall(near)
        return any(negates(word) for word in words)

    def _at(self, item: Evidence) -> str:
        return (self._text_of(item.document, item.field) or "")[item.start : item.end]


def _content(name: str) -> list[str]:
    return [word for word in _WORD.findall(name_key(name)) if word not in _LIGHT]


def _tells(wanted: list[str], name: str, text: str) -> bool:
    here = _words_in(text)
    if not here:
        return False
    if _stands(wanted[-1], here) or 2 * sum(_stands(word, here) for word in wanted) >= len(wanted):
        return True  # a surname, or half of a name that is told in another form
    return any(other in here for other in _other_words(name)) or _initials(wanted) & here != set()


def _aliased(name: str, text: str) -> bool:
    """Whether a text has another name of what the world's lexicon calls so ("FSB")."""
    words = _WORD.findall(text)
    lexicon = ActorLexicon.load()
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + _LONGEST) + 1):
            key = name_key.__wrapped__(" ".join(words[first:last]))
            if lexicon.known(key) and any(meaning.of.name == name for meaning in lexicon.meanings(key)):
                return True
    return False


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


@lru_cache(512)
def _words_in(text: str) -> frozenset[str]:
    key = name_key.__wrapped__  # texts are no names to be kept
    return frozenset(_WORD.findall(key(text))) | frozenset(_WORD.findall(key(text.replace("-", ""))))


def _stands(word: str, here: frozenset[str]) -> bool:
    """Whether a word stands there in any form: the same stem, or another spelling of the same sound."""
    if word in here:
        return True
    root, sound = stem(word), sound_key(word)
    shared = max(_STEM, len(word) - 3)
    return any(
        stem(other) == root or (len(word) >= _STEM and (other.startswith(word[:shared]) or sound_key(other) == sound))
        for other in here
    )


def _initials(wanted: list[str]) -> frozenset[str]:
    return frozenset({"".join(word[0] for word in wanted)}) if len(wanted) > 1 else frozenset()


@lru_cache(4096)
def _other_words(name: str) -> frozenset[str]:
    """The words of all names of the states that a name has in it: their adjectives, peoples, capitals, seats."""
    found: set[str] = set()
    for state in _states(name):
        for each in (*state.names, *state.adjectives, *state.demonyms, *state.capitals, *state.metonyms):
            found.update(_content(each))
    for word in _content(name):
        found.update(_FORCES.get(word, ()))
    return frozenset(found)


def states_in(name: str) -> frozenset[str]:
    """The states (alpha-3) that a name has in it ("Kenyan military")."""
    return frozenset(state.iso3 for state in _states(name) if state.iso3 is not None)


def _states(name: str) -> list[State]:
    words = re.findall(r"[^\s()]+", name)
    stretches = ((a, b) for a in range(len(words)) for b in range(a + 1, min(len(words), a + _LONGEST + 1) + 1))
    return [state for a, b in stretches for state, _ in States.load().find(" ".join(words[a:b]))]
