"""What a line is by its words alone: the wording of forms, share buttons, captions, bylines and their kind.

The patterns live in ``data/furniture.toml``. They are asked in a fixed order, the surest first.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, cast, get_args

from variorum.errors import ModelError
from variorum.packaged import data_table
from variorum.records import BlockKind, CreditRole

from .notice_forms import opens_notice
from .openings import Openings, Searched

_ORDER: tuple[BlockKind, ...] = (
    "comment-form",
    "share",
    "correction",
    "related",
    "media",
    "caption",
    "byline",
    "furniture",
)
PhraseKind = Literal[
    "paywall", "wide-offer", "offer", "cookie", "error", "error-title", "cookie-title", "index-title", "other-title",
    "pager", "author-box", "live", "live-title", "timeline", "shop", "round-up", "notice", "wrong",
]  # fmt: skip
_PHRASES = get_args(PhraseKind)
_WHOLE_LONGEST = 300  # no line of furniture that a pattern takes whole is longer
_BLOB_LETTERS = 400  # no word is longer, nor any address in a text
_PHRASE_LONGEST = 1_000  # and none speaks of itself later in a line than this
# What `contains` looks for has one of these.
_SET_OFF = re.compile(r"[/()\[\]:|]")
_SET_OFF_WORDS = ("images", "photo", "stock", "via ")
_STRAIGHT = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("\u200b", ""), ("\ufeff", ""))
# To the letters and digits of an ASCII text, in small letters, and nothing else.
LETTERS = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}
_URL = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|me|tv|io)(?:/\S*)?", re.IGNORECASE
)
_SOCIAL = re.compile(
    r"(?<![\w-])(?:twitter|x|facebook|fb|instagram|whatsapp|telegram|t|youtube|youtu|linkedin|tiktok|threads|reddit|pinterest)"
    r"\.(?:com|me|co|be|org|net)\b",
    re.IGNORECASE,
)


# What may stand behind the name of where a text was first published: when, how, under what terms.
_LATER = (
    r"(?:,?\s+(?:in [a-z]+(?=\W*$)|on|under|and|here|as|with|where|via|by|in (?:its|the|their)"
    r"|in (?=\w+ (?:19|20)\d\d)|el|le|am|il|em|op|den|dne|в|dnia)\b.*"
    r"|,\s+(?:[^\W\d_]+ )?(?:of )?(?:19|20)\d\d.*|,?\s*\(?\d{1,2}[./ ].*"
    r"|\s+\(?(?:issue|vol|no)\b.*)?"
)

_SMALL = frozenset({"of", "the", "and", "for", "in", "&", "de", "la", "el", "las", "los", "du", "des", "der", "die"})


class _Patterns(NamedTuple):
    begins: Openings
    whole: Openings
    contains: re.Pattern[str] | None
    longest: int


class CreditForm(NamedTuple):
    """A form of credit lines and its role. `only` says whose names it takes: "agency" where it is too common a form for
    other names, "maker" where what follows must be written as a name; "" where anything may follow."""

    role: CreditRole
    pattern: re.Pattern[str]
    only: str


class _Wording(NamedTuple):
    kinds: dict[BlockKind, _Patterns]
    begins: Openings  # of any kind, as the next two
    whole: Openings
    contains: re.Pattern[str]
    containing: int  # the most words of a line that is asked for what it contains
    phrases: dict[str, Searched]
    rubric: frozenset[str]
    masthead: frozenset[str]
    credits: tuple[CreditForm, ...]
    credit: Openings  # any of their forms
    captions: tuple[re.Pattern[str], ...]
    headers: dict[str, str]
    codes: dict[str, str]
    agency: frozenset[str]
    no_signature: frozenset[str]
    institution: frozenset[str]
    label: re.Pattern[str]
    holder: re.Pattern[str]


def plain(text: str) -> str:
    """A line as patterns read it: straight quotes, single spaces, and of what has no spaces at all (encoded data) the
    beginning."""
    if not text.isascii():
        for curled, straight in _STRAIGHT:  # quicker than a translation of every character
            text = text.replace(curled, straight)
    words = text.split()
    if len(text) > _BLOB_LETTERS * len(words):
        words = [word[:_BLOB_LETTERS] if len(word) > _BLOB_LETTERS and word.isascii() else word for word in words]
    return " ".join(words)


@lru_cache(maxsize=2_048)
def kind_by_words(line: str) -> BlockKind | None:
    """What a line (as `plain` gives it) is by its words; None where they do not say. Never "body" or "title"."""
    if _URL.fullmatch(line):
        return "share" if _SOCIAL.search(line) else "furniture"
    words = line.count(" ") + 1
    wording = _wording()
    if words <= wording.kinds["correction"].longest and opens_notice(line):
        return "correction"
    set_off = words <= wording.containing and _is_set_off(line)
    if not (
        wording.begins.match(line)
        or (len(line) <= _WHOLE_LONGEST and wording.whole.fullmatch(line))
        or (set_off and wording.contains.search(line))
    ):
        return None  # as most lines: no kind need be asked on its own
    for kind, patterns in wording.kinds.items():
        if len(line) <= _WHOLE_LONGEST and patterns.whole.fullmatch(line):
            return kind
        if words <= patterns.longest and (
            patterns.begins.match(line) or (patterns.contains and set_off and patterns.contains.search(line))
        ):
            return kind
    return None


def _is_set_off(line: str) -> bool:
    if _SET_OFF.search(line):
        return True
    small = line.lower()
    return any(word in small for word in _SET_OFF_WORDS)


def is_rubric(line: str) -> bool:
    """Whether all words of a short line name sections of a newspaper."""
    words = re.findall(r"[\w&]+", line.lower())
    return 0 < len(words) <= 5 and all(word in _wording().rubric for word in words)


def is_institution(line: str) -> bool:
    """Whether a short line names a public body by what such are called ("Ministry of Defence", "Press Service")."""
    words = re.findall(r"[\w'’]+", line.lower())
    return 2 <= len(words) <= 9 and any(word in _wording().institution for word in words)


def is_masthead(line: str) -> bool:
    """Whether a short line is written as an outlet's name and has a word in it that outlets have in theirs."""
    words = re.findall(r"[\w'’&]+", re.sub(r"\s*\([^()]*\)$", "", line))
    small = [word.lower() for word in words]
    named = any(word in _wording().masthead for word in small)
    own = any(word not in _wording().masthead | _wording().rubric | _SMALL for word in small)
    return 2 <= len(words) <= 5 and named and own and all(word[0].isupper() or word in _SMALL for word in words)


def paywall_phrase(line: str) -> re.Match[str] | None:
    """The words by which a page says that its text is for payers, if `line` holds any."""
    return phrase("paywall", line)


@lru_cache(maxsize=2_048)
def phrase(kind: PhraseKind, line: str) -> re.Match[str] | None:
    """The words in a line (as `plain` gives it) by which pages of a kind speak; the kinds are in the data file."""
    return _wording().phrases[kind].search(line, _PHRASE_LONGEST)


def is_titled(kind: PhraseKind, title: str) -> bool:
    """Whether a whole title is one that pages of a kind have and reports have not."""
    return _wording().phrases[kind].pattern.fullmatch(title) is not None


def caption_forms() -> tuple[re.Pattern[str], ...]:
    """How a picture's credit ends its caption, the surest form first."""
    return _wording().captions


def credit_forms() -> tuple[CreditForm, ...]:
    """The forms of credit lines with the role of each, in the order in which they are asked."""
    return _wording().credits


def has_credit_form(line: str) -> bool:
    """Whether a line has any of the forms of credit lines."""
    return _wording().credit.match(line)


def header_labels() -> dict[str, str]:
    """The labels of the lines over a text, in small letters, with what each line's value is of."""
    return _wording().headers


def header_codes() -> dict[str, str]:
    """The codes of fields in the exports of news databases, with what each field's value is of."""
    return _wording().codes


def source_label() -> re.Pattern[str]:
    """The label of a source with what parts it from the name."""
    return _wording().label


def copyright_mark() -> re.Pattern[str]:
    """The marks and words before the holder of a copyright, with years and small words between."""
    return _wording().holder


def agency_words() -> frozenset[str]:
    """The words for "agency" that agencies have in their names, in small letters."""
    return _wording().agency


def no_signature(name: str) -> bool:
    """Whether a word in brackets or behind a dash at the end of a text says something else than who made it."""
    return name.lower() in _wording().no_signature


def word_set(words: str) -> frozenset[str]:
    """The words of a string: how this package writes its small closed classes."""
    return frozenset(words.split())


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)


def _of_any(table: dict[str, Any], place: str) -> list[str]:
    return [pattern for kind in _ORDER for pattern in table[kind].get(place, [])]


def _credit(pattern: str, character: str = r"[^\n]") -> re.Pattern[str]:
    return re.compile(
        pattern.replace("<open>", r"[(\[*_–—-]{0,3}\s*")
        .replace("<name>", rf"(?P<name>{character}{{2,220}}?)")
        .replace("<later>", _LATER)
        .replace("<end>", r"\s*[.。)\]*_]*\s*$"),
        re.IGNORECASE,
    )


@cache
def _wording() -> _Wording:
    try:
        table = data_table("furniture.toml")
        kinds = {
            kind: _Patterns(
                Openings(table[kind].get("begins", [])),
                Openings(table[kind].get("whole", [])),
                _any(table[kind]["contains"]) if "contains" in table[kind] else None,
                table[kind]["longest"],
            )
            for kind in _ORDER
        }
        begins, whole, contains = (_of_any(table, place) for place in ("begins", "whole", "contains"))
        containing = max(table[kind]["longest"] for kind in _ORDER if "contains" in table[kind])
        places = (Openings(begins), Openings(whole), _any(contains), containing)
        phrases = {name: Searched(table[name]["phrases"]) for name in _PHRASES}
        rubric, masthead = (word_set(cast(str, table[name]["words"])) for name in ("rubric", "masthead"))
        forms = tuple(
            CreditForm(form["role"], _credit(form["pattern"]), form.get("only", "")) for form in table["credit"]
        )
        credit = Openings([form.pattern.pattern.replace("(?P<name>", "(?:") for form in forms])
        captions = tuple(
            _credit(pattern, r"(?:(?!(?<!(?-i:[A-Z]))[.!?]\s)[^\n()\[\]])")
            for pattern in table["caption-credit"]["patterns"]
        )
        headers = {label: field for field, labels in table["header"].items() for label in labels}
        codes = {code: field for field, given in table["code"].items() for code in given}
        agency, no_sign = (word_set(cast(str, table["agency"][name])) for name in ("words", "not_names"))
        label = re.compile(rf"(?:(?<=^)|(?<=[\s|·•,;(/*_]))(?:{table['label']['source']})\s?[:：]\s*", re.IGNORECASE)
        holder = re.compile(
            rf"(?:{table['label']['copyright']})[\s:：]*(?:©|ⓒ|\((?:c|с)\))?\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{2,4}})?,?)?\s*(?:by\s+)?",
            re.IGNORECASE,
        )
        bodies = word_set(table["institution"]["words"])
        words = (agency, no_sign, bodies)
        return _Wording(
            *(kinds, *places, phrases, rubric, masthead, forms, credit, captions),
            *(headers, codes, *words, label, holder),
        )
    except (KeyError, re.error) as error:
        raise ModelError(f"the table of page furniture cannot be read: {error}") from error
