"""The layers as a component of a user's own spaCy pipeline.

    nlp = spacy.load("en_core_web_md")
    nlp.add_pipe("variorum", config={"layers": ["times", "places"], "options": {"places": {"adjectives": True}}})
    doc = nlp("Rebels seized the town of Goma on Monday.")
    doc._.variorum.places

The component is found by its entry point (``spacy_factories``), so nothing needs to be imported. It needs a parser and
a tagger before it. ``doc._.variorum`` is a `records.Annotation` whose offsets count the Doc's characters;
``doc.user_data["published"]``, a date or ISO text, gives relative times what they count from.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from variorum.annotation.syntax import syntax_of
from variorum.records import LAYERS, Block, Document, Layer

from .annotator import Layers, Work
from .layer_options import LayerOptions, layer_options
from .references import own_reference

if TYPE_CHECKING:
    from collections.abc import Sequence


@Language.factory(
    "variorum", default_config={"layers": list(LAYERS), "options": {}}, requires=["token.dep", "token.tag"]
)
def create(nlp: Language, name: str, layers: list[Layer], options: dict[str, dict[str, Any]]) -> Component:
    """The component; `layers` are those wanted, `options` a table a layer (docs/layers.md).

    spaCy refuses an unknown layer with a ConfigValidationError; an unknown option raises InputError.
    """
    if not Doc.has_extension("variorum"):
        Doc.set_extension("variorum", default=None)
    return Component(layers, layer_options(options))


class Component:
    """Puts a `records.Annotation` on each Doc."""

    def __init__(self, layers: Sequence[Layer], options: LayerOptions) -> None:
        self._layers = Layers(layers, options=options)

    def __call__(self, doc: Doc) -> Doc:
        published = doc.user_data.get("published")
        if isinstance(published, date):
            published = published.isoformat()
        block = Block(start=0, end=len(doc.text), kind="body")
        document = Document(
            id="doc", page="doc", source="doc", text=doc.text, blocks=(block,), published=published, language="en"
        )
        work = Work(document=document, reference=own_reference(document))
        doc._.variorum = self._layers.over(work, syntax_of(doc))
        return doc
