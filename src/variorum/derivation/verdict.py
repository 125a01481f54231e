"""The verdict on two texts: what they have in common, of which kind, in which direction, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from variorum.linkage import Comparison, feature
from variorum.records import ONE_ORIGIN, Derivation, DerivationKind, Document, Feature, Span

from . import makers, moments
from .accounts import BOUNDS
from .alignment import Alignment, Slots
from .changes import changes_of
from .decisions import Decision
from .lexicon import fold
from .options import DerivationOptions
from .reading import Reading

# How agencies tag the later versions of a story, before its headline.
_UPDATE = re.compile(
    r"(?:update|wrapup|refile|recasts?|correct(?:ed|ion)|\d+(?:st|nd|rd|th)\s+(?:ld|lead|update))\s*\d*\s*[-–—:]",
    re.IGNORECASE,
)

_DIGITS = re.compile(r"\d+")
_MOST_CHANGED = 4  # figures that count in how near two versions are


class Verdict(NamedTuple):
    """One compared pair. `source` and `target` are positions of units; `kind` None where they are unrelated."""

    source: int
    target: int
    kind: DerivationKind | None
    directed: bool
    score: float
    features: tuple[Feature, ...]
    evidence: tuple[str, ...]
    alignment: Alignment

    @property
    def near(self) -> float:
        """How close two versions are: their words in common, their aligned sentences, less for each changed figure."""
        changed = min(_MOST_CHANGED, len(_figures(self.alignment)))
        return round(sum(self.alignment.matched) + sum(self.alignment.aligned) / 2 - changed / 4, 2)

    def derivation(self) -> Derivation:
        """The edge as a record, its passages and changes told from the source to the target."""
        assert self.kind is not None
        alignment = self.alignment
        return Derivation(
            source=alignment.one.unit.document.id,
            target=alignment.other.unit.document.id,
            kind=self.kind,
            directed=self.directed,
            score=self.score,
            passages=alignment.passages,
            changes=() if self.kind == "quotes-only" else changes_of(alignment),
            evidence=self.evidence,
            features=self.features,
        )


def _ramp(value: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    return min(1.0, max(0.0, (value - low) / (high - low)))


def judge(one: tuple[int, Reading], other: tuple[int, Reading], options: DerivationOptions) -> Verdict:
    """Compare two readings, given with their positions in canonical order (the lesser first)."""
    (i, a), (j, b) = one, other
    alignment = Alignment(a, b, options)
    reasons = _literal(alignment, options)
    if _score(reasons) >= options.derived:
        features = tuple(reason.feature for reason in reasons)
    elif _told(alignment, options):
        features = Decision.load("one-origin").reasons(alignment.accounts, options.told)
    else:
        return _unrelated(i, j, alignment, options)
    comparison = Comparison(one=a.unit.document.id, other=b.unit.document.id, features=features)
    score = round(max(0.0, min(1.0, comparison.score)), 4)
    if score < options.derived:
        return _unrelated(i, j, alignment, options)
    kind, forward = _kind(alignment, options)
    if kind is None:
        return _unrelated(i, j, alignment, options)
    return _oriented(Verdict(i, j, kind, False, score, comparison.features, (), alignment), forward, options)


def _asked(alignment: Alignment, options: DerivationOptions) -> bool:
    """Whether what two texts tell may decide where they share few runs. It may not where their dates are far apart, and
    where literal signs say that they are of two events."""
    return _enough_told(alignment, options) and not _refilled(alignment, options)


def _enough_told(alignment: Alignment, options: DerivationOptions) -> bool:
    """Whether two texts of one time tell enough in common to be asked of what they tell."""
    one, other = alignment.one.unit.document, alignment.other.unit.document
    days = moments.days_apart(one.published, other.published) or 0
    if days > options.told_days and not _section(alignment):  # a round-up may look back as far as it likes
        return False
    accounts = alignment.accounts
    if accounts["plain-weight"] < options.told_plain:
        return False
    note = accounts.lengths[0] < options.told_note and not _section(alignment)  # a digest has room for no more
    note = note and not _attributed(alignment)
    return accounts["shared-weight"] >= (options.told_shared_note if note else options.told_shared)


def _attributed(alignment: Alignment) -> bool:
    """Whether one text's narrator attributes to the other's outlet what a sentence aligned with one of the other's
    tells."""
    sides = (
        (alignment.one, alignment.other, {pair.a for pair in alignment.pairs}),
        (alignment.other, alignment.one, {pair.b for pair in alignment.pairs}),
    )
    for mine, theirs, aligned in sides:
        told = [mine.span(mine.prose[k].first, mine.prose[k].last) for k in sorted(aligned)]
        for named in makers.attributions(mine.unit.document, theirs.unit.document) if told else ():
            quoted = any(quote.overlaps(named) for quote in mine.quotes)
            if not quoted and any(span.overlaps(named) for span in told):
                return True
    return False


def _told(alignment: Alignment, options: DerivationOptions) -> bool:
    """Whether what two texts tell shows that they are of one origin."""
    return (
        _enough_told(alignment, options)
        and Decision.load("one-origin").reaches(alignment.accounts, options.told, BOUNDS)
        and not _refilled(alignment, options)
    )


def judge_copies(one: tuple[int, Reading], other: tuple[int, Reading], options: DerivationOptions) -> Verdict:
    """The verdict on two texts of the same words, a few aside: verbatim, however short and however much is quoted."""
    (i, a), (j, b) = one, other
    alignment = Alignment(a, b, options)
    shared = min(alignment.matched) if len(a) != len(b) or (a.exact != b.exact).any() else 1.0
    found = feature("same-words", shared, 1.0, f"{shared:.0%} of both texts' words are the same, in the same order")
    verdict = Verdict(i, j, "verbatim", False, round(found.contribution, 4), (found,), (), alignment)
    forward = _direction(a.unit.document, b.unit.document)
    return _oriented(verdict, forward, options)


def judge_ruled(
    one: tuple[int, Reading], other: tuple[int, Reading], author: str, options: DerivationOptions
) -> Verdict:
    """The verdict on two texts of which a person says that one is the other's copy: the found kind where it makes them
    one witness, else a paraphrase."""
    verdict = judge(one, other, options)
    if verdict.kind not in ONE_ORIGIN:
        (i, a), (j, b) = one, other
        verdict = Verdict(i, j, "paraphrase", False, 1.0, (), (), Alignment(a, b, options))
        verdict = _oriented(verdict, _direction(a.unit.document, b.unit.document), options)
    ruling = feature("ruling", 1.0, 1.0, f"{author} ruled it a copy")
    return verdict._replace(
        score=1.0, features=(*verdict.features, ruling), evidence=(*verdict.evidence, f"{author} ruled it a copy")
    )


def _oriented(verdict: Verdict, forward: bool | None, options: DerivationOptions) -> Verdict:
    """The verdict told from source to target; by id where the direction cannot be told."""
    i, j, alignment = verdict.source, verdict.target, verdict.alignment
    a, b = alignment.one, alignment.other
    if forward is None:
        directed, forward = False, a.unit.document.id <= b.unit.document.id
    else:
        directed = True
    if not forward:
        i, j, alignment = j, i, Alignment(b, a, options)
    evidence = _evidence(alignment, directed)
    return verdict._replace(source=i, target=j, directed=directed, evidence=evidence, alignment=alignment)


class _Reason(NamedTuple):
    """A feature whose note is written only where it is shown."""

    name: str
    value: float
    weight: float
    note: Callable[[], str]

    @property
    def feature(self) -> Feature:
        return feature(self.name, self.value, self.weight, self.note())


def _score(reasons: Sequence[_Reason]) -> float:
    """What some reasons come to, as a `Comparison` sums them."""
    return round(sum(round(reason.value, 6) * reason.weight for reason in reasons), 6)


def _literal(alignment: Alignment, options: DerivationOptions) -> list[_Reason]:
    """The reasons of derivation. What quotations share is none; each of the narrator's runs, overlap and sentences may
    be enough alone, so the sum may pass 1 and is cut there. What speaks against it is asked only where enough speaks
    for it."""
    one, other = alignment.one.unit.document, alignment.other.unit.document
    overlap = max(alignment.narrator_overlap)
    aligned = max(alignment.aligned)
    pairs = len(alignment.pairs)
    sentences = _ramp(aligned, options.sentence_ramp) * min(1.0, pairs / 4) * (0.4 + 0.6 * alignment.in_order)
    enough = min(1.0, alignment.narrator_shared / options.enough_words)
    related = alignment.narrator_run >= options.run_ramp[0] or pairs >= 2
    credited = _credited_outlet(one, other) if related else None
    common = related and not credited and makers.common_upstream(one, other)
    chain = _chain(alignment, options)
    reasons = [
        _Reason(
            "narrator-run",
            _ramp(alignment.narrator_run, options.run_ramp),
            options.run_weight,
            lambda: f"longest run of the narrator's own words, names at half: {alignment.narrator_run:g}",
        ),
        _Reason(
            "narrator-overlap",
            _ramp(overlap, options.overlap_ramp) * enough,
            options.overlap_weight,
            lambda: f"{overlap:.0%} of the shorter text's own words stand in common runs",
        ),
        _Reason(
            "sentences-in-order",
            sentences,
            options.sentence_weight,
            lambda: (
                f"{aligned:.0%} of the narrator's sentences align ({pairs} pairs), {alignment.in_order:.0%} in order"
            ),
        ),
        _Reason(
            "story-chain",
            float(chain),
            options.chain_weight,
            lambda: "one outlet's numbered update of its report" if chain else "no update of a report",
        ),
        _Reason(
            "credit",
            float(bool(credited or common)),
            options.credit_weight,
            lambda: _credit_note(one, other),
        ),
    ]
    if sum(round(reason.value, 6) * reason.weight for reason in reasons) >= options.derived:
        reasons.extend(_against(alignment, enough, options))
    return reasons


def _credited_outlet(one: Document, other: Document) -> str | None:
    """The words with which either document says that it has its text from the other's outlet."""
    return makers.credits_outlet(one, other) or makers.credits_outlet(other, one)


def _credit_note(one: Document, other: Document) -> str:
    if credited := _credited_outlet(one, other):
        return f"credits {credited}"
    return "both credit the same maker" if makers.common_upstream(one, other) else "no credit ties them"


def _chain(alignment: Alignment, options: DerivationOptions) -> bool:
    """Whether one text is its outlet's update of the other: both begin with the same event and are of one time, and it
    says so over its title ("UPDATE 2-…") or keeps most of the sentences."""
    a, b = alignment.one.unit.document, alignment.other.unit.document
    if not makers.outlet_key(a) or makers.outlet_key(a) != makers.outlet_key(b) or not alignment.lead:
        return False
    if (moments.days_apart(a.published, b.published) or 0) > options.chain_days:
        return False
    if any(_UPDATE.match(document.title or "") for document in (a, b)):
        return True
    if alignment.one.tabled or alignment.other.tabled or _refilled(alignment, options):
        return False
    dated = moments.before(a.published, b.published) or moments.before(b.published, a.published)
    one_event = alignment.other_event < options.other_event_ramp[1]
    return dated and one_event and max(alignment.aligned) >= options.same_outlet_update


def _against(alignment: Alignment, enough: float, options: DerivationOptions) -> tuple[_Reason, ...]:
    """What speaks against derivation, less so the more is literally copied: other facts in alike sentences, another
    beginning, another time."""
    one, other = alignment.one.unit.document, alignment.other.unit.document
    refilled = _refilled(alignment, options)
    copied = 0.0 if refilled else _ramp(max(alignment.narrator_overlap), options.copied_ramp) * enough
    same = not refilled and (alignment.lead or alignment.narrator_words >= options.long_run)
    mould = 0.0 if same else 1.0 - copied
    days = moments.days_apart(one.published, other.published) or 0
    return (
        _Reason(
            "other-event",
            _ramp(alignment.other_event, options.other_event_ramp) * (1.0 - copied),
            -options.other_event_weight,
            lambda: (
                f"{alignment.other_event:.0%} of the figures and names of aligned sentences are not in the other text"
            ),
        ),
        _Reason(
            "other-lead",
            mould,
            -options.lead_weight,
            lambda: (
                "one form filled in with other figures"
                if refilled
                else "they begin with the same event"
                if alignment.lead
                else "their first sentences tell different things"
            ),
        ),
        _Reason(
            "days-apart",
            _ramp(days, options.days_ramp) * (1.0 - copied),
            -options.days_weight,
            lambda: (
                f"published {days} days apart at the least" if days else "published at one time, or a date is unknown"
            ),
        ),
    )


def _refilled(alignment: Alignment, options: DerivationOptions) -> bool:
    """Whether the texts are one form, as of a daily report, filled in for two days: most figures at the same places
    differ, and of figures and names together some where the days are far apart, most where they are not: an update
    within days keeps its names."""
    tables = alignment.one.tabled and alignment.other.tabled
    if all(_other_rows(slots, options) if tables else _other_form(slots, options) for slots in alignment.slots):
        return True
    one, other = alignment.one.unit.document, alignment.other.unit.document
    days = moments.days_apart(one.published, other.published) or 0
    far = days > options.days_ramp[1]
    found, changed = alignment.figures
    dated = moments.before(one.published, other.published) or moments.before(other.published, one.published)
    if not dated or changed < options.least_refilled[not far] or changed < options.refilled * found:
        return False
    return _series(one, other) or alignment.other_event >= options.other_event_ramp[not far]


def _series(one: Document, other: Document) -> bool:
    """Whether two titles of one outlet are those of a series: alike but for their numbers ("Warning 212/91")."""
    if (
        makers.outlet_key(one) != makers.outlet_key(other)
        or not one.title
        or not other.title
        or one.title == other.title
    ):
        return False
    return _DIGITS.sub("#", one.title) == _DIGITS.sub("#", other.title)


def _other_form(slots: Slots, options: DerivationOptions) -> bool:
    enough = slots.figures + slots.names >= options.least_slots or not slots.kept
    return enough and bool(slots.figures and slots.names) and slots.share >= options.slots


def _other_rows(slots: Slots, options: DerivationOptions) -> bool:
    """The same of tables, which have few words: figures alone suffice."""
    return slots.figures >= options.least_slots and slots.share >= options.slots / 2


def _unrelated(i: int, j: int, alignment: Alignment, options: DerivationOptions) -> Verdict:
    """A pair whose narrators have nothing in common: tied by a quotation at most."""
    said = max(alignment.quoted_run, alignment.half_quoted_run)
    if alignment.quoted_run < options.quotation and said < options.half_quotation:
        return Verdict(i, j, None, False, 0.0, (), (), alignment)
    a, b = alignment.one.unit.document.id, alignment.other.unit.document.id
    if a > b:
        i, j, alignment = j, i, Alignment(alignment.other, alignment.one, options)
    found = feature("shared-quotation", min(1.0, said / 40), 1.0, f"the longest shared quotation has {said} words")
    words = (f"both carry the same {said}-word quotation, and their narrators have nothing else in common",)
    return Verdict(i, j, "quotes-only", False, round(found.contribution, 4), (found,), words, alignment)


def _kind(alignment: Alignment, options: DerivationOptions) -> tuple[DerivationKind | None, bool | None]:
    """The kind, and whether the one is the source (None where it cannot be told)."""
    one, other = alignment.one, alignment.other
    a, b = one.unit.document, other.unit.document
    direction = _direction(a, b)
    shown = _shown(a, b)
    match_a, match_b = alignment.matched
    length_a, length_b = alignment.words
    shorter = min(length_a, length_b) / max(1, length_a, length_b)
    if min(match_a, match_b) >= options.same_text:
        return "verbatim", direction if direction is not None else _by_figures(alignment)
    if max(match_a, match_b) >= options.literal and shorter < options.shorter:
        longer_first = length_a > length_b
        if direction is None and _carries(*((a, b) if longer_first else (b, a))):
            direction = not longer_first
        if direction is None or direction == longer_first:
            return "abridged", longer_first
    if _chain(alignment, options):
        return "paraphrase", direction
    if _credited_outlet(a, b):  # a later version of what the other has from an earlier one is not its source
        later = _by_figures(alignment)
        return ("paraphrase", direction) if later is None or later == direction else ("common-source", None)
    own_a, own_b = alignment.own
    one_outlet = bool(alignment.accounts["one-outlet"])
    told = not one_outlet and (
        not _asked(alignment, options) or Decision.load("one-origin").probability(alignment.accounts) >= options.told
    )
    if not told and not _enough(alignment, options, min(own_a, own_b) >= options.own):
        return None, None
    third = bool(_foreign(a, b) or _foreign(b, a))
    bar = options.common_credited if third and not shown else options.common
    if not shown and _versions(alignment):
        return "common-source", None
    if shown and _republished(alignment, one_outlet, options):
        return "paraphrase", direction
    asked = not _section(alignment) and not dispatched(a, b)
    if asked and Decision.load("common-source").probability(alignment.accounts) >= bar:
        return "common-source", None
    if direction is None:
        direction = _by_superset(own_a, own_b, options)
    return "paraphrase", direction


def _republished(alignment: Alignment, one_outlet: bool, options: DerivationOptions) -> bool:
    """Whether one text is the other's new version: at the same address, or one outlet's that keeps nearly all of it."""
    one, other = alignment.one.unit.document, alignment.other.unit.document
    if one.url and one.url == other.url:
        return True
    return one_outlet and max(alignment.matched) >= options.literal


def _enough(alignment: Alignment, options: DerivationOptions, both_own: bool) -> bool:
    """Whether the common part is more than background: of two texts of one outlet, which carries its own paragraphs
    from report to report, most must be common; of others, much where both have reporting of their own."""
    a, b = (makers.outlet_key(side.unit.document) for side in (alignment.one, alignment.other))
    part = max(alignment.matched)
    if a and a == b:
        one, other = alignment.one.unit.document, alignment.other.unit.document
        soon = (moments.days_apart(one.published, other.published) or 0) <= options.chain_days
        if soon and alignment.lead and max(alignment.aligned) >= options.same_outlet_update:
            return True
        return part >= options.same_outlet_part or max(alignment.aligned) >= options.same_outlet_aligned
    return not both_own or max(part, *alignment.aligned) >= options.part or alignment.narrator_words >= options.long_run


def _section(alignment: Alignment) -> bool:
    return any(side.unit.section >= 0 for side in (alignment.one, alignment.other))


def _versions(alignment: Alignment) -> bool:
    """Whether one text says over its title that it is a later version, and gives other figures than the other: then
    both have them from versions that may not be here."""
    titles = (side.unit.document.title or "" for side in (alignment.one, alignment.other))
    return any(_UPDATE.match(title) for title in titles) and bool(_figures(alignment))


def _figures(alignment: Alignment) -> list[tuple[Span, Span]]:
    """The figures of the one text for which the other gives others."""
    return [(mine, theirs) for _, mine, theirs in alignment.changed_figures]


def _foreign(document: Document, other: Document) -> bool:
    """Whether the document credits a maker that the other's outlet is not."""
    return any(upstream.role < 3 and not upstream.is_outlet(other.outlet) for upstream in makers.upstreams(document))


def _carries(longer: Document, shorter: Document) -> bool:
    """Whether a page that names no outlet of its own credits the agency whose dispatch the shorter text is."""
    if longer.outlet or not shorter.outlet or not makers.sent_out(shorter):
        return False
    return any(upstream.is_outlet(shorter.outlet) for upstream in makers.upstreams(longer))


def _siblings(one: Document, other: Document) -> bool:
    """Whether both credit one maker that is neither's outlet: then neither has its text from the other."""
    return makers.common_upstream(one, other)


def _direction(one: Document, other: Document) -> bool | None:
    """True where the one is the other's nearest source of those that are here, if either is: a credit outweighs the
    date, and else the earlier carries the text first, though both may credit a maker that is not here."""
    backward = makers.credits_outlet(one, other)
    forward = makers.credits_outlet(other, one)
    if bool(backward) != bool(forward):
        return bool(forward)
    if backward and not _siblings(one, other) and makers.attributions(one, other) and makers.attributions(other, one):
        return None  # each says that it has it from the other
    if moments.before(one.published, other.published):
        return True
    return False if moments.before(other.published, one.published) else None


def _shown(one: Document, other: Document) -> bool:
    """Whether the documents show that one was used for the other: not where both credit one maker, nor where no credit
    ties them and the later of them credits a third one."""
    forward = _direction(one, other)
    if forward is None or _siblings(one, other):
        return False
    source, user = (one, other) if forward else (other, one)
    return bool(makers.credits_outlet(user, source)) or not _foreign(user, source)


def dispatched(one: Document, other: Document) -> bool:
    """Whether the documents show that the earlier of them is its maker's own dispatch: it has what it tells from no
    other text, so no third one is behind both."""
    forward = _direction(one, other)
    return _shown(one, other) and makers.is_dispatch(one if forward else other)


def _by_superset(own_a: float, own_b: float, options: DerivationOptions) -> bool | None:
    """The text that holds all of the other and much more is the source."""
    if own_b * 4 < options.own and own_a >= options.own:
        return True
    if own_a * 4 < options.own and own_b >= options.own:
        return False
    return None


def _by_figures(alignment: Alignment) -> bool | None:
    """Of two versions of one text, the one whose figures are all higher is the later: tolls rise."""
    values = []
    for mine, theirs in _figures(alignment):
        before = fold(mine.of(alignment.one.text))
        after = fold(theirs.of(alignment.other.text))
        if not (before.isdigit() and after.isdigit()):
            return None
        values.append(int(after) - int(before))
    if values and all(value > 0 for value in values):
        return True
    return False if values and all(value < 0 for value in values) else None


def _credited(upstream: makers.Upstream, other: Document) -> bool:
    """Whether the other document is of the maker that is credited, or credits it too."""
    theirs = [each.name for each in makers.upstreams(other)]
    return upstream.is_outlet(other.outlet) or any(makers.one_maker(upstream.name, name) for name in theirs)


def _evidence(alignment: Alignment, directed: bool) -> tuple[str, ...]:
    """What a person would point at, told of the target against the source."""
    source, target = alignment.one.unit.document, alignment.other.unit.document
    found = []
    if alignment.narrator_run >= 8:
        found.append(f"the narrators share a run of {alignment.narrator_words} words")
    if alignment.pairs:
        order = "in order" if alignment.in_order >= 0.8 else f"{alignment.in_order:.0%} of them in order"
        found.append(f"{max(alignment.aligned):.0%} of the narrator's sentences of one text align, {order}")
    if alignment.quoted_run >= 8:
        found.append(f"both carry the same {alignment.quoted_run}-word quotation")
    for document, other in ((target, source), (source, target)):
        if name := makers.credits_outlet(document, other):
            found.append(f"{document.id} credits {name}, the outlet of {other.id}")
        told = [u for u in makers.upstreams(document) if not name or not u.is_outlet(name)]
        common = {u.key: u.credit.name for u in told if _credited(u, other)}
        found.extend(f"{document.id} credits {other_name}" for _, other_name in sorted(common.items()))
    if directed and moments.before(source.published, target.published):
        found.append(f"{source.id} ({source.published}) was published before {target.id} ({target.published})")
    return tuple(dict.fromkeys(found))
