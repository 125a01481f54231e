"""What answers what, who says so, what they say, and which story it all belongs to."""

from __future__ import annotations

from .telling import Telling
from .test_reconcile import fold, strike


def exchange(second: str, words: str, **roles: str) -> tuple[Telling, int, int]:
    """Ostland's raid told first, then an event of Westmark's; `second` is its sentence and `words` its trigger."""
    telling = Telling("a", f"Ostland raided Marrow on Tuesday. {second}", published="2031-03-06")
    ostland, westmark = telling.state("Ostland", "OST"), telling.state("Westmark", "WES")
    first = telling.event(
        "raided", actors=(ostland,), recipients=(westmark,), time=telling.time("Tuesday", "2031-03-04"),
        also=[roles["again"]] if "again" in roles else [],
    )  # fmt: skip
    answer = telling.event(
        words, roles.get("type", "ASSAULT"), roles.get("mode"), actors=(westmark,), recipients=(ostland,)
    )
    return telling, first, answer


def kinds(telling: Telling) -> list[tuple[str, str, str | None]]:
    result = fold(telling)
    trigger = {event.id: telling.events[event.mentions[0].index].trigger for event in result.events}
    return [
        (f"{trigger[link.source]} {link.kind} {trigger[link.target]}", link.words, link.speaker)
        for link in result.links
    ]


def test_what_a_text_ties_is_a_link_with_its_words() -> None:
    telling, first, answer = exchange("Westmark shelled Tarn in response to the raid.", "shelled", again="raid.")
    telling.tie("in response to", "responds-to", answer, first)
    assert kinds(telling) == [("shelled responds-to raided", "in response to", None)]


def test_order_alone_is_no_link() -> None:
    telling, _, _ = exchange("On Wednesday Westmark shelled Tarn.", "shelled")
    assert kinds(telling) == []


def test_an_anchored_time_without_a_tie_says_that_one_follows() -> None:
    telling, _, _ = exchange("Two days after the raid Westmark shelled Tarn.", "shelled", again="the raid")
    telling.after("Two days", "the raid", 24, 72)
    assert kinds(telling) == [("shelled follows raided", "Two days after the raid", None)]


def shelling_told_by(speaker: str, **actor: str) -> Telling:
    """Words of `speaker` that give the raid on Marrow as the reason for Westmark's shelling of Tarn."""
    telling = Telling("a", f"{speaker} said the shelling of Tarn was in response to the raid on Marrow.")
    who = telling.actor(speaker, actor.pop("key"), **actor)
    westmark = telling.state("Westmark", "WES") if "Westmark" in speaker else telling.actor("Tarn", "WES:GOV", "WES")
    shelling = telling.event("shelling", actors=(westmark,), place=telling.place("Tarn", "OS"))
    raid = telling.event("raid", place=telling.place("Marrow", "WM"))
    content = "the shelling of Tarn was in response to the raid on Marrow"
    telling.said(speaker, "said", content, speaker_actor=who, stance="asserts")
    telling.tie("in response to", "responds-to", shelling, raid)
    return telling


def test_the_side_that_acted_gives_its_own_reason() -> None:
    telling = shelling_told_by("The minister of Westmark", key="WES:GOV:minister", country="WES")
    assert kinds(telling) == [("shelling justified-by raid", "in response to", "The minister of Westmark")]


def test_a_private_citizen_gives_no_reason_of_the_state() -> None:
    telling = shelling_told_by("A trader in Westmark", key="WES:CVL:trader", country="WES", sector="CVL")
    assert kinds(telling) == [("shelling responds-to raid", "in response to", "A trader in Westmark")]


def test_who_calls_an_act_an_answer_speaks_without_an_attribution() -> None:
    telling, first, answer = exchange(
        "Westmark shelled Tarn. Westmark calls it a reply to the raid.", "shelled", again="raid."
    )
    telling.tie("a reply to", "responds-to", answer, first, owner=telling.state("Westmark", "WES", nth=1))
    assert kinds(telling) == [("shelled justified-by raided", "a reply to", "Westmark")]


def test_the_reason_of_a_side_that_another_text_names() -> None:
    """Who acted may be told in another account of the event than the one that gives the reason."""
    named = strike("b", "Ostland struck Marrow in Westmark on Tuesday.")
    telling = Telling("a", "Marrow in Westmark was struck on Tuesday to avenge the raid, the ministry of Ostland said.",
                      published="2031-03-05")  # fmt: skip
    ministry = telling.actor("the ministry of Ostland", "OST:GOV:ministry", "OST")
    westmark = telling.state("Westmark", "WES")
    struck = telling.event(
        "struck",
        recipients=(westmark,),
        time=telling.time("Tuesday", "2031-03-04"),
        place=telling.place("Marrow", "WM", geonameid=77, lat=10.77, lon=20.0),
    )
    raid = telling.event("raid", "COERCE", "arrest")
    content = "Marrow in Westmark was struck on Tuesday to avenge the raid"
    telling.said("the ministry of Ostland", "said", content, speaker_actor=ministry, stance="asserts")
    telling.tie("to avenge", "responds-to", struck, raid)
    result = fold(telling, named)
    assert [(link.kind, link.speaker) for link in result.links] == [("justified-by", "the ministry of Ostland")]


def test_claims_of_the_same_words_fold_and_point_at_their_event() -> None:
    def report(id_: str, quote: str) -> Telling:
        telling = strike(id_, f"Ostland struck Marrow in Westmark on Tuesday. The ministry said: {quote}")
        telling.said("The ministry", "said", quote, quoted=True, stance="asserts", speaker="Ministry of Defence")
        return telling

    result = fold(report("a", "“This was a crime-free zone.”"), report("b", "'This was a crime free zone'"))
    (claim,) = result.claims
    assert claim.speaker == "Ministry of Defence"
    assert claim.quote == "“This was a crime-free zone.”"
    assert claim.event == result.events[0].id
    assert claim.as_of == "2031-03-05"
    assert claim.origins == ("o-a", "o-b")
    assert len(claim.evidence) == 2


def test_every_document_with_an_event_is_in_one_story_and_linked_events_share_one() -> None:
    telling, first, answer = exchange("Westmark shelled Tarn in response to the raid.", "shelled", again="raid.")
    telling.tie("in response to", "responds-to", answer, first)
    far = strike(
        "z", "Suda struck Ebla in Nordia on Tuesday.", sides=(("Suda", "SUD"), ("Nordia", "NOR")), city=("Ebla", 5)
    )
    result = fold(telling, far)
    assert sorted(story.documents for story in result.stories) == [("a",), ("z",)]
    assert {event.story for event in result.events} == {story.id for story in result.stories}
    assert sorted(len(story.events) for story in result.stories) == [1, 2]
    assert next(story for story in result.stories if story.documents == ("z",)).title == (
        "Suda struck Nordia in Ebla on 4 March 2031"
    )


def test_a_call_and_a_visit_after_an_exchange_belong_to_its_story() -> None:
    def diplomatic(id_: str, text: str, published: str, tail: str) -> Telling:
        telling = Telling(id_, f"{text} {tail}", published=published)
        ostland, westmark = telling.state("Ostland", "OST"), telling.state("Westmark", "WES")
        telling.event(text.split()[3], "CONSULT", None, actors=(ostland,), recipients=(westmark,))
        return telling

    raid = strike("a")
    call = diplomatic(
        "b", "Ostland and Westmark talked.", "2031-03-07", "The strike on Marrow on Tuesday was recalled."
    )
    call.event(
        "strike",
        actors=(0,),
        recipients=(1,),
        place=call.place("Marrow", "WM", geonameid=77, lat=10.77, lon=20.0),
        time=call.time("Tuesday", "2031-03-04"),
    )
    visit = diplomatic("c", "Ostland and Westmark met.", "2031-03-16", "Two weeks ago the neighbours clashed.")
    visit.event("clashed", mode=None)
    later = diplomatic("d", "Ostland and Westmark dined.", "2031-03-12", "Nothing else was said.")
    titles = {story.documents: story.title for story in fold(raid, call, visit, later).stories}
    assert titles[("a", "b", "c")] == "Ostland struck Westmark in Marrow on 4 March 2031"


def test_events_come_in_the_order_of_time_and_stories_by_their_documents() -> None:
    far = strike(
        "z", "Suda struck Ebla in Nordia on Monday.", "2031-03-03", sides=(("Suda", "SUD"), ("Nordia", "NOR")),
        city=("Ebla", 5), when="Monday",
    )  # fmt: skip
    undated = Telling("u", "A raid hit Tarn.", published="2031-03-01")
    undated.event("raid", place=undated.place("Tarn", "NO", geonameid=9))
    result = fold(far, strike("a"), strike("b"), undated)
    assert [event.documents for event in result.events] == [("u",), ("z",), ("a", "b")]
    assert [story.documents for story in result.stories] == [("a", "b"), ("u",), ("z",)]
