"""Cues of headlines and transcripts that are no words: a colon, a dash or a comma beside whoever speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.records import Document, Sentence, Span, Syntax, Token
from variorum.world.nouns import find_noun

from .drafts import Draft, trimmed
from .lexicon import speaking, words
from .options import AttributionOptions

_COLON = re.compile(r"\s?:\s")
_DASH = re.compile(r"\s([-–—]|--)\s(?!.*\s(?:[-–—]|--)\s)")
_COMMA = re.compile(r"(,)\s(?!.*,)")
_QUOTED = re.compile(r"(?<!\w)['‘\"“][^'’\"”]+['’\"”]")
_THINGS = frozenset({"EVENT", "LAW", "WORK_OF_ART", "FAC", "LOC", "DATE", "TIME", "PRODUCT"})
_SPEAKING = frozenset({"person", "group"})
_NOUNS = 3  # words of a speaker behind a colon that no name is among
_STOP = re.compile(r"[.!?]\W*$")
_TAIL = 5  # words that a speaker behind a dash or comma takes at most


def headline_drafts(
    document: Document, syntax: Syntax, sentence: Sentence, options: AttributionOptions
) -> Iterator[Draft]:
    """ "Police: two held", "Two held: police", "Two held - police", "Two held, officials" in headlines; "SMITH: …" in
    transcripts."""
    text, span = document.text, _whole_title(document.text, syntax, sentence)
    if span is None:
        return
    line = span.of(text)
    headline = (sentence.kind == "title" or not text[: span.start].strip()) and (
        len(line.split()) <= options.headline_words
    )
    draft = _colon(text, syntax, span, headline, options)
    if draft is None and headline:
        draft = _dash(document, syntax, span) or (_comma(text, syntax, span) if sentence.kind == "title" else None)
    if draft is not None:
        yield draft


def _whole_title(text: str, syntax: Syntax, sentence: Sentence) -> Span | None:
    """The characters of a sentence; for the first of a title that the parser cut at its colon, those of the title, and
    none for the others."""
    span = syntax.sentence_span(sentence)
    if sentence.kind != "title":
        return span
    together = [s for s in syntax.sentences if s.kind == "title" and s.block == sentence.block]
    if len(together) == 1 or any(_STOP.search(syntax.sentence_span(s).of(text)) for s in together[:-1]):
        return span
    return Span(span.start, syntax.sentence_span(together[-1]).end) if sentence is together[0] else None


def _colon(text: str, syntax: Syntax, span: Span, headline: bool, options: AttributionOptions) -> Draft | None:
    line = span.of(text)
    match = _COLON.search(line)
    if match is None:
        return None
    at = span.start + match.start() + match.group().index(":")
    before, after = trimmed(text, span.start, at), trimmed(text, at + 1, span.end)
    if before is None or after is None:
        return None
    transcript = _is_transcript(text, syntax, before, line)
    if not (transcript or headline):
        return None
    for source, content in ((before, after), (after, before)):
        first = syntax.tokens_in(*source)[:1]
        if source is after and first and first[0].pos == "DET":
            continue  # "Who is to blame: the army"; a speaker has no article in headlines
        speaks = _may_speak(text, syntax, source, options) or (source is after and _is_tail(syntax, before, after))
        if speaks and not (source is after and transcript):
            return _draft(syntax, source, Span(at, at + 1), content)
    return None


def _dash(document: Document, syntax: Syntax, span: Span) -> Draft | None:
    """A common noun of those who speak behind the last dash; a name only where something before it is quoted, since
    most names there are the outlet's."""
    found = _parted(_DASH, document.text, span)
    if found is None:
        return None
    before, cue, tail = found
    tokens = syntax.tokens_in(*tail)
    if len(tokens) > _TAIL or any(t.pos in {"VERB", "AUX", "NUM", "PRON", "CCONJ"} for t in tokens) or not tokens:
        return None
    last = tokens[-1]
    if last.pos == "PROPN" and not _is_common(last):
        outlet = document.outlet is not None and tail.of(document.text).lower() in document.outlet.lower()
        if outlet or len(tokens) > 2 or not _QUOTED.search(document.text, before.start, before.end):
            return None
    elif not _is_speaker(last):
        return None
    return _draft(syntax, tail, cue, before)


def _comma(text: str, syntax: Syntax, span: Span) -> Draft | None:
    """ "Blast kills 10 in Kabul, officials": behind a whole clause, and never the last of a list."""
    found = _parted(_COMMA, text, span)
    if found is None:
        return None
    before, cue, tail = found
    tokens, told = syntax.tokens_in(*tail), syntax.tokens_in(*before)
    if not tokens or not told or len(tokens) > 3 or any(t.pos not in {"NOUN", "PROPN", "ADJ"} for t in tokens):
        return None
    last = tokens[-1]
    if last.lemma.lower() not in words("voices") | {"police", "witness", "authority"} or _is_speaker(told[-1]):
        return None
    if len(told) < 4 or not any(t.pos == "VERB" for t in told):
        return None
    return _draft(syntax, tail, cue, before)


def _parted(pattern: re.Pattern[str], text: str, span: Span) -> tuple[Span, Span, Span] | None:
    match = pattern.search(text, span.start, span.end)
    if match is None:
        return None
    before, tail = trimmed(text, span.start, match.start()), trimmed(text, match.end(), span.end)
    return (before, Span(*match.span(1)), tail) if before is not None and tail is not None else None


def _draft(syntax: Syntax, source: Span, cue: Span, content: Span) -> Draft:
    head = syntax.head_of(*source)
    first = syntax.tokens_in(*source)
    return Draft(
        at=head.i if head else first[0].i,
        source=source,
        head=head.i if head else None,
        cue=cue,
        content=[content],
        stance="asserts",
        spoken=True,
        quotable=True,
        finite=True,
    )


def _is_common(token: Token) -> bool:
    """Whether a word of a headline in title case is a common noun of those who speak."""
    return token.text.lower() in words("speakers") | speaking()


def _is_speaker(token: Token) -> bool:
    low = token.text.lower()
    if low in words("speakers") or token.lemma.lower() in speaking() | words("speakers"):
        return True
    noun = find_noun(low)
    return token.pos == "NOUN" and noun is not None and noun.sort in _SPEAKING


def _is_transcript(text: str, syntax: Syntax, before: Span, line: str) -> bool:
    """Whether a name of one or more words opens a paragraph and a colon hands it the rest ("SMITH: I was there")."""
    name = before.of(text)
    if name.isupper() and not line.isupper():
        return True
    opens = not text[: before.start].rstrip(' \t"“') or text[: before.start].rstrip(' \t"“').endswith("\n")
    tokens = syntax.tokens_in(*before)
    return opens and 2 <= len(tokens) <= 4 and all(token.pos == "PROPN" for token in tokens) and name.istitle()


def _is_tail(syntax: Syntax, told: Span, tail: Span) -> bool:
    """Whether a bare noun of those who speak ends a headline that tells something: "Nine miners missing: rescuers"."""
    tokens = syntax.tokens_in(*tail)
    if not tokens or len(tokens) > _NOUNS or not any(t.pos in {"VERB", "AUX", "NUM"} for t in syntax.tokens_in(*told)):
        return False
    if len(tokens) == 1 and tokens[0].text.lower() in words("speakers"):
        return True
    plain = all(t.pos in {"NOUN", "PROPN", "ADJ"} or t.tag == "VBN" for t in tokens)
    return plain and _is_speaker(tokens[-1])


def _may_speak(text: str, syntax: Syntax, span: Span, options: AttributionOptions) -> bool:
    """Whether a few words look like the name of a speaker: no verb, no number, and at their end a name or a noun of
    those who speak ("Ukraine war" names what is spoken of)."""
    tokens = syntax.tokens_in(*span)
    if not tokens or len(tokens) > options.source_words or span.of(text)[:1] in "\"'“‘":
        return False
    if any(t.pos in {"VERB", "AUX", "NUM", "PRON"} or t.text == "," for t in tokens):
        return False
    entity = syntax.entity_of(tokens[-1].i)
    if entity is not None and entity.label in _THINGS:
        return False
    if tokens[-1].pos == "PROPN":
        noun = find_noun(tokens[-1].text.lower())
        named = len(tokens) == 1 or (entity is not None and entity.label == "PERSON")
        return named or noun is None or noun.sort in _SPEAKING
    return tokens[-1].lemma.lower() in words("speakers") or (
        any(t.pos == "PROPN" for t in tokens) and _is_speaker(tokens[-1])
    )
