"""Documents: the stored text of a page, its blocks, and its metadata as candidates with where each was found."""

from __future__ import annotations

from typing import Literal

from .base import Record, Span
from .pages import Rejection

BlockKind = Literal[
    "title",
    "section",  # a rubric over the page ("Asia World"), or the heading of a round-up's section
    "round-up",  # one section of a round-up of several stories
    "entry",  # one entry of a live blog
    "dateline",
    "date",  # a line that only dates the page
    "byline",
    "lead",  # the page's summary of its text, between title and body
    "body",
    "table",
    "pull-quote",
    "caption",
    "media",  # what stands for a picture or an interactive ("Image", a file's name)
    "credit",  # who made the text or the picture: furniture, and evidence
    "correction",
    "share",
    "related",
    "comment-form",
    "furniture",  # any other part of the page that is no news
]

READ_KINDS: frozenset[BlockKind] = frozenset({"title", "lead", "body", "entry", "round-up", "pull-quote", "correction"})
"""The kinds whose words tell what happened: annotation and coding read these and nothing else."""

NARRATIVE_KINDS: frozenset[BlockKind] = READ_KINDS - {"title", "pull-quote"}
"""The kinds that hold a text's own prose: derivation compares these."""


class Block(Record, frozen=True, kw_only=True):
    """One part of a document's text, by what it is. Blocks do not overlap and stand in text order; white space
    between them belongs to none. A dateline that opens a paragraph is a block of its own before the body block."""

    start: int
    end: int
    kind: BlockKind
    moment: str | None = None  # the time that a live-blog entry carries, ISO 8601
    part: int | None = None  # which entry or section of the page, from 0: one that furniture cuts in two has two blocks

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


CandidateField = Literal[
    "title", "outlet", "author", "dateline-place", "published", "updated", "language", "url", "credit", "paywall"
]


class Candidate(Record, frozen=True, kw_only=True):
    """One thing that a page says of itself, and where. `chosen` marks the one in force, `reason` says why it won."""

    field: CandidateField
    value: str
    found_in: str  # "meta article:published_time", "first line", "credit line", "declared", "file name"
    span: Span | None = None  # where it stands in the text, if it does
    chosen: bool = False
    reason: str = ""


CreditRole = Literal["source", "agency", "reporting", "first-published", "photo", "self"]


class Credit(Record, frozen=True, kw_only=True):
    """A credit as the page words it: whose text (or picture) this is. `self` is a page that credits itself."""

    name: str
    role: CreditRole
    span: Span | None
    found_in: str


class Correction(Record, frozen=True, kw_only=True):
    """A notice that something was told wrongly. `url` and `title` name the text that it corrects, as it names it; both
    are None where that is the text in which it stands. `was` and `now` are the wrong words and the right ones in the
    notice, where it has them."""

    span: Span
    url: str | None = None
    title: str | None = None
    was: Span | None = None
    now: Span | None = None


class Document(Record, frozen=True, kw_only=True):
    """The text that was made of a page. `text` is never changed after: every later fact counts its characters.

    `published` keeps the precision of its source: "2024-01", "2024-01-18", "2024-01-18T09:30:00+05:00", or None.
    `rejected` documents are stored and take no part in later stages. `supported` is False where no pipeline reads the
    language: such a document is kept, may belong to a family of copies, and yields no events.
    """

    id: str
    page: str
    source: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    language: str | None = None
    supported: bool = True
    credits: tuple[Credit, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    rejected: Rejection | None = None
    corrections: tuple[Correction, ...] = ()

    def spans(self, kinds: frozenset[BlockKind]) -> tuple[Span, ...]:
        """The spans of the blocks of these kinds, in text order."""
        return tuple(block.span for block in self.blocks if block.kind in kinds)
