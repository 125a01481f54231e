"""An event's kind, sides, time and place from its accounts, each with its readings and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import inf

from variorum.records import (
    Agreement,
    Attribution,
    EventPlace,
    EventTime,
    Evidence,
    Participant,
    PlaceMention,
    PlaceReading,
    Span,
    Status,
    TimeReading,
)
from variorum.world.names import name_key
from variorum.world.states import States

from .accounts import STATE_SECTORS, Account, Party
from .anchors import Anchored
from .comparison import compare_places, party_likeness, place_rank, same_place
from .knowledge import knowledge
from .moments import DAY, Interval, hours, iso
from .tolls import evidence, speaker_of
from .witnesses import Witnesses

_STATUS_ORDER: tuple[Status, ...] = ("actual", "ongoing", "historical", "future", "hypothetical", "negated")


_ARMED = frozenset({"UAF", "REB", "INS", "SEP", "RAD", "CRM"})
_PRIVATE = frozenset({None, "CVL", "UNK"})
_SOFT = 2.0  # hours: a time at least this wide is a part of the day, a narrower one a clock's
_FEW = 4  # a mode told by fewer than one in so many accounts is not the event's
_RARE = 8  # a place told by fewer than one in so many is more likely misread than the finest known
Bounds = tuple[str | None, str | None]


def agreement(origins: Sequence[str] | set[str]) -> Agreement:
    """How undisputed readings stand: by the number of their origins."""
    return "agreed" if len(set(origins)) > 1 else "single-source" if origins else "unknown"


def kind_of(accounts: Sequence[Account], scales: Mapping[str, float]) -> tuple[str, str | None]:
    """The type most accounts give, and within it the most common mode, unless hardly any tells it; ties go to the
    stronger, then by code."""

    def strength(type_: str, mode: str | None) -> float:
        return abs(scales.get(f"{type_}/{mode}", scales.get(type_, 0.0)))

    types = Counter(account.type for account in accounts)
    type_ = min(types, key=lambda t: (-types[t], -strength(t, None), t))
    modes = Counter(account.mode for account in accounts if account.type == type_ and account.mode is not None)
    mode = min(modes, key=lambda m: (-modes[m], -strength(type_, m), m), default=None)
    return type_, mode if mode is not None and modes[mode] * _FEW >= types[type_] else None


def status_of(accounts: Sequence[Account]) -> Status:
    """The status most accounts give; a tie goes to what is nearest to having happened."""
    counted = Counter(account.status for account in accounts)
    return min(counted, key=lambda status: (-counted[status], _STATUS_ORDER.index(status)))


def participants(accounts: Sequence[Account], *, recipients: bool) -> tuple[Participant, ...]:
    """The parties on one side, the most often told first, named before unnamed. A generic party is left out where a
    known one that it may be stands beside it in another account, and a thing or site where somebody is told; a state
    where one of its organs is named stays."""
    found: dict[str, list[tuple[str, Party]]] = {}
    for account in accounts:
        for party in account.recipients if recipients else account.actors:
            found.setdefault(party.key, []).append((account.document, party))
    people = {key: group for key, group in found.items() if group[0][1].sector is not None or not group[0][1].generic}
    found = people or found
    known = [group[0][1] for group in found.values() if not group[0][1].generic]
    made: list[tuple[int, bool, str, Participant]] = []
    for key, group in found.items():
        first = min(group, key=lambda item: (item[0], item[1].span))[1]
        anyone = name_key(first.name) in knowledge().general_groups and len(found) > 1
        if first.generic and (anyone or any(_may_be(first, party) for party in known)):
            continue
        names = Counter(party.name for _, party in group)
        made.append(
            (
                -len({document for document, _ in group}),
                first.generic,
                key,
                Participant(
                    name=min(names, key=lambda name: (-names[name], name)),
                    key=key,
                    country=first.country,
                    sector=first.sector,
                    evidence=evidence((document, party.span) for document, party in group),
                ),
            )
        )
    return tuple(item[-1] for item in sorted(made, key=lambda item: item[:3]))


def commonly_told(
    parties: Sequence[Participant], accounts: Sequence[Account], *, recipients: bool = False
) -> tuple[Participant, ...]:
    """Those of one side whom more than hardly any of many accounts tell: actors, in at least half of the accounts that
    tell any; organs of one state count as one."""
    sides = [account.recipients if recipients else account.actors for account in accounts]
    naming = [side for side in sides if side]

    def told(one: Participant) -> int:
        organ = one.sector in STATE_SECTORS
        return sum(any(p.key == one.key or (organ and p.state and p.country == one.country) for p in s) for s in naming)

    counts = [(one, told(one)) for one in parties]
    common = [(one, count) for one, count in counts if count * _RARE >= len(accounts)]
    return tuple(one for one, count in common if recipients or 2 * count >= len(naming))


def denier(accounts: Sequence[Account], witnesses: Witnesses) -> str | None:
    """The speaker on whose word most accounts of what did not happen stand; None where nobody is named."""
    said = (_speaker(account, witnesses) for account in accounts if account.status == "negated")
    speakers = Counter(one.speaker for one in said if one is not None and one.speaker is not None)
    return min(speakers, key=lambda name: (-speakers[name], name), default=None)


def sufferer(accounts: Sequence[Account], witnesses: Witnesses) -> str | None:
    """The one speaker on whose word all accounts stand, where it is the state to which it was done, or an organ of that
    state; else None."""
    said = [_speaker(account, witnesses) for account in accounts]
    names = {one.speaker if one is not None else None for one in said}
    countries = {
        witnesses.annotations[account.document].actors[one.speaker_actor].country
        for account, one in zip(accounts, said, strict=True)
        if one is not None and one.speaker_actor is not None
    }
    done_to = {party.country for account in accounts for party in account.recipients if party.state}
    done_by = {party.country for account in accounts for party in account.actors}
    if len(names) != 1 or len(countries) != 1 or not countries <= done_to or countries & done_by:
        return None
    return names.pop()


def _speaker(account: Account, witnesses: Witnesses) -> Attribution | None:
    annotation = witnesses.annotations[account.document]
    return speaker_of(annotation.attributions, account.main, annotation.events[account.key.index].attribution)


def _may_be(generic: Party, known: Party) -> bool:
    """Whether an unnamed party may be a named one: "the militants" a rebel group, but no state."""
    if party_likeness(generic, known) <= 0:
        return False
    return any({generic.sector, known.sector} <= kind for kind in (STATE_SECTORS, _ARMED, _PRIVATE)) or (
        generic.sector == known.sector
    )


def time_of(
    accounts: Sequence[Account], bound: Interval | None, anchored: Sequence[Anchored], witnesses: Witnesses
) -> EventTime | None:
    """When: what all readings share, as narrowed by the events that it is told from (`bound`). Where they contradict
    each other, what those share that more than hardly any of many origins tell, or else the hull of these. A text that
    tells the time outright is not also read by way of another event. Without any reading, an event that happened is no
    later than its first report."""
    told: dict[Bounds, list[tuple[str, Span]]] = {}
    for account in accounts:
        if account.time is not None and account.when is not None:
            key = (account.time.earliest, account.time.latest)
            told.setdefault(key, []).append((account.document, Span(account.time.start, account.time.end)))
    parts, shared = _shared(told)
    outright = {document for places in told.values() for document, _ in places}
    counted: dict[Bounds, list[tuple[str, Span]]] = {}
    for item in anchored if bound is not None else ():
        if item.document not in outright:
            key = (iso(item.interval.low, end=False), iso(item.interval.high, end=True))
            counted.setdefault(key, []).append((item.document, item.words))
    readings = [
        _time_reading(key, told.get(key, []), counted.get(key, []), witnesses)
        for key in dict.fromkeys((*told, *counted))
    ]
    readings.sort(key=lambda r: (r.earliest or "", r.latest or "9", r.words))
    if not readings:
        return _no_later(accounts, witnesses)
    if shared is None:
        common = _commonly(told, witnesses)
        _, core = _shared(common)
        lows, highs = [key[0] for key in common], [key[1] for key in common]
        if core is not None:
            earliest, latest = _as_told(core.low, lows, end=False), _as_told(core.high, highs, end=True)
        else:
            earliest = None if None in lows else min((x for x in lows if x), key=lambda x: hours(x, end=False) or 0)
            latest = None if None in highs else max((x for x in highs if x), key=lambda x: hours(x, end=True) or 0)
        return EventTime(earliest=earliest, latest=latest, agreement="disputed", readings=tuple(readings))
    final = bound if parts is None and bound is not None and bound.meet(shared) is not None else shared
    origins = {origin for reading in readings for origin in reading.origins}
    return EventTime(
        earliest=_as_told(final.low, [key[0] for key in told], end=False),
        latest=_as_told(final.high, [key[1] for key in told], end=True),
        agreement=agreement(origins),
        readings=tuple(readings),
    )


def _shared(told: Iterable[Bounds]) -> tuple[Interval | None, Interval | None]:
    """The hull of the parts of one day among times (`_parts_of_day`), and what all times share; None where they share
    nothing."""
    intervals = [Interval.of(*key) for key in told]
    parts = _parts_of_day([item for item in intervals if item is not None])
    shared: Interval | None = Interval(-inf, inf)
    for interval in intervals:
        whole = parts if parts is not None and interval is not None and _SOFT <= interval.width < DAY else interval
        shared = shared.meet(whole) if shared is not None and whole is not None else None
    return parts, shared


def _commonly(told: Mapping[Bounds, Sequence[tuple[str, Span]]], witnesses: Witnesses) -> list[Bounds]:
    """The times without those that hardly any of many origins tells."""
    support = {key: len({witnesses.origin(name, span.start) for name, span in at}) for key, at in told.items()}
    most = sum(support.values())
    return [key for key, count in support.items() if count * _RARE >= most]


def _no_later(accounts: Sequence[Account], witnesses: Witnesses) -> EventTime | None:
    if status_of(accounts) not in ("actual", "historical"):
        return None
    stamps = [stamp for a in accounts if (stamp := witnesses.as_of(a.document, a.main.start)) is not None]
    if not stamps:
        return None
    return EventTime(earliest=None, latest=min(stamps), agreement="unknown")


def _as_told(at: float, bounds: Sequence[str | None], *, end: bool) -> str | None:
    """The bound in a reading's own words where one gives it, else worked out."""
    return next((b for b in sorted(b for b in bounds if b) if hours(b, end=end) == at), iso(at, end=end))


def _parts_of_day(intervals: Sequence[Interval]) -> Interval | None:
    """The hull of two or more parts of one day ("before sunrise", "in the morning"), None where there are not two.
    Their hours are conventions, so what they have in common is no time that anybody told."""
    soft = sorted({(item.low, item.high) for item in intervals if _SOFT <= item.width < DAY})
    if len(soft) < 2 or any(b[0] >= a[1] for a, b in pairwise(soft)):
        return None
    return Interval(soft[0][0], max(high for _, high in soft))


def _time_reading(
    key: Bounds, told: Sequence[tuple[str, Span]], counted: Sequence[tuple[str, Span]], witnesses: Witnesses
) -> TimeReading:
    """One reading: the words most texts tell it in, those that tell the time outright before those that count it from
    another event."""
    words = Counter(witnesses.text(*place) for place in told or counted)
    places = [*told, *counted]
    return TimeReading(
        earliest=key[0],
        latest=key[1],
        words=min(words, key=lambda text: (-words[text], -len(text), text)),
        origins=witnesses.origins([(document, span.start) for document, span in places]),
        evidence=evidence(places),
    )


def place_of(accounts: Sequence[Account], witnesses: Witnesses, far_km: float) -> EventPlace | None:
    """Where: the finest place told, which coarser ones that hold it agree with; disputed where two cannot both be.
    Of places in different countries those in the land of the ones it was done to come first, and last what hardly any
    of many origins tells."""
    groups: list[list[tuple[Account, PlaceMention]]] = []
    told = sorted((a for a in accounts if a.place is not None), key=lambda a: a.key)
    for account in told:
        if account.place is None:
            continue
        home = next(
            (g for g in groups if same_place(g[0][1], account.place) and g[0][1].precision == account.place.precision),
            None,
        )
        if home is None:
            groups.append([(account, account.place)])
        else:
            home.append((account, account.place))
    if not groups:
        return None
    support = [len({witnesses.origin(a.document, p.start) for a, p in g}) for g in groups]
    lands = {party.country for account in accounts for party in account.recipients if party.country}

    countries = {group[0][1].country for group in groups}

    def rank(i: int) -> tuple[bool, bool, int, int, int, int]:
        state = States.load().by_iso2(groups[i][0][1].country)
        elsewhere = len(countries) > 1 and (state is None or state.iso3 not in lands)
        rare = support[i] * _RARE < sum(support)
        return rare, elsewhere, place_rank(groups[i][0][1]), -support[i], -len(groups[i]), i

    order = sorted(range(len(groups)), key=rank)
    groups = [groups[i] for i in order]
    chosen = groups[0][0][1]
    readings = tuple(_place_reading(group, witnesses) for group in groups)
    disputed = any(compare_places(chosen, g[0][1], far_km).veto for g in groups[1:]) or any(
        place_rank(g[0][1]) == place_rank(chosen) <= 1 and compare_places(chosen, g[0][1], far_km).value <= 0
        for g in groups[1:]
    )
    origins = {origin for reading in readings for origin in reading.origins}
    return EventPlace(
        name=chosen.name,
        country=chosen.country,
        geonameid=chosen.geonameid,
        lat=chosen.lat,
        lon=chosen.lon,
        precision=chosen.precision,
        agreement="disputed" if disputed else agreement(origins),
        admin1=chosen.admin1,
        readings=readings,
    )


def _place_reading(group: Sequence[tuple[Account, PlaceMention]], witnesses: Witnesses) -> PlaceReading:
    place = group[0][1]
    places = [(account.document, Span(p.start, p.end)) for account, p in group]
    return PlaceReading(
        name=place.name,
        country=place.country,
        geonameid=place.geonameid,
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
        admin1=place.admin1,
        origins=witnesses.origins([(document, span.start) for document, span in places]),
        evidence=evidence(places),
    )


def instruments_of(accounts: Sequence[Account], witnesses: Witnesses) -> tuple[str, ...]:
    """The instruments as the texts word them, each once, by folded name."""
    found: dict[str, str] = {}
    for account in sorted(accounts, key=lambda a: a.key):
        span = witnesses.annotations[account.document].events[account.key.index].instrument
        if span is not None:
            words = witnesses.text(account.document, span)
            found.setdefault(name_key(words), words)
    return tuple(words for _, words in sorted(found.items()))


CONTEXT_SHARE = 3
"""A context is the event's where at least one in so many of its documents tells it in that context: a single report's
aside makes no matter of the whole. The choice is untuned; no openly licensed corpus has contexts."""


def contexts_of(accounts: Sequence[Account], witnesses: Witnesses) -> tuple[str, ...]:
    """The contexts that at least a third of the event's documents give it, those of most documents first."""
    told: dict[str, set[str]] = {}
    for account in accounts:
        for context in witnesses.annotations[account.document].events[account.key.index].contexts:
            told.setdefault(context, set()).add(account.document)
    documents = len({account.document for account in accounts})
    counts = {context: len(those) for context, those in told.items() if len(those) * CONTEXT_SHARE >= documents}
    return tuple(sorted(counts, key=lambda context: (-counts[context], context)))


def mention_evidence(
    accounts: Sequence[Account], leading: Mapping[str, Span], witnesses: Witnesses
) -> tuple[Evidence, ...]:
    """Every mention of the event, in the order of documents and text. In the documents `leading`, whose main event it
    is, the whole sentence that tells it first stands for the mentions in it, and before it the one that the document
    leads with."""
    found: list[tuple[str, Span]] = []
    for document in sorted({account.document for account in accounts}):
        spans = sorted({span for account in accounts if account.document == document for span in account.spans})
        leads = [leading[document], spans[0]] if document in leading else []
        for sentence in (_sentence(document, span, witnesses) for span in leads):
            if sentence is not None:
                spans = [sentence, *(span for span in spans if not sentence.overlaps(span))]
        found.extend((document, span) for span in spans)
    return evidence(found)


def _sentence(document: str, span: Span, witnesses: Witnesses) -> Span | None:
    """The sentence that a span stands in, without white space about it."""
    prose = witnesses.prose(document)
    number = prose.number(span.start)
    if number is None:
        return None
    sentence = prose.sentences[number]
    text = witnesses.text(document, sentence)
    return Span(sentence.start + len(text) - len(text.lstrip()), sentence.start + len(text.rstrip()))
