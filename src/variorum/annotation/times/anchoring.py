"""Times told from an event."""

from __future__ import annotations

from variorum.records import Syntax, TimeAnchor

from .recognising import Recognised


def anchor_of(item: Recognised, text: str, syntax: Syntax) -> TimeAnchor | None:
    return None
