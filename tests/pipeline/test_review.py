"""Rulings on an edition: each verb, made, seen, replayed over a further report, and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from variorum.errors import DecisionError
from variorum.exports.rulings import log_lines, log_table
from variorum.exports.tasks import queue_lines
from variorum.pipeline import Edition, collate
from variorum.pipeline.collation import collate_pages
from variorum.pipeline.review_queue import review_queue
from variorum.pipeline.rulings import Make, Ruler, rule
from variorum.records import Claim, Contradiction, Decision, Event

REPORTS = {
    "post.txt": "LODWAR, Kenya, 4 March 2031 - Rebels shelled a market in Lodwar on Monday, killing nine people, "
    "police commander Abel Kimani said.\n\nThe governor of Turkana condemned the attack on Tuesday.",
    "lantern.txt": "NAIROBI, 4 March 2031 - Rebels shelled a market in Lodwar on Monday. The attack killed 15 people, "
    "the Red Cross said on Tuesday.\n\nThe rebels denied that they shelled the market.",
    "gazette.txt": "NAIROBI, 5 March 2031 - Thousands of people marched in Kisumu on Tuesday to demand peace, police "
    "said. The army will send troops to Lodwar.",
}
LATER = (
    "KITALE, Kenya, 6 March 2031 - Rebels shelled a market in Lodwar on Monday and killed nine people, a doctor said."
)
RULER = Ruler(author="Ines", at="2031-03-07T09:00:00Z", reason="looked at the footage")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "edition.sqlite"
    collate([folder / name for name in sorted(REPORTS)], output=path).close()
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "edition.sqlite"))


def shelling(edition: Edition) -> Event:
    return next(event for event in edition.events if event.type == "ASSAULT" and event.status == "actual")


def ruled(path: Path, make: Make) -> tuple[Decision, Edition]:
    return rule(path, make)


def added(path: Path) -> Edition:
    """The edition after one more report."""
    report = path.with_name("kitale.txt")
    report.write_text(LATER, encoding="utf-8")
    return collate(report, output=path)


def test_the_queue_asks_first_what_is_most_disputed_and_matters_most(path: Path) -> None:
    with Edition.open(path) as edition:
        queue = review_queue(edition)
        assert queue[0].ids == (shelling(edition).id,)
        assert [entry.score for entry in queue] == sorted((entry.score for entry in queue), reverse=True)
        words = [side.words for point in queue[0].points for side in point.sides]
        assert any("nine" in each for each in words)
        assert any("15" in each for each in words)
        lines = list(queue_lines(queue[:1], len(queue) + 1))
        assert lines[0].endswith(shelling(edition).headline)
        assert lines[-1].startswith("1 ") or len(queue) > 1
    assert list(queue_lines([], 0)) == ["nothing is disputed, and nothing waits"]


def test_a_rejected_event_is_gone_stays_gone_and_comes_back(path: Path) -> None:
    with Edition.open(path) as edition:
        event = shelling(edition)
    decision, edition = ruled(path, lambda edition: RULER.verdict(edition, "reject", [event.id]))
    assert decision.was[0].event == event.id
    with edition:
        assert event.id not in {each.id for each in edition.events}
    with added(path) as edition:
        assert all(set(event.mentions).isdisjoint(each.mentions) for each in edition.events)
        assert edition.decisions == (decision,)
    _, edition = ruled(path, lambda edition: RULER.undo(edition, decision.id))
    with edition:
        assert set(event.documents) <= set(shelling(edition).documents)


def test_what_is_accepted_leaves_the_queue_and_what_is_unsure_comes_last(path: Path) -> None:
    with Edition.open(path) as edition:
        event = shelling(edition)
        before = review_queue(edition)
    _, edition = ruled(path, lambda edition: RULER.verdict(edition, "unsure", [event.id]))
    with edition:
        assert (review_queue(edition)[-1].ids, review_queue(edition)[-1].verdict) == ((event.id,), "unsure")
        assert edition.events == Edition.open(path).events
    _, edition = ruled(path, lambda edition: RULER.verdict(edition, "accept", [event.id]))
    with edition:
        assert event.id not in {id_ for entry in review_queue(edition) for id_ in entry.ids}
        assert len(review_queue(edition)) == len(before) - 1
        reviewed = edition.reviewed()
        assert reviewed.verdict(event.mentions) == "accept"
        assert reviewed.shown(event) == "disputed"
        other = next(each for each in edition.events if each.type == "PROTEST")
        assert reviewed.shown(other) == "machine"


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("type", "aid", lambda event: event.type),
        ("place", "Kitale, KE", lambda event: event.place.name),
        ("time", "2031-03-01", lambda event: event.time.earliest),
        ("actor", "police commander", None),
    ],
)
def test_a_recoded_field_holds_over_a_re_run_and_its_id_leads_on(
    path: Path, field: str, value: str, read: Callable[[Event], str] | None
) -> None:
    with Edition.open(path) as edition:
        event = next(each for each in edition.events if each.type == "PROTEST")
        if read is None:
            with pytest.raises(DecisionError, match="no text that tells the event names"):
                RULER.recode(edition, event.id, field, value)
            return
    decision, edition = ruled(path, lambda edition: RULER.recode(edition, event.id, field, value))
    edition.close()
    with added(path) as edition:
        now = edition.successor(event.id) or edition.event(event.id)
        assert read(now).casefold() == value.partition(",")[0].casefold()
        assert edition.reviewed().of_event(now) == (decision,)
        assert edition.reviewed().shown(now) == "reviewed"
        assert list(edition.faults()) == []
        stored = edition.stored(event.documents[0]).annotation
        assert stored is not None
        assert any(each.type == "PROTEST" for each in stored.events)
    assert decision.before not in (None, decision.after)


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "WAR"), ("type", "PROTEST/shoot"), ("time", "Monday"), ("time", "2031-03-02/2031-03-01"), ("status", "x"),
     ("place", "Nowhere-upon-Nothing"), ("colour", "red")],
)  # fmt: skip
def test_there_is_no_such_value(path: Path, field: str, value: str) -> None:
    with Edition.open(path) as edition, pytest.raises(DecisionError):
        RULER.recode(edition, shelling(edition).id, field, value)


def test_a_speaker_is_set_right_and_a_span(path: Path) -> None:
    with Edition.open(path) as edition:
        claim = next(each for each in edition.each(Claim) if each.speaker == "Abel Kimani")
        toll = next(t for t in edition.stored(claim.evidence[0].document).annotation.tolls)  # type: ignore[union-attr]
        words = f"{claim.evidence[0].document}@{toll.start}-{toll.end}"
        with pytest.raises(DecisionError, match="marks nothing"):
            RULER.fix_span(edition, "places", words, "0-6")
    _, edition = ruled(path, lambda edition: RULER.fix_speaker(edition, claim.id, "a witness"))
    with edition:
        readings = [reading for each in shelling(edition).tolls for reading in each.readings]
        assert "a witness" in {reading.speaker for reading in readings}
        assert "Abel Kimani" not in {each.speaker for each in edition.claims}
        assert list(edition.faults()) == []
    _, edition = ruled(path, lambda edition: RULER.fix_span(edition, "tolls", words, f"{toll.start}-{toll.start + 4}"))
    with edition:
        layers = edition.layers(claim.evidence[0].document)
        assert layers is not None
        assert layers.tolls[0].text == "nine"
        assert list(edition.faults()) == []


def test_what_can_both_be_true_is_no_contradiction_any_more(path: Path) -> None:
    with Edition.open(path) as edition:
        found = [each for each in edition.each(Contradiction) if each.kind == "number"]
        assert found
    decision, edition = ruled(path, lambda edition: RULER.no_contradiction(edition, found[0].id))
    edition.close()
    with added(path) as edition:
        assert found[0].id not in {each.id for each in edition.contradictions}
    _, edition = ruled(path, lambda edition: RULER.undo(edition, decision.id))
    with edition:
        assert "number" in {each.kind for each in edition.contradictions}


def test_a_merge_keeps_what_it_merged_and_old_ids_lead_to_it(path: Path) -> None:
    with Edition.open(path) as edition:
        one, other = [each.id for each in edition.events if each.status == "actual"][:2]
    decision, edition = ruled(path, lambda edition: RULER.merge(edition, [one, other]))
    with edition:
        assert {former.event for former in decision.was} == {one, other}
        merged = [edition.successor(id_) for id_ in (one, other)]
        assert merged[0] is not None
        assert merged[0] == merged[1]
        assert edition.successor("e-0000000000000000") is None


def test_a_re_run_flags_a_ruling_and_never_overrides_it(path: Path) -> None:
    with Edition.open(path) as edition:
        event = next(each for each in edition.events if each.type == "PROTEST")
        right = RULER.recode(edition, event.id, "type", "PROTEST")
        decided = RULER.recode(edition, event.id, "type", "AID")
    from msgspec.structs import replace

    older = replace(decided, before="COERCE")  # when it was made the machine said something else
    lost = replace(decided, id="r-lost", targets=("d-gone@0-5",))
    with collate_pages((), output=path, decisions=[replace(right, id="r-same"), lost, older]) as edition:
        flags = edition.reviewed().flags()
        assert [(flag.decision, flag.kind) for flag in flags] == [
            ("r-same", "agrees"),
            ("r-lost", "waits"),
            (older.id, "differs"),
        ]
        assert any(each.type == "AID" for each in edition.events)
        assert {entry.ids[0] for entry in review_queue(edition) if entry.kind == "ruling"} == {"r-lost", older.id}
        lines = list(log_lines(edition.decisions, {flag.decision: flag.told for flag in flags}))
        assert sum(line.startswith("    !") for line in lines) == 3
        table = list(log_table(edition.decisions))
        assert len(table) == 4
        assert table[0].startswith("id,at,author,action")
