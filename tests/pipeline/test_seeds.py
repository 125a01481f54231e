"""Two real pages about one exchange of strikes, read from beside the checkout: what they must give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.pipeline import Edition, collate
from variorum.records import READ_KINDS, Document, Event, Toll


@pytest.fixture(scope="module")
def edition(seeds: Path) -> Iterator[Edition]:
    with collate(seeds) as made:
        yield made


@pytest.fixture(scope="module")
def short(edition: Edition) -> Document:
    """The page that begins with a credit in capitals and has no date."""
    return next(document for document in stored(edition) if document.text.startswith("MOFA"))


@pytest.fixture(scope="module")
def long(edition: Edition) -> Document:
    return next(document for document in stored(edition) if not document.text.startswith("MOFA"))


def stored(edition: Edition) -> list[Document]:
    return [edition.document(item.id) for item in edition.documents]


def kinds_of(document: Document, words: str) -> set[str]:
    """The kinds of the blocks that the words stand in."""
    start = document.text.index(words)
    return {block.kind for block in document.blocks if block.start < start + len(words) and start < block.end}


def strikes(edition: Edition, actor: str) -> Event:
    found = [
        event
        for event in edition.events
        if event.type == "ASSAULT"
        and event.status == "actual"
        and any(actor in name for name in event.actors)
        and event.documents
        and len(event.documents) == 2
    ]
    assert len(found) == 1, [(event.headline, event.actors, event.documents) for event in found]
    return found[0]


def toll(event: Event, kind: str) -> Toll:
    return next(item for item in event.tolls if item.kind == kind)


# documents


@pytest.mark.parametrize(
    "words",
    [
        "Leave a Reply",
        "Your email address will not be published",
        "Image\n",
        "Interactive_Iran_Pakistan_strikes_Jan18_2024",
        "SOURCE:\xa0AL JAZEERA",
        "SOURCE: INDEPENDENT PRESS AND NEWS AGENCIES",
        "FOLLOW INDEPENDENT PRESS",
        "https://twitter.com/IpIndependent",
        "Think your friends would be interested? Share this story!",
        "Asia World",
        "(FILE PHOTO)",
    ],
)
def test_furniture_of_the_long_page_is_marked(long: Document, words: str) -> None:
    assert kinds_of(long, words)
    assert not kinds_of(long, words) & READ_KINDS


@pytest.mark.parametrize("words", ["MOFA", "Leave a Reply", "Required fields are marked *"])
def test_furniture_of_the_short_page_is_marked(short: Document, words: str) -> None:
    assert not kinds_of(short, words) & READ_KINDS


def test_credits(long: Document, short: Document) -> None:
    roles = {credit.name.casefold(): credit.role for credit in long.credits}
    assert any("al jazeera" in name and role == "source" for name, role in roles.items()), roles
    assert any("independent press" in name and role == "self" for name, role in roles.items()), roles
    assert short.title != "MOFA"


def test_metadata_of_the_long_page(long: Document) -> None:
    assert (long.title or "").startswith("PAKISTAN LAUNCHES MILITARY STRIKES ON IRAN")
    assert long.published == "2024-01-18"
    assert kinds_of(long, "Asia World") == {"section"}
    assert kinds_of(long, "Islamabad, Pakistan –") == {"dateline"}


def test_the_undated_page_borrows_its_familys_date(edition: Edition, short: Document) -> None:
    listed = next(item for item in edition.documents if item.id == short.id)
    assert listed.published is None
    assert listed.reference is not None
    assert (listed.reference.basis, listed.reference.earliest) == ("family", "2024-01-18")


# derivation


def test_one_origin_that_is_not_in_the_input(edition: Edition) -> None:
    (origin,) = edition.origins
    assert len(origin.documents) == 2
    assert not origin.seen
    assert "jazeera" in (origin.upstream or "").casefold()


def test_aligned_passages_and_the_statement(edition: Edition) -> None:
    (edge,) = edition.derivations
    assert edge.kind == "common-source"
    assert any(not passage.quoted for passage in edge.passages)
    assert any(passage.quoted for passage in edge.passages)
    assert edition.statements


# events


def test_irans_strikes(edition: Edition) -> None:
    event = strikes(edition, "Iran")
    assert any("Adl" in name for name in event.recipients)
    assert event.place is not None
    assert (event.place.name, event.place.country) == ("Panjgur", "PK")
    assert event.time is not None
    assert event.time.earliest is not None
    assert event.time.latest is not None
    assert "2024-01-16" <= event.time.earliest[:10] <= event.time.latest[:10] <= "2024-01-17"
    assert (toll(event, "killed").low, toll(event, "killed").high) == (2, 2)
    assert (toll(event, "injured").low, toll(event, "injured").high) == (3, 3)
    assert event.independent_origins == 1


def test_pakistans_strikes(edition: Edition) -> None:
    event = strikes(edition, "Pakistan")
    assert any("armed groups" in name for name in event.recipients)
    assert event.place is not None
    assert (event.place.country, event.place.precision) == ("IR", "admin1")
    assert event.time is not None
    assert (event.time.earliest or "")[:10] == (event.time.latest or "")[:10] == "2024-01-18"
    assert event.independent_origins == 1


def test_three_readings_side_by_side(edition: Edition) -> None:
    event = strikes(edition, "Pakistan")
    killed = {(item.low, item.high, (item.speaker or "")[:8]) for item in toll(event, "killed").readings}
    (casualties,) = toll(event, "casualties").readings
    assert (7, None, "Iranian ") in killed
    assert any((low, high) == (2, None) and speaker.startswith("Pakistan") for low, high, speaker in killed)
    assert (casualties.low, casualties.high) == (9, None)
    assert "Iran" in (casualties.speaker or "")
    assert all(low != 9 for low, _, _ in killed)
    assert toll(event, "killed").agreement == "disputed"


def test_the_summons(edition: Edition) -> None:
    found = [
        event
        for event in edition.events
        if any("summoned" in edition.quote(item) for item in event.evidence) and len(event.documents) == 2
    ]
    assert len(found) == 1
    assert any("Foreign Affairs (Iran)" in name for name in found[0].actors)


def test_the_two_spellings_are_one_province(edition: Edition) -> None:
    found = {
        (place.name, place.geonameid, place.country)
        for item in edition.documents
        if (annotation := edition.stored(item.id).annotation)
        for place in annotation.places
        if place.text.startswith("Sistan")
    }
    assert len(found) == 1
    assert found.pop()[2] == "IR"


# links and claims


def test_links(edition: Edition) -> None:
    links = {(link.source, link.target, link.kind) for link in edition.links}
    first, second = strikes(edition, "Iran").id, strikes(edition, "Pakistan").id
    assert (second, first, "responds-to") in links
    summons = {e.id for e in edition.events if any("summoned" in edition.quote(item) for item in e.evidence)}
    assert any((id_, second, "responds-to") in links for id_ in summons)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Over the last several years, in our engagements", "Ministry of Foreign Affairs (Pakistan)"),
        ("because of lack of action on our serious concerns", "Ministry of Foreign Affairs (Pakistan)"),
        ("The group has taken shelter", "Amirabdollahian"),
        ("fully respects the sovereignty", "Pakistan"),
    ],
)
def test_quotations_have_their_speaker(edition: Edition, words: str, speaker: str) -> None:
    speakers = {claim.speaker for claim in edition.claims if words in claim.quote}
    assert speakers
    assert all(speaker in (name or "") for name in speakers), speakers


def one(edition: Edition, type_: str, words: str) -> Event:
    found = [e for e in edition.events if e.type == type_ and any(words in edition.quote(item) for item in e.evidence)]
    assert len(found) == 1, [event.headline for event in found]
    return found[0]


def test_what_answers_irans_strikes(edition: Edition) -> None:
    first = strikes(edition, "Iran").id
    recall, bar = one(edition, "SANCTION", "recalled"), one(edition, "SANCTION", "bar")
    assert (recall.status, bar.status) == ("actual", "future")
    answers = {link.source for link in edition.links if link.target == first and link.kind == "responds-to"}
    assert {recall.id, bar.id, one(edition, "ACCUSE", "calling").id} <= answers
    reserved = one(edition, "THREATEN", "reserves").id
    assert any((link.source, link.target) == (reserved, first) for link in edition.links)


def test_the_ladder_from_rask_to_the_summons(edition: Edition) -> None:
    rask = next(e for e in edition.events if e.place is not None and e.place.name in ("Rask", "Rasak"))
    first, second = strikes(edition, "Iran").id, strikes(edition, "Pakistan").id
    assert rask.place is not None
    assert (rask.type, rask.place.country) == ("ASSAULT", "IR")
    justified = [link for link in edition.links if (link.source, link.target) == (first, rask.id)]
    assert {(link.kind, link.speaker) for link in justified} == {("justified-by", "Hossein Amirabdollahian")}
    summons = one(edition, "ACCUSE", "summoned").id
    steps = {(link.source, link.target) for link in edition.links}
    assert {(first, rask.id), (second, first), (summons, second)} <= steps


def test_the_meeting_before_the_strikes(edition: Edition) -> None:
    meeting = one(edition, "CONSULT", "met")
    assert meeting.place is not None
    assert meeting.place.name == "Davos"
    assert meeting.time is not None
    assert (meeting.time.earliest or "")[:10] == (meeting.time.latest or "")[:10] == "2024-01-16"
    links = {(link.source, link.target, link.kind) for link in edition.links}
    assert (strikes(edition, "Iran").id, meeting.id, "follows") in links
