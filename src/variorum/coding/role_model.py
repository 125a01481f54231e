"""Who takes part in an event and on which side, as a trained model judges it from the syntax between the two.

For each phrase of the trigger's sentence that names somebody or something the model gives the likelihoods of doing it,
of undergoing it and of neither, from what the rules say, the roles of the frame, the path in the parse, prepositions,
what the phrase names, and the type of the event. What the rules say is its strongest feature; it mostly follows them.

The weights are fitted by ``tools/train_coding.py`` on sentences of the project's own and are stored as integers; it
needs numpy alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.records import Record

from .hashing import BUCKETS, summed
from .merging import Told
from .role_features import RoleReader

__all__ = ["BUCKETS", "MATERIAL", "SIDES", "RoleJudge", "RoleModel", "RoleOptions", "RoleReader"]

SIDES = ("neither", "actor", "recipient")
MATERIAL = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "MOBILIZE", "RETREAT"})
"""Types of acts on bodies, things and places, where the model is heard; of words the rules know better."""


class RoleModel:
    """The trained weights: a row for each bucket, a column for each side."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self._weights = tables["weights"]
        self._unit = float(tables["unit"])
        self._bias = tables["bias"].astype(np.float64)

    @classmethod
    def load(cls) -> RoleModel:
        """The packaged model, read once."""
        return _packaged()

    def shares(self, phrases: Sequence[Sequence[int]]) -> list[tuple[float, ...]]:
        """The likelihoods of `SIDES` for each of some phrases, given by their buckets, to three digits."""
        scores = summed(self._weights, phrases) * self._unit + self._bias
        found = np.exp(scores - scores.max(axis=1, keepdims=True))
        found /= found.sum(axis=1, keepdims=True)
        return [tuple(round(share, 3) for share in shares) for shares in found.tolist()]


@cache
def _packaged() -> RoleModel:
    data = resources.files("variorum.data").joinpath("coding_roles.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as tables:
        return RoleModel({name: tables[name] for name in tables.files})


class RoleOptions(Record, frozen=True, kw_only=True):
    """From which likelihood a phrase takes a side that the rules do not give it, and under which it loses one that
    they do; `sure` for acts of words and papers, where the rules know better. Chosen by cross-validation on the
    training sentences and on the items of the gold that are not learned from."""

    gained: float = 0.5
    actor_gained: float = 0.6
    kept: float = 0.4
    sure: float = 0.75
    lost: float = 0.2


class RoleJudge:
    """Settles who takes part in the events of one document."""

    def __init__(self, reader: RoleReader, model: RoleModel, options: RoleOptions | None = None) -> None:
        self._reader, self._model = reader, model
        self._options = options or RoleOptions()

    def settle(self, told: Told) -> None:
        """Give each phrase of the trigger's sentence its side; who stands in another sentence stays."""
        if told.candidate.mutual and len(told.agents) > 1:
            return  # both sides are told
        phrases = self._reader.phrases(told.candidate)
        here = {p.number for p in phrases}
        sides: dict[str, list[int]] = {
            "actor": [n for n in told.agents if n not in here],
            "recipient": [n for n in told.patients if n not in here],
        }
        event = self._reader.of(told)
        ruled = dict.fromkeys(told.patients, 2) | dict.fromkeys(told.agents, 1)
        # what only the model may choose is not even asked about where it stands in another clause
        asked = [p for p in phrases if not p.thing or p.number in ruled or event.is_its_own(p)]
        shares_of = self._model.shares([event.buckets(p) for p in asked])
        for phrase, shares in zip(asked, shares_of, strict=True):
            before = ruled.get(phrase.number, 0)
            best = 1 if shares[1] >= shares[2] else 2
            if phrase.thing and best != before and not event.is_its_own(phrase):
                continue
            if best == 1 != before and (phrase.thing or event.acts_in_another(phrase)):
                continue
            if shares[best] >= self._least(told.candidate.type, best, before):
                sides[SIDES[best]].append(phrase.number)
            elif before and shares[before] >= self._options.lost and told.candidate.type not in MATERIAL:
                sides[SIDES[before]].append(phrase.number)
        told.agents, told.patients = tuple(sides["actor"]), tuple(sides["recipient"])

    def _least(self, type_: str, side: int, ruled: int) -> float:
        """The likelihood that a side needs."""
        if side == ruled:
            return self._options.kept if type_ in MATERIAL else self._options.lost
        if type_ not in MATERIAL:
            return self._options.sure
        return self._options.gained if side == 2 else self._options.actor_gained
