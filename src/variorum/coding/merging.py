"""One event for all its mentions: which told event is the same as one told before.

Nothing is merged whose actors, recipients, place or time speak against it. A definite noun ("the attack") and what only
tells an outcome ("ten were killed") join the nearest event that allows it; any other mention needs a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Annotation, PlaceMention, Record, TimeExpression, TollMention

from .candidate import Candidate
from .participants import Participants

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


class MergeOptions(Record, frozen=True, kw_only=True):
    """Tuned on own texts and on 300 documents of the MUC tuning set.

    `reason` is the least evidence for two full mentions to be one, `bare_reason` where the later tells neither
    place nor time, `other_reason` for types that are no violence, `echo_reason` for a vague noun ("the operation")
    to join an event. A figure of at least `sum_least` that is `sum_ratio` times another's is a sum over many
    events. `salience` is what the title's and the lead's event gains, and background loses, with mentions that say
    little; `answer` is what a blow struck back loses with an outcome without a doer: the dead are those of the first
    blow. `reach` is how many sentences back a bare definite mention looks, `outcome_reach` the same for what only
    tells an outcome. A mention is compared with the `most` latest events of its type, so that a long text costs no
    more a line than a short one.
    """

    reason: float = 1.5
    bare_reason: float = 0.5
    other_reason: float = 2.0
    echo_reason: float = 0.4
    reach: int = 20
    outcome_reach: int = 8
    most: int = 60
    salience: float = 0.6
    answer: float = 1.0
    sum_least: int = 50
    sum_ratio: float = 10.0
    shared_name: float = 1.0


class Told:
    """A candidate tied to its document, and the event that grows from it. Numbers index the annotation."""

    def __init__(self, candidate: Candidate, sentence: int, paragraph: int) -> None:
        self.candidate = candidate
        self.sentence = sentence
        self.paragraph = paragraph
        self.agents: tuple[int, ...] = ()
        self.patients: tuple[int, ...] = ()
        self.place: int | None = None
        self.time: int | None = None
        self.tolls: list[int] = []
        self.word = ""  # the trigger's lemma
        self.links: list[int] = []  # triggers that the syntax says are the same event
        self.given = False  # a participant is told as known: "the bomb", "they", "the peasants"
        self.subordinate = False  # in a clause of time or cause, or about a noun
        self.front = 0  # 2 in a title, 1 in the lead
        self.running = False  # a count since some day
        self.apart: int | None = None  # a trigger that it is told apart from
        self.tied: frozenset[int] = frozenset()  # triggers that words tie it to: "in reply to the raid"
        self.names: frozenset[str] = frozenset()  # in the phrases of those who undergo it, and of where it happens
        self.words: frozenset[str] = frozenset()  # lemmas of the heads of its participants

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


class Group:
    """One event in the making."""

    def __init__(self, first: Told) -> None:
        self.members = [first]
        self.last = first.sentence

    @property
    def head(self) -> Told:
        return self.members[0]

    def add(self, told: Told) -> None:
        self.members.append(told)
        self.last = told.sentence

    def agents(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for t in self.members for n in t.agents))

    def patients(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for t in self.members for n in t.patients))

    @property
    def salience(self) -> int:
        """1 for what the title or the lead's main clause tells, -1 for what is told as background only, else 0."""
        if any(t.front and not t.subordinate for t in self.members):
            return 1
        return -1 if all(t.subordinate or t.candidate.status == "historical" for t in self.members) else 0

    def modes(self) -> list[str]:
        return [t.candidate.mode for t in self.members if t.candidate.mode]


class Merger:
    """Builds the groups of one document, mention by mention in text order."""

    def __init__(self, annotation: Annotation, participants: Participants, options: MergeOptions) -> None:
        self.annotation = annotation
        self.participants = participants
        self.options = options
        self.groups: list[Group] = []
        self._of: dict[int, Group] = {}
        self._of_type: dict[str, list[int]] = {}

    def group_of(self, trigger: int) -> Group | None:
        return self._of.get(trigger)

    def take(self, told: Told) -> None:
        """Put a mention into the group that it belongs to, or open one."""
        group = self._linked(told) or self._best(told)
        if group is None:
            if told.candidate.echo:
                return
            group = Group(told)
            self._of_type.setdefault(told.candidate.type, []).append(len(self.groups))
            self.groups.append(group)
        else:
            group.add(told)
        for i in told.candidate.chain:
            self._of.setdefault(i, group)

    def _linked(self, told: Told) -> Group | None:
        for trigger in told.links:
            group = self._of.get(trigger)
            if group is not None and group.head.candidate.type == told.candidate.type and not _is_tied(told, group):
                return group
        return None

    def _best(self, told: Told) -> Group | None:
        """The best group that nothing speaks against; of equals the most recent."""
        candidate = told.candidate
        loose = self._is_loose(told)
        best: tuple[float, int] | None = None
        for number in reversed(self._of_type.get(candidate.type, [])[-self.options.most :]):
            group = self.groups[number]
            distance = told.sentence - group.last
            if loose and distance > (self.options.outcome_reach if candidate.effect else self.options.reach):
                continue
            score = self._score(told, group, loose)
            if score is None:
                continue
            if loose and candidate.effect and group.head.candidate.answering:
                score -= self.options.answer
            if loose:
                score += self.options.salience * group.salience - 0.05 * min(distance, 10)
            bare = told.place is None and told.time is None
            needed = self.options.bare_reason if bare else self.options.reason
            if candidate.type != "ASSAULT":
                needed = self.options.other_reason
            if group.head.front == 2 and told.front and not told.subordinate:
                needed = -1.0  # the lead tells what the title tells
            if loose:
                needed = (
                    self.options.echo_reason if candidate.echo and not candidate.sparing else -1.0 - self.options.answer
                )
            if score >= needed - 1e-9 and (best is None or score > best[0] + 1e-9):
                best = (score, number)
        return self.groups[best[1]] if best else None

    def _is_loose(self, told: Told) -> bool:
        candidate = told.candidate
        if candidate.echo:
            return True
        if candidate.nominal:
            return candidate.definite or (told.anchors == 0 and not told.links)
        if candidate.type != "ASSAULT":
            return False
        return (candidate.effect and not told.agents) or (told.given and told.place is None)

    def _score(self, told: Told, group: Group, loose: bool) -> float | None:
        """The evidence that a mention is one with a group; None where something speaks against it."""
        a, b = told.candidate, group.head.candidate
        if a.type != b.type or not _statuses_allow(a.status, b.status) or not self._modes_allow(a, group):
            return None
        if not loose and told.sentence == group.last and group.members[-1].candidate.trigger != a.trigger:
            return None
        if self._are_apart(told, group):
            return None
        agents = self.participants.meet(told.agents, group.agents())
        patients = self.participants.meet(told.patients, group.patients())
        if agents < 0 or (patients < 0 and not (loose and candidate_is_vague(told))):
            return None
        place = max((self._places(told.place, t.place) for t in group.members), key=abs, default=0)
        if any(self._places(told.place, t.place) < 0 for t in group.members):
            return None
        times = [self._times(told.time, t.time) for t in group.members]
        if min(times) < 0:
            return None
        tolls = self._tolls(told, group)
        if tolls < 0:
            return None
        score = 1.5 * agents + max(patients, 0) + place + 1.0 * max(times) + tolls
        if told.given and any(t.words & told.words for t in group.members):
            score += 1.0 if a.type == "ASSAULT" else 1.5
        if a.type == "ASSAULT" and any(t.names & told.names for t in group.members):
            score += self.options.shared_name
        same_word = any(t.word == told.word for t in group.members)
        return score + 0.5 * same_word

    def _are_apart(self, told: Told, group: Group) -> bool:
        """Told as two ("two days after the raid"), or a running count against one happening."""
        if told.running != any(t.running for t in group.members) and (told.running or told.candidate.effect):
            return True
        triggers = {i for t in group.members for i in t.candidate.chain}
        if told.apart is not None and told.apart in triggers:
            return True
        if _is_tied(told, group):
            return True
        return any(t.apart is not None and t.apart in told.candidate.chain for t in group.members)

    def _modes_allow(self, a: Candidate, group: Group) -> bool:
        if a.mode is None:
            return True
        modes = group.modes()
        return not modes or any(a.mode == m or any({a.mode, m} <= f for f in _FAMILIES) for m in modes)

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

    def _tolls(self, told: Told, group: Group) -> float:
        """Against, where both give a figure for one kind of harm and the figures cannot be one."""
        for x in told.tolls:
            for t in group.members:
                for y in t.tolls:
                    a, b = self.annotation.tolls[x], self.annotation.tolls[y]
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


def _is_tied(told: Told, group: Group) -> bool:
    """Whether the text's words tie a mention to one of the group's, as one event to another."""
    return any(not told.tied.isdisjoint(t.candidate.chain) for t in group.members)


def candidate_is_vague(told: Told) -> bool:
    """A bare definite noun, whose few recipients may be others than those named before."""
    return told.candidate.nominal and told.candidate.definite and not told.agents


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


def told_order(tolds: Sequence[Told]) -> list[Told]:
    """Text order; what the syntax links to another comes after it, so that the other's group is there to join."""
    rank = {t.candidate.trigger: k for k, t in enumerate(sorted(tolds, key=lambda t: t.candidate.trigger))}
    keyed = []
    for t in tolds:
        own = rank[t.candidate.trigger]
        target = max((rank[i] for i in t.links if i in rank), default=-1)
        keyed.append(((max(own, target), target > own, own, t.candidate.type), t))
    return [t for _, t in sorted(keyed, key=lambda row: row[0])]
