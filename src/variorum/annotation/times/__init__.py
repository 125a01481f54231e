"""Times: TIMEX3 expressions with values and bounds, counted from publication and from what the text tells.

text ─▶ lexing ─▶ matching (grammar_dates, grammar_lengths) ─▶ recognising ─▶ guards
        classes   forms                                        merged spans   no time
     ─▶ resolving ────▶ opening ─────────────▶ anchoring
        value, bounds   bounds on one side     event + hours
"""

from .finding import find_times
from .resolving import TimeOptions

__all__ = ["TimeOptions", "find_times"]
