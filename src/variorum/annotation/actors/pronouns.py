"""Whom pronouns mean: by rule where syntax tells it, else by salience; what is told of no actor stays out."""

from __future__ import annotations

from variorum.records import Token

from .discourse import Discourse
from .drafts import Draft, Gender, Scene
from .entities import SUBJECTS, entity, root
from .pleonastic import emptiness

_HE: dict[str, Gender] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_PLACING = frozenset(
    {"in", "inside", "into", "on", "onto", "under", "over", "within", "near", "through", "across", "around"}
)
_PARTS = frozenset(
    {"most", "some", "many", "all", "few", "none", "several", "both", "half", "each", "one", "any", "dozens"}
)
_NOTHING = frozenset({"made", "moves", "takes"})  # constructions whose "it" is nobody, whoever stands near
_COUNTRY = frozenset({"country", "nation"})


class Pronouns:
    """Resolves the pronouns of one text, each after all before it."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.scene = discourse.scene
        self.salience = discourse.salience

    def possessor(self, token: Token) -> Draft | None:
        """Whom "his", "her", "its" or "their" means."""
        word = token.text.lower()
        if word in _HE:
            return self.salience.person(token, _HE[word])
        return self._thing(token) if word == "its" else self._many(token) if word == "their" else None

    def resolve(self, token: Token) -> None:
        word = token.text.lower()
        if not self.scene.options.pronouns:
            return
        if token.tag in ("WP", "WDT", "WP$"):
            chosen = self._relative(token)
        elif is_of_two(self.scene, token):
            chosen = self._of_two(token)
        elif word in _REFLEXIVE:
            chosen = self._reflexive(token)
        elif word in _HE:
            chosen = self.salience.person(token, _HE[word])
        elif word in _IT:
            chosen = self._thing(token)
        elif word in _THEY:
            chosen = self._many(token)
        else:
            chosen = self._country(token)
        if chosen is None:
            return
        if word in _HE:
            if (first := root(chosen)).kind != "person":
                first.kind = "person"
            self.salience.gender.setdefault(entity(chosen), _HE[word])
        elif word in _IT or word in _THEY:
            self.salience.called[entity(chosen)] = word in _THEY
        draft = Draft(token.i, token.i, token.i, "pronoun", "", "")
        self.discourse.tie(draft, chosen)
        self.scene.add(draft)
        self.discourse.settle(draft)

    def _of_two(self, token: Token) -> Draft | None:
        """ "the former", "the latter": the first and the last of the two of a kind that were told of last."""
        before = [d for d in self.discourse.recent(token.i, scope=2) if d.last < token.i]
        if token.text.lower() == "latter" and (former := self._said_former(token)) is not None:
            before = [d for d in before if d.head < former]
        for draft in reversed(before):
            person = root(draft).kind == "person"
            others = [d for d in before if (root(d).kind == "person") == person and entity(d) != entity(draft)]
            others = [d for d in others if root(d).generic == root(draft).generic and d.head < draft.head]
            if others:
                return others[-1] if token.text.lower() == "former" else draft
        return None

    def _said_former(self, token: Token) -> int | None:
        """Where "the former" stands in the same sentence before it."""
        low, _ = self.scene.bounds(token.i)
        return next((t.i for t in self.scene.tokens[low : token.i] if is_of_two(self.scene, t)), None)

    def _relative(self, token: Token) -> Draft | None:
        """ "who", "which": the noun that the relative clause hangs on, or whom that noun is told of."""
        scene, word = self.scene, token.text.lower()
        noun = -1
        for above in scene.syntax.ancestors(token.i):
            if above.dep == "relcl" and scene.syntax.subtree_tokens(above.i).start >= token.i - 3:
                noun = above.head
                break
        if noun < 0 and (word == "that" or scene.tokens[token.i - 1].text != ","):
            return None
        noun = noun if noun >= 0 else max(0, token.i - 2)
        for _ in range(4):
            found = self.salience.mention(noun)
            if found is not None and found.head < token.i and self._related(found, word):
                return None if root(found).kind == "thing" else self.salience.apposed(found) or found
            above = scene.tokens[noun]
            if word in ("which", "that") or above.dep not in ("pobj", "prep", "appos", "compound", "conj", "poss"):
                break
            noun = above.head
        before = [d for d in self.discourse.past if d.last in (token.i - 1, token.i - 2) and self._related(d, word)]
        return before[-1] if before and word != "that" else None

    def _related(self, draft: Draft, word: str) -> bool:
        kind = root(draft).kind
        if word in ("who", "whom"):
            return kind in ("person", "people", "force", "group") and (kind != "group" or draft.plural)
        return word != "which" or kind not in ("person", "people")

    def _reflexive(self, token: Token) -> Draft | None:
        """ "himself": the noun right before it, else the subject of the nearest clause that agrees."""
        word = token.text.lower()
        beside = self.salience.mention(token.i - 1) if token.i else None
        if beside is not None and self._agrees(beside, word) and beside.last == token.i - 1:
            return beside
        for above in self.scene.syntax.ancestors(token.i):
            for subject in self.scene.syntax.children(above.i, *SUBJECTS):
                found = self.salience.mention(subject.i)
                if found is not None and subject.i < token.i and self._agrees(found, word):
                    return None if root(found).kind == "thing" else found
        return None

    def _agrees(self, draft: Draft, word: str) -> bool:
        first = root(draft)
        if word in _HE:
            known = self.salience.gender.get(entity(draft)) or first.gender
            return first.kind == "person" and not first.plural and known in (None, _HE[word])
        return self.salience.several(draft) if word in _THEY else self.salience.singular(draft)

    def _thing(self, token: Token) -> Draft | None:
        """ "it": the body, group or state that is meant, unless it stands for nothing or for a thing."""
        return None if emptiness(self.scene, token) in _NOTHING else self.salience.thing(token)

    def _many(self, token: Token) -> Draft | None:
        return self.salience.many(token, self._of_several(token))

    def _of_several(self, token: Token) -> bool:
        """Whether "them" are told apart, so that they are many by name: "most of them", "two of them"."""
        above = self.scene.tokens[token.head]
        if token.dep != "pobj" or above.text.lower() != "of":
            return False
        part = self.scene.tokens[above.head]
        return part.tag == "CD" or part.text.lower() in _PARTS

    def _country(self, token: Token) -> Draft | None:
        """ "the country" as one who acts: the state that is subject before it in the sentence, else that of the one who
        speaks, else the one that "it" would mean."""
        low, _ = self.scene.bounds(token.i)
        inside = self.discourse.subjects(low, token.i)
        states = [d for d in inside if d.kind == "state"]
        if states:
            return states[-1]
        speakers = {d.country for d in inside if d.country is not None}
        if len(speakers) == 1:
            own = [d for d in self.discourse.past if d.kind == "state" and d.country in speakers]
            if own:
                return own[-1]
        near = [d for d in self.salience.before(token, self.scene.options.reach) if root(d).kind == "state"]
        acting = [d for d in near if not root(d).silent]
        return self.salience.ranking.best(token, "it", acting or near)

    # What the rules ask


def is_country(scene: Scene, token: Token) -> bool:
    """Whether a token is the noun of a bare "the country" that acts."""
    if token.text.lower() not in _COUNTRY or token.dep not in ("nsubj", "nsubjpass") or token.i == 0:
        return False
    return scene.tokens[token.i - 1].text.lower() == "the"


def is_of_two(scene: Scene, token: Token) -> bool:
    """Whether a token is a "former" or "latter" that stands for a noun."""
    if token.text.lower() not in ("former", "latter") or token.i == 0:
        return False
    after = scene.tokens[token.i + 1] if token.i + 1 < len(scene.tokens) else None
    if scene.tokens[token.i - 1].text.lower() != "the" or (after is not None and after.tag[:2] in ("NN", "JJ", "CD")):
        return False
    return token.dep in (*SUBJECTS, "dobj", "dative", "pobj", "poss", "conj", "attr")


def is_pronoun(token: Token) -> bool:
    word = token.text.lower()
    if token.tag in ("PRP", "PRP$"):
        return word in _HE or word in _IT or word in _THEY
    if word in ("hers", "theirs"):  # whatever the model takes them for
        return True
    return token.tag in ("WP", "WDT", "WP$") and word in ("who", "which", "whom", "whose", "that")
