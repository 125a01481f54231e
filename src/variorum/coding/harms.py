"""Which told event caused a stated toll: first by its clause alone, then among all acts that may stand as events."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Annotation, Syntax

from .candidate import Candidate
from .circumstances import Surroundings, toll_cue
from .gates import HARMING
from .harm_acts import HarmActs
from .merging import Group
from .sameness import Told

_NO_ONE = frozenset({"nobody", "none", "no-one", "anybody", "anyone", "noone"})


class Harms:
    """Gives the tolls of one document."""

    def __init__(self, annotation: Annotation, syntax: Syntax, around: Surroundings) -> None:
        self.annotation = annotation
        self.syntax = syntax
        self.around = around
        self._chooser = HarmActs(annotation, syntax, around, ())

    def give(self, tolds: Sequence[Told]) -> None:
        """Give each toll to the harm that its own clause tells."""
        by_sentence: dict[int, list[Told]] = {}
        for told in tolds:
            if told.candidate.type in HARMING and (told.candidate.sparing or not told.candidate.echo):
                by_sentence.setdefault(told.sentence, []).append(told)
        for sentence, entries in sorted(self.around.tolls.items()):
            here = by_sentence.get(sentence, [])
            for number, head in entries:
                owner = self._owner(number, head, here)
                if owner is not None:
                    owner.tolls.append(number)

    def _owner(self, number: int, head: int, here: list[Told]) -> Told | None:
        toll = self.annotation.tolls[number]
        cue = toll_cue(toll, self.syntax)
        wanted = [t for t in here if _can_cause(t.candidate, toll.kind)]
        if cue is not None:
            for told in wanted:
                if cue in told.candidate.chain:
                    return told
        best: tuple[int, int, Told] | None = None
        for told in wanted:
            link = self.around.link(told.candidate, cue if cue is not None else head)
            steps = (link.grade, link.steps) if link is not None else (4, abs(told.candidate.trigger - head))
            if best is None or steps < best[:2]:
                best = (*steps, told)
        return best[2] if best else None

    def settle(self, tolds: Sequence[Told]) -> None:
        """Tell each toll of the act that it is most likely told of among the mentions that may stand as events, and tie
        the harm that tells it to that act."""
        acts = [t for t in tolds if t.candidate.type in HARMING]
        self._chooser = chooser = HarmActs(self.annotation, self.syntax, self.around, acts)
        chooser.part_counts_over_time()
        chosen = chooser.choose_all()
        for told in tolds:
            told.tolls = [n for n in told.tolls if n not in chosen]
        for number, act in sorted(chosen.items()):
            if act is None:
                continue
            act.tolls.append(number)
            own = chooser.own(number)
            if own is not None and own is not act and own.candidate.effect and not own.agents:
                own.links = [act.candidate.trigger, *(i for i in own.links if i != act.candidate.trigger)]

    def settle_left(self, groups: Sequence[Group]) -> None:
        """Tell the tolls of mentions that found no event of the next likely act that is one."""
        members = {id(t) for group in groups for t in group.members}
        for number, act in sorted(self._chooser.chosen.items()):
            if act is None or id(act) in members:
                continue
            found = self._chooser.among(number, members)
            if found is not None:
                found.tolls.append(number)


def spares(people: Sequence[int], syntax: Syntax) -> bool:
    """Whether a denied outcome names no one who suffered it: "nobody was hurt", "killed no civilians". The act that
    hurt no one happened all the same."""
    for i in people:
        if syntax.tokens[i].lemma.lower() in _NO_ONE:
            return True
        if any(c.text.lower() in ("no", "neither") for c in syntax.children(i, "det", "nummod", "advmod", "amod")):
            return True
    return False


def _can_cause(candidate: Candidate, kind: str) -> bool:
    """Whether an event of this type can have done this harm."""
    if candidate.type == "COERCE":
        return kind in ("captured", "displaced", "missing")
    if kind == "captured":
        return candidate.type == "ASSAULT" and candidate.mode == "abduct"
    return candidate.type in ("ASSAULT", "PROTEST")
