"""Thresholds of reconciliation, each with what it was tuned on."""

from __future__ import annotations

from variorum.records import Record


class ReconciliationOptions(Record, frozen=True, kw_only=True):
    """How alike two mentions must be to be one event, and what ties events to a story.

    A pair's score is in log-odds, as `tools/train_reconciliation.py` fitted it on local crime, on reports of conflicts
    and on crises in one. Two groups join where the mean score of their compared pairs reaches what is needed and at
    least `quorum` of all their pairs do: `main` for two texts' main events, `recall` where texts of one crisis tell
    of the same sides, or one tells it besides. Both lie below 0, for most pairs that the weights were fitted on are of
    two events, and a group is joined by many. `margin`: what tells too little to be known by itself is left alone
    where two events fit it equally, by less than this. From `few` rivals on, that is accounts of other texts that
    nothing sets apart from either, a pair loses `crowd` for each unit of the logarithm of their number over `few`:
    set where the crises still lose nothing (an account has 12 rivals there, on the median) and, of 160 pairs of 59
    articles on two days of a war (229 rivals) that a reader judged two events, one is joined and not 21.
    `most` holders of one blocking key still propose pairs. `far_km` is how far apart two named towns may be and still
    be meant for one place. `story_days`: events between the same two sides this near in time are one story;
    `recall_days`: so are a document's main event and one that it recalls.
    """

    main: float = -0.75
    recall: float = -2.75
    margin: float = 0.05
    quorum: float = 0.34
    few: int = 15
    crowd: float = 1.5
    most: int = 400
    far_km: float = 75.0
    story_days: float = 3.0
    recall_days: float = 14.0
