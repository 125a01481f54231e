"""What the layer of places may be told, and the weights that it uses."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from variorum.records import Record

Weight = Annotated[float, Meta(ge=0)]


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
    fame: Weight = 1.0
    rename: Weight = 0.6
    seat: Weight = 0.6
    kind: Weight = 1.4
    container: Weight = 4.0
    near: Weight = 1.0
    country: Weight = 1.1
    division: Weight = 0.3
    home: Weight = 1.4
    worldly: Weight = 0.4
    near_km: Annotated[float, Meta(gt=0)] = 75.0
    rounds: Annotated[int, Meta(ge=0)] = 3
