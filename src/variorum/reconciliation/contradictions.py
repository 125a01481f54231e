"""Contradictions: what two speakers say of one event and cannot both be true, each told in a sentence.

Found by rule, precision before recall: a denial counts only against words that hold what it denies. The reporter's own
word may stand on one side, never on both. What one speaker, or one side, says otherwise later is no contradiction.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import chain

from variorum.identity import stable_id
from variorum.records import Claim, Contradiction, ContradictionKind, Event, Link, Position
from variorum.world.names import name_key

from .accounts import Account
from .contradiction_denials import denials, responsibility
from .contradiction_ground import ContradictionOptions, Finding, Ground
from .contradiction_readings import figures, places_and_days, roles
from .contradiction_statements import Statement, position
from .contradiction_words import trails
from .knowledge import Knowledge
from .witnesses import Witnesses

_TOPICS: dict[ContradictionKind, str] = {
    "role": "On who attacked whom, ",
    "place": "On where it happened, ",
    "date": "On when it happened, ",
    "responsibility": "On who did it, ",
    "polarity": "",
}
_MARKS = " \"“”„«»'‘’.,;"


def contradictions(
    told: tuple[Sequence[Account], Mapping[str, str], Mapping[str, Event]],
    claims: Sequence[Claim],
    links: Sequence[Link],
    witnesses: Witnesses,
    known: Knowledge,
    options: ContradictionOptions = ContradictionOptions(),  # noqa: B008
) -> tuple[Contradiction, ...]:
    """The contradictions of a collection, by event, kind and id. `told` are its accounts, the event of each by the
    account's id, and the events by theirs. Equal input gives equal output whatever its order."""
    found, event_of, events = told
    ground = Ground(found, event_of, events, claims, links, witnesses)
    grouped: dict[tuple[str, ...], list[Finding]] = {}
    for finding in chain(
        denials(ground, known, options),
        responsibility(ground, options),
        figures(ground, options),
        places_and_days(ground, options),
        roles(ground, known, options),
    ):
        grouped.setdefault(_key(finding, ground), []).append(finding)
    named = {(event, kind, name) for event, kind, *sides in grouped if "" not in sides for name in sides}
    made = [
        _contradiction(group, ground, options) for key, group in sorted(grouped.items()) if _first(key, grouped, named)
    ]
    return tuple(sorted(made, key=lambda c: (c.event, c.kind, c.id)))


def _key(finding: Finding, ground: Ground) -> tuple[str, ...]:
    """What makes two findings one: the event and the kind, with the figures, or with the sides that stand against each
    other, "" for the reporter. Speakers of one state stand together but where they give places and days."""
    if finding.kind == "number" and finding.readings != (None, None):
        return (finding.event, finding.kind, finding.words, *(id_ or "" for id_ in finding.readings))
    names = [name_key(s.speaker) if s.speaker else "" for s in (finding.one, finding.other)]
    if finding.kind not in ("place", "date"):
        names = [ground.sides.get(name, name) for name in names]
    return (finding.event, finding.kind, *sorted(names))


def _first(key: tuple[str, ...], grouped: Container[tuple[str, ...]], named: Container[tuple[str, str, str]]) -> bool:
    """Whether no other kind tells the same: who denies that it did a deed denies the deed as well. Where a `named`
    speaker stands against another, the reporter's word adds nothing."""
    event, kind, *rest = key
    if kind == "responsibility" and (event, "polarity", *rest) in grouped:
        return False
    return not (kind in ("polarity", "responsibility") and rest[0] == "" and (event, kind, rest[1]) in named)


def _contradiction(group: Sequence[Finding], ground: Ground, options: ContradictionOptions) -> Contradiction:
    best = min(group, key=lambda f: (-f.weight, f.one.order, f.other.order))
    sides = []
    for number in (0, 1):
        chosen = (best.one, best.other)[number]
        same = ground.of_words[chosen.speaker, chosen.quote.casefold()]
        sides.append(position(same, ground.witnesses, best.readings[number]))
    least = [(item.document, item.start, item.end) for side in sides for item in side.evidence[:1]]
    # One statement may give two figures, each against the same other.
    figures = [id_ for id_ in best.readings if id_ is not None]
    return Contradiction(
        id=stable_id("x", (best.kind, best.event, *(part for place in least for part in place), *figures)),
        kind=best.kind,
        event=best.event,
        sentence=_sentence(best, sides, ground.witnesses, options.quote),
        sides=tuple(sides),
    )


def _sentence(finding: Finding, sides: Sequence[Position], witnesses: Witnesses, longest: int) -> str:
    """ "A said “…”, but B denied “…”." """
    counted = "of casualties" if finding.words == "casualties" else finding.words
    topic = f"On the number {counted}, " if finding.kind == "number" else _TOPICS[finding.kind]
    pairs = zip((finding.one, finding.other), sides, strict=True)
    one, other = (_told(statement, side, witnesses, longest) for statement, side in pairs)
    told = f"{topic}{one}, but {other}."
    return told[0].upper() + told[1:]


def _told(statement: Statement, side: Position, witnesses: Witnesses, longest: int) -> str:
    """Who says it by which verb: the text's own where that takes the words as they stand ("blamed", "denied")."""
    name = "the reporter" if side.speaker is None else side.speaker
    quote = _cut(side.quote.strip(_MARKS), longest)
    if side.speaker is None:
        return f"{name} wrote “{quote}”"
    verb = {"denies": "denied", "accuses": "accused"}.get(statement.stance or "", "said")
    cue = witnesses.annotations[statement.document].attributions[statement.number].cue
    words = witnesses.text(statement.document, cue[-1]).split() if cue else []
    if words and words[-1].endswith("ed") and (verb != "said" or words[-1] == "claimed"):
        verb = words[-1]
    told = f"{'the ' if name.islower() else ''}{name} {verb}"
    return f"{told} it: “{quote}”" if trails(quote) else f"{told} “{quote}”"


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"
