"""The thresholds of the coder, with those of its parts."""

from __future__ import annotations

from variorum.records import Record

from .left_open import OpenOptions
from .role_model import RoleOptions
from .sameness import MergeOptions
from .told_model import ToldOptions


class CodingOptions(Record, frozen=True, kw_only=True):
    """Thresholds of the coder, tuned on own texts and on 300 documents of the MUC tuning set.

    `least_confidence` drops weaker events, `least_violence` weaker ones of violence and coercion. An event
    that ended more than `background_days` before publication is background (status historical); a figure over more
    than `sum_days` is a statement about a period and no event. `scene_reach` is how many sentences back a text's
    scene holds, for the day and country of what was told before.
    `report` is the least sentences of a text that tells more than its news.
    """

    least_confidence: float = 0.5
    least_violence: float = 0.72
    background_days: int = 120
    sum_days: int = 45
    scene_reach: int = 3
    report: int = 5
    merging: MergeOptions = MergeOptions()
    roles: RoleOptions = RoleOptions()
    told: ToldOptions = ToldOptions()
    open: OpenOptions = OpenOptions()
