"""Event coding: from a document, its syntax and its layers to one record for each event that it tells.

frames ─▶ candidates ─▶ participants ─▶ circumstances ─▶ merging ─▶ EventMention
roles     patterns,     actors and      place, time,     one for
          operators     recipients      tolls            each event
"""

from __future__ import annotations

from typing import Literal

import msgspec

from variorum.records import (
    ActorMention,
    Annotation,
    Document,
    EventMention,
    Feature,
    Sentence,
    Span,
    Status,
    Syntax,
)

from .answers import aim, aimed_at
from .candidate import Candidate
from .candidates import Candidates
from .circumstances import Surroundings
from .clauses import conditions, told_apart
from .descriptions import Describer
from .descriptions import Means as MeansOfActs
from .figures import Figures
from .frames import Frames
from .gates import Gate
from .harms import Harms, spares
from .hashing import trim
from .headlines import read_again
from .history import is_background
from .left_open import left_open
from .links import Links
from .main_violence import main_violence
from .means import Means
from .merging import Group, Merger, Told
from .ontology import Ontology
from .options import CodingOptions
from .participants import Participants
from .parties import missing_parties, things_told, with_parties
from .reduced import hung_again
from .role_model import RoleJudge, RoleModel, RoleReader
from .sameness import Sameness
from .scene import Scene, with_scene
from .sequence import Sequence as Apart
from .sides import Sides
from .tie_openers import openers_of
from .tie_words import tie_words
from .ties import find_ties, tied_triggers
from .told_model import ToldJudge, ToldModel, ToldReader

_SELVES = frozenset({"we", "i", "they", "he", "she", "country", "government", "it", "group", "nation", "party",
                     "organization", "movement"})  # fmt: skip


def code_events(
    document: Document,
    syntax: Syntax,
    annotation: Annotation,
    ontology: Ontology,
    options: CodingOptions | None = None,
) -> Annotation:
    """`annotation` with the events that the document tells, one record each, in the order of their first mentions.

    Who fills a role without a mention in the actor layer ("six", "a Maltese tanker") is added behind its actors, so
    that indices into the given lists stay as they are. A document without syntax has no events.
    """
    if not syntax.tokens:
        return msgspec.structs.replace(annotation, events=())
    trim()
    coding = _coding(document, syntax, annotation, ontology, options)
    events = coding.events()
    coded = with_scene(with_parties(annotation, coding.annotation, events), coding.annotation, events)
    coded = msgspec.structs.replace(coded, events=ontology.context_words.given(coding.syntax, coded))
    open_ = left_open(coding.syntax, coded, coding.tolds, coding.gate, coding.options.open)
    ties = find_ties(coding.syntax, coding.frames, coded, coding.openers)
    return msgspec.structs.replace(coded, ties=ties, open=open_)


def read_roles(
    document: Document, syntax: Syntax, annotation: Annotation, ontology: Ontology
) -> tuple[tuple[ActorMention, ...], RoleReader, list[Told]]:
    """What the role model judges in a document, for its training: all phrases that may take part, the reader of their
    features, and each told event with the sides that the rules give."""
    coding = _coding(document, syntax, annotation, ontology, None)
    return coding.annotation.actors, coding.reader, [coding.told(c) for c in coding.candidates]


def read_told(
    document: Document, syntax: Syntax, annotation: Annotation, ontology: Ontology
) -> tuple[ToldReader, list[Told]]:
    """What the model of what is told judges in a document, for its training: the reader of the features, and each told
    event that the gate lets through."""
    coding = _coding(document, syntax, annotation, ontology, None)
    tolds = [coding.told(c) for c in coding.candidates]
    return coding.telling, [told for told in tolds if coding.gate.is_event(told)]


def _coding(
    document: Document, syntax: Syntax, annotation: Annotation, ontology: Ontology, options: CodingOptions | None
) -> _Coding:
    named = frozenset(t.i for a in annotation.actors for t in syntax.tokens_in(a.start, a.end))
    syntax = hung_again(read_again(syntax, ontology.lexicon, named), ontology.lexicon)
    known = len(annotation.actors)
    whole = msgspec.structs.replace(
        annotation, actors=(*annotation.actors, *missing_parties(document, syntax, annotation, ontology.lexicon))
    )
    return _Coding(document, syntax, whole, ontology, options or CodingOptions(), known)


class _Coding:
    """One document on its way through the coder."""

    def __init__(
        self,
        document: Document,
        syntax: Syntax,
        annotation: Annotation,
        ontology: Ontology,
        options: CodingOptions,
        known: int,
    ) -> None:
        self.document = document
        self.syntax = syntax
        self.annotation = annotation
        self.ontology = ontology
        self.options = options
        self.known = known  # actors of the layer; those behind them were added for their roles
        self.places_of = {place.start: place for place in annotation.places}
        self.frames = Frames(syntax)
        self.participants = Participants(syntax, self.frames, annotation.actors, annotation.places)
        parties = len(annotation.actors)
        places = {token.i for place in annotation.places for token in syntax.tokens_in(place.start, place.end)}
        named, unpeopled = self.participants.tokens | places, frozenset(places - self.participants.tokens)
        self.candidates = Candidates(ontology, syntax, self.frames, named, unpeopled).all()
        told_in = frozenset(syntax.sentence_of(c.trigger).number for c in self.candidates)
        triggers = {i: c for c in self.candidates for i in c.chain}
        things = things_told(document, syntax, annotation, ontology.lexicon, told_in, triggers)
        annotation = self.annotation = msgspec.structs.replace(annotation, actors=(*annotation.actors, *things))
        self.participants = Participants(syntax, self.frames, annotation.actors, annotation.places, parties)
        self.reader = RoleReader(
            syntax, self.frames, annotation.actors, parties, {c.trigger: c for c in self.candidates}
        )
        self.judge = RoleJudge(self.reader, RoleModel.load(), options.roles)
        self.telling = ToldReader(syntax, self.frames, annotation.actors, self.candidates)
        self.around = Surroundings(document, syntax, annotation, ontology, self.candidates)
        bodies = [s.number for s in syntax.sentences if s.kind != "title"]
        self.lead = bodies[0] if bodies else -1
        self._is_report = len(bodies) >= options.report
        self.triggers = triggers
        figures = Figures(syntax, self.frames, ontology.lexicon, named, self.triggers)
        self.gate = Gate(syntax, self.frames, annotation, ontology, self.around, options.sum_days, figures)
        self.means = Means(syntax, self.frames, ontology.lexicon, self.around, self.triggers)
        self.links = Links(syntax, self.frames, ontology.lexicon, self.around, self.triggers)
        self.sides = Sides(annotation.actors, self.participants, known)
        self.describer = Describer(syntax, self.frames, ontology.lexicon, frozenset(self.triggers))
        self.openers = openers_of(syntax, self.frames, tie_words())

    def events(self) -> tuple[EventMention, ...]:
        tolds = self.tolds = [self.told(c) for c in self.candidates]
        self._tie(tolds)
        harms = Harms(self.annotation, self.syntax, self.around)
        harms.give([t for t in tolds if not self.gate.is_asked_count(t.candidate)])
        kept = [t for t in tolds if self.gate.is_event(t)]
        harms.settle(kept)
        means, merging = MeansOfActs(self.ontology.lexicon), self.options.merging
        apart = Apart(self.syntax, self.ontology.lexicon)
        merger = Merger(Sameness(self.annotation, self.participants, apart, means, merging), merging)
        others = [t.at(n) for t in kept for n in self.around.joined_places(t.candidate, t.place)]
        merger.take([*kept, *others])
        harms.settle_left(merger.groups)
        for group in merger.groups:
            aim(group, merger, self.ontology, self.syntax)
        self.scene = Scene(self.document, self.annotation, self.syntax, merger.groups, self.options.scene_reach)
        self.annotation = self.scene.annotation
        telling = ToldJudge(self.telling, ToldModel.load(), self.options.told, is_report=self._is_report)
        groups = telling.told(merger.groups)
        heads = [max(group.members, key=lambda t: (self._telling(t), -t.candidate.trigger)) for group in groups]
        # what tells of nobody but things tells no less for them
        sure = [self._confidence(group, best) for group, best in zip(groups, heads, strict=True)]
        self.judge.settle(list({id(told): told for group in groups for told in group.members}.values()))
        records = (self._record(*row) for row in zip(groups, heads, sure, strict=True))
        made = [record for record in records if record is not None]
        left = main_violence(self.annotation, made, merger.groups, [t for t in tolds if not self.gate.is_mishap(t)])
        main = self._record(left, left.head, self.options.least_violence) if left is not None else None
        made += [main] if main is not None else []
        return tuple(sorted(made, key=lambda e: (e.mentions[0], e.type, e.start)))

    def _tie(self, tolds: list[Told]) -> None:
        """Tell apart what the text's own words tie to each other; what is answered is known to have happened."""
        by_trigger = {told.candidate.trigger: told for told in tolds}
        tied = tied_triggers(self.syntax, self.frames, self.annotation, self.candidates, self.openers)
        for source, target in tied:
            one, other = by_trigger[source], by_trigger[target]
            one.tied |= {target}
            other.tied |= {source}
            other.candidate.recalled |= other.candidate.status not in _UNREAL

    # ------------------------------------------------------------------ one mention

    def told(self, candidate: Candidate) -> Told:
        """A candidate tied to the layers: who, whom, where, when, as the rules have it."""
        sentence = self.syntax.sentence_of(candidate.trigger)
        told = Told(candidate, sentence.number, sentence.block)
        told.word = self.syntax.tokens[candidate.trigger].lemma.lower()
        self._mend_agents(candidate)
        if candidate.effect and candidate.status == "negated" and spares(candidate.patients, self.syntax):
            candidate.status, candidate.sparing, candidate.echo = "actual", True, True
        links = self.links.of(candidate)
        told.agents = self.participants.acting(candidate.agents)
        told.agents += self.participants.partners(candidate.agents, told.agents)
        told.patients = () if candidate.sparing else self._undergoing(candidate, told.agents)
        self._reread(told)
        self._search(told)
        self.means.refine(candidate)
        told.place = self.around.place(candidate, told.agents)
        told.time = self.around.time(candidate)
        if self.ontology.types[candidate.type].recipient_required and not told.patients and told.agents:
            told.patients = self._other_party(candidate, told.agents)
        selves = all(self.annotation.actors[n].antecedent in told.agents for n in told.patients)
        if candidate.type == "THREATEN" and selves:  # "warned that they would shell the town if the army went on"
            told.patients = self._warned(candidate, told.agents) or told.patients
        told.links += [i for i in links if i not in told.links]
        told.subordinate = self.around.is_subordinate(candidate)
        told.running = self.around.is_running(candidate)
        told.front = self._front(sentence)
        told.apart = self._apart(candidate)
        told.nearby = tuple(n for n, _ in self.around.places.get(sentence.number, ()))
        told.description = self.describer.of(candidate)
        self._give_words(told)
        if not told.agents:
            told.agents = self._speaker(candidate)
        self._put_off(told)
        past = is_background(candidate, told.time, self.annotation, self.syntax, self.options.background_days)
        if past and candidate.status in ("actual", "ongoing"):
            candidate.status = "historical"
            candidate.notes.append(("status", "told as background"))
        return told

    def _put_off(self, told: Told) -> None:
        """A ceasefire that begins after the text was published is still to come."""
        candidate, published = told.candidate, self.annotation.reference.latest
        if (candidate.type, candidate.mode) != ("RETREAT", "ceasefire") or candidate.status != "actual":
            return
        if told.time is None or published is None:
            return
        expression = self.annotation.times[told.time]
        head = self.syntax.head_of(expression.start, expression.end)
        from_then = head is not None and self.syntax.tokens[head.head].text.lower() == "from"
        start = expression.earliest or (published if from_then else "")
        opened = start[:10] >= published[:10] if from_then else start[:10] > published[:10]
        if opened:
            candidate.status = "future"
            candidate.notes.append(("status", "begins after publication"))

    def _undergoing(self, candidate: Candidate, agents: tuple[int, ...]) -> tuple[int, ...]:
        """The recipients: actors, else the states that the phrases name. Nobody breaks off relations with himself."""
        patients, whole = aimed_at(candidate, self.triggers, self.syntax, self.ontology)
        found = self.participants.affected(patients, whole, agents)
        found = tuple(n for n in found if self._may_undergo(n, candidate))
        own_forces = candidate.type == "AGREE" and candidate.by_operator  # "promised to send its soldiers"
        broken_off = candidate.type == "SANCTION" and candidate.mode not in ("convict", "expel")
        if (broken_off or own_forces) and agents:
            found = tuple(n for n in found if not any(self.participants.is_kin(n, a) for a in agents))
        if found:
            return found
        material = self.ontology.types[candidate.type].material and candidate.type != "SANCTION"
        kinds = _POSSESSING if material else _RELATING
        phrases = [i for i in (*patients, *whole) if self._is_thing(i, candidate)]
        if self.participants.tokens & {i for p in phrases for i in self.syntax.subtree_tokens(p)} and material:
            return ()
        return self.participants.states_in(phrases, agents, kinds)

    def _may_undergo(self, n: int, candidate: Candidate) -> bool:
        """A town that no one speaks for is where it happened; only aid, trade and words can be for those who live
        there. A country may undergo anything."""
        if n < self.known or candidate.type in _FOR_TOWNS:
            return True
        actor = self.annotation.actors[n]
        place = self.places_of.get(actor.start)
        if place is not None:
            first = self.syntax.tokens_in(actor.start, actor.end)[0].i
            before = self.syntax.tokens[first - 1].text.lower()
            if place.precision == "country":
                return before != "into"
            if before == "with" and candidate.type == "COERCE":
                return True  # "closed its border with Gaza"
            return actor.sector == "GOV" and candidate.type != "ASSAULT" and before in ("to", "from", "against", "with")
        head = self.syntax.head_of(actor.start, actor.end)
        return head is None or head.lemma.lower() not in self.ontology.lexicon.words("peopled")

    def _is_thing(self, i: int, candidate: Candidate) -> bool:
        """A token that tells no other event."""
        return self.triggers.get(i, candidate) is candidate

    def _reread(self, told: Told) -> None:
        """Organs of state protest in words: "the ministry called in the envoy to protest"."""
        candidate = told.candidate
        official = told.agents and all(self.annotation.actors[n].sector in _OFFICIAL for n in told.agents)
        if (
            candidate.type == "PROTEST"
            and official
            and self.links.is_done(candidate)
            and told.word in self.ontology.lexicon.words("protesting")
        ):
            candidate.type, candidate.mode = "ACCUSE", "disapprove"
            candidate.notes.append(("type", "an organ of state protests in words"))
            if candidate.trigger not in told.links:
                told.links += self.links.purposes(candidate)

    def _search(self, told: Told) -> None:
        """Police and prosecutors who raid a place search it; armies assault it."""
        candidate = told.candidate
        lawful = told.agents and all(self.annotation.actors[n].sector in ("COP", "JUD") for n in told.agents)
        if lawful and told.word == "raid" and (candidate.type, candidate.mode) == ("ASSAULT", None):
            candidate.type = "COERCE"
            candidate.notes.append(("type", "a search by the police"))

    def _front(self, sentence: Sentence) -> int:
        """2 in a title, 1 in the first sentence of the text, 0 elsewhere."""
        if sentence.kind == "title":
            return 2
        return int(sentence.number == self.lead)

    def _apart(self, candidate: Candidate) -> frozenset[int]:
        """The triggers that the event is told apart from: what it is measured from ("two days after the raid"), and for
        a blow struck back the one before it."""
        above = told_apart(candidate.trigger, self.syntax)
        if above is None:
            return self._answered(candidate) if candidate.answering else frozenset()
        line = (self.syntax.tokens[above], *self.syntax.ancestors(above))
        near = [*line[:3], *self.syntax.children(above, "nsubj", "dobj", "nsubjpass")]
        return frozenset([t.i for t in near if t.i in self.triggers and self.triggers[t.i] is not candidate][:1])

    def _answered(self, candidate: Candidate) -> frozenset[int]:
        """The blow before the one that is struck back, in its sentence or the one before."""
        here = self.syntax.sentence_of(candidate.trigger)
        first = self.syntax.sentences[max(0, here.number - 1)].first
        before = (self.triggers.get(i) for i in range(candidate.trigger - 1, first - 1, -1))
        blows = [c for c in before if c is not None and c.type == "ASSAULT" and c is not candidate]
        return frozenset([c.trigger for c in blows[:1] if not c.answering])

    def _mend_agents(self, candidate: Candidate) -> None:
        """Words are not spoken by attacks: where the tree says so, the subject of the sentence speaks."""
        if self.ontology.types[candidate.type].material or not candidate.agents:
            return
        if all((other := self.triggers.get(i)) is not None and other.type == "ASSAULT" for i in candidate.agents):
            sentence = self.syntax.sentence_of(candidate.trigger)
            for i in range(sentence.first, sentence.last):
                if self.syntax.tokens[i].dep == "ROOT":
                    candidate.agents = self.frames.of(i).subjects
                    return

    def _warned(self, candidate: Candidate, agents: tuple[int, ...]) -> tuple[int, ...]:
        """Those who must act, or must not, for a threat to be carried out: "unless the government raised their pay"."""
        heads = (h for t in conditions(candidate.trigger, self.syntax) for h in self.frames.verb(t.i).subjects)
        found = self.participants.acting(h for h in heads if self.syntax.tokens[h].pos != "PRON")
        own = {self.annotation.actors[a].key for a in agents}
        return tuple(n for n in found if self.annotation.actors[n].key not in own)

    def _other_party(self, candidate: Candidate, agents: tuple[int, ...]) -> tuple[int, ...]:
        """The other state of the sentence, else of the one before it in the paragraph, where only one is named."""
        here = self.syntax.sentence_of(candidate.trigger)
        for number in (here.number, here.number - 1):
            if number < 0 or self.syntax.sentences[number].block != here.block:
                break
            others: dict[str, int] = {}
            for n in self.around.actors.get(number, ()):
                actor = self.annotation.actors[n]
                foreign = not actor.generic and not any(self.participants.is_kin(n, a) for a in agents)
                if actor.country and actor.sector == "GOV" and foreign:
                    others.setdefault(actor.country, n)
            if len(others) == 1:
                candidate.notes.append(("recipient", "the other party of the sentence"))
                return tuple(others.values())
        return ()

    def _give_words(self, told: Told) -> None:
        """The nouns of its participants, and whether one of them is told as known."""
        tokens = self.syntax.tokens
        candidate = told.candidate
        heads = [i for i in (*candidate.agents, *candidate.patients, *candidate.whole) if i not in self.triggers]
        told.words = frozenset(tokens[i].lemma.lower() for i in heads if tokens[i].pos in ("NOUN", "PROPN"))
        told.names = self._names_of(candidate)
        told.given = any(
            tokens[i].pos == "PRON"
            or any(c.lemma.lower() in ("the", "this", "that", "these", "those") for c in self.syntax.children(i, "det"))
            for i in (*candidate.agents, *candidate.patients)
            if tokens[i].pos != "PROPN"
        )

    def _names_of(self, candidate: Candidate) -> frozenset[str]:
        """The names in the phrases of those who undergo it and of where it happens: "outside the Kalma camp"."""
        tokens, syntax = self.syntax.tokens, self.syntax
        around = (t for name, t in self.frames.of(candidate.trigger).obliques if name in _AT)
        heads = (*candidate.patients, *candidate.whole, *around)
        inside = {k for i in heads if i not in self.triggers for k in syntax.subtree_tokens(i)[:_PHRASE]}
        return frozenset(
            tokens[k].lemma.lower() for k in inside if tokens[k].pos == "PROPN" and len(tokens[k].text) > 3
        )

    def _speaker(self, candidate: Candidate) -> tuple[int, ...]:
        """The speaker, where "we" or "the country" acts in what is said."""
        tokens = self.syntax.tokens
        if not any(tokens[i].lemma.lower() in _SELVES for i in candidate.agents):
            return ()
        number = self.around.attribution(candidate)
        speaker = self.annotation.attributions[number].speaker_actor if number is not None else None
        return () if speaker is None else (speaker,)

    # ------------------------------------------------------------------ the record

    def _record(self, group: Group, best: Told, confidence: float) -> EventMention | None:
        """The record of a group; None where too little speaks for it. `best` is its most telling mention, `confidence`
        that before the model was heard on who takes part."""
        candidate = best.candidate
        agents, patients = self.sides.of(group, best)
        place = self._finest(group, best)
        in_scene = candidate.type in _ON_THE_GROUND and (self._is_report or self.scene.is_dated)
        inherited: list[Literal["place", "time"]] = []
        if place is None and in_scene and (place := self.scene.place(group)) is not None:
            inherited.append("place")
            candidate.notes.append(("place", "where the text's other events are"))
        time = best.time if best.time is not None else next((t.time for t in group.members if t.time is not None), None)
        if time is None and in_scene and (time := self.scene.time(group)) is not None:
            inherited.append("time")
            candidate.notes.append(("time", "the day of what is told before it"))
        modes = (t.candidate.mode for t in (best, *group.members))
        mode = next((m for m in modes if m and m != _OUTCOME), None)
        if mode is None and not any(t.tolls for t in group.members):
            mode = candidate.mode
        confidence = max(confidence, self._confidence(group, best))
        forced = candidate.type in ("ASSAULT", "COERCE")
        least = self.options.least_violence if forced else self.options.least_confidence
        known = any(t.candidate.recalled and t.candidate.status not in _UNREAL for t in group.members)
        if (confidence < least or (forced and self._is_said_in_passing(group))) and not known:
            return None
        trigger = self._span(candidate)
        spans = sorted({span for t in group.members for span in self._spans(t.candidate)})
        tolls = tuple(sorted({n for t in group.members for n in t.tolls}))
        instrument, target = self._means(group, best, patients)
        return EventMention(
            start=trigger.start,
            end=trigger.end,
            trigger=self.document.text[trigger.start : trigger.end],
            mentions=tuple(spans),
            type=candidate.type,
            mode=mode,
            actors=agents,
            recipients=patients,
            place=place,
            time=time,
            tolls=tolls,
            status=self._status(group, best),
            attribution=self.around.attribution(candidate),
            instrument=instrument,
            target=target,
            confidence=confidence,
            explanation=(*self._explained(best, agents, patients, place, time, tolls), *self._joined(group)),
            inherited=tuple(inherited),
        )

    def _joined(self, group: Group) -> tuple[Feature, ...]:
        """Why each later mention is held for one with those before."""
        return tuple(
            Feature(name="mention", value=round(why.score, 3), weight=1.0,
                    note=f"{self.syntax.tokens[trigger].text!r}: {why.words}")
            for trigger, why in group.reasons
            if why.evidence
        )  # fmt: skip

    def _spans(self, candidate: Candidate) -> list[Span]:
        tokens = self.syntax.tokens
        return [self._span(candidate), *(Span(tokens[i].start, tokens[i].end) for i in candidate.also)]

    def _span(self, candidate: Candidate) -> Span:
        """The characters of a mention: its trigger, or all of a light verb's or an idiom's words."""
        ends = (candidate.trigger, *candidate.extent)
        return Span(self.syntax.tokens[min(ends)].start, self.syntax.tokens[max(ends)].end)

    def _telling(self, told: Told) -> float:
        candidate = told.candidate
        real = candidate.status in ("actual", "ongoing", "historical")
        score = 2.0 * real + 1.2 * bool(told.agents) + told.anchors + 0.5 * (candidate.mode is not None)
        appended = bool(told.links) and self.syntax.tokens[candidate.trigger].tag == "VBG"  # "raids, targeting a camp"
        outcome = candidate.effect + appended + (candidate.mode == _OUTCOME)
        return score - 1.6 * outcome - 5.0 * candidate.echo

    def _finest(self, group: Group, best: Told) -> int | None:
        order = [best, *(t for t in group.members if t is not best)]
        places = [t.place for t in order if t.place is not None and not self.scene.is_stray(t.place)]
        if not places:
            return None
        return min(places, key=lambda p: _COARSENESS[self.annotation.places[p].precision])  # the first of equals

    def _status(self, group: Group, best: Told) -> Status:
        status = best.candidate.status
        if status == "historical" and any(t.candidate.status == "actual" and t.time is not None for t in group.members):
            return "actual"
        return status

    def _means(self, group: Group, best: Told, patients: tuple[int, ...]) -> tuple[Span | None, Span | None]:
        order = [best, *(t for t in group.members if t is not best)]
        instrument = target = None
        for told in order:
            if told.candidate.type not in ("ASSAULT", "MOBILIZE", "PROTEST", "COERCE"):
                break
            if instrument is None and (head := self.around.instrument(told.candidate)) is not None:
                instrument = self.around.phrase(head)
            if target is None and told.candidate.type in ("ASSAULT", "COERCE"):
                for i in (*told.candidate.patients, *told.candidate.whole):
                    if self.syntax.tokens[i].pos == "NOUN" and i not in self.triggers:
                        target = self.around.phrase(i)
                        break
        return instrument, target

    def _confidence(self, group: Group, best: Told) -> float:
        value = best.candidate.confidence
        told = sum(any(member.told[k] for member in group.members) for k in range(5))
        in_lead = any(member.front for member in group.members) and bool(group.patients())
        if told < 2 and not in_lead and all(member.candidate.nominal for member in group.members):
            value -= 0.15
        if not group.agents():
            value -= 0.1
        if not told:
            value -= 0.05 if self._is_peopled(best.candidate) else 0.25
        if best.candidate.status == "hypothetical":
            value -= 0.1
        return round(min(1.0, max(0.0, value + 0.05 * min(len(group.members) - 1, 2))), 3)

    def _is_said_in_passing(self, group: Group) -> bool:
        """Force of which a text, behind its lead, tells neither where nor when nor how many, and not of two that it
        names: what one says about the others, no happening that could be told from another."""
        if not self._is_report or any(t.front or t.candidate.status in _UNREAL for t in group.members):
            return False
        if any(t.time is not None or t.tolls for t in group.members):
            return False
        warfare = self.ontology.lexicon.words("warfare")
        if all(t.candidate.nominal and t.word in warfare for t in group.members):
            return True
        if any(t.place is not None for t in group.members):
            return False
        sides = (group.agents(), group.patients())
        return not all(sides) or not any(self.participants.is_named(n) for side in sides for n in side)

    def _is_peopled(self, candidate: Candidate) -> bool:
        """Whether a verb says who or what did it or underwent it, though no layer knows them."""
        roles = (*candidate.agents, *candidate.patients, *candidate.whole)
        return not candidate.nominal and any(self.syntax.tokens[i].pos in ("NOUN", "PROPN") for i in roles)

    def _explained(
        self,
        best: Told,
        agents: tuple[int, ...],
        patients: tuple[int, ...],
        place: int | None,
        time: int | None,
        tolls: tuple[int, ...],
    ) -> tuple[Feature, ...]:
        """Which words gave which field."""
        layers = self.annotation
        notes = [*best.candidate.notes]
        notes += [("actor", layers.actors[n].text) for n in agents]
        notes += [("recipient", layers.actors[n].text) for n in patients]
        if place is not None:
            notes.append(("place", layers.places[place].text))
        if time is not None:
            notes.append(("time", layers.times[time].text))
        notes += [("toll", layers.tolls[n].text) for n in tolls]
        return tuple(Feature(name=name, value=1.0, weight=1.0, note=note) for name, note in notes)


_OUTCOME = "destroy"  # what an attack did to things does not say how it was made
_UNREAL = frozenset({"negated", "hypothetical", "future"})
_AT = frozenset({"at", "outside", "near", "in", "inside", "against", "on", "of", "into", "from", "opposite"})
_PHRASE = 12  # tokens of a phrase that are looked at for names
_ON_THE_GROUND = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
_FOR_TOWNS = frozenset({"AID", "SUPPORT", "SANCTION", "CONCEDE", "COOPERATE", "AGREE",
                        "REQUEST", "REJECT", "ACCUSE", "THREATEN", "PROTEST"})  # fmt: skip
_POSSESSING = frozenset({"of"})
_RELATING = frozenset({"of", "to", "from", "with", "for", "in"})
_OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
_COARSENESS = {"site": 0, "city": 0, "district": 0, "admin1": 1, "unknown": 1, "country": 2, "region": 3}
