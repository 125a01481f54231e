"""Origins: the witness behind each family, named where a credit names it, seen or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.identity import stable_id
from variorum.records import Document, Origin, OriginPassage, Span

from . import makers
from .families import Tie, unit_document
from .units import Unit


def origins_of(
    groups: Sequence[Sequence[Unit]], ties: Mapping[int, Sequence[Tie]]
) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """An origin for each group of units (`ties` by the group's position), and each document's one origin: that of most
    of its text. Documents of which only a part belongs to an origin stand among its `passages`."""
    ids = [_id(group) for group in groups]
    weight: dict[str, dict[str, int]] = {}
    for id_, group in zip(ids, groups, strict=True):
        for unit in group:
            of = weight.setdefault(unit.document.id, {})
            of[id_] = of.get(id_, 0) + sum(end - start for start, end in unit.spans)
    origin_of = {
        document: min(shares, key=lambda id_: (-shares[id_], id_)) for document, shares in sorted(weight.items())
    }
    split = {document for document, shares in weight.items() if len(shares) > 1}
    found = []
    for position, (id_, group) in enumerate(zip(ids, groups, strict=True)):
        documents = sorted({unit.document.id for unit in group if origin_of[unit.document.id] == id_})
        passages = sorted(
            (unit.document.id, span) for unit in group if unit.document.id in split for span in unit.spans
        )
        upstream, seen, evidence = _upstream(group, ties.get(position, ()))
        found.append(
            Origin(
                id=id_,
                documents=tuple(documents),
                upstream=upstream,
                seen=seen,
                passages=tuple(OriginPassage(document=document, span=Span(*span)) for document, span in passages),
                evidence=evidence,
            )
        )
    return tuple(sorted(found, key=lambda origin: origin.id)), origin_of


def _id(group: Sequence[Unit]) -> str:
    document, section = min(unit.key for unit in group)
    return stable_id("o", [document, None if section < 0 else section])


def _upstream(group: Sequence[Unit], ties: Sequence[Tie]) -> tuple[str | None, bool, tuple[str, ...]]:
    """Who made the text that the group has in common; whether it is in the input; and what says so."""
    documents = sorted({unit.document.id: unit.document for unit in group}.items())
    votes: dict[str, list[tuple[int, str, str]]] = {}
    for id_, document in documents:
        for upstream in makers.upstreams(document):
            same = next(
                (key for key in sorted(votes) if makers.one_maker(votes[key][0][2], upstream.name)), upstream.key
            )
            votes.setdefault(same, []).append((upstream.role, id_, upstream.name))
    common = any(tie.kind == "common-source" for tie in ties)
    if not votes:
        why = ("each text has what the others lack, so none of them is the source",) if common else ()
        return None, not common, why
    sent = _dispatch([document for _, document in documents], ties)
    if sent is not None:  # what others of the family credit besides, they have not this text from
        outlet = sent.outlet or ""
        own_key = next((k for k in sorted(votes) if any(makers.one_maker(v[2], outlet) for v in votes[k])), None)
        if own_key is None:
            return outlet, True, (f"{sent.id} is the dispatch of {outlet} itself",)
        votes = {own_key: votes[own_key]}
    key = min(votes, key=lambda k: (min(v[0] for v in votes[k]), -len({v[1] for v in votes[k]}), k))
    names = sorted({name for _, _, name in votes[key]})
    own = [document for _, document in documents if any(makers.one_maker(n, document.outlet or "") for n in names)]
    seen = any(_may_be_source(document.id, ties) for document in own)
    told_so = min(votes[key], key=lambda vote: (vote[0], vote[2].isupper(), vote))[2]
    name = min((document.outlet for document in own if document.outlet), default=told_so)
    crediting = sorted({id_ for _, id_, _ in votes[key]})
    told = f"{', '.join(crediting[:5])}{' and others' if len(crediting) > 5 else ''} credit {name}"
    if len(crediting) == 1:
        told = f"{crediting[0]} credits {name}"
    return name, seen, (told,)


def _dispatch(documents: Sequence[Document], ties: Sequence[Tie]) -> Document | None:
    """The agency's own dispatch from which others of the family come while it comes from none of them."""
    above = {unit_document(tie.source) for tie in ties if tie.directed}
    below = {unit_document(tie.target) for tie in ties if tie.directed}
    return next((d for d in documents if d.id in above - below and makers.sent_out(d)), None)


def _may_be_source(document: str, ties: Sequence[Tie]) -> bool:
    """Whether a document may be what the family has in common: not if all that ties it there is a text behind both."""
    kinds = {tie.kind for tie in ties if document in (unit_document(tie.source), unit_document(tie.target))}
    return kinds != {"common-source"}
