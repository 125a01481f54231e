"""From triggers to candidates: each event pattern found, taken through the operators that stand over it.

    trigger ─▶ climb ─▶ candidate
    "sanctions"  "lift" (end) ─▶ CONCEDE ─▶ "refused to" (refuse) ─▶ REJECT/yield

What an operator took up is no event of its own: nobody lifted the sanctions.
"""

from __future__ import annotations

import msgspec

from variorum.records import Syntax, Token

from .candidate import Candidate
from .clauses import ends_of_itself, has_condition, is_beside, is_infinitive, is_stated
from .demands import WORDS, answered, is_told_beside
from .frames import Frames, aimed
from .lexicon import Pattern
from .ontology import Ontology
from .operators import REACHING, TRANSFORMING
from .roles import CEASEFIRE, NOMINAL_TARGETING, RoleFinder
from .scope import Scope, scope_of
from .statements import (
    charge_above,
    deeds_of,
    is_asked,
    is_called_for,
    is_mandate,
    is_name_for,
    is_name_part,
    is_position,
    is_untrue,
    reported,
)
from .triggers import Match, Matcher
from .type_model import TypeJudge
from .unreal import Unreal

_SELF = frozenset({"it", "they", "he", "she", "we", "i", "its", "their", "his", "her", "our", "my"})
_CLAUSAL = frozenset({"commit", "vow", "refuse", "demand", "threaten"})
_JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
_OBTAINING = frozenset({"win", "secure", "extract", "obtain", "receive", "get", "draw", "earn", "gain", "wring"})
_GIVEN = frozenset({"AGREE", "SUPPORT", "AID", "ACCUSE"})  # "won promises from", "drew criticism from"
_CHARGING = frozenset({"accuse", "charge", "suspect", "allege", "implicate", "indict", "sue", "acquit", "blame"})
_MAX_CLIMB = 6
_PLAN_NOUNS = frozenset({"attempt", "plan", "threat", "offer", "call", "proposal", "pledge", "vow"})


class Candidates:
    """All candidates of one document, in text order."""

    def __init__(
        self,
        ontology: Ontology,
        syntax: Syntax,
        frames: Frames,
        actor_tokens: frozenset[int],
        place_tokens: frozenset[int] = frozenset(),
    ) -> None:
        self.ontology = ontology
        self.syntax = syntax
        self.frames = frames
        self.matcher = Matcher(ontology.lexicon, syntax, frames, actor_tokens - place_tokens, place_tokens)
        self._types = TypeJudge(ontology, syntax, frames, actor_tokens, place_tokens)
        self.actor_tokens = actor_tokens
        self._roles = RoleFinder(ontology.lexicon, syntax, frames, actor_tokens, self.matcher.occasions)
        self._operators: dict[int, Pattern | None] = {}
        self._unreal = Unreal(syntax, ontology.lexicon, self.operator)

    def all(self) -> list[Candidate]:
        fitting = {t.i: m for t in self.syntax.tokens if (m := self.matcher.event(t, self.actor_tokens)) is not None}
        matches = self._types.settle(
            fitting, is_operator=lambda i: self.operator(i) is not None, near=self.matcher.near
        )
        held = self._held(matches)
        found: dict[int, Candidate] = {}
        extra: list[Candidate] = []
        for i, match in matches.items():
            if i in held:
                continue
            modifier = self.syntax.tokens[i].dep == "amod" and self.frames.is_verb(i)
            if modifier and match.pattern.type != "ASSAULT" and self.frames.misread_subject(i) is None:
                continue  # "the backed government", "targeted sanctions"
            if is_position(i, self.syntax, self.frames) or is_name_part(i, self.syntax) or is_mandate(i, self.syntax):
                continue
            climbed = self._climbed(match, matches)
            if climbed is None:
                continue
            candidate, echo = climbed
            if candidate.by_operator and candidate.trigger in held:
                continue  # "brushed aside appeals for clemency"
            self._same_act(candidate, matches)
            if echo is not None:
                extra.append(echo)
            before = found.get(candidate.trigger)
            if before is None or (candidate.by_operator and not before.by_operator):
                found[candidate.trigger] = candidate
            elif before.by_operator and candidate.by_operator:
                before.whole = (*before.whole, *candidate.patients, *candidate.whole)
        for token in self.syntax.tokens:
            if token.i not in found and (bare := self._bare(token)) is not None:
                found[token.i] = bare
        return sorted([*found.values(), *extra], key=lambda c: (c.trigger, c.type))

    def _same_act(self, candidate: Candidate, matches: dict[int, Match]) -> None:
        """Link what the tree makes one act: the deeds of one charge, talks and those who mediate them."""
        i, tokens = candidate.trigger, self.syntax.tokens
        charge = charge_above(i, self.syntax)
        head = self.operator(tokens[i].head) if charge is not None else None
        if charge is not None and head is not None and head.kind == "accuse":
            candidate.agents = self.frames.verb(tokens[i].head).objects
            deeds = (k for k in deeds_of(charge, i, self.syntax) if k in matches)
            candidate.links += [k for k in deeds if matches[k].pattern.type == candidate.type][:1]
        if candidate.mode == "third-party":
            about = (tokens[i].head, *self.frames.of(i).objects)
            candidate.links += [
                k for k in about if k in matches and matches[k].pattern.type == candidate.type and k != i
            ]

    def _held(self, matches: dict[int, Match]) -> set[int]:
        """Event nouns that a verb's own pattern speaks of ("violated the truce"): no events beside it."""
        held: set[int] = set()
        for match in matches.values():
            if self.frames.is_verb(match.i):
                for o in (*match.objects, *(() if match.pattern.effect else match.idiom)):
                    other = matches.get(o) if self.syntax.tokens[match.i].head != o else None
                    beside = is_told_beside(o, match, matches, self.frames, self.actor_tokens)
                    if other is not None and not self.frames.is_verb(o) and not beside:
                        kind = other.pattern.type
                        if kind == match.pattern.type or kind not in ("ASSAULT",) or match.pattern.type == "ASSAULT":
                            held.add(o)
                held |= answered(match, matches, self.frames, self.actor_tokens)
        return held

    def operator(self, i: int) -> Pattern | None:
        if i not in self._operators:
            self._operators[i] = self.matcher.operator(self.syntax.tokens[i])
        return self._operators[i]

    # ------------------------------------------------------------------ operators

    def _governor(self, i: int) -> tuple[int, str] | None:
        """What a complement hangs on, and how: clause, object, subject, compound, or a preposition's name."""
        syntax = self.syntax
        token = syntax.tokens[i]
        for _ in range(4):
            if token.dep == "pobj" and self._is_count(token):
                token = syntax.tokens[syntax.tokens[token.head].head]  # "a string of bombings"
                continue
            if token.dep != "conj":
                break
            head = syntax.tokens[token.head]
            if (head.pos == "VERB") != (token.pos == "VERB"):
                return None
            token = head
        if token.head == token.i or is_beside(token.i, syntax):
            return None
        head = syntax.tokens[token.head]
        if token.dep in ("xcomp", "ccomp", "acl"):
            return head.i, "clause"
        if token.dep in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
            return head.i, "object"
        if token.dep == "nsubj":
            return head.i, "subject"
        if token.dep in ("compound", "nmod", "amod") and head.pos in ("NOUN", "PROPN"):
            return head.i, "compound"
        if token.dep in ("pobj", "pcomp") and head.head != head.i:
            return head.head, head.text.lower()
        return None

    def _is_count(self, token: Token) -> bool:
        of = self.syntax.tokens[token.head]
        counted = self.syntax.tokens[of.head].lemma.lower()
        return of.lemma == "of" and counted in self.ontology.lexicon.words("quantity")

    def _climbed(self, match: Match, matches: dict[int, Match]) -> tuple[Candidate, Candidate | None] | None:
        candidate = self._roles.plain(match)
        at, scope, echo = match.i, scope_of(match.i, self.syntax, self.frames), None
        hypothetical = negated = planned = False
        for _ in range(_MAX_CLIMB):
            step = self._governor(at)
            if step is None:
                break
            g, relation = step
            kind = self._kind_over(candidate, at, g, relation, match, matches)
            if kind is None:
                self._borrow(candidate, at, g, relation, matches)
                break
            if kind == "prevent" and g in matches:
                return None  # "barred from returning": the bar is the event
            if kind in TRANSFORMING:
                if candidate.nominal and candidate.definite and candidate.type == "ASSAULT" and echo is None:
                    echo = self._roles.plain(match)
                    echo.echo = not echo.recalled
                if hypothetical or negated:
                    scope = Scope()
                candidate = self._transformed(candidate, kind, g)
                hypothetical = negated = planned = False
                scope = scope_of(g, self.syntax, self.frames)
            else:
                judged = g in matches and matches[g].pattern.type in _JUDGING and candidate.type not in _JUDGING
                if kind == "same" and not judged:  # "called the attack cowardly": whose words they are did not do it
                    self._lend(candidate, at, g, relation)
                elif kind == "attempt":
                    candidate.attempt = True
                    hypothetical = hypothetical or candidate.type not in ("ASSAULT", "COERCE")
                elif kind == "accuse":
                    self._accused(candidate, g, relation)
                hypothetical = hypothetical or kind == "wish"
                above, undone = scope_of(g, self.syntax, self.frames), kind in ("deny", "prevent")
                negated = negated or (undone and not above.negated)  # "did not deny": it happened
                planned = (
                    planned
                    or kind == "intend"
                    or (relation == "object" and is_called_for(at, g, self.syntax, self.frames))
                )
                candidate.notes.append(("status", f"{self.syntax.tokens[g].text!r} is {kind}"))
                if undone and above.negated:
                    above = msgspec.structs.replace(above, negated=False)
                scope = scope.join(above)
                if kind == "accuse":
                    break
            at = g
        self._settle(candidate, self._with_sender(candidate, scope), at, hypothetical, negated, planned)
        if candidate.status == "actual" and self._unreal.is_so(candidate, at):
            candidate.status = "hypothetical"
        if candidate.status in ("actual", "ongoing") and is_untrue(candidate.trigger, self.syntax):
            candidate.status = "negated"
            candidate.notes.append(("status", "in a report that is denied or called false"))
        return candidate, echo

    def _kind_over(
        self, candidate: Candidate, at: int, g: int, relation: str, match: Match, matches: dict[int, Match]
    ) -> str | None:
        """What the word above does to the event below; None where it is no operator, or does not reach it."""
        truce = relation == "subject" and (candidate.type, candidate.mode) == CEASEFIRE
        if truce and ends_of_itself(g, self.syntax, self.frames, self.ontology.lexicon):
            return "end"
        if g in matches and is_told_beside(match.i, matches[g], matches, self.frames, self.actor_tokens):
            return None
        pattern = self.operator(g)
        kind = self._kind(pattern, candidate, g, relation, match, matches) if pattern is not None else None
        told = kind == "demand" and self._is_only_told(g, at if relation == "clause" else None)
        unowned = kind == "same" and relation == "object" and candidate.definite and self._is_unowned(g)
        return None if told or unowned else kind

    def _is_unowned(self, g: int) -> bool:
        """ "No group claimed the attack", "has not admitted the raid": it happened all the same."""
        words = self.ontology.lexicon.words("owning")
        return self.syntax.tokens[g].lemma.lower() in words and scope_of(g, self.syntax, self.frames).negated

    def _with_sender(self, candidate: Candidate, scope: Scope) -> Scope:
        """The scope with that of the verb that sends the help, which then tells the event too."""
        sender = self._sender(candidate)
        if sender is None:
            return scope
        candidate.also = (sender,)
        return scope.join(scope_of(sender, self.syntax, self.frames))

    def _sender(self, candidate: Candidate) -> int | None:
        """The verb of sending whose purpose is help: "will send police to help the islands"."""
        token = self.syntax.tokens[candidate.trigger]
        head = self.syntax.tokens[token.head]
        helping = candidate.type == "AID" and token.dep in ("xcomp", "advcl", "acl") and not candidate.nominal
        if not helping or not is_infinitive(token.i, self.syntax):
            return None
        while head.dep in ("dobj", "nsubjpass", "pobj") and head.head != head.i:
            head = self.syntax.tokens[head.head]
        return head.i if head.lemma.lower() in self.ontology.lexicon.words("sending") else None

    def _kind(
        self, pattern: Pattern, candidate: Candidate, g: int, relation: str, match: Match, matches: dict[int, Match]
    ) -> str | None:
        """What the operator does to this complement; None where it does not reach it."""
        kind = pattern.kind or "same"
        token = self.syntax.tokens[g]
        verb = token.pos in ("VERB", "AUX")
        own = matches.get(g)
        if own is not None and kind in TRANSFORMING and candidate.trigger in own.objects:
            return None
        if own is not None and own.pattern.particle and not pattern.particle:
            return None  # "called its envoy home for consultations" calls for none
        if relation == "subject":
            alone = verb and not self.frames.verb(g).objects
            if kind == "end" and candidate.type != "ASSAULT":
                return "same" if alone else None  # a march that ended was one
            return kind if alone and kind in ("same", "end", "cancel") else None
        if relation == "compound":
            return kind if token.lemma in _PLAN_NOUNS else None
        if kind == "wish" and verb and (wished := self._wished(candidate, g, relation)) is not None:
            return wished
        if kind == "fail":
            changes = (candidate.type, candidate.mode) != self._becomes(kind, candidate)
            return (kind if changes else "deny") if relation in ("clause", "object", "of", "in") else None
        if relation == "clause":
            if kind in ("end", "cancel") and not verb:
                return None
            return kind if kind != "threaten" or self._is_threat(g) else "wish"
        if relation == "object":
            return self._over_object(kind, candidate, token, verb)
        if kind == "threaten" and relation in ("of", "about", "against") and verb:
            return "wish"
        if relation not in REACHING.get(kind, ()) or self._is_reason(kind, g, relation):
            return None
        if (kind == "same" and not verb) or (kind == "wish" and candidate.definite):
            return None
        if verb and (kind, relation) in (("commit", "for"), ("vow", "for"), ("end", "in"), ("cancel", "in")):
            return None
        return kind

    def _is_reason(self, kind: str, g: int, relation: str) -> bool:
        """Why something else is ended: "suspended the paper for breaches of the law"."""
        ended = kind in ("end", "cancel") and relation == "for" and self.frames.is_verb(g)
        return ended and bool(self.frames.verb(g).objects)

    def _wished(self, candidate: Candidate, g: int, relation: str) -> str | None:
        """What a verb of wishing is where it is none: "is expected to visit", "wants the paper to sack its editor"."""
        roles, lemma = self.frames.verb(g), self.syntax.tokens[g].lemma
        if lemma == "expect" and roles.passive:
            return "intend"
        doers = set(candidate.agents) & self.actor_tokens
        another = lemma == "want" and relation == "clause" and bool(doers) and not doers & set(roles.subjects)
        return "demand" if another else None

    def _over_object(self, kind: str, candidate: Candidate, token: Token, verb: bool) -> str | None:
        """An operator and the event noun that is its object."""
        if kind in ("wish", "deny", "accuse") and candidate.definite and verb:
            return None  # "denied the attack", "condemned the strike": it happened all the same
        if kind in ("attempt", "intend", "refuse") and candidate.definite:
            return None
        if kind == "commit" and candidate.type in ("SUPPORT", "AGREE"):
            return None
        if kind == "demand" and token.lemma in ("order", "command", "require"):
            return "same"
        return kind

    def _is_only_told(self, g: int, complement: int | None) -> bool:
        """ "Told the crowd that he could not": only an infinitive or a subjunctive asks for something."""
        informing = self.syntax.tokens[g].lemma.lower() in self.ontology.lexicon.words("informing")
        if complement is None:
            return informing  # "told a conference"
        return is_stated(complement, self.syntax, infinitive=informing)

    def _is_threat(self, g: int) -> bool:
        """ "Threatened to" is one; "warned that" only where someone is warned."""
        token = self.syntax.tokens[g]
        if token.lemma not in ("warn", "caution", "warning"):
            return True
        roles = self.frames.of(g)
        return any(t in self.actor_tokens for t in (*roles.objects, *roles.datives)) and not roles.passive

    def _becomes(self, kind: str, candidate: Candidate) -> tuple[str, str | None]:
        table = self.ontology.becomes.get(kind, {})
        quad = f"q{self.ontology.types[candidate.type].quad}"
        for key in (f"{candidate.type}/{candidate.mode}", candidate.type, quad, "*"):
            if key in table:
                code, mode = table[key]
                return (candidate.type, candidate.mode) if code == "same" else (code, mode)
        return candidate.type, candidate.mode

    def _transformed(self, below: Candidate, kind: str, g: int) -> Candidate:
        token = self.syntax.tokens[g]
        type_, mode = self._becomes(kind, below)
        if (below.type, below.mode) == CEASEFIRE and token.lemma.lower() in self.ontology.lexicon.words("concluding"):
            type_, mode = CEASEFIRE  # both sides have agreed to it
        made = Candidate(g, type_, mode)
        made.by_operator, made.nominal = True, token.pos not in ("VERB", "AUX")
        made.chain = [g, *below.chain]
        made.confidence = min(0.9, below.confidence)
        made.notes = [*below.notes, ("type", f"{token.text!r} ({kind}) of {below.type} is {type_}")]
        made.agents, direct = self._holders(g)
        if (type_, mode) == CEASEFIRE and below.mutual:
            made.agents = below.agents
        inner = tuple(t for t in (*below.patients, *below.whole) if t not in made.agents)
        under = tuple(t for t in below.agents if t not in made.agents)
        if kind in ("end", "cancel"):
            made.patients = tuple(t for t in direct if t != below.trigger) or inner
            made.agents = tuple(t for t in made.agents if t != below.trigger) or below.agents
            made.whole = (*inner, *under)
        elif kind == "demand":
            made.patients = tuple(t for t in direct if t != below.trigger) or under or inner
            made.whole = (*under, *inner)
        else:
            asked = under if kind == "refuse" and below.nominal and below.type in WORDS else ()  # whose offer it was
            made.patients = tuple(t for t in direct if t != below.trigger) or asked or inner
            made.whole = inner
        return made

    def _holders(self, g: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who does what an operator says, and whom it is directed at."""
        token = self.syntax.tokens[g]
        # "called for the minister to resign", not "for the men to be freed"
        clauses = [c for c in self.syntax.children(g, "xcomp", "acl") if not self.syntax.children(c.i, "auxpass")]
        asked = {t for name, t in self.frames.of(g).obliques if name == "for" and any(c.i > t for c in clauses)}
        if token.pos in ("VERB", "AUX"):
            roles = self.frames.verb(g)
            direct = [*roles.objects, *roles.datives, *asked]
            direct += [t for name, t in roles.obliques if name in ("with", "on", "upon", "to", "from", "against", "by")]
            direct = [t for t in direct if t in self.actor_tokens and t not in roles.subjects]
            return roles.subjects, tuple(dict.fromkeys(direct))
        if token.pos == "ADJ":
            head = self.syntax.tokens[token.head]
            return (self.frames.verb(head.i).subjects if head.pos in ("VERB", "AUX") else ()), ()
        roles = self.frames.noun(g)
        subjects = tuple(t for t in roles.subjects if t in self.actor_tokens)
        direct = [t for name, t in roles.obliques if name in ("with", "to", "from", "against", "on", "by", "of")]
        direct = [*direct, *asked]
        head = self.syntax.tokens[token.head]
        if token.dep in ("dobj", "nsubjpass") and head.pos == "VERB" and not subjects:
            above = self.frames.verb(head.i)
            subjects = above.subjects
            direct += [t for name, t in above.obliques if name in ("with", "to", "from", "against", "on")]
            direct += above.datives
        return subjects, tuple(t for t in direct if t in self.actor_tokens and t not in subjects)

    def _lend(self, candidate: Candidate, at: int, g: int, relation: str) -> None:
        """A light verb gives its subject and its prepositional objects to the event noun that it carries."""
        token = self.syntax.tokens[g]
        if token.pos not in ("VERB", "AUX"):
            return
        lexicon = self.ontology.lexicon
        roles = self.frames.verb(g)
        lemma = token.lemma.lower()
        if relation == "clause":
            below = self.syntax.tokens[at]
            carried = at == candidate.trigger or below.lemma.lower() in lexicon.words("light")
            if not candidate.agents and carried and below.dep in ("xcomp", "acl"):
                candidate.agents = tuple(t for t in roles.subjects if t != candidate.trigger)
            return
        if self.frames.is_verb(at):
            return
        if is_name_for(at, self.syntax):
            candidate.echo = True
            return
        if lemma in lexicon.words("undergone") and relation == "object":
            candidate.patients = (*candidate.patients, *roles.subjects)
        elif lemma in lexicon.words("light") and relation != "subject":
            own = tuple(t for t in candidate.agents if t in self.actor_tokens)
            candidate.agents = own or tuple(t for t in roles.subjects if t != candidate.trigger)
        if (relation == "object" and lemma not in lexicon.words("judging")) or lemma in lexicon.words("light"):
            parts = list(roles.obliques)
            for c in self.syntax.children(g, "advcl", "acl"):
                if c.lemma in ("use", "employ"):
                    parts += self.frames.spread_obliques(self.frames.verb(c.i))
            spread = tuple(t for name, t in parts if name in NOMINAL_TARGETING and t != candidate.trigger)
            candidate.patients = tuple(dict.fromkeys((*candidate.patients, *spread, *roles.datives)))
            candidate.whole = (*candidate.whole, *(t for name, t in roles.obliques if name in ("in", "inside")))
        candidate.chain.append(g)

    def _borrow(self, candidate: Candidate, at: int, g: int, relation: str, matches: dict[int, Match]) -> None:
        """What a verb that is no operator still tells of an event noun: who claimed it, that it is the verb's own."""
        token = self.syntax.tokens[g]
        if g in matches and is_told_beside(at, matches[g], matches, self.frames, self.actor_tokens):
            candidate.patients = self.frames.of(g).subjects or candidate.patients
        if relation in ("with", "in", "by", "during", "clause") and candidate.nominal and token.pos == "VERB":
            other = matches.get(g)
            if other is not None and other.pattern.type == candidate.type:
                candidate.links.append(g)
        if candidate.nominal and relation == "object" and token.lemma in _OBTAINING and candidate.type in _GIVEN:
            candidate.patients = (*candidate.patients, *self.frames.of(g).subjects)
        if candidate.nominal and relation == "on" and candidate.mode == "visit" and not candidate.agents:
            candidate.agents = self.frames.of(g).subjects if self.frames.is_verb(g) else (g,)
        if relation == "for" and token.lemma in self.ontology.lexicon.words("responsibility"):
            head = self.syntax.tokens[token.head]
            owned = token.dep in ("dobj", "nsubjpass") and head.lemma in ("claim", "take", "accept")
            if owned and head.pos == "VERB" and not scope_of(head.i, self.syntax, self.frames).negated:
                candidate.agents = (*candidate.agents, *self.frames.verb(head.i).subjects)

    def _accused(self, candidate: Candidate, g: int, relation: str) -> None:
        if candidate.nominal and not any(t in self.actor_tokens for t in candidate.agents):
            candidate.agents = tuple(t for t in self.frames.of(g).objects if t != candidate.trigger)
        # "accused Rwanda of arming them": the charge is told, the deed only where the text tells it elsewhere; blows
        # are kept, with who alleges them
        if candidate.type not in _FORCE and self.syntax.tokens[g].lemma in _CHARGING:
            candidate.echo = True

    # ------------------------------------------------------------------ status

    def _settle(self, c: Candidate, scope: Scope, at: int, hypothetical: bool, negated: bool, planned: bool) -> None:
        """Set the status; where the manner of speaking makes another event of it, its type too."""
        says = reported(at, self.syntax, self.ontology.lexicon.words("reporting"))
        conflict = not self.ontology.types[c.type].cooperative
        future = scope.future or planned or (scope.would and says is not None)
        if scope.obliged and says is not None and not c.by_operator and c.agents:
            c.notes.append(("type", "what another must do is asked for"))
            type_, mode = self._becomes("demand", c)
            speaker = self.frames.verb(says).subjects
            if not set(speaker) & set(c.agents):
                c.type, c.mode, c.patients, c.agents, c.by_operator = type_, mode, c.agents, speaker, True
                return
        told = (future or scope.would) and not (scope.negated or negated or hypothetical or scope.question)
        warned = says is not None and self.syntax.tokens[says].lemma in ("warn", "caution")
        violent = c.type in ("ASSAULT", "MOBILIZE")
        # other hostile acts that are announced are those acts, to come
        meant = not conflict or warned or violent or has_condition(c.trigger, self.syntax)
        if says is not None and told and meant and not c.by_operator and self._is_own(c, says):
            self._announce(c, says)
            return
        if (scope.negated or negated) and not hypothetical:
            cannot = scope.possible and c.type == "AGREE"  # "could not promise"
            unwilling = scope.would and c.type == "AGREE"  # "would not sign"
            if ((future and not conflict) or cannot or unwilling) and c.agents and not negated:
                c.type, c.mode = self._becomes("refuse", c)
                c.by_operator = True
                c.notes.append(("type", "will not do it"))
            else:
                c.status = "negated"
        elif hypothetical or scope.condition or scope.possible or scope.question or scope.obliged:
            c.status = "hypothetical"
        elif future:
            c.status = "future"
            own = says is not None and (self._is_own(c, says) or self._is_named_speaker(says))
            if not c.by_operator and c.agents and own:
                c.type, c.mode = self._becomes("future", c)
                c.notes.append(("type", "is still to come"))
        elif scope.would:
            c.status = "hypothetical"
        elif scope.ongoing:
            c.status = "ongoing"
        if is_asked(c.trigger, self.syntax):
            c.status = "hypothetical"

    def _is_named_speaker(self, says: int) -> bool:
        """One who may speak for those who are to act: told by name, or of a body or state that is."""
        speakers = self.frames.verb(says).subjects
        return any(self.syntax.tokens[k].pos == "PROPN" for i in speakers for k in self.syntax.subtree_tokens(i))

    def _is_own(self, c: Candidate, says: int) -> bool:
        """Whether a speaker tells of the speaker's own act: "said it would", "warned that its army would"."""
        speakers = self.frames.verb(says).subjects
        tokens = self.syntax.tokens
        for i in c.agents:
            owners = (i, *(k.i for k in self.syntax.children(i, "poss")))
            if i in speakers or any(tokens[k].lemma.lower() in _SELF for k in owners):
                return bool(speakers)
        return False

    def _announce(self, c: Candidate, says: int) -> None:
        """An act of one's own that is said to come is a promise, or a threat where it is hostile."""
        becomes = (c.type, c.mode) if c.type == "REJECT" else self._becomes("vow", c)
        roles = self.frames.verb(says)
        told = tuple(t for t in (*roles.objects, *roles.datives) if t in self.actor_tokens)
        c.notes.append(("type", f"{self.syntax.tokens[says].text!r} announces {c.type}"))
        c.type, c.mode = becomes
        c.agents = roles.subjects
        c.patients = told or c.patients
        c.by_operator = True
        c.also = (says,)

    # ------------------------------------------------------------------ operators whose complement tells no event

    def _bare(self, token: Token) -> Candidate | None:
        """ "Agreed to pave the road": a commitment, refusal, demand or threat, whatever its content."""
        if token.pos not in ("VERB", "NOUN", "ADJ"):
            return None
        pattern = self.operator(token.i)
        if pattern is None or pattern.kind not in _CLAUSAL:
            return None
        clause = None
        for c in self.syntax.children(token.i, "xcomp", "ccomp", "acl"):
            infinitive = is_infinitive(c.i, self.syntax)
            asked = c.tag == "VB" or any(k.text.lower() == "be" for k in self.syntax.children(c.i, "auxpass"))
            subjunctive = c.dep == "ccomp" and (asked or pattern.kind != "demand")
            if infinitive or (subjunctive and token.pos == "VERB"):
                clause = c
                break
        if clause is not None and pattern.kind == "refuse" and clause.lemma in self.ontology.lexicon.words("silent"):
            return None  # "declined to comment"
        if clause is None or (clause.dep == "ccomp" and token.lemma in ("accept", "suggest")):
            return None
        hidden = clause.lemma.lower() in self.ontology.lexicon.words("anonymous")  # "asked not to be named"
        told = pattern.kind == "demand" and (hidden or self._is_only_told(token.i, clause.i))
        if told or (pattern.kind == "threaten" and not self._is_threat(token.i)):
            return None
        type_, mode = self.ontology.becomes[pattern.kind].get("*", (None, None))
        if type_ is None:
            return None
        if pattern.kind == "vow" and clause.lemma.lower() in self.ontology.lexicon.words("hostile"):
            type_, mode = "THREATEN", None
        made = Candidate(token.i, type_, mode)
        made.by_operator, made.nominal, made.confidence = True, token.pos != "VERB", 0.7
        made.notes.append(("type", f"{token.text!r} ({pattern.kind}) is {type_}"))
        made.agents, direct = self._holders(token.i)
        inner = self.frames.verb(clause.i) if self.frames.is_verb(clause.i) else None
        parts = (*inner.objects, *inner.datives, *aimed(inner.obliques)) if inner else ()
        subjects = tuple(t for t in (inner.subjects if inner else ()) if t not in made.agents)
        made.patients = direct or (subjects if pattern.kind == "demand" else ())
        made.whole = tuple(t for t in (*subjects, *parts) if t not in made.agents)
        scope = scope_of(token.i, self.syntax, self.frames)
        at = token.i
        if token.pos == "ADJ" and token.head != token.i:
            at = token.head
            scope = scope.join(scope_of(at, self.syntax, self.frames))
        self._settle(made, scope, at, False, False, False)
        return made
