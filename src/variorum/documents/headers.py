"""Header blocks: the labelled lines over a plain text ("Title: …", "Source: …"), as archives and notes write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from .lines import Line
from .wording import header_labels

HeaderField = Literal["title", "outlet", "published", "updated", "author", "url", "section", "dateline", "other"]

_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w -]{1,24}?)\s?:(?:\s+(?P<value>\S.*))?$", re.DOTALL)
_LONGEST = 16  # lines of a header block
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
    """The labelled lines at the top of a text, by their position in `lines`: from the first line, or from the second
    under a headline without a label, as long as they follow one another."""
    found: dict[int, Header] = {}
    for number, line in enumerate(lines[:_LONGEST]):
        header = read_header(text, line.start, line.end)
        if header is not None:
            found[number] = header
        elif number > 0 or not lines[1:] or line.words > 30:
            break
    titled = any(header.field == "title" for header in found.values())
    return found if len(found) >= _LEAST or (titled and 0 in found) else {}
