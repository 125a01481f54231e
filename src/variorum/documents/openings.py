"""Many patterns in one, asked only of lines that can begin as they do.

A line of a menu is asked for hundreds of wordings, and Python's engine tries their alternatives one after the other.
Most of them open with a letter that the line does not: the alternatives are sorted by the characters that they can open
with, worked out from the pattern's own syntax, and a line is matched against those of its first character alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

_ASCII = [chr(code) for code in range(128)]
# One atom with its quantifier: a set, an escape, the opening of a group, or a character.
_ATOM = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\.)|(?P<group>\((?:\?(?:P<\w+>|:))?)|(?P<any>.)", re.S
)
_QUANTIFIER = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})?(?:\+|\{\d+(?:,\d*)?\})?\??")
_ZERO_WIDTH = frozenset({r"\b", r"\B", r"\A", r"\Z"})


class Openings:
    """Patterns, matched without regard to case from the start of a line: does any of them match it, or the whole of it?

    Raises re.error where one of the patterns is no regular expression.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._all = _joined(patterns)
        self._opening = [(pattern, openings(pattern)) for pattern in patterns]
        self._by_first: dict[str, re.Pattern[str] | None] = {}

    def match(self, line: str) -> bool:
        pattern = self._asked(line)
        return pattern is not None and pattern.match(line) is not None

    def fullmatch(self, line: str) -> bool:
        pattern = self._asked(line)
        return pattern is not None and pattern.fullmatch(line) is not None

    def _asked(self, line: str) -> re.Pattern[str] | None:
        first = line[:1]
        if not first.isascii() or not first:
            return self._all
        if first not in self._by_first:
            fitting = [pattern for pattern, firsts in self._opening if firsts is None or first in firsts]
            self._by_first[first] = _joined(fitting) if fitting else None
        return self._by_first[first]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")


def openings(pattern: str) -> frozenset[str] | None:
    """The ASCII characters, of either case, that a match of `pattern` can begin with; None where the pattern does not
    tell: it may be empty, or opens with a look around or another thing that this does not read."""
    firsts: set[str] = set()
    for branch in _branches(pattern):
        found, empty = _of_sequence(branch)
        if found is None or empty:
            return None
        firsts |= found
    return frozenset(firsts)


def _branches(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern outside its groups and sets."""
    start, depth, at = 0, 0, 0
    while at < len(pattern):
        atom = _ATOM.match(pattern, at)
        assert atom is not None
        at = atom.end()
        if atom["group"]:
            depth += 1
        elif atom["any"] == ")":
            depth -= 1
        elif atom["any"] == "|" and not depth:
            yield pattern[start : at - 1]
            start = at
    yield pattern[start:]


def _of_sequence(branch: str) -> tuple[set[str] | None, bool]:
    """The characters that a sequence of atoms can open with, None where unread, and whether it can be empty."""
    firsts: set[str] = set()
    at = 0
    while at < len(branch):
        atom = _ATOM.match(branch, at)
        assert atom is not None
        at = atom.end()
        if atom["group"]:
            end = _closing(branch, at)
            if branch[at : at + 1] == "?":
                return None, False  # a look around, or flags
            inside: set[str] | None = set()
            empty = False
            for each in _branches(branch[at : end - 1]):
                found, none = _of_sequence(each)
                inside = None if inside is None or found is None else inside | found
                empty = empty or none
            at = end
        elif atom["any"] in {"^", "$"} or atom["escape"] in _ZERO_WIDTH:
            continue
        else:
            inside, empty = _matching(atom[0]), False
        if inside is None:
            return None, False
        firsts |= inside
        quantifier = _QUANTIFIER.match(branch, at)
        assert quantifier is not None
        at = quantifier.end()
        if not (empty or quantifier["none"]):
            return firsts, False
    return firsts, True


def _closing(branch: str, at: int) -> int:
    """Where the group that opens before `at` has ended."""
    depth = 1
    while depth:
        atom = _ATOM.match(branch, at)
        if atom is None:
            raise re.error("a group is not closed", branch)
        at = atom.end()
        depth += bool(atom["group"]) - (atom["any"] == ")")
    return at


@cache
def _matching(atom: str) -> set[str]:
    """The ASCII characters that an atom matches."""
    one = _compiled(atom)
    return {character for character in _ASCII if one.fullmatch(character)}
