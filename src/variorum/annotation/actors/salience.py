"""Which of the mentions before it a pronoun may mean: agreement and binding rule out, the ranking chooses."""

from __future__ import annotations

from variorum.records import Token
from variorum.world import given_names

from .binding import Binding
from .drafts import Draft, Gender, Scene
from .entities import CROWDS, MANY, SINGLE, SUBJECTS, entity, root
from .quotations import Quotations
from .ranking import Ranking

_THING = 1  # sentences back in which "it" may mean a thing
_OUT_OF_TURN = 3  # sentences that a quotation may be settled after what stands behind it


class Salience:
    """Chooses among mentions. `mentions` are those resolved so far, pronouns among them, in any order."""

    def __init__(self, scene: Scene, quotations: Quotations) -> None:
        self.scene = scene
        self.quotations = quotations
        self.binding = Binding(scene, self)
        self.ranking = Ranking(scene, self)
        self.mentions: list[Draft] = []
        self.topic: str | int | None = None  # whom the first sentence with an actor for a subject is about
        self.at: dict[int, Draft] = {}  # by head token
        self.gender: dict[str | int, Gender] = {}
        self.count: dict[str | int, int] = {}
        self._owned: dict[int, set[str | int]] = {}
        self.said_of: dict[str | int, frozenset[str]] = {}  # the nouns that were said of each actor
        self.called: dict[str | int, bool] = {}  # whether it was "they" last, or "it"

    def add(self, draft: Draft) -> None:
        self.at[draft.head] = draft
        if self._denied(draft):
            return
        self.mentions.append(draft)
        if self.topic is None and draft.kind != "thing" and self.is_main_subject(draft):
            self.topic = entity(draft)
        who = entity(draft)
        self.count[who] = self.count.get(who, 0) + 1

    def mention(self, i: int) -> Draft | None:
        """The resolved mention that token `i` is part of."""
        found = self.at.get(i)
        if found is None and (claimed := self.scene.claimed.get(i)) is not None:
            found = self.at.get(claimed.head)
        return found

    # Choice

    def person(self, token: Token, gender: Gender) -> Draft | None:
        allowed = [d for d in self.before(token, self.scene.options.reach) if self._human(d, gender)]
        allowed = [d for d in allowed if self.likely_gender(d) in (None, gender)] or allowed
        chosen = self.ranking.best(token, "he", allowed, gender)
        if chosen is None or self.told_gender(chosen) is not None:
            return chosen
        if self.likely_gender(chosen) == gender:
            return chosen
        peers = {entity(d) for d in allowed if self._joined(d, chosen) and self.told_gender(d) is None}
        return None if peers else chosen  # "Kofi and Ama met. … he left": either

    def owners(self, token: Token) -> set[str | int]:
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
        return self.told_gender(draft) or self.likely_gender(draft)

    def told_gender(self, draft: Draft) -> Gender | None:
        return self.gender.get(entity(draft)) or draft.gender or root(draft).gender

    def likely_gender(self, draft: Draft) -> Gender | None:
        first = root(draft)
        return None if first.generic else given_names.likely_gender(first.name, first.country)

    def _joined(self, one: Draft, other: Draft) -> bool:
        """Whether two mentions stand in one list."""
        a, b = self.scene.tokens[one.head], self.scene.tokens[other.head]
        return a.i != b.i and ((a.dep == "conj" and a.head == b.i) or (b.dep == "conj" and b.head == a.i))

    def thing(self, token: Token) -> Draft | None:
        return self.ranking.best(token, "it", [d for d in self.before(token, 3) if self.singular(d)])

    def many(self, token: Token, counted: bool = False) -> Draft | None:
        """Whom "they" means; where they are `counted`, people and not a body."""
        allowed = [d for d in self.before(token, 3) if self.several(d)]
        if counted:
            many = [d for d in allowed if root(d).plural and root(d).generic]
            allowed = many or [d for d in allowed if root(d).noun in CROWDS] or allowed
        return self.ranking.best(token, "they", allowed)

    def before(self, token: Token, reach: int) -> list[Draft]:
        """The mentions before a token, at most `reach` sentences back, but for those that binding rules out."""
        sentence, here = self.scene.sentence, self.scene.sentence[token.i]
        barred = self.binding.barred(token)
        found: list[Draft] = []
        for draft in reversed(self.mentions):
            away = here - sentence[draft.head]
            if away > reach + _OUT_OF_TURN:
                break
            if away > (_THING if draft.kind == "thing" else reach) or draft.last >= token.i:
                continue
            if (barred and entity(draft) in barred) or self.apposed(draft) is not None:
                continue
            found.append(draft)
        return found[::-1]

    def _denied(self, draft: Draft) -> bool:
        """Whether a mention says that there is nobody: "has no army"."""
        if draft.kind == "pronoun" or draft.first == 0 or self.scene.tokens[draft.first - 1].text.lower() != "no":
            return False
        article = self.scene.syntax.child(draft.head, "det")
        return article is not None and article.text.lower() == "no"

    def apposed(self, draft: Draft) -> Draft | None:
        """The named person whom an unnamed one is told to be: "a police officer, Lydia Nangolo,"."""
        if draft.kind != "person" or not draft.generic or draft.link is not None:
            return None
        for child in self.scene.syntax.children(draft.head, "appos"):
            named = self.mention(child.i)
            if named is not None and named is not draft and named.kind == "person" and not named.generic:
                return named
        return None

    # Agreement

    def _human(self, draft: Draft, gender: Gender) -> bool:
        first = root(draft)
        if first.kind != "person" and not self._perhaps_person(first):
            return False
        if first.plural or draft.plural or first.noun in CROWDS:
            return False
        return self.told_gender(draft) in (None, gender)

    def _perhaps_person(self, draft: Draft) -> bool:
        """Whether what the model took for a body has a given name in front, and nothing else tells what it is."""
        named = draft.kind in ("group", "organisation", "thing") and not draft.generic and not draft.sectors
        return named and given_names.likely_gender(draft.name) is not None

    def singular(self, draft: Draft) -> bool:
        first = root(draft)
        if first.kind == "thing" or first.noun in CROWDS:
            return not first.plural
        return first.kind in SINGLE and (not first.plural or first.kind == "force" or not first.generic)

    def several(self, draft: Draft) -> bool:
        first = root(draft)
        return first.plural or first.noun in CROWDS or first.kind in MANY

    # Place

    def placed(self, draft: Draft) -> Token:
        """The token by which a mention stands in its clause: a name is where what it explains is, all of a list where
        its first."""
        token = self.scene.tokens[draft.head]
        while token.dep in ("conj", "appos") and token.head < token.i:
            token = self.scene.tokens[token.head]
        return token

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
