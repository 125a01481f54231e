"""How alike two things are, feature by feature, so that every score can be read back as its reasons."""

from __future__ import annotations

from variorum.records import Feature, Record


def feature(name: str, value: float, weight: float, note: str = "") -> Feature:
    """One reason of a comparison; `value` is at home in [-1, 1], negative where it speaks against sameness."""
    return Feature(name=name, value=round(value, 6), weight=weight, note=note)


class Comparison(Record, frozen=True, kw_only=True):
    """Two things and the features of their likeness. `veto` names what makes them different whatever the score."""

    one: str
    other: str
    features: tuple[Feature, ...]
    veto: str | None = None

    @property
    def score(self) -> float:
        """The sum of the features' contributions; -1 under a veto, rounded so that no order of summing shows."""
        if self.veto is not None:
            return -1.0
        return round(sum(item.contribution for item in self.features), 6)
