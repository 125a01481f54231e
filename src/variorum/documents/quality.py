"""Whether a page holds a news text at all; if not, what it is instead. Doubt keeps a page."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import NARRATIVE_KINDS, Block, Candidate, Record, RejectionReason

from .lines import Line, count_words, ends_sentence
from .page_traits import PageTraits
from .wording import cookie_phrase, error_phrase, paywall_phrase


class QualityOptions(Record, frozen=True, kw_only=True):
    """Words of body: under `stub_words` a page with a paywall's words is a stub; under `few_words` one with an error's
    or a cookie banner's words is that; an HTML page needs `html_words`, a plain text `text_words`. An index page has
    `index_links` lines of links and under `index_share` of its words in its body. Set on some twenty pages of each
    kind and on 258 articles, of which none may be rejected."""

    stub_words: int = 110
    few_words: int = 80
    html_words: int = 12
    text_words: int = 4
    index_links: int = 25
    index_share: float = 0.15


def rejection(
    text: str,
    lines: Sequence[Line],
    blocks: Sequence[Block],
    candidates: Sequence[Candidate],
    options: QualityOptions,
    traits: PageTraits = PageTraits(),  # noqa: B008
) -> tuple[RejectionReason, str] | None:
    """Why a page gives no document, as a reason and a line for a person; None where it does."""
    if not text.strip():
        return "empty", "there is no text in it"
    body = " ".join(text[block.start : block.end] for block in blocks if block.kind in NARRATIVE_KINDS)
    words = count_words(body) if body else 0
    everything = " ".join(line.text for line in lines)
    html = any(line.main is not None for line in lines)
    if words < options.stub_words and (reason := _paywall(lines, candidates)):
        return "paywall-stub", f"only {words} words stand before its paywall ({reason})"
    if words < options.few_words:
        head = " ".join(line.text for line in lines[:6])
        if (match := error_phrase(head if html else everything[:300])) and (words < 12 or not _tells(lines)):
            return "error-page", f'it is an error page ("{match[0]}")'
        if (match := cookie_phrase(everything)) and not _tells(lines, cookie=True):
            return "cookie-wall", f'it asks about cookies and holds no report ("{match[0]}")'
    if html and (links := sum(line.linked > 0.8 for line in lines)) >= options.index_links:
        all_words = count_words(everything)
        if words < options.index_share * all_words and words < options.stub_words:
            return "index-page", f"it is a list of {links} links and {words} words of text"
    if words < (options.html_words if html else options.text_words):
        return "not-an-article", f"it holds {words} words of running text"
    return None


def _paywall(lines: Sequence[Line], candidates: Sequence[Candidate]) -> str | None:
    for line in lines:
        if line.words <= 60 and not {"nav", "footer"} & line.hints and (match := paywall_phrase(line.text)):
            return f'"{match[0].strip()}"'
    if any(each.field == "paywall" and each.found_in.startswith("JSON-LD") for each in candidates):
        return "declared not free"
    return None


def _tells(lines: Sequence[Line], *, cookie: bool = False) -> bool:
    """Whether any line is a sentence of a report and none of the page's own words."""
    return any(
        line.words >= 8
        and ends_sentence(line.text)
        and not error_phrase(line.text)
        and not cookie_phrase(line.text)
        and (line.main is not False)
        for line in lines
    )
