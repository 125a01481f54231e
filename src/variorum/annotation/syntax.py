"""Syntax: the packaged English model over the blocks that tell what happened, as `records.Syntax`.

A block's paragraph is the unit of parsing: its parse depends on nothing around it, so the same paragraph costs once
however many documents carry it, and a document's syntax is the same in any batch and on any worker.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from variorum.annotation.model import NAME, load_model
from variorum.records import READ_KINDS, Block, Document, Entity, Record, Sentence, Syntax, Token

from .legible import bare, is_veiled, visible
from .truecase import truecase

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .inference import Inference, Reading

_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\n": " "}
)
_WRAPPED = 110  # no wrapped text is wider
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_CUT = re.compile(r"(?<=[.!?])[\"'”’]?\s+(?=[\"'“‘]?[A-Z])")


class SyntaxOptions(Record, frozen=True, kw_only=True):
    """The paragraphs of `batch` documents are read together, `characters` at once (neither changes an output; 40,000
    are slower); a paragraph over `longest` characters is cut at sentence ends, so that memory stays bounded;
    `remembered` parses of paragraphs are kept for copies."""

    batch: int = 32
    characters: int = 12_000
    longest: int = 2_000
    remembered: int = 5_000


class _Parsed(NamedTuple):
    """One paragraph's parse, offsets and token numbers counted from its own start."""

    tokens: tuple[tuple[int, int, str, str, str, str, int], ...]  # start, end, lemma, pos, tag, dep, head
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...]
    veiled: bool = False  # whether the model read another text than is stored


class Parser(Protocol):
    """What makes syntax of documents. `name` goes into an edition's versions."""

    name: str

    def parse(self, documents: Iterable[Document]) -> Iterator[Syntax]:
        """The syntax of each document, in order."""
        ...


def readable(text: str) -> str:
    """A paragraph as the model reads it best, of the same length: straight quotes, no line breaks, no lone capitals."""
    return truecase(text.translate(_STRAIGHT))


def paragraphs(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The paragraphs of a block. Only entries and sections hold several: their lines, or what blank lines part where
    all lines are as short as those of a wrapped text and run on."""
    if block.part is None:
        yield block.start, block.end
        return
    lines = text[block.start : block.end].split("\n")
    wrapped = max(map(len, lines)) <= _WRAPPED
    at, start = block.start, block.start
    for line in lines:
        end = at + len(line)
        if not line.strip() or not wrapped or _ENDED.search(line):
            yield start, end
            start = end
        at = end + 1
    if start < block.end:
        yield start, block.end


def pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """Cut ``text[start:end]`` into stretches of at most `longest` characters, at sentence ends where there are any,
    else at white space, else anywhere; white space at the edges is left out."""
    while start < end:
        stop = end
        if end - start > longest:
            window = text[start : start + longest]
            cuts = [match.end() for match in _CUT.finditer(window)]
            space = max(window.rfind(" "), window.rfind("\n"))
            stop = start + (cuts[-1] if cuts else space + 1 if space > 0 else longest)
        a, b = start, stop
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            yield a, b
        start = stop


class SpacyParser:
    """The packaged spaCy model behind the `Parser` seam. It loads at the first parse of a process, and once."""

    name = NAME

    def __init__(self, options: SyntaxOptions | None = None) -> None:
        self._options = options or SyntaxOptions()
        self._memory: OrderedDict[str, _Parsed] = OrderedDict()

    def parse(self, documents: Iterable[Document]) -> Iterator[Syntax]:
        for batch in _batches(documents, self._options.batch):
            where = [
                [
                    (a, b, number)
                    for number, block in enumerate(document.blocks)
                    if block.kind in READ_KINDS
                    for start, end in paragraphs(document.text, block)
                    for a, b in pieces(document.text, start, end, self._options.longest)
                ]
                if document.supported and document.rejected is None
                else []
                for document in batch
            ]
            self._learn(document.text[a:b] for document, spans in zip(batch, where, strict=True) for a, b, _ in spans)
            for document, spans in zip(batch, where, strict=True):
                yield self._assemble(document, spans)
            self._forget()

    def _learn(self, paragraphs: Iterable[str]) -> None:
        """Parse the paragraphs that memory lacks."""
        wanted = list(dict.fromkeys(paragraphs))
        new = []
        for paragraph in wanted:
            if paragraph in self._memory:
                self._memory.move_to_end(paragraph)
            else:
                new.append(paragraph)
        shown: dict[str, list[str]] = {}
        for paragraph in new:
            shown.setdefault(readable(bare(paragraph)), []).append(paragraph)
        for batch in _held(sorted(shown, key=lambda text: (len(text), text)), self._options.characters):
            for text, reading in zip(batch, _model().read(batch), strict=True):
                parsed = _without_spaces(reading)
                for paragraph in shown[text]:
                    self._memory[paragraph] = _unveiled(parsed, paragraph) if is_veiled(paragraph) else parsed

    def _forget(self) -> None:
        while len(self._memory) > self._options.remembered:
            self._memory.popitem(last=False)

    def _assemble(self, document: Document, spans: Iterable[tuple[int, int, int]]) -> Syntax:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        entities: list[Entity] = []
        for start, end, block in spans:
            parsed = self._memory[document.text[start:end]]
            base = len(tokens)
            for i, (a, b, lemma, pos, tag, dep, head) in enumerate(parsed.tokens):
                text = document.text[start + a : start + b]
                text = bare(text) if parsed.veiled else text
                tokens.append(Token(base + i, start + a, start + b, text, lemma, pos, tag, dep, base + head))
            kind = document.blocks[block].kind
            for first, last in parsed.sentences:
                sentences.append(Sentence(len(sentences), base + first, base + last, block, kind))
            entities.extend(Entity(base + e.first, base + e.last, e.label) for e in parsed.entities)
        return Syntax(tokens, sentences, entities)


@cache
def _model() -> Inference:
    from .inference import Inference

    return Inference(load_model())


def syntax_of(doc: Doc) -> Syntax:
    """The syntax of a Doc that someone else parsed, as one body block: for use within a pipeline of the user's own."""
    parsed = _parsed(doc)
    tokens = [
        Token(i, a, b, doc.text[a:b], lemma, pos, tag, dep, head)
        for i, (a, b, lemma, pos, tag, dep, head) in enumerate(parsed.tokens)
    ]
    sentences = [Sentence(n, first, last, 0, "body") for n, (first, last) in enumerate(parsed.sentences)]
    return Syntax(tokens, sentences, parsed.entities)


def _parsed(doc: Doc) -> _Parsed:
    """Copy out of spaCy what `Syntax` needs."""
    from .inference import Reading, Word

    words = [Word(t.idx, t.idx + len(t.text), t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc]
    spaces = [token.i for token in doc if token.is_space]
    entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    return _without_spaces(Reading(words, spaces, [sent.start for sent in doc.sents], entities))


def _without_spaces(reading: Reading) -> _Parsed:
    """A reading whose white-space tokens are dropped and their dependents re-hung."""
    words, sentences = reading.words, [*reading.sentences, len(reading.words)]
    if not reading.spaces:
        spans = tuple(pairwise(sentences))
        return _Parsed(tuple(words), spans, tuple(Entity(*entity) for entity in reading.entities))
    dropped = set(reading.spaces)
    new = {old: number for number, old in enumerate(i for i in range(len(words)) if i not in dropped)}

    def head(i: int) -> int:
        above = words[i].head
        while above in dropped and words[above].head != above:
            above = words[above].head
        return new.get(above, new[i])

    def kept(first: int, last: int) -> tuple[int, int] | None:
        inside = [new[i] for i in range(first, last) if i in new]
        return (inside[0], inside[-1] + 1) if inside else None

    tokens = tuple(words[i]._replace(head=head(i)) for i in new)
    spans = tuple(span for first, last in pairwise(sentences) if (span := kept(first, last)) is not None)
    entities = ((kept(first, last), label) for first, last, label in reading.entities)
    return _Parsed(tokens, spans, tuple(Entity(*span, label) for span, label in entities if span is not None))


def _unveiled(parsed: _Parsed, paragraph: str) -> _Parsed:
    """The parse of what a paragraph shows, with offsets in the paragraph itself."""
    _, at = visible(paragraph)
    tokens = tuple((at[token[0]], at[token[1] - 1] + 1, *token[2:]) for token in parsed.tokens)
    return parsed._replace(tokens=tokens, veiled=True)


def _held(texts: Sequence[str], characters: int) -> Iterator[list[str]]:
    """The texts in batches of about so many characters."""
    batch: list[str] = []
    held = 0
    for text in texts:
        batch.append(text)
        held += len(text)
        if held >= characters:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
