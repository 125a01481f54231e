"""Pages: bytes as they were got, with what their giver said of them."""

from __future__ import annotations

from typing import Literal

from .base import Record

Media = Literal["text/html", "text/plain", "application/json", "application/pdf"]

RejectionReason = Literal[
    "unreadable",  # the file system or the archive would not give the bytes
    "too-large",  # over the size limit
    "binary",  # not text at all, whatever its name says
    "not-json",  # a JSON Lines record that does not parse
    "not-a-record",  # JSON, but no object with a string "text"
    "empty",  # no text in it
    "duplicate-id",  # a declared id that another, different record holds
    "unsupported-media",  # a kind of file that no reader takes
    "paywall-stub",
    "index-page",
    "cookie-wall",
    "error-page",
    "not-an-article",
    "fault",  # a stage broke on it: a defect of ours, named, so that it costs no other document
]


class Declared(Record, frozen=True, kw_only=True):
    """What a JSON Lines record (or a column mapping) says of its own document; `None` where it is silent."""

    id: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None


class Page(Record, frozen=True, kw_only=True):
    """The bytes of one page as got.

    `id` hashes content and declaration, so the same bytes got twice are one page. `source` says where it was found,
    relative to what the user named (``reports/a.html``, ``batch.jsonl:3``, ``-:1``): it is for messages, no content.
    For a JSON Lines record `content` is the text's UTF-8. `captured` is the moment when the page was got, ISO 8601,
    where its source tells it (an archive's record date, the moment of a fetch); it is no part of what the page is.
    """

    id: str
    source: str
    media: Media
    content: bytes
    declared: Declared = Declared()
    captured: str | None = None


class Rejection(Record, frozen=True, kw_only=True):
    """An input that gives no document, or a document that is no news text, and why: one line for a person."""

    id: str
    source: str
    reason: RejectionReason
    detail: str

    @property
    def line(self) -> str:
        return f"{self.source}: {self.detail} [{self.reason}]"
