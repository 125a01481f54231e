"""Every endpoint, filter and scope is in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

from variorum.exports.formats import FORMATS
from variorum.web import SCOPES

from .conftest import Client

ROOT = Path(__file__).resolve().parents[2]
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_endpoint_is_documented(client: Client) -> None:
    described = client.get("/api/v1/schema/openapi.json").json()
    told = {name.rstrip("/") for name in re.findall(r"`(/[^` ]*)`", API)}
    paths = {path.removeprefix("/api/v1") for path in described["paths"]}
    formats = {f"/exports/{name}" for name in FORMATS}
    assert formats <= paths
    assert sorted(paths - formats - told) == []


def test_every_filter_is_documented(client: Client) -> None:
    described = client.get("/api/v1/schema/openapi.json").json()
    for parameter in described["paths"]["/api/v1/events"]["get"]["parameters"]:
        assert f"`{parameter['name']}`" in API
        assert parameter["description"]


def test_every_scope_is_documented() -> None:
    for scope in SCOPES:
        assert f"| `{scope}` |" in API


def test_the_document_of_the_api_is_openapi(client: Client) -> None:
    described = client.get("/api/v1/schema/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(operation.get("summary") for path in described["paths"].values() for operation in path.values())
