"""What is added and ruled over the API, and the jobs that carry it out."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient

from variorum.pipeline import Edition
from variorum.web import SCOPES, ServeOptions, create_app
from variorum.web.jobs import Jobs
from variorum.web.spool import Asked, Spool, spool_folder
from variorum.web.tokens import Sessions
from variorum.web.worker import Worker

from .conftest import Client, client_of
from .test_contract import copy_edition

API = "/api/v1"
TEXT = (
    "MOMBASA, Kenya, 4 March 2021 - Gunmen killed five herders at a market in Garissa on Wednesday, the regional "
    "police commander said. Nobody has claimed the attack.\n\nThe governor condemned the killing and called for calm."
)


def ended(client: Client | httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(3_000):  # a busy machine takes its time to load the models
        told: dict[str, Any] = client.get(f"{API}/jobs/{job['id']}").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def test_a_text_that_is_sent_becomes_part_of_the_edition(writable: Path) -> None:
    with client_of(writable) as client:
        before = client.get(f"{API}/")
        answer = client.post(f"{API}/ingest", json={"texts": [TEXT]})
        assert answer.status_code == 202
        job = ended(client, answer.json())
        assert (job["state"], job["error"]) == ("done", None)
        after = client.get(f"{API}/")
        assert after.json()["documents"] == before.json()["documents"] + 1
        assert after.headers["etag"] != before.headers["etag"]
        assert client.get(f"{API}/events?country=KE").json()["events"]


def test_files_are_read_whatever_they_are_and_what_cannot_be_is_told(writable: Path) -> None:
    with client_of(writable) as client:
        files = [
            ("files", ("../../etc/report.txt", TEXT.encode(), "text/plain")),
            ("files", ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "image/png")),
        ]
        job = ended(client, client.post(f"{API}/ingest/files", files=files).json())
        assert job["state"] == "done"
        came = {each["source"]: each for each in job["documents"]}
        assert came["report.txt"]["came"] == "added"
        assert client.get(f"{API}/documents/{came['report.txt']['document']}").json()["source"] == "report.txt"
        assert came["picture.png"]["came"] == "rejected"
        assert came["picture.png"]["reason"]
        assert (job["done"], job["total"]) == (2, 2)
        sources = [each["source"] for each in client.get(f"{API}/documents?limit=1000").json()["documents"]]
        assert any(source.endswith("report.txt") for source in sources)
        assert not any(".." in source for source in sources)


def test_what_the_edition_knew_is_told_and_older_texts_are_not_told_of_again(writable: Path) -> None:
    with client_of(writable) as client:
        first = ended(client, client.post(f"{API}/ingest", json={"texts": [TEXT, "No report."]}).json())
        again = ended(client, client.post(f"{API}/ingest", json={"texts": [TEXT]}).json())
        assert {each["came"] for each in first["documents"]} == {"added", "rejected"}
        (known,) = again["documents"]
        (added,) = [each for each in first["documents"] if each["came"] == "added"]
        assert (known["came"], known["document"]) == ("known", added["document"])
        assert not [note for job in (first, again) for note in job["notes"] if note.startswith("rejected")]


def test_a_process_that_is_lost_costs_its_job_alone(writable: Path) -> None:
    class Doomed(Worker):
        def _started(self) -> subprocess.Popen[bytes]:
            started = super()._started()
            processes.append(started)
            started.kill()
            return started

    processes: list[subprocess.Popen[bytes]] = []
    worker, sessions = Doomed(), Sessions()
    app = create_app(writable, sessions=sessions, worker=worker)
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        client.headers["Authorization"] = f"Bearer {sessions.begin(frozenset(SCOPES))}"
        for _ in range(2):
            lost = ended(client, client.post(f"{API}/ingest", json={"texts": [TEXT]}).json())
            assert (lost["state"], "ended early" in lost["error"]) == ("failed", True)
    worker.close()
    assert len(set(processes)) == 2
    kept = sorted(writable.with_name(f"{writable.name}.jobs").glob("s-*/j-*/task.json"))
    assert len(kept) == 2  # for the next server
    newer = kept[0].with_name("task.json")
    newer.write_text('{"kind": "of a later version"}', encoding="utf-8")
    spool = Spool(newer.parents[2])
    assert [asked.kind for _, asked in spool.taken_up()] == ["ingest"]
    assert newer.exists()
    spool.close()


def test_a_job_is_watched_to_its_end(writable: Path) -> None:
    with client_of(writable) as client:
        job = client.post(f"{API}/ingest", json={"texts": [TEXT]}).json()
        with client.stream("GET", f"{API}/jobs/{job['id']}/events") as stream:
            lines = [line for line in stream.iter_lines() if line.startswith("data: ")]
        told = [json.loads(line.removeprefix("data: ")) for line in lines]
        assert told[-1]["state"] == "done"
        assert all(each["state"] in ("waiting", "running") for each in told[:-1])
        assert [each["id"] for each in client.get(f"{API}/jobs").json()] == [job["id"]]


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({}, 400, "nothing was sent"),
        ({"addresses": ["https://news.example/a"]}, 400, "network is off"),
        ({"texts": "no list"}, 400, "texts"),
        ({"files": []}, 400, "files"),
    ],
)
def test_what_cannot_be_added_is_told_at_once(client: Client, body: dict[str, Any], status: int, told: str) -> None:
    answer = client.post(f"{API}/ingest", json=body)
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_addresses_are_addresses(made: Path) -> None:
    with client_of(made, allow_network=True) as client:
        answer = client.post(f"{API}/ingest", json={"addresses": ["file:///etc/passwd"]})
        assert answer.status_code == 400
        assert "no address" in answer.json()["detail"]


def test_more_than_the_limit_is_refused(made: Path) -> None:
    with client_of(made, upload_bytes=1_000) as client:
        assert client.post(f"{API}/ingest", json={"texts": ["x" * 2_000]}).status_code == 413


def test_a_ruling_is_made_on_the_edition_as_it_was_seen(writable: Path) -> None:
    with client_of(writable) as client:
        seen = client.get(f"{API}/events?type=ASSAULT")
        one, other = [event["id"] for event in seen.json()["events"]][:2]
        ruling = {"action": "merge", "targets": [one, other], "author": "Ines", "reason": "one salvo"}
        unseen = client.post(f"{API}/decisions", json=ruling)
        assert unseen.status_code == 400
        stale = client.post(f"{API}/decisions", json=ruling, headers={"If-Match": '"older"'})
        assert stale.status_code == 412
        answer = client.post(f"{API}/decisions", json=ruling, headers={"If-Match": f'"older", {seen.headers["etag"]}'})
        assert answer.status_code == 202
        job = ended(client, answer.json())
        assert job["state"] == "done", job["error"]
        (decision,) = client.get(f"{API}/decisions").json()
        assert (decision["id"], decision["author"], decision["reason"]) == (job["result"], "Ines", "one salvo")
        again = client.post(f"{API}/decisions", json=ruling, headers={"If-Match": seen.headers["etag"]})
        assert again.status_code == 412
        now = client.get(f"{API}/").headers["etag"]
        undo = {"action": "undo", "targets": [decision["id"]], "author": "Ines"}
        taken = ended(client, client.post(f"{API}/decisions", json=undo, headers={"If-Match": now}).json())
        assert taken["state"] == "done"
        assert client.get(f"{API}/events?type=ASSAULT").json() == seen.json()


def test_a_ruling_that_does_not_fit_is_refused_with_its_reason(client: Client) -> None:
    now = {"If-Match": client.get(f"{API}/").headers["etag"]}
    one = client.get(f"{API}/events").json()["events"][0]["id"]
    for ruling, status in (
        ({"action": "merge", "targets": [one], "author": "Ines"}, 409),
        ({"action": "merge", "targets": [one, "e-nope"], "author": "Ines"}, 404),
        ({"action": "split", "targets": [], "author": "Ines"}, 409),
        ({"action": "undo", "targets": ["r-nope"], "author": "Ines"}, 409),
        ({"action": "burn", "targets": [one], "author": "Ines"}, 400),
        ({"action": "merge", "targets": [one, one], "author": "I\0nes"}, 409),
        ({"action": "merge", "targets": [one, one], "author": "Ines", "reason": "a\x1bb"}, 409),
        ({"action": "merge", "targets": [one, one], "author": " "}, 409),
    ):
        answer = client.post(f"{API}/decisions", json=ruling, headers=now)
        assert answer.status_code == status, answer.text
    assert client.get(f"{API}/decisions").json() == []


def test_who_else_opens_the_file_takes_nothing_away(writable: Path) -> None:
    def other_process() -> None:
        read = "c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM events').fetchall(); c.close()"
        code = f"import sqlite3, sys; {read}"
        subprocess.run([sys.executable, "-c", code, str(writable)], check=True)

    with client_of(writable) as client:
        before = client.get(f"{API}/").json()["documents"]
        for number in range(2):
            text = TEXT.replace("five", ("six", "seven")[number])
            assert ended(client, client.post(f"{API}/ingest", json={"texts": [text]}).json())["state"] == "done"
            other_process()
            assert client.get(f"{API}/").json()["documents"] == before + number + 1
    with Edition.open(writable) as edition:
        assert sum(document.rejected is None for document in edition.documents) == before + 2


def test_what_was_ruled_stands_in_the_file_alone_when_the_server_has_ended(writable: Path, tmp_path: Path) -> None:
    with client_of(writable) as client:
        seen = client.get(f"{API}/events?type=ASSAULT")
        ruling = {"action": "accept", "targets": [seen.json()["events"][0]["id"]], "author": "Ines", "reason": "read"}
        answer = client.post(f"{API}/decisions", json=ruling, headers={"If-Match": seen.headers["etag"]})
        assert answer.status_code == 202
        ended(client, answer.json())
    alone = shutil.copy(writable, tmp_path / "alone.sqlite")
    with Edition.open(alone) as edition:
        assert [each.action for each in edition.decisions] == ["accept"]


def test_a_file_beside_which_a_server_is_started_is_no_code_of_ours(
    writable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "uuid.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(folder)
    worker = Worker()
    try:
        assert worker._started().poll() is None
        time.sleep(1)
    finally:
        worker.close()
    assert not (tmp_path / "run").exists()


class Program:
    """``variorum serve`` as a process of its own."""

    def __init__(self, target: str, jobs: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "variorum", "serve", target, "--port", str(port), "--jobs", str(jobs)]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        self.told: list[str] = []
        for line in self._process.stderr:
            self.told.append(line)
            if "token=" in line:
                break
        self._rest = threading.Thread(target=self._process.stderr.read, daemon=True)
        self._rest.start()
        token = self.told[-1].split("token=")[1].split()[0]
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        self._wait_until_it_listens()
        bearer = self.client.post(f"{API}/session", json={"token": token}).json()["token"]
        self.client.headers["Authorization"] = f"Bearer {bearer}"

    def _wait_until_it_listens(self) -> None:
        for _ in range(600):
            try:
                self.client.get("/")
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return

    def end(self, signal_: signal.Signals) -> None:
        self.client.close()
        self._process.send_signal(signal_)
        self._process.wait(30)
        self._rest.join(30)
        assert self._process.stderr is not None
        self._process.stderr.close()


def test_what_was_accepted_outlives_a_server_that_is_killed(writable: Path, tmp_path: Path) -> None:
    target = str(writable)
    first = Program(target, tmp_path / "jobs")
    seen = first.client.get(f"{API}/events?type=ASSAULT")
    one = seen.json()["events"][0]["id"]
    ruling = {"action": "accept", "targets": [one], "author": "Ines", "reason": "read"}
    told = [
        first.client.post(f"{API}/ingest", json={"texts": [TEXT]}),
        first.client.post(f"{API}/decisions", json=ruling, headers={"If-Match": seen.headers["etag"]}),
        first.client.post(f"{API}/ingest/files", files=[("files", ("b.txt", TEXT.replace("five", "six").encode()))]),
    ]
    first.end(signal.SIGKILL)
    assert [each.status_code for each in told] == [202, 202, 202]
    with Edition.open(target) as edition:
        assert [each.author for each in edition.decisions] == ["Ines"]
    second = Program(target, tmp_path / "jobs")
    assert any("taken up again: 3 jobs" in line for line in second.told)
    jobs = [ended(second.client, each.json()) for each in told]
    assert [job["state"] for job in jobs] == ["done"] * 3
    assert all("taken up again" in job["notes"][0] for job in jobs)
    assert [each["came"] for job in jobs for each in job["documents"]] == ["added", "added"]
    assert jobs[1]["result"] == second.client.get(f"{API}/decisions").json()[0]["id"]
    second.end(signal.SIGTERM)
    assert not (tmp_path / "jobs").exists()
    with Edition.open(target) as edition:
        assert list(edition.faults()) == []


def test_what_was_accepted_is_done_by_the_next_server_in_postgresql(
    made: Path, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"{postgres}&edition=left"
    copy_edition(made, target)
    with monkeypatch.context() as patched:
        patched.setattr(Jobs, "_run", lambda self: None)
        with client_of(target, jobs=tmp_path / "jobs") as client:
            seen = client.get(f"{API}/events?type=ASSAULT")
            ruling = {"action": "accept", "targets": [seen.json()["events"][0]["id"]], "author": "Ines"}
            told = [
                client.post(f"{API}/decisions", json=ruling, headers={"If-Match": seen.headers["etag"]}),
                client.post(f"{API}/ingest", json={"texts": [TEXT]}),
            ]
    assert [each.status_code for each in told] == [202, 202]
    with Edition.open(target) as edition:
        assert [each.author for each in edition.decisions] == ["Ines"]
    kept = [path.read_bytes() for path in (tmp_path / "jobs").rglob("*") if path.is_file()]
    assert not [content for content in kept if b"postgres" in content]  # an address may have a password in it
    with client_of(target, jobs=tmp_path / "jobs") as client:
        assert [ended(client, each.json())["state"] for each in told] == ["done", "done"]
    with Edition.open(target) as edition:
        assert list(edition.faults()) == []


def test_a_server_takes_no_job_of_one_that_lives(writable: Path) -> None:
    one, other = Jobs(writable, ServeOptions()), Jobs(writable, ServeOptions())
    reserved = one.reserve()
    one.keep(reserved, Asked(kind="ruling", decision="r-1"))
    assert other.resume() == 0
    one.close()
    again = Spool(spool_folder(writable))
    assert [asked.decision for _, asked in again.taken_up()] == ["r-1"]
    again.close()
    other.close()


def test_a_job_that_ends_every_server_is_not_begun_for_ever(writable: Path) -> None:
    before = Jobs(writable, ServeOptions())
    reserved = before.reserve()
    before.keep(reserved, Asked(kind="ingest", begun=3))
    before.close()
    with client_of(writable) as client:
        (job,) = client.get(f"{API}/jobs").json()
        assert "begun 3 times" in ended(client, job)["error"]


def test_addresses_that_were_left_are_not_fetched_by_a_server_without_the_network(writable: Path) -> None:
    before = Jobs(writable, ServeOptions(allow_network=True))
    before.keep(before.reserve(), Asked(kind="ingest", addresses=("https://news.example/a",)))
    before.close()
    with client_of(writable) as client:
        (job,) = client.get(f"{API}/jobs").json()
        assert "network is off" in ended(client, job)["error"]


def test_rulings_that_wait_are_brought_in_by_one_run(writable: Path) -> None:
    with client_of(writable) as client:
        jobs = []
        for event in client.get(f"{API}/events?type=ASSAULT").json()["events"][:4]:
            now = {"If-Match": client.get(f"{API}/").headers["etag"]}
            ruling = {"action": "accept", "targets": [event["id"]], "author": "Ines"}
            jobs.append(client.post(f"{API}/decisions", json=ruling, headers=now).json())
        done = [ended(client, job) for job in jobs]
        assert {job["state"] for job in done} == {"done"}
        assert [job["result"] for job in done] == [each["id"] for each in client.get(f"{API}/decisions").json()]
