"""Documents: a page becomes its stored text, blocks marked over it, metadata with evidence, and a verdict on quality.

    Page ─▶ decoding ─▶ plain_lines | html.extract + main_text ─▶ marking ─▶ metadata, language, quality ─▶ Document

Plain text, JSON Lines and HTML meet at `lines.Line`: from there on all are marked by the same rules.
"""

from .dates import readable_date
from .making import DocumentOptions, content_id, make_document

__all__ = ["DocumentOptions", "content_id", "make_document", "readable_date"]
