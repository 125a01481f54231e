"""What a word is, for the conditions of patterns that ask for a sort of thing and not for words: ``%person``.

    %named      stands in a name of an actor or a place
    %someone    a person, a group or anything that is named, a pronoun for persons, a bare number ("killed four")
    %solid      what can be hit: someone, or a thing, a place, an animal
    %person …   the sort of a noun ("artifact", "location", "communication" …), as WordNet has it
    %military … the sorts of person that it names ("police", "combatant", "leader", "politician" …)

A word that is not in WordNet has no sort, and meets only ``%named``.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from variorum.records import Token
from variorum.world.nouns import find_noun

_SOLID = frozenset({"person", "group", "artifact", "location", "object", "animal", "body"})
_ACTOR = frozenset({"%named", "%someone", "%solid"})
_PLACE = frozenset({"%named", "%solid", "%location"})
_PERSONAL = frozenset({"he", "him", "she", "her", "they", "them", "we", "us", "i", "me", "who", "whom", "those",
                       "others", "anyone", "everyone", "someone", "somebody", "nobody"})  # fmt: skip
_SOMEONE = frozenset({"%someone", "%solid"})


def sorts_of(token: Token, actors: Collection[int], places: Collection[int] = ()) -> frozenset[str]:
    """The marks of the sorts that a token's word belongs to; `actors` and `places` are the tokens of their names."""
    found = _of_word(token.lemma.lower(), token.pos)
    if token.i in actors:
        found = found | _ACTOR
    return found | _PLACE if token.i in places else found


@lru_cache(maxsize=16_384)
def _of_word(lemma: str, pos: str) -> frozenset[str]:
    if pos == "NUM" or lemma in _PERSONAL:
        return _SOMEONE
    noun = find_noun(lemma) if pos in ("NOUN", "PROPN", "ADJ") else None
    if noun is None:
        return frozenset()
    found = {f"%{noun.sort}", *(f"%{name}" for name in noun.classes)}
    if noun.sort in _SOLID:
        found.add("%solid")
    if noun.sort in ("person", "group"):
        found.add("%someone")
    return frozenset(found)
