"""Pin every package with its hashes: ``python tools/lock.py`` (`make lock`), ``--upgrade`` for newer ones.

Writes, for all systems and every Python that pyproject.toml allows:

- ``requirements/all.txt``: every extra, and what the package is built with;
- ``requirements/dev.txt``: what a user and the tests need; the same pins;
- ``requirements/bench.txt``: what the benchmarks need besides; the same pins;
- ``requirements/release.txt``: what `make lock` and `make audit` need besides; the same pins;
- ``requirements/run.txt``: what a user needs; the same pins;
- ``requirements/build.txt``: what the package is built with; the same pins.

Versions stay as they are where they still fit. Resolved by uv, over the package index that uv is set to.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "requirements"
LOCKS: dict[str, tuple[str, ...]] = {
    "all": ("pyproject.toml", "--all-extras", "BUILD"),
    "dev": ("pyproject.toml", "--extra", "dev"),
    "bench": ("pyproject.toml", "--extra", "bench", "--extra", "cluster"),
    "release": ("pyproject.toml", "--extra", "release"),
    "run": ("pyproject.toml",),
    "build": ("BUILD",),
}
"""The locks, the widest first, and what uv is told is in each."""
_EDITABLE = "editables"  # hatchling asks for it when it installs a checkout


def build_requirements() -> list[str]:
    """What `pip install` of a checkout needs besides the package's own dependencies: its build backend, and Node."""
    node = re.findall(r'^NODE = "(.+)"$', (ROOT / "hatch_build.py").read_text(encoding="utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [*project["build-system"]["requires"], _EDITABLE, *node]


def _uv() -> str:
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.is_file() else shutil.which("uv")
    if found is None:
        raise SystemExit("uv is missing: pip install 'variorum[release]', or uv itself")
    return found


def write(*, upgrade: bool) -> None:
    """Write the locks. Ends the program where uv finds no packages that fit."""
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    lowest = re.findall(r">=\s*([\d.]+)", python)[0]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="variorum-lock-") as folder:
        build = Path(folder) / "build.in"
        build.write_text("\n".join(build_requirements()) + "\n", encoding="utf-8")
        for name, inputs in LOCKS.items():
            pins = [] if name == "all" else ["--constraints", "requirements/all.txt"]
            command = [_uv(), "pip", "compile", *(str(build) if each == "BUILD" else each for each in inputs), *pins]
            command += ["--universal"]
            command += ["--python-version", lowest, "--generate-hashes", "--no-annotate", "--quiet"]
            command += ["--output-file", f"requirements/{name}.txt", *(["--upgrade"] if upgrade else [])]
            told = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make lock"}
            if subprocess.run(command, cwd=ROOT, env=told, check=False).returncode:
                raise SystemExit(f"requirements/{name}.txt could not be written")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where there are any")
    write(upgrade=parser.parse_args().upgrade)


if __name__ == "__main__":
    main()
