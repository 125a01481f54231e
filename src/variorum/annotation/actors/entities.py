"""What mentions of one actor share, and the classes of actors and places in a clause that coreference asks for."""

from __future__ import annotations

from .drafts import Draft

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
SINGLE = frozenset({"state", "body", "group", "organisation", "media", "force"})
MANY = frozenset({"people", "force", "group", "state", "organisation", "body", "media"})
CROWDS = frozenset(
    {"crowd", "mob", "family", "couple", "crew", "staff", "team", "jury", "public", "population", "community",
     "delegation", "personnel", "audience"}
)  # fmt: skip
PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})


def root(draft: Draft) -> Draft:
    """The first mention that a mention is tied to."""
    while draft.link is not None:
        draft = draft.link
    return draft


def entity(draft: Draft) -> str | int:
    """What mentions of one actor share within a text: the key where it is named, else its first mention."""
    while draft.link is not None:
        draft = draft.link
    return id(draft) if draft.generic else draft.key
