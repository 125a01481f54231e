"""People's rulings in words: the log of an edition, and what one ruling changed."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Decision, DecisionAction, EditionContent, Event
from variorum.review import replay, target

_WORDS: dict[DecisionAction, str] = {
    "same-event": "one event",
    "different-events": "different events",
    "copy": "one origin",
    "not-a-copy": "no copies of each other",
    "restore": "takes back",
}


def ruling_line(decision: Decision) -> str:
    """A ruling on one line: its id, author, day, what it says of what, and why."""
    said = f"{_WORDS[decision.action]}: {_named(decision, decision.targets)}"
    if decision.others:
        said += f" | {_named(decision, decision.others)}"
    why = f' — "{decision.reason}"' if decision.reason else ""
    return f"{decision.id}  {decision.at[:16]}  {decision.author}  {said}{why}"


def _named(decision: Decision, names: tuple[str, ...]) -> str:
    if decision.action not in ("same-event", "different-events"):
        return ", ".join(names)
    return ", ".join(dict.fromkeys(target(name).document for name in names))


def log_lines(content: EditionContent) -> Iterator[str]:
    """The log, a line a ruling; those that are not in force say so."""
    if not content.decisions:
        yield "no rulings; `variorum review --help` tells how to make one"
    standing = {decision.id for decision in replay(content.decisions).in_force}
    for decision in content.decisions:
        taken_back = decision.action != "restore" and decision.id not in standing
        yield ruling_line(decision) + ("  (taken back)" if taken_back else "")


def changes(before: EditionContent, after: EditionContent) -> Iterator[str]:
    """What differs between two states of one edition: events gone, new, told by other accounts or origins."""
    old, new = ({event.id: event for event in content.events} for content in (before, after))
    told = False
    for id_ in sorted(old.keys() | new.keys()):
        was, now = old.get(id_), new.get(id_)
        if was is None and now is not None:
            told = True
            yield f"+ {id_}  {now.headline}  ({_behind(now)})"
        elif now is None and was is not None:
            told = True
            yield f"- {id_}  {was.headline}  ({_behind(was)})"
        elif was is not None and now is not None and _changed(was, now):
            told = True
            yield f"~ {id_}  {now.headline}  ({_behind(was)} → {_behind(now)})"
    if not told:
        yield "no event has changed"


def _changed(was: Event, now: Event) -> bool:
    return (was.mentions, was.independent_origins) != (now.mentions, now.independent_origins)


def _behind(event: Event) -> str:
    documents, origins = len(event.documents), event.independent_origins
    return f"{documents} report{'s' * (documents != 1)}, {origins} origin{'s' * (origins != 1)}"
