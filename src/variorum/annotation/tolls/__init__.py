"""Tolls: stated numbers of people killed, injured, missing, captured, displaced, or harmed without saying how.

    sentence ─▶ quantities ("at least seven people") ─▶ links to words of harm ─▶ lists, parts and wholes

The words come from the packaged lexicon (``data/tolls.toml``). A number is read with the bounds that its words give it
and never made more exact; who counted is the attributions' part.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from variorum.records import Document, Sentence, Span, Syntax, TollKind, TollMention

from .ellipsis import Gaps
from .fates import settle_fates
from .lexicon import Lexicon, load_lexicon, word_set
from .links import Linked, SentenceLinks
from .numbers import Count
from .options import TollOptions
from .parts import CATEGORY, find_parts, named_category, spread
from .periods import Periods
from .quantities import Quantity, find_quantities, predicate
from .rests import Rests
from .revisions import Revision, find_revisions
from .running import RunningCount
from .sayers import without_sayers
from .splitting import unglued
from .victims import find_victims

__all__ = ["TollOptions", "find_tolls", "find_victims"]


def find_tolls(document: Document, syntax: Syntax, options: TollOptions | None = None) -> tuple[TollMention, ...]:
    """The tolls of a document, in text order; `part_of` indexes this result."""
    options = options or TollOptions()
    lexicon = load_lexicon()
    syntax = unglued(document.text, syntax)
    found: list[Linked] = []
    periods = _periods()
    cumulative: set[int] = set()  # the figures of a stretch of time, by identity
    harmed = -_RUNNING - 1  # the last sentence with a word of harm
    for sentence in syntax.sentences:
        words = [token.text.lower() for token in syntax.tokens[sentence.first : sentence.last]]
        told = any(
            word in lexicon.words or word in lexicon.phrases or word in _TELLING or word in CATEGORY for word in words
        )
        harmed = sentence.number if told else harmed
        if sentence.number - harmed > _RUNNING:
            continue
        here = _sentence_tolls(syntax, sentence, words, lexicon, options, found)
        counted = periods.among(words, [linked.quantity.first - sentence.first for linked in here])
        cumulative.update(id(linked) for linked in here if linked.quantity.first - sentence.first in counted)
        found.extend(here)
    found.sort(key=lambda linked: linked.quantity.first)
    settle_fates(document.text, syntax, found)
    number = {id(linked): k for k, linked in enumerate(found)}
    revisions = find_revisions(syntax, found)
    return tuple(
        _revised(
            _mention(document.text, syntax, linked, number, cumulative=id(linked) in cumulative),
            revisions.get(id(linked)),
            number,
        )
        for linked in found
    )


def _sentence_tolls(
    syntax: Syntax,
    sentence: Sentence,
    words: Sequence[str],
    lexicon: Lexicon,
    options: TollOptions,
    earlier: Sequence[Linked],
) -> list[Linked]:
    quantities = find_quantities(syntax, words, sentence.first, sentence.last, lexicon, options)
    quantities = without_sayers(syntax, words, sentence.first, quantities, lexicon)
    for quantity in quantities:
        predicate(words, sentence.first, quantity, lexicon)
    links = SentenceLinks(syntax, words, sentence.first, lexicon, options)
    parts = find_parts(words, sentence.first, quantities)
    linked: dict[int, Linked] = {}
    for number, quantity in enumerate(quantities):
        if (found := links.link(quantity)) is not None:
            linked[number] = found
    spread(syntax, words, sentence.first, quantities, linked)
    for number, whole in parts.items():
        _inherit(linked, quantities, number, whole)
        if quantities[number].partitive and number in linked and linked[number].part_of is None:
            linked[number].part_of = _whole(syntax, sentence, earlier, options, None)
    for number, quantity in enumerate(quantities):
        if number not in parts:
            _name(syntax, sentence, words, options, earlier, linked, number, quantity)
    spread(syntax, words, sentence.first, quantities, linked)
    RunningCount(syntax, sentence, words, lexicon, options, earlier).fill(quantities, linked)
    Gaps(syntax, sentence, words, lexicon, options, earlier).fill(quantities, linked)
    spread(syntax, words, sentence.first, quantities, linked)
    result = [linked[number] for number in sorted(linked)]
    result.extend(Rests(syntax, sentence, words, lexicon, earlier).find(result))
    if none := _none_harmed(words, sentence.first):
        result.append(none)
    return [
        one
        for one in result
        if not _is_background(words, one, lexicon, sentence.first) and not _is_open(words, one, sentence.first)
    ]


def _inherit(linked: dict[int, Linked], quantities: Sequence[Quantity], number: int, whole: int) -> None:
    """A part without a harm of its own shares its whole's."""
    above = linked.get(whole)
    if above is None:
        return
    own = linked.get(number)
    shared = own is not None and any(one.cue == own.cue for k, one in linked.items() if k > number)
    told = own is not None and own.kind == "injured" and above.kind == "killed"  # "19 died: … and three in hospital"
    if own is None or own.side in {"list", "series"} or own.cue == above.cue or shared or told:
        linked[number] = Linked(quantities[number], above.kind, above.cue, "part", above.uncertain)
    linked[number].part_of = above


def _name(
    syntax: Syntax,
    sentence: Sentence,
    words: Sequence[str],
    options: TollOptions,
    earlier: Sequence[Linked],
    linked: dict[int, Linked],
    number: int,
    quantity: Quantity,
) -> None:
    """Parts of a whole of another sentence: "among the dead were nine children", "two of them were children"."""
    category = named_category(words, sentence.first, quantity)
    if category is not None and (quantity.person or quantity.elided):
        kind, at = category
        dead = number in linked and linked[number].kind == "killed"  # "one of the wounded died"
        if not dead:
            linked[number] = Linked(quantity, kind, (at, at + 1), "named")
        linked[number].part_of = _whole(syntax, sentence, earlier, options, kind)
    elif quantity.partitive and number in linked and linked[number].part_of is None:
        linked[number].part_of = _whole(syntax, sentence, earlier, options, None)
    elif quantity.predicated and number not in linked:
        here = [linked[k] for k in sorted(linked) if k < number and linked[k].part_of is None]
        whole = here[-1] if here else _whole(syntax, sentence, earlier, options, None)
        most = whole.quantity.count.high if whole is not None else None
        if whole is not None and (most is None or most > (quantity.count.low or 0)):
            linked[number] = Linked(quantity, whole.kind, whole.cue, "part", whole.uncertain, whole)


def _whole(
    syntax: Syntax, sentence: Sentence, earlier: Sequence[Linked], options: TollOptions, kind: str | None
) -> Linked | None:
    for candidate in reversed(earlier):
        if sentence.number - syntax.sentence_of(candidate.quantity.first).number > options.antecedent:
            return None
        if candidate.part_of is None and (kind is None or candidate.kind == kind) and candidate.quantity.count.low != 0:
            return candidate if sum(_is_joint(one, candidate) for one in earlier[-_JOINT:]) == 1 else None
    return None


_RUNNING = 2
"""Sentences behind a word of harm in which a count may run on without one."""
_JOINT = 12
"""Tolls back among which those are looked for that share a cue; a sentence has hardly more."""


def _is_joint(one: Linked, other: Linked) -> bool:
    """Whether two tolls that are no parts are told by one word: of "12 soldiers and 40 rebels died", neither is the
    whole that a later part belongs to."""
    return one.part_of is None and one.kind == other.kind and one.cue == other.cue


_FREE: tuple[tuple[tuple[str, ...], TollKind], ...] = (
    (("no", "loss", "of", "life"), "killed"),
    (("without", "loss", "of", "life"), "killed"),
    (("without", "*", "casualties"), "casualties"),
    (("without", "casualties"), "casualties"),
    (("without", "*", "injuries"), "injured"),
    (("without", "injuries"), "injured"),
    (("without", "*", "deaths"), "killed"),
    (("without", "*", "fatalities"), "killed"),
)


def _none_harmed(words: Sequence[str], first: int) -> Linked | None:
    """ "without causing casualties", "no loss of life": none, though no number is stated."""
    for at, word in enumerate(words):
        if word not in {"no", "without"}:
            continue
        for phrase, kind in _FREE:
            here = words[at : at + len(phrase)]
            if len(here) == len(phrase) and all(p in {w, "*"} for p, w in zip(phrase, here, strict=True)):
                stop = at + len(phrase)
                quantity = Quantity(first + at, first + stop, Count(at, at, stop, 0, 0), person=True)
                return Linked(quantity, kind, (first + at + 1, first + stop), "inside")
    return None


def _is_background(words: Sequence[str], linked: Linked, lexicon: Lexicon, first: int) -> bool:
    """Rates ("20,000 people a year") and the language of sport, which count no one's harm."""
    at = linked.quantity.stop - first
    near = words[max(0, at - 12) : at + 8]
    if any(word in lexicon.habitual for word in near):
        return True
    for k, word in enumerate(near[:-1]):
        if (
            word in {"every", "each", "a", "per"}
            and near[k + 1] in {"year", "month", "week", "day", "hour"}
            and (
                word != "a"
                or near[k + 2 : k + 3] not in (["ago"], ["earlier"], ["later"], ["after"], ["before"], ["-"])
            )
        ):
            return not any(w in {"after", "in", "for", "within", "over"} for w in near[max(0, k - 1) : k])
    for k, word in enumerate(words):
        if word in lexicon.fiction and words[max(0, k - 2) : max(0, k - 1)] == ["in"] and words[k - 1] in _THE:
            return True
    violent = linked.kind == "killed"
    return not violent and sum(word in lexicon.sport for word in words) >= 2


_TELLING = word_set(
    """toll trace sign search searched searching found seen located traced fled flee fleeing
    forced forcing drove driving drive cost costs costing taken bullet bullets shrapnel shelters tents roads
    safety away"""
)
_THE = word_set("a the his her this that its their")
_ASKING = word_set("was were is are did do does has have had")
_SHADES = word_set(
    """serious major severe grave apparent external visible obvious further additional more other new life-threatening
    significant permanent lasting"""
)


def _is_open(words: Sequence[str], linked: Linked, first: int) -> bool:
    """Whether the words state no number of people harmed: it is asked or unknown ("whether 40 people died", "how many
    of the 30 hostages"), the harm befell someone else ("a man whose son was killed"), or none of one sort is no none
    ("no serious injuries")."""
    quantity = linked.quantity
    start, stop = quantity.first - first, quantity.stop - first
    if words[-1] == "?" and words[0] in _ASKING:
        return True
    before = words[max(0, start - 5) : start]
    for k, word in enumerate(before):
        if (
            word in {"whether", "how"}
            and "," not in before[k:]
            and (word == "whether" or before[k + 1 :][:1] == ["many"])
        ):
            return True
    if "whose" in words[stop : max(stop, linked.cue[0] - first)]:
        return True
    if quantity.elided and words[start:stop] == ["one"] and before[-1:] in (["the"], ["that"], ["this"]):
        return True
    return quantity.count.low == 0 and bool(_SHADES & set(words[start : max(stop, linked.cue[1] - first)]))


def _revised(mention: TollMention, revision: Revision | None, number: dict[int, int]) -> TollMention:
    if revision is None:
        return mention
    updates = tuple(sorted(number[id(one)] for one in revision.updates))
    return replace(mention, update=revision.role, updates=updates, change=revision.change)


@cache
def _periods() -> Periods:
    return Periods(load_lexicon())


def _mention(text: str, syntax: Syntax, linked: Linked, number: dict[int, int], *, cumulative: bool) -> TollMention:
    quantity, tokens = linked.quantity, syntax.tokens
    start, end = tokens[quantity.first].start, tokens[quantity.stop - 1].end
    return TollMention(
        start=start,
        end=end,
        text=text[start:end],
        kind=linked.kind,
        low=quantity.count.low,
        high=quantity.count.high,
        group=quantity.group,
        part_of=number.get(id(linked.part_of)) if linked.part_of is not None else None,
        cue=Span(tokens[linked.cue[0]].start, tokens[linked.cue[1] - 1].end),
        uncertain=linked.uncertain,
        cumulative=cumulative,
    )
