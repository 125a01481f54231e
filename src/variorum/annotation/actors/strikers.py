"""States that strike abroad: whom their blows fall on, and who tells of it there, are not theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .choosing import placed
from .drafts import Draft, Match, Scene
from .wording import wording

# Those who tell of blows where they fall: private people, healers, local offices, those who fight the striker.
_THERE = frozenset({"CVL", "AGR", "BUS", "REL", "LAB", "EDU", "MED", "JRN", "REB", "UAF"})
_LOCAL = frozenset(
    {"governor", "deputy governor", "mayor", "deputy mayor", "village head", "village chief", "village elder",
     "district chief", "district head", "district governor", "regional governor", "provincial governor",
     "town council", "city council", "local official", "district official", "provincial official",
     "regional official"}
)  # fmt: skip


def strikers(scene: Scene) -> frozenset[str]:
    """The countries (alpha-3) of states and forces that strike in the text: as subjects of verbs of striking, or whose
    adjective stands before a blow or what deals it ("Danish air strikes", "Danish warplanes")."""
    matches = {id(match): match for match in scene.matches.values()}.values()
    found = {match.state.iso3 for match in matches if match.state is not None and _deals(scene, match)}
    found |= {draft.country for draft in scene.drafts if draft.sector in ("GOV", "MIL") and _strikes(scene, draft)}
    return frozenset(country for country in found if country)


def _deals(scene: Scene, match: Match) -> bool:
    if match.meaning.role != "adjective":
        return False
    return scene.tokens[scene.tokens[match.last].head].lemma.lower() in wording().blows


def _strikes(scene: Scene, draft: Draft) -> bool:
    if draft.country is None or draft.kind in ("person", "people"):
        return False
    token = placed(scene, draft)
    if token.dep == "pobj" and scene.tokens[token.head].dep == "agent":
        return scene.tokens[scene.tokens[token.head].head].lemma.lower() in wording().strikes
    return token.dep == "nsubj" and any(verb in wording().strikes for verb in _verbs(scene, token.head))


def _verbs(scene: Scene, verb: int) -> Iterator[str]:
    """A subject's verb, and those joined to it or told of it by "said that it"."""
    yield scene.tokens[verb].lemma.lower()
    for joined in scene.syntax.children(verb, "conj", "xcomp"):
        if scene.syntax.child(joined.i, "nsubj", "nsubjpass") is None:
            yield joined.lemma.lower()


def is_there(draft: Draft, countries: Sequence[str] | frozenset[str]) -> bool:
    """Whether an unnamed mention is likely of where the blows fall."""
    if not countries or (not draft.generic and draft.kind == "person"):
        return False
    return draft.sector in _THERE or is_local(draft)


def is_local(draft: Draft) -> bool:
    """Whether a mention bears a local office and no name."""
    return draft.phrase is not None and draft.phrase.noun.phrase in _LOCAL
