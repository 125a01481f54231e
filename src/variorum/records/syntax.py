"""Syntax: a text's tokens and their dependency tree, free of the library that made them.

Only the blocks that tell what happened are parsed (`documents.READ_KINDS`). Tokens are numbered through the document;
offsets are of the document's text. Labels are those of the English CLEAR style that spaCy's models use
(nsubj, nsubjpass, dobj, pobj, agent, prep, relcl, xcomp, ccomp, advcl, conj, appos, poss, neg, aux, auxpass …).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from .base import Span
from .documents import BlockKind


class Token(msgspec.Struct, frozen=True, gc=False):
    """`head` is the index of the governing token, the token's own where it is a root. `tag` is Penn Treebank's.

    The layers do little else than look at fields of tokens: those of a struct are found three times as fast as those
    of a named tuple.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


class Entity(msgspec.Struct, frozen=True, gc=False):
    """A name as the model sees it: tokens ``[first, last)`` and OntoNotes label (types are weak, spans are good)."""

    first: int
    last: int
    label: str


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``[first, last)`` of one sentence, and the kind of the block that it stands in."""

    number: int
    first: int
    last: int
    block: int  # index into the document's blocks
    kind: BlockKind


class Syntax:
    """The tokens, sentences and entities of one document, with the walks that every layer needs.

    Immutable by habit: nothing sets an attribute after construction. Empty for a document without readable blocks.
    """

    def __init__(self, tokens: Sequence[Token], sentences: Sequence[Sentence], entities: Sequence[Entity] = ()) -> None:
        self.tokens: tuple[Token, ...] = tuple(tokens)
        self.sentences: tuple[Sentence, ...] = tuple(sentences)
        self.entities: tuple[Entity, ...] = tuple(entities)

    @cached_property
    def _children(self) -> list[list[Token]]:
        """The tokens that hang on each token, in text order. Leaves, which most tokens are, share one empty list."""
        leaf: list[Token] = []
        children = [leaf] * len(self.tokens)
        for token in self.tokens:
            head = token.head
            if head == token.i:
                continue
            if children[head]:
                children[head].append(token)
            else:
                children[head] = [token]
        return children

    @cached_property
    def _edges(self) -> list[tuple[int, int]]:
        """The first and last token index of each token's subtree."""
        low, high = list(range(len(self.tokens))), list(range(len(self.tokens)))
        heads = [token.head for token in self.tokens]
        for i in reversed(self._top_down()):
            head = heads[i]
            if low[i] < low[head]:
                low[head] = low[i]
            if high[i] > high[head]:
                high[head] = high[i]
        return list(zip(low, high, strict=True))

    def _top_down(self) -> list[int]:
        """All tokens that hang under a root, each after its head."""
        children = self._children
        order = [token.i for token in self.tokens if token.head == token.i]
        for i in order:  # grows while walked
            if found := children[i]:
                order.extend([child.i for child in found])
        return order

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_firsts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    def children(self, i: int, *deps: str) -> Sequence[Token]:
        """The tokens that hang on token `i`, in text order; only those with one of `deps` if any is given."""
        found = self._children[i]
        return [token for token in found if token.dep in deps] if deps and found else found

    def child(self, i: int, *deps: str) -> Token | None:
        """The first token that hangs on token `i` with one of `deps`; the first at all if none is given."""
        for token in self._children[i]:
            if not deps or token.dep in deps:
                return token
        return None

    def ancestors(self, i: int) -> Iterator[Token]:
        """The head of token `i`, that one's head, … up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def subtree(self, i: int) -> Span:
        """The characters from the first to the last token that token `i` governs, itself included."""
        first, last = self._edges[i]
        return Span(self.tokens[first].start, self.tokens[last].end)

    def subtree_tokens(self, i: int) -> range:
        """The token indices between the edges of the subtree of token `i`."""
        first, last = self._edges[i]
        return range(first, last + 1)

    @cached_property
    def _entity_firsts(self) -> list[int]:
        return [entity.first for entity in self.entities]

    def entity_of(self, i: int) -> Entity | None:
        """The entity that token `i` is in; None where it is in none."""
        number = bisect_right(self._entity_firsts, i) - 1
        return self.entities[number] if number >= 0 and i < self.entities[number].last else None

    def sentence_of(self, i: int) -> Sentence:
        return self.sentences[bisect_right(self._sentence_firsts, i) - 1]

    def sentence_span(self, sentence: Sentence) -> Span:
        return Span(self.tokens[sentence.first].start, self.tokens[sentence.last - 1].end)

    def tokens_in(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that overlap the characters ``[start, end)``."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.tokens[first].end <= start:
            first += 1
        return self.tokens[first : bisect_left(self._starts, end)]

    @cached_property
    def _head_of(self) -> dict[tuple[int, int], Token | None]:
        """The heads of the spans asked for so far: every layer asks for those of times, places and actors."""
        return {}

    def head_of(self, start: int, end: int) -> Token | None:
        """The token of the characters ``[start, end)`` that governs the others; None where there is no token."""
        if (start, end) not in self._head_of:
            self._head_of[start, end] = self._found_head(start, end)
        return self._head_of[start, end]

    def _found_head(self, start: int, end: int) -> Token | None:
        inside = self.tokens_in(start, end)
        if not inside:
            return None
        low, high = inside[0].i, inside[-1].i
        for token in inside:
            if token.head == token.i or not low <= token.head <= high:
                return token
        return inside[-1]

    def __len__(self) -> int:
        return len(self.tokens)
