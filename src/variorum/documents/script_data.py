"""The text of a page that shows none: many sites send it as data of a script, which draws it in the browser.

Read are strings alone, whatever the program and the names of its data: JSON in scripts, JSON written as a string in
JSON, and the rows of text of streamed React pages (``__next_f``). What is taken must be prose, and of the page's
own title and description.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING

from .lines import count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST = 60  # words of a text: a shorter one is a teaser or a notice
_SHORT = 20  # characters of a string that is not looked at
_PIECE = 5  # words of one of several strings that make a text
# Of the title's runs of so many letters, the share that the text has, in Latin letters and in others: own texts of the
# 256 tuning pages have .33 and .24 (nine of ten), other pages' .19 and .00 (95 of a hundred have less).
_LATIN, _OTHER = (5, 0.3), (3, 0.12)
_RUNS = 15  # such runs at least: fewer are a site's name or a rubric, which stand in any text of it
_MOST = 3_000_000  # characters of scripts that are looked at
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
_LITERAL = re.compile(rf'(?:"(\w{{1,40}})"[ \t]*:[ \t]*)?(?:({_STRING})|")')
_STREAMED = re.compile(rf"__next_f\.push\(\[1,\s*({_STRING})\]\)")
_ROW = re.compile(rb"[0-9a-f]+:(?:T([0-9a-f]{1,8}),)?")
_BREAK = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|blockquote|figure|figcaption|section|article|table|tr)\b[^<>]*>", re.I
)
_UNREAD = re.compile(r"<(script|style|figcaption|figure)\b[^<>]*>.*?</\1\s*>", re.I | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?:\s|$)|[。！？।]")
_SLOT = re.compile(r"(?=.*[$#%{}\[\]_])[A-Z0-9\W_]*", re.ASCII)  # "$$AD_1$$": where a program puts something
_CODE = re.compile(r"[{}=;|\\]|https?://|function\b")


def script_texts(tree: HtmlElement) -> list[str]:
    """The scripts of a page that may carry data, linked data left out, in their order."""
    found: list[str] = []
    left = _MOST
    for element in tree.iter("script"):
        text = element.text or ""
        if len(text) > 200 and "ld+json" not in (element.get("type") or "").lower() and len(text) <= left:
            found.append(text)
            left -= len(text)
    return found


def told_in_scripts(scripts: Sequence[str], stated: Iterable[str]) -> str:
    """The article's text in the scripts of a page, a paragraph a line; empty where none agrees with what is `stated`
    of it (its title, its description)."""
    wanted = [_Stated(each) for each in dict.fromkeys(stated)]
    best, most = "", 0
    for found in _candidates(scripts) if wanted else ():
        words = count_words(found)
        if words < max(_LEAST, most + 1) or len(_ENDS.findall(found)) * 60 < words:
            continue
        if any(each.agrees(found) for each in wanted):
            best, most = found, words
    return best


def _candidates(scripts: Sequence[str]) -> Iterator[str]:
    """Every string of the scripts, and the strings under one key joined, as text."""
    streamed = "".join(str(_decoded(chunk)) for script in scripts for chunk in _STREAMED.findall(script))
    for row in _rows(streamed.encode("utf-8", "replace")):
        yield _plain(row)
    for script in (*scripts, streamed):
        pieces: dict[str, list[str]] = {}
        for key, value in _strings(script, 2):
            text = _plain(value)
            yield text
            if count_words(text) >= _PIECE and _ENDS.search(text) and not _CODE.search(text):
                pieces.setdefault(key, []).append(text)
        for _, texts in sorted(pieces.items()):
            if len(texts) > 1:
                yield "\n".join(dict.fromkeys(texts))


def _strings(text: str, depth: int) -> Iterator[tuple[str, str]]:
    """The string literals of a program with the key before each, and those inside literals that are data again."""
    for literal in _literals(text):
        value = _decoded(literal[2]) if len(literal[2]) > _SHORT else None
        if value is None:
            continue
        if depth and ('":"' in value or '": "' in value):
            yield from _strings(value, depth - 1)
        else:
            yield literal[1] or "", value


def _literals(text: str) -> Iterator[re.Match[str]]:
    """The literals of a program; one that never closes ends its line."""
    at = 0
    while (found := _LITERAL.search(text, at)) is not None:
        if found[2] is not None:
            at = found.end()
            yield found
        elif not (at := text.find("\n", found.end()) + 1):
            return


def _decoded(literal: str) -> str | None:
    try:
        value = json.loads(literal, strict=False)
    except ValueError:
        return None
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None


def _rows(stream: bytes) -> Iterator[str]:
    """The rows of text of a streamed page: ``1a:T4d2,`` and so many bytes; other rows end with their line."""
    at = 0
    while (row := _ROW.match(stream, at)) is not None:
        if row[1]:
            at = row.end() + int(row[1], 16)
            yield stream[row.end() : at].decode("utf-8", "replace")
        else:
            at = stream.find(b"\n", row.end()) + 1
            if not at:
                return


def _plain(value: str) -> str:
    """A string as text: without markup, a block a line."""
    if "<" not in value and "&lt;" in value:
        value = unescape(value)
    if "<" in value:
        value = _TAG.sub("", _BREAK.sub("\n", _UNREAD.sub("\n", value)))
    lines = (" ".join(line.split()) for line in unescape(value).splitlines())
    return "\n".join(line for line in lines if line and not _SLOT.fullmatch(line))


class _Stated:
    """What a page says of its text, by its runs of letters."""

    def __init__(self, text: str) -> None:
        self._length, self._share = _LATIN if sum(c.isascii() for c in text) > 0.75 * len(text) else _OTHER
        self._grams = self._of(text)

    def agrees(self, text: str) -> bool:
        """Whether a text is the one that was meant."""
        return len(self._grams) >= _RUNS and len(self._grams & self._of(text)) >= self._share * len(self._grams)

    def _of(self, text: str) -> set[str]:
        key = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
        return {key[at : at + self._length] for at in range(len(key) - self._length + 1)}
