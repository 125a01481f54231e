"""The packaged model run for what `Syntax` needs, faster than its pipeline runs and with the same outcome.

- Tagger and parser share one encoder, names have another; both are `encoder`'s.
- Transitions are chosen step by step over a whole batch, as training does it: the loop that spaCy takes otherwise gives
  the interpreter's lock back and asks for it again for each move that it considers.
- What the rules of attributes and the lemmatizer say of a word depends on its form, tag and relation, but for a few
  words whose neighbours count (`_TARGETS`): it is asked once and remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .encoder import quicken

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_KNOWN_WORDS = 100_000
_ZONE = 2_000_000  # characters between two times that the model forgets: some 30 MB of new words
_WRAP = 2**64
_COLUMNS = ("IDX", "LENGTH", "ORTH", "TAG", "DEP", "HEAD", "SENT_START", "IS_SPACE", "LOWER")
_TARGETS = frozenset({"ai", "gon", "c'm", "y", "y'", "na", "ta", "'s", "is", "are", "was", "were", "'re"})
_BEFORE, _AFTER = frozenset({"gon", "got", "let"}), frozenset({"n't", "nt", "na", "on", "all"})
"""The words that the model's rules of two words say something of, and those that such a rule wants beside them."""


class Word(NamedTuple):
    """What is said of a token. `head` is its own number for a root."""

    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


class Reading(NamedTuple):
    """One text as the model reads it: all tokens, white space too, the first token of each sentence, and entities from
    token to token with their label."""

    words: list[Word]
    spaces: list[int]
    sentences: list[int]
    entities: list[tuple[int, int, str]]


class Key(NamedTuple):
    """All that a word's part of speech and lemma depend on."""

    orth: int
    tag: int
    dep: int
    beside: tuple[int, bool, int] | None


class Inference:
    """The packaged model; `nlp` is its own and is changed."""

    def __init__(self, nlp: Language) -> None:
        quicken(nlp)
        self._nlp = nlp
        self._said: dict[Key, tuple[str, str]] = {}
        self._turn = Lock()  # threads take turns
        self._zone = ExitStack()
        self._held = 0
        targets, before, after = (frozenset(map(_signed(nlp), words)) for words in (_TARGETS, _BEFORE, _AFTER))
        self._targets, self._before, self._after = targets, before, after
        self._expletive = _signed(nlp)("expl")

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Each text by itself; a batch changes nothing but the time."""
        with self._turn:
            self._make_room(sum(map(len, texts)))
            return self._readings(self._docs(texts))

    def _docs(self, texts: Sequence[str]) -> list[Doc]:
        nlp = self._nlp
        docs = [nlp.make_doc(text) for text in texts]
        filled = [doc for doc in docs if len(doc)]
        if filled:
            for name in ("tok2vec", "tagger"):
                pipe: Any = nlp.get_pipe(name)
                pipe.set_annotations(filled, pipe.predict(filled))
            for name in ("parser", "ner"):
                pipe = nlp.get_pipe(name)
                pipe.set_annotations(filled, _stepped(pipe, filled))
        return docs

    def _make_room(self, characters: int) -> None:
        """Let the model forget the words that it met since it last did, where they were many."""
        self._held += characters
        if self._held == characters or self._held > _ZONE:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._held = characters

    def _readings(self, docs: Sequence[Doc]) -> list[Reading]:
        tables = [doc.to_array(list(_COLUMNS)).astype(np.int64).tolist() for doc in docs]
        keys = [self._keys(table) for table in tables]
        self._ask(docs, keys)
        return [self._reading(*each) for each in zip(docs, tables, keys, strict=True)]

    def _reading(self, doc: Doc, table: list[list[int]], keys: list[Key]) -> Reading:
        name, said = self._nlp.vocab.strings, self._said
        words, spaces, sentences = [], [], []
        for i, (row, key) in enumerate(zip(table, keys, strict=True)):
            start, length, _, tag, dep, head, begins, is_space, _ = row
            pos, lemma = said[key]
            words.append(Word(start, start + length, lemma, pos, name[tag % _WRAP], name[dep % _WRAP], i + head))
            if is_space:
                spaces.append(i)
            if begins == 1 or i == 0:
                sentences.append(i)
        return Reading(words, spaces, sentences, [(ent.start, ent.end, ent.label_) for ent in doc.ents])

    def _keys(self, table: list[list[int]]) -> list[Key]:
        found = []
        last = len(table) - 1
        for i, row in enumerate(table):
            beside = None
            if row[8] in self._targets:
                before = table[i - 1][8] if i else 0
                after = table[i + 1][8] if i < last else 0
                told = bool(i) and table[i - 1][4] == self._expletive
                beside = (before if before in self._before else 0, told, after if after in self._after else 0)
            found.append(Key(row[2], row[3], row[4], beside))
        return found

    def _ask(self, docs: Sequence[Doc], keys: Sequence[Sequence[Key]]) -> None:
        """Learn what is said of the words that were not met yet: each is put to the rules between its neighbours."""
        if len(self._said) > _KNOWN_WORDS:
            self._said.clear()
            self._nlp.get_pipe("lemmatizer").cache.clear()  # type: ignore[attr-defined]
        new: dict[Key, tuple[Doc, int]] = {}
        for doc, here in zip(docs, keys, strict=True):
            for i, key in enumerate(here):
                if key not in self._said and key not in new:
                    new[key] = (doc, i)
        if not new:
            return
        from spacy.tokens import Doc as Made

        shown = [doc[k] if 0 <= k < len(doc) else None for doc, i in new.values() for k in (i - 1, i, i + 1)]
        asked = Made(self._nlp.vocab, words=["," if token is None else token.text for token in shown])
        comma = self._nlp.vocab.strings.add(",")
        rows = [(comma, 0) if token is None else (token.tag, token.dep) for token in shown]
        asked.from_array(["TAG", "DEP"], np.array(rows, dtype=np.uint64))  # type: ignore[arg-type]
        for name in ("attribute_ruler", "lemmatizer"):
            asked = self._nlp.get_pipe(name)(asked)
        for token, key in zip(list(asked)[1::3], new, strict=True):
            self._said[key] = (token.pos_, token.lemma_)


def _signed(nlp: Language) -> Callable[[str], int]:
    """A string's number as it stands in a table of signed ones."""
    return lambda string: (nlp.vocab.strings.add(string) + _WRAP // 2) % _WRAP - _WRAP // 2


def _stepped(pipe: Any, docs: Sequence[Doc]) -> Any:
    """The last states of a parser by transitions, the best move taken at each step."""
    states = pipe.moves.init_batch(docs)
    model = pipe.model.predict(docs)
    left = [state for state in states if not state.is_final()]
    while left:
        left = pipe.transition_states(left, model.predict(left))
    model.clear_memory()
    return states
