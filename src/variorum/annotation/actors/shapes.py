"""Names that what stands beside them shows to be a person's, whatever the model took them for."""

from __future__ import annotations

from variorum.records import Token
from variorum.world.names import name_key

from .drafts import Scene

_WHO = frozenset({"who", "whom", "whose"})
# What a station's name begins with.
ON_AIR = frozenset({"radio", "tv", "television", "télévision", "canal", "channel", "agence", "agencia"})
_CODENAMED = frozenset({"codenamed", "code-named", "named", "called", "dubbed", "operation", "titled", "entitled"})
_MARKS = frozenset({"“", "‘", '"', "'", "``", "`"})
_PLACED = frozenset({"in", "near", "at", "around", "outside", "inside", "across", "off"})
_TRIPS = frozenset({"visit", "trip", "journey", "flight", "return", "road", "way", "route", "arrival", "tour", "drive"})
_TOWARDS = frozenset({"to", "into", "from", "toward", "towards", "through", "via"})


def shaped_names(scene: Scene) -> list[tuple[int, int]]:
    """Stretches of capitalised words, first and last token, with a rank before them ("Gen. …"), a role beside them
    ("the mayor of …, …,") or "who" behind them; none that the lexicon or the model has as a name already."""
    found: list[tuple[int, int]] = []
    i = 0
    tokens = scene.tokens
    while i < len(tokens):
        last = i
        if not tokens[i].text[:1].isupper():
            i += 1
            continue
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


def codename(scene: Scene, begin: int, head: int) -> bool:
    """Whether a name is of an operation or a work: in quotation marks or as predicate after "codenamed", "called"."""
    token = scene.tokens[head]
    if token.dep == "oprd" and scene.tokens[token.head].text.lower() in _CODENAMED:
        return True
    if begin < 2:
        return False
    before, mark = scene.tokens[begin - 2], scene.tokens[begin - 1]
    return mark.text in _MARKS and before.text.lower() in _CODENAMED


def of_a_thing(scene: Scene, head: int, last: int) -> bool:
    """Whether a name only tells a thing from others: "the Cano Limon pipeline"."""
    token = scene.tokens[head]
    thing = scene.tokens[token.head]
    if token.dep not in ("compound", "nmod") or thing.i != last + 1 or thing.tag not in ("NN", "NNS"):
        return False
    return thing.text.islower() and not scene.words.is_deed(thing) and scene.words.noun(thing.text) is None


def only_where(scene: Scene, i: int) -> bool:
    """Whether a name stands after "in", "near" and their kind: a place that the gazetteer lacks."""
    token = scene.tokens[i]
    above = scene.tokens[token.head]
    if token.dep != "pobj":
        return False
    governor = scene.tokens[above.head]
    goes = scene.words.is_verb(governor, scene.words.go) and above.text.lower() in _TOWARDS
    goes = goes or (above.text.lower() == "to" and governor.lemma.lower() in _TRIPS)
    native = above.text.lower() == "from" and governor.tag[:2] == "NN" and scene.words.noun(governor.text) is not None
    return goes or native or above.text.lower() in _PLACED


def looks_like_group(scene: Scene, first: int, last: int) -> bool:
    """Whether a name that the model takes for a person's is a group's: by its words, or by the noun beside it."""
    tokens, words = scene.tokens, scene.words
    if any(part in words.group_words for i in range(first, last + 1) for part in name_key(tokens[i].text).split()):
        return True
    if first > 0 and tokens[first - 1].text.lower() in ON_AIR and tokens[first - 1].text[:1].isupper():
        return True  # "Radio Nueva Esperanza"
    if first > 0 and tokens[first - 1].text.lower() == "the" and tokens[last].dep not in ("compound", "nmod"):
        return True
    if last + 1 < len(tokens) and tokens[last + 1].tag in ("NN", "NNS"):
        noun = words.noun(tokens[last + 1].text)
        return noun is not None and tokens[scene.head(first, last)].head == last + 1
    return False
