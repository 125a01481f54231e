"""Header blocks: the labelled lines over a plain text ("Title: …", "Source: …"), as archives and notes write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .line_forms import is_prose
from .lines import Line
from .wording import header_codes, header_labels

HeaderField = Literal[
    "title", "outlet", "subject", "published", "updated", "author", "url", "section", "dateline", "credit", "other"
]

_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w/ -]{1,24}?)\s?:(?:\s+(?P<value>\S.*))?$", re.DOTALL)
_CODE = re.compile(r"(?P<code>[A-Z]{2,3})(?:[ \t]{2,}(?P<value>\S.*))?")
_RULE = re.compile(r"-{3,}|\+{3,}|={3,}")
_ITEM = re.compile(r"[-*]\s+(?=\S)")
_FRONT = 40  # lines of front matter
_LEAST_CODES = 4  # codes that make an export
_OTHERS = 6  # unlabelled lines among a header's
_LONGEST = 16  # lines of a header block
_MAIL = frozenset(
    {"from", "to", "sent", "date", "de", "von", "an", "à", "para", "от", "кому", "envoyé", "gesendet", "enviado"}
)
_NEAR = 3  # lines behind an unknown label among which a known one stands
_OWN_WORDS = 12
_LEAST = 2  # labelled lines that make one; a single "Title:" does, for no sentence begins so


class Header(NamedTuple):
    """One labelled line: what its value is of, and where in the text the value stands (empty for a bare label)."""

    field: HeaderField
    start: int
    end: int


def read_header(text: str, start: int, end: int) -> Header | None:
    """The labelled line at ``[start, end)``; None where its label is none that header blocks have."""
    match = _LABELLED.match(text, start, end)
    field = header_labels().get(" ".join(match["label"].lower().split())) if match else None
    if match is None or field is None or match.end() != end:
        return None
    value = match.span("value") if match["value"] else (end, end)
    return Header(field, *value)  # type: ignore[arg-type]


def header_block(text: str, lines: Sequence[Line]) -> dict[int, Header]:
    """The labelled lines at the top of a text, by their position in `lines`: front matter between rules, the coded
    fields of a database, or labels from the first line (or the second, under a headline without a label) on."""
    if found := _front_matter(text, lines) or _coded(text, lines):
        return found
    found = {}
    others = 0
    for number, line in enumerate(lines[:_LONGEST]):
        header = read_header(text, line.start, line.end)
        # Under other lines than a headline, only labels in capitals are those of an archive.
        if header is not None and (others < 2 or text[line.start : line.start + 4].isupper()):
            found[number] = header
            continue
        if _is_between(text, lines, number, found):
            found[number] = Header("other", line.end, line.end)
            continue
        others += 1
        archived = all(text[lines[n].start : lines[n].start + 4].isupper() for n in found)
        if not lines[1:] or line.words > 30 or (number > 0 and (not archived or is_prose(line) or others > _OTHERS)):
            break
    if not any(header.field == "title" for header in found.values()):
        mail = {text[lines[n].start : lines[n].end].partition(":")[0].lower() for n in found} & _MAIL
        alone = len(found) == 1 and 0 in found
        for number, header in found.items():
            if header.field == "subject" and (mail or alone):
                found[number] = header._replace(field="title")
    titled = any(header.field == "title" for header in found.values())
    return found if len(found) >= _LEAST or (titled and 0 in found) else {}


def _is_between(text: str, lines: Sequence[Line], number: int, found: dict[int, Header]) -> bool:
    """Whether a line with a label that no table has stands among labelled lines: one before it, another next behind."""
    line = lines[number]
    match = _LABELLED.match(text, line.start, line.end)
    if match is None or line.words > _OWN_WORDS or is_prose(line) or (number and number - 1 not in found):
        return False
    following = [read_header(text, each.start, each.end) for each in lines[number + 1 : number + 1 + _NEAR]]
    return sum(header is not None for header in following) > (0 if number else 1)


def _front_matter(text: str, lines: Sequence[Line]) -> dict[int, Header]:
    """The fields between two rules at the very top of a text, as note-takers and site generators write them."""
    if not lines or not _RULE.fullmatch(text, lines[0].start, lines[0].end):
        return {}
    last = next((n for n in range(1, min(_FRONT, len(lines))) if _RULE.fullmatch(lines[n].text)), 0)
    found: dict[int, Header] = {}
    field: HeaderField = "other"
    for number in range(1, last):
        line = lines[number]
        item = _ITEM.match(text, line.start, line.end)
        if item is None and not _LABELLED.match(text, line.start, line.end):
            return {}
        header = Header(field, item.end(), line.end) if item else read_header(text, line.start, line.end)
        header = header or Header("other", line.end, line.end)
        start, end = _unquoted(text, header.start, header.end)
        if header.field == "outlet" and text.startswith(("http://", "https://"), start):
            header = header._replace(field="url")
        field = header.field
        found[number] = Header(header.field, start, end)
    return found if len(found) >= _LEAST else {}


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in "\"'[ ":
        start += 1
    while end > start and text[end - 1] in "\"'] ":
        end -= 1
    return start, end


def _coded(text: str, lines: Sequence[Line]) -> dict[int, Header]:
    """The fields of a database's export: a code of two or three capitals, and its value behind spaces."""
    found: dict[int, Header] = {}
    known = 0
    for number, line in enumerate(lines):
        match = _CODE.fullmatch(text, line.start, line.end)
        if match is None:
            continue
        field = header_codes().get(match["code"])
        known += field is not None
        value = match.span("value") if match["value"] else (line.end, line.end)
        found[number] = Header(field or "other", *value)  # type: ignore[arg-type]
    return found if known >= _LEAST_CODES and min(found) <= _LEAST_CODES else {}
