"""Statements: words of someone that several documents carry, between quotation marks or as a release of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from variorum.identity import stable_id
from variorum.linkage import Forest
from variorum.records import Derivation, Document, OriginPassage, Span, Statement

from .lexicon import WORD, Hashes, Lexicon, fold, shingles, words_of
from .options import DerivationOptions
from .reading import Reading

_ALIKE = 0.5  # share of the shorter quotation's shingles from which two quotations are one statement
_OUTRIGHT = 0.6  # share of the words of a passage that must be the quotation's, for it to be the release that is quoted
_NEAR = 160  # characters before and after a quotation within which its speaker is named


class Quotation(NamedTuple):
    """A long quotation in one document; `keys` are its distinct shingles."""

    document: str
    span: Span
    keys: Hashes


def statements_of(
    quotations: Iterable[Quotation], documents: Mapping[str, Document], options: DerivationOptions
) -> tuple[Statement, ...]:
    """The `long_quotations` and releases that two documents or more carry, with each one's variant."""
    variants: defaultdict[bytes, list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        variants[quotation.keys.tobytes()].append(quotation)
    found = [sorted(group, key=lambda q: (q.document, q.span)) for group in variants.values()]
    found.sort(key=lambda group: (group[0].document, group[0].span))
    holders: defaultdict[int, list[int]] = defaultdict(list)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    forest = Forest(f"{i:09}" for i in range(len(found)))
    for i, group in enumerate(found):
        for key in group[0].keys.tolist():
            for j in holders[key][: options.fan_out]:
                shared[j, i] += 1
            holders[key].append(i)
    for (i, j), count in sorted(shared.items()):
        if count >= _ALIKE * min(len(found[i][0].keys), len(found[j][0].keys)):
            forest.join(f"{i:09}", f"{j:09}")
    statements = []
    for numbers in forest.groups():
        members = sorted((q for i in numbers for q in found[int(i)]), key=lambda q: (q.document, q.span))
        carriers = sorted({member.document for member in members})
        if len(carriers) > 1:
            passages = tuple(OriginPassage(document=m.document, span=m.span) for m in members)
            id_ = stable_id("q", [members[0].document, *members[0].span])
            speaker = _speaker_of(members, documents)
            statements.append(Statement(id=id_, documents=tuple(carriers), passages=passages, speaker=speaker))
    return tuple(sorted(statements, key=lambda statement: statement.id))


def long_quotations(reading: Reading, options: DerivationOptions) -> list[Quotation]:
    """The quotations of a text of at least `statement` words."""
    found = []
    for quote in reading.quotes:
        first, last = np.searchsorted(reading.starts, quote)
        if last - first >= options.statement:
            keys = np.unique(shingles(reading.words[first:last], options.shingle))
            found.append(Quotation(reading.unit.document.id, quote, keys))
    return found


def releases(
    edges: Iterable[Derivation],
    quotations: Sequence[Quotation],
    documents: Mapping[str, Document],
    options: DerivationOptions,
) -> list[Quotation]:
    """What documents say in their own words and others quote of them: a press release, the text of a communiqué. Each
    as a quotation of its document; the longest where several overlap."""
    quoted: defaultdict[str, list[Span]] = defaultdict(list)
    for quotation in quotations:
        quoted[quotation.document].append(quotation.span)
    found: set[tuple[str, Span]] = set()
    for edge in edges:
        for passage in edge.passages:
            sides = ((edge.source, passage.source), (edge.target, passage.target))
            for (quoting, inside), (telling, told) in (sides, sides[::-1]):
                if passage.quoted or any(_meet(told, span) for span in quoted[telling]):
                    continue
                for span in quoted[quoting]:
                    words = Span(max(span.start, inside.start), min(span.end, inside.end))
                    texts = documents[quoting].text, documents[telling].text
                    if words.start < words.end and (same := _outright(*texts, words, told, options)):
                        found.add((telling, same))
    kept: list[tuple[str, Span]] = []
    for document, span in sorted(found, key=lambda one: (one[0], one[1].start - one[1].end, one[1])):
        if not any(document == other and _meet(span, taken) for other, taken in kept):
            kept.append((document, span))
    return [Quotation(name, span, _keys(span.of(documents[name].text), options)) for name, span in sorted(kept)]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _outright(quoting: str, telling: str, words: Span, told: Span, options: DerivationOptions) -> Span | None:
    """The characters of a passage that are the words quoted elsewhere; None where too few are."""
    mine = [fold(match.group()) for match in WORD.finditer(quoting, *words)]
    places = list(WORD.finditer(telling, *told))
    blocks = Indel.editops(mine, [fold(place.group()) for place in places]).as_matching_blocks()
    matched = [block for block in blocks if block.size]
    if not matched or sum(block.size for block in matched) < options.statement:
        return None
    first, last = matched[0].b, matched[-1].b + matched[-1].size
    if sum(block.size for block in matched) < _OUTRIGHT * (last - first):
        return None
    return Span(places[first].start(), places[last - 1].end())


def _keys(text: str, options: DerivationOptions) -> Hashes:
    lexicon = Lexicon()
    numbers = [lexicon[word] for word in WORD.findall(text)]
    return np.unique(shingles(lexicon.masked[numbers], options.shingle))


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Who says a quotation: behind it ("," said X; "," X said), and before it (X said: ")."""
    verb = rf"(?:{'|'.join(sorted(words_of('speech_verbs')))})"
    word = r"(?:[\w'’-]|\.(?=\w))+"
    who = rf"(?P<who>(?:[Tt]he |[Aa]n? )?(?:(?!{verb}\b){word} ){{0,6}}?(?:(?!{verb}\b){word}))"
    aside = r"(?:, [^,.\n]{1,60},)?"
    rest = r"(?=[,.;:]| (?:in|on|at|to|after|during|late|early|from|told|as|when|while|adding)\b|$)"
    return (
        re.compile(rf"[\s,]*{verb} (?:(?:also|later|further) )?{who}{rest}"),
        re.compile(rf"[\s,]*{who}{aside} (?:(?:also|later|has|had) )?{verb}\b"),
        re.compile(
            rf"(?:^|[.!?;:,”\"]\s+|\b(?:and|as|but) ){who}{aside} (?:(?:also|later|has|had) )?{verb}\b[^.!?\n]{{0,60}}$"
        ),
    )


def _speaker(quotation: Quotation, text: str) -> str | None:
    """The speaker as the text words it beside a quotation; None where it is a pronoun or not said there."""
    start, end = quotation.span
    after = re.split(r"[.!?]\s|\n", text[end : end + _NEAR])[0]
    before = re.split(r"\n", text[max(0, start - _NEAR) : start])[-1].rstrip(" :,—–-")
    behind, subject, ahead = _named()
    for match in (behind.match(after), subject.match(after), ahead.search(before)):
        if match and (name := _name(match["who"])):
            return name
    return None


def _name(words: str) -> str | None:
    kept = re.sub(r"^(?:the|an?) ", "", words.strip(), flags=re.IGNORECASE)
    folded = kept.casefold().split()
    if not folded or not words_of("no_speakers").isdisjoint(folded):
        return None
    return kept if words[:4].casefold() == "the " or any(word[0].isupper() for word in kept.split()) else None


def _speaker_of(members: Sequence[Quotation], documents: Mapping[str, Document]) -> str | None:
    """Who is most often named as the speaker, by the last word of the name; in the fullest form of it. Of a release
    that nobody ascribes, its outlet."""
    named = [name for member in members if (name := _speaker(member, documents[member.document].text))]
    if not named:
        plain = [member for member in members if documents[member.document].text[member.span.start] not in "\"“„«‘'‚`"]
        return min((documents[member.document].outlet or "" for member in plain), default="") or None
    votes = Counter(name.split()[-1].casefold() for name in named)
    best = min(votes, key=lambda last: (-votes[last], last))
    return min((name for name in named if name.split()[-1].casefold() == best), key=lambda name: (-len(name), name))
