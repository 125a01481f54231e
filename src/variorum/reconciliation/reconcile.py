"""The stage as a whole: mentions of many texts into events, claims, links and stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from variorum.identity import stable_id
from variorum.linkage import Comparison, Rulings
from variorum.records import Annotation, Decision, Document, Event, Feature, Provenance, Reconciled, Span

from .accounts import Account, accounts, narrowed
from .anchors import Anchored, Bond, anchored, bonds, recalled, spread, without_borrowed
from .appended_denials import with_denials
from .candidates import Candidates, aligned_pairs, candidates
from .claims import claims
from .collector import uncollected
from .comparer import Comparer
from .contradictions import contradictions
from .fields import (
    commonly_told,
    contexts_of,
    denier,
    instruments_of,
    kind_of,
    mention_evidence,
    participants,
    place_of,
    status_of,
    sufferer,
    time_of,
)
from .grouping import Groups, group
from .headlines import headline
from .knowledge import knowledge
from .likeness import APART, MAIN, RECALL, Likeness
from .links import Found, links, told_links
from .moments import Interval
from .options import ReconciliationOptions
from .proposed import Proposals, marked
from .readings import field_readings
from .recall import Recall
from .rulings import mention_rulings, without_rejected
from .scenes import scenes
from .stories import assign, in_time, stories
from .tolls import Figures
from .topics import FORCE, topics
from .units import Units
from .witnesses import Witnesses
from .wording import Wordings

Members = dict[str, tuple[Account, ...]]


class Prepared(NamedTuple):
    """What stands before anything is grouped: the accounts, what binds their times, each document's main account with
    the first words that tell any event, and the units with the pairs of them that are compared."""

    found: list[Account]
    ties: list[Bond]
    when: dict[str, Interval]
    told: list[Found]
    units: Units
    mains: dict[str, tuple[str, Span]]
    proposed: Candidates
    likeness: Likeness
    rulings: Rulings


def prepare(
    witnesses: Witnesses,
    provenance: Provenance,
    scales: Mapping[str, float],
    decisions: Sequence[Decision],
    options: ReconciliationOptions,
) -> Prepared:
    """Mentions as units, and which of them to compare; what people ruled, on the mentions that are here."""
    known = knowledge()
    found = without_rejected(recalled(accounts(witnesses), witnesses), decisions)
    ties = bonds(found, witnesses)
    found = without_borrowed(found, ties)
    when = spread({account.id: account.when for account in found if account.when is not None}, ties)
    told = told_links(found, ties, witnesses)
    linked = frozenset(
        (a, b) for link in told if link.target is not None for a, b in [sorted((link.source.id, link.target.id))]
    )
    rulings = mention_rulings(decisions, found)
    units = Units(found, when, rulings.different | linked, known)
    aligned = units.lifted(aligned_pairs(found, provenance))
    about = topics(found, witnesses, scales, ties, known)
    heads = {units.of[topic.account]: topic for topic in about.values()}
    cast = scenes(witnesses)
    wordings = Wordings(witnesses, known)
    proposed = candidates(
        units.units, aligned, known, units.when, (heads, cast, wordings), (options.most, options.most_of_crisis)
    )
    crowds = Counter((unit.document, unit.type) for unit in units.units)
    words = (heads, cast, wordings, crowds)
    likeness = Likeness(units.units, known, units.when, words, units.lifted(linked), options.far_km)
    wordings.forget()
    leads = {document: (topic.account, topic.lead) for document, topic in about.items()}
    return Prepared(found, ties, when, told, units, leads, proposed, likeness, rulings)


@uncollected
def reconcile(
    documents: Sequence[Document],
    annotations: Mapping[str, Annotation],
    provenance: Provenance,
    *,
    scales: Mapping[str, float] | None = None,
    decisions: Sequence[Decision] = (),
    options: ReconciliationOptions = ReconciliationOptions(),  # noqa: B008
) -> Reconciled:
    """Fold the event mentions of `documents` into events, with claims, links and stories.

    `annotations` go by document id; documents without one, or rejected, tell nothing. `scales` are the ontology's
    scores by ``TYPE`` and ``TYPE/mode`` (what is most telling where counts tie). `decisions` are replayed and outweigh
    every score and veto; a log that contradicts itself raises `DecisionError`. Equal input gives equal output whatever
    its order.
    """
    scales = scales or {}
    annotations = with_denials({document.id: document for document in documents}, annotations)
    witnesses = Witnesses(documents, annotations, provenance)
    prepared = prepare(witnesses, provenance, scales, decisions, options)
    found, ties, when, told, units, about, proposed, likeness, rulings = prepared
    ruled = Rulings(same=units.lifted(rulings.same), different=units.lifted(rulings.different))
    comparer = Comparer(likeness, {MAIN: options.main, RECALL: options.recall, APART: options.apart})
    groups = group(units.units, proposed, comparer, ruled, options)
    del prepared, proposed  # of a large collection all pairs are the most of it
    known = knowledge()

    members = _named(found, groups, units)
    event_of = {account.id: event for event, accounts_ in members.items() for account in accounts_}
    shared = _shared(members, event_of, ties, when)
    when = {**when, **{a.id: shared[event] for a in found if (event := event_of[a.id]) in shared}}
    proposals = Proposals(witnesses.annotations)
    linked = links(told, event_of, members, (Recall(members, shared, witnesses, known), proposals), witnesses)
    mains = {document: event_of[main] for document, (main, _) in about.items()}
    chains = assign(members, mains, linked, when, options)
    leads: dict[str, dict[str, Span]] = {}
    for document, (_, lead) in about.items():
        leads.setdefault(mains[document], {})[document] = lead
    folding = _Folding(witnesses, Figures(witnesses, provenance, known), scales, leads, (options.far_km, proposals))
    counted = anchored(ties, event_of, shared)
    story_of = {event: story for story, events in chains.items() for event in events}
    made = {
        event: folding.event(
            (event, story_of[event]), members[event], shared.get(event), counted.get(event, ()), _explanation(reasons)
        )
        for event, reasons in zip(
            story_of, groups.reasons([a.id for a in members[event]] for event in story_of), strict=True
        )
    }
    claimed = claims(found, event_of, witnesses, scales, proposals)
    return Reconciled(
        events=tuple(sorted(made.values(), key=in_time)),
        claims=claimed,
        links=linked,
        stories=stories(chains, mains, made, scales),
        contradictions=contradictions((found, event_of, made), claimed, linked, witnesses, known),
    )


def _named(found: Sequence[Account], groups: Groups, units: Units) -> Members:
    """Event id → its accounts. The id comes from the least mention: its document and its characters."""
    by_id = {account.id: account for account in found}
    members: Members = {}
    for heads in groups.groups:
        ids = [id_ for head in heads for id_ in units.members[head]]
        accounts_ = tuple(sorted((by_id[id_] for id_ in ids), key=lambda a: (a.document, a.main, a.key.index)))
        least = accounts_[0]
        parts = (least.document, least.main.start, least.main.end, least.type)
        event = stable_id("e", parts)
        members[event if event not in members else stable_id("e", (*parts, least.key.index))] = accounts_
    return members


def _shared(
    members: Members, event_of: Mapping[str, str], ties: Sequence[Bond], when: Mapping[str, Interval]
) -> dict[str, Interval]:
    """The time that each event's accounts share, narrowed by the events that it is told from, in any document."""
    shared: dict[str, Interval] = {}
    for event, accounts_ in members.items():
        firm = [a for a in accounts_ if not (a.lent or a.shared)] or accounts_
        times = [interval for a in firm if (interval := narrowed(a, when)) is not None]
        common: Interval | None = times[0] if times else None
        for interval in times[1:]:
            common = common.meet(interval) if common is not None else None
        if common is not None:
            shared[event] = common
    lifted = [tie._replace(earlier=event_of[tie.earlier], later=event_of[tie.later]) for tie in ties]
    return spread(shared, sorted(tie for tie in lifted if tie.earlier != tie.later))


class _Folding:
    """Makes one event record of a group of accounts."""

    def __init__(
        self,
        witnesses: Witnesses,
        figures: Figures,
        scales: Mapping[str, float],
        leads: Mapping[str, Mapping[str, Span]],
        far: tuple[float, Proposals],
    ) -> None:
        self._witnesses = witnesses
        self._figures = figures
        self._scales = scales
        self._far_km, self._proposals = far
        self._leads = leads

    def event(
        self,
        event: tuple[str, str],
        members: Sequence[Account],
        bound: Interval | None,
        counted: Sequence[Anchored],
        explanation: tuple[Feature, ...],
    ) -> Event:
        """The event of an id, in the story of another."""
        told = [account for account in members if account.type == FORCE] or members  # not what came of it
        kind = kind_of(told, self._scales)
        status = status_of(told)
        actors = participants(told, recipients=False)
        recipients = participants(told, recipients=True)
        place = place_of(told, self._witnesses, self._far_km)
        time = time_of(told, bound, counted, self._witnesses)
        origins = self._witnesses.origins([(a.document, a.main.start) for a in members])
        readings = field_readings(told, self._witnesses)
        proposed = self._proposals.of("event", [(a.document, a.key.index) for a in members])
        return Event(
            id=event[0],
            story=event[1],
            type=kind[0],
            mode=kind[1],
            status=status,
            actors=tuple(dict.fromkeys(p.name for p in actors)),
            recipients=tuple(dict.fromkeys(p.name for p in recipients)),
            time=time,
            place=place,
            tolls=self._figures.fold(event[0], members),
            documents=tuple(sorted({a.document for a in members})),
            independent_origins=len(origins),
            evidence=mention_evidence(members, self._leads.get(event[0], {}), self._witnesses),
            headline=marked(
                headline(
                    kind,
                    status,
                    (commonly_told(actors, told), commonly_told(recipients, told, recipients=True)),
                    (place, time),
                    _common_words(told),
                    denier(members, self._witnesses) if status == "negated" else None,
                    sufferer(told, self._witnesses) if status in ("actual", "ongoing") else None,
                ),
                proposed,
                len(members),
            ),
            origins=origins,
            instruments=instruments_of(members, self._witnesses),
            contexts=contexts_of(members, self._witnesses),
            participants_actor=actors,
            participants_recipient=recipients,
            mentions=tuple(a.key for a in members),
            explanation=explanation,
            readings_actor=readings.actor,
            readings_instrument=readings.instrument,
            readings_status=readings.status,
            proposed=proposed,
        )


def _explanation(comparisons: Sequence[Comparison]) -> tuple[Feature, ...]:
    """The mean of each reason over the comparisons that joined the accounts."""
    totals: dict[str, list[Feature]] = {}
    for comparison in comparisons:
        for item in comparison.features:
            totals.setdefault(item.name, []).append(item)
    return tuple(
        Feature(
            name=name,
            value=round(sum(sorted(item.value for item in items)) / len(comparisons), 6),
            weight=items[0].weight,
            note=min(item.note for item in items),
        )
        for name, items in sorted(totals.items())
    )


def _common_words(members: Sequence[Account]) -> frozenset[str]:
    """The beginnings of words that more than half of the accounts have among theirs."""
    counts = Counter(word for account in members for word in account.words)
    return frozenset(word for word, count in counts.items() if 2 * count > len(members))
