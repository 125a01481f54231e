"""Which told candidates may stand as events of a text: no misfortunes, sums over periods, or words to the press."""

from __future__ import annotations

from variorum.records import Annotation, Syntax

from .candidate import Candidate
from .circumstances import Surroundings
from .figures import Figures
from .frames import Frames
from .history import width_in_days
from .merging import Told
from .ontology import Ontology

_MANY = 20  # acts; fewer may be told of one night
HARMING = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_CRASHING = frozenset({"crash", "overturn", "collide", "derail", "capsize", "sink", "plunge", "plummet", "skid",
                       "crash-land", "flip", "veer", "swerve", "founder"})  # fmt: skip
_VEHICLES = frozenset({"bus", "car", "truck", "train", "lorry", "van", "minibus", "ferry", "tram", "coach", "jeep",
                       "motorcycle", "vehicle", "taxi", "minivan", "pickup", "airliner", "locomotive"})  # fmt: skip


class Gate:
    """Holds the tests against one document. A figure over more than `sum_days` days is a statement about a period."""

    def __init__(
        self,
        syntax: Syntax,
        frames: Frames,
        annotation: Annotation,
        ontology: Ontology,
        around: Surroundings,
        sum_days: int,
        figures: Figures,
    ) -> None:
        self.figures = figures
        self.syntax = syntax
        self.frames = frames
        self.annotation = annotation
        self.ontology = ontology
        self.around = around
        self._sum_days = sum_days

    def is_event(self, told: Told) -> bool:
        """Whether a mention tells something that may stand as an event of the text."""
        candidate = told.candidate
        kind = self.ontology.types[candidate.type]
        if self.is_none(told):
            return False
        if (
            candidate.type == "SUPPORT"
            and not (told.patients or told.agents)
            and not (candidate.by_operator or candidate.thing or candidate.mutual)
        ):
            return False
        if candidate.recalled:
            return True
        if kind.recipient_required and not self._has_recipient(told):
            return False
        if candidate.echo or told.links:
            return True
        if candidate.nominal and not told.anchors and not candidate.definite and not candidate.patients:
            return candidate.mutual and len(told.agents) > 1 and self._is_fought(candidate)
        if candidate.type == "CONSULT" and (
            self._is_to_the_press(told) or self._is_at_home(told) or self._is_on_the_way(candidate)
        ):
            return False
        if candidate.nominal and candidate.type != "ASSAULT":
            aimed = candidate.type == "PROTEST" and bool(candidate.patients)  # "protests against the bill"
            forced = candidate.type in ("COERCE", "PROTEST", "MOBILIZE") and told.anchors > 0
            forced = forced or (candidate.definite and bool(told.patients) and told.anchors > 0)  # "the release of"
            return bool(told.agents) or forced or aimed or self._broke_out(candidate)
        if candidate.type in HARMING:
            return bool(told.anchors) or candidate.definite or not candidate.nominal
        return bool(told.agents or told.patients) or self._is_peopled(candidate)

    def is_none(self, told: Told) -> bool:
        """Whether a mention surely tells no event: sport, a figure of speech, an accident, a sum over a period."""
        candidate = told.candidate
        return (
            self.figures.is_one(candidate)
            or self.figures.is_usual(candidate)
            or self._is_played(told)
            or self._is_manner(candidate)
            or self._is_misfortune(told)
            or self._is_accident(candidate)
            or self._is_nature(candidate)
            or self.is_asked_count(candidate)
            or self._is_sum(told)
        )

    def is_mishap(self, told: Told) -> bool:
        """Whether a mention tells no force, but what nature, sickness or a crash did, sport, or a count."""
        return self.is_none(told) and told.word not in self.ontology.lexicon.words("slaying")

    def _is_peopled(self, candidate: Candidate) -> bool:
        """Someone does it or undergoes it whom the actor layer does not name ("a district court")."""
        tokens = self.syntax.tokens
        if candidate.thing and (candidate.agents or not candidate.nominal):
            return True  # "it has ceased its operations", "the curfew was lifted"
        return any(tokens[i].pos in ("NOUN", "PROPN") for i in (*candidate.agents, *candidate.patients))

    def _broke_out(self, candidate: Candidate) -> bool:
        """A protest that is said to come about, talks that open: "set off three nights of marches", "talks resumed"."""
        if candidate.type not in ("PROTEST", "CONSULT"):
            return False
        words = self.ontology.lexicon.words("arising" if candidate.type == "PROTEST" else "opening")
        above = list(self.syntax.ancestors(candidate.trigger))[:3]
        verb = next((t for t in above if t.pos == "VERB"), None)
        return verb is not None and verb.lemma.lower() in words

    def _is_fought(self, candidate: Candidate) -> bool:
        """Fighting of two sides that is said to come about: "clashes broke out between"."""
        token = self.syntax.tokens[candidate.trigger]
        above = self.syntax.tokens[token.head]
        arisen = candidate.type == "ASSAULT" and token.dep == "nsubj" and candidate.status == "actual"
        lexicon = self.ontology.lexicon
        return arisen and above.lemma.lower() in lexicon.words("arising") | lexicon.words("happen")

    def _is_at_home(self, told: Told) -> bool:
        """Nobody but themselves to meet: "was visiting his own country"."""
        actors = self.annotation.actors
        return bool(told.patients) and {actors[n].key for n in told.patients} <= {actors[n].key for n in told.agents}

    def _is_on_the_way(self, candidate: Candidate) -> bool:
        """A journey told as a circumstance ("arriving in La Paz, he thanked"), or home: no visit."""
        token = self.syntax.tokens[candidate.trigger]
        if candidate.mode != "visit" or token.pos != "VERB":
            return False
        homeward = any(c.text.lower() in ("home", "back") for c in self.syntax.children(token.i, "advmod", "prt"))
        return homeward or (token.dep == "advcl" and token.tag == "VBG")

    def _is_to_the_press(self, told: Told) -> bool:
        if told.patients and all(self.annotation.actors[n].sector == "MED" for n in told.patients):
            return True
        words = self.ontology.lexicon.words("press_people")
        tokens = self.syntax.tokens
        candidate = told.candidate
        return bool(candidate.patients) and all(tokens[i].lemma.lower() in words for i in candidate.patients)

    def _is_manner(self, candidate: Candidate) -> bool:
        """What only says why something else was done: "in response, the party walked out", "resigned in protest"."""
        token = self.syntax.tokens[candidate.trigger]
        words = self.ontology.lexicon.words("reaction") | self.ontology.lexicon.words("protesting")
        if token.pos != "NOUN" or token.dep != "pobj" or token.lemma.lower() not in words:
            return False
        bare = self.syntax.child(token.i, "det", "poss", "amod", "nummod", "compound") is None
        return bare and self.syntax.tokens[token.head].text.lower() == "in"

    def _is_played(self, told: Told) -> bool:
        """Sport, the stage, and what is acted in a drill: "blow up the ferry in the exercise"."""
        candidate = told.candidate
        if candidate.effect or candidate.type in ("MOBILIZE", "COOPERATE"):
            return False
        tokens, words = self.syntax.tokens, self.ontology.lexicon.words
        inside = (candidate.trigger, *candidate.agents, *candidate.patients)
        heads = {tokens[i].lemma.lower() for i in inside[1:]}
        if any(c.lemma.lower() in words("mock") for i in inside for c in self.syntax.children(i, "amod", "compound")):
            return True
        around = self.frames.of(candidate.trigger).obliques
        if heads & words("stage") and not heads & words("armed"):
            return True
        if any(name in ("at", "in") and tokens[t].lemma.lower() in words("stage") for name, t in around):
            return True
        above = next((t for t in self.syntax.ancestors(candidate.trigger) if t.pos == "VERB"), None)
        shown = above is not None and above.lemma in ("show", "depict", "portray", "follow")
        tellers = self.frames.verb(above.i).subjects if above is not None and shown else ()
        if any(tokens[t].lemma.lower() in words("fiction") for t in tellers):
            return True
        during = [t for name, t in around if name in ("in", "during")]
        if not told.patients and any(tokens[t].lemma.lower() in words("drilled") for t in during):
            return True  # "fired a howitzer during a drill"
        return any(t < candidate.trigger and tokens[t].lemma.lower() in words("played") for t in during)

    def _is_nature(self, candidate: Candidate) -> bool:
        """Storms and illnesses do not attack."""
        words, tokens = self.ontology.lexicon.words("harm_cause"), self.syntax.tokens
        done = candidate.type in HARMING and not candidate.nominal
        return done and any(tokens[i].lemma.lower() in words for i in candidate.agents)

    def _has_recipient(self, told: Told) -> bool:
        """An actor, a second partner, or at least a noun that says who it went to."""
        if told.patients or len(told.agents) > 1:
            return True
        tokens = self.syntax.tokens
        if told.candidate.mutual and any(tokens[i].tag in ("NNS", "NNPS") for i in told.candidate.agents):
            return True  # "the two governments exchanged"
        passive = not told.candidate.nominal and self.frames.of(told.candidate.trigger).passive
        return (bool(told.agents) or passive) and any(
            tokens[i].pos in ("NOUN", "PROPN", "PRON") and i not in told.candidate.agents
            for i in (*told.candidate.patients, *told.candidate.whole)
        )

    def is_asked_count(self, candidate: Candidate) -> bool:
        """ "How many were dead" tells nothing happened that was not told elsewhere."""
        return any(
            token.text.lower() == "how"
            for i in (*candidate.patients, *candidate.agents)
            for k in self.syntax.children(i, "amod", "nummod", "det", "advmod", "quantmod")
            for token in (k, *self.syntax.children(k.i, "advmod"))
        )

    def _is_sum(self, told: Told) -> bool:
        """A count over months or years ("400 murders since March"): a statement about a period, no event."""
        candidate = told.candidate
        counted = candidate.nominal and self.syntax.child(candidate.trigger, "nummod") is not None
        if counted and self._counts_many(candidate):
            return True
        if not counted and not (candidate.effect and told.tolls):
            return False
        if told.time is not None and width_in_days(self.annotation.times[told.time]) > self._sum_days:
            return True
        sentence = self.syntax.sentence_of(candidate.trigger).number
        for number, head in self.around.times.get(sentence, ()):
            expression = self.annotation.times[number]
            if expression.type in ("DURATION", "SET") and _is_long(expression.value):
                link = self.around.link(candidate, head)
                if (
                    link is not None
                    and link.grade <= 1
                    and link.preposition in ("in", "over", "during", "for", "since")
                ):
                    return True
        return False

    def _counts_many(self, candidate: Candidate) -> bool:
        """More acts than one report tells apart: "more than 600 clashes", "235 acts of sabotage"."""
        for c in self.syntax.children(candidate.trigger, "nummod"):
            digits = c.text.replace(",", "")
            if (digits.isdigit() and int(digits) >= _MANY) or c.lemma.lower() in (
                "hundred",
                "thousand",
                "hundreds",
            ):
                return True
        return False

    def _is_accident(self, candidate: Candidate) -> bool:
        """Deaths in the crash of what carried them, where the sentence tells no blow: "crashed, killing the pilot"."""
        if candidate.type != "ASSAULT" or not candidate.effect:
            return False
        syntax, lexicon = self.syntax, self.ontology.lexicon
        carriers = lexicon.words("aircraft") | lexicon.words("vessel") | _VEHICLES
        token = syntax.tokens[candidate.trigger]
        verbs = [t for t in list(syntax.ancestors(token.i))[:2] if token.dep in ("advcl", "conj", "acl")]
        verbs += syntax.children(token.i, "advcl")
        crash = next((v for v in verbs if v.lemma.lower() in _CRASHING), None)
        if crash is None or any(name == "into" for name, _ in self.frames.verb(crash.i).obliques):
            return False
        subjects = self.frames.verb(crash.i).subjects
        sentence = syntax.sentence_of(token.i)
        owners = (self.around.owner.get(i) for i in range(sentence.first, sentence.last))
        blow = any(o is not None and o.type == "ASSAULT" and not o.effect for o in owners)
        return not blow and any(syntax.tokens[i].lemma.lower() in carriers for i in subjects)

    def _is_misfortune(self, told: Told) -> bool:
        """Deaths that no one's act is told for: an earthquake, a crash, an illness."""
        candidate = told.candidate
        if not candidate.effect or told.agents or told.links:
            return False
        words = self.ontology.lexicon.words("harm_cause")
        near = set(candidate.agents)
        near |= {t for _, t in self.frames.of(candidate.trigger).obliques}
        for i in near:
            phrase = self.syntax.subtree_tokens(i)
            if any(self.syntax.tokens[k].lemma.lower() in words for k in phrase):
                return True
        above = list(self.syntax.ancestors(candidate.trigger))[:2]
        for token in above:
            if token.pos in ("VERB", "NOUN"):
                subjects = self.frames.of(token.i).subjects
                if token.lemma.lower() in words or any(self.syntax.tokens[k].lemma.lower() in words for k in subjects):
                    return True
        return False


def _is_long(value: str) -> bool:
    """A duration of months or years, or an open one."""
    return value[:1] == "P" and value[-1:] in ("Y", "M") and "T" not in value
