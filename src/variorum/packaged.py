"""The data files that come with the package (``variorum/data``): word lists, tables of the world, trained weights.

They are read here and nowhere else, so that a file which is missing, broken or not the one that was released is one
kind of error, with its name.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import tomllib
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from typing import Any

from variorum.errors import ModelError


def data_bytes(name: str) -> bytes:
    """A file as it is. Raises ModelError where there is none, and where it is not the one that was installed."""
    try:
        content = (files("variorum") / "data" / name).read_bytes()
    except OSError as error:
        raise ModelError(
            f"the packaged file {name} cannot be read ({error.strerror}); install variorum anew"
        ) from error
    pinned = _pins().get(name)
    if pinned is not None and pinned != base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("="):
        raise _fault(name, "is not the one that was installed")
    return content


@cache
def check_installed() -> None:
    """Hold every packaged file against the hash that it was installed with, once a process. Raises ModelError, with its
    name, where one is missing or another."""
    for name in sorted(_pins()):
        data_bytes(name)


@cache
def _pins() -> dict[str, str]:
    """The SHA-256 of every file as the wheel has it in its RECORD. A checkout that is worked on has none: there the
    files change by design."""
    try:
        installed = distribution("variorum").files or ()
    except PackageNotFoundError:
        return {}
    return {
        path.name: path.hash.value
        for path in installed
        if path.parts[:-1] == ("variorum", "data") and path.hash is not None and path.hash.mode == "sha256"
    }


def data_text(name: str) -> str:
    """A file's text, unpacked where its name ends in ``.gz``. Raises ModelError where it is missing or broken."""
    content = data_bytes(name)
    try:
        return (gzip.decompress(content) if name.endswith(".gz") else content).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise _fault(name, f"is broken ({error})") from error


def data_lines(name: str) -> list[str]:
    """A file's lines that are neither blank nor comments (``# …``). Raises as `data_text` does."""
    return [line for line in data_text(name).split("\n") if line and not line.startswith("# ")]


def data_table(name: str) -> dict[str, Any]:
    """A TOML file. Raises ModelError where it is missing or broken."""
    try:
        return tomllib.loads(data_text(name))
    except tomllib.TOMLDecodeError as error:
        raise _fault(name, f"is broken ({error})") from error


def _fault(name: str, reason: str) -> ModelError:
    return ModelError(f"the packaged file {name} {reason}; install variorum anew")
