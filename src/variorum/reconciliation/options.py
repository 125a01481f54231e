"""Thresholds of reconciliation, each with what it was tuned on."""

from __future__ import annotations

from variorum.records import Record


class ReconciliationOptions(Record, frozen=True, kw_only=True):
    """How alike two mentions must be to be one event, and what ties events to a story.

    A pair's score is in log-odds, as `tools/train_reconciliation.py` fitted it on local crime, on reports of conflicts,
    on crises and on judged pairs of dense news in one. Two groups join where the mean score of their compared pairs
    reaches what is needed and at least `quorum` of all their pairs do: `main` for two texts' main events, `recall`
    where texts of one crisis tell of the same sides, or one tells it besides. Both lie below 0, for most pairs that the
    weights were fitted on are of two events, and a group is joined by many (`main` from -0.65 to -2: local crime
    gains a hundredth of B³ and two of pairs, crises and judged pairs stay). `apart` is the score of two events that one
    text tells as two. `margin`: what tells too little to be known by itself is left alone where two events fit it
    equally, by less than this. From `few` rivals on, that is accounts of other texts that nothing sets apart from
    either, a pair loses `crowd` for each unit of the logarithm of their number over `few` (of what is told in a dozen
    reports of one crisis, an account has 12 rivals on the median; on two days of a war, 229); it
    was set by judged pairs of dense news: of 33 that are one event 17 are joined, of 610 that are two 6. `most` holders
    of one blocking key still propose pairs, and `most_of_crisis` of one that tells texts of one crisis or a word about
    the mention. `far_km` is how far apart two named towns may be and still be meant for one place. `story_days`: events
    between the same two sides this near in time are one story; `recall_days`: so are a document's main event and one
    that it recalls.
    """

    main: float = -1.5
    recall: float = -2.25
    apart: float = -10.0
    margin: float = 0.05
    quorum: float = 0.34
    few: int = 15
    crowd: float = 1.1
    most: int = 60
    most_of_crisis: int = 40
    far_km: float = 75.0
    story_days: float = 3.0
    recall_days: float = 14.0
