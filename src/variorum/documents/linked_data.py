"""Linked data (JSON-LD) of a page: the nodes that describe its article, and the names in their values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = dict[str, Any]

_ARTICLE = re.compile(r"Article|BlogPosting|Report$|LiveBlogPosting|Analysis", re.IGNORECASE)
_NO_ARTICLE = re.compile(r"^(?:ItemList|WebSite|BreadcrumbList|Organization|NewsMediaOrganization)$")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING = re.compile(r",\s*([}\]])")
_TAGS = re.compile(r"<[^>]{1,200}>")
_DEEPEST = 8


class Name(NamedTuple):
    """One named thing: its name, its type ("Person", "Organization" or empty) and its address (or empty)."""

    text: str
    kind: str = ""
    url: str = ""


class LinkedData(NamedTuple):
    """The nodes of a page that describe its article, the article itself first, and every node that has an ``@id``."""

    articles: list[Node]
    by_id: dict[str, Node]

    def names(self, value: object) -> list[Name]:
        """The names in a value: strings, things with a name, references to such by ``@id``, or lists of these."""
        return list(dict.fromkeys(self._names(value, 0)))

    def text(self, key: str) -> str:
        """The longest text that an article node has under `key`, without markup."""
        texts = [value for node in self.articles if isinstance(value := node.get(key), str)]
        longest = max(texts, key=len, default="")
        if "<" not in longest and "&lt;" in longest:
            longest = unescape(longest)  # markup that was escaped once more
        return unescape(_TAGS.sub("\n", longest)) if "<" in longest else unescape(longest)

    def _names(self, value: object, depth: int) -> Iterator[Name]:
        if isinstance(value, str):
            known = self.by_id.get(value)
            if known is not None and depth < _DEEPEST:
                yield from self._names(known, depth + 1)
            elif text := " ".join(unescape(value).split()):
                yield Name(text)
        elif isinstance(value, list):
            for item in value:
                yield from self._names(item, depth)
        elif isinstance(value, dict) and depth < _DEEPEST:
            yield from self._named(value, depth)

    def _named(self, node: Node, depth: int) -> Iterator[Name]:
        name, own = node.get("name"), node.get("@id")
        if not name and isinstance(own, str) and (known := self.by_id.get(own)) and known is not node:
            yield from self._names(known, depth + 1)
            return
        if not name and isinstance(node.get("givenName"), str):
            name = f"{node['givenName']} {node.get('familyName') or ''}"
        if isinstance(name, list | dict):
            yield from self._names(name, depth + 1)
            return
        if not name and not node.get("url") and (maker := node.get("publisher") or node.get("provider")):
            yield from self._names(maker, depth + 1)  # a work that is told by its maker alone
            return
        kind = node.get("@type")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        url = node.get("url")
        text = name if isinstance(name, str) else url if isinstance(url, str) else own
        if isinstance(text, str) and (text := " ".join(unescape(text).split())):
            yield Name(text, kind if isinstance(kind, str) else "", url if isinstance(url, str) else "")


def linked_data(tree: HtmlElement) -> LinkedData:
    """What the page's linked data says of its article. Broken linked data is common: the rest of the page stands."""
    articles: list[Node] = []
    by_id: dict[str, Node] = {}
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").lower() and element.text and (root := _read(element.text)):
            _collect(root, articles, by_id)
    return LinkedData(sorted(articles, key=lambda node: not _is_whole(node)), by_id)


def _read(text: str) -> object:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for attempt in (text, _TRAILING.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _collect(root: object, articles: list[Node], by_id: dict[str, Node]) -> None:
    """All nodes with an id, and the article nodes in order; an article inside a list of articles is another text."""
    pending: list[tuple[object, bool]] = [(root, True)]
    while pending:
        value, own = pending.pop()
        if isinstance(value, list):
            pending.extend((item, own) for item in reversed(value))
        elif isinstance(value, dict):
            kinds = value.get("@type")
            names = [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
            if isinstance(id_ := value.get("@id"), str) and (value.get("name") or id_ not in by_id):
                by_id[id_] = value
            article = any(_ARTICLE.search(name) for name in names)
            if article and own:
                articles.append(value)
            inside = own and not article and not any(_NO_ARTICLE.match(name) for name in names)
            for key, item in reversed(value.items()):
                if isinstance(item, list | dict):
                    pending.append((item, inside and key in {"@graph", "mainEntity", "mainEntityOfPage"}))


def _is_whole(node: Node) -> bool:
    return bool(node.get("headline")) and bool(node.get("datePublished"))
