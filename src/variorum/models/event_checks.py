"""Whether a proposed event may stand: every part of it found again by our own rules, stricter than the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from variorum.coding import Ontology
from variorum.coding.rereading import Reread, Rereading
from variorum.records import Annotation, Document, EventMention, Feature, Span
from variorum.world.names import name_key
from variorum.world.negation import negates

from .answers import EventAnswer, Figure
from .quoting import Rejected, all_inside, inside

CONFIDENCE = 0.5
"""Of every proposed event: below what the rules give any of violence, and never the model's own word for it."""
_HAPPENED = frozenset({"actual", "ongoing", "historical"})


class EventChecks:
    """The checks over one document; `rereading` is the coder's syntax of it."""

    def __init__(self, document: Document, annotation: Annotation, rereading: Rereading, ontology: Ontology) -> None:
        self._document = document
        self._annotation = annotation
        self._rereading = rereading
        self._ontology = ontology

    def event(self, told: EventAnswer, quote: Span, accepted: Sequence[EventMention]) -> EventMention:
        """The event, its actors by their number in ``rereading.actors``. Raises Rejected."""
        self._check_code(told)
        trigger = inside(self._document, quote, told.trigger, "no-trigger", "trigger")
        reread = self._rereading.of(trigger, told.type, told.mode)
        if reread is None:
            raise Rejected("no-trigger", f"{told.trigger!r} is no word that tells an event here")
        self._check_new(told, trigger, quote, accepted)
        self._check_status(told, reread)
        actors = tuple(dict.fromkeys(self.actor(name, quote) for name in told.actors))
        recipients = tuple(dict.fromkeys(self.actor(name, quote) for name in told.recipients))
        self._check_sides(told, actors, recipients)
        self._check_roles(actors, reread.agents, reread.patients, (reread.active, reread.passive), "actor")
        self._check_roles(recipients, reread.patients, reread.agents, (reread.passive, reread.active), "recipient")
        return EventMention(
            start=trigger.start,
            end=trigger.end,
            trigger=told.trigger,
            mentions=(trigger,),
            type=told.type,
            mode=told.mode,
            actors=actors,
            recipients=recipients,
            place=self._only(self._annotation.places, quote),
            time=self._only(self._annotation.times, quote),
            tolls=tuple(sorted({self._toll(figure, quote, accepted) for figure in told.figures})),
            status=told.status,
            attribution=self._attribution(trigger),
            confidence=CONFIDENCE,
            explanation=(Feature(name="status", value=1.0, weight=1.0, note=f"{reread.status} by the rules too"),),
        )

    def actor(self, name: str, quote: Span) -> int:
        """The number of the actor that a name means which stands in the quotation. Raises Rejected."""
        actors = list(enumerate(self._rereading.actors))
        here = [(n, a) for n, a in actors if quote.contains(Span(a.start, a.end))]
        for span in all_inside(self._document, quote, name):
            touched = [(n, a) for n, a in here if span.overlaps(Span(a.start, a.end))]
            head = self._rereading.syntax.head_of(*span)
            fits = [n for n, a in touched if (a.start, a.end) == span]
            fits += [n for n, a in touched if head is not None and a.start <= head.start < a.end]
            if fits:
                return fits[0]
        named = [n for n, a in here if name_key(a.name) == name_key(name) or name_key(a.text) == name_key(name)]
        if not named:
            raise Rejected("actor", f"{name[:80]!r} is no actor that the quotation names")
        return named[0]

    def _check_code(self, told: EventAnswer) -> None:
        kind = self._ontology.types.get(told.type)
        if kind is None:
            raise Rejected("unknown-type", f"{told.type[:40]!r} is no type")
        if told.mode is not None and told.mode not in kind.modes:
            raise Rejected("unknown-type", f"{told.mode[:40]!r} is no mode of {told.type}")

    def _check_new(self, told: EventAnswer, trigger: Span, quote: Span, accepted: Sequence[EventMention]) -> None:
        for event in self._annotation.events:
            if any(each.overlaps(trigger) for each in event.mentions):
                raise Rejected("coded-already", f"the rules code {event.type} there")
            if event.type == told.type and any(each.overlaps(quote) for each in event.mentions):
                raise Rejected("coded-already", f"the rules code {event.type} in these words")
        for event in accepted:
            if any(each.overlaps(trigger) for each in event.mentions):
                raise Rejected("duplicate", "it was proposed already")
            if event.type == told.type and quote.contains(Span(event.start, event.end)):
                raise Rejected("duplicate", f"{event.type} of these words was proposed already")

    def _check_status(self, told: EventAnswer, reread: Reread) -> None:
        if reread.type != told.type:
            raise Rejected("status", f"by the words over it it is {reread.type}, not {told.type}")
        if reread.status != told.status:
            raise Rejected("status", f"by the rules it is {reread.status}, not {told.status}")
        if told.status in _HAPPENED:
            tokens = self._rereading.syntax.tokens
            for i in sorted(reread.over):
                if negates(tokens[i].text.lower().replace("’", "'")):
                    raise Rejected("status", f"{tokens[i].text!r} stands over it")

    def _check_sides(self, told: EventAnswer, actors: tuple[int, ...], recipients: tuple[int, ...]) -> None:
        if not actors and not recipients:
            raise Rejected("actor", "it names nobody")
        if self._ontology.types[told.type].recipient_required and not recipients:
            raise Rejected("actor", f"{told.type} is done to someone, and it names nobody")
        if self._keys(actors) & self._keys(recipients):
            raise Rejected("roles", "one and the same both acts and undergoes it")

    def _check_roles(
        self,
        named: tuple[int, ...],
        own: tuple[int, ...],
        other: tuple[int, ...],
        phrases: tuple[frozenset[int], frozenset[int]],
        role: str,
    ) -> None:
        """That nobody is named in a role for whom the syntax has the other one, or whom it leaves out of this one."""
        for n in named:
            actor = self._rereading.actors[n]
            words = {token.i for token in self._rereading.syntax.tokens_in(actor.start, actor.end)}
            here = actor.key in self._keys(own) or bool(words & phrases[0])
            there = actor.key in self._keys(other) or bool(words & phrases[1])
            if there and not here:
                raise Rejected("roles", f"by the syntax {actor.text!r} is not the {role}, but the other side")
            if (own or phrases[0]) and not here:
                raise Rejected("roles", f"by the syntax the {role} is another than {actor.text!r}")

    def _keys(self, numbers: Iterable[int]) -> set[str]:
        return {self._rereading.actors[n].key for n in numbers}

    def _toll(self, figure: Figure, quote: Span, accepted: Sequence[EventMention]) -> int:
        """The figure of the layer of tolls that is meant: the same kind and bounds, in the words that were quoted."""
        words = inside(self._document, quote, figure.words, "figure", "figure")
        owned = {n for event in (*self._annotation.events, *accepted) for n in event.tolls}
        read = [n for n, toll in enumerate(self._annotation.tolls) if words.overlaps(Span(toll.start, toll.end))]
        told = [self._annotation.tolls[n] for n in read]
        for n, toll in zip(read, told, strict=True):
            if (toll.kind, toll.low, toll.high) == (figure.kind, figure.low, figure.high):
                if n in owned:
                    raise Rejected("figure", f"{toll.text!r} is told of another event")
                return n
        found = "; ".join(f"{toll.kind} {toll.low}–{toll.high}" for toll in told) or "no figure"
        raise Rejected(
            "figure", f"{figure.words[:80]!r} is read as {found}, not {figure.kind} {figure.low}–{figure.high}"
        )

    def _only(self, items: Iterable[object], quote: Span) -> int | None:
        """The number of the one time or place that a quotation tells; None where it tells none or several."""
        here = [n for n, item in enumerate(items) if quote.contains(Span(item.start, item.end))]  # type: ignore[attr-defined]
        return here[0] if len(here) == 1 else None

    def _attribution(self, trigger: Span) -> int | None:
        around = [
            (sum(b - a for a, b in said.content), n)
            for n, said in enumerate(self._annotation.attributions)
            if any(content.contains(trigger) for content in said.content)
        ]
        return min(around)[1] if around else None
