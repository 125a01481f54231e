"""Statements: whose words stand on which happenings, as they can be held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from variorum.records import Annotation, Attribution, Claim, Position, Span, Stance
from variorum.world.names import name_key

from .accounts import Account, Party
from .contradiction_words import lexicon
from .tolls import evidence, speaker_of
from .updates import speaks_for
from .witnesses import Witnesses

REAL = frozenset({"actual", "ongoing", "historical"})
_BEFORE = 60  # characters before a cue in which "neither confirmed nor" stands


class Statement(NamedTuple):
    """Words of one text: those of an attribution, or, with `number` -1, a sentence in which the narrator tells of a
    happening. `told` are the accounts with a mention in them; `about` is the event that the claim was found to be
    about; `side` is whom the speaker speaks for, `country` where from. `denies`: all of it is denied."""

    document: str
    number: int
    speaker: str | None
    side: str | None
    country: str | None
    stance: Stance | None
    spans: tuple[Span, ...]
    quote: str
    claim: str | None
    about: str | None
    told: tuple[Account, ...]
    denies: bool
    stamp: str | None

    @property
    def real(self) -> list[Account]:
        return [account for account in self.told if account.status in REAL]

    @property
    def negated(self) -> list[Account]:
        return [account for account in self.told if account.status == "negated"]

    @property
    def order(self) -> tuple[str, str, tuple[Span, ...]]:
        return (self.stamp or "9", self.document, self.spans)

    def holds(self, span: Span) -> bool:
        return any(own.contains(span) for own in self.spans)


def apart(one: Statement, other: Statement) -> bool:
    """Whether two speak who are not of one side. The narrator of any text is nobody's side."""
    return (one.side is None or one.side != other.side) and two_speakers(one, other)


def overlap(one: Statement, other: Statement) -> bool:
    """Whether one's words stand in the other's."""
    return one.document == other.document and any(a.overlaps(b) for a in one.spans for b in other.spans)


def two_speakers(one: Statement, other: Statement) -> bool:
    """Whether two speak, be they of one side: one named in full and in short is one, and so are all narrators."""
    if one.speaker is None or other.speaker is None:
        return one.speaker is not other.speaker
    a, b = name_key(one.speaker).split(), name_key(other.speaker).split()
    return not (set(a) <= set(b) or set(b) <= set(a))


def is_side(party: Party, side: str | None) -> bool:
    """Whether a party is, or is an organ of, the side that a speaker speaks for."""
    return side is not None and side in ((party.country if party.state else None), party.key)


def statements(
    found: Sequence[Account], event_of: Mapping[str, str], claims: Sequence[Claim], witnesses: Witnesses
) -> list[Statement]:
    """The statements of all documents, by document and text order."""
    here: dict[str, list[Account]] = {}
    for account in found:
        here.setdefault(account.document, []).append(account)
    claimed = {
        (item.document, item.start, name_key(claim.speaker or "")): claim for claim in claims for item in claim.evidence
    }
    made: list[Statement] = []
    for document in sorted(witnesses.annotations):
        if document in witnesses.documents:
            reading = _Reading(document, here.get(document, []), claimed, witnesses)
            made += reading.attributed()
            made += reading.narrated()
    return sorted(made, key=lambda s: (s.document, s.spans, s.number))


class _Reading:
    """The statements of one document."""

    def __init__(
        self,
        document: str,
        here: Sequence[Account],
        claimed: Mapping[tuple[str, int, str], Claim],
        witnesses: Witnesses,
    ) -> None:
        self._document = document
        self._annotation: Annotation = witnesses.annotations[document]
        self._claimed = claimed
        self._witnesses = witnesses
        self._told: dict[int, dict[str, Account]] = {}
        self._narrated: dict[Span, dict[str, Account]] = {}
        attributions = self._annotation.attributions
        numbers = {id(attribution): number for number, attribution in enumerate(attributions)}
        for account in here:
            fallback = self._annotation.events[account.key.index].attribution
            for span in account.spans:
                said = speaker_of(attributions, span, fallback if span == account.main else None)
                if said is not None:
                    self._told.setdefault(numbers[id(said)], {})[account.id] = account
            if speaker_of(attributions, account.main, fallback) is None:
                sentence = self._sentence(account.main)
                if sentence is not None:
                    self._narrated.setdefault(sentence, {})[account.id] = account

    def _sentence(self, span: Span) -> Span | None:
        prose = self._witnesses.prose(self._document)
        number = prose.number(span.start)
        if number is None:
            return None
        start, end = prose.sentences[number]
        text = self._witnesses.text(self._document, Span(start, end))
        return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))

    def attributed(self) -> Iterable[Statement]:
        """Those of named or described speakers who assert, accuse or deny."""
        for number, attribution in enumerate(self._annotation.attributions):
            if attribution.speaker is None or attribution.stance not in ("asserts", "accuses", "denies"):
                continue
            if not attribution.content or (attribution.stance == "denies" and self._hedged(attribution)):
                continue
            start = attribution.content[0].start
            claim = self._claimed.get((self._document, start, name_key(attribution.speaker)))
            yield Statement(
                document=self._document,
                number=number,
                speaker=attribution.speaker,
                side=speaks_for(attribution, self._annotation),
                country=self._country(attribution),
                stance=attribution.stance,
                spans=attribution.content,
                quote=" … ".join(self._witnesses.text(self._document, span) for span in attribution.content),
                claim=claim.id if claim is not None else None,
                about=claim.event if claim is not None else None,
                told=tuple(account for _, account in sorted(self._told.get(number, {}).items())),
                denies=attribution.stance == "denies",
                stamp=self._witnesses.stamp(self._document, start),
            )

    def _country(self, attribution: Attribution) -> str | None:
        actor = attribution.speaker_actor
        return self._annotation.actors[actor].country if actor is not None else None

    def _hedged(self, attribution: Attribution) -> bool:
        """ "Neither confirmed nor denied"."""
        known = lexicon()
        for cue in attribution.cue:
            before = self._witnesses.text(self._document, Span(max(0, cue.start - _BEFORE), cue.start))
            inside = self._witnesses.text(self._document, cue)
            if known.hedged.search(before) or known.hedged.search(" ".join(inside.split()[:-1]) + " "):
                return True
        return False

    def narrated(self) -> Iterable[Statement]:
        for sentence, told in sorted(self._narrated.items()):
            yield Statement(
                document=self._document,
                number=-1,
                speaker=None,
                side=None,
                country=None,
                stance=None,
                spans=(sentence,),
                quote=self._witnesses.text(self._document, sentence),
                claim=None,
                about=None,
                told=tuple(account for _, account in sorted(told.items())),
                denies=False,
                stamp=self._witnesses.stamp(self._document, sentence.start),
            )


def sides_of(made: Sequence[Statement]) -> dict[str, str]:
    """Whom each speaker speaks for, by folded name: the side found most often."""
    counted: dict[str, Counter[str]] = {}
    for statement in made:
        if statement.speaker is not None and statement.side is not None:
            counted.setdefault(name_key(statement.speaker), Counter())[statement.side] += 1
    return {name: min(c, key=lambda side: (-c[side], side)) for name, c in counted.items()}


def position(group: Sequence[Statement], witnesses: Witnesses, reading: str | None = None) -> Position:
    """One side of a contradiction: the same words of one speaker, wherever they stand."""
    first = min(group, key=lambda s: s.order)
    places = [(s.document, span) for s in group for span in s.spans]
    return Position(
        speaker=first.speaker,
        quote=first.quote,
        evidence=evidence(places),
        claim=first.claim,
        reading=reading,
        as_of=first.stamp[:10] if first.stamp else None,
        origins=witnesses.origins([(document, span.start) for document, span in places]),
    )
