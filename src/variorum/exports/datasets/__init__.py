"""Other people's event data laid beside an edition: read, paired event by event, told in words."""

from .comparison import Comparison, compare
from .reading import Dataset, TheirEvent, read_dataset
from .view import view

__all__ = ["Comparison", "Dataset", "TheirEvent", "compare", "read_dataset", "view"]
