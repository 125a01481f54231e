"""Compile `src/variorum/data/outlets.tsv` from a collected table of the world's outlets.

    python tools/compile_outlets.py path/to/outlets.csv src/variorum/data/outlets.tsv

`tools/agencies_supplement.tsv` beside this script adds to it: the names of agencies in the scripts of the papers that
carry them, and agencies that the table lacks (national, regional and church agencies, members of the continents'
associations of agencies).

The table's columns are name, aliases, credit_forms, domain, other_domains, country_iso3, kind, state_affiliated; lists
are divided by ``|``. Rows of one domain and country become one outlet. The result is sorted and free of anything that
varies between runs. Sources and licences: docs/data/outlets.md.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

KINDS = {"wire": "wire", "broadcaster": "broadcaster", "newspaper": "newspaper", "news site": "site"}
RANK = ["wire", "broadcaster", "newspaper", "site"]
# What a feed calls one of its sections or formats is no outlet's name.
NO_NAME = re.compile(
    r"[<>{}]|\bvideo\)|^(?:https?:|www\.)|^(?:all|english edition|rss di|صفحه اصلی|اخبار ایران و جهان)$", re.IGNORECASE
)
SUPPLEMENT = Path(__file__).with_name("agencies_supplement.tsv")
FEED_LISTS = ("news-feed-list-of-countries", "awesome-rss-feeds")


def squash(name: str) -> str:
    """Letters and digits alone, lower case, without accents."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(ch))
    return re.sub(r"[\W_]+", "", plain)


def label(domain: str) -> str:
    """The label of a domain that names its holder: "bbc" of news.bbc.co.uk."""
    parts = [part for part in domain.split(".") if part != "www"]
    if len(parts) > 2 and len(parts[-2]) <= 3:  # co.uk, com.tr, gov.la
        return parts[-3]
    return parts[-2] if len(parts) > 1 else domain


def split(value: str) -> list[str]:
    return [part.strip() for part in value.split("|") if part.strip()]


def forms(row: dict[str, str]) -> list[str]:
    """The names that a row gives, the outlet's own first, without brackets.

    The sources that list feeds have feed titles for aliases ("World", "Channel"): there an alias counts only where it
    begins as the name does or has the domain's label in it. Aliases collected by hand are all kept.
    """
    own = row["name"].split(" - ")[0].strip()
    listed = any(name in row["source"] for name in FEED_LISTS) and "compiled" not in row["source"]
    stem, first = squash(label(row["domain"])), squash(own.split()[0])
    given = [own]
    for name in (*split(row["aliases"]), *(form.strip("()/ ") for form in split(row["credit_forms"]))):
        name = name.split(" - ")[0].strip() if listed else name
        if not listed or squash(name).startswith(first) or (stem and stem in squash(name)):
            given.append(name)
    unique = dict.fromkeys(re.sub(r"\s+", " ", name) for name in given if len(squash(name)) > 1)
    domains = {row["domain"], *split(row["other_domains"])}
    names = [name for name in unique if name not in domains and not NO_NAME.search(name)]
    return names or [own]


def best_name(row: dict[str, str]) -> str:
    """The row's own name; of a row named after a feed, the name that is exactly what its domain says, if it has one."""
    names, stem = forms(row), squash(label(row["domain"]))
    if not row["source"].startswith(FEED_LISTS) or not stem:
        return names[0]
    return next((name for name in names if squash(name) == stem), names[0])


def group_key(row: dict[str, str]) -> tuple[str, str]:
    """Rows are one outlet that share a domain, or a name that is also what each one's domain says."""
    if not row["domain"]:
        return (squash(row["name"]), row["country_iso3"])
    name = squash(best_name(row))
    return (name, "label") if name == squash(label(row["domain"])) else (row["domain"], "")


def compile_rows(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(group_key(row), []).append(row)
    result = []
    for group in groups.values():
        group.sort(key=lambda row: (row["name_quality"] != "", RANK.index(KINDS[row["kind"]]), row["name"]))
        named = [(best_name(row), row) for row in group]
        name = named[0][0]
        names = dict.fromkeys(other for row in group for other in forms(row) if squash(other) != squash(name))
        domains = dict.fromkeys(d for row in group for d in (row["domain"], *split(row["other_domains"])) if d)
        state = next((row["state_affiliated"] for row in group if row["state_affiliated"]), "")
        # A row that was named for one country's edition does not say where the outlet itself is at home.
        own = [row for best, row in named if squash(best) == squash(row["name"])] or group[:0]
        country = next((row["country_iso3"] for row in own if row["country_iso3"]), "")
        kind = min((KINDS[row["kind"]] for row in group), key=RANK.index)
        result.append((name, "|".join(names), "|".join(domains), country, kind, state))
    return sorted(result, key=lambda item: (item[0].casefold(), item))


def supplemented(compiled: list[tuple[str, ...]], added: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """The outlets with more names for the agencies among them, and with the agencies that are not."""
    wires = {row[0]: row for row in compiled if row[4] == "wire"}
    others = [row for row in compiled if row[4] != "wire"]
    for each in added:
        row = wires.get(each["name"], (each["name"], "", "", each["country"], "wire", ""))
        names = dict.fromkeys([*split(row[1]), *split(each["aliases"])])
        wires[each["name"]] = (row[0], "|".join(name for name in names if name != row[0]), *row[2:])
    return sorted([*wires.values(), *others], key=lambda item: (item[0].casefold(), item))


def main() -> None:
    source, target = map(Path, sys.argv[1:3])
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with SUPPLEMENT.open(encoding="utf-8", newline="") as file:
        added = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    compiled = supplemented(compile_rows(rows), added)
    header = ("name", "aliases", "domains", "country", "kind", "state")
    lines = ["\t".join(cell.replace("\t", " ") for cell in row) for row in [header, *compiled]]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, {len(compiled)} outlets, {target.stat().st_size:,} bytes")
    print(dict(Counter(row[4] for row in compiled)))


if __name__ == "__main__":
    main()
