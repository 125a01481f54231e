"""The dossier of an event, as HTML and in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.exports.editions import at_odds, small
from tests.web.conftest import Client, client_of
from variorum.identity import stable_id
from variorum.pipeline import Edition
from variorum.records import Claim, Decision, Document, EditionContent, Event
from variorum.store import open_store

from .conftest import Visits


@pytest.fixture(scope="module")
def shelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelling of which two say two things."""
    path = tmp_path_factory.mktemp("dossier") / "shelled.sqlite"
    content, documents = small()
    content = at_odds(content, "")
    denial = Claim(
        id="c-no", speaker="An officer", stance="denies", event=content.events[0].id, quote="seven",
        evidence=content.events[0].tolls[0].readings[0].evidence,
    )  # fmt: skip
    store(path, replace(content, claims=(*content.claims, denial)), documents)
    return path


def store(path: Path, content: EditionContent, documents: Mapping[str, Document]) -> None:
    made = open_store(path, create=True)
    made.add_documents(documents.values())
    made.replace_content(content, {})
    made.close()


def test_it_shows_both_sides_and_who_stands_behind_them(shelled: Path) -> None:
    with client_of(shelled) as client, Edition.open(shelled) as edition:
        html = client.get(f"/events/{edition.events[0].id}").text
    assert "2 reports, 1 independent origin" in html
    assert "<caption>In dispute</caption>" in html
    against = html[html.index("Against: denied or doubted") : html.index("At odds</h2>")]
    assert "An officer" in against
    assert "<mark>seven</mark>" in html
    assert "is answered by" in html
    assert "inferred: its own text is not among the documents" in html


def test_words_of_texts_are_no_markup(tmp_path: Path) -> None:
    payload = "<script>document.title='owned'</script>\"><img src=x onerror=alert(1)>"
    content, documents = small(payload)
    store(tmp_path / "hostile.sqlite", content, documents)
    with client_of(tmp_path / "hostile.sqlite") as client:
        for path in ("/", f"/stories/{content.stories[0].id}", f"/events/{content.events[0].id}"):
            html = client.get(path).text
            assert "<script>document" not in html
            assert "<img" not in html
            assert "&lt;script&gt;" in html


def test_an_id_may_be_begun(client: Client, demo: Edition) -> None:
    event = demo.events[0]
    answer = client.get(f"/events/{event.id[:9]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/events/{event.id}")
    assert client.get("/events/e-nothing").status_code == 404


@pytest.mark.parametrize("name", ["events", "review"])
def test_an_id_that_moved_leads_to_the_event_that_has_its_words(client: Client, demo: Edition, name: str) -> None:
    event = demo.events[0]
    document, start, end = min(demo._reader.told_at()[event.id])
    of_other_types = [stable_id("e", (document, start, end, code)) for code in ("AID", "MOBILIZE", "COOPERATE")]
    answers = [client.get(f"/{name}/{id_}", follow_redirects=False) for id_ in of_other_types]
    led = [answer.headers["location"] for answer in answers if answer.status_code == 308]
    assert led
    assert set(led) == {f"/{name}/{event.id}"}


def test_it_exports_the_event_alone(client: Client, demo: Edition) -> None:
    event = demo.events[0]
    html = client.get(f"/events/{event.id}").text
    assert f'href="/api/v1/exports/json?event={event.id}"' in html
    found = client.get(f"/api/v1/exports/json?event={event.id}").json()
    assert [each["id"] for each in found["events"]] == [event.id]


def most_told(edition: Edition) -> Event:
    return max(edition.events, key=lambda event: (len(event.tolls), len(event.documents)))


def test_every_fact_opens_its_exact_words(visits: Visits, demo: Edition) -> None:
    event = most_told(demo)
    page = visits.open(f"/events/{event.id}")
    for fold in page.locator("details.words").all():
        fold.locator("> summary").click()
    shown = {words.strip() for words in page.locator("blockquote mark").all_text_contents()}
    told = [item for reading in event.tolls[0].readings for item in reading.evidence] + list(event.evidence)
    assert {demo.quote(item).strip() for item in told} <= shown


def test_it_prints_with_all_words_open(visits: Visits, demo: Edition) -> None:
    page = visits.open(f"/events/{most_told(demo).id}")
    assert not page.locator("blockquote").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("blockquote").first.is_visible()
    assert not page.get_by_role("navigation", name="Pages").is_visible()


def test_it_tells_who_reported_first(client: Client, demo: Edition) -> None:
    event = most_told(demo)
    html = client.get(f"/events/{event.id}").text
    assert "first reported by The Capital Gazette or Makran Courier on 17 January 2024" in html
    assert '<th scope="col">First in</th>' in html
    assert ">not told</span>" not in html


def ruled(path: Path, **fields: Any) -> str:
    """A ruling on the most told event of an edition; gives its page."""
    with Edition.open(path) as edition:
        event = most_told(edition)
        places = [(document, start, end) for document, start, end in edition._reader.told_at()[event.id]]
        targets = [f"{document}@{start}-{end}" for document, start, end in sorted(places)]
    every = fields.pop("every", False)
    decision = Decision(
        id="r-1", author="Ines", at="2031-01-01T00:00:00+00:00", targets=tuple(targets if every else targets[:1]),
        **fields,
    )  # fmt: skip
    made = open_store(path)
    made.append_decisions([decision])
    made.close()
    with client_of(path) as client:
        answer = client.get(f"/events/{event.id}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_ruling_on_one_field_reviews_that_field_alone(writable: Path) -> None:
    html = ruled(writable, action="recode", field="actor", before="Iran", after="Iran")
    head, facts = html[: html.index('id="facts"')], html[html.index('id="facts"') :]
    assert ">partly reviewed</span>" in head
    assert facts.count('title="A person set it"') == 1
    who = facts[facts.index("<dt>Who</dt>") : facts.index("<dt>To whom</dt>")]
    assert 'title="A person set it"' in who


@pytest.mark.parametrize(("every", "badge"), [(True, "reviewed"), (False, "partly reviewed")])
def test_an_event_is_reviewed_where_all_its_accounts_are_accepted(writable: Path, every: bool, badge: str) -> None:
    assert f">{badge}</span>" in ruled(writable, action="accept", every=every)
