"""Pages whose text stands only in the data of scripts."""

from __future__ import annotations

import json
import time

import pytest

from variorum.documents import make_document
from variorum.identity import digest
from variorum.records import Document, Page

TITLE = "Brigade crosses the river near the old mill"
PARAGRAPHS = [
    f"Soldiers of the {n}th brigade crossed the river near the old mill on Monday, the regional governor said, and "
    "took up positions on the far bank before noon."
    for n in range(4, 12)
]
OTHERS = [
    f"The price of bread rose for the {n}th month in a row, the statistics office said on Friday." for n in range(4, 30)
]
MARKUP = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)


def document(script: str, visible: str = "<div>Loading…</div>", head: str = "") -> Document:
    markup = (
        f"<html><head><title>{TITLE}</title><meta property='og:title' content='{TITLE}'>{head}</head>"
        f"<body>{visible}{script}</body></html>"
    ).encode()
    return make_document(Page(id=digest(markup), source="a.html", media="text/html", content=markup))


def script(text: str, **attributes: str) -> str:
    return f"<script {' '.join(f'{k}={v!r}' for k, v in attributes.items())}>{text}</script>"


def linked(body: str) -> str:
    return script(
        json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": body}), type="application/ld+json"
    )


def streamed(*rows: str) -> str:
    return "".join(script(f"self.__next_f.push([1,{json.dumps(row)}])") for row in rows)


TEASERS = {"related": [{"title": "Bread", "summary": each} for each in OTHERS]}
PROPS = {"props": {"pageProps": TEASERS | {"article": {"headline": TITLE, "html": MARKUP}}}}
PIECES = TEASERS | {"parts": [{"type": "text", "content": f"<p>{each}</p>"} for each in PARAGRAPHS]}
ROW = f'1:["$","div",null,{{}}]\n24:T{len(MARKUP.encode()):x},{MARKUP}25:["$","p",null,{{"children":"{OTHERS[0]}"}}]\n'


@pytest.mark.parametrize(
    "data",
    [
        linked("\n\n".join(PARAGRAPHS)),
        linked(MARKUP),
        linked(MARKUP.replace("<", "&lt;").replace(">", "&gt;")),
        script(json.dumps(PROPS), id="__NEXT_DATA__", type="application/json"),
        script(json.dumps(PIECES), type="application/json"),
        script(f'window.__STATE__ = {json.dumps(PIECES)};window.x = function () {{ return "a" }}'),
        script(f"window.__STATE__ = JSON.parse({json.dumps(json.dumps(PROPS))})"),
        streamed(ROW),
        streamed(ROW[:700], ROW[700:]),
        streamed(f"24:T{len(MARKUP.encode()):x},", MARKUP, '25:["$","p"]\n'),
    ],
    ids=["text", "markup", "escaped", "next", "pieces", "assigned", "parsed", "row", "cut", "chunks"],
)
@pytest.mark.parametrize(
    "visible",
    ["", "<div>Loading…</div>", "<nav><a href=/w>World</a></nav><noscript>You need to enable JavaScript.</noscript>"],
)
def test_text_that_only_scripts_have(data: str, visible: str) -> None:
    found = document(data, visible)
    assert found.rejected is None
    body = [found.text[block.start : block.end] for block in found.blocks if block.kind == "body"]
    assert [each for each in body if each in PARAGRAPHS] == PARAGRAPHS
    assert "bread" not in found.text


def test_visible_text_goes_before_that_of_scripts() -> None:
    found = document(
        script(json.dumps(PROPS)), "<article>" + "".join(f"<p>{each}</p>" for each in OTHERS) + "</article>"
    )
    assert "brigade crossed" not in found.text
    teaser = document(linked(MARKUP), f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>")
    assert teaser.text.count("brigade crossed") == 1  # what the page shows of it is its text


@pytest.mark.parametrize(
    "data",
    [
        script(json.dumps(TEASERS)),
        script("var a = " + json.dumps({"terms": " ".join(OTHERS)})),
        script('{"html": "<p>cut'),
        streamed("24:Tfffffff,<p>"),
        script('"' * 999),
    ],
)
def test_other_texts_of_scripts_are_none(data: str) -> None:
    found = document(data)
    assert found.rejected is not None
    assert "bread" not in found.text


@pytest.mark.parametrize(
    "data", ['"\\' * 400_000, '{"a": "b c", ' * 100_000, json.dumps(["word " * 20] * 20_000), '"<p' * 400_000]
)
def test_large_scripts_cost_little(data: str) -> None:
    began = time.monotonic()
    document(script(data))
    assert time.monotonic() - began < 8
