"""Whether a candidate tells an event at all, as a trained model judges it from how and of whom it is told.

The lexicon knows what a word may tell; most of its words also stand where nothing happened: in rules and habits,
drills, plays and matches, figures of speech, questions and plans, names of things, and beside the news as
circumstances. For each candidate the model gives the likelihood that its text tells the event, from the trigger and
what governs it, tense and mood, determiners, who does and undergoes it and whether they are named, time and place, and
the words around it.

The network is that of `variorum.coding.type_model` with two answers, over the same vectors; its own weights are
fitted by ``tools/train_told.py`` on sentences of the project's own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import numpy as np

from variorum.packaged import data_bytes
from variorum.records import Record

from .merging import Group
from .told_features import ToldReader
from .type_model import Reading, TypeModel, vectors_and

__all__ = ["ANSWERS", "ToldJudge", "ToldModel", "ToldOptions", "ToldReader"]

ANSWERS = ("background", "told")


class ToldModel:
    """The trained weights on the vectors of the type model."""

    def __init__(self, model: TypeModel, temperature: float) -> None:
        self._model, self._temperature = model, temperature

    @classmethod
    def load(cls) -> ToldModel:
        """The packaged model, read once."""
        return _packaged()

    def likelihoods(self, readings: Sequence[Reading]) -> list[float]:
        """How likely each event is told, to three digits."""
        scores = self._model.scores(readings) / self._temperature
        found = 1.0 / (1.0 + np.exp(np.clip(scores[:, 0] - scores[:, 1], -30, 30)))
        return [round(value, 3) for value in found.tolist()]


@cache
def _packaged() -> ToldModel:
    with np.load(io.BytesIO(data_bytes("coding_told.npz")), allow_pickle=False) as tables:
        own = {name: tables[name] for name in tables.files}
    return ToldModel(TypeModel(vectors_and(own)), float(own["temperature"]))


class ToldOptions(Record, frozen=True, kw_only=True):
    """Under which likelihood the only mention of an event must stay for it to be none: `least` in a text of few
    sentences, `report` in a longer one, which tells its background for its own sake. Chosen by cross-validation on the
    training sentences, on the items of the coding gold that are not learned from, and on the tuning crises."""

    least: float = 0.45
    report: float = 0.25


class ToldJudge:
    """Says of each event of one document whether it is told. `is_report` says that the text has many sentences."""

    def __init__(
        self, reader: ToldReader, model: ToldModel, options: ToldOptions | None = None, *, is_report: bool = False
    ) -> None:
        self._reader, self._model = reader, model
        options = options or ToldOptions()
        self._least = options.report if is_report else options.least

    def told(self, groups: Sequence[Group]) -> list[Group]:
        """The events that a text tells: what it comes back to or ties to another, it does, and what it recalls."""
        plain = [g for g in groups if not (len(g.members) > 1 or g.head.tied or g.head.candidate.recalled)]
        found = self._model.likelihoods([self._reader.read(group.head) for group in plain])
        untold = {id(group) for group, likely in zip(plain, found, strict=True) if likely < self._least}
        return [group for group in groups if id(group) not in untold]
