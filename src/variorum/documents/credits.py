"""Credit lines: whose text or picture it is. They are furniture, and they are evidence, so they are read first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from variorum.records import Candidate, Credit, CreditRole, Span
from variorum.world.outlets import Outlets, is_agency_name, same_maker

from .lines import Line
from .wording import credit_forms

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:,|;|/|\||\+|&|\band\b)\s*", re.IGNORECASE)
_TAIL = re.compile(r"(?:^|\s)[(\[/–—-]\s?(?P<name>[^\W\d_][\w .&/'’-]{1,40}?)\s?[)\]/]?\.?$")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9.&-]{1,9}")
_AGENCIES = re.compile(r"(?:news |wire |foreign |international )?agenc(?:y|ies)(?: reports?)?", re.IGNORECASE)
_PHOTO_HOUSE = re.compile(
    r"\b(?:getty|shutterstock|photos?|images?|pictures|handout|pool|alamy|istock)\b", re.IGNORECASE
)
_PICTURE = re.compile(r"^(?:image|photo|picture)s? (?:via|copyright|courtesy(?: of)?|by|source) ", re.IGNORECASE)
_TASK = re.compile(
    r"[\s.;,]*\b(?:(?:additional|further)\s+)?(?:reporting|writing|editing|reported|written|edited|compiled|translated)"
    r"\s+(?:by|from)\s+",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?: (?:[a-z]{1,3} )?[^\W\d_][\w.'’-]*){1,4}")
_IN_PLACE = re.compile(r"\s+(?:in|at|from)\s+[A-Z].*$")
_MOST_WORDS = 30


def read_credit(text: str, line: Line, found_in: str = "credit line") -> list[Credit]:
    """The credits of a line that is a credit and nothing else; empty where it is none.

    Several known outlets in one line ("Reuters, AFP") are several credits; a name that no table knows stays whole.
    `text` is what `line` was cut from; a credit's span is its name there, the line where the two are spaced apart.
    """
    if line.words > _MOST_WORDS:
        return []
    for role, pattern in credit_forms():
        match = pattern.match(line.text)
        if not match:
            continue
        name = match["name"].strip(" .,:;()[]\"'-–—|")
        if not name or (role in {"source", "photo"} and not _is_name(name)):
            continue
        if role == "reporting" and not _names_someone(name):
            continue
        return [
            Credit(name=part, role=_role(role, part), span=_span(text, line, part), found_in=found_in)
            for part in (_people(name) if role == "reporting" else _parts(name))
        ]
    return _bare(text, line, found_in)


def declared_credits(given: Iterable[Credit], chosen: Sequence[Candidate], names: Sequence[str]) -> list[Credit]:
    """The credits of a page's linked data and meta elements, each once, with those that name the page itself as such:
    its own names, its own address or site."""
    url = next((each.value for each in chosen if each.field == "url" and each.chosen), "")
    site = _site(url)
    result: list[Credit] = []
    for credit in given:
        name = credit.name
        own = any(same_name(name, each) for each in names) or (
            "://" in name and bool(site) and (_site(name) == site or name.rstrip("/") == url.rstrip("/"))
        )
        if name.startswith("#"):
            continue  # a reference into the page that was not resolved
        role: CreditRole = "self" if own else _role(credit.role, name)
        found = Credit(name=name, role=role, span=None, found_in=credit.found_in)
        if found not in result:
            result.append(found)
    return result


def _site(url: str) -> str:
    match = re.match(r"https?://(?:www\d?\.|m\.|amp\.)?([^/:?#]+)", url)
    return ".".join(match[1].lower().split(".")[-2:]) if match else ""


def is_copyright(line: Line) -> bool:
    return bool(_COPYRIGHT.match(line.text))


def tail_credit(text: str, line: Line) -> tuple[int, Credit] | None:
    """The agency in brackets or behind a dash that ends a paragraph ("… said. (Reuters)"), and where it begins."""
    window = max(line.start, line.end - 50)
    match = _TAIL.search(text[window : line.end])
    if not match or not (found := Outlets.load().match_credit(match["name"])):
        return None
    before = text[line.start : window + match.start()].rstrip()
    if not found.wire or not before or before[-1] not in ".!?\"'”’":
        return None
    start = window + match.start()
    while text[start].isspace():
        start += 1
    span = Span(window + match.start("name"), window + match.end("name"))
    return start, Credit(name=match["name"], role="agency", span=span, found_in="end of the text")


def photo_acronym(line: Line) -> Credit | None:
    """An acronym alone on a page's first line: whose the picture over the text is, never the text's title."""
    if not _ACRONYM.fullmatch(line.text) or sum(ch.isalpha() for ch in line.text) < 2:
        return None
    return Credit(name=line.text, role="photo", span=Span(line.start, line.end), found_in="first line")


def same_name(one: str, other: str) -> bool:
    """Whether a credit (`one`) names the page that calls itself `other`: equal, or `other` and more, or less by words
    such as "Wire" only."""
    first, second = _key(one), _key(other)
    if not first or not second:
        return False
    if first == second or "".join(first) == "".join(second):
        return True
    return (len(second) >= 2 and first[: len(second)] == second) or same_maker(one, other)


def _bare(text: str, line: Line, found_in: str) -> list[Credit]:
    """A line that is nothing but names of agencies and outlets: "(AFP)", "Reuters / AP", "Agencies"."""
    stripped = _PICTURE.sub("", line.text.strip(" ()[]/-–—.*"))
    if not stripped or line.words > 6:
        return []
    if _AGENCIES.fullmatch(stripped):
        return [Credit(name=stripped, role="agency", span=Span(line.start, line.end), found_in=found_in)]
    if _PHOTO_HOUSE.search(stripped) and line.words <= 5 and not line.text.endswith("."):
        pieces = _SEPARATOR.split(stripped)
        if len(pieces) > 1 or re.search(r"\bgetty|shutterstock|alamy", stripped, re.IGNORECASE):
            return [Credit(name=stripped, role="photo", span=Span(line.start, line.end), found_in=found_in)]
    outlets = Outlets.load()
    pieces = [stripped] if outlets.match_credit(stripped) else _SEPARATOR.split(stripped)
    known = [outlets.match_credit(piece) for piece in pieces]
    if not all(outlet is not None and outlet.wire for outlet in known):
        return []
    return [Credit(name=piece, role="agency", span=_span(text, line, piece), found_in=found_in) for piece in pieces]


def _parts(name: str) -> Iterator[str]:
    outlets = Outlets.load()
    if outlets.match_credit(name) is None:
        pieces = [piece for piece in _SEPARATOR.split(name) if piece]
        if len(pieces) > 1 and all(outlets.match_credit(piece) or _AGENCIES.fullmatch(piece) for piece in pieces):
            yield from pieces
            return
    yield name


def _people(name: str) -> Iterator[str]:
    """Who reported, wrote and edited, one by one: persons without their place, agencies and outlets as they stand."""
    outlets = Outlets.load()
    for task in filter(None, _TASK.split(name)):
        for part in _parts(task.strip(" .,;:()[]")):
            pieces = [_IN_PLACE.sub("", piece) for piece in _SEPARATOR.split(part) if piece]
            if outlets.match_credit(part) or is_agency_name(part) or not all(map(_PERSON.fullmatch, pieces)):
                yield part
            else:
                yield from pieces


def _span(text: str, line: Line, name: str) -> Span:
    at = text.find(name, line.start, line.end)
    return Span(at, at + len(name)) if at >= 0 else Span(line.start, line.end)


def _role(role: CreditRole, name: str) -> CreditRole:
    if role in {"source", "reporting"} and ((outlet := Outlets.load().match_credit(name)) and outlet.wire):
        return "agency"
    return role


def _is_name(name: str) -> bool:
    """Whether what follows "Source:" is a name and not a sentence."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", name)
    capital = sum(word[0].isupper() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    return len(words) <= 14 and (capital >= 0.6 * long or Outlets.load().match_credit(name) is not None)


def _names_someone(name: str) -> bool:
    return name[0].isupper() or _AGENCIES.match(name) is not None


def _key(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’.]", "", name.casefold()).removeprefix("the "))
