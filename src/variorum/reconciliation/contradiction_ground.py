"""What contradictions are looked for in: statements by event and text, and accounts by what they can share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from variorum.records import ActorMention, Claim, ContradictionKind, Event, Link, PlaceMention, Record, Span
from variorum.world.names import name_key
from variorum.world.states import States

from .accounts import FINE, STATE_SECTORS, Account, Party
from .comparison import compare_places, party_likeness, roles_crossed
from .contradiction_statements import REAL, Statement, sides_of, statements
from .contradiction_words import words
from .moments import DAY
from .witnesses import Witnesses


class ContradictionOptions(Record, frozen=True, kw_only=True):
    """When two statements exclude each other. Set by judgement on ninety small texts written for it, and read again on
    three hundred reports of one war; none of them is fitted closely.

    `coverage` is the share of what someone denies that the other must have said, where both tell a coded event of one
    kind; `coverage_alone` where only words speak for it, and `least_words` how many they must be. A denial without
    words of its own ("denied the accusation") is of what was said at most `recall_sentences` before. Texts that date
    nothing must be written within `days` of each other. `twin` is the likeness (Jaccard's) of two sentences that are
    the same but for the day or place, `alike` that of two about one event. Figures without a word for the deed count in
    texts of at most `few` violent events; the greater one must not be `growing` days the later. A kind of event at one
    place or of one side that more than `most` mentions tell is looked for only by way of its event. Of copies of
    a denial the first `copies` are looked at. Quotations in a sentence are cut at `quote` characters.
    """

    coverage: float = 0.6
    coverage_alone: float = 0.75
    least_words: int = 2
    recall_sentences: int = 3
    days: float = 7.0
    twin: float = 0.75
    alike: float = 0.5
    few: int = 3
    growing: float = 2.0
    most: int = 400
    far_km: float = 75.0
    copies: int = 3
    quote: int = 200


class Finding(NamedTuple):
    """Two statements that exclude each other on `kind`; `weight` ranks findings between the same speakers. `readings`
    are the ids of the figures that they give. `words` begin the sentence, `{one}` and `{other}` standing for both."""

    kind: ContradictionKind
    event: str
    one: Statement
    other: Statement
    weight: float = 1.0
    readings: tuple[str | None, str | None] = (None, None)
    words: str = ""


class Ground:
    """All statements of a collection, ready to be looked up."""

    def __init__(
        self,
        found: Sequence[Account],
        event_of: Mapping[str, str],
        events: Mapping[str, Event],
        claims: Sequence[Claim],
        links: Sequence[Link],
        witnesses: Witnesses,
    ) -> None:
        self.event_of = event_of
        self.events = events
        self.witnesses = witnesses
        self.linked = {frozenset((link.source, link.target)) for link in links}
        self.statements = statements(found, event_of, claims, witnesses)
        self.sides = sides_of(self.statements)
        self._accounts: dict[str, list[Account]] = {}
        for account in found:
            self._accounts.setdefault(account.document, []).append(account)
        self.of_words: dict[tuple[str | None, str], list[Statement]] = {}
        self.of_document: dict[str, list[Statement]] = {}
        self.of_event: dict[str, list[Statement]] = {}
        self.of_account: dict[str, list[Statement]] = {}
        self._blocks: dict[tuple[str, ...], list[Account]] = {}
        accounts: dict[str, Account] = {}
        for statement in self.statements:
            self.of_document.setdefault(statement.document, []).append(statement)
            self.of_words.setdefault((statement.speaker, statement.quote.casefold()), []).append(statement)
            if statement.denies:
                continue
            for account in statement.real:
                accounts[account.id] = account
                self.of_account.setdefault(account.id, []).append(statement)
            for event in sorted({event_of[account.id] for account in statement.real}):
                self.of_event.setdefault(event, []).append(statement)
        for _, account in sorted(accounts.items()):
            for key in block_keys(account):
                self._blocks.setdefault(key, []).append(account)

    def near(self, account: Account, most: int) -> list[Account]:
        """The accounts of what happened that share a kind and a fine place, or a kind and a side that acts, with one
        of what did not."""
        held = [self._blocks.get(key, []) for key in block_keys(account)]
        found = {other.id: other for group in held if len(group) <= most for other in group}
        return [found[id_] for id_ in sorted(found)]

    def event(self, statement: Statement) -> str | None:
        """The event that a statement is about: as its claim says, else one told in its words, else its own cue."""
        if statement.about is not None:
            return statement.about
        told = sorted(self.event_of[account.id] for account in statement.real)
        if told or statement.number < 0:
            return next(iter(told), None)
        cues = self.witnesses.annotations[statement.document].attributions[statement.number].cue
        here = self._accounts.get(statement.document, [])
        said = [self.event_of[a.id] for a in here if any(cue.overlaps(a.main) for cue in cues)]
        return min(said, default=None)

    def before(self, account: Account, sentences: int) -> list[Account]:
        """The accounts of the same type that the text tells not far before one, the nearest first."""
        here = self.sentence(account.document, account.main.start)
        found = [
            other
            for other in self._accounts.get(account.document, [])
            if other.type == account.type
            and other.main.start < account.main.start
            and other.status in REAL
            and here is not None
            and (at := self.sentence(other.document, other.main.start)) is not None
            and here - at <= sentences
        ]
        return sorted(found, key=lambda other: (-other.main.start, other.id))

    def compatible(self, one: Account, other: Account, options: ContradictionOptions) -> bool:
        """Whether nothing that two accounts tell keeps them from being of one happening."""
        if (one.type != other.type and not one.words & other.words) or roles_crossed(one, other):
            return False
        if one.place is not None and other.place is not None and not places_meet(one.place, other.place, options):
            return False
        if one.when is not None and other.when is not None:
            if one.when.meet(other.when) is None:
                return False
        elif one.document != other.document and (
            one.told is None or other.told is None or one.told.gap(other.told) > options.days * DAY
        ):
            return False
        ones, others = ([self._known(party, a) for party in a.actors] for a in (one, other))
        if unlike([p for p in ones if p], [p for p in others if p]):
            return False
        ones, others = ([self._known(party, a) for party in a.recipients] for a in (one, other))
        return not unlike([p for p in ones if p], [p for p in others if p])

    def _known(self, party: Party, account: Account) -> Party | None:
        """None for people of whom the text's own words do not say whose they are ("the two ministers")."""
        return None if party.generic and self.witnesses.text(account.document, party.span).islower() else party

    def hostile(self, document: str) -> int:
        """How many events of violence a text tells."""
        here = self._accounts.get(document, [])
        return len({self.event_of[a.id] for a in here if a.type == "ASSAULT" and a.status in REAL})

    def triggers(self, account: Account) -> frozenset[str]:
        """The words that tell the deed itself."""
        return words(" ".join(self.witnesses.text(account.document, span) for span in account.spans)).stems

    def doers(self, account: Account) -> frozenset[str]:
        """The words for those who act in an account, which its parties tell better."""
        texts = [self.witnesses.text(account.document, party.span) for party in account.actors]
        return words(" ".join(texts)).stems

    def names_own_side(self, statement: Statement) -> bool:
        """Whether a speaker's own state or group is named in the words ("fired at Indian posts")."""
        if any(side_of_actor(actor) == statement.side for actor in self.actors(statement)):
            return True
        named = (States.load().of_people(word) for word in re.findall(r"[A-Z][\w'’-]*", statement.quote))
        return any(state is not None and state.iso3 == statement.side for state in named)

    def sentence(self, document: str, at: int) -> int | None:
        return self.witnesses.prose(document).number(at)

    def actors(self, statement: Statement, end: int | None = None) -> list[ActorMention]:
        """The named actors in a statement, resolved, up to the character `end` of its document."""
        annotation = self.witnesses.annotations[statement.document]
        found = []
        for mention in annotation.actors:
            if not statement.holds(Span(mention.start, mention.end)) or (end is not None and mention.end > end):
                continue
            seen = {id(mention)}
            while mention.antecedent is not None and id(annotation.actors[mention.antecedent]) not in seen:
                mention = annotation.actors[mention.antecedent]
                seen.add(id(mention))
            found.append(mention)
        return found


def block_keys(account: Account) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if account.place is not None and account.place.precision in FINE:
        place = account.place
        keys.append((account.type, "place", str(place.geonameid or name_key(place.name))))
    named = [party for party in account.actors if not party.generic or party.country is not None]
    keys += [(account.type, "side", side_of_party(party)) for party in named]
    return list(dict.fromkeys(keys))


def side_of_party(party: Party) -> str:
    """A state for its organs and people, else the party's own key."""
    return (party.country if party.state or party.generic else None) or party.key


def side_of_actor(actor: ActorMention) -> str:
    """The same of a mention."""
    state = actor.country is not None and actor.sector in STATE_SECTORS
    return (actor.country if state else None) or actor.key


def places_meet(one: PlaceMention, other: PlaceMention, options: ContradictionOptions) -> bool:
    finding = compare_places(one, other, options.far_km)
    return not finding.veto and finding.value >= 0


def unlike(ones: Iterable[Party], others: Iterable[Party]) -> bool:
    """Whether both sides are told and no party of the one may be one of the other."""
    likeness = [party_likeness(a, b) for a in ones for b in others]
    return bool(likeness) and max(likeness) < 0
