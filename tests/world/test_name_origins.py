"""How like the names of a state's people a name is."""

from __future__ import annotations

from variorum.world.name_origins import CLEAR, likelihood


def _clearer(name: str, one: str, other: str) -> bool:
    first, second = likelihood(name, one), likelihood(name, other)
    assert first is not None
    assert second is not None
    return first - second >= CLEAR


def test_names_are_told_apart_by_their_spelling() -> None:
    assert _clearer("Watanabe Haruko", "JPN", "IRQ")
    assert _clearer("Grzegorz Wasilewski", "POL", "GBR")
    assert _clearer("Ratsimandresy Rakotonirina", "MDG", "FRA")


def test_names_of_one_tongue_are_not_told_apart() -> None:
    assert not _clearer("José Hernández", "MEX", "GTM")
    assert not _clearer("José Hernández", "GTM", "MEX")


def test_order_and_accents_of_a_name_do_not_matter() -> None:
    assert likelihood("Nguyễn Văn Minh", "VNM") == likelihood("Minh Nguyen Van", "VNM")


def test_a_state_of_which_too_few_names_are_known_has_no_likelihood() -> None:
    assert likelihood("Anna Berg", "AIA") is None
