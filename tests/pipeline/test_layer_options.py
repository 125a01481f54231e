"""A user's options reach the layers; what there is no option for is named."""

from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from variorum.annotation.places import PlaceOptions
from variorum.errors import InputError
from variorum.pipeline import LayerOptions, read_layer_options
from variorum.pipeline.layer_options import layer_options

DOCS = Path(__file__).resolve().parents[2] / "docs" / "layers.md"


def test_what_a_table_leaves_out_keeps_its_default() -> None:
    options = layer_options({"places": {"adjectives": True}})
    assert options == LayerOptions(places=PlaceOptions(adjectives=True))
    assert layer_options({}) == LayerOptions()


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"colours": {}}, "no options for 'colours'; there are times, places"),
        ({"tolls": {"colour": 1}}, r"\[tolls\] has no option 'colour'; there are noun"),
        ({"tolls": {"antecedent": "two"}}, "Expected `int`, got `str`"),
        ({"actors": {"reach": -3}}, r"Expected `int` >= 0 - at `\$\.actors\.reach`"),
        ({"places": {"rounds": -1}}, r"Expected `int` >= 0 - at `\$\.places\.rounds`"),
        ({"places": {"near_km": 0}}, r"Expected `float` > 0.0 - at `\$\.places\.near_km`"),
        ({"times": {"widest_family": 0}}, r"Expected `int` >= 1 - at `\$\.times\.widest_family`"),
        ({"attributions": {"headline_words": -5}}, r"Expected `int` >= 0 - at `\$\.attributions\.headline_words`"),
        ({"tolls": 3}, r"\[tolls\] is no table"),
    ],
)
def test_what_cannot_be_used_is_named(tables: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        layer_options(tables)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot be read"):
        read_layer_options(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("[tolls\n")
    with pytest.raises(InputError, match=r"bad\.toml: is no TOML"):
        read_layer_options(tmp_path / "bad.toml")


def test_options_change_what_is_found(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Turkish troops crossed the border on Monday, residents of the village said, and they left.")
    (plain,) = variorum.annotate(text, layers=["places"])
    (told,) = variorum.annotate(text, layers=["places"], layer_options=layer_options({"places": {"adjectives": True}}))
    assert [place.text for place in plain.places] == []
    assert [place.text for place in told.places] == ["Turkish"]


def test_options_may_be_a_mapping(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Turkish troops crossed the border on Monday, residents of the village said, and they left.")
    (told,) = variorum.annotate(text, layers=["places"], layer_options={"places": {"adjectives": True}})
    assert [place.text for place in told.places] == ["Turkish"]
    typed = variorum.LayerOptions(places=PlaceOptions(adjectives=True))
    assert list(variorum.annotate(text, layers=["places"], layer_options=typed)) == [told]
    with pytest.raises(InputError, match="no option 'colour'"):
        next(variorum.annotate(text, layer_options={"places": {"colour": True}}))
    with pytest.raises(InputError, match="'colours' is no layer; there are times"):
        next(variorum.annotate(text, layers=["colours"]))  # type: ignore[list-item]


def test_every_option_is_documented() -> None:
    page = DOCS.read_text(encoding="utf-8")
    for layer in LayerOptions.__struct_fields__:
        assert f"[{layer}]" in page
        for option in type(getattr(LayerOptions(), layer)).__struct_fields__:
            assert f"`{option}`" in page, f"{layer}: {option}"
