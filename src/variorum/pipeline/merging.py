"""Editions put together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from variorum.errors import EditionError, InputError
from variorum.records import Decision
from variorum.review import replay
from variorum.store import open_store

from .collation import RunOptions, collate_pages
from .edition import Edition
from .partitions import parts_of
from .progress import Progress


def merge_editions(
    editions: Sequence[str | Path],
    output: str | Path,
    *,
    options: RunOptions | None = None,
    progress: Progress | None = None,
) -> Edition:
    """The edition of all that some editions were made of: their pages and rulings together, computed anew, as if all
    inputs had been collated at once. What they have annotated is not annotated again.

    Rulings keep the order that they have in each edition, the first edition's before the next one's. An edition that is
    at `output` already is added to; a run that was stopped goes on with the same call. Raises InputError where fewer
    than two editions take part, EditionError where one is not there, and DecisionError where their rulings contradict
    each other, before anything is written. A folder of the parts of an edition (`partitions`) stands for its parts.
    """
    editions = [part for each in editions for part in (parts_of(Path(each)) if Path(each).is_dir() else [each])]
    if len(editions) < 2:
        raise InputError("merging takes two editions or more")
    with ExitStack() as opened:
        readers = []
        for each in editions:
            store = open_store(each, create=False)
            opened.callback(store.close)
            readers.append(opened.enter_context(store.snapshot()))
        rulings = _together([reader.decisions() for reader in readers])
        replay(rulings)
        merged = open_store(output)
        opened.callback(merged.close)
        there = {decision.id for decision in merged.decisions()}
        new = [decision for decision in rulings if decision.id not in there]
        replay([*merged.decisions(), *new])
        for reader in readers:
            merged.add_observations(reader)
        merged.append_decisions(new)
    return collate_pages((), output=output, options=options, progress=progress)


def _together(logs: Sequence[Sequence[Decision]]) -> list[Decision]:
    """The rulings of several logs, one that several have once. Raises EditionError where two different ones share an
    id."""
    found: dict[str, Decision] = {}
    for decision in (each for log in logs for each in log):
        known = found.setdefault(decision.id, decision)
        if (known.action, known.targets, known.others) != (decision.action, decision.targets, decision.others):
            raise EditionError(f"ruling {decision.id} is another one in each of the editions")
    return list(found.values())
