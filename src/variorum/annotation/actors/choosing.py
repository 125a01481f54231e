"""The sector of unnamed and little-known actors, chosen by a log-linear model over all that is told of them.

The rules before this step give most actors a sector by their noun. That is a guess where the noun has many meanings
("captain", "guards", "men") and nothing where they know none. The model weighs the rules' answer with the noun and its
class, its modifiers, its verb, whose they are and whom else the sentence and the text tell of: a maximum-entropy choice
(Berger, Della Pietra and Della Pietra 1996, "A Maximum Entropy Approach to Natural Language Processing"). The weights
are in ``data/actor_weights.tsv``, made by ``tools/train_actors.py``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from math import exp

from variorum.packaged import data_lines
from variorum.records import Token
from variorum.world.actors import NamedActor
from variorum.world.nouns import find_noun

from .drafts import Draft, Scene
from .entities import root
from .phrases import Phrase
from .vocabulary import singular
from .wording import wording

AGREES = "="  # in place of a sector: what a feature counts for the sector that the rules gave
# By how much another sector must be likelier than the rules', in the logarithm of the odds; how likely one must
# be where the rules gave none; and what a noun must weigh for some sector to be looked at. Chosen with the weights'
# penalty, by cross-validation.
MARGIN, _LEAST, TELLING = 0.3, 0.4, 0.15
_NOTHING: dict[str, float] = {}


@cache
def weights() -> dict[str, dict[str, float]]:
    """The packaged weights of each feature for each sector, read once a process. Raises `ModelError` where there are
    none."""
    found: dict[str, dict[str, float]] = {}
    for line in data_lines("actor_weights.tsv"):
        name, sector, value = line.split("\t")
        found.setdefault(name, {})[sector] = float(value)
    return found


@cache
def _telling() -> frozenset[str]:
    """The nouns of which enough was learned for any sector to outdo the rules."""
    return frozenset(
        name.removeprefix("last ")
        for name, row in weights().items()
        if name[:5] == "last " and name.count(" ") == 1 and max(map(abs, row.values())) >= TELLING
    )


class Chooser:
    """The choices of one text, each seen by what the rules made of all the others."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.open = [draft for draft in scene.drafts if _open(draft)]

    @cached_property
    def fields(self) -> list[str]:
        """What the text tells of, by its words."""
        return [name for name, words in wording().fields.items() if not words.isdisjoint(self.scene.lowered)]

    @cached_property
    def here(self) -> dict[int, list[Draft]]:
        """The mentions of each sentence."""
        here: dict[int, list[Draft]] = defaultdict(list)
        for draft in self.scene.drafts:
            if draft.kind != "pronoun" and not draft.silent:
                here[self.scene.sentence[draft.head]].append(draft)
        return here

    @cached_property
    def main(self) -> str | None:
        """The country of most mentions."""
        counts = Counter(draft.country for draft in self.scene.drafts if draft.country is not None)
        return max(sorted(counts), key=counts.__getitem__) if counts else None

    @cached_property
    def told(self) -> list[str]:
        """The sectors of those in the text that tell what conflict it is about."""
        return sorted({draft.sector for draft in self.scene.drafts if draft.sector is not None} & _PARTIES)

    def features(self, draft: Draft) -> list[str]:
        """What holds of a mention and may tell its sector."""
        rule = draft.sector or "none"
        kind = "named" if not draft.generic and draft.kind == "person" else "many" if draft.plural else "one"
        noun, last = _noun(draft)
        names = [f"rule {rule}", f"rule {rule} {kind}", kind, *(f"{rule} {field}" for field in self.fields)]
        names += [f"rule {rule} by {reason}" for reason in sorted({feature.name for feature in draft.why} & _REASONS)]
        if last:
            names += [f"noun {noun}", f"last {last}", f"last {last} {kind}", *_classes(last)]
            names += [f"noun {last} {field}" for field in self.fields]
        else:
            names.append(f"bare {kind}")
        if draft.phrase is not None:
            names += self._of_phrase(draft, draft.phrase, rule, last)
        if draft.title:
            names += [f"title {word}" for word in draft.title.lower().split()]
        names += self._of_clause(draft, rule)
        others = self.here[self.scene.sentence[draft.head]]
        beside = sorted({d.sector for d in others if d.sector is not None and root(d) is not draft})
        names += [f"{rule} beside {sector}" for sector in beside]
        names += [f"{last} beside {sector}" for sector in beside] if last else []
        names += [f"{last or rule} with {sector}" for sector in self.told]
        if self.main is not None and draft.country not in (None, self.main):
            names.append(f"{rule} foreign")
        return names

    def _of_phrase(self, draft: Draft, phrase: Phrase, rule: str, last: str) -> Iterator[str]:
        """What the words of the noun phrase tell, and whose it is."""
        yield from (f"mod {word}" for word in phrase.modifiers)
        if phrase.noun.listed:
            yield "listed"
        if phrase.owner is not None:
            yield "owned"
            of = phrase.owner.meaning.of
            if isinstance(of, NamedActor):
                yield from (f"of {of.sectors[0]}", f"{last} of {of.sectors[0]}", f"{of.kind} {last}")
        if phrase.state is not None:
            yield from (f"stated {rule}", f"stated {last}")
        whose = self._possessor(draft, phrase)
        if whose is not None and whose.sector:
            yield from (f"whose {whose.sector}", f"{rule} whose {whose.sector}", f"{last} whose {whose.sector}")
        if phrase.past:
            yield f"past {rule}"

    def _of_clause(self, draft: Draft, rule: str) -> Iterator[str]:
        """What is done by or to a mention, and what hangs on its noun."""
        scene = self.scene
        token = placed(scene, draft)
        verb = scene.tokens[token.head]
        if token.dep in _ROLES:
            done = f"{_ROLES[token.dep]} {verb.lemma.lower()}"
            yield from (done, f"{rule} {done}")
        elif token.dep == "pobj" and verb.dep == "agent":
            yield f"does {scene.tokens[verb.head].lemma.lower()}"
        for child in scene.syntax.children(draft.head, "prep", "acl", "relcl"):
            if child.dep != "prep":
                yield f"that {child.lemma.lower()}"
            elif (inner := scene.syntax.child(child.i, "pobj")) is not None:
                yield f"{child.lemma.lower()} {singular(inner.text.lower())}"

    def _possessor(self, draft: Draft, phrase: Phrase) -> Draft | None:
        """Who owns an unnamed one by a possessive: "the union's driver", "his crew"."""
        tokens = self.scene.tokens
        at = phrase.possessive
        if at is None and draft.first > 1 and tokens[draft.first - 1].tag == "POS":
            at = draft.first - 2
        owner = self.scene.claimed.get(at) if at is not None else None
        while owner is not None and owner.link is not None:
            owner = owner.link
        return owner if owner is not draft else None

    def sector(self, draft: Draft) -> str | None:
        """The likeliest sector, the rules' own unless another is clearly likelier."""
        if draft.sector is not None and (_noun(draft)[1] not in _telling() or _known(draft)):
            return draft.sector  # nothing was learned that outdoes the rules
        table = weights()
        scores: dict[str, float] = defaultdict(float)
        agrees = 0.0
        for name in self.features(draft):
            for sector, value in table.get(name, _NOTHING).items():
                if sector == AGREES:
                    agrees += value
                else:
                    scores[sector] += value
        if not scores:
            return draft.sector
        if draft.sector is not None:
            scores[draft.sector] += agrees + MARGIN
        best = max(scores, key=lambda sector: (round(scores[sector], 6), sector))
        if draft.sector is None and exp(scores[best]) < _LEAST * sum(map(exp, scores.values())):
            return None
        return best


_ROLES = {"nsubj": "does", "nsubjpass": "suffers", "dobj": "suffers", "dative": "gets", "agent": "does"}
_PARTIES = frozenset({"REB", "PRM", "UAF", "CRM", "OPP", "MIL", "IGO", "JUD", "LAB", "REL"})
_REASONS = frozenset(
    {"known person", "likeliest for the noun", "told by a clause", "nothing of an office", "victim without an office",
     "speaks as officials do", "later office", "role", "belongs to", "counterpart", "age and no office", "noun",
     "coreference", "country of whose they are"}
)  # fmt: skip


def _open(draft: Draft) -> bool:
    if draft.link is not None or draft.silent or draft.kind in ("state", "pronoun", "thing") or not draft.name:
        return False
    return draft.phrase is not None or draft.kind == "person"


def placed(scene: Scene, draft: Draft) -> Token:
    """The token by which a mention stands in its clause."""
    token = scene.tokens[draft.head]
    while token.dep in ("conj", "appos") and token.head < token.i:
        token = scene.tokens[token.head]
    return token


def _known(draft: Draft) -> bool:
    return any(feature.name == "known person" for feature in draft.why)


def _noun(draft: Draft) -> tuple[str, str]:
    """The noun that a mention was named with, and its last word."""
    noun = draft.phrase.noun.phrase if draft.phrase is not None else draft.noun
    return noun, noun.rpartition(" ")[2]


@lru_cache(maxsize=16_384)
def _classes(word: str) -> tuple[str, ...]:
    noun = find_noun(word)
    if noun is None:
        return ("unknown",)
    return (f"sort {noun.sort}", *(f"class {name}" for name in sorted(noun.classes)))


def choose(scene: Scene) -> None:
    """Give the open actors of a text their likeliest sector, where it is clearly likelier than what the rules gave. All
    are chosen by what the rules made of the text, before any is changed."""
    chooser = Chooser(scene)
    for draft, sector in [(draft, chooser.sector(draft)) for draft in chooser.open]:
        if sector is not None and sector != draft.sector:
            draft.sectors = (sector,)
            draft.because("likeliest sector", 0.5, sector)
