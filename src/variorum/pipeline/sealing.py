"""Seals: what an edition, or a folder of exported files, was at one moment, so that any later change is detected.

A seal is a file beside what it seals (``january.sqlite.seal``), JSON Lines: a head with the SHA-256 of all the rest,
then a line for every row of the edition or for every file of the folder, with its hash. The head may be signed
(Ed25519). A sealed edition is not written to; whoever goes on with it deletes the seal or works on a copy.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from variorum.errors import EditionError
from variorum.records import Record
from variorum.store import SEAL, open_store, sealed_by

from .faults import Fault, fault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_BLOCK = 1 << 20  # bytes hashed at a time
_FILE = "file"
_SHOWN = 50  # rows that are told one by one


class SealHead(Record, frozen=True, kw_only=True):
    """The first line of a seal. `sha256` and `size` (in bytes) are of the edition's file, None for a folder and for an
    edition in PostgreSQL; `head` is the hash of the last entry of the log of custody; `lines` and `listed` are the
    number and the SHA-256 of the lines that follow. `key` and `signature` are Ed25519 over `signed`, in hexadecimal;
    `check` is the SHA-256 of the same."""

    schema: Literal["variorum-seal/1"] = "variorum-seal/1"
    sha256: str | None
    size: int | None
    head: str | None
    lines: int
    listed: str
    key: str | None = None
    signature: str | None = None
    check: str = ""

    @property
    def signed(self) -> bytes:
        """The bytes that are signed: all of the head but what is made of them."""
        return msgspec.json.encode(msgspec.structs.replace(self, signature=None, check=""))


class _Line(msgspec.Struct, frozen=True, array_like=True):
    table: str  # _FILE in the seal of a folder
    key: str
    digest: str

    @property
    def name(self) -> str:
        """What the line is about, for a person."""
        return f"file {self.key}" if self.table == _FILE else f"table {self.table}, row {self.key}"


def seal(target: str | Path, *, sign_with: Path | None = None, output: Path | None = None) -> SealHead:
    """Seal an edition or a folder; the seal goes to `output`, beside the target without it. `sign_with` is a file with
    an Ed25519 private key (PEM). Raises EditionError where there is nothing to be sealed, where it is sealed already,
    where another process has it open, and where the key cannot be read."""
    seal_path = output or _beside(target)
    if seal_path.exists():
        raise EditionError(f"{seal_path}: is there already; delete it to seal anew")
    key = _private_key(sign_with) if sign_with is not None else None
    if isinstance(target, Path) and target.is_dir():
        head, lines = _head_of(_file_lines(target)), list(_file_lines(target))
    else:
        head, lines = _of_edition(target)
    if key is not None:
        head = msgspec.structs.replace(head, key=key.public_key().public_bytes_raw().hex())
        head = msgspec.structs.replace(head, signature=key.sign(head.signed).hex())
    head = msgspec.structs.replace(head, check=hashlib.sha256(head.signed).hexdigest())
    try:
        with seal_path.open("xb") as file:
            file.write(msgspec.json.encode(head) + b"\n")
            file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
    except OSError as error:
        seal_path.unlink(missing_ok=True)
        raise EditionError(f"{seal_path}: cannot be written: {error.strerror}") from error
    return head


def _beside(target: str | Path) -> Path:
    if isinstance(target, str):
        raise EditionError("an edition in a database has nothing beside it: name a file for the seal")
    if not target.exists():
        raise EditionError(f"{target}: no such edition or folder")
    return target.with_name(target.name + SEAL)


def _of_edition(target: str | Path) -> tuple[SealHead, list[_Line]]:
    open_store(target, create=False).close()  # tells where it is none
    store = open_store(target)  # brings one of an earlier schema to this one
    try:
        with store.snapshot() as reader:
            last = reader.head()
            lines = [_Line(*row) for row in reader.row_digests()]
    finally:
        store.close()
    sha256 = size = None
    if isinstance(target, Path):
        _settle(target)
        sha256, size = _file_digest(target), target.stat().st_size
    head = _head_of(lines)
    return msgspec.structs.replace(head, sha256=sha256, size=size, head=last.hash if last else None), lines


def _settle(path: Path) -> None:
    """Put all that was written into the one file: what stands in a file beside it could be changed unseen."""
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.Error as error:
        raise EditionError(f"{path}: cannot be sealed: {error}") from error
    if mode != "delete":
        raise EditionError(f"{path}: cannot be sealed while another process has it open")


def _head_of(lines: Iterable[_Line]) -> SealHead:
    state, number = hashlib.sha256(), 0
    for line in lines:
        state.update(msgspec.json.encode(line) + b"\n")
        number += 1
    return SealHead(sha256=None, size=None, head=None, lines=number, listed=state.hexdigest())


def _file_lines(folder: Path) -> Iterator[_Line]:
    """A line for every file of a folder, by its path in it."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(paths):
        yield _Line(_FILE, name, _file_digest(paths[name]))


def _file_digest(path: Path) -> str:
    state = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                state.update(block)
    except OSError as error:
        raise EditionError(f"{path}: cannot be read: {error.strerror}") from error
    return state.hexdigest()


def seal_faults(target: str | Path, *, signed_by: Path | None = None, seal_path: Path | None = None) -> Iterator[Fault]:
    """How an edition or a folder differs from its seal; nothing where it does not. `signed_by` is a file with the
    public key (PEM) that must have signed it. Raises EditionError where there is no seal, or the key cannot be read."""
    path = seal_path or _beside(target)
    public = _public_key(signed_by) if signed_by is not None else None
    of = f"the seal {path.name}"
    try:
        first, *rest = path.read_bytes().splitlines(keepends=True)
        head = msgspec.json.decode(first, type=SealHead)
    except OSError as error:
        raise EditionError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, msgspec.MsgspecError):
        yield fault(of, "is no seal: its first line cannot be read")
        return
    if first != msgspec.json.encode(head) + b"\n" or head.check != hashlib.sha256(head.signed).hexdigest():
        yield fault(of, "has a first line that was not written so")
    if hashlib.sha256(b"".join(rest)).hexdigest() != head.listed or len(rest) != head.lines:
        yield fault(of, "has other lines than its head says")
        rest = []
    yield from _signature_faults(of, head, public)
    if isinstance(target, Path) and target.is_dir():
        yield from _differences(map(_line, rest), _file_lines(target))
    else:
        yield from _edition_faults(target, head, rest)


def _line(text: bytes) -> _Line:
    return msgspec.json.decode(text, type=_Line)


def _edition_faults(target: str | Path, head: SealHead, rest: list[bytes]) -> Iterator[Fault]:
    if isinstance(target, Path):
        for ending in ("-wal", "-journal"):
            beside = target.with_name(target.name + ending)
            if beside.exists() and beside.stat().st_size:
                yield fault(f"the file {beside.name}", "stands beside a sealed edition, which has none")
        if target.stat().st_size != head.size:
            yield fault("the file", f"has {target.stat().st_size:,} bytes; sealed were {head.size or 0:,}")
        elif _file_digest(target) == head.sha256:
            return
        yield fault("the file", "is not the one that was sealed: its SHA-256 is another")
    if not rest:
        return
    try:
        store = open_store(target, create=False)
        with store.snapshot() as reader:
            found = [_Line(*row) for row in reader.row_digests()]
            last = reader.head()
        store.close()
    except Exception as error:  # a damaged file breaks anywhere
        yield fault("the file", f"cannot be read as an edition any more: {error}")
        return
    if (last.hash if last else None) != head.head:
        yield fault("the log of custody", "has another head than the one that was sealed")
    yield from _differences(map(_line, rest), found)


def _differences(sealed: Iterable[_Line], found: Iterable[_Line]) -> Iterator[Fault]:
    """Which lines changed, came and went; the first of them by name, the rest by number."""
    told: list[Fault] = []
    left = {(line.table, line.key): line for line in sealed}
    for line in found:
        before = left.pop((line.table, line.key), None)
        if before is None:
            told.append(fault(line.name, "was not there when it was sealed"))
        elif before.digest != line.digest:
            told.append(fault(line.name, "is not what was sealed"))
    told += [fault(line.name, "was sealed, and is gone") for line in left.values()]
    yield from told[:_SHOWN]
    if len(told) > _SHOWN:
        yield fault("the seal", f"does not fit in {len(told) - _SHOWN:,} more places")


def _signature_faults(of: str, head: SealHead, public: Ed25519PublicKey | None) -> Iterator[Fault]:
    if head.signature is None or head.key is None:
        if public is not None:
            yield fault(of, "is not signed")
        return
    if public is not None and public.public_bytes_raw().hex() != head.key:
        yield fault(of, "is signed with another key")
    _need_signatures()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key)).verify(bytes.fromhex(head.signature), head.signed)
    except (InvalidSignature, ValueError):
        yield fault(of, "has a signature that does not fit")


def _need_signatures() -> None:
    if find_spec("cryptography") is None:
        raise EditionError("signatures need an extra: pip install 'variorum[sign]'")


def _private_key(path: Path) -> Ed25519PrivateKey:
    _need_signatures()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise EditionError(f"{path}: no private key that can be read: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise EditionError(f"{path}: not an Ed25519 key; `openssl genpkey -algorithm ed25519` makes one")
    return key


def _public_key(path: Path) -> Ed25519PublicKey:
    _need_signatures()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise EditionError(f"{path}: no public key that can be read: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise EditionError(f"{path}: not an Ed25519 key")
    return key


def is_sealed(target: str | Path) -> bool:
    """Whether a seal stands beside an edition or a folder."""
    return isinstance(target, Path) and sealed_by(target) is not None
