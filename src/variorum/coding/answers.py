"""Words against an act are words against those who did it: "condemned the strikes", "called it a crime"."""

from __future__ import annotations

from variorum.records import Syntax

from .gates import HARMING
from .merging import Group, Merger, Told
from .ontology import Ontology

_ANSWERING = frozenset({"ACCUSE", "THREATEN", "SANCTION"})


def aim(group: Group, merger: Merger, ontology: Ontology, syntax: Syntax) -> None:
    """Give a group of words without recipients those who did what the words are about, where the text tells them."""
    if group.head.candidate.type not in _ANSWERING or group.patients():
        return
    own, is_kin = group.agents(), merger.participants.is_kin
    for told in group.members:
        for i in (*told.candidate.patients, *told.candidate.whole):
            act = merger.group_of(i) or _meant(i, told, merger, syntax)
            if act is None or act is group or ontology.types[act.head.candidate.type].cooperative:
                continue
            told.patients = tuple(n for n in act.agents() if not any(is_kin(n, a) for a in own))
            if told.patients:
                told.candidate.notes.append(("recipient", "who did what the words are about"))
                return


def _meant(i: int, told: Told, merger: Merger, syntax: Syntax) -> Group | None:
    """The act that "it" or "them" stands for: the last one told before, in this sentence or the one before it."""
    if syntax.tokens[i].pos != "PRON" or merger.participants.at(i) is not None:
        return None
    before = [
        (member.candidate.trigger, number)
        for number, group in enumerate(merger.groups)
        if group.head.candidate.type in HARMING
        for member in group.members
        if member.candidate.trigger < i and told.sentence - member.sentence <= 1
    ]
    return merger.groups[max(before)[1]] if before else None
