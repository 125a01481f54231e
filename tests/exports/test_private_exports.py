"""Every format as it leaves the desk: who is in it by name, how finely places are told, and that its keys still fit."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from tests.web.conftest import client_of
from variorum.cli import main
from variorum.errors import ExportError
from variorum.exports.formats import FORMATS, ExportOptions
from variorum.exports.privacy import SHOWN, PrivacyOptions
from variorum.pipeline import Edition, collate
from variorum.pipeline.published import PublishOptions, pseudonyms
from variorum.records import EditionContent, EventQuery
from variorum.web.publishing import publish

REPORTS = [
    {
        "id": "wambui-kamau-interview",
        "published": "2031-03-04",
        "title": "A teacher is shot",
        "text": "Post\n4 March 2031\nBy Ruth Adhiambo\n\nGunmen shot dead Wambui Kamau, a teacher, in Lodwar on "
        "Monday, Kenya's Interior Minister Daniel Barasa said. The shots were heard at Gikomba Market.\n\nJoseph "
        "Mwangi, a trader, said that gunmen had killed Wambui Kamau.",
    },
    {
        "id": "second",
        "published": "2031-03-05",
        "title": "Wambui-Kamau is mourned",
        "url": "https://post.example/2031/wambui-kamau-mourned",
        "text": "Herald\n5 March 2031\n\nGunmen shot dead Wambui-Kamau, a teacher, in Lodwar on Monday, police said. "
        "Kamau had taught there for nine years. Ruth Adhiambo reported from Lodwar.",
    },
]
PRIVATE = re.compile(r"wambui|kamau|mwangi", re.IGNORECASE)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("private")
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, REPORTS)), encoding="utf-8")
    collate(folder / "in.jsonl", output=folder / "e.sqlite").close()
    return folder / "e.sqlite"


@pytest.fixture(scope="module")
def edition(path: Path) -> Iterator[Edition]:
    with Edition.open(path) as opened:
        assert "Wambui Kamau" in opened.to_json()
        yield opened


def words_of(path: Path) -> str:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found = [each.read_bytes() for each in files if each.is_file()]
    return "\n".join([*(each.name for each in files), *(content.decode("utf-8", "replace") for content in found)])


@pytest.mark.parametrize("name", FORMATS)
def test_private_persons_are_in_no_format_unless_asked_for(name: str, edition: Edition, tmp_path: Path) -> None:
    edition.export(name, tmp_path / "hidden")
    if name not in ("parquet",):
        assert PRIVATE.findall(words_of(tmp_path / "hidden")) == []
    edition.export(name, tmp_path / "shown", options=ExportOptions(privacy=SHOWN))
    told = words_of(tmp_path / "shown")
    if name not in ("graphml-links",):
        assert PRIVATE.search(told), name


def read(edition: Edition, folder: Path, **asked: Any) -> EditionContent:
    edition.export("json", folder / "e.json", options=ExportOptions(**asked))
    return msgspec.json.decode((folder / "e.json").read_bytes(), type=EditionContent)


def test_keys_still_fit_and_one_name_has_one_pseudonym(edition: Edition, tmp_path: Path) -> None:
    found = read(edition, tmp_path)
    ids = {document.id for document in found.documents}
    assert "second" in ids
    assert {id_ for event in found.events for id_ in event.documents} <= ids
    assert {item.document for claim in found.claims for item in claim.evidence} <= ids
    told = (tmp_path / "e.json").read_text(encoding="utf-8")
    assert len(set(re.findall(r"Person (\w{5})", told))) == 2
    assert "Barasa" in told
    assert "Gikomba Market" in told or "Gikomba" not in edition.to_json()
    assert [event.type for event in found.events] == [event.type for event in edition.events]


def test_the_same_secret_gives_the_same_file(edition: Edition, tmp_path: Path) -> None:
    for name, secret in (("a", "one"), ("b", "one"), ("c", "two")):
        edition.export("json", tmp_path / name, options=ExportOptions(secret=tmp_path / secret))
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert (a == b, a == c) == (True, False)


def test_who_writes_is_named_unless_asked_otherwise(edition: Edition, tmp_path: Path) -> None:
    if not any("Ruth Adhiambo" in edition.document(each.id).authors for each in edition.documents):
        pytest.fail("nobody is known to have written the first report")
    publish(edition, tmp_path / "site", secret=b"s" * 32)
    assert "Ruth Adhiambo" in words_of(tmp_path / "site")
    options = PublishOptions(privacy=PrivacyOptions(bylines=False))
    publish(edition, tmp_path / "site", secret=b"s" * 32, options=options)
    assert "Adhiambo" not in words_of(tmp_path / "site")


def test_no_page_or_file_of_a_site_has_a_private_name(edition: Edition, tmp_path: Path) -> None:
    publish(edition, tmp_path / "site", secret=b"s" * 32)
    told = words_of(tmp_path / "site")
    assert PRIVATE.findall(told) == []
    assert any(entry.kind == "export" and entry.subject == "site" for entry in edition.custody())


@pytest.mark.parametrize(
    "told",
    ["wambui-kamau", "WambuiKamau.html", "2031/Wambui%2DKamau", "w\u00e1mbui_kamau", "wambui\u200b-kamau-shot"],
)
def test_a_name_is_found_however_an_address_spells_it(told: str, edition: Edition) -> None:
    shown = pseudonyms(edition, lambda: b"secret" * 6)
    assert shown.id(told).startswith("x-")
    assert shown.address(f"https://post.example/{told}") == "https://post.example/"


def test_places_are_told_no_finer_than_asked(edition: Edition, tmp_path: Path) -> None:
    fine = read(edition, tmp_path)
    assert any(event.place is not None and event.place.name == "Lodwar" for event in fine.events)
    coarse = read(edition, tmp_path, privacy=PrivacyOptions(places="admin1"))
    assert not [event for event in coarse.events if "Lodwar" in event.headline]
    assert not [story for story in coarse.stories if "Lodwar" in (story.title or "")]
    assert {event.place.name for event in coarse.events if event.place is not None} == {"Turkana"}


def test_whole_texts_go_out_with_names_alone(path: Path, edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="names"):
        edition.export("plover", tmp_path / "x", options=ExportOptions(full_text=True))
    run = ["export", str(path), "--format", "plover", "--full-text"]
    refused = CliRunner().invoke(main, run)
    assert refused.exit_code == 1
    assert "--names" in refused.stderr
    assert "gunmen had killed Wambui Kamau" in CliRunner().invoke(main, [*run, "--names"]).stdout


def test_the_command_says_who_is_shown(path: Path, tmp_path: Path) -> None:
    secret = ["--secret", str(tmp_path / "key")]
    hidden = CliRunner().invoke(main, ["export", str(path), *secret])
    assert PRIVATE.findall(hidden.stdout) == []
    assert "under pseudonyms: 2 private persons" in hidden.stderr
    shown = CliRunner().invoke(main, ["export", str(path), "--names", "--places", "country"])
    assert PRIVATE.search(shown.stdout)
    with Edition.open(path) as opened:
        last = list(opened.custody())[-1]
    assert (last.detail["names"], last.detail["places"]) == ("shown", "country")


def test_downloads_are_private_and_noted_in_the_log(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path / "e.sqlite"))
    asked = ("events.jsonl", "events.csv", "documents.jsonl", "claims.csv", "participants.csv", "exports/markdown")
    with client_of(copy, secret=tmp_path / "key") as client:
        for name in asked:
            answer = client.get(f"/api/v1/{name}")
            assert (answer.status_code, PRIVATE.findall(answer.text)) == (200, []), name
        shown = client.get("/api/v1/documents.jsonl?names=true")
        assert PRIVATE.search(shown.text)
        client.get("/api/v1/documents.jsonl?names=true")
        assert "Lodwar" not in client.get("/api/v1/events.csv?places=country").text
        zipped = client.get("/api/v1/exports/csv").content
    with Edition.open(copy) as opened:
        noted = [entry for entry in opened.custody() if entry.kind == "export" and "over" in entry.detail]
        assert list(opened.faults()) == []
    assert [entry.subject for entry in noted].count("documents.jsonl") == 2  # with names and without, each once
    assert {entry.subject.split(".")[0] for entry in noted} >= {"events", "documents", "claims", "csv", "markdown"}
    assert any(entry.digest == hashlib.sha256(shown.content).hexdigest() for entry in noted)
    assert any(entry.digest == hashlib.sha256(zipped).hexdigest() for entry in noted)


def test_what_stays_in_ones_hands_has_names(edition: Edition) -> None:
    pytest.importorskip("pyarrow")
    told = edition.to_arrow("participants", EventQuery()).to_pylist()
    assert any("Kamau" in row["name"] for row in told)
