"""Stated numbers of people: a number with the noun that it counts, or without one ("10 were killed")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.records import Syntax, Token
from variorum.world.states import States

from .lexicon import Lexicon, word_set
from .numbers import Count, number, of_an_age, read_count
from .options import TollOptions

_MONTHS = word_set(
    """january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec"""
)
_BREAKS = frozenset(
    [
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "[",
        "]",
        "—",
        "―",
        "/",
        "–",
        "?",
        "!",
        '"',
        "”",
        "''",
        "and",
        "or",
        "but",
        "who",
        "whom",
        "which",
        "that",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "in",
        "on",
        "at",
        "by",
        "from",
        "with",
        "for",
        "to",
        "near",
        "after",
        "before",
        "during",
        "when",
        "while",
        "as",
        "since",
        "until",
        "into",
        "about",
        "if",
        "because",
        "not",
        "did",
        "do",
        "does",
        "said",
        "says",
        "a",
        "an",
        "the",
        "than",
        "of",
    ]
)
_PARTITIVE = frozenset({"them", "whom", "us", "which"})
_OWNED = frozenset({"ours", "theirs"})
_DETERMINERS = word_set("the its his her their those these our my your")
_NOUNS = frozenset({"counted", "conditional"})
_Sort = Literal["on", "end", "harm", "counted", "thing", "person"]
_AGED = word_set(
    """boy girl man woman child teenager youth toddler baby son daughter lad mother father parent grandmother
    grandfather widow widower"""
)
_COLLECTIVE = word_set(
    "police militia militias people taliban military cadre troop rebel army household family kin clergy"
)
_BANDS = word_set("family group party convoy band")
_BODIES = word_set("police military army militia navy taliban")  # "a police raid" tells of no one
_FRACTIONS = word_set("half third thirds quarter quarters most percent % cent fifth tenth majority part")
_OLDEST = 110  # years
_DAYS = 31
_NIGHTS = word_set("night day week month morning evening afternoon weekend year")
_ASIDE = frozenset({",", ".", ";", ")"})
_COMPARED = frozenset({"JJR", "RBR", "JJS", "RBS"})
_QUOTES = frozenset({'"', "”", "’", "''"})
_UNCOMPOUNDED = frozenset({"more", "others", "hostage", "prisoner", "captive"})
_MONEY = frozenset({"$", "€", "£", "¥", "#", "rs", "us$", "usd"})
_CALLED = word_set("dispatcher dispatchers operator operators call calls caller callers hotline")
_DIFFERENCES = (["more", "than"], ["fewer", "than"], ["less", "than"], ["higher", "than"])
_HARMED = word_set("now dead killed wounded injured missing displaced victims casualties detained")
_LABELS = frozenset(
    {"no", "number", "nos", "article", "page", "chapter", "aged", "age", "ages", "flight", "route", "minus", "−"}
)


@dataclass(slots=True)
class Quantity:
    """Tokens ``[first, stop)``, bounds, and the noun counted. `harm` is a word of harm inside ("two wounded men"),
    `person` None where the noun is neither known for people nor for things, `partitive` "of them", `predicated` "14
    were children"."""

    first: int
    stop: int
    count: Count
    noun: int | None = None
    group: str | None = None
    person: bool | None = None
    harm: int | None = None
    partitive: bool = False
    counted: bool = False
    predicated: bool = False

    @property
    def elided(self) -> bool:
        return self.noun is None

    @property
    def size(self) -> int:
        """The number told, whichever bound it is."""
        return self.count.low or self.count.high or 0


def find_quantities(
    syntax: Syntax, words: Sequence[str], first: int, last: int, lexicon: Lexicon, options: TollOptions
) -> list[Quantity]:
    """The quantities among tokens ``[first, last)``, in order; those of things, ages, dates and money left out.
    `words` are the lower-case words of the same tokens."""
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        if (bare := _bare(words, at, syntax, first, lexicon)) is not None:
            noun = first + at
            found.append(Quantity(noun, noun + 1, bare, noun=noun, group=words[at], person=True))
            at += 1
            continue
        count = None if _is_year_of_date(words, at) else _household(words, at) or read_count(words, at)
        if count is not None:
            count = of_an_age(words, count)
        if count is None:
            at += 1
            continue
        quantity = _quantity(syntax, words, first, count, lexicon, options)
        if quantity is not None and not _is_other(syntax, words, first, quantity):
            found.append(quantity)
            at = max(at + 1, quantity.stop - first)
        else:
            at = at + 1 if count.article else max(at + 1, count.core if count.core > at else count.stop)
    return found


def _household(words: Sequence[str], at: int) -> Count | None:
    """ "A family of nine", "a group of 12 hikers": as many as the number says."""
    if words[at] not in {"a", "an", "the"}:
        return None
    for k in range(at + 1, min(at + 4, len(words) - 2)):
        if words[k] in _BANDS and words[k + 1] == "of" and (told := number(words, k + 2)) is not None:
            first = at if words[at] != "the" else at + 1
            return Count(first, k + 2, told[1], told[0], told[0])
        if words[k] in _BREAKS:
            return None
    return None


def _quantity(
    syntax: Syntax, words: Sequence[str], first: int, count: Count, lexicon: Lexicon, options: TollOptions
) -> Quantity | None:
    quantity = Quantity(first + count.first, first + count.stop, count)
    at = count.stop + (words[count.stop : count.stop + 2] == ["out", "of"])
    if words[at - 1] == "of" and words[at : at + 1] and words[at] in _PARTITIVE:
        quantity.partitive, quantity.stop = True, quantity.stop + 1
        return quantity
    if words[at : at + 1] == ["of"]:
        at += 1
        if words[at : at + 1] and words[at] in _PARTITIVE:
            if words[count.core] in {"many", "numerous", "countless"}:
                return None
            quantity.partitive, quantity.stop = True, quantity.stop + 2
            return quantity
        if words[at : at + 1] and words[at] in _OWNED:
            quantity.person, quantity.stop = True, quantity.stop + 2
            return quantity
        if words[at : at + 1] in (["those"], ["these"]) and not _names_people(words, at + 1, lexicon):
            quantity.partitive = True
            return quantity
        while at < len(words) and words[at] in _DETERMINERS:
            at += 1
    elif (count.low == 0 and words[count.first] in {"none", "nobody"}) or words[count.first : count.first + 2] == [
        "no",
        "one",
    ]:
        quantity.person = True
        return quantity
    if at == count.stop and (_closes_quote(words, at) or _is_day(words, at)):
        return quantity
    _count_noun(syntax, words, first, at, quantity, lexicon, options)
    if quantity.noun is not None and at > count.stop and words[quantity.noun - first] in _NIGHTS:
        return Quantity(quantity.first, first + count.stop, count)  # "the 300 of the day before"
    if quantity.noun is None:
        return quantity if _stands_alone(syntax, words, first, count) else None
    if quantity.person is False or _is_named_by_year(words, count, quantity, syntax):
        return None
    last = syntax.tokens[quantity.noun]
    said = words[last.i - first]
    if count.article and (quantity.person is None or _is_plural(last) or said in _BODIES or said == "injury"):
        return None  # "a gunshot injury" is a wound
    return quantity


def _stands_alone(syntax: Syntax, words: Sequence[str], first: int, count: Count) -> bool:
    """Whether a number may go without a noun. "No political office", "a number of senior roles", "another meeting"
    and "4.2 million of its shares" count something that the words do not tell to be people."""
    after = words[count.stop] if count.stop < len(words) else ""
    if words[count.core] == "no" or words[count.stop - 1] == "of":
        return False
    if count.article:
        named = bool(after) and syntax.tokens[first + count.stop].pos in {"NOUN", "PROPN", "ADJ"}
        return words[count.first] == "another" and not named
    of_them = words[count.stop + 1 : count.stop + 2] in (["the"], ["those"])
    return after != "of" or of_them or count.rough or not count.low


def _is_day(words: Sequence[str], at: int) -> bool:
    """ "Up from 6,500 last week": when, and nothing counted."""
    return words[at : at + 1] in (["last"], ["this"]) and words[at + 1 : at + 2] != [] and words[at + 1] in _NIGHTS


def _closes_quote(words: Sequence[str], at: int) -> bool:
    word = words[at] if at < len(words) else ""
    return word in {"”", "’", "''"} or (word == '"' and words[:at].count('"') % 2 == 1)


def predicate(words: Sequence[str], first: int, quantity: Quantity, lexicon: Lexicon) -> None:
    """Read who they were from what is said of a number without a noun: "two of them guards", "14 were children"."""
    if not quantity.elided or quantity.group is not None:
        return
    at = quantity.stop - first
    is_said = words[at : at + 1] in (["were"], ["are"], ["was"], ["is"])
    if not is_said and not quantity.partitive:
        return
    for word in words[at + is_said : at + is_said + 3]:
        if word in _BREAKS and word not in {"a", "an"}:
            return
        if lexicon.is_person(word) and word not in lexicon.generic:
            quantity.group, quantity.predicated = word, is_said
            return
        if lexicon.words.get(word):
            return


def _bare(words: Sequence[str], at: int, syntax: Syntax, first: int, lexicon: Lexicon) -> Count | None:
    """One person without an article, as headlines have it: "Man, 34, stabbed", "shell kills boy, 11, at well"."""
    word, before = words[at], words[at - 1] if at else ""
    token = syntax.tokens[first + at]
    if word not in lexicon.people or word in _COLLECTIVE or word.endswith(("s", "men", "women", "children")):
        return None
    harms = [harm for harm in lexicon.words.get(before, ()) if harm.role == "transitive"]
    if at and before not in {";", ":", "-", "–", "—"} and not (harms and before.endswith("s")):
        return None
    aged = words[at + 1 : at + 2] == [","] and words[at + 2 : at + 3] and words[at + 2].isdigit()
    done = any(
        harm.role == "transitive" for harm in lexicon.words.get(words[at + 1] if at + 1 < len(words) else "", ())
    )
    if token.tag in {"NNS", "NNPS"} or not (
        aged or done or (harms and words[at + 1 : at + 2] in (["in"], ["at"], ["on"]))
    ):
        return None
    return Count(at, at, at + 1, 1, 1, article=True)


def _is_named_by_year(words: Sequence[str], count: Count, quantity: Quantity, syntax: Syntax) -> bool:
    """ "the 2015 nuclear pact", "his 1990 arrest": a year and a noun in the singular that is none for people."""
    people = quantity.person is not None and not quantity.counted
    if people or quantity.noun is None or not words[count.core].isdigit():
        return False
    return len(words[count.core]) == 4 and syntax.tokens[quantity.noun].tag in {"NN", "NNP"}


def _count_noun(
    syntax: Syntax,
    words: Sequence[str],
    first: int,
    at: int,
    quantity: Quantity,
    lexicon: Lexicon,
    options: TollOptions,
) -> None:
    """Find the noun behind a number: the first known noun of people or harm, else what the tree says is counted."""
    aged, at = at, _behind_age(words, at)
    if at > aged and _ends_with_age(syntax, words, first, at):
        _settle(quantity, first, at - 1, None)
        quantity.person = True
        return
    limit = min(len(words), at + options.noun)
    inner: int | None = None
    for k in range(at, limit):
        sort = _sort(words, k, limit, lexicon, syntax.tokens[first + k : first + k + 2])
        if sort == "end" or (k > at and number(words, k) is not None):
            break
        if sort == "harm":
            inner = k
        elif sort == "counted":
            _settle(quantity, first, k, None)
            quantity.counted, quantity.person = True, True
            return
        elif sort == "thing":
            _settle(quantity, first, k, None)
            quantity.person = False
            return
        elif sort == "person":
            if syntax.tokens[first + k].text[:1].isupper() and _qualifies(words, k, limit, lexicon):
                continue
            last = k
            while last + 1 < limit and _compounds(words[last], words[last + 1], lexicon):
                last += 1
            _settle(quantity, first, last, inner)
            quantity.person = True
            if words[k] not in lexicon.generic or words[last] not in lexicon.generic:
                quantity.group = words[last]
            return
    _by_tree(syntax, words, first, quantity, lexicon)


def _sort(words: Sequence[str], k: int, limit: int, lexicon: Lexicon, tokens: Sequence[Token]) -> _Sort:
    """What a word behind a number is to it. A word of harm counts as inside where people follow ("two dead men")."""
    word, follower, token = words[k], words[k + 1] if k + 1 < len(words) else "", tokens[0]
    if word in {"-", "“", "‘", "``", '"', "''"}:
        return "on"
    if word in _BREAKS or follower == "toll":
        return "end"
    name = token.tag == "NNP" and word not in lexicon.people and word not in lexicon.generic
    name = name or (token.tag in _COMPARED and word not in lexicon.generic)  # "an earlier count", "the lower figure"
    person, after = lexicon.is_person(word) and not name, lexicon.words.get(follower, ())
    follows = lexicon.is_person(follower) or (bool(follower) and _is_demonym(tokens[-1]))
    harms = () if person else lexicon.words.get(word, ())
    if word in {"more", "other", "additional"} and (follows or any(harm.role in _NOUNS for harm in after)):
        return "on"
    if any(h.role in _NOUNS for h in harms) and not any(h.role == "state" for h in harms):
        return "counted"
    if harms:
        near = follows or (follower not in _BREAKS and k + 2 < limit and lexicon.is_person(words[k + 2]))
        return "harm" if near and follower not in {"more", "others"} | _UNCOMPOUNDED else "end"
    if person and token.tag == "JJ" and follower not in _BREAKS | _UNCOMPOUNDED and follower.isalpha():
        return "on"  # "an American flag", "two Swiss nationals"
    if not person and (follower == "-" or (k > 1 and words[k - 1] == "-" and words[k - 2] not in _BREAKS)):
        return "on"  # "an off-duty constable"
    if person or _is_demonym(token):
        return "person"
    if word in lexicon.things:
        return "on" if follows else "thing"
    return "end" if token.pos in {"VERB", "AUX", "ADP", "PRON", "SCONJ"} else "on"


def _qualifies(words: Sequence[str], k: int, limit: int, lexicon: Lexicon) -> bool:
    """Whether a demonym in the singular tells of a later noun for people: "a Tajik border guard"."""
    if words[k].endswith("s"):
        return False
    for j in range(k + 1, min(limit, k + 3)):
        if words[j] in _BREAKS or lexicon.words.get(words[j]):
            return False
        if lexicon.is_person(words[j]):
            return True
    return False


def _compounds(word: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a second noun of people goes on from a first: "police officers", not "nurses doctors"."""
    if following in _UNCOMPOUNDED or not lexicon.is_person(following):
        return False
    return not word.endswith(("s", "men", "women", "children", "people"))


def _by_tree(syntax: Syntax, words: Sequence[str], first: int, quantity: Quantity, lexicon: Lexicon) -> None:
    token = syntax.tokens[first + quantity.count.stop - 1]
    head = syntax.tokens[token.head]
    if token.dep not in {"nummod", "amod"} or head.pos not in {"NOUN", "PROPN"} or not token.i < head.i <= token.i + 6:
        return
    if any(word in _BREAKS or word in _QUOTES for word in words[quantity.count.stop : head.i - first]):
        return
    _settle(quantity, first, head.i - first, None)
    word = head.text.lower()
    quantity.person = False if lexicon.is_thing(word) else None
    if lexicon.words.get(word):
        quantity.noun, quantity.stop = None, first + quantity.count.stop
        return
    quantity.group = word


def _settle(quantity: Quantity, first: int, k: int, inner: int | None) -> None:
    quantity.noun, quantity.stop = first + k, first + k + 1
    quantity.harm = first + inner if inner is not None else None


def _names_people(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a noun of people stands at word `at` or behind one word there."""
    return any(lexicon.is_person(word) for word in words[at : at + 2])


def _is_date(words: Sequence[str]) -> bool:
    """Whether a span of numbers is a date: "04-06-2016"."""
    joined = "".join(words)
    return re.match(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", joined) is not None


def _is_year_of_date(words: Sequence[str], at: int) -> bool:
    """Whether a year ends a date of day and month: "March 4, 2025 - six guards", "4 March 2025: six guards"."""
    if len(words[at]) != len("1990") or not words[at].isdigit() or at < 2:
        return False
    if words[at - 1] == "," and at > 2:
        return words[at - 2].isdigit() and int(words[at - 2]) <= _DAYS and words[at - 3] in _MONTHS
    return words[at - 1] in _MONTHS and words[at - 2].isdigit() and int(words[at - 2]) <= _DAYS


def _is_dated(words: Sequence[str], start: int) -> bool:
    """Whether a day stands before the month already, and no year follows: "on 12 June 49 were shot"."""
    day = words[start - 2] if start > 1 and words[start - 1] in _MONTHS else ""
    return day.isdigit() and int(day) <= _DAYS and len(words[start]) < len("1990")


def _is_age(words: Sequence[str], start: int) -> bool:
    """ "a boy of 14", "a mother of three"."""
    return start > 2 and words[start - 1] == "of" and words[start - 3] in {"a", "an"} and words[start - 2] in _AGED


def _in_ages(words: Sequence[str], at: int) -> bool:
    """Whether the number at word `at` stands in a list of ages between commas: "two boys, 11 and 13, were hit"."""
    first, last = at, at
    while first and (words[first - 1].isdigit() or words[first - 1] in {"and", ","}):
        first -= 1
    while last + 1 < len(words) and (words[last + 1].isdigit() or words[last + 1] in {"and", ","}):
        last += 1
    ages = [int(word) for word in words[first : last + 1] if word.isdigit()]
    enclosed = words[first] == "," and words[last] in {",", "and"} and last > at
    return enclosed and len(ages) > 1 and all(age <= _OLDEST for age in ages) and words[at].isdigit()


def _behind_age(words: Sequence[str], at: int) -> int:
    """Skip "12-year-old", "six-month-old"."""
    for k in range(at, min(at + 6, len(words))):
        if words[k] in {"old", "olds"} and any(words[j] in {"year", "month", "week", "day"} for j in range(at, k)):
            return k + 1
        if words[k].endswith("-old"):
            return k + 1
    return at


def _ends_with_age(syntax: Syntax, words: Sequence[str], first: int, at: int) -> bool:
    """Whether an age before word `at` names a person by itself: "an 11-year-old was hurt", no "11-year-old boy"."""
    if at >= len(words) or words[at - 1].endswith("olds") or words[at] in {"remains", "remained"}:
        return True
    token = syntax.tokens[first + at]
    return token.pos in {"VERB", "AUX", "ADP", "PUNCT", "CCONJ", "PRON", "SCONJ"} or token.tag in {"WP", "WDT", "TO"}


def _is_demonym(token: Token) -> bool:
    """A capitalised plural of people without an entry of its own: "Yemenis"."""
    word = token.text
    if not word[:1].isupper() or not word[1:].islower() or len(word) < 4:
        return False
    if len(word) > 4 and word.endswith(("is", "ians", "ans", "ese")):
        return True
    return word.endswith("s") and any(
        named.role == "demonym" for text in (word, word[:-1]) for named in States.load().find(text, "demonym")
    )


def _is_plural(token: Token) -> bool:
    return token.tag in {"NNS", "NNPS"}


def _is_ratio(words: Sequence[str], start: int, stop: int) -> bool:
    """ "9/11", "24/7"."""
    before, after = words[start - 1 : start] == ["/"], words[stop : stop + 1] == ["/"]
    return (before and start > 1 and words[start - 2].isdigit()) or (after and number(words, stop + 1) is not None)


def _is_share(words: Sequence[str], quantity: Quantity, first: int) -> bool:
    """ "one in five", "image 2 of 8"."""
    start, stop = quantity.count.first, quantity.count.stop
    before, after = words[start - 1] if start else "", words[stop] if stop < len(words) else ""
    if after == "in" and quantity.elided and number(words, stop + 1) is not None:
        return True
    if before == "in" and start > 1 and number(words, start - 2) is not None:
        return True
    whole = start - 1 if before in _DETERMINERS else start
    if words[max(0, whole - 1) : whole] == ["of"] and words[whole - 2] in _FRACTIONS:
        return True
    figures = words[start].isdigit()
    if before == "of" and figures and start > 1 and words[start - 2].isdigit():
        return True
    return (
        after == "of" and figures and quantity.elided and words[stop + 1 : stop + 2] != [] and words[stop + 1].isdigit()
    )


def _opens_clause(words: Sequence[str], at: int) -> bool:
    """Whether "of" opens the clause of a number at word `at`: "of 40 on board, …", "and of its 20 crew, …"."""
    for k in range(at - 1, max(-1, at - 6), -1):
        if words[k] == "of":
            return k == 0 or words[k - 1] in {",", ";", "and", "but", ":", "—", "–"}
        if words[k] in _BREAKS and words[k] not in {"the", "a"}:
            return False
    return False


def _is_labelled(words: Sequence[str], start: int) -> bool:
    """ "Route 12", "number 64", "911 dispatchers"; but not "the dead now number 64"."""
    before = words[start - 1] if start else ""
    counting = before == "number" and start > 1 and words[start - 2] in _HARMED
    called = words[start].isdigit() and len(words[start]) == 3 and bool(_CALLED & set(words[start + 1 : start + 2]))
    return (before in _LABELS and not counting) or called


def _is_other(syntax: Syntax, words: Sequence[str], first: int, quantity: Quantity) -> bool:
    """Whether the number is an age, a date, a label, a part of a word or a sum of money."""
    count = quantity.count
    start, stop = count.first, count.stop
    if _is_date(words[start : start + 5]):
        return True
    before = words[start - 1] if start else ""
    behind = quantity.stop - first
    follows = words[behind : behind + 1] == [","] or number(words, behind) is not None
    if follows and not quantity.counted and _opens_clause(words, start):
        return True  # "of 40 people on board, three died" counts no harm of the 40
    after = words[stop] if stop < len(words) else ""
    tokens = syntax.tokens[first + stop - 1 : first + stop + 1]
    hyphen = after == "-" and tokens[0].end == tokens[-1].start  # and no dash, as in "kills 27 - medics"
    if hyphen and stop + 1 < len(words) and number(words, stop + 1) is None and words[stop + 1] != "plus":
        return True
    glued = bool(start) and syntax.tokens[first + start - 1].end == syntax.tokens[first + start].start
    part = (before == "-" and glued) or before in _MONEY or after in {"%", "percent", "°", "pct"}
    if part or _is_labelled(words, start):
        return True
    if words[stop : stop + 2] == ["per", "cent"] or words[start : stop + 2] in (
        ["one", "by", "one"],
        ["one", "another"],
    ):
        return True
    if words[start] == "one" and words[start - 2 : start] == ["one", "by"]:
        return True
    if (before.rstrip(".") in _MONTHS and words[start].isdigit() and not _is_dated(words, start)) or (
        after in _MONTHS and (after != "may" or syntax.tokens[first + stop].pos not in {"AUX", "VERB"})
    ):
        return True
    difference = quantity.elided and words[stop : stop + 2] in _DIFFERENCES
    if difference or _is_share(words, quantity, first) or _is_ratio(words, start, stop):
        return True
    if not quantity.elided:
        return False
    if words[start].isdigit() and any(word in {"ages", "aged", "age"} for word in words[max(0, start - 8) : start]):
        return True
    if before == "." and words[start].isdigit():
        return False
    oldest = 1500 if before == "in" and after == "," else 1900  # "In 1822, the church was burned"
    years = count.low is not None and count.high is not None and oldest <= count.low <= count.high <= 2100
    if years and any(words[k].isdigit() and len(words[k]) == 4 for k in range(start, stop)):
        return True
    if (before in {"possibly", "perhaps", "maybe"} and after in _ASIDE) or _is_age(words, start):
        return True
    if (before == "," and after == "," and words[start].isdigit()) or _in_ages(words, start):
        return True
    named = (
        words[start].isdigit()
        and bool(start)
        and not _is_dated(words, start)
        and syntax.tokens[first + start - 1].pos == "PROPN"
    )
    gapped = words[start - 2 : start - 1] in (["and"], [";"], ["but"]) and after in _ASIDE | {""}
    return named and not gapped  # "India lost 12 men and Pakistan 71" gives Pakistan's, "Route 71" counts no one
