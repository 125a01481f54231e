"""What leaves the edition as a file: under pseudonyms unless told otherwise, and noted in the log of custody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Annotated

from litestar.params import QueryParameter

from variorum.exports.formats import ExportOptions, Job
from variorum.exports.privacy import Grain, PrivacyOptions
from variorum.pipeline.exporting import job, told_of
from variorum.records import DocumentQuery, EventQuery
from variorum.web.shelf import Shelf

Names = Annotated[bool, QueryParameter(name="names", description="Private persons by name, not under pseudonyms.")]
Places = Annotated[Grain, QueryParameter(name="places", description="The finest grain of a place that is told.")]


def options_of(*, names: bool, places: Grain, full_text: bool = False) -> ExportOptions:
    """How what was asked for is written."""
    return ExportOptions(privacy=PrivacyOptions(pseudonyms=not names, places=places), full_text=full_text)


def written(
    shelf: Shelf,
    name: str,
    query: EventQuery | DocumentQuery,
    options: ExportOptions,
    write: Callable[[Job], Iterator[str]],
) -> Iterator[str]:
    """What `write` makes of the edition, piece by piece; when the last was sent it is noted under `name`."""
    state = hashlib.sha256()
    with shelf.now() as edition, job(edition, query, options, shelf.pseudonyms) as found:
        for piece in write(found):
            state.update(piece.encode("utf-8", "replace"))
            yield piece
    shelf.note(name, state.hexdigest(), noted(query, options))


def noted(query: EventQuery | DocumentQuery, options: ExportOptions) -> dict[str, str]:
    """What the log says of a download."""
    asked = {} if query in (EventQuery(), DocumentQuery()) else {"of": "what answers a query"}
    return {"over": "the API", **asked, **told_of(options)}
