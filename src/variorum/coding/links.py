"""Which triggers the syntax makes one event: "the attack killed", "were killed in the attack", "raids, targeting"."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.records import Syntax

from .candidate import Candidate
from .circumstances import Surroundings
from .clauses import is_infinitive, is_set_off, told_apart
from .frames import Frames
from .lexicon import Lexicon
from .statements import statement_before

_BRINGING = frozenset({"cause", "produce", "trigger", "provoke", "create", "unleash", "spark", "leave"})
_POINTING = frozenset({"it", "this", "that"})
_CAUSAL = frozenset({"when", "as", "after", "while"})


class Links:
    """Looks them up over one document; `triggers` are the candidates by token."""

    def __init__(
        self,
        syntax: Syntax,
        frames: Frames,
        lexicon: Lexicon,
        around: Surroundings,
        triggers: Mapping[int, Candidate],
    ) -> None:
        self.syntax = syntax
        self.frames = frames
        self.lexicon = lexicon
        self.around = around
        self.triggers = triggers

    def of(self, candidate: Candidate) -> list[int]:
        """Triggers that are the same event by syntax: "the attack killed", "were killed in the attack"."""
        if candidate.type == "CONCEDE" and (one := self._one_climbdown(candidate)) is not None:
            return [*candidate.links, one]
        if candidate.type != "ASSAULT":
            told = [i for i in candidate.agents if self._is_other(i, candidate)]  # "a truce took effect"
            return [*candidate.links, *told, *self.purposes(candidate)]
        if (noun := self._participle_of(candidate)) is not None:
            candidate.agents = ()
            return [noun]
        linked = list(candidate.links)
        linked += [i for i in candidate.agents if self._is_other(i, candidate)]
        linked += self._gone_on(candidate)
        if candidate.effect or not candidate.nominal:
            roles = self.frames.of(candidate.trigger)
            linked += self._causes(candidate) if candidate.effect else []
            linked += [
                t
                for name, t in roles.obliques
                if name in ("in", "during", "by", "from", "after", "when", "with")
                and self._is_other(t, candidate)
                and (candidate.effect or name in ("in", "with", "by"))
            ]
        if candidate.effect and not linked:
            linked += self._of_doer(candidate) or self._added_to(candidate)
        if candidate.effect:
            token = self.syntax.tokens[candidate.trigger]
            under = token.dep in ("advcl", "acl", "relcl", "conj", "ccomp") and self._is_other(token.head, candidate)
            if under and not (is_set_off(token.i, self.syntax) and told_apart(token.i, self.syntax) is not None):
                linked.append(token.head)
        if candidate.nominal:
            linked += self._brought_about(candidate) + self._meant(candidate)
            token = self.syntax.tokens[candidate.trigger]
            other = self.triggers.get(token.head) if token.dep == "conj" else None
            if other is not None and other.nominal and (other.type, other.mode) == (candidate.type, candidate.mode):
                linked.append(token.head)  # "the abduction and disappearance of"
            for name, t in self.frames.noun(candidate.trigger).obliques:
                if name in ("in", "during") and self._is_other(t, candidate):
                    linked.append(t)
        return linked

    def _one_climbdown(self, candidate: Candidate) -> int | None:
        """The yielding that a verb goes on to tell: "backed down and withdrew the law"."""
        token = self.syntax.tokens[candidate.trigger]
        if token.dep in ("conj", "advcl", "xcomp") and self._is_other(token.head, candidate):
            return token.head
        return None

    def _gone_on(self, candidate: Candidate) -> list[int]:
        """The act that a trailing participle goes on telling: "shelled the port, setting warehouses alight"."""
        token = self.syntax.tokens[candidate.trigger]
        while token.dep == "conj" and token.tag == "VBG" and self.syntax.tokens[token.head].tag == "VBG":
            token = self.syntax.tokens[token.head]
        trails = token.dep == "advcl" and token.tag == "VBG" and token.head < token.i
        alone = self.syntax.child(token.i, "nsubj", "mark") is None
        return [token.head] if trails and alone and self._is_other(token.head, candidate) else []

    def _brought_about(self, candidate: Candidate) -> list[int]:
        """The act that brought about what a noun names: "a bomb went off and caused a strong explosion"."""
        token = self.syntax.tokens[candidate.trigger]
        verb = self.syntax.tokens[token.head]
        if token.dep != "dobj" or verb.lemma.lower() not in _BRINGING:
            return []
        line = (verb.head,) if verb.dep in ("conj", "advcl", "xcomp") else ()
        return [i for i in (*line, *self.frames.verb(verb.i).subjects) if self._is_other(i, candidate)]

    def _meant(self, candidate: Candidate) -> list[int]:
        """The act told last that a noun is said of: "A bomb hit the port. It was the second such attack in a week."."""
        token = self.syntax.tokens[candidate.trigger]
        subject = self.syntax.child(token.head, "nsubj")
        said = token.dep == "attr" and self.syntax.tokens[token.head].lemma == "be" and subject is not None
        if not said or subject is None or subject.lemma.lower() not in _POINTING:
            return []
        number = self.syntax.sentence_of(token.i).number
        sentences = (self.syntax.sentences[n] for n in range(max(0, number - 1), number + 1))
        before = [i for s in sentences for i in range(s.first, min(s.last, subject.i)) if self._is_other(i, candidate)]
        done = [i for i in before if not self.triggers[i].echo and not self.triggers[i].effect]
        candidate.predicated = bool(before)
        return (done or before)[-1:]

    def _of_doer(self, candidate: Candidate) -> list[int]:
        """The act that a relative clause tells of the doer: "the bomber, who blew himself up, killed five"."""
        return [
            c.i
            for i in candidate.agents
            for c in self.syntax.children(i, "relcl")
            if c.i < candidate.trigger and self._is_other(c.i, candidate)
        ][:1]

    def _added_to(self, candidate: Candidate) -> list[int]:
        """The act that a sentence told before it goes on "adding that ten had been killed"."""
        if candidate.agents or self.around.time(candidate) is not None:
            return []
        cue = statement_before(candidate.trigger, self.syntax, self.lexicon.words("reporting"))
        if cue is None:
            return []
        first = self.syntax.sentence_of(cue).first
        told = (i for i in range(cue - 1, first - 1, -1) if self._is_other(i, candidate))
        return [i for i in told if not self.triggers[i].echo and told_apart(i, self.syntax) is None][:1]

    def is_done(self, candidate: Candidate) -> bool:
        """A verb, or an infinitive that the parse took for a noun."""
        return not candidate.nominal or is_infinitive(candidate.trigger, self.syntax)

    def purposes(self, candidate: Candidate) -> list[int]:
        """The act that an infinitive is the purpose of, where it is the same act: "summoned the envoy to protest"."""
        token = self.syntax.tokens[candidate.trigger]
        if (
            is_infinitive(token.i, self.syntax)
            and token.dep in ("xcomp", "advcl")
            and self._is_other(token.head, candidate)
        ):
            return [token.head]
        return []

    def _causes(self, candidate: Candidate) -> list[int]:
        """The act in a clause under an effect: "were killed when gunmen attacked", "died after a shell hit them"."""
        found: list[int] = []
        for c in self.syntax.children(candidate.trigger, "advcl"):
            marks = {k.text.lower() for k in self.syntax.children(c.i, "mark", "advmod")}
            if not marks & _CAUSAL or told_apart(c.i, self.syntax) is not None:
                continue
            if self._is_other(c.i, candidate):
                found.append(c.i)
            elif c.i not in self.triggers:
                found += [i for i in self.frames.of(c.i).subjects if self._is_other(i, candidate)]
        return found

    def _participle_of(self, candidate: Candidate) -> int | None:
        """The violent noun before a participle that says whom it hit: "air raids, targeting a camp"."""
        token = self.syntax.tokens[candidate.trigger]
        if token.tag != "VBG" or token.dep not in ("advcl", "acl"):
            return None
        for i in range(token.i - 1, max(self.syntax.sentence_of(token.i).first, token.head) - 1, -1):
            other = self.triggers.get(i)
            if other is not None and other is not candidate and other.type == "ASSAULT" and other.nominal:
                return i
        return None

    def _is_other(self, i: int, candidate: Candidate) -> bool:
        other = self.triggers.get(i)
        return other is not None and other is not candidate and other.type == candidate.type
