"""Who a credit names: makers under shorter names, acronyms, persons; and what that says of origins."""

from __future__ import annotations

import msgspec
import pytest

from variorum.derivation import derive
from variorum.derivation.makers import credits_outlet, is_dispatch, one_maker, upstreams
from variorum.records import Credit, CreditRole
from variorum.world.outlets import abbreviates, same_maker, spelled_out

from .reports import OTHER_DESK, PARAPHRASE, WIRE, paragraphs, report, source

RETOLD = """\
Raiders on motorcycles crossed from the east bank in the small hours of Tuesday, cut the telephone line and shot their
way into the grain depot at Maldera. Governor Ilse Takor, standing at its gate, put the guards killed at no fewer
than seven.

The Red Lantern movement, camped in the Ashen hills since autumn, was not named by anyone as the raider, but two
trucks full of seed were last seen heading that way.

For the farmers the lost seed means planting weeks late, as no shipment is due before the river falls. A company from
the Port Venn garrison now guards the road after this third raid on a public store in the province.
"""


def credit(name: str, role: CreditRole) -> Credit:
    return Credit(name=name, role=role, span=None, found_in="credit line")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Norvik", "Norvik Wire", True),
        ("NORVIK NEWS AGENCY", "Norvik", True),
        ("Norvik Wire", "Norvik Post", False),
        ("Norvik", "Norvik Evening Wire", False),
        ("Wire", "Norvik Wire", False),
    ],
)
def test_names_with_and_without_generic_words(one: str, other: str, same: bool) -> None:
    assert same_maker(one, other) is same_maker(other, one) is same


def test_acronyms() -> None:
    assert abbreviates("LBPA", "Lower Bay Press Agency")
    assert not abbreviates("LBPA", "Lower Bay Post")
    assert not abbreviates("Norvik", "Norvik Wire")
    assert spelled_out("LBPA", "as the Lower Bay Press Agency (LBPA) reported") == "Lower Bay Press Agency"
    assert spelled_out("LBPA", "Lower Bay police arrested LBPA members") is None


def test_a_wire_under_its_short_name_is_the_source() -> None:
    documents = [
        report("p", paragraphs(WIRE, 0, 1, 2, 3), outlet="Valley Post", credits=(credit("Norvik", "agency"),)),
        report("w", WIRE, outlet="Norvik Wire", credits=(credit("Norvik", "agency"),)),
    ]
    found = derive(documents)
    edge = found.derivations[0]
    assert (edge.source, edge.target, edge.directed) == ("w", "p", True)
    assert [(origin.upstream, origin.seen) for origin in found.origins] == [("Norvik Wire", True)]


def test_persons_are_no_upstream() -> None:
    named = (credit("Ilka Marrow", "reporting"), credit("Jon Pask", "reporting"))
    found = derive([report("a", WIRE, outlet="Valley Post", credits=named)])
    assert [(origin.upstream, origin.seen) for origin in found.origins] == [(None, True)]


def test_an_acronym_is_what_the_page_spells_out() -> None:
    text = WIRE + "\nThe Andra Press Agency carried the report first.\n"
    found = derive([report("a", text, outlet="Valley Post", credits=(credit("APA", "agency"),))])
    assert [origin.upstream for origin in found.origins] == ["Andra Press Agency"]


def test_an_acronym_that_no_page_explains_stays_as_written() -> None:
    found = derive([report("a", WIRE, outlet="Valley Post", credits=(credit("APA", "agency"),))])
    assert [origin.upstream for origin in found.origins] == ["APA"]


@pytest.mark.parametrize("text", [PARAPHRASE, RETOLD])
def test_a_retelling_without_credit(text: str) -> None:
    documents = [
        report("a", WIRE, outlet="Norvik Wire", published="2031-03-04"),
        report("b", text, outlet="Valley Post", published="2031-03-05"),
        report("c", OTHER_DESK, outlet="Morning Lamp", published="2031-03-05"),
    ]
    found = derive(documents)
    edges = [(edge.source, edge.target, edge.directed) for edge in found.derivations if edge.kind == "paraphrase"]
    assert edges == [("a", "b", True)]
    assert found.origin_of["c"] != found.origin_of["a"]


def test_two_short_reports_of_one_event_are_two_witnesses() -> None:
    one = "Two men were shot dead at the Maldera depot on Tuesday, the army said. A third was wounded, doctors said."
    other = "The army said that two men died in a shooting on Tuesday at a depot in Maldera. It blamed the Red Lantern."
    found = derive([report("a", one, outlet="Norvik Wire"), report("b", other, outlet="Valley Post")])
    assert not found.derivations


def test_a_numbered_update_belongs_to_its_story() -> None:
    update = (
        paragraphs(WIRE, 0).replace("seven guards", "eleven guards")
        + "\nSurgeons at the clinic in Port Venn operated through the night on those hit in the crossfire.\n"
        + "\nParliament will debate the state of public granaries in a special sitting, its speaker announced.\n"
        + "\nThe railway stopped all freight on the eastern line until engineers have looked at two bridges.\n"
    )
    given = {"outlet": "Norvik Wire"}
    first = report("a", WIRE, published="2031-03-04", title="Raid on depot kills seven", **given)
    later = report("b", update, published="2031-03-05", title="UPDATE 2-Raid on depot kills eleven", **given)
    edge = derive([first, later]).derivations[0]
    assert (edge.source, edge.target, edge.kind) == ("a", "b", "paraphrase")


def test_source_credit_of_a_page_without_the_wire() -> None:
    found = derive([report("a", WIRE, outlet="Valley Post", credits=(source("Norvik Wire"),))])
    assert [(origin.upstream, origin.seen) for origin in found.origins] == [("Norvik Wire", False)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MALDERA, March 4 (Norwind) - Armed men stormed a depot.", "Norwind"),
        ("(Norwind) - Armed men stormed a depot.", "Norwind"),
        ("Maldera, 4 March (LBPA) Armed men stormed a depot.", "LBPA"),
        ("Guards (Norwind men among them) - Armed men stormed a depot.", None),
    ],
)
def test_a_dateline_names_an_agency_that_no_table_knows(text: str, name: str | None) -> None:
    found = [upstream.name for upstream in upstreams(report("a", text, outlet="Valley Post"))]
    assert found == ([name] if name else [])


def test_an_agency_that_a_page_names_as_its_own_is_not_its_outlet() -> None:
    own = (credit("Norwind Agency", "self"), credit("Valley Post and agencies", "self"))
    found = upstreams(report("a", WIRE, outlet="Valley Post", credits=own))
    assert [upstream.name for upstream in found] == ["Norwind Agency"]
    assert upstreams(report("a", WIRE, outlet="Norwind Agency", credits=own[:1])) == ()


def test_an_acronym_drawn_from_an_agencys_name() -> None:
    assert one_maker("NWA", "Norwind Agency")
    assert not one_maker("NWA", "Norwind Post")
    assert not one_maker("AFP", "Afghan Press")


@pytest.mark.parametrize(
    ("page", "credited"),
    [
        ("HEADLINES - By NPA\n\nRaiders burned the granary.", "NPA"),
        ("(From our Maldera office and NPA)\nRaiders burned the granary.", "NPA"),
        ("MALDERA, Tuesday, NPA - Raiders burned the granary, police said.", "NPA"),
        ("Raiders burned the granary.\n\nNORVIK PRESS AGENCY", "NORVIK PRESS AGENCY"),
        ("Posted without comment, via Norvik Press Agency\nRaiders burned the granary.", "Norvik Press Agency"),
        ("Raiders burned the granary. NPA, Maldera", "NPA"),
        ("Raiders of the NPA burned the granary and were seen near the river, police said on Monday.", None),
        ("Raiders burned the granary.", None),
    ],
)
def test_a_page_signs_for_its_maker_in_its_first_and_last_lines(page: str, credited: str | None) -> None:
    wire = report("w", "Raiders burned the granary.", outlet="Norvik Press Agency")
    assert credits_outlet(report("p", page, outlet="Valley Post"), wire) == credited


def test_a_makers_own_dispatch() -> None:
    assert is_dispatch(report("w", WIRE, outlet="Norvik Press Agency"))
    assert is_dispatch(report("w", "MALDERA (VP) - " + WIRE, outlet="Valley Post"))
    assert not is_dispatch(report("p", WIRE, outlet="Valley Post"))
    assert not is_dispatch(report("p", WIRE, outlet="Norvik Press Agency", credits=(source("Ashen Wire"),)))


@pytest.mark.parametrize(
    "name",
    [
        "agencies",
        "Staff and agencies",
        "wires",
        "wire services",
        "Our Correspondent",
        "News Desk",
        "Agencias",
        "the team",
    ],
)
def test_generic_bylines_name_nobody(name: str) -> None:
    page = report("p", PARAPHRASE, outlet="Valley Post", credits=(credit(name, "agency"), source("Norvik Wire")))
    assert [one.name for one in upstreams(page)] == ["Norvik Wire"]


def test_a_name_with_generic_words_is_a_name() -> None:
    page = report("p", PARAPHRASE, outlet="Valley Post", credits=(credit("Norvik News Agency", "agency"),))
    assert [one.name for one in upstreams(page)] == ["Norvik News Agency"]


def test_an_agencys_dispatch_has_nothing_from_a_third() -> None:
    dispatch = "MALDERA, March 4 (Norvik) - " + WIRE
    given = [
        report("w", dispatch, outlet="Norvik", published="2031-03-04"),
        report("p", dispatch, outlet="Valley Post", published="2031-03-05", credits=(credit("Ashen Press", "agency"),)),
        report("q", PARAPHRASE, outlet="Bell", published="2031-03-05", credits=(credit("staff and wires", "agency"),)),
    ]
    found = derive(given)
    (origin,) = found.origins
    assert (origin.upstream, origin.seen) == ("Norvik", True)
    assert {(edge.source, edge.target) for edge in found.derivations if edge.directed} >= {("w", "p"), ("w", "q")}


def test_two_notes_that_credit_each_other_are_one_witness() -> None:
    one = (
        "Harbour master Ilse Takor has been dismissed over the vanished barges, the Quay Courier reported on Friday."
        " She was told by telephone on her way to work, according to the Quay Courier. A captain will stand in for her."
    )
    other = (
        "Ilse Takor is no longer harbour master after barges went missing, the Lissan Mirror reported. The news reached"
        " her on the road in the morning, the Lissan Mirror said. Until spring the post goes to some officer."
    )
    given = [
        report("a", one, outlet="Lissan Mirror", published="2031-06-06"),
        report("b", other, outlet="Quay Courier", published="2031-06-06"),
    ]
    found = derive(given)
    assert len(found.origins) == 1
    assert [edge.directed for edge in found.derivations] == [False]
    uncredited = [msgspec.structs.replace(document, outlet="Bell") for document in given]
    assert len(derive(uncredited).origins) == 2


def test_another_outlet_named_in_a_quotation_ties_nothing() -> None:
    one = report("a", "“The Quay Courier reported lies about our nine boats,” said Ilse Takor.", outlet="Lissan Mirror")
    other = report("b", "Nine boats of Aster Lines lie at Lissan.", outlet="Quay Courier")
    assert len(derive([one, other]).origins) == 2


def test_a_fuller_page_that_credits_the_dispatch_is_not_its_source() -> None:
    dispatch = report("w", "MALDERA (Norvik) - " + WIRE, outlet="Norvik", published="2031-03-04")
    fuller = report("p", f"{WIRE}\n\n{OTHER_DESK}", credits=(credit("Norvik", "agency"),))
    (edge,) = derive([dispatch, fuller]).derivations
    assert (edge.source, edge.target, edge.directed) == ("w", "p", True)


def test_a_credit_to_a_third_says_nothing_of_two_texts() -> None:
    given = [
        report("a", WIRE, outlet="Valley Post", published="2031-03-04"),
        report("b", WIRE, outlet="Bell", published="2031-03-05", credits=(credit("Ashen Press", "agency"),)),
    ]
    (edge,) = derive(given).derivations
    assert not any("Ashen Press" in line for line in edge.evidence)
