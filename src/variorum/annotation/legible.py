"""Text as a reader sees it: styled letters as plain ones, without signs that are not shown.

Posts write in "bold" letters that are signs of mathematics (Unicode, block 1D400), wide ones of East Asian type (block
FF00), and pages carry soft hyphens, spaces of no width and marks of direction inside words. The text of a document
stays as it is; layers look at one of these views of it. `folded` has the same length, so that offsets hold; `visible`
leaves signs out and gives the offset of each that stays.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that are not shown, as a class of a regular expression has them."""
_HIDDEN = re.compile(f"[{HIDDEN}]+")
_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e]")


def folded(text: str) -> str:
    """`text` with its styled letters, figures and signs as plain ones, of the same length."""
    return _STYLED.sub(lambda match: _plain(match[0]), text)


def bare(text: str) -> str:
    """`text` folded, without what is not shown."""
    return _HIDDEN.sub("", folded(text)) if is_veiled(text) else text


def is_veiled(text: str) -> bool:
    """Whether a text has styled letters or signs that are not shown."""
    return not text.isascii() and (_HIDDEN.search(text) is not None or _STYLED.search(text) is not None)


def visible(text: str) -> tuple[str, list[int]]:
    """What `bare` gives, and the offset in `text` of each of its characters."""
    offsets = [i for i, c in enumerate(text) if not _HIDDEN.match(c)]
    view = folded(text)
    return "".join([view[i] for i in offsets]), offsets


@lru_cache(maxsize=2048)
def _plain(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
