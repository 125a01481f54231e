"""Whom what they serve in or on tells: crews are of their craft's country, and of the armed forces where it is; those
at an embassy are of the state whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Token
from variorum.world.states import State

from .belonging import DERIVED, give
from .drafts import Draft, Scene
from .phrases import AWAY
from .vocabulary import singular
from .wording import wording

ABOARD, POSTED = "country of the craft", "country of the embassy"
_REACH = 3  # sentences back in which the craft is told of


def tell_crews(scene: Scene) -> None:
    """Give captains, pilots and crews the sector and the country that the craft nearest to them tells."""
    words = wording().craft
    for draft in scene.drafts:
        if draft.link is not None or draft.phrase is None or draft.phrase.noun.phrase not in words["crew"]:
            continue
        if draft.sector not in ("MIL", "CVL", "LAB", None) or draft.phrase.owner is not None:
            continue
        near = list(_crafts(scene, draft))
        _serve(scene, draft, near)
        told = {feature.name for feature in draft.why}
        if draft.phrase.state is None and not told & {DERIVED, "known person"}:
            state = next((state for token in near if (state := _flag(scene, token)) is not None), None)
            if state is not None:
                give(scene, draft, state)
                draft.because(ABOARD, 0.7, state.name)


def _serve(scene: Scene, draft: Draft, near: list[Token]) -> None:
    words, phrase = wording().craft, draft.phrase
    if phrase is None or any(scene.words.modifiers.get(word) for word in phrase.modifiers):
        return
    told = [*phrase.modifiers, *(singular(token.text.lower()) for token in near)]
    kind = next((kind for word in told for kind in ("war", "trade") if word in words[kind]), None)
    if kind is None and phrase.noun.phrase == "sailor" and phrase.state is not None:
        kind = "war"  # a state's sailors
    if kind is None:
        return
    draft.sectors = ("MIL",) if kind == "war" else ("LAB",)
    draft.because("aboard a craft", 0.7, kind)


def _crafts(scene: Scene, draft: Draft) -> Iterator[Token]:
    """The words for craft around a mention: those before it, the nearest first, then those after it in its sentence."""
    kinds = wording().craft
    low = scene.sentence[draft.head]
    i = draft.first - 1
    while i >= 0 and low - scene.sentence[i] <= _REACH:
        if singular(scene.tokens[i].text.lower()) in kinds["all"]:
            yield scene.tokens[i]
        i -= 1
    for token in scene.tokens[draft.last + 1 : scene.bounds(draft.head)[1] + 1]:
        if singular(token.text.lower()) in kinds["all"]:
            yield token


def tell_posted(scene: Scene) -> None:
    """Give "the ambassador" the state whose embassy or ambassador was told of before: "the Peruvian embassy … the
    ambassador, …"; those who are not told to be a certain one have none."""
    for draft in scene.drafts:
        phrase = draft.phrase
        if phrase is None or draft.link is not None or draft.country is not None or phrase.noun.phrase not in AWAY:
            continue
        named = draft.kind == "person" and not draft.generic
        article = scene.tokens[draft.first - 1].text.lower() if draft.first else ""
        if phrase.state is not None or phrase.owner is not None or draft.plural or not (named or article == "the"):
            continue
        for token in reversed(scene.tokens[: draft.first]):
            if singular(token.text.lower()) in AWAY and (state := _flag(scene, token)) is not None:
                give(scene, draft, state)
                draft.because(POSTED, 0.7, state.name)
                break


def _flag(scene: Scene, craft: Token) -> State | None:
    """The state whose adjective or name stands before a craft: "a Norwegian freighter", "Chile's frigate"."""
    for token in scene.syntax.children(craft.i, "amod", "compound", "nmod", "poss", "npadvmod"):
        match = scene.matches.get(token.i)
        if match is not None and match.state is not None and match.state.iso3 and token.i < craft.i:
            return match.state
    return None
