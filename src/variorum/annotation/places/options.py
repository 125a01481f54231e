"""What the layer of places may be told, and the weights that it uses."""

from __future__ import annotations

from variorum.records import Record


class PlaceOptions(Record, frozen=True, kw_only=True):
    """Weights and thresholds. Tuned together, one setting for all, on the LGL, GeoWebNews and GeoVirus corpora.

    `adjectives` also gives "Turkish" in "Turkish troops" as the country; people ("the Turks") are never places.
    `least` is the evidence that a name must have that the model does not call a place.

    The others weigh what speaks for a candidate: `fame` its population, capped, or being a country or division;
    `rename` counts against names that are not its first, `seat` against a division called after its town; `kind` is
    the kind that the text calls for ("the city of"), `container` what the text says it lies in ("Rask, Iran"); `near`
    the nearness of the text's other places, which falls to a third in `near_km`; `country` and `division` being in
    theirs; `home` the town and country that the outlet's address names; `worldly` being a capital in a text that names
    two countries or their capitals. Choices are made anew in each of `rounds`.
    """

    adjectives: bool = False
    least: float = 0.5
    fame: float = 1.0
    rename: float = 0.6
    seat: float = 0.6
    kind: float = 1.4
    container: float = 4.0
    near: float = 1.0
    country: float = 1.1
    division: float = 0.3
    home: float = 1.4
    worldly: float = 0.4
    near_km: float = 75.0
    rounds: int = 3
