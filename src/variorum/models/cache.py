"""The cache: every reply that was ever got, a JSON line each, only added to. A run that finds all of its questions in
it asks nobody."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from variorum.errors import InputError
from variorum.records import Record, ReplyFailure

LASTING: frozenset[ReplyFailure] = frozenset(
    {"too-large", "not-text", "no-answer", "refusal", "cut-off", "another-model"}
)
"""Failures that are the model's answer, and not the state of a line or a server: they are not asked again."""


class CachedReply(Record, frozen=True, kw_only=True):
    """A reply by the hash of its question. `tokens_in` and `tokens_out` are as the server counted them."""

    key: str
    model: str
    text: str | None = None
    failure: ReplyFailure | None = None
    detail: str = ""
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def is_final(self) -> bool:
        return self.failure is None or self.failure in LASTING


class ReplyCache:
    """The lines of a file, the last of a key in force. A line that is broken (a run was killed in it) counts as
    none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, CachedReply] = {}
        try:
            lines = path.read_bytes().split(b"\n") if path.exists() else []
        except OSError as error:
            raise InputError(f"{path}: the cache cannot be read: {error.strerror}") from error
        self._torn = bool(lines and lines[-1])
        for line in lines:
            try:
                reply = msgspec.json.decode(line, type=CachedReply)
            except msgspec.DecodeError:
                continue
            self._found[reply.key] = reply

    def get(self, key: str) -> CachedReply | None:
        return self._found.get(key)

    def add(self, reply: CachedReply) -> None:
        """Keep a reply, on the disk before this returns. Raises InputError where it cannot be written."""
        line = msgspec.json.encode(reply) + b"\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(b"\n" + line if self._torn else line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputError(f"{self._path}: the cache cannot be written: {error.strerror}") from error
        self._torn = False
        self._found[reply.key] = reply
