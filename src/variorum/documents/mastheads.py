"""What an HTML page calls its outlet where it declares none: in its title, its logo, its masthead, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from variorum.records import Candidate
from variorum.world.outlets import Outlets

from .author_names import squash
from .dates import find_date
from .html import words_of
from .titles import clean_title
from .wording import is_institution, is_masthead, is_rubric, word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTED = re.compile(r"(\s+(?:[|｜–—·•»:-]|::)\s+|\s*[|｜_]\s*)")
_MARKS = " |｜–—·•»:-"
_NAME_ALONE = re.compile(
    r"(?:The )?[^\W\d_a-z][\w'’&.-]*(?: (?:of |the |and |& |de |del |du |la )*[^\W\d_a-z][\w'’&.-]*){1,3}"
)
_STRONG = re.compile(r"[|｜–—·•»]|::")
_LOGO_WORDS = word_set("logo brand masthead mast nameplate wordmark sitename sitetitle sitelogo")
_LOGOS = (
    "//*[contains(@class, 'ogo') or contains(@class, 'rand') or contains(@class, 'ast') or contains(@class, 'ite') "
)
_LOGOS += "or contains(@id, 'ogo') or contains(@id, 'rand') or contains(@id, 'ast') or contains(@id, 'ite')]"
_TOP = frozenset(
    {"a", "b", "span", "strong", "div", "p", "li", "center", "font", "i", "em", "big", "td", "th", "header", "h3", "h4"}
)
_NAME = (
    r"^(?P<name>[^\W\d_a-z][\w'’&.-]*(?: (?:(?:of the|of|and|&|de|du|des|la) )?(?:[^\W\d_a-z][\w'’&.-]*|\d{1,2})){0,4})"
)
_COOKIES = re.compile(rf"{_NAME} (?:uses?|utilise des|utiliza|verwendet) cookies", re.MULTILINE)
_NAMED_BY = re.compile(rf"{_NAME} (?:is|was) (?:an?|the|published|printed|owned|part) ", re.MULTILINE)
_DOMAIN = re.compile(r"https?://(?:www\d?\.|m\.|amp\.|en\.)?([^/:]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w@./-])(?:https?://)?(?:www\.)?(?P<host>[a-z0-9-]{4,40}(?:\.[a-z]{2,8}){1,2})(?![\w.])")
_ADDRESS_LINES, _ADDRESS_WORDS = 4, 12
_CREDITED = re.compile(r"\b(?:appeared|published|posted|ran|permission|courtesy) (?:in|on|by|at|of|from)\s+$")
# What a page is shown as, by the software that shows it.
_VIEW = re.compile(
    r"(?:print(?:er)?|reader|reading|mobile|amp|text|web|live|cached|archived?|full|single page|quick|photo|gallery)"
    r"(?:[- ](?:friendly|only))?(?: (?:view|version|mode|page|edition|copy|article))?|(?:pre)?view|draft|copy of|cache"
    r"|(?:version|page) imprimable|druckversion|druckansicht|versión para imprimir",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_SMALL_LETTERS = 3
_TOP_ELEMENTS = 60
_LEAST_LETTERS = 6


def declared_nowhere(tree: HtmlElement, found: Sequence[Candidate]) -> list[Candidate]:
    """The names that the markup of a page without a declared outlet gives it: in its title, logo and masthead."""
    if any(each.field == "outlet" for each in found):
        return []
    headings = [clean_title(element.text_content()) for element in tree.iter("h1", "h2", "h3")]
    title = clean_title(tree.findtext(".//title") or "")
    named = [
        *((name, "title element") for name in _in_title(title, headings)),
        *((name, "logo") for name in _in_logos(tree)),
        *((name, "masthead") for name in _at_the_top(tree)),
    ]
    return [Candidate(field="outlet", value=name, found_in=place) for name, place in dict.fromkeys(named)]


def named_in_text(found: Sequence[Candidate], visible: str) -> list[Candidate]:
    """The names that the text of a page gives it where its markup gives none: written as the page's domain is, or in a
    sentence of the page's own ("The River Gazette uses cookies")."""
    if any(each.field == "outlet" for each in found):
        return []
    named = [
        *((name, "domain") for name in _spelled_domain(found, visible)),
        *((name, "domain") for name in _spelled_address(visible)),
        *((match["name"], "colophon") for match in _COOKIES.finditer(visible) if _may_be(match["name"])),
        *((match["name"], "colophon") for match in _NAMED_BY.finditer(visible) if is_masthead(match["name"])),
    ]
    return [Candidate(field="outlet", value=name, found_in=place) for name, place in dict.fromkeys(named)]


def spelled_as(domain: str, text: str) -> str | None:
    """The words of a text that are written as a domain's name is ("rivergazette.example", "The River Gazette")."""
    label = re.sub(r"[\W_]", "", max(domain.split(".")[:-1] or [domain], key=len)).lower()
    if len(label) < _LEAST_LETTERS:
        return None
    pattern = r"[ &'’.-]{0,3}".join(map(re.escape, label))
    spelled = re.finditer(rf"(?<!\w)(?:(?-i:The) )?{pattern}(?!\w)(?!\.\w)", text, re.IGNORECASE)
    return next(
        (
            match[0]
            for match in spelled
            if " " in match[0] and match[0][0].isupper() and not _CREDITED.search(text[: match.start()][-24:])
        ),
        None,
    )


def _in_title(title: str, headings: Sequence[str]) -> list[str]:
    for heading in headings:  # what stands beside the headline
        at = title.casefold().find(heading.casefold()) if heading.count(" ") > 1 else -1
        rest = (title[:at] + title[at + len(heading) :]).strip(_MARKS) if at >= 0 else ""
        if at >= 0 and rest and _may_be(rest) and rest[0].isupper() and not _PARTED.search(rest):
            return [rest]
    headings = [squash(heading) for heading in headings]
    parted = _PARTED.split(title)
    pieces, marks = parted[::2], parted[1::2]
    if len(pieces) < 2:
        return []
    keys = [squash(piece) for piece in pieces]
    headed = [
        number
        for number, key in enumerate(keys)
        if len(key) > 5 and any(h.startswith(key) or key == h for h in headings)
    ]
    bodies = [piece for number, piece in enumerate(pieces) if number not in headed and _is_body(piece)]
    others = [piece for number, piece in enumerate(pieces) if number not in headed and _may_be(piece)]
    known = [piece for piece in others if _is_name(piece)] or bodies
    if known:
        return [known[-1] if headed[:1] == [0] or keys.index(squash(known[-1])) > 0 else known[0]]
    named = len(pieces) == 2 and _NAME_ALONE.fullmatch(pieces[-1]) is not None and len(pieces[0]) > len(pieces[-1])
    if not others or not (headed or named or any(_STRONG.search(mark) for mark in marks)):
        return []
    head = headed[0] if headed else max(range(len(pieces)), key=lambda number: len(pieces[number]))
    edge = pieces[-1] if head == 0 else pieces[0]
    return [edge] if edge in others and squash(edge) != keys[head] else []


def _in_logos(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_LOGOS):
        if words_of(f"{element.get('class') or ''} {element.get('id') or ''}") & _LOGO_WORDS:
            texts = [element.text_content(), *(image.get("alt") or "" for image in element.iter("img"))]
            name = next((text for each in texts if (text := " ".join(each.split()))), "")
            if _may_be(name) and name[:1].isupper():
                yield name
                return


def _at_the_top(tree: HtmlElement) -> Iterator[str]:
    """A short text over the headline, or alone in an element of it, that is written as an outlet's name."""
    seen = 0
    for element in tree.iter():
        if element.tag in ("h1", "h2", "article") or seen > _TOP_ELEMENTS:
            return
        if element.tag == "img" and is_masthead(name := " ".join((element.get("alt") or "").split())):
            yield name
            return
        if element.tag in _TOP:
            seen += 1
            if (name := " ".join((element.text or "").split())) and _may_be(name) and is_masthead(name):
                yield name
                return


def _spelled_domain(found: Sequence[Candidate], visible: str) -> Iterator[str]:
    for each in found:
        if each.field == "url" and (host := _DOMAIN.match(each.value)) and (name := spelled_as(host[1], visible)):
            yield name
            return


def _spelled_address(visible: str) -> Iterator[str]:
    """The name that the address over a text spells, as readers and printers of pages set it there."""
    for line in visible.splitlines()[:_ADDRESS_LINES]:
        address = _ADDRESS.search(line)
        if address and line.count(" ") < _ADDRESS_WORDS and (name := spelled_as(address["host"], visible)):
            yield name
            return


def _may_be(name: str) -> bool:
    if set(name) & set(":;?!") or _VIEW.fullmatch(name):
        return False
    return 0 < name.count(" ") + 1 <= _MOST_WORDS and len(name) > 2 and not is_rubric(name) and find_date(name) is None


def _is_body(name: str) -> bool:
    """Whether a piece of a title is written as a public body's name ("Ministry of Ports - Press release")."""
    words = re.findall(r"[\w'’]+", name)
    return is_institution(name) and all(word[0].isupper() or len(word) <= _SMALL_LETTERS for word in words)


def _is_name(name: str) -> bool:
    known = Outlets.load().match_credit(name)
    return is_masthead(name) or (known is not None and not known.wire)
