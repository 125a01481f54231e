"""Which act a figure is told of, where several could have done the harm."""

from __future__ import annotations

from typing import Any


def _by_toll(events: Any) -> dict[str, str]:
    return {toll: event.trigger for event in events for toll in event.tolls}


def test_a_figure_of_a_later_sentence_is_of_the_act_at_its_place(code: Any) -> None:
    text = (
        "A lorry bomb exploded in the market of Kandahar on Wednesday, and an hour later "
        "a second bomb went off in Herat. In Herat three people were killed, the mayor said."
    )
    assert _by_toll(code(text))["three people"] == "went off"


def test_a_figure_is_of_the_news_and_not_of_what_it_answers(code: Any) -> None:
    text = (
        "Turkish jets bombed camps near Sinjar on Friday, three days after rebels shelled a border post. "
        "The strikes killed 11 people, the governor said."
    )
    assert _by_toll(code(text))["11 people"] != "shelled"


def test_figures_of_one_list_are_of_one_act(code: Any) -> None:
    text = (
        "Gunmen attacked a bus near Garissa on Tuesday. Police shot at protesters in Nairobi on Monday. "
        "In the bus attack nine people died and twelve were wounded."
    )
    found = _by_toll(code(text))
    assert found["nine people"] == found["twelve"]
