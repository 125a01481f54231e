"""Every packaged data file stands in the table of sources and licences."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_each_data_file_has_its_source_and_licence() -> None:
    table = (ROOT / "LICENSES-DATA.md").read_text(encoding="utf-8")
    named = [name for row in table.splitlines() if row.startswith("| `") for name in re.findall(r"`([^`]+)`", row)]
    files = sorted(path.name for path in (ROOT / "src" / "variorum" / "data").iterdir() if path.is_file())
    assert len(files) > 40
    assert [name for name in files if not any(fnmatch(name, form) for form in named)] == []
