"""What is broken in a served edition is found by a job, for anyone who may read."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from variorum.pipeline import Edition
from variorum.web.jobs import Jobs

from .conftest import Client, client_of

API = "/api/v1"


def done(client: Client, job: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + 120
    while job["state"] not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.1)
        job = client.get(f"{API}/jobs/{job['id']}").json()
    return job


def test_the_faults_of_an_edition_are_those_of_verify(writable: Path) -> None:
    with closing(sqlite3.connect(writable)) as connection, connection:
        connection.execute('UPDATE claims SET record = replace(record, \'"quote":"\', \'"quote":"nobody said \')')
    with Edition.open(writable) as edition:
        faults = [{"of": each.of, "problem": each.problem} for each in edition.faults()]
    assert len(faults) > 3
    with client_of(writable, scopes=("read",)) as client:
        asked = client.post(f"{API}/verify", json={})
        assert asked.status_code == 202
        job = done(client, asked.json())
    assert (job["kind"], job["state"]) == ("verify", "done")
    assert job["faults"] == faults


def test_who_may_only_add_may_not_ask_and_many_do_not_queue(made: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(Jobs, "_run", lambda self: None)  # nothing is carried out: all wait
    with client_of(made, scopes=("ingest",)) as client:
        assert client.post(f"{API}/verify", json={}).status_code == 403
    with client_of(made, scopes=("read",)) as client:
        first = client.post(f"{API}/verify").json()
        assert client.post(f"{API}/verify", json={}).json()["id"] == first["id"]
        answers = [client.post(f"{API}/verify", json={"head": f"{n:064x}"}) for n in range(5)]
        assert [answer.status_code for answer in answers] == [202, 202, 202, 429, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        refused = client.post(f"{API}/verify", json={"head": "beef"})
        assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
