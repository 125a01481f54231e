"""The stages put together: `collate` makes an edition, `annotate` a document's layers."""

from .annotator import Annotator, AnnotatorFactory, Work
from .collation import Inputs, RunOptions, annotate, collate
from .edition import Edition
from .layer_options import LayerOptions, read_layer_options
from .page_documents import read_documents
from .progress import Progress
from .references import own_reference, reference_times
from .running import EngineOptions
from .versions import versions

__all__ = [
    "Annotator",
    "AnnotatorFactory",
    "Edition",
    "EngineOptions",
    "Inputs",
    "LayerOptions",
    "Progress",
    "RunOptions",
    "Work",
    "annotate",
    "collate",
    "own_reference",
    "read_documents",
    "read_layer_options",
    "reference_times",
    "versions",
]
