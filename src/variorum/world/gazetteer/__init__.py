"""The gazetteer: places of the world under all their names, in one SQLite file that is built once a machine.

GeoNames cities ─┐
GeoNames divisions ┼─▶ build ─▶ gazetteer-<hashes>.sqlite ─▶ Gazetteer.find / sounds_like / place
states, supplement ┘
"""

from .store import Gazetteer, Hit, Place, PlaceKind

__all__ = ["Gazetteer", "Hit", "Place", "PlaceKind"]
