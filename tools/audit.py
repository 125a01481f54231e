"""Ask the advisory databases whether any pinned package has a known fault: ``python tools/audit.py`` (`make audit`).

Python packages by pip-audit (PyPI's advisories), those of the pages' scripts by `npm audit`. Ends with 0 where every
package was looked up and none has a fault, with 1 where one has, and with 2 where a database could not be asked: what
was not looked up is not clean.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_AGAIN = "run `make audit` again where the network lets it through"


class Told(NamedTuple):
    """What a database said: how many packages it knows, which have faults, and why it could not be asked."""

    asked: int = 0
    faults: tuple[str, ...] = ()
    unanswered: str = ""


def python_packages(lock: Path) -> Told:
    """The packages of a lock, by pip-audit."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    done = subprocess.run(
        [*command, "--format", "json", "--requirement", str(lock)], capture_output=True, text=True, check=False
    )
    return read_pip_audit(done.stdout, done.stderr)


def read_pip_audit(output: str, errors: str) -> Told:
    """What pip-audit wrote. A package that it skipped was not looked up, though it ends with 0 then."""
    try:
        found = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Told(unanswered=(errors.strip().splitlines() or ["pip-audit said nothing"])[-1])
    skipped = [each["name"] for each in found if "skip_reason" in each]
    faults = [f"{each['name']} {each['version']}: {fault['id']}" for each in found for fault in each.get("vulns", ())]
    why = f"{len(skipped)} of {len(found)} packages are not known there ({', '.join(skipped[:3])} …)" if skipped else ""
    return Told(len(found) - len(skipped), tuple(faults), why)


def script_packages() -> Told:
    """The packages of npm's lock, by `npm audit`."""
    npm = shutil.which("npm")
    if npm is None:
        return Told(unanswered="npm is missing")
    done = subprocess.run(
        [npm, "audit", "--json", "--audit=true"], cwd=ROOT / "frontend", capture_output=True, text=True, check=False
    )
    return read_npm_audit(done.stdout, done.stderr)


def read_npm_audit(output: str, errors: str) -> Told:
    """What `npm audit --json` wrote."""
    try:
        found = json.loads(output)
        asked = int(found["metadata"]["dependencies"]["total"])
    except (ValueError, KeyError, TypeError):
        said = [line for line in errors.splitlines() if "audit" in line]
        return Told(unanswered=(said or ["npm audit said nothing"])[0])
    return Told(asked, tuple(f"{name}: {each['severity']}" for name, each in found["vulnerabilities"].items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements" / "all.txt")
    given = parser.parse_args()
    told = {"PyPI": python_packages(given.lock), "npm": script_packages()}
    for name, each in told.items():
        print(f"{name}: {each.asked} packages looked up, {len(each.faults)} known faults")
        for fault in each.faults:
            print(f"  {fault}")
        if each.unanswered:
            print(f"  not all could be looked up: {each.unanswered}; {_AGAIN}")
    sys.exit(1 if any(each.faults for each in told.values()) else 2 if any(e.unanswered for e in told.values()) else 0)


if __name__ == "__main__":
    main()
