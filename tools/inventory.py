"""What Variorum is made of: packages with their pins, data files, models and scripts, each with its licence.

Read from the locks (``requirements/``), from npm's (``frontend/package-lock.json``), from ``src/variorum/data`` and
from ``tools/licenses.toml``. `tools/write_licenses.py` and `tools/write_sbom.py` write what is here.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "variorum" / "data"
Part = Literal["data", "beside", "run", "scripts", "extra", "build"]
"""Data files of the package; files of other packages that it reads; packages that a user gets; what is built into the
pages; packages of extras, tests and tools; what only the build has need of."""

_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9_.\-]+)==(?P<version>[^\s;\\]+)(?P<rest>[^\n]*(?:\n[ \t]+[^\n]*)*)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_OPERATORS = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]")


@dataclass(frozen=True)
class Item:
    """One thing. `hashes` are SHA-256 in hexadecimal, or what npm states; of a package, of every file that its index
    has of it."""

    part: Part
    name: str
    version: str
    licence: str
    hashes: tuple[str, ...] = ()


@cache
def register() -> dict[str, Any]:
    """``tools/licenses.toml``."""
    return tomllib.loads((ROOT / "tools" / "licenses.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, version and hashes of every pin in a lock ("run", "dev", …)."""
    for found in _PIN.finditer((ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")):
        yield found["name"], found["version"], tuple(_HASH.findall(found["rest"]))


def licences_of(expression: str) -> list[str]:
    """The licences that an SPDX expression names."""
    return [each for each in _OPERATORS.split(expression) if each.strip()]


def data_files() -> Iterator[Item]:
    """Every file under ``src/variorum/data``. Raises KeyError, with its name, where one has no licence."""
    forms: dict[str, str] = register()["data"]
    for path in sorted(DATA.rglob("*")):
        name = path.relative_to(DATA).as_posix()
        if path.is_file() and "__pycache__" not in path.parts:
            licence = next((forms[form] for form in forms if fnmatch(name, form)), None)
            if licence is None:
                raise KeyError(name)
            yield Item("data", name, "", licence, (hashlib.sha256(path.read_bytes()).hexdigest(),))


def packages() -> Iterator[Item]:
    """Every package of the locks. Raises KeyError, with its name, where one has no licence."""
    licences: dict[str, str] = register()["python"]
    run, build = ({name for name, *_ in pins(lock)} for lock in ("run", "build"))
    for name, version, hashes in pins("all"):
        part: Part = "run" if name in run else "build" if name in build else "extra"
        yield Item(part, name, version, licences[name], hashes)


def scripts() -> Iterator[Item]:
    """Every package of npm's lock: those that are built into the pages, and those that build them."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    for path, each in lock["packages"].items():
        if path:
            part: Part = "build" if each.get("dev") else "scripts"
            name = path.rpartition("node_modules/")[2]
            yield Item(part, name, each["version"], each["license"], (each["integrity"],))


def items() -> list[Item]:
    """All, in the order of `Part`, npm's behind those of PyPI."""
    beside = [Item("beside", name, "", licence) for name, licence in register()["other"].items()]
    return [*data_files(), *beside, *packages(), *scripts()]


def is_allowed(item: Item) -> bool:
    """Whether an item's licence is one that is allowed where it stands: of alternatives one, else each."""
    allowed = {*register()["allowed"]["run"]}
    if item.part in ("beside", "extra", "build"):
        allowed |= {*register()["allowed"]["rest"]}
    if " OR " in item.licence and " AND " not in item.licence:
        return any(each in allowed for each in licences_of(item.licence))
    return all(each in allowed for each in licences_of(item.licence)) or item.name in register()["excepted"]
