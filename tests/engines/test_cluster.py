"""A cluster gives what one process gives, from objects in a store too, and when a machine is lost in the middle."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

import variorum
from tests.engines.conftest import BUCKET, Cluster
from tests.engines.contract import answers_in_order, takes_no_more_than_it_needs, tells_what_broke
from tests.pages.archives import warc_record
from variorum.derivation.search import shared_keys
from variorum.engines.cluster import RayEngine
from variorum.errors import InputError
from variorum.pipeline import EngineOptions, Progress, RunOptions, collate

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray and Daft warn of themselves, as they please
DEMO = sorted((Path(variorum.__file__).parent / "data" / "demo").glob("*.txt"))


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled reports as three web archives in a folder."""
    folder = tmp_path_factory.mktemp("archives")
    for number in range(3):
        records = [
            warc_record(f"https://{path.stem}.example/", path.read_bytes(), media="text/plain; charset=utf-8")
            for path in DEMO[number::3]
        ]
        (folder / f"part-{number}.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    return folder


def test_a_cluster_keeps_the_contract(cluster: Cluster) -> None:
    engine = RayEngine(cluster.address)
    answers_in_order(engine)
    tells_what_broke(engine)
    takes_no_more_than_it_needs(engine, 2)


def test_an_address_of_nothing_is_told(cluster: Cluster) -> None:
    on_cluster = RunOptions(engine=EngineOptions(name="ray", address=cluster.address))
    with pytest.raises(InputError, match=r"there is no such object|cannot be listed"):
        collate(f"s3://{BUCKET}/nothing/*.warc.gz", options=on_cluster)
    with pytest.raises(InputError, match="--engine ray"):
        collate(f"s3://{BUCKET}/nothing/*.warc.gz")


def test_a_cluster_counts_the_same_shared_keys(cluster: Cluster) -> None:
    """Both forms of the join, with keys that have more holders than the fan-out, and rows that have none."""
    draw = np.random.default_rng(11)
    rows = [np.unique(draw.integers(0, 40, size=length, dtype=np.uint32)) for length in draw.integers(0, 12, size=60)]
    engine = RayEngine(cluster.address)
    for fan_out, least, star in ((4, 2, True), (9, 1, False)):
        expected = shared_keys(rows, fan_out, least=least, star=star)
        pairs, counts = engine.shared_keys(rows, fan_out, least=least, star=star)
        assert len(expected.pairs) > 100
        assert pairs.tolist() == expected.pairs.tolist()
        assert counts.tolist() == expected.counts.tolist()


class LosesAWorker(Progress):
    """Takes a machine from the cluster once annotating has begun to give answers."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._stage = ""
        self.lost = False

    def begin(self, stage: str, total: int | None = None) -> None:
        self._stage = stage

    def advance(self, steps: int = 1) -> None:
        if self._stage.startswith("Annotating") and not self.lost:
            self.lost = True
            self._cluster.lose_a_worker()


def test_a_cluster_that_loses_a_machine_makes_the_same_edition(cluster: Cluster, archives: Path) -> None:
    for path in archives.iterdir():
        cluster.put(f"demo/{path.name}", path.read_bytes())
    with collate(sorted(archives.iterdir())) as edition:
        expected = edition.to_json()
    progress = LosesAWorker(cluster)
    options = RunOptions(engine=EngineOptions(name="ray", address=cluster.address, shuffled=1), batch=1)
    with collate(f"s3://{BUCKET}/demo/*.warc.gz", options=options, progress=progress) as edition:
        assert edition.to_json() == expected
    assert progress.lost
