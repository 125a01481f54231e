"""Readings: one text as derivation compares it, every word with its characters, its sentence and its mask."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.records import Span

from . import masks
from .lexicon import NUMBER, WORD, Hashes, Lexicon, shingles
from .options import DerivationOptions
from .telling import Telling, figures_of
from .units import Unit

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


_FIGURE = 0.6  # weight of a figure's value, and of there being one
_NAME = 0.25  # least rarity of a name


class SentenceSpan(NamedTuple):
    """Words ``[first, last)`` of a reading; `prose` is False for quotations, fragments and masked lines."""

    first: int
    last: int
    prose: bool


class Reading:
    """The words of one unit, as arrays: `numbers` into the lexicon, `starts` and `ends` in the document's text,
    `quoted` and `masked` flags. `narrator` words are those of the text itself."""

    def __init__(self, unit: Unit, lexicon: Lexicon, options: DerivationOptions) -> None:
        self.unit = unit
        self.shingle = options.shingle
        self._most = options.most_sentences
        self.text = unit.document.text
        self._lexicon = lexicon
        numbers: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        self.quotes: list[Span] = []
        bounds: list[tuple[int, masks.Mark]] = []  # first word of each sentence, and what its line is
        self.lines: list[int] = []  # the first word of each line
        for block in unit.spans:
            for paragraph in masks.paragraphs(self.text, *block):
                self.quotes.extend(masks.quotations(self.text, *paragraph))
                lines = masks.lines_of(self.text, *paragraph)
                for line, mark in zip(lines, masks.furniture(self.text, lines), strict=True):
                    self.lines.append(len(numbers))
                    for sentence in masks.sentences(self.text, *line):
                        bounds.append((len(numbers), mark))
                        for match in WORD.finditer(self.text, *sentence):
                            numbers.append(lexicon[match.group()])
                            starts.append(match.start())
                            ends.append(match.end())
        self.numbers: Ints = np.array(numbers, np.int64)
        self.starts: Ints = np.array(starts, np.int64)
        self.ends: Ints = np.array(ends, np.int64)
        self.quoted: Flags = _inside(self.starts, self.quotes)
        self.masked: Flags = np.zeros(len(numbers), np.bool_)
        self.sentences: list[SentenceSpan] = []
        lasts = [*(b[0] for b in bounds[1:]), len(numbers)][: len(bounds)]
        self.tabled = _tabled([(mark, last - first) for (first, mark), last in zip(bounds, lasts, strict=True)])
        for (first, mark), last in zip(bounds, lasts, strict=True):
            marked = bool(mark) and not (self.tabled and mark == "table")
            if marked:
                self.masked[first:last] = True
            own = last - first - int(self.quoted[first:last].sum())
            if last > first:
                self.sentences.append(SentenceSpan(first, last, not marked and own >= 5 and own * 2 >= last - first))

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def narrator(self) -> Flags:
        return ~(self.quoted | self.masked)

    @cached_property
    def narrated(self) -> int:
        """How many words are the narrator's."""
        return int(self.narrator.sum())

    @cached_property
    def quotes_any(self) -> bool:
        """Whether any word stands in a quotation."""
        return bool(self.quoted.any())

    @cached_property
    def free(self) -> Flags:
        """The narrator's content words."""
        found: Flags = self.narrator & (self.weights > 0)
        return found

    @cached_property
    def figures(self) -> Flags:
        """Which words are numbers."""
        found: Flags = self.words != self.exact
        return found

    @cached_property
    def named(self) -> Flags:
        """Which words are names."""
        found: Flags = self.specific & ~self.figures
        return found

    @cached_property
    def worths(self) -> list[float]:
        """What the words before each word, and all, say when they stand in a common run: numbers and capitalised words
        count half."""
        halves = [
            0.5 if self.text[start].isupper() or self.form(number)[:1].isdigit() else 1.0
            for start, number in zip(self.starts.tolist(), self.numbers.tolist(), strict=True)
        ]
        return list(accumulate(halves, initial=0.0))

    @cached_property
    def words(self) -> Hashes:
        """Hash of each word with numbers alike."""
        return self._lexicon.masked[self.numbers]

    @cached_property
    def grams(self) -> tuple[Hashes, Ints, Hashes]:
        """The shingles in order of their hashes, the word each begins at, and the distinct ones."""
        rolled = shingles(self.words, self.shingle)
        order = np.argsort(rolled, kind="stable")
        ordered = rolled[order]
        return ordered, order, ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered

    @cached_property
    def exact(self) -> Hashes:
        return self._lexicon.exact[self.numbers]

    @cached_property
    def stems(self) -> Hashes:
        return self._lexicon.stems[self.numbers]

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        return self._lexicon.weights[self.numbers]

    @cached_property
    def told(self) -> list[SentenceSpan]:
        """The sentences that are set against another text's: the first `most_sentences`."""
        return self.sentences[: self._most]

    @cached_property
    def prose(self) -> list[SentenceSpan]:
        """Those of them that are the narrator's."""
        return [sentence for sentence in self.told if sentence.prose]

    @cached_property
    def prose_words(self) -> list[int]:
        """How many words each sentence of the narrator's has."""
        return [sentence.last - sentence.first for sentence in self.prose]

    @cached_property
    def told_stems(self) -> tuple[Hashes, Ints]:
        """The distinct stems of these sentences, sorted, and which of them each of their words has."""
        if len(self.told) == len(self.sentences):
            return self.vocabulary
        stems, columns = np.unique(self.stems[: self.told[-1].last], return_inverse=True)
        return stems, columns

    @cached_property
    def bags(self) -> tuple[NDArray[np.float64], Hashes]:
        """A row of weights for each prose sentence over the distinct stems of the text (the second array); the
        narrator's words only. A figure counts by half for its value and by half for being one, so that an update
        still aligns."""
        free, figures = self.free, self.figures
        last = self.prose[-1].last if self.prose else 0
        stems, columns = np.unique(np.append(self.stems[:last], NUMBER), return_inverse=True)
        bags = np.zeros((len(self.prose), len(stems)))
        for row, sentence in enumerate(self.prose):
            inside = np.flatnonzero(free[sentence.first : sentence.last]) + sentence.first
            bags[row, columns[inside]] = self.weights[inside]
            if figures[inside].any():
                bags[row, columns[-1]] = _FIGURE
        return bags, stems

    @cached_property
    def heft(self) -> NDArray[np.float64]:
        """The weight of each prose sentence."""
        found: NDArray[np.float64] = self.bags[0].sum(axis=1)
        return found

    @cached_property
    def specific(self) -> Flags:
        """Which words tell one event from another: figures, and names (a capital that no sentence's start explains;
        none in a sentence that is mostly capitals, as headlines are)."""
        capital = np.array([self.text[start].isupper() for start in self.starts.tolist()], np.bool_)
        for first, last, _ in self.sentences:
            if capital[first:last].mean() > 0.6:
                capital[first:last] = False
            capital[first] = False
        found: Flags = (capital & (self.weights >= 0.8)) | self.figures
        return found

    @cached_property
    def rarities(self) -> NDArray[np.float64]:
        """How much each word says that two texts tell the same thing; names say something however common."""
        found = self._lexicon.rarities[self.numbers]
        found[self.named] = np.maximum(found[self.named], _NAME)
        return found

    @cached_property
    def of_page(self) -> Flags:
        """Words with which a page speaks of itself and to its reader."""
        found: Flags = self._lexicon.of_page[self.numbers]
        return found

    @cached_property
    def telling(self) -> Telling:
        """What the narrator tells with all of his words."""
        return Telling.of(self, self.free)

    def told_with(self, free: Flags) -> Telling:
        """What the narrator tells with these of his words."""
        return self.telling if free is self.free else Telling.of(self, free)

    @cached_property
    def known_figures(self) -> frozenset[str]:
        """The forms of all figures but those of furniture."""
        return figures_of(self, ~self.masked)

    @cached_property
    def quotes_told(self) -> tuple[Hashes, NDArray[np.float64]]:
        """The distinct stems of what is quoted, sorted, and how much each says."""
        quoted = self.quoted & ~self.masked
        stems, first = np.unique(self.stems[quoted], return_index=True)
        return stems, self.rarities[quoted][first]

    @cached_property
    def vocabulary(self) -> tuple[Hashes, Ints]:
        """The distinct stems of the text, sorted, and which of them each word has."""
        stems, columns = np.unique(self.stems, return_inverse=True)
        return stems, columns

    @cached_property
    def unmasked(self) -> Hashes:
        """The distinct stems of what is no boilerplate and no list, sorted."""
        found: Hashes = self.vocabulary[0][np.unique(self.vocabulary[1][~self.masked])]
        return found

    @cached_property
    def windows(self) -> tuple[NDArray[np.uint8], Hashes]:
        """For each sentence that is no furniture, 1 for each of the distinct stems (the second array) that it or the
        next has."""
        stems, columns = self.told_stems
        whole = [s for s in self.told if not self.masked[s.first : s.last].all()]
        found = np.zeros((len(whole) or 1, len(stems)), np.uint8)
        for row, sentence in enumerate(whole):
            found[row, columns[sentence.first : sentence.last]] = 1
        found[:-1] = np.maximum(found[:-1], found[1:])
        return found, stems

    @cached_property
    def said(self) -> tuple[NDArray[np.uint8], Hashes]:
        """For each sentence, quotations included, which of the text's distinct stems it or the next one has."""
        content = self.weights > 0
        stems, columns = self.told_stems
        found = np.zeros((len(self.told) or 1, len(stems)), np.uint8)
        for row, sentence in enumerate(self.told):
            inside = np.flatnonzero(content[sentence.first : sentence.last]) + sentence.first
            found[row, columns[inside]] = 1
        found[:-1] = np.maximum(found[:-1], found[1:])
        return found, stems

    def folded(self, i: int) -> str:
        return self.form(int(self.numbers[i]))

    def form(self, number: int) -> str:
        """The folded word of a number of `numbers`."""
        return self._lexicon.folded[number]

    def span(self, first: int, last: int) -> Span:
        """The characters of words ``[first, last)``."""
        return Span(int(self.starts[first]), int(self.ends[last - 1]))


def _tabled(sentences: list[tuple[masks.Mark, int]]) -> bool:
    """Whether a text is a table more than anything else: then its rows are what it tells."""
    rows, others = (sum(words for mark, words in sentences if mark in marks) for marks in (("table",), ("", "list")))
    return rows > others


def _inside(starts: Ints, spans: list[Span]) -> Flags:
    edges = np.array([edge for span in spans for edge in span], np.int64)
    inside: Flags = np.searchsorted(edges, starts, side="right") % 2 == 1
    return inside
