"""Every format, column and key of an export stands in its section of the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from variorum.exports.formats import FORMATS, acled, atom, ftm, ged, geojson, graphml, polecat, prov
from variorum.exports.formats.tables import TABLES
from variorum.exports.quotations import QuotationLimit

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")

NAMES: dict[str, tuple[str, ...]] = {
    "## ged": ged.COLUMNS,
    "## acled-shaped": acled.COLUMNS,
    "## polecat": polecat.COLUMNS,
    "## plover": (*polecat.RECORD_KEYS, *polecat.ENTITY_KEYS, *polecat.LOCATION_KEYS),
    "## geojson": geojson.PROPERTIES,
    "## ftm": (*ftm.PROPERTIES, *(name for names in ftm.PROPERTIES.values() for name in names)),
    "## prov-json": prov.SECTIONS,
    "## graphml": (
        *graphml.DERIVATION_NODE, *graphml.DERIVATION_EDGE, *graphml.LINK_NODE, *graphml.LINK_EDGE,
    ),
    "## atom": atom.ELEMENTS,
    **{f"### `{table.name}`": tuple(column.name for column in table.columns) for table in TABLES},
}  # fmt: skip


@pytest.mark.parametrize("heading", NAMES)
def test_every_name_is_documented(heading: str) -> None:
    level = heading.split(" ")[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", DOCS, re.DOTALL | re.MULTILINE)
    assert found is not None
    assert [name for name in NAMES[heading] if f"`{name}`" not in found[1]] == []


def test_every_format_is_documented() -> None:
    listed = DOCS[: DOCS.index("## What holds for all")]
    assert [name for name in FORMATS if f"`{name}`" not in listed] == []


def test_descriptions_are_those_of_the_tables() -> None:
    rows = [f"| `{c.name}` | {c.type} | {c.description} |" for table in TABLES for c in table.columns]
    assert [row for row in rows if row not in DOCS] == []


def test_the_limit_is_the_documented_one() -> None:
    limit = QuotationLimit()
    assert f"{limit.characters:,} characters" in DOCS
    assert limit.share == 0.5


def test_every_key_of_a_mapping_is_documented() -> None:
    from variorum.exports.datasets.reading import KEYS

    (mapping,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    said = [key for key in KEYS if re.search(rf"^{key} = ", mapping, re.MULTILINE)]
    assert [key for key in KEYS if key not in said and key not in ("low", "best", "high")] == []
    assert "low, best and high" in mapping


def test_the_mapping_of_the_docs_reads(tmp_path: Path) -> None:
    from variorum.exports.datasets import read_dataset

    (mapping,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    columns = re.findall(r'^\w+ = "(\w+)"', mapping.partition("[columns]")[2], re.MULTILINE)
    (tmp_path / "t.csv").write_text(",".join(columns) + "\n", encoding="utf-8")
    assert list(read_dataset(tmp_path / "t.csv", tmp_path / "m.toml")) == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL))
def test_python_of_the_docs_runs(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.exports.formats.made import content, text_of
    from variorum.store import open_store

    store = open_store(tmp_path / "january.sqlite")
    store.add_documents([text_of("d1"), text_of("d2")])
    store.replace_content(content(), {})
    store.close()
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "exports.md", "exec"), {})
