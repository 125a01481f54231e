"""Compile ``nouns_wordnet.tsv`` of ``variorum.data``: nouns for persons and bodies with their sectors, from WordNet 3.0.

    python tools/compile_nouns.py FOLDER

FOLDER holds WordNet's ``index.noun`` and ``data.noun`` (the package ``wordnet-base`` of Debian has them under
``usr/share/wordnet``). A noun is taken where its first sense, WordNet's most frequent, is a person or a body that acts;
names of single persons are not. Its sector is that of the nearest of the classes in ``SECTORS`` above it. Those that
``actor_nouns.toml`` has are left out: what is written there counts. The output depends on the input alone.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from variorum.annotation.actors.vocabulary import written_nouns

DATA = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data"

# Classes (a noun and the number of its sense) and the PLOVER sector of those below them, unless a nearer class says
# otherwise; "-" marks classes whose members are no actors of news.
SECTORS = {
    "people": {
        "MIL": "military_personnel#1 military_officer#1 serviceman#1 commissioned_officer#1 commander#1 veteran#1",
        "COP": "lawman#1 policeman#1 detective#1 detective#2 guard#1 jailer#1 inspector#1 customs_agent#1",
        "SPY": "spy#1 secret_agent#1 intelligence_agent#1 informer#1",
        "JUD": "judge#1 lawyer#1 magistrate#1 prosecutor#1 juror#1 jurist#1 notary#1",
        "GOV": "head_of_state#1 ruler#1 official#1 diplomat#1 civil_servant#1 bureaucrat#1 mayor#1 governor#1 "
        "minister#2 secretary#2 sovereign#1 public_servant#1 noble#1 governor_general#1 ambassador#1 chancellor#1 "
        "delegate#1 commissioner#1 legate#1 negotiator#1",
        "LEG": "legislator#1 senator#1",
        "PTY": "politician#1 politician#2 socialist#1 communist#1 conservative#1 party_man#1 candidate#1 campaigner#1 "
        "nationalist#1 liberal#1 democrat#1 republican#1 monarchist#1 fascist#1 rightist#1 leftist#1",
        "REB": "insurgent#1 insurgent#2 guerrilla#1 mutineer#1 revolutionist#1 rebel#1 separatist#1 secessionist#1",
        "UAF": "terrorist#1 attacker#1 assassin#1 bomber#2 fanatic#1 gunman#1 sniper#1 saboteur#1",
        "PRM": "vigilante#1 mercenary#1",
        "CRM": "criminal#1 wrongdoer#1 gangster#1 thief#1 smuggler#1 murderer#1 convict#1 convict#2",
        "JRN": "journalist#1 editor#1 broadcaster#1 newscaster#1 announcer#1 newspaperman#1 columnist#1 publisher#2",
        "MED": "health_professional#1 medical_practitioner#1 nurse#1 therapist#1 paramedic#1 orderly#2",
        "EDU": "educator#1 scientist#1 scholar#1 student#1 academician#1 graduate#1 researcher#1 expert#1 analyst#1",
        "REL": "clergyman#1 religious#1 spiritual_leader#1 missionary#1 priest#1 monk#1 nun#1 religious_leader#1 "
        "theologian#1 chaplain#1 preacher#1",
        "BUS": "businessperson#1 merchant#1 capitalist#1 owner#1 manufacturer#1 banker#1 financier#1 trader#1 seller#1 "
        "restaurateur#1 contractor#1 executive#1 entrepreneur#1 agent#2 stockholder#1 creditor#1 lender#1",
        "LAB": "worker#1 employee#1 skilled_worker#1 laborer#1 craftsman#1 sailor#1 driver#1 unionist#1",
        "AGR": "farmer#1 herder#1 fisherman#1 hunter#1 agriculturist#1 herdsman#1 rancher#1 peasant#1 shepherd#1",
        "REF": "refugee#1 exile#1 migrant#1 immigrant#1 fugitive#1 evacuee#1",
        "OPP": "dissenter#1 defector#1",
        "SOC": "reformer#1 rescuer#1 environmentalist#1 philanthropist#1 fireman#1 pacifist#1",
        "CVL": "person#1",
        "-": "deity#1 imaginary_being#1 spiritual_being#1 scapegoat#1 fool#1 simpleton#1 lover#1 sweetheart#1",
    },
    "body": {
        "MIL": "military_unit#1 army#1 navy#1 military#1 military_service#1 armed_service#1",
        "COP": "police#1 law_enforcement_agency#1 posse#1 gendarmerie#1",
        "SPY": "intelligence#3",
        "JUD": "court#1 tribunal#1 judiciary#1",
        "GOV": "government#1 department#1 government_department#1 bureau#1 agency#1 local_government#1",
        "LEG": "legislature#1 assembly#4",
        "PTY": "party#1 faction#1",
        "CRM": "gang#2 organized_crime#1 gangland#1 syndicate#2",
        "JRN": "press#1 news_media#1 broadcasting_company#1",
        "BUS": "enterprise#2 company#1 firm#1 corporation#1 cartel#1 business#1 syndicate#1 consortium#1",
        "LAB": "union#1 guild#1",
        "REL": "religion#2 denomination#1 religious_order#1",
        "CVL": "crowd#1 family#1",
    },
}
# Senses of persons (18) and of groups (14) in WordNet's own files.
FILES = {"people": "18", "body": "14"}
LEAST = {"body": 2}  # how far below its class a body may stand at most


class Synset(NamedTuple):
    file: str
    words: tuple[str, ...]
    above: tuple[str, ...]
    instance: bool


def synsets(folder: Path) -> dict[str, Synset]:
    found = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = tuple(fields[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        pointers = [fields[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(fields[at]))]
        above = tuple(p[1] for p in pointers if p[0] == "@")
        found[fields[0]] = Synset(fields[1], words, above, any(p[0] == "@i" for p in pointers))
    return found


def senses(folder: Path) -> dict[str, list[str]]:
    found = {}
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            fields = line.split()
            found[fields[0]] = fields[-int(fields[2]) :]
    return found


def nearest(start: str, marked: dict[str, str], all_: dict[str, Synset]) -> tuple[str, int] | None:
    """The sector of the nearest marked class at or above a synset, breadth first, and how far it is."""
    seen, level, distance = {start}, [start], 0
    while level:
        for id_ in level:
            if id_ in marked:
                return marked[id_], distance
        level = [above for id_ in level for above in all_[id_].above if above not in seen]
        seen |= set(level)
        distance += 1
    return None


def rows(folder: Path) -> Iterator[str]:
    all_, index, written = synsets(folder), senses(folder), written_nouns()
    for kind, sectors in SECTORS.items():
        marked: dict[str, str] = {}
        for sector, classes in sectors.items():
            for entry in classes.split():
                lemma, _, number = entry.partition("#")
                found = index.get(lemma, [])
                if len(found) < int(number):
                    raise SystemExit(f"{entry} is no sense of WordNet's")
                marked[found[int(number) - 1]] = sector
        for lemma, ids in sorted(index.items()):
            synset = all_[ids[0]]
            name = lemma.replace("_", " ")
            if synset.file != FILES[kind] or synset.instance or name in written:
                continue
            if not re.fullmatch(r"[a-z]{3,}(?:[ -][a-z]{2,}){0,2}", name):
                continue
            if not any(word.lower() == lemma and word.islower() for word in synset.words):
                continue  # a name
            told = nearest(ids[0], marked, all_)
            if told is None or told[0] == "-" or told[1] > LEAST.get(kind, 99):
                continue
            yield f"{name}\t{kind}\t{told[0]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    lines = list(rows(parser.parse_args().folder))
    (DATA / "nouns_wordnet.tsv").write_text("\n".join(["noun\tkind\tsector", *lines, ""]), encoding="utf-8")
    print(f"nouns_wordnet.tsv: {len(lines)} rows")


if __name__ == "__main__":
    main()
