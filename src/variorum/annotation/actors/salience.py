"""Which of the mentions before it a pronoun means: agreement and binding rule out, salience chooses.

The factors are those of rule-based pronoun resolution (Lappin and Leass 1994, "An Algorithm for Pronominal Anaphora
Resolution"): recency, grammatical role, parallel roles, repetition, the subject of the clause above; and, for reports,
who speaks. The weights were set on the tune half of ``tests/gold/coreference``.
"""

from __future__ import annotations

from variorum.records import Token
from variorum.world.given_names import likely_gender

from .drafts import Draft, Gender, Scene
from .options import Weights
from .quotations import Quotations

SINGLE = frozenset({"state", "body", "group", "organisation", "media", "force"})
MANY = frozenset({"people", "force", "group", "state", "organisation", "body", "media"})
CROWDS = frozenset(
    {"crowd", "mob", "family", "couple", "crew", "staff", "team", "jury", "public", "population", "community",
     "delegation", "personnel", "audience"}
)  # fmt: skip
_OUT_OF_TURN = 3  # sentences that a quotation may be settled after what stands behind it
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def root(draft: Draft) -> Draft:
    """The first mention that a mention is tied to."""
    while draft.link is not None:
        draft = draft.link
    return draft


def entity(draft: Draft) -> str | int:
    """What mentions of one actor share within a text: the key where it is named, else its first mention."""
    first = root(draft)
    return id(first) if first.generic else first.key


class Salience:
    """Chooses among mentions. `mentions` are those resolved so far, pronouns among them, in any order."""

    def __init__(self, scene: Scene, quotations: Quotations) -> None:
        self.scene = scene
        self.quotations = quotations
        self.weights = Weights()
        self.mentions: list[Draft] = []
        self.at: dict[int, Draft] = {}  # by head token
        self.gender: dict[str | int, Gender] = {}
        self.count: dict[str | int, int] = {}
        self.called: dict[str | int, bool] = {}  # whether it was "they" last, or "it"

    def add(self, draft: Draft) -> None:
        self.mentions.append(draft)
        self.at[draft.head] = draft
        self.count[entity(draft)] = self.count.get(entity(draft), 0) + 1

    def mention(self, i: int) -> Draft | None:
        """The resolved mention that token `i` is part of."""
        found = self.at.get(i)
        if found is None and (claimed := self.scene.claimed.get(i)) is not None:
            found = self.at.get(claimed.head)
        return found

    # Choice

    def person(self, token: Token, gender: Gender) -> Draft | None:
        allowed = [d for d in self.before(token, self.scene.options.reach) if self._human(d, gender)]
        allowed = [d for d in allowed if self._likely_gender(d) in (None, gender)] or allowed
        chosen = self.best(token, allowed, gender)
        if chosen is None or self._told_gender(chosen) is not None:
            return chosen
        if self._likely_gender(chosen) == gender:
            return chosen
        peers = {entity(d) for d in allowed if self._joined(d, chosen) and self._told_gender(d) is None}
        return None if peers else chosen  # "Kofi and Ama met. … he left": either

    def _told_gender(self, draft: Draft) -> Gender | None:
        return self.gender.get(entity(draft)) or draft.gender or root(draft).gender

    def _likely_gender(self, draft: Draft) -> Gender | None:
        first = root(draft)
        return None if first.generic else likely_gender(first.name, first.country)

    def _joined(self, one: Draft, other: Draft) -> bool:
        """Whether two mentions stand in one list."""
        a, b = self.scene.tokens[one.head], self.scene.tokens[other.head]
        return a.i != b.i and ((a.dep == "conj" and a.head == b.i) or (b.dep == "conj" and b.head == a.i))

    def thing(self, token: Token) -> Draft | None:
        return self.best(token, [d for d in self.before(token, 3) if self.singular(d)])

    def many(self, token: Token) -> Draft | None:
        allowed = [d for d in self.before(token, 3) if self.several(d)]
        fresh = [d for d in allowed if self.called.get(entity(d)) is not False]  # none that was "it" just now
        return self.best(token, fresh or allowed, many=True)

    def before(self, token: Token, reach: int) -> list[Draft]:
        """The mentions before a token, at most `reach` sentences back, but for those that binding rules out."""
        sentence = self.scene.sentence
        barred = self.barred(token)
        found: list[Draft] = []
        for draft in reversed(self.mentions):
            away = sentence[token.i] - sentence[draft.head]
            if away > reach + _OUT_OF_TURN:
                break
            if away <= reach and draft.last < token.i and entity(draft) not in barred and self.apposed(draft) is None:
                found.append(draft)
        return found[::-1]

    def apposed(self, draft: Draft) -> Draft | None:
        """The named person whom an unnamed one is told to be: "a police officer, Lydia Nangolo,"."""
        if draft.kind != "person" or not draft.generic or draft.link is not None:
            return None
        for child in self.scene.syntax.children(draft.head, "appos"):
            named = self.mention(child.i)
            if named is not None and named is not draft and named.kind == "person" and not named.generic:
                return named
        return None

    def best(
        self, token: Token, allowed: list[Draft], gender: Gender | None = None, many: bool = False
    ) -> Draft | None:
        scored = [(self.score(token, d, gender, many), d.head, d) for d in allowed]
        return max(scored, key=lambda item: item[:2])[2] if scored else None

    # Agreement

    def _human(self, draft: Draft, gender: Gender) -> bool:
        first = root(draft)
        if first.kind != "person" or first.plural or draft.plural or first.noun in CROWDS:
            return False
        return self._told_gender(draft) in (None, gender)

    def singular(self, draft: Draft) -> bool:
        first = root(draft)
        return first.kind in SINGLE and (not first.plural or first.kind == "force" or not first.generic)

    def several(self, draft: Draft) -> bool:
        return root(draft).kind in MANY or root(draft).plural or root(draft).noun in CROWDS

    # Binding

    def barred(self, token: Token) -> set[str | int]:
        """The actors that a pronoun cannot mean: those beside it in its clause, who it is told of, who speaks it."""
        tokens = self.scene.tokens
        found: set[int] = set()
        speaker = self.quotations.speaker(token.i)
        if speaker is not None:
            found.add(speaker)
        above = tokens[token.head]
        if token.tag == "PRP$":
            top = above
            while top.dep in ("conj", "compound", "nmod") and top.head != top.i:
                top = tokens[top.head]
            if top.dep == "appos":  # "Rao, his counterpart"
                found.add(top.head)
            elif top.dep == "attr":  # "who had been his classmate"
                found |= {t.i for t in self.scene.syntax.children(top.head, *SUBJECTS)}
            elif (claimed := self.scene.claimed.get(top.i)) is not None and claimed.kind == "person":
                found.add(claimed.head)
        else:
            found |= self._beside(token)
        barred: set[str | int] = set()
        for i in found:
            mention = self.mention(i)
            if mention is not None:
                barred.add(entity(mention))
        return barred

    def _beside(self, token: Token) -> set[int]:
        """The subject and objects of the verb that a pronoun hangs on, also by a preposition or a list."""
        tokens = self.scene.tokens
        above = tokens[token.head]
        for _ in range(3):
            if above.dep not in ("prep", "agent", "dative", "pcomp", "conj") or above.pos in ("VERB", "AUX"):
                break
            above = tokens[above.head]
        if above.pos not in ("VERB", "AUX"):
            return set()
        found = set()
        for child in self.scene.syntax.children(above.i):
            if child.i == token.i:
                continue
            if child.dep in (*SUBJECTS, "dobj", "dative"):
                found.add(child.i)
            elif child.dep in ("prep", "agent", "dative") and token.dep in SUBJECTS:
                found |= {t.i for t in self.scene.syntax.children(child.i, "pobj")}
        if token.dep not in SUBJECTS and not any(tokens[i].dep in SUBJECTS for i in found):
            found |= self._controller(above)
        return found

    def _controller(self, verb: Token) -> set[int]:
        """Who does what a verb without a subject of its own tells: "asked him to recall them", "came to see him"."""
        tokens = self.scene.tokens
        for _ in range(3):
            if verb.dep not in ("xcomp", "conj", "advcl", "pcomp", "ccomp", "prep") or verb.head == verb.i:
                return {verb.head} if verb.dep == "acl" else set()
            infinitive = verb.dep in ("xcomp", "ccomp")
            verb = tokens[verb.head]
            objects = {t.i for t in self.scene.syntax.children(verb.i, "dobj", "dative")} if infinitive else set()
            found = objects or {t.i for t in self.scene.syntax.children(verb.i, *SUBJECTS)}
            if found:
                return found
        return set()

    # Salience

    def score(self, token: Token, draft: Draft, gender: Gender | None, many: bool) -> float:
        scene, weights = self.scene, self.weights
        distance = scene.sentence[token.i] - scene.sentence[draft.head]
        total = -weights.sentence * distance - weights.token * min(token.i - draft.head, 40)
        total += self._role(draft) + min(self.count.get(entity(draft), 1), 5) * weights.repeated
        mine, theirs = token.dep in SUBJECTS, scene.tokens[draft.head].dep in SUBJECTS
        if mine == theirs and distance > 0:
            total += weights.parallel
        if distance == 0 and self._governs(draft, token):
            total += weights.governs
        spoken, told = token.i in self.quotations, draft.head in self.quotations
        if spoken != told:
            total -= weights.quoted if told else 0.0
        elif spoken and self.quotations.speaker(token.i) == self.quotations.speaker(draft.head):
            total += weights.same_quotation
        if not spoken and self.is_sayer(token) and self.says(draft) and not told:
            total += weights.speaker
        if gender is not None:
            total += self._gendered(draft, gender)
        if many:
            total += self._number(draft)
        if gender is None and self.called.get(entity(draft), many) != many:
            total -= weights.renumbered
        return total

    def _role(self, draft: Draft) -> float:
        weights = self.weights
        token = self.scene.tokens[draft.head]
        while token.dep == "conj" and token.head < token.i:
            token = self.scene.tokens[token.head]
        if token.dep in SUBJECTS:
            above = self.scene.tokens[token.head]
            return weights.subject - (weights.embedded if above.dep in ("relcl", "advcl", "acl", "ccomp") else 0.0)
        if token.dep == "ROOT":
            return weights.subject
        if token.dep in ("dobj", "dative", "attr", "appos"):
            return weights.object
        if token.dep == "pobj":
            above = self.scene.tokens[token.head]
            return weights.agent if above.dep == "agent" else weights.oblique
        return weights.oblique if token.dep == "poss" else 0.0

    def _governs(self, draft: Draft, token: Token) -> bool:
        """Whether a mention is the subject of a clause around the pronoun's own, or of its own for a possessive."""
        subject = self.scene.tokens[draft.head]
        while subject.dep == "conj" and subject.head < subject.i:
            subject = self.scene.tokens[subject.head]
        if subject.dep not in SUBJECTS:
            return False
        return any(above.i == subject.head for above in self.scene.syntax.ancestors(token.i))

    def _gendered(self, draft: Draft, gender: Gender) -> float:
        known = self._told_gender(draft)
        if known is not None:
            return self.weights.gender if known == gender else -self.weights.gender
        first = root(draft)
        if first.generic:
            return -self.weights.unnamed
        likely = self._likely_gender(draft)
        if likely is not None:
            return self.weights.given_name if likely == gender else -self.weights.given_name
        if gender == "female" and first.sector in ("MIL", "REB", "UAF", "PRM", "CRM"):
            return -self.weights.unlikely  # who fights is seldom a woman, in all countries' forces
        return -self.weights.unlikely / 2 if gender == "female" else 0.0

    def _number(self, draft: Draft) -> float:
        first = root(draft)
        if self.called.get(entity(draft)) is False:
            return 0.0
        if (
            first.plural
            or first.noun in CROWDS
            or first.kind in ("people", "force")
            or (first.kind == "group" and first.name.endswith("s"))
        ):
            return self.weights.plural
        return self.weights.collective if first.kind in ("group", "organisation", "media") else 0.0

    # Who speaks

    def says(self, draft: Draft) -> bool:
        token = self.scene.tokens[draft.head]
        if token.dep == "nsubj":
            return self.scene.words.is_verb(self.scene.tokens[token.head], self.scene.words.say)
        if token.dep == "pobj":
            chain = [above.text.lower() for above in self.scene.syntax.ancestors(token.i)][:5]
            return "according" in chain
        return False

    def is_sayer(self, token: Token) -> bool:
        return token.dep == "nsubj" and self.scene.words.is_verb(self.scene.tokens[token.head], self.scene.words.say)

    def is_subject(self, draft: Draft) -> bool:
        token = self.scene.tokens[draft.head]
        while token.dep == "conj" and token.head < token.i:
            token = self.scene.tokens[token.head]
        above = self.scene.tokens[token.head]
        return token.dep in SUBJECTS or (token.dep == "pobj" and above.dep == "agent")
