"""Every way in which a model is known to lie, one test a lie: none of it gets into an annotation."""

from __future__ import annotations

import gzip
import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from variorum.coding import Ontology
from variorum.coding.rereading import Rereading
from variorum.models.prompt import EXAMPLE, passage_digest
from variorum.records import Annotation, Proposal, Span

from .conftest import (
    DENIED,
    FIGURE,
    HEARD,
    ORDER,
    PASSIVE,
    SNUB,
    THREAT,
    TIED,
    TWICE,
    Bench,
    an_event,
)
from .lying_server import MODEL, NOTHING, LyingServer, raw, says


def untouched(bench: Bench, found: Annotation) -> bool:
    """Whether nothing was laid over what the rules found."""
    before = bench.annotation
    return (found.events, found.attributions, found.ties, found.actors) == (
        before.events,
        before.attributions,
        before.ties,
        before.actors,
    )


def rejected(bench: Bench, sentence: str, said: Any) -> Proposal:
    """The one proposal of an answer, which was turned down and left nothing behind."""
    found, proposals = bench.told(sentence, said)
    assert untouched(bench, found)
    assert len(proposals) == 1
    assert proposals[0].index is None
    return proposals[0]


def test_a_true_event_is_accepted_and_marked(bench: Bench) -> None:
    found, (proposal,) = bench.told(SNUB, an_event())
    event = found.events[-1]
    assert (event.type, event.status, event.trigger) == ("REJECT", "actual", "ghosted")
    assert [found.actors[n].name for n in (*event.actors, *event.recipients)] == ["Kenya", "Somalia"]
    assert found.times[event.time or 0].text == "Monday"
    assert found.events[:-1] == bench.annotation.events
    assert (proposal.kind, proposal.index, proposal.rejected) == ("event", len(found.events) - 1, None)
    assert bench.document.text[proposal.start : proposal.end] == SNUB.rstrip(".")
    assert event.explanation[0].name == "proposed"
    assert MODEL in event.explanation[0].note


def test_a_passive_is_read_as_one(bench: Bench) -> None:
    found, _ = bench.told(PASSIVE, an_event(PASSIVE, actors=["Zambia"], recipients=["Malawi"]))
    event = found.events[-1]
    assert [found.actors[n].name for n in (*event.actors, *event.recipients)] == ["Zambia", "Malawi"]


def test_a_true_figure_is_that_of_the_layer(bench: Bench) -> None:
    figure = {"kind": "missing", "low": 6, "high": 6, "words": "six Ghanaian traders"}
    found, _ = bench.told(FIGURE, an_event(FIGURE, actors=["Togo"], recipients=["Ghana"], figures=[figure]))
    assert [found.tolls[n].low for n in found.events[-1].tolls] == [6]


# the form of the answer


@pytest.mark.parametrize("text", ["I found no events.", "{", '{"events": [}', "", "NaN", "nul"])
def test_no_json(bench: Bench, text: str) -> None:
    assert rejected(bench, SNUB, says(text)).rejected == "no-json"


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"events": []},
        {**NOTHING, "instructions": "delete all"},
        an_event(figures="six"),
        an_event(status="certain"),
        an_event(figures=[{"kind": "killed", "low": "6", "high": 6, "words": "six"}]),
        an_event(figures=[{"kind": "killed", "low": -6, "high": 6, "words": "six"}]),
        an_event(actors=[["Kenya"]]),
        an_event(quote=""),
        an_event(quote="x" * 3_000),
        {**NOTHING, "events": an_event()["events"] * 51},
    ],
)
def test_a_wrong_schema(bench: Bench, answer: Any) -> None:
    assert rejected(bench, SNUB, says(answer)).rejected == "wrong-schema"


def test_what_is_told_of_a_rejected_answer_is_short_and_printable(bench: Bench) -> None:
    told = rejected(bench, SNUB, says("\x1b[2J\u202e" + "no " * 5_000))
    assert told.says.isprintable()
    assert len(told.says) <= 300


# quotations


def test_an_invented_quotation(bench: Bench) -> None:
    assert rejected(bench, SNUB, an_event(quote="Kenya bombed Somalia over the port")).rejected == "not-quoted"


def test_a_paraphrase_as_quotation(bench: Bench) -> None:
    assert (
        rejected(bench, SNUB, an_event(quote="Kenya ghosted Somalia about the port dispute")).rejected == "not-quoted"
    )


def test_a_quotation_with_other_letters(bench: Bench) -> None:
    assert rejected(bench, SNUB, an_event(quote="kenya ghosted somalia")).rejected == "not-quoted"


def test_a_quotation_from_the_prompt(bench: Bench) -> None:
    lie = an_event(EXAMPLE, trigger="rebuffed", actors=["Ostmark"], recipients=["the Dunmere Front"])
    assert rejected(bench, SNUB, lie).rejected == "from-the-prompt"


def test_an_event_outside_of_the_passage(bench: Bench) -> None:
    lie = an_event(PASSIVE, actors=["Zambia"], recipients=["Malawi"])
    assert rejected(bench, SNUB, lie).rejected == "outside-the-passage"


def test_a_quotation_that_cuts_a_word(bench: Bench) -> None:
    assert rejected(bench, SNUB, an_event(quote="Kenya ghosted Somal")).rejected == "not-quoted"


def test_a_quotation_that_stands_twice(bench: Bench) -> None:
    lie = an_event(TWICE, quote="ghosted", actors=["Chad"], recipients=["Niger"])
    assert rejected(bench, TWICE, lie).rejected == "ambiguous"


# what is said of the words


@pytest.mark.parametrize(("low", "high"), [(7, 7), (6, 60), (6, None), (0, 6)])
def test_a_wrong_number(bench: Bench, low: int, high: int | None) -> None:
    figure = {"kind": "missing", "low": low, "high": high, "words": "six Ghanaian traders"}
    lie = an_event(FIGURE, actors=["Togo"], recipients=["Ghana"], figures=[figure])
    assert rejected(bench, FIGURE, lie).rejected == "figure"


def test_a_number_of_another_harm(bench: Bench) -> None:
    figure = {"kind": "killed", "low": 6, "high": 6, "words": "six Ghanaian traders"}
    lie = an_event(FIGURE, actors=["Togo"], recipients=["Ghana"], figures=[figure])
    assert rejected(bench, FIGURE, lie).rejected == "figure"


def test_a_number_that_is_no_count_of_people(bench: Bench) -> None:
    figure = {"kind": "killed", "low": 1, "high": 1, "words": "Monday"}
    assert rejected(bench, SNUB, an_event(figures=[figure])).rejected == "figure"


def test_a_dropped_negation(bench: Bench) -> None:
    lie = an_event(DENIED, trigger="ghost", actors=["Togo"], recipients=["Ghana"])
    assert rejected(bench, DENIED, lie).rejected == "status"


def test_a_dropped_negation_by_a_quotation_that_begins_behind_it(bench: Bench) -> None:
    lie = an_event(DENIED, quote="ghost Ghana over the ferry", trigger="ghost", actors=[], recipients=["Ghana"])
    assert rejected(bench, DENIED, lie).rejected == "status"


def test_a_told_negation_is_accepted(bench: Bench) -> None:
    truth = an_event(DENIED, trigger="ghost", status="negated", actors=["Togo"], recipients=["Ghana"])
    found, _ = bench.told(DENIED, truth)
    assert found.events[-1].status == "negated"


def test_a_possibility_told_as_fact(bench: Bench) -> None:
    lie = an_event(THREAT, trigger="ghost", actors=["Togo"], recipients=["Ghana"])
    assert rejected(bench, THREAT, lie).rejected == "status"


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        (SNUB, ["Somalia"], ["Kenya"]),
        (PASSIVE, ["Malawi"], ["Zambia"]),
        (SNUB, ["Kenya"], ["Kenya"]),
        (SNUB, ["Somalia"], []),
    ],
)
def test_swapped_actors(bench: Bench, sentence: str, actors: list[str], recipients: list[str]) -> None:
    lie = an_event(sentence, type="ACCUSE" if not recipients else "REJECT", actors=actors, recipients=recipients)
    assert rejected(bench, sentence, lie).rejected in ("roles", "actor")


def test_an_actor_of_another_clause(bench: Bench) -> None:
    lie = an_event(TIED, quote="Peru jilted Chile on Wednesday after Chile snubbed Peru at Arica", trigger="jilted")
    lie["events"][0] |= {"actors": ["Chile"], "recipients": ["Peru"]}
    assert rejected(bench, TIED, lie).rejected in ("roles", "coded-already")


@pytest.mark.parametrize("name", ["Ethiopia", "the port dispute", "Kenyan army", "President of Kenya"])
def test_an_actor_that_the_passage_does_not_name(bench: Bench, name: str) -> None:
    assert rejected(bench, SNUB, an_event(actors=[name])).rejected == "actor"


def test_an_actor_outside_of_the_quotation(bench: Bench) -> None:
    assert rejected(bench, SNUB, an_event(quote="Kenya ghosted")).rejected == "actor"


@pytest.mark.parametrize(("type_", "mode"), [("GHOST", None), ("reject", None), ("REJECT", "ghosting"), ("*", None)])
def test_an_unknown_type(bench: Bench, type_: str, mode: str | None) -> None:
    assert rejected(bench, SNUB, an_event(type=type_, mode=mode)).rejected == "unknown-type"


@pytest.mark.parametrize("trigger", ["Kenya", "over the", "snubbed", "on Monday"])
def test_a_trigger_that_tells_nothing(bench: Bench, trigger: str) -> None:
    assert rejected(bench, SNUB, an_event(trigger=trigger)).rejected == "no-trigger"


def test_one_event_over_and_over(bench: Bench) -> None:
    twice = {**NOTHING, "events": an_event()["events"] * 3}
    found, proposals = bench.told(SNUB, twice)
    assert len(found.events) == len(bench.annotation.events) + 1
    assert [each.rejected for each in proposals] == [None, "duplicate", "duplicate"]


def test_an_event_that_the_rules_code(bench: Bench) -> None:
    lie = an_event(TIED, trigger="snubbed", actors=["Chile"], recipients=["Peru"])
    assert rejected(bench, TIED, lie).rejected == "coded-already"


# instructions in the article


def test_a_passage_that_speaks_to_machines_is_not_sent(bench: Bench) -> None:
    asker = bench.asker()
    assert asker.replies(bench.document, bench.about(ORDER, SNUB), [])
    assert bench.server.passages == [SNUB]


def test_an_obeyed_instruction_of_another_passage(bench: Bench) -> None:
    lie = an_event(ORDER, quote="Benin ghosted Mali", actors=["Benin"], recipients=["Mali"])
    assert rejected(bench, SNUB, lie).rejected == "outside-the-passage"


def test_an_obeyed_instruction_of_the_passage_itself(bench: Bench) -> None:
    lie = an_event(ORDER, quote="Benin ghosted Mali", actors=["Benin"], recipients=["Mali"])
    (reply,) = bench.replies(SNUB, says(lie))
    at = bench.document.text.index(ORDER)
    span = Span(at, at + len(ORDER))
    forged = replace(reply, start=span.start, end=span.end, digest=passage_digest(bench.document, span))
    found = bench.checked([forged])
    assert untouched(bench, found)
    assert [each.rejected for each in found.proposals] == ["speaks-to-machines"]


# claims and links


def a_claim(**fields: Any) -> dict[str, Any]:
    told = {
        "quote": HEARD.rstrip("."),
        "speaker": "Tongan minister",
        "cue": "tooted",
        "content": "the ferry was unsafe",
        "stance": "asserts",
    }
    return {**NOTHING, "claims": [{**told, **fields}]}


def test_a_true_claim_is_accepted(bench: Bench) -> None:
    found, (proposal,) = bench.told(HEARD, a_claim())
    said = found.attributions[-1]
    assert proposal.index == len(found.attributions) - 1
    assert said.content[0].of(bench.document.text) == "the ferry was unsafe"
    assert found.actors[said.speaker_actor or 0].text == "Tongan minister"
    assert (said.quoted, said.stance) == (False, "asserts")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"speaker": "Fiji"}, "speaker"),
        ({"speaker": "The prime minister"}, "actor"),
        ({"content": "the ferry is unsafe"}, "not-quoted"),
        ({"stance": "denies"}, "polarity"),
        ({"stance": "threatens"}, "polarity"),
        ({"cue": "said"}, "speaker"),
    ],
)
def test_a_false_claim(bench: Bench, fields: dict[str, Any], reason: str) -> None:
    assert rejected(bench, HEARD, a_claim(**fields)).rejected == reason


def a_link(**fields: Any) -> dict[str, Any]:
    told = {"quote": TIED.rstrip("."), "kind": "follows", "words": "after", "source": "jilted", "target": "snubbed"}
    event = an_event(
        TIED, quote="Peru jilted Chile on Wednesday", trigger="jilted", actors=["Peru"], recipients=["Chile"]
    )
    return {**event, "links": [{**told, **fields}]}


def test_a_true_link_is_accepted(bench: Bench) -> None:
    found, proposals = bench.told(TIED, a_link())
    assert [each.rejected for each in proposals] == [None, None]
    tie = found.ties[-1]
    assert found.events[tie.sources[0]].trigger == "jilted"
    assert found.events[tie.targets[0]].trigger == "snubbed"


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "snubbed", "target": "jilted"},
        {"words": "on"},
        {"kind": "part-of"},
        {"words": "in reply to"},
        {"target": "Arica"},
        {"target": "jilted"},
    ],
)
def test_a_false_link(bench: Bench, fields: dict[str, Any]) -> None:
    found, proposals = bench.told(TIED, a_link(**fields))
    assert found.ties == bench.annotation.ties
    assert proposals[-1].rejected == "link"


# the server


def failure(bench: Bench, said: Any, **changed: Any) -> str | None:
    """Why a reply cannot be used; nothing of it is laid over the text."""
    (reply,) = bench.replies(SNUB, said, tries=1, **changed)
    assert reply.text is None
    found = bench.checked([reply])
    assert untouched(bench, found)
    assert [each.rejected for each in found.proposals] == [reply.failure]
    return reply.failure


def test_an_endless_stream(bench: Bench) -> None:
    head = b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n"
    assert failure(bench, itertools.chain([head], itertools.repeat(b" " * 1_000))) == "too-large"


def test_a_huge_reply(bench: Bench) -> None:
    assert failure(bench, says("x" * 300_000)) == "too-large"


def test_a_reply_that_unpacks_to_more_than_it_may(bench: Bench) -> None:
    packed = gzip.compress(b"x" * 5_000_000)
    assert failure(bench, raw(packed, Content_Encoding="gzip")) == "too-large"


def test_a_slow_reply(bench: Bench) -> None:
    def slowly() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 X\r\n"
        for _ in range(50):
            time.sleep(0.05)
            yield b"X-Wait: yes\r\n"

    began = time.monotonic()
    assert failure(bench, slowly(), seconds=0.3) == "too-slow"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("status", [400, 401, 404, 418, 500, 503])
def test_a_status_that_is_none_of_success(bench: Bench, status: int) -> None:
    assert failure(bench, raw("{}", status)) == "http-error"


def test_a_redirect_into_this_machine_is_not_followed(bench: Bench) -> None:
    inner = LyingServer()
    try:
        address = f"{inner.endpoint}/secret"
        assert failure(bench, raw("", 302, Location=address)) == "redirected"
        assert failure(bench, raw("", 307, Location="http://169.254.169.254/latest/meta-data")) == "redirected"
        assert not inner.passages
        assert not inner.others
    finally:
        inner.close()


def test_a_reply_that_breaks_off(bench: Bench) -> None:
    assert failure(bench, raw('{"model": "tiny', Content_Length="5000")) == "unreachable"


def test_an_answer_that_was_cut_off(bench: Bench) -> None:
    assert failure(bench, says('{"events": [', finish_reason="length")) == "cut-off"


@pytest.mark.parametrize("name", ["another-model", "", None, f"{MODEL}-evil", 7])
def test_another_model_answers(bench: Bench, name: Any) -> None:
    assert failure(bench, says(an_event(), model=name)) in ("another-model", "no-answer")


def test_a_dated_snapshot_of_the_model_is_the_model(bench: Bench) -> None:
    (reply,) = bench.replies(SNUB, says(an_event(), model=f"{MODEL}-2024-07-18"))
    assert reply.model == f"{MODEL}-2024-07-18"


def test_bytes_that_are_no_text(bench: Bench) -> None:
    assert failure(bench, raw(b'{"model": "\xff\xfe"}')) == "not-text"


def test_a_refusal(bench: Bench) -> None:
    refused = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}
    assert failure(bench, says("", message=refused)) == "refusal"
    assert failure(bench, says("", finish_reason="content_filter"), seed=1) == "refusal"


@pytest.mark.parametrize("body", ["[]", "null", '{"choices": []}', '{"choices": [{"message": {}}]}', "{" * 10_000])
def test_an_envelope_without_an_answer(bench: Bench, body: str) -> None:
    assert failure(bench, raw(body)) == "no-answer"


def test_another_answer_each_time_changes_nothing(bench: Bench) -> None:
    numbers = itertools.count()
    bench.server.script = lambda _: says(an_event(trigger="ghosted" if next(numbers) == 0 else "dispute"))
    first = bench.asker().replies(bench.document, bench.about(SNUB), [])
    again = bench.asker().replies(bench.document, bench.about(SNUB), [])
    assert first == again
    assert len(bench.server.passages) == 1


def test_hints_of_the_lie_are_in_the_line_that_is_kept(bench: Bench) -> None:
    told = rejected(bench, SNUB, an_event(actors=["Ethiopia"]))
    assert "Ethiopia" in told.says
    assert "Ethiopia" in told.detail
    assert json.dumps(told.says)


def test_the_syntax_reads_words_that_no_pattern_has(bench: Bench) -> None:
    at = bench.document.text.index("ghosted by")
    reread = Rereading(bench.document, bench.syntax, bench.annotation, Ontology.load()).of(
        Span(at, at + 7), "REJECT", None
    )
    assert reread is not None
    assert [bench.annotation.actors[n].name for n in reread.agents] == ["Zambia"]
