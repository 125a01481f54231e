"""Custody: what was done to an edition, as a log of which every entry holds the hash of the one before."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from .base import Record

CustodyKind = Literal["capture", "processing", "decision", "export", "redaction"]

NO_ENTRY = "0" * 64
"""What the first entry has for the hash of the one before."""


class CustodyEntry(Record, frozen=True, kw_only=True):
    """One thing that was done, at its place in the log.

    `subject` is what it was done to: the id of a page or of a ruling, "edition", or a format. `digest` is the SHA-256
    of what came of it: of the page's bytes as got, of the edition put in force, of the ruling, of the file written; of
    a redaction that of the bytes that are gone. `at` is the moment as its teller has it (a capture's record, the
    author's clock), None where nobody told one; the order of the log is by `number` alone. `detail` holds what else is
    bound by the hash: where a page was got, the versions of what processed it, who ruled.
    """

    number: int
    kind: CustodyKind
    subject: str
    digest: str
    at: str | None
    detail: dict[str, str]
    previous: str
    hash: str

    @property
    def expected(self) -> str:
        """The hash that an entry of this content has."""
        told = [self.number, self.kind, self.subject, self.digest, self.at, self.detail, self.previous]
        return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()


class ContentChange(Record, frozen=True, kw_only=True):
    """What one run changed of an event or a document in force, without a sentence of it. `number` is the run's entry in
    the log of custody. `field` is what of an event changed, "" where the whole came or went; `before` and `after` are
    digests of it, None where it was not there, or with what it was where that is coded and short: a space, and the
    value as JSON, which `was` and `now` give. `heir` is the event that has most of the words of one that went."""

    number: int
    kind: Literal["event", "document"]
    id: str
    field: str
    before: str | None
    after: str | None
    heir: str | None = None

    @property
    def was(self) -> object:
        """What was coded before; None where that is not kept."""
        return _coded(self.before)

    @property
    def now(self) -> object:
        """What was coded after; None where that is not kept."""
        return _coded(self.after)


def _coded(told: str | None) -> object:
    value = (told or "").partition(" ")[2]
    return msgspec.json.decode(value) if value else None


class Redaction(Record, frozen=True, kw_only=True):
    """What is left of a page whose words were taken out: a tombstone. `digest` is the SHA-256 of the bytes that were
    got, so that who has them can prove it and a run that meets them again leaves them out. `successor` is the page
    with the words blotted out, None where all of it is gone."""

    page: str
    digest: str
    successor: str | None
    author: str
    at: str
    reason: str
