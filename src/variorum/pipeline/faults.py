"""What a check of an edition finds."""

from __future__ import annotations

from variorum.records import Record


class Fault(Record, frozen=True, kw_only=True):
    """Something of an edition that does not fit the rest: in what, and what is wrong with it."""

    of: str
    problem: str

    def __str__(self) -> str:
        return f"{self.of}: {self.problem}"


def fault(of: str, problem: str) -> Fault:
    return Fault(of=of, problem=problem)
