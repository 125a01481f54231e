"""The contexts of an event: what it is about beside its type ("nuclear matters", "migration").

Words, the sectors of its parties and its type say so; the words are the ontology's own (``context_words`` in its
files). Of two wordings at one place the longer holds: "tear gas" is no matter of natural resources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from variorum.records import Annotation, EventMention, Record, Syntax, Token

_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_PIECES = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

Phrase = tuple[str, ...]


class ContextWords(Record, frozen=True, kw_only=True):
    """What says that an event is of a context: `words` of nouns, names and adjectives, each a lemma or several in a
    row, `verbs`, `sectors` of those who take part, and `types` of events that are always of it."""

    words: tuple[Phrase, ...] = ()
    verbs: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()


def read_context_words(tables: Sequence[Mapping[str, Mapping[str, Sequence[str]]]]) -> dict[str, ContextWords]:
    """The tables of several files as one, by context."""
    merged: dict[str, dict[str, list[str]]] = {}
    for table in tables:
        for context, lists in table.items():
            for name, words in lists.items():
                merged.setdefault(context, {}).setdefault(name, []).extend(words)
    return {
        context: ContextWords(
            words=tuple(dict.fromkeys(tuple(_PIECES.findall(word.lower())) for word in lists.get("words", ()))),
            verbs=frozenset(lists.get("verbs", ())),
            sectors=frozenset(lists.get("sectors", ())),
            types=frozenset(lists.get("types", ())),
        )
        for context, lists in merged.items()
    }


class Contexts:
    """Finds the contexts of events; built once an ontology. `order` is that in which they are given."""

    def __init__(self, words: Mapping[str, ContextWords], order: Sequence[str]) -> None:
        self._words = words
        self._order = {context: number for number, context in enumerate(order)}
        self._phrases: dict[str, list[tuple[Phrase, set[str]]]] = {}
        self._verbs: dict[str, set[str]] = {}
        found: dict[Phrase, set[str]] = {}
        for context, told in words.items():
            for phrase in told.words:
                found.setdefault(phrase, set()).add(context)
            for verb in told.verbs:
                self._verbs.setdefault(verb, set()).add(context)
        for phrase, contexts in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
            self._phrases.setdefault(phrase[0], []).append((phrase, contexts))

    def __bool__(self) -> bool:
        return bool(self._words)

    def given(self, syntax: Syntax, annotation: Annotation) -> tuple[EventMention, ...]:
        """The annotation's events, each with its contexts."""
        told: dict[int, set[str]] = {}  # what the words of a sentence are of
        return tuple(
            msgspec.structs.replace(event, contexts=self._of(event, syntax, annotation, told))
            for event in annotation.events
        )

    def _of(
        self, event: EventMention, syntax: Syntax, annotation: Annotation, told: dict[int, set[str]]
    ) -> tuple[str, ...]:
        found: set[str] = set()
        inside = syntax.tokens_in(event.start, event.end)
        for number in sorted({syntax.sentence_of(token.i).number for token in inside}):
            if number not in told:
                sentence = syntax.sentences[number]
                told[number] = self._told(syntax.tokens[sentence.first : sentence.last])
            found |= told[number]
        sectors = {annotation.actors[n].sector for n in (*event.actors, *event.recipients)}
        for context, words in self._words.items():
            if event.type in words.types or not words.sectors.isdisjoint(sectors):
                found.add(context)
        return tuple(sorted(found, key=lambda context: self._order.get(context, len(self._order))))

    def _told(self, tokens: Sequence[Token]) -> set[str]:
        """What the words of a sentence are of."""
        pieces = list(_pieces(tokens))
        found: set[str] = set()
        at = 0
        while at < len(pieces):
            token, lemma, word = pieces[at]
            step = 1
            for phrase, contexts in (*self._phrases.get(lemma, ()), *self._phrases.get(word, ())):
                if len(phrase) == 1 and token.pos not in _NAMING:
                    continue
                row = pieces[at : at + len(phrase)]
                if len(row) == len(phrase) and all(part in each[1:] for part, each in zip(phrase, row, strict=True)):
                    found |= contexts
                    step = max(step, len(phrase))
                    if step > 1:
                        break
            if token.pos == "VERB":
                found |= self._verbs.get(lemma, set())
            at += step
        return found


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[Token, str, str]]:
    """Each word of a sentence with its lemma and itself in small letters; a hyphenated one in its parts."""
    for token in tokens:
        words = _PIECES.findall(token.text.lower())
        if len(words) == 1:
            yield token, token.lemma.lower(), words[0]
        else:
            yield from ((token, word, word) for word in words)
