"""The lexicon of an ontology: which words, in which surroundings, tell which event.

A pattern is one short line. Its first word is the lemma that triggers it (``strike``, ``gun+down`` with a particle,
``air strike`` for a noun with its modifier); what follows narrows it:

    =fire|@arms     the object's head (or a modifier of it) is one of these; ``@name`` is a class of the lexicon,
                    ``=*`` any object
    !fear|dispute   the object is none of these
    >on|against     one of these prepositions is there, and its object is the recipient
    >to:prison|jail that preposition's object is one of these
    ^court|judge    the subject's head is one of these; ``^!`` none of these; ``^*`` it is an actor; ``^?`` one of
                    these, or no subject is told ("were shelled")
    ~leave|quit     a complement's verb is one of these ("a week to leave", "kept them from landing")
    %person         for a word: any noun of that sort (see `sorts`); ``%thing``: a place or goods, which are taken
    *               there is a recipient that is an actor

Narrower patterns are tried first, so ``open =fire`` wins over ``open``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from variorum.errors import OntologyError
from variorum.records import Record

WORD_CLASSES = ("verbs", "nouns", "operators")
_SHARED = ("type", "mode", "kind", "swap", "effect", "mutual", "weak", "occasion", "confidence")


class Condition(Record, frozen=True, kw_only=True):
    """One narrowing of a pattern. `on` is object, subject, preposition or clause; `words` empty means any."""

    on: str
    words: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    negated: bool = False
    optional: bool = False


class Pattern(Record, frozen=True, kw_only=True):
    """One way to tell an event. `kind` is set on operators, which say what becomes of the event in their complement.

    `swap` marks verbs whose subject undergoes ("received aid"); `effect` those that tell an event by what it did to
    people ("killed"); `mutual` those whose plural or joined actors act on each other ("met"); `needs_person` wants a
    recipient that is an actor, `needs_actor` a subject that is one; `weak` marks nouns that only join another mention
    ("the operation"); `thing` says that the object is no participant ("impose sanctions"). `occasion` marks words for
    munitions and for how they come down, which tell an event only where the syntax tells of a blow (see `occasions`).
    """

    lemma: str
    source: str
    type: str | None = None
    mode: str | None = None
    kind: str | None = None
    particle: str | None = None
    modifiers: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    swap: bool = False
    effect: bool = False
    mutual: bool = False
    needs_person: bool = False
    needs_actor: bool = False
    weak: bool = False
    occasion: bool = False
    confidence: float = 0.9

    @property
    def thing(self) -> bool:
        return any(c.on == "object" and not c.negated for c in self.conditions)

    @property
    def has_noun(self) -> bool:
        """Whether the noun of a verb's act can be met like the verb: no particle, no passive sense, no clause."""
        return not (self.particle or self.swap or any(c.on == "clause" for c in self.conditions))

    @property
    def rank(self) -> int:
        """How narrow it is: what is asked for beside the lemma."""
        positive = sum(2 if not c.negated else 1 for c in self.conditions)
        return 3 * len(self.modifiers) + 3 * bool(self.particle) + positive + self.needs_person + self.needs_actor


class Lexicon(Record, frozen=True, kw_only=True):
    """Patterns by lemma, the narrowest first; word classes by name."""

    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    operators: Mapping[str, tuple[Pattern, ...]]
    classes: Mapping[str, frozenset[str]]

    def words(self, name: str) -> frozenset[str]:
        """The words of a class; empty where an ontology has none of that name."""
        return self.classes.get(name, frozenset())


def read_classes(tables: Mapping[str, Any], file: str) -> dict[str, frozenset[str]]:
    """The word classes of a file: lists of lemmas, which may name other classes as ``@name``."""
    raw = {name: list(words) for name, words in tables.items()}

    def expand(name: str, above: tuple[str, ...]) -> frozenset[str]:
        if name in above:
            raise OntologyError(f"{file}: the word class {name!r} holds itself")
        if name not in raw:
            raise OntologyError(f"{file}: there is no word class {name!r}")
        found: set[str] = set()
        for word in raw[name]:
            if word.startswith("@"):
                found |= expand(word[1:], (*above, name))
            else:
                found.add(word)
        return frozenset(found)

    return {name: expand(name, ()) for name in raw}


def read_patterns(
    groups: Iterable[Mapping[str, Any]], classes: Mapping[str, frozenset[str]], file: str
) -> dict[str, tuple[Pattern, ...]]:
    """Compile groups of pattern lines; each group's keys are shared by its ``words``."""
    found: dict[str, list[Pattern]] = {}
    for group in groups:
        shared = {key: value for key, value in group.items() if key != "words"}
        if "words" not in group:
            raise OntologyError(f"{file}: a group without words: {shared}")
        for line in group["words"]:
            pattern = _compile(line, shared, classes, file)
            found.setdefault(pattern.lemma, []).append(pattern)
    return {lemma: tuple(sorted(rows, key=lambda row: -row.rank)) for lemma, rows in found.items()}


def with_acts(
    nouns: Mapping[str, tuple[Pattern, ...]],
    verbs: Mapping[str, tuple[Pattern, ...]],
    nominal: Mapping[str, Iterable[str]],
) -> dict[str, tuple[Pattern, ...]]:
    """The patterns of nouns, and for the nouns of verbs' acts (`nominal`, verb to nouns) those of the verb too."""
    found = {lemma: list(rows) for lemma, rows in nouns.items()}
    for verb, acts in nominal.items():
        rows = [row for row in verbs.get(verb, ()) if row.has_noun]
        for act in acts:
            found.setdefault(act, []).extend(msgspec.structs.replace(row, lemma=act) for row in rows)
    return {lemma: tuple(sorted(rows, key=lambda row: -row.rank)) for lemma, rows in found.items()}


def _compile(line: str, shared: Mapping[str, Any], classes: Mapping[str, frozenset[str]], file: str) -> Pattern:
    plain: list[str] = []
    conditions: list[Condition] = []
    person, actor = bool(shared.get("needs_person")), False
    for part in line.split():
        if part == "^*":
            actor = True
        elif part == "*":
            person = True
        elif part[0] in _MARKS:
            conditions.append(_condition(part, classes, f"{file}: pattern {line!r}"))
        else:
            plain.append(part)
    if not plain:
        raise OntologyError(f"{file}: pattern {line!r} has no word to trigger it")
    lemma, _, particle = plain[-1].partition("+")
    known = {key: shared[key] for key in _SHARED if key in shared}

    if unknown := set(shared) - {*known, "needs_person"}:
        raise OntologyError(f"{file}: a group of patterns has unknown keys {sorted(unknown)}")
    return Pattern(
        lemma=lemma,
        source=line,
        particle=particle or None,
        modifiers=tuple(plain[:-1]),
        conditions=tuple(conditions),
        needs_person=person,
        needs_actor=actor,
        **known,
    )


_MARKS = {"=": "object", "!": "object", "~": "clause", "^": "subject", ">": "preposition"}


def _condition(part: str, classes: Mapping[str, frozenset[str]], where: str) -> Condition:
    mark, rest = part[0], part[1:]
    prepositions = ""
    if mark == ">":
        prepositions, _, rest = rest.partition(":")
    return Condition(
        on=_MARKS[mark],
        words=_words(rest.lstrip("!?") if mark == "^" else rest, classes, where),
        prepositions=frozenset(prepositions.split("|")) if prepositions else frozenset(),
        negated=mark == "!" or (mark == "^" and rest.startswith("!")),
        optional=mark == "^" and rest.startswith("?"),
    )


def _words(text: str, classes: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    """The words between bars; ``@name`` gives those of a class, and an underline stands for a space."""
    found: set[str] = set()
    for word in text.split("|"):
        if word.startswith("@"):
            if word[1:] not in classes:
                raise OntologyError(f"{where} names an unknown word class {word!r}")
            found |= classes[word[1:]]
        elif word:
            found.add(word.replace("_", " "))
    return frozenset(found)
