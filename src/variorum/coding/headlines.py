"""Headlines read again: the parser takes their verbs for nouns ("Army shells suburb", "Rebels free priest").

A line without a full stop and without a finite verb is searched for a word that the lexicon knows as a verb, that
follows one who can act and agrees with him, and the line is laid out about it: subject, verb, object, prepositions.
Only coding reads the result; offsets and token numbers stay as they are.
"""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from variorum.records import Sentence, Syntax, Token
from variorum.world.nouns import find_noun

from .lexicon import Lexicon

_CLOSING = frozenset({".", "?", "!", "\u2026", '."', ".\u201d"})
_LONGEST = 18  # tokens of a line that is a headline
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "X", "INTJ"})
_BREAKS = frozenset({";", ":", "--", "\u2014", "\u2013", ","})
_MODIFIERS = frozenset({"ADJ", "NUM", "DET", "NOUN", "PROPN", "X", "ADV", "SYM"})


def read_again(syntax: Syntax, lexicon: Lexicon, actors: frozenset[int]) -> Syntax:
    """The syntax with its misread headlines laid out anew; itself where there is none. `actors` are the tokens of
    actors' names."""
    changed: dict[int, Token] = {}
    for sentence in syntax.sentences:
        if not _is_headline(syntax, sentence):
            continue
        if _has_verb(syntax, sentence):
            changed.update(_joined(syntax, sentence))
            changed.update(_undergone(syntax, sentence, lexicon))
            continue
        for first, last in _clauses(syntax, sentence):
            verb = _verb(syntax, lexicon, actors, first, last)
            if verb is not None:
                changed.update(_laid_out(syntax, lexicon, first, verb, last))
    if not changed:
        return syntax
    return Syntax([changed.get(t.i, t) for t in syntax.tokens], syntax.sentences, syntax.entities)


def _is_headline(syntax: Syntax, sentence: Sentence) -> bool:
    length = sentence.last - sentence.first
    return 3 <= length <= _LONGEST and syntax.tokens[sentence.last - 1].text not in _CLOSING


def _has_verb(syntax: Syntax, sentence: Sentence) -> bool:
    """Whether the parse stands on a verb with a subject of its own, or on "be"."""
    for t in syntax.tokens[sentence.first : sentence.last]:
        if t.dep != "ROOT":
            continue
        subject = syntax.child(t.i, "nsubj", "nsubjpass", "csubj") is not None
        if t.pos == "AUX" or (t.pos == "VERB" and subject and t.tag != "VBG"):
            return True
        if t.pos == "VERB" and syntax.child(t.i, "aux", "auxpass") is not None:
            return True
    return False


def _joined(syntax: Syntax, sentence: Sentence) -> dict[int, Token]:
    """The first of two subjects that a comma joins: "Rome, Tunis sign pact"."""
    tokens, first = syntax.tokens, sentence.first
    if sentence.last - first < 4 or tokens[first + 1].text != "," or tokens[first].pos not in ("PROPN", "INTJ", "NOUN"):
        return {}
    subject = tokens[first + 2]
    if subject.dep != "nsubj" or tokens[subject.head].pos != "VERB" or tokens[first].dep == "nsubj":
        return {}
    return {first: replace(tokens[first], pos="PROPN", tag="NNP", dep="conj", head=subject.i)}


def _undergone(syntax: Syntax, sentence: Sentence, lexicon: Lexicon) -> dict[int, Token]:
    """The subject of a bare participle, to whom it was done: "leader held at border"."""
    found: dict[int, Token] = {}
    for t in syntax.tokens[sentence.first : sentence.last]:
        bare = t.dep == "ROOT" and t.tag in ("VBN", "VBD") and syntax.child(t.i, "aux", "auxpass", "dobj") is None
        if bare and t.lemma in lexicon.words("held"):
            found.update({c.i: replace(c, dep="nsubjpass") for c in syntax.children(t.i, "nsubj")})
            found[t.i] = replace(t, tag="VBN")
    return found


def _clauses(syntax: Syntax, sentence: Sentence) -> list[tuple[int, int]]:
    """The stretches between semicolons, colons and dashes, as ``[first, last)``."""
    found, first = [], sentence.first
    for t in syntax.tokens[sentence.first : sentence.last]:
        if t.text in _BREAKS and t.text != ",":
            found.append((first, t.i))
            first = t.i + 1
    return [(a, b) for a, b in (*found, (first, sentence.last)) if b - a >= 3]


def _verb(syntax: Syntax, lexicon: Lexicon, actors: frozenset[int], first: int, last: int) -> int | None:
    tokens = syntax.tokens
    for i in range(first + 1, last - 1):
        base = _base(tokens[i], lexicon)
        if base is None or not _can_act(tokens[i - 1], actors) or i in actors:
            continue
        after = tokens[i + 1]
        sided = after.pos in _MODIFIERS or after.tag in ("PRP", "PRP$", "VBG", "VBN")
        is_noun = tokens[i].lemma.lower() in lexicon.nouns or base in lexicon.nouns
        if not (sided or (after.pos == "ADP" and not is_noun)):
            continue
        if _agrees(tokens[i], tokens[i - 1], tokens[first:i]):
            return i
    return None


def _base(token: Token, lexicon: Lexicon) -> str | None:
    """The verb that a word may be a present form of."""
    if token.pos not in ("NOUN", "VERB", "ADJ", "PROPN"):
        return None
    low = token.text.lower()
    forms = [low]
    if low.endswith("s") and not low.endswith("ss"):
        forms = [low[:-1]]
        forms += [low[:-2]] if low.endswith("es") else []
        forms += [low[:-3] + "y"] if low.endswith("ies") else []
    return next((f for f in forms if f in lexicon.verbs or f in lexicon.operators), None)


def _can_act(token: Token, actors: frozenset[int]) -> bool:
    if token.i in actors or (token.pos == "PROPN" and token.text[:1].isupper()):
        return True
    noun = find_noun(token.text.lower()) if token.pos == "NOUN" else None
    return noun is not None and noun.sort in ("person", "group")


def _agrees(verb: Token, subject: Token, left: tuple[Token, ...]) -> bool:
    """A form in -s after one, the bare form after many."""
    many = subject.tag in ("NNS", "NNPS") or subject.text.lower() in ("police", "people", "troops")
    many = many or any(t.text in (",", "and", "&") for t in left)
    if subject.pos == "PROPN" and subject.text.endswith("s"):
        return True  # "Koreas", "Honduras": the name tells neither
    return many != verb.text.lower().endswith("s")


def _laid_out(syntax: Syntax, lexicon: Lexicon, first: int, verb: int, last: int) -> dict[int, Token]:
    tokens = syntax.tokens
    base = _base(tokens[verb], lexicon) or tokens[verb].lemma
    made = {verb: replace(tokens[verb], lemma=base, pos="VERB", tag="VBZ", dep="ROOT", head=verb)}
    made.update(_phrase(syntax, first, verb, verb, "nsubj"))
    at = verb + 1
    dep = "dobj"
    above = verb
    while at < last:
        token = tokens[at]
        if token.pos in ("ADP", "SCONJ") and token.dep != "prt":
            made[at] = replace(token, pos="ADP", dep="prep", head=verb)
            above, dep, at = at, "pobj", at + 1
            continue
        end = at
        while end < last and _goes_on(tokens, end, last):
            end += 1
            if end < last and tokens[end].tag == "POS":
                end += 1
        if end == at:
            if token.tag == "TO" and at + 1 < last and tokens[at + 1].tag == "VB":
                made[at] = replace(token, dep="aux", head=at + 1)
                made[at + 1] = replace(tokens[at + 1], pos="VERB", dep="xcomp", head=verb)
                above, dep, at = at + 1, "dobj", at + 2
                continue
            made[at] = replace(token, dep="punct" if token.pos == "PUNCT" else "dep", head=verb)
            above, dep, at = verb, "dep", at + 1
            continue
        made.update(_phrase(syntax, at, end, above, dep))
        above, dep, at = verb, "dep", end
    return made


def _goes_on(tokens: tuple[Token, ...], i: int, last: int) -> bool:
    """Whether a token still belongs to a noun phrase."""
    token = tokens[i]
    if token.tag in ("VBG", "VBN"):
        return i + 1 < last and tokens[i + 1].pos in ("NOUN", "PROPN")
    return token.pos not in ("ADP", "SCONJ", "VERB", "AUX", "PART") and token.text != ","


def _phrase(syntax: Syntax, first: int, last: int, head: int, dep: str) -> dict[int, Token]:
    """A noun phrase under its head: the last noun leads, possessors and modifiers hang on it, names joined by commas
    or "and" are joined."""
    tokens = syntax.tokens
    heads = [i for i in range(first, last) if tokens[i].pos in _NOMINAL and _ends(tokens, i, last)]
    if not heads:
        return {i: replace(tokens[i], dep="dep", head=head) for i in range(first, last)}
    made: dict[int, Token] = {}
    top = heads[0]
    made[top] = replace(tokens[top], dep=dep, head=head)
    for before, other in pairwise(heads):
        made[other] = replace(tokens[other], dep="conj", head=before)
    owner: int | None = None
    for i in range(last - 1, first - 1, -1):
        if i in made:
            owner = i
            continue
        under = owner if owner is not None else top
        token = tokens[i]
        if token.tag == "POS":
            made[i] = replace(token, dep="case", head=i - 1 if i > first else under)
        elif i + 1 < last and tokens[i + 1].tag == "POS":
            made[i] = replace(token, dep="poss", head=under)
        elif token.pos in ("NOUN", "PROPN", "VERB"):
            made[i] = replace(token, dep="compound", head=under)
        else:
            names = {"NUM": "nummod", "DET": "det", "ADJ": "amod", "PUNCT": "punct", "CCONJ": "cc"}
            made[i] = replace(token, dep=names.get(token.pos, "dep"), head=under)
    return made


def _ends(tokens: tuple[Token, ...], i: int, last: int) -> bool:
    """Whether a word ends a noun phrase: what follows is a comma, an "and" or its end."""
    return i + 1 >= last or tokens[i + 1].text in (",", "and", "&", "or")
