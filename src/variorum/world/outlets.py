"""The world's news outlets by name, alias, credit form and domain: who a credit line names.

Compiled by ``tools/compile_outlets.py`` into ``data/outlets.tsv``; sources and licences in ``docs/data/outlets.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from variorum.packaged import data_lines
from variorum.records import Record

from .names import name_key

OutletKind = Literal["wire", "broadcaster", "newspaper", "site"]

_RANK: dict[str, int] = {"wire": 0, "broadcaster": 1, "newspaper": 2, "site": 3}
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:].*)?$", re.IGNORECASE)
# Words that a credit adds to an outlet's name, and words that stand before one; from reading credit lines.
_AFTER = re.compile(
    r" (?:news ?)?(?:agency|agencies|news|newsroom|online|english|network|media|tv|website|staff|service|wire|photos?"
    r"|images?|bureau|correspondents?)$"
)
_BEFORE = re.compile(r"^(?:via|from|by|for|in|source) ")
# Names of outlets that in a credit line are more often the plain words.
_COMMON = re.compile(r"government|news|people|today|capital|world|state|media|police|agencies|reports|ministry")

# Words that a maker's name may carry or leave off: "(Norvik)" in a dateline is Norvik Wire.
_GENERIC = frozenset(
    {"agence", "agencia", "agency", "agentur", "news", "newswire", "presse", "press"}
    | {"radio", "service", "services", "wire"}
)
_NAMED_SO = _GENERIC | frozenset({"associated", "broadcasting", "corporation", "international", "media", "network"})
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_SMALL = frozenset(["and", "de", "del", "der", "des", "di", "du", "for", "in", "of", "the", "und", "y"])


def same_maker(one: str, other: str) -> bool:
    """Whether two names may mean one maker: equal, or one is the other and words such as "Wire" or "News Agency"."""
    short, long = sorted((name_key(one).split(), name_key(other).split()), key=len)
    return bool(short) and long[: len(short)] == short and _GENERIC.issuperset(long[len(short) :])


def is_agency_name(name: str) -> bool:
    """Whether a name has a word in it that agencies have in theirs and persons have not."""
    return not _NAMED_SO.isdisjoint(name_key(name).split())


def abbreviates(acronym: str, name: str) -> bool:
    """Whether an acronym is made of the initials of a name ("NPA", "Norvik Press Agency"); small words may be left
    out, and hyphens part words."""
    if not _ACRONYM.fullmatch(letters := acronym.replace(".", "").strip()):
        return False
    words = name_key(name).split()
    full = "".join(word[0] for word in words).upper()
    return len(words) > 1 and letters in {full, "".join(word[0] for word in words if word not in _SMALL).upper()}


@lru_cache(maxsize=1_024)
def spelled_out(acronym: str, text: str) -> str | None:
    """The agency's name in `text` that an acronym stands for: capitalised words with its initials, one of them a word
    that agencies have in their names. None where the text does not spell it out."""
    letters = acronym.replace(".", "").strip()
    if not _ACRONYM.fullmatch(letters):
        return None
    between = r"[ \u00a0-](?:(?:and|de|del|der|des|di|du|for|in|of|the|und|y) ){0,2}"
    pattern = between.join(rf"{letter}[\w'’]+" for letter in letters)
    found = (match.group() for match in re.finditer(rf"\b{pattern}\b", text))
    return next((name for name in found if is_agency_name(name)), None)


class Outlet(Record, frozen=True, kw_only=True):
    """A maker of news. `country` is ISO 3166 alpha-3; `state` is how it stands to a state, where that is known."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    kind: OutletKind = "site"
    state: str | None = None

    @property
    def wire(self) -> bool:
        """Whether others carry its texts as a matter of course."""
        return self.kind == "wire"


class Outlets:
    """All outlets, found by any of their names. Build with `Outlets.load`."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._names: dict[str, Outlet] = {}
        self._domains: dict[str, Outlet] = {}
        ordered = sorted(outlets, key=lambda outlet: (_RANK[outlet.kind], outlet.name.islower(), outlet.name))
        for outlet in ordered:
            for domain in outlet.domains:
                self._domains.setdefault(domain, outlet)
        self._credited = lru_cache(maxsize=4096)(self._match_credit)  # one piece of a line is asked for several times
        # A name of its own beats another's alias, and both beat a name that was only read off a domain.
        self._add((outlet.name, outlet) for outlet in ordered if not outlet.name.islower())
        self._add((alias, outlet) for outlet in ordered for alias in outlet.aliases)
        self._add((outlet.name, outlet) for outlet in ordered if outlet.name.islower())

    def _add(self, names: Iterable[tuple[str, Outlet]]) -> None:
        for name, outlet in names:
            key = name_key(name)
            if key and not _COMMON.fullmatch(key):
                self._names.setdefault(key, outlet)

    @classmethod
    def load(cls) -> Outlets:
        """The packaged outlets, read once a process.

        Raises ModelError where the data file is missing or malformed.
        """
        return _load()

    def match_credit(self, text: str) -> Outlet | None:
        """The outlet that a credit names ("AL JAZEERA", "The Associated Press", "afp.com"); None where none is known.

        The whole text must be the outlet's name, but for an article and words such as "news agency" around it: short
        names ("Trend", "Sun") mean an outlet only where they stand alone as a credit.
        """
        return self._credited(text)

    def _match_credit(self, text: str) -> Outlet | None:
        stripped = text.strip().strip("()[]/.,:;–—- \t")
        if domain := _DOMAIN.match(stripped):
            return self.match_domain(domain.group(1))
        key = name_key(stripped)
        for shorten in (_BEFORE, _AFTER):
            while key not in self._names and shorten.search(key):
                key = shorten.sub("", key)
        return self._names.get(key)

    def match_domain(self, domain: str) -> Outlet | None:
        """The outlet that holds a domain or the domain above it ("edition.cnn.com")."""
        labels = domain.lower().removeprefix("www.").split(".")
        for first in range(len(labels) - 1):
            if found := self._domains.get(".".join(labels[first:])):
                return found
        return None


@cache
def _load() -> Outlets:
    return Outlets(_outlet(line.split("\t")) for line in data_lines("outlets.tsv")[1:])


def _outlet(cells: list[str]) -> Outlet:
    name, aliases, domains, country, kind, state = cells
    return Outlet(
        name=name,
        aliases=tuple(filter(None, aliases.split("|"))),
        domains=tuple(filter(None, domains.split("|"))),
        country=country or None,
        kind=kind,  # type: ignore[arg-type]
        state=state or None,
    )
