"""The words by which coreference tells whom a pronoun or a description means (``coreference.toml``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from variorum.packaged import data_table

Words = frozenset[str]


class Cues(NamedTuple):
    """The tables of ``coreference.toml``, of lower-case lemmas; each is explained there.

    `same` maps nouns to the titles and offices that they may stand for, `does` and `suffers` verbs to the nouns that
    they say of their subject and of their object.
    """

    voices: Words
    answers: Words
    addresses: Words
    empty: Words
    moves: Words
    of_actors: Words
    events: Words
    acts: Words
    happens: Words
    done_to_actors: Words
    orders: Words
    of_groups: Words
    of_states: Words
    persons: Words
    groups: Words
    male: Words
    female: Words
    same: dict[str, Words]
    does: dict[str, Words]
    suffers: dict[str, Words]
    enters: Words
    entered: Words
    office_told: Words
    leaves: Words
    left: Words


@cache
def cues() -> Cues:
    """The packaged tables, read once a process. Raises `ModelError` where the file is missing."""
    tables = data_table("coreference.toml")
    it, office = tables["it"], tables["office"]
    return Cues(
        voices=frozenset(tables["quotation"]["verbs"]),
        answers=frozenset(tables["answer"]["verbs"]),
        addresses=frozenset(tables["address"]["verbs"]),
        empty=frozenset(it["always"]),
        moves=frozenset(it["moves"]),
        of_actors=frozenset(it["of_actors"]),
        events=frozenset(it["events"]),
        acts=frozenset(it["acts"]),
        happens=frozenset(it["happens"]),
        done_to_actors=frozenset(it["done_to_actors"]),
        orders=frozenset(it["orders"]),
        of_groups=frozenset(tables["has"]["group"]),
        of_states=frozenset(tables["has"]["state"]),
        persons=frozenset(tables["noun"]["person"]),
        groups=frozenset(tables["noun"]["group"]),
        male=frozenset(tables["noun"]["male"]),
        female=frozenset(tables["noun"]["female"]),
        same={noun: frozenset(titles.split()) for noun, titles in tables["same"].items()},
        does={verb: frozenset(nouns.split()) for verb, nouns in tables["does"].items()},
        suffers={verb: frozenset(nouns.split()) for verb, nouns in tables["suffers"].items()},
        enters=frozenset(office["enters"]),
        entered=frozenset(office["entered"]),
        office_told=frozenset(office["told"]),
        leaves=frozenset(office["leaves"]),
        left=frozenset(office["left"]),
    )
