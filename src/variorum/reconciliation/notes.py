"""What was looked at in an observation on two accounts, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .accounts import Account, Party
from .bags import weightiest
from .comparison import shared_people
from .facets import Facets, Times, victims
from .moments import DAY

REFUSALS = ("", "status", "type", "news", "time", "roles", "acts", "place")
"""What makes two events of a pair outright, by its number in a batch."""

_CONSTANT = {
    "one-text": "two mentions of one text",
    "after-violence": "a text on what came of it",
    "same-day": "the same day",
    "day-within": "a day within a longer time",
    "undated": "neither is dated",
    "after-report": "after the other was written",
    "after-report-unsure": "after the other was written",
    "long-known": "the same names in both texts",
    "towns-other": "other towns told",
    "crossed": "a doer of the one suffers in the other",
    "state-other": "another state acted",
    "lands-other": "no country in common",
    "toll": "figures",
    "toll-other": "figures",
    "people-other": "no person in common",
    "answer-one": "one is told as an answer",
    "answer-both": "both are told as answers",
    "unlike": "few rare words in common",
    "rare-none": "no rare name in common",
    "ages": "ages told",
    "ages-other": "ages told",
    "crisis": "the same sides in both texts",
    "crisis-mains": "both texts' main events",
    "crisis-unlike": "of one crisis under other leads",
    "crisis-people-other": "no person in common",
    "aligned": "aligned words of one text in another",
}


class Notes:
    """Words notes on units by their numbers. What several observations on a pair look at is worded once."""

    def __init__(self, facets: Facets) -> None:
        self._facets = facets
        self._worded: dict[Callable[[Facets, int, int], str], dict[int, str]] = {}

    def note(self, name: str, pairs: Iterable[tuple[int, int]]) -> list[str]:
        """The words on an observation of a name on each of some pairs."""
        constant = _CONSTANT.get(name)
        if constant is not None:
            return [constant for _ in pairs]
        make = _NOTES[name]
        worded, found = self._worded.setdefault(make, {}), []
        for one, other in pairs:
            code = one << 32 | other
            words = worded.get(code)
            if words is None:
                words = worded[code] = make(self._facets, one, other)
            found.append(words)
        return found

    def refusal(self, code: int, one: int, other: int) -> str:
        """What makes two accounts different whatever else is alike; `code` is its number in `REFUSALS`."""
        a, b = self._facets.units[one], self._facets.units[other]
        told = {
            "status": f"{a.status} against {b.status}",
            "type": f"{a.type} against {b.type}",
            "news": "each text leads with its own day's",
            "time": "at different times",
            "roles": "the sides are the other way round",
            "acts": "another act towards another side",
        }
        name = REFUSALS[code]
        words = told[name] if name in told else self._facets.place(one, other).note
        return f"{ {'news': 'type', 'acts': 'roles'}.get(name, name) }: {words}"


def _first(words: Iterable[str], most: int) -> str:
    return ", ".join(sorted(words)[:most])


def _days(form: str, one: Times, other: Times, a: int, b: int) -> str:
    gap = max(0.0, float(one.low[a] - other.high[b]), float(other.low[b] - one.high[a]))
    return form.format(gap / DAY)


def _told_written(f: Facets, a: int, b: int) -> str:
    tells, silent = (a, b) if f.certain.known[a] else (b, a)
    return _days("told and written {:.0f} days apart", f.certain, f.told, tells, silent)


def _sides(ones: tuple[Party, ...], others: tuple[Party, ...]) -> str:
    return f"{ones[0].name} and {others[0].name}"


def _actors(f: Facets, a: int, b: int) -> str:
    mutual = bool(f.mutual[a])

    def side(unit: Account) -> tuple[Party, ...]:
        return (*unit.actors, *unit.recipients) if mutual else unit.actors

    return _sides(side(f.units[a]), side(f.units[b]))


def _recipients(f: Facets, a: int, b: int) -> str:
    return _sides(f.units[a].recipients, f.units[b].recipients)


def _people(f: Facets, a: int, b: int) -> str:
    shared, parts = shared_people(f.units[a].people, f.units[b].people)
    return _first(shared | parts, 4)


def _near_words(f: Facets, a: int, b: int) -> str:
    return ", ".join(weightiest(f.near_words.bag(a), f.near_words.bag(b)))


def _topic_words(f: Facets, a: int, b: int) -> str:
    return ", ".join(weightiest(f.words.bag(a), f.words.bag(b)))


def _type(f: Facets, a: int, _: int) -> str:
    return f.units[a].type


def _place(f: Facets, a: int, b: int) -> str:
    return f.place(a, b).note


_NOTES: Mapping[str, Callable[[Facets, int, int], str]] = {
    "ahead": lambda f, a, b: f"{f.units[a].status} and {f.units[b].status}",
    "near-type": lambda f, a, b: f"{f.units[a].type} near {f.units[b].type}",
    "act-of-words": _type,
    "modes-apart": lambda f, a, b: f"{f.units[a].mode} against {f.units[b].mode}",
    "days-apart": lambda f, a, b: _days("{:.0f} days apart", f.certain, f.certain, a, b),
    "days-apart-unsure": lambda f, a, b: _days("perhaps {:.0f} days apart", f.certain, f.certain, a, b),
    "told-written": _told_written,
    "written-apart": lambda f, a, b: _days("written {:.0f} days apart", f.told, f.told, a, b),
    "land-other": _place,
    "land-other-unsure": _place,
    "place-other": _place,
    "place-other-unsure": _place,
    "place": _place,
    "towns": lambda f, a, b: _first(f.members(f.towns, a) & f.members(f.towns, b), 3),
    "actor": _actors,
    "actor-other": _actors,
    "recipient": _recipients,
    "recipient-other": _recipients,
    "people": _people,
    "victims-other": lambda f, a, b: f"{victims(f.units[a])[0]} and {victims(f.units[b])[0]}",
    "near-words": _near_words,
    "beside-words": _near_words,
    "act-of-near-words": _near_words,
    "one-word": lambda f, a, b: _first(f.members(f.telling, a) & f.members(f.telling, b), 3),
    "like": _topic_words,
    "rare-names": lambda f, a, b: _first(f.members(f.names, a) & f.members(f.names, b), 4),
    "crowd": lambda f, a, b: f"{f.crowd[a]} and {f.crowd[b]} of their kinds in the two texts",
    "crowd-act-of-words": _type,
    "crisis-act-of-words": _type,
}
