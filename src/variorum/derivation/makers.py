"""Who made a text and whom it credits, by names that compare equal however a page writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from variorum.records import Credit, Document, Span
from variorum.world.names import name_key
from variorum.world.outlets import Outlets, abbreviates, is_agency_name, same_maker, spelled_out

from .lexicon import words_of

_ROLES = ("source", "agency", "first-published", "reporting")
"""Roles that say where a text comes from, the surest first; a photo's or the page's own name says nothing of it."""


_REPORTING = _ROLES.index("reporting")
_SOURCE = _ROLES.index("source")
_HEAD = 240  # characters within which a dateline stands, page's own words before it
_WORD = r"[^\W\d_a-z][\w.&'’-]{1,24}"
_TAGGED = re.compile(  # "MALDERA, March 4 (Norwind) - ", "(Norwind) - ", "Maldera, 4 March (NWA) The …"
    rf"^(?:[^\W\d_a-z][^()\n]{{0,48}})?\((?P<name>{_WORD}(?: (?:(?:and|de|of) )?{_WORD}){{0,4}})\)"
    r"(?:\s*(?P<dash>[-–—:])|\.? (?=[A-Z“\"]))",
    re.MULTILINE,
)
_LEAST_NAME = 3  # characters of an outlet's name that is looked for in a text
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_LETTERS = re.compile(r"\b[A-Z]{2,7}\b")
_EDGE, _SHORT = 4, 160  # lines at either end of a page that may sign for it, and characters of one that is no sentence
_SENTENCE = re.compile(r"\b(?:is|was|were|are|has|have|had|said|says|will|would)\b")
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]")
_BEFORE_DASH = re.compile(r"[A-Z][^.!?\n]{1,80}?(?=\s?[-–—:]{1,2}\s)")
_LAST_SENTENCE = re.compile(r"(?<=[.!?”\"’] )[^.!?]{2,60}\.?$")


@lru_cache(maxsize=8_192)
def maker(name: str) -> str:
    """The key of a text's maker: that of the world's outlet it names, else its own."""
    known = Outlets.load().match_credit(name)
    return name_key(known.name if known else name)


@lru_cache(maxsize=8_192)
def maker_name(name: str) -> str:
    """A maker's name in full: that of the world's outlet where a credit is its alias. An acronym that the outlet's name
    does not spell out stays as written: other makers may bear it."""
    known = Outlets.load().match_credit(name)
    if known is None or (name.isupper() and len(name) <= 6 and not abbreviates(name, known.name)):
        return name
    return known.name


class Upstream(NamedTuple):
    """A maker that a document credits for its text."""

    key: str
    name: str
    role: int  # position in the order of roles
    credit: Credit

    def is_outlet(self, outlet: str | None) -> bool:
        """Whether the maker is the outlet of that name."""
        return bool(outlet) and one_maker(self.name, outlet or "")


@lru_cache(maxsize=65_536)
def one_maker(one: str, other: str) -> bool:
    """Whether two names mean one maker: one outlet of the world, one name give or take words such as "Wire", or an
    acronym and a name that it abbreviates where the table does not know the acronym for another's."""
    if maker(one) == maker(other) or same_maker(one, other):
        return True
    return any(
        (abbreviates(short, long) and not abbreviates(short, maker_name(short)))
        or (_unknown(short) and _shortens(short, long))
        for short, long in ((one, other), (other, one))
    )


def _unknown(name: str) -> bool:
    return Outlets.load().match_credit(name) is None


def _shortens(acronym: str, name: str) -> bool:
    """Whether an acronym is drawn from an agency's name by its words' first letters and others between ("NWA", "Norwind
    Agency")."""
    letters = acronym.replace(".", "").strip()
    if not _ACRONYM.fullmatch(letters) or not is_agency_name(name):
        return False
    words = [word for word in name_key(name).split() if len(word) > 2]
    pattern = "".join(f"{word[0]}[{word[1:]}]*" for word in words if word.isalpha())
    return len(words) > 1 and re.fullmatch(pattern, letters.lower()) is not None


def made_by(document: Document) -> str | None:
    """The document's outlet; where the page has none, the one maker that it credits for its text: a wire report as its
    agency sent it. None where it is unknown."""
    if document.outlet:
        return document.outlet
    makers = {upstream.key: upstream.name for upstream in upstreams(document)}
    return next(iter(makers.values())) if len(makers) == 1 else None


def outlet_key(document: Document) -> str:
    """The key of the document's maker; empty where it is unknown."""
    name = made_by(document)
    return maker(name) if name else ""


def upstreams(document: Document) -> tuple[Upstream, ...]:
    """The makers, other than its own outlet, that a document credits for its text: surest role first, then by name.
    Of those who did the reporting only makers count, for persons are no source of a text. An agency that the page names
    as its own, in a byline or beside its copyright, while it declares another outlet, is one as well."""
    return _upstreams(document.credits, document.authors, document.outlet, document.text)


@lru_cache(maxsize=8_192)
def _upstreams(
    given: tuple[Credit, ...], authors: tuple[str, ...], outlet: str | None, text: str
) -> tuple[Upstream, ...]:
    found = []
    for credit in (*given, *_uncredited(given, authors, text)):
        if credit.role not in _ROLES and not (credit.role == "self" and outlet and _names_agency(credit.name)):
            continue
        role = _SOURCE if credit.role == "self" else _ROLES.index(credit.role)
        name = spelled_out(credit.name, text) or credit.name
        if _names_nobody(name) or (role == _REPORTING and not _is_maker(name)):
            continue
        one = Upstream(maker(name), maker_name(name), role, credit)
        own = outlet is not None and (
            one.is_outlet(outlet)
            or abbreviates(credit.name, outlet)
            or name_key(credit.name).startswith(f"{name_key(outlet)} ")  # "Valley Post and agencies"
        )
        if one.key and not own:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.role, one.key, one.name)))


def _uncredited(given: tuple[Credit, ...], authors: tuple[str, ...], text: str) -> Iterator[Credit]:
    """The makers that a dateline or a byline names and no credit does."""
    known = {credit.name for credit in given}
    names = {name for name in authors if _names_agency(name)}
    tagged = _TAGGED.search(text[:_HEAD])
    if tagged and tagged["name"].casefold() not in words_of("date_words"):
        name = tagged["name"]
        if tagged["dash"] or _is_maker(name) or _ACRONYM.fullmatch(name):
            names.add(name)
    for name in sorted(names - known):
        yield Credit(name=name, role="agency", span=None, found_in="dateline or byline")


def _names_agency(name: str) -> bool:
    """Whether a name's last word is one that agencies have, so that its owner is none of its users."""
    return not words_of("agency_words").isdisjoint(name_key(name).split()[-1:])


@lru_cache(maxsize=8_192)
def _names_nobody(name: str) -> bool:
    """Whether a credit has generic words alone ("Staff and agencies"), written as such or as no outlet's own name."""
    words = name_key(name).split()
    if not words or not words_of("generic_makers").issuperset(words):
        return False
    known = Outlets.load().match_credit(name)  # which leaves words off either end
    own = name_key(known.name).removeprefix("the ") if known and not name.islower() else None
    return own != " ".join(words).removeprefix("the ")


def _is_maker(name: str) -> bool:
    return Outlets.load().match_credit(name) is not None or is_agency_name(name)


def is_dispatch(document: Document) -> bool:
    """Whether a document is its own maker's report: it credits no other, and that is an agency or signs it in its
    dateline."""
    outlet = document.outlet
    if not outlet or upstreams(document):
        return False
    known = Outlets.load().match_credit(outlet)
    return is_agency_name(outlet) or (known is not None and known.wire) or _signed(document.text, outlet) is not None


def sent_out(document: Document) -> bool:
    """Whether a document is an agency's own dispatch, which has what it tells from no third one: the agency is known
    for one, or signs in its dateline."""
    outlet = document.outlet
    if not outlet or upstreams(document):
        return False
    known = Outlets.load().match_credit(outlet)
    if (known is not None and known.wire) or _names_agency(outlet):
        return True
    tagged = [match["name"] for match in _TAGGED.finditer(document.text)]
    return any(one_maker(name, outlet) for name in tagged[:1])


def common_upstream(one: Document, other: Document) -> bool:
    """Whether both credit one maker that is neither's own outlet."""
    return any(one_maker(a.name, b.name) for a in upstreams(one) for b in upstreams(other))


def credits_outlet(document: Document, other: Document) -> str | None:
    """The words with which `document` says that it has its text from `other`'s outlet: a credit, or the outlet's name
    beside a word of reporting in the text; None where it does not."""
    theirs = outlet_key(other)
    if not theirs or theirs == outlet_key(document):
        return None
    outlet = made_by(other) or ""
    for credit in upstreams(document):
        if credit.is_outlet(outlet):
            return credit.name
    if len(outlet) >= _LEAST_NAME and _reported(document, outlet):
        return outlet
    return _signed(document.text, outlet)


@lru_cache(maxsize=65_536)
def _signed(text: str, outlet: str) -> str | None:
    """The words with which a page's first or last lines name an outlet, in full or by its initials: where a byline, a
    dateline or a line of its own does, with or without a label."""
    name = _whole_name(outlet)
    for place, initials in _signatures(text):
        found = name.search(place) if name else None
        if found:
            return found.group()
        for letters in initials:
            if one_maker(letters, outlet):
                return letters
    return None


@lru_cache(maxsize=1_024)
def _whole_name(outlet: str) -> re.Pattern[str] | None:
    """An outlet's name as words of their own; None where it is too short to mean it."""
    return re.compile(rf"(?<!\w){re.escape(outlet)}(?!\w)", re.IGNORECASE) if len(name_key(outlet)) > 4 else None


@lru_cache(maxsize=8_192)
def _signatures(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where a page may sign for its maker: its first and last lines where they are no sentences, else what stands in
    brackets in them, or before the dash of a dateline; and the words of capitals in each."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    edges = dict.fromkeys([*lines[:_EDGE], *lines[-_EDGE:]])
    found = []
    for line in edges:
        if len(line) <= _SHORT and not _SENTENCE.search(line):
            found.append(line)
            continue
        found.extend(bracket for bracket in _BRACKETS.findall(line[:_HEAD] + "\n" + line[-_SHORT:]))
        if dateline := _BEFORE_DASH.match(line):
            found.append(dateline.group())
        if last := _LAST_SENTENCE.search(line):
            found.append(last.group())
    return tuple((place, tuple(_LETTERS.findall(place))) for place in found)


def _reported(document: Document, outlet: str) -> bool:
    if outlet not in document.text:
        return False
    if f"({outlet})" in document.text[:_HEAD]:  # a dateline, whatever stands before it on its line
        return True
    return _attributing(outlet).search(document.text) is not None


@lru_cache(maxsize=1_024)
def _attributing(outlet: str) -> re.Pattern[str]:
    cues = "|".join(sorted(words_of("report_cues")))
    name = re.escape(outlet)
    return re.compile(rf"\b{name}\b[\w\s,'’]{{0,24}}?\b(?:{cues})\b|\b(?:{cues})\b(?: \w+){{0,3}} (?:the )?{name}\b")


def attributions(document: Document, other: Document) -> tuple[Span, ...]:
    """Where a document says in its text that the other's outlet reports what it tells ("…, the Norvik Post
    reported"). Empty where both are of one outlet."""
    outlet = made_by(other) or ""
    if len(outlet) < _LEAST_NAME or outlet_key(other) == outlet_key(document):
        return ()
    return tuple(Span(*match.span()) for match in _attributing(outlet).finditer(document.text))
