"""The speaker who stands right before a closing or interposed cue, read off the commas.

Behind a long clause the parser often ties "told" to the victims ("… three men, all of them drivers, the mayor, Ana
Pires, told"). English puts the speaker next to the cue, so the phrase between the last comma and the cue decides where
it names someone who can speak and the parser's subject is no such word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from variorum.records import Syntax, Token

from .lexicon import speaking

Kind = Literal["name", "role", "organ"]

_QUOTES = frozenset(['"', "“", "”", "''", "``", "’", "‘", "'"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_BREAKING = frozenset(["who", "which", "that", "and", "but", "while", "as", "or"])
_BOUNDS = frozenset(["-", "–", "—", "(", ")", ":", ";"])
_SEGMENTS = 4  # asides that a role and its name take at most: role, name, age, place


class Adjacent(NamedTuple):
    """Tokens of the phrase that names the speaker, and the one at its head: the name where there is one."""

    tokens: range
    head: int


def adjacent_speaker(syntax: Syntax, first: int, cue: int) -> Adjacent | None:
    """Who stands between commas right before token `cue`, the first of a cue; `first` is where the sentence begins.

    Behind a comma that closes an apposition it takes a role and a name, in either order; otherwise one phrase that is
    a name, a role, an organ or a state. None where nothing stands before the phrase that could be its words."""
    closed = cue > first and syntax.tokens[cue - 1].text == ","
    segments = _segments(syntax, first, cue - 1 if closed else cue)
    if not segments:
        return None
    if not closed:
        kind = _kind(syntax, segments[0])
        if kind is None or segments[0].start <= first:
            return None
        return Adjacent(segments[0], _head(syntax, segments[0]).i)
    found: list[tuple[Kind, range]] = []
    for segment in segments:
        if _is_detail(syntax, segment):
            continue
        kind = _kind(syntax, segment)
        if kind == "organ" and all(syntax.tokens[k].pos == "PROPN" for k in segment):
            kind = "name"  # what stands beside a role is a person, whatever label the model gave it
        if kind not in ("name", "role") or any(kind == other for other, _ in found):
            return None
        found.append((kind, segment))
        if len(found) == 2:
            if segment.start <= first:
                return None
            name = next(part for which, part in found if which == "name")
            return Adjacent(range(segment.start, segments[0].stop), _head(syntax, name).i)
    return None


def may_be_speaker(syntax: Syntax, who: Token) -> bool:
    """Whether the parser's subject is one that speaks: a name, a pronoun or a role, and not a counted number of
    people."""
    if syntax.child(who.i, "nummod") is not None or who.pos == "NUM" or _is_of_them(syntax, who):
        return False
    return who.pos in {"PROPN", "PRON"} or who.lemma.lower() in speaking()


def _is_of_them(syntax: Syntax, who: Token) -> bool:
    """ "Two of them Filipinos": who some of those told of were."""
    first = syntax.subtree_tokens(who.i).start
    phrase = [token.text.lower() for token in syntax.tokens[max(0, min(first, who.i - 3)) : who.i]]
    return any(pair in (("of", "them"), ("of", "whom")) for pair in pairwise(phrase))


def _segments(syntax: Syntax, first: int, stop: int) -> list[range]:
    """The last stretches between commas before token `stop`, the nearest first; dashes and brackets end the search."""
    found: list[range] = []
    end = stop
    for k in range(stop - 1, first - 2, -1):
        text = syntax.tokens[k].text if k >= first else ","
        if text == "," or text in _QUOTES:
            if k + 1 < end:
                found.append(range(k + 1, end))
            elif end != stop and text == ",":
                break
            end = k
            if len(found) == _SEGMENTS or (text in _QUOTES and found):
                break
        elif text in _BOUNDS and not _is_hyphen(syntax, k):
            break
    return found


def _is_hyphen(syntax: Syntax, k: int) -> bool:
    """Whether a dash joins two words without a space: "Aube-Marne"."""
    return k > 0 and syntax.tokens[k].text in {"-", "–"} and syntax.tokens[k - 1].end == syntax.tokens[k].start


def _nominal(syntax: Syntax, segment: range) -> Sequence[Token]:
    """The tokens of a stretch up to its first preposition; empty where it is no noun phrase."""
    tokens = [syntax.tokens[k] for k in segment]
    if any(t.tag in _FINITE or t.tag == "VBG" for t in tokens) or tokens[0].text.lower() in _BREAKING:
        return ()
    if any(t.text.lower() in {"who", "which"} for t in tokens) or tokens[0].pos in {"ADP", "SCONJ", "ADV", "NUM"}:
        return ()
    stop = next((n for n, t in enumerate(tokens) if t.pos in {"ADP", "SCONJ"}), len(tokens))
    return tokens[:stop]


def _head(syntax: Syntax, segment: range) -> Token:
    nominal = _nominal(syntax, segment)
    return next(t for t in reversed(nominal) if t.pos in {"NOUN", "PROPN", "PRON", "ADJ"})


def _kind(syntax: Syntax, segment: range) -> Kind | None:
    nominal = _nominal(syntax, segment)
    if not any(t.pos in {"NOUN", "PROPN"} for t in nominal):
        return None
    head = _head(syntax, segment)
    if any(t.pos == "NUM" or t.text.lower() == "them" for t in nominal):
        return None
    entity = syntax.entity_of(head.i)
    label = entity.label if entity is not None else None
    if head.lemma.lower() in speaking() and label != "PERSON":
        return "role"
    if label == "PERSON" or (head.pos == "PROPN" and label is None and nominal[0].pos == "PROPN"):
        return "name"
    if label in {"ORG", "GPE", "NORP"} and head.pos == "PROPN":
        return "organ"
    return None


def _is_detail(syntax: Syntax, segment: range) -> bool:
    """An age or a place between role and name: ", 45,", ", Iran,"."""
    if len(segment) == 1 and syntax.tokens[segment.start].pos == "NUM":
        return True
    entity = syntax.entity_of(segment.start)
    return entity is not None and entity.label == "GPE" and segment.stop <= entity.last
