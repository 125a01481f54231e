"""The layers as a component of a user's own spaCy pipeline.

    nlp = spacy.load("en_core_web_md")
    nlp.add_pipe("variorum", config={"layers": ["times", "places"], "options": {"places": {"adjectives": True}}})
    doc = nlp("Rebels seized the town of Goma on Monday.")
    doc._.variorum.places

The component is found by its entry point (``spacy_factories``), so nothing needs to be imported. It needs a parser and
a tagger before it. ``doc._.variorum`` is a `records.Annotation` whose offsets count the Doc's characters;
``doc.user_data["published"]``, a date or a text that is one, gives relative times what they count from. Datelines,
credits and furniture are marked as in a JSON Lines record of the same text. The annotation is kept as MessagePack in
``doc.user_data``, so that it goes wherever the Doc does: ``to_bytes``, a DocBin with its user data, other processes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from variorum.annotation.syntax import syntax_of
from variorum.documents import make_document, readable_date
from variorum.errors import InputError
from variorum.records import LAYERS, Annotation, Declared, Layer, Page

from .annotator import Layers, Work
from .layer_options import LayerOptions, layer_options
from .references import own_reference

if TYPE_CHECKING:
    from collections.abc import Sequence


_KEY = "variorum.annotation"


@Language.factory(
    "variorum", default_config={"layers": list(LAYERS), "options": {}}, requires=["token.dep", "token.tag"]
)
def create(nlp: Language, name: str, layers: list[Layer], options: dict[str, dict[str, Any]]) -> Component:
    """The component; `layers` are those wanted, `options` a table a layer (docs/layers.md).

    spaCy refuses an unknown layer with a ConfigValidationError; an unknown option raises InputError.
    """
    if not Doc.has_extension("variorum"):
        Doc.set_extension("variorum", getter=annotation_of)
    return Component(layers, layer_options(options))


def annotation_of(doc: Doc) -> Annotation | None:
    """What the component found in `doc`; None where it did not run. Read anew from ``doc.user_data`` at each call."""
    packed = doc.user_data.get(_KEY)
    return msgspec.msgpack.decode(packed, type=Annotation) if packed is not None else None


class Component:
    """Puts a `records.Annotation` on each Doc."""

    def __init__(self, layers: Sequence[Layer], options: LayerOptions) -> None:
        self._layers = Layers(layers, options=options)

    def __call__(self, doc: Doc) -> Doc:
        """Raises InputError where ``doc.user_data["published"]`` is no date, or has two readings."""
        work = _work(doc.text, doc.user_data.get("published"))
        doc.user_data[_KEY] = msgspec.msgpack.encode(self._layers.over(work, syntax_of(doc)))
        return doc


def _work(text: str, published: date | str | None) -> Work:
    """The document that a JSON Lines record of this text gives, in English by the word of whoever chose the model."""
    told = published.isoformat() if isinstance(published, date) else published
    if told is not None and readable_date(told) is None:
        raise InputError(f"user_data['published'] {told!r} is no date, or has two readings")
    declared = Declared(id="doc", published=told, language="en")
    page = Page(id="doc", source="doc", media="application/json", content=text.encode(), declared=declared)
    document = msgspec.structs.replace(make_document(page), supported=True, rejected=None)
    return Work(document=document, reference=own_reference(document))
