"""What each document is mainly about: the account of its main event, and the rare words that it tells it in."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from variorum.records import Annotation, Document, Span
from variorum.world.words import stem, word_ranks

from .accounts import FINE, PRIVATE, Account
from .anchors import Bond
from .knowledge import Knowledge
from .witnesses import Prose, Witnesses

LEAD = 4
"""Sentences, the title line among them, in which a text tells what it is about."""
FORCE = "ASSAULT"
HAPPENED = frozenset({"actual", "ongoing", "historical"})
_WHOLE = 60  # sentences of a document whose words are read
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word or figure of prose."""
_AGE = re.compile(r"\b(\d{1,2})[- ](?:year|month)s?[- ]olds?\b|,\s(\d{1,2}),")
_RARE = 0.85  # of what a word can tell, from which a name stands for few matters
_FIRST, _LAST = 120, 14_000  # ranks at which a word begins to tell, and tells all that a word can
_FIGURE = 0.3
NAME = 1.0
PLAIN = 0.4
"""What is left of the weight of a word that is a name, and of one that is none."""
_PUBLIC = 0.5  # and of the names of states, bodies, public persons and lands, which many events of one conflict share
_SHORT = 2.0  # added to the length of a text's words, so that the few of a short text are not all that words can tell
_KEYS = 12  # of a document's heaviest words propose what it is compared with
_POWERS = frozenset({"GOV", "MIL", "LEG", "REB", "SEP", "IGO"})
_ENTRIES = frozenset({"entry", "round-up"})


class Topic(NamedTuple):
    """A document's main account and the weights of the words that it is told in, of Euclidean length 1 at most.

    A live blog or round-up, which is about many things, has no weights. `lead` are the first words that tell any event;
    `follows` says whether the text leads with a step of police or courts, `recalls` whether its main event is one of
    those, or of grief or help, while it tells no violence itself. `names` are rare names that are no public ones
    (streets, schools, villages, private persons), by stem, and `ages` the ages of people that it gives.
    """

    account: str
    lead: Span
    weights: Mapping[str, float]
    follows: bool
    recalls: bool
    names: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()

    @property
    def keys(self) -> tuple[str, ...]:
        """The heaviest words, for finding texts about the same."""
        return tuple(sorted(self.weights, key=lambda word: (-self.weights[word], word))[:_KEYS])

    @property
    def weight(self) -> float:
        """How much of its words stands for itself: 0 for none, near 1 for a long text."""
        return sum(weight * weight for weight in self.weights.values())


def topics(
    found: Sequence[Account],
    witnesses: Witnesses,
    scales: Mapping[str, float],
    ties: Sequence[Bond],
    known: Knowledge,
) -> dict[str, Topic]:
    """The topic of each document that tells any event."""
    background = {tie.named for tie in ties}
    here: dict[str, list[Account]] = {}
    for account in found:
        here.setdefault(account.document, []).append(account)
    made = {}
    for document, accounts in sorted(here.items()):
        prose = witnesses.prose(document)
        main = _main(accounts, prose, scales, background, known)
        weights, names, ages = _read(witnesses.documents[document], witnesses.annotations[document], prose)
        made[document] = Topic(
            main.id,
            min(span for account in accounts for span in account.spans),
            weights,
            any(known.is_step(a.type, a.mode) and _early(a, prose) for a in accounts),
            main.type != FORCE and _goes_on(main, known) and all(a.type != FORCE for a in accounts),
            names,
            ages,
        )
    return made


def _main(
    accounts: Sequence[Account],
    prose: Prose,
    scales: Mapping[str, float],
    background: Set[str],
    known: Knowledge,
) -> Account:
    """Of what a text's title or its first sentences tell, the gravest that happened, by the ontology's scores; else the
    first told. What only dates another event ("two days after the raid") is background. A text that leads with a step
    of police or courts is about the violence that it goes on to tell."""

    def rank(account: Account) -> tuple[bool, bool, bool, float, int, int]:
        early = _early(account, prose)
        happened = account.status in ("actual", "ongoing")
        score = scales.get(f"{account.type}/{account.mode}", scales.get(account.type, 0.0)) if early else 0.0
        gravity = max(0.0, -score)  # of peaceful events the first told is what a text is about
        return not early, account.id in background, not happened, -gravity, account.spans[0].start, account.key.index

    main = min(accounts, key=rank)
    if _goes_on(main, known):
        crimes = [account for account in accounts if account.type == FORCE and account.status in HAPPENED]
        return min(crimes, key=lambda account: (account.spans[0].start, account.key.index), default=main)
    return main


def _goes_on(account: Account, known: Knowledge) -> bool:
    """Whether an event is what comes after violence: a step of police or courts, or civil life without any power."""
    powers = any(party.sector in _POWERS for party in (*account.actors, *account.recipients))
    return known.is_step(account.type, account.mode) or (account.type in known.civil_types and not powers)


def _early(account: Account, prose: Prose) -> bool:
    number = prose.number(account.spans[0].start)
    return number is not None and number < LEAD


class _Words(NamedTuple):
    """What is counted of a document's words by stem: how often each is told, how often with a capital, those that have
    one within a sentence, those ever told in small letters, and the ages that are given."""

    counts: Counter[str]
    capitals: Counter[str]
    inner: frozenset[str]
    small: frozenset[str]
    ages: frozenset[str]

    @staticmethod
    def of(document: Document, prose: Prose) -> _Words:
        counts: Counter[str] = Counter()
        capitals: Counter[str] = Counter()
        inner: set[str] = set()
        small: set[str] = set()
        ages: set[str] = set()
        for sentence in prose.sentences[:_WHOLE]:
            for number, match in enumerate(WORD.finditer(document.text, sentence.start, sentence.end)):
                word = match.group()
                kind = root(word)
                counts[kind] += 1
                if word[0].isupper():
                    capitals[kind] += 1
                    if number:
                        inner.add(kind)
                elif word[0].islower():
                    small.add(kind)
            ages.update(a or b for a, b in _AGE.findall(document.text, sentence.start, sentence.end))
        return _Words(counts, capitals, frozenset(inner), frozenset(small), frozenset(ages))


def _read(
    document: Document, annotation: Annotation, prose: Prose
) -> tuple[dict[str, float], frozenset[str], frozenset[str]]:
    """The weights of a text's words, its rare names, and the ages that it gives."""
    words = _Words.of(document, prose)
    public = _public(annotation)
    house = frozenset(root(match.group()) for match in WORD.finditer(document.outlet or ""))
    names = words.inner - words.small - public - house
    rare = frozenset(name for name in names if rarity(name) >= _RARE)
    entries = any(block.kind in _ENTRIES for block in document.blocks)
    return {} if entries else _weights(words, public, house), rare, words.ages


def _weights(words: _Words, public: Set[str], house: Set[str]) -> dict[str, float]:
    """Each word's weight: the logarithm of its rank in ordinary English, less for words that are no names, more where
    it is repeated (1 + log of the count). Frozen: nothing is counted over the collection."""
    weights = {}
    for kind, count in words.counts.items():
        weight = 0.0 if kind in house else rarity(kind)
        if not kind[0].isdigit() and 2 * words.capitals[kind] <= count:
            weight *= PLAIN
        if weight > 0:
            weights[kind] = weight * (_PUBLIC if kind in public else 1.0) * (1 + math.log(count))
    length = math.sqrt(_SHORT**2 + sum(sorted(weight * weight for weight in weights.values())))
    return {key: weight / length for key, weight in sorted(weights.items())}


def _public(annotation: Annotation) -> frozenset[str]:
    names = [a.text for a in annotation.actors if a.sector not in PRIVATE or ":PER:" not in a.key]
    names += [place.text for place in annotation.places if place.precision not in FINE]
    return frozenset(root(match.group()) for name in set(names) for match in WORD.finditer(name))


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """A word's stem, in small letters and without a possessive."""
    return stem(word.casefold().replace("’", "'").removesuffix("'s").replace("'", ""))


@lru_cache(maxsize=65_536)
def rarity(stemmed: str) -> float:
    """How much a stem tells, from 0 for what every text has to 1."""
    if stemmed[:1].isdigit():
        return _FIGURE
    if len(stemmed) < 3:
        return 0.0
    place = min(max(word_ranks().get(stemmed, _LAST), _FIRST), _LAST)
    return (math.log(place) - math.log(_FIRST)) / (math.log(_LAST) - math.log(_FIRST))
