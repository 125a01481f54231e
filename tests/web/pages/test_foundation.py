"""What all pages have: the way in, the policy, files that may be kept for ever, errors as pages, and little weight."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tests.web.conftest import Client
from variorum.pipeline import Edition
from variorum.web import create_app
from variorum.web.static_files import PREFIX, static_files

from .conftest import Server, Visits

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def test_pages_let_in_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert " style=" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")


def test_what_is_missing_is_said_in_a_page(client: Client) -> None:
    for path in ("/nothing", "/stories/s-nothing", "/static/nothing.css"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert client.get("/api/v1/events/nothing").headers["content-type"] == "application/problem+json"


def test_files_are_kept_by_their_content(client: Client) -> None:
    file = static_files()["variorum.css"]
    answer = client.get(PREFIX + file.hashed)
    assert answer.content == file.content
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_stranger_gets_the_way_in(made: Path) -> None:
    with TestClient[Any](create_app(made), base_url="http://127.0.0.1:8765") as stranger:
        answer = stranger.get("/", headers=BROWSER)
        assert answer.status_code == 401
        assert "variorum serve" in answer.text
        assert stranger.get("/", headers={"Accept": "*/*"}).json()["status"] == 401
        assert stranger.get("/enter?token=guess", headers=BROWSER).status_code == 401
        assert stranger.get("/enter").status_code == 200


@pytest.mark.parametrize("path", ["/"])
def test_pages_can_be_read_without_scripts(visits: Visits, path: str) -> None:
    page = visits.open(path, script=False)
    assert page.locator("h1").inner_text()
    assert page.locator(".scripted").first.is_visible() is False


def weight(visits: Visits, path: str, look_at: str = "main") -> int:
    """Bytes of style sheets and scripts that a page asks for, zipped; the land of a map is data."""
    asked: list[str] = []
    page = visits.open("/enter")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(visits.server.address + path, wait_until="networkidle")
    page.locator(look_at).scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    if look_at != "main":
        page.locator("[data-map][data-ready]").wait_for()
    named = {file.hashed: file for file in static_files().values()}
    files = {url.rpartition("/")[2] for url in asked if PREFIX in url}
    return sum(len(gzip.compress(named[file].content)) for file in files if not file.endswith(".json"))


@pytest.mark.parametrize("path", ["/"])
def test_pages_are_light(visits: Visits, path: str) -> None:
    assert 0 < weight(visits, path) < 60_000


def test_pages_with_a_map_are_light_enough(visits: Visits, demo: Edition) -> None:
    assert 60_000 < weight(visits, f"/stories/{demo.stories[0].id}", look_at="[data-drawn]") < 500_000


def test_the_way_in_leads_to_the_overview(visits: Visits, served: Server) -> None:
    assert visits.open("/enter").get_by_label("Token").is_visible()
