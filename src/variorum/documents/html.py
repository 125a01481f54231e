"""An HTML page to its visible text, line by line, furniture included, with what the elements around each line say.

The text is what a reader sees in document order: white space collapsed as browsers do, a line for each block element
and each ``<br>``, table cells of a row divided by tabs. Nothing is dropped but what is never shown (scripts, styles,
hidden elements, form controls).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from variorum.records import RejectionReason

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
    "dt": "heading",
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
        "newsletter teasers mostviewed recentposts popularposts morestories",
        "byline": "byline bylines author authors authorname contributor writer",
        "time": "timestamp dateline pubdate datetime publishdate published datepublished postdate "
        "datemodified dateupdated",
        "lead": "lead lede lead-text standfirst intro introduction subtitle subheadline subheading deck dek excerpt "
        "summary perex ingress chapo bajada copete entradilla vorspann anriss sumario sommario underrubrik undertitel "
        "synopsis",
        "headline": "headline headlines maintitle articletitle posttitle newstitle pagetitle storytitle entrytitle "
        "arttitle "
        "contenttitle titulo titulonoticia titular titre titel überschrift titolo tytul tit ttl",
        "nav": "nav navbar navigation menu breadcrumb breadcrumbs",
        "consent": "cookie cookies consent cookieconsent cookiebar cookiebanner cookienotice cookielaw gdpr cmp "
        "onetrust didomi cookiebot usercentrics truste trustarc iubenda klaro osano sourcepoint quantcast qccmp",
        "ad": "advert advertisement ads sponsored banner promo adslot",
    }.items()
}
_HINTING = frozenset().union(*_WORD_HINTS.values())
_NO_HINTS: frozenset[str] = frozenset()
_BY_TAG = {tag: frozenset({hint}) for tag, hint in _TAG_HINTS.items()}
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTURIES = frozenset({"19", "20"})
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_CLOCK = re.compile(r"\d\s?[:.hH]\s?\d\d")
_CLOCK_LETTERS = 24
_SPACE = re.compile(r"[ \t\n\r\f]+")
_NO_CLASS_HINTS = frozenset({"html", "body", "main", "article"})
_TELLING = frozenset({"a", "li", "time"})
_BOLD = frozenset({"b", "strong"})
_APART = frozenset({"a", "span", "time", "label", "button"})
_PICTURES = frozenset({"img", "amp-img"})
_CELLS = frozenset({"td", "th"})
_HEADING = ("h1", "h2", "h3")
_PARTING = ("br", "p", "div", "ul", "ol", "table", *_HEADING)
_MEANT = _BOLD | {"a"} | _TAG_HINTS.keys()  # tags that say something of their text without attributes
_UNBROKEN = _INLINE | _CELLS | _NEVER_SHOWN | {"br"}  # their ends end no line
_NAMING = frozenset({"id", "itemprop", "role", "data-testid", "data-component"})
_ASKED = _NAMING | {"hidden", "style"}
_NEVER_NEWS = ("script", "style", "svg", "template", "canvas", "select", "datalist", "math", "map")
_OF_HEAD = word_set("title meta link script style base noscript template object")
_NO_MAIN_TEXT = (
    *("head", "nav", "footer", "iframe", "noscript", "button", "input", "textarea", "video", "audio", "menu"),
    *("img", "source", "picture", "link", "meta"),
)
_MOST_TAGS = 200_000  # some 25 times what the longest of 258 real pages has
_CONTROLS = bytes({*range(9), 11, 12, *range(14, 32)})  # no HTML has them, and libxml2 ends the page at some
_ARCHIVES = frozenset({"wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato"})  # what web archives set over a page
_DOCTYPE = re.compile(rb"\s*<\s*!\s*doctype[^>]*>", re.IGNORECASE)


class Extracted(NamedTuple):
    """The text, its lines, and for each line the number of its path: lines of one number stand in elements of the same
    tags and classes up to the page's root, as the paragraphs of one text do."""

    text: str
    lines: list[Line]
    paths: list[int]


class Parsed(NamedTuple):
    """The tree of a page without its comments, or why there is none; neither where there is nothing to parse."""

    tree: HtmlElement | None
    problem: tuple[RejectionReason, str] | None = None


def parse(markup: str) -> Parsed:
    """The tree of a page, however broken. A page made to be costly ends here: one that has more tags than any page of
    news, or whose elements lie deeper in one another than the parser goes (2,048 levels)."""
    from lxml import etree, html

    if (tags := markup.count("<")) > _MOST_TAGS:
        return Parsed(None, ("too-large", f"it has {tags} tags, and no page of news has more than {_MOST_TAGS}"))
    content = _DOCTYPE.sub(b"", markup.encode("utf-8", "replace").translate(None, _CONTROLS), count=1)
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, collect_ids=False, huge_tree=True)
    # One class for all elements, looked up without calling Python for each.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Parsed(None)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        return Parsed(None, ("too-deep", "its elements lie deeper in one another than can be read"))
    if tree is None or not len(tree):
        return Parsed(None)
    _open_body(tree)
    return Parsed(tree)


def _open_body(tree: HtmlElement) -> None:
    """Where a page leaves out ``<body>``, what no head can hold begins it: libxml2 leaves the elements that it does not
    know (``<main>``, ``<article>``) in the head."""
    head = tree.find("head")
    strays = [] if head is None else list(head)
    while strays and strays[0].tag in _OF_HEAD:
        del strays[0]
    if head is None or not strays:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        tree.append(body)
    first, body.text = body.text, None
    strays[-1].tail = (strays[-1].tail or "") + (first or "") or None
    for number, element in enumerate(strays):
        body.insert(number, element)


def strip_scripts(tree: HtmlElement) -> None:
    """Cut the tree down to what can be seen: later walks are shorter. Metadata must have been read before."""
    from lxml import etree

    etree.strip_elements(tree, *_NEVER_NEWS, with_tail=False)


def strip_surroundings(tree: HtmlElement) -> None:
    """Cut the tree down to where main text can be, for an extractor. The text must have been written before."""
    from lxml import etree

    etree.strip_elements(tree, *_NO_MAIN_TEXT, with_tail=False)


def extract(tree: HtmlElement) -> Extracted:
    """The visible text of a page and its lines. Nothing visible gives an empty text."""
    writer = _Writer()
    writer.walk(tree)
    return Extracted("\n".join(writer.texts), writer.lines, writer.paths)


@lru_cache(maxsize=8192)
def words_of(names: str) -> frozenset[str]:
    """The lower-case words of an element's class, id and their kind: "articleBody-caption" has three."""
    wholes = names.replace("-", "").replace("_", "").lower().split()
    return frozenset((*" ".join(_WORDS.findall(names)).lower().split(" "), *wholes))


class _Open(NamedTuple):
    """An open element: its roles and those around it, its path, and whether it lies in a link. Elements that open alike
    inside what has one `number` are one."""

    hints: frozenset[str]
    path: int
    linked: bool
    bold: bool = False
    number: int = 0


class _Given(NamedTuple):
    """What an element's attributes give: its class, its other names, and the moment for machines."""

    names: str = ""
    more: tuple[str, ...] = ()
    moment: str | None = None


_NOTHING = _Given()


class _Writer:
    """Collects lines while the tree is walked without recursion, so no nesting is too deep."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.lines: list[Line] = []
        self.paths: list[int] = []
        self._at = 0
        self._pieces: list[str] = []
        self._hints: Counter[frozenset[str]] = Counter()
        self._counted = 0
        self._linked = 0
        self._path = 0
        self._known: dict[tuple[int, str, str], int] = {}
        self._open: dict[tuple[int, str, str, tuple[str, ...]], _Open] = {}
        self._moment: str | None = None
        self._given: str | None = None  # the moment that a block's attributes give
        self._links: list[str] = []
        self._lead: list[str] = []  # the bold text that the line opens with
        self._led = True
        self._item = False
        self._pictured = False  # whether a picture stands before the line
        self._ruled = False  # whether a rule does
        self._captions = 0  # the path of the text behind the last picture
        self._abuts = False  # whether an element of the line has ended with nothing behind it
        self._noted = False  # whether anything is noted of a line that has begun: most elements begin none

    def walk(self, tree: HtmlElement) -> None:
        from lxml import etree

        stack = [_Open(frozenset(), 0, False)]
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                attributes = element.items()
                given = _read(attributes) if attributes else _NOTHING
                if given is None or tag in _NEVER_SHOWN:
                    walker.skip_subtree()
                    stack.append(stack[-1])
                    continue
                block = tag not in _INLINE
                if block and self._noted:
                    self._break(in_cell=tag in _CELLS and not self._parts(element))
                around = stack[-1]
                if attributes or block or tag in _MEANT:
                    around = self._opened(given, tag, around, block)
                stack.append(around)
                if tag in _TELLING:
                    self._told(element, tag)
                elif tag in _PICTURES:
                    self._pictured = True
                elif tag == "hr":
                    self._ruled = True
                if text := element.text:
                    self._add(text, around)
            else:
                stack.pop()
                if self._noted and tag not in _UNBROKEN:
                    self._break()
                if tail := element.tail:
                    self._add(tail, stack[-1])
                elif tag in _APART:
                    self._abuts = True
        self._break()

    def _parts(self, cell: HtmlElement) -> bool:
        """Whether a cell of a row lays out the page, so that nothing before it in the row is of its line: the one
        before it holds several lines, or it holds headings."""
        before = cell.getprevious()
        parted = before is not None and next(before.iterdescendants(*_PARTING), None) is not None
        return parted or next(cell.iterdescendants(*_HEADING), None) is not None

    def _told(self, element: HtmlElement, tag: str) -> None:
        """Note what an element's attributes say of the line that it stands in."""
        self._noted = True
        if tag == "li":
            self._item = True
        elif tag == "a":
            self._links.append(element.get("href") or "")
        elif self._moment is None:
            self._moment = element.get("datetime")

    def _opened(self, given: _Given, tag: str, around: _Open, block: bool) -> _Open:
        names, more, moment = given
        if moment:
            self._given, self._noted = moment, True
        key = (around.number, tag, names, more)
        if opened := self._open.get(key):
            return opened
        path = around.path
        if block:
            path = self._known.setdefault((path, tag, names), len(self._known) + 1)
        telling = "" if tag in _NO_CLASS_HINTS else " ".join((names, *more)) if more else names
        hints = _hints_of(tag, telling)
        own = around.hints if hints <= around.hints else around.hints | hints
        linked, bold = around.linked or tag == "a", around.bold or tag in _BOLD
        if (own, path, linked, bold) != around[:4]:
            around = _Open(own, path, linked, bold, len(self._open) + 1)
        self._open[key] = around
        return around

    def _add(self, text: str, inside: _Open) -> None:
        weight = len(text.strip())
        if self._abuts:
            self._abuts = False
            # Style sheets set such elements apart: "NameMonday" is no word.
            if self._pieces and text[0].isupper() and self._pieces[-1][-1:].islower():
                self._pieces.append(" ")
        if not weight and not self._pieces:
            return  # no line begins with white space
        self._noted = True
        self._pieces.append(text)
        if weight:
            self._counted += weight
            self._linked += weight if inside.linked else 0
            self._hints[inside.hints] += weight
            self._path = inside.path
            if self._led and inside.bold:
                self._lead.append(text)
            else:
                self._led = False

    def _break(self, *, in_cell: bool = False) -> None:
        if not self._counted:
            if self._pieces:
                self._pieces.clear()
            self._begin()
            return
        if in_cell:
            self._pieces.append("\x1f")  # a cell's end survives the collapsing of white space
            return
        text = _SPACE.sub(" ", "".join(self._pieces))
        if "\x1f" in text:
            text = re.sub(r" ?\x1f ?", "\t", text)
        text = text.strip(" \t\u200b\ufeff\u00a0")
        if text:
            hints = frozenset.intersection(*self._hints)
            share = self._linked / self._counted
            for a, b in split_notices(text, 0, len(text)):
                pictured = self._pictured or self._captions == self._path
                self._captions = self._path if pictured else 0
                words = plain(text[a:b])
                moment, lead, item = (None, 0, False) if self._plain() else self._marks(words, b - a)
                place = (self._at + a, self._at + b)
                links = tuple(self._links)
                self.lines.append(
                    Line(
                        *place,
                        words,
                        hints,
                        False,
                        share,
                        moment,
                        lead,
                        item,
                        False,
                        links,
                        pictured,
                        self._path,
                        self._ruled,
                    )
                )
                self._pictured = self._ruled = False
                self.paths.append(self._path)
            self.texts.append(text)
            self._at += len(text) + 1
        self._pieces.clear()
        self._hints.clear()
        self._counted = self._linked = 0
        self._begin()

    def _begin(self) -> None:
        """Forget what was noted of the line before."""
        if not self._plain():
            self._moment = self._given = None
            self._links.clear()
            self._lead.clear()
            self._item = False
        self._led = True
        self._noted = False

    def _plain(self) -> bool:
        return not (self._links or self._lead or self._item or self._moment or self._given)

    def _marks(self, words: str, length: int) -> tuple[str | None, int, bool]:
        """The moment, the letters in bold and the item's mark of a line."""
        clocked = self._given if self._given and length <= _CLOCK_LETTERS and _CLOCK.search(words) else None
        lead = len(_SPACE.sub(" ", "".join(self._lead)).strip()) if self._lead else 0
        return self._moment or clocked, lead, self._item


def _read(attributes: list[tuple[str, str]]) -> _Given | None:
    """What an element's attributes give; None where they hide it."""
    names, moment = "", None
    more: list[str] = []
    for name, value in attributes:
        if name == "class":
            names = value
        elif name in _ASKED:
            if name == "hidden" or (name == "style" and _HIDDEN.search(value)) or (name == "id" and value in _ARCHIVES):
                return None
            if name in _NAMING and value:
                more.append(value)
        elif value[:2] in _CENTURIES and name[:5] == "data-" and _INSTANT.match(value):
            moment = value
    return _Given(names, tuple(more), moment) if names or more or moment else _NOTHING


def _hints_of(tag: str, names: str) -> frozenset[str]:
    own = _BY_TAG.get(tag, _NO_HINTS)
    for name in names.split():
        if hints := _hints_of_name(name):
            own = own | hints
    return own


@lru_cache(maxsize=16_384)
def _hints_of_name(name: str) -> frozenset[str]:
    """What one name of an element's class or id says of it; most say nothing."""
    words = words_of(name)
    if words.isdisjoint(_HINTING):
        return _NO_HINTS
    return frozenset(hint for hint, known in _WORD_HINTS.items() if not words.isdisjoint(known))
