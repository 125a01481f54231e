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

from variorum.errors import ClusterError, InputError
from variorum.identity import digest

from .base import AHEAD, A, B, Factory

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

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
