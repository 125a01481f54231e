"""The examples of docs/layers.md are what the layers give of the text that the page shows."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

import variorum
from variorum.exports.layers import view
from variorum.records import AnnotatedDocument, Layer

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "layers.md").read_text(encoding="utf-8")
LAYERS: tuple[Layer, ...] = ("times", "places", "actors", "tolls", "attributions", "events")


def block(kind: str, within: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)\n```", within, re.DOTALL)
    assert found is not None
    return found[1]


@cache
def annotated(layers: tuple[Layer, ...], folder: Path) -> AnnotatedDocument:
    path = folder / "example.txt"
    path.write_text(block("text", PAGE) + "\n", encoding="utf-8")
    (document,) = variorum.annotate([path], layers=layers)
    return document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layers")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_example_of_a_layer(layer: Layer, folder: Path) -> None:
    document = annotated(LAYERS, folder)
    given = msgspec.to_builtins(getattr(document, layer))
    for wanted in json.loads(block("json", section(layer.title()))):
        assert any(wanted.items() <= _plain(one).items() for one in given), wanted


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(one))  # type: ignore[no-any-return]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_field_of_a_layer_is_told(layer: Layer, folder: Path) -> None:
    told = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| `.*$", section(layer.title()), re.MULTILINE))))
    assert set(msgspec.to_builtins(getattr(annotated(LAYERS, folder), layer)[0])) <= told


def test_the_view(folder: Path) -> None:
    shown = view(annotated(("times", "tolls"), folder), color=False, width=10_000)
    assert block("text view", PAGE) in shown


def test_tolls_alone_have_no_speakers(folder: Path) -> None:
    assert {toll.speaker for toll in annotated(("tolls",), folder).tolls} == {None}
    assert {toll.speaker for toll in annotated(("attributions", "tolls"), folder).tolls} != {None}
