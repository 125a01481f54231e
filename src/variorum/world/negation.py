"""Words that negate or deny, by their forms alone."""

from __future__ import annotations

import re
from functools import cache

from variorum.packaged import data_table

from .words import stem

_NEGATING_KINDS = frozenset({"deny", "prevent", "refuse", "fail", "cancel", "end"})
_MORE = re.compile(
    r"no|not|never|none|nobody|nothing|neither|nor|without|cannot|nt|false(?:ly)?|untrue|un(?:hurt|harmed|founded)|baseless"
    r"|den(?:y|ies|ied|ying|ials?)|refus\w*|fail\w*|unable|escaped|(?:disput|dismiss|reject|contradict|fabricat)\w*|hoax|lies?|lack(?:ed|ing)?|zero|.*n't"
)


def negates(word: str) -> bool:
    """Whether a word, in small letters with a straight apostrophe, may say that something did not happen."""
    return stem(word) in negating_stems() or _MORE.fullmatch(word) is not None


@cache
def negating_stems() -> frozenset[str]:
    """The stems of all words that make what they rule over not happen, of the packaged operators."""
    found = set()
    for group in data_table("coding-operators.toml")["operators"]:
        if group["kind"] in _NEGATING_KINDS:
            found |= {stem(re.split(r"[ +]", words)[0]) for words in group["words"]}
    return frozenset(found)
