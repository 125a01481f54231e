"""Compile ``variorum/data/given_names.txt.gz``: given names that are nearly always men's, and nearly always women's.

The counts are those of nomquamgender 0.1.4 (Van Buskirk, Clauset and Larremore 2023, "An Open-Source Cultural Consensus
Approach to Name-Based Gender Classification"; MIT), gathered from 36 open lists of persons all over the world. A name
is kept where at least `SOURCES` lists and `PERSONS` persons carry it and `SHARE` of them are of one gender.

    pip install --no-deps nomquamgender==0.1.4
    python tools/compile_given_names.py
"""

from __future__ import annotations

import gzip
import json
import re
from importlib.metadata import distribution
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "given_names.txt.gz"
SOURCES, PERSONS, SHARE = 2, 10, 0.93
_NAME = re.compile(r"[a-z][a-z' -]+")


def main() -> None:
    path = distribution("nomquamgender").locate_file("nomquamgender/name_data.json")
    counted = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    men, women = [], []
    for name, (sources, persons, female, *_) in sorted(counted.items()):
        if sources >= SOURCES and persons >= PERSONS and _NAME.fullmatch(name):
            if female <= 1 - SHARE:
                men.append(name)
            elif female >= SHARE:
                women.append(name)
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("\n".join([*men, "", *women, ""]).encode())
    print(f"{len(men)} men's names, {len(women)} women's, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
