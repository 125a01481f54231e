"""Two documents beside each other: the verdict on them, and all that they share whether or not one derives from the
other."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from variorum.records import NARRATIVE_KINDS, Change, Derivation, Document, Passage, Span

from . import moments
from .alignment import Alignment
from .changes import changes_of
from .copies import near_copies
from .fingerprints import fingerprints
from .lexicon import Lexicon
from .options import DerivationOptions
from .reading import Reading
from .units import Unit
from .verdict import judge, judge_copies


class Compared(NamedTuple):
    """`passages` and `changes` are told from the first document to the second; `derivation` has its own direction, and
    is None where neither text has anything of the other. `quotations` are each text's own."""

    passages: tuple[Passage, ...]
    changes: tuple[Change, ...]
    derivation: Derivation | None
    quotations: tuple[tuple[Span, ...], tuple[Span, ...]]


def compare(
    one: Document,
    other: Document,
    *,
    options: DerivationOptions = DerivationOptions(),  # noqa: B008 - a frozen value
) -> Compared:
    """What two documents share, each read as one text, sections and all."""
    if one.id == other.id:  # the same text twice: the second must be told from the first
        other = msgspec.structs.replace(other, id=f"{other.id} (2)")
    units = sorted(
        (_whole(one), _whole(other)), key=lambda unit: (moments.order_key(unit.document.published), unit.key)
    )
    prints = list(fingerprints(units, options))
    equal = prints[0].words > 0 and prints[0].content == prints[1].content  # here also what is too short to be evidence
    copies = equal or bool(near_copies((0, 1), prints, options))
    lexicon = Lexicon()
    readings = [Reading(unit, lexicon, options) for unit in units]
    passed = judge_copies if copies else judge
    verdict = passed((0, readings[0]), (1, readings[1]), options)
    first = 0 if units[0].document is one else 1
    alignment = Alignment(readings[first], readings[1 - first], options)
    derivation = verdict.derivation() if verdict.kind is not None else None
    quotations = (tuple(readings[first].quotes), tuple(readings[1 - first].quotes))
    passages = alignment.passages
    if equal and not passages:  # shorter than any run that is looked for
        mine, theirs = (Span(unit.spans[0].start, unit.spans[-1].end) for unit in (units[first], units[1 - first]))
        passages = (Passage(source=mine, target=theirs),)
    return Compared(passages, changes_of(alignment), derivation, quotations)


def _whole(document: Document) -> Unit:
    spans = tuple(block.span for block in document.blocks if block.kind in NARRATIVE_KINDS)
    if not spans and document.text.strip():
        spans = (Span(0, len(document.text)),)
    return Unit(document, -1, spans)
