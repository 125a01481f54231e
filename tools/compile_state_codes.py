"""Compile `src/variorum/data/state_codes.tsv`: the numbers that other people's data have for states.

    python tools/compile_state_codes.py WORLD_FOLDER

WORLD_FOLDER holds `actors_states.csv`, of which the ISO 3166 codes are read and no column under a share-alike licence;
the numbers of the two state systems come from `tools/state_systems.tsv`. Sources and licences: docs/data/places.md.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "variorum" / "data" / "state_codes.tsv"
COLUMNS = ("iso3", "iso_numeric", "cow", "gw")


def main(world: Path) -> None:
    systems = {}
    with (ROOT / "tools" / "state_systems.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            systems[row["iso3"]] = row
    with (world / "actors_states.csv").open(encoding="utf-8", newline="") as file:
        numeric = {row["iso3"]: row["numeric"] for row in csv.DictReader(file) if row["iso3"]}
    if unknown := sorted(systems.keys() - numeric.keys()):
        sys.exit(f"no state has the code {unknown[0]}")
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for iso3 in sorted(numeric):
            system = systems.get(iso3, {"cow": "", "gw": ""})
            if number := numeric[iso3].lstrip("0"):
                writer.writerow((iso3, number, system["cow"], system["gw"]))
            elif system["cow"]:
                writer.writerow((iso3, "", system["cow"], system["gw"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
