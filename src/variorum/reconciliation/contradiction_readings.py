"""Figures, places, days and roles that two named speakers give of one event and that exclude one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from variorum.records import Event, PlaceMention, Reading, Span, TimeExpression, Toll
from variorum.world.states import States

from .accounts import FINE, Account
from .comparison import compare_places
from .contradiction_denials import giving
from .contradiction_ground import ContradictionOptions, Finding, Ground, places_meet, side_of_party, unlike
from .contradiction_statements import Statement, apart, overlap, two_speakers
from .contradiction_words import fits, lexicon, likeness, shared_thing, tells_deed, words
from .knowledge import Knowledge
from .moments import DAY, Interval

_AT = re.compile(r"\b(?:in|at|near|inside|outside|on the (?:edge|outskirts) of)(?: the)?(?: \w+){0,3} $", re.IGNORECASE)
_NAMED_DAY = 20.0  # hours: a time at least this wide is a day, whose edge is midnight
_MIDNIGHT = 6.0  # hours that two parts of days must be apart
_LONGEST = 3 * DAY
_AFTER = 12  # characters after a figure that may tell of what it is a part


def figures(ground: Ground, options: ContradictionOptions) -> Iterator[Finding]:
    """Numbers: current figures of one kind of harm and of the same people that no number fits both of."""
    for _, event in sorted(ground.events.items()):
        for toll in event.tolls:
            if toll.agreement == "disputed":
                yield from _figures(event, toll, ground, options)


def _figures(event: Event, toll: Toll, ground: Ground, options: ContradictionOptions) -> Iterator[Finding]:
    current = [r for r in toll.readings if r.superseded_by is None and r.low is not None and r.speaker is not None]
    given = {r.id: sorted(giving(r, ground), key=lambda s: s.order)[: options.recall_sentences] for r in current}
    best: dict[tuple[object, ...], Finding] = {}
    for one, other in combinations(current, 2):
        if not _exclude(one, other, ground) or _two_losses(one, other, ground):
            continue
        for a, b in product(given[one.id], given[other.id]):
            if not two_speakers(a, b) or overlap(a, b) or not _of_one_event((a, one), (b, other), ground, options):
                continue
            (first, id1), (second, id2) = sorted(((a, one.id), (b, other.id)), key=lambda item: item[0].order)
            finding = Finding("number", event.id, first, second, readings=(id1, id2), words=toll.kind)
            key = tuple(sorted(((one.low or 0, one.high or -1), (other.low or 0, other.high or -1))))
            if key not in best or _rank(finding) < _rank(best[key]):
                best[key] = finding
    yield from best.values()


def _of_one_event(
    one: tuple[Statement, Reading], other: tuple[Statement, Reading], ground: Ground, options: ContradictionOptions
) -> bool:
    """Whether two figures are surely of all that one event did: each stands with a word for the deed, or in a text that
    tells of few; neither is of a part, of other days, of another place, or of a side's own dead."""
    (s, a), (t, b) = one, other
    if _own_losses(s, t, a, ground) or _grew(a, b, options):
        return False
    for statement, reading in (one, other):
        if not tells_deed(statement.quote) and ground.hostile(statement.document) > options.few:
            return False
        item = reading.evidence[0]
        around = ground.witnesses.text(item.document, Span(item.start, item.end + _AFTER))
        if lexicon().partial.search(around):
            return False
    if bool(lexicon().overall.search(s.quote)) != bool(lexicon().overall.search(t.quote)):
        return False
    places = [_only_place(statement, ground) for statement in (s, t)]
    return places[0] is None or places[1] is None or not _elsewhere(places[0], places[1], options)


def _grew(one: Reading, other: Reading, options: ContradictionOptions) -> bool:
    """Whether the greater figure is of a later day, when more may have been known."""
    (low, early), (_, late) = sorted(((r.low or 0, r.as_of) for r in (one, other)), key=lambda item: item[0])
    days = Interval.of(early, early), Interval.of(late, late)
    if days[0] is None or days[1] is None or low == 0:
        return False
    return days[1].low - days[0].low >= options.growing * DAY


def _rank(finding: Finding) -> tuple[float, object, object]:
    return (-finding.weight, finding.one.order, finding.other.order)


def _exclude(one: Reading, other: Reading, ground: Ground) -> bool:
    """Whether no number fits both, of the same people."""
    if not _disjoint((one.low or 0, one.high), (other.low or 0, other.high)):
        return False
    people, others = _whom(one, ground), _whom(other, ground)
    if people == others == "anyone" or (one.group is not None and one.group == other.group):
        return True
    none = people if one.low == one.high == 0 else others if other.low == other.high == 0 else None
    return none == "anyone"


def _whom(reading: Reading, ground: Ground) -> str:
    """Whom a figure counts, by its group or else by its words ("12 women and eight children")."""
    if reading.group is not None:
        return fits(reading.group)
    item = reading.evidence[0]
    return fits(ground.witnesses.text(item.document, Span(item.start, item.end)))


def _own_losses(one: Statement, other: Statement, reading: Reading, ground: Ground) -> bool:
    """Whether two sides count fighters, one of them its own."""
    if _whom(reading, ground) != "armed" or not apart(one, other):
        return False
    return any(lexicon().own.search(s.quote) for s in (one, other))


def _disjoint(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    return (one[1] is not None and one[1] < other[0]) or (other[1] is not None and other[1] < one[0])


def _two_losses(one: Reading, other: Reading, ground: Ground) -> bool:
    """Whether the figures' own words count the people of two states."""
    people = []
    for reading in (one, other):
        found = set()
        for item in reading.evidence:
            text = ground.witnesses.text(item.document, Span(item.start, item.end))
            for word in re.findall(r"[A-Z][\w'’-]*", text):
                state = States.load().of_people(word)
                if state is not None:
                    found.add(state.iso3)
        people.append(found)
    return bool(people[0] and people[1] and people[0].isdisjoint(people[1]))


def places_and_days(ground: Ground, options: ContradictionOptions) -> Iterator[Finding]:
    """Places and days of one event, as two speakers name them; and of two accounts of one text that are the same
    sentence but for them."""
    for event, told in sorted(ground.of_event.items()):
        named = [(s, a) for s in told if s.speaker is not None for a in s.real if ground.event_of[a.id] == event]
        yield from _differing(event, named[: options.most], ground, options)
    for _, here in sorted(ground.of_document.items()):
        named = [(s, a) for s in here if s.speaker is not None and not s.denies for a in s.real]
        for (s, a), (t, b) in combinations(named, 2):
            if s.number == t.number or ground.event_of[a.id] == ground.event_of[b.id] or not two_speakers(s, t):
                continue
            if a.type == b.type and _twins(s, t, options):
                if " the " in f" {s.quote.casefold()}":
                    yield from _differing(ground.event_of[a.id], [(s, a), (t, b)], ground, options)
                if ground.compatible(a, b, options):
                    yield from _counted(ground.event_of[a.id], s, t, ground, options)
                yield from _doers((s, a), (t, b), ground, options)


def _twins(one: Statement, other: Statement, options: ContradictionOptions) -> bool:
    shared = words(one.quote).stems & words(other.quote).stems
    return len(shared) > 1 and likeness(one.quote, other.quote) >= options.twin


def _doers(
    one: tuple[Statement, Account], other: tuple[Statement, Account], ground: Ground, options: ContradictionOptions
) -> Iterator[Finding]:
    """Who did it, in two such sentences about one known thing ("blew up the dam"); crossed, who attacked whom."""
    (s, a), (t, b) = one, other
    if not apart(s, t) or not unlike(a.actors, b.actors) or not shared_thing(s.quote, t.quote):
        return
    if any(party.generic for party in (*a.actors, *b.actors)):
        return
    if a.place is not None and b.place is not None and not places_meet(a.place, b.place, options):
        return
    if a.when is not None and b.when is not None and a.when.meet(b.when) is None:
        return
    first, second = sorted((s, t), key=lambda x: x.order)
    yield Finding("responsibility", ground.event_of[a.id if first is s else b.id], first, second)


def _counted(
    event: str, one: Statement, other: Statement, ground: Ground, options: ContradictionOptions
) -> Iterator[Finding]:
    """Figures of two such sentences not far from each other, by speakers of one country: two states may count their
    own."""
    at = [ground.sentence(s.document, s.spans[0].start) for s in (one, other)]
    if at[0] is None or at[1] is None or abs(at[0] - at[1]) > options.recall_sentences:
        return
    tolls = ground.witnesses.annotations[one.document].tolls
    ones, others = ([t for t in tolls if s.holds(Span(t.start, t.end))] for s in (one, other))
    if len(ones) != 1 or len(others) != 1 or one.country is None or one.country != other.country:
        return
    a, b = ones[0], others[0]
    if a.kind == b.kind and a.group == b.group and _disjoint((a.low or 0, a.high), (b.low or 0, b.high)):
        first, second = sorted((one, other), key=lambda s: s.order)
        yield Finding("number", event, first, second, words=a.kind)


def _differing(
    event: str, named: Sequence[tuple[Statement, Account]], ground: Ground, options: ContradictionOptions
) -> Iterator[Finding]:
    places = [(s, place) for s, a in named if (place := _place(s, a, ground)) is not None]
    times = [(s, when) for s, a in named if (when := _time(s, a, ground)) is not None]
    for (s, p), (t, q) in combinations(places, 2):
        if two_speakers(s, t) and likeness(s.quote, t.quote) >= options.alike and _elsewhere(p, q, options):
            first, second = sorted((s, t), key=lambda x: x.order)
            yield Finding("place", event, first, second)
    for (s, early), (t, late) in combinations(times, 2):
        if two_speakers(s, t) and likeness(s.quote, t.quote) >= options.alike and _another_day(early, late):
            first, second = sorted((s, t), key=lambda x: x.order)
            yield Finding("date", event, first, second)


def _place(statement: Statement, account: Account, ground: Ground) -> PlaceMention | None:
    """Where a statement has it: the account's place where it stands in the words, else the only one after "in"."""
    if account.place is not None and statement.holds(Span(account.place.start, account.place.end)):
        return account.place
    return _only_place(statement, ground) if any(statement.holds(span) for span in account.spans) else None


def _only_place(statement: Statement, ground: Ground) -> PlaceMention | None:
    """The one town or site of a statement, where "in" or the like stands before it."""
    annotation = ground.witnesses.annotations[statement.document]
    inside = [p for p in annotation.places if statement.holds(Span(p.start, p.end)) and p.precision in FINE]
    if len(inside) != 1:
        return None
    before = ground.witnesses.text(statement.document, Span(max(0, inside[0].start - 40), inside[0].start))
    return inside[0] if _AT.search(before) else None


def _elsewhere(one: PlaceMention, other: PlaceMention, options: ContradictionOptions) -> bool:
    finding = compare_places(one, other, options.far_km)
    fine = one.precision in FINE and other.precision in FINE
    return finding.veto or (fine and finding.value < 0 and one.lat is not None and other.lat is not None)


def _time(statement: Statement, account: Account, ground: Ground) -> Interval | None:
    """When a statement has it: the only time in its words, where that is a day or a part of one."""
    annotation = ground.witnesses.annotations[statement.document]
    inside = [t for t in annotation.times if statement.holds(Span(t.start, t.end))]
    if len(inside) != 1 or not any(statement.holds(span) for span in account.spans):
        return None
    return _bounds(inside[0])


def _bounds(time: TimeExpression) -> Interval | None:
    if time.type not in ("DATE", "TIME"):
        return None
    found = Interval.of(time.earliest, time.latest)
    return found if found is not None and found.width <= _LONGEST else None


def _another_day(one: Interval, other: Interval) -> bool:
    if one.meet(other) is not None:
        return False
    return min(one.width, other.width) >= _NAMED_DAY or one.gap(other) >= _MIDNIGHT


def roles(ground: Ground, known: Knowledge, options: ContradictionOptions) -> Iterator[Finding]:
    """Each of two sides says that the other attacked it: at one place on one day, or with the word that the other
    began, and nothing in the texts makes the one an answer to the other."""
    held: dict[tuple[str, str, str], list[tuple[Statement, Account]]] = {}
    for statement in ground.statements:
        if statement.speaker is None or statement.denies or statement.side is None:
            continue
        for account in statement.real:
            if account.type in known.mutual_types:
                continue
            for actor in account.actors:
                for recipient in account.recipients:
                    by, to = side_of_party(actor), recipient.country or recipient.key
                    if by != to and statement.side == to:
                        held.setdefault((account.type, by, to), []).append((statement, account))
    for (type_, by, to), told in sorted(held.items()):
        if by > to:
            continue
        for s, a in told[: options.most]:
            for t, b in held.get((type_, to, by), [])[: options.most]:
                if _swapped(s, a, t, b, ground, options):
                    first, second = sorted((s, t), key=lambda x: x.order)
                    account = a if first is s else b
                    yield Finding("role", ground.event_of[account.id], first, second)


def _swapped(s: Statement, a: Account, t: Statement, b: Account, ground: Ground, options: ContradictionOptions) -> bool:
    if frozenset((ground.event_of[a.id], ground.event_of[b.id])) in ground.linked:
        return False
    answering = lexicon().answering
    if answering.search(s.quote) or answering.search(t.quote):
        return False
    if a.when is None or b.when is None:
        if a.document != b.document:
            return False
    elif a.when.meet(b.when) is None or max(a.when.width, b.when.width) > 1.5 * DAY:
        return False
    began = all(lexicon().first.search(x.quote) for x in (s, t))
    one, other = a.place, b.place
    if one is not None and other is not None:
        finding = compare_places(one, other, options.far_km)
        spot = one.precision in FINE and other.precision in FINE and finding.value > 0
        return not finding.veto and (began or spot)
    return began or _alike_words(s, t)


def _alike_words(one: Statement, other: Statement) -> bool:
    """Whether two statements tell the same of all but the sides, with a name that no layer knows."""
    names = [set(re.findall(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+", s.quote)) for s in (one, other)]
    a, b = words(one.quote).stems, words(other.quote).stems
    return bool(names[0] & names[1]) and 2 * len(a & b) > len(a | b)
