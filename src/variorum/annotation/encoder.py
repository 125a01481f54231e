"""The encoders of the packaged model, computed faster: the same layers with the same weights.

Three quarters of a parse are the matrix products of two convolutional encoders (`spacy.MultiHashEmbed` below
`spacy.MaxoutWindowEncoder`, one for tagger and parser, one for names). Two things make them cheaper:

- What lies below the windows depends on a word's form alone, so it is computed once and remembered.
- The windows are multiplied by the BLAS that numpy brings, which is three times as fast as the one that spaCy brings.
  It rounds a row by where the row stands in its matrix, so every paragraph is multiplied by itself: its numbers depend
  on nothing beside it, and a parse is the same in any batch.

Numbers differ from spaCy's own in the last digits, as they do between two processors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Floats = NDArray[np.float32]

_ENCODED = ("tok2vec", "ner")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Fibonacci hashing
_FORMS = 60_000  # of words that are remembered: 23 MB for each of the two encoders
_TINY = np.float32(1e-8)  # what thinc's norm of layers adds to a variance


def quicken(nlp: Language) -> None:
    """Put the faster encoders into the packaged model; what its pipes give stays the same."""
    from thinc.api import Model

    for name in _ENCODED:
        above = nlp.get_pipe(name).model  # type: ignore[attr-defined]
        while not above.has_ref("embed"):
            above = above.layers[0]
        forward = _Encoder(*above.layers).forward
        above.layers[:] = [Model("quick_encoder", forward, dims={"nO": above.get_dim("nO")})]


class _Step(NamedTuple):
    """One convolution: windows to `pieces` candidates for each number, the largest taken, and the norm's scale. The
    weights are by input, then by piece and output, so that the pieces are stretches of columns."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    pieces: int


class _Encoder:
    """Documents to vectors of their tokens, as the two layers that it is made from give them."""

    def __init__(self, embed: Any, encode: Any) -> None:
        features, self._mix = embed.layers[0], embed.layers[1].layers[0]
        hashed, self._static = features.layers
        self._columns = hashed.layers[0].attrs["columns"]
        self._hash = hashed.layers[2].layers[0]
        self._steps = [_step(residual.layers[0]) for residual in encode.layers[0].layers]
        self._pad = encode.attrs["pad"]
        self._known: dict[int, int] = {}  # the forms of words that were met, with the row of each
        self._filled = 0
        self._vectors = np.empty((_FORMS, encode.get_dim("nO")), np.float32)
        self._blas = ThreadpoolController()

    def forward(self, model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[..., Any]]:
        """As thinc calls a layer; for prediction alone."""
        if is_train:
            raise NotImplementedError("the encoder of the packaged model is not trained")
        with self._blas.limit(limits=1, user_api="blas"):  # so small products are slower on several threads
            return self._encoded([len(doc) for doc in docs], self._embedded(docs)), _untrained

    def _embedded(self, docs: Sequence[Doc]) -> Floats:
        """The vectors of all tokens before they see their neighbours."""
        rows = np.concatenate([doc.to_array(["ORTH", *self._columns]) for doc in docs])
        keys = np.zeros(len(rows), np.uint64)
        for column in rows.T:
            keys = (keys ^ column) * _MIX
            keys ^= keys >> np.uint64(29)
        found, first, places = np.unique(keys, return_index=True, return_inverse=True)
        if len(self._known) + len(found) > _FORMS:
            self._known.clear()
            self._filled = 0
        numbers = [self._known.setdefault(key, len(self._known)) for key in found.tolist()]
        at = np.array(numbers)
        new = np.flatnonzero(at >= self._filled)
        if len(new):
            self._vectors[at[new]] = self._formed(rows[first[new]], docs[0].vocab.vectors)
        self._filled = len(self._known)
        vectors: Floats = self._vectors[at[places]]
        return vectors

    def _formed(self, forms: NDArray[np.uint64], vectors: Any) -> Floats:
        """The vectors of some forms of words, each a row of its own and its features' hashes."""
        known = vectors.find(keys=forms[:, 0])
        static = self._static.ops.gemm(vectors.data[known], self._static.get_param("W"), trans2=True)
        static[known < 0] = 0
        hashed = self._hash.predict(np.ascontiguousarray(forms[:, 1:]))
        mixed: Floats = self._mix.predict(np.hstack([hashed, static]))
        return mixed

    def _encoded(self, lengths: Sequence[int], embedded: Floats) -> list[Floats]:
        """The vectors of each document's tokens after they saw their neighbours, up to `pad` words away.

        Documents lie among rows of zeros, as many on either side as a document can see; each step needs one less."""
        pad, width = self._pad, embedded.shape[1]
        starts = np.cumsum([pad, *(length + 2 * pad for length in lengths)])[:-1].tolist()
        total = sum(lengths) + 2 * pad * len(lengths)
        spans = [(start, start + length) for start, length in zip(starts, lengths, strict=True)]
        here = np.zeros((total + 2, width), np.float32)  # and one at either end, so that each row has neighbours
        inside = here[1:-1]
        inside[np.concatenate([np.arange(a, b) for a, b in spans])] = embedded
        windows = np.empty((total, 3 * width), np.float32)
        for number, step in enumerate(self._steps, 1):
            for part in range(3):
                windows[:, part * width : (part + 1) * width] = here[part : part + total]
            pieces = np.zeros((total, step.weights.shape[1]), np.float32)
            seen = pad - number
            for a, b in spans:
                np.matmul(windows[a - seen : b + seen], step.weights, out=pieces[a - seen : b + seen])
            inside += _normed(pieces, step)
        return [inside[a:b].copy() for a, b in spans]


def _normed(pieces: Floats, step: _Step) -> Floats:
    """The largest piece of each number, scaled to no mean and a variance of one and then as the step has it."""
    pieces += step.bias
    width = len(step.gain)
    largest = pieces[:, :width]
    for part in range(1, step.pieces):
        largest = np.maximum(largest, pieces[:, part * width : (part + 1) * width])
    largest -= largest.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", largest, largest)[:, None] / np.float32(width) + _TINY
    largest /= np.sqrt(variance)
    largest *= step.gain
    largest += step.shift
    return largest


def _step(layer: Any) -> _Step:
    maxout, norm = layer.layers[1].layers[0].layers
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    outputs, pieces, inputs = weights.shape
    by_input = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs))
    gain, shift = norm.get_param("G"), norm.get_param("b")
    return _Step(by_input, np.ascontiguousarray(bias.T).reshape(-1), gain, shift, pieces)


def _untrained(*_: Any) -> Any:
    raise NotImplementedError("the encoder of the packaged model is not trained")
