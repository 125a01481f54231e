"""Which of those before it a pronoun means, by a ranker of features that was trained on texts of our own.

The features are the factors of pronoun resolution since Lappin and Leass (1994, "An Algorithm for Pronominal Anaphora
Resolution") and Soon, Ng and Lim (2001, "A Machine Learning Approach to Coreference Resolution of Noun Phrases"):
recency, grammatical role, parallel roles, repetition, the subjects of the clauses around; and, for reports, who speaks.
Every feature is a name that holds or does not; a candidate's score is the sum of its features' weights, and the highest
wins (a log-linear mention ranker, Denis and Baldridge 2008, "Specialized Models and Ranking for Coreference
Resolution"). The weights are in ``data/coreference_weights.tsv``, made by ``tools/train_coreference.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import exp
from typing import TYPE_CHECKING, Literal, NamedTuple

from variorum.packaged import data_lines
from variorum.records import Token

from .cues import cues
from .drafts import Draft, Gender, Scene
from .entities import CROWDS, SUBJECTS, entity, root
from .pleonastic import emptiness
from .vocabulary import singular

if TYPE_CHECKING:
    from .salience import Salience

Sense = Literal["he", "it", "they"]

_SENSES: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"), **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}  # fmt: skip
_NEAR = (3, 7, 14, 25)  # where the steps of distance in tokens end
_PLACING = frozenset(
    {"in", "inside", "into", "on", "onto", "under", "over", "within", "near", "through", "across", "around", "behind"}
)
_IT = frozenset({"it", "its", "itself"})
_WHOM = frozenset({"him", "her", "them", "me", "us", "you"})
_FIGHTERS = frozenset({"MIL", "REB", "UAF", "PRM", "CRM"})
_LINKS = frozenset({"ccomp", "advcl", "conj", "xcomp", "relcl", "acl", "pcomp", "parataxis"})


@cache
def weights() -> dict[Sense, dict[str, float]]:
    """The packaged weights of each sense by feature, read once a process. Raises `ModelError` where there are none."""
    found: dict[Sense, dict[str, float]] = {"he": {}, "it": {}, "they": {}}
    for line in data_lines("coreference_weights.tsv"):
        name, he, it, they = line.split("\t")
        for sense, value in (("he", he), ("it", it), ("they", they)):
            if value:
                found[sense][name] = float(value)  # type: ignore[index]
    return found


class Candidate(NamedTuple):
    """One whom a pronoun may mean, None for nobody, with the features that hold of both."""

    draft: Draft | None
    features: list[str]


class Place(NamedTuple):
    """How a mention stands in its text, told once for all pronouns after it."""

    token: Token  # by which it stands in its clause
    role: str
    form: str
    kind: str
    says: bool
    quotation: int | None
    main: bool  # the subject of its sentence


class Ranking:
    """Chooses for the pronouns of one text, each in view of what `salience` knows by then."""

    def __init__(self, scene: Scene, salience: Salience) -> None:
        self.scene = scene
        self.salience = salience
        self._places: dict[int, Place] = {}

    def best(self, token: Token, sense: Sense, allowed: Sequence[Draft], gender: Gender | None = None) -> Draft | None:
        """Whom of those `allowed` a pronoun means; None for nobody, or where it is none that acts."""
        candidates = self.candidates(token, sense, allowed, gender)
        chosen = self.choose(token, sense, candidates)
        return None if chosen is None or chosen.draft is None or root(chosen.draft).kind == "thing" else chosen.draft

    def choose(self, token: Token, sense: Sense, candidates: Sequence[Candidate]) -> Candidate | None:
        """The last mention of the actor whose mentions together are likeliest."""
        table = weights()[sense]
        odds: dict[str | int, float] = {}
        last: dict[str | int, Candidate] = {}
        for candidate in candidates:
            key = "" if candidate.draft is None else entity(candidate.draft)
            odds[key] = odds.get(key, 0.0) + exp(sum([table.get(name, 0.0) for name in candidate.features]))
            last[key] = candidate
        return last[max(odds, key=odds.__getitem__)] if odds else None

    def candidates(
        self, token: Token, sense: Sense, allowed: Sequence[Draft], gender: Gender | None
    ) -> list[Candidate]:
        context = Context(self.scene, self.salience, token, allowed)
        found = [] if token.text.lower() not in _IT else [Candidate(None, list(context.nobody()))]
        told = sorted(allowed, key=lambda d: d.head)
        return found + [Candidate(d, context.features(d, self.place(d), gender)) for d in told]

    def place(self, draft: Draft) -> Place:
        place = self._places.get(id(draft))
        if place is None:
            token = self.salience.placed(draft)
            says = draft.kind != "thing" and self.salience.says(draft)
            place = Place(
                token, self._role(token), self._form(draft), root(draft).kind, says,
                self.salience.quotations.inside.get(draft.head),
                token.dep in SUBJECTS and self.scene.tokens[token.head].dep == "ROOT",
            )  # fmt: skip
            self._places[id(draft)] = place
        return place

    def _role(self, token: Token) -> str:
        above = self.scene.tokens[token.head]
        if token.dep in SUBJECTS:
            role = "passive" if token.dep == "nsubjpass" else "subject"
            while above.dep == "conj":
                above = self.scene.tokens[above.head]
            if above.dep in ("relcl", "acl"):
                return "relative " + role
            return role if above.dep in ("ROOT", "ccomp", "parataxis") else "lower " + role
        if token.dep in ("dobj", "dative"):
            return "object"
        if token.dep == "pobj":
            return "agent" if above.dep == "agent" else "of" if above.text.lower() == "of" else "oblique"
        return token.dep if token.dep in ("poss", "ROOT", "attr") else "other"

    def _form(self, draft: Draft) -> str:
        if draft.kind == "pronoun":
            return "pronoun"
        if not root(draft).generic:
            return "name"
        first = self.scene.syntax.child(draft.head, "det", "poss")
        word = first.text.lower() if first is not None else ""
        return "definite" if word in ("the", "this", "that", "these", "those") else "owned" if first is not None and (
            first.dep == "poss"
        ) else "indefinite"  # fmt: skip


class Context:
    """One pronoun: what of its place and clause all its candidates are seen by."""

    def __init__(self, scene: Scene, salience: Salience, token: Token, allowed: Sequence[Draft]) -> None:
        self.scene, self.salience, self.token = scene, salience, token
        self.sense = _SENSES.get(token.text.lower(), "it")
        self.role = _place_of(token)
        self.quotation = salience.quotations.inside.get(token.i)
        self.speaker = salience.quotations.speaker(token.i)
        self.verb = self._verb()
        self.deed = self._deed()
        self.subjects, self.objects = self._around()
        self.last = self._last_of_sense()
        self.owners = salience.owners(token)
        self.rank = self._ranks(allowed)
        self.opens = token.i == scene.bounds(token.i)[0] or scene.tokens[token.i - 1].text in (
            '"',
            "“",
            "''",
            "``",
            ";",
        )
        self.said = salience.is_sayer(token)
        self.own = self._own()

    def _own(self) -> frozenset[str]:
        """The country of who speaks the quotation around a pronoun."""
        speaker = self.salience.mention(self.speaker) if self.speaker is not None else None
        country = root(speaker).country if speaker is not None else None
        return frozenset({country}) if country else frozenset()

    def _verb(self) -> Token | None:
        if self.role == "poss":
            return None
        above = self.scene.tokens[self.token.head]
        while above.dep in ("prep", "agent", "dative", "conj") and above.pos not in ("VERB", "AUX"):
            above = self.scene.tokens[above.head]
        return above

    def _deed(self) -> str:
        """The class of the verb that a pronoun stands with, or of the noun that it owns."""
        words, told, verb = self.scene.words, cues(), self.verb
        if verb is None:
            noun = singular(self.scene.tokens[self.token.head].text.lower())
            return "of group" if noun in told.of_groups else "of state" if noun in told.of_states else "other"
        lemma = verb.lemma.lower()
        if self.role == "subject":
            if lemma in ("be", "become", "seem", "look", "remain"):
                quality = self.scene.syntax.child(verb.i, "acomp", "attr", "prep")
                if quality is None:
                    return "be"
                if quality.text.lower() in told.of_actors:
                    return "ready"
                return "be " + quality.dep
            if self.token.dep == "nsubjpass":
                return "said" if words.is_verb(verb, words.say) else "passive"
            if words.is_verb(verb, words.say):
                return "say"
            whom = self.scene.syntax.child(verb.i, "dobj", "dative")
            if words.is_verb(verb, words.govern) or lemma in told.acts or (whom and whom.text.lower() in _WHOM):
                return "act"
            return "happen" if lemma in told.happens else "other"
        if words.is_verb(verb, words.deal) or words.is_verb(verb, told.done_to_actors):
            return "deal"
        if lemma in told.orders and self.scene.syntax.child(verb.i, "xcomp", "ccomp") is not None:
            return "order"
        return "say" if words.is_verb(verb, words.say) else "other"

    def _around(self) -> tuple[dict[int, str], dict[int, str]]:
        """The subjects and objects of the clauses around a pronoun, each with how its clause holds the pronoun's."""
        subjects: dict[int, str] = {}
        objects: dict[int, str] = {}
        link, level = "own", 0
        below = self.token
        for above in self.scene.syntax.ancestors(self.token.i):
            if below.dep in _LINKS:
                link = below.dep
            here = [t for t in self.scene.syntax.children(above.i) if t.i < self.token.i]
            found = [t for t in here if t.dep in SUBJECTS]
            if found:
                level = min(level + 1, 3)
                says = " says" if self.scene.words.is_verb(above, self.scene.words.say) and link != "conj" else ""
                for subject in found:
                    subjects.setdefault(subject.i, f"{level} {link}{says}")
            asks = " asks" if above.lemma.lower() in cues().addresses else (
                " says" if self.scene.words.is_verb(above, self.scene.words.say) else ""
            )  # fmt: skip
            for other in here:
                if other.dep in ("dobj", "dative"):
                    objects.setdefault(other.i, link + asks)
                elif other.dep in ("prep", "agent"):
                    for noun in self.scene.syntax.children(other.i, "pobj"):
                        if noun.i < self.token.i:
                            objects.setdefault(noun.i, f"by {link}{asks}")
            below = above
        return subjects, objects

    def _last_of_sense(self) -> tuple[int, Draft] | None:
        """The last pronoun of this sense before it, with how many sentences back it stands."""
        sentence = self.scene.sentence
        for i in range(self.token.i - 1, max(-1, self.token.i - 60), -1):
            if _SENSES.get(self.scene.tokens[i].text.lower()) == self.sense:
                draft = self.salience.at.get(i)
                if draft is not None:
                    return min(sentence[self.token.i] - sentence[i], 2), draft
                if sentence[i] == sentence[self.token.i]:
                    return None
        return None

    def _ranks(self, allowed: Sequence[Draft]) -> dict[str | int, int]:
        """How many other actors stand between each actor and the pronoun."""
        ranks: dict[str | int, int] = {}
        for draft in sorted(allowed, key=lambda d: -d.head):
            if draft.kind != "thing":
                ranks.setdefault(entity(draft), len(ranks))
        return ranks

    # Features

    def nobody(self) -> Iterator[str]:
        """What speaks for a pronoun that means nobody and nothing told of before."""
        yield "nobody"
        yield f"nobody {self.role} {self.deed}"
        if (empty := emptiness(self.scene, self.token)) is not None:
            yield "nobody empty"
            yield f"nobody empty {empty}"
        if self.quotation is not None:
            yield "nobody quoted"
        if self.verb is not None and self.role == "object":
            yield "nobody object"
            if self.scene.tokens[self.token.head].text.lower() in _PLACING:
                yield "nobody where"

    def features(self, draft: Draft, place: Place, gender: Gender | None) -> list[str]:
        first = root(draft)
        away = self.scene.sentence[self.token.i] - self.scene.sentence[draft.head]
        far = min(away, 3)
        thing = first.kind == "thing"
        class_ = "thing" if thing else "actor"
        names = [
            f"away {far}", f"{class_} away {far}", f"role {place.role} {'here' if away == 0 else 'back'}",
            f"form {place.form}", f"form {place.form} {min(away, 2)}",
            f"like {self.role} {place.role} {'here' if away == 0 else 'back'}",
        ]  # fmt: skip
        if away <= 1:
            names.append(f"near {away} {self._steps(draft)}")
        if away == 0:
            names += self._inside(draft, place)
        elif away == 1:
            names += self._before(place)
        names += self._speech(place, far)
        key = entity(draft)
        names.append(f"told {min(self.salience.count.get(key, 1), 4)}")
        if thing:
            names += ["thing", f"thing {self.role} {self.deed}", f"thing {place.role}"]
            names += [f"thing {self.role} {place.role} {min(far, 2)}", f"thing {place.form}"]
        else:
            names.append(f"rank {min(self.rank.get(key, 9), 3)}")
            if len(self.rank) == 1:
                names.append("only one")
            if key == self.salience.topic:
                names.append("topic")
            if self.own and first.country in self.own and self.sense in ("it", "they"):
                names.append("of the speaker's country")
        if self.last is not None:
            same = entity(self.last[1]) == key
            names.append(f"chain {self.last[0]} {'same' if same else 'other'}")
            if same:
                names.append(f"chain {self.last[0]} {_place_of(self.scene.tokens[self.last[1].head])} {self.role}")
        if key in self.owners:
            names.append("owner")
        names += self._gender(draft, first, gender) if gender is not None else self._number(draft, place, class_)
        return names

    def _steps(self, draft: Draft) -> int:
        steps = self.token.i - draft.last
        return next((n for n, most in enumerate(_NEAR) if steps <= most), len(_NEAR))

    def _inside(self, draft: Draft, place: Place) -> Iterator[str]:
        """What its place in the same sentence tells."""
        around = self.subjects.get(place.token.i)
        if around is not None:
            yield f"around {around}"
            yield f"around {around} {self.role}"
            return
        around = self.objects.get(place.token.i)
        if around is not None:
            yield f"object {around}"
            yield f"object {around} {self.role}"
            return
        yield f"aside {self.role}"
        clause = next((t for t in self.scene.syntax.ancestors(place.token.i) if t.dep in ("relcl", "acl")), None)
        if clause is not None and self.token.i not in self.scene.syntax.subtree_tokens(clause.i):
            yield "aside in a relative clause"

    def _before(self, place: Place) -> Iterator[str]:
        """What its place in the sentence before tells."""
        if self.opens:
            yield f"opens after {place.role}{' main' if place.main else ''}"
        if place.main:
            yield f"after main {self.role}"
        if self.token.dep == "nsubjpass":
            yield f"suffers after {place.role}"
        if self.role == "subject" and self.verb is not None and self.verb.lemma.lower() in cues().answers:
            yield f"answers {'main' if place.main else 'other'}"
        if place.says:
            yield f"after sayer {'saying' if self.said else self.role}"

    def _speech(self, place: Place, far: int) -> Iterator[str]:
        """What quotations and verbs of saying tell."""
        quoted, told = self.quotation is not None, place.quotation is not None
        if quoted:
            if told:
                same = place.quotation == self.quotation
                yield "quoted, so is it" if same else "quoted, so is it elsewhere"
            else:
                yield f"quoted, not it {place.role}"
                yield f"quoted, not it {'main ' if place.main else ''}{far}"
                if place.says:
                    yield "quoted, it speaks"
        elif told:
            yield "it is quoted"
            if self.said:
                yield "says, it is quoted"
        if place.says:
            yield "it says, so does this" if self.said else f"it says {self.role}"
        elif self.said:
            yield "this says, not it"

    def _gender(self, draft: Draft, first: Draft, gender: Gender) -> Iterator[str]:
        known = self.salience.told_gender(draft)
        if known is not None:
            yield "gender told"
        elif first.generic:
            yield "gender of one unnamed"
        elif (likely := self.salience.likely_gender(draft)) is not None:
            yield "gender likely" if likely == gender else "gender unlikely"
        else:
            yield f"gender open {gender}"
            if gender == "female" and first.sector in _FIGHTERS:
                yield "fighter"

    def _number(self, draft: Draft, place: Place, class_: str) -> Iterator[str]:
        first = root(draft)
        many = first.plural or first.noun in CROWDS
        kind = "crowd" if first.noun in CROWDS else first.kind
        number = "many" if many else "one"
        yield f"{number} away {min(self.scene.sentence[self.token.i] - self.scene.sentence[draft.head], 2)}"
        around = self.subjects.get(place.token.i)
        if around is not None:
            yield f"{number} around {around.partition(' ')[2]}"
        elif place.main:
            yield f"{number} main {self.role}"
        yield f"kind {kind}{' many' if many else ''}"
        yield f"kind {kind}{' many' if many else ''} {self.role}"
        if self.quotation is not None:
            yield f"kind {kind} quoted"
        yield f"{class_} {self.role} {self.deed}"
        called = self.salience.called.get(entity(draft))
        if called is not None:
            yield "called so" if called == (self.sense == "they") else "called otherwise"
        if self.role == "poss" and self.deed != "other":
            yield f"{kind} {self.deed}"


def _place_of(token: Token) -> str:
    """The role of a pronoun: "poss", "subject", "object"."""
    if token.tag == "PRP$" or token.dep == "poss":
        return "poss"
    return "subject" if token.dep in SUBJECTS else "object"
