"""The machines of a Ray cluster: stages as Ray's tasks, objects in stores read by Daft on the same cluster.

Tasks, not actors: a task that was on a machine that is lost runs on another one, and a worker process keeps the stages
that it has built, so that a model is loaded once a process all the same. Nothing of a stage is known here.
"""

from __future__ import annotations

import io
import os
import pickle
import warnings
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from variorum.errors import ClusterError, InputError
from variorum.identity import digest

from .base import AHEAD, A, B, Factory

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Keys = NDArray[np.uint32]

_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "1"}
_STAGES = 4  # built stages that a worker process keeps
_HELD = 1 << 20  # bytes of an object that are read ahead

OpenedReader = Callable[[BinaryIO, str, int], Iterator[Any]]
"""Reads an opened object: its bytes, its name, its size. It must pickle."""


class RayEngine:
    """Runs stages on a Ray cluster. `address` is the cluster's, as Ray has it ("auto", "10.0.0.5:6379", "ray://…");
    None starts one on this machine with `workers` processors, which ends with this process.

    Raises ClusterError where Ray is not installed (`variorum[cluster]`) or there is no cluster at the address.
    """

    def __init__(self, address: str | None = None, workers: int = 1) -> None:
        for name, value in _QUIET.items():
            os.environ.setdefault(name, value)
        try:
            import ray
        except ImportError as error:
            raise ClusterError(f"--engine ray needs the extra variorum[cluster]: {error}") from error
        self._ray = ray
        if not ray.is_initialized():
            given: dict[str, Any] = {"address": address} if address else {"num_cpus": workers}
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    ray.init(**given, log_to_driver=False, logging_level="ERROR", ignore_reinit_error=True)
            except (ConnectionError, RuntimeError, ValueError, OSError) as error:
                raise ClusterError(f"no Ray cluster at {address or 'this machine'}: {_first_line(error)}") from error
        self._task = ray.remote(max_retries=-1)(_work)

    @property
    def workers(self) -> int:
        """The processors of the cluster as it stands now; machines come and go."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def run(self, factory: Factory[A, B], batches: Iterable[Sequence[A]]) -> Iterator[Sequence[B]]:
        """As `Engine.run`. What was on a machine that is lost is done again on the others."""
        pickled = pickle.dumps(factory)
        key, shared = digest(pickled), self._ray.put(pickled)
        waiting: deque[Any] = deque()
        for batch in batches:
            waiting.append(self._task.remote(key, shared, batch))
            if len(waiting) >= self.workers * AHEAD:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def read(self, patterns: Sequence[str], reader: OpenedReader) -> Iterator[Any]:
        """What `reader` gives of each object of some address patterns (``s3://news/2024/*.warc.gz``), read by the
        workers, each object by one. What comes of one object comes in its order. Raises InputError where a pattern
        names no object or its store refuses."""
        daft = _daft()

        @daft.func  # type: ignore[untyped-decorator, unused-ignore]
        def items(path: str, size: int) -> Iterator[bytes]:
            with daft.File(path).open() as file, io.BufferedReader(_Opened(file), _HELD) as opened:
                for item in reader(cast(BinaryIO, opened), path, size):
                    yield pickle.dumps(item)

        for pattern in patterns:
            objects = _objects(daft, pattern)
            files = daft.from_pydict(objects).into_partitions(len(objects["path"]))
            for row in files.select(items(daft.col("path"), daft.col("size")).alias("item")).iter_rows():
                yield pickle.loads(row["item"])

    def shared_keys(
        self, rows: Sequence[Keys], fan_out: int, *, least: int, star: bool
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Which rows share `least` keys or more, and how many: pairs of row numbers, the lesser in the upper half of 64
        bits, sorted, and their counts. Two shuffles, by key and by pair. Of a key in more than `fan_out` rows a row is
        paired with the first of them (`star`), or no row at all."""
        daft = _daft()
        col = daft.col
        numbered = daft.from_arrow(_table(rows)).into_partitions(2 * self.workers)
        keyed = numbered.explode(col("key")).where(col("key").not_null())  # a row without keys gives one that is null
        held = keyed.groupby("key").agg(col("row").list_agg().alias("rows")).where(col("rows").length() > 1)
        if not star:
            held = held.where(col("rows").length() <= fan_out)

        @daft.func.batch(return_dtype=daft.DataType.list(daft.DataType.uint64()))  # type: ignore[untyped-decorator, unused-ignore]
        def pairs(found: Any) -> Any:
            return _pairs(found.to_arrow(), fan_out)

        each = held.select(pairs(col("rows")).alias("pair")).explode(col("pair"))
        counted = each.groupby("pair").agg(col("pair").count().alias("keys")).where(col("keys") >= least)
        found = counted.to_arrow()
        codes = found["pair"].to_numpy().astype(np.uint64)
        order = np.argsort(codes)
        return codes[order], found["keys"].to_numpy().astype(np.int64)[order]

    def _result(self, waited: Any) -> Any:
        from ray.exceptions import RayError, RayTaskError

        try:
            return self._ray.get(waited)
        except RayTaskError as error:
            raise error.cause from error
        except RayError as error:
            raise ClusterError(f"the cluster failed: {_first_line(error)}") from error


def _daft() -> Any:
    """Daft, set to the cluster that this process is connected to."""
    import daft

    if daft.get_or_infer_runner_type() != "ray":
        daft.set_runner_ray(noop_if_initialized=True)
    return daft


def _objects(daft: Any, pattern: str) -> dict[str, list[Any]]:
    """The addresses and sizes of the objects of a pattern, by address."""
    try:
        listed = daft.from_glob_path(pattern).select("path", "size").to_pydict()
    except Exception as error:  # Daft raises what its readers raise, each its own
        raise InputError(f"{pattern}: cannot be listed: {_first_line(error)}") from error
    rows = sorted(zip(listed["path"], listed["size"], strict=True))
    if not rows:
        raise InputError(f"{pattern}: there is no such object")
    return {"path": [path for path, _ in rows], "size": [size for _, size in rows]}


def _table(rows: Sequence[Keys]) -> Any:
    """The keys of each row, beside its number."""
    import pyarrow as pa

    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    ends = pa.array(np.append(0, np.cumsum(lengths)))
    keys = np.concatenate(rows) if rows else np.empty(0, np.uint32)
    return pa.table(
        {
            "row": pa.array(np.arange(len(rows), dtype=np.uint32)),
            "key": pa.LargeListArray.from_arrays(ends, pa.array(keys.astype(np.uint32, copy=False))),
        }
    )


def _pairs(found: Any, fan_out: int) -> Any:
    """For each list of rows that hold a key, the pairs of each row with the first `fan_out` that stand before it."""
    import pyarrow as pa

    made = []
    for holders in found:
        rows = np.sort(np.asarray(holders.values, dtype=np.uint64))
        one, other = np.tril_indices(len(rows), -1) if len(rows) <= fan_out else _first(len(rows), fan_out)
        made.append((rows[other] << np.uint64(32)) | rows[one])
    ends = np.append(0, np.cumsum([len(each) for each in made]))
    values = np.concatenate(made) if made else np.empty(0, np.uint64)
    return pa.LargeListArray.from_arrays(pa.array(ends), pa.array(values))


def _first(size: int, fan_out: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    before = np.minimum(np.arange(size), fan_out)
    starts = np.repeat(np.cumsum(before) - before, before)
    return np.repeat(np.arange(size), before), np.arange(int(before.sum())) - starts


class _Opened(io.RawIOBase):
    """An object as a stream, read in ranges by Daft."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


_stages: OrderedDict[str, Callable[[Sequence[Any]], Sequence[Any]]] = OrderedDict()  # of this worker process


def _work(key: str, pickled: bytes, batch: Sequence[Any]) -> Sequence[Any]:
    if key not in _stages:
        _stages[key] = pickle.loads(pickled)()
        if len(_stages) > _STAGES:
            _stages.popitem(last=False)
    _stages.move_to_end(key)
    return _stages[key](batch)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
