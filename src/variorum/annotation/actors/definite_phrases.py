"""Whom "the ministry", "the group", "the exile group" and "its ministry" mean, by what was told of those before."""

from __future__ import annotations

from variorum.records import Token
from variorum.world.actors import NamedActor
from variorum.world.names import name_key

from .belonging import DERIVED, ORGANS
from .definites import BODIES, COUNTRIES, DIPLOMATS, GROUPS, RANKS, fits, full_form
from .discourse import Discourse
from .drafts import Draft, Match, slug
from .entities import SUBJECTS, entity, root
from .nominals import name_draft
from .phrases import OTHER_STATES, describe
from .pronouns import Pronouns
from .vocabulary import singular

_OF_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_MISSIONS = frozenset({"embassy", "consulate", "high commission", "mission"})
_LEADERS = frozenset({"leader", "politician", "statesman", "ruler"})
_OF_LEADERS = frozenset({"GOV", "LEG", "OPP", "REB", "PTY", "UAF"})
_PERSONS = frozenset({"his", "her", "their"})
_STANDS_FOR_STATE = frozenset({"neighbour", "neighbor", "mediator", "host", "broker"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
_COMPARED = frozenset(
    {
        "older",
        "younger",
        "elder",
        "other",
        "taller",
        "bigger",
        "larger",
        "smaller",
        "richer",
        "poorer",
        "stronger",
        "weaker",
    }
)
_SMALLER = frozenset({"smaller", "tiny", "tinier", "weaker", "lesser"})
_LARGER = frozenset({"larger", "bigger", "stronger", "greater"})
_ARMED = frozenset({"MIL", "COP", "SPY"})
_AGAINST = frozenset({"against", "at", "on"})
_ENOUGH = 0.9  # what a definite phrase and an earlier mention must have in common


class DefinitePhrases:
    """Resolves the descriptions of one text, each after all before it."""

    def __init__(self, discourse: Discourse, pronouns: Pronouns) -> None:
        self.discourse = discourse
        self.pronouns = pronouns
        self.scene = discourse.scene
        self.salience = discourse.salience

    def owned(self, draft: Draft) -> None:
        """ "its Ministry of Foreign Affairs": the country is that of the one whom "its" means."""
        phrase = draft.phrase
        if phrase is None or phrase.possessive is None or phrase.state is not None or draft.country is not None:
            return
        token = self.scene.tokens[phrase.possessive]
        owner = self._owner(token)
        state = self.scene.lexicon.states.by_iso3(owner.country) if owner is not None else None
        if state is None or owner is None:
            return
        if owner.kind == "state" and phrase.noun.phrase in OTHER_STATES:
            return
        if owner.kind in ("state", "body", "force", "person"):
            if draft.kind == "person" and not draft.generic:
                draft.country = state.iso3
            else:
                name_draft(self.scene, draft, phrase, state)
            draft.because("possessive", note=owner.name)

    def _owner(self, token: Token) -> Draft | None:
        low, high = self.scene.bounds(token.i)
        if token.text.lower() == "its" and not self.discourse.subjects(low, token.i):
            # A fronted phrase points ahead: "According to its ministry, Kenya …".
            subject = next((t for t in self.scene.tokens[token.i : high + 1] if t.dep in SUBJECTS), None)
            ahead = [d for d in self.scene.drafts if subject is not None and d.head == subject.i and d.kind == "state"]
            if ahead:
                return ahead[0]
        return self.pronouns.possessor(token)

    def definite(self, draft: Draft) -> None:
        """ "the ministry", "the group", "the exile group": the mention before it that such words fit best."""
        phrase = draft.phrase
        if draft.link is not None:
            return
        if phrase is None or phrase.possessive is not None:
            self._demonym(draft)
            self._shortened(draft)
            return
        tokens = self.scene.tokens
        before = tokens[draft.first - 1] if draft.first else None
        article = before.text.lower() if before is not None and before.tag == "DT" else ""
        ministry = phrase.portfolio is not None and phrase.state is None and draft.country is None
        named = draft.kind == "person" and not draft.generic
        bare = article in _DEFINITE and phrase.state is None and phrase.owner is None and not named
        if (bare and phrase.country is None and not self._told_apart(draft)) or (ministry and not named):
            self._means(draft)
            if draft.link is None and phrase.noun.phrase in _MISSIONS:
                self._told_before(draft)
            if draft.link is None and phrase.noun.phrase in _STANDS_FOR_STATE and not draft.plural:
                self._last_state(draft)
            if draft.link is None and phrase.noun.phrase in GROUPS | BODIES and not draft.plural:
                self._of_members(draft)
            if draft.link is None and not draft.plural:
                self._of_the_last(draft)
            return
        of_kind = phrase.owner is not None and self._is_adjective(phrase.owner)
        body = phrase.noun.phrase in GROUPS | BODIES and phrase.owner is None and not draft.plural
        if article == "the" and (of_kind or (body and not self._told_apart(draft))):  # "the Lebanese group"
            self._means(draft)
        self._office_holder(draft)
        if named:
            self._of_the_last(draft)

    def _is_adjective(self, owner: Match) -> bool:
        """Whether a name only says of what kind a group is: "the Maoist group", whoever the lexicon calls so."""
        tokens = self.scene.tokens
        word = tokens[owner.last].text.lower()
        return owner.first == owner.last and word.endswith(("ist", "ite", "ish", "ian", "ic"))

    def _shortened(self, draft: Draft) -> None:
        """ "the Tigers" after "the Liberation Tigers of Tamil Eelam": a name that no table has, of words that the name
        of one body before has as well."""
        if draft.kind not in ("group", "organisation") or draft.sectors or draft.generic:
            return
        words = set(name_key(draft.name).split())
        longer: dict[str | int, Draft] = {}
        for other in self.discourse.recent(draft.first, scope=12):
            if other.kind in ("group", "organisation", "body", "force", "media") and not other.generic:
                told = set(name_key(self.scene.text(other.first, other.last)).split())
                if words < told:
                    longer[entity(other)] = other
        if len(longer) == 1:
            self.discourse.tie(draft, *longer.values())

    def _demonym(self, draft: Draft) -> None:
        """ "The Hungarian": the one person of that state who was told of just before."""
        token = self.scene.tokens[draft.head]
        before = self.scene.tokens[draft.first - 1].text.lower() if draft.first else ""
        verb = self.scene.tokens[token.head]
        if draft.kind != "people" or draft.country is None or before != "the" or draft.first != draft.last:
            return
        if token.tag in ("NNS", "NNPS") or token.dep not in SUBJECTS or verb.tag == "VBP":
            return
        helper = self.scene.syntax.child(verb.i, "aux", "auxpass")
        if {verb.text.lower(), helper.text.lower() if helper else ""} & {"are", "were", "have"}:
            return
        named = [d for d in self.discourse.recent(draft.first, scope=6) if d.kind == "person" and not d.generic]
        named = [d for d in named if d.country == draft.country]
        told = [d for d in named if d.phrase is not None and d.phrase.state is not None]
        named = [
            d for d in told if d.phrase is not None and d.phrase.state and d.phrase.state.iso3 == draft.country
        ] or named
        if named and len({entity(d) for d in named}) == 1:
            draft.plural = False
            self.discourse.tie(draft, named[-1])

    def _told_before(self, draft: Draft) -> None:
        """ "the embassy" after "hid in the Norwegian embassy": a place there, who acts here."""
        scene = self.scene
        for token in reversed(scene.tokens[: draft.first]):
            if token.i in scene.claimed or token.text.lower() != scene.tokens[draft.head].text.lower():
                continue
            phrase = describe(scene, token.i)
            if phrase is None or phrase.state is None or not scene.free(phrase.first, phrase.last):
                continue
            before = Draft(phrase.first, phrase.last, phrase.head, draft.kind, "", "", sectors=draft.sectors)
            before.phrase, before.noun = phrase, draft.noun
            name_draft(scene, before, phrase, phrase.state)
            before.because("noun", note=draft.noun)
            scene.add(before)
            self.discourse.settle(before)
            self.discourse.tie(draft, before)
            return

    def _last_state(self, draft: Draft) -> None:
        """ "the neighbour", "the mediator": the state told of last, be it only as a place, but not who speaks of it."""
        scene = self.scene
        barred = self._barred(draft)
        low = scene.bounds(max(0, scene.bounds(draft.head)[0] - 1))[0]
        for i in range(draft.first - 1, low - 1, -1):
            match = scene.matches.get(i)
            if match is None or match.state is None or match.meaning.role != "name":
                continue
            claimed = scene.claimed.get(i)
            if claimed is not None:
                if claimed.kind == "state" and entity(claimed) not in barred:
                    self.discourse.tie(draft, claimed)
                    return
                continue
            state = match.state
            place = Draft(match.first, match.last, scene.head(match.first, match.last), "state", state.name, "")
            place.slug, place.country, place.sectors = slug(state.name), state.iso3 or state.parent, ("GOV",)
            place.because("state", note=match.meaning.role)
            if entity(place) in barred:
                continue
            scene.add(place)
            self.discourse.settle(place)
            self.discourse.tie(draft, place)
            return

    def _of_members(self, draft: Draft) -> None:
        """ "the organisation" after "a Commonwealth officer": the body whose members those were."""
        for other in reversed(self.discourse.recent(draft.first, scope=2)):
            owner = other.phrase.owner if other.phrase is not None else None
            if owner is None or not isinstance(owner.meaning.of, NamedActor):
                continue
            of = owner.meaning.of
            draft.name, draft.slug, draft.country = of.name, slug(of.name), of.country
            draft.sectors, draft.generic = of.sectors_on(self.scene.date), False
            draft.because("whose members were told of", 0.8, of.name)
            return

    def _barred(self, draft: Draft) -> set[str | int]:
        """Whom words of comparison leave out: "the younger man" is not who is told to be older, "the neighbour" not the
        state that speaks of it."""
        phrase = draft.phrase
        noun = self.scene.tokens[draft.head].text.lower()
        bound = self._bound(draft)
        if not (noun in _NEIGHBOURS or (phrase is not None and set(phrase.modifiers) & _COMPARED)):
            return bound
        low, _ = self.scene.bounds(draft.head)
        near = [d for d in self.salience.mentions if low <= d.head < draft.head and self.salience.is_subject(d)]
        if not near and low > 0 and noun not in _NEIGHBOURS:  # who the sentence before is about would be "she"
            before = self.scene.bounds(low - 1)[0]
            near = [d for d in self.salience.mentions if before <= d.head < low and self.salience.is_main_subject(d)]
        barred = bound | {entity(d) for d in near}
        countries = {d.country for d in near}
        if noun in _NEIGHBOURS:
            barred |= {entity(d) for d in self.discourse.past if d.kind == "state" and d.country in countries}
        return barred

    def _bound(self, draft: Draft) -> set[str | int]:
        """The subjects of the clauses that a description stands in: it means none of them, or it would be a pronoun."""
        found: set[str | int] = set()
        below = draft.head
        for above in self.scene.syntax.ancestors(draft.head):
            for subject in self.scene.syntax.children(above.i, *SUBJECTS):
                mention = self.salience.mention(subject.i)
                if mention is not None and subject.i < draft.first and subject.i != below:
                    found.add(entity(mention))
            below = above.i
        return found

    def _told_apart(self, draft: Draft) -> bool:
        """Whether words behind the noun say which one: "the commander of the base", "the men who fled"."""
        scene = self.scene
        token = scene.tokens[draft.head]
        if token.dep == "attr" and scene.tokens[token.head].lemma == "be":
            subject = scene.syntax.child(token.head, *SUBJECTS)
            return subject is None or subject.text.lower() != "it"
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
        said = full_form(singular(self.scene.tokens[draft.head].text.lower()))
        if not known and said not in self.discourse.said:
            return
        best: tuple[float, int, Draft] | None = None
        sentence = self.scene.sentence
        noun = draft.noun.rpartition(" ")[2]
        barred = self._barred(draft)
        for other in self.discourse.recent(draft.first, scope=12):
            if other.last >= draft.first:
                continue
            if other.silent and other.generic and other.noun != noun:
                continue
            who = entity(other)
            if who in barred:
                continue
            told = self.discourse.said_of.get(who, frozenset())
            gender = self.salience.gender_of(other) if other.kind == "person" else None
            fit = fits(self.scene, draft, other, said, told, gender)
            if fit <= 0 or (not known and fit < 3) or self._befallen(draft, other):
                continue
            score = fit - 0.12 * (sentence[draft.head] - sentence[other.head])
            score += 0.3 * self.salience.is_subject(other)
            if noun in ("ministry", "department", "minister"):
                score += 0.5 * self.salience.says(other)
            if score >= _ENOUGH and (best is None or (score, other.head) >= best[:2]):
                best = (score, other.head, other)
        if best is not None:
            self.discourse.tie(draft, best[2])

    def _befallen(self, draft: Draft, other: Draft) -> bool:
        """Whether a force is another country's than the one who acts on it, and told of under another word: "Mali has
        expelled French troops. The army …" """
        token = self.scene.tokens[other.head]
        if draft.sector not in _ARMED or token.lemma.lower() == self.scene.tokens[draft.head].lemma.lower():
            return False
        above = self.scene.tokens[token.head]
        if token.dep == "pobj" and above.text.lower() in _AGAINST:
            above = self.scene.tokens[above.head]
        elif token.dep != "dobj":
            return False
        subject = next(iter(self.scene.syntax.children(above.i, *SUBJECTS)), None)
        if subject is None and above.dep == "conj":
            subject = next(iter(self.scene.syntax.children(above.head, *SUBJECTS)), None)
        actor = self.salience.mention(subject.i) if subject is not None else None
        return actor is not None and None not in (actor.country, other.country) and actor.country != other.country

    def repeats(self, token: Token) -> bool:
        """Whether a noun that the vocabulary lacks stands as a bare definite: "the panel", "the don"."""
        named = token.tag == "JJ" and token.dep in SUBJECTS
        if not (named or token.tag in ("NN", "NNS")) or token.i == 0 or token.dep in ("compound", "nmod", "amod"):
            return False
        if token.text.lower() in COUNTRIES and self._owner_of(token) is not None:
            return True
        article = self.scene.syntax.child(token.i, "det")
        return article is not None and article.i < token.i and article.text.lower() in _DEFINITE

    def noun(self, token: Token) -> None:
        """ "the panel" after "a UN panel"; "the party's" before a role: nouns that no step before took for an actor."""
        noun = self.scene.words.noun(token.text)
        draft = Draft(token.i, token.i, token.i, "pronoun", "", "", noun=singular(token.text.lower()))
        draft.plural = token.tag in ("NNS", "NNPS")
        if noun is not None:
            draft.kind = "person" if noun.kind == "people" and not draft.plural else noun.kind
            draft.sectors = (noun.sector,)
        if (owner := self._owner_of(token)) is not None:
            self._country_of(draft, owner)
            return
        if self._told_apart(draft):
            return
        country = draft.noun in COUNTRIES and self._acts_as_state(token)
        if (other := self._by_size(token)) is not None:
            self.discourse.tie(draft, other)
        else:
            self._means(draft, known=noun is not None or country)
        if draft.link is None and draft.noun in _STANDS_FOR_STATE and not draft.plural and self._acts_as_state(token):
            self._last_state(draft)
        if draft.link is not None:
            self.scene.add(draft)
            self.discourse.settle(draft)

    def _by_size(self, token: Token) -> Draft | None:
        """ "the smaller country": of the last two states told of, that of fewer people; "the larger state": of more."""
        if singular(token.text.lower()) not in ("country", "state", "nation", "neighbour", "neighbor"):
            return None
        said = {t.text.lower() for t in self.scene.syntax.children(token.i, "amod")}
        if not said & (_SMALLER | _LARGER):
            return None
        people: dict[str, tuple[int, Draft]] = {}
        for draft in reversed(self.discourse.recent(token.i, scope=12)):
            state = self.scene.lexicon.states.by_iso3(draft.country) if draft.kind == "state" else None
            if state is not None and draft.country is not None and len(people) < 2:
                people.setdefault(draft.country, (state.population, draft))
        if len(people) < 2:
            return None
        least, most = sorted(people.values(), key=lambda told: told[0])
        return (least if said & _SMALLER else most)[1]

    def _owner_of(self, token: Token) -> Token | None:
        """The "his", "her" or "their" before a noun."""
        owner = self.scene.syntax.child(token.i, "poss")
        return owner if owner is not None and owner.tag == "PRP$" and owner.text.lower() in _PERSONS else None

    def _country_of(self, draft: Draft, owner: Token) -> None:
        """ "his country": the state of the one whom "his" means, where it acts."""
        whose = self.salience.mention(owner.i)
        state = self.scene.lexicon.states.by_iso3(whose.country) if whose is not None else None
        if state is None or self.scene.tokens[draft.head].dep not in SUBJECTS:
            return
        same = [d for d in self.discourse.past if d.kind == "state" and d.country == state.iso3]
        if same:
            self.discourse.tie(draft, same[-1])
        else:
            draft.kind, draft.name, draft.slug, draft.country = "state", state.name, slug(state.name), state.iso3
            draft.sectors = ("GOV",)
            draft.because("possessive", note=state.name)
        self.scene.add(draft)
        self.discourse.settle(draft)

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
        barred = self._bound(draft)
        named = [d for d in self.discourse.recent(draft.first, scope=12) if d.kind == "person" and not d.generic]
        named = [d for d in named if entity(d) not in barred and self._of_same_state(d, draft)]
        fits = [d for d in named if draft.noun in (d.title or "").lower() or d.country is None]
        if not fits and draft.noun.rpartition(" ")[2] in _LEADERS:
            fits = [d for d in named if d.sector in _OF_LEADERS and d.title] or named
        told = sorted(((self.salience.count.get(key, 0), key) for key in {d.key for d in fits}), reverse=True)
        if told and (len(told) == 1 or told[0][0] > told[1][0]):
            holder = root([d for d in fits if d.key == told[0][1]][-1])
            holder.country = holder.country or draft.country
            self.discourse.tie(draft, holder)

    def _of_same_state(self, person: Draft, draft: Draft) -> bool:
        """Whether a person is of the state that a description names; one of no state told yet, by rank or office."""
        if person.country is not None:
            return person.country == draft.country
        rank = full_form(draft.noun.rpartition(" ")[2])
        return rank in self.discourse.said_of.get(entity(person), frozenset()) or (
            rank in RANKS and person.sector == "MIL" == draft.sector
        )

    def _of_the_last(self, draft: Draft) -> None:
        """ "the Foreign Ministry", "the military": of the state whose organs alone act in the last sentence."""
        phrase = draft.phrase
        if phrase is None or draft.country is not None or draft.sector not in _OF_STATE:
            return
        if any(feature.name == "known person" for feature in draft.why):
            return  # of no one state by what is known of them
        if draft.noun in ("junta", "regime"):
            return  # whose deeds others speak of
        if draft.noun in DIPLOMATS or self.scene.syntax.child(phrase.head, "poss") is not None:
            return
        sentence = self.scene.sentence
        acted = [d for d in self.discourse.recent(draft.first, scope=3) if d.country and d.sector in _OF_STATE]
        acted = [d for d in acted if self.salience.is_subject(d) and d.head not in self.discourse.quoted]
        courts = [d for d in self.discourse.recent(draft.first, scope=5) if d.country and d.sector == "JUD"]
        served = draft.sector == "JUD" and bool(courts)  # "the judge" of the court before
        acted = courts[-1:] if served else acted
        nearest = [d.country for d in acted if sentence[d.head] == sentence[acted[-1].head]]
        state = self.scene.lexicon.states.by_iso3(nearest[0]) if len(set(nearest)) == 1 else None
        if state is None:
            return
        if draft.kind == "person" and not draft.generic:
            draft.country = state.iso3
        else:
            name_draft(self.scene, draft, phrase, state)
        draft.because(DERIVED if served else ORGANS, 0.5, state.name)
