"""What the first reader would wait for, done before a server answers anybody: templates, the ontology, the queue."""

from __future__ import annotations

from contextlib import suppress

from litestar.datastructures import State

from variorum.coding import Ontology
from variorum.errors import VariorumError
from variorum.web.rendering import compile_templates
from variorum.web.shelf import Shelf
from variorum.web.static_files import static_files

from . import overview
from .review import queue_in


def warm(state: State) -> None:
    """Read what every page needs, and what the overview and the queue read of the edition."""
    shelf: Shelf = state.shelf
    compile_templates()
    static_files()
    Ontology.load()
    with suppress(VariorumError), shelf.now() as edition:  # what cannot be read is told to who asks for it
        overview.view(edition)
        queue_in(state, edition)
