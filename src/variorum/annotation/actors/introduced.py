"""Names that the noun before them introduces: "the steel company Ostrava Works", "rebel group Ansar"."""

from __future__ import annotations

from variorum.records import Token
from variorum.world.actors import NamedActor
from variorum.world.names import name_key

from .drafts import Draft, DraftKind, Scene, slug
from .phrases import Phrase, describe, left_edge
from .vocabulary import singular

_INSIDE = frozenset({"of", "de", "del", "da", "do", "dos", "des", "du", "la", "el", "al", "and", "&", "for", "y", "e"})
_NO_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "QUANTITY", "ORDINAL"})
# Bodies with people beside them whose names follow as often: "told the court Amina Yusuf had fled".
_WITH_PEOPLE = frozenset({"court", "parliament", "congress", "senate", "council", "tribunal", "government", "office"})
# Nouns behind a name that say of what kind its bearer is.
_KINDS = frozenset(
    {"cartel", "gang", "network", "movement", "militia", "faction", "sect", "cult", "syndicate", "ring", "brotherhood",
     "coalition", "alliance", "charity", "foundation", "group", "organisation", "organization", "party", "newspaper",
     "daily", "weekly", "website", "channel", "broadcaster", "airline", "firm", "company", "collective", "front"}
)  # fmt: skip
_GROUPS = frozenset({"REB", "UAF", "PRM", "CRM", "PTY", "OPP"})


def find_introduced(scene: Scene) -> None:
    """Add each name that a noun for a body right before it says to be one, where the lexicon has no such name."""
    for token in scene.tokens[:-1]:
        if token.tag != "NN" or not token.text.islower() or singular(token.text) not in scene.words.telling:
            continue
        last = _name(scene, token.i + 1)
        if last is None:
            last = _longer(scene, token.i + 1)
        if last is None:
            continue
        phrase = describe(scene, token.i, left_edge(scene, token.i, last))
        if phrase is None or phrase.noun.kind != "body" or phrase.last != phrase.head or phrase.portfolio is not None:
            continue
        if phrase.noun.phrase not in _WITH_PEOPLE and scene.free(phrase.first, last):
            _add(scene, phrase, token.i + 1, last)


def find_kinds(scene: Scene) -> None:
    """Add each name that the noun behind it says to be a group: "the H-2 cartel", "the Sol Rojo network"."""
    for token in scene.tokens[1:]:
        if token.tag not in ("NN", "NNS") or not token.text.islower() or singular(token.text) not in _KINDS:
            continue
        first = token.i
        low, _ = scene.bounds(token.i)
        while first > low and _capital(scene, first - 1, "PERSON") and _ties(scene, first - 1, token.i):
            first -= 1
        after = scene.tokens[token.i + 1 : token.i + 2]
        if first == token.i or not scene.free(first, token.i) or (after and after[0].tag[:3] == "NNP"):
            continue
        if not any(t.tag in ("NNP", "NNPS") or any(map(str.isdigit, t.text)) for t in scene.tokens[first : token.i]):
            continue
        if scene.lexicon.known(name_key(scene.text(first, token.i - 1)) + "s"):
            continue  # "Panther militia" of the Panthers
        named = scene.places.get(scene.tokens[first].start)
        if named is not None and token.text not in ("cartel", "gang"):
            continue
        noun = scene.words.noun(token.text)
        if noun is None or noun.kind != "body" or token.tag == "NNS":
            continue
        name = scene.text(first, token.i)
        kind: DraftKind = "group" if noun.sector in _GROUPS or noun.sector == "UNK" else "organisation"
        sectors = (noun.sector,) if noun.sector != "UNK" else ()
        draft = Draft(
            first, token.i, token.i, "media" if noun.sector == "JRN" else kind, name, slug(name), None, sectors
        )
        draft.because("named before its kind", 0.7, noun.phrase)
        scene.add(draft)


def _ties(scene: Scene, i: int, noun: int) -> bool:
    token = scene.tokens[i]
    return i < token.head <= noun or token.tag == "HYPH" or scene.tokens[i + 1].tag == "HYPH"


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


def _longer(scene: Scene, first: int) -> int | None:
    """The last token of a name that holds a known actor's and goes on ("the weekly El Faro Libre"); what is known of
    its parts is dropped."""
    tokens, last = scene.tokens, first - 1
    _, high = scene.bounds(first)
    while last < high and tokens[last + 1].tag[:3] == "NNP" and tokens[last + 1].text[:1].isupper():
        last += 1
    parts = {id(m): m for i in range(first, last + 1) if (m := scene.matches.get(i)) is not None}
    if not parts or any(m.state is not None or (m.first <= first and m.last >= last) for m in parts.values()):
        return None
    if any(not isinstance(m.meaning.of, NamedActor) or m.last > last for m in parts.values()):
        return None
    entity = scene.entity.get(first)
    if entity is None or entity[:2] != (first, last):
        return None
    for match in parts.values():
        for i in range(match.first, match.last + 1):
            scene.matches.pop(i, None)
    return last


def _capital(scene: Scene, i: int, part: str = "") -> bool:
    token: Token = scene.tokens[i]
    if part and (token.tag == "HYPH" or (token.tag == "CD" and scene.tokens[i - 1].tag == "HYPH")):  # "Barrio-18"
        return i not in scene.matches
    if not token.text[:1].isupper() or token.tag[:2] not in ("NN", "FW" if part else "JJ", "FW") or scene.shouted(i):
        return False
    return i not in scene.matches and scene.entity.get(i, (0, 0, ""))[2] not in _NO_NAMES
