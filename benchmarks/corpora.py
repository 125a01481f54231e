"""Synthetic news of known descent: texts of invented words, some of which are made from others.

Words are drawn by Zipf's law, the commonest from the packaged function words, the others built of syllables; sentences,
paragraphs, names, figures and quotations stand where news has them. Everything depends on the seed alone, and a corpus
of more texts begins with those of a smaller one of the same share of copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from variorum.derivation.lexicon import words_of

Kind = Literal["verbatim", "truncated", "edited-10", "edited-30", "third-copied", "quoted"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_VOCABULARY = 60_000
_TOPICS = 400
_TOPIC_WORDS = 120
_FURNITURE = 40
_SOURCES = 20_000  # texts that others are made from, at most
Generator = np.random.Generator
Words = list[str]


class Text(NamedTuple):
    """One text, the number of the text it was made from and how (None where it is nobody's)."""

    text: str
    source: int | None
    kind: Kind | None


class _Language:
    """The words of the corpus by their rank, and how often each comes."""

    def __init__(self) -> None:
        rng = np.random.default_rng(20_010_101)
        common = sorted(words_of("stop"))
        rng.shuffle(common)
        self.words = np.array([*common, *_invented(rng, _VOCABULARY - len(common))])
        frequency = 1.0 / (np.arange(_VOCABULARY) + 2.7)  # Zipf's law with Mandelbrot's shift
        self.cumulative = np.cumsum(frequency) / frequency.sum()
        self.first_content = len(common)
        self.furniture = [_sentence_of(self, rng, 9) for _ in range(_FURNITURE)]

    def draw(self, rng: Generator, count: int) -> NDArray[np.int64]:
        return np.searchsorted(self.cumulative, rng.random(count))


def _invented(rng: Generator, count: int) -> Words:
    onsets = ["b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "st"]
    vowels, codas = ["a", "e", "i", "o", "u", "ai", "ou"], ["", "n", "r", "l", "s", "t", "m", "nd"]
    found: dict[str, None] = {}
    while len(found) < count:
        parts = 1 + int(rng.integers(1, 4))
        picks = rng.integers(0, [len(onsets), len(vowels), len(codas)], size=(parts, 3))
        found["".join(onsets[a] + vowels[b] + codas[c] for a, b, c in picks.tolist())] = None
    return list(found)


def _sentence_of(language: _Language, rng: Generator, words: int) -> str:
    return " ".join(language.words[language.draw(rng, words)]).capitalize() + "."


class _Author:
    """Writes texts of its own; every random choice comes from one generator."""

    def __init__(self, language: _Language, rng: Generator) -> None:
        self._language = language
        self._rng = rng

    def sentences(self, words: int) -> list[Words]:
        """A new text of about so many words, as sentences of plain words: a third of the content from its topic."""
        rng, language = self._rng, self._language
        topic = np.random.default_rng(int(rng.integers(_TOPICS)))
        own = topic.integers(language.first_content, _VOCABULARY // 4, _TOPIC_WORDS)
        ranks = language.draw(rng, words)
        on_topic = (ranks >= language.first_content) & (rng.random(words) < 0.33)
        ranks[on_topic] = own[rng.integers(0, _TOPIC_WORDS, int(on_topic.sum()))]
        drawn: Words = language.words[ranks].tolist()
        for at in np.flatnonzero(rng.random(words) < 0.05).tolist():
            drawn[at] = drawn[at].capitalize()
        for at in np.flatnonzero(rng.random(words) < 0.015).tolist():
            drawn[at] = str(int(rng.integers(2, 900)))
        found, at = [], 0
        while at < words:
            length = int(rng.integers(14, 32))
            found.append(drawn[at : at + length])
            at += length
        return found

    def edited(self, sentences: list[Words], share: float) -> list[Words]:
        """The same sentences with that share of the words changed, one here and one there."""
        rng, language = self._rng, self._language
        found = []
        for sentence in sentences:
            other = language.words[language.draw(rng, len(sentence))].tolist()
            changed = (rng.random(len(sentence)) < share).tolist()
            found.append([b if c else a for a, b, c in zip(sentence, other, changed, strict=True)])
        return found

    def derived(self, kind: Kind, source: list[Words]) -> list[Words]:
        rng, own = self._rng, self.sentences
        words = sum(map(len, source))
        if kind == "edited-10":
            return self.edited(source, 0.1)
        if kind == "edited-30":
            return self.edited(source, 0.3)
        if kind == "truncated":
            return source[: max(2, int(len(source) * 0.4))]
        if kind == "third-copied":
            count = max(2, -(-len(source) // 3))
            first = int(rng.integers(0, len(source) - count + 1))
            return [*own(words // 3), *source[first : first + count], *own(words // 3)]
        if kind == "quoted":
            first = int(rng.integers(0, max(1, len(source) - 1)))
            quoted = [["“" + " ".join(sentence) + "”"] for sentence in source[first : first + 2]]
            return [*own(words // 2), *quoted, *own(words // 2)]
        return source

    def written(self, sentences: list[Words], *, furniture: bool) -> str:
        """The text as an outlet prints it: three sentences a paragraph, and lines around it."""
        paragraphs = [
            " ".join(" ".join(words)[:1].upper() + " ".join(words)[1:] + "." for words in sentences[i : i + 3])
            for i in range(0, len(sentences), 3)
        ]
        if furniture:
            lines = [self._language.furniture[i] for i in self._rng.integers(0, _FURNITURE, 3).tolist()]
            paragraphs = [lines[0], *paragraphs, *lines[1:]]
        return "\n\n".join(paragraphs)


def texts(count: int, *, copies: float = 0.12, seed: int = 7, kinds: tuple[Kind, ...] = KINDS) -> Iterator[Text]:
    """`count` texts of 120 to 700 words (median 350), the share `copies` of them made from an earlier one, in all
    `kinds` alike. Every derived text has a source that is nobody's; sources are taken by a law of few and many, so that
    families grow to hundreds where there are many copies."""
    language = _Language()
    rng = np.random.default_rng(seed)
    author = _Author(language, rng)
    sources: list[tuple[int, list[Words]]] = []
    for number in range(count):
        if sources and rng.random() < copies:
            kind = kinds[int(rng.integers(len(kinds)))]
            place = int(len(sources) * rng.random() ** 3) if copies > 0.3 else -1 - int(rng.integers(len(sources)))
            at, source = sources[place]
            yield Text(author.written(author.derived(kind, source), furniture=kind == "verbatim"), at, kind)
        else:
            sentences = author.sentences(int(np.clip(rng.lognormal(np.log(350), 0.45), 120, 700)))
            if len(sources) < _SOURCES:
                sources.append((number, sentences))
            yield Text(author.written(sentences, furniture=False), None, None)
