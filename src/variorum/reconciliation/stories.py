"""Stories: chains of related events and all that was written of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from variorum.identity import stable_id
from variorum.linkage import Forest
from variorum.records import Event, Link, Story
from variorum.world.states import States

from .accounts import Account, narrowed
from .moments import DAY, Interval
from .options import ReconciliationOptions
from .topics import FORCE, HAPPENED

_WIDE = 7 * DAY


class Sides:
    """Which two sides each event is between, and when, for telling a chain between two sides."""

    def __init__(self, groups: Mapping[str, Sequence[Account]], when: Mapping[str, Interval]) -> None:
        self._sides = {event: _sides(accounts) for event, accounts in groups.items()}
        self._deeds = {event: _deeds(accounts) for event, accounts in groups.items()}
        self._when = {event: _when(accounts, when) for event, accounts in groups.items()}
        self._states = {event: _states(accounts) for event, accounts in groups.items()}
        self._violent = frozenset(
            event
            for event, accounts in groups.items()
            if any(a.type == FORCE and a.status in HAPPENED for a in accounts)
        )

    def pairs(self, events: Sequence[str], days: float) -> list[tuple[str, str]]:
        """Neighbours in time among the events that share both sides, at most `days` apart."""
        chains: dict[frozenset[str], list[tuple[float, str]]] = {}
        for event in events:
            time = self._when[event]
            if time is not None:
                for sides in self._sides[event]:
                    chains.setdefault(sides, []).append((time, event))
        return [
            (one, other)
            for _, chain in sorted(chains.items(), key=lambda item: sorted(item[0]))
            for (a, one), (b, other) in zip(sorted(chain), sorted(chain)[1:], strict=False)
            if b - a <= days * DAY
        ]

    def violent(self, event: str) -> bool:
        """Whether force was used in it, and not merely threatened or denied."""
        return event in self._violent

    def states(self, event: str) -> frozenset[str]:
        """The states that take part in it or on whose land it was, ISO 3166 alpha-3."""
        return self._states[event]

    def lag(self, earlier: str, later: str) -> float | None:
        """Hours from the one to the other, below zero where it came after; None where a time is unknown."""
        a, b = self._when[earlier], self._when[later]
        return b - a if a is not None and b is not None else None

    def share(self, one: str, other: str, days: float) -> bool:
        """Whether two events have both sides in common and are at most `days` apart."""
        a, b = self._when[one], self._when[other]
        if not set(self._sides[one]) & set(self._sides[other]):
            return False
        return a is None or b is None or abs(a - b) <= days * DAY

    def kin(self, one: str, other: str, days: float) -> bool:
        """Whether the same known side did the same kind of thing within `days`."""
        a, b = self._when[one], self._when[other]
        return (
            bool(self._deeds[one] & self._deeds[other]) and a is not None and b is not None and abs(a - b) <= days * DAY
        )


def _deeds(accounts: Sequence[Account]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (account.type, actor.country if actor.state and actor.country else actor.key)
        for account in accounts
        for actor in account.actors
        if not actor.generic
    )


def _states(accounts: Sequence[Account]) -> frozenset[str]:
    found = {party.country for a in accounts for party in (*a.actors, *a.recipients) if party.state and party.country}
    for account in accounts:
        state = States.load().by_iso2(account.place.country) if account.place is not None else None
        if state is not None and state.iso3 is not None and account.type == FORCE:
            found.add(state.iso3)
    return frozenset(found)


def _sides(accounts: Sequence[Account]) -> list[frozenset[str]]:
    found: set[frozenset[str]] = set()
    for account in accounts:
        for actor in account.actors:
            for recipient in account.recipients:
                if actor.generic or recipient.generic:
                    continue
                a = actor.country if actor.state and actor.country else actor.key
                b = recipient.country if recipient.state and recipient.country else recipient.key
                if a != b:
                    found.add(frozenset((a, b)))
    return sorted(found, key=sorted)


def _when(accounts: Sequence[Account], when: Mapping[str, Interval]) -> float | None:
    """The middle of an event's time, or the first report's date."""
    times = [interval for a in accounts if (interval := narrowed(a, when)) is not None and interval.width < 32 * DAY]
    times = times or [a.told for a in accounts if a.told is not None and a.told.width < 32 * DAY]
    return min(((interval.low + interval.high) / 2 for interval in times), default=None)


def assign(
    groups: Mapping[str, Sequence[Account]],
    mains: Mapping[str, str],
    links: Sequence[Link],
    when: Mapping[str, Interval],
    options: ReconciliationOptions,
) -> dict[str, tuple[str, ...]]:
    """Story id → its events. Linked events are one story; so are documents' main events between the same two sides
    that follow each other closely, and a document's main event with one that it recalls between the same sides, or of
    the same kind by the same side.
    A document about something else than violence (a call, a visit) that recalls violence between states, one of which
    it is about, belongs to the story of that, and of that alone. Any other event goes to the story of the documents
    that tell it, and joins no two."""
    sides = Sides(groups, when)
    forest = Forest(sorted(groups))
    heads = sorted(set(mains.values()))
    for link in links:
        forest.join(link.source, link.target)
    for one, other in sides.pairs(heads, options.story_days):
        forest.join(one, other)
    for event, accounts in sorted(groups.items()):
        for document in sorted({account.document for account in accounts}):
            main = mains[document]
            recalled = sides.share(event, main, options.recall_days) or sides.kin(event, main, options.story_days)
            if main != event and recalled:
                forest.join(event, main)
    for main, recalled_event in _aftermath(groups, mains, sides, options):
        forest.join(main, recalled_event)
    led = {forest.find(event) for event in heads}
    for event, accounts in sorted(groups.items()):
        if forest.find(event) not in led:
            told = Counter(mains[document] for document in {account.document for account in accounts})
            forest.join(event, min(told, key=lambda main: (-told[main], main)))
            led.add(forest.find(event))
    return {stable_id("s", (group[0],)): group for group in forest.groups()}


def _aftermath(
    groups: Mapping[str, Sequence[Account]], mains: Mapping[str, str], sides: Sides, options: ReconciliationOptions
) -> Iterator[tuple[str, str]]:
    """Each peaceful main event with the violence between states that its document goes on from: told in it; or, where
    it tells violence of sides that it does not name ("the neighbours struck each other"), the last between the two
    states that it is about."""
    told_in: dict[str, set[str]] = {}
    for event, accounts in groups.items():
        for account in accounts:
            told_in.setdefault(account.document, set()).add(event)
    heads = set(mains.values())
    between: dict[frozenset[str], list[str]] = {}
    for event in sorted(heads):
        if sides.violent(event) and len(sides.states(event)) > 1:
            between.setdefault(sides.states(event), []).append(event)
    for document, main in sorted(mains.items()):
        if sides.violent(main):
            continue
        attacks = sorted(event for event in told_in[document] if sides.violent(event))
        named = frozenset().union(*(sides.states(event) for event in told_in[document] if not sides.violent(event)))
        about = sides.states(main) or named
        told = [event for event in attacks if len(sides.states(event)) > 1 and sides.states(event) & about]
        if not told and any(len(sides.states(event)) < 2 for event in attacks):
            told = [event for pair, events in between.items() if pair <= named and pair & about for event in events]
        gone = [(lag, event) for event in told if (lag := sides.lag(event, main)) is not None]
        near = [(event not in heads, lag, event) for lag, event in gone if 0 <= lag <= options.recall_days * DAY]
        if near:
            yield main, min(near)[2]


def stories(
    members: Mapping[str, tuple[str, ...]],
    mains: Mapping[str, str],
    events: Mapping[str, Event],
    scales: Mapping[str, float],
) -> tuple[Story, ...]:
    """The story records, those with most documents first, then by the time of their first events. A document is in the
    story of its main event; the story's title is the headline of the event that most documents have as theirs, most
    documents and origins tell, and the gravest of these; of one that happened, where any did."""
    story_of = {event: story for story, group in members.items() for event in group}
    counted = Counter(mains.values())
    documents: dict[str, list[str]] = {}
    for name, main in sorted(mains.items()):
        documents.setdefault(story_of[main], []).append(name)
    made = []
    for story, group in sorted(members.items()):
        chain = sorted((events[event] for event in group), key=in_time)
        title = min(chain, key=lambda e: _title_rank(e, counted[e.id], scales))
        told = tuple(documents.get(story, ()))
        made.append(
            (chain[0], Story(id=story, events=tuple(e.id for e in chain), documents=told, title=title.headline))
        )
    made.sort(key=lambda item: (-len(item[1].documents), in_time(item[0])[:2], item[1].id))
    return tuple(story for _, story in made)


def in_time(event: Event) -> tuple[float, float, str]:
    """The place of an event in the order of time: by its earliest, then its latest bound. What has an end alone stands
    at that end, what has a beginning alone lasts for ever, what has neither comes last. A range of
    more than a week says no more than that it was over by its end."""
    interval = Interval.of(event.time.earliest, event.time.latest) if event.time is not None else None
    low, high = interval or (inf, inf)
    wide = high - low > _WIDE and high < inf
    return (high if wide else low), high, event.id


def _title_rank(event: Event, heads: int, scales: Mapping[str, float]) -> tuple[bool, int, int, int, float, str]:
    unreal = event.status in ("negated", "hypothetical")
    return unreal, -heads, -len(event.documents), -event.independent_origins, -_gravity(event, scales), event.id


def _gravity(event: Event, scales: Mapping[str, float]) -> float:
    """How grave what happened is, by the ontology's scores; 0 for what did not happen."""
    happened = event.status in HAPPENED
    return abs(scales.get(f"{event.type}/{event.mode}", scales.get(event.type, 0.0))) if happened else 0.0
