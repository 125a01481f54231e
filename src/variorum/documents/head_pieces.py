"""The lines over a text, piece by piece: "Name · Tribune · 4 March 2031" holds a writer, an outlet and a date.

A line is cut at the marks that set its pieces apart; dates are taken first, for they hold such marks themselves. What a
piece is follows from its opening ("By", "Por"), its words (an outlet's, an agency's, a rubric's) and its shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, NamedTuple

from variorum.world.given_names import likely_gender
from variorum.world.outlets import Outlets

from .author_names import is_role, squash
from .date_labels import opens_with_label, told_dates
from .dates import find_date
from .home import NOWHERE, Home
from .lines import Line, trimmed
from .makers import AGENCIES, is_acronym, is_wire, is_worded
from .signatures import read_makers
from .wording import is_masthead, is_rubric, kind_by_words, phrase, plain

PieceKind = Literal["outlet", "date", "person", "agency", "rubric", "place", "junk", "other"]

_PARTED = re.compile(
    r"\s{2,}|\t|\s*(?:[|•·◦∙‧›»●▪★＊｜]|::|\*{3}|…)\s*|\s+[–—/>-]{1,2}\s+|\s*[–—]\s*|,\s+|;\s*|\s*[()\[\]]\s*"
    r"|(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_a-z])"
)
_OPENING = re.compile(
    r"(?:(?:story|words|text|reported|written|posted|published|submitted|compiled|presented|produced|hosted|curated"
    r"|read|updated|told|live|blog(?:ged)?)\s+by|by|with|from|reporter|presenter|reader|editor|author|words|text|writer"
    r"|von|por|par|de|di|da|door|av|af|oleh|na|autor[ae]?|auteur|автор|yazan|text[eo]|testo|napisa[łl]a?|przez|od|írta"
    r"|scritto da|escrito por|écrit par|geschrieben von|bởi|penulis|mwandishi|کے قلم سے|نویسنده|كتب|بقلم)\s*:?\s+"
    r"(?=[^\W\d_a-z])",
    re.IGNORECASE,
)
_CAPITAL = re.compile(_OPENING.pattern.removesuffix("(?=[^\\W\\d_a-z])"), re.IGNORECASE)
_WORD = r"[^\W\d_a-z][\w'’.-]*"
_PERSON = re.compile(
    rf"{_WORD}(?: (?:(?:de|da|del|della|der|van|von|bin|bint|ibn|al|el|la|le|di|dos|du|y|e) )?{_WORD}){{1,3}}"
)
_NAMES = re.compile(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bи\b)\s*")
_AND = re.compile(r"\s*(?:,|&|/|\b(?:and|with|und|et|y|e|и|mit|avec|con|com)\b)\s*")
_IN_PLACE = re.compile(r"\s+(?:in|at|en|à|a|em|aus|from|für|for|pour|para)(?:\s+.*)?$")
_JUNK = re.compile(
    r"(?:\d+[ -]?min(?:ute)?s?(?: (?:read|de lectura|de lecture|lesezeit))?"
    r"|(?:page|p\.?|pg\.?|seite|página|s\.) ?[A-Z]?-?\d+"
    r"|(?:first|final|late|early|morning|evening|city|national|international|main|home|sunday|weekend|\dth) edition"
    r"|no\.? ?\d+|vol\.? ?\w+|issue ?\d*|\d+ (?:words|views|comments|claps|shares)|special to .*|online|web|print"
    r"|(?:first |last |originally )?(?:published|posted|created|updated|modified|revised|edited|change)(?: (?:on|at))?"
    r"|.{0,40}\btime|edited by.*|chat export|export(?:ed)?"
    r"|نشرت? في|تاريخ النشر|channel|newsletter|follow|share|archive)",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,2}}")
_HANDLE = re.compile(r"\s+\(?@\w[\w.]{1,30}\)?$")  # of a writer, behind the name
_MOST_WORDS = 24
_OTHER_WORDS = 5
_ACRONYM_LETTERS = 5


class Piece(NamedTuple):
    """Characters ``[start, end)`` of a text and what they are; `value` is a date as ISO 8601, or the words; `changed`
    where a date is of a change, not of the publication."""

    kind: PieceKind
    start: int
    end: int
    value: str
    sure: bool = True
    changed: bool = False


def read_pieces(text: str, line: Line, own: Collection[str] = (), home: Home = NOWHERE) -> list[Piece]:
    """The pieces of a line over a text in order. `own` are the names of the page's outlet, as `squash` gives them."""
    if line.words > _MOST_WORDS:
        return []
    found: list[Piece] = []
    start, end = line.start, line.end
    raw = text[start:end]
    edges = [start]
    for date in told_dates(raw, home):
        found.append(Piece("date", start + date.start, start + date.end, date.value, changed=date.changed))
        edges += [start + date.start, start + date.end]
    edges.append(end)
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        at = a
        for match in [*_PARTED.finditer(text, a, b), None]:
            stop = match.start() if match else b
            x, y = _bare(text, at, stop)
            if x < y and stop == b < end and text[y:b].lstrip()[:1] in {":", "："}:
                found.append(Piece("junk", x, y, plain(text[x:y])))  # a date's label, in whatever language
            elif x < y and (makers := _listed_agencies(text, x, y, own)):
                found += makers
            elif x < y:
                found += [_piece(text, *part, own) for part in _without_agencies(text, x, y)]
            at = match.end() if match else b
    return sorted(found, key=lambda piece: piece.start)


def _listed_agencies(text: str, start: int, end: int, own: Collection[str]) -> list[Piece]:
    """The agencies that a piece is a list of ("Norvik/AFP/ed.", "con información de AFP"), if it names several makers
    or leads up to one; a single name is looked at as any other."""
    makers = read_makers(text, start, end)
    names = [maker for maker in makers if maker.kind == "agency"]
    led = bool(names) and names[0].start > start + 1
    if not (len(makers) > 1 or led) or not all(maker.kind in {"agency", "self", "code"} for maker in makers):
        return []
    if not any(is_wire(text[maker.start : maker.end]) for maker in names) or squash(text[start:end]) in own:
        return []
    return [Piece("agency", maker.start, maker.end, text[maker.start : maker.end]) for maker in names]


def tells_of_page(pieces: Collection[Piece], *, ends: bool) -> bool:
    """Whether a line of these pieces tells of the page and is no headline: a date, an outlet or a sure writer in it,
    and what else it holds is short. `ends` where the line ends as a sentence does."""
    told = [piece for piece in pieces if piece.kind in {"date", "outlet"} or (piece.kind == "person" and piece.sure)]
    others = [piece for piece in pieces if piece.kind == "other"]
    words = sum(piece.value.count(" ") + 1 for piece in others)
    return bool(told) and words <= _OTHER_WORDS and not (ends and others)


def is_menu(line: Line, text: str) -> bool:
    """Whether a line is a menu: three pieces or more, set apart by spaces or bars, of one word or two each."""
    pieces = [piece for piece in re.split(r"\s{2,}|\t|\s*[|•·/›]\s+", text[line.start : line.end].strip()) if piece]
    return (
        len(pieces) >= 3
        and all(piece.count(" ") <= 1 and not any(ch.isdigit() for ch in piece) for piece in pieces)
        and not any(likely_gender(piece) for piece in pieces)
    )


def persons_in(value: str) -> list[str]:
    """The persons that a piece names."""
    names = [_IN_PLACE.sub("", name).strip() for name in _NAMES.split(value)]
    return [name for name in names if _is_person(name)]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = trimmed(text, start, end)
    while start < end and text[start] in "*_#>=~:,.|-–—'\"“” ":
        start += 1
    while end > start and text[end - 1] in "*_#>=~:,|-–—'\"“” ":
        end -= 1
    return start, end


def _without_agencies(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A piece, or its parts where it names makers side by side and one of them is an agency ("Name and agencies")."""
    cuts = list(_AND.finditer(text, start, end))
    edges = [start, *(edge for cut in cuts for edge in cut.span()), end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    return parts if len(parts) > 1 and any(_is_agency(_unopened(text[a:b])) for a, b in parts) else [(start, end)]


def _unopened(words: str) -> str:
    opening = _CAPITAL.match(words)
    return words[opening.end() :] if opening else words


def _is_agency(words: str) -> bool:
    return is_wire(words) or AGENCIES.fullmatch(words) is not None


def _piece(text: str, start: int, end: int, own: Collection[str]) -> Piece:
    raw = text[start:end]
    if linked := re.fullmatch(r"\[?([^\]\[]+)\]?\(\S+\)?", raw):
        start += linked.start(1)
        end = start + len(linked[1])
        raw = linked[1]
    if (handle := _HANDLE.search(raw)) and persons_in(_unopened(plain(raw[: handle.start()]))):
        end = start + handle.start()
        raw = raw[: handle.start()]
    words = plain(raw)
    opening = _CAPITAL.match(words)
    rest = words[opening.end() :] if opening else ""
    named = rest and not rest[0].islower() and squash(rest) not in own and not is_masthead(rest)
    if named and (names := persons_in(rest)):
        return Piece("person", start, end, ", ".join(names))
    named_there = _IN_PLACE.sub("", rest or words)
    if squash(named_there) not in own and (rest or named_there != words) and _is_agency(named_there):
        at = text.rfind(named_there, start, end)
        return Piece("agency", max(at, start), at + len(named_there) if at >= 0 else end, named_there)
    if squash(words) not in own and own and _is_agency(words):
        return Piece("agency", start, end, words)
    if squash(words) in own or _is_outlet(words):
        return Piece("outlet", start, end, words)
    if _JUNK.fullmatch(words) or not re.search(r"[^\W\d_]{2}", words) or kind_by_words(words) in {"share", "furniture"}:
        return Piece("junk", start, end, words)
    if is_rubric(words) or phrase("round-up", words) is not None:
        return Piece("rubric" if is_rubric(words) else "other", start, end, words)
    if _is_agency(words) or is_worded(words) or (is_acronym(words) and len(words) <= _ACRONYM_LETTERS):
        return Piece("agency", start, end, words)
    names = persons_in(words)
    if names and len(names) == len([name for name in _NAMES.split(words) if name.strip()]):
        return Piece("person", start, end, ", ".join(names), any(likely_gender(name) is not None for name in names))
    return Piece("place" if _PLACE.fullmatch(words) else "other", start, end, words)


def _is_outlet(name: str) -> bool:
    if phrase("round-up", name) is not None and not re.search(
        r"\b(?:brief|digest|letter|bulletin)$", name, re.IGNORECASE
    ):
        return False
    known = Outlets.load().match_credit(name)
    return is_masthead(name) or (known is not None and not known.wire and " " in name)


def _is_person(name: str) -> bool:
    if (
        not _PERSON.fullmatch(name)
        or opens_with_label(name)
        or is_masthead(name)
        or is_role(name)
        or is_rubric(name)
        or find_date(name)
    ):
        return False
    known = Outlets.load().match_credit(name)
    return known is None and not is_worded(name)
