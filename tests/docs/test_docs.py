"""What the documentation shows runs."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

import variorum
from variorum.pipeline import collate
from variorum.store import tables

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = (ROOT / "docs" / "editions.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEMO = Path(variorum.__file__).parent / "data" / "demo"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs") / "e.sqlite"
    collate(sorted(DEMO.glob("0[1-5]*")), output=path).close()
    return path


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", EDITIONS, re.DOTALL))
def test_queries_give_rows(edition: Path, query: str) -> None:
    connection = sqlite3.connect(edition)
    rows = connection.execute(query).fetchall()
    connection.close()
    assert rows


def test_words_behind_a_figure_are_the_documents(edition: Path) -> None:
    query = next(text for text in re.findall(r"```sql\n(.*?)```", EDITIONS, re.DOTALL) if "substr" in text)
    connection = sqlite3.connect(edition)
    words = {row[1] for row in connection.execute(query)}
    connection.close()
    assert "two children" in words


def test_every_table_is_documented() -> None:
    assert [name for name in tables.METADATA.tables if f"`{name}`" not in EDITIONS] == []


def test_every_column_is_documented() -> None:
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    told = {
        section.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` \| \S", section, re.MULTILINE)
        for section in text.split("\n## ")[1:]
    }
    assert told == {name: [column.name for column in table.columns] for name, table in tables.METADATA.tables.items()}


def test_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reports").symlink_to(DEMO)
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.count("\n") > 3


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))], ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))], ids=str)
def test_no_figure_is_left_open(page: Path) -> None:
    assert (
        re.findall(r"\b[A-Z]+_[A-Z_]+\b|\bTODO\b|\bTBD\b", re.sub(r"`[^`]*`|VARIORUM_\w+", "", page.read_text("utf-8")))
        == []
    )
