"""What the words around an unknown group tell of its sector: whose fighters are told of, what it does and owns."""

from __future__ import annotations

from variorum.records import Token

from .drafts import Draft, Scene
from .wording import wording


def tell_groups(scene: Scene) -> None:
    """Give groups and organisations that nothing tells the sector of the one that their deeds tell, if any."""
    mentions: dict[int, list[Draft]] = {}
    groups: dict[int, Draft] = {}
    for draft in scene.drafts:
        root = draft
        while root.link is not None:
            root = root.link
        if root.kind in ("group", "organisation") and not root.sectors and not root.generic and root.name:
            groups[id(root)] = root
            mentions.setdefault(id(root), []).append(draft)
    for number, group in groups.items():
        for draft in sorted(mentions[number], key=lambda one: one.first):
            told = _members(scene, draft) or _acts(scene, draft) or _owns(scene, draft)
            if told is not None:
                group.sectors = (told,)
                group.because("told by what it does", 0.5, told)
                break


def tell_likeliest(scene: Scene) -> None:
    """Give those whom only a noun of many sectors names ("the director") the likeliest where nothing tells another."""
    for draft in scene.drafts:
        if draft.sectors or draft.link is not None or draft.phrase is None or draft.kind in ("state", "pronoun"):
            continue
        likely = scene.words.likeliest.get(draft.phrase.noun.phrase)
        if likely is not None:
            draft.sectors = (likely,)
            draft.because("likeliest for the noun", 0.3, draft.phrase.noun.phrase)


def _members(scene: Scene, draft: Draft) -> str | None:
    """ "fighters of the X", "an X lawmaker"."""
    token = scene.tokens[draft.head]
    above = scene.tokens[token.head]
    if token.dep == "pobj" and above.text.lower() in ("of", "from"):
        above = scene.tokens[above.head]
    elif token.dep not in ("compound", "nmod", "poss"):
        return None
    noun = scene.words.noun(above.text)
    return wording().members.get(noun.phrase) if noun is not None else None


def _acts(scene: Scene, draft: Draft) -> str | None:
    token = scene.tokens[draft.head]
    verb = scene.tokens[token.head]
    lemma = verb.lemma.lower()
    if token.dep == "dobj" and lemma == "tell":
        return "JRN" if verb.i < token.i else None
    if token.dep != "nsubj":
        return None
    verbs: list[Token] = [verb, *scene.syntax.children(verb.i, "conj"), *scene.syntax.children(token.i, "relcl")]
    for one in verbs:
        lemma = one.lemma.lower()
        for sector, deeds in (
            ("REB", wording().fight),
            ("BUS", wording().trade),
            ("JRN", wording().report),
            ("SOC", wording().help),
            ("PTY", wording().vote),
        ):
            if lemma in deeds:
                return sector
        if lemma == "claim" and any(t.tag[:2] == "NN" for t in scene.syntax.children(one.i, "dobj")):
            return "REB"  # "claimed the attack"
    return None


def _owns(scene: Scene, draft: Draft) -> str | None:
    token = scene.tokens[draft.head]
    above = scene.tokens[token.head]
    if token.dep in ("poss", "compound", "nmod") and above.lemma.lower() in wording().goods:
        return "BUS"
    return None
