"""What derivation finds in small collections of invented reports."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.derivation import DerivationOptions, derive
from variorum.derivation.alignment import Alignment
from variorum.derivation.lexicon import Lexicon
from variorum.derivation.reading import Reading
from variorum.derivation.units import units_of
from variorum.records import Block, Credit, Decision, Derivation, Document, Provenance, Rejection

from .reports import FURNITURE, OTHER_DESK, PARAPHRASE, UNRELATED, WIRE, paragraphs, report, source, unwrapped

UPDATE = WIRE.replace("at least seven guards", "at least nine guards")


def only(provenance: Provenance) -> Derivation:
    assert len(provenance.derivations) == 1
    return provenance.derivations[0]


def check_offsets(provenance: Provenance, documents: list[Document]) -> None:
    """Every span lies in its text, and passages of one edge share no character."""
    texts = {document.id: document.text for document in documents}
    for edge in provenance.derivations:
        for side, text in (("source", texts[edge.source]), ("target", texts[edge.target])):
            spans = sorted(getattr(passage, side) for passage in edge.passages)
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(one.end <= other.start for one, other in pairwise(spans))
            for span in spans:
                assert span.of(text) == span.of(text).strip()
        for change in edge.changes:
            assert change.source is None or change.source.of(texts[edge.source])
            assert change.target is None or change.target.of(texts[edge.target])


def test_a_wire_text_in_two_outlets_with_furniture() -> None:
    documents = [
        report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
        report("b", "BREAKING NEWS\n\n" + WIRE + FURNITURE, outlet="Morning Lamp", published="2031-03-05"),
    ]
    found = derive(documents)
    edge = only(found)
    assert (edge.source, edge.target, edge.kind, edge.directed) == ("a", "b", "verbatim", True)
    assert edge.score == pytest.approx(1.0)
    assert not edge.changes
    assert found.origin_of["a"] == found.origin_of["b"]
    assert found.origins[0].seen
    assert any(passage.quoted for passage in edge.passages)
    assert all("Follow us" not in passage.target.of(documents[1].text) for passage in edge.passages)
    check_offsets(found, documents)


def test_both_credit_a_wire_that_is_not_in_the_input() -> None:
    documents = [
        report("a", WIRE, outlet="Valley Post", published="2031-03-04", credits=(source("Norwind Agency"),)),
        report("b", WIRE, outlet="Morning Lamp", published="2031-03-05", credits=(source("NORWIND AGENCY"),)),
    ]
    found = derive(documents)
    assert only(found).kind == "verbatim"
    assert (only(found).source, only(found).directed) == ("a", True)  # the earlier carrier is the nearest that is here
    (origin,) = found.origins
    assert (origin.upstream, origin.seen) == ("Norwind Agency", False)


def test_the_credited_outlet_is_the_source_whatever_the_dates_say() -> None:
    documents = [
        report("a", WIRE, outlet="Norwind Agency", published="2031-03-06"),
        report("b", WIRE, outlet="Morning Lamp", published="2031-03-05", credits=(source("Norwind Agency"),)),
    ]
    found = derive(documents)
    edge = only(found)
    assert (edge.source, edge.target, edge.directed) == ("a", "b", True)
    assert found.origins[0].seen
    assert found.origins[0].upstream == "Norwind Agency"
    assert any("Norwind Agency" in sentence for sentence in edge.evidence)


def test_an_abridgement_derives_from_the_longer_text() -> None:
    documents = [report("a", paragraphs(WIRE, 0, 1, 3)), report("b", WIRE)]
    edge = only(derive(documents))
    assert (edge.source, edge.target, edge.kind, edge.directed) == ("b", "a", "abridged", True)


def test_an_uncredited_paraphrase_is_found() -> None:
    documents = [
        report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
        report("b", PARAPHRASE, outlet="Morning Lamp", published="2031-03-05"),
    ]
    found = derive(documents)
    edge = only(found)
    assert (edge.source, edge.target, edge.kind, edge.directed) == ("a", "b", "paraphrase", True)
    assert found.origin_of["a"] == found.origin_of["b"]
    assert sum(feature.contribution for feature in edge.features) >= 0.5
    check_offsets(found, documents)


def test_an_update_changes_a_figure_inside_an_aligned_sentence() -> None:
    documents = [report("a", WIRE, published="2031-03-04"), report("b", UPDATE, published="2031-03-05")]
    edge = only(derive(documents))
    assert (edge.source, edge.target, edge.kind) == ("a", "b", "verbatim")
    (change,) = edge.changes
    assert change.kind == "number"
    assert change.source is not None
    assert change.target is not None
    assert change.source.of(WIRE) == "seven"
    assert change.target.of(UPDATE) == "nine"


def test_a_wires_update_is_no_source_of_what_carried_its_first_version() -> None:
    carried = PARAPHRASE + "\nThe bridge stays closed to carts until the army has searched both banks.\n"
    wire = "The toll of the raid rose on Wednesday.\n\n" + paragraphs(UPDATE, 0, 1, 2, 4)
    documents = [
        report("a", wire, outlet="Norwind Agency", published="2031-03-05"),
        report("b", carried, outlet="Morning Lamp", published="2031-03-04", credits=(source("Norwind Agency"),)),
    ]
    found = derive(documents)
    edge = only(found)
    assert (edge.kind, edge.directed) == ("common-source", False)
    assert [change.kind for change in edge.changes].count("number") == 1
    assert (found.origins[0].upstream, found.origins[0].seen) == ("Norwind Agency", False)


def test_of_two_undated_versions_the_higher_toll_is_the_later() -> None:
    edge = only(derive([report("x", WIRE), report("a", UPDATE)]))
    assert (edge.source, edge.target, edge.directed) == ("x", "a", True)


def test_changes_are_classified() -> None:
    changed = (
        WIRE.replace("on Tuesday and", "on Monday and")
        .replace("at Port Venn", "at Castle Orr")
        .replace("Ilse Takor", "Ilse Brandt")
        .replace("would delay planting", "would not delay planting")
    )
    edge = only(derive([report("a", WIRE), report("b", changed)]))
    kinds = {change.kind for change in edge.changes}
    assert {"date", "place", "name", "polarity"} <= kinds


def test_copies_share_the_quotation_too() -> None:
    copies = [report(id_, WIRE + FURNITURE * (id_ == "c"), outlet=f"Post {id_}") for id_ in "ac"]
    found = derive([*copies, report("b", OTHER_DESK, outlet="Evening Oar")])
    told = {(edge.source, edge.target): edge.kind for edge in found.derivations}
    assert told == {("a", "b"): "quotes-only", ("a", "c"): "verbatim", ("b", "c"): "quotes-only"}


def test_independent_reports_that_quote_one_statement() -> None:
    documents = [
        report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
        report("b", OTHER_DESK, outlet="Evening Oar", published="2031-03-04"),
    ]
    found = derive(documents)
    edge = only(found)
    assert (edge.kind, edge.directed) == ("quotes-only", False)
    assert found.origin_of["a"] != found.origin_of["b"]
    (statement,) = found.statements
    assert statement.documents == ("a", "b")
    texts = {"a": WIRE, "b": OTHER_DESK}
    assert all("bread from every child" in p.span.of(texts[p.document]) for p in statement.passages)
    assert statement.speaker == "interior ministry"


RELEASE = unwrapped("""\
The ministry of public works has closed the bridge at Port Venn to all vehicles above nine tonnes until further
notice. Engineers found cracks in two of the five piers after the flood of last week, and soundings showed that the
river had carried away the stones around them.

Drivers of heavy vehicles are to use the ferry at Maldera, which will run day and night from Thursday on.
""")
QUOTED = unwrapped("""\
Farmers in the lower valley fear for their harvest after the only bridge in reach was closed to lorries.

"Engineers found cracks in two of the five piers after the flood of last week, and soundings showed that the river had
carried away the stones around them," the ministry of public works said.

Ana Brull, who grows onions on the east bank, said the detour would cost her four hours each way.
""")


def test_a_release_is_a_variant_of_the_statement_that_is_quoted_of_it() -> None:
    documents = [report("q", QUOTED, outlet="Valley Post"), report("r", RELEASE, outlet="Ministry of Public Works")]
    (statement,) = derive(documents).statements
    assert statement.documents == ("q", "r")
    texts = {document.id: document.text for document in documents}
    assert [p.span.of(texts[p.document])[:16] for p in statement.passages] == ['"Engineers found', "Engineers found "]
    assert statement.speaker == "ministry of public works"


def test_two_texts_that_each_have_what_the_other_lacks() -> None:
    one = WIRE.replace("at least seven guards", "at least nine guards") + (
        "\nA clinic in the town treated five drivers for burns and sent two to the capital by boat on Wednesday.\n"
        "\nThe insurer of the depot, which belongs to a growers' union, has sent an assessor from Lissan.\n"
    )
    other = paragraphs(PARAPHRASE, 0, 1, 2, 3) + (
        "\nSchools in four villages stayed closed and the market was moved to the monastery yard.\n"
        "\nA bridge upstream had been watched by volunteers since January, its warden Teo Hals said.\n"
    )
    documents = [report("a", one), report("b", other, outlet="Morning Lamp", credits=(source("Norwind Agency"),))]
    found = derive(documents)
    edge = only(found)
    assert (edge.kind, edge.directed) == ("common-source", False)
    (origin,) = found.origins
    assert (origin.documents, origin.upstream, origin.seen) == (("a", "b"), "Norwind Agency", False)


def test_unrelated_texts_have_an_origin_each() -> None:
    found = derive([report("a", WIRE), report("b", UNRELATED)])
    assert not found.derivations
    assert [origin.documents for origin in found.origins if origin.seen] != []
    assert len(set(found.origin_of.values())) == 2


def test_a_photo_credit_and_a_self_credit_name_no_upstream() -> None:
    given = (
        Credit(name="MFA", role="photo", span=None, found_in="first line"),
        Credit(name="The Lamp", role="self", span=None, found_in="credit line"),
    )
    found = derive([report("a", WIRE, credits=given)])
    assert (found.origins[0].upstream, found.origins[0].seen) == (None, True)


def test_a_verbatim_family_of_500_is_a_tree() -> None:
    rng = random.Random(3)
    documents = [report("origin", WIRE, published="2031-03-01")]
    for i in range(499):
        text = WIRE if i % 3 else WIRE + f"\nMore from town {i}\n" + FURNITURE
        documents.append(report(f"copy-{i:03}", text, published=f"2031-03-{2 + i % 20:02}"))
    documents.append(report("other", UNRELATED))
    rng.shuffle(documents)
    found = derive(documents)
    assert len(found.derivations) == 499
    assert {edge.kind for edge in found.derivations} == {"verbatim"}
    assert len({edge.target for edge in found.derivations if edge.directed}) >= 490
    assert sorted(len(origin.documents) for origin in found.origins) == [1, 500]


def test_sections_of_a_round_up_have_origins_of_their_own() -> None:
    text = WIRE.strip() + "\n\n" + UNRELATED.strip()
    cut = len(WIRE.strip())
    blocks = (Block(start=0, end=cut, kind="round-up"), Block(start=cut + 2, end=len(text), kind="round-up"))
    documents = [report("digest", text, blocks=blocks), report("a", WIRE), report("b", UNRELATED)]
    found = derive(documents)
    assert {frozenset((edge.source, edge.target)) for edge in found.derivations} == {
        frozenset(("digest", "a")),
        frozenset(("digest", "b")),
    }
    assert found.origin_of["digest"] == found.origin_of["a"] != found.origin_of["b"]
    by_id = {origin.id: origin for origin in found.origins}
    other = by_id[found.origin_of["b"]]
    assert [(p.document, p.span.of(text)) for p in other.passages] == [("digest", UNRELATED.strip())]


def test_peoples_rulings_outweigh_the_text() -> None:
    documents = [report("a", WIRE), report("b", WIRE), report("c", UNRELATED)]
    apart = Decision(id="1", author="Ann", at="", action="not-a-copy", targets=("a", "b"))
    found = derive(documents, decisions=[apart])
    assert found.origin_of["a"] != found.origin_of["b"]
    same = Decision(id="2", author="Ann", at="", action="copy", targets=("a", "c"))
    found = derive(documents, decisions=[apart, same])
    assert found.origin_of["a"] == found.origin_of["c"] != found.origin_of["b"]
    assert any("Ann ruled it a copy" in edge.evidence for edge in found.derivations)
    restore = Decision(id="3", author="Ann", at="", action="restore", targets=("1",))
    assert derive(documents, decisions=[apart, restore]) == derive(documents)


def test_rejected_empty_and_foreign_documents() -> None:
    rejection = Rejection(id="r", source="r.txt", reason="paywall-stub", detail="a stub")
    foreign = "Am frühen Morgen überfielen Bewaffnete ein Lager am Fluss und töteten mindestens sieben Wachen."
    documents = [
        report("rejected", WIRE, rejected=rejection),
        report("a", WIRE),
        report("empty", ""),
        report("de-1", foreign, supported=False),
        report("de-2", foreign, supported=False),
    ]
    found = derive(documents)
    assert set(found.origin_of) == {"a", "empty", "de-1", "de-2"}
    assert found.origin_of["de-1"] == found.origin_of["de-2"]
    assert only(found).kind == "verbatim"


def test_nothing_gives_nothing() -> None:
    assert derive([]) == Provenance(derivations=(), origins=(), origin_of={})


def test_an_agencys_update_comes_from_its_first_report_whose_page_has_no_outlet() -> None:
    later = "A clinic took in forty wounded, a nurse said on Wednesday.\n\n" + UPDATE
    documents = [
        report("z", WIRE, published="2031-03-04", credits=(source("Norwind Agency"),)),
        report("a", later, outlet="Norwind Agency", published="2031-03-05"),
    ]
    edge = only(derive(documents))
    assert (edge.source, edge.target, edge.directed) == ("z", "a", True)
    assert edge.kind != "common-source"


def test_a_rewrite_hangs_under_the_version_whose_figures_it_has() -> None:
    documents = [
        report("w", WIRE, outlet="Valley Post", published="2031-03-04"),
        report("u", UPDATE + "\nThe road was open again at noon.\n", outlet="Valley Post", published="2031-03-05"),
        report("r", PARAPHRASE, outlet="Morning Lamp", published="2031-03-06"),
    ]
    found = {edge.target: edge.source for edge in derive(documents).derivations if edge.directed}
    assert found == {"u": "w", "r": "w"}


NOTES = (
    "A lorry bomb went off at the gate of the customs house in Lissan at dawn on Tuesday and killed six people, the "
    "mayor said.\n\nFive others are being treated in the harbour clinic.\n\nThe Red Lantern movement denied it.",
    "Six people died when a lorry full of explosives blew up outside the customs house of Lissan on Tuesday.\n\nDina "
    "Voss, a nurse, told the Lamp by telephone that she had bandaged seven sailors.\n\nA fisherman said that the glass "
    "of his wheelhouse broke a mile out.",
    "An explosion shook Lissan shortly before six on Tuesday. This reporter counted four bodies on the quay "
    "before soldiers closed it.\n\nA watchman with a torn sleeve said that a grey lorry had waited at the barrier.\n\n"
    "The health office spoke of six dead and nine wounded by noon.",
    "At 05:48 on Tuesday a lorry exploded at the western gate of the customs house in Lissan.\n\nSix people are known "
    "to have died. The mayor says that five were hurt; nurses say nine.\n\nNobody has proved who did it.",
)


def test_short_accounts_of_one_event_are_witnesses_of_their_own() -> None:
    documents = [report(f"n{i}", text, published="2031-03-04") for i, text in enumerate(NOTES)]
    assert len(set(derive(documents).origin_of.values())) == len(NOTES)


def test_entries_of_a_live_blog_stand_each_for_themselves() -> None:
    entries = [
        "A loud explosion is heard in the harbour of Lissan.",
        "Police say that a lorry bomb went off at the gate of the customs house.",
        "The mayor confirms two dead and says that the harbour is closed to ships.",
        "The Red Lantern movement denies that it had anything to do with the bomb.",
        "The health office speaks of six dead and nine wounded in the harbour clinic.",
    ]
    text = "\n".join(entries)
    starts = [text.index(entry) for entry in entries]
    blocks = tuple(
        Block(start=at, end=at + len(entry), kind="entry", part=part)
        for part, (at, entry) in enumerate(zip(starts, entries, strict=True))
    )
    live = report("live", text, blocks=blocks, published="2031-03-04")
    notes = [report(f"n{i}", note, published="2031-03-04") for i, note in enumerate(NOTES)]
    found = derive([live, *notes])
    assert len(set(found.origin_of.values())) == len(NOTES) + 1


COLLECTION = [
    report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
    report("b", PARAPHRASE, outlet="Morning Lamp", published="2031-03-05"),
    report("c", OTHER_DESK, outlet="Evening Oar", published="2031-03-04"),
    report("d", UPDATE, outlet="Harbour Bell", published="2031-03-05", credits=(source("Norwind Agency"),)),
    report("e", paragraphs(WIRE, 0, 1, 2), outlet="Hill Echo"),
    report("f", WIRE + FURNITURE, outlet="Norwind Agency"),
    report("g", WIRE),
    report("h", paragraphs(OTHER_DESK, 0, 1, 3), published="2031-03"),
]


@settings(max_examples=15, deadline=None)
@given(st.permutations(COLLECTION))
def test_order_of_input_changes_nothing(documents: list[Document]) -> None:
    found = derive(documents)
    assert found == derive(COLLECTION)
    check_offsets(found, documents)


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(0, len(COLLECTION) - 1), min_size=1))
def test_an_unrelated_document_changes_nothing(which: set[int]) -> None:
    some = [COLLECTION[i] for i in sorted(which)]
    before, after = derive(some), derive([*some, report("z", UNRELATED)])
    assert after.derivations == before.derivations
    assert after.statements == before.statements
    assert {k: v for k, v in after.origin_of.items() if k != "z"} == before.origin_of
    assert set(before.origins) <= set(after.origins)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB .,!?\"'“”‘’\n1\u00ad\u2028", max_size=120), st.text(alphabet='aB ."“‘’\n1', max_size=120))
def test_any_text_is_taken(one: str, other: str) -> None:
    documents = [report("a", one), report("b", other), report("c", one, blocks=())]
    found = derive(documents)
    assert set(found.origin_of) == {"a", "b", "c"}
    check_offsets(found, documents)


FORM = """\
The general staff reported that in the {} direction units repelled {} attacks over the past day near {} and {}.

The enemy carried out {} air strikes and fired {} shells at positions and settlements, the report said.

The situation in the direction of {} remains tense, and {} clashes continue.
"""
TOWNS = [
    "Kelmar",
    "Dorvan",
    "Istel",
    "Tarnow",
    "Belgor",
    "Ostrin",
    "Velk",
    "Sarnith",
    "Juhal",
    "Mirpol",
    "Andor",
    "Fenwick",
]


def _dailies(count: int) -> list[str]:
    rng = random.Random(7)
    texts = []
    for n in range(count):
        one, two, three = (TOWNS[(3 * n + k) % len(TOWNS)] for k in range(3))
        figures = [rng.randint(2, 40), rng.randint(2, 90), rng.randint(100, 4000), rng.randint(1, 9)]
        texts.append(FORM.format(one, figures[0], two, three, figures[1], figures[2], three, figures[3]))
    return texts


@pytest.mark.parametrize(("count", "day"), [(12, "2031-{:02}-10"), (4, "2031-01-{:02}")])
def test_daily_reports_of_one_form_are_an_origin_each(count: int, day: str) -> None:
    texts = _dailies(count)
    documents = [report(f"d{n:02}", text, outlet="Staff", published=day.format(n + 1)) for n, text in enumerate(texts)]
    found = derive(documents)
    assert not found.derivations
    assert len(set(found.origin_of.values())) == count


def test_a_form_with_equal_figures_published_again_months_later_is_a_copy() -> None:
    (text,) = _dailies(1)
    documents = [
        report("a", text, outlet="Staff", published="2031-01-10"),
        report("b", text + FURNITURE, outlet="Valley Post", published="2031-07-10"),
    ]
    assert only(derive(documents)).kind == "verbatim"


def test_an_update_with_two_other_figures_a_day_later_is_the_same_story() -> None:
    (text,) = _dailies(1)
    figures = [word for word in text.split() if word.isdigit()]
    later = text.replace(f" {figures[0]} attacks", " 41 attacks").replace(f" {figures[2]} shells", " 4100 shells")
    documents = [
        report("a", text, outlet="Staff", published="2031-01-10"),
        report("b", later, outlet="Staff", published="2031-01-11"),
    ]
    assert only(derive(documents)).directed


BOMB = """\
Two soldiers were killed when a roadside bomb hit their patrol near Dravik on Wednesday, the army said.

Troops sealed off the district and searched houses along the canal.
"""


@pytest.mark.parametrize("url", [None, "https://metro.example/dravik"])
def test_the_later_version_of_an_outlets_story_derives_from_the_earlier(url: str | None) -> None:
    later = (
        BOMB.replace("Two", "Five") + "\nA third device was found in the yard of a school and defused by engineers.\n"
    )
    if url:
        later = later.replace("searched houses along the canal", "searched homes near the waterway")
    documents = [
        report("a", later, outlet="Metro Today", published="2031-03-06", url=url),
        report("b", BOMB, outlet="Metro Today", published="2031-03-05", url=url),
    ]
    edge = only(derive(documents))
    assert (edge.source, edge.target, edge.kind, edge.directed) == ("b", "a", "paraphrase", True)


def test_the_heading_of_a_round_up_has_no_origin() -> None:
    heading = "World in brief"
    text = "\n\n".join((heading, WIRE.strip(), UNRELATED.strip()))
    first, second = text.index(WIRE.strip()), text.index(UNRELATED.strip())
    blocks = (
        Block(start=0, end=len(heading), kind="body"),
        Block(start=first, end=second - 2, kind="round-up"),
        Block(start=second, end=len(text), kind="round-up"),
    )
    assert len(derive([report("digest", text, blocks=blocks)]).origins) == 2


def test_a_book_is_set_against_another_by_its_first_sentences_and_its_runs() -> None:
    chooser = random.Random(7)
    words = ["".join(chooser.choices("bdklmnprst", k=7)) for _ in range(4_000)]
    lines = [" ".join(chooser.choices(words, k=12)).capitalize() + "." for _ in range(900)]
    options = DerivationOptions(most_sentences=200)
    lexicon = Lexicon()
    texts = ["\n\n".join(lines), "\n\n".join(lines[300:] + lines[:300])]
    one, other = (
        Reading(unit, lexicon, options)
        for name, text in zip("ab", texts, strict=True)
        for unit in units_of(report(name, text))
    )
    for reading in (one, other):
        assert max(len(reading.bags[0]), len(reading.said[0]), len(reading.windows[0])) <= 200
    alignment = Alignment(one, other, options)
    assert alignment.pairs == []  # what the one has first the other has last
    assert [run.length for run in alignment.runs] == [3_600, 7_200]


NOTICE = (
    "The power company will cut electricity in {} on {} between {} for work on the lines.\n\n"
    "Streets affected are {} and {}. Customers with medical equipment should call {} before the cut.\n\n"
    "Supply may return earlier without notice, and all lines must be treated as live.\n"
)


@pytest.mark.parametrize("published", [None, "2031-03-04"])
def test_a_form_filled_in_for_two_places_is_two_texts_whenever_they_were_published(published: str | None) -> None:
    north = NOTICE.format("Maldera", "Tuesday", "8 am and 4 pm", "Takor Road", "Mill Lane", "0711")
    south = NOTICE.format("Port Venn", "Thursday", "9 am and 1 pm", "Quay Street", "Ashen Rise", "0722")
    notices = [
        report(name, text, outlet="Valley Post", published=published)
        for name, text in zip("ab", (north, south), strict=True)
    ]
    assert derive(notices).derivations == ()
    moved = report("c", north.replace("4 pm", "5 pm"), outlet="Valley Post", published=published)
    assert only(derive([notices[0], moved])).kind == "verbatim"


@pytest.mark.parametrize(
    "text",
    [
        "1. MALI\n\n{}\n\n2. NORWAY\n\n{}",
        "2031, March. Port Venn. {}\n\n2031, May. Orrin. {}\n\n2031, June. Nothing else was entered in that file.",
        "1531 {}\n\n1520 {}\n\n1444 Rain has stopped at Port Venn, says our reporter on the quay there.",
    ],
)
def test_each_part_of_a_digest_has_its_own_origin(text: str) -> None:
    parts = [" ".join(one.split("\n\n")[0].split()) for one in (WIRE, UNRELATED)]
    digest = report("d", text.format(*parts), outlet="Hill Echo", published="2031-07-01")
    sources = [
        report(name, whole, outlet=name, published="2031-03-04")
        for name, whole in zip("wu", (WIRE, UNRELATED), strict=True)
    ]
    found = derive([digest, *sources])
    assert {(edge.source, edge.target) for edge in found.derivations} == {("w", "d"), ("u", "d")}


def test_furniture_between_the_lines_does_not_part_copies() -> None:
    lines = WIRE.strip().split("\n\n")
    page = [
        "Font size + - | Send to a friend | PDF",
        *lines[:2],
        "Don't miss >> Ten roads to the sea",
        *lines[2:],
        "<< Council votes for a new bridge over the Senn | Two held after fire in old mill at Orrin >>",
        "Filed under: Lamp, province, top news",
        "4 COMMENTS",
        "Mod: thread closed",
    ]
    copy = report("c", "\n\n".join(page), outlet="Morning Lamp", published="2031-03-05")
    edge = only(derive([report("w", WIRE, outlet="Valley Post", published="2031-03-04"), copy]))
    assert (edge.source, edge.kind, edge.directed) == ("w", "verbatim", True)


def test_tables_of_two_days_are_two_texts_and_those_of_one_day_one() -> None:
    table = (
        "Violations recorded by the joint commission on the day named above\n\nSector | Hour | Nature | Verified\n\n"
        "North 1 | {} | Mortar, {} rounds | no\n\nNorth 3 | {} | Sniping at the ferry, {} shots | yes\n\n"
        "Delta 2 | {} | Mine on the cattle path, {} cows | yes\n\nOfficers of both sides signed the sheet there."
    )
    first = table.format("04:20", 6, "07:45", 12, "11:10", 2)
    second = table.format("02:15", 9, "13:25", 4, "22:40", 1)
    documents = [
        report("a", first, outlet="Log"),
        report("b", second, outlet="Log"),
        report("c", first + FURNITURE, outlet="Lamp"),
    ]
    edge = only(derive(documents))
    assert ({edge.source, edge.target}, edge.kind) == ({"a", "c"}, "verbatim")


WARNING = """\
Coast office warning {number}/31. Drifting buoys.

1. Buoy {buoy} was sighted adrift {miles} miles off the mole at {hour} hours and has lost its lamp.

2. Keepers counted {rafts} timber rafts in the roads, of which {loose} were loose.

Masters of all vessels are asked to keep a lookout by night and to tell the harbour station at once. Cancel this
notice on the {day}th.
"""


def test_notices_of_one_series_are_no_copies() -> None:
    documents = [
        report(
            f"n{day}",
            WARNING.format(
                number=200 + day, buoy=30 + day, miles=7 + day, hour=1100 + day, rafts=40 + day, loose=day, day=day
            ),
            outlet="Coast Office",
            title=f"Warning {200 + day}/31",
            published=f"2031-03-{day}",
        )
        for day in (11, 13)
    ]
    assert derive(documents).derivations == ()
