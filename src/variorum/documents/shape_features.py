"""What a page looks like as a whole, in numbers: how much of it is sentences, links and lists, what it speaks about and
to whom, what its markup declares. No number is a verdict; `shape_model` weighs them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import log1p
from typing import NamedTuple

from variorum.errors import ModelError
from variorum.packaged import data_table

from .genres import hits, reports, tells_of_arms
from .lines import Line, ends_sentence
from .listings import listing
from .page_traits import PageTraits
from .wording import phrase

_AWAY = frozenset({"nav", "footer"})
_MOST_LINES = 80  # of the content that is looked at: what a page is shows at its head
_MOST_LETTERS = 6_000
_MAIN_WORDS = 60  # of a text that the extractor is trusted with
_BEFORE, _BEHIND = 2, 5  # lines beside it
_SENTENCE = 5  # words
_SHORT = 4
_HEADLINE, _LINKED = 4, 0.8  # words and share of links of a line that leads to another report
_END = re.compile(r"[.!?…。！？؟।۔](?=[\s\"'”’»)]|$)")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=[^\W\d_A-Z,;] )[^\W\d_a-z][^\W\d_]+")
_CLOCK = re.compile(r"^\W*\d{1,2}[:.h]?\d\d\b")
_LABEL = re.compile(r"^[^.!?:]{2,40}: ?\S?")
_NUMBERED = re.compile(r"^\W*\(?\d{1,2}[.)]\s|^[-*•▪]\s")
_MONEY = re.compile(
    r"[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|%|eur|usd|gbp|kr|zł|руб|chf|kg|g|ml|km)\b|\bno\.? ?\d|\d+\.{3,}", re.IGNORECASE
)
_CONTACT = re.compile(r"\S@\S|\bwww\.|https?:|\+\d{2,3}[ \d-]{6,}|\b0\d{2,4}[ -]\d{3}", re.IGNORECASE)
_SPOKEN = re.compile(r"[\"“«„][^\"”»“]{0,400}[\"”»“]")
_QUOTED = re.compile(r"[\"“”„«»「」]")
_COLUMNS = re.compile(r"\S(?: {3,}|\t|\.{4,})\s?\S")
_ARTICLES = re.compile(r"Article|BlogPosting|Report\b|Review\b")
_LISTS = frozenset({"SearchResultsPage", "CollectionPage", "ProfilePage", "ItemList"})
_WORKS = re.compile(
    r"Job|Recipe|Event|Podcast|Radio|Video|Audio|Product|Offer|Quiz|Contact|About|Course|Dataset|Software|Business"
    r"|Hotel|Restaurant|FAQ|HowTo|Checkout|Schedule|Game|Book$|Movie"
)
_DAY_PATH = re.compile(r"/(?:19|20)\d\d/|\d{5,}|(?:[a-z]+-){3,}")


class Seen(NamedTuple):
    """One page as the features count it: its lines, its titles, its address; the words of its narrative blocks
    (`words`) and of sentences that tell (`telling`); how many entries and sections were found; whether it has a date, a
    writer, a dateline and credits; whether it declares that it is not free; and what the single tests say (`rules`: a
    number for the name of each)."""

    lines: Sequence[Line]
    titles: Sequence[str]
    url: str = ""
    words: int = 0
    telling: int = 0
    entries: int = 0
    sections: int = 0
    dated: bool = False
    author: bool = False
    dateline: bool = False
    credited: bool = False
    closed: bool = False
    html: bool = True
    traits: PageTraits = PageTraits()
    rules: Mapping[str, float] = {}


def features(seen: Seen) -> dict[str, float]:
    """The numbers of a page by name, each between 0 and about 5."""
    content = _content(seen)
    found = dict(_of_build(seen, content))
    found.update(_of_words(seen, content))
    found.update(_declared(seen))
    found.update((f"rule {name}", value) for name, value in seen.rules.items())
    return found


def _content(seen: Seen) -> list[Line]:
    """The lines that a page is told by: where it has a main text, that with a few lines before and behind; else all but
    menus and footers."""
    content = [line for line in seen.lines if not _AWAY & line.hints]
    main = [number for number, line in enumerate(content) if line.main]
    if sum(content[number].words for number in main) >= _MAIN_WORDS:
        content = [
            line
            for number, line in enumerate(content[: main[-1] + 1 + _BEHIND])
            if line.main or number > main[-1] or main[0] - _BEFORE <= number < main[0]
        ]
    return content[:_MOST_LINES]


def _of_build(seen: Seen, content: Sequence[Line]) -> Iterator[tuple[str, float]]:
    """How the page is built: its lines by kind, and how much of it is told in sentences."""
    count = max(1, len(content))
    words = [line.words for line in content]
    total = max(1, sum(words))
    told = [line for line in content if line.words >= _SENTENCE and ends_sentence(line.text)]
    in_told = sum(line.words for line in told)
    yield "words", log1p(total)
    yield "body words", log1p(seen.words)
    yield "telling words", log1p(seen.telling)
    yield "under 30 words", float(seen.words < 30)
    yield "under 80 words", float(seen.words < 80)
    yield "over 250 words", float(seen.words > 250)
    yield "body share", min(1.0, seen.words / total)
    yield "sentence lines", log1p(len(told))
    yield "sentence share", in_told / total
    yield "long sentences", log1p(in_told / max(1, sum(len(_END.findall(line.text)) or 1 for line in told)))
    yield "longest line", log1p(max(words, default=0))
    yield "lines", log1p(len(content))
    yield "short lines", sum(each <= _SHORT for each in words) / count
    yield "linked share", sum(line.words * line.linked for line in content) / total
    yield "link lines", log1p(sum(line.linked > 0.8 and line.words >= 3 for line in content))
    heads = [line for line in content if line.linked > _LINKED and line.words >= _HEADLINE]
    yield "headline links", log1p(len(heads))
    yield "headline share", sum(line.words for line in heads) / total
    headings = [n for n, line in enumerate(content) if {"heading", "h1"} & line.hints]
    over = sum(n + 1 < len(content) and content[n + 1] in told for n in headings)
    yield "headings", log1p(len(headings))
    yield "headings over sentences", over / max(1, len(headings))
    yield "items", sum(line.item or _NUMBERED.match(line.text) is not None for line in content) / count
    yield "columns", sum(_COLUMNS.search(line.text) is not None for line in content) / count
    yield "clock lines", sum(_CLOCK.match(line.text) is not None for line in content) / count
    yield "label lines", sum(_LABEL.match(line.text) is not None and line not in told for line in content) / count
    yield "questions", sum(line.text.endswith(("?", "？", "؟")) for line in content) / count
    yield "figures", sum(any(map(str.isdigit, line.text)) for line in content if line not in told) / count
    yield "cut off", float(any(line.text.endswith(("...", "…", "[...]")) for line in content[-6:]))
    yield "buttons", log1p(sum("button" in line.hints or "form" in line.hints for line in content))
    if seen.html:
        listed = listing(content)
        yield "headlines linked", log1p(listed.linked)
        yield "headlines bare", log1p(listed.bare)
        yield "text of its own", log1p(listed.own)
    yield "entries", float(seen.entries > 0)
    yield "sections", float(seen.sections > 0)


def _of_words(seen: Seen, content: Sequence[Line]) -> Iterator[tuple[str, float]]:
    """What the page speaks about, and how."""
    text = "\n".join(line.text for line in content)[:_MOST_LETTERS]
    small = text.lower()
    head = "\n".join([*seen.titles, *(line.text for line in content[:3] if line.words < 60)]).lower()
    words = max(8, len(_WORD.findall(text)))
    table = _table()
    for name, pattern in table.items():
        number = len(pattern.findall(small))
        yield f"{name} told", log1p(number)
        yield f"{name} share", min(1.0, 8 * number / words)
        if name in _OF_HEADS:
            yield f"{name} at the head", float(pattern.search(head) is not None)
    for genre, number in hits([line.text for line in content], seen.titles, seen.url).items():
        yield f"genre {genre}", log1p(number)
    told = [line.text for line in content if line.words >= _SENTENCE and ends_sentence(line.text)]
    sentences = [each for line in told[:20] for each in _END.split(_SPOKEN.sub("", line)) if each.count(" ") >= 3]
    spoken = [_spoken(each.lower(), table) for each in sentences]
    number = max(1, len(spoken))
    yield "sentences that tell", spoken.count(1) / number
    yield "sentences that ask or rule", spoken.count(-1) / number
    yield "first sentence", float(spoken[0]) if spoken else 0.0
    longest = max((title.count(" ") + 1 for title in seen.titles), default=0)
    yield "title words", log1p(longest)
    yield "short title", float(0 < longest <= 3)
    yield "reported", sum(map(reports, told)) / max(1, len(told))
    yield "reported lines", log1p(sum(map(reports, told)))
    yield "of arms", log1p(sum(tells_of_arms(line.text) for line in content))
    yield "names", min(1.0, 6 * len(_CAPITAL.findall(text)) / words)
    yield "money", log1p(len(_MONEY.findall(text)))
    yield "contact", log1p(len(_CONTACT.findall(text)))
    yield "quoted", log1p(len(_QUOTED.findall(text)))
    yield "exclaimed", log1p(text.count("!"))
    yield "pager", float(any(phrase("pager", line.text) for line in content[-6:]))


def _spoken(sentence: str, table: Mapping[str, re.Pattern[str]]) -> int:
    """1 for a sentence that tells what happened, -1 for one that speaks to its reader, asks or rules; 0 for others."""
    tells = bool(table["past"].search(sentence) or reports(sentence) or table["weekday"].search(sentence))
    asks = bool(table["reader"].search(sentence) or table["calling"].match(sentence.strip()))
    asks = asks or (not tells and table["duty"].search(sentence) is not None)
    return 0 if tells == asks else 1 if tells else -1


def _declared(seen: Seen) -> Iterator[tuple[str, float]]:
    """What the page's markup says of it, and what was found of its making."""
    types = seen.traits.types
    yield "html", float(seen.html)
    yield "article type", float(any(_ARTICLES.search(kind) for kind in types))
    yield "list type", float(bool(_LISTS & types))
    yield "work type", float(any(_WORKS.search(kind) for kind in types))
    yield "og article", float(seen.traits.og_type == "article")
    yield "og other", float(seen.traits.og_type not in ("", "article"))
    yield "day in address", float(_DAY_PATH.search(seen.url) is not None)
    yield "dated", float(seen.dated)
    yield "author", float(seen.author)
    yield "dateline", float(seen.dateline)
    yield "credited", float(seen.credited)
    yield "closed", float(seen.closed)


_OF_HEADS = frozenset({"consent", "robot", "fault", "paying", "calling", "trade", "weekday"})


@cache
def _table() -> dict[str, re.Pattern[str]]:
    try:
        table = data_table("shape_words.toml")
        return {name: _stems(given["words"], whole=name in _WHOLE) for name, given in table.items()}
    except (KeyError, re.error) as error:
        raise ModelError(f"the table of the words of shapes cannot be read: {error}") from error


_WHOLE = frozenset({"past", "duty", "reader", "self"})  # whole words, not beginnings
_SPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _stems(words: str, *, whole: bool) -> re.Pattern[str]:
    listed = [each.replace("\\ ", " ") for each in re.split(r"(?<!\\) ", words) if each]
    unspaced = [re.escape(each) for each in listed if _SPACED.search(each)]
    spaced = [each.removesuffix("\\b") if whole else each for each in listed if not _SPACED.search(each)]
    escaped = [re.escape(each.removesuffix("\\b")) + (r"\b" if each.endswith("\\b") else "") for each in spaced]
    ending = r"(?!\w)" if whole else ""
    by_first: dict[str, list[str]] = {}  # the engine tries alternatives one by one: few begin as the word does
    for each in escaped:
        by_first.setdefault(each[0] if each[0] != "\\" else each[:2], []).append(each)
    alternatives = "|".join(f"(?:{'|'.join(own)})" for own in by_first.values())
    return re.compile("|".join([rf"(?<!\w)(?:{alternatives}){ending}", *unspaced]))
