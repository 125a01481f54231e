"""From drafts to attributions: quotations joined to cues over sentences and paragraphs, and what nests in what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from variorum.records import Span, Syntax

from .drafts import EDGE, Draft, noun_phrase, subject, trimmed
from .lexicon import words
from .options import AttributionOptions
from .quotations import Quotation

_LEAST = 3  # words that may stand before a closing ", he said" as what was said
_TERMINAL = ".!?…"
_ANEW = frozenset({"The", "A", "An", "He", "She", "They", "It", "His", "Her", "Their", "Its", "One"})
_MARKS = "\"'“”‘’„«»`‹›"


def region(draft: Draft) -> Span:
    """From the first to the last character of source and cue."""
    spans = [span for span in (draft.source, draft.cue) if span is not None]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


class Quotations:
    """The quotations of a document, and which draft has which."""

    def __init__(self, text: str, quotations: Sequence[Quotation], paragraphs: Sequence[Span]) -> None:
        self.text = text
        self.all = quotations
        self.paragraphs = paragraphs
        self._starts = [quotation.start for quotation in quotations]
        self._firsts = [paragraph.start for paragraph in paragraphs]

    def around(self, span: Span) -> Quotation | None:
        """The closed quotation that holds the span."""
        number = bisect_right(self._starts, span.start) - 1
        if number >= 0 and self.all[number].closed and self.all[number].end >= span.end:
            return self.all[number]
        return None

    def within(self, start: int, end: int) -> Sequence[Quotation]:
        first = max(0, bisect_right(self._starts, start) - 1)
        return [q for q in self.all[first : bisect_right(self._starts, end)] if q.start < end and q.end > start]

    def with_lone_marks(self, content: Sequence[Span], holes: Sequence[Span]) -> tuple[list[Span], bool]:
        """Content with the mark of a quotation that lacks its other one, where it begins or ends there and none of the
        `holes` (source and cue) has it; and whether there is any."""
        found, lone = [], False
        for span in content:
            start, end = span
            for quotation in self.within(max(0, span.start - 1), span.end + 1):
                if quotation.closed:
                    continue
                if start - 2 <= quotation.start <= start and self.text[quotation.start] in _MARKS:
                    start, lone = quotation.start, True
                elif end <= quotation.end <= end + 2 and self.text[quotation.end - 1] in _MARKS:
                    end, lone = quotation.end, True
            whole = Span(start, end)
            found.append(span if any(whole.overlaps(hole) for hole in holes) else whole)
        return found, lone

    def quotes(self, draft: Draft) -> bool:
        """Whether any of the draft's content is quoted."""
        return any(quotation.closed for span in draft.content for quotation in self.within(*span))

    def paragraph(self, at: int) -> int:
        return bisect_right(self._firsts, at) - 1

    def opens_sentence(self, quotation: Quotation) -> bool:
        """Whether it begins a sentence of the narrator's, or the paragraph."""
        start = self.paragraphs[self.paragraph(quotation.start)].start
        before = self.text[start : quotation.start].rstrip()
        return not before or before[-1] in _TERMINAL or (before[-1] in _MARKS and before[-2:-1] in (*_TERMINAL, ","))

    def runs_into(self, quotation: Quotation, after: Quotation) -> bool:
        """Whether a quotation ends its paragraph without a closing mark and `after` opens the next one."""
        here = self.paragraph(quotation.start)
        unmarked = quotation.closed and self.text[quotation.end - 1] not in _MARKS
        return unmarked and here + 1 < len(self.paragraphs) and self.paragraphs[here + 1].start == after.start

    def is_whole(self, quotation: Quotation) -> bool:
        """Whether it ends as a sentence does."""
        inside = self.text[quotation.start : quotation.end].rstrip(_MARKS)
        after = self.text[quotation.end : quotation.end + 2].strip()
        return inside[-1:] in tuple(_TERMINAL) or after[:1] in tuple(_TERMINAL)


def attach(draft: Draft, quotes: Quotations, sentence: Span) -> None:
    """Give a cue the quotations of its sentence that are its words, whole, and cut cue and source out of the rest."""
    text, here = quotes.text, region(draft)
    own = quotes.around(draft.cue or here)
    if draft.quotable:
        for span in list(draft.content):
            for quotation in quotes.within(*span):
                if quotation != own and quotation.closed and not quotation.span.overlaps(here):
                    draft.content.append(quotation.span)
        if own is None:
            draft.content.extend(_beside(draft, quotes, sentence, here))
        if not draft.content and own is None and draft.finite:
            draft.content.extend(_before_comma(text, sentence, here))
    draft.content = _behind_semicolon(draft, quotes, here)
    if own is not None and own.span.contains(here):
        draft.content = _clipped(draft.content, own.span)
    draft.content = _merged(text, draft.content, [s for s in (draft.source, draft.cue) if s is not None])


def _behind_semicolon(draft: Draft, quotes: Quotations, here: Span) -> list[Span]:
    """The content without what a semicolon parts from the cue's quotation: '…; "nobody came," he said'."""
    for span in draft.content:
        for quotation in quotes.within(*span):
            before = quotes.text[: quotation.start].rstrip()
            if quotation.closed and quotation.end <= here.start and before.endswith(";"):
                return _clipped(draft.content, Span(quotation.start, len(quotes.text)))
    return draft.content


def _clipped(spans: Sequence[Span], outer: Span) -> list[Span]:
    """What lies within `outer`: whoever speaks in a quotation has no words outside of it."""
    cut = (Span(max(span.start, outer.start), min(span.end, outer.end)) for span in spans)
    return [span for span in cut if span.start < span.end]


def _beside(draft: Draft, quotes: Quotations, sentence: Span, here: Span) -> list[Span]:
    """The quotation that ends just before the cue's clause, and the one that starts just behind it."""
    text, found = quotes.text, []
    for quotation in quotes.within(max(0, sentence.start - 2), sentence.end + 2):
        if quotation.end <= here.start:
            gap = text[quotation.end : here.start]
            if "\n" in gap or (_is_given(text, quotation) and _has_stop(text, quotation)):
                continue
            if _has_stop(text, quotation) and _opens_anew(text, here):
                continue
            if set(gap) & set(_TERMINAL) and not quotes.opens_sentence(quotation):
                continue  # the sentence before ended with it
            if not gap.strip(EDGE + ".") or (gap.strip(EDGE).lower() in {"and", "but", "then"} and not draft.content):
                found.append(quotation.span)
        elif quotation.start >= here.end:
            gap = text[here.end : quotation.start]
            near = not gap.strip(EDGE) or _goes_on(draft, text, here, quotation, gap)
            if near or (not draft.content and len(gap) <= 80 and gap.rstrip()[-1:] in (",", ":") and "." not in gap):
                found.append(quotation.span)
                break
    if not quotes.all:
        return []
    return found


def _goes_on(draft: Draft, text: str, here: Span, quotation: Quotation, gap: str) -> bool:
    """Whether a quotation takes up in mid-sentence the one before the cue, though it is told between them to whom or
    where: “…,” she told the council, “but …”."""
    before = max((span.end for span in draft.content if span.end <= here.start), default=0)
    split = text[:before].rstrip(_MARKS).endswith(",") and not text[before : here.start].strip(EDGE)
    inside = text[quotation.start : quotation.end].lstrip(_MARKS + " .…")
    return split and inside[:1].islower() and gap.rstrip().endswith(",") and not set(gap) & set(_TERMINAL + ";\n")


def _opens_anew(text: str, here: Span) -> bool:
    """Whether a source opens a sentence of its own: with an article or pronoun in a capital letter."""
    return text[here.start : here.end].split()[0] in _ANEW


def _is_given(text: str, quotation: Quotation) -> bool:
    """Whether a comma or colon hands the quotation to a cue before it."""
    return text[: quotation.start].rstrip(" \t").endswith((",", ":"))


def _has_stop(text: str, quotation: Quotation) -> bool:
    return text[quotation.start : quotation.end].rstrip(_MARKS).endswith(".")


def _before_comma(text: str, sentence: Span, here: Span) -> list[Span]:
    """All that stands before a closing ", he said" where the tree does not tie the two."""
    before = text[sentence.start : here.start].rstrip()
    behind = text[here.end : sentence.end].strip(EDGE + "." + _MARKS)
    if not before.endswith((",", "―", "—")) or len(behind.split()) > 6 or len(before.split()) < _LEAST:
        return []
    if before.split()[0].lower() in words("opening"):
        return []
    span = trimmed(text, sentence.start, sentence.start + len(before))
    return [span] if span is not None else []


def _merged(text: str, spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """The spans in text order, overlaps joined, the holes cut out, marks of a quotation that they touch taken in."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        elif joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    cut: list[Span] = []
    for span in joined:
        pieces = [span]
        for hole in holes:
            pieces = [part for piece in pieces for part in _without(piece, hole)]
        cut.extend(pieces)
    result = []
    for piece in cut:
        clean = trimmed(text, piece.start, piece.end)
        if clean is not None and any(c.isalnum() for c in text[clean.start : clean.end]):
            whole = _balanced(text, clean)
            result.append(clean if any(whole.overlaps(hole) for hole in holes) else whole)
    return result


def _without(piece: Span, hole: Span) -> list[Span]:
    if not piece.overlaps(hole):
        return [piece]
    sides = [Span(piece.start, hole.start), Span(hole.end, piece.end)]
    return [side for side in sides if side.start < side.end]


def _balanced(text: str, span: Span) -> Span:
    """The span with the quotation mark that it lacks at one edge, where it stands right beside it; a lone mark at the
    other edge is left out."""
    start, end = span
    inner = text[start:end]
    for opening, closing in (("“", "”"), ("‘", "’"), ('"', '"'), ("''", "''"), ("«", "»")):
        odd = inner.count(opening) % 2 if opening == closing else inner.count(opening) != inner.count(closing)
        if not odd or opening == "‘":
            continue
        if text.startswith(closing, end) and inner.count(opening) > 0:
            return Span(start, end + len(closing))
        for stop in (".", ",", "?", "!"):
            if text.startswith(stop + closing, end):
                return Span(start, end + 1 + len(closing))
        if text.endswith(opening, 0, start):
            return Span(start - len(opening), end)
    return span


# --- quotations without a cue of their own -----------------------------------------------------------------------


def continue_quotations(
    drafts: list[Draft], quotes: Quotations, syntax: Syntax, options: AttributionOptions
) -> list[Draft]:
    """Hand each quotation that no cue has to the speaker before it: the one who spoke last in its paragraph or, where
    it opens a paragraph, in the one before; failing that, whoever the sentence before is about, without a cue."""
    spoken = sorted(
        (d for d in drafts if d.quotable and d.cue is not None and d.content), key=lambda d: region(d).start
    )
    taken = [span for draft in drafts if quotes.around(draft.cue or region(draft)) is None for span in draft.content]
    _join_paragraphs(spoken, taken, quotes)
    added: list[Draft] = []
    for quotation in quotes.all:
        if not quotation.closed or any(span.overlaps(quotation.span) for span in taken):
            continue
        if not quotes.opens_sentence(quotation) or not quotes.is_whole(quotation):
            continue
        holder = _speaker_before(quotation, spoken, added, quotes)
        if holder is not None:
            holder.content.append(quotation.span)
            taken.append(quotation.span)
        elif (draft := _uncued(quotation, quotes, syntax, options)) is not None:
            added.append(draft)
            taken.append(quotation.span)
    return added


def _join_paragraphs(spoken: Sequence[Draft], taken: list[Span], quotes: Quotations) -> None:
    """Hand each paragraph of a quotation that runs on without a closing mark to whoever has the paragraph after it."""
    for quotation, after in zip(reversed(quotes.all[:-1]), reversed(quotes.all[1:]), strict=True):
        if not quotes.runs_into(quotation, after) or any(span.overlaps(quotation.span) for span in taken):
            continue
        for draft in spoken:
            holds = any(span.overlaps(after.span) for span in draft.content)
            if holds and quotes.around(draft.cue or region(draft)) is None:
                draft.content.append(quotation.span)
                taken.append(quotation.span)
                break


def _speaker_before(
    quotation: Quotation, spoken: Sequence[Draft], added: Sequence[Draft], quotes: Quotations
) -> Draft | None:
    here = quotes.paragraph(quotation.start)
    for draft in sorted((*spoken, *added), key=_end, reverse=True):
        if _end(draft) > quotation.start or region(draft).start > quotation.start:
            continue
        if quotes.around(draft.cue or region(draft)) is not None:
            continue
        away = here - quotes.paragraph(_end(draft) - 1)
        if away == 0 and (draft.spoken or any(q.closed for q in quotes.within(*draft.content[-1]))):
            return draft
        if away == 1 and draft.spoken and quotes.quotes(draft) and _is_all(quotation, quotes):
            return draft
        return None
    return None


def _end(draft: Draft) -> int:
    return max(region(draft).end, *(span.end for span in draft.content))


def _is_all(quotation: Quotation, quotes: Quotations) -> bool:
    """Whether the quotation fills its paragraph."""
    paragraph = quotes.paragraphs[quotes.paragraph(quotation.start)]
    rest = quotes.text[paragraph.start : quotation.start] + quotes.text[quotation.end : paragraph.end]
    return not rest.strip(EDGE + _TERMINAL + _MARKS)


def _uncued(quotation: Quotation, quotes: Quotations, syntax: Syntax, options: AttributionOptions) -> Draft | None:
    if len(quotes.text[quotation.start : quotation.end].split()) < options.quotation_words:
        return None
    tokens = syntax.tokens_in(*quotation.span)
    if not tokens:
        return None
    sentence = syntax.sentence_of(tokens[0].i)
    if sentence.number == 0:
        return None
    before = syntax.sentences[sentence.number - 1]
    away = quotes.paragraph(quotation.start) - quotes.paragraph(syntax.tokens[before.first].start)
    if away > 1 or quotes.around(syntax.sentence_span(before)) is not None:
        return None
    root = next(i for i in range(before.first, before.last) if syntax.tokens[i].head == i)
    who, _ = subject(syntax, root)
    if who is None or who.text.lower() in {"it", "there", "this", "that", "which"}:
        return None
    if not (who.pos == "PROPN" or who.text.lower() in {"he", "she"}):
        return None
    return Draft(
        at=who.i,
        source=noun_phrase(quotes.text, syntax, who.i),
        head=who.i,
        cue=None,
        content=[quotation.span],
        stance="asserts",
        spoken=True,
        quotable=True,
    )


# --- nesting -----------------------------------------------------------------------------------------------------

_STRETCH = 512  # characters; the size changes no result
_OWN = frozenset(["anyone", "people", "i", "we", "you", "me", "us", "it", "this", "that", "there", "one"])


def settle(
    drafts: Sequence[Draft], quotes: Quotations, syntax: Syntax, options: AttributionOptions
) -> list[tuple[Draft, int | None]]:
    """The drafts to keep, in text order, each with the index of the one that it is told inside of."""
    ordered = sorted((d for d in drafts if d.content), key=lambda d: (-_size(d), d.rank, region(d), d.at))
    kept = _Kept()
    for draft in ordered:
        if not options.thoughts and draft.stance is None:
            continue
        if kept.around(draft) and not (options.nested and _may_nest(draft, syntax)):
            continue
        if not kept.has_same(draft):
            kept.add(draft)
    result = sorted(kept.drafts, key=lambda d: (region(d), d.content[0], d.at))
    number = {id(draft): n for n, draft in enumerate(result)}
    settled: list[tuple[Draft, int | None]] = []
    for draft in result:
        if draft.under is not None and id(draft.under) in number:
            settled.append((draft, number[id(draft.under)]))
            continue
        outer = [other for other in kept.around(draft) if not _tells(draft, other)]
        nearest = min(outer, key=lambda other: (_size(other), number[id(other)]), default=None)
        settled.append((draft, number[id(nearest)] if nearest is not None else None))
    return settled


class _Kept:
    """Drafts found by the stretches of text that their cues and contents touch, so that no draft meets all others."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._content: dict[int, list[Draft]] = {}
        self._cue: dict[int, list[Draft]] = {}

    def add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        stretches = {n for span in draft.content for n in range(span.start // _STRETCH, span.end // _STRETCH + 1)}
        for n in sorted(stretches):
            self._content.setdefault(n, []).append(draft)
        self._cue.setdefault(region(draft).end // _STRETCH, []).append(draft)

    def around(self, draft: Draft) -> list[Draft]:
        """The drafts whose content holds this one's cue."""
        at = draft.cue or region(draft)
        return [other for other in self._content.get(at.start // _STRETCH, ()) if _tells(other, draft)]

    def has_same(self, draft: Draft) -> bool:
        end = region(draft).end // _STRETCH
        return any(_same(other, draft) for n in (end - 1, end, end + 1) for other in self._cue.get(n, ()))


def _size(draft: Draft) -> int:
    return sum(span.end - span.start for span in draft.content)


def _tells(outer: Draft, inner: Draft) -> bool:
    """Whether the inner one's cue stands in the words that the outer one gives."""
    at = inner.cue or region(inner)
    return outer is not inner and any(span.contains(at) for span in outer.content)


def _same(one: Draft, other: Draft) -> bool:
    if one.cue is not None and other.cue is not None and one.cue.overlaps(other.cue):
        return True
    return one.source == other.source and one.content == other.content


def _may_nest(draft: Draft, syntax: Syntax) -> bool:
    """Within another's words only what someone else is said to have said counts."""
    if not draft.finite or draft.stance is None or draft.head is None or draft.source is None:
        return False
    return syntax.tokens[draft.head].text.lower() not in _OWN
