"""Names that no table has and that only say where something is, or name a thing: they are taken out again."""

from __future__ import annotations

from collections import defaultdict

from variorum.world.given_names import likely_gender
from variorum.world.nouns import find_noun

from .drafts import Draft, Scene
from .entities import SUBJECTS

# Prepositions before a place; those of going count after a verb of going alone.
_AT = frozenset({"in", "near", "inside", "outside", "around", "across", "behind", "into", "onto", "on", "beside"})
_GOING = frozenset({"to", "from", "towards", "toward", "through", "past", "at", "over"})
_THINGS = frozenset({"artifact", "object", "location"})
_BODIES = frozenset(
    {"house", "centre", "center", "hospital", "court", "church", "school", "university", "college", "bank", "mission",
     "station", "office"}
)  # fmt: skip  # buildings that act as often, where they are subjects


def drop_idle(scene: Scene) -> None:
    """Take out each unknown name whose every mention stands where a place does, or that is a thing's by its last word
    and nowhere acts; a person's by the given name stays."""
    named: dict[str, list[Draft]] = defaultdict(list)
    for draft in scene.drafts:
        if _unknown(draft):
            named[draft.slug].append(draft)
    for drafts in named.values():
        if all(_placed(scene, draft) for draft in drafts) or all(_thing(scene, draft) for draft in drafts):
            for draft in drafts:
                scene.drafts.remove(draft)
                for i in [i for i, claimed in scene.claimed.items() if claimed is draft]:
                    del scene.claimed[i]


def _unknown(draft: Draft) -> bool:
    if draft.sectors or draft.title or draft.phrase is not None or draft.generic:
        return False
    if draft.kind == "person":
        known = any(feature.name == "known person" for feature in draft.why)
        return not known and likely_gender(draft.name) is None and " " not in draft.name
    return draft.kind in ("organisation", "group") and any(f.name == "named by the model" for f in draft.why)


def _placed(scene: Scene, draft: Draft) -> bool:
    """Whether a name stands behind "in", "near" and their kind, or is where somebody goes, or what they leave."""
    tokens, i = scene.tokens, draft.first - 1
    low = scene.bounds(draft.first)[0]
    while i >= low and tokens[i].tag in ("DT", "JJ", "POS", "PRP$"):
        i -= 1
    head = tokens[draft.head]
    if head.dep in (*SUBJECTS, "poss", "appos"):
        return False
    if head.dep == "dobj":
        return scene.words.is_verb(tokens[head.head], scene.words.go)
    if i < low or head.dep not in ("pobj", "conj", "npadvmod", "nmod", "compound", "dep"):
        return False
    word = tokens[i].text.lower()
    governor = tokens[tokens[i].head]
    goes = scene.words.is_verb(governor, scene.words.go) and governor.pos == "VERB"
    return word in _AT or (word in _GOING and goes)


def _thing(scene: Scene, draft: Draft) -> bool:
    """Whether the last word of a name of several is a thing's or a building's, and it does not act."""
    if draft.last == draft.first:
        return False
    tokens, words = scene.tokens, scene.words
    last = tokens[draft.last].text.lower()
    noun = find_noun(last)
    if noun is None or noun.sort not in _THINGS or last in words.group_words or words.noun(last) is not None:
        return last in _BODIES and noun is not None and not _acts(scene, draft)
    return not _acts(scene, draft)


def _acts(scene: Scene, draft: Draft) -> bool:
    head = scene.tokens[draft.head]
    while head.dep == "conj" and head.head < head.i:
        head = scene.tokens[head.head]
    above = scene.tokens[head.head]
    if head.dep in SUBJECTS:
        return head.dep == "nsubj" and above.pos == "VERB"
    return head.dep in ("pobj", "agent", "poss") and above.text.lower() in ("by", "to", "with", "against", "for")
