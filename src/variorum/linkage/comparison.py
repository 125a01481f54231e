"""How alike two things are, feature by feature, so that every score can be read back as its reasons."""

from __future__ import annotations

from variorum.records import Feature, Record

from .clusters import VETO


def feature(name: str, value: float, weight: float, note: str = "") -> Feature:
    """One reason of a comparison: what was found, and what each unit of it weighs."""
    return Feature(name=name, value=round(value, 6), weight=weight, note=note)


class Comparison(Record, frozen=True, kw_only=True):
    """Two things and the features of their likeness. `veto` names what makes them different whatever the score. Weights
    may be of any scale; those of a trained decision sum to log-odds."""

    one: str
    other: str
    features: tuple[Feature, ...]
    veto: str | None = None

    @property
    def score(self) -> float:
        """The sum of the features' contributions, rounded so that no order of summing shows; `VETO` under a veto."""
        if self.veto is not None:
            return VETO
        return round(sum(item.contribution for item in self.features), 6)
