"""Rules over classes of lexemes: how a pattern is written, compiled and applied."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .forms import Form
from .lexing import Lexeme, class_char

_MACROS = {
    "NUMBER": ("NUM", "DAYNUM", "YEARNUM", "FLOAT", "FRACTION"),
    "UNIT": ("UNIT", "QUARTER", "CENTURY"),
    "ANYUNIT": ("UNIT", "UNITS", "QUARTER", "CENTURY"),
    "TURN": ("LAST", "PAST", "PREVIOUS", "NEXT", "COMING", "FOLLOWING", "THIS", "THAT"),
}
_NAME = re.compile(r"\b(?:[A-Z]{2,}|A)\b")


class Groups:
    """The lexemes that a pattern's named groups matched, and what stands around the match."""

    def __init__(self, lexemes: list[Lexeme], match: re.Match[str]) -> None:
        self._lexemes = lexemes
        self._match = match
        self.first, self.last = match.span()

    def get(self, name: str) -> Lexeme | None:
        start = self._match.start(name) if name in self._match.re.groupindex else -1
        return self._lexemes[start] if start >= 0 else None

    def __getitem__(self, name: str) -> Lexeme:
        return self._lexemes[self._match.start(name)]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def number(self, name: str) -> float | None:
        """The number that the group means; 1 for "a", None for a vague one or an absent group."""
        item = self.get(name)
        if item is None or item.kind in ("FEW",):
            return None
        if item.kind == "A":
            return 1
        if item.kind == "COUPLE":
            return 2
        return float(item.meaning) if not isinstance(item.meaning, str) else None

    def whole(self, name: str) -> int | None:
        number = self.number(name)
        return None if number is None else int(number)

    def kinds(self) -> set[str]:
        return {item.kind for item in self._lexemes[self.first : self.last]}

    def before(self, steps: int = 1) -> Lexeme | None:
        return self._lexemes[self.first - steps] if self.first >= steps else None

    def after(self, steps: int = 1) -> Lexeme | None:
        at = self.last + steps - 1
        return self._lexemes[at] if at < len(self._lexemes) else None


Build = Callable[[Groups], Form | None]


class Rule(NamedTuple):
    """`pattern` over classes; `build` makes the form, or None where the words turn out to be no time."""

    name: str
    pattern: re.Pattern[str]
    build: Build


def rule(name: str, pattern: str, build: Build) -> Rule:
    """A rule of a pattern in class names: "THE? (?P<num>NUMBER) UNITS". White space has no meaning."""

    def chars(match: re.Match[str]) -> str:
        kinds = _MACROS.get(match[0], (match[0],))
        return "[" + "".join(class_char(kind) for kind in kinds) + "]"

    return Rule(name, re.compile(re.sub(r"\s+", "", _NAME.sub(chars, pattern))), build)
