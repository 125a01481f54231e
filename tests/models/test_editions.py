"""An edition of which a model proposed something: marked everywhere, the same from its cache, ruled on by people."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from variorum.cli import main
from variorum.exports import text
from variorum.models import Asker, read_settings
from variorum.pipeline import Edition, RunOptions, collate
from variorum.pipeline.collation import collate_pages
from variorum.pipeline.merging import merge_editions
from variorum.pipeline.partitions import partition
from variorum.pipeline.redaction import redact
from variorum.pipeline.review_queue import review_queue
from variorum.pipeline.rulings import Ruler
from variorum.pipeline.verification import faults
from variorum.records import Proposed
from variorum.store import open_store

from .conftest import FIGURE, HEARD, SNUB, TIED, an_event
from .lying_server import MODEL, NOTHING, LyingServer, says
from .test_lies import a_claim, a_link

LETTER = f"KETA, Ghana, 18 January 2024 - {FIGURE} {SNUB}\n{HEARD} A regional court fined Togo on Tuesday.\n"
OTHER = f"ARICA, Chile, 18 January 2024 - {TIED} Chilean police arrested a Peruvian envoy on Wednesday.\n"
FIGURE_TOLD = {"kind": "missing", "low": 6, "high": 6, "words": "six Ghanaian traders"}
ANSWERS = {
    FIGURE: an_event(FIGURE, actors=["Togo"], recipients=["Ghana"], figures=[FIGURE_TOLD]),
    SNUB: an_event(actors=["Somalia"], recipients=["Kenya"]),
    HEARD: a_claim(),
    TIED: a_link(),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports, settings, and an edition that a model was asked for; the model is gone since."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "reports").mkdir()
    (folder / "reports" / "keta.txt").write_text(LETTER)
    (folder / "reports" / "arica.txt").write_text(OTHER)
    server = LyingServer()
    server.script = lambda passage: says(next((a for s, a in ANSWERS.items() if s in passage), NOTHING))
    (folder / "model.toml").write_text(f'endpoint = "{server.endpoint}"\nmodel = "{MODEL}"\n')
    asker = Asker(read_settings(folder / "model.toml"), may_ask=True)
    collate(folder / "reports", output=folder / "plain.sqlite").close()
    collate(folder / "reports", output=folder / "asked.sqlite", asker=asker).close()
    server.close()
    return folder


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def offline(desk: Path, output: Path | None = None, workers: int = 1) -> Edition:
    options = RunOptions(workers=workers, batch=1)
    asker = Asker(read_settings(desk / "model.toml"))
    return collate(desk / "reports", output=output, asker=asker, options=options)


def test_what_rests_on_a_model_is_marked(desk: Path) -> None:
    with Edition.open(desk / "asked.sqlite") as edition:
        (event,) = [each for each in edition.events if each.proposed and "Togo" in each.actors]
        assert event.proposed
        assert {each.model for each in event.proposed} == {MODEL}
        assert event.headline.endswith(f"[proposed by model {MODEL}]")
        assert [toll.low for toll in event.tolls] == [6]
        claims = [each for each in edition.claims if each.proposed]
        assert [each.quote for each in claims] == ["the ferry was unsafe"]
        links = [each for each in edition.links if each.proposed]
        assert [each.words for each in links] == ["after"]
        marked = [each for each in edition.events if each.proposed]
        assert len(marked) == 2
        assert all("proposed" not in each.headline for each in edition.events if not each.proposed)
        assert edition.content.versions[f"proposals:{MODEL}"] == "prompt 1"
        told = text.dossier(edition.content, event, edition.quote)
        assert f"Proposed  by the model {MODEL}" in told


def test_a_swapped_event_is_listed_with_its_reason(desk: Path) -> None:
    out = run("models", "list", desk / "asked.sqlite")
    assert "rejected (roles: by the syntax" in out
    assert "4 accepted, 1 rejected" in out


def test_the_edition_is_the_same_from_its_cache_without_a_network(desk: Path, tmp_path: Path) -> None:
    again_at = Path(shutil.copy(desk / "plain.sqlite", tmp_path / "again.sqlite"))  # two workers check, none annotates
    with Edition.open(desk / "asked.sqlite") as first, offline(desk, again_at, workers=2) as again:
        assert first.to_json() == again.to_json()
        assert any(each.proposed for each in again.events)
        stored = [
            [reader.annotation_of(document.id) for document in edition.documents]
            for edition, reader in ((first, first._reader), (again, again._reader))
        ]
        assert stored[0] == stored[1]


def test_it_holds_together(desk: Path) -> None:
    with open_store(desk / "asked.sqlite", create=False).snapshot() as reader:
        assert list(faults(reader)) == []


def test_a_forged_mark_is_found(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "forged.sqlite"
    offline(desk, path).close()
    store = open_store(path)
    content = store.content()
    mark = Proposed(model="x", prompt="1", reply="0", document=content.documents[0].id, start=0, end=4)
    events = tuple(msgspec.structs.replace(each, proposed=(mark,)) for each in content.events)
    store.replace_content(msgspec.structs.replace(content, events=events), {})
    with store.snapshot() as reader:
        assert any("is marked as proposed" in fault.problem for fault in faults(reader))
    store.close()


def test_a_person_rules_on_a_proposal_and_a_run_without_a_model_keeps_both(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "ruled.sqlite"
    offline(desk, path).close()
    with Edition.open(path) as edition:
        (event,) = [each for each in edition.events if each.proposed and "Togo" in each.actors]
        rejection = Ruler(author="Ines", at="2024-02-01T10:00:00Z").verdict(edition, "reject", [event.id])
    with collate_pages((), output=path, decisions=[rejection]) as edition:
        assert event.id not in {each.id for each in edition.events}
        assert len([each for each in edition.events if each.proposed]) == 1
        assert [each.quote for each in edition.claims if each.proposed] == ["the ferry was unsafe"]


@pytest.mark.parametrize(
    "format_", ["markdown", "html", "csv", "json", "geojson", "graphml-links", "prov-json", "atom", "ftm"]
)
def test_every_export_says_so(desk: Path, tmp_path: Path, format_: str) -> None:
    run("export", desk / "asked.sqlite", "--format", format_, "-o", tmp_path / "out")
    files = [path for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")) if path.is_file()]
    assert any(MODEL in path.read_text(encoding="utf-8") for path in files)


def test_the_command_tells_what_became_of_the_proposals(desk: Path, tmp_path: Path) -> None:
    out = run("collate", desk / "reports", "--model", desk / "model.toml", "-o", tmp_path / "e.sqlite")
    assert "model: accepted 1 claim, 2 event, 1 link; rejected 1 roles" in out
    assert "0 requests" in out
    assert f"[proposed by model {MODEL}]" in out


def test_people_are_asked_to_look_at_what_a_model_proposed(desk: Path) -> None:
    with Edition.open(desk / "asked.sqlite") as edition, Edition.open(desk / "plain.sqlite") as plain:
        points = [point for entry in review_queue(edition) for point in entry.points if point.kind == "proposed"]
        assert len(points) == 2
        assert all(MODEL in point.says for point in points)
        assert not [p for entry in review_queue(plain) for p in entry.points if p.kind == "proposed"]


def test_redaction_takes_what_a_model_said_of_the_text(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "redacted.sqlite"
    offline(desk, path).close()
    with Edition.open(path) as edition:
        (id_,) = [each.id for each in edition.documents if each.source.endswith("keta.txt")]
    redact(path, [id_], author="Ines", at="2024-02-01T10:00:00Z", reason="names a witness").close()
    assert b"ghosted" not in path.read_bytes()
    with Edition.open(path) as edition:
        assert len([each for each in edition.events if each.proposed]) == 1  # that of the other text


def test_off_by_default() -> None:
    code = (
        "import sys\n"
        "from variorum.pipeline.proposed import with_proposals\n"
        "from variorum.pipeline import Progress\n"
        "from variorum.store import open_store\n"
        "laid = with_proposals(open_store(None), {}, {}, None, progress=Progress())\n"
        "assert laid.versions == {} and laid.summary is None\n"
        "assert not [name for name in sys.modules if name.startswith('variorum.models')]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_an_edition_without_a_model_says_nothing_of_one(desk: Path) -> None:
    with Edition.open(desk / "plain.sqlite") as edition:
        assert "propos" not in edition.to_json()
        assert not any(name.startswith("proposals") for name in edition.content.versions)


def test_the_settings_are_shown_without_asking(desk: Path) -> None:
    assert f"Model     {MODEL}" in run("models", "check", desk / "model.toml")


def test_the_parts_of_an_edition_keep_what_models_said(desk: Path, tmp_path: Path) -> None:
    made = partition(desk / "asked.sqlite", tmp_path / "parts")
    for part in made.parts:
        with open_store(tmp_path / "parts" / part.file, create=False).snapshot() as reader:
            assert list(faults(reader)) == []
    files = [tmp_path / "parts" / part.file for part in made.parts]
    shutil.copy(files[0], tmp_path / "first.sqlite")
    every = [tmp_path / "first.sqlite", *files[1:], desk / "plain.sqlite"]
    with merge_editions(every, tmp_path / "whole.sqlite") as whole:
        assert len([each for each in whole.events if each.proposed]) == 2
