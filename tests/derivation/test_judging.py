"""Which process passes a verdict shows in nothing."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence

import pytest

from variorum.derivation import collection, derive
from variorum.derivation.judging import Bundle, Judges
from variorum.derivation.memory import Judged

from .reports import OTHER_DESK, PARAPHRASE, UNRELATED, WIRE, report


def _other_processes(factory: Judges, batches: Iterable[Sequence[Bundle]]) -> Iterator[Sequence[list[Judged]]]:
    """As processes of their own do it: what is asked and answered is pickled."""
    for batch in batches:
        stage = pickle.loads(pickle.dumps(factory))()
        yield pickle.loads(pickle.dumps(stage(pickle.loads(pickle.dumps(batch)))))


def test_verdicts_of_workers_are_those_of_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [
        report("a", WIRE),
        report("b", f"{WIRE}\n\nThe Harbour Post was first with this."),
        report("c", PARAPHRASE),
        report("d", OTHER_DESK, outlet="Evening Oar"),
        report("e", UNRELATED),
    ]
    alone = derive(documents)
    assert alone.derivations
    monkeypatch.setattr(collection, "_MANY", 1)
    assert derive(documents, workers=_other_processes) == alone
    monkeypatch.setattr(collection, "_HELD", 0)
    assert derive(documents) == alone
