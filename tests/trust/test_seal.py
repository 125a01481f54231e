"""Seals: any later change of a sealed edition, or of exported files, is found and named."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum.cli.main import main
from variorum.errors import EditionError
from variorum.pipeline import Edition, collate
from variorum.pipeline.sealing import seal, seal_faults


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


@pytest.fixture
def sealed(edition: Path) -> Path:
    assert run("seal", edition)[0] == 0
    return edition


def spoil(path: Path, position: int, by: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= by
    path.write_bytes(bytes(content))


def test_as_it_was_sealed_it_holds(sealed: Path) -> None:
    assert run("verify", sealed) == (0, "all of it holds together\n")
    assert sorted(path.name for path in sealed.parent.iterdir()) == ["e.sqlite", "e.sqlite.seal"]


def test_each_of_a_hundred_single_bytes_is_found(sealed: Path) -> None:
    whole = sealed.read_bytes()
    chance = random.Random(11)
    for _ in range(100):
        spoil(sealed, chance.randrange(len(whole)), chance.randrange(1, 256))
        told = list(seal_faults(sealed))
        assert any("is not the one that was sealed" in fault.problem for fault in told)
        sealed.write_bytes(whole)
    assert list(seal_faults(sealed)) == []


def test_each_byte_of_the_seal_counts(sealed: Path) -> None:
    path = sealed.with_name("e.sqlite.seal")
    whole = path.read_bytes()
    chance = random.Random(7)
    head = len(whole.splitlines()[0])
    for position in [*(chance.randrange(head) for _ in range(30)), *(chance.randrange(len(whole)) for _ in range(30))]:
        spoil(path, position, chance.randrange(1, 256))
        assert list(seal_faults(sealed)), position
        path.write_bytes(whole)


def test_a_row_that_changed_came_or_went_is_named(sealed: Path) -> None:
    connection = sqlite3.connect(sealed)
    connection.execute("UPDATE events SET headline = headline || '!'")
    connection.execute("DELETE FROM blocks WHERE document = (SELECT min(id) FROM documents)")
    connection.execute("INSERT INTO moments SELECT min(id), '2031-01-01' FROM pages")
    connection.commit()
    connection.close()
    code, output = run("verify", sealed)
    assert code == 1
    assert "table events, row [" in output
    assert "was sealed, and is gone" in output
    assert "was not there when it was sealed" in output


def test_what_stands_beside_a_sealed_edition_is_no_part_of_it(sealed: Path) -> None:
    sealed.with_name("e.sqlite-wal").write_bytes(b"not what was sealed")
    code, output = run("verify", sealed)
    assert code == 1
    assert "e.sqlite-wal: stands beside a sealed edition" in output


def test_a_sealed_edition_is_not_written(sealed: Path, made: Path, tmp_path: Path) -> None:
    before = sealed.read_bytes()
    code, output = run("collate", made.parent / "courier.txt", "-o", sealed)
    assert code == 1
    assert "is sealed; go on with a copy of it, or delete e.sqlite.seal" in output
    code, output = run("export", sealed, "-o", tmp_path / "out.json")
    assert (code, sealed.read_bytes()) == (0, before)
    assert "the export is not in the edition's log, for the edition is sealed" in output
    with pytest.raises(EditionError, match="is there already"):
        seal(sealed)


def test_what_another_process_has_open_is_not_sealed(edition: Path) -> None:
    connection = sqlite3.connect(edition)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM events").fetchone()
    with pytest.raises(EditionError, match="cannot be sealed"):
        seal(edition)
    connection.close()
    assert not edition.with_name("e.sqlite.seal").exists()


def test_exported_files_are_sealed_and_signed(edition: Path, tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    keys = []
    for name in ("ours", "theirs"):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (tmp_path / f"{name}.pem").write_bytes(private)
        (tmp_path / f"{name}.pub").write_bytes(public)
        keys.append(tmp_path / f"{name}.pub")
    package = tmp_path / "package"
    assert run("export", edition, "--format", "datapackage", "-o", package)[0] == 0
    assert run("seal", package, "--sign-with", tmp_path / "ours.pem")[0] == 0
    assert run("verify", package, "--signed-by", keys[0]) == (0, "all of it holds together\n")
    assert "is signed with another key" in run("verify", package, "--signed-by", keys[1])[1]
    path = tmp_path / "package.seal"
    first, rest = path.read_bytes().split(b"\n", 1)
    head = json.loads(first)
    head["head"] = "f" * 64
    path.write_bytes(json.dumps(head, separators=(",", ":")).encode() + b"\n" + rest)
    assert "has a signature that does not fit" in run("verify", package)[1]
    path.write_bytes(first + b"\n" + rest)
    table = next(package.glob("*.csv"))
    table.write_text(table.read_text("utf-8") + "\n", "utf-8")
    code, output = run("verify", package)
    assert (code, f"file {table.name}: is not what was sealed" in output) == (1, True)


def test_an_edition_in_postgresql_is_sealed_by_its_rows(made: Path, emptied: str, tmp_path: Path) -> None:
    import psycopg

    collate(sorted(made.parent.glob("*.txt")), output=emptied).close()
    path = tmp_path / "pg.seal"
    seal(emptied, output=path)
    assert list(seal_faults(emptied, seal_path=path)) == []
    with psycopg.connect(emptied.split("&edition")[0]) as connection:
        connection.execute("UPDATE kept.events SET headline = 'Other words'")
    assert {fault.problem for fault in seal_faults(emptied, seal_path=path)} == {"is not what was sealed"}


def test_a_file_that_is_cut_off_is_told(sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:5000])
    code, output = run("verify", sealed)
    assert code == 1
    assert "sealed were" in output


def test_what_is_damaged_is_told_and_the_rest_is_still_checked(edition: Path) -> None:
    connection = sqlite3.connect(edition)
    connection.execute("UPDATE claims SET record = '{'")
    connection.execute("UPDATE links SET record = replace(record, 'In response', 'In answer')")
    connection.commit()
    connection.close()
    with Edition.open(edition) as opened:
        told = [str(fault) for fault in opened.faults()]
    assert any("cannot be read in part: DecodeError" in line for line in told)
    assert any("has the words “In answer" in line for line in told)
