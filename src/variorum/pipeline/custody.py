"""The log of custody, checked: that it hangs together, and that it fits what the edition holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from variorum.identity import digest
from variorum.records import NO_ENTRY, CustodyEntry
from variorum.store import Reader
from variorum.store.custody import canonical, ruling

from .faults import Fault, fault

_LOG = "the log of custody"


def custody_faults(reader: Reader, head: str | None = None) -> Iterator[Fault]:
    """What of the log is broken or does not fit the edition. `head` is a hash that the log had at some earlier time: it
    must be that of one of its entries."""
    check = _Log()
    for entry in reader.custody():
        yield from check.entry(entry)
    if head is not None and head not in check.hashes:
        yield fault(_LOG, f"has no entry of the hash {head}: it is not the log, or not all of the log, that had it")
    yield from _pages(reader, check)
    yield from _rulings(reader, check)
    yield from _redactions(reader, check)
    for id_, finished in reader.taken_out().items():
        if not finished:
            yield fault(f"document {id_}", "is being taken out, and words of it may be left: redact it again")
    found = reader.content_digest()
    if check.processed is not None and check.processed.digest != found:
        yield fault("the edition in force", f"is not what entry {check.processed.number} of {_LOG} put in force")
    elif check.processed is None and reader.versions():
        yield fault("the edition in force", f"is not in {_LOG}")
    elif check.processed is not None and check.processed.detail != reader.versions():
        yield fault("the versions", f"are not those of entry {check.processed.number} of {_LOG}")


class _Log:
    """What the log tells, gathered as it is gone through."""

    def __init__(self) -> None:
        self._last: CustodyEntry | None = None
        self.hashes: set[str] = set()
        self.captures: dict[str, dict[str, CustodyEntry]] = {}  # by page and source
        self.moments: set[tuple[str, str]] = set()
        self.rulings: list[CustodyEntry] = []
        self.retold: dict[str, CustodyEntry] = {}  # rulings whose words were taken out
        self.redactions: dict[str, CustodyEntry] = {}
        self.processed: CustodyEntry | None = None

    def entry(self, entry: CustodyEntry) -> Iterator[Fault]:
        of = f"entry {entry.number} of {_LOG}"
        before = self._last.number if self._last is not None else 0
        previous = self._last.hash if self._last is not None else NO_ENTRY
        if entry.number != before + 1:
            yield fault(of, f"follows entry {before}: what stood between is gone")
        elif entry.previous != previous:
            yield fault(of, "does not hold the hash of the entry before it")
        if entry.hash != entry.expected:
            yield fault(of, "is not what its hash says")
        self._last = entry
        self.hashes.add(entry.hash)
        if entry.kind == "capture":
            self.captures.setdefault(entry.subject, {})[entry.detail.get("source", "")] = entry
            if entry.at is not None:
                self.moments.add((entry.subject, entry.at))
        elif entry.kind == "decision":
            self.rulings.append(entry)
        elif entry.kind == "redaction" and entry.detail.get("of") == "ruling":
            self.retold[entry.subject] = entry
        elif entry.kind == "redaction":
            self.redactions[entry.subject] = entry
        elif entry.kind == "processing":
            self.processed = entry


def _pages(reader: Reader, log: _Log) -> Iterator[Fault]:
    there = set()
    for page in reader.pages():
        there.add(page.id)
        of = f"page {page.id}"
        entries = log.captures.get(page.id)
        if entries is None:
            yield fault(of, f"is not in {_LOG}")
            continue
        found = (digest(page.content), page.media, digest(canonical(page.declared)))
        for entry in entries.values():
            if (entry.digest, entry.detail.get("media"), entry.detail.get("declared")) != found:
                yield fault(of, f"is not what entry {entry.number} of {_LOG} says that was got")
    for capture in reader.captures():
        for source in capture.sources:
            if source not in log.captures.get(capture.page, {source: None}):
                yield fault(f"page {capture.page}", f"was got at {source}, which is not in {_LOG}")
        for moment in capture.moments:
            if capture.page in log.captures and (capture.page, moment) not in log.moments:
                yield fault(f"page {capture.page}", f"was got on {moment}, which is not in {_LOG}")
        lost = set(log.captures.get(capture.page, {})) - set(capture.sources) - {""}
        for source in sorted(lost):
            yield fault(f"page {capture.page}", f"was got at {source}, and the edition does not say so")
    for id_ in sorted(set(log.captures) - there - set(log.redactions)):
        yield fault(f"page {id_}", f"is in {_LOG}, and not in the edition")


def _rulings(reader: Reader, log: _Log) -> Iterator[Fault]:
    for made, entry in zip_longest(reader.decisions(), log.rulings):
        if made is None:
            yield fault(f"ruling {entry.subject}", f"is entry {entry.number} of {_LOG}, and not in the log of rulings")
        elif entry is None or entry.subject != made.id:
            yield fault(f"ruling {made.id}", f"does not stand there in {_LOG}")
        elif (entry := log.retold.get(made.id, entry)).digest != ruling(made).digest:
            yield fault(f"ruling {made.id}", f"is not the one that entry {entry.number} of {_LOG} tells of")


def _redactions(reader: Reader, log: _Log) -> Iterator[Fault]:
    stones = {stone.page: stone for stone in reader.redactions()}
    for id_ in sorted({*stones, *log.redactions}):
        if id_ not in log.redactions:
            yield fault(f"the tombstone of page {id_}", f"is not in {_LOG}")
        elif id_ not in stones:
            yield fault(f"page {id_}", f"was taken out by entry {log.redactions[id_].number}, and has no tombstone")
        elif stones[id_].digest != log.redactions[id_].digest:
            yield fault(f"the tombstone of page {id_}", "has another hash than the page that was taken out")
