"""What is added and ruled over the API, and the jobs that carry it out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from variorum.pipeline import Edition
from variorum.web import SCOPES, create_app
from variorum.web.tokens import Sessions
from variorum.web.worker import Worker

from .conftest import Client, client_of

API = "/api/v1"
TEXT = (
    "MOMBASA, Kenya, 4 March 2021 - Gunmen killed five herders at a market in Garissa on Wednesday, the regional "
    "police commander said. Nobody has claimed the attack.\n\nThe governor condemned the killing and called for calm."
)


def ended(client: Client, job: dict[str, Any]) -> dict[str, Any]:
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
        answer = client.post(f"{API}/decisions", json=ruling, headers={"If-Match": seen.headers["etag"]})
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
