"""Write LICENSES.md, the licence of all that Variorum has in it or stands on: ``python tools/write_licenses.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from inventory import ROOT, Item, is_allowed, items, register

_TITLES = {
    "data": ("Data files of the package", "Under `src/variorum/data`. Sources and attributions: `LICENSES-DATA.md`."),
    "beside": ("Data and models that are read beside it", "They come with other packages, and are not changed."),
    "run": ("Python packages that a user gets", "All that `pip install variorum` brings, with what that brings."),
    "scripts": ("Built into the scripts of the pages", "MapLibre GL and what it stands on."),
    "extra": ("Python packages of extras, tests and tools", "Installed where they are asked for."),
    "build": ("What only the build has need of", "Nothing of it is in the package."),
}


def table(part: str, found: list[Item]) -> list[str]:
    title, told = _TITLES[part]
    rows = [f"| {each.name} | {each.version} | {each.licence} |" for each in found]
    return [f"## {title}", "", told, "", "| what | version | licence |", "|---|---|---|", *rows, ""]


def text() -> str:
    """The page. Ends the program where a licence is not allowed where it stands."""
    found = items()
    if refused := [f"{each.name} ({each.licence})" for each in found if not is_allowed(each)]:
        raise SystemExit(f"not allowed in tools/licenses.toml: {', '.join(refused)}")
    lines = [
        "# Licences",
        "",
        "Variorum is under the MIT licence (`LICENSE`). What it has in it and what it stands on, by SPDX; written by",
        "`make licenses` from `tools/licenses.toml` and the locks, and held by a test.",
        "",
    ]
    for name, reason in register()["excepted"].items():
        licence = next(each.licence for each in found if each.name == name)
        lines += [f"{name} is under {licence}: {reason}.", ""]
    for part in _TITLES:
        lines += table(part, [each for each in found if each.part == part])
    return "\n".join(lines)


def main() -> None:
    (ROOT / "LICENSES.md").write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
