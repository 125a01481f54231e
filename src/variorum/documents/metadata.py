"""What an HTML page says of itself, as candidates with where each was found; and the choice among candidates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any

from variorum.records import Candidate, CandidateField, Credit, CreditRole
from variorum.world.outlets import Outlets

from .dates import iso_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Where a value is found, the most trusted first; what is not listed comes last. For dates, what the page's maker
# declares for machines is the exact moment; a line may be a date of the event or of an update.
_TRUST: dict[CandidateField, tuple[str, ...]] = {
    "title": (
        "declared",
        "header line",
        "meta og:title",
        "h1",
        "JSON-LD headline",
        "first line",
        "meta twitter:title",
        "title element",
    ),
    "published": (
        "declared",
        "header line",
        "JSON-LD datePublished",
        "meta article:published_time",
        "meta published",
        "itemprop datePublished",
        "time element",
        "date line",
        "byline",
        "dateline",
        "JSON-LD dateCreated",
        "url",
    ),
    "updated": ("JSON-LD dateModified", "meta article:modified_time", "header line", "date line"),
    "outlet": (
        "declared",
        "header line",
        "meta og:site_name",
        "JSON-LD publisher",
        "meta application-name",
        "masthead",
        "follow line",
    ),
    "author": ("header line", "JSON-LD author", "meta author", "byline"),
    "language": ("declared", "text", "html lang", "JSON-LD inLanguage"),
    "dateline-place": ("dateline", "header line"),
    "url": ("declared", "header line", "canonical link", "meta og:url", "JSON-LD url"),
}
_META: dict[str, tuple[CandidateField, str]] = {
    "og:title": ("title", "meta og:title"),
    "twitter:title": ("title", "meta twitter:title"),
    "article:published_time": ("published", "meta article:published_time"),
    "og:article:published_time": ("published", "meta article:published_time"),
    "article:modified_time": ("updated", "meta article:modified_time"),
    "og:updated_time": ("updated", "meta article:modified_time"),
    "og:site_name": ("outlet", "meta og:site_name"),
    "application-name": ("outlet", "meta application-name"),
    "author": ("author", "meta author"),
    "og:url": ("url", "meta og:url"),
    **dict.fromkeys(
        [
            "parsely-pub-date",
            "sailthru.date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "date",
            "datepublished",
            "article.published",
            "article_date_original",
            "cxenseparse:recs:publishtime",
            "published_at",
            "iso-8601-publish-date",
            "dcterms.issued",
            "vr:published_time",
            "article:published",
            "og:pubdate",
        ],
        ("published", "meta published"),
    ),
}
_ARTICLE = re.compile(r"Article|BlogPosting|Report$", re.IGNORECASE)
_SITE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])[/-](?P<day>0[1-9]|[12]\d|3[01])(?=\D)")
_LONGEST = 1_000


def page_candidates(tree: HtmlElement) -> list[Candidate]:
    """All candidates of a parsed page outside its text, in the order of the page."""
    found = _without_site([*_from_meta(tree), *_from_json_ld(tree), *_from_elements(tree)])
    urls = [candidate.value for candidate in found if candidate.field == "url"]
    for match in filter(None, (_URL_DAY.search(url) for url in urls)):
        found += _candidate("published", "-".join(match.group("year", "month", "day")), "url")
    return list(dict.fromkeys(found))


def page_credits(tree: HtmlElement) -> list[Credit]:
    """Credits in a page's linked data: what it is based on, which organisation it came from, agencies as authors."""
    roles: dict[str, CreditRole] = {"isBasedOn": "first-published", "sourceOrganization": "source"}
    named = (
        Credit(name=name, role=role, span=None, found_in=f"JSON-LD {key}")
        for node in _articles(tree)
        for key, role in roles.items()
        for name in _names(node.get(key))
    )
    outlets = Outlets.load()
    agencies = (
        Credit(name=name, role="agency", span=None, found_in="JSON-LD author")
        for node in _articles(tree)
        for name in _names(node.get("author"))
        if (outlet := outlets.match_credit(name)) and outlet.wire
    )
    return list(dict.fromkeys([*named, *agencies]))


def choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one of each field chosen (of authors, all from the most trusted place) and why."""
    chosen: dict[int, str] = {}
    for field, trust in _TRUST.items():
        ranked = sorted(
            (_rank(candidate, trust), number)
            for number, candidate in enumerate(candidates)
            if candidate.field == field and not candidate.reason
        )
        if not ranked:
            continue
        best = ranked[0][0]
        others = {candidates[number].value for _, number in ranked[1:]}
        for rank, number in ranked:
            if number == ranked[0][1] or (field == "author" and rank == best):
                agreed = (
                    "the only one"
                    if not others - {candidates[number].value}
                    else f"{trust_name(candidates[number])} is trusted first"
                )
                chosen[number] = agreed
    return [
        Candidate(
            field=candidate.field,
            value=candidate.value,
            found_in=candidate.found_in,
            span=candidate.span,
            chosen=number in chosen,
            reason=chosen.get(number, candidate.reason),
        )
        for number, candidate in enumerate(candidates)
    ]


def chosen_value(candidates: Iterable[Candidate], field: CandidateField) -> str | None:
    return next((each.value for each in candidates if each.field == field and each.chosen), None)


def trust_name(candidate: Candidate) -> str:
    return f'"{candidate.found_in}"'


def _without_site(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with the site's own name taken off the end of titles ("Headline | Name").

    A tail is the site's name where the page's heading is the same without it, or where the page names its site so.
    """
    headings = {each.value for each in candidates if each.found_in == "h1"}
    sites = {_squash(each.value) for each in candidates if each.field == "outlet"}
    result = []
    for each in candidates:
        tail = _SITE_TAIL.search(each.value) if each.field == "title" else None
        if tail and (each.value[: tail.start()] in headings or _squash(tail[0]) in sites):
            each = Candidate(field="title", value=each.value[: tail.start()], found_in=each.found_in)
        result.append(each)
    return result


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _rank(candidate: Candidate, trust: tuple[str, ...]) -> int:
    return trust.index(candidate.found_in) if candidate.found_in in trust else len(trust)


def _candidate(field: CandidateField, value: object, found_in: str) -> Iterator[Candidate]:
    if not isinstance(value, str) or not (text := " ".join(unescape(value).split())) or len(text) > _LONGEST:
        return
    if field in {"published", "updated"}:
        if (day := iso_date(text)) and len(day) >= 10:
            yield Candidate(field=field, value=day, found_in=found_in)
        return
    yield Candidate(field=field, value=text, found_in=found_in)


def _from_meta(tree: HtmlElement) -> Iterator[Candidate]:
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        if known := _META.get(name):
            value = element.get("content")
            if known[0] == "author" and value and value.startswith("http"):
                continue
            yield from _candidate(known[0], value, known[1])
        elif (element.get("itemprop") or "").lower() == "datepublished":
            yield from _candidate("published", element.get("content"), "itemprop datePublished")


def _from_elements(tree: HtmlElement) -> Iterator[Candidate]:
    for element in tree.iter("h1"):
        yield from _candidate("title", element.text_content(), "h1")
        break
    title = tree.findtext(".//title")
    if title:
        yield from _candidate("title", _SITE_TAIL.sub("", " ".join(title.split())), "title element")
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            yield from _candidate("url", element.get("href"), "canonical link")
    yield from _candidate("language", tree.get("lang"), "html lang")
    for element in tree.iter("time"):
        place = (
            "itemprop datePublished" if "datepublished" in (element.get("itemprop") or "").lower() else "time element"
        )
        found = list(_candidate("published", element.get("datetime"), place))
        yield from found
        if found:
            break


def _from_json_ld(tree: HtmlElement) -> Iterator[Candidate]:
    for node in _articles(tree):
        for field, key in (
            ("title", "headline"),
            ("published", "datePublished"),
            ("published", "dateCreated"),
            ("updated", "dateModified"),
            ("language", "inLanguage"),
            ("url", "url"),
        ):
            yield from _candidate(field, node.get(key), f"JSON-LD {key}")  # type: ignore[arg-type]
        for name in _names(node.get("author")):
            yield from _candidate("author", name, "JSON-LD author")
        for name in _names(node.get("publisher"))[:1]:
            yield from _candidate("outlet", name, "JSON-LD publisher")
        if str(node.get("isAccessibleForFree")).lower() == "false":
            yield Candidate(field="paywall", value="isAccessibleForFree: false", found_in="JSON-LD isAccessibleForFree")


def _articles(tree: HtmlElement) -> list[dict[str, Any]]:
    """The nodes of a page's linked data that describe an article."""
    nodes: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower() or not element.text:
            continue
        try:
            pending: list[Any] = [json.loads(element.text.strip().removesuffix(";"), strict=False)]
        except (ValueError, RecursionError):
            continue  # broken linked data is common; the page's other candidates stand
        while pending:
            node = pending.pop(0)
            if isinstance(node, list):
                pending = node + pending
            elif isinstance(node, dict):
                kinds = node.get("@type")
                if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    nodes.append(node)
                pending = [node[key] for key in ("@graph", "mainEntity") if key in node] + pending
    return nodes


def _names(value: object) -> list[str]:
    """The names in a value of linked data: strings, things with a name, or lists of both."""
    if isinstance(value, str):
        return [" ".join(value.split())] if value.strip() else []
    if isinstance(value, dict):
        return _names(value.get("name") or value.get("url") or value.get("@id"))
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    return []
