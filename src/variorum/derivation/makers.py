"""Who made a text and whom it credits, by names that compare equal however a page writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from variorum.records import Credit, Document
from variorum.world.names import name_key
from variorum.world.outlets import Outlets

from .lexicon import words_of

_ROLES = ("source", "agency", "first-published", "reporting")
"""Roles that say where a text comes from, the surest first; a photo's or the page's own name says nothing of it."""


@lru_cache(maxsize=8_192)
def maker(name: str) -> str:
    """The key of a text's maker: that of the world's outlet it names, else its own."""
    return name_key(maker_name(name))


@lru_cache(maxsize=8_192)
def maker_name(name: str) -> str:
    """The name of the world's outlet that a credit names, else the credit's own words."""
    known = Outlets.load().match_credit(name)
    return known.name if known else name


class Upstream(NamedTuple):
    """A maker that a document credits for its text."""

    key: str
    name: str
    role: int  # position in the order of roles
    credit: Credit


def outlet_key(document: Document) -> str:
    """The key of the document's outlet; empty where it is unknown."""
    return maker(document.outlet) if document.outlet else ""


def upstreams(document: Document) -> tuple[Upstream, ...]:
    """The makers, other than its own outlet, that a document credits for its text: surest role first, then by name."""
    own = outlet_key(document)
    found = [
        Upstream(key, maker_name(credit.name), _ROLES.index(credit.role), credit)
        for credit in document.credits
        if credit.role in _ROLES and (key := maker(credit.name)) and key != own
    ]
    return tuple(sorted(found, key=lambda one: (one.role, one.key, one.name)))


def credits_outlet(document: Document, other: Document) -> str | None:
    """The words with which `document` says that it has its text from `other`'s outlet: a credit, or the outlet's name
    beside a word of reporting in the text; None where it does not."""
    theirs = outlet_key(other)
    if not theirs or theirs == outlet_key(document):
        return None
    for credit in upstreams(document):
        if credit.key == theirs:
            return credit.name
    assert other.outlet is not None
    if len(other.outlet) >= 3 and _reported(document, other.outlet):
        return other.outlet
    return None


def _reported(document: Document, outlet: str) -> bool:
    cues = "|".join(sorted(words_of("report_cues")))
    name = re.escape(outlet)
    near = rf"\b{name}\b[\w\s,'’]{{0,24}}?\b(?:{cues})\b|\b(?:{cues})\b(?: \w+){{0,3}} (?:the )?{name}\b"
    return re.search(near, document.text) is not None
