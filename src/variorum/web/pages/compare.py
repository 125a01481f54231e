"""Compare: texts side by side, each with the first; what is shared, reworded or changed, and quotations apart."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.derivation import compare
from variorum.errors import QueryError
from variorum.exports.side_by_side import MEANING, SIGNS, Row, headline, rows
from variorum.pipeline import Edition
from variorum.records import DocumentQuery, EditionDocument
from variorum.web.rendering import Chosen

from .answering import Asked, chosen_of, page, shelf_of, shown
from .signing import names_in

MOST = 4
"""Texts that one page compares."""
_OFFERED = 200  # documents that the form lists


@dataclass(frozen=True)
class Pair:
    """The first text beside another. `narrated` are the rows of what both tell, `quoted` those of what both quote,
    `around` those of the pages around the texts. `differ` counts the rows in which a fact differs."""

    one: EditionDocument
    other: EditionDocument
    headline: str
    evidence: tuple[str, ...]
    narrated: tuple[Row, ...]
    quoted: tuple[Row, ...]
    around: tuple[Row, ...]

    @property
    def differ(self) -> int:
        return sum(row.kind == "changed" for row in self.narrated)


@dataclass(frozen=True)
class CompareView:
    chosen: tuple[EditionDocument, ...]
    pairs: tuple[Pair, ...]
    offered: tuple[EditionDocument, ...]
    signs: dict[str, str]
    meaning: dict[str, str]


def view(edition: Edition, chosen: Chosen) -> CompareView:
    """Raises UnknownIdError where there is no such document, QueryError where too many are named."""
    ids = dict.fromkeys(each for each in chosen.all("document") if each)
    if len(ids) > MOST:
        raise QueryError(f"{len(ids)} texts: a page compares {MOST} at most")
    found = [edition.edition_document(id_) for id_ in ids]
    if unread := [each for each in found if each.rejected is not None]:
        raise QueryError(f"{unread[0].source} was rejected: it has no text to compare")
    query = DocumentQuery(rejected=False, story=found[0].story if found and found[0].story else None)
    return CompareView(
        chosen=tuple(found),
        pairs=tuple(_pair(edition, found[0], other) for other in found[1:]),
        offered=edition.document_page(query, limit=_OFFERED).documents,
        signs={kind: sign for kind, sign in SIGNS.items() if kind != "page"},
        meaning={kind: told for kind, told in MEANING.items() if kind != "page"},
    )


def _pair(edition: Edition, one: EditionDocument, other: EditionDocument) -> Pair:
    first, second = edition.document(one.id), edition.document(other.id)
    compared = compare(first, second)
    laid_out = rows(first, second, compared)
    return Pair(
        one=one,
        other=other,
        headline=headline(first, second, compared),
        evidence=names_in(edition, compared.derivation.evidence if compared.derivation is not None else ()),
        narrated=tuple(row for row in laid_out if row.kind not in ("quotation", "page")),
        quoted=tuple(row for row in laid_out if row.kind == "quotation"),
        around=tuple(row for row in laid_out if row.kind == "page"),
    )


@page("/compare", seeks=True)
def compared(request: Asked) -> str:
    with shelf_of(request).now() as edition:
        found = view(edition, chosen_of(request))
    return shown(request, "compare.html.j2", found)


HANDLERS = [compared]
