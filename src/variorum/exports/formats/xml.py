"""Text that may stand in XML."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 allows no document to hold, however it is written ("2.2 Characters").
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", value))


def attribute(value: str) -> str:
    """The value in its quotation marks."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", value))
