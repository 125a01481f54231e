"""How a model is asked: only where that is allowed, only what is paid for, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from variorum.errors import InputError
from variorum.models import Asker, Budget, ModelSettings, read_settings
from variorum.models.prompt import question
from variorum.records import Span

from .conftest import DENIED, FIGURE, ORDER, SNUB, THREAT, Bench, an_event
from .lying_server import MODEL, NOTHING, raw, says


def test_nothing_is_asked_unless_it_is_allowed(bench: Bench) -> None:
    asker = bench.asker(may_ask=False)
    assert asker.replies(bench.document, bench.about(SNUB), []) == []
    assert bench.server.bodies == []
    asked = asker.asked()
    assert (asked.passages, asked.unasked, asked.requests) == (1, 1, 0)
    assert asked.stopped == "nothing may be asked without --allow-network"


def test_what_is_asked_is_the_same_each_time_and_demands_a_form(bench: Bench) -> None:
    bench.replies(SNUB, says(NOTHING))
    (body,) = bench.server.bodies
    assert (body["temperature"], body["seed"], body["stream"]) == (0, 0, False)
    assert body["response_format"]["json_schema"]["strict"] is True
    shown = json.loads(body["messages"][1]["content"])
    assert shown == {
        "passage": SNUB,
        "actors": [{"text": "Kenya", "name": "Kenya"}, {"text": "Somalia", "name": "Somalia"}],
    }
    at = bench.document.text.index(SNUB)
    span = Span(at, at + len(SNUB))
    one = question(bench.document, bench.annotation, span, bench.settings)
    assert one == question(bench.document, bench.annotation, span, replace(bench.settings, endpoint="https://x.org"))
    assert one.key != question(bench.document, bench.annotation, span, replace(bench.settings, seed=1)).key


def test_a_reply_is_asked_for_once_and_lasts(bench: Bench) -> None:
    first = bench.replies(SNUB, says(an_event()))
    asker = bench.asker(may_ask=False)
    assert asker.replies(bench.document, bench.about(SNUB), []) == first
    assert asker.replies(bench.document, bench.about(SNUB), first) == []
    assert len(bench.server.bodies) == 1
    assert asker.asked().cached == 2


def test_what_an_edition_holds_is_not_asked_again_where_the_cache_is_gone(bench: Bench) -> None:
    first = bench.replies(SNUB, says(an_event()))
    Path(bench.settings.cache).unlink()
    assert bench.asker().replies(bench.document, bench.about(SNUB), first) == []
    assert len(bench.server.bodies) == 1


def test_a_torn_line_of_the_cache_costs_that_line(bench: Bench) -> None:
    bench.replies(SNUB, says(an_event()))
    path = Path(bench.settings.cache)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    (kept,) = bench.asker(may_ask=False).replies(bench.document, bench.about(SNUB), [])
    assert kept.text is not None
    bench.server.script = lambda _: says(NOTHING)
    bench.asker().replies(bench.document, bench.about(THREAT), [])
    told = bench.asker(may_ask=False)
    assert len(told.replies(bench.document, bench.about(SNUB, THREAT), [])) == 2


def test_what_failed_is_asked_again_and_then_lasts(bench: Bench) -> None:
    (failed,) = bench.replies(SNUB, raw("", 500), tries=1)
    assert failed.failure == "http-error"
    (offline,) = bench.asker(may_ask=False).replies(bench.document, bench.about(SNUB), [])
    assert offline == failed
    (mended,) = bench.replies(SNUB, says(an_event()))
    assert mended.text is not None
    assert bench.asker(may_ask=False).replies(bench.document, bench.about(SNUB), [failed]) == [mended]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_waited_for_as_it_says(bench: Bench, status: int) -> None:
    answers = iter([raw("", status, Retry_After="7"), says(an_event())])
    bench.server.script = lambda _: next(answers)
    (reply,) = bench.asker().replies(bench.document, bench.about(SNUB), [])
    assert reply.text is not None
    assert bench.clock.slept == [7.0]


@pytest.mark.parametrize("told", ["86400", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_server_that_asks_for_too_much_patience_ends_the_asking(bench: Bench, told: str) -> None:
    bench.server.script = lambda _: raw("", 429, Retry_After=told)
    asker = bench.asker()
    asker.replies(bench.document, bench.about(SNUB, DENIED, THREAT), [])
    assert len(bench.server.bodies) == 1
    assert bench.clock.slept == []
    assert "asks to come back" in (asker.asked().stopped or "")


def test_failures_in_a_row_end_the_asking(bench: Bench) -> None:
    bench.server.script = lambda _: raw("", 500)
    asker = bench.asker(tries=2, failures=2)
    replies = asker.replies(bench.document, bench.about(SNUB, DENIED, THREAT, FIGURE), [])
    assert [each.failure for each in replies] == ["http-error"] * 2
    asked = asker.asked()
    assert (asked.requests, asked.unasked, asked.failures) == (4, 2, {"http-error": 2})


def test_a_wrong_key_ends_the_asking_at_once(bench: Bench) -> None:
    bench.server.script = lambda _: raw("", 401)
    asker = bench.asker()
    asker.replies(bench.document, bench.about(SNUB, DENIED), [])
    assert len(bench.server.bodies) == 1
    assert "the settings do not fit" in (asker.asked().stopped or "")


@pytest.mark.parametrize(
    ("budget", "requests"),
    [
        (Budget(requests=2), 2),
        (Budget(requests=0), 0),
        (Budget(tokens=100), 0),
        (Budget(money=0.0, price_in=1.0), 0),
        (Budget(money=0.01, price_in=1.0, price_out=1.0), 2),
    ],
)
def test_a_budget_stops_the_asking_before_it_is_overdrawn(bench: Bench, budget: Budget, requests: int) -> None:
    bench.server.script = lambda _: says(NOTHING, usage={"prompt_tokens": 4_000, "completion_tokens": 100})
    asker = bench.asker(budget=budget)
    asker.replies(bench.document, bench.about(SNUB, DENIED, THREAT, FIGURE), [])
    asked = asker.asked()
    assert len(bench.server.bodies) == asked.requests == requests
    assert asked.unasked == 4 - requests
    assert "budget" in (asked.stopped or "")
    assert budget.money is None or asked.money <= budget.money


@pytest.mark.parametrize("told", [{"prompt_tokens": -9, "completion_tokens": -9}, {}, None])
def test_a_server_that_tells_no_tokens_is_counted_all_the_same(bench: Bench, told: object) -> None:
    bench.server.script = lambda _: says(NOTHING, usage=told)
    asker = bench.asker()
    asker.replies(bench.document, bench.about(SNUB), [])
    assert asker.asked().tokens > 1_000


def test_a_run_asks_of_so_many_passages(bench: Bench) -> None:
    asker = bench.asker(passages=2)
    asker.replies(bench.document, bench.about(SNUB, DENIED, ORDER, THREAT), [])
    assert bench.server.passages == [SNUB, DENIED]


def test_the_key_goes_into_a_header_and_nowhere_else(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", "sk-very-secret")
    reply = bench.replies(SNUB, says(an_event()), key_env="TINY_KEY")
    assert bench.server.headers[0]["Authorization"] == "Bearer sk-very-secret"
    kept = Path(bench.settings.cache).read_text() + repr(reply) + json.dumps(bench.server.bodies)
    assert "secret" not in kept


def test_a_key_that_is_not_set_is_an_error(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TINY_KEY", raising=False)
    with pytest.raises(InputError, match="TINY_KEY"):
        bench.asker(key_env="TINY_KEY")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://10.0.0.8:8000/v1",
        "http://192.168.1.4/v1",
        "https://169.254.169.254/latest",
        "http://models.example.org/v1",
        "https://gpu.internal/v1",
        "https://user:pass@models.example.org/v1",
        "http://user@127.0.0.1:8000/v1",
        "file:///etc/passwd",
        "ftp://127.0.0.1/v1",
        "https://[::ffff:10.0.0.1]/v1",
        "http://0x7f000001/v1",
        "models.example.org",
        "http://127.0.0.1:8000/v1\r\nX: y",
    ],
)
def test_an_address_that_must_not_be_asked(endpoint: str, tmp_path: Path) -> None:
    settings = ModelSettings(endpoint=endpoint, model=MODEL, cache=str(tmp_path / "c"))
    with pytest.raises(InputError, match="endpoint"):
        Asker(settings, may_ask=True)


class _Rebinding:
    """A resolver that gives a public name an address inside."""

    def resolve(self, host: str, port: int) -> list[str]:
        return ["10.0.0.8"]

    def connect(self, address: str, port: int, seconds: float) -> object:
        raise AssertionError(address)


def test_a_name_that_leads_inside_is_not_connected_to(bench: Bench) -> None:
    settings = replace(bench.settings, endpoint="https://models.example.org/v1")
    asker = Asker(settings, may_ask=True, network=_Rebinding())  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not on the public internet"):
        asker.replies(bench.document, bench.about(SNUB), [])


def test_localhost_is_this_machine(bench: Bench) -> None:
    endpoint = bench.server.endpoint.replace("127.0.0.1", "localhost")
    (reply,) = bench.replies(SNUB, says(an_event()), endpoint=endpoint)
    assert reply.text is not None


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('model = "m"', "endpoint"),
        ('endpoint = "http://127.0.0.1/v1"\nmodel = "m"\napi_key = "sk-1"', "key_env"),
        ('endpoint = "http://127.0.0.1/v1"\nmodel = "m"\ntemprature = 1', "temprature"),
        ('endpoint = "http://127.0.0.1/v1"\nmodel = "m"\n[budget]\nrequests = -1', "requests"),
        ('endpoint = "http://127.0.0.1/v1"\nmodel = "m"\nreasons = ["all"]', "reasons"),
        ('endpoint = "http://127.0.0.1/v1"\nmodel = "<b>m</b>"', "model"),
        ("endpoint = ", "no TOML"),
    ],
)
def test_settings_that_cannot_be_used(toml: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text(toml)
    with pytest.raises(InputError, match=words):
        read_settings(path)


def test_the_cache_lies_beside_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text('endpoint = "http://127.0.0.1:11434/v1"\nmodel = "m"\n[budget]\nmoney = 2\nprice_in = 0.15\n')
    settings = read_settings(path)
    assert settings.cache == str(tmp_path / "model-replies.jsonl")
    assert settings.budget.money == 2
