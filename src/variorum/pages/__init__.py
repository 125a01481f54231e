"""Pages: what a user names (folders, files, archives, addresses, standard input) becomes bytes as they were got.

    inputs ─▶ read_pages ─▶ Page | Rejection ─▶ resolve_duplicates ─▶ each content once, each declared id once

One bad input never stops the others: it becomes a `records.Rejection` with one line that names it and says why.
"""

from .duplicates import resolve_duplicates
from .making import id_fits
from .options import ColumnMap, PageOptions
from .reading import read_opened, read_pages

__all__ = ["ColumnMap", "PageOptions", "id_fits", "read_opened", "read_pages", "resolve_duplicates"]
