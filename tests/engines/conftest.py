"""A Ray cluster of a head without processors and two workers with one each, on this machine; one for all tests."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import REQUIRE_ALL

BUCKET = "news-of-the-tests"
SOON = {"health_check_period_ms": 500, "health_check_failure_threshold": 6, "health_check_initial_delay_ms": 1000}
"""A machine that does not answer for three seconds is given up: tests do not wait for half a minute."""


class Cluster:
    """The cluster, its machines, and the store that they read from."""

    def __init__(self, cluster: Any, workers: list[Any], store: Any) -> None:
        self._cluster = cluster
        self._workers = workers
        self._store = store

    @property
    def address(self) -> str:
        return str(self._cluster.address)

    def put(self, name: str, content: bytes) -> None:
        """Keep an object in the store."""
        self._store.put_object(Bucket=BUCKET, Key=name, Body=content)

    def lose_a_worker(self) -> None:
        """One machine is gone at once, with all that ran on it."""
        self._cluster.remove_node(self._workers.pop(), allow_graceful=False)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not REQUIRE_ALL:
        pytest.importorskip("ray", reason="the extra variorum[cluster] is not installed")
        pytest.importorskip("moto", reason="moto is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import boto3
        import ray
        from moto.server import ThreadedMotoServer
        from ray.cluster_utils import Cluster as Machines

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key-of-the-tests",
        "AWS_SECRET_ACCESS_KEY": "secret-of-the-tests",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "RAY_AUTH_MODE": "disabled",
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ |= settings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        store = boto3.client("s3")
        store.create_bucket(Bucket=BUCKET)
        node = {"object_store_memory": 100_000_000, "include_dashboard": False}
        machines = Machines(initialize_head=True, head_node_args={"num_cpus": 0, "_system_config": SOON, **node})
        workers = [machines.add_node(wait=False, num_cpus=1, object_store_memory=100_000_000) for _ in range(2)]
        machines.wait_for_nodes()
    yield Cluster(machines, workers, store)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray.shutdown()
        machines.shutdown()
        server.stop()
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
