"""The choice among candidates: which of the things that a page says of itself is in force, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from variorum.records import Candidate, CandidateField

from .author_names import is_impersonal, squash

# Where a value is found, the most trusted first; what is not listed comes last. For dates, what the page's maker
# declares for machines is the exact moment; a line may be a date of the event or of an update. For titles, the headline
# is declared as such, while "og:title" may be worded for social networks, and a first heading may be the site's.
_TRUST: dict[CandidateField, tuple[str, ...]] = {
    "title": (
        "declared",
        "header line",
        "JSON-LD headline",
        "meta og:title",
        "h1",
        "heading",
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
        "published line",
        "date line",
        "byline",
        "time line",
        "dateline",
        "JSON-LD dateCreated",
        "short line",
        "head line",
        "live blog",
        "url",
        "given for undated inputs",
    ),
    "updated": (
        "JSON-LD dateModified",
        "meta article:modified_time",
        "itemprop dateModified",
        "time element",
        "header line",
        "date line",
        "byline",
        "time line",
        "short line",
        "head line",
    ),
    "outlet": (
        "declared",
        "header line",
        "meta og:site_name",
        "JSON-LD publisher",
        "meta publisher",
        "meta application-name",
        "title element",
        "masthead",
        "logo",
        "domain",
        "follow line",
        "colophon",
        "copyright line",
    ),
    "author": ("header line", "JSON-LD author", "meta author", "author link", "author element", "byline", "name line"),
    "language": ("declared", "text", "html lang", "JSON-LD inLanguage", "meta language"),
    "dateline-place": ("dateline", "header line"),
    "url": ("declared", "header line", "canonical link", "meta og:url", "JSON-LD url"),
    "paywall": ("JSON-LD isAccessibleForFree", "line"),
}
_LINES = frozenset({"meta author", "author element", "byline", "name line"})  # these name desks beside no person
_WRITTEN = frozenset({"byline", "author link"})  # these name all writers, where a meta element may have room for one
_DECLARED = frozenset({"declared", "header line", "meta og:site_name", "JSON-LD publisher"})
_GUESSED = frozenset({"title element", "masthead", "logo"})  # these may be others where a page declares its name
_HOST = re.compile(r"https?://(?:www\.)?([^/:]+)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"T00:00(?::00)?(?:[.]0+)?(?:Z|[+-]\d\d:?\d\d)?$")


def choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one of each field chosen (of authors, all from the most trusted place), and why each was
    chosen or was not.

    A candidate with a reason already is one that cannot be used. Of dates, another that says the same and more (the
    time of that day, the zone of that time) is chosen in place of the most trusted one. Of authors, persons are chosen
    before the outlet itself and its staff.
    """
    own = own_names(candidates)
    chosen: dict[int, str] = {}
    for field in _TRUST:
        ranked = sorted(
            (*_rank(candidate, own), number)
            for number, candidate in enumerate(candidates)
            if candidate.field == field
            and not candidate.reason
            and not (field == "author" and candidate.found_in in _LINES and is_impersonal(candidate.value, own))
        )
        if not ranked:
            continue
        first = ranked[0]
        reason = _first_reason([candidates[number] for *_, number in ranked], candidates)
        if field == "author":
            rank, why = _fullest([*ranked], candidates)
            chosen.update((number, why or reason) for *each, number in ranked if each == rank)
            continue
        best = first[-1]
        if field == "title":
            best, reason = _headline([number for *_, number in ranked], candidates, own, reason)
        if field in {"published", "updated"}:
            best, reason = _most_precise([number for *_, number in ranked], candidates, reason)
        chosen[best] = reason
    winners: dict[CandidateField, list[Candidate]] = {}
    for number in sorted(chosen):
        winners.setdefault(candidates[number].field, []).append(candidates[number])
    return [
        Candidate(
            field=candidate.field,
            value=candidate.value,
            found_in=candidate.found_in,
            span=candidate.span,
            chosen=number in chosen,
            reason=chosen.get(number, candidate.reason)
            or _passed_over(candidate, winners.get(candidate.field, []), own),
        )
        for number, candidate in enumerate(candidates)
    ]


def _first_reason(ranked: Sequence[Candidate], candidates: Sequence[Candidate]) -> str:
    """Why the most trusted of a field's candidates is chosen."""
    first = ranked[0]
    if len(ranked) == 1:
        alone = sum(each.field == first.field for each in candidates) == 1
        return "the only one" if alone else "the only one of use"
    if len({each.value for each in ranked}) == 1:
        return f"{_quoted(first)} is trusted first, and all {len(ranked)} say the same"
    return f"{_quoted(first)} is trusted first"


def _passed_over(candidate: Candidate, winners: Sequence[Candidate], own: Collection[str]) -> str:
    """Why a candidate is not among those of its field that were chosen; "" where none was."""
    if not winners:
        return ""
    best = next((each for each in winners if each.value == candidate.value), winners[0])
    if best.value == candidate.value:
        return f"says the same as {_quoted(best)}"
    if candidate.field == "author" and is_impersonal(candidate.value, own):
        return "it names no person"
    if candidate.field == "title" and squash(candidate.value) in own:
        return "it is the outlet's name"
    mine, its = _rank(candidate, own), _rank(best, own)
    if mine > its:
        return f"{_quoted(best)} is trusted more"
    if mine == its:
        return f"another {_quoted(best)} comes first"
    return f"{_quoted(best)} says more"


def _fullest(ranked: Sequence[tuple[bool, int, int]], candidates: Sequence[Candidate]) -> tuple[list[int], str]:
    """The rank of the place whose authors are taken: the most trusted one, or the byline where that names all
    of a meta element's and more."""
    best = [*ranked[0][:-1]]
    names = {squash(candidates[number].value) for *rank, number in ranked if rank == best}
    from_meta = all(candidates[number].found_in == "meta author" for *rank, number in ranked if rank == best)
    why = ""
    for rank in dict.fromkeys((each[0], each[1]) for each in ranked):
        others = {squash(candidates[number].value) for *each, number in ranked if each == [*rank]}
        places = {candidates[number].found_in for *each, number in ranked if each == [*rank]}
        if names < others and not rank[0] and from_meta and places <= _WRITTEN:
            best, names = [*rank], others
            why = "it names all of them, and more"
    return best, why


def chosen_value(candidates: Iterable[Candidate], field: CandidateField) -> str | None:
    return next((each.value for each in candidates if each.field == field and each.chosen), None)


def own_names(candidates: Iterable[Candidate]) -> frozenset[str]:
    """What the page calls its outlet, and its site's domain with and without the end, as `author_names.squash` has
    them."""
    found: set[str] = set()
    candidates = list(candidates)
    declared = any(each.field == "outlet" and each.found_in in _DECLARED for each in candidates)
    for each in candidates:
        if each.field == "outlet" and (not declared or each.found_in not in _GUESSED):
            found.add(squash(each.value))
        elif each.field == "url" and (host := _HOST.match(each.value)):
            labels = host[1].split(".")
            found.update({squash(host[1]), squash(max(labels[:-1] or labels, key=len))})
    return frozenset(found - {""})


def _rank(candidate: Candidate, own: Collection[str]) -> tuple[bool, int]:
    trust = _TRUST[candidate.field]
    place = trust.index(candidate.found_in) if candidate.found_in in trust else len(trust)
    return candidate.field == "author" and is_impersonal(candidate.value, own), place


def _headline(
    ranked: Sequence[int], candidates: Sequence[Candidate], own: Collection[str], reason: str
) -> tuple[int, str]:
    """The first of `ranked` that is not the outlet's name alone; the whole headline of the page where what is declared
    is its beginning."""
    named = [number for number in ranked if squash(candidates[number].value) not in own]
    best = (named or ranked)[0]
    if best != ranked[0]:
        reason = f"{_quoted(candidates[ranked[0]])} is the outlet's name"
    if candidates[best].found_in in {"declared", "header line"}:
        return best, reason
    stem = candidates[best].value.casefold().rstrip(" .…")
    for number in ranked:
        longer = candidates[number]
        if longer.found_in == "h1" and longer.value.casefold().startswith(stem + " "):
            return number, f"{_quoted(candidates[best])} is its beginning"
    return best, reason


def _most_precise(ranked: Sequence[int], candidates: Sequence[Candidate], reason: str) -> tuple[int, str]:
    """The first of `ranked`, or the most trusted other that says the same date and more."""
    best = ranked[0]
    for number in ranked[1:]:
        value, other = candidates[best].value, candidates[number].value
        same = other.startswith(value) or (_MIDNIGHT.search(value) and other[:10] == value[:10])
        if same and len(other) > 10 and not _MIDNIGHT.search(other) and len(other) >= len(_MIDNIGHT.sub("", value)) + 3:
            reason = f"{_quoted(candidates[number])} says the same as {_quoted(candidates[ranked[0]])}, and more"
            best = number
    return best, reason


def _quoted(candidate: Candidate) -> str:
    return f'"{candidate.found_in}"'
