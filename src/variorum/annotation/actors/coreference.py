"""Who "it", "he", "the ministry" and "its" are: by rule, in text order; what no rule settles stays out."""

from __future__ import annotations

from variorum.records import Token

from .acronyms import tie_acronyms
from .definites import COUNTRIES, DIPLOMATS, Descriptions, fits
from .drafts import Draft, Gender, Scene
from .nominals import name_draft
from .pleonastic import is_empty
from .quotations import Quotations
from .salience import SUBJECTS, Salience, entity, root
from .vocabulary import singular

_HE: dict[str, Gender] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_COUNTRY = frozenset({"country", "nation"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_ENOUGH = 0.9  # what a definite phrase and an earlier mention must have in common


def resolve(scene: Scene) -> None:
    """Tie pronouns and bare definites to the mentions before them, in text order; "its ministry" gets its country."""
    tie_acronyms(scene)
    Resolver(scene).run()


class Resolver:
    """One pass over a text. `past` are the mentions that later ones may mean, no pronouns among them.

    What is quoted is settled after who speaks it, where that is told behind the quotation: "'He fled,' she said."
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.past: list[Draft] = []
        self.quoted = Quotations(scene)
        self.salience = Salience(scene, self.quoted)
        self.told = Descriptions(scene)
        self.said_of: dict[str | int, frozenset[str]] = {}

    def run(self) -> None:
        scene = self.scene
        steps: list[tuple[tuple[int, int, int], Draft | Token]] = [
            (self._turn(draft.first), draft) for draft in scene.drafts
        ]
        for token in scene.tokens:
            if self._spanned(token.i):
                continue
            if _is_pronoun(token) or _is_country(scene, token) or self._repeats(token):
                steps.append((self._turn(token.i), token))
        for _, step in sorted(steps, key=lambda item: item[0]):
            if isinstance(step, Draft):
                self._owned(step)
                self._definite(step)
                self._settled(step)
            elif _is_pronoun(step) or _is_country(scene, step):
                self._pronoun(step)
            else:
                self._noun(step)

    def _spanned(self, i: int) -> bool:
        """Whether a token stands inside a mention; what only explains one ("…, the party's leader,") does not."""
        draft = self.scene.claimed.get(i)
        return draft is not None and draft.first <= i <= draft.last

    def _turn(self, i: int) -> tuple[int, int, int]:
        speaker = self.quoted.speaker(i)
        return (speaker, 1, i) if speaker is not None and speaker > i else (i, 0, i)

    def _settled(self, draft: Draft) -> None:
        if draft.kind != "pronoun":
            self.past.append(draft)
        self.salience.add(draft)
        who = entity(draft)
        gender = draft.gender or root(draft).gender
        if gender is not None:
            self.salience.gender.setdefault(who, gender)
        if draft.kind != "pronoun":
            self.said_of[who] = self.said_of.get(who, frozenset()) | self.told.of(draft)

    # Definites

    def _owned(self, draft: Draft) -> None:
        """ "its Ministry of Foreign Affairs": the country is that of the one whom "its" means."""
        phrase = draft.phrase
        if phrase is None or phrase.possessive is None or phrase.state is not None or draft.country is not None:
            return
        token = self.scene.tokens[phrase.possessive]
        owner = self._owner(token)
        state = self.scene.lexicon.states.by_iso3(owner.country) if owner is not None else None
        if state is None or owner is None:
            return
        if owner.kind in ("state", "body", "force", "person"):
            if draft.kind == "person" and not draft.generic:
                draft.country = state.iso3
            else:
                name_draft(self.scene, draft, phrase, state)
            draft.because("possessive", note=owner.name)

    def _owner(self, token: Token) -> Draft | None:
        low, high = self.scene.bounds(token.i)
        if token.text.lower() == "its" and not self._subjects(low, token.i):
            # A fronted phrase points ahead: "According to its ministry, Kenya …".
            subject = next((t for t in self.scene.tokens[token.i : high + 1] if t.dep in SUBJECTS), None)
            ahead = [d for d in self.scene.drafts if subject is not None and d.head == subject.i and d.kind == "state"]
            if ahead:
                return ahead[0]
        return self._possessor(token)

    def _possessor(self, token: Token) -> Draft | None:
        word = token.text.lower()
        if word in _HE:
            return self.salience.person(token, _HE[word])
        return self._thing(token) if word == "its" else self._many(token) if word == "their" else None

    def _definite(self, draft: Draft) -> None:
        """ "the ministry", "the group", "the exile group": the mention before it that such words fit best."""
        phrase = draft.phrase
        if phrase is None or draft.link is not None or phrase.possessive is not None:
            return
        tokens = self.scene.tokens
        article = tokens[draft.first - 1].text.lower() if draft.first else ""
        ministry = phrase.portfolio is not None and phrase.state is None and draft.country is None
        named = draft.kind == "person" and not draft.generic
        bare = article in _DEFINITE and phrase.state is None and phrase.owner is None and not named
        if (bare and phrase.country is None and not self._told_apart(draft)) or (ministry and not named):
            self._means(draft)
            if draft.link is None and not draft.plural:
                self._of_the_last(draft)
            return
        self._office_holder(draft)
        if named:
            self._of_the_last(draft)

    def _told_apart(self, draft: Draft) -> bool:
        """Whether words behind the noun say which one: "the commander of the base", "the men who fled"."""
        scene = self.scene
        token = scene.tokens[draft.head]
        if token.dep == "attr" and scene.tokens[token.head].lemma == "be":
            return True
        for child in scene.syntax.children(draft.head, "prep", "acl", "relcl"):
            comma = scene.tokens[child.i - 1].text == "," or any(
                scene.tokens[i].text == "," for i in range(draft.last + 1, child.i)
            )
            if (
                child.i > draft.last
                and not comma
                and child.text.lower() in ("of", "for", "from") + ((child.text.lower(),) if child.dep != "prep" else ())
            ):
                return True
        return False

    def _means(self, draft: Draft, known: bool = True) -> None:
        """Tie a definite phrase to the mention that it fits best; a noun not `known` fits only one named by it."""
        scope = [d for d in self._recent(draft.first, scope=12) if d.last < draft.first]
        best: tuple[float, int, Draft] | None = None
        sentence = self.scene.sentence
        noun = draft.noun.rpartition(" ")[2]
        for other in scope:
            told = self.said_of.get(entity(other), frozenset())
            fit = fits(self.scene, draft, other, told)
            if fit <= 0 or (not known and fit < 3):
                continue
            score = fit - 0.12 * (sentence[draft.head] - sentence[other.head])
            score += 0.3 * self.salience.is_subject(other)
            if noun in ("ministry", "department", "minister"):
                score += 0.5 * self.salience.says(other)
            if score >= _ENOUGH and (best is None or (score, other.head) >= best[:2]):
                best = (score, other.head, other)
        if best is not None:
            self._tie(draft, best[2])

    def _repeats(self, token: Token) -> bool:
        """Whether a noun that the vocabulary lacks stands as a bare definite: "the panel", "the don"."""
        if token.tag not in ("NN", "NNS") or token.i == 0 or token.dep in ("compound", "nmod", "amod"):
            return False
        article = self.scene.syntax.child(token.i, "det")
        return article is not None and article.i < token.i and article.text.lower() in _DEFINITE

    def _noun(self, token: Token) -> None:
        """ "the panel" after "a UN panel"; "the party's" before a role: nouns that no step before took for an actor."""
        noun = self.scene.words.noun(token.text)
        draft = Draft(token.i, token.i, token.i, "pronoun", "", "", noun=singular(token.text.lower()))
        draft.plural = token.tag in ("NNS", "NNPS")
        if noun is not None:
            draft.kind = "person" if noun.kind == "people" and not draft.plural else noun.kind
            draft.sectors = (noun.sector,)
        if self._told_apart(draft):
            return
        country = draft.noun in COUNTRIES and self._acts_as_state(token)
        self._means(draft, known=noun is not None or country)
        if draft.link is not None:
            self.scene.add(draft)
            self._settled(draft)

    def _acts_as_state(self, token: Token) -> bool:
        """Whether "the country", "the kingdom" is one who acts or is acted on, no place."""
        if token.dep == "pobj":
            return self.scene.tokens[token.head].text.lower() in ("by", "with", "against", "to", "for")
        return token.dep in (*SUBJECTS, "dobj", "dative", "poss")

    def _office_holder(self, draft: Draft) -> None:
        """ "the Colombian president" after a name: the person of that country who was given that office."""
        phrase = draft.phrase
        if phrase is None or phrase.state is None or draft.kind != "person" or draft.plural or draft.link is not None:
            return
        if phrase.noun.kind != "people" or draft.name == "" or not draft.noun or phrase.past:
            return
        named = [d for d in self._recent(draft.first, scope=12) if d.kind == "person" and not d.generic and d.title]
        fits = [d for d in named if d.country == draft.country and draft.noun in (d.title or "").lower()]
        if fits and len({d.key for d in fits}) == 1:
            self._tie(draft, fits[-1])

    def _of_the_last(self, draft: Draft) -> None:
        """ "the Foreign Ministry", "the military": of the state whose organs alone act in the last sentence."""
        phrase = draft.phrase
        if phrase is None or draft.country is not None or draft.sector not in _OF_STATE:
            return
        if draft.noun in DIPLOMATS:
            return
        sentence = self.scene.sentence
        acted = [d for d in self._recent(draft.first, scope=3) if d.country and d.sector in _OF_STATE]
        acted = [d for d in acted if self.salience.is_subject(d) and d.head not in self.quoted]
        nearest = [d.country for d in acted if sentence[d.head] == sentence[acted[-1].head]]
        state = self.scene.lexicon.states.by_iso3(nearest[0]) if len(set(nearest)) == 1 else None
        if state is None:
            return
        if draft.kind == "person" and not draft.generic:
            draft.country = state.iso3
        else:
            name_draft(self.scene, draft, phrase, state)
        draft.because("state of the organs before", 0.5, state.name)

    # Pronouns

    def _pronoun(self, token: Token) -> None:
        word = token.text.lower()
        if not self.scene.options.pronouns:
            return
        if token.tag in ("WP", "WDT", "WP$"):
            chosen = self._relative(token)
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
            self.salience.gender.setdefault(entity(chosen), _HE[word])
        elif word in _IT or word in _THEY:
            self.salience.called[entity(chosen)] = word in _THEY
        draft = Draft(token.i, token.i, token.i, "pronoun", "", "")
        self._tie(draft, chosen)
        self.scene.add(draft)
        self.salience.add(draft)

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
                return self.salience.apposed(found) or found
            above = scene.tokens[noun]
            if word in ("which", "that") or above.dep not in ("pobj", "prep", "appos", "compound", "conj", "poss"):
                break
            noun = above.head
        before = [d for d in self.past if d.last in (token.i - 1, token.i - 2) and self._related(d, word)]
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
                    return found
        return None

    def _agrees(self, draft: Draft, word: str) -> bool:
        first = root(draft)
        if word in _HE:
            known = self.salience.gender.get(entity(draft)) or first.gender
            return first.kind == "person" and not first.plural and known in (None, _HE[word])
        return self.salience.several(draft) if word in _THEY else self.salience.singular(draft)

    def _thing(self, token: Token) -> Draft | None:
        """ "it": the body, group or state that salience chooses, unless it stands for nothing or for a thing."""
        above = self.scene.tokens[token.head]
        if is_empty(self.scene, token):
            return None
        if token.dep == "dobj" and not self.scene.words.is_verb(above, self.scene.words.deal):
            return None  # "signed it", "denied it": mostly no actor
        chosen = self.salience.thing(token)
        return None if chosen is None or self._outdone(token, chosen) else chosen

    def _many(self, token: Token) -> Draft | None:
        if token.dep == "nsubjpass":  # what befalls "them" befell the object before: "arrested two men. They were held"
            before = self.salience.before(token, 1)
            near = [d for d in before if self.scene.sentence[d.head] < self.scene.sentence[token.i]]
            objects = [d for d in near if root(d).plural and self.scene.tokens[d.head].dep in ("dobj", "nsubjpass")]
            if objects:
                return objects[-1]
        chosen = self.salience.many(token)
        return None if chosen is None or self._outdone(token, chosen) else chosen

    def _outdone(self, token: Token, chosen: Draft) -> bool:
        """Whether a thing that is no actor is likelier meant than the actor chosen."""
        scene = self.scene
        many = token.text.lower() in _THEY
        above = scene.tokens[token.head]
        if token.dep in SUBJECTS and scene.words.is_verb(above, scene.words.say):
            return False
        if token.dep in ("dobj", "dative") and scene.words.is_verb(above, scene.words.deal):
            return False
        best = self.salience.score(token, chosen, None, many) + self.salience.weights.acting
        low = scene.bounds(scene.bounds(token.i)[0] - 1)[0] if scene.bounds(token.i)[0] else 0
        for i in range(low, token.i):
            rival = scene.tokens[i]
            if (
                rival.tag != ("NNS" if many else "NN")
                or i in scene.claimed
                or i in scene.entity
                or rival.i == token.head
            ):
                continue
            if token.tag == "PRP$" and rival.dep not in SUBJECTS:
                continue
            if rival.dep not in ("dobj", "nsubjpass", "nsubj", "pobj") or scene.syntax.child(i, "det", "poss") is None:
                continue
            if rival.head == token.head:
                continue
            thing = Draft(i, i, i, "body", "", "", generic=True, plural=many)
            if self.salience.score(token, thing, None, many) > best:
                return True
        return False

    def _country(self, token: Token) -> Draft | None:
        """ "the country" as one who acts: the state that is subject before it in the sentence, else of the sentence
        before, else that of the one who speaks."""
        low, _ = self.scene.bounds(token.i)
        inside = self._subjects(low, token.i)
        states = [d for d in inside if d.kind == "state"]
        if states:
            return states[-1]
        speakers = {d.country for d in inside if d.country is not None}
        before = [d for d in self._recent(token.i, scope=2) if d.kind == "state" and self.salience.is_subject(d)]
        if len(speakers) == 1:
            before = [d for d in self.past if d.kind == "state" and d.country in speakers]
        return before[-1] if before and (speakers or len({d.key for d in before}) == 1) else None

    # What the rules ask

    def _recent(self, i: int, scope: int | None = None) -> list[Draft]:
        sentence = self.scene.sentence
        reach = self.scene.options.reach if scope is None else scope
        found: list[Draft] = []
        for draft in reversed(self.past):
            if sentence[i] - sentence[draft.head] > reach:
                break
            if draft.head < i:
                found.append(draft)
        return found[::-1]

    def _subjects(self, low: int, i: int) -> list[Draft]:
        """Mentions between tokens `low` and `i` that are subjects, pronouns resolved."""
        found = [d for d in self.scene.drafts if low <= d.head < i and self.salience.is_subject(d)]
        return sorted(
            (d.link if d.kind == "pronoun" and d.link is not None else d for d in found), key=lambda d: d.head
        )

    def _tie(self, draft: Draft, chosen: Draft) -> None:
        while chosen.kind == "pronoun" and chosen.link is not None:
            chosen = chosen.link
        draft.link = chosen
        draft.name, draft.slug, draft.country = chosen.name, chosen.slug, chosen.country
        draft.sectors, draft.title, draft.gender = chosen.sectors, chosen.title, chosen.gender
        draft.generic = chosen.generic
        if draft.kind == "pronoun":
            draft.plural = chosen.plural
        else:
            draft.kind = chosen.kind
        draft.because("coreference", note=chosen.name)


def _is_country(scene: Scene, token: Token) -> bool:
    """Whether a token is the noun of a bare "the country" that acts."""
    if token.text.lower() not in _COUNTRY or token.dep not in ("nsubj", "nsubjpass") or token.i == 0:
        return False
    return scene.tokens[token.i - 1].text.lower() == "the"


def _is_pronoun(token: Token) -> bool:
    word = token.text.lower()
    if token.tag in ("PRP", "PRP$"):
        return word in _HE or word in _IT or word in _THEY
    return token.tag in ("WP", "WDT", "WP$") and word in ("who", "which", "whom", "whose", "that")
