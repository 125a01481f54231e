"""Which documents of an edition the correction notices of others are of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from variorum.records import Document

_SCHEME = re.compile(r"^https?://(?:www\.|m\.|amp\.)?", re.IGNORECASE)


def corrected_by(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """For each document with notices of other texts, the ids of those that are here, sorted: by their address, else by
    their title, which must be that of texts of the same outlet where both outlets are known."""
    documents = sorted(documents, key=lambda document: document.id)
    by_url: defaultdict[str, list[Document]] = defaultdict(list)
    by_title: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.url:
            by_url[_address(document.url)].append(document)
        if document.title:
            by_title[_key(document.title)].append(document)
    found = {}
    for document in documents:
        ids: set[str] = set()
        for notice in document.corrections:
            named = by_url[_address(notice.url)] if notice.url else []
            if not named and notice.title:
                named = [each for each in by_title[_key(notice.title)] if _one_outlet(document, each)]
            ids.update(each.id for each in named)
        if ids := ids - {document.id}:
            found[document.id] = tuple(sorted(ids))
    return found


def _address(url: str) -> str:
    return _SCHEME.sub("", url).split("#")[0].split("?")[0].rstrip("/").casefold()


def _key(title: str) -> str:
    return re.sub(r"[\W_]+", "", title.casefold())


def _one_outlet(one: Document, other: Document) -> bool:
    return one.outlet is None or other.outlet is None or _key(one.outlet) == _key(other.outlet)
