"""Who takes part in an event and on which side, as a trained model judges it from the syntax between the two.

For each phrase of the trigger's sentence that names somebody or something the model gives the likelihoods of doing it,
of undergoing it and of neither, from what the rules say, the roles of the frame, the path in the parse, prepositions,
what the phrase names, and the type of the event. What the rules say is its strongest feature; it mostly follows them.

The weights are fitted by ``tools/train_coding.py`` on sentences of the project's own and are stored as integers; it
needs numpy alone.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.packaged import data_bytes
from variorum.records import Record

from .hashing import BUCKETS, summed
from .merging import Told
from .role_features import EventReader, Phrase, RoleReader

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

    def shares(self, phrases: Sequence[Collection[int]]) -> list[tuple[float, ...]]:
        """The likelihoods of `SIDES` for each of some phrases, given by their buckets, to three digits."""
        scores = summed(self._weights, phrases) * self._unit + self._bias
        found = np.exp(scores - scores.max(axis=1, keepdims=True))
        found /= found.sum(axis=1, keepdims=True)
        return [tuple(round(share, 3) for share in shares) for shares in found.tolist()]


@cache
def _packaged() -> RoleModel:
    with np.load(io.BytesIO(data_bytes("coding_roles.npz")), allow_pickle=False) as tables:
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

    def settle(self, tolds: Sequence[Told]) -> None:
        """Give each phrase of each event's sentence its side; who stands in another sentence stays."""
        judged = [told for told in tolds if not (told.candidate.mutual and len(told.agents) > 1)]  # both sides told
        events = [self._reader.of(told) for told in judged]
        asked = [self._asked(told, event) for told, event in zip(judged, events, strict=True)]
        buckets = (event.buckets(p) for event, phrases in zip(events, asked, strict=True) for p in phrases)
        shares = iter(self._model.shares(list(buckets)))
        for told, event, phrases in zip(judged, events, asked, strict=True):
            self._settle(told, event, [(phrase, next(shares)) for phrase in phrases])

    def _asked(self, told: Told, event: EventReader) -> list[Phrase]:
        """The phrases that the model is heard on: of what only it may choose none that stands in another clause."""
        sides = (*told.agents, *told.patients)
        phrases = self._reader.phrases(told.candidate)
        return [p for p in phrases if not p.thing or p.number in sides or event.is_its_own(p)]

    def _settle(self, told: Told, event: EventReader, judged: Sequence[tuple[Phrase, tuple[float, ...]]]) -> None:
        here = {p.number for p in self._reader.phrases(told.candidate)}
        sides: dict[str, list[int]] = {
            "actor": [n for n in told.agents if n not in here],
            "recipient": [n for n in told.patients if n not in here or n in told.meant],
        }
        for phrase, shares in judged:
            if phrase.number in told.meant:
                continue
            before = 1 if phrase.number in told.agents else 2 if phrase.number in told.patients else 0
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
