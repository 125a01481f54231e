"""Many patterns in one, asked only of lines that can begin as they do.

A line of a menu is asked for hundreds of wordings, and Python's engine tries their alternatives one after the other.
Most of them open with a letter that the line does not: the alternatives are sorted by the characters that they can open
with, worked out from the pattern's own syntax, and a line is matched against those of its first character alone.

What is searched for anywhere in a line costs more still, at each of its characters. `Searched` works out, by the same
syntax, some letters of which each match holds some, and looks for these first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

_ASCII = [chr(code) for code in range(128)]
# One atom with its quantifier: a set, an escape, the opening of a group, or a character.
_ATOM = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\.)|(?P<group>\((?:\?(?:P<\w+>|:))?)|(?P<any>.)", re.S
)
_QUANTIFIER = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})?(?:\+|\{\d+(?:,\d*)?\})?\??")
_LEAST = 3  # bytes of a run that is worth looking for: two letters of most scripts tell as much as three of ours
# Letters that the engine takes for others, and `str.lower` does not ("ſ" for "s").
_VARIANTS = re.compile(
    "[\u0130\u0131\u017f\u00b5\u0345\u0390\u03b0\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f4\u03f5\u1c80-\u1c88"
    "\u1e9b\u1e9e\u1fbe\u1fd3\u1fe3\u2126\u212a\u212b\ufb05\ufb06]"
)
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


class Searched:
    """Patterns, searched for without regard to case: the first place where any of them matches.

    Raises re.error where one of the patterns is no regular expression.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.pattern = _joined(patterns)
        found = [(pattern, needed(pattern)) for pattern in patterns]
        runs = sorted({each for _, own in found if own for each in own}, key=lambda each: (len(each), each))
        self._needed: list[str] = []
        for run in runs:  # the shorter ones first: what holds one of them need not be looked for
            if not any(each in run for each in self._needed):
                self._needed.append(run)
        untold = [pattern for pattern, own in found if own is None]
        self._untold = _joined(untold) if untold else None

    def search(self, line: str, longest: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in the first `longest` characters of a line."""
        pattern: re.Pattern[str] | None = self.pattern
        if line.isascii() or not _VARIANTS.search(line):
            small = line.lower()
            for each in self._needed:  # a loop: no generator is as quick
                if each in small:
                    break
            else:
                pattern = self._untold
        return pattern.search(line, 0, longest) if pattern else None


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


def needed(pattern: str) -> frozenset[str] | None:
    """Small letters of which every match of `pattern` holds at least one run; None where the pattern does not tell, or
    tells of single letters only."""
    found: set[str] = set()
    for branch in _branches(pattern):
        own = _needed_of(branch)
        if own is None:
            return None
        found |= own
    return frozenset(found)


def _needed_of(branch: str) -> frozenset[str] | None:
    """The runs of one alternative that tell most: of those that it must hold, the longest."""
    candidates: list[frozenset[str]] = []
    run, at = "", 0

    def end(of: str = "") -> str:
        if len((run + of).encode()) >= _LEAST:
            candidates.append(frozenset({run + of}))
        return ""

    while at < len(branch):
        atom = _ATOM.match(branch, at)
        assert atom is not None
        at = atom.end()
        if atom["any"] in {"^", "$"} or atom["escape"] in _ZERO_WIDTH:
            continue
        inside: frozenset[str] | None = None
        letter = ""
        if atom["group"]:
            start, at = at, _closing(branch, at)
            ahead = branch.startswith("?=", start)  # what it looks ahead to stands in the line as well
            if ahead or branch[start : start + 1] != "?":
                inside = needed(branch[start + 2 * ahead : at - 1])
        else:
            letter = _letter(atom)
        quantifier = _QUANTIFIER.match(branch, at)
        assert quantifier is not None
        at = quantifier.end()
        if quantifier["none"] or not letter:
            run = end()
            candidates += [inside] if inside and not quantifier["none"] else []
        elif quantifier[0]:
            run = end(letter)
        else:
            run += letter
    end()
    return max(candidates, key=lambda runs: (min(map(len, runs)), -len(runs)), default=None)


def _letter(atom: re.Match[str]) -> str:
    """The small letter, or the sign, that an atom stands for and nothing else; "" where it stands for more."""
    sign = atom["escape"][1] if atom["escape"] else atom["any"]
    if not sign or (atom["escape"] and sign.isalnum()) or (atom["any"] and sign == "."):
        return ""
    small = sign.lower()
    alike = len(small) == len(sign.upper()) == 1 and sign.upper().lower() == small
    return small if alike and not _VARIANTS.search(sign) else ""


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
