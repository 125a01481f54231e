"""An Atom feed of events (RFC 4287) with tombstones (RFC 6721): what changed since the feed that was written before.

No clock is read. An entry's `updated` is the day of the latest report that tells it; where the event has changed since
the former feed it moves on from there by a second at least, so that readers see that it did.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from variorum.errors import ExportError
from variorum.exports import wording
from variorum.records import Event
from variorum.records.base import Record

from . import xml
from .base import Job

_ATOM, _TOMBSTONES, _OURS = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0", "urn:variorum:feed"
_SPACE = uuid.UUID("5b1c0f3e-6a43-5d0e-9a53-0c6f6d3f2a11")  # the name space of entries' ids, chosen once
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
ELEMENTS = ("id", "title", "updated", "category", "summary", "content-hash", "deleted-entry")


class _Told(NamedTuple):
    hash: str
    updated: datetime


class _Former(Record, frozen=True, kw_only=True):
    """What a feed said: its id, when it was updated, its entries, and its tombstones with their moment."""

    id: str | None = None
    updated: datetime = _FIRST
    entries: Mapping[str, _Told] = {}
    deleted: Mapping[str, datetime] = {}


def lines(job: Job) -> Iterator[str]:
    """The feed, an entry an event. Raises ExportError where the former feed is none of ours."""
    former = _read(job.options.previous) if job.options.previous else _Former()
    states = {entry_id(event): _state(job, event, former) for event in job.source.events()}
    gone = dict(former.deleted) | {id_: _FIRST for id_ in former.entries if id_ not in states}
    latest = max((each.updated for each in states.values()), default=_FIRST)
    lost = [id_ for id_ in former.entries if id_ not in states]
    fresh = [id_ for id_, each in states.items() if former.entries.get(id_) != each]
    if lost or fresh:
        latest = max(latest, former.updated + timedelta(seconds=1))
    latest = max(latest, former.updated)
    feed = former.id or f"urn:uuid:{uuid.uuid5(_SPACE, min(states, default=''))}"
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="{_ATOM}" xmlns:at="{_TOMBSTONES}" xmlns:v="{_OURS}">\n'
    yield f"<id>{xml.text(feed)}</id>\n<title>Events of a Variorum edition</title>\n"
    yield f"<updated>{_iso(latest)}</updated>\n<author><name>Variorum</name></author>\n"
    for event in job.source.events():
        yield _entry(event, states[entry_id(event)])
    for id_ in sorted(gone):
        if id_ not in states:
            when = former.deleted.get(id_, latest)
            yield f"<at:deleted-entry ref={xml.attribute(id_)} when={xml.attribute(_iso(when))}/>\n"
    yield "</feed>\n"


def entry_id(event: Event) -> str:
    """The id of an event's entry, the same in every feed."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, event.id)}"


def _state(job: Job, event: Event, former: _Former) -> _Told:
    content = hashlib.sha256("\x1f".join((event.headline, event.type, _summary(event))).encode("utf-8", "replace"))
    hash_ = content.hexdigest()[:16]
    told = [moment(job.source.document(id_).published) for id_ in event.documents]
    updated = max((each for each in told if each is not None), default=_FIRST)
    id_ = entry_id(event)
    before = former.entries.get(id_)
    if before is not None and before.hash == hash_:
        return before
    earlier = before.updated if before else former.deleted.get(id_)
    return _Told(hash_, max(updated, earlier + timedelta(seconds=1)) if earlier else updated)


def moment(published: str | None) -> datetime | None:
    """A date of publication as a moment in UTC; a day, month or year as its beginning."""
    if not published:
        return None
    padded = published if len(published) >= 10 else {4: f"{published}-01-01", 7: f"{published}-01"}.get(len(published))
    try:
        found = datetime.fromisoformat(padded or "")
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def _iso(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value.year >= 1000 else _FIRST.strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(event: Event, told: _Told) -> str:
    categories = "".join(
        f"<category term={xml.attribute(term)}/>" for term in (event.type, event.mode, event.status) if term
    )
    return (
        f"<entry><id>{entry_id(event)}</id><title>{xml.text(event.headline)}</title>"
        f"<updated>{_iso(told.updated)}</updated>{categories}<summary>{xml.text(_summary(event))}</summary>"
        f"<v:content-hash>{told.hash}</v:content-hash></entry>\n"
    )


def _summary(event: Event) -> str:
    """Code, time, place, figures and who stands behind it, in words and without a quotation."""
    code = "/".join(filter(None, (event.type, event.mode)))
    status = wording.status(event.status)
    parts = [
        f"{code}, {status}" if status else code,
        wording.when(event.time),
        wording.where(event.place),
        *(f"{wording.toll(toll)} ({wording.agreement(toll.agreement)})" for toll in event.tolls),
        wording.reports(event),
    ]
    if disputed := wording.disputed_fields(event):
        parts.append(f"disputed: {', '.join(disputed)}")
    return f"{'. '.join(parts)}. Event {event.id}."


def _read(feed: str) -> _Former:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(feed)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ExportError(f"the former feed cannot be read: {error}") from error
    entries = {
        (each.findtext(f"{{{_ATOM}}}id") or ""): _Told(
            each.findtext(f"{{{_OURS}}}content-hash") or "", moment(each.findtext(f"{{{_ATOM}}}updated")) or _FIRST
        )
        for each in root.iter(f"{{{_ATOM}}}entry")
    }
    if root.tag != f"{{{_ATOM}}}feed" or not all(told.hash for told in entries.values()):
        raise ExportError("the former feed is no Atom feed that variorum wrote")
    deleted = {
        each.get("ref", ""): moment(each.get("when")) or _FIRST for each in root.iter(f"{{{_TOMBSTONES}}}deleted-entry")
    }
    return _Former(
        id=root.findtext(f"{{{_ATOM}}}id"),
        updated=moment(root.findtext(f"{{{_ATOM}}}updated")) or _FIRST,
        entries=entries,
        deleted=deleted,
    )
