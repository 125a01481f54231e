"""Who "it", "he", "the ministry" and "its" are: by rule, precision first; what no rule settles stays out."""

from __future__ import annotations

from variorum.records import Token

from .drafts import Draft, Scene
from .nominals import name_draft

_HE = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
_COUNTRY = frozenset({"country", "nation"})
_IT = frozenset({"it", "its"})
_THEY = frozenset({"they", "them", "their"})
_SINGLE = frozenset({"state", "body", "group", "organisation", "media", "force"})
_MANY = frozenset({"people", "force", "group", "state", "organisation", "body"})
_POSSESSIVE = frozenset({"its", "his", "her", "their"})
_EMPTY_IT = frozenset({"be", "seem", "appear", "rain", "happen", "become", "snow", "emerge", "turn", "follow", "mean"})
_GROUPS = frozenset(
    {"group", "organisation", "organization", "movement", "militia", "faction", "outfit", "network", "gang"}
)
_DIPLOMATS = frozenset({"envoy", "ambassador", "diplomat", "commissioner", "consul"})
_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
_OFFICERS = frozenset(
    {"minister", "president", "leader", "official", "spokesman", "spokeswoman", "spokesperson", "general", "commander",
     "chief", "governor", "ambassador", "diplomat", "envoy", "premier", "chancellor", "mayor", "secretary", "king"}
)  # fmt: skip


def resolve(scene: Scene) -> None:
    """Tie pronouns and bare definites to the mentions before them, in text order; "its ministry" gets its country."""
    Resolver(scene).run()


class Resolver:
    """One pass over a text. `past` are the mentions that later ones may mean, in text order, no pronouns among them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.past: list[Draft] = []
        self.quoted = _quoted(scene)

    def run(self) -> None:
        scene = self.scene
        waiting = sorted(scene.drafts, key=lambda draft: (draft.first, draft.last))
        pronouns = [t for t in scene.tokens if t.i not in scene.claimed and (_is_pronoun(t) or _is_country(scene, t))]
        n = 0
        for draft in waiting:
            while n < len(pronouns) and pronouns[n].i < draft.first:
                self._pronoun(pronouns[n])
                n += 1
            self._owned(draft)
            self._definite(draft)
            if draft.link is None or draft.kind != "pronoun":
                self.past.append(draft)
        for token in pronouns[n:]:
            self._pronoun(token)

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
        found = self._for_possessive(token)
        if found is None and token.text.lower() == "its":
            # A fronted phrase points ahead: "According to its ministry, Kenya …".
            low, high = self.scene.bounds(token.i)
            subject = next((t for t in self.scene.tokens[token.i : high + 1] if t.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None and not self._subjects(low, token.i):
                return next((d for d in self.scene.drafts if d.head == subject.i and d.kind == "state"), None)
        return found

    def _definite(self, draft: Draft) -> None:
        """ "the ministry", "the group", "the minister": the last mention of such, those who speak first."""
        noun = draft.noun.rpartition(" ")[2]
        phrase = draft.phrase
        if phrase is None or draft.link is not None or phrase.possessive is not None:
            return
        ministry = phrase.portfolio is not None and phrase.state is None and draft.country is None
        if not (draft.definite or ministry):
            self._office_holder(draft)
            if draft.kind == "person" and not draft.generic:
                self._of_the_last(draft)
            return
        if draft.plural:
            self._definite_many(draft)
            return
        candidates = [d for d in self._recent(draft.first, scope=12) if self._fits(draft, d, noun)]
        if not candidates:
            self._of_the_last(draft)
            return
        speakers = [d for d in candidates if self._says(d)]
        chosen = (speakers or candidates)[-1] if noun in ("ministry", "department", "minister") else candidates[-1]
        self._tie(draft, chosen)

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
        if draft.noun in _DIPLOMATS:
            return
        sentence = self.scene.sentence
        acted = [d for d in self._recent(draft.first, scope=3) if d.country and d.sector in _OF_STATE]
        acted = [d for d in acted if self._is_subject(d) and d.head not in self.quoted]
        nearest = [d.country for d in acted if sentence[d.head] == sentence[acted[-1].head]]
        state = self.scene.lexicon.states.by_iso3(nearest[0]) if len(set(nearest)) == 1 else None
        if state is None:
            return
        if draft.kind == "person" and not draft.generic:
            draft.country = state.iso3
        else:
            name_draft(self.scene, draft, phrase, state)
        draft.because("state of the organs before", 0.5, state.name)

    def _definite_many(self, draft: Draft) -> None:
        """ "the rebels": the one armed group of the text so far; "the protesters": those told of before."""
        before = self._recent(draft.first, scope=12)
        article = self.scene.tokens[draft.first - 1].text.lower() if draft.first else ""
        if draft.sector in _ARMED and article == "the" and draft.head not in self.quoted:
            before = self._recent(draft.first, scope=2)
            groups = [d for d in before if d.kind == "group" and not d.generic and d.sector in _ARMED]
            if len({d.key for d in groups}) == 1:
                self._tie(draft, groups[-1])
                return
        same = [d for d in before if d.noun == draft.noun and d.plural and (d.slug, d.kind) == (draft.slug, draft.kind)]
        if same and len({d.key for d in same}) == 1:
            self._tie(draft, same[-1])

    def _fits(self, draft: Draft, other: Draft, noun: str) -> bool:
        said, told = draft.phrase, other.phrase
        if said is None:
            return False
        if noun in ("ministry", "department"):
            ours = said.portfolio is None or (told is not None and told.portfolio == said.portfolio)
            return other.noun.rpartition(" ")[2] in ("ministry", "department", "office") and ours
        if other.kind == "organisation" and not other.generic:
            named = noun in other.slug.split("-") or (noun == "bloc" and other.sector == "IGO")
            return named or (noun in ("body", "watchdog", "charity", "organisation", "organization"))
        if noun in _GROUPS:
            return other.kind == "group" and not other.plural
        if noun in _DIPLOMATS and other.noun.rpartition(" ")[2] in _DIPLOMATS:
            return not other.plural
        if draft.kind == "person" and draft.noun == other.noun and other.kind == "person":
            return not other.plural  # "a man … the man"
        if noun in _OFFICERS or (draft.kind == "person" and noun == "man"):
            if other.kind != "person" or other.plural:
                return False
            title = (other.title or other.noun or "").lower().split()
            if said.portfolio is not None:
                return told is not None and told.portfolio == said.portfolio
            return noun in title or other.noun == draft.noun
        bodies = ("body", "force", "media", "group")
        if draft.kind in bodies and other.kind in bodies and not other.definite:
            return other.slug == draft.slug and other.country is not None
        if noun == "government":
            return False
        return False

    # Pronouns

    def _pronoun(self, token: Token) -> None:
        scene = self.scene
        word = token.text.lower()
        if not scene.options.pronouns:
            return
        if token.tag in ("WP", "WDT", "WP$"):
            chosen = self._relative(token)
        elif word in _POSSESSIVE and token.tag == "PRP$":
            chosen = self._for_possessive(token)
        elif word in _HE:
            chosen = self._person(token, _HE[word])
        elif word in _IT:
            chosen = self._thing(token)
        elif word in _THEY:
            chosen = self._many(token)
        elif word in _COUNTRY:
            chosen = self._country(token)
        else:
            chosen = None
        if chosen is not None:
            draft = Draft(token.i, token.i, token.i, "pronoun", "", "")
            self._tie(draft, chosen)
            scene.add(draft)

    def _relative(self, token: Token) -> Draft | None:
        """ "who", "which": the noun that the relative clause hangs on."""
        for above in self.scene.syntax.ancestors(token.i):
            if above.dep == "relcl":
                noun = above.head
                return next((d for d in reversed(self.past) if d.head == noun or d.first <= noun <= d.last), None)
        return None

    def _country(self, token: Token) -> Draft | None:
        """ "the country" as one who acts: the state that is subject before it in the sentence, else of the sentence
        before, else that of the one who speaks."""
        low, _ = self.scene.bounds(token.i)
        inside = self._subjects(low, token.i)
        states = [d for d in inside if d.kind == "state"]
        if states:
            return states[-1]
        speakers = {d.country for d in inside if d.country is not None}
        before = [d for d in self._recent(token.i, scope=2) if d.kind == "state" and self._is_subject(d)]
        if len(speakers) == 1:
            before = [d for d in self.past if d.kind == "state" and d.country in speakers]
        return before[-1] if before and (speakers or len({d.key for d in before}) == 1) else None

    def _for_possessive(self, token: Token) -> Draft | None:
        word = token.text.lower()
        if word in ("his", "her"):
            return self._person(token, _HE[word])
        low, _ = self.scene.bounds(token.i)
        kinds = _SINGLE if word == "its" else _MANY
        subjects = [d for d in self._subjects(low, token.i) if self._agrees(d, kinds, word)]
        if subjects:
            return subjects[-1]
        return None

    def _person(self, token: Token, gender: str) -> Draft | None:
        people = [
            d
            for d in self._recent(token.i)
            if d.kind == "person" and not d.plural and d.gender in (None, gender) and not self._same_clause(d, token)
        ]
        if not people:
            return None
        if token.i in self.quoted:
            keys = {d.key for d in people if not self._says(d)}
            return [d for d in people if not self._says(d)][-1] if len(keys) == 1 else None
        if self._is_sayer(token):
            speakers = [d for d in people if self._says(d) and d.head not in self.quoted]
            if speakers:
                return speakers[-1]
        return self._salient(people, token)

    def _thing(self, token: Token) -> Draft | None:
        """ "it" as a subject that says or does; as an object it may be anything and stays out."""
        above = self.scene.tokens[token.head]
        if token.dep != "nsubj" or above.lemma in _EMPTY_IT or token.i in self.quoted:
            return None
        low, _ = self.scene.bounds(token.i)
        inside = [d for d in self._subjects(low, token.i) if self._agrees(d, _SINGLE, "it")]
        if inside:
            return inside[-1]
        if not (self.scene.words.is_verb(above, self.scene.words.say) or above.pos == "VERB"):
            return None
        things = [d for d in self._recent(token.i, scope=2) if self._agrees(d, _SINGLE, "it")]
        subjects = [d for d in things if self._is_subject(d) and d.head not in self.quoted]
        if self._is_sayer(token):
            speakers = [d for d in subjects if self._says(d)]
            subjects = speakers or subjects
        return subjects[-1] if subjects else None

    def _many(self, token: Token) -> Draft | None:
        if token.i in self.quoted:
            return None
        low, _ = self.scene.bounds(token.i)
        inside = [d for d in self._subjects(low, token.i) if self._agrees(d, _MANY, "they")]
        if inside:
            return inside[-1]
        if token.dep == "nsubjpass":  # what befalls "them" befell the object before: "arrested two men. They were held"
            near = [d for d in self._recent(token.i, scope=1) if self._agrees(d, _MANY, "they")]
            objects = [d for d in near if self.scene.tokens[d.head].dep in ("dobj", "nsubjpass")]
            if objects:
                return objects[-1]
        many = [d for d in self._recent(token.i, scope=1) if self._agrees(d, _MANY, "they") and self._is_subject(d)]
        if token.dep not in ("nsubj", "nsubjpass", "poss"):
            return None
        if not many:  # "rescued 90 migrants. It said they had …": the only ones whom "they" can mean
            many = [d for d in self._recent(token.i, scope=1) if d.plural and self._agrees(d, _MANY, "they")]
            many = many if len({d.key for d in many}) == 1 else []
        return many[-1] if many else None

    # What the rules ask

    def _agrees(self, draft: Draft, kinds: frozenset[str], word: str) -> bool:
        if draft.kind not in kinds:
            return False
        if word in ("they", "their", "them"):
            return (
                draft.plural
                or draft.kind in ("people", "force")
                or (draft.kind == "group" and draft.name.endswith("s"))
            )
        return not draft.plural or draft.kind == "force"

    def _recent(self, i: int, scope: int | None = None) -> list[Draft]:
        sentence = self.scene.sentence
        reach = self.scene.options.reach if scope is None else scope
        found: list[Draft] = []
        for draft in reversed(self.past):
            if sentence[i] - sentence[draft.head] > reach:
                break
            found.append(draft)
        return found[::-1]

    def _subjects(self, low: int, i: int) -> list[Draft]:
        """Mentions between tokens `low` and `i` that are subjects, pronouns resolved."""
        found = [d for d in self.scene.drafts if low <= d.head < i and self._is_subject(d)]
        return sorted(
            (d.link if d.kind == "pronoun" and d.link is not None else d for d in found), key=lambda d: d.head
        )

    def _is_subject(self, draft: Draft) -> bool:
        token = self.scene.tokens[draft.head]
        while token.dep == "conj" and token.head < token.i:
            token = self.scene.tokens[token.head]
        above = self.scene.tokens[token.head]
        return token.dep in ("nsubj", "nsubjpass", "csubj") or (token.dep == "pobj" and above.dep == "agent")

    def _says(self, draft: Draft) -> bool:
        token = self.scene.tokens[draft.head]
        if token.dep == "nsubj":
            return self.scene.words.is_verb(self.scene.tokens[token.head], self.scene.words.say)
        if token.dep == "pobj":
            chain = [above.text.lower() for above in self.scene.syntax.ancestors(token.i)][:5]
            return "according" in chain
        return False

    def _is_sayer(self, token: Token) -> bool:
        return token.dep == "nsubj" and self.scene.words.is_verb(self.scene.tokens[token.head], self.scene.words.say)

    def _same_clause(self, draft: Draft, token: Token) -> bool:
        """A pronoun is never the subject or object beside it: "Ruto met him"."""
        one = self.scene.tokens[draft.head]
        return token.tag != "PRP$" and one.head == token.head and one.head not in (one.i, token.i)

    def _salient(self, people: list[Draft], token: Token) -> Draft | None:
        """The subject of this sentence, else of the last one that has a person as subject; else the only person."""
        sentence = self.scene.sentence
        for back in range(3):
            here = [d for d in people if sentence[token.i] - sentence[d.head] == back]
            subjects = [d for d in here if self._is_subject(d)]
            if len({d.key for d in subjects}) == 1 or (subjects and back == 0):
                return subjects[-1]
            if here:
                return here[-1] if len({d.key for d in here}) == 1 else None
        return None

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


def _quoted(scene: Scene) -> frozenset[int]:
    """Tokens inside double quotation marks, paragraph by paragraph; an unclosed quotation ends with its paragraph."""
    inside: set[int] = set()
    block, is_open = -1, False
    for sentence in scene.syntax.sentences:
        if sentence.block != block:
            block, is_open = sentence.block, False
        for i in range(sentence.first, sentence.last):
            text = scene.tokens[i].text
            if text in ("“", "„", "«") or (text in ('"', "''", "``") and not is_open):
                is_open = True
            elif text in ("”", "»") or text in ('"', "''"):
                is_open = False
            elif is_open:
                inside.add(i)
    return frozenset(inside)
