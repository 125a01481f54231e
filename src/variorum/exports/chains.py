"""The ladder of a chain: every event that answers another, in the order of time, with its quad and intensity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten, wrap

from variorum.coding.ontology import QUADS, Ontology
from variorum.records import EditionContent, Event, Link, LinkKind, Record

from . import wording
from .lines import WIDTH, Quote, rule

_HAPPENED = frozenset({"actual", "ongoing", "historical"})
_HALF = 10  # columns of a bar on either side, one for each point of PLOVER's scale
_INDENT = " " * (2 * _HALF + 10)
_BACKWARD: frozenset[LinkKind] = frozenset({"responds-to", "justified-by", "follows", "repeats"})  # to what was before


class Answer(Record, frozen=True, kw_only=True):
    """That a step answers, follows or belongs to another one, in the words that say so. `speaker` is the one on whose
    word it stands, None for the narrator."""

    kind: LinkKind
    event: str
    headline: str
    speaker: str | None
    words: tuple[str, ...]


class Step(Record, frozen=True, kw_only=True):
    """One event of a chain. `quad` is PLOVER's (verbal or material, cooperation or conflict), `score` its place on the
    scale from -10, conflict, to 10, cooperation; both None for a code that the ontology has not. `earliest` and
    `latest` bound its time, ISO 8601."""

    event: str
    headline: str
    type: str
    mode: str | None
    status: str
    quad: str | None
    score: float | None
    earliest: str | None
    latest: str | None
    reports: int
    independent_origins: int
    answers: tuple[Answer, ...]


def scored(ontology: Ontology, event: Event) -> tuple[str | None, float | None]:
    """The quad and the score of an event's code."""
    kind = ontology.types.get(event.type)
    return (None, None) if kind is None else (QUADS[kind.quad], ontology.score(event.type, event.mode))


def chain(content: EditionContent, event: str, ontology: Ontology, quote: Quote) -> list[Step]:
    """The events that hang together with this one by links, however many steps away, in the order of time; what has no
    time stands after what it answers. An event without links is a chain of one."""
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for link in content.links:
        joined[link.source].add(link.target)
        joined[link.target].add(link.source)
    reached, fresh = {event}, [event]
    while fresh:
        fresh = [other for one in fresh for other in sorted(joined[one]) if other not in reached]
        reached.update(fresh)
    links = [link for link in content.links if link.source in reached]
    headlines = {one.id: one.headline for one in content.events}
    return [
        _step(one, ontology, _answers((link for link in links if link.source == one.id), headlines, quote))
        for one in _in_order([one for one in content.events if one.id in reached], links)
    ]


def _step(event: Event, ontology: Ontology, answers: tuple[Answer, ...]) -> Step:
    quad, score = scored(ontology, event)
    return Step(
        event=event.id,
        headline=event.headline,
        type=event.type,
        mode=event.mode,
        status=event.status,
        quad=quad,
        score=score,
        earliest=event.time.earliest if event.time else None,
        latest=event.time.latest if event.time else None,
        reports=len(event.documents),
        independent_origins=event.independent_origins,
        answers=answers,
    )


def _answers(links: Iterable[Link], headlines: Mapping[str, str], quote: Quote) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            kind=link.kind,
            event=link.target,
            headline=headlines.get(link.target, link.target) + wording.proposed(link),
            speaker=link.speaker,
            words=tuple(dict.fromkeys(quote(item) for item in link.evidence)),
        )
        for link in links
    )


def _in_order(events: Sequence[Event], links: Sequence[Link]) -> list[Event]:
    """By time, each after what it answers; an edition lists its events by time already. Answers in a circle keep the
    order of time."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.kind in _BACKWARD:
            before[link.source].add(link.target)
    ordered: list[Event] = []
    waiting = list(events)
    while waiting:
        placed = {event.id for event in ordered}
        ready = next((event for event in waiting if before[event.id] <= placed), waiting[0])
        ordered.append(ready)
        waiting.remove(ready)
    return ordered


def view(steps: Sequence[Step], event: str) -> str:
    """The ladder for a terminal: a bar for each step's intensity, conflict to the left, cooperation to the right; the
    event that was asked for is marked."""
    lines = [rule(f"Chain of {len(steps)} event{'s' * (len(steps) != 1)}")]
    lines.append(f"{'conflict ◀':>{_HALF + 6}}┼{'▶ cooperation'}")
    for step in steps:
        lines += ["", *_lines(step, asked=step.event == event and len(steps) > 1)]
    if len(steps) == 1:
        lines += ["", "Nothing in the texts says that it answers another event, or that another answers it."]
    return "\n".join(lines)


def _lines(step: Step, *, asked: bool) -> Iterator[str]:
    yield f"{score_bar(step.score, step.status)}  {wording.interval(step.earliest, step.latest)}"
    for number, line in enumerate(wrap(step.headline, WIDTH - len(_INDENT))):
        yield f"{_INDENT[:-2]}{('▶ ' if asked else '● ') if number == 0 else '  '}{line}"
    mode = f" · {step.mode}" if step.mode else ""
    status = f" · {told}" if (told := wording.status(step.status)) else ""  # type: ignore[arg-type]
    yield f"{_INDENT}{step.type}{mode}{status} · {step.quad or 'no quad'} · {step.event}"
    for answer in step.answers:
        words = " / ".join(f"“{shorten(each, 40)}”" for each in answer.words)
        on_word = f" (on the word of {answer.speaker})" if answer.speaker else ""
        told = f"↳ {wording.link(answer.kind)}: {answer.headline}{on_word} {words}"
        yield from (f"{_INDENT}{line}" for line in wrap(told, WIDTH - len(_INDENT), subsequent_indent="  "))


def score_bar(score: float | None, status: str = "actual") -> str:
    """A score and its bar, 28 columns wide: conflict grows to the left of the line, cooperation to the right. The bar
    is hollow for what is not told as having happened."""
    if score is None:
        return f"{'':>6}{' ' * _HALF}│{' ' * _HALF} "
    length = min(_HALF, round(abs(score)))
    bar = ("█" if status in _HAPPENED else "░") * length
    left, right = (bar, "") if score < 0 else ("", bar)
    return f"{score:>+5.1f} {left:>{_HALF}}│{right:<{_HALF}} "
