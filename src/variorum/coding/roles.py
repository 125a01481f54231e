"""Who does what to whom at a plain trigger, before any operator: the pattern's frame laid over the syntax."""

from __future__ import annotations

import msgspec

from variorum.records import Syntax, Token

from .candidate import Candidate
from .frames import Frames
from .lexicon import Lexicon
from .occasions import Occasions
from .sorts import sorts_of
from .triggers import Match

CEASEFIRE = ("RETREAT", "ceasefire")
NOMINAL_TARGETING = frozenset({"on", "against", "at", "with", "to", "upon", "for", "between", "among", "into", "from"})
_TARGETING = frozenset({"on", "against", "at", "with", "to", "upon", "for", "from", "into", "over", "between", "across",
                        "toward", "towards", "inside", "in", "among", "of", "near"})  # fmt: skip
_GIVING = frozenset({"AID", "SUPPORT", "REQUEST", "AGREE"})  # "a loan from", "an offer from"
_VOICED = _GIVING | {"ACCUSE", "REJECT", "THREATEN"}  # "warnings from", "criticism from"
_STATIONED = frozenset({"in", "at", "along", "near", "on", "outside", "inside"})
_DIRECT = frozenset({"REQUEST", "CONSULT", "ACCUSE", "THREATEN", "SUPPORT"})  # done to the object, whatever follows
_HELD = frozenset({("RETREAT", "release"), ("SANCTION", "expel"), ("SANCTION", "convict")})
_ANSWERING = frozenset({"AGREE", "REJECT", "CONCEDE", "SUPPORT"})
_WHERE = frozenset({"in", "inside", "near", "across"})
_BODILY = frozenset({"ASSAULT", "COERCE", "AID", "MOBILIZE", "PROTEST"})  # done where those are who undergo it
_IDIOM = 6  # words from a verb to the last of its idiom
_ACTS = frozenset({"%act", "%communication", "%event", "%state", "%feeling", "%cognition", "%phenomenon"})
_EMPTY = frozenset({"effect", "place", "hold", "force", "shape", "part"})  # "took effect" is all verb
_SAID_OF = frozenset({"ADJ", "NOUN", "PROPN"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})


class RoleFinder:
    """Makes candidates of matches over one document."""

    def __init__(
        self, lexicon: Lexicon, syntax: Syntax, frames: Frames, actor_tokens: frozenset[int], occasions: Occasions
    ) -> None:
        self.lexicon = lexicon
        self.syntax = syntax
        self.frames = frames
        self.actor_tokens = actor_tokens
        self._occasions = occasions

    def plain(self, match: Match) -> Candidate:
        pattern = match.pattern
        assert pattern.type is not None
        candidate = Candidate(match.i, pattern.type, pattern.mode)
        candidate.effect, candidate.mutual = pattern.effect, pattern.mutual
        candidate.confidence, candidate.echo, candidate.thing = pattern.confidence, pattern.weak, pattern.thing
        candidate.notes.append(
            ("type", f"{pattern.source!r} is {pattern.type}{'/' + pattern.mode if pattern.mode else ''}")
        )
        if self.frames.is_verb(match.i):
            self._verb_roles(candidate, match)
        else:
            self._noun_roles(candidate, match)
        candidate.answering = candidate.type == "ASSAULT" and self._occasions.is_answer(self.syntax.tokens[match.i])
        candidate.recalled = candidate.recalled or pattern.occasion or (candidate.answering and not candidate.nominal)
        self._find_extent(candidate, match)
        return candidate

    def _find_extent(self, candidate: Candidate, match: Match) -> None:
        """The words beside the verb that make the pattern; a light verb gives its place as the trigger to its noun."""
        if not self.frames.is_verb(match.i):
            return
        tokens = self.syntax.tokens
        light = match.pattern.particle is None and tokens[match.i].lemma.lower() in self.lexicon.words("carrying")
        act = next((o for o in match.objects if o > match.i and self._is_act(o)), None)
        particles = [c.i for c in self.syntax.children(match.i, "prt") if c.lemma == match.pattern.particle]
        if act is not None and light:
            candidate.trigger = act
            candidate.chain = [act, *(i for i in candidate.chain if i != act)]
        ends = [*particles, *match.idiom, *((act,) if act is not None else ())]
        last = max(ends, default=match.i)
        if match.i < last <= match.i + _IDIOM and not self.actor_tokens & set(range(match.i, last + 1)):
            candidate.extent = tuple(range(match.i, last + 1))

    def _is_act(self, i: int) -> bool:
        token = self.syntax.tokens[i]
        if token.pos != "NOUN" or i in self.actor_tokens or token.lemma in _EMPTY:
            return False
        return bool(sorts_of(token, ()) & _ACTS)

    def _verb_roles(self, candidate: Candidate, match: Match) -> None:
        roles = self.frames.verb(match.i)
        obliques = tuple(t for name, t in roles.obliques if name in _TARGETING and self._may_undergo(name, t, match))
        if match.pattern.swap:
            candidate.agents = (
                tuple(t for name, t in roles.obliques if name in ("from", "by", "of")) or match.recipients
            )
            candidate.patients = roles.subjects
            candidate.whole = match.objects
            return
        candidate.agents = roles.subjects
        modifier = self.syntax.tokens[match.i].dep == "amod" and self.frames.misread_subject(match.i) is None
        candidate.echo = candidate.echo or modifier
        if self._is_reduced(match.i):
            candidate.agents, candidate.patients, candidate.whole = (), roles.subjects, obliques
            return
        leaves = (candidate.type, candidate.mode) == ("RETREAT", "withdraw")  # "withdrew its troops"
        sends = (
            candidate.type == "MOBILIZE" or leaves or self.syntax.tokens[match.i].lemma in self.lexicon.words("sending")
        )
        around = self.syntax.tokens[match.i].lemma in self.lexicon.words("surrounding")
        sent = match.objects if sends and not around else ()  # who is sent undergoes nothing
        match = self._without_stations(candidate, match)
        straight = self._straight(candidate, match)
        if match.recipients and not sent and straight:  # "asked Peru for boats", "accepted Peru's offer of"
            candidate.patients, candidate.whole = straight, match.recipients
        elif match.recipients:
            candidate.patients = match.recipients
            candidate.whole = tuple(t for t in (*roles.objects, *obliques) if t not in sent)
        elif candidate.type == "AGREE" and match.objects:  # what is promised is no party to it
            clause = self.syntax.children(match.i, "xcomp", "ccomp")  # "promised the islanders to rebuild the pier"
            people = tuple(o for o in match.objects if clause and o in self.actor_tokens)
            candidate.patients = (*roles.datives, *people)
            candidate.whole = tuple(t for t in obliques if t not in match.objects)
        elif match.pattern.thing and (sent or not match.people):
            self._thing_roles(candidate, match, obliques, sent)
        else:
            told = (*roles.objects, *roles.datives) or match.objects
            candidate.patients = tuple(o for o in told if not self._is_reflexive(o))
            if candidate.type == "CONSULT":
                inner = (part for _, t in roles.obliques for part in self.frames.noun(t).obliques)
                candidate.patients += tuple(t for name, t in (*roles.obliques, *inner) if name in ("with", "between"))
            candidate.whole = obliques
        if sent and candidate.type == "AID":
            candidate.whole += self._helped(match.i)
        if (candidate.type, candidate.mode) == CEASEFIRE:  # "announced a truce between them": theirs it is
            pair = tuple(t for name, t in self.frames.spread_obliques(roles) if name == "between")
            if len(pair) > 1:
                candidate.agents, candidate.patients, candidate.whole = pair, (), ()
        if candidate.type == "REQUEST" and not candidate.patients:
            candidate.patients = self._asked((match.i, *match.objects))
        if match.objects:
            noun = match.objects[0]
            if self.syntax.tokens[noun].pos == "NOUN" and noun > match.i and candidate.type in ("CONSULT", "ACCUSE"):
                candidate.chain.append(noun)

    def _thing_roles(
        self, candidate: Candidate, match: Match, obliques: tuple[int, ...], sent: tuple[int, ...]
    ) -> None:
        """The roles where the object is no participant: "froze the accounts of", "shared its data with"."""
        roles = self.frames.verb(match.i)
        direct = tuple(t for t in roles.objects if t in self.actor_tokens and t not in sent)
        candidate.patients = (*roles.datives, *direct, *self._judged(match.i))
        if candidate.type == "COOPERATE":  # evidence is shared with someone, not with those it is of
            shared = next((c.words for c in match.pattern.conditions if c.on == "object"), frozenset())
            partners = [t for name, t in self.frames.spread_obliques(roles) if name in ("with", "to", "between")]
            candidate.whole = tuple(t for t in partners if self.syntax.tokens[t].lemma.lower() not in shared)
        elif candidate.type == "ASSAULT":
            candidate.whole = (*roles.objects, *obliques)
        else:
            held = tuple(t for t in roles.objects if t not in sent)
            candidate.whole = (*held, *obliques) if self._owners(match) else (*obliques, *held)

    def _is_reflexive(self, t: int) -> bool:
        """ "Blew himself up among the soldiers": the soldiers undergo it."""
        return self.syntax.tokens[t].text.lower().endswith(("self", "selves"))

    def _is_force(self, t: int) -> bool:
        """Soldiers, police or ships, who are sent and undergo nothing."""
        lemma = self.syntax.tokens[t].lemma.lower()
        return any(lemma in self.lexicon.words(name) for name in ("troops", "police", "militia", "vessel", "aircraft"))

    def _straight(self, candidate: Candidate, match: Match) -> tuple[int, ...]:
        """Whom it is done to straight, though a preposition names someone too: the object ("shot the minister at his
        desk", "asked Peru for boats"), or whose offer or demand the object is."""
        if candidate.type == "ASSAULT" and not match.pattern.thing:
            return tuple(o for o in self.frames.verb(match.i).objects if o in self.actor_tokens)
        held = candidate.type == "COERCE" or (candidate.type, candidate.mode) in _HELD
        direct = candidate.type in _DIRECT or held  # "released two hostages to the Red Cross"
        people = tuple(o for o in match.objects if o in self.actor_tokens and not self._is_reflexive(o))
        if direct and people:
            return people
        return self._owners(match) if candidate.type in _ANSWERING else ()

    def _without_stations(self, candidate: Candidate, match: Match) -> Match:
        """Where forces are sent to stand undergoes nothing: "posted officers in the port"."""
        if candidate.type != "MOBILIZE":
            return match
        parts = self.frames.spread_obliques(self.frames.of(match.i))
        placed = {t for name, t in parts if name in _STATIONED}
        return msgspec.structs.replace(match, recipients=tuple(t for t in match.recipients if t not in placed))

    def _may_undergo(self, name: str, t: int, match: Match) -> bool:
        """Not where it was done in words ("in a statement"), nor how others felt ("to the dismay of")."""
        if match.pattern.type == "MOBILIZE" and name in _STATIONED:
            return False
        if name == "to" and self.syntax.tokens[t].lemma in self.lexicon.words("feelings"):
            return False
        return name not in _WHERE or match.pattern.type in _BODILY

    def _owners(self, match: Match) -> tuple[int, ...]:
        """Whose offer, demand or plan it is that is taken up or turned down."""
        owners = [c for o in match.objects for c in self.syntax.children(o, "poss") if c.tag != "PRP$"]
        parts = (c for o in match.objects for c in self.syntax.children(o, "prep") if c.lemma == "of")
        owners = owners or [k for c in parts for k in self.syntax.children(c.i, "pobj")]
        return tuple(h for c in owners for h in self.frames.heads(c.i) if h in self.actor_tokens)

    def _asked(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Who is to act, under a call or demand: "issued a call for the minister to resign"."""
        clauses = (c for i in heads for c in self.syntax.children(i, "advcl", "acl", "relcl", "ccomp", "xcomp"))
        return tuple(
            h
            for c in clauses
            if any(m.text.lower() == "for" for m in self.syntax.children(c.i, "mark", "prep"))
            for k in self.syntax.children(c.i, "nsubj", "nsubjpass")
            for h in self.frames.heads(k.i)
        )

    def _judged(self, i: int) -> tuple[int, ...]:
        """Of whom a small clause says what they are: "found the commander guilty"."""
        clauses = (c for c in self.syntax.children(i, "ccomp") if c.pos in _SAID_OF or c.tag in ("VBG", "VBN"))
        clauses = (c for c in clauses if not self.syntax.children(c.i, "aux", "auxpass"))
        return tuple(k.i for c in clauses for k in self.syntax.children(c.i, "nsubj"))

    def _helped(self, i: int) -> tuple[int, ...]:
        """Whom what is sent is to help: "sent police to help the islands keep order"."""
        found: list[int] = []
        for c in self.syntax.children(i, "xcomp", "advcl"):
            roles = self.frames.verb(c.i)
            found += [*roles.objects, *roles.datives]
        return tuple(found)

    def _is_reduced(self, i: int) -> bool:
        """A transitive participle without an object or "be": "four people killed", as headlines have it."""
        roles = self.frames.verb(i)
        token = self.syntax.tokens[i]
        aimed = any(  # "guards shot at a family", not "17 wounded on Tuesday"
            name in ("at", "on", "into", "upon") and "%time" not in sorts_of(self.syntax.tokens[t], ())
            for name, t in roles.obliques
        )
        alone = not roles.objects and not roles.datives and not roles.passive and not aimed
        return alone and token.tag in ("VBD", "VBN") and token.lemma in self.lexicon.words("transitive")

    def _place_in_time(self, candidate: Candidate, match: Match) -> None:
        """Whether a noun of force names one known happening; a munition and the verb of its blow are one event."""
        token = self.syntax.tokens[match.i]
        if candidate.type in ("ASSAULT", "COERCE") and not match.pattern.weak:
            candidate.definite = candidate.definite or self._occasions.is_bounded(token)
            candidate.recalled = match.pattern.occasion or self._occasions.is_recalled(token)
        elif not match.pattern.weak:
            candidate.recalled = self._occasions.is_dated(token)
        vague = candidate.type == "ASSAULT" and not candidate.definite and self._occasions.harms(token)
        if match.pattern.occasion or vague or (candidate.type, candidate.mode) == CEASEFIRE:
            candidate.links = self._occasions.blow_of(token)

    def _carried(self, token: Token) -> tuple[tuple[str, int], ...]:
        """What the parse hung on the verb that says that fighting came about: "clashes broke out between"."""
        above = self.syntax.tokens[token.head]
        words = self.lexicon.words("arising") | self.lexicon.words("happen")
        arose = token.dep == "nsubj" and above.lemma.lower() in words
        return self.frames.verb(above.i).obliques if arose and self.frames.is_verb(above.i) else ()

    def _sides_of_words(self, candidate: Candidate, match: Match) -> tuple[list[int], list[int]]:
        """The subjects of an event noun, and those that its pattern names; who words are from speaks them."""
        roles = self.frames.noun(match.i)
        agents, patients = list(roles.subjects), list(match.recipients)
        if candidate.type not in _VOICED:
            return agents, patients
        speakers = [t for t in (*patients, *(t for _, t in roles.obliques)) if self._is_from(t)]
        return agents + speakers, [t for t in patients if t not in speakers]

    def _is_from(self, t: int) -> bool:
        """Whether a noun, or the one that it is joined to, stands after "from"."""
        token = self.syntax.tokens[t]
        while token.dep == "conj":
            token = self.syntax.tokens[token.head]
        return token.dep == "pobj" and self.syntax.tokens[token.head].text.lower() == "from"

    def _is_plain_opening(self, i: int) -> bool:
        """An adjective that is capital only because it opens its sentence: "Heavy fighting", not "Kenyan raids"."""
        opens = i == self.syntax.sentence_of(i).first
        return opens and self.syntax.tokens[i].pos == "ADJ" and i not in self.actor_tokens

    def _noun_roles(self, candidate: Candidate, match: Match) -> None:
        token = self.syntax.tokens[match.i]
        roles = self.frames.noun(match.i)
        words = self.lexicon.words
        lemma = token.lemma.lower()
        candidate.nominal = True
        children = list(self.syntax.children(match.i, "det", "poss"))
        candidate.definite = any(c.lemma.lower() in _DEFINITE or c.dep == "poss" for c in children)
        self._place_in_time(candidate, match)
        agents, patients = self._sides_of_words(candidate, match)
        if lemma in words("undergo_nouns"):
            owners = [h for c in children if c.dep == "poss" for h in self.frames.heads(c.i)]
            has_of = any(name == "of" for name, _ in roles.obliques)
            if not has_of and lemma not in ("bombing", "shelling", "invasion", "occupation", "siege", "destruction"):
                agents = [a for a in agents if a not in owners]
                patients += owners
        agents = [a for a in agents if a not in match.objects and not self._is_plain_opening(a)]
        sent = match.objects if candidate.type == "MOBILIZE" else ()
        for name, t in roles.obliques:
            if name == "of" and (t in sent or (candidate.type == "MOBILIZE" and self._is_force(t))):
                continue
            if name == "of" and match.pattern.thing and t in match.objects and not match.people:
                candidate.whole = (*candidate.whole, t)
            elif name == "of":
                (agents if lemma in words("agentive_of") and t in self.actor_tokens else patients).append(t)
            elif name == "from" and candidate.type in _VOICED:
                continue
            elif name in NOMINAL_TARGETING and t not in patients:
                patients.append(t)
        if candidate.type == "REQUEST" and not patients:
            patients += self._asked((match.i, token.head))
        candidate.agents, candidate.patients = tuple(dict.fromkeys(agents)), tuple(dict.fromkeys(patients))
        pair = tuple(t for name, t in (*roles.obliques, *self._carried(token)) if name in ("between", "among"))
        two_sided = candidate.type == "ASSAULT" or (candidate.type, candidate.mode) == CEASEFIRE
        if pair and (candidate.mutual or (len(pair) > 1 and two_sided)) and not candidate.agents:
            candidate.agents, candidate.patients, candidate.mutual = pair, (), True
        candidate.whole += tuple(t for name, t in roles.obliques if name in ("in", "inside", "near", "across"))
        for c in self.syntax.children(match.i, "acl", "advcl"):
            if c.lemma in ("use", "involve", "employ"):  # "strikes using drones against"
                verb = self.frames.verb(c.i)
                more = tuple(t for name, t in self.frames.spread_obliques(verb) if name in ("on", "against", "at"))
                candidate.patients = tuple(dict.fromkeys((*candidate.patients, *more)))
        for c in self.syntax.children(match.i, "acl", "relcl"):
            if c.lemma in ("blame", "claim", "carry", "commit", "perpetrate", "stage", "launch", "mount", "conduct"):
                verb = self.frames.verb(c.i)
                blamed = tuple(t for name, t in verb.obliques if name == "on") if c.lemma == "blame" else ()
                candidate.agents = (*candidate.agents, *(blamed or verb.subjects))
