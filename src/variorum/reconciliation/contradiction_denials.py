"""What one speaker denies and another says: of an act, of harm, of who did it, and denials of what was said before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from variorum.records import ContradictionKind, Reading, Span
from variorum.world.names import name_key
from variorum.world.words import stem

from .accounts import Account
from .contradiction_ground import (
    ContradictionOptions,
    Finding,
    Ground,
    side_of_actor,
    side_of_party,
)
from .contradiction_statements import Statement, apart, overlap
from .contradiction_words import (
    clause,
    content_left,
    covered,
    fits,
    harms_civilians,
    lexicon,
    one_matter,
    trails,
    words,
)
from .knowledge import Knowledge

_HOSTILE = frozenset({"ASSAULT", "COERCE"})
_OF_WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})  # what is said, not what is done
_HARMED = frozenset({"killed", "injured", "casualties"})
_BACK = 3  # sentences from "the attack" to the deed that it means
_DESCRIBING = frozenset({"group", "movement", "militant", "rebel", "fighter", "insurgent", "militia", "faction"})
_TAIL = 6  # words in which it is told in what someone had no part
_FEW = 12  # words in which something is called false
_MARKS = " \"'“”‘’.,"


def denials(ground: Ground, known: Knowledge, options: ContradictionOptions) -> Iterator[Finding]:
    """Polarity: what is denied of an act, or of harm, against what others say."""
    seen: Counter[tuple[str, str]] = Counter()
    for denial in sorted(ground.statements, key=lambda s: s.order):
        if denial.speaker is None:
            continue
        same = (denial.speaker, denial.quote.casefold())
        seen[same] += 1
        if seen[same] > options.copies:
            continue
        if _recalls(denial):
            yield from _recalled(denial, ground, options)
            continue
        found = list(_acts(denial, ground, known, options))
        if not found:
            found += _harm(denial, ground)
            found += _alone(denial, ground, options) if denial.denies and not denial.negated else ()
        meant = _of_aim(denial)
        yield from (f for f in found if not meant or _tells_aim(f.one))


def _recalls(denial: Statement) -> bool:
    """Whether a statement denies what was said before it, without words of its own: "denied the accusation", "called
    it baseless"."""
    known = lexicon()
    text = denial.quote.strip(_MARKS)
    if denial.denies:
        if trails(text):
            return True
        return known.recalled.fullmatch(text) is not None
    match = known.recalled.match(text.removeprefix("that "))
    return match is not None and known.false.search(text) is not None and len(text.split()) <= _FEW


def _acts(denial: Statement, ground: Ground, known: Knowledge, options: ContradictionOptions) -> Iterator[Finding]:
    """An act that is denied, as coded, against accounts that tell the like as having happened."""
    for negated in denial.negated:
        if negated.type in _OF_WORDS or not (denial.denies or _negates(denial, negated, ground)):
            continue
        part = _denied_part_of(denial, negated, ground)
        if lexicon().coming.search(part):
            continue
        said = words(part)
        beside = ground.triggers(negated)
        others = {account.id: account for account in ground.near(negated, options.most)}
        others.update(_beside(denial, ground, options))
        bare = not content_left(said, beside)
        for _, account in sorted(others.items()):
            if not ground.compatible(negated, account, options) or not _modes_meet(negated, account, known):
                continue
            event = ground.event_of[account.id]
            same_mode = negated.mode is not None and negated.mode == account.mode
            alike = same_mode or bool(beside & ground.triggers(account))
            if bare and (event != denial.about or not alike):
                continue
            for statement in ground.of_account[account.id]:
                if not apart(statement, denial) or overlap(statement, denial):
                    continue
                told = words(statement.quote)
                doers = ground.doers(negated) if account.actors else frozenset()
                share, whole = covered(said, told, _people(statement, ground), beside | doers)
                sure = alike if statement.speaker is None else alike or bool(said.things)
                if whole and sure and share >= options.coverage:
                    yield Finding("polarity", event, statement, denial, share + (statement.speaker is not None))


def _negates(statement: Statement, account: Account, ground: Ground) -> bool:
    """Whether a statement's own words say that a deed was not done: "did not bomb", "no jets were shot down", but not
    "gave no leave for the bombing"."""
    for span in statement.spans:
        if span.contains(account.main) and statement.stance == "asserts":
            text = ground.witnesses.text(statement.document, Span(span.start, account.main.end))
            about = clause(text, account.main.start - span.start, len(text))
            return lexicon().negating.search(about[: len(about) - (account.main.end - account.main.start)]) is not None
    return False


def _beside(denial: Statement, ground: Ground, options: ContradictionOptions) -> dict[str, Account]:
    """What is told as having happened in the text of a denial, and by others of the same events."""
    here = ground.of_document[denial.document]
    events = {ground.event_of[account.id] for statement in here for account in statement.real}
    if denial.about is not None:
        events.add(denial.about)
    others = [s for event in sorted(events) for s in ground.of_event.get(event, ())[: options.most]]
    return {account.id: account for s in (*here, *others) if not s.denies for account in s.real}


def _denied_part_of(denial: Statement, account: Account, ground: Ground) -> str:
    """What is denied: the clause about the act, where the words hold more."""
    for span in denial.spans:
        if span.contains(account.main):
            text = ground.witnesses.text(denial.document, span)
            return clause(text, account.main.start - span.start, account.main.end - span.start)
    return denial.quote


def _modes_meet(one: Account, other: Account, known: Knowledge) -> bool:
    if one.type != other.type:
        return True
    return one.mode is None or other.mode is None or known.modes_meet(one.type, one.mode, other.mode)


def _people(statement: Statement, ground: Ground) -> bool:
    """Whether a statement tells of harm to people who may be civilians, in words or by a figure."""
    tolls = ground.witnesses.annotations[statement.document].tolls
    return harms_civilians(statement.quote) or any(
        toll.kind in _HARMED and (toll.low or 0) > 0 and fits(toll.group) != "armed"
        for toll in tolls
        if statement.holds(Span(toll.start, toll.end))
    )


def _alone(denial: Statement, ground: Ground, options: ContradictionOptions) -> Iterator[Finding]:
    """What is denied in words that no event was coded of, against claims of the same event, or near in the same text,
    that have nearly all of its words."""
    if _blames_away(denial):
        return
    said = words(denial.quote)
    if len(said.stems) < options.least_words or lexicon().negated.search(denial.quote):
        return
    near = ground.sentence(denial.document, denial.spans[0].start)
    others = [
        s
        for s in ground.of_document[denial.document]
        if near is not None
        and (n := ground.sentence(s.document, s.spans[0].start)) is not None
        and abs(near - n) <= options.recall_sentences
    ]
    if denial.about is not None:
        others += [s for s in ground.of_event.get(denial.about, []) if s.document != denial.document]
    for statement in others:
        event = ground.event(statement)
        if statement.denies or statement.negated or event is None or not apart(statement, denial):
            continue
        if statement.speaker is None or overlap(statement, denial) or lexicon().negated.search(statement.quote):
            continue
        share, whole = covered(said, words(statement.quote), told_people=harms_civilians(statement.quote))
        if whole and share >= options.coverage_alone and said.stems - lexicon().deeds:
            yield Finding("polarity", event, statement, denial, share)


def _harm(denial: Statement, ground: Ground) -> Iterator[Finding]:
    """That people of some kind were targeted or hurt, denied by those who acted, against figures of such people."""
    event = ground.events.get(denial.about or "")
    people = _spared(denial)
    if (
        event is None
        or people is None
        or lexicon().coming.search(denial.quote)
        or event.status not in ("actual", "ongoing", "historical")
    ):
        return
    actors = {p.country for p in event.participants_actor} | {p.key for p in event.participants_actor}
    if denial.side not in actors:
        return
    for toll in event.tolls:
        for reading in toll.readings if toll.kind in _HARMED else ():
            if reading.low is None or reading.low < 1 or reading.superseded_by is not None:
                continue
            if not _among(reading, people):
                continue
            for statement in giving(reading, ground):
                if apart(statement, denial):
                    named = statement.speaker is not None
                    yield Finding("polarity", event.id, statement, denial, 0.5 + named, (reading.id, None))


def _of_aim(denial: Statement) -> bool:
    """Whether a denial is of what was meant alone ("civilians were not the target"): that some died is no word against
    it. That none were targeted is one of what was struck."""
    known, text = lexicon(), denial.quote
    if known.meant.search(text):
        return True
    return known.aim.search(text) is not None and not (known.hurt.search(text) or known.spared.search(text))


def _tells_aim(statement: Statement) -> bool:
    known = lexicon()
    return known.aim.search(statement.quote) is not None or known.meant.search(statement.quote) is not None


def giving(reading: Reading, ground: Ground) -> list[Statement]:
    """The statements that a figure stands in, in its speaker's words; the narrator's where it has no speaker. The
    figure may stand under the name of the body that he speaks for: then the shortest that holds it is his."""
    name = name_key(reading.speaker) if reading.speaker is not None else None
    found = []
    for item in reading.evidence:
        span = Span(item.start, item.end)
        told = [s for s in ground.of_document.get(item.document, ()) if s.holds(span) and not s.denies]
        own = [s for s in told if (name_key(s.speaker) if s.speaker is not None else None) == name]
        others = [s for s in told if s.speaker is not None] if name is not None else []
        found.extend(own or sorted(others, key=lambda s: (len(s.quote), s.order))[:1])
    return found


def _spared(denial: Statement) -> str | None:
    """The people that a statement says were not targeted or hurt: "anyone" (people, civilians, nationals) or, by their
    stem, one kind of them; None where it says nothing of the sort."""
    known = lexicon()
    harm = known.harm.search(denial.quote)
    if harm is None or not (denial.denies or known.negated.search(denial.quote)):
        return None
    text = denial.quote
    if not denial.denies:
        near = [m for m in known.negated.finditer(text) if known.harm.search(clause(text, m.start(), m.end()))]
        if not near:
            return None
        text = clause(text, near[0].start(), near[0].end())
    said = words(text)
    if said.anyone:
        return "anyone"
    kinds = sorted(key for key in said.things if fits(key) == "civil")
    return kinds[0] if said.civil and kinds else None


def _among(reading: Reading, people: str) -> bool:
    groups = [reading.group, *(part.group for part in reading.parts)]
    if people != "anyone":
        return any(group is not None and people in words(group.casefold()).stems for group in groups)
    return any(fits(group) != "armed" for group in groups)


def _recalled(denial: Statement, ground: Ground, options: ContradictionOptions) -> Iterator[Finding]:
    """ "Denied the accusation": of what another said last before it in the text, about the one who denies."""
    for statement in _said_before(denial, ground, options):
        yield Finding("polarity", ground.event(statement) or "", statement, denial, 2.0)


def _said_before(denial: Statement, ground: Ground, options: ContradictionOptions) -> Iterator[Statement]:
    """What another said last before a denial, not far before it, about the one who denies."""
    here = ground.sentence(denial.document, denial.spans[0].start)
    accusing = lexicon().accusing.search(denial.quote) is not None
    for statement in reversed(ground.of_document[denial.document]):
        at = ground.sentence(statement.document, statement.spans[0].start)
        if statement.spans[0].start >= denial.spans[0].start or here is None or at is None:
            continue
        if here - at > options.recall_sentences:
            return
        if statement.speaker is None or statement.denies or not apart(statement, denial):
            continue
        if overlap(statement, denial):
            continue
        if accusing and statement.stance != "accuses" and all(a.type not in _HOSTILE for a in statement.real):
            continue
        about = any(side_of_actor(actor) == denial.side for actor in ground.actors(statement))
        if about and not lexicon().asking.search(statement.quote):
            if ground.event(statement) is not None:
                yield statement
            return


class _Ascription(NamedTuple):
    """That a side did what an event tells, or (`did` False) that it did not, in a statement's words."""

    statement: Statement
    event: str
    side: str
    name: str
    did: bool
    generic: bool = False

    def same(self, other: _Ascription) -> bool:
        """Whether both are of one side; sorts of people ("herders") by the last word."""
        if self.side == other.side:
            return True
        return self.generic and other.generic and stem(self.name.split()[-1]) == stem(other.name.split()[-1])


def responsibility(ground: Ground, options: ContradictionOptions) -> Iterator[Finding]:
    """Who did it: someone holds a side responsible, or claims it, and that side denies it, or another is named."""
    found: dict[str, dict[tuple[str | None, str, bool], _Ascription]] = {}
    for statement in sorted(ground.statements, key=lambda s: s.order):
        for ascription in _ascriptions(statement, ground):
            key = (name_key(statement.speaker) if statement.speaker else None, ascription.side, ascription.did)
            found.setdefault(ascription.event, {}).setdefault(key, ascription)
        if statement.speaker is not None and _blames_away(statement) and not _deeds(statement, ground):
            for blamed in _said_before(statement, ground, options):
                yield Finding("responsibility", ground.event(blamed) or "", blamed, statement)
    for _, first in sorted(found.items()):
        ascriptions = list(first.values())[: options.most]
        named: dict[tuple[str, str], set[str]] = {}
        for item in ascriptions:
            if item.did and item.statement.speaker is not None:
                named.setdefault((item.event, name_key(item.statement.speaker)), set()).add(item.side)
        for number, one in enumerate(ascriptions):
            for other in ascriptions[number + 1 :]:
                finding = _opposed(one, other, named, ground)
                if finding is not None:
                    yield finding


def _opposed(
    one: _Ascription, other: _Ascription, named: dict[tuple[str, str], set[str]], ground: Ground
) -> Finding | None:
    if not (one.did or other.did) or not apart(one.statement, other.statement):
        return None
    if overlap(one.statement, other.statement) or not one_matter(one.statement.quote, other.statement.quote):
        return None
    if one.did and other.did:
        if any(item.generic or _described(item.name) for item in (one, other)):
            return None
        if one.statement.speaker is None or other.statement.speaker is None:
            return None
        ones = named[one.event, name_key(one.statement.speaker)]
        if ones & named[other.event, name_key(other.statement.speaker)]:
            return None
        first, second = sorted((one, other), key=lambda a: a.statement.order)
        crossed = (one.side, other.side) == (other.statement.side, one.statement.side) and all(
            ground.names_own_side(item.statement) for item in (one, other)
        )
        kind: ContradictionKind = "role" if crossed else "responsibility"
        return Finding(kind, one.event, first.statement, second.statement)
    blamed, denied = (one, other) if one.did else (other, one)
    if not blamed.same(denied) or (blamed.statement.speaker is None and not _just_told(blamed, denied, ground)):
        return None
    weight = 1.0 + (blamed.statement.speaker is not None)
    return Finding("responsibility", one.event, blamed.statement, denied.statement, weight)


def _described(name: str) -> bool:
    """Whether a name is only a description, so that it may be of one who is named elsewhere ("the rebel group")."""
    last = name.split()[-1:]
    return bool(last) and last[0].islower() and stem(last[0]) in _DESCRIBING


def _just_told(told: _Ascription, denied: _Ascription, ground: Ground) -> bool:
    """Whether the narrator tells a deed just before someone denies it."""
    at = [ground.sentence(item.statement.document, item.statement.spans[0].start) for item in (told, denied)]
    if told.statement.document != denied.statement.document or at[0] is None or at[1] is None:
        return False
    return 0 <= at[1] - at[0] <= _BACK


def _ascriptions(statement: Statement, ground: Ground) -> Iterator[_Ascription]:
    if statement.speaker is not None:
        if _blames_away(statement):
            yield from _denied_part(statement, ground)
            return
        if statement.denies or lexicon().negated.search(statement.quote):
            return
        yield from _claimed(statement, ground)
        yield from _blamed(statement, ground)
    if not statement.denies:
        yield from _told_of(statement, ground)


def _blames_away(statement: Statement) -> bool:
    """Whether a statement says that someone had no part in a deed."""
    known = lexicon()
    if not statement.denies:
        found = known.uninvolved.search(statement.quote)
        return found is not None and _in_deed(statement.quote[found.end() :])
    match = known.involvement.search(statement.quote)
    return match is not None and len(statement.quote[: match.start()].split()) <= 5


def _in_deed(tail: str) -> bool:
    """Whether what someone has no part in is a deed: "in the attack", "in the poisoning", "in it", or untold."""
    near = " ".join(tail.split()[:_TAIL])
    if not near.strip(_MARKS) or re.search(r"\b(?:it|this|that|the \w+ing)\b", near):
        return True
    return bool(words(near).stems & (lexicon().deeds - lexicon().general))


def _denied_part(statement: Statement, ground: Ground) -> Iterator[_Ascription]:
    known = lexicon()
    match = (known.involvement if statement.denies else known.uninvolved).search(statement.quote)
    end = statement.spans[0].start + (match.start() if match is not None else 0)
    sides = [(side_of_actor(actor), actor.name, actor.generic) for actor in ground.actors(statement, end)]
    if statement.side is not None and not sides:
        sides = [(statement.side, statement.speaker or "", False)]
    for event in _deeds(statement, ground):
        for side, name, generic in sides[:1]:
            yield _Ascription(statement, event, side, name, did=False, generic=generic)


def _deeds(statement: Statement, ground: Ground, sentences: int = _BACK) -> list[str]:
    """The hostile events that a statement is about; a deed that is told by a bare word, "the attack", is also the one
    told last before it."""
    events = {ground.event_of[a.id] for a in statement.real}
    for account in statement.real:
        if account.definite and account.bare:
            events.update(ground.event_of[other.id] for other in ground.before(account, sentences)[:1])
    if statement.about is not None:
        events.add(statement.about)
    return [event for event in sorted(events) if event in ground.events and ground.events[event].type in _HOSTILE]


def _claimed(statement: Statement, ground: Ground) -> Iterator[_Ascription]:
    """ "Claimed responsibility", "said it was behind the attack", "said the rebels carried out the bombing"."""
    match = lexicon().responsibility.search(statement.quote)
    if match is None or statement.stance != "asserts":
        return
    before = ground.actors(statement, statement.spans[0].start + match.start())
    sides = [(side_of_actor(actor), actor.name) for actor in before if not actor.generic]
    if not sides and statement.side is not None and len(statement.quote[: match.start()].split()) <= 3:
        sides = [(statement.side, statement.speaker or "")]
    for event in _deeds(statement, ground):
        for side, name in sides[-1:]:
            yield _Ascription(statement, event, side, name, did=True)


def _blamed(statement: Statement, ground: Ground) -> Iterator[_Ascription]:
    """ "Blamed X for the bombing": the first that is named."""
    attribution = ground.witnesses.annotations[statement.document].attributions[statement.number]
    cue = " ".join(ground.witnesses.text(statement.document, span) for span in attribution.cue)
    if statement.stance != "accuses":
        return
    if not lexicon().blame.search(cue) and not lexicon().done.search(statement.quote):
        return
    actors = ground.actors(statement)
    named = [actor for actor in actors if not actor.generic] or actors
    for event in _deeds(statement, ground) or _told_beside(statement, ground):
        for actor in named[:1]:
            yield _Ascription(statement, event, side_of_actor(actor), actor.name, did=True, generic=actor.generic)


def _told_beside(statement: Statement, ground: Ground) -> list[str]:
    """The hostile events that others tell near an accusation of which no event was coded, about the same things."""
    said = words(statement.quote)
    here = ground.sentence(statement.document, statement.spans[0].start)
    found: set[str] = set()
    for other in ground.of_document[statement.document]:
        at = ground.sentence(other.document, other.spans[0].start)
        if other is statement or other.denies or here is None or at is None or abs(here - at) > _BACK:
            continue
        if said.things & words(other.quote).things:
            found.update(ground.event_of[a.id] for a in other.real if a.type in _HOSTILE)
    return sorted(found) if len(found) == 1 else []


def _told_of(statement: Statement, ground: Ground) -> Iterator[_Ascription]:
    """Who acts in what a statement tells; the one after "by" where coding knows nobody."""
    annotation = ground.witnesses.annotations[statement.document]
    for account in statement.real:
        if account.type not in _HOSTILE:
            continue
        event = ground.event_of[account.id]
        for party in account.actors:
            if party.generic and party.country is None:
                continue
            here = statement.holds(party.span)
            lent = statement.speaker is None and any(
                content.contains(party.span) for a in annotation.attributions for content in a.content
            )
            told = here or (statement.speaker is not None and statement.holds(account.main))
            if told and not lent and (party.state or party.sector not in ("CVL", None)):
                yield _Ascription(statement, event, side_of_party(party), party.name, did=True)
        alone = all(other is account or other.type not in _HOSTILE for other in statement.real)
        if alone and not account.actors and statement.speaker is not None:
            for actor in ground.actors(statement):
                before = ground.witnesses.text(statement.document, Span(max(0, actor.start - 8), actor.start))
                if before.endswith((" by ", " by the ")) and not actor.generic:
                    yield _Ascription(statement, event, side_of_actor(actor), actor.name, did=True)
