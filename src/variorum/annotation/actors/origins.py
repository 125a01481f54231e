"""The country of named persons that was guessed by what a text is about, held against how their names are spelt."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.world.name_origins import CLEAR, likelihood

from .belonging import DERIVED, ORGANS
from .context import Claims, Clue
from .crafts import ABOARD, POSTED
from .drafts import Draft, Scene

_GUESSES = frozenset({"country of the text", ORGANS})
_TOLD = frozenset({DERIVED, ABOARD, POSTED, "known person"})
_ALIKE = 3.0  # states whose likelihoods of a name differ by less are equally likely


def tell_by_names(scene: Scene, clues: Sequence[Clue]) -> None:
    """Give persons whose country is a guess another of the text's where their name is clearly likelier: "Sato Kenji,
    a welder", in a text on Iraq and Japan. Of several such countries that with the greatest claim stands."""
    countries = sorted({clue.country for clue in clues})
    if len(countries) < 2:
        return
    claims = Claims(scene, clues)
    for draft in scene.drafts:
        if not _is_guess(draft):
            continue
        shares = {c: share for c in countries if (share := likelihood(draft.name, c)) is not None}
        best = max(shares.values(), default=None)
        if best is None or best < (likelihood(draft.name, None) or 0.0):
            continue  # a name of none of them
        own = _own(draft, shares)
        if own is None or best - own < CLEAR:
            continue
        told = claims.among(draft, [c for c in shares if best - shares[c] < _ALIKE])
        if told is not None:
            draft.country = told
            draft.because("by the spelling of the name", 0.6, told)


def _own(draft: Draft, shares: dict[str, float]) -> float | None:
    """The likelihood that another state's has to outdo: that in the state guessed, or where none is, the next one's."""
    if draft.country is not None:
        return shares.get(draft.country)
    return max((share for share in shares.values() if share < max(shares.values()) - _ALIKE), default=None)


def _is_guess(draft: Draft) -> bool:
    """Whether a full name's country was only guessed."""
    if draft.kind != "person" or draft.generic or draft.link is not None or " " not in draft.name.strip():
        return False
    if draft.phrase is not None and (draft.phrase.state is not None or draft.phrase.owner is not None):
        return False
    told = {feature.name for feature in draft.why}
    return (draft.country is None or bool(told & _GUESSES)) and not told & _TOLD
