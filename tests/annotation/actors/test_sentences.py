"""Names, countries and sectors of the actors of many short texts from all continents."""

from __future__ import annotations

import pytest

from tests.conftest import Parse
from variorum.annotation.actors import find_actors
from variorum.records import ActorMention, ReferenceTime
from variorum.world.actors import ActorLexicon
from variorum.world.names import name_key

from .more_sentences import MORE_CASES
from .sentences import CASES, Case, Expected
from .world_sentences import WORLD_CASES


def found(parse: Parse, case: Case) -> tuple[ActorMention, ...]:
    document, syntax = parse(case.text, published=case.published)
    reference = ReferenceTime(basis="published", earliest=case.published, latest=case.published)
    return find_actors(document, syntax, (), reference, ActorLexicon.load())


def fits(mention: ActorMention, expected: Expected) -> bool:
    span, name, country, sector = expected
    return (
        mention.text.removeprefix("The ") == span.removeprefix("The ")
        and (name is None or name_key(mention.name) == name_key(name))
        and country in (mention.country, "*")
        and sector in (mention.sector, "*")
    )


@pytest.mark.parametrize("case", [*CASES, *MORE_CASES, *WORLD_CASES], ids=lambda case: case.text[:40])
def test_actors_of_a_short_text(parse: Parse, case: Case) -> None:
    mentions = found(parse, case)
    missing = [expected for expected in case.actors if not any(fits(mention, expected) for mention in mentions)]
    told = [(m.text, m.name, m.country, m.sector) for m in mentions]
    assert not missing, told
    assert not [m.text for m in mentions if m.text in case.absent], told
