"""Fingerprints, copies and candidates: what is found, and that the quick way gives what the plain way would."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.derivation import search
from variorum.derivation.copies import exact_classes, near_copies
from variorum.derivation.fingerprints import Fingerprint, Keys, fingerprints
from variorum.derivation.lexicon import WORD, Lexicon
from variorum.derivation.options import DerivationOptions
from variorum.derivation.search import candidates, shared_keys
from variorum.derivation.units import units_of
from variorum.derivation.words import Vocabulary

from .reports import OTHER_DESK, UNRELATED, WIRE, report

OPTIONS = DerivationOptions()
_SURFACES = ["depot", "Governor's", "l’été", "3,000", "1.5.2", "mp3", "it''s", "٣", "3.٣", "co\u00adop", "“word”"]
_MARKS = [
    " ",
    "\n",
    "…",
    "·",
    "-",
    "'",
    "’",
    ".",
    ",",
    "_",
    "ﬁ",
    "e\u0301",
    "²",
    "\ud800",
    "x" * 40,
    "ß",
    "İ",
    "—",
    "ª",
]


def prints_of(texts: list[str]) -> list[Fingerprint]:
    return list(fingerprints([unit for i, t in enumerate(texts) for unit in units_of(report(f"{i:04}", t))], OPTIONS))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(_SURFACES + _MARKS) | st.text(max_size=4), max_size=25), max_size=4))
def test_words_are_those_that_the_pattern_finds(parts: list[list[str]]) -> None:
    texts = ["".join(part) for part in parts]
    lexicon = Lexicon()
    found = Vocabulary().read(texts)
    for text, first, last in zip(texts, found.bounds[:-1].tolist(), found.bounds[1:].tolist(), strict=True):
        numbers = np.array([lexicon[word] for word in WORD.findall(text)], np.int64)
        assert np.array_equal(found.exact[first:last], lexicon.exact[numbers])
        assert np.array_equal(found.masked[first:last], lexicon.masked[numbers])
        assert np.array_equal(found.stems[first:last], lexicon.stems[numbers])
        assert np.array_equal(found.content[first:last], lexicon.weights[numbers] >= 0.5)


def same(one: Fingerprint, other: Fingerprint) -> bool:
    return one[:4] == other[:4] and all(np.array_equal(a, b) for a, b in zip(one[4:], other[4:], strict=True))


def test_a_fingerprint_depends_on_its_text_alone() -> None:
    texts = [WIRE, OTHER_DESK, "", "One.", WIRE * 3, UNRELATED] * 60
    together = prints_of(texts)
    alone = [prints_of([text])[0] for text in texts[:6]]
    assert all(same(found, alone[i % 6]) for i, found in enumerate(together))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), max_size=8, unique=True).map(sorted), max_size=9),
    st.integers(1, 5),
    st.integers(1, 3),
    st.booleans(),
)
def test_shared_keys_are_counted(rows: list[list[int]], fan_out: int, least: int, star: bool) -> None:
    expected: dict[tuple[int, int], int] = {}
    for key in range(13):
        holders = [i for i, row in enumerate(rows) if key in row]
        if len(holders) > fan_out and not star:
            continue
        for place, j in enumerate(holders):
            for i in holders[: min(place, fan_out)]:
                expected[i, j] = expected.get((i, j), 0) + 1
    found = shared_keys([np.array(row, np.uint32) for row in rows], fan_out, least=least, star=star)
    pairs = [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in found.pairs]
    assert dict(zip(pairs, found.counts.tolist(), strict=True)) == {k: v for k, v in expected.items() if v >= least}
    assert pairs == sorted(pairs)


def test_counting_in_parts_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    rows = [np.unique(rng.integers(0, 60, 20).astype(np.uint32)) for _ in range(80)]
    whole = shared_keys(rows, 96, least=2, star=True)
    monkeypatch.setattr(search, "_MOST_AT_ONCE", 500)
    parts = shared_keys(rows, 96, least=2, star=True)
    assert np.array_equal(whole.pairs, parts.pairs)
    assert np.array_equal(whole.counts, parts.counts)


def test_pairs_that_are_left_out_early_would_never_have_been_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(3)

    def words(count: int) -> list[str]:
        return ["".join(draw.choices("bdfglmnrst", k=3)) + draw.choice(["ar", "il", "ome"]) for _ in range(count)]

    by_chance, taken = " ".join(words(7)), [" ".join(words(30)) for _ in range(8)]
    texts = [[by_chance, *words(90), draw.choice(taken) if number % 3 else ""] for number in range(60)]
    prints = prints_of([" ".join(text) for text in texts])
    heads = list(range(len(prints)))
    found = candidates(heads, prints, OPTIONS, brief={1, 5, 8})
    left_out = []

    def everything(
        join: search.Join | None, rows: list[Keys], fan_out: int, *, wanted: object = None, **how: Any
    ) -> search.Shared:
        shared = shared_keys(rows, fan_out, **{"star": False, **how})
        left_out.append(len(shared.pairs))
        return shared

    monkeypatch.setattr(search, "_joined", everything)
    assert candidates(heads, prints, OPTIONS, brief={1, 5, 8}) == found
    assert 0 < len(found) < left_out[-1]


def test_copies_are_collapsed_and_a_changed_figure_is_no_copy() -> None:
    near = WIRE.replace("stormed", "raided")
    prints = prints_of([WIRE, UNRELATED, WIRE.replace("“", '"').replace("”", '"'), near, near.replace("seven", "nine")])
    assert exact_classes(prints, (), OPTIONS) == [[0, 2], [1], [3], [4]]
    assert exact_classes(prints, [2], OPTIONS) == [[0], [1], [2], [3], [4]]
    assert near_copies([0, 1, 3, 4], prints, OPTIONS) == {3: 0}


def test_a_text_of_which_a_third_is_copied_is_a_candidate() -> None:
    rng = random.Random(11)
    words = [
        f"{a}{b}{c}" for a in ("br", "k", "t", "pl") for b in ("a", "o", "u") for c in ("nd", "r", "lk", "sh", "m")
    ]
    texts = [" ".join(rng.choice(words) + rng.choice(words) for _ in range(400)) for _ in range(40)]
    texts.append(
        " ".join([*texts[7].split()[100:230], *texts[39].split()[:20], *texts[0].split()[395:], *texts[1][:3]])
    )
    found = candidates(range(len(texts)), prints_of(texts), OPTIONS)
    assert (7, 40) in {(pair.one, pair.other) for pair in found}
    assert candidates([3], prints_of(texts), OPTIONS) == []


def test_a_shingle_that_hundreds_hold_loses_no_member() -> None:
    rng = random.Random(2)
    common = WIRE.split()[:60]
    texts = []
    for _ in range(400):
        own = ["".join(rng.choice("bdklmnrst") + rng.choice("aeiou") for _ in range(4)) for _ in range(150)]
        texts.append(" ".join([*own[:70], *common, *own[70:]]))
    found = candidates(range(400), prints_of(texts), OPTIONS)
    assert {i for pair in found for i in pair[:2]} == set(range(400))
    assert len(found) <= OPTIONS.most_candidates * 400
