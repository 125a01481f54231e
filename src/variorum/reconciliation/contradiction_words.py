"""What words claim or deny: their content without the function words, and the patterns that tell what is denied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from variorum.packaged import data_table
from variorum.world.nouns import find_noun
from variorum.world.states import States
from variorum.world.words import stem

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_THINGS = frozenset(
    {"person", "group", "artifact", "animal", "substance", "body", "plant", "food", "object", "location"}
)
_CLAUSE = re.compile(
    r"[.!?][\"”’']?\s|[,;:–—]\s|\s(?:and|but|while|although|because|that|which|who|when|after|before)\s"
)
_KILLING = frozenset({"kill"})
_FIGHTING = frozenset({"military", "combatant", "police"})


class Lexicon(NamedTuple):
    """``data/contradictions.toml``, ready for use. `deeds`, `general` and `fighters` are stems."""

    small: frozenset[str]
    irregular: dict[str, str]
    alike: dict[str, str]
    deeds: frozenset[str]
    general: frozenset[str]
    fighters: frozenset[str]
    harm: re.Pattern[str]
    aim: re.Pattern[str]
    appended: re.Pattern[str]
    meant: re.Pattern[str]
    hurt: re.Pattern[str]
    spared: re.Pattern[str]
    negated: re.Pattern[str]
    negating: re.Pattern[str]
    involvement: re.Pattern[str]
    uninvolved: re.Pattern[str]
    responsibility: re.Pattern[str]
    blame: re.Pattern[str]
    hedged: re.Pattern[str]
    recalled: re.Pattern[str]
    false: re.Pattern[str]
    asking: re.Pattern[str]
    accusing: re.Pattern[str]
    coming: re.Pattern[str]
    done: re.Pattern[str]
    partial: re.Pattern[str]
    overall: re.Pattern[str]
    own: re.Pattern[str]
    first: re.Pattern[str]
    answering: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon, read once a process. Raises `ModelError` where the file is missing or broken."""
    table = data_table("contradictions.toml")
    patterns = {name: re.compile(rf"\b(?:{text})", re.IGNORECASE) for name, text in table["patterns"].items()}
    alike = {word: line.split()[0] for line in table["alike"]["groups"] for word in line.split()}
    return Lexicon(
        small=frozenset(table["function_words"].split()),
        irregular=table["irregular"],
        alike=alike,
        deeds=frozenset(stem(word) for word in table["deeds"]["words"].split()),
        general=frozenset(stem(word) for word in table["deeds"]["general"].split()),
        fighters=frozenset(stem(word) for word in table["persons"]["fighters"].split()),
        **patterns,
    )


def trails(text: str) -> bool:
    """Whether words are a denial that trails what it denies ("which Lima denies")."""
    whole = f"it, {text}"
    match = lexicon().appended.search(whole)
    return match is not None and match.end() == len(whole)


class Words(NamedTuple):
    """The content of some words: `stems` all of it; `things` the stems that name persons and things; `civil` whether a
    person is among them who does not fight, `anyone` the stems for people at large."""

    stems: frozenset[str]
    things: frozenset[str]
    civil: bool
    anyone: frozenset[str]


@lru_cache(maxsize=65_536)
def words(text: str) -> Words:
    """The content words of a text, names aside: who and where is compared by the layers."""
    known = lexicon()
    stems, things, anyone = set(), set(), set()
    civil = False
    for match in _WORD.finditer(text):
        word = match.group()
        low = word.casefold()
        if low in known.small or len(low) < 2 or (word[0].isupper() and _is_name(word, match.start())):
            continue
        key = known.alike.get(low) or stem(known.irregular.get(low, low))
        noun = find_noun(low)
        stems.add(key)
        if key == "civilian":
            anyone.add(key)
            civil = True
        elif noun is not None and (noun.sort in _THINGS or low in known.alike):
            fights = key in known.fighters or bool(noun.classes & _FIGHTING)
            civil = civil or (noun.sort == "person" and not fights)
        if key not in known.deeds and (key == "civilian" or (noun is not None and noun.sort in _THINGS)):
            things.add(key)
    return Words(frozenset(stems), frozenset(things), civil, frozenset(anyone))


def _is_name(word: str, at: int) -> bool:
    """Whether a word with a capital is a name or a people's adjective, and not just the first of a sentence."""
    return at > 1 or find_noun(word.casefold()) is None or States.load().of_people(word) is not None


def clauses_about(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The clauses of a text in which a pattern is found."""
    return [clause(text, match.start(), match.end()) for match in pattern.finditer(text)]


def shared_thing(one: str, other: str) -> bool:
    """Whether two texts tell of one thing, or of one sort of people, as known: "the dam"."""
    found = []
    for text in (one, other):
        known = re.findall(r"\b(?:the|this|that|these|those) (?:[\w'’-]+ )?[\w'’-]+", text.casefold())
        found.append({key for phrase in known for key in words(phrase).things})
    return bool(found[0] & found[1])


def tells_deed(text: str) -> bool:
    """Whether some words name a deed besides its victims: "in the attack"."""
    return bool(words(text).stems & (lexicon().deeds - lexicon().general - _KILLING))


def one_matter(one: str, other: str) -> bool:
    """Whether two texts tell of one thing besides deeds, or one of them of a deed alone ("the bombing")."""
    a, b = words(one), words(other)
    people = lexicon().fighters | {"civilian"}
    bare = [tells_deed(text) and not w.things for text, w in ((one, a), (other, b))]
    return (
        any(bare)
        or bool((a.things - people) & (b.things - people))
        or bool(a.anyone & b.anyone and a.things == b.things)
    )


def likeness(one: str, other: str) -> float:
    """Jaccard's of the content words of two texts."""
    a, b = words(one).stems, words(other).stems
    return len(a & b) / len(a | b) if a | b else 0.0


def covered(denied: Words, told: Words, told_people: bool, beside: Iterable[str] = ()) -> tuple[float, bool]:
    """The share of the denied content that the told one has, and whether every thing of it is there. People at large
    are there where harm to civilians is told (`told_people`). `beside` are stems that need not be there."""
    left = denied.stems - lexicon().deeds - frozenset(beside)
    there = {key for key in left if key in told.stems or (key in denied.anyone and told_people)}
    things = denied.things - frozenset(beside)
    return (len(there) / len(left) if left else 1.0), things <= there


def content_left(denied: Words, beside: Iterable[str]) -> frozenset[str]:
    """What is denied besides that something happened."""
    return denied.stems - lexicon().deeds - frozenset(beside)


def clause(text: str, start: int, end: int) -> str:
    """The part of `text` between the joints about the characters ``[start, end)``."""
    cuts = [(match.start(), match.end()) for match in _CLAUSE.finditer(text)]
    low = max((after for _, after in cuts if after <= start), default=0)
    high = min((before for before, _ in cuts if before >= end), default=len(text))
    return text[low:high]


def harms_civilians(text: str) -> bool:
    """Whether a clause of a text tells of harm and of people who do not fight."""
    return any(words(part).civil for part in clauses_about(text, lexicon().harm))


def fits(group: str | None) -> str:
    """Whom a figure counts: "anyone", "civil" or "armed"."""
    if group is None:
        return "anyone"
    found = words(lexicon().harm.sub(" ", group.casefold()))
    if found.anyone or not found.things:  # "fourteen", "six dead": nobody is named
        return "anyone"
    return "civil" if found.civil else "armed"
