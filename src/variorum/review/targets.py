"""How a ruling names an account of an event: by the characters that tell it, ``document@start-end``.

Characters of a stored text stay what they are; the number of an event among those of its text changes with every
better coder. A ruling made today so still finds its account after a re-run by newer code, as long as any of the words
it was made on are coded; until then it waits.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from variorum.errors import DecisionError
from variorum.records import Span

_FORM = re.compile(r"(?P<document>.+)@(?P<start>\d+)-(?P<end>\d+)", re.DOTALL)


class Target(NamedTuple):
    """The account that a text gives at some characters of it."""

    document: str
    span: Span

    def __str__(self) -> str:
        return f"{self.document}@{self.span.start}-{self.span.end}"


def target(words: str) -> Target:
    """A target as decisions write it. Raises DecisionError where it is none."""
    found = _FORM.fullmatch(words)
    if found is None or int(found["end"]) <= int(found["start"]):
        raise DecisionError(f"{words!r} names no account of an event; one is named as document@start-end")
    return Target(found["document"], Span(int(found["start"]), int(found["end"])))
