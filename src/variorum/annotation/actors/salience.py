"""Which of the mentions before it a pronoun means: agreement and binding rule out, salience chooses.

The factors are those of rule-based pronoun resolution (Lappin and Leass 1994, "An Algorithm for Pronominal Anaphora
Resolution"): recency, grammatical role, parallel roles, repetition, the subject of the clause above; and, for reports,
who speaks. The weights were set on the tune half of ``tests/gold/coreference``.
"""

from __future__ import annotations

from variorum.records import Token
from variorum.world.given_names import likely_gender

from .binding import Binding
from .cues import cues
from .drafts import Draft, Gender, Scene
from .entities import CROWDS, MANY, SINGLE, SUBJECTS, entity, root
from .options import Weights
from .quotations import Quotations
from .vocabulary import singular

_OUT_OF_TURN = 3  # sentences that a quotation may be settled after what stands behind it
_SENSES = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"), **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"), **dict.fromkeys(("they", "them", "their", "themselves"), "they"),
}  # fmt: skip


class Salience:
    """Chooses among mentions. `mentions` are those resolved so far, pronouns among them, in any order."""

    def __init__(self, scene: Scene, quotations: Quotations) -> None:
        self.scene = scene
        self.quotations = quotations
        self.binding = Binding(scene, self)
        self.weights = Weights()
        self.mentions: list[Draft] = []
        self.at: dict[int, Draft] = {}  # by head token
        self.gender: dict[str | int, Gender] = {}
        self.count: dict[str | int, int] = {}
        self._owned: dict[int, set[str | int]] = {}
        self._last: dict[int, int | None] = {}
        self.said_of: dict[str | int, frozenset[str]] = {}  # the nouns that were said of each actor
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
        chosen = self._whose(chosen, allowed)
        if chosen is None or self._told_gender(chosen) is not None:
            return chosen
        if self._likely_gender(chosen) == gender:
            return chosen
        peers = {entity(d) for d in allowed if self._joined(d, chosen) and self._told_gender(d) is None}
        return None if peers else chosen  # "Kofi and Ama met. … he left": either

    def _whose(self, chosen: Draft | None, allowed: list[Draft]) -> Draft | None:
        """ "Adan's brother said he": who is only named as somebody's is told of for that one's sake."""
        if chosen is None or not root(chosen).generic or chosen.kind == "pronoun":
            return chosen
        owner = self.scene.syntax.child(chosen.head, "poss")
        whose = self.mention(owner.i) if owner is not None else None
        return whose if whose is not None and any(d is whose for d in allowed) else chosen

    def _owners(self, token: Token) -> set[str | int]:
        """Whose the subjects are that a pronoun's clause hangs below: "his daughter said he was ill"."""
        if token.i in self._owned:
            return self._owned[token.i]
        found: set[str | int] = set()
        for above in self.scene.syntax.ancestors(token.i):
            for subject in self.scene.syntax.children(above.i, *SUBJECTS):
                owner = self.scene.syntax.child(subject.i, "poss") if subject.i < token.i else None
                whose = self.mention(owner.i) if owner is not None and owner.i < token.i else None
                if owner is not None and (whose is None or whose.head == subject.i):
                    whose = self._holder(owner)
                if whose is not None:
                    found.add(entity(whose))
        self._owned[token.i] = found
        return found

    def _holder(self, office: Token) -> Draft | None:
        """Who holds the office that only stands before "'s office": "the president's office said he was well"."""
        noun = office.text.lower()
        for draft in reversed(self.mentions):
            if (
                draft.last < office.i
                and draft.kind == "person"
                and noun in self.said_of.get(entity(draft), frozenset())
            ):
                return draft
        return None

    def gender_of(self, draft: Draft) -> Gender | None:
        """The gender that the text tells of a person, else that of most who bear the given name."""
        return self._told_gender(draft) or self._likely_gender(draft)

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

    def many(self, token: Token, counted: bool = False) -> Draft | None:
        """Whom "they" means; where they are `counted`, people and not a body."""
        allowed = [d for d in self.before(token, 3) if self.several(d)]
        if counted:
            many = [d for d in allowed if root(d).plural and root(d).generic]
            allowed = many or [d for d in allowed if root(d).noun in CROWDS] or allowed
        # None that was "it" just now; in what is quoted others choose the words.
        fresh = [d for d in allowed if token.i in self.quotations or self.called.get(entity(d)) is not False]
        return self.best(token, fresh or allowed, many=True)

    def before(self, token: Token, reach: int) -> list[Draft]:
        """The mentions before a token, at most `reach` sentences back, but for those that binding rules out."""
        sentence = self.scene.sentence
        barred = self.binding.barred(token)
        found: list[Draft] = []
        for draft in reversed(self.mentions):
            away = sentence[token.i] - sentence[draft.head]
            if away > reach + _OUT_OF_TURN:
                break
            if away > reach or draft.last >= token.i or entity(draft) in barred:
                continue
            if self.apposed(draft) is None and not self._denied(draft):
                found.append(draft)
        return found[::-1]

    def _denied(self, draft: Draft) -> bool:
        """Whether a mention says that there is nobody: "has no army"."""
        article = self.scene.syntax.child(draft.head, "det")
        return draft.kind != "pronoun" and article is not None and article.text.lower() == "no"

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

    # Salience

    def score(self, token: Token, draft: Draft, gender: Gender | None, many: bool) -> float:
        """How much speaks for a mention as the one whom a pronoun means. `gender` is that of a personal pronoun, `many`
        whether it is a plural."""
        total = self._by_place(token, draft) + self._by_speech(token, draft)
        if gender is not None:
            total += self._gendered(draft, gender)
            total += self.weights.owner if entity(draft) in self._owners(token) else 0.0
            return total
        if many:
            total += self._number(draft)
        if token.tag == "PRP$":
            total += self.weights.affinity * self._affinity(self.scene.tokens[token.head], draft)
        apart = (token.i in self.quotations) != (draft.head in self.quotations)
        if self.called.get(entity(draft), many) != many and self._distance(token, draft) > 0 and not (many and apart):
            total -= self.weights.renumbered
        return total

    def _distance(self, token: Token, draft: Draft) -> int:
        return self.scene.sentence[token.i] - self.scene.sentence[draft.head]

    def _by_place(self, token: Token, draft: Draft) -> float:
        """What nearness, role and clause tell."""
        weights, distance = self.weights, self._distance(token, draft)
        total = -weights.sentence * distance - weights.token * min(token.i - draft.head, 40)
        total += self._role(draft) + min(self.count.get(entity(draft), 1), 5) * weights.repeated
        if distance > 0:
            same = (token.dep in SUBJECTS) == (self.placed(draft).dep in SUBJECTS)
            return total + (weights.parallel if same else 0.0)
        if self._governs(draft, token):
            total += weights.governs
        if self._addressed(draft, token):
            total += weights.addressed
        if self._beside_clause(draft, token):
            total += weights.clause
        if (last := self._chained(token, draft)) is not None:
            total += weights.chain + (weights.same_word if last == token.text.lower() else 0.0)
        return total

    def _by_speech(self, token: Token, draft: Draft) -> float:
        """What quotations and verbs of saying tell."""
        weights, total = self.weights, 0.0
        spoken, told = token.i in self.quotations, draft.head in self.quotations
        if spoken != told:
            total -= weights.quoted if told else 0.0
        elif spoken and self.quotations.speaker(token.i) == self.quotations.speaker(draft.head):
            total += weights.same_quotation
        if self.says(draft):
            if not self.is_sayer(token):
                total -= weights.closing if self._closes(draft) else weights.reporting
            elif not spoken and not told:
                total += weights.speaker
        if self._distance(token, draft) == 1 and self._answers(token) and self.is_main_subject(draft):
            total -= weights.answer
        return total

    def _answers(self, token: Token) -> bool:
        return token.dep in SUBJECTS and self.scene.tokens[token.head].lemma.lower() in cues().answers

    def _closes(self, draft: Draft) -> bool:
        """Whether a sentence only ends with who says it: "…, survivors said"."""
        token = self.placed(draft)
        return any(child.i < token.i for child in self.scene.syntax.children(token.head, "ccomp"))

    def _affinity(self, noun: Token, draft: Draft) -> float:
        word, kind = singular(noun.text.lower()), root(draft).kind
        if word in cues().of_groups:
            return 1.0 if kind in ("group", "organisation", "force") else 0.0
        if word in cues().of_states:
            return 1.0 if kind == "state" else 0.0
        return 0.0

    def _chained(self, token: Token, draft: Draft) -> str | None:
        """The pronoun of this sense that stands last before it in its sentence, if it means that actor."""
        last = self._last.get(token.i, -1)
        if last == -1:
            last = self._last[token.i] = self._same_sense(token)
        found = self.at.get(last) if last is not None else None
        same = last is not None and found is not None and entity(found) == entity(draft)
        return self.scene.tokens[last].text.lower() if same and last is not None else None

    def _same_sense(self, token: Token) -> int | None:
        """The last token before a pronoun in its sentence that is one of its sense ("he", "him", "his")."""
        sense = _SENSES.get(token.text.lower())
        low, _ = self.scene.bounds(token.i)
        before = range(token.i - 1, low - 1, -1)
        return next((i for i in before if _SENSES.get(self.scene.tokens[i].text.lower()) == sense), None)

    def placed(self, draft: Draft) -> Token:
        """The token by which a mention stands in its clause: a name is where what it explains is, all of a list where
        its first."""
        token = self.scene.tokens[draft.head]
        while token.dep in ("conj", "appos") and token.head < token.i:
            token = self.scene.tokens[token.head]
        return token

    def _role(self, draft: Draft) -> float:
        weights, token = self.weights, self.placed(draft)
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
        subject = self.placed(draft)
        if subject.dep not in SUBJECTS:
            return False
        return any(above.i == subject.head for above in self.scene.syntax.ancestors(token.i))

    def _addressed(self, draft: Draft, token: Token) -> bool:
        """Whether a mention is who is asked or warned of what the pronoun's clause tells: "asked her what she knew"."""
        place = self.placed(draft)
        if place.dep not in ("dobj", "dative"):
            return False
        verb = self.scene.tokens[place.head]
        if verb.lemma.lower() not in cues().addresses:
            return False
        return token.head != verb.i and any(above.i == verb.i for above in self.scene.syntax.ancestors(token.i))

    def _beside_clause(self, draft: Draft, token: Token) -> bool:
        """Whether a mention is an object of a verb that the pronoun's is joined to: "saw Amina and took her bag"."""
        tokens = self.scene.tokens
        above = tokens[draft.head]
        if above.dep not in ("dobj", "dative", "pobj") or token.dep in SUBJECTS:
            return False
        verb = tokens[above.head]
        verb = tokens[verb.head] if above.dep == "pobj" else verb
        own = next((t for t in self.scene.syntax.ancestors(token.i) if t.pos in ("VERB", "AUX")), None)
        return own is not None and own.i != verb.i and own.dep == "conj" and own.head == verb.i

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
        return self.weights.collective if first.kind in ("group", "organisation", "media") else -self.weights.lone

    # Who speaks

    def says(self, draft: Draft) -> bool:
        """Whether a mention is who says something, or according to whom it is."""
        token = self.placed(draft)
        if token.dep == "pobj":
            chain = [above.text.lower() for above in self.scene.syntax.ancestors(token.i)][:5]
            return "according" in chain
        return self.is_sayer(token)

    def is_sayer(self, token: Token) -> bool:
        """Whether a token is the subject of a verb of saying."""
        return token.dep == "nsubj" and self.scene.words.is_verb(self.scene.tokens[token.head], self.scene.words.say)

    def is_main_subject(self, draft: Draft) -> bool:
        """Whether a mention is the subject of its sentence."""
        token = self.placed(draft)
        return token.dep in SUBJECTS and self.scene.tokens[token.head].dep == "ROOT"

    def is_subject(self, draft: Draft) -> bool:
        """Whether a mention is a subject, or the agent of a passive."""
        token = self.placed(draft)
        return token.dep in SUBJECTS or (token.dep == "pobj" and self.scene.tokens[token.head].dep == "agent")
