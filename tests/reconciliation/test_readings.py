"""Who did it, with what, and whether it happened: each on somebody's word."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from variorum.reconciliation.accounts import accounts
from variorum.reconciliation.readings import FieldReadings, field_readings
from variorum.reconciliation.witnesses import Witnesses
from variorum.records import Annotation, EventField

from .telling import Telling, provenance

OSTLAND, NORLAND = ("Ostland", "OST"), ("Norland", "NOR")


def struck(id_: str, *sides: tuple[str, str], said: str | None = None, tail: str = "", **more: Any) -> Telling:
    """A report that somebody struck a harbour."""
    words = f"{' and '.join(name for name, _ in sides)} struck the harbour{tail}"
    telling = Telling(id_, f"{words}, {said} said." if said else f"{words}.", published="2031-03-05")
    parties = tuple(telling.actor(name, f"{code}:MIL", code, "MIL") for name, code in sides)
    if said is not None:
        telling.said(said, "said", words, stance=more.pop("stance", "asserts"))
    telling.event("struck", actors=parties, **more)
    return telling


def told(*tellings: Telling, family: tuple[str, ...] = ()) -> FieldReadings:
    annotations: dict[str, Annotation] = {telling.id: telling.annotation for telling in tellings}
    families = [family] if family else []
    witnesses = Witnesses([t.document for t in tellings], annotations, provenance(tellings, *families))
    return field_readings(accounts(witnesses), witnesses)


def agreement(field: EventField | None) -> str | None:
    return field.agreement if field is not None else None


def test_each_value_stands_on_the_word_of_those_who_give_it() -> None:
    one = struck("a", OSTLAND, said="the mayor", tail=" with drones")
    one.events[0] = replace(one.events[0], instrument=one.span("drones"))
    found = told(one, struck("b", OSTLAND))
    assert found.actor is not None
    assert [(r.name, r.key, r.speaker, r.origins) for r in found.actor.readings] == [
        ("Ostland", "OST:MIL", None, ("o-b",)),
        ("Ostland", "OST:MIL", "the mayor", ("o-a",)),
    ]
    assert found.instrument is not None
    ((drones,),) = [found.instrument.readings]
    assert (drones.name, drones.speaker, drones.as_of) == ("drones", "the mayor", "2031-03-05")
    (evidence,) = drones.evidence
    assert one.text[evidence.start : evidence.end] == "drones"
    assert (agreement(found.actor), agreement(found.instrument)) == ("agreed", "single-source")


@pytest.mark.parametrize(
    ("tellings", "expected"),
    [
        ((struck("a", OSTLAND), struck("b", NORLAND)), "disputed"),
        ((struck("a", OSTLAND), struck("b", NORLAND), struck("c", OSTLAND, NORLAND)), "agreed"),
        ((struck("a", OSTLAND), struck("b", OSTLAND)), "agreed"),
        ((struck("a", OSTLAND),), "single-source"),
    ],
)
def test_sides_that_exclude_each_other_are_in_dispute_and_those_told_together_are_not(
    tellings: tuple[Telling, ...], expected: str
) -> None:
    assert agreement(told(*tellings).actor) == expected


def test_copies_are_one_source() -> None:
    assert agreement(told(struck("a", OSTLAND), struck("b", OSTLAND), family=("a", "b")).actor) == "single-source"


def test_other_words_for_what_it_was_done_with_exclude_nothing_and_agree_on_nothing() -> None:
    pair = [struck("a", OSTLAND, tail=" with drones"), struck("b", OSTLAND, tail=" from the air")]
    for telling, words in zip(pair, ("drones", "air"), strict=True):
        telling.events[0] = replace(telling.events[0], instrument=telling.span(words))
    assert agreement(told(*pair).instrument) == "unknown"


def test_whether_it_happened_is_in_dispute_where_one_tells_that_it_did_not() -> None:
    found = told(struck("a", OSTLAND), struck("b", OSTLAND, said="a spokesman", status="negated"))
    assert agreement(found.status) == "disputed"
    assert found.status is not None
    assert {(r.key, r.speaker) for r in found.status.readings} == {("actual", None), ("negated", "a spokesman")}
    assert agreement(told(struck("a", OSTLAND), struck("b", OSTLAND, status="ongoing")).status) == "agreed"


def test_what_somebody_denies_is_no_reading_on_his_word() -> None:
    found = told(struck("a", OSTLAND, said="a spokesman", stance="denies"))
    assert (found.actor, found.status) == (None, None)
