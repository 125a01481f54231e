"""Words against an act are words against those who did it: "condemned the strikes", "spoke of an outrage"."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.records import Syntax, Token

from .candidate import Candidate
from .gates import HARMING
from .merging import Group, Merger, Told
from .ontology import Ontology
from .sorts import sorts_of

_ANSWERING = frozenset({"ACCUSE", "THREATEN", "SANCTION", "SUPPORT"})
_WORDS = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "CONSULT"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
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
    if group.head.candidate.type not in _ANSWERING or group.patients():
        return
    own, is_kin = group.agents(), merger.participants.is_kin
    hostile = group.head.candidate.type != "SUPPORT"
    for told in group.members:
        for i in (*told.candidate.patients, *told.candidate.whole):
            act = merger.group_of(i) or _meant(i, told, merger, syntax, ontology)
            if act is None or act is group or (hostile and ontology.types[act.head.candidate.type].cooperative):
                continue
            told.patients = tuple(n for n in act.agents() if not any(is_kin(n, a) for a in own))
            if told.patients:
                told.candidate.notes.append(("recipient", "who did what the words are about"))
                return


def _meant(i: int, told: Told, merger: Merger, syntax: Syntax, ontology: Ontology) -> Group | None:
    """The act that "it", "them" or "the move" stands for: the last one told before by somebody else, in this sentence
    or the one before it."""
    token = syntax.tokens[i]
    pronoun = token.pos == "PRON"
    if merger.participants.at(i) is not None or not (pronoun or _is_known_act(token, syntax)):
        return None
    is_kin = merger.participants.is_kin

    def may_be(group: Group) -> bool:
        type_ = group.head.candidate.type
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
        if member is not told and member.candidate.trigger < i and told.sentence - member.sentence <= 1
    ]
    return merger.groups[max(before)[1]] if before else None


def _is_known_act(token: Token, syntax: Syntax) -> bool:
    """Whether a noun names an act as known: "the verdict", "that decision"."""
    if token.pos != "NOUN" or not sorts_of(token, ()) & _ACTS:
        return False
    return any(c.lemma.lower() in _POINTING for c in syntax.children(token.i, "det"))
