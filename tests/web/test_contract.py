"""The API keeps what its OpenAPI document promises, whatever is sent to it (schemathesis)."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar.testing import TestClient
from schemathesis.specs.openapi.checks import positive_data_acceptance

from variorum.errors import EditionError
from variorum.store import open_store
from variorum.store.reader import RowReader
from variorum.web import SCOPES, ServeOptions, create_app
from variorum.web.api.lists import KINDS
from variorum.web.jobs import Jobs
from variorum.web.problems import PROBLEM
from variorum.web.tokens import Sessions

_EXAMPLES = {"sqlite": 10, "postgres": 5}  # requests to each endpoint
# Days, places, positions and rulings have forms and bounds that a schema cannot say; what is wrong with one is then a
# 400 or 409 with its reason.
_SAID_OTHERWISE = [positive_data_acceptance]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def bearer(
    request: pytest.FixtureRequest, made: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, str, int]]:
    """The API over a copy of the bundled edition on each backend, and a session that may do everything. Jobs are taken
    and not done: what they do is tested by itself."""
    if request.param == "postgres":
        target = f"{request.getfixturevalue('postgres')}&edition=contract"
        copy_edition(made, target)
    else:
        target = str(shutil.copy(made, tmp_path_factory.mktemp("contract") / "demo.sqlite"))
    sessions = Sessions()
    jobs = tmp_path_factory.mktemp("jobs")
    app = create_app(target, ServeOptions(jobs=jobs), sessions=sessions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Jobs, "_run", lambda self: None)
        yield app, sessions.begin(frozenset(SCOPES)), _EXAMPLES[request.param]


def copy_edition(source: Path, target: str) -> None:
    """An edition's content, documents and layers at another place."""
    with closing(open_store(source, create=False)) as given, closing(open_store(target)) as taken:
        taken.add_observations(given)
        documents = list(given.documents())
        taken.add_documents(documents)
        layers = {each.id: given.annotation_of(each.id) for each in documents}
        taken.add_annotations({id_: layer for id_, layer in layers.items() if layer is not None})
        taken.replace_content(given.content(), {id_: id_ for id_, layer in layers.items() if layer is not None})


_TEXT = "QUETTA, Pakistan, 17 January 2024 - Gunmen killed two guards near Turbat on Tuesday, police said."
# The first tells of a job until it ends, which here none does; the second takes files, and schemathesis sends text in
# their place. Both are answered in `test_writing`.
_ELSEWHERE = {"GET /api/v1/jobs/{job}/events", "POST /api/v1/ingest/files"}


@pytest.fixture(scope="module")
def real(bearer: tuple[Any, str, int]) -> dict[str, Any]:
    """What there is to be asked for: ids by the name that paths have for them, and the edition's ETag."""
    app, token, _ = bearer
    client = TestClient(app, base_url="http://127.0.0.1")  # without its context, at whose end the edition is closed
    client.headers["Authorization"] = f"Bearer {token}"
    lists = {"event": "events", "document": "documents", "story": "stories", "origin": "origins"}
    found = {name: client.get(f"/api/v1/{path}").json()[path][0]["id"] for name, path in lists.items()}
    found["job"] = client.post("/api/v1/ingest", json={"texts": [_TEXT]}).json()["id"]
    found["etag"] = client.get("/api/v1/").headers["etag"]
    return found


def well_told(operation: Any, real: dict[str, Any], one_time: str) -> Any:
    """A request that an operation has every reason to answer."""
    path: str = operation.path
    told: dict[str, Any] = {"path_parameters": {name: real[name] for name in re.findall(r"{(\w+)}", path)}}
    if path.endswith(("/search", "/passages", "/search.jsonl")):
        told["query"] = {"q": "the"}
    elif path.endswith("/session"):
        told["body"] = {"token": one_time}
    elif path.endswith("/ingest"):
        told["body"] = {"texts": [_TEXT]}
    elif path.endswith("/decisions") and operation.method == "post":
        told["headers"] = {"If-Match": real["etag"]}
        told["body"] = {"action": "accept", "targets": [real["event"]], "author": "Ines", "reason": "read"}
    return operation.Case(**told)


def test_no_answer_breaks_the_contract(bearer: tuple[Any, str, int], real: dict[str, Any]) -> None:
    app, token, examples = bearer
    described = schemathesis.openapi.from_asgi("/api/v1/schema/openapi.json", app, headers={"Host": "127.0.0.1"})
    headers = {"Authorization": f"Bearer {token}", "Host": "127.0.0.1"}
    operations: list[Any] = [found.ok() for found in described.get_all_operations()]  # type: ignore[union-attr]
    asked = {each.label: each for each in operations}
    assert len(asked) == len(operations) > 70
    sessions: Sessions = app.app.state.sessions
    unanswered = []
    for label in sorted(asked.keys() - _ELSEWHERE):
        case = well_told(asked[label], real, sessions.one_time())
        answer = case.call_and_validate(headers=headers, excluded_checks=_SAID_OTHERWISE)
        if not 200 <= answer.status_code < 300:
            unanswered.append((label, answer.status_code, answer.text[:200]))
    assert unanswered == []
    for operation in operations:

        @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def keeps_its_word(case: Any) -> None:
            case.call_and_validate(headers=headers, excluded_checks=_SAID_OTHERWISE)

        keeps_its_word()


_ODD = [0.5, None, -1, 1 << 31, 1 << 63, 10**30, "\x00", "a\x00"]


def test_a_position_that_no_page_named_is_the_fault_of_who_sends_it(bearer: tuple[Any, str, int]) -> None:
    app, token, _ = bearer
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.headers["Authorization"] = f"Bearer {token}"
        for name in ("events", "search", "documents", *(kind.name for kind in KINDS)):
            query = "q=the&" if name == "search" else ""
            forms = [[odd] for odd in _ODD] + [[odd, "a"] for odd in _ODD] + [[one, "a\x00"] for one in (1, "a")]
            for parts in forms:
                after = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
                answer = client.get(f"/api/v1/{name}?{query}after={after}")
                assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM), (name, parts)


def test_no_one_is_told_where_the_edition_lies(bearer: tuple[Any, str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    app, token, _ = bearer

    def broken(*_: object) -> None:
        raise EditionError("postgresql://desk@db.example.org/press?edition=january: the server is gone")

    monkeypatch.setattr(RowReader, "find_events", broken)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/api/v1/events", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 503
    assert "example.org" not in answer.text
