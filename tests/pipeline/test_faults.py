"""What breaks on one document costs no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from variorum.annotation.tolls import find_tolls
from variorum.documents import make_document
from variorum.exports import descent, text
from variorum.pipeline import Edition, annotate, collate

GOOD = "Rebels shelled the market of Kasese on Monday, killing seven people, the mayor said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "odd.txt").write_text("POISON " + GOOD, encoding="utf-8")
    return tmp_path


def rejected(edition: Edition) -> list[str]:
    return [item.rejected or "" for item in edition.documents if item.rejected]


def test_a_page_that_breaks_the_reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "variorum.pipeline.page_documents.make_document",
        lambda page: 1 / 0 if b"POISON" in page.content else make_document(page),
    )
    with collate(folder) as edition:
        (line,) = rejected(edition)
        assert "odd.txt" in line
        assert "ZeroDivisionError" in line
        assert edition.events


def test_a_text_that_breaks_a_layer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "variorum.pipeline.annotator.find_tolls",
        lambda document, *rest: 1 / 0 if "POISON" in document.text else find_tolls(document, *rest),
    )
    with collate(folder) as edition:
        (line,) = rejected(edition)
        assert "odd.txt: could not be annotated: tolls: ZeroDivisionError" in line
        assert edition.events
    lines = {line.text[:6]: line for line in annotate(folder)}
    assert "[fault]" in (lines["POISON"].rejected or "")
    assert lines["POISON"].times, "the layers that do not need the broken one are kept"
    assert lines["Rebels"].events


def test_a_text_that_breaks_a_layer_is_still_told_with_its_copies(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = " The shells fell for an hour, traders said, and soldiers closed both roads out of the valley until dawn."
    for path in folder.iterdir():
        path.write_text(path.read_text("utf-8") + more + " Nobody had claimed the attack by nightfall.", "utf-8")
    monkeypatch.setattr(
        "variorum.pipeline.annotator.find_tolls",
        lambda document, *rest: 1 / 0 if "POISON" in document.text else find_tolls(document, *rest),
    )
    with collate(folder) as edition:
        ((broken, kept),) = [origin.documents for origin in edition.origins]
        assert {broken, kept} == {item.id for item in edition.documents}
        overview = text.overview(edition.content, edition.quote)
        assert "odd.txt" in overview
        assert "good.txt" in overview
        assert len(descent.family_trees(edition.content, edition.quote)) == 1
        assert "odd.txt" in edition.to_html()


def test_half_a_surrogate_pair_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Rebels \\ud800 struck."}\n{"text": "' + GOOD.encode() + b'"}\n')
    with collate(tmp_path / "a.jsonl") as edition:
        (line,) = rejected(edition)
        assert "a.jsonl:1" in line
        assert "surrogate" in line
        assert edition.events


def test_odd_characters_come_through(tmp_path: Path) -> None:
    text = "Rebels\u0007 struck \u202eGoma\u202c on Monday.\u2028Seven\u200b people\U0001f9e8 were killed."
    (tmp_path / "a.jsonl").write_text('{"text": ' + json.dumps(text) + "}\n", encoding="utf-8")
    (line,) = annotate(tmp_path / "a.jsonl")
    assert line.text == text
    assert line.rejected is None


def test_pages_that_differ_in_no_word_are_one_document(tmp_path: Path) -> None:
    page = "<html><head><title>T</title><script>n={}</script></head><body><article><p>{}</p></article></body></html>"
    for number in (1, 2):
        (tmp_path / f"twin{number}.html").write_text(page.replace("{}", str(number), 1).replace("{}", GOOD))
        (tmp_path / f"empty{number}.html").write_text(f"<html><script>{number}</script></html>")
    (tmp_path / "marked.txt").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    (tmp_path / "plain.txt").write_text(GOOD)
    for target in (None, tmp_path / "e.sqlite", tmp_path / "e.sqlite"):
        with collate(sorted(tmp_path.glob("*.[ht]*")), output=target) as edition:
            taken = [item for item in edition.documents if not item.rejected]
            assert [item.source for item in taken] == ["marked.txt"]
            assert len(rejected(edition)) == 2
            assert not any(item.supported for item in edition.documents if item.rejected)
