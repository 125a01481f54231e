"""People's rulings in words: the log of an edition, and what one ruling changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from variorum.exports.cells import Value, csv_lines
from variorum.records import CORRECTIONS, Decision, DecisionAction, EditionContent, Event
from variorum.review import replay, target

_WORDS: dict[DecisionAction, str] = {
    "same-event": "one event",
    "different-events": "different events",
    "copy": "one origin",
    "not-a-copy": "no copies of each other",
    "restore": "takes back",
    "accept": "right as it is coded",
    "reject": "no such event",
    "unsure": "cannot be said",
    "recode": "coded otherwise",
    "fix-span": "stands at other words",
    "fix-speaker": "said by someone else",
    "not-a-contradiction": "can both be true",
}


def ruling_line(decision: Decision) -> str:
    """A ruling on one line: its id, author, day, what it says of what, and why."""
    said = f"{_WORDS[decision.action]}: {_named(decision, decision.targets)}"
    if decision.field is not None:
        said += f" ({decision.field})"
    if decision.action in CORRECTIONS:
        said += f": {decision.before or 'nothing'} → {decision.after or 'nothing'}"
    if decision.others:
        said += f" | {_named(decision, decision.others)}"
    why = f' — "{decision.reason}"' if decision.reason else ""
    return f"{decision.id}  {decision.at[:16]}  {decision.author}  {said}{why}"


def _named(decision: Decision, names: tuple[str, ...]) -> str:
    if decision.action in ("copy", "not-a-copy", "restore"):
        return ", ".join(names)
    if decision.action in ("fix-span", "fix-speaker", "not-a-contradiction"):
        return " and ".join(names)
    return ", ".join(dict.fromkeys(target(name).document for name in names))


def log_lines(decisions: Sequence[Decision], flags: Mapping[str, str] | None = None) -> Iterator[str]:
    """The log, a line a ruling; those that are not in force say so. `flags` are what a re-run finds of a ruling, by its
    id; they stand below it."""
    if not decisions:
        yield "no rulings; `variorum review --help` tells how to make one"
    standing = {decision.id for decision in replay(decisions).in_force}
    for decision in decisions:
        yield ruling_line(decision) + ("  (taken back)" if is_taken_back(decision, standing) else "")
        if flags and decision.id in flags:
            yield f"    ! {flags[decision.id]}"


def is_taken_back(decision: Decision, standing: Container[str]) -> bool:
    """Whether a ruling is not among those in force."""
    return decision.action != "restore" and decision.id not in standing


LOG_COLUMNS = ("id", "at", "author", "action", "field", "before", "after", "targets", "others", "reason", "in_force")


def log_table(decisions: Sequence[Decision]) -> Iterator[str]:
    """The log as CSV with `LOG_COLUMNS`, a line at a time."""
    standing = {decision.id for decision in replay(decisions).in_force}
    rows: list[dict[str, Value]] = [
        {
            **{name: getattr(each, name) for name in LOG_COLUMNS if name != "in_force"},
            "targets": " ".join(each.targets),
            "others": " ".join(each.others),
            "in_force": None if each.action == "restore" else each.id in standing,
        }
        for each in decisions
    ]
    return csv_lines(LOG_COLUMNS, rows)


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


_TOLD = (
    "mentions", "independent_origins", "headline", "type", "mode", "status", "time", "place", "tolls", "actors",
    "recipients",
)  # fmt: skip
"""The fields of an event in which a person would look for what a ruling changed."""


def _changed(was: Event, now: Event) -> bool:
    return any(getattr(was, field) != getattr(now, field) for field in _TOLD)


def _behind(event: Event) -> str:
    documents, origins = len(event.documents), event.independent_origins
    return f"{documents} report{'s' * (documents != 1)}, {origins} origin{'s' * (origins != 1)}"
