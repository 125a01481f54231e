"""PROV-JSON (W3C member submission of 2013): where every event and claim of an edition comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from variorum.identity import stable_id
from variorum.records import EditionDocument

from .base import Job, outlet_name

NAMESPACE = "urn:variorum:"
SECTIONS = (
    "entity", "activity", "agent", "wasGeneratedBy", "used", "wasAssociatedWith", "wasDerivedFrom", "wasAttributedTo",
)  # fmt: skip
_ACTIVITY, _SOFTWARE = "v:collation", "v:variorum"
Item = tuple[str, dict[str, Any]]


def lines(job: Job) -> Iterator[str]:
    """The document in sections, each read from the edition on its own, a statement a line."""
    yield f'{{"prefix":{{"v":"{NAMESPACE}"}}'
    statements: dict[str, Callable[[Job], Iterator[Item]]] = {
        "entity": _entities,
        "activity": _activity,
        "agent": _agents,
        "wasGeneratedBy": _generated,
        "used": _used,
        "wasAssociatedWith": _associated,
        "wasDerivedFrom": _derived,
        "wasAttributedTo": _attributed,
    }
    for name in SECTIONS:
        yield f',\n"{name}":{{'
        separator = "\n"
        for key, value in statements[name](job):
            yield separator + _json(key) + ":" + _json(value)
            separator = ",\n"
        yield "}"
    yield "}\n"


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def name_of(kind: str, id_: str) -> str:
    """The qualified name of a thing of an edition; an id that a user declared may hold anything."""
    return f"v:{kind}.{quote(id_, safe='-._~')}"


def _taken(job: Job) -> Iterator[EditionDocument]:
    return (document for document in job.source.documents() if document.rejected is None)


def _told(**values: Any) -> dict[str, Any]:
    return {name.replace("__", ":"): value for name, value in values.items() if value not in (None, "")}


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _entities(job: Job) -> Iterator[Item]:
    for document in _taken(job):
        told = _told(prov__label=document.title, v__source=document.source, v__published=document.published)
        yield name_of("document", document.id), told | _told(prov__type="document", v__url=document.url)
    for origin in job.source.origins():
        yield name_of("origin", origin.id), _told(prov__type="origin", v__upstream=origin.upstream, v__seen=origin.seen)
    for event in job.source.events():
        told = _told(prov__label=event.headline, v__type=event.type, v__mode=event.mode, v__status=event.status)
        yield name_of("event", event.id), told | _told(prov__type="event")
    for claim in job.source.claims():
        words = job.quotations.of(claim.quote, claim.evidence)
        yield name_of("claim", claim.id), _told(prov__type="claim", prov__value=words, v__stance=claim.stance)


def _activity(job: Job) -> Iterator[Item]:
    versions = {f"v:{quote(name, safe='-._~')}": value for name, value in sorted(job.source.versions.items())}
    yield _ACTIVITY, {"prov:type": "collation", **versions}


def _agents(job: Job) -> Iterator[Item]:
    yield _SOFTWARE, {"prov:type": _type("prov:SoftwareAgent"), "prov:label": "Variorum"}
    told = set[str]()
    for document in _taken(job):
        if document.outlet and (name := _agent("outlet", document.outlet)) not in told:
            told.add(name)
            yield name, {"prov:type": _type("prov:Organization"), "prov:label": outlet_name(document)}
    for claim in job.source.claims():
        if claim.speaker and (name := _agent("speaker", claim.speaker)) not in told:
            told.add(name)
            yield name, {"prov:label": claim.speaker}


def _agent(kind: str, name: str) -> str:
    return f"v:{stable_id(kind, (name,))}"


def _generated(job: Job) -> Iterator[Item]:
    for event in job.source.events():
        yield _id("g", event.id), {"prov:entity": name_of("event", event.id), "prov:activity": _ACTIVITY}


def _used(job: Job) -> Iterator[Item]:
    for document in _taken(job):
        yield _id("u", document.id), {"prov:activity": _ACTIVITY, "prov:entity": name_of("document", document.id)}


def _associated(job: Job) -> Iterator[Item]:
    yield "_:software", {"prov:activity": _ACTIVITY, "prov:agent": _SOFTWARE}


def _derived(job: Job) -> Iterator[Item]:
    """Which text was used in which, where its direction is known; which came from one unseen or shared text; which
    texts tell an event; out of which a claim is quoted."""
    taken = {document.id for document in _taken(job)}
    for item in job.source.derivations():
        if item.directed:
            copied = {"prov:type": _type("prov:Quotation")} if item.kind != "paraphrase" else {}
            told = _told(v__kind=item.kind, v__score=item.score)
            ends = _ends(name_of("document", item.target), name_of("document", item.source))
            yield _id("d", item.source, item.target), ends | copied | told
    for origin in job.source.origins():
        for document in origin.documents:
            if document in taken:
                ends = _ends(name_of("document", document), name_of("origin", origin.id))
                yield _id("o", origin.id, document), ends | {"prov:type": _type("prov:PrimarySource")}
    for event in job.source.events():
        for document in event.documents:
            yield _id("e", event.id, document), _ends(name_of("event", event.id), name_of("document", document))
    for claim in job.source.claims():
        for document in dict.fromkeys(each.document for each in claim.evidence):
            if document in taken:
                ends = _ends(name_of("claim", claim.id), name_of("document", document))
                yield _id("c", claim.id, document), ends | {"prov:type": _type("prov:Quotation")}


def _ends(made: str, used: str) -> dict[str, Any]:
    return {"prov:generatedEntity": made, "prov:usedEntity": used}


def _attributed(job: Job) -> Iterator[Item]:
    for document in _taken(job):
        if document.outlet:
            agent = _agent("outlet", document.outlet)
            yield _id("p", document.id), {"prov:entity": name_of("document", document.id), "prov:agent": agent}
    for claim in job.source.claims():
        if claim.speaker:
            agent = _agent("speaker", claim.speaker)
            yield _id("s", claim.id), {"prov:entity": name_of("claim", claim.id), "prov:agent": agent}


def _id(kind: str, *parts: str) -> str:
    """A blank identifier of a statement."""
    return f"_:{stable_id(kind, parts)}"
