"""Any word of a text read as if it told an event: how that stands and who takes part, by the coder's own rules.

For what another reader takes for an event: the lexicon has no pattern for the word, the operators over it and the
syntax about it are read all the same.
"""

from __future__ import annotations

import msgspec

from variorum.records import Annotation, Document, Span, Status, Syntax

from .candidate import Candidate
from .candidates import Candidates
from .frames import Frames
from .headlines import read_again
from .lexicon import Pattern
from .ontology import Ontology
from .participants import Participants
from .parties import missing_parties
from .reduced import hung_again
from .scope import scope_of
from .triggers import Match

_TELLING = frozenset({"VERB", "NOUN", "AUX", "ADJ"})


class Reread(msgspec.Struct, frozen=True):
    """A word that tells an event of `type`, and how that stands. `agents` and `patients` are indices of the actors, as
    far as the syntax says who they are; `active` and `passive` all tokens of these phrases. `over` are the words that
    stand over it in the tree, with their negations."""

    type: str
    status: Status
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    active: frozenset[int]
    passive: frozenset[int]
    over: frozenset[int]


class Rereading:
    """The coder's syntax over one document, asked of single words. `actors` are the annotation's, and behind them who
    else may take part ("a Maltese tanker")."""

    def __init__(self, document: Document, syntax: Syntax, annotation: Annotation, ontology: Ontology) -> None:
        named = frozenset(t.i for a in annotation.actors for t in syntax.tokens_in(a.start, a.end))
        self.syntax = hung_again(read_again(syntax, ontology.lexicon, named), ontology.lexicon)
        frames = self._frames = Frames(self.syntax)
        others = missing_parties(document, self.syntax, annotation, ontology.lexicon)
        self.actors = (*annotation.actors, *others)
        self._participants = Participants(self.syntax, frames, self.actors, annotation.places)
        places = {t.i for place in annotation.places for t in syntax.tokens_in(place.start, place.end)}
        unpeopled = frozenset(places - self._participants.tokens)
        self._reader = _Reader(ontology, self.syntax, frames, self._participants.tokens | places, unpeopled)

    def of(self, span: Span, type_: str, mode: str | None) -> Reread | None:
        """The word that governs some characters, read as an event of a type; None where it is none that tells one (a
        name, a preposition) or the operators over it leave none."""
        head = self.syntax.head_of(*span)
        if head is None or head.pos not in _TELLING or self._participants.at(head.i) is not None:
            return None
        candidate = self._reader.read_as(head.i, type_, mode)
        if candidate is None:
            return None
        agents = self._participants.acting(candidate.agents)
        agents += self._participants.partners(candidate.agents, agents)
        patients = self._participants.affected(candidate.patients, candidate.whole, agents)
        return Reread(
            candidate.type,
            candidate.status,
            agents,
            patients,
            self._phrases(candidate.agents, head.i),
            self._phrases((*candidate.patients, *candidate.whole), head.i),
            self._over(head.i),
        )

    def is_negated(self, span: Span) -> bool:
        """Whether the word that governs some characters stands under a negation."""
        head = self.syntax.head_of(*span)
        return head is not None and scope_of(head.i, self.syntax, self._frames).negated

    def subjects(self, span: Span) -> frozenset[int]:
        """The tokens of all phrases that do what the word says which governs some characters; empty where none is
        told."""
        head = self.syntax.head_of(*span)
        return frozenset() if head is None else self._phrases(self._frames.of(head.i).subjects, head.i)

    def _over(self, i: int) -> frozenset[int]:
        line = [i, *(token.i for token in self.syntax.ancestors(i))]
        beside = [c.i for k in line for c in self.syntax.children(k)]
        return frozenset((*line, *beside, *(c.i for k in beside for c in self.syntax.children(k, "det", "neg"))))

    def _phrases(self, heads: tuple[int, ...], trigger: int) -> frozenset[int]:
        phrases = (self.syntax.subtree_tokens(i) for i in heads)
        return frozenset(i for phrase in phrases if trigger not in phrase for i in phrase)


class _Reader(Candidates):
    """Candidates of words that no pattern fits."""

    def read_as(self, i: int, type_: str, mode: str | None) -> Candidate | None:
        pattern = Pattern(lemma=self.syntax.tokens[i].lemma, source="proposed", type=type_, mode=mode)
        match = Match(i, pattern, (), ())
        climbed = self._climbed(match, {i: match})
        return climbed[0] if climbed is not None else None
