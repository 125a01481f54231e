"""An edition as one self-contained page: a story a section, an event a dossier, every value opening its exact words.

No script, no outside request, light and dark, printable. Quotations carry some of the words around them; the whole
text of a document is never on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from variorum.exports import wording
from variorum.exports.quotations import Quotations
from variorum.exports.templates import template
from variorum.records import Document, EditionContent

from .view import EditionView

__all__ = ["render"]


def render(content: EditionContent, documents: Mapping[str, Document], quotations: Quotations | None = None) -> str:
    """The page of an edition; `documents` are those that its evidence reaches into, by id. With `quotations` no article
    is quoted beyond their limit."""
    style = (files("variorum.exports.html") / "edition.css").read_text(encoding="utf-8")
    return template(__name__, "edition.html.j2").render(
        view=EditionView(content, documents, quotations), wording=wording, style=style
    )
