"""Names that what stands beside them shows to be a person's, whatever the model took them for."""

from __future__ import annotations

from variorum.records import Token
from variorum.world.names import name_key

from .drafts import Scene

_WHO = frozenset({"who", "whom", "whose"})


def shaped_names(scene: Scene) -> list[tuple[int, int]]:
    """Stretches of capitalised words, first and last token, with a rank before them ("Gen. …"), a role beside them
    ("the mayor of …, …,") or "who" behind them; none that the lexicon or the model has as a name already."""
    found: list[tuple[int, int]] = []
    i = 0
    tokens = scene.tokens
    while i < len(tokens):
        last = i
        while last < len(tokens) and _part(scene, last) and scene.sentence[last] == scene.sentence[i]:
            last += 1
        if last > i:
            if _shown(scene, i, last - 1):
                found.append((i, last - 1))
            i = last
        i += 1
    return found


def _part(scene: Scene, i: int) -> bool:
    token = scene.tokens[i]
    if not token.text[:1].isupper() or token.tag[:2] not in ("NN", "JJ", "RB", "FW") or scene.shouted(i):
        return False
    return i not in scene.matches and scene.entity.get(i, (0, 0, ""))[2] not in ("PERSON", "DATE", "EVENT", "LAW")


def _shown(scene: Scene, first: int, last: int) -> bool:
    tokens, words = scene.tokens, scene.words
    before = tokens[first - 1].text.lower() if first else ""
    name = first
    while name < last and tokens[name].text.lower().rstrip(".") in words.honorifics:
        name += 1
    if (before in ("the", "a", "an", "of") and name == first) or tokens[last].tag not in ("NNP", "NN", "NNS"):
        return False
    parts = {part for i in range(first, last + 1) for part in name_key(tokens[i].text).split()}
    if parts & words.group_words.keys() or any(is_noun(scene, i) for i in range(name, last + 1)):
        return False
    if last + 1 < len(tokens) and tokens[last + 1].tag[:2] == "NN" and tokens[last].dep in ("compound", "nmod"):
        return False
    if name > first:
        return True
    if last == first:
        return False
    after = tokens[last + 1 : last + 3]
    if len(after) == 2 and after[0].text == "," and after[1].text.lower() in _WHO:
        return True
    head = tokens[scene.head(first, last)]
    return _is_role(scene, tokens[head.head]) if head.dep == "appos" else _apposed(scene, head)


def is_noun(scene: Scene, i: int) -> bool:
    """Whether a word of a name names an actor by itself; a people's name may be a surname."""
    noun = scene.words.noun(scene.tokens[i].text)
    return noun is not None and not (noun.sector == "CVL" and scene.tokens[i].tag == "NNP")


def _apposed(scene: Scene, head: Token) -> bool:
    return any(_is_role(scene, t) and t.i > head.i for t in scene.syntax.children(head.i, "appos"))


def _is_role(scene: Scene, token: Token) -> bool:
    noun = scene.words.noun(token.text)
    return token.tag in ("NN", "NNP") and noun is not None and noun.kind == "people"
