"""Variorum: every account of an event, side by side.

    Page ─▶ Document ─▶ Derivation ─▶ Annotation ─▶ Mention ─▶ Event (+ Claim, Link) ─▶ Edition
    bytes   clean text   who copied    stand-off     one text's   all texts'            what people
    as got  + metadata   whom          layers        event        event                 read

    import variorum

    edition = variorum.collate("reports/")
    for event in edition.events:
        print(event.headline, event.independent_origins)

The stages live in packages of the same names (`variorum.documents`, `variorum.derivation`, …); importing this module
loads none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .pipeline import Edition, LayerOptions, annotate, collate
    from .remote import connect

    open = Edition.open  # noqa: A001

__all__ = ["Edition", "LayerOptions", "__version__", "annotate", "collate", "connect", "open"]


def __getattr__(name: str) -> Any:
    """Loads the pipeline when one of its names is first asked for, so that ``import variorum`` costs nothing."""
    if name == "connect":
        from . import remote

        return remote.connect
    if name in ("Edition", "LayerOptions", "annotate", "collate", "open"):
        from . import pipeline

        return pipeline.Edition.open if name == "open" else getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
