"""What the layer of places may be told, and the weights that it uses."""

from __future__ import annotations

from variorum.records import Record


class PlaceOptions(Record, frozen=True, kw_only=True):
    """Weights and thresholds. Tuned together, one setting for all, on the LGL, GeoWebNews and GeoVirus corpora.

    `adjectives` also gives "Turkish" in "Turkish troops" as the country; people ("the Turks") are never places.
    `least` is the evidence that a name unknown to the model as a place must have. The others weigh, in this order: fame
    (population, capped), other names of a place, a division that is called after its town, what kind the text calls for, a container the text names ("Rask,
    Iran"), nearness to the text's other places, sharing their country, sharing their first-level division, and the town and
    country that the outlet's address names. `near_km` is the distance at which nearness has fallen to a third.
    """

    adjectives: bool = False
    least: float = 1.0
    fame: float = 1.0
    rename: float = 0.5
    seat: float = 0.6
    kind: float = 1.2
    container: float = 3.0
    near: float = 1.0
    country: float = 0.8
    division: float = 0.6
    home: float = 1.0
    near_km: float = 150.0
    rounds: int = 3
