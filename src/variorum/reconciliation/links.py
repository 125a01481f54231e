"""Links between events, from what texts say alone: what answers, justifies, follows, repeats or is part of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from variorum.records import ActorMention, Annotation, EventTie, Evidence, Link, LinkKind, Span

from .accounts import STATE_SECTORS, Account, Party
from .anchors import Bond
from .proposed import Proposals
from .recall import Asked, Recall
from .tolls import speaker_of
from .witnesses import Witnesses

_OF_ANOTHER_TIME = frozenset({"REQUEST", "CONSULT", "AGREE"})  # their times are often those of what they propose
_TIMED: frozenset[LinkKind] = frozenset({"responds-to", "follows", "repeats", "justified-by"})


class Voice(NamedTuple):
    """Who says that one event answers another: the name, and the actor where one is known."""

    name: str
    actor: ActorMention | None


class Found(NamedTuple):
    """A link that one document tells, and the characters that say so: between two of its accounts, or from one to what
    its words name alone (`target` None). `phrase` are those words, `lag` the least and most hours between the two."""

    source: Account
    target: Account | None
    kind: LinkKind
    voice: Voice | None
    document: str
    span: Span
    phrase: Span | None = None
    lag: tuple[float, float] | None = None
    tie: int | None = None  # its number in the document


def told_links(found: Sequence[Account], ties: Sequence[Bond], witnesses: Witnesses) -> list[Found]:
    """The links that each document tells between its own mentions."""
    by_key = {(account.document, account.key.index): account for account in found}
    told: list[Found] = []
    for document, annotation in sorted(witnesses.annotations.items()):
        for number_of_tie, tie in enumerate(annotation.ties):
            voice = _voice(tie, annotation)
            span, lag = Span(tie.start, tie.end), _lag(tie, annotation)
            for one in (by_key[document, number] for number in tie.sources if (document, number) in by_key):
                others = [by_key[document, number] for number in tie.targets if (document, number) in by_key]
                told.extend(
                    Found(one, other, tie.kind, voice, document, span, tie.target, lag, number_of_tie)
                    for other in (others or (None,))
                    if other is None or one.id != other.id
                )
    by_id = {account.id: account for account in found}
    for bond in ties:
        later, earlier = by_id[bond.later], by_id[bond.earlier]
        annotation = witnesses.annotations[bond.document]
        if not any(Span(tie.start, tie.end).overlaps(bond.words) for tie in annotation.ties):
            told.append(Found(later, earlier, "follows", _speaking(annotation, bond.words), bond.document, bond.words))
    return told


def _voice(tie: EventTie, annotation: Annotation) -> Voice | None:
    """Whose words tie: the actor who calls it so, else the speaker of the words, else nobody (the narrator)."""
    if tie.owner is not None:
        actor = _antecedent(tie.owner, annotation)
        return Voice(actor.name, actor)
    return _speaking(annotation, Span(tie.start, tie.end))


def _speaking(annotation: Annotation, span: Span) -> Voice | None:
    said = speaker_of(annotation.attributions, span, None)
    if said is None or said.speaker is None:
        return None
    return Voice(said.speaker, None if said.speaker_actor is None else _antecedent(said.speaker_actor, annotation))


def _antecedent(index: int, annotation: Annotation) -> ActorMention:
    actor, seen = annotation.actors[index], {index}
    while actor.antecedent is not None and actor.antecedent not in seen:
        seen.add(actor.antecedent)
        actor = annotation.actors[actor.antecedent]
    return actor


def _lag(tie: EventTie, annotation: Annotation) -> tuple[float, float] | None:
    anchor = annotation.times[tie.time].anchor if tie.time is not None else None
    if anchor is None:
        return None
    return anchor.low_hours, inf if anchor.high_hours is None else anchor.high_hours


def links(
    told: Sequence[Found],
    event_of: Mapping[str, str],
    members: Mapping[str, Sequence[Account]],
    known: tuple[Recall, Proposals],
    witnesses: Witnesses,
) -> tuple[Link, ...]:
    """The links between events, by source, target, kind and speaker, each with all its evidence. An event never
    answers one that came after it. `justified-by` is what the side that acted says itself."""
    recall, proposals = known
    folded: dict[tuple[str, str, LinkKind, str], list[Found]] = {}
    for item in told:
        source, target = event_of[item.source.id], _target(item, event_of, recall)
        if target is None or source == target or _too_early(item):
            continue
        kind = item.kind
        if kind == "responds-to" and item.voice is not None and _own_word(item.voice, members[source]):
            kind = "justified-by"
        folded.setdefault((source, target, kind, item.voice.name if item.voice else ""), []).append(item)
    return tuple(_link(key, items, witnesses, proposals) for key, items in sorted(folded.items()))


def _target(item: Found, event_of: Mapping[str, str], recall: Recall) -> str | None:
    """The event that is answered: the one that the document tells, or that its words name where it tells none, or none
    that any other document does."""
    own = event_of[item.target.id] if item.target is not None else None
    if item.phrase is None or (own is not None and not recall.is_alone(own, item.document)):
        return own
    if item.target is not None and item.target.leads:
        return own
    like = item.target is None and (item.kind == "repeats" or recall.is_same(item.document, item.phrase))
    asked = Asked(item.document, item.phrase, item.target, event_of[item.source.id], item.lag, like)
    return recall.find(asked) or own


def _link(
    key: tuple[str, str, LinkKind, str], items: Sequence[Found], witnesses: Witnesses, proposals: Proposals
) -> Link:
    source, target, kind, speaker = key
    places = sorted({(item.document, item.span) for item in items})
    return Link(
        source=source,
        target=target,
        kind=kind,
        speaker=speaker or None,
        evidence=tuple(Evidence(document=name, start=span.start, end=span.end) for name, span in places),
        words=witnesses.text(*places[0]),
        proposed=proposals.of("link", [(item.document, item.tie) for item in items if item.tie is not None]),
    )


def _too_early(item: Found) -> bool:
    """Whether the text itself dates what is answered after what answers it, both beyond doubt. What other texts say of
    the times is no ground against words that name the order."""
    if item.target is None or item.kind not in _TIMED or item.target.type in _OF_ANOTHER_TIME:
        return False
    if any(account.lent or account.shared or account.loose for account in (item.source, item.target)):
        return False
    source, target = item.source.when, item.target.when
    return source is not None and target is not None and source.high <= target.low


def _own_word(voice: Voice, accounts: Iterable[Account]) -> bool:
    """Whether a voice speaks for a side that acted, as any account names it: itself, or an organ of its state."""
    actor = voice.actor
    if actor is None:
        return False
    official = actor.country is not None and actor.sector in STATE_SECTORS
    return any(_is_side(party, actor, official=official) for account in accounts for party in account.actors)


def _is_side(party: Party, actor: ActorMention, *, official: bool) -> bool:
    return actor.key == party.key or (official and party.state and actor.country == party.country)
