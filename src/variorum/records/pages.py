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
    "no-such-column",  # a table without the column that was asked for
    "bomb",  # it decompresses to, or holds, far more than any archive or page of news
    "too-deep",  # archives inside archives, or elements inside elements, past the limit
    "unsafe-path",  # a member of an archive whose name leads out of it, or that is a link
    "encrypted",  # behind a password
    "redirect",  # an archive's record that only points elsewhere
    "revisit",  # an archive's record that repeats an earlier capture
    "not-a-page",  # an archive's record or member that is no page (a picture, a script, a request)
    "scanned",  # a PDF of pictures without text
    "network-off",  # what would have to be fetched, and the user has not allowed the network
    "refused",  # an address that must not be fetched, or that the site's robots.txt disallows
    "unreachable",  # the network or the server gave nothing
    "postponed",  # the server asks to come back later
    "not-a-feed",  # what should be a feed, a sitemap or a list of addresses is none that can be read
    "duplicate-id",  # a declared id that another, different record holds
    "unsupported-media",  # a kind of file that no reader takes
    "paywall-stub",
    "index-page",
    "cookie-wall",
    "error-page",
    "not-an-article",
    "redacted",  # taken out by a person; its tombstone stays
    "fault",  # a stage broke on it: a defect of ours, named, so that it costs no other document
]


# What stands beside pages in every crawl and every saved page: nothing that could have been a report is lost with it.
_SKIPPED: frozenset[RejectionReason] = frozenset({"not-a-page", "redirect", "revisit"})


class Declared(Record, frozen=True, kw_only=True):
    """What a JSON Lines record (or a column mapping) says of its own document; `None` where it is silent.

    `charset` is the encoding that a server named for a page's bytes. `published_otherwise` is the date that the user
    gave for inputs which tell none themselves. `updated` is the date of the last change, where a feed's entry tells no
    other.
    """

    id: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    charset: str | None = None
    published_otherwise: str | None = None
    updated: str | None = None


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
        """One line for a person; what cannot be printed in it (names and columns are strangers') is replaced."""
        line = " ".join(f"{self.source}: {self.detail} [{self.reason}]".splitlines())
        return line if line.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in line)

    @property
    def note(self) -> str:
        """The line with what happened before it: "rejected: …", or "skipped: …" where nothing that could have been a
        report was lost."""
        return f"{'skipped' if self.reason in _SKIPPED else 'rejected'}: {self.line}"
