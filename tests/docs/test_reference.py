"""Every command, option, environment variable, parameter, field and setting is in the documentation."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import msgspec
import pytest

from variorum.cli import main
from variorum.pipeline import LayerOptions
from variorum.pipeline.feeds_file import FeedsFile, WatchedFeed
from variorum.records import Record
from variorum.web import create_app
from variorum.web.jobs import JobStatus
from variorum.web.tasks import Ruling
from variorum.web.tokens import Sessions

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_reference", ROOT / "tools" / "write_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = writer()


def first_cells(page: str) -> list[str]:
    return re.findall(r"^\| ([^|]*) \|", page, re.MULTILINE)


def commands(command: click.Command = main, path: str = "variorum") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            yield from commands(under, f"{path} {name}")


def test_the_reference_is_that_of_the_program() -> None:
    """Asked of a process of its own: a command that was called in this one may have kept another name of its help."""
    code = "import sys; sys.path.insert(0, 'tools'); import write_reference; print(write_reference.render(), end='')"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    assert WRITER.REFERENCE.read_text(encoding="utf-8") == told.stdout, "run `make reference`"


@pytest.mark.parametrize(
    ("path", "command"), list(commands()), ids=lambda given: given if isinstance(given, str) else ""
)
def test_every_option_of_a_command_says_what_it_does(path: str, command: click.Command) -> None:
    told = WRITER.REFERENCE.read_text(encoding="utf-8").partition(f"### `{path}`\n")[2].partition("\n### ")[0]
    assert command.help
    for option in (each for each in command.params if isinstance(each, click.Option)):
        assert option.help, option.opts
        assert all(name in told for name in option.opts), option.opts


def test_every_command_has_a_row_in_the_readme() -> None:
    named = {name for cell in first_cells(README) for name in re.findall(r"`variorum ([\w-]+)", cell)}
    assert sorted(named) == sorted(main.list_commands(click.Context(main)))


def test_every_environment_variable_is_told() -> None:
    sources = [*(ROOT / "src").rglob("*.py")]
    found = {name for path in sources for name in re.findall(r"\bVARIORUM_[A-Z_]+", path.read_text(encoding="utf-8"))}
    assert found == set(WRITER.ENVIRONMENT)


@pytest.mark.parametrize("record", WRITER.OPTIONS, ids=lambda record: record.__name__)
def test_every_option_from_python_is_told_what_it_does(record: type[Record]) -> None:
    assert [name for name in record.__struct_fields__ if f"`{name}`" not in (record.__doc__ or "")] == []


@pytest.mark.parametrize("layer", LayerOptions.__struct_fields__)
def test_every_option_of_a_layer_is_told(layer: str) -> None:
    page = (ROOT / "docs" / "layers.md").read_text(encoding="utf-8")
    names = type(getattr(LayerOptions(), layer)).__struct_fields__
    told = {name for cell in first_cells(page) for name in re.findall(r"`(\w+)`", cell)}
    assert [name for name in names if name not in told] == []


def test_every_key_of_a_feeds_file_is_told() -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "watching.md").read_text("utf-8"), re.DOTALL)
    keys = [*FeedsFile.__struct_fields__, *WatchedFeed.__struct_fields__]
    assert [key for key in keys if key != "feeds" and not re.search(rf"^{key} = ", shown, re.MULTILINE)] == []
    assert "[[feed]]" in shown


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from litestar.testing import TestClient

    from variorum.store import open_store

    path = tmp_path_factory.mktemp("reference") / "empty.sqlite"
    open_store(path).close()
    with TestClient(create_app(path, sessions=Sessions()), base_url="http://127.0.0.1") as client:
        found: dict[str, Any] = client.get("/api/v1/schema/openapi.json").json()
    return found


def test_every_parameter_and_header_of_the_api_is_told(described: dict[str, Any]) -> None:
    told = {name for cell in first_cells(API) for name in re.findall(r"`([\w-]+)`", cell)}
    for path, operations in described["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query":
                    assert parameter["description"]
                    assert parameter["name"] in told, (path, parameter["name"])
                elif parameter["in"] == "header":
                    assert f"`{parameter['name']}`" in API


def test_every_field_that_is_sent_is_told(described: dict[str, Any]) -> None:
    bodies = [
        operation["requestBody"]["content"]
        for operations in described["paths"].values()
        for operation in operations.values()
        if "requestBody" in operation
    ]
    names = {reference for body in bodies for reference in re.findall(r"schemas/(\w+)", str(body))}
    assert names
    for name in names:
        for field in described["components"]["schemas"][name]["properties"]:
            assert f"`{field}`" in API or f'"{field}"' in API, (name, field)


@pytest.mark.parametrize("record", [JobStatus, Ruling], ids=lambda record: record.__name__)
def test_every_field_of_a_job_and_a_ruling_is_told(record: type[Record]) -> None:
    assert [each.name for each in msgspec.structs.fields(record) if f"`{each.name}`" not in API] == []
