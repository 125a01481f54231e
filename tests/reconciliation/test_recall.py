"""Which event of other texts the words of a tie name, where their own text does not tell it."""

from __future__ import annotations

from variorum.records import EventTie

from .telling import Telling
from .test_reconcile import fold, strike

SIDES = (("Ostland", "OST"), ("Westmark", "WES"))


def expulsion(words: str, lag: tuple[float, float] | None) -> Telling:
    """Westmark expels an envoy on 9 March, after `words` that no event of its text tells."""
    tail = f", {'five days after' if lag else 'because of'} {words}."
    telling = Telling("z", f"Westmark expelled the envoy of Ostland on Sunday{tail}", published="2031-03-09")
    sides = [telling.state(name, country) for name, country in reversed(SIDES)]
    telling.event(
        "expelled", "SANCTION", "expel", actors=(sides[0],), recipients=(sides[1],),
        time=telling.time("Sunday", "2031-03-09"),
    )  # fmt: skip
    joint = "five days after" if lag else "because of"
    time = telling.after("five days", words, *lag) if lag else None
    start, end = telling.span(joint)
    telling.ties.append(
        EventTie(
            start=start, end=end, kind="follows" if lag else "responds-to", source=telling.span("expelled"),
            target=telling.span(words), sources=(0,), targets=(), time=time,
        )
    )  # fmt: skip
    return telling


def answered(*tellings: Telling) -> list[tuple[str, str]]:
    result = fold(*tellings)
    headlines = {event.id: event.headline for event in result.events}
    return [(link.kind, headlines[link.target]) for link in result.links]


def test_the_time_between_two_events_tells_which_is_meant() -> None:
    first = [strike(id_, when="Tuesday") for id_ in ("a", "b")]
    second = [
        strike(
            id_,
            "Ostland struck Tarn in Westmark on Friday.",
            "2031-03-07",
            "2031-03-08",
            when="Friday",
            city=("Tarn", 478),
        )
        for id_ in ("c", "d")
    ]
    assert answered(*first, *second, expulsion("what was done there", (96.0, 144.0))) == [
        ("follows", "Ostland struck Westmark in Marrow on 4 March 2031")
    ]


def test_words_alone_name_the_event_that_they_fit() -> None:
    texts = [strike(id_) for id_ in ("a", "b")]
    assert answered(*texts, expulsion("what struck Marrow", None)) == []  # a town and a word say too little
    named = expulsion("what Ostland struck on Tuesday", None)
    named.time("Tuesday", "2031-03-04")
    assert answered(*texts, named) == [("responds-to", "Ostland struck Westmark in Marrow on 4 March 2031")]


def test_words_that_fit_two_events_name_neither() -> None:
    first = [strike(id_) for id_ in ("a", "b")]
    second = [
        strike(id_, "Ostland struck Tarn in Westmark on Tuesday.", "2031-03-04", city=("Tarn", 478))
        for id_ in ("c", "d")
    ]
    assert answered(*first, *second, expulsion("what was done there", (96.0, 144.0))) == []


def test_the_second_of_a_kind_repeats_what_other_texts_tell_of_the_same_sides_before() -> None:
    before = [strike(id_) for id_ in ("a", "b")]
    words = "the second such attack in a week"
    text = f"Ostland struck Marrow in Westmark on Sunday. It was {words}."
    again = strike("z", text, "2031-03-09", "2031-03-09", when="Sunday")
    start, end = again.span("second")
    again.ties.append(
        EventTie(
            start=start, end=end, kind="repeats", source=again.span("attack"), target=again.span(words),
            sources=(0,), targets=(),
        )
    )  # fmt: skip
    assert answered(*before, again) == [("repeats", "Ostland struck Westmark in Marrow on 4 March 2031")]
