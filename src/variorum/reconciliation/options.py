"""Thresholds of reconciliation, each with what it was tuned on."""

from __future__ import annotations

from variorum.records import Record


class ReconciliationOptions(Record, frozen=True, kw_only=True):
    """How alike two mentions must be to be one event, and what ties events to a story.

    The weights are those of `comparison`; a pair's score is their weighted sum, at home in [-1, 1.3].

    `threshold`, `quorum`: two groups join where the mean score of their compared pairs reaches `threshold` and at
    least `quorum` of all their pairs do. `threshold` was read off two corpora of local crime in steps of .1 (.3
    costs the harder one two points of pairwise precision for one of recall); `quorum` makes hardly a difference
    there between .34 and .5. The weights are by judgement; of them `weight_people` was varied (.6 to .8, hardly a
    difference) and `weight_leads` (0 to .25: half a point of B-cubed each .05 up to .15, then pairs of one city's
    other cases join). `weight_words` was read off both in one: from .4 to .8 the precision of pairs rises by four
    and six points and no recall is lost, 1.0 and 1.2 give nothing more.
    `weight_crisis` was read off reports of crises in steps: .15, .25 and .35 give a B-cubed F1 of .58, .60 and .61
    there; .25 leaves local crime as it was. `margin`: a vague mention joins a group only where its score beats that
    of every other group by this much. `most` holders of one blocking key still
    propose pairs. `far_km` is how far apart two named towns may be and still be meant for one place. `story_days`:
    events between the same two sides this near in time are one story; `recall_days`: so are a document's main event
    and one that it recalls.
    """

    threshold: float = 0.4
    quorum: float = 0.5
    margin: float = 0.1
    most: int = 400
    weight_type: float = 0.15
    weight_time: float = 0.3
    weight_place: float = 0.3
    weight_actors: float = 0.2
    weight_recipients: float = 0.2
    weight_tolls: float = 0.1
    weight_people: float = 0.6
    weight_names: float = 0.2
    weight_leads: float = 0.15
    weight_words: float = 0.8
    weight_crisis: float = 0.25
    weight_passage: float = 0.6
    far_km: float = 75.0
    story_days: float = 3.0
    recall_days: float = 14.0
