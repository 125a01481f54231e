"""Thresholds of reconciliation, each with what it was tuned on."""

from __future__ import annotations

from variorum.records import Record


class ReconciliationOptions(Record, frozen=True, kw_only=True):
    """How alike two mentions must be to be one event, and what ties events to a story.

    A pair's score is in log-odds, as `tools/train_reconciliation.py` fitted it on local crime, on reports of conflicts
    and on crises in one. Two groups join where the mean score of their compared pairs reaches `threshold` and at least
    `quorum` of all their pairs do. `most` holders of one blocking key still propose pairs. `far_km` is how far apart
    two named towns may be and still be meant for one place. `story_days`: events between the same two sides this near
    in time are one story; `recall_days`: so are a document's main event and one that it recalls.
    """

    threshold: float = -2.5
    quorum: float = 0.34
    most: int = 400
    far_km: float = 75.0
    story_days: float = 3.0
    recall_days: float = 14.0
