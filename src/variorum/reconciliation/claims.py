"""What people say, in their exact words, and the event that it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from variorum.identity import stable_id
from variorum.records import Attribution, Claim, Span
from variorum.world.names import name_key

from .accounts import Account
from .comparison import party_likeness
from .proposed import Proposals
from .tolls import evidence
from .updates import speaks_for
from .witnesses import Witnesses

_WORD = re.compile(r"\w+")


class _Saying(NamedTuple):
    """One attribution of one document that makes a claim."""

    document: str
    attribution: Attribution
    quote: str
    event: str | None
    stamp: str | None
    number: int  # of the attribution in its document


def claims(
    found: Sequence[Account],
    event_of: Mapping[str, str],
    witnesses: Witnesses,
    scales: Mapping[str, float],
    proposals: Proposals,
) -> tuple[Claim, ...]:
    """The claims of all documents, by id. The same words of the same speaker are one claim with all their evidence."""
    here: dict[str, list[Account]] = {}
    for account in found:
        here.setdefault(account.document, []).append(account)
    folded: dict[tuple[str, str], list[_Saying]] = {}
    for document in sorted(witnesses.annotations):
        if document not in witnesses.documents:
            continue
        for number, attribution in enumerate(witnesses.annotations[document].attributions):
            if not attribution.content or (attribution.stance is None and not attribution.quoted):
                continue
            about = _about(attribution, here.get(document, ()), witnesses, scales)
            if about is not None and about.status == "negated":
                side = speaks_for(attribution, witnesses.annotations[document])
                about = _denied(about, side, here[document]) or about
            quote = " … ".join(witnesses.text(document, span) for span in attribution.content)
            at = attribution.content[0].start
            event = event_of[about.id] if about else None
            saying = _Saying(document, attribution, quote, event, witnesses.stamp(document, at), number)
            words = " ".join(_WORD.findall(quote.casefold()))
            folded.setdefault((name_key(attribution.speaker or ""), words), []).append(saying)
    made = [_claim(sayings, witnesses, proposals) for _, sayings in sorted(folded.items())]
    return tuple(sorted(made, key=lambda claim: (claim.evidence[0].document, claim.evidence[0].start, claim.id)))


def _claim(sayings: Sequence[_Saying], witnesses: Witnesses, proposals: Proposals) -> Claim:
    least = min(sayings, key=lambda s: (s.document, s.attribution.content))
    places = [(saying.document, span) for saying in sayings for span in saying.attribution.content]
    stamps = [saying.stamp for saying in sayings if saying.stamp is not None]
    spans = [bound for span in least.attribution.content for bound in span]
    stances = [s.attribution.stance for s in sayings if s.attribution.stance is not None]
    return Claim(
        id=stable_id("c", (least.document, *spans, least.attribution.speaker)),
        speaker=least.attribution.speaker,
        stance=least.attribution.stance or min(stances, default=None),
        event=_majority([s.event for s in sayings if s.event is not None]),
        quote=least.quote,
        evidence=evidence(places),
        quoted=any(saying.attribution.quoted for saying in sayings),
        as_of=min(stamps)[:10] if stamps else None,
        origins=witnesses.origins([(document, span.start) for document, span in places]),
        proposed=proposals.of("claim", [(saying.document, saying.number) for saying in sayings]),
    )


def _majority(events: Sequence[str]) -> str | None:
    return min(set(events), key=lambda event: (-events.count(event), event), default=None)


def _about(
    attribution: Attribution, here: Sequence[Account], witnesses: Witnesses, scales: Mapping[str, float]
) -> Account | None:
    """The account that the words are about: the weightiest one told inside them; else one told in their sentence, the
    act of saying aside; else the last one told before them in their paragraph."""
    told = [(span, account) for account in here for span in account.spans]
    inside = [item for item in told if any(content.contains(item[0]) for content in attribution.content)]
    if inside:
        return min(inside, key=lambda item: (-_weight(item[1], scales), item[0]))[1]
    saying = [item for item in told if not any(cue.overlaps(item[0]) for cue in attribution.cue)]
    if not saying:
        return None
    prose = witnesses.prose(saying[0][1].document)
    start = attribution.content[0].start
    number = prose.number(start)
    if number is None:
        return None
    near = [item for item in saying if prose.number(item[0].start) == number]
    if near:
        return min(near, key=lambda item: (_distance(item[0], start), item[0]))[1]
    before = [
        item
        for item in saying
        if item[0].start < start
        and (n := prose.number(item[0].start)) is not None
        and prose.blocks[n] == prose.blocks[number]
    ]
    return max(before, key=lambda item: (item[0], item[1].id))[1] if before else None


def _denied(negated: Account, side: str | None, here: Sequence[Account]) -> Account | None:
    """The happening of the same text that a denial is about: of its type, and alike in a side or in its place, best
    one by the side that denies; the likest, then the one told nearest before."""

    def rank(account: Account) -> tuple[float, bool, int]:
        sides = [(negated.actors, account.actors), (negated.recipients, account.recipients)]
        alike = sum(max((party_likeness(a, b) for a in one for b in other), default=0.0) for one, other in sides)
        places = negated.place, account.place
        same = places[0] is not None and places[1] is not None and places[0].name == places[1].name
        own = side is not None and any(side in (p.country, p.key) for p in account.actors)
        return (
            2 * own + alike + same,
            account.main.start < negated.main.start,
            -abs(account.main.start - negated.main.start),
        )

    happened = [a for a in here if a.type == negated.type and a.status in ("actual", "ongoing", "historical")]
    fitting = [account for account in happened if rank(account)[0] > 0]
    return max(fitting, key=lambda account: (rank(account), account.id), default=None)


def _weight(account: Account, scales: Mapping[str, float]) -> float:
    return abs(scales.get(f"{account.type}/{account.mode}", scales.get(account.type, 0.0)))


def _distance(span: Span, at: int) -> int:
    return min(abs(span.start - at), abs(span.end - at))
