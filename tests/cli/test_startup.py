"""What a command costs before it does anything."""

from __future__ import annotations

import resource
import subprocess
import sys

HEAVY = ("spacy", "thinc", "numpy", "sqlalchemy", "trafilatura", "lxml", "litestar", "httpx", "rich", "msgspec")


def test_help_loads_nothing_heavy_and_is_there_at_once() -> None:
    program = (
        "import sys\nfrom variorum.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "collate" in ended.stdout
    assert ended.stderr.strip() == "[]"
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 0.6, "processor seconds; 0.2 on an idle machine, where the aim is 0.3"
