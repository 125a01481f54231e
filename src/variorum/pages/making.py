"""Bytes to a page, or to the reason why they are none: what every reader ends in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from variorum.identity import digest, stable_id
from variorum.records import Declared, Media, Page, Rejection, RejectionReason

from .kinds import binary_kind
from .options import PageOptions

_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]*)")
# Elements that a parser closes by itself, and those without an end: they make no nesting.
_SELF_CLOSING = frozenset(
    b"p li dt dd tr td th option optgroup thead tbody tfoot colgroup rt rp area base br col embed hr img input link "
    b"meta param source track wbr html head body script style".split()
)
_DEEP = 250  # libxml2 drops whatever is nested more than 256 deep, and says so


def shown(name: str) -> str:
    """A file's name as a source has it: on one line, and Unicode text whatever its bytes are (``a\\xff.txt``)."""
    if name.isprintable():
        return name
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def rejected(source: str, reason: RejectionReason, detail: str) -> Rejection:
    """The rejection of an input that gave no content: its id comes from where it was named and what is wrong."""
    detail = " ".join("".join(c if c.isprintable() else " " for c in detail).split())  # it may quote the input
    return Rejection(id=stable_id("r", (source, reason, detail)), source=source, reason=reason, detail=detail)


def too_large(source: str, limit: int, what: str = "file") -> Rejection:
    return rejected(source, "too-large", f"it is over the size limit of {limit / 1e6:g} MB a {what}")


def first_line(error: Exception) -> str:
    """What an exception says, in one line."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def make_page(
    content: bytes,
    source: str,
    media: Media,
    options: PageOptions,
    *,
    declared: Declared | None = None,
    captured: str | None = None,
) -> Page | Rejection:
    """A page of a whole file, member or archive's record. Its id hashes content and declaration; a file that declares
    nothing has the id of its bytes alone."""
    if len(content) > options.file_bytes:
        return too_large(source, options.file_bytes)
    if problem := _problem(content, media, options):
        return rejected(source, *problem)
    declared = declared or Declared()
    stated = [each for each in (declared.url, declared.charset) if each]
    id_ = stable_id("p", (media, digest(content), *stated))
    return Page(id=id_, source=source, media=media, content=content, declared=declared, captured=captured)


def id_fits(page: Page) -> bool:
    """Whether a page's id is the hash of its content and declaration, as one of the readers makes it."""
    declared = page.declared
    named = [declared.title, declared.published, declared.url, declared.outlet, declared.language]
    named += [declared.updated] if declared.updated else []
    media, content = page.media, digest(page.content)
    made = [
        stable_id("p", (media, content, *(each for each in (declared.url, declared.charset) if each))),
        stable_id("p", (media, content, *named)),  # of a feed's entry
        stable_id("p", (media, content, declared.id, *named)),  # of a record
    ]
    if declared.published_otherwise is not None:
        made = [stable_id("p", (id_, declared.published_otherwise)) for id_ in made]
    return page.id in made


def dated_otherwise(page: Page | Rejection, published: str) -> Page | Rejection:
    """The page with a date for the case that it tells none itself; another date makes it another page."""
    if isinstance(page, Rejection) or page.declared.published:
        return page
    declared = msgspec.structs.replace(page.declared, published_otherwise=published)
    return msgspec.structs.replace(page, id=stable_id("p", (page.id, published)), declared=declared)


def _problem(content: bytes, media: Media, options: PageOptions) -> tuple[RejectionReason, str] | None:
    if media == "application/pdf":
        return None if b"%PDF-" in content[:1024] else ("binary", "its content is no PDF")
    if kind := binary_kind(content):
        return "binary", f"its content is not text but {kind}"
    if media != "text/html":
        return None
    if (tags := content.count(b"<")) > options.tags:
        return "bomb", f"it has {tags:,} tags, and no page of news has more than {options.tags:,}"
    if _may_be_deep(content) and _is_deep(content):
        return "too-deep", "its elements are nested more than 256 deep, and a parser drops what stands there"
    return None


def _may_be_deep(content: bytes) -> bool:
    """A quick look that errs to yes: start tags without their end tags count as open."""
    depth = 0
    for match in _TAG.finditer(content):
        end, name = match.groups()
        if name.lower() not in _SELF_CLOSING:
            depth += -1 if end else 1
            if depth > _DEEP:
                return True
            depth = max(depth, 0)
    return False


def _is_deep(content: bytes) -> bool:
    """Whether the parser itself drops text for its depth."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8")
    try:
        etree.fromstring(content, parser)
    except etree.LxmlError:
        return False  # the stage that makes documents says what is wrong with it
    return any("depth" in entry.message.lower() for entry in parser.error_log)


class Tally:
    """What of one archive gives no page, counted by reason and kind: one rejection a reason in the end."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._found: dict[RejectionReason, Counter[str]] = {}

    def add(self, reason: RejectionReason, what: str) -> None:
        """`what` finishes "312 records: …": "images", "status 404"."""
        self._found.setdefault(reason, Counter())[what] += 1

    def rejections(self, unit: str) -> Iterator[Rejection]:
        """In the order of reasons; `unit` is "record" or "file"."""
        for reason, kinds in sorted(self._found.items()):
            total = sum(kinds.values())
            most_first = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
            listed = ", ".join(f"{count:,} {what}" for what, count in most_first)
            yield rejected(self._source, reason, f"{total:,} {unit}{'s' if total > 1 else ''} left out: {listed}")
