"""What the markup of a page says of its kind beside its article: types in linked data, class names, its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from variorum.records import Credit, CreditRole

from .dates import iso_date
from .lines import count_words, ends_sentence
from .linked_data import LinkedData
from .live_blogs import Update
from .makers import is_wire
from .wording import plain, word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TYPE = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"(?:https?://schema\.org/)?(\w+)"')
_TAGS = re.compile(r"<[^>]{1,200}>")
_WORDS = re.compile(r"[a-z0-9]+")
# Meta elements that name whose text a page carries. "syndication-source" and "original-source" are Google News's.
_META: dict[str, CreditRole] = {
    "source": "source",
    "news_source": "source",
    "article:source": "source",
    "dc.source": "source",
    "dcterms.source": "source",
    "syndication-source": "first-published",
    "original-source": "first-published",
    "agency": "agency",
    "article:agency": "agency",
    "provider": "source",
    "dcsext.source": "source",
}
# Words in the names of meta elements that name the writer, who may be an agency; and an agency.
_MAKERS = word_set("author authors autor auteur byl byline creator writer")
_AGENCIES = word_set("agency agencia agence agentur agenzia")
_FIRST = word_set("syndication-source original-source")
_LONGEST = 120


class PageTraits(NamedTuple):
    """`types` of the linked data, `og_type` of its meta elements, `words` of the body's class and id, the page's title
    element, its declared live `updates`, the credits in linked data and meta elements, and how many words
    of article the linked data holds (0 where it breaks off). Empty for plain text."""

    types: frozenset[str] = frozenset()
    og_type: str = ""
    words: frozenset[str] = frozenset()
    title: str = ""
    updates: tuple[Update, ...] = ()
    credits: tuple[Credit, ...] = ()
    stated_words: int = 0

    @property
    def live(self) -> bool:
        """Whether the page declares that it is a live blog, with its updates or without."""
        return "LiveBlogPosting" in self.types

    @property
    def title_pieces(self) -> list[str]:
        """What the marks between a headline and a site's name part in the title, but for the longest piece."""
        pieces = [piece for piece in re.split(r"\s+(?:[|–—·•-]|::|»)\s+|:\s+", self.title) if piece]
        return sorted(pieces, key=lambda piece: (len(piece), piece))[:-1]


def read_traits(tree: HtmlElement, linked: LinkedData, named: Sequence[Credit]) -> PageTraits:
    """The traits of a parsed page, whose scripts must still be there; `named` are the credits of its linked data."""
    types: set[str] = set()
    for element in tree.iter("script"):
        written = element.text
        if not written or "ld+json" not in (element.get("type") or "").lower():
            continue
        types.update(_TYPE.findall(written))
    og_type, credited = "", list(named)
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        value = " ".join(unescape(element.get("content") or "").split())
        if name == "og:type":
            og_type = value.lower()
        elif not value or len(value) > _LONGEST:
            continue
        elif name in _META:
            credited.append(Credit(name=value, role=_META[name], span=None, found_in=f"meta {name}"))
        elif any(word in name for word in _AGENCIES) or (_MAKERS & set(_WORDS.findall(name)) and is_wire(value)):
            credited.append(Credit(name=value, role="agency", span=None, found_in=f"meta {name}"))
    credited += _linked(tree)
    body = tree.find(".//body")
    words = [] if body is None else _WORDS.findall(f"{body.get('class') or ''} {body.get('id') or ''}".lower())
    title = " ".join((tree.findtext(".//title") or "").split())
    stated = plain(linked.text("articleBody"))
    whole = count_words(stated) if ends_sentence(stated) and not stated.endswith(("…", "...")) else 0
    return PageTraits(
        frozenset(types), og_type, frozenset(words), title, _updates(linked), tuple(dict.fromkeys(credited)), whole
    )


def _linked(tree: HtmlElement) -> Iterator[Credit]:
    """Where a page says by a link in its head that its text first appeared."""
    for element in tree.iter("link"):
        rel = (element.get("rel") or "").lower()
        value = " ".join((element.get("title") or element.get("href") or "").split()) if rel in _FIRST else ""
        if value:
            yield Credit(name=value, role="first-published", span=None, found_in=f"link {rel}")


def _updates(linked: LinkedData) -> tuple[Update, ...]:
    given = (node.get("liveBlogUpdate") for node in linked.articles)
    each = (update for found in given for update in (found if isinstance(found, list) else [found]))
    return tuple(_update(update) for update in each if isinstance(update, dict))


def _update(node: dict[str, Any]) -> Update:
    text = node.get("articleBody") or node.get("text") or node.get("description") or ""
    moment = str(node.get("datePublished") or node.get("dateCreated") or "")
    read = iso_date(moment) if moment else None
    plain = unescape(_TAGS.sub(" ", text)) if isinstance(text, str) else ""
    return Update(unescape(str(node.get("headline") or "")), plain, read)
