"""Which act a figure is told of, where several could have done the harm."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.coding.harm_acts import HarmActs


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


def test_work_grows_with_the_length_of_a_text_and_not_with_its_square(
    code: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = 0
    may_be = HarmActs._may_be

    def counted(self: HarmActs, *arguments: Any) -> bool:
        nonlocal judged
        judged += 1
        return may_be(self, *arguments)

    monkeypatch.setattr(HarmActs, "_may_be", counted)
    paragraph = "Gunmen attacked a bus near {}. {} people were killed, the mayor said."
    towns = ("Kandahar", "Herat", "Mosul", "Aleppo", "Goma", "Bamako", "Gao", "Kidal", "Garissa", "Juba")

    def work(count: int) -> int:
        nonlocal judged
        judged = 0
        code("\n".join(paragraph.format(towns[i % len(towns)], i + 2) for i in range(count)))
        return judged

    assert 0 < work(80) < 2.5 * work(40)


def test_a_count_over_a_war_is_of_no_single_strike(code: Any) -> None:
    for text in (
        "Shells fell on a market in Donetsk on Tuesday. So far this year 412 people have been killed in the region.",
        "Shells fell on a market in Donetsk on Tuesday. In ten days of war, 412 people have died.",
        "Shells fell on a market in Donetsk on Tuesday. The war has claimed 412 people since 2014.",
    ):
        assert _by_toll(code(text)).get("412 people") not in ("fell", "Shells", "shells")


def test_days_of_fighting_have_their_count(code: Any) -> None:
    text = "Shells fell on a market in Donetsk on Tuesday. In two days of clashes in Luhansk 12 people died."
    assert _by_toll(code(text))["12 people"] == "clashes"
