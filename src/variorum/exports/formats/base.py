"""What every format is: a name, and a function from an edition to text or to files in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from variorum.exports.privacy import PrivacyOptions
from variorum.exports.quotations import QuotationLimit, Quotations
from variorum.exports.source import Source
from variorum.records import EditionDocument, Event, Record


class ExportOptions(Record, frozen=True, kw_only=True):
    """How an edition is written. `full_text` lets the texts of the documents, and quotations of any length, out; it
    needs names to be shown, for they stand in the texts. `previous` is the Atom feed that was written before. `privacy`
    says who is shown by name and how finely places are told; `secret` is the file that pseudonyms are made with, the
    user's own without it."""

    full_text: bool = False
    previous: str = ""
    privacy: PrivacyOptions = PrivacyOptions(places="site")
    secret: Path | None = None


class Job:
    """One export on its way: what is read, what may be quoted, and what was left out and why."""

    def __init__(self, source: Source, options: ExportOptions | None = None) -> None:
        self.source = source
        self.options = options or ExportOptions()
        self.quotations = Quotations(source, None if self.options.full_text else QuotationLimit())
        self.left_out: Counter[str] = Counter()
        self._blank: Counter[str] = Counter()

    def count_blanks(self, event: Event) -> None:
        """Count what a row of an event says nothing of where others would look first: when it was, and where."""
        if event.time is None or (event.time.earliest is None and event.time.latest is None):
            self._blank["without a date"] += 1
        if event.place is None:
            self._blank["without a place"] += 1

    def notes(self) -> Iterator[str]:
        """What a user should know of what is missing in the export, a line each."""
        if not self.source.versions:
            yield "this edition is unfinished: its run was stopped; run the same collate again"
        for reason, count in sorted(self.left_out.items()):
            yield f"left out: {count} event{'s' * (count != 1)} {reason}"
        for what, count in sorted(self._blank.items()):
            yield f"blank: {count} row{'s' * (count != 1)} {what}, for no account tells it"
        if hidden := getattr(self.source, "hidden", 0):
            yield f"under pseudonyms: {hidden} private person{'s' * (hidden != 1)} (--names shows them)"
        if cut := self.quotations.cut:
            articles = self.quotations.articles
            limit = QuotationLimit()
            yield (
                f"cut: {cut} quotation{'s' * (cut != 1)} of {articles} article{'s' * (articles != 1)} (of one article "
                f"at most {limit.characters:,} characters and {limit.share:.0%} of its text are quoted; --full-text "
                "lifts this)"
            )


_MEDIA_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".geojson": "application/geo+json",
    ".html": "text/html",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".graphml": "application/xml",
    ".atom": "application/atom+xml",
}


class Format(NamedTuple):
    """`text` gives the format as pieces of text, `folder` writes it as files into a folder that exists; one of them is
    None. `suffix` is that of the file's name."""

    name: str
    summary: str
    suffix: str = ""
    text: Callable[[Job], Iterator[str]] | None = None
    folder: Callable[[Job, Path], None] | None = None

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES.get(self.suffix, "application/octet-stream")


def tellers(job: Job, event: Event) -> list[EditionDocument]:
    """The documents that tell an event, by the day of their publication; undated ones last."""
    documents = [job.source.document(id_) for id_ in event.documents]
    return sorted(documents, key=lambda each: (each.published is None, each.published or "", each.id))


def outlet_name(document: EditionDocument) -> str:
    """Who published a document; the name of its source where no outlet is known."""
    return document.outlet or document.source
