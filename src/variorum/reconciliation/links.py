"""Links between events, from explicit words alone: what answers, justifies, follows, repeats or is part of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from variorum.records import Attribution, Evidence, Link, LinkKind, Span
from variorum.world.states import States

from .accounts import Account
from .anchors import Bond
from .comparison import party_likeness
from .knowledge import Connector, Knowledge
from .tolls import speaker_of
from .witnesses import Witnesses

_CLOSE = 60  # characters between the words of a reaction and the event that it names
_DENIED = re.compile(r"\b(?:not|never|no|n[’']t)\s+(?:\w+\s+)?$", re.IGNORECASE)
_BREAK = re.compile(r"[;:]|\.\s")
_OBJECT = re.compile(r"\s+(?:the|an?|this|that|these|those|its|their)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_ALIKE = 0.8
_FORCE = "ASSAULT"
_STRUCK_BACK = re.compile(
    r"(?:answered|replied|responded|retaliated|returned fire|(?:hit|struck|fired|shot|shelled) back)\b", re.IGNORECASE
)
_SELF = Connector("responds-to", "back", _STRUCK_BACK)
_STRENGTH: dict[LinkKind, int] = {"follows": 1, "justified-by": 2, "responds-to": 3}


class Found(NamedTuple):
    """A link between two accounts of one document, and the characters that say so."""

    source: Account
    target: Account
    kind: LinkKind
    speaker: str | None
    document: str
    span: Span


class Told(NamedTuple):
    """A mention of an account; `answer` where the words themselves call it an answer ("the response")."""

    span: Span
    account: Account
    answer: bool


def told_links(found: Sequence[Account], ties: Sequence[Bond], witnesses: Witnesses, known: Knowledge) -> list[Found]:
    """The links that each document tells between its own mentions."""
    here: dict[str, list[Account]] = {}
    for account in found:
        here.setdefault(account.document, []).append(account)
    told: list[Found] = []
    for document, accounts in sorted(here.items()):
        if len(accounts) > 1:
            told.extend(_Telling(document, accounts, witnesses, known).links())
    by_id = {account.id: account for account in found}
    for bond in ties:
        later, earlier = by_id[bond.later], by_id[bond.earlier]
        speaker = _speaker(witnesses, bond.document, bond.words)
        told.append(Found(later, earlier, "follows", speaker, bond.document, bond.words))
    return told


def links(told: Sequence[Found], event_of: Mapping[str, str], witnesses: Witnesses) -> tuple[Link, ...]:
    """The links between events, by source, target, kind and speaker, each with all its evidence. An event never
    answers one that came after it; of answering, justifying and following, two events have the strongest alone."""
    folded: dict[tuple[str, str, LinkKind, str], list[Found]] = {}
    for item in told:
        source, target = event_of[item.source.id], event_of[item.target.id]
        if source == target or _too_early(item):
            continue
        folded.setdefault((source, target, item.kind, item.speaker or ""), []).append(item)
    strongest: dict[tuple[str, str], int] = {}
    for source, target, kind, _ in folded:
        if kind in _STRENGTH:
            strongest[source, target] = max(_STRENGTH[kind], strongest.get((source, target), 0))
    return tuple(
        _link(key, items, witnesses)
        for key, items in sorted(folded.items())
        if key[2] not in _STRENGTH or _STRENGTH[key[2]] == strongest[key[:2]]
    )


def _link(key: tuple[str, str, LinkKind, str], items: Sequence[Found], witnesses: Witnesses) -> Link:
    source, target, kind, speaker = key
    places = sorted({(item.document, item.span) for item in items})
    return Link(
        source=source,
        target=target,
        kind=kind,
        speaker=speaker or None,
        evidence=tuple(Evidence(document=name, start=span.start, end=span.end) for name, span in places),
        words=witnesses.text(*places[0]),
    )


def _too_early(item: Found) -> bool:
    """Whether the text itself dates what is answered after what answers it, both beyond doubt. What other texts say of
    the times is no ground against words that name the order."""
    if item.kind not in ("responds-to", "follows", "repeats", "justified-by"):
        return False
    if any(account.lent or account.shared or account.loose for account in (item.source, item.target)):
        return False
    source, target = item.source.when, item.target.when
    return source is not None and target is not None and source.high <= target.low


def _speaker(witnesses: Witnesses, document: str, span: Span) -> str | None:
    said = speaker_of(witnesses.annotations[document].attributions, span, None)
    return said.speaker if said is not None else None


class _Telling:
    """One document while its linking words are read."""

    def __init__(self, document: str, accounts: Sequence[Account], witnesses: Witnesses, knowledge: Knowledge) -> None:
        self._document = document
        self._text = witnesses.documents[document].text
        self._prose = witnesses.prose(document)
        self._annotation = witnesses.annotations[document]
        self._knowledge = knowledge
        self._accounts = accounts
        self._counted = [  # "two weeks after the raid" tells the time, and not what it was for
            Span(min(time.start, time.anchor.trigger.start), max(time.end, time.anchor.trigger.start))
            for time in self._annotation.times
            if time.anchor is not None
        ]
        told = [Told(span, account, self._answers(span)) for account in accounts for span in account.spans]
        self._told = sorted(told, key=lambda t: (t.span, t.account.key))
        self._told = sorted([*self._told, *self._nouns()], key=lambda t: (t.span, t.account.key))

    def links(self) -> Iterator[Found]:
        for sentence in self._prose.sentences:
            here = [t for t in self._told if sentence.contains(t.span)]
            if not here:
                continue
            text = self._text[sentence.start : sentence.end]
            taken: list[Span] = []
            for connector in self._knowledge.connectors:
                for match in connector.pattern.finditer(text):
                    words = Span(sentence.start + match.start(), sentence.start + match.end())
                    if any(words.overlaps(span) for span in taken) or _DENIED.search(text[: match.start()]):
                        continue
                    if connector.shape == "reaction" and any(words.overlaps(span) for span in self._counted):
                        continue
                    pair = self._pair(connector, words, sentence, here)
                    if pair is not None and pair[0].account.id != pair[1].account.id:
                        taken.append(words)
                        yield self._found(connector, words, *pair)
            yield from self._reciprocal(sentence, here)
            yield from self._self_answering(here)
            yield from self._condemned(here)

    def _found(self, connector: Connector, words: Span, source: Told, target: Told) -> Found:
        said = speaker_of(self._annotation.attributions, words, None)
        kind = connector.kind
        if kind == "follows" and source.answer:
            kind = "responds-to"
        reasoned = kind == "responds-to" and connector.shape != "reaction"
        if reasoned and said is not None and self._own_word(said, source.account):
            kind = "justified-by"
        return Found(source.account, target.account, kind, said.speaker if said else None, self._document, words)

    def _own_word(self, said: Attribution, account: Account) -> bool:
        """Whether the speaker speaks for the side that acted: then the words give that side's reason."""
        if said.speaker_actor is None:
            return False
        actors = self._annotation.actors
        actor = actors[said.speaker_actor]
        while actor.antecedent is not None and actors[actor.antecedent] is not actor:
            actor = actors[actor.antecedent]
        return any(
            actor.key == party.key or (party.state and actor.country is not None and actor.country == party.country)
            for party in account.actors
        )

    def _pair(
        self, connector: Connector, words: Span, sentence: Span, here: Sequence[Told]
    ) -> tuple[Told, Told] | None:
        """Which mention answers which, under the connector's shape."""
        before = [t for t in here if t.span.end <= words.start and not self._broken(t.span.end, words.start)]
        after = [t for t in here if t.span.start >= words.end and not self._broken(words.end, t.span.start)]
        if connector.shape == "reaction":
            if len(after) > 1 and self._opens(sentence, words):  # "Over the blast the government ordered ..."
                return self._reaction(words, after[1:], after[:1])
            return self._reaction(words, before, after)
        if connector.shape == "back":
            if after and self._opens(sentence, words):
                source = after[0]
            elif before:
                source = before[-1]
            elif after:
                source = after[0]
            else:
                return None
            target = self._earlier(source, words)
            return (source, target) if target is not None else None
        if before and after:
            target = next((t for t in after if t.account.id != before[-1].account.id), None)
            return (before[-1], target) if target is not None else None
        if after and self._opens(sentence, words):
            source_ = next((t for t in after[1:] if t.account.id != after[0].account.id), None)
            return (source_, after[0]) if source_ is not None else None
        return None

    def _reaction(self, words: Span, before: Sequence[Told], after: Sequence[Told]) -> tuple[Told, Told] | None:
        if not before or not after or after[0].span.start - words.end > _CLOSE:
            return None
        source, target = (before[0] if before[0].span.start > words.end else before[-1]), after[0]
        if "," in self._text[words.end : target.span.start]:
            return None
        fits = (
            source.account.type in self._knowledge.reaction_types
            and target.account.type in self._knowledge.provoking_types
        )
        return (source, target) if fits and source.account.type != target.account.type else None

    def _condemned(self, here: Sequence[Told]) -> Iterator[Found]:
        """ "Condemned the bombing": a disapproval whose object is the event itself."""
        for source, target in pairwise(here):
            if source.account.type != "ACCUSE" or source.account.mode != "disapprove":
                continue
            between = self._text[source.span.end : max(source.span.end, target.span.start)]
            happened = target.account.status in ("actual", "ongoing", "historical")
            provoking = target.account.type in self._knowledge.provoking_types and happened
            if provoking and source.account.status == "actual" and _OBJECT.fullmatch(between):
                yield self._found_of(source, target)

    def _found_of(self, source: Told, target: Told) -> Found:
        speaker = speaker_of(self._annotation.attributions, source.span, None)
        name = speaker.speaker if speaker is not None else None
        return Found(source.account, target.account, "responds-to", name, self._document, source.span)

    def _opens(self, sentence: Span, words: Span) -> bool:
        return not any(c.isalnum() for c in self._text[sentence.start : words.start])

    def _broken(self, start: int, end: int) -> bool:
        return _BREAK.search(self._text[start:end]) is not None

    def _earlier(self, source: Told, words: Span) -> Told | None:
        """The event that "in response" looks back to: the last one told before, rather one whose sides are crossed."""
        before = [t for t in self._told if t.span.end <= min(words.start, source.span.start)]
        before = [t for t in before if t.account.id != source.account.id and t.account.status != "future"]
        crossed = [t for t in before if _crossed(source.account, t.account)]
        provoking = [t for t in before if t.account.type in self._knowledge.provoking_types]
        return next((group[-1] for group in (crossed, provoking) if group), None)

    def _reciprocal(self, sentence: Span, here: Sequence[Told]) -> Iterator[Found]:
        """ "Tit-for-tat": the nearest event of the sentence answers the one whose sides are crossed."""
        for match in self._knowledge.reciprocal.finditer(self._text, sentence.start, sentence.end):
            words = Span(*match.span())
            source = min(here, key=lambda t: (abs(t.span.start - words.start), t.span)).account
            crossed = [
                account
                for account in self._accounts
                if account.id != source.id and account.type == source.type and _crossed(source, account)
            ]
            if len(crossed) == 1:
                said = speaker_of(self._annotation.attributions, words, None)
                name = said.speaker if said is not None else None
                yield Found(source, crossed[0], "responds-to", name, self._document, words)

    def _self_answering(self, here: Sequence[Told]) -> Iterator[Found]:
        """ "The garrison answered with howitzers": an act whose own verb makes it an answer to the last act told before
        it whose sides are crossed, else to the last one of force by others."""
        for t in here:
            match = _STRUCK_BACK.match(self._text, t.span.start)
            if match is None or t.account.status not in ("actual", "ongoing") or t.account.type != _FORCE:
                continue
            target = self._earlier(t, t.span)
            if target is not None and _same_doers(t.account, target.account) < _ALIKE:
                yield self._found(_SELF, Span(*match.span()), t, target)

    def _answers(self, span: Span) -> bool:
        return self._knowledge.answers.fullmatch(self._text[span.start : span.end].split()[-1]) is not None

    def _nouns(self) -> Iterator[Told]:
        """ "Ruritania's response": a noun that stands for the last event by that side told before it."""
        for sentence in self._prose.sentences:
            for match in self._knowledge.answers.finditer(self._text, sentence.start, sentence.end):
                span = Span(*match.span())
                if any(t.span.overlaps(span) for t in self._told):
                    continue
                country = self._owner(sentence, span)
                acted = [
                    t
                    for t in self._told
                    if country is not None
                    and t.span.end <= span.start
                    and t.account.status in ("actual", "ongoing", "historical")
                    and any(party.country == country for party in t.account.actors)
                ]
                strong = [t for t in acted if t.account.type in self._knowledge.provoking_types] or acted
                if strong:
                    yield Told(span, strong[-1].account, answer=True)

    def _owner(self, sentence: Span, noun: Span) -> str | None:
        """The country whose answer it is: the actor or the adjective just before the noun."""
        for actor in self._annotation.actors:
            if actor.country and sentence.start <= actor.start and 0 <= noun.start - actor.end <= 14:
                return actor.country
        words = re.findall(r"[\w’'-]+", self._text[sentence.start : noun.start])
        for word in reversed(words[-2:]):
            bare = re.sub(r"[’']s?$", "", word)
            state = States.load().of_people(bare) or States.load().named(bare)
            if state is not None:
                return state.iso3
        return None


def _same_doers(one: Account, other: Account) -> float:
    return max((party_likeness(x, y) for x in one.actors for y in other.actors), default=0.0)


def _crossed(one: Account, other: Account) -> bool:
    """Whether the other's doers are the one's done-to, or the other way round, and the doers differ."""

    def best(a: Account, b: Account) -> float:
        return max((party_likeness(x, y) for x in a.actors for y in b.recipients), default=0.0)

    return _same_doers(one, other) < _ALIKE and max(best(one, other), best(other, one)) >= _ALIKE
