"""Whom and what a pronoun may mean beside the actors: "her husband", "the passengers", a town, a letter.

They are no mentions of their own; one that a pronoun or a description turns out to mean becomes one.
"""

from __future__ import annotations

from variorum.records import Token

from .cues import cues
from .drafts import Draft, DraftKind, Gender, Scene, slug
from .phrases import left_edge
from .vocabulary import Noun, singular

_MODIFIES = frozenset({"compound", "nmod", "amod", "npadvmod", "det", "quantmod", "advmod", "nummod", "predet"})
_NAMES = frozenset({"NNP", "NNPS"})
_TIMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ROLES = ("name", "capital", "metonym")


def unnamed(scene: Scene, token: Token, things: bool = True) -> Draft | None:
    """Whom or what the noun phrase with this head names; None where it names nothing that "it" or "they" may mean, or
    what is no actor and `things` are not asked for."""
    if token.tag not in ("NN", "NNS", "NNP", "NNPS") or token.i in scene.claimed:
        return None
    if token.dep in _MODIFIES and token.head > token.i:
        return None
    match = scene.matches.get(token.i)
    if match is not None and match.state is not None:
        return _state(scene, token)
    entity = scene.entity.get(token.i)
    label = entity[2] if entity is not None else ""
    if label in _TIMES:
        return None
    if token.tag in _NAMES and (named := _named(scene, token, label)) is not None:
        return named
    return _noun(scene, token, things)


def _state(scene: Scene, token: Token) -> Draft | None:
    """A state or its capital, told of as a place so far: "in Macedonia"."""
    match = scene.matches[token.i]
    state = match.state
    if (
        state is None
        or match.meaning.role not in _ROLES
        or match.last != token.i
        or not scene.free(match.first, match.last)
    ):
        return None
    draft = Draft(match.first, match.last, scene.head(match.first, match.last), "state", state.name, slug(state.name))
    draft.country, draft.sectors, draft.silent = state.iso3 or state.parent, ("GOV",), True
    return draft


def _named(scene: Scene, token: Token, label: str) -> Draft | None:
    """A name that no table has, with all its words; a noun that says what it is decides ("the Nahda society")."""
    noun = scene.words.noun(token.text)
    first, last = token.i, token.i
    if (entity := scene.entity.get(token.i)) is not None and scene.free(entity[0], entity[1]):
        first, last = entity[0], entity[1]
        while first < last and scene.tokens[first].tag in ("DT", "PRP$", "IN", "CD"):
            first += 1
        while last > token.i and scene.tokens[last].tag in ("POS", "'", ","):
            last -= 1
    else:
        first = left_edge(scene, token.i)
    kind: DraftKind = "thing"
    if noun is not None and noun.kind != "people":
        kind = _kind(noun, plural=False)
    elif label == "PERSON":
        kind = "person"
    elif label in ("ORG", "NORP") or (label not in _PLACES and _utters(scene, token)):
        kind = "organisation"
    if not scene.free(first, last):
        return None
    text = scene.shown(first, last)
    draft = Draft(first, last, token.i, kind, text, slug(text), silent=True)
    draft.plural = token.tag == "NNPS" and kind == "thing"
    return draft


def _utters(scene: Scene, token: Token) -> bool:
    if token.dep not in ("nsubj", "poss"):
        return False
    verb = scene.tokens[token.head]
    return scene.words.is_verb(verb, scene.words.say) or scene.words.is_verb(verb, scene.words.govern)


def _kind(noun: Noun, plural: bool) -> DraftKind:
    if noun.kind == "people":
        return "people" if plural else "person"
    if noun.kind == "body" and plural:
        return "people"
    if noun.kind == "body" and noun.sector in ("REB", "UAF", "PRM", "CRM", "UNK", "PTY"):
        return "group"
    return noun.kind


def _noun(scene: Scene, token: Token, things: bool) -> Draft | None:
    """Persons, groups and things by a noun. "The passengers", "a husband", "the column"."""
    word = singular(token.text.lower())
    plural = token.tag in ("NNS", "NNPS")
    noun = scene.words.noun(token.text)
    told = cues()
    kind: DraftKind = "thing"
    if noun is not None:
        kind = _kind(noun, plural)
    elif word in told.persons or _is_who(scene, token):
        kind = "people" if plural else "person"
    elif word in told.groups:
        kind = "people" if plural else "group"
    if kind == "thing" and not things:
        return None
    first = left_edge(scene, token.i)
    if not scene.free(first, token.i):
        first = token.i
    text = scene.text(first, token.i)
    draft = Draft(first, token.i, token.i, kind, text, slug(text), generic=True, plural=plural, silent=True)
    draft.noun = word
    draft.gender = _gender(scene, word) if kind == "person" else None
    if noun is not None and noun.sector != "UNK":
        draft.sectors = (noun.sector,)
    elif kind in ("person", "people"):
        draft.sectors = ("CVL",)
    return draft


def _is_who(scene: Scene, token: Token) -> bool:
    """Whether a clause behind a noun says that it is a person: "newcomers who", "the eldest, whom"."""
    for clause in scene.syntax.children(token.i, "relcl"):
        low = scene.syntax.subtree_tokens(clause.i).start
        if any(t.text.lower() in ("who", "whom") for t in scene.tokens[low : low + 3]):
            return True
    return False


def _gender(scene: Scene, word: str) -> Gender | None:
    told = cues()
    if word in scene.words.male or word in told.male:
        return "male"
    return "female" if word in scene.words.female or word in told.female else None
