"""The figures of the project's own gold, and the gate that keeps them.

    python tools/gold_figures.py [--half tune|tune-2|…|test] [--only tolls,actors]     print them
    python tools/gold_figures.py --check                                      fail where one lies under its pin
    python tools/gold_figures.py --pin                                        write the pins anew (read the diff)

The pins stand in ``tests/gold/figures.json``, by tuning part and set; ``--check`` and ``--pin`` take the part of
``--half``. A figure may rise freely; one that falls by more than `SLACK` fails the tests. Lowering a pin needs a reason
in the commit that does it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

import score_actors
import score_attributions
import score_coding
import score_coreference
import score_crises
import score_derivation
import score_places
import score_shapes
import score_times
import score_tolls
from gold import GOLD, HALVES

PINS = GOLD / "figures.json"
SLACK = 0.004  # about one mention of the smallest set: processors differ in the last digits of a model
Figures = dict[str, float]


def _tolls(half: str) -> Figures:
    return _kept(score_tolls.figures(score_tolls.score(half)), "f1", "precision", "recall")


def _actors(half: str) -> Figures:
    told = score_actors.figures(score_actors.score(half))
    return _kept(told, "found", "name", "country", "sector", "right", "precision")


def _coreference(half: str) -> Figures:
    every = [one for _, judged in score_coreference.score(half) for one in judged]
    return _kept(score_coreference.figures(every), "accuracy", "pronoun_precision")


def _coding(half: str) -> Figures:
    return _kept(score_coding.figures(score_coding.score(half)), "exact_f1", "precision", "recall", "found")


def _derivation(half: str) -> Figures:
    told = score_derivation.score(half)[0]
    return {
        "kinds.macro_f1": told["kinds"]["macro_f1"],
        "direction": told["direction"]["accuracy"],
        "origins": told["origins"]["f1"],
        "changes": told["changes_of_all"]["all"]["f1"],
    }


def _times(half: str) -> Figures:
    return _kept(score_times.figures(score_times.score(half)), "span_f1", "value_f1", "bounds", "anchors")


def _places(half: str) -> Figures:
    return _kept(score_places.figures(score_places.score(half)), "overlap_f1", "right_f1", "relations")


def _attributions(half: str) -> Figures:
    return _kept(score_attributions.figures(score_attributions.score(half)), "f1", "stance", "parent")


def _pages(half: str) -> Figures:
    told = score_shapes.score(half).figures()
    names = (
        "shape",
        "credits",
        "entries start",
        "sections start",
        "body f1",
        "meta title",
        "meta published",
        "meta authors",
    )
    return {f"{name} {side}": told[name][side] for name in names for side in ("precision", "recall")}


def _crises(half: str) -> Figures:
    told = score_crises.score(half)
    return {
        "events": told["events"]["f1"],
        "readings": told["readings"]["right"],
        "disputes": told["disputes"]["f1"],
        "updates": told["updates"]["of_all"],
        "links": told["links"]["f1"],
        "origins": told["origins"]["exact"],
        "families": told["families"]["f1"],
    }


SETS: dict[str, Callable[[str], Figures]] = {
    "times": _times,
    "places": _places,
    "attributions": _attributions,
    "tolls": _tolls,
    "actors": _actors,
    "coreference": _coreference,
    "coding": _coding,
    "derivation": _derivation,
    "pages": _pages,
    "crises": _crises,
}


def _kept(told: dict[str, Any], *names: str) -> Figures:
    return {name: told[name] for name in names}


def has_part(name: str, half: str) -> bool:
    """Whether a set has this part."""
    return any((GOLD / name / f"{half}{end}.jsonl").exists() for end in ("", "-pairs", "-gold"))


def measured(half: str = "tune", only: frozenset[str] = frozenset(SETS)) -> dict[str, Figures]:
    return {name: score(half) for name, score in SETS.items() if name in only and has_part(name, half)}


def fallen(pins: dict[str, Figures], told: dict[str, Figures]) -> list[str]:
    """A line for each pinned figure of a measured set that lies under its pin, or that is measured no more."""
    return [
        f"{name} {figure}: {told[name].get(figure)} is under {pin}"
        for name, figures in pins.items()
        if name in told
        for figure, pin in figures.items()
        if told[name].get(figure, -1.0) < pin - SLACK
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, default="tune")
    parser.add_argument("--only", default=",".join(SETS), help="sets, with commas")
    parser.add_argument("--check", action="store_true", help="compare with the pins")
    parser.add_argument("--pin", action="store_true", help="write the pins anew")
    options = parser.parse_args()
    if options.half == "test" and (options.check or options.pin):
        parser.error("the pins are those of the tuning parts")
    only = frozenset(options.only.split(","))
    if unknown := sorted(only - set(SETS)):
        parser.error(f"no such set: {', '.join(unknown)} (there are {', '.join(SETS)})")
    told = measured(options.half, only)
    for name, figures in told.items():
        print(f"{name:12} " + "  ".join(f"{figure} {value:.4f}" for figure, value in figures.items()))
    every: dict[str, dict[str, Figures]] = json.loads(PINS.read_text(encoding="utf-8")) if PINS.exists() else {}
    pins = every.get(options.half, {})
    if options.pin:
        every[options.half] = {**pins, **told}
        PINS.write_text(json.dumps(every, indent=2) + "\n", encoding="utf-8")
    if options.check and (lines := fallen(pins, told)):
        raise SystemExit("\n".join(lines))


if __name__ == "__main__":
    main()
