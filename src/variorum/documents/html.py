"""An HTML page to its visible text, line by line, furniture included, with what the elements around each line say.

The text is what a reader sees in document order: white space collapsed as browsers do, a line for each block element
and each ``<br>``, table cells of a row divided by tabs. Nothing is dropped but what is never shown (scripts, styles,
hidden elements, form controls).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from .lines import Line, split_notices
from .wording import plain, word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEVER_SHOWN = word_set(
    "script style noscript template head svg iframe object embed select option datalist textarea input map area "
    "audio video canvas dialog math"
)
_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr picture source button output meter progress"
)
_TAG_HINTS = {
    "nav": "nav",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "figcaption": "caption",
    "h1": "h1",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "time": "time",
    "button": "button",
    "table": "table",
    "blockquote": "quote",
    "address": "byline",
    "menu": "nav",
}
# Whole words of class, id, itemprop and role, as common site software uses them.
_WORD_HINTS = {
    hint: word_set(words)
    for hint, words in {
        "comment": "comment comments commentlist respond disqus commenting replies",
        "caption": "caption captions figcaption imagecaption cutline photocaption mediacaption",
        "share": "share sharing sharedaddy addthis addtoany socials social-share sharebar sharetools",
        "related": "related recommended recommendations outbrain taboola readmore trending mostread popular "
        "newsletter teasers",
        "byline": "byline bylines author authors authorname contributor writer",
        "time": "timestamp dateline pubdate datetime publishdate published datepublished postdate "
        "datemodified dateupdated",
        "nav": "nav navbar navigation menu breadcrumb breadcrumbs",
        "ad": "advert advertisement ads sponsored banner promo adslot",
    }.items()
}
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_NO_CLASS_HINTS = frozenset({"html", "body", "main", "article"})


class Extracted(NamedTuple):
    """The text, its lines, the parsed tree (for metadata) and the page's markup as parsed."""

    text: str
    lines: list[Line]
    tree: HtmlElement | None


def parse(markup: str) -> HtmlElement | None:
    """The tree of a page, however broken; None where there is none to make."""
    from lxml import etree, html

    content = markup.encode("utf-8", "replace").replace(b"\x00", b"")
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree is not None and len(tree) else None


def extract(markup: str) -> Extracted:
    """The visible text of a page and its lines. Nothing visible gives an empty text."""
    tree = parse(markup)
    if tree is None:
        return Extracted("", [], None)
    writer = _Writer()
    writer.walk(tree)
    return Extracted("\n".join(writer.texts), writer.lines, tree)


def words_of(element: HtmlElement) -> frozenset[str]:
    """The lower-case words of an element's class, id, itemprop and role: "articleBody-caption" has three."""
    values = [element.get(name) or "" for name in ("class", "id", "itemprop", "role", "data-testid", "data-component")]
    joined = " ".join(values)
    if not joined.strip():
        return frozenset()
    pieces = [piece.lower() for piece in _WORDS.findall(joined)]
    wholes = [re.sub(r"[-_]", "", token).lower() for token in joined.split()]
    return frozenset(pieces) | frozenset(wholes)


class _Writer:
    """Collects lines while the tree is walked without recursion, so no nesting is too deep."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.lines: list[Line] = []
        self._at = 0
        self._pieces: list[str] = []
        self._hints: Counter[str] = Counter()
        self._counted = 0
        self._linked = 0

    def walk(self, tree: HtmlElement) -> None:
        from lxml import etree

        open_hints: list[frozenset[str]] = [frozenset()]
        links = 0
        walker = etree.iterwalk(tree, events=("start", "end", "comment"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "comment":
                self._add(element.tail, open_hints[-1], links)
            elif event == "start":
                if tag in _NEVER_SHOWN or _is_hidden(element):
                    walker.skip_subtree()
                    open_hints.append(open_hints[-1])
                    links += tag == "a"
                    continue
                if tag == "br" or tag not in _INLINE:
                    self._break("\t" if tag in {"td", "th"} else "\n")
                open_hints.append(open_hints[-1] | _hints_of(element, tag))
                links += tag == "a"
                self._add(element.text, open_hints[-1], links)
            else:
                open_hints.pop()
                links -= tag == "a"
                if tag not in _INLINE and tag not in {"br", "td", "th"} and tag not in _NEVER_SHOWN:
                    self._break("\n")
                self._add(element.tail, open_hints[-1], links)
        self._break("\n")

    def _add(self, text: str | None, hints: frozenset[str], links: int) -> None:
        if not text:
            return
        self._pieces.append(text)
        weight = len(text.strip())
        if weight:
            self._counted += weight
            self._linked += weight if links else 0
            for hint in hints:
                self._hints[hint] += weight

    def _break(self, mark: str) -> None:
        if mark == "\t":
            if self._counted:
                self._pieces.append("\x1f")  # a cell's end survives the collapsing of white space
            return
        text = _SPACE.sub(" ", "".join(self._pieces)).replace("\x1f", "\t")
        text = re.sub(r" ?\t ?", "\t", text).strip(" \t\u200b\ufeff\u00a0")
        if text:
            hints = frozenset(hint for hint, weight in self._hints.items() if weight >= self._counted)
            start = self._at
            for a, b in split_notices(text, 0, len(text)):
                share = self._linked / self._counted if self._counted else 0.0
                self.lines.append(Line(start + a, start + b, plain(text[a:b]), hints, False, share))
            self.texts.append(text)
            self._at += len(text) + 1
        self._pieces.clear()
        self._hints.clear()
        self._counted = self._linked = 0


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _hints_of(element: Any, tag: str) -> frozenset[str]:
    hints = {_TAG_HINTS[tag]} if tag in _TAG_HINTS else set()
    if tag not in _NO_CLASS_HINTS and (words := words_of(element)):
        hints.update(hint for hint, known in _WORD_HINTS.items() if words & known)
    return frozenset(hints)
