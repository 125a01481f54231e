"""Coding: who did what to whom, in an ontology of event types, with status, place, time and tolls.

`code_events` codes one annotated document; `Ontology.load` reads PLOVER as packaged, or an ontology of the user's.
"""

from .coder import code_events
from .lexicon import Condition, Lexicon, Pattern
from .merging import MergeOptions
from .ontology import QUADS, EventType, Mode, Ontology
from .options import CodingOptions

__all__ = [
    "QUADS",
    "CodingOptions",
    "Condition",
    "EventType",
    "Lexicon",
    "MergeOptions",
    "Mode",
    "Ontology",
    "Pattern",
    "code_events",
]
