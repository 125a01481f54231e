"""Named actors of the world: armed groups, forces, organisations, media, people in office; and what names them.

Read from ``variorum/data/actors.tsv.gz`` and ``people.tsv.gz`` (compiled by ``tools/compile_actors.py``; sources and
licences in ``docs/data/actors.md``) together with the names of `states`. Looking a name up says what it may mean and
how far the source of that spelling is trusted; which of the meanings a text has is for annotation to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Literal, NamedTuple

from variorum.packaged import data_lines
from variorum.records import Record

from .names import name_key, sound_key
from .states import NameRole, State, States

ActorKind = Literal["group", "force", "organisation", "media"]

_LEAST_HEARD = 6  # letters of a surname's sound by which it is found
STATE_TRUST = 4
"""The trust of a state's own names, above any actor's alias (3 strong, 2 usual, 1 weak)."""


class NamedActor(Record, frozen=True, kw_only=True):
    """A group, force, organisation or outlet. `country` is alpha-3; `sectors` are PLOVER's, primary first, and IGO.
    `body` is set where it is what its state's "military" means. `spells` bounds by years the sectors that were not
    always its own (rebels who became a party): sector, first year, last year; 0 where open."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: ActorKind
    body: str = ""
    spells: tuple[tuple[str, int, int], ...] = ()

    def sectors_on(self, date: str | None) -> tuple[str, ...]:
        """The sectors with that of the day first; as they stand in the file where `date` is None."""
        if not self.spells or date is None:
            return self.sectors
        year = int(date[:4])
        held = [sector for sector, start, end in self.spells if start <= year and (not end or year <= end)]
        return tuple(dict.fromkeys((*held, *self.sectors)))


class Term(NamedTuple):
    """One office of a person. Bounds are ISO dates cut to what the source knows; empty where open or unknown."""

    role: str
    title: str
    start: str
    end: str

    def held_on(self, date: str) -> bool:
        return self.start[: len(date)] <= date and (not self.end or date[: len(self.end)] <= self.end)


class NamedPerson(Record, frozen=True, kw_only=True):
    """One who holds or held an office, or leads a group. `top` marks those whose surname alone is news."""

    name: str
    country: str | None
    surname: str
    top: bool
    terms: tuple[Term, ...]

    def term_on(self, date: str | None) -> Term | None:
        """The office held on a day, the most telling first; the latest known where `date` is None."""
        held = [term for term in self.terms if term.title and (date is None or term.held_on(date))]
        if date is not None and any(term.end == date[:4] and term.start < term.end for term in held):
            # Of two that are told by the year alone, the one that ends that year.
            held = [term for term in held if term.start != date[:4] or term.end == date[:4]]
        if date is None:
            return max(
                held,
                key=lambda term: (term.start, term.role in _CHIEF, term.role not in _OUT, term.title),
                default=None,
            )
        return max(
            held, key=lambda term: (term.role in _CHIEF, term.role not in _OUT, term.start, term.title), default=None
        )

    def role_on(self, date: str | None) -> str:
        """The role that a source tells of a day without naming the office; empty where none does."""
        told = [term for term in self.terms if term.role and not term.title]
        return next((term.role for term in told if date is None or term.held_on(date)), "")

    def term_after(self, date: str | None) -> Term | None:
        """The first office that one takes after a day; None where `date` is None."""
        later = [term for term in self.terms if term.title and date is not None and term.start > date]
        return min(later, key=lambda term: (term.start, term.title), default=None)

    def term_before(self, date: str | None) -> Term | None:
        """The last office left before a day; the latest known where `date` is None."""
        if date is None:
            return self.term_on(None)
        left = [term for term in self.terms if term.title and term.end and term.end < date[: len(term.end)]]
        return max(left, key=lambda term: (term.end, term.role in _CHIEF, term.title), default=None)


_CHIEF = (
    "head of state",
    "head of government",
    "foreign minister",
    "defence minister",
    "armed group leader",
    "IGO head",
)

_OUT = ("opposition leader", "party leader")  # where the years of an office and of these meet, the office tells more


def _rank(term: Term) -> tuple[bool, bool]:
    return term.role in _CHIEF, term.role not in _OUT


class Meaning(NamedTuple):
    """What a name may mean: a `NamedActor`, a `NamedPerson` or a `State` (then `role` says how it is named).
    `upper` names count in capitals only; `common` ones are ordinary words besides ("AID", "Guardian"). `until` is the
    ISO date from which a capital is one no more ("Bonn")."""

    of: NamedActor | NamedPerson | State
    role: NameRole
    trust: int
    upper: bool
    common: bool = False
    until: str = ""


class ActorLexicon:
    """Every name by its key. `longest` bounds the words of a name by its first word, so that a scan stays linear."""

    def __init__(self, actors: Iterable[list[str]], people: Iterable[list[str]], states: States) -> None:
        self.states = states
        self._actors = list(actors)
        self._people = list(people)
        self._names: dict[str, list[tuple[int, int, str]]] = {}  # row (people below 0), trust, mark
        self._states: dict[str, list[Meaning]] = {}
        self._read: dict[int, NamedActor | NamedPerson] = {}
        self.longest: dict[str, int] = {}
        for number, row in enumerate(self._actors):
            for trust, column in ((3, 4), (2, 5), (1, 6)):
                if row[column]:
                    for key in row[column].split("|"):
                        self._add(key, number, trust)
        for number, row in enumerate(self._people):
            for key in row[4].split("|"):
                self._add(key, ~number, 3 if row[3] else 2)
        for state in states:
            for names, role in (
                (state.names, "name"),
                (state.adjectives, "adjective"),
                (state.demonyms, "demonym"),
                (state.metonyms, "metonym"),
                (state.capitals, "capital"),
            ):
                for name in names:
                    self._add_state(name, state, role)  # type: ignore[arg-type]
        for gone in _former():
            former = states.by_iso3(gone["iso3"]) or _former_state(gone)
            for role in ("name", "adjective", "demonym"):
                for name in gone[f"{role}s"].split("|"):
                    if name:
                        self._add_state(name, former, role)  # type: ignore[arg-type]
            for name in gone["capitals"].split("|"):
                self._add_state(name, former, "capital", gone["until"])

    @staticmethod
    @cache
    def load() -> ActorLexicon:
        """The packaged lexicon, read once a process (about 0.15 s). Raises `ModelError` where a file is missing."""
        return ActorLexicon(_rows("actors.tsv.gz"), _rows("people.tsv.gz"), States.load())

    def meanings(self, key: str) -> tuple[Meaning, ...]:
        """What a name key means, the most trusted first; ties in the order of the files."""
        found = list(self._states.get(key, ()))
        for number, trust, mark in self._names.get(key, ()):
            found.append(Meaning(self._entry(number), "name", trust, mark in ("^", "!"), mark in ("!", "?")))
        return tuple(sorted(found, key=lambda meaning: -meaning.trust))

    def known(self, key: str) -> bool:
        return key in self._names or key in self._states

    def person_sounding(self, name: str) -> NamedPerson | None:
        """The only person whose name sounds like this one in another romanisation; None where two do."""
        found = self._sounds_of_people.get(sound_key(name), ())
        person = self._entry(~found[0]) if len(found) == 1 else None
        return person if isinstance(person, NamedPerson) else None

    def group_sounding(self, name: str) -> NamedActor | None:
        """The only group whose name sounds like this one; None where two do."""
        found = self._sounds_of_groups.get(sound_key(name), ())
        group = self._entry(found[0]) if len(found) == 1 else None
        return group if isinstance(group, NamedActor) else None

    def surnamed(self, surname: str, top: bool = True) -> tuple[NamedPerson, ...]:
        """People whose surname this is, with or without its article ("Assad"), in the order of the file; those of the
        highest offices alone unless `top` is false. A spelling that nobody has is that of those in the highest offices
        whose surname sounds like it."""
        numbers = self._surnames.get(name_key(surname)) or self._sounds_of_surnames.get(sound_key(surname), [])
        found = [self._entry(~number) for number in numbers]
        return tuple(person for person in found if isinstance(person, NamedPerson) and (person.top or not top))

    @cached_property
    def _sounds_of_people(self) -> dict[str, list[int]]:
        return _index((number, row[5]) for number, row in enumerate(self._people))

    @cached_property
    def _sounds_of_groups(self) -> dict[str, list[int]]:
        return _index((number, row[7]) for number, row in enumerate(self._actors))

    @cached_property
    def _surnames(self) -> dict[str, list[int]]:
        keys = ((number, name_key(row[2]), row[7]) for number, row in enumerate(self._people))
        return _index(
            (number, "|".join((key, key[3:] if key[:3] in ("al ", "el ") else "", other)))
            for number, key, other in keys
        )

    @cached_property
    def _sounds_of_surnames(self) -> dict[str, list[int]]:
        top = ((number, sound_key(row[2])) for number, row in enumerate(self._people) if row[3])
        return _index((number, sound) for number, sound in top if len(sound) >= _LEAST_HEARD)

    def _add(self, key: str, number: int, trust: int) -> None:
        mark = key[0] if key[0] in "^!?" else ""
        key = key[len(mark) :]
        self._names.setdefault(key, []).append((number, trust, mark))
        self._count(key)

    def _count(self, key: str) -> None:
        first, _, rest = key.partition(" ")
        words = rest.count(" ") + 2 if rest else 1
        if words > self.longest.get(first, 0):
            self.longest[first] = words

    def _add_state(self, name: str, state: State, role: NameRole, until: str = "") -> None:
        key = name_key(name)
        letters = [c for c in name if c.isalpha()]
        upper = 0 < len(letters) <= 5 and all(c.isupper() for c in letters)
        meaning = Meaning(state, role, STATE_TRUST, upper, until=until)
        found = self._states.setdefault(key, [])
        if key and all(other.of is not state or other.role != role for other in found):
            found.append(meaning)
            self._count(key)

    def _entry(self, number: int) -> NamedActor | NamedPerson:
        if number not in self._read:
            row = self._actors[number] if number >= 0 else self._people[~number]
            if number >= 0:
                spells = [(entry[:3], *_years(entry[3:])) for entry in row[2].split(",")]
                self._read[number] = NamedActor(
                    name=row[0],
                    country=row[1] or None,
                    sectors=tuple(dict.fromkeys(sector for sector, _, _ in spells)),
                    kind=row[3],  # type: ignore[arg-type]
                    body=row[8],
                    spells=tuple(spell for spell in spells if spell[1] or spell[2]),
                )
            else:
                terms = (Term(*term.split("~")) for term in row[6].split("|"))
                self._read[number] = NamedPerson(
                    name=row[0], country=row[1] or None, surname=row[2], top=bool(row[3]), terms=tuple(terms)
                )
        return self._read[number]


def _years(span: str) -> tuple[int, int]:
    """The years of "-1994", "1994-2005" and "2005-"; 0 where open."""
    start, _, end = span.partition("-")
    return int(start or 0), int(end or 0)


def _former() -> list[dict[str, str]]:
    """States that are no more and capitals that were one until a day (``former_states.tsv``)."""
    header, *lines = (line.split("\t") for line in data_lines("former_states.tsv"))
    return [dict(zip(header, line, strict=True)) for line in lines]


def _former_state(row: dict[str, str]) -> State:
    names, demonyms, adjectives, capitals = (
        tuple(filter(None, row[column].split("|"))) for column in ("names", "demonyms", "adjectives", "capitals")
    )
    return State(
        name=row["name"], official_name=row["name"], iso2=None, iso3=row["iso3"], geonameid=None, parent=None,
        continent=None, neighbours=(), population=0, lat=None, lon=None, names=names, demonyms=demonyms,
        adjectives=adjectives, capitals=capitals, metonyms=(),
    )  # fmt: skip


def _index(rows: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, keys in rows:
        for key in keys.split("|"):
            if key:
                index.setdefault(key, []).append(number)
    return index


def people_names() -> Iterator[tuple[str, str]]:
    """The names of those who held office, each with the country (ISO 3166-1 alpha-3) that it was held in."""
    return ((row[0], row[1]) for row in _rows("people.tsv.gz") if row[1])


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in data_lines(name)[1:]]
