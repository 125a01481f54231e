"""Compile ``data/territories.tsv``: what the languages of the pages that are read call the world's states.

    python tools/compile_territories.py

Source: the territory names of Unicode CLDR as Babel packages them (Unicode licence v3). One line a state: its ISO 3166
alpha-2 code and its names, without those that two states share.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from babel import Locale

LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "es", "fa", "fr", "he", "hi", "hu", "id", "it", "ja"),
    *("ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "sw", "tr", "uk", "vi", "zh"),
)
TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "territories.tsv"


def main() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}:
                names[name.casefold()].add(code)
    by_code: dict[str, set[str]] = defaultdict(set)
    for name, codes in names.items():
        if len(codes) == 1:
            by_code[next(iter(codes))].add(name)
    lines = [f"{code}\t{'|'.join(sorted(found))}" for code, found in sorted(by_code.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
