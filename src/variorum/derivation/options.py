"""The thresholds of derivation, in one record."""

from __future__ import annotations

from variorum.records import Record


class DerivationOptions(Record, frozen=True, kw_only=True):
    """What counts as shared, aligned and derived.

    Shingles are word 5-grams with numbers masked. The figures for copies and candidates come from synthetic families
    (verbatim with furniture, truncated, a tenth and three tenths edited, a third copied, two sentences quoted) made of
    general news; those of the verdict from reading pairs of reports on one war from fifteen outlets, where independent
    reports had narrator's runs of 4 to 13 words and 16 to 35 % of their sentences aligned.
    """

    shingle: int = 5
    long_text: int = 200
    """Texts of more words keep one shingle, and one pair of content words, in `sample`; shorter ones keep all."""
    sample: int = 4
    near_copy: float = 0.9
    """Shared shingles over those of the longer text from which two texts with the same numbers are near copies."""
    least_copy: int = 12
    """Words under which equal texts are no evidence of copying."""
    fan_out: int = 256
    """A shingle that more texts hold, copies aside, proposes pairs with the first `fan_out` of them only."""
    anchor_sample: int = 2
    """One pair of content words in so many is kept at all."""
    anchor_fan_out: int = 96
    """A pair of content words that more texts hold, copies aside, proposes nothing."""
    least_anchors: int = 4
    enough_anchors: int = 12
    """Shared pairs of content words from which they count, and of how many at least they are a share."""
    candidate: float = 0.04
    """Containment of shingles from which a pair is compared: unrelated pairs are under .001 at the 99th percentile."""
    candidate_words: int = 10
    """Shared shingles from which a pair is compared whatever its containment (a quoted sentence in a long text)."""
    anchor_candidate: float = 0.09
    """Containment of content-word pairs from which a pair is compared: the way in for paraphrases."""
    stem_sample: int = 2
    """Long texts keep one content word in so many."""
    stem_fan_out: int = 96
    """A content word that more texts hold, copies aside, proposes nothing."""
    least_stems: int = 8
    section_stems: int = 5
    """The same as `least_stems` of sections of round-ups and of notes that credit another text's outlet."""
    stem_candidate: float = 0.16
    """Shared content words, and their share of those of the text that has fewer, from which a pair is compared: the way
    in for a text told anew from beginning to end."""
    most_candidates: int = 24
    """Best candidates of each text that are compared."""
    most_sentences: int = 1000
    """First sentences of a text that are set against another's, one by one; what stands behind them counts in common
    runs. A thousand are some 25,000 words, more than news has: memory and time are bounded for books."""
    least_run: int = 5
    """Words of a run from which it is a passage."""
    sentence_dice: float = 0.42
    """Weighted overlap of two sentences' content words (Dice) from which they align."""
    sentence_containment: float = 0.68
    """The same over the shorter sentence, for a sentence cut short or merged with another."""
    sentence_evidence: float = 3.0
    """Least shared weight of an aligned pair: about three content words."""
    run_ramp: tuple[float, float] = (8.0, 26.0)
    overlap_ramp: tuple[float, float] = (0.06, 0.5)
    sentence_ramp: tuple[float, float] = (0.3, 0.7)
    """Where a feature begins to speak for derivation, and where it says all that it can."""
    other_event_ramp: tuple[float, float] = (0.2, 0.5)
    days_ramp: tuple[float, float] = (3.0, 10.0)
    """The same for what speaks against it: moulds filled in anew for each event, and background carried from one
    report to the next."""
    copied_ramp: tuple[float, float] = (0.3, 0.7)
    """Literal share that takes from what speaks against it, and takes all."""
    refilled: float = 0.5
    least_refilled: tuple[int, int] = (2, 3)
    """Share of the figures in common runs, and number of them (further apart than `days_ramp`, and within it), that
    differ in a mould filled in anew: two such texts are of two events however literal they are."""
    slots: float = 0.6
    least_slots: int = 3
    """Share of the figures and names in and between common runs that differ, and number of them unless it is all, in a
    form filled in anew, whenever it was published: an update keeps its names. From forms of seven kinds (notices,
    advisories, daily reports, court briefs) filled in for three events each."""
    enough_words: int = 40
    """Shared words from which their share of a text is to be trusted."""
    run_weight: float = 0.5
    overlap_weight: float = 0.35
    sentence_weight: float = 0.6
    chain_weight: float = 0.8
    chain_days: int = 3
    """Days between a report and its outlet's numbered update, at most."""
    credit_weight: float = 0.3
    other_event_weight: float = 0.5
    lead_weight: float = 0.9
    days_weight: float = 0.6
    derived: float = 0.5
    """Score from which a pair is derived."""
    told: float = 0.4
    """Probability, by the trained decision, from which two texts without literal signs are of one origin. The decision
    is fitted and cross-validated by incident on the tuning parts of the derivation gold and on independent reports
    (`tools/train_derivation.py` prints the figures); from .3 to .45 the kinds of a part it was not fitted on stay."""
    told_days: int = 14
    """Days apart from which a text without literal signs is no retelling."""
    told_plain: float = 1.05
    """Least shared weight (its logarithm) of words that are no names or figures, without which two texts tell no more
    in common than that they are of one affair."""
    told_shared: float = 1.56
    told_note: int = 55
    told_shared_note: float = 1.9
    """Least shared weight (its logarithm) of all words, names and figures included, without which there is too little
    to tell from; and that of a note, whose narrator has fewer than `told_note` words: an affair gives a place, a deed
    and a toll to every account of it, and a note has room for little else."""
    common: float = 0.65
    common_credited: float = 0.2
    """Probability from which two texts of one origin have it from a text behind both; and where none can be told to be
    the earlier and one credits a maker that the other's outlet is not."""
    same_text: float = 0.88
    """Share of both texts' words that match, in order, from which one is the other's copy."""
    literal: float = 0.88
    """The same for the shorter text alone, from which it is the longer abridged."""
    shorter: float = 0.88
    """Length of the shorter over the longer under which it is an abridgement at all."""
    own: float = 0.3
    """Share of a text's own prose without support in the other that counts as its own reporting."""
    part: float = 0.45
    """Share of the shorter text that must be common before two texts with own reporting have a source in common."""
    same_outlet_part: float = 0.65
    same_outlet_aligned: float = 0.8
    """The same for two texts of one outlet, which repeats its own background paragraphs."""
    same_outlet_update: float = 0.5
    """Share of one text's sentences that align, of two of one outlet within days that begin with the same event."""
    long_run: int = 60
    """Words of a common run that are more than a background paragraph, whatever their share."""
    quotation: int = 7
    """Words of a quotation in both texts from which it ties two that share nothing else."""
    half_quotation: int = 11
    """The same where only one of them has it between quotation marks."""
    echoes: int = 8
    """Copies of a text that are asked too whether they share the quotation that it shares with another."""
    statement: int = 12
    """Words of a quotation from which it is a statement once two documents carry it."""
    bridge: float = 0.34
    """Share of compared pairs of two families, copies of one text counted once, that must be related before a tie joins
    them."""
    fuller: float = 1.1
    """How much longer two texts are together than those that are cut from them, where they gainsay a tie of these."""
