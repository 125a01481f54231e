"""Single victims who are named or meant ("Dana Whitfield, 23, was shot and killed", "the boy died at the scene").

No number is stated of them, so they are no tolls of the layer; an event that no figure is told of is known by them to
have cost at least one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from variorum.records import Document, Sentence, Span, Syntax, Token, TollMention

from .fates import is_open, tells_survival
from .lexicon import Lexicon, load_lexicon, word_set
from .links import Linked, SentenceLinks
from .numbers import Count
from .options import TollOptions
from .quantities import Quantity
from .splitting import unglued

_SINGULAR = frozenset({"NN", "NNP"})
_KINDS = frozenset({"killed", "injured"})
_MEANT = word_set("the his her their this that our my your its")
_ORDINALS = word_set("first second third fourth fifth sixth seventh eighth ninth tenth")
_CONDITIONS = word_set("critical serious grave stable guarded fair good")
_BEING = word_set("is was are were remains remained be been listed hospitalized recovering")
_PRONOUNS = word_set("he she him her himself herself")
_SIDES = frozenset({"det", "poss", "amod", "nummod", "compound", "nmod", "npadvmod", "quantmod", "punct"})
_NOMINAL = word_set("death murder killing slaying assassination execution homicide body")
_NEAR = 7  # words from "is" to "condition"
_NO_DEATH = word_set("sentence penalty threat threats certificate row toll bed camp squad metal")


def find_victims(document: Document, syntax: Syntax, options: TollOptions | None = None) -> tuple[TollMention, ...]:
    """Each named or meant person whom the text tells killed or injured, as at least one, in text order; persons
    coordinated under one verb of harm count together."""
    options = options or TollOptions()
    lexicon = load_lexicon()
    syntax = unglued(document.text, syntax)
    found: list[TollMention] = []
    for sentence in syntax.sentences:
        words = [token.text.lower() for token in syntax.tokens[sentence.first : sentence.last]]
        if any(word in lexicon.words or word in lexicon.phrases for word in words):
            found.extend(_in_sentence(document.text, syntax, sentence, words, lexicon, options))
    if not any(victim.kind == "casualties" for victim in found):
        return tuple(found)
    lived = tells_survival(document.text)  # of who was shot it must be told, or he is no victim of a known kind
    return tuple(
        replace(victim, kind="injured") if victim.kind == "casualties" else victim
        for victim in found
        if victim.kind != "casualties" or lived
    )


def _in_sentence(
    text: str, syntax: Syntax, sentence: Sentence, words: list[str], lexicon: Lexicon, options: TollOptions
) -> Iterator[TollMention]:
    links = SentenceLinks(syntax, words, sentence.first, lexicon, options)
    tied: dict[int, Linked] = {}
    for i in range(sentence.first, sentence.last):
        token = syntax.tokens[i]
        if _is_person(syntax, token, lexicon):
            quantity = _quantity(syntax, sentence, token)
            linked = _owned(syntax, token) or links.link(quantity) or _in_condition(syntax, sentence, quantity)
            if linked is not None and _is_known(syntax, linked, token) and not linked.uncertain:
                tied[i] = linked
    for i, linked in tied.items():
        above = _first_of_list(syntax, i)
        if above != i and above in tied and tied[above].kind == linked.kind:
            continue
        persons = [k for k in tied if _first_of_list(syntax, k) == i and tied[k].kind == linked.kind]
        last = max(persons, default=i)
        start, end = syntax.tokens[linked.quantity.first].start, syntax.tokens[last].end
        cue = Span(syntax.tokens[linked.cue[0]].start, syntax.tokens[linked.cue[1] - 1].end)
        low = max(1, len(persons))
        yield TollMention(
            start=start, end=end, text=text[start:end], kind=linked.kind, low=low, high=None, group=None, cue=cue
        )


def _is_known(syntax: Syntax, linked: Linked, person: Token) -> bool:
    """Whether it is told that a person died or was hurt, or was shot and may be told elsewhere to have lived; whoever
    "shot at" others was not."""
    cue = " ".join(token.text.lower() for token in syntax.tokens[linked.cue[0] : linked.cue[1]])
    return linked.kind in _KINDS or (linked.kind == "casualties" and is_open(cue) and person.dep != "nsubj")


def _first_of_list(syntax: Syntax, i: int) -> int:
    while syntax.tokens[i].dep == "conj" and syntax.tokens[syntax.tokens[i].head].tag in _SINGULAR:
        i = syntax.tokens[i].head
    return i


def _is_person(syntax: Syntax, token: Token, lexicon: Lexicon) -> bool:
    word = token.text.lower()
    if token.pos == "PRON":
        return word in _PRONOUNS and token.dep in {"nsubjpass", "nsubj", "dobj", "pobj"}
    if (token.tag not in _SINGULAR and not word.endswith("old")) or token.dep in {
        "compound",
        "appos",
        "npadvmod",
        "nmod",
        "amod",
    }:
        return False
    entity = syntax.entity_of(token.i)
    if entity is not None and entity.label == "PERSON":
        return True
    before = [syntax.tokens[k].text.lower() for k in range(max(0, token.i - 2), token.i)]
    aged = word.endswith("year-old") or (word == "old" and "year" in before)  # "the two-year-old"
    if not aged and (token.pos == "PROPN" or not lexicon.is_person(word)):
        return False
    sides = [child for child in syntax.children(token.i) if child.i < token.i]
    return any(child.text.lower() in _MEANT | _ORDINALS or child.dep == "poss" for child in sides)


def _quantity(syntax: Syntax, sentence: Sentence, token: Token) -> Quantity:
    """The person as a quantity of one, from what describes the noun to the noun."""
    first = token.i
    while first > sentence.first and _describes(syntax, first - 1, token):
        first -= 1
    at, stop = first - sentence.first, token.i + 1 - sentence.first
    return Quantity(first, token.i + 1, Count(at, at, stop, 1, 1), noun=token.i, person=True)


def _describes(syntax: Syntax, i: int, token: Token) -> bool:
    if syntax.tokens[i].dep not in _SIDES:
        return False
    return syntax.tokens[i].head == token.i or any(above.i == token.i for above in syntax.ancestors(i))


def _owned(syntax: Syntax, token: Token) -> Linked | None:
    """ "Whitfield's death", "his murder", "the body of Whitfield"; no death to come ("her death sentence")."""
    before = syntax.tokens[max(0, syntax.subtree_tokens(token.i).start - 2) : syntax.subtree_tokens(token.i).start]
    if [word.text.lower() for word in before] == ["body", "of"]:
        quantity = Quantity(token.i, token.i + 1, Count(0, 0, 1, 1, 1), noun=token.i, person=True)
        return Linked(quantity, "killed", (before[0].i, before[0].i + 1), "left")
    if token.dep != "poss" and not (token.text.lower() in _PRONOUNS and token.tag == "PRP$"):
        return None
    head = syntax.tokens[token.head]
    follower = syntax.tokens[head.i + 1].text.lower() if head.i + 1 < len(syntax) else ""
    if head.text.lower() not in _NOMINAL or follower in _NO_DEATH or head.dep == "compound":
        return None
    quantity = Quantity(token.i, token.i + 1, Count(0, 0, 1, 1, 1), noun=token.i, person=True)
    return Linked(quantity, "killed", (head.i, head.i + 1), "right")


def _in_condition(syntax: Syntax, sentence: Sentence, quantity: Quantity) -> Linked | None:
    """ "remains in critical condition", said of the subject."""
    verb = syntax.tokens[quantity.noun].head if quantity.noun is not None else -1
    if quantity.noun is None or syntax.tokens[quantity.noun].dep not in {"nsubj", "nsubjpass"}:
        return None
    if syntax.tokens[verb].text.lower() not in _BEING:
        return None
    for i in range(verb, min(sentence.last, verb + _NEAR)):
        word = syntax.tokens[i].text.lower()
        if word == "condition" and any(syntax.tokens[k].text.lower() in _CONDITIONS for k in range(verb, i)):
            return Linked(quantity, "injured", (i - 1, i + 1), "right")
    return None
