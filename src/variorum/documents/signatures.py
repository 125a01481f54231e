"""Signatures: the makers that a line is signed with, as a whole or at its end, whatever the line is a part of.

Agencies sign at fixed places: in brackets, behind a dash, between slashes or bare behind the last full stop; a line of
their names alone does the same. What stands there is a signature if it can be read to its last letter as a list of
makers: agencies, the page's own name or desk, an editor's initials. The surer the place, the less must be known of
a name: in brackets one unknown name is enough, bare behind a full stop a table must know it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from variorum.records import Credit, Span
from variorum.world.given_names import likely_gender
from variorum.world.outlets import Outlet, Outlets, same_maker

from .dates import find_date
from .makers import AGENCIES, DESK, is_acronym, is_wire, is_worded, may_sign
from .wording import is_rubric, no_signature, word_set

_LISTED = re.compile(
    r"\s*(?:[,;|+&=＝、，；・،]|\s[–—-](?=\s)|(?<=\w)\s*\b(?:and|y|e|et|und|en|og|och|ja|és|ve|dan|na|şi|și|и|та|і|και|ni|az)\b|\sو)\s*",
    re.IGNORECASE,
)
_HALVES = re.compile(r"\s*/\s*")
_JOINED = re.compile(r"[-–—]")
_OPEN, _CLOSE = "([（【〔＜<", ")]）】〕＞>"
_BRACKET = re.compile(rf"[{re.escape(_OPEN)}](?P<in>[^{re.escape(_OPEN + _CLOSE)}\n]{{1,90}})[{re.escape(_CLOSE)}]")
_LAST_BRACKET = re.compile(_BRACKET.pattern + r"[*_\s.。]{0,4}$")
_SLASHES = re.compile(r"(?:^|(?<=\s))/(?P<in>[^/\n]{2,40})/[*_\s.。]{0,4}$")
_DASH = re.compile(
    r"(?:^|(?<=\s)|(?<=[.!?…。»”\"]))(?:--+|[–—-])\s?(?P<in>[^.!?\n–—]{2,70}?)\s?(?:--+|[–—])?[*_\s.。]{0,4}$"
)
_BARE = re.compile(r"[.!?…。»”\"’]\s+(?P<in>[^.!?…。\n]{2,70})\.?[*_\s]{0,3}$")
_STOP = re.compile(r"[.!?…。！？؟।]\W{0,3}$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+\.[a-z]{2,8}(?:/\S*)?", re.IGNORECASE)
_CODE = re.compile(r"[a-zà-ÿа-яёçğşıčžšăâîțș]{1,4}\.?|[A-ZÀ-Þ]{1,3}\.?|[a-z]{2,4}(?:[./-][a-z]{1,4})+")
_CODES = re.compile(r"(?:[\s/.-]+(?:[A-Z]{2,4}|[a-z]{2,4}))+$")
_LEADING = re.compile(r"(?:[^\W\d_A-ZÀ-ÞА-ЯΑ-Ω][\w'’.]*\s+|l['’]){1,6}(?=\S)")
_SHORT = re.compile(r"[^\W\d_]{1,4}[.:]?")
_CASELESS = re.compile(
    "[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1200-\u137f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_NAMED = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*){1,2}")
_DESKS = word_set(
    "red red. redaktion redaktionen redaktsiya redazione redacción redacao redação redacja redactie ред ред."
)
_WINDOW = 120
_MOST_MAKERS = 5
_MOST_WORDS = 9
_ACRONYM_LETTERS = 3  # fewer are an editor's initials


MakerKind = Literal["agency", "self", "code", "person"]


class Maker(NamedTuple):
    """One name of a signature, where it stands, and whose it is: an agency's, the page's own or its desk's, an editor's
    initials, a person's. `sure` where the name says so wherever it stands."""

    start: int
    end: int
    kind: MakerKind
    sure: bool = True


class Signature(NamedTuple):
    """A signature at the end of a stretch: where it begins, its opening mark included, and its makers."""

    start: int
    makers: list[Maker]


def read_makers(text: str, start: int, end: int, own: Collection[str] = (), *, enclosed: bool = False) -> list[Maker]:
    """The makers that ``[start, end)`` lists and nothing else; empty where anything in it is no maker, or none of them
    is an agency. In brackets (`enclosed`) a single name that no table has may be an agency's. `own` are the page's
    names."""
    start, end = _bare(text, start, end)
    if start >= end or text.count(" ", start, end) >= _MOST_WORDS:
        return []
    found = _makers(text, start, end, own, enclosed=enclosed)
    if not found and (led := _LEADING.match(text, start, end)):
        # "avec AFP", "con información de AP": what leads up to the names is in small letters
        words = led[0].split()
        short = enclosed and len(words) == 1 and _SHORT.fullmatch(words[0]) is not None
        found = _makers(text, *_bare(text, led.end(), end), own, enclosed=short)
        if not short and not all(maker.sure for maker in found):
            return []
    return found


def signed_end(text: str, start: int, end: int, own: Collection[str] = (), *, last: bool) -> Signature | None:
    """The signature that ``[start, end)`` ends with, behind text of its own; None where it has none. `last` where a
    story, an entry or the whole text ends here: elsewhere only agencies that tables know sign."""
    if _ends_plainly(text, start, end):
        return None
    window = max(start, end - _WINDOW)
    stop = end
    while bracket := _LAST_BRACKET.search(text, window, stop):
        if not _ADDRESS.fullmatch(bracket["in"].strip()):
            return _enclosed(text, start, bracket, own, last=last)
        stop = bracket.start()
    for pattern in (_SLASHES, _DASH, _BARE):
        if match := pattern.search(text, window, stop):
            behind = match.start("in") if pattern is _BARE else match.start()
            if not _stops(text, start, behind):
                continue
            makers = read_makers(text, *match.span("in"), own, enclosed=last and pattern is _SLASHES)
            if any(maker.kind == "person" for maker in makers):
                continue
            known = all(maker.sure for maker in makers) and (pattern is not _BARE or _is_known(text, makers, last=last))
            if makers and (known or (last and pattern is not _BARE)):
                return Signature(behind, makers)
    return None


def _ends_plainly(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends as sentences do, with nothing behind that could be a signature."""
    at = end - 1
    while at > start and text[at] in ".!?…。”»’'\"":
        at -= 1
    return at < end - 1 and text[at] not in ")]）】>＞/*_–—-" and not text[at].isupper()


def credits_of(text: str, makers: Sequence[Maker], found_in: str) -> list[Credit]:
    """The credits of a signature's makers."""
    return [
        Credit(
            name=text[maker.start : maker.end], role=maker.kind, span=Span(maker.start, maker.end), found_in=found_in
        )
        for maker in makers
        if maker.kind == "agency" or maker.kind == "self"
    ]


def _enclosed(text: str, start: int, bracket: re.Match[str], own: Collection[str], *, last: bool) -> Signature | None:
    makers = read_makers(text, *bracket.span("in"), own, enclosed=True)
    if not makers or bracket.start() <= start or any(maker.kind == "person" for maker in makers):
        return None
    if _stops(text, start, bracket.start()):
        sure = all(maker.sure for maker in makers)
    else:  # "… was killed (AFP).": in the sentence, as acronyms are explained
        before = text[start : bracket.start()].rstrip()
        sure = _is_known(text, makers, last=False) and not before.split(" ")[-1][:1].isupper()
        last = False
    return Signature(bracket.start(), makers) if sure or last else None


def _stops(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends before ``end``, at the end of more than a word."""
    before = text[max(start, end - 12) : end].rstrip(" \t\u00a0*_")
    return _STOP.search(before) is not None


def _is_known(text: str, makers: Sequence[Maker], *, last: bool) -> bool:
    """Whether a table knows all makers that are agencies; at the end of all (`last`), what is written as one does."""
    names = [text[maker.start : maker.end] for maker in makers if maker.kind == "agency"]
    return all(is_wire(name) or (last and (is_acronym(name) or is_worded(name))) for name in names)


def _makers(text: str, start: int, end: int, own: Collection[str], *, enclosed: bool) -> list[Maker]:
    if start >= end:
        return []
    found: list[Maker] = []
    for a, b in _pieces(text, start, end):
        read = _sorted(text, a, b, own, enclosed=enclosed)
        if read is None:
            return []
        found += read
    agencies = [maker for maker in found if maker.kind == "agency"]
    if not agencies or len(found) > _MOST_MAKERS + sum(maker.kind == "code" for maker in found):
        return []
    if len(agencies) > 1 and not any(maker.sure for maker in agencies) and not enclosed:
        return []
    return found


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between the marks of a list; a name that a table knows is not cut."""
    if is_wire(text[start:end]):
        return [(start, end)]
    found: list[tuple[int, int]] = []
    for a, b in _cut(text, start, end, _LISTED):
        if is_wire(text[a:b]) or Outlets.load().match_credit(text[a:b]):
            found.append((a, b))
            continue
        for c, d in _cut(text, a, b, _HALVES):
            halves = [] if is_wire(text[c:d]) else list(_cut(text, c, d, _JOINED))
            found += halves if len(halves) > 1 and all(is_wire(text[x:y]) for x, y in halves) else [(c, d)]
    return found


def _cut(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    found, at = [], start
    for match in mark.finditer(text, start, end):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    return [*found, (at, end)] if at < end else found


def _sorted(text: str, start: int, end: int, own: Collection[str], *, enclosed: bool) -> list[Maker] | None:
    """What one name of a list is; None where it is no maker."""
    start, end = _bare(text, start, end)
    name = text[start:end]
    if not name:
        return []
    if AGENCIES.fullmatch(name):
        return [Maker(start, end, "agency")]
    if no_signature(name):
        return None
    outlet = Outlets.load().match_credit(name)
    if _is_wires(name, outlet, enclosed=enclosed):
        return [Maker(start, end, "agency")]
    if any(same_maker(name, each) for each in own) or name.lower() in _DESKS or (DESK.search(name) and len(name) < 40):
        return [Maker(start, end, "self")]
    if is_rubric(name.lower()) or find_date(name):
        return None
    if is_worded(name):
        return [Maker(start, end, "agency")]
    if (codes := _CODES.search(name)) and is_wire(name[: codes.start()]):
        return [Maker(start, start + codes.start(), "agency"), Maker(start + codes.start(), end, "code")]
    if is_acronym(name):
        return [Maker(start, end, "agency", not (len(name) < 3 and name.isascii()))]
    if _CODE.fullmatch(name):
        return [Maker(start, end, "code")]
    if outlet is not None and enclosed and not name[0].islower():
        return [Maker(start, end, "agency")]
    if enclosed and may_sign(name):
        return [Maker(start, end, "agency", False)]
    if enclosed and _CASELESS.match(name) and 2 <= len(name) <= 8 and " " not in name:
        return [Maker(start, end, "agency", False)]
    if _NAMED.fullmatch(name) and likely_gender(name) is not None:
        return [Maker(start, end, "person")]
    return None


def _is_wires(name: str, outlet: Outlet | None, *, enclosed: bool) -> bool:
    """Whether a table knows a name as an agency's, as it is written; in brackets also where papers sign in small
    letters what is written in capitals ("(afp)")."""
    if outlet is not None and outlet.wire and (not name[0].islower() or name in (*outlet.aliases, outlet.name)):
        return True
    return enclosed and len(name) >= _ACRONYM_LETTERS and name.islower() and name.isalpha() and is_wire(name.upper())


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n\u00a0\u3000*_()[]（）【】<>＜＞/–—-.:,;|'\"“”©":
        start += 1
    while end > start and text[end - 1] in " \t\n\u00a0\u3000*_()[]（）【】<>＜＞/–—-:,;|'\"“”" + (
        "" if end - start < 6 else "."
    ):
        end -= 1
    return start, end
