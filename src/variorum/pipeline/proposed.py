"""Where models come in: between the annotation by the rules and all that is made of it.

What a model said of a document is kept as an observation beside its annotations, and outlives every re-run as a ruling
does: a run without a model goes on from what is kept, and asks nobody. An edition that no model was asked for is made
as if there were none; nothing of `variorum.models` is imported for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from variorum.engines import Engine, LocalEngine
from variorum.identity import stable_id
from variorum.records import Annotation, ModelReply, Proposal, Record
from variorum.store import Reader, Store

from .annotator import Work
from .progress import Progress
from .references import NO_REFERENCE

if TYPE_CHECKING:
    from variorum.models import Asked, Asker
    from variorum.models import Work as Checked


PROPOSALS = "proposals:"
"""With which the names of models begin among an edition's versions."""


class Proposing(Record, frozen=True, kw_only=True):
    """What became of an edition's proposals: how many of each kind were accepted, and how many rejected by which
    check; with what asking came to where this run asked."""

    accepted: dict[str, int]
    rejected: dict[str, int]
    asked: Asked | None = None


class Laid(NamedTuple):
    """The annotations with what was accepted, the key of each, and the models that said anything: versions by name."""

    annotations: dict[str, Annotation]
    keys: dict[str, str]
    versions: dict[str, str]
    summary: Proposing | None


def with_proposals(
    store: Store,
    works: Mapping[str, Work],
    annotations: Mapping[str, Annotation],
    asker: Asker | None,
    *,
    progress: Progress,
    engine: Callable[[int], Engine] = LocalEngine,
    batch: int = 16,
) -> Laid:
    """Lay over each document's annotation what models propose of it and every check lets through. `works` and
    `annotations` go by document id; `asker` None asks nobody, and what was asked before stands. `engine` gives what
    runs the checks, with so many workers at most."""
    keys = {id_: work.key for id_, work in works.items()}
    known = kept_replies(store, works)
    if asker is None and not known:
        return Laid(dict(annotations), keys, {}, None)
    if asker is not None:
        _ask(store, works, annotations, known, asker, progress)
    checks = _checks(works, annotations, known)
    keys.update((id_, check.key(keys[id_])) for id_, check in checks.items())
    done = store.annotations(keys[id_] for id_ in checks)
    todo = [id_ for id_ in checks if keys[id_] not in done]
    if todo:
        from variorum.models import ProposalFactory

        progress.begin("Checking what models propose", len(todo))
        batches = [todo[at : at + batch] for at in range(0, len(todo), batch)]
        results = engine(len(batches)).run(ProposalFactory(), [[checks[id_] for id_ in ids] for ids in batches])
        for ids, found in zip(batches, results, strict=True):
            fresh = {keys[id_]: annotation for id_, annotation in zip(ids, found, strict=True)}
            store.add_annotations(fresh)
            done.update(fresh)
            progress.advance(len(ids))
    laid = {**annotations, **{id_: done[keys[id_]] for id_ in checks}}
    proposals = [each for id_ in checks for each in laid[id_].proposals]
    return Laid(laid, keys, _versions(check.replies for check in checks.values()), _summary(proposals, asker))


def _checks(
    works: Mapping[str, Work], annotations: Mapping[str, Annotation], known: Mapping[str, Sequence[ModelReply]]
) -> dict[str, Checked]:
    """What is to be checked, by document: its replies in force over its annotation by the rules."""
    from variorum.models import Work as Checked

    return {
        id_: Checked(document=works[id_].document, annotation=annotations[id_], replies=_in_force(replies))
        for id_, replies in sorted(known.items())
        if replies and annotations[id_].fault is None
    }


def carried(reader: Reader, works: Mapping[str, Work]) -> tuple[dict[str, Annotation], dict[str, str]]:
    """What models said of documents and the annotations that come of it, by their keys, for another edition; and the
    keys of those annotations by document. Empty where no model was asked of them."""
    known = kept_replies(reader, works)
    if not known:
        return {}, {}
    by_rule = reader.annotations(works[id_].key for id_ in known)
    annotations = {id_: by_rule[works[id_].key] for id_ in known if works[id_].key in by_rule}
    checks = _checks(works, annotations, {id_: known[id_] for id_ in annotations})
    keys = {id_: check.key(works[id_].key) for id_, check in checks.items()}
    asked = (_key(id_, number) for id_ in known for number in range(_records(reader, id_)))
    return {**reader.annotations(asked), **reader.annotations(keys.values())}, keys


def _ask(
    store: Store,
    works: Mapping[str, Work],
    annotations: Mapping[str, Annotation],
    known: dict[str, list[ModelReply]],
    asker: Asker,
    progress: Progress,
) -> None:
    """Ask of every document in the order of ids, keeping each one's replies as they come; `known` grows by them."""
    asked = [id_ for id_ in sorted(works) if annotations[id_].open and annotations[id_].fault is None]
    progress.begin(f"Asking {asker.settings.model}", len(asked))
    for id_ in asked:
        held = known.get(id_, [])
        if new := asker.replies(works[id_].document, annotations[id_], held):
            record = Annotation(document=id_, reference=NO_REFERENCE, layers=(), replies=tuple(new))
            store.add_annotations({_key(id_, _records(store, id_)): record})
            known[id_] = [*held, *new]
        progress.advance()


def _key(document: str, number: int) -> str:
    """The key of the replies on a document that the `number`-th run to ask of it got."""
    return stable_id("asked", (document, number))


def _records(store: Reader, document: str) -> int:
    return next(n for n in count() if not store.annotations([_key(document, n)]))


def kept_replies(store: Reader, documents: Mapping[str, object]) -> dict[str, list[ModelReply]]:
    """What models said of documents, in the order in which it was asked; documents of which none was asked are left
    out."""
    found: dict[str, list[ModelReply]] = {}
    asked = sorted(documents)
    for number in count():
        got = {each.document: each.replies for each in store.annotations(_key(id_, number) for id_ in asked).values()}
        if not got:
            return found
        asked = sorted(got)
        for id_ in asked:
            found.setdefault(id_, []).extend(got[id_])
    raise AssertionError  # `count` does not end


def _in_force(replies: Sequence[ModelReply]) -> tuple[ModelReply, ...]:
    """The last reply to each question, in the order of the text."""
    last = {reply.key: reply for reply in replies}
    return tuple(sorted(last.values(), key=lambda reply: (reply.start, reply.end, reply.model, reply.key)))


def _versions(replies: Iterable[tuple[ModelReply, ...]]) -> dict[str, str]:
    """The models that said anything, each with the versions of the prompt that it was asked by."""
    asked = {(reply.model, reply.prompt) for each in replies for reply in each}
    return {
        f"{PROPOSALS}{model}": " ".join(f"prompt {prompt}" for name, prompt in sorted(asked) if name == model)
        for model, _ in sorted(asked)
    }


def told(found: Proposing) -> Iterator[str]:
    """What became of the proposals, in lines for a person."""
    asked = found.asked
    if asked is not None:
        yield (
            f"model: {asked.passages} open passages, {asked.requests} requests, {asked.cached} answered before, "
            f"{asked.unasked} not asked; {asked.tokens} tokens"
            + (f", {asked.money:g} in money" if asked.money else "")
            + (f"; {asked.addressed} speak to programs and are left out" if asked.addressed else "")
        )
        if asked.stopped is not None:
            yield f"model: asking stopped: {asked.stopped}"
    yield (
        f"model: accepted {_counted(found.accepted)}; rejected {_counted(found.rejected)}; "
        "variorum models list prints them"
    )


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items()) or "nothing"


def _summary(proposals: Sequence[Proposal], asker: Asker | None) -> Proposing:
    accepted = Counter(each.kind for each in proposals if each.index is not None)
    rejected = Counter(each.rejected for each in proposals if each.rejected is not None)
    return Proposing(
        accepted=dict(sorted(accepted.items())),
        rejected=dict(sorted(rejected.items())),
        asked=asker.asked() if asker is not None else None,
    )
