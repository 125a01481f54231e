"""What changed since a reader last looked: told by the edition, remembered by their browser alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.web.conftest import Client, client_of
from variorum.pipeline import Edition
from variorum.records import ContentChange, EditionContent, Event
from variorum.store import open_store
from variorum.web.pages.visits import Otherwise, _otherwise, since_of

from .conftest import Visits

Make = Callable[[EditionContent], EditionContent]


def put(path: Path, made: Make) -> EditionContent:
    """Put another content in force, as a run does; gives the one before."""
    with closing(sqlite3.connect(path)) as connection:
        work = dict(connection.execute("SELECT id, work FROM edition_documents WHERE work IS NOT NULL").fetchall())
    with closing(open_store(path)) as store:
        content = store.content()
        store.replace_content(made(content), work)
    return content


def told_otherwise(content: EditionContent) -> EditionContent:
    """An event less, one with another place, and a report less."""
    number, event, place = next((n, each, each.place) for n, each in enumerate(content.events) if n and each.place)
    moved = replace(event, place=replace(place, name="Elsewhere", admin1=None))
    events = (*content.events[1:number], moved, *content.events[number + 1 :])
    return replace(content, events=events, documents=content.documents[1:])


def changed_part(client: Client) -> str:
    html = client.get("/").text
    begin = html.find('class="since')
    return html[begin : html.index('id="stories"')] if begin >= 0 else ""


def test_a_first_visit_is_told_nothing_and_the_next_what_changed(writable: Path) -> None:
    with client_of(writable) as client:
        assert changed_part(client) == ""
        assert "Nothing changed" in changed_part(client)
        before = put(writable, told_otherwise)
        told = changed_part(client)
        assert "1 event told otherwise" in told
        moved = next(each for each in before.events[1:] if each.place)
        assert f'<a href="/events/{moved.id}">' in told
        assert moved.place is not None
        assert f"where: <del>{moved.place.name}" in told
        assert "</del> → <ins>Elsewhere" in told
        assert "1 event not told on their own any more" in told
        assert "1 report taken out" in told
        assert changed_part(client) == told, "a visit goes on while its reader comes and goes"
        assert client.post("/seen", data={"csrf": ""}, follow_redirects=False).headers["location"] == "/"
        assert "Nothing changed" in changed_part(client)
        put(writable, lambda _: before)
        told = changed_part(client)
        assert "1 new event" in told
        assert "1 new report" in told


def test_what_is_again_as_it_was_did_not_change(writable: Path) -> None:
    with client_of(writable) as client:
        client.get("/")
        before = put(writable, told_otherwise)
        put(writable, lambda _: before)
        assert "Nothing changed" in changed_part(client)


@pytest.mark.parametrize("mark", ["1-000000000000", "999999-000000000000", "yesterday", "-1"])
def test_what_is_not_known_is_said(writable: Path, mark: str) -> None:
    with client_of(writable) as client:
        assert "not known any more" in client.get(f"/?since={mark}").text


def test_an_edition_of_an_earlier_schema_knows_nothing_of_before(tmp_path: Path) -> None:
    earlier = Path(__file__).parents[2] / "store" / "editions" / "schema-5.sqlite"
    path = tmp_path / "e.sqlite"
    path.write_bytes(earlier.read_bytes())
    with closing(open_store(path)) as store:
        head = store.head()
        assert head is not None
        assert store.changes(head.number - 1) is None
        assert store.changes(head.number) == ()


def test_a_reader_of_two_editions_is_told_of_each(writable: Path, tmp_path: Path) -> None:
    with client_of(writable) as client, client_of(_other(tmp_path)) as another:
        client.get("/")
        another.cookies.update(client.cookies)
        assert changed_part(another) == ""


def _other(folder: Path) -> Path:
    earlier = Path(__file__).parents[2] / "store" / "editions" / "schema-5.sqlite"
    path = folder / "other.sqlite"
    path.write_bytes(earlier.read_bytes())
    open_store(path).close()
    return path


def test_the_heir_of_an_event_has_its_words(writable: Path) -> None:
    """Two events become one, which has the words of both."""
    with Edition.open(writable) as edition:
        head = edition.head
    assert head is not None
    gone: list[Event] = []

    def merged(content: EditionContent) -> EditionContent:
        one, other, *others = content.events
        gone.append(other)
        both = replace(one, mentions=(*one.mentions, *other.mentions))
        return replace(content, events=(both, *others))

    before = put(writable, merged)
    with Edition.open(writable) as edition:
        since = since_of(edition, f"{head.number}-{head.hash[:12]}")
        assert [(each.id, each.heir and each.heir.id) for each in since.gone] == [(gone[0].id, before.events[0].id)]


def test_no_sentence_of_a_text_is_kept_of_what_changed(writable: Path) -> None:
    before = put(writable, told_otherwise)
    with closing(sqlite3.connect(writable)) as connection:
        rows = connection.execute("SELECT * FROM changes").fetchall()
    assert rows
    kept = " ".join(str(value) for row in rows for value in (row[4], row[5]))
    said = [claim.quote for claim in before.claims] + [
        document.title for document in before.documents if document.title
    ]
    assert said
    assert not [each for each in said if each in kept]
    assert all(len(each) <= 17 + 300 for row in rows for each in (row[4], row[5]) if each is not None)


def test_what_is_taken_out_takes_what_it_was_with_it(writable: Path) -> None:
    put(writable, told_otherwise)
    with closing(open_store(writable)) as store:
        store.settle()
    with closing(sqlite3.connect(writable)) as connection:
        assert set(connection.execute("SELECT before, after FROM changes")) == {(None, None)}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("where", ["Kesh", "Ard", "KS", "city"], "Kesh, Ard, KS"),
        ("where", None, "place not told"),
        ("when", {"agreement": "disputed", "earliest": "2031-05-01", "latest": "2031-05-02"}, "1–2 May 2031, disputed"),
        ("code", ["ASSAULT", "aerial", "negated"], "ASSAULT · aerial · said not to have happened"),
        ("who", ["Kesh", "Ard"], "Kesh, Ard"),
        ("killed", [[7, 7], [9, None]], "7 or at least 9"),
        ("reports", 3, "3"),
    ],
)
def test_what_it_was_is_told_in_words(field: str, value: object, words: str) -> None:
    told = f"{'0' * 16} {json.dumps(value)}"
    change = ContentChange(number=2, kind="event", id="e-1", field=field, before=told, after=None)
    assert _otherwise(field, (change, change)) == Otherwise(field, words, "nothing")


def test_what_changed_is_told_without_a_script_too(visits: Visits) -> None:
    page = visits.open("/", script=False)
    page.reload()
    assert "Nothing changed since your last visit" in page.locator(".since").inner_text()
