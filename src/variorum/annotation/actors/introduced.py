"""Names that the noun before them introduces: "the steel company Ostrava Works", "rebel group Ansar"."""

from __future__ import annotations

from variorum.records import Token

from .drafts import Draft, DraftKind, Scene, slug
from .phrases import Phrase, describe, left_edge
from .vocabulary import singular

_INSIDE = frozenset({"of", "de", "del", "da", "do", "dos", "des", "du", "la", "el", "al", "and", "&", "for", "y", "e"})
_NO_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "QUANTITY", "ORDINAL"})
# Bodies with people beside them whose names follow as often: "told the court Amina Yusuf had fled".
_WITH_PEOPLE = frozenset({"court", "parliament", "congress", "senate", "council", "tribunal", "government", "office"})
_GROUPS = frozenset({"REB", "UAF", "PRM", "CRM", "PTY", "OPP"})


def find_introduced(scene: Scene) -> None:
    """Add each name that a noun for a body right before it says to be one, where the lexicon has no such name."""
    for token in scene.tokens[:-1]:
        if token.tag != "NN" or not token.text.islower() or singular(token.text) not in scene.words.telling:
            continue
        last = _name(scene, token.i + 1)
        if last is None:
            continue
        phrase = describe(scene, token.i, left_edge(scene, token.i, last))
        if phrase is None or phrase.noun.kind != "body" or phrase.last != phrase.head or phrase.portfolio is not None:
            continue
        if phrase.noun.phrase not in _WITH_PEOPLE and scene.free(phrase.first, last):
            _add(scene, phrase, token.i + 1, last)


def _add(scene: Scene, phrase: Phrase, first: int, last: int) -> None:
    name = scene.text(first, last)
    kind: DraftKind = "organisation"
    if phrase.noun.sector == "JRN":
        kind = "media"
    elif phrase.sectors[:1] and phrase.sectors[0] in _GROUPS:
        kind = "group"
    country = phrase.state.iso3 or phrase.state.parent if phrase.state is not None else phrase.country
    draft = Draft(phrase.first, last, scene.head(first, last), kind, name, slug(name), country, phrase.sectors)
    draft.because("introduced by a noun", 0.8, phrase.noun.phrase)
    scene.add(draft)


def _name(scene: Scene, first: int) -> int | None:
    """The last token of the name that begins at a token; None where what stands there is none of the noun's."""
    tokens = scene.tokens
    if not _capital(scene, first) or scene.sentence[first] != scene.sentence[first - 1]:
        return None
    words = scene.words
    word = tokens[first].text.lower().rstrip(".")
    noun = words.noun(word)
    if word in words.honorifics or (noun is not None and noun.kind == "people"):
        return None
    last = first
    _, high = scene.bounds(first)
    while last < high:
        after = last + 1
        if tokens[after].text.lower() in _INSIDE and after < high and _capital(scene, after + 1):
            same = scene.entity.get(last, (0, 0, ""))[:2] == scene.entity.get(after + 1, (1, 1, ""))[:2]
            if not same:
                break
            last = after + 1
        elif _capital(scene, after) and tokens[after - 1].tag != "POS":
            last = after
        else:
            break
    if last < high and tokens[last + 1].tag == "POS":
        return None
    return last


def _capital(scene: Scene, i: int) -> bool:
    token: Token = scene.tokens[i]
    if not token.text[:1].isupper() or token.tag[:2] not in ("NN", "JJ", "FW") or scene.shouted(i):
        return False
    return i not in scene.matches and scene.entity.get(i, (0, 0, ""))[2] not in _NO_NAMES
