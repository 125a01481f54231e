"""Where a run is done: on this machine or on a cluster, and what only a cluster's engine reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, TypeVar

from variorum.derivation import Join, Keys, Shared
from variorum.engines import Engine, Factory, LocalEngine
from variorum.errors import ClusterError, InputError
from variorum.identity import stable_id
from variorum.pages import PageOptions, read_opened
from variorum.records import Page, Record, Rejection

from .versions import annotation_version, document_version

A = TypeVar("A")
B = TypeVar("B")
_OBJECT = re.compile(r"(?:s3a?|gs|gcs|az|abfss?|file)://")

EngineName = Literal["local", "ray"]


class EngineOptions(Record, frozen=True, kw_only=True):
    """What runs the stages: `local`, processes of this machine, or `ray`, the machines of the Ray cluster at `address`
    (None: one that is started on this machine for the run). From `shuffled` documents on the cluster joins the keys
    that texts share, too: below, one thread does it in the time that two shuffles take to begin."""

    name: EngineName = "local"
    address: str | None = None
    shuffled: int = 1_000_000


def engine_of(options: EngineOptions, workers: int, most: int | None = None) -> Engine:
    """The engine, on `workers` processes; `most` is for how many there is work enough to start them on this machine.
    Raises ClusterError where there is no cluster."""
    if options.name == "local":
        return LocalEngine(workers if most is None else max(1, min(workers, most)))
    from variorum.engines.cluster import RayEngine

    return _OfOneVersion(RayEngine(options.address, workers))


class SameVersion(NamedTuple):
    """Builds a stage where the worker's code and data are those of this `version`; else raises ClusterError: what two
    versions make of one text does not belong into one edition."""

    factory: Factory[Any, Any]
    version: str

    def __call__(self) -> Callable[[Sequence[Any]], Sequence[Any]]:
        if _version() != self.version:
            raise ClusterError("a machine of the cluster has another version of Variorum; install one on all of them")
        return self.factory()


class _OfOneVersion:
    """An engine whose workers must all be of this version."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def run(self, factory: Factory[A, B], batches: Iterable[Sequence[A]]) -> Iterator[Sequence[B]]:
        return self._engine.run(SameVersion(factory, _version()), batches)


def _version() -> str:
    return stable_id("code", (document_version(), annotation_version()))


def join_of(options: EngineOptions, workers: int, documents: int) -> Join | None:
    """How derivation counts the keys that so many texts share: None for its own way, on one thread."""
    if options.name == "local" or documents < options.shuffled:
        return None
    from variorum.engines.cluster import RayEngine

    engine = RayEngine(options.address, workers)

    def join(rows: Sequence[Keys], fan_out: int, *, least: int, star: bool) -> Shared:
        return Shared(*engine.shared_keys(rows, fan_out, least=least, star=star))

    return join


def is_object(given: str | Path) -> bool:
    """Whether an input names objects of a store, by an address or a pattern of addresses."""
    return isinstance(given, str) and _OBJECT.match(given) is not None


def object_pages(
    patterns: Sequence[str], reading: PageOptions, options: EngineOptions, workers: int
) -> Iterator[Page | Rejection]:
    """The pages of objects in stores, read by the workers of a cluster. A page's source is the object's own name, as
    that of a file would be, whatever store and folder it lies in. Raises InputError where an address names no object
    and where the engine is none of a cluster."""
    if options.name == "local":
        raise InputError(f"{patterns[0]}: objects in stores are read by a cluster's engine: --engine ray")
    from variorum.engines.cluster import RayEngine

    yield from RayEngine(options.address, workers).read(patterns, partial(_pages, reading))


def _pages(reading: PageOptions, stream: BinaryIO, address: str, size: int) -> Iterator[Page | Rejection]:
    return read_opened(stream, address.rpartition("/")[2], size, reading)
