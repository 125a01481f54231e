"""Compile ``person_nouns.tsv`` of ``variorum.data``: nouns for persons with their sectors, from WordNet 3.0.

    python tools/compile_person_nouns.py FOLDER

FOLDER holds WordNet's ``index.noun`` and ``data.noun`` (the package ``wordnet-base`` of Debian has them under
``usr/share/wordnet``). A noun is taken where its first sense, WordNet's most frequent, is a person; names of single
persons are not, nor words that it calls offensive. Its sector is that of the nearest of the classes in ``SECTORS``
above it. Those that ``actor_nouns.toml`` has are left out: what is written there counts. The output depends on the
input alone.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from variorum.annotation.actors.vocabulary import vocabulary

DATA = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data"

# Classes (a noun and the number of its sense) and the PLOVER sector of those below them, unless a nearer class says
# otherwise; "-" marks classes whose members are no actors of news.
SECTORS = {
    "MIL": "military_man#1 military_officer#1 serviceman#1 commissioned_officer#1 commander#1 veteran#1",
    "COP": "lawman#1 policeman#1 detective#1 detective#2 guard#1 jailer#1 inspector#1",
    "SPY": "spy#1 secret_agent#1 intelligence_agent#1 informer#1",
    "JUD": "judge#1 lawyer#1 magistrate#1 prosecutor#1 juror#1 jurist#1 notary#1",
    "GOV": "head_of_state#1 ruler#1 official#1 diplomat#1 civil_servant#1 bureaucrat#1 mayor#1 governor#1 "
    "minister#2 sovereign#1 public_servant#1 noble#1 governor_general#1 ambassador#1 chancellor#1 "
    "delegate#1 commissioner#1 legate#1 negotiator#1",
    "LEG": "legislator#1 senator#1",
    "PTY": "politician#1 politician#2 socialist#1 communist#1 conservative#1 party_man#1 candidate#1 campaigner#1 "
    "nationalist#1 liberal#1 democrat#1 republican#1 monarchist#1 fascist#1 rightist#1 leftist#1",
    "REB": "insurgent#1 insurgent#2 guerrilla#1 mutineer#1 revolutionist#1 rebel#1 separatist#1 secessionist#1",
    "UAF": "terrorist#1 attacker#1 assassin#1 bomber#2 fanatic#1 gunman#1 sniper#1 saboteur#1",
    "PRM": "vigilante#1 mercenary#1",
    "CRM": "criminal#1 gangster#1 thief#1 smuggler#1 murderer#1 convict#1 convict#2",
    "JRN": "journalist#1 editor#1 broadcaster#1 newscaster#1 announcer#1 newspaperman#1 columnist#1 publisher#2",
    "MED": "health_professional#1 medical_practitioner#1 nurse#1 therapist#1 paramedic#1 orderly#2",
    "EDU": "educator#1 scientist#1 scholar#1 student#1 academician#1 graduate#1 researcher#1 analyst#1",
    "REL": "clergyman#1 religious#1 spiritual_leader#1 missionary#1 priest#1 monk#1 nun#1 religious_leader#1 "
    "theologian#1 chaplain#1 preacher#1",
    "BUS": "businessperson#1 merchant#1 capitalist#1 owner#1 manufacturer#2 banker#1 financier#1 trader#1 seller#1 "
    "restaurateur#1 contractor#1 executive#1 entrepreneur#1 agent#2 stockholder#1 creditor#1 lender#1",
    "LAB": "worker#1 employee#1 skilled_worker#1 laborer#1 craftsman#1 sailor#1 driver#1 unionist#1",
    "AGR": "farmer#1 herder#1 fisherman#1 hunter#1 agriculturist#1 herdsman#1 rancher#1 peasant#1 shepherd#1",
    "REF": "refugee#1 exile#1 migrant#1 immigrant#1 fugitive#1 evacuee#1",
    "OPP": "dissenter#1 defector#1",
    "SOC": "reformer#1 rescuer#1 environmentalist#1 philanthropist#1 fireman#4 pacifist#1",
    "CVL": "person#1",
    "-": "deity#1 imaginary_being#1 spiritual_being#1 scapegoat#1 fool#1 simpleton#1 lover#1 sweetheart#1",
}
PERSON = "18"  # WordNet's file of persons
_PRONOUNS = frozenset({"nobody", "somebody", "someone", "anyone", "anybody", "everyone", "everybody", "self"})
_OFFENSIVE = re.compile(r"slur|offensive|derogatory|disparag|obscene|slang|vulgar")


class Synset(NamedTuple):
    file: str
    words: tuple[str, ...]
    above: tuple[str, ...]
    instance: bool
    gloss: str


def synsets(folder: Path) -> dict[str, Synset]:
    found = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        told, _, gloss = line.partition(" | ")
        fields = told.split()
        count = int(fields[3], 16)
        at = 4 + 2 * count
        pointers = [fields[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(fields[at]))]
        above = tuple(p[1] for p in pointers if p[0] == "@")
        instance = any(p[0] == "@i" for p in pointers)
        found[fields[0]] = Synset(fields[1], tuple(fields[4:at:2]), above, instance, gloss)
    return found


class Entry(NamedTuple):
    """The synsets of a noun, the most frequent first where `counted` says that WordNet knows how frequent they are."""

    senses: tuple[str, ...]
    counted: bool


def entries(folder: Path) -> dict[str, Entry]:
    found = {}
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            fields = line.split()
            number = int(fields[2])
            found[fields[0]] = Entry(tuple(fields[-number:]), int(fields[-number - 1]) > 0)
    return found


def nearest(start: str, marked: dict[str, str], all_: dict[str, Synset]) -> str | None:
    """The sector of the nearest marked class at or above a synset, breadth first."""
    seen, level = {start}, [start]
    while level:
        for id_ in level:
            if id_ in marked:
                return marked[id_]
        level = [above for id_ in level for above in all_[id_].above if above not in seen]
        seen |= set(level)
    return None


def rows(folder: Path, written: Collection[str]) -> Iterator[str]:
    all_, index = synsets(folder), entries(folder)
    marked: dict[str, str] = {}
    for sector, classes in SECTORS.items():
        for one in classes.split():
            lemma, _, number = one.partition("#")
            marked[index[lemma].senses[int(number) - 1]] = sector
    for lemma, entry in sorted(index.items()):
        synset, name = all_[entry.senses[0]], lemma.replace("_", " ")
        always = all(all_[id_].file == PERSON for id_ in entry.senses)
        if synset.file != PERSON or synset.instance or not (entry.counted or always) or name in written:
            continue
        if name in _PRONOUNS:
            continue
        if not re.fullmatch(r"[a-z]{3,}(?:[ -][a-z]{2,}){0,2}", name) or _OFFENSIVE.search(synset.gloss):
            continue
        told = nearest(entry.senses[0], marked, all_)
        if lemma in synset.words and told not in (None, "-"):  # in small letters there: no name
            yield f"{name}\t{told}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    nouns = vocabulary().nouns
    written = {phrase for phrase, noun in nouns.items() if not noun.listed}
    lines = list(rows(parser.parse_args().folder, written))
    (DATA / "person_nouns.tsv").write_text("\n".join(["noun\tsector", *lines, ""]), encoding="utf-8")
    print(f"person_nouns.tsv: {len(lines)} rows")


if __name__ == "__main__":
    main()
