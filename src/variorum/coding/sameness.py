"""Whether a mention tells an event that its text told before: an explained comparison of the two.

Contradictions are vetoes: two places, two days, other doers, the sides swapped, words that set the two apart in one
sentence, a blow and the answer to it. What is left is weighed, each piece of evidence with its name and weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy

import msgspec

from variorum.records import Annotation, PlaceMention, Record, TimeExpression, TollMention

from .candidate import Candidate
from .descriptions import Description, Means
from .participants import Participants
from .sequence import Sequence as Apart

_FINE = frozenset({"site", "city", "district"})
_FAMILIES = (
    frozenset({"aerial", "drone", "heavy-weapons"}),
    frozenset({"explosives", "suicide-attack"}),
    frozenset({"firearms", "targeted"}),
    frozenset({"explosives", "heavy-weapons", "aerial"}),
    frozenset({"explosives", "targeted"}),
    frozenset({"explosives", "destroy"}),
    frozenset({"aerial", "destroy"}),
    frozenset({"drone", "destroy"}),
    frozenset({"heavy-weapons", "destroy"}),
    frozenset({"beat", "crowd-control"}),
    frozenset({"firearms", "crowd-control"}),
)

_SHORTEST = 3  # letters of a noun that ends another: "minibus"


class MergeOptions(Record, frozen=True, kw_only=True):
    """Tuned on own texts, on 300 documents of the MUC tuning set and on half of the tuning crises.

    `reason` is the least evidence for two full mentions to be one, `bare_reason` where the later tells neither
    place nor time, `other_reason` for types that are no violence, `echo_reason` for a vague noun ("the operation")
    to join an event, `loose_reason` for a definite noun ("the attack") and for what only tells an outcome. A figure of
    at least `sum_least` that is `sum_ratio` times another's is a sum over many events. `salience` is what the title's
    and the lead's event gains, and background loses, with mentions that say little; `answer` is what a blow struck
    back loses with an outcome without a doer: the dead are those of the first blow. `reach` is how many sentences back
    a bare definite mention looks, `outcome_reach` the same for what only tells an outcome. A mention is compared with
    the `most` latest events of its type, so that a long text costs no more a line than a short one.

    `shared_name`, `means` and `target` are what a name, a means and a target in common weigh; `other_means` and
    `other_target` what others weigh against, `other_named` a target that the noun itself names ("the bus attack").
    `other_names` weighs against a definite noun whose phrase names others, `elsewhere` against a place, `other_day`
    against a day, that a definite noun tells and the event's sentences do not; `further` against one more or an
    earlier act being one told before, `campaign` against a blow being the fighting around it, `clause` against two
    joined clauses with a subject each telling one act.
    """

    reason: float = 1.5
    bare_reason: float = 0.5
    other_reason: float = 2.0
    echo_reason: float = 0.4
    loose_reason: float = -1.0
    reach: int = 20
    outcome_reach: int = 8
    most: int = 60
    salience: float = 0.6
    answer: float = 1.0
    sum_least: int = 50
    sum_ratio: float = 10.0
    shared_name: float = 1.0
    means: float = 0.5
    target: float = 1.0
    other_means: float = -1.5
    other_target: float = -0.5
    other_named: float = -1.0
    other_names: float = -0.8
    elsewhere: float = -1.2
    other_day: float = -1.0
    further: float = -3.0
    campaign: float = -1.5
    clause: float = -1.0


class Told:
    """A candidate tied to its document, and the event that grows from it. Numbers index the annotation."""

    def __init__(self, candidate: Candidate, sentence: int, paragraph: int) -> None:
        self.candidate = candidate
        self.sentence = sentence
        self.paragraph = paragraph
        self.agents: tuple[int, ...] = ()
        self.patients: tuple[int, ...] = ()
        self.meant: tuple[int, ...] = ()  # of the patients those who did the act that its words are about
        self.place: int | None = None
        self.time: int | None = None
        self.tolls: list[int] = []
        self.word = ""  # the trigger's lemma
        self.links: list[int] = []  # triggers that the syntax says are the same event
        self.given = False  # a participant is told as known: "the bomb", "they", "the peasants"
        self.subordinate = False  # in a clause of time or cause, or about a noun
        self.front = 0  # 2 in a title, 1 in the lead
        self.running = False  # a count since some day
        self.apart: frozenset[int] = frozenset()  # triggers that it is told apart from
        self.tied: frozenset[int] = frozenset()  # triggers that words tie it to: "in reply to the raid"
        self.names: frozenset[str] = frozenset()  # in the phrases of those who undergo it, and of where it happens
        self.words: frozenset[str] = frozenset()  # lemmas of the heads of its participants
        self.nearby: tuple[int, ...] = ()  # places that its sentence names
        self.description = Description()

    def at(self, place: int) -> Told:
        """The same mention as one of another act, at another place; who was harmed is told of the first."""
        other = copy(self)
        other.place, other.tolls, other.links = place, [], []
        return other

    @property
    def told(self) -> tuple[bool, ...]:
        """Whether it tells who, whom, where, when and how many."""
        return (
            bool(self.agents),
            bool(self.patients),
            self.place is not None,
            self.time is not None,
            bool(self.tolls),
        )

    @property
    def anchors(self) -> int:
        return sum(self.told)

    @property
    def is_loose(self) -> bool:
        """Whether it says little of its own: a definite noun, an outcome, one who is known already."""
        candidate = self.candidate
        if candidate.echo:
            return True
        if candidate.nominal:
            return candidate.definite or (self.anchors == 0 and not self.links)
        if candidate.type != "ASSAULT":
            return False
        return (candidate.effect and not self.agents) or (self.given and self.place is None)


class Evidence(msgspec.Struct, frozen=True):
    """One piece of evidence for or against two mentions telling one event."""

    name: str
    weight: float


class Verdict(msgspec.Struct, frozen=True):
    """`veto` names what excludes that the two are one; `evidence` is weighed where nothing does."""

    veto: str | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def score(self) -> float:
        return sum(e.weight for e in self.evidence)

    @property
    def words(self) -> str:
        """What spoke for and against, for reading."""
        return self.veto or ", ".join(f"{e.name} {e.weight:+g}" for e in self.evidence)


class Sameness:
    """Compares the mentions of a unit with those of an event of the same text."""

    def __init__(
        self,
        annotation: Annotation,
        participants: Participants,
        apart: Apart,
        means: Means,
        options: MergeOptions,
    ) -> None:
        self.annotation = annotation
        self.participants = participants
        self.options = options
        self._apart = apart
        self._means = means

    def compare(self, unit: Sequence[Told], members: Sequence[Told]) -> Verdict:
        """The verdict on the mentions of one unit (the most telling first) and those of one event, in text order."""
        veto = self.barred(unit, members) or self._contradicted(unit, members)
        if veto is not None:
            return Verdict(veto)
        return Verdict(None, tuple(e for e in self._weighed(unit, members) if e.weight))

    def goes_on(self, told: Told, other: Told) -> bool:
        """Whether a verb without a subject of its own goes on with the act that another tells: "returned fire and hit a
        depot". Two that each tell where, or whom or what they hit, are two acts."""
        if self._apart.goes_on(told.candidate.chain) not in other.candidate.chain:
            return False
        if told.place is not None and other.place is not None:
            return False
        aimed = [bool(t.patients or t.description.targets) for t in (told, other)]
        return not all(aimed)

    # ------------------------------------------------------------------ what excludes it

    def barred(self, unit: Sequence[Told], members: Sequence[Told], *, linked: bool = False) -> str | None:
        """What the words between mentions exclude, whatever else speaks for it; None where nothing does. `linked` is
        for mentions that the syntax links: then acts of two places or days are two all the same."""
        for told in unit:
            own = told.candidate.chain
            for other in members:
                others = other.candidate.chain
                if not (other.apart.isdisjoint(own) and other.tied.isdisjoint(own)):
                    return "told as two"
                if not (told.apart.isdisjoint(others) and told.tied.isdisjoint(others)):
                    return "told as two"
                if other.sentence == told.sentence:
                    word = self._apart.apart(own, others, linked=linked)
                    if word is not None:
                        return f"told as two: {word!r}"
                    if not linked and self._apart.are_listed(own, others):
                        return "told as two in a list"
                acts = not (told.candidate.effect or other.candidate.effect)
                if linked and acts and self._places(told.place, other.place) < 0:
                    return "another place"
                if linked and acts and self._times(told.time, other.time) < 0:
                    return "another time"
        if linked:
            return None
        running, was_running = any(t.running for t in unit), any(t.running for t in members)
        if running != was_running and (running or unit[0].candidate.effect):
            return "a count over a period"
        return None

    def are_coordinate(self, one: Told, other: Told) -> bool:
        """Whether two mentions stand in two joined clauses with a subject each."""
        same = one.sentence == other.sentence
        return same and self._apart.are_coordinate(one.candidate.chain, other.candidate.chain)

    def _contradicted(self, unit: Sequence[Told], members: Sequence[Told]) -> str | None:
        a, b = unit[0].candidate, members[0].candidate
        if a.type != b.type or not _statuses_allow(a.status, b.status):
            return "another type or status"
        modes = [t.candidate.mode for t in members if t.candidate.mode]
        if not all(_modes_allow(t.candidate, modes) for t in unit):
            return "another mode"
        loose = all(t.is_loose for t in unit)
        if not loose and unit[0].sentence == members[-1].sentence:
            return "two acts of one sentence"
        if (veto := self._other_sides(unit, members, loose=loose)) is not None:
            return veto
        if any(self._places(one.place, t.place) < 0 for one in unit for t in members):
            return "another place"
        if any(self._times(one.time, t.time) < 0 for one in unit for t in members):
            return "another time"
        if self._tolls(unit, members) < 0:
            return "a figure over many"
        return None

    def _other_sides(self, unit: Sequence[Told], members: Sequence[Told], *, loose: bool) -> str | None:
        """Other doers, others who undergo it, the two sides swapped, or a blow struck back against the first one."""
        meet = self.participants.meet
        own_agents, own_patients = _agents(unit), _patients(unit)
        agents, patients = _agents(members), _patients(members)
        same_doers = meet(own_agents, agents)
        if same_doers < 0:
            return "another doer"
        same_others = meet(own_patients, patients)
        if same_others < 0 and not (loose and _is_vague(unit[0])):
            return "another recipient"
        if unit[0].candidate.type == "ASSAULT":
            mutual = any(t.candidate.mutual for t in (*unit, *members))
            crossed = self._cross(own_agents, patients) or self._cross(own_patients, agents)
            if crossed and same_doers <= 0 and same_others <= 0 and not mutual:
                return "the sides swapped"
            answering = any(t.candidate.answering for t in unit)
            if answering and not any(t.candidate.answering for t in members) and same_doers <= 0:
                return "an answer to it"
        return None

    def _cross(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether one whom the text names is on the one side here and on the other there."""
        named = self.participants.is_named
        return self.participants.meet([n for n in some if named(n)], [n for n in others if named(n)]) > 0

    # ------------------------------------------------------------------ what is weighed

    def _weighed(self, unit: Sequence[Told], members: Sequence[Told]) -> list[Evidence]:
        o, meet = self.options, self.participants.meet
        pairs = [(one, t) for one in unit for t in members]
        place = max((self._places(one.place, t.place) for one, t in pairs), default=0)
        assault = unit[0].candidate.type == "ASSAULT"
        found = [
            Evidence("same doer", 1.5 * max(0, meet(_agents(unit), _agents(members)))),
            Evidence("same recipient", 1.0 * max(0, meet(_patients(unit), _patients(members)))),
            Evidence("same place" if place > 1 else "same country", place),
            Evidence("same time", max(self._times(one.time, t.time) for one, t in pairs)),
            Evidence("same figure", self._tolls(unit, members)),
            Evidence("same word", 0.5 * any(t.word == one.word for one, t in pairs)),
        ]
        if any(one.given and t.words & one.words for one, t in pairs):
            found.append(Evidence("a known participant", 1.0 if assault else 1.5))
        if assault and any(t.names & one.names for one, t in pairs):
            found.append(Evidence("a shared name", o.shared_name))
        found += self._described(unit, members)
        if all(t.is_loose for t in unit):
            found += self._loosely(unit, members)
        return found

    def _described(self, unit: Sequence[Told], members: Sequence[Told]) -> list[Evidence]:
        """What the words about the mentions say of which happening it is."""
        o = self.options
        mine, theirs = [t.description for t in unit], [t.description for t in members]
        found = []
        orders = {d.order for d in mine}
        if "further" in orders or ("bygone" in orders and salience(members) >= 0):
            found.append(Evidence("one more" if "further" in orders else "one before", o.further))
        if all(d.campaign for d in mine) != any(d.campaign for d in theirs):
            found.append(Evidence("fighting against a blow", o.campaign))
        if unit[0].candidate.type != "ASSAULT":
            return found
        means, other_means = _joint(d.means for d in mine), _joint(d.means for d in theirs)
        if self._means.meet(means, other_means):
            found.append(Evidence("same means", o.means))
        elif self._means.clash(means, other_means):
            found.append(Evidence("other means", o.other_means))
        targets, other_targets = _joint(d.targets for d in mine), _joint(d.targets for d in theirs)
        if any(_is_kind_of(a, b) for a in sorted(targets) for b in sorted(other_targets)):
            found.append(Evidence("same target", o.target))
        elif targets and other_targets:
            named = any(d.named for d in mine)
            found.append(Evidence("other target", o.other_named if named else o.other_target))
        return found

    def _loosely(self, unit: Sequence[Told], members: Sequence[Told]) -> list[Evidence]:
        """What counts for mentions that say little of their own."""
        o, candidate = self.options, unit[0].candidate
        found = [
            Evidence("prominence", o.salience * salience(members)),
            Evidence("distance", -0.05 * min(unit[0].sentence - max(t.sentence for t in members), 10)),
        ]
        if any(self.are_coordinate(one, t) for one in unit for t in members):
            found.append(Evidence("a clause of its own", o.clause))
        if candidate.effect and members[0].candidate.answering:
            found.append(Evidence("the dead of the first blow", -o.answer))
        if not (candidate.nominal and candidate.definite):
            return found
        names, other_names = _joint(t.names for t in unit), _joint(t.names for t in members)
        if names and other_names and not names & other_names:
            found.append(Evidence("other names", o.other_names))
        places = [t.place for t in unit if t.place is not None]
        if places and all(t.place is None for t in members):
            near = [n for t in members for n in t.nearby]
            if near and all(self._places(places[0], n) < 0 for n in near):
                found.append(Evidence("told elsewhere", o.elsewhere))
        if any(t.description.dated for t in unit) and all(t.time is None for t in members):
            found.append(Evidence("told of another day", o.other_day))
        return found

    # ------------------------------------------------------------------ fields

    def _places(self, one: int | None, other: int | None) -> float:
        """-9 for different places, 1 for the same country, 2 for the same place."""
        if one is None or other is None:
            return 0
        a, b = self.annotation.places[one], self.annotation.places[other]
        if a.country and b.country and a.country != b.country:
            return -9
        if _same_place(a, b):
            return 2
        if a.precision in _FINE and b.precision in _FINE:
            return -9
        if a.admin1 and b.admin1 and a.admin1 != b.admin1:
            return -9
        return 1 if a.country and a.country == b.country else 0

    def _times(self, one: int | None, other: int | None) -> float:
        if one is None or other is None:
            return 0
        a, b = self.annotation.times[one], self.annotation.times[other]
        return 1.0 if _overlap(a, b) else -9.0

    def _tolls(self, unit: Sequence[Told], members: Sequence[Told]) -> float:
        """Against, where both give a figure for one kind of harm and the figures cannot be one."""
        tolls = self.annotation.tolls
        for a in (tolls[n] for t in unit for n in t.tolls):
            for b in (tolls[n] for t in members for n in t.tolls):
                if a.kind == b.kind and (a.low, a.high) == (b.low, b.high) and a.low is not None:
                    return 1.0
                if self._are_far(a, b):
                    return -1.0
        return 0.0

    def _are_far(self, a: TollMention, b: TollMention) -> bool:
        """Two whole figures so far apart that one is a sum over many happenings."""
        if a.kind != b.kind or a.part_of is not None or b.part_of is not None or not a.low or not b.low:
            return False
        low, high = sorted((a.low, b.low))
        return high >= self.options.sum_least and high >= self.options.sum_ratio * low


def _is_kind_of(one: str, other: str) -> bool:
    """Whether two nouns are one, or the one is the other with something before it: "minibus", "bus"."""
    short, long = sorted((one, other), key=lambda noun: (len(noun), noun))
    return one == other or (len(short) >= _SHORTEST and long.endswith(short))


def salience(members: Sequence[Told]) -> int:
    """1 for what the title or the lead's main clause tells, -1 for what is told as background only, else 0."""
    if any(t.front and not t.subordinate for t in members):
        return 1
    return -1 if all(t.subordinate or t.candidate.status == "historical" for t in members) else 0


def _joint(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _agents(members: Sequence[Told]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for t in members for n in t.agents))


def _patients(members: Sequence[Told]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for t in members for n in t.patients))


def _is_vague(told: Told) -> bool:
    """A bare definite noun, whose few recipients may be others than those named before."""
    return told.candidate.nominal and told.candidate.definite and not told.agents


def _modes_allow(a: Candidate, modes: Sequence[str]) -> bool:
    if a.mode is None:
        return True
    return not modes or any(a.mode == m or any({a.mode, m} <= f for f in _FAMILIES) for m in modes)


def _statuses_allow(a: str, b: str) -> bool:
    real = {"actual", "ongoing", "historical"}
    return a == b or (a in real and b in real)


def _same_place(a: PlaceMention, b: PlaceMention) -> bool:
    if a.geonameid is not None and b.geonameid is not None:
        return a.geonameid == b.geonameid
    return a.name.casefold() == b.name.casefold()


def _overlap(a: TimeExpression, b: TimeExpression) -> bool:
    """Whether two times can be one; days are compared, and open bounds allow anything."""

    def day(value: str | None) -> str | None:
        return value[:10] if value else None

    start_a, end_a, start_b, end_b = day(a.earliest), day(a.latest), day(b.earliest), day(b.latest)
    if end_a and start_b and end_a < start_b[: len(end_a)]:
        return False
    return not (end_b and start_a and end_b < start_a[: len(end_b)])
