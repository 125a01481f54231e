"""Second speakers without a verb of their own: "the union said 400 were trapped, the owners 35"."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Syntax, Token
from variorum.world.nouns import find_noun

from .drafts import Draft, spans_of
from .lexicon import speaking, words

_PARTING = frozenset({",", ";"})
_JOINING = frozenset({"and", "while", "but"})
_BOUNDING = frozenset(
    {
        "about",
        "around",
        "almost",
        "at",
        "fewer",
        "just",
        "least",
        "less",
        "more",
        "most",
        "nearly",
        "only",
        "over",
        "some",
    }
    | {"than", "to", "up"}
)
_NAMED = frozenset({"ORG", "GPE", "NORP"})


def gapped(text: str, syntax: Syntax, draft: Draft) -> Iterator[Draft]:
    """The drafts of further speakers who each give a figure of their own behind a draft that gives one; what they say
    is cut out of that draft's content. A name between commas with a number is an age, and gives none."""
    if draft.cue is None or draft.stance != "asserts" or not _has_number(syntax, draft):
        return
    sentence = syntax.sentence_of(draft.at)
    parting = [k for k in range(draft.at + 1, sentence.last - 2) if syntax.tokens[k].text in _PARTING]
    for k in parting:
        segment = range(k + 1, _end(syntax, k + 1, sentence.last))
        found = _segment(syntax, segment)
        if found is None or not any(syntax.tokens[n].pos == "NUM" for n in range(draft.at, k)):
            continue
        name, amount = found
        head = _head(syntax, name)
        cut = syntax.tokens[k].start
        draft.content = [
            span if span.end <= cut else span._replace(end=cut) for span in draft.content if span.start < cut
        ]
        yield Draft(
            at=head.i,
            source=spans_of(text, syntax, name)[0],
            head=head.i,
            cue=None,
            content=spans_of(text, syntax, amount),
            stance="asserts",
            spoken=True,
            finite=True,
            weighs=True,
        )


def _has_number(syntax: Syntax, draft: Draft) -> bool:
    return any(token.pos == "NUM" for span in draft.content for token in syntax.tokens_in(*span))


def _end(syntax: Syntax, start: int, stop: int) -> int:
    """Where a segment ends: at the next comma that no number follows, the next semicolon, or the sentence's end."""
    for k in range(start, stop):
        text = syntax.tokens[k].text
        figure = k + 1 < stop and syntax.tokens[k + 1].pos == "NUM"
        if text in {";", ".", "–", "—", ":"} or (text == "," and not figure):
            return k
    return stop


def _segment(syntax: Syntax, segment: range) -> tuple[range, range] | None:
    """The tokens of a speaker and of the figure behind it, where a segment holds just the two."""
    tokens = [syntax.tokens[k] for k in segment]
    while tokens and tokens[0].text.lower() in _JOINING:
        tokens = tokens[1:]
    first = next((n for n, t in enumerate(tokens) if t.pos == "NUM" or t.text.lower() in _BOUNDING), None)
    if not first or any(t.pos in {"VERB", "AUX", "ADP", "PRON"} for t in tokens[:first]):
        return None
    named, rest = tokens[:first], tokens[first:]
    comma = named[-1].text == ","
    if comma:
        named = named[:-1]
    if not named or any(t.text == "," for t in named) or len(named) > 5 or not _speaks(syntax, named[-1]):
        return None
    if comma and syntax.tokens[segment.start - 1].text != ";":
        return None
    counted = [t for t in rest if t.pos == "NUM"]
    plain = all(t.pos == "NUM" or t.text.lower() in _BOUNDING or t is rest[-1] for t in rest)
    if not counted or not plain or (rest[-1].pos not in {"NUM", "NOUN", "ADJ"}):
        return None
    return range(named[0].i, named[-1].i + 1), range(rest[0].i, rest[-1].i + 1)


def _speaks(syntax: Syntax, token: Token) -> bool:
    entity = syntax.entity_of(token.i)
    if token.pos == "PROPN":
        return entity is not None and entity.label in _NAMED
    if token.pos != "NOUN":
        return False
    noun = find_noun(token.text.lower())
    told = noun is not None and (noun.sort == "group" or (noun.sort == "person" and token.tag == "NNS"))
    return told or bool({token.lemma.lower(), token.text.lower()} & (speaking() | words("speakers")))


def _head(syntax: Syntax, name: range) -> Token:
    return syntax.tokens[name[-1]]
