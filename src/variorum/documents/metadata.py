"""What an HTML page says of itself, as candidates with where each was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from variorum.records import Candidate, CandidateField, Credit, CreditRole, Span
from variorum.world.outlets import Outlets

from .author_names import names_in, squash, without_agency
from .choice import own_names
from .date_labels import ToldDate, is_of_change, told_dates
from .dates import iso_date
from .home import Home
from .html import words_of
from .lines import Line
from .linked_data import LinkedData
from .makers import is_wire
from .titles import bare_titles, clean_title
from .wording import word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META: dict[str, tuple[CandidateField, str]] = {
    "og:title": ("title", "meta og:title"),
    "twitter:title": ("title", "meta twitter:title"),
    "og:site_name": ("outlet", "meta og:site_name"),
    "application-name": ("outlet", "meta application-name"),
    "apple-mobile-web-app-title": ("outlet", "meta application-name"),
    **dict.fromkeys(word_set("publisher dc.publisher dcterms.publisher"), ("outlet", "meta publisher")),
    "og:url": ("url", "meta og:url"),
    "og:locale": ("language", "meta language"),
    "content-language": ("language", "meta language"),
    **dict.fromkeys(
        word_set(
            "author article:author og:author og:article:author articleauthor article_author sailthru.author dc.creator "
            "dcterms.creator parsely-author byl cxenseparse:author cxenseparse:recs:author citation_author creator"
        ),
        ("author", "meta author"),
    ),
    **dict.fromkeys(
        word_set("article:published_time og:article:published_time article:published"),
        ("published", "meta article:published_time"),
    ),
    **dict.fromkeys(
        word_set(
            "article:modified_time og:article:modified_time og:updated_time article:modified dcterms.modified "
            "dc.date.modified last-modified lastmod datemodified revised date.modified"
        ),
        ("updated", "meta article:modified_time"),
    ),
    **dict.fromkeys(
        word_set(
            "parsely-pub-date sailthru.date dc.date dc.date.issued dcterms.created dcterms.date pubdate publishdate "
            "publish-date publish_date date datepublished article.published article_date_original published_at "
            "cxenseparse:recs:publishtime iso-8601-publish-date dcterms.issued vr:published_time og:pubdate "
            "pubtime pub_date pub-date publishtime publish_time article:publish_date dc.date.created dc.date.published "
            "article:published_date published_time publication_date citation_publication_date bt:pubdate published-date"
        ),
        ("published", "meta published"),
    ),
}
# Words in the names of meta elements of whatever maker that give the day of publication, and of those that do not.
_NAME_WORDS = re.compile(r"[a-z]+|[а-я]+")
_DATE_NAMES = word_set(
    "published publication publicacion publicado publicacao pubdate publishdate datepublished fecha data datum dato "
    "date issued veroeffentlicht datetime publishtime pubtime publicationdate publisheddate publishdatetime posttime"
)
_NO_DATE_NAMES = word_set(
    "modified update updated mod expires expiry expiration revised copyright verification birth start end event valid "
    "available last change changed reviewed actualizacion modificacion aktualisierung theme page layer format"
)
_TIERS = re.compile(r"(?:locked|metered|paid|premium|subscri\w*)$", re.IGNORECASE)
_TIER_NAMES = word_set("article:content_tier og:article:content_tier content_tier")
_AUTHOR_WORDS = ("author", "byline", "articleauthor")  # as words of a class begin
_HEADLINES = (
    "//*[@itemprop='headline'] | //h2[contains(@class, 'itle') or contains(@class, 'eadline')]"
    " | //h3[contains(@class, 'itle') or contains(@class, 'eadline')]"
)
# Elements other than <time> and <meta> that microdata and microformats set a moment in.
_DATED = (
    "//*[not(self::time) and not(self::meta) and (@itemprop='datePublished' or @itemprop='dateModified')]"
    " | //abbr[@title and (contains(@class, 'published') or contains(@class, 'updated') or contains(@class, 'date'))]"
)
# Elements outside the head that RDFa sets a date in.
_DATE_PROPERTIES = (
    "//span[@content and (contains(@property, 'date') or contains(@property, 'Date'))]"
    " | //div[@content and (contains(@property, 'date') or contains(@property, 'Date'))]"
)
_PUBLISHER = "//*[@itemprop='publisher']//*[@itemprop='name'] | //meta[@itemprop='publisher']"
_NO_AUTHOR_WORDS = word_set("comment comments avatar bio image img photo picture social share follow")
_NAME_WORD = r"[^\W\d_a-z][\w.'’-]*"
_WRITTEN_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|d[aeiu]|del|der|l[ae]|el|al|bin|ibn|van|von))+")
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])[/-](?P<day>0[1-9]|[12]\d|3[01])(?=\D)")
_TITLE_MARKS = re.compile(r"\s+(?:[|–—·•:-]|::|»)\s+|\s*[|｜_]\s*")
_NO_HEADLINE = frozenset({"nav", "aside", "footer", "related", "comment", "form"})
_TITLE_WORDS = 30
_LONGEST = 1_000
_TIME_WORDS = 14
_LABEL_WORDS = 2
_LABEL_LETTERS = 40


class _Seen(NamedTuple):
    """What one pass over the elements found: those that are there for an author's name, and whether any could be there
    for a date, a dated property or a publisher, which are looked for on their own then."""

    authored: list[HtmlElement]
    dated: bool
    dates: bool
    publisher: bool


def page_candidates(tree: HtmlElement, linked: LinkedData) -> list[Candidate]:
    """All candidates of a parsed page outside its text, in the order of the page."""
    found = [*_from_meta(tree), *_from_linked(linked), *_from_elements(tree)]
    found = _absolute(_without_site(found))
    urls = [candidate.value for candidate in found if candidate.field == "url"]
    for match in filter(None, (_URL_DAY.search(url) for url in urls)):
        found += _candidate("published", "-".join(match.group("year", "month", "day")), "url")
    return list(dict.fromkeys(found))


def line_candidates(lines: Sequence[Line], home: Home) -> list[Candidate]:
    """The dates in lines whose elements are there for a time, or that hold little else, with where they stand."""
    found: list[Candidate] = []
    for line in lines:
        if "time" in line.hints and line.words <= _TIME_WORDS:
            dates, place = told_dates(line.text, home), "time line"
        else:
            dates, place = _dates_alone(line, home), "short line"
        for date in dates:
            field: CandidateField = "updated" if date.changed else "published"
            found.append(Candidate(field=field, value=date.value, found_in=place, span=Span(line.start, line.end)))
    return found


def heading_candidates(lines: Sequence[Line], found: Sequence[Candidate], home: Home) -> list[Candidate]:
    """The headline of a page that declares none and has no first heading: the line that a piece of its title element
    opens, or else the heading nearest above its text."""
    if any(each.field == "title" and each.found_in != "title element" for each in found):
        return []
    titles = [each.value for each in found if each.field == "title"]
    own = own_names(found)
    pieces = [squash(piece) for title in titles for piece in _TITLE_MARKS.split(title)]
    pieces = [piece for piece in pieces if len(piece) > 12 and piece not in own]
    first = next((n for n, line in enumerate(lines) if line.main and line.words > _TIME_WORDS), len(lines))
    above = [
        line
        for line in lines[:first]
        if line.linked < 0.5 and 1 < line.words <= _TITLE_WORDS and not _dates_alone(line, home)
    ]
    named = (line for line in above if "headline" in line.hints and not line.hints & _NO_HEADLINE and line.words > 2)
    opened = (line for line in above if any(squash(line.text).startswith(piece) for piece in pieces))
    headings = (line for line in reversed(above) if "heading" in line.hints and not line.hints & _NO_HEADLINE)
    bold = (
        line for line in above if line.lead and line.lead + 1 >= line.end - line.start and line.words > _LABEL_WORDS
    )
    line = next(named, None) or next(opened, None) or next(headings, None) or next(bold, None)
    return (
        [Candidate(field="title", value=line.text, found_in="heading", span=Span(line.start, line.end))] if line else []
    )


def _dates_alone(line: Line, home: Home) -> list[ToldDate]:
    """The dates that are all of a short line but for a label each or a place."""
    if line.words > _TIME_WORDS or line.linked > 0.5 or not (dates := told_dates(line.text, home)):
        return []
    edges = [0, *(edge for date in dates for edge in (date.start, date.end)), len(line.text)]
    rest = " ".join(line.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    return dates if len(re.findall(r"[^\W\d_]+", rest)) <= _LABEL_WORDS * len(dates) else []


def page_descriptions(tree: HtmlElement, linked: LinkedData) -> tuple[str, ...]:
    """What the page gives as its description, in whatever places, without repetition."""
    names = {"description", "og:description", "twitter:description"}
    metas = (
        element.get("content") or ""
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name") or "").lower() in names
    )
    stated = (
        value for node in linked.articles for key in ("description", "alternativeHeadline") if (value := node.get(key))
    )
    return tuple(dict.fromkeys(clean_title(text) for text in (*metas, *stated) if isinstance(text, str) and text))


def page_credits(linked: LinkedData) -> list[Credit]:
    """Credits in a page's linked data: what it is based on, which organisation it came from, agencies as authors."""
    roles: dict[str, CreditRole] = {"isBasedOn": "first-published", "sourceOrganization": "agency"}
    holders = ("author", "copyrightHolder", "creator", "provider", "producer", "contributor")
    outlets = Outlets.load()
    named = (
        Credit(name=_maker(name.text, outlets), role=role, span=None, found_in=f"JSON-LD {key}")
        for node in linked.articles
        for key, role in roles.items()
        for name in linked.names(_makers_of(node.get(key)) if key == "isBasedOn" else node.get(key))
    )
    agencies = (
        Credit(name=name.text, role="agency", span=None, found_in=f"JSON-LD {key}")
        for node in linked.articles
        for key in holders
        for name in linked.names(node.get(key))
        if (outlet := outlets.match_credit(name.text)) and outlet.wire
    )
    beside = (
        Credit(name=agency, role="agency", span=None, found_in="JSON-LD author")
        for node in linked.articles
        for name in linked.names(node.get("author"))
        if (agency := without_agency(name.text)[1])
    )
    return list(dict.fromkeys([*named, *agencies, *beside]))


def _makers_of(based_on: object) -> object:
    """Who made the works that a text is based on, or their addresses; a work's own name is a title and no maker's."""
    if isinstance(based_on, list):
        return [_makers_of(each) for each in based_on]
    if not isinstance(based_on, dict):
        return based_on
    keys = ("publisher", "provider", "sourceOrganization", "copyrightHolder", "author", "creator", "url", "@id")
    made = next((based_on[key] for key in keys if based_on.get(key)), None)
    whole = "Organization" in str(based_on.get("@type")) or made is None
    return based_on if whole else made


def _maker(name: str, outlets: Outlets) -> str:
    """The outlet behind an address; any other name as it is."""
    if not name.startswith(("http://", "https://")):
        return name
    outlet = outlets.match_domain(name.split("/")[2])
    return outlet.name if outlet else name


def _without_site(candidates: list[Candidate]) -> list[Candidate]:
    titles = [each.value for each in candidates if each.field == "title"]
    bare = iter(bare_titles(titles, own_names(candidates)))
    return [
        Candidate(field="title", value=next(bare), found_in=each.found_in) if each.field == "title" else each
        for each in candidates
    ]


def _absolute(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with whole addresses; a canonical link may be told from the page's address on."""
    listed = list(candidates)
    base = next((each.value for each in listed if each.field == "url" and each.value.startswith("http")), "")
    result = []
    for each in listed:
        if each.field == "url":
            try:
                whole = urljoin(base, each.value)
            except ValueError:
                continue
            if not whole.startswith(("http://", "https://")):
                continue
            each = Candidate(field="url", value=whole, found_in=each.found_in)
        result.append(each)
    return result


def _candidate(field: CandidateField, value: object, found_in: str) -> Iterator[Candidate]:
    if not isinstance(value, str) or not (text := " ".join(unescape(value).split())) or len(text) > _LONGEST:
        return
    if field in {"published", "updated"}:
        if (day := iso_date(text)) and len(day) >= 10:
            yield Candidate(field=field, value=day, found_in=found_in)
    elif field == "author":
        for name in names_in(text):
            yield Candidate(field=field, value=name, found_in=found_in)
    elif field == "title":
        if title := clean_title(text):
            yield Candidate(field=field, value=title, found_in=found_in)
    else:
        yield Candidate(field=field, value=text, found_in=found_in)


def _from_meta(tree: HtmlElement) -> Iterator[Candidate]:
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("http-equiv") or "").strip().lower()
        value = element.get("content")
        if known := _META.get(name):
            yield from _candidate(known[0], value, known[1])
        elif name in _TIER_NAMES and value and _TIERS.match(value.strip()):
            yield Candidate(field="paywall", value=f"content tier: {value.strip()}", found_in=f"meta {name}")
        elif value and (words := set(_NAME_WORDS.findall(name))) & _DATE_NAMES and not words & _NO_DATE_NAMES:
            yield from _candidate("published", value, "meta published")
        elif item := (element.get("itemprop") or "").lower():
            if item == "datepublished":
                yield from _candidate("published", value, "itemprop datePublished")
            elif item == "datemodified":
                yield from _candidate("updated", value, "itemprop dateModified")


def _from_elements(tree: HtmlElement) -> Iterator[Candidate]:
    headings = [clean_title(element.text_content()) for element in tree.iter("h1")]
    if not headings:
        yield from _candidate("title", next(map(_text_of, tree.xpath(_HEADLINES)), None), "heading")
    best = next((text for text in headings if text.count(" ") > 1 or len(text) > 20), next(iter(headings), ""))
    if story := _under_site_name(tree, best):
        yield from _candidate("outlet", best, "title element")
        best = story
    if best:
        yield from _candidate("title", best, "h1")
    yield from _candidate("title", tree.findtext(".//title"), "title element")
    seen = _seen(tree)
    for element in tree.xpath(_DATE_PROPERTIES) if seen.dates else ():
        name = (element.get("property") or "").lower()
        late = any(word in name for word in _NO_DATE_NAMES)
        yield from _candidate("updated" if late else "published", element.get("content"), "meta published")
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            yield from _candidate("url", element.get("href"), "canonical link")
    yield from _candidate("language", tree.get("lang"), "html lang")
    for element in tree.xpath(_PUBLISHER)[:1] if seen.publisher else ():
        yield from _candidate("outlet", element.get("content") or element.text_content(), "meta publisher")
    yield from _times(tree, marked=seen.dated)
    yield from _authors(seen.authored)


def _seen(tree: HtmlElement) -> _Seen:
    authored: list[HtmlElement] = []
    items: set[str] = set()
    dates = False
    for element in tree.iter("*"):
        get = element.get
        if item := get("itemprop"):
            items.add(item)
        if (property_ := get("property")) and ("date" in property_ or "Date" in property_):
            dates = True
        classes = get("class")
        if (classes and ("uthor" in classes or "yline" in classes)) or item == "author" or get("rel") == "author":
            authored.append(element)
    dated = not items.isdisjoint(("datePublished", "dateModified")) or next(tree.iter("abbr"), None) is not None
    return _Seen(authored, dated, dates, "publisher" in items)


def _under_site_name(tree: HtmlElement, heading: str) -> str | None:
    """The headline of a page whose first heading is its site's name: the title element has that name and, behind it or
    before it, what another heading says."""
    title = clean_title(tree.findtext(".//title") or "")
    if not heading or squash(heading) not in {squash(piece) for piece in _TITLE_MARKS.split(title)}:
        return None
    others = (clean_title(element.text_content()) for element in tree.iter("h2", "h3", "h4"))
    key, own = squash(title), squash(heading)
    longer = (text for text in others if text.count(" ") > heading.count(" "))  # a headline has more words than a name
    return next((text for text in longer if key in {own + squash(text), squash(text) + own}), None)


def _text_of(element: HtmlElement) -> str:
    return element.text_content() or element.get("content") or ""


def _times(tree: HtmlElement, *, marked: bool) -> Iterator[Candidate]:
    """The first moment among the page's time elements, and those that are marked as of publication or change."""
    first = True
    for element in tree.xpath(_DATED) if marked else ():
        value = element.get("content") or element.get("datetime") or element.get("title") or element.text_content()
        if "odif" in (element.get("itemprop") or "") or "updated" in (element.get("class") or ""):
            yield from _candidate("updated", value, "itemprop dateModified")
        else:
            yield from _candidate("published", value, "itemprop datePublished")
    for element in tree.iter("time"):
        value, item = element.get("datetime") or element.text, (element.get("itemprop") or "").lower()
        if "datemodified" in item:
            yield from _candidate("updated", value, "itemprop dateModified")
        elif "datepublished" in item:
            yield from _candidate("published", value, "itemprop datePublished")
        elif is_of_change(f"{_before(element)} {element.text or ''}"):
            yield from _candidate("updated", value, "time element")
        elif first and (found := list(_candidate("published", value, "time element"))):
            yield from found
            first = False


def _before(element: HtmlElement) -> str:
    """The words directly before an element, in the element around it or in a short one beside it."""
    previous, around = element.getprevious(), element.getparent()
    words = previous.tail if previous is not None else around.text if around is not None else ""
    if previous is not None and isinstance(previous.tag, str) and previous.tag != "time" and not (words or "").strip():
        words = previous.text_content().strip()
        return words if len(words) <= _LABEL_LETTERS else ""
    return (words or "")[-_LABEL_LETTERS:]


def _authors(authored: Iterable[HtmlElement]) -> Iterator[Candidate]:
    """The names in links and elements that are there for the author's name, each of the first such kind alone."""
    linked: list[Candidate] = []
    named: list[Candidate] = []
    around: HtmlElement | None = None
    for element in authored:
        item = (element.get("itemprop") or "").lower()
        if "author" in (element.get("rel") or "").lower().split() or item == "author":
            if around is None or element.getparent() is around:  # the names of one byline stand side by side
                linked += _person(element, "author link")
                around = element.getparent() if linked else None
        elif not named and (classes := element.get("class")):
            words = words_of(classes)
            if not words & _NO_AUTHOR_WORDS and any(word.startswith(_AUTHOR_WORDS) for word in words):
                named += _person(element, "author element")
    yield from dict.fromkeys(linked)
    yield from dict.fromkeys(named)


def _person(element: HtmlElement, found_in: str) -> list[Candidate]:
    """The names that are an element's whole text, where it is written as names are."""
    text = " ".join(" ".join(element.itertext()).split())
    if not 3 < len(text) <= 90 or re.search(r"[\d:!?]", text):
        return []
    found = [each for each in _candidate("author", text, found_in) if not is_wire(each.value)]
    if found_in == "author link":
        return found
    return found if all(_WRITTEN_NAME.fullmatch(each.value) for each in found) else []


def _from_linked(linked: LinkedData) -> Iterator[Candidate]:
    fields: tuple[tuple[CandidateField, str], ...] = (
        ("title", "headline"),
        ("published", "datePublished"),
        ("published", "dateCreated"),
        ("updated", "dateModified"),
        ("language", "inLanguage"),
        ("url", "url"),
    )
    for node in linked.articles:
        for field, key in fields:
            value = node.get(key)
            yield from _candidate(field, value[0] if isinstance(value, list) and value else value, f"JSON-LD {key}")
        for name in linked.names(node.get("author") or node.get("creator")):
            if "Organization" in name.kind:  # its name is not cut as several persons' would be
                yield Candidate(field="author", value=name.text, found_in="JSON-LD author")
            else:
                yield from _candidate("author", name.text, "JSON-LD author")
        for name in linked.names(node.get("publisher"))[:1]:
            yield from _candidate("outlet", name.text, "JSON-LD publisher")
        if str(node.get("isAccessibleForFree")).lower() == "false":
            yield Candidate(field="paywall", value="isAccessibleForFree: false", found_in="JSON-LD isAccessibleForFree")
