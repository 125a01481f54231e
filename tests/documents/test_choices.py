"""Which dates are a page's and which its entries', the dateline behind a summary, why each candidate won or lost."""

from __future__ import annotations

import pytest

from .making import document, texts

TOLD = (
    "<p>The ministry said that the men had come over the ridge before dawn and fled after an hour.</p>"
    "<p>Residents said six bodies were brought to the hospital in the town below.</p>"
)
ENTRIES = (
    ("16:45", "Army retakes the bridge", "The army said it had retaken the northern bridge after an hour of fighting."),
    ("15:20", "Envoy calls for calm", "The envoy called on both sides to stop and to let the lorries through."),
    ("14:05", "Hospital counts nine", "The director of the hospital said nine bodies had come in since the morning."),
)


def test_the_newest_entry_of_a_live_blog_does_not_date_it() -> None:
    entries = "".join(
        f'<div><time datetime="2031-03-07T{clock}:00Z">{clock} GMT</time><h2>{head}</h2><p>{text}</p></div>'
        for clock, head, text in ENTRIES
    )
    made = document(f"<title>Siege live</title><body><h1>Siege – live updates</h1>{entries}</body>", "text/html")
    assert [block.moment for block in made.blocks if block.kind == "entry"] == [
        f"2031-03-07T{clock}:00+00:00" for clock, _, _ in ENTRIES
    ]
    assert made.published == "2031-03-07"
    (given,) = [each for each in made.candidates if each.found_in == "time element"]
    assert (given.chosen, given.reason) == (False, "it dates an entry")


def test_a_page_that_tells_its_own_time_over_the_entries_keeps_it() -> None:
    entries = "".join(
        f'<div><time datetime="2031-03-07T{clock}:00Z">{clock} GMT</time><p>{text}</p></div>'
        for clock, _, text in ENTRIES
    )
    own = '<p>Published <time datetime="2031-03-07T09:00:00Z">7 March 2031, 9:00 GMT</time></p>'
    made = document(f"<title>Siege live</title><body><h1>Siege – live updates</h1>{own}{entries}</body>", "text/html")
    assert made.published == "2031-03-07T09:00:00+00:00"


def test_a_live_blog_without_times_has_entries_and_no_stories() -> None:
    entries = "".join(f"<h2>{head}</h2><p>{text}</p>" for _, head, text in ENTRIES)
    for title, kind in (("Live: the siege of Harmat", "entry"), ("Where the refugees of Harmat live", "body")):
        made = document(f"<title>{title}</title><body><h1>{title}</h1>{entries}</body>", "text/html")
        assert len(texts(made, "entry")) == (3 if kind == "entry" else 0)


@pytest.mark.parametrize("placed", ["HARMAT, Tarsia (Reuters) -", "HARMAT, May 9, 2031 -", "HARMAT —", "Geneva –"])
@pytest.mark.parametrize(
    "before",
    [
        "<p>Four guards are dead and two missing after a raid on a post near the border, officials say.</p>",
        "<p><b>Gunmen attack post near border; ministry says four dead</b></p>",
        "<ul><li>Four guards killed</li><li>Army says it chased the attackers</li></ul>",
    ],
)
def test_a_dateline_behind_a_summary_is_read(before: str, placed: str) -> None:
    first = f"<p>{placed} Four guards were killed on Wednesday night by gunmen on the upper road.</p>"
    page = f"<title>Guards killed</title><body><article><h1>Guards killed in raid</h1>{before}{first}{TOLD}</article>"
    made = document(page, "text/html")
    assert texts(made, "dateline") == [placed]
    places = [each.value for each in made.candidates if each.field == "dateline-place" and each.chosen]
    assert places == [placed.split(" (")[0].split(", May")[0].rstrip(" –—-")]


def test_the_date_that_was_declared_is_kept_to_the_letter() -> None:
    made = document("The fort fell on Monday.", published="Wed, 09 May 2031 14:20:00 GMT")
    kept = {each.value: each.reason for each in made.candidates if each.field == "published"}
    assert made.published == "2031-05-09T14:20:00+00:00"
    assert kept["Wed, 09 May 2031 14:20:00 GMT"] == "as it was given; read as 2031-05-09T14:20:00+00:00"
    plain = document("The fort fell on Monday.", published="2031-05-09")
    assert [each.value for each in plain.candidates if each.field == "published"] == ["2031-05-09"]


def test_every_candidate_says_why_it_was_chosen_or_was_not() -> None:
    head = (
        '<meta property="og:title" content="Guards killed in raid">'
        '<meta property="og:site_name" content="Kesh Post">'
        '<meta name="author" content="Kesh Post">'
        '<meta property="article:published_time" content="2031-05-09T10:00:00Z">'
        '<meta property="og:url" content="https://keshpost.example/a"><title>Guards killed in raid | Kesh Post</title>'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Raid kills guards",'
        ' "isAccessibleForFree": "False"}</script>'
    )
    body = f"<h1>Guards killed in raid</h1><p>By Ann Lee</p><p>10 May 2031</p>{TOLD}"
    made = document(f"<html><head>{head}</head><body><article>{body}</article></body></html>", "text/html")
    assert all(each.reason for each in made.candidates)
    by_field: dict[str, list[str]] = {}
    for each in made.candidates:
        if each.chosen:
            by_field.setdefault(each.field, []).append(each.reason)
    assert by_field["paywall"] == ["the only one"]
    assert all(len(reasons) == 1 for field, reasons in by_field.items() if field != "author")
    reasons = {(each.value, each.found_in): each.reason for each in made.candidates}
    assert reasons["Guards killed in raid", "h1"] == '"JSON-LD headline" is trusted more'
    for field, given in by_field.items():
        if given == ["the only one"]:
            assert sum(each.field == field for each in made.candidates) == 1


def test_what_a_text_is_based_on_is_named_by_its_maker() -> None:
    data = (
        '{"@type": "NewsArticle", "headline": "Raid", "isBasedOn": {"@type": "NewsArticle", "name": "Night at it",'
        ' "url": "https://tarsianherald.example/n", "publisher": {"@type": "Organization", "name": "Tarsian Herald"}}}'
    )
    made = document(f'<script type="application/ld+json">{data}</script><h1>Raid</h1>{TOLD}', "text/html")
    assert [(each.name, each.role) for each in made.credits] == [("Tarsian Herald", "first-published")]
