"""GraphML: who used whose text, and which event answers which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from variorum.exports.cells import Value

from . import xml
from .base import Job, outlet_name

DERIVATION_NODE: Mapping[str, str] = {
    "label": "string", "title": "string", "outlet": "string", "published": "string", "origin": "string",
    "language": "string",
}  # fmt: skip
DERIVATION_EDGE: Mapping[str, str] = {"kind": "string", "score": "double", "direction_known": "boolean"}
LINK_NODE: Mapping[str, str] = {
    "label": "string", "type": "string", "mode": "string", "status": "string", "earliest": "string",
    "latest": "string", "story": "string", "independent_origins": "int",
}  # fmt: skip
LINK_EDGE: Mapping[str, str] = {"kind": "string", "speaker": "string", "words": "string"}


def derivations(job: Job) -> Iterator[str]:
    """A node a document, an edge from the text that was used to the one that used it. GraphML's readers take no graph
    with directed and undirected edges: `direction_known` is false where the order of the two says nothing."""
    yield from _head(DERIVATION_NODE, DERIVATION_EDGE)
    for each in job.source.documents():
        if each.rejected is None:
            told = {
                "label": each.title or outlet_name(each),
                "title": each.title,
                "outlet": each.outlet,
                "published": each.published,
                "origin": each.origin,
                "language": each.language,
            }
            yield f"<node id={xml.attribute(each.id)}>{_data('n', told)}</node>\n"
    for item in job.source.derivations():
        yield _edge(
            item.source, item.target, {"kind": item.kind, "score": item.score, "direction_known": item.directed}
        )
    yield _FOOT


def links(job: Job) -> Iterator[str]:
    """A node an event, an edge from what answers to what is answered."""
    yield from _head(LINK_NODE, LINK_EDGE)
    for each in job.source.events():
        told: dict[str, Value] = {
            "label": each.headline,
            "type": each.type,
            "mode": each.mode,
            "status": each.status,
            "earliest": each.time.earliest if each.time else None,
            "latest": each.time.latest if each.time else None,
            "story": each.story,
            "independent_origins": each.independent_origins,
        }
        yield f"<node id={xml.attribute(each.id)}>{_data('n', told)}</node>\n"
    for item in job.source.links():
        words = job.quotations.of(item.words, item.evidence[:1])
        yield _edge(item.source, item.target, {"kind": item.kind, "speaker": item.speaker, "words": words})
    yield _FOOT


_FOOT = "</graph>\n</graphml>\n"


def _head(node: Mapping[str, str], edge: Mapping[str, str]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    sides: tuple[tuple[Literal["node", "edge"], Mapping[str, str]], ...] = (("node", node), ("edge", edge))
    for side, columns in sides:
        for name, kind in columns.items():
            yield f'<key id="{side[0]}_{name}" for="{side}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'


def _edge(source: str, target: str, told: Mapping[str, Value]) -> str:
    return f"<edge source={xml.attribute(source)} target={xml.attribute(target)}>{_data('e', told)}</edge>\n"


def _data(side: Literal["n", "e"], told: Mapping[str, Value]) -> str:
    return "".join(
        f'<data key="{side}_{name}">{xml.text(str(value).lower() if isinstance(value, bool) else str(value))}</data>'
        for name, value in told.items()
        if value not in (None, "")
    )
