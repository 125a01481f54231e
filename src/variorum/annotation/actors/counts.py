"""Numbers that stand for people told of before: "opened fire on the miners, killing 34", "15 more were caught"."""

from __future__ import annotations

from variorum.records import Token

from .drafts import Draft, Scene
from .wording import wording

_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "CRM"})
_MORE = frozenset({"more", "others", "other"})
_DIE = frozenset({"die", "perish", "survive", "fall", "drown", "vanish", "disappear", "escape", "flee", "surrender"})
_KINDS = frozenset({"people", "force"})


def find_counts(scene: Scene) -> None:
    """Add each number that is the object of harm or custody and counts people whom the sentence or the one before
    names by a noun; a number of nobody named is none."""
    for token in scene.tokens:
        if token.tag != "CD" or not scene.free(token.i, token.i):
            continue
        last = _alone(scene, token)
        if last is None:
            continue
        held = scene.tokens[last] if scene.tokens[last].text.lower() == "others" else token
        while held is not token and held.dep == "conj" and held.head < held.i:
            held = scene.tokens[held.head]  # "three Danes and two others were held"
        verb = scene.tokens[held.head]
        suffers = held.dep == "nsubj" and verb.lemma.lower() in _DIE and last > token.i
        if not suffers and (held.dep not in ("dobj", "nsubjpass") or verb.lemma.lower() not in wording().harm):
            continue
        told = _people(scene, token.i, verb)
        if told is not None:
            _add(scene, token.i, last, told)
        elif scene.tokens[last].text.lower() == "others":
            draft = Draft(
                token.i, last, last, "people", "others", "others", sectors=("CVL",), generic=True, plural=True
            )
            draft.noun = "others"
            draft.because("others beside those before", 0.5)
            scene.add(draft)


def _alone(scene: Scene, token: Token) -> int | None:
    """The last token of a number that stands alone or with "more" or "others"; None where it counts a noun, or is a
    share, an age or a time."""
    if token.text.lower() in ("one", "1") or scene.entity.get(token.i, (0, 0, ""))[2] not in ("CARDINAL", ""):
        return None
    before = scene.tokens[token.i - 1] if token.i else None
    if before is not None and (before.tag == "$" or before.text.lower() in ("aged", "since", "in", "by")):
        return None
    after = scene.tokens[token.i + 1] if token.i + 1 < len(scene.tokens) else None
    if after is None:
        return token.i
    if after.text.lower() in _MORE:
        return after.i if scene.free(after.i, after.i) else None
    if after.tag[:2] in ("NN", "CD", "JJ", "VB") and after.head != token.head and after.dep != "advmod":
        return None
    return None if after.tag[:2] in ("NN", "CD", "JJ", "HYPH") or after.text in ("%", "per", "-", "of") else token.i


def _people(scene: Scene, i: int, verb: Token) -> Draft | None:
    """Those told of last who may be counted: not who does the harm, and rather those to whom things are done."""
    start = scene.bounds(scene.bounds(i)[0] - 1)[0] if scene.bounds(i)[0] else 0
    near = {id(draft): draft for n in range(start, i) if (draft := scene.claimed.get(n)) is not None}
    before = [
        draft
        for draft in near.values()
        if draft.last < i and draft.plural and draft.kind in _KINDS and draft.noun and draft.link is None
        and draft.sector != "JRN"  # to whom it was told
        and scene.tokens[draft.head].dep in ("dobj", "pobj", "nsubjpass", "conj", "nsubj")
        and not (scene.tokens[draft.head].dep == "nsubj" and (draft.sector in _ARMED or _does(scene, draft, verb)))
    ]  # fmt: skip
    harmed = [draft for draft in before if scene.tokens[draft.head].dep != "nsubj"]
    chosen = harmed or before
    return max(chosen, key=lambda draft: draft.first) if chosen else None


def _does(scene: Scene, draft: Draft, verb: Token) -> bool:
    return scene.tokens[draft.head].head in (verb.i, verb.head)


def _add(scene: Scene, first: int, last: int, told: Draft) -> None:
    draft = Draft(first, last, first, told.kind, told.name, told.slug, told.country, told.sectors)
    draft.generic, draft.plural, draft.noun, draft.phrase = told.generic, True, told.noun, told.phrase
    draft.because("counts those before", 0.6, told.name)
    scene.add(draft)
