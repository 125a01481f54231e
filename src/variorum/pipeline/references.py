"""What each document's relative times count from: its own date, else the dates of those it shares an origin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from variorum.records import Document, Provenance, ReferenceTime

NO_REFERENCE = ReferenceTime(basis="none")


def own_reference(document: Document) -> ReferenceTime:
    """From the document's own date alone."""
    if document.published is None:
        return NO_REFERENCE
    return ReferenceTime(basis="published", earliest=document.published, latest=document.published)


def reference_times(documents: Iterable[Document], provenance: Provenance) -> dict[str, ReferenceTime]:
    """For each document by id. An undated one borrows the range of days of the dated ones that share its origin; it
    says so in `basis`, and names them. Only full days are lent: a month would make every date of the borrower vague.
    """
    documents = sorted(documents, key=lambda document: document.id)
    dated: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        origin = provenance.origin_of.get(document.id)
        if origin is not None and document.published is not None and len(document.published) >= len("2024-01-18"):
            dated[origin].append(document)
    found = {}
    for document in documents:
        own = own_reference(document)
        lenders = dated.get(provenance.origin_of.get(document.id, ""), [])
        if own.basis == "none" and lenders:
            days = sorted((lender.published or "")[:10] for lender in lenders)
            own = ReferenceTime(
                basis="family",
                earliest=days[0],
                latest=days[-1],
                documents=tuple(lender.id for lender in lenders),
            )
        found[document.id] = own
    return found
