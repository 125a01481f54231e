"""Whether a page holds a news text at all; if not, what it is instead. Doubt keeps a page.

Each single test asks for two things: that the page speaks as its kind does, and that no report stands beside. Words
alone are never enough: there are reports about paywalls, consent and errors, and reports with all of these around them.
A test for an error, a wall or a stub decides, as does what a page's markup declares; all else is weighed by a trained
classifier (`shape_model`), to which the tests are features among a hundred others. Long pages are not weighed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

from variorum.records import NARRATIVE_KINDS, Block, Candidate, Record, RejectionReason

from .choice import chosen_value
from .dates import find_date
from .genres import GenreOptions, Told, genre, reports, tells_of_arms
from .line_forms import asks_to_pay
from .lines import Line, count_words, ends_sentence
from .listings import listed_items, listing
from .own_lines import own_lines
from .page_traits import PageTraits
from .shape_features import Seen, features
from .shape_model import PageKind, Weighed, weigh
from .wording import PhraseKind, is_titled, paywall_phrase, phrase, plain

_TAIL = re.compile(r"\s+(?:[|–—·:-]|::|»)\s+")
_READER = re.compile(r"\b(?:we|our|us|you|your|yours)\b", re.IGNORECASE)
_QUOTATION = re.compile(r"[\"“«„][^\"”»“]*[\"”»“]")
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:…|\.\.\.)\])\s*(?:\[\+\]|→|»)?$")
_MORE = re.compile(
    r"(?:continue reading|read more|full story|more|weiterlesen|lire la suite|leer más)\s?(?:→|»|>|…|\.\.\.)*",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\S(?: {2,}|\t)\S.*\S(?: {2,}|\t)\S|\S.*\t.*\t")
_ROW_LETTERS = 2_000
_COUNTS = re.compile(r"\b\d+ (?:comments?|views|shares)\b", re.IGNORECASE)
_NO_REPORTS = frozenset(
    {"JobPosting", "Recipe", "ContactPage", "AboutPage", "Product", "Offer", "Course", "Dataset"}
    | {"SoftwareApplication", "LocalBusiness", "Restaurant", "RadioStation", "BroadcastService", "CheckoutPage"}
)
_ARTICLES = re.compile(r"Article|BlogPosting|Report|Posting$|Review$")
_LISTS = frozenset({"SearchResultsPage", "CollectionPage", "ProfilePage"})
_LIST_WORDS = frozenset({"home", "frontpage", "archive", "search", "tag", "category", "results"})
_NOTE = re.compile(r"\s*(?:\([^()]{1,40}\)|\[[^\[\]]{1,40}\]|[-–—,:]? ?(?:v(?:ersion)?\.? ?)[\d.]+)$", re.IGNORECASE)
_HEAD_LINES = 10
_ERROR_WORDS = frozenset({"error404", "404", "error", "notfound", "error500"})
_KINDS: dict[PageKind, str] = {
    "paywall-stub": "it is the beginning of a text for payers",
    "index-page": "it is a list of other pages",
    "cookie-wall": "it asks for consent or for proof",
    "error-page": "it is an error page",
    "not-an-article": "it is no report",
}
_OF_STUBS = ("paying told", "rule paywall-stub", "closed", "cut off")  # a stub has one of these features
_QUOTED_WORDS = 8  # of a line whose words of a wall are not its own


class QualityOptions(Record, frozen=True, kw_only=True):
    """Words of body: under `stub_words` a page with a paywall's words is a stub, unless these offer all that its paper
    has and it holds `shown` of the words in its linked data, or `declared_words` that end as reports do; under
    `few_words` one with an error's or a consent banner's words is that, and under `titled_words` where
    its title says so too; an HTML page
    needs `html_words`, a plain text `text_words`; a plain text of whole sentences
    alone, at most `note_words`, is not weighed. An index page has `headlines` linked headings or cut teasers with
    `under_headlines` of the words under them, or `index_links` lines of links and under `index_share` of its words
    in its body; or `listed` headlines that are links (`leading` of `headline_words`) and at most `own_words` of text
    that is not theirs. A page without a date and with at most `small_words` is what it says of itself where no more
    than `plain_words` of it are told plainly, to no reader; one of more than `long_words` of body is told plainly. Of
    the sentences of a page about itself, `to_reader` speak to its reader; it has no date and at most `about_words`. A
    page of at most `weighed_words` of body is weighed (one that declares an article, of at most `declared_long`), and
    kept where it is news with a probability of `news`, or of `doubtful` where it would be a stub and says nothing of
    payment. Set on pages written for the purpose and on 258 articles, of which at most one in a hundred may be
    rejected; `news` by cross-validation (``tools/train_shapes.py``)."""

    stub_words: int = 110
    declared_words: int = 60
    few_words: int = 80
    titled_words: int = 160
    html_words: int = 12
    text_words: int = 4
    note_words: int = 60
    index_links: int = 25
    index_share: float = 0.15
    headlines: int = 3
    under_headlines: float = 0.6
    teaser_words: int = 90
    to_reader: float = 0.5
    about_words: int = 250
    listed: int = 4
    leading: int = 5
    headline_words: int = 5
    own_words: int = 24
    small_words: int = 200
    plain_words: int = 26
    shown: float = 0.9
    news: float = 0.5
    doubtful: float = 0.4
    weighed_words: int = 600
    declared_long: int = 250
    long_words: int = 500
    genre: GenreOptions = GenreOptions()


def rejection(
    text: str,
    lines: Sequence[Line],
    blocks: Sequence[Block],
    candidates: Sequence[Candidate],
    options: QualityOptions,
    traits: PageTraits | None = None,
) -> tuple[RejectionReason, str] | None:
    """Why a page gives no document, as a reason and a line for a person; None where it does."""
    if not text.strip():
        return "empty", "there is no text in it"
    return _Page(text, lines, blocks, candidates, options, traits or PageTraits()).verdict()


def seen_page(
    text: str,
    lines: Sequence[Line],
    blocks: Sequence[Block],
    candidates: Sequence[Candidate],
    options: QualityOptions,
    traits: PageTraits | None = None,
) -> Seen:
    """A page as the classifier counts it: what `rejection` weighs."""
    return _Page(text, lines, blocks, candidates, options, traits or PageTraits()).seen


def _in_words(weighed: Weighed) -> str:
    """A verdict of the classifier for a person, with what speaks for it."""
    return f"{_KINDS[weighed.kind]} by its looks ({', '.join(weighed.evidence)}; {weighed.news:.0%} likely to be news)"


class _Page:
    """One page, with what the tests share."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        blocks: Sequence[Block],
        candidates: Sequence[Candidate],
        options: QualityOptions,
        traits: PageTraits,
    ) -> None:
        self.text = text
        self.blocks = blocks
        self.candidates = candidates
        self.options = options
        self.traits = traits
        self.html = any(line.main is not None for line in lines)
        body = " ".join(text[block.start : block.end] for block in blocks if block.kind in NARRATIVE_KINDS)
        self.words = count_words(body) if body else 0
        most = options.declared_long if self._is_article else options.weighed_words
        self.is_long = self.words > most
        self.lines = lines if self.is_long else own_lines(lines)

    @property
    def seen(self) -> Seen:
        """The page as the classifier counts it."""
        kinds = [block.kind for block in self.blocks]
        return Seen(
            lines=self.lines,
            titles=self.titles,
            url=chosen_value(self.candidates, "url") or "",
            words=self.words,
            telling=self.telling,
            entries=kinds.count("entry"),
            sections=kinds.count("round-up"),
            dated=self._is_dated,
            author=any(each.field == "author" and each.chosen for each in self.candidates),
            dateline="dateline" in kinds,
            credited="credit" in kinds,
            closed=self._closed,
            html=self.html,
            traits=self.traits,
            rules={name: float(name in self._told_by) for name in self._tests},
        )

    @property
    def _tests(self) -> dict[str, Callable[[], tuple[RejectionReason, str] | None]]:
        return {
            "error-page": self._error,
            "cookie-wall": self._wall,
            "paywall-stub": self._stub,
            "index-page": self._index,
            "not-an-article": self._other,
            "genre": self._genre,
        }

    def verdict(self) -> tuple[RejectionReason, str] | None:
        kinds = {block.kind for block in self.blocks}
        if "correction" in kinds and "body" not in kinds:
            return None
        declared = sorted(_NO_REPORTS & self.traits.types)
        brief = self.words <= self.options.about_words
        if declared and brief and not self._is_article and not self._reports():
            return "not-an-article", f"its markup says that it is a {declared[0]}"
        if self.is_long:
            return next((told for test in self._tests.values() if (told := test())), None)
        if sure := self._told_by.get("error-page") or self._told_by.get("cookie-wall") or self._leads_away():
            return sure
        if self._is_note and not self._told_by:
            return None
        weighed = weigh(found := features(self.seen))
        stub = self._told_by.get("paywall-stub")
        if stub and not (weighed.kind == "cookie-wall" and weighed.news < self.options.news):
            return stub
        unpaid = weighed.kind == "paywall-stub" and weighed.news >= self.options.doubtful
        unpaid = unpaid and not any(found.get(name) for name in _OF_STUBS)
        if weighed.news < self.options.news and not unpaid:
            said = self._told_by.get(weighed.kind)
            if weighed.kind == "not-an-article":
                said = said or self._told_by.get("genre")
            return said or (weighed.kind, _in_words(weighed))
        if self.words < (self.options.html_words if self.html else self.options.text_words):
            return "not-an-article", f"it holds {self.words} words of running text"
        return None

    @property
    def _is_note(self) -> bool:
        """Whether a plain text is a few sentences and nothing else: too little for looks to say anything."""
        texts = [line.text for line in self.lines if line.text.strip()]
        fits = self.options.text_words <= self.words <= self.options.note_words
        return fits and not self.html and all(map(ends_sentence, texts))

    @cached_property
    def _told_by(self) -> dict[str, tuple[RejectionReason, str]]:
        """What the single tests say, by name, of those that say anything."""
        return {name: told for name, test in self._tests.items() if (told := test())}

    @cached_property
    def titles(self) -> list[str]:
        """The page's title, its headings and its first line, each also without the site's name."""
        found = [self.traits.title]
        found += [each.value for each in self.candidates if each.field == "title"]
        found += [line.text for line in self.lines[:80] if "h1" in line.hints]
        found += [line.text for line in self.lines[:2] if not self.html]
        split = [piece for title in found for piece in (title, _NOTE.sub("", title), *_TAIL.split(plain(title)))]
        return list(dict.fromkeys(plain(title).strip(" .:#*_") for title in split if title and title.count(" ") < 16))

    def _titled(self, kind: PhraseKind) -> str | None:
        return next((title for title in self.titles if is_titled(kind, title)), None)

    @cached_property
    def telling(self) -> int:
        """Words in sentences that are a report's: none of the page's own words, and in its main text if it has one."""
        return sum(line.words for line in self._telling)

    @cached_property
    def _telling(self) -> list[Line]:
        return [line for line in self.lines if self._tells(line)]

    @property
    def _told(self) -> list[str]:
        return [line.text for line in self._telling]

    def _tells(self, line: Line) -> bool:
        if line.words < 8 or not ends_sentence(line.text) or line.main is False or _CUT.search(line.text):
            return False
        if self.words > self.options.long_words:
            return True  # no page of such a length is a wall's or an error's, whatever its sentences say
        if line.words >= 20 and not _READER.search(_QUOTATION.sub("", line.text)):
            return True
        return not (phrase("error", line.text) or phrase("cookie", line.text) or paywall_phrase(line.text))

    def _phrase(self, kind: PhraseKind, lines: Sequence[Line]) -> re.Match[str] | None:
        return next((match for line in lines if (match := phrase(kind, line.text))), None)

    @cached_property
    def _is_dated(self) -> bool:
        return any(each.field == "published" and each.chosen for each in self.candidates)

    @cached_property
    def content(self) -> list[Line]:
        return [line for line in self.lines if not {"nav", "footer"} & line.hints]

    @cached_property
    def small(self) -> bool:
        """Whether a page is short, undated and hardly tells anything plainly: what it says of itself, it is."""
        if self._is_dated:
            return False
        plainly = sum(line.words for line in self.content if self._tells(line) and not self._of_itself(line))
        words = sum(line.words for line in self.content if line.linked < 0.5)
        return plainly <= self.options.plain_words and words <= self.options.small_words

    @staticmethod
    def _of_itself(line: Line) -> bool:
        told = _QUOTATION.sub("", line.text)
        return bool(_READER.search(told) or phrase("error", told) or phrase("cookie", told))

    def _error(self) -> tuple[RejectionReason, str] | None:
        titled = self._titled("error-title")
        walled = self._titled("cookie-title")
        titled = None if walled else titled
        most = self.options.few_words if self._is_dated else self.options.titled_words
        if (titled or _ERROR_WORDS & self.traits.words) and self.telling < most:
            match = self._phrase("error", self.lines)
            if match or self.telling < self.options.html_words * 2:
                return "error-page", f'it is an error page ("{match[0] if match else titled}")'
        if self.small:
            errors, walls = self._lines_of("error"), self._lines_of("cookie")
            if errors and not walled and not self._reports() and (titled or len(errors) >= len(walls)):
                return "error-page", f'it is an error page ("{errors[0]}")'
        if self.words >= self.options.few_words or self.telling >= 12:
            return None
        if walled is None and (match := self._phrase("error", self.content[:6])):
            return "error-page", f'it is an error page ("{match[0]}")'
        return None

    def _lines_of(self, kind: PhraseKind) -> list[str]:
        """What the first lines of the page, and its titles, say as pages of a kind do."""
        said = [*self.titles, *(line.text for line in self.content[:_HEAD_LINES])]
        return [match[0] for each in dict.fromkeys(said) if (match := phrase(kind, each))]

    def _wall(self) -> tuple[RejectionReason, str] | None:
        titled = self._titled("cookie-title")
        if self.small and (said := self._lines_of("cookie")) and (titled or not self._reports()):
            return "cookie-wall", f'it asks for consent or for proof and holds no report ("{said[0]}")'
        if self.words >= self.options.titled_words or self.telling >= (self.options.few_words if titled else 12):
            return None
        if match := self._phrase("cookie", self.lines):
            return "cookie-wall", f'it asks for consent or for proof and holds no report ("{match[0]}")'
        return None

    def _stub(self) -> tuple[RejectionReason, str] | None:
        if self.words >= self.options.stub_words:
            return None
        for line in self.lines:
            if line.words > 60 or {"nav", "footer"} & line.hints or not asks_to_pay(line):
                continue
            if self._is_whole and phrase("wide-offer", line.text):
                continue
            if match := paywall_phrase(line.text):
                quoted = match[0].strip() or " ".join(line.text.split()[:_QUOTED_WORDS])
                return "paywall-stub", f'only {self.words} words stand before its paywall ("{quoted}")'
        if (
            self._closed
            and not self._holds_stated
            and (self.words < self.options.declared_words or self._phrase("offer", self.lines))
        ):
            return "paywall-stub", f"only {self.words} words stand before its paywall (declared not free)"
        return None

    @property
    def _holds_stated(self) -> bool:
        """Whether a text is as much as the linked data holds."""
        stated = self.traits.stated_words
        return stated >= self.options.declared_words and self.words >= self.options.shown * stated

    @property
    def _is_whole(self) -> bool:
        """Whether a short text is all there is: what the linked data holds, or a short report that does not break off
        and that nothing declares to be closed."""
        body = [block for block in self.blocks if block.kind in NARRATIVE_KINDS]
        last = plain(self.text[body[-1].start : body[-1].end]) if body else ""
        ends = self.words >= self.options.declared_words and ends_sentence(last) and _CUT.search(last) is None
        return self._holds_stated or (ends and not self._closed)

    @property
    def _closed(self) -> bool:
        return any(each.field == "paywall" and each.found_in.startswith("JSON-LD") for each in self.candidates)

    def _index(self) -> tuple[RejectionReason, str] | None:
        links = sum(line.linked > 0.8 and line.words >= 3 for line in self.lines)
        all_words = sum(line.words for line in self.lines)
        few = self.words < min(self.options.stub_words, self.options.index_share * all_words)
        if self.html and links >= self.options.index_links and few:
            return "index-page", f"it is a list of {links} links and {self.words} words of text"
        called = self._called_list()
        if self.html and not self._is_article:
            told = listing(self.lines)
            heads = told.linked + (told.bare if told.linked or called else 0)
            least = 2 if called else self.options.listed
            if heads >= least and told.own <= self.options.own_words and told.most <= 2:
                return "index-page", f"it is a list of {heads} headlines and {told.own} words of text"
        listed = self._dated_headlines() if not self.html else 0 if self._is_article else self._teasers()
        if listed >= self.options.headlines or (called and listed >= 2):
            return "index-page", f"it is a list of {listed} headlines"
        if called and self.telling < self.options.stub_words and links + listed >= self.options.headlines:
            return "index-page", f'it is a list ("{called}")'
        return None

    def _leads_away(self) -> tuple[RejectionReason, str] | None:
        """Whether nothing but headlines that lead to other reports, with their teasers, stand on a page."""
        if not self.html or self._is_article:
            return None
        heads = sum(line.linked > 0.8 and line.words >= self.options.headline_words for line in self.content)
        told = listing(self.lines)
        enough = told.linked >= 2 if self._called_list() else heads >= self.options.leading
        if enough and told.own <= self.options.own_words and told.most <= 2:
            return "index-page", f"it is a list of {told.linked} headlines and {told.own} words of text"
        return None

    @property
    def _is_article(self) -> bool:
        """Whether the page's linked data says that it is an article, and not a list of such."""
        types = self.traits.types
        return not (_LISTS | {"ItemList"}) & types and any(_ARTICLES.search(kind) for kind in types - {"JobPosting"})

    def _called_list(self) -> str | None:
        if self._is_article:
            return None
        if titled := self._titled("index-title"):
            return titled
        if _LIST_WORDS & self.traits.words or _LISTS & self.traits.types:
            return " ".join(sorted((_LIST_WORDS & self.traits.words) | (_LISTS & self.traits.types)))
        pager = self._phrase("pager", self.lines[-12:])
        return pager[0] if pager else None

    def _teasers(self) -> int:
        """How many teasers a page has, if most of its text stands in such: short text directly under a linked headline,
        or cut off and followed by a link to the rest."""
        kept = [line for line in self.lines if not {"nav", "footer", "comment"} & line.hints]
        teasers = under = over = 0
        headed = False
        for line, after in pairwise([*kept, Line(0, 0, "")]):
            if line.linked > 0.8 and line.words >= 3 and ("heading" in line.hints or "h1" in line.hints):
                headed = True
                teasers += 1
                continue
            if line.words < 4 or not (ends_sentence(line.text) or line.words >= 12):
                continue
            cut = _CUT.search(line.text) is not None or _MORE.fullmatch(after.text) is not None
            if (headed and line.words <= self.options.teaser_words) or cut:
                under += line.words
                teasers += cut and not headed
                headed = headed and line.words < 20
            else:
                over += line.words
                headed = False
        return teasers if under and under >= self.options.under_headlines * (under + over) else 0

    def _dated_headlines(self) -> int:
        """How many headlines a plain text lists with a date under each, if it holds hardly a sentence beside."""
        dated = sum(line.words <= 12 and find_date(line.text) is not None for line in self.lines)
        counted = sum(line.words <= 12 and _COUNTS.search(line.text) is not None for line in self.lines)
        items = listed_items(self.lines)
        found = max(dated, counted, items if items * 2 >= sum(line.words > 1 for line in self.lines) - 2 else 0)
        return found if found >= 3 and self.telling < 25 else 0

    def _other(self) -> tuple[RejectionReason, str] | None:
        declared = sorted(_NO_REPORTS & self.traits.types)
        article = self._is_article
        brief = self.words <= self.options.about_words
        if declared and brief and not article and not self._reports():
            return "not-an-article", f"its markup says that it is a {declared[0]}"
        own = chosen_value(self.candidates, "title")
        titled = self._titled("other-title")
        titled = titled if brief or (own and is_titled("other-title", plain(own))) else None
        if titled and not article and not self._reports() and not any(map(tells_of_arms, self._told)):
            return "not-an-article", f'it is no report ("{titled}")'
        if brief and not (article or self._reports()) and (shop := self._phrase("shop", self.lines)):
            return "not-an-article", f'it offers something ("{shop[0]}")'
        if "video" in self.traits.og_type and self.telling < 25:
            return "not-an-article", "it is a video without a text"
        if self._tabular():
            return "not-an-article", "it is a table"
        if article or self.words > self.options.about_words:
            return None
        sentences = [
            line for line in self.lines if line.words >= 6 and ends_sentence(line.text) and line.main is not False
        ]
        to_reader = sum(_READER.search(_QUOTATION.sub("", line.text)) is not None for line in sentences)
        if self._is_dated or len(sentences) < 3:
            return None
        if to_reader > self.options.to_reader * len(sentences) and not self._reports():
            return "not-an-article", "it speaks of itself to its reader and reports nothing"
        return None

    def _genre(self) -> tuple[RejectionReason, str] | None:
        if any(block.kind == "correction" for block in self.blocks):
            return None
        told = Told(
            titles=self.titles,
            url=chosen_value(self.candidates, "url") or "",
            types=self.traits.types,
            dateline=any(block.kind == "dateline" for block in self.blocks),
            author=any(each.field == "author" and each.chosen for each in self.candidates),
            dated=self._is_dated,
            article=self._is_article,
            words=self.telling,
        )
        found = genre(self.content, told, self.options.genre)
        return ("not-an-article", f"it is {found}") if found else None

    def _reports(self) -> bool:
        """Whether anything is told as reports tell it: by someone, or of someone's death."""
        found = 0
        for each in self._told:
            found += reports(each)
            if found >= 2:
                return True
        return found == 1 and self.telling < 120

    def _tabular(self) -> bool:
        if self.words >= self.options.titled_words:
            return False
        rows = sum(
            line.end - line.start <= _ROW_LETTERS
            and _COLUMNS.search(self.text, line.start, line.end) is not None
            and not ends_sentence(line.text)
            for line in self.lines
            if line.main is not False or "table" in line.hints
        )
        return rows >= 3 and self.telling < 25 and rows * 3 >= sum(line.main is not False for line in self.lines)
