"""Under which name a reader rules, and documents by name in sentences that name them by id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from litestar.datastructures import Cookie

from variorum.errors import UnknownIdError
from variorum.pipeline import Edition

from .answering import Asked

AUTHOR = "variorum-author"
"""The cookie that remembers the name."""
_LONGEST = 200
_ID = re.compile(r"\bd-[0-9a-f]{16}\b")


def author_of(request: Asked) -> str:
    return unquote(request.cookies.get(AUTHOR, ""))[:_LONGEST]


def remembered(author: str) -> Cookie:
    return Cookie(AUTHOR, value=quote(author[:_LONGEST]), path="/", httponly=True, samesite="strict")


def names_in(edition: Edition, sentences: Iterable[str]) -> tuple[str, ...]:
    """Sentences with the outlets of the documents in the place of their ids."""

    def named(match: re.Match[str]) -> str:
        try:
            found = edition.edition_document(match.group())
        except UnknownIdError:
            return match.group()
        return found.outlet or found.title or found.source

    return tuple(_ID.sub(named, sentence) for sentence in sentences)
