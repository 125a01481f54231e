"""The stages put together: `collate` makes an edition, `annotate` a document's layers."""

from .annotator import Annotator, AnnotatorFactory, Work
from .collation import Inputs, RunOptions, annotate, collate
from .edition import Edition
from .progress import Progress
from .references import own_reference, reference_times
from .versions import versions

__all__ = [
    "Annotator",
    "AnnotatorFactory",
    "Edition",
    "Inputs",
    "Progress",
    "RunOptions",
    "Work",
    "annotate",
    "collate",
    "own_reference",
    "reference_times",
    "versions",
]
