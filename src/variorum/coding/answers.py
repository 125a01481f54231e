"""Words against an act are words against those who did it: "condemned the strikes", "spoke of an outrage"."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.records import Syntax, Token

from .candidate import Candidate
from .gates import HARMING
from .merging import Group, Merger, Told
from .ontology import Ontology
from .sorts import sorts_of

_ANSWERING = frozenset({"ACCUSE", "THREATEN", "SANCTION", "SUPPORT", "REJECT", "AGREE"})
_REPLYING = frozenset({"REJECT", "AGREE"})
_CALLING = frozenset({"ACCUSE", "REQUEST", "AGREE", "THREATEN"})  # what may be rejected or granted
_WORDS = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "CONSULT"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_NEAR = 2  # sentences back to the act that words are about
_STEM = 5  # letters that a noun shares with its verb
_ACTS = frozenset({"%act", "%communication", "%event", "%cognition"})


def aimed_at(
    candidate: Candidate, triggers: Mapping[int, Candidate], syntax: Syntax, ontology: Ontology
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A candidate's patients and whole phrases (tokens) without those that only carry words about it ("the attack in a
    statement on its radio"). Words against an act are against those who did it, never those who underwent it
    ("condemned the attack on civilians"). `triggers` are the candidates by token."""
    patients, whole = candidate.patients, candidate.whole
    if candidate.type == "ASSAULT":
        carriers = ontology.lexicon.words("utterances")
        patients = tuple(i for i in patients if syntax.tokens[i].lemma.lower() not in carriers)
        whole = tuple(i for i in whole if syntax.tokens[i].lemma.lower() not in carriers)
    elif candidate.type == "ACCUSE":
        acts = {i: other for i in patients if (other := triggers.get(i)) is not None and other.nominal}
        blamed = {i: other.agents for i, other in acts.items() if other.type == "ASSAULT" and not other.echo}
        patients = tuple(dict.fromkeys(k for i in patients for k in blamed.get(i, (i,))))
    return patients, whole


def aim(group: Group, merger: Merger, ontology: Ontology, syntax: Syntax) -> None:
    """Give a group of words without recipients those who did what the words are about, where the text tells them."""
    own, is_kin = group.agents(), merger.participants.is_kin
    actors = merger.participants.actors  # "called it" is not of those who call
    itself = {n for n in group.patients() if actors[n].antecedent is not None and any(is_kin(n, a) for a in own)}
    if group.head.candidate.type not in _ANSWERING or set(group.patients()) - itself:
        return
    if group.head.candidate.mode == "investigate":  # into what happened, whoever did it
        return
    hostile = group.head.candidate.type not in _REPLYING | {"SUPPORT"}
    for told in group.members:
        for i in _spoken_of(told.candidate, syntax):
            for act in (merger.group_of(i), _meant(i, told, merger, syntax, ontology)):
                if act is None or act is group or (hostile and ontology.types[act.head.candidate.type].cooperative):
                    continue
                meant = tuple(n for n in act.agents() if not any(is_kin(n, a) for a in own))
                if meant:
                    told.patients = told.meant = meant
                    told.candidate.notes.append(("recipient", "who did what the words are about"))
                    return


def _spoken_of(candidate: Candidate, syntax: Syntax) -> tuple[int, ...]:
    """The tokens that words may be about: what fills the roles; of a verb that gives it a name its objects, also where
    the parse makes one noun phrase of both ("called the votes indefensible")."""
    found = (*candidate.patients, *candidate.whole)
    return found or tuple(c.i for c in syntax.children(candidate.trigger, "dobj", "oprd", "nsubjpass"))


def _meant(i: int, told: Told, merger: Merger, syntax: Syntax, ontology: Ontology) -> Group | None:
    """The act that "it", "them" or "the move" stands for: the last one told before by somebody else, in this sentence
    or the one before it."""
    token = syntax.tokens[i]
    is_kin = merger.participants.is_kin
    party = merger.participants.at(i)
    if party is not None and not any(is_kin(party, a) for a in told.agents):  # nobody speaks against himself
        return None
    if (named := _told_by(token, told, merger, syntax)) is not None:
        return named
    if not (token.pos == "PRON" or _is_known_act(token, syntax)):
        return None

    def may_be(group: Group) -> bool:
        type_ = group.head.candidate.type
        if told.candidate.type in _REPLYING:  # "rejected the charge"
            by_another = any(not is_kin(n, a) for n in group.agents() for a in told.agents)
            to_us = not group.patients() or any(is_kin(n, a) for n in group.patients() for a in told.agents)
            return type_ in _CALLING and by_another and to_us
        if told.candidate.type == "SUPPORT":  # "welcomed the move"
            return type_ not in _WORDS and any(not is_kin(n, a) for n in group.agents() for a in told.agents)
        if type_ in HARMING:
            return True
        hostile = not ontology.types[type_].cooperative and type_ != "ACCUSE"
        return hostile and any(not is_kin(n, a) for n in group.agents() for a in told.agents)

    before = [
        (member.candidate.trigger, number)
        for number, group in enumerate(merger.groups)
        if may_be(group)
        for member in group.members
        if member is not told and member.candidate.trigger < i and told.sentence - member.sentence <= _NEAR
        if token.pos == "PRON" or _is_told_as_news(member)
    ]
    return merger.groups[max(before)[1]] if before else None


def _is_told_as_news(told: Told) -> bool:
    """Not a noun in passing: "an armed group that Tehran blames for attacks"."""
    return not told.subordinate and (not told.candidate.nominal or told.candidate.definite)


def _told_by(token: Token, told: Told, merger: Merger, syntax: Syntax) -> Group | None:
    """The latest act before that is told by the verb of a noun: of "sentenced … the sentences"."""
    stem = token.lemma.lower()[:_STEM]
    if token.pos != "NOUN" or len(stem) < _STEM - 1:
        return None
    for group in reversed(merger.groups):
        for member in group.members:
            verb = syntax.tokens[member.candidate.trigger]
            near = member is not told and verb.i < token.i and told.sentence - member.sentence <= _NEAR
            if near and verb.pos == "VERB" and verb.lemma.lower().startswith(stem):
                return group
    return None


def _is_known_act(token: Token, syntax: Syntax) -> bool:
    """Whether a noun names an act as known: "the verdict", "that decision"."""
    if token.pos != "NOUN" or not sorts_of(token, ()) & _ACTS:
        return False
    return any(c.lemma.lower() in _POINTING for c in syntax.children(token.i, "det"))
