"""What looks like a time and is none: "may" the verb, "March" the name, "fall" the verb, a count such as 2000."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.records import Syntax, Token
from variorum.world.nouns import find_noun

from .anchoring import anchor_of
from .forms import DateForm, EventForm, LengthForm
from .lexicon import lexicon
from .recognising import Recognised

_BEFORE_MONTH = (" IN", " OF", " SINCE", " UNTIL", " BY")
_ADDRESS = re.compile(r"\s+(?:block\b|(?:[A-Z][\w.]*\s+){1,2}(?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Blvd|Lane|Ln)\b)")
_DATED = re.compile(r"\b(?:in|since|by|of|from|until|year)\s+$", re.I)
_TELEPHONE = re.compile(r"\d-$")
_YEARS = re.compile(r"\b[12]\d{3}-$")
_LOWER_VERB = re.compile(r"\b(?:may|march|MAY|MARCH)\b")
_AROUND = 200  # characters about a word that show whether a text uses capitals
_SHORT = frozenset(["may", "march", "jan", "mar", "jun", "jul", "dec", "apr", "sat", "sun", "mon", "wed", "fri"])
_NAMES = frozenset({"PERSON", "GPE", "LOC", "FAC", "ORG", "WORK_OF_ART", "PRODUCT"})
# A bare part of day is a time after these: "at dawn", "before midnight"; "morning paper" is none.
_BEFORE_PART = (
    "at ",
    "by ",
    "before ",
    "after ",
    "until ",
    "till ",
    "since ",
    "around ",
    "about ",
    "of ",
    "from ",
    "to ",
)


def accepted(item: Recognised, text: str, syntax: Syntax) -> bool:
    """Whether the words are a time where they stand."""
    if isinstance(item.form, EventForm):
        anchor = anchor_of(item, text, syntax)
        return anchor is not None and _is_event(anchor.trigger.of(text))
    words = text[item.start : item.end]
    tokens = syntax.tokens_in(item.start, item.end)
    rule = item.rule
    if "_" in text[max(0, item.start - 1) : item.end + 1].strip(" "):
        return False  # a file's name
    if "month" in rule and not any(sign.isdigit() for sign in words) and _LOWER_VERB.search(words):
        return words.isupper() and text[: item.start].rstrip().endswith(_BEFORE_MONTH)  # "march second in line"
    if rule in ("month", "season", "weekday", "set-word", "part") and _in_name(tokens, syntax):
        return False
    if rule == "month":
        return _month(words, tokens, syntax) or (words.split()[-1] not in _SHORT and _is_small(item, text))
    if rule == "weekday":
        if words.split()[-1] not in _SHORT and _is_small(item, text):
            return True
        return words[-1] == "." or (len(words.split()[-1]) > 5 and words.split()[-1][0].isupper())
    if rule == "season":
        return _season(words, tokens, text, item)
    if rule == "year":
        return _year(tokens, text, item, syntax)
    if rule == "short-year":
        return False
    if rule == "part" and len(words.split()) == 1:
        return text[max(0, item.start - 8) : item.start].lower().endswith(_BEFORE_PART)
    return True


def _is_telephone(before: str) -> bool:
    return _TELEPHONE.search(before) is not None and _YEARS.search(before) is None


def _is_small(item: Recognised, text: str) -> bool:
    """Whether the text about an item is written without any capital letter."""
    around = text[max(0, item.start - _AROUND) : item.end + _AROUND]
    return not any(sign.isupper() for sign in around)


def _is_event(words: str) -> bool:
    low = words.split()[-1].lower()
    noun = find_noun(low)
    return low in lexicon().event_nouns or (noun is not None and noun.sort in {"act", "event"})


def _in_name(tokens: Sequence[Token], syntax: Syntax) -> bool:
    """Whether the words are a part of a longer name: a person's, a place's, a group's."""
    if not tokens:
        return False
    first, last = tokens[0].i, tokens[-1].i
    head = syntax.tokens[tokens[-1].head]
    if tokens[-1].dep == "compound" and head.i == last + 1 and head.pos == "PROPN":
        who, lead = syntax.entity_of(head.i), syntax.tokens[first - 1].text.lower() if first else ""
        return lead != "on" and (who is None or who.label != "PERSON")  # "in Monday Market"
    entity = syntax.entity_of(first)
    return (
        entity is not None
        and entity.label in _NAMES
        and last < entity.last
        and entity.last - entity.first > len(tokens)
    )


def _month(words: str, tokens: Sequence[Token], syntax: Syntax) -> bool:
    last = words.split()[-1]
    if not last[0].isupper() and "-" not in last:
        return False
    if last.title() in ("Jan", "Mar", "Jun", "Jul", "Dec", "Apr"):
        return False  # without a dot, day or year they are names
    if not tokens:
        return True
    token = tokens[-1] if tokens[-1].text != "." else tokens[max(len(tokens) - 2, 0)]
    return not (token.tag == "MD" or token.pos in ("VERB", "AUX"))


def _season(words: str, tokens: Sequence[Token], text: str, item: Recognised) -> bool:
    if tokens and tokens[-1].pos not in ("NOUN", "PROPN", "NUM"):
        return False
    if len(words.split()) > 1:
        return True
    return text[max(0, item.start - 4) : item.start].lower().endswith((" in ", "\nin "))


def _year(tokens: Sequence[Token], text: str, item: Recognised, syntax: Syntax) -> bool:
    form = item.form
    if not isinstance(form, DateForm) or form.year is None:
        return True
    if not 1000 <= form.year <= 2100:
        return False
    if (
        text[max(0, item.start - 1) : item.start] in ("$", "£", "€", "#", ".", ",")
        or text[item.end : item.end + 1] == "%"
    ):
        return False
    before = text[max(0, item.start - 8) : item.start]
    if _ADDRESS.match(text, item.end) or _is_telephone(before) or (form.year < 1500 and not _DATED.search(before)):
        return False
    if not tokens:
        return True
    token = tokens[-1]
    head = syntax.tokens[token.head]
    counted = token.dep == "nummod" and head.tag in ("NNS", "NNPS") and head.i > token.i
    named = syntax.child(head.i, "det", "poss") is not None
    return not counted or named or (form.year >= 1900 and form.year % 100 != 0)


def trimmed(item: Recognised, text: str, syntax: Syntax) -> Recognised:
    """Without the article of the noun that the time stands before: "the [August 1988] cease-fire"."""
    tokens = syntax.tokens_in(item.start, item.end)
    if len(tokens) < 2 or tokens[0].text.lower() not in ("the", "a", "an"):
        return item
    head = tokens[0].head
    if isinstance(item.form, LengthForm) and tokens[0].text.lower() != "the" and len(tokens) == 2:
        return item
    return item._replace(start=tokens[1].start) if head > tokens[-1].i else item
