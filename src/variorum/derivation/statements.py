"""Statements: words of someone that several documents carry between quotation marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from variorum.identity import stable_id
from variorum.linkage import Forest
from variorum.records import OriginPassage, Span, Statement

from .lexicon import Hashes, shingles
from .options import DerivationOptions
from .reading import Reading

_ALIKE = 0.5  # share of the shorter quotation's shingles from which two quotations are one statement


class Quotation(NamedTuple):
    """A long quotation in one document; `keys` are its distinct shingles."""

    document: str
    span: Span
    keys: Hashes


def statements_of(quotations: Iterable[Quotation], options: DerivationOptions) -> tuple[Statement, ...]:
    """The `long_quotations` that two documents or more carry, with each one's variant."""
    variants: defaultdict[bytes, list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        variants[quotation.keys.tobytes()].append(quotation)
    found = [sorted(group, key=lambda q: (q.document, q.span)) for group in variants.values()]
    found.sort(key=lambda group: (group[0].document, group[0].span))
    holders: defaultdict[int, list[int]] = defaultdict(list)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    forest = Forest(f"{i:09}" for i in range(len(found)))
    for i, group in enumerate(found):
        for key in group[0].keys.tolist():
            for j in holders[key][: options.fan_out]:
                shared[j, i] += 1
            holders[key].append(i)
    for (i, j), count in sorted(shared.items()):
        if count >= _ALIKE * min(len(found[i][0].keys), len(found[j][0].keys)):
            forest.join(f"{i:09}", f"{j:09}")
    statements = []
    for numbers in forest.groups():
        members = sorted((q for i in numbers for q in found[int(i)]), key=lambda q: (q.document, q.span))
        documents = sorted({member.document for member in members})
        if len(documents) > 1:
            passages = tuple(OriginPassage(document=m.document, span=m.span) for m in members)
            id_ = stable_id("q", [members[0].document, *members[0].span])
            statements.append(Statement(id=id_, documents=tuple(documents), passages=passages))
    return tuple(sorted(statements, key=lambda statement: statement.id))


def long_quotations(reading: Reading, options: DerivationOptions) -> list[Quotation]:
    """The quotations of a text of at least `statement` words."""
    found = []
    for quote in reading.quotes:
        first, last = np.searchsorted(reading.starts, quote)
        if last - first >= options.statement:
            keys = np.unique(shingles(reading.words[first:last], options.shingle))
            found.append(Quotation(reading.unit.document.id, quote, keys))
    return found
