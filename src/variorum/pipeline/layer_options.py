"""The options of all layers together, as a user's file sets them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from variorum.annotation.actors import ActorOptions
from variorum.annotation.attributions import AttributionOptions
from variorum.annotation.places import PlaceOptions
from variorum.annotation.times import TimeOptions
from variorum.annotation.tolls import TollOptions
from variorum.errors import InputError
from variorum.records import Record


class LayerOptions(Record, frozen=True, kw_only=True):
    """A layer's options each; what an option means stands with its record, and in docs/layers.md."""

    times: TimeOptions = TimeOptions()
    places: PlaceOptions = PlaceOptions()
    actors: ActorOptions = ActorOptions()
    tolls: TollOptions = TollOptions()
    attributions: AttributionOptions = AttributionOptions()


def layer_options(tables: Mapping[str, Any], name: str = "options") -> LayerOptions:
    """The options of a table a layer (``{"tolls": {"antecedent": 3}}``); what a table leaves out keeps its default.

    Raises InputError, with `name` before the reason, for a layer or an option that there is not, or a wrong value.
    """
    for layer, table in tables.items():
        if layer not in LayerOptions.__struct_fields__:
            raise InputError(f"{name}: no options for {layer!r}; there are {_listed(LayerOptions)}")
        if not isinstance(table, Mapping):
            raise InputError(f"{name}: [{layer}] is no table")
        record = type(getattr(LayerOptions(), layer))
        if unknown := sorted(set(table) - set(record.__struct_fields__)):
            raise InputError(f"{name}: [{layer}] has no option {unknown[0]!r}; there are {_listed(record)}")
    try:
        return msgspec.convert(tables, LayerOptions)
    except msgspec.ValidationError as error:
        raise InputError(f"{name}: {error}") from error


def read_layer_options(path: Path) -> LayerOptions:
    """The options of a TOML file with a table a layer. Raises InputError where it cannot be used, with the reason."""
    try:
        return layer_options(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no TOML: {error}") from error


def _listed(record: type[Record]) -> str:
    return ", ".join(record.__struct_fields__)
