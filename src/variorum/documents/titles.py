"""Titles: the headline without the name, section or date that a site puts around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import unescape

from .head_lines import without_slug
from .wording import is_masthead

_MARKS = r"|｜_ㅣ–—―•·*»«:：‹›<>/-"
_TAIL = re.compile(rf"(?:\s+[{_MARKS}]+\s*|\s*[|｜ㅣ：»]+\s*)(?P<tail>[^|｜ㅣ：»–—]{{2,60}})$")
_HEAD = re.compile(r"^(?P<head>[^|｜ㅣ]{2,40}?)(?:\s*[|｜ㅣ：]\s*|:\s+|\s+[-–—]\s+)")
_OPEN = re.compile(rf"\s*(?:[{_MARKS}]|,\s)")
_TAGS = re.compile(r"</?[a-zA-Z][^>]{0,200}>")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_COMPARED = 50  # titles of one page: real ones declare up to ten
_HEADLINE_SPACES = 2  # between the words of a headline behind a site's name
_SHORTEST = 12  # letters of a title that another may be cut down to


def clean_title(text: str) -> str:
    """A title without markup, character references, white space at its edges and what agencies put before it."""
    if "<" in text or "&" in text:
        text = _TAGS.sub("", unescape(unescape(text)))
    return without_slug(" ".join(text.replace("\xad", "").split()))


def bare_titles(values: Sequence[str], own: Collection[str]) -> list[str]:
    """Each of a page's titles without what its site adds.

    What stands behind a title (or before it, with a bar between) is the site's where another of the titles is the same
    without it, or where it is a name of the site's own (`own`, as `author_names.squash` gives names). Each is compared
    with the first `_COMPARED` different ones.
    """
    others = list(dict.fromkeys(values))[:_COMPARED]
    keys = {_key(value) for value in others}
    return [_bare(value, keys, others, own) for value in values]


def _bare(value: str, keys: Collection[str], values: Sequence[str], own: Collection[str]) -> str:
    if (
        (head := _HEAD.match(value))
        and _key(head["head"]) in keys
        and is_masthead(head["head"])
        and value.count(" ", head.end()) > max(_HEADLINE_SPACES, head["head"].count(" "))
    ):
        return value[head.end() :]  # "Site: headline", where the site's name is the first heading
    shorter = [each for each in values if len(each) >= _SHORTEST and value.startswith(each) and len(value) > len(each)]
    for each in sorted(shorter, key=lambda each: (len(each), each)):
        if _OPEN.match(value, len(each)):
            return each
    if _CUT_OFF.search(value):
        stem = _CUT_OFF.sub("", value)
        whole = [each for each in values if each.startswith(stem) and len(each) > len(value) and "…" not in each]
        if whole:
            return min(whole, key=lambda each: (len(each), each))
    while tail := _TAIL.search(value):
        rest = value[: tail.start()].rstrip()
        if not rest or not (_key(rest) in keys or _is_own(tail["tail"], own)):
            break
        value = rest
    while (head := _HEAD.match(value)) and _is_own(head["head"], own):
        value = value[head.end() :]
    return value


def _is_own(name: str, own: Collection[str]) -> bool:
    key = _key(name).removeprefix("the")
    return bool(key) and any(
        key == each or (len(each) > 3 and key in {f"{each}{end}" for end in _ENDS}) for each in own
    )


_ENDS = ("com", "online", "news", "web", "digital", "net", "org", "de", "at", "ch", "fr", "es", "it", "couk", "www")


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
