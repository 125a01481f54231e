"""English notices of corrections, in the forms that newspapers and agencies give them; and lines that are none."""

from __future__ import annotations

import pytest

from variorum.documents.notice_forms import is_notice_label, opens_notice
from variorum.documents.wording import kind_by_words, plain

from .making import document, texts

NOTICES = """\
Correction, 9 May: The ferry sank near Kesh, not near Ostrava.
Corrections: The bridge is 40 metres long. The mayor's name is Harl.
Correction (9 May 2031, 14:20 GMT): the toll is seven.
Clarification, May 9, 2031 — The envoy spoke for himself.
A correction: the village is north of the river.
Correction & clarification: The fort was shelled on Sunday.
CORRECTION – In yesterday's report the general was named wrongly.
Correction to “Fort left by garrison”: the garrison numbered 90.
• Correction: the shells fell on Sunday.
**Correction:** The shells fell on Sunday.
[Correction: the shells fell on Sunday.]
A previous version of this article misstated the age of the pilot.
Previous versions of this story gave the wrong name of the ship.
In an earlier version of this report, the governor was called a general.
The original headline of this story said nine had died.
An earlier version of our live page said the port was closed.
An initial version of this dispatch said that the bridge had fallen.
The first version of the story misspelled the captain's name.
An earlier headline on this story misstated the number of the dead.
This article was corrected on 9 May 2031 because the strike was on Sunday.
This story has since been clarified to make plain who spoke.
This piece was edited on 10 May to remove an incorrect figure.
This article was updated on 9 May 2031 to correct the spelling of Harl.
This report has been revised to reflect the correct date of the raid.
This post has been updated with a correction about the toll.
This story was changed at 14:05 to say that seven people died, not nine.
This version of the story corrects the name of the village.
This article originally stated that nine had died; seven did.  That was incorrect.
The headline on this article has been corrected.
The headline and first paragraph of this story have been corrected to say the raid was on Sunday.
A caption with this article misidentified the minister.
A map accompanying this article wrongly placed the fort on the west bank.
Because of an editing error, an earlier article gave the wrong date.
Due to a translation mistake, this story misquoted the envoy.
Editors’ note: A previous version of this story named the wrong unit.
Editor's Note, 9 May: This article has been amended to remove a name.
Update (9 May): An earlier version of this article named the wrong village.
Note to readers: this story was updated to fix the date.
We previously reported that nine people died. That was wrong; seven did.
We incorrectly reported that the fort had fallen.
We regret the error.
(Corrects spelling of general's name in paragraph 4)
(Corrects day of attack to Sunday from Monday)
(Refiles to correct dateline)
(This 9 May story has been corrected to say seven, not nine, in the lead)
(This story corrects paragraph 5 to say the pilot is 31)
(In May 9 story, corrects the name of the river)
(Clarifies in third paragraph that the bridge is closed)
Corrects paragraph 3 to say seven soldiers.
An error in an earlier version of this article has been fixed.
An earlier version of a photo caption with this story misidentified the mayor.
The headline was amended on 9 May to give the right day.
Please note that this article was corrected on 9 May.
In our report of 9 May we said nine soldiers had died. The number was wrong.
Our story on the raid wrongly named the general.
This story was updated on 9 May. An earlier version said nine had died.
The name of the village in this article has been corrected.
Story corrected on 9 May to give the right age of the pilot.
Updated to correct the name of the river.
This article has been corrected: the original said nine soldiers.""".splitlines()

NO_NOTICES = """\
The defence ministry corrected its figure to seven on Tuesday.
The army on Monday corrected an earlier report that nine had died.
Update: seven people are now known to have died in the raid.
UPDATE 14:05 GMT: The governor has lifted the curfew.
Updated 9 May 2031 14:05 GMT
This article was updated at 14:05 GMT.
This story has been updated with comment from the army.
This article was updated on 9 May 2031 to add the mayor's statement.
This story has been updated to reflect the latest toll.
This report was prepared by the desk in Kesh.
The original version of the bill banned all trade, the speaker said.
An earlier version of the peace plan was rejected by the rebels in March.
The first version of events told by the police was that the van had turned.
Corrections officers found a tunnel under the eastern wall.
A market correction wiped out a tenth of the price of copper.
Clarification was sought from the ministry, which did not answer.
The headline inflation figure was corrected to 4 percent.
Editor's note: This is the first of three reports from the delta.
Note: all times are local.
We previously met the captain in March, when the port was open.
We apologised to the families, the colonel said.
He regrets the error, his lawyer told the court.
The previous report by the envoy said the camp held 900 people.
The report said that nine people had been killed by mistake.
Because of an error by the pilot, the helicopter landed in the river.
This version was denied by the tribe's elders.
Earlier reports of a second blast were wrong, the police said.
Our reporter in Kesh was held for two hours and then freed.""".splitlines()

REPORT = (
    "<h1>Fort left by its garrison</h1><p>The garrison of the upper fort left it on Sunday after two days of shelling,"
    " the ministry said.</p><p>Seven soldiers were killed and eleven wounded, a doctor in Kesh said by telephone.</p>"
    "<p>The rebels did not say how many of theirs had died, and the road to the fort was still closed.</p>"
)


@pytest.mark.parametrize("line", NOTICES)
def test_a_notice_is_known_by_its_opening(line: str) -> None:
    assert opens_notice(plain(line))
    assert kind_by_words(plain(line)) == "correction"


@pytest.mark.parametrize("line", NO_NOTICES)
def test_what_others_correct_and_what_is_updated_is_no_notice(line: str) -> None:
    assert not opens_notice(plain(line))
    assert kind_by_words(plain(line)) != "correction"


def test_a_notice_in_a_page_is_marked_and_read() -> None:
    notice = (
        "Editor's note, 11 May: A previous version of this story said that nine soldiers were killed. It was seven."
    )
    made = document(f"<article>{REPORT}<p><em>{notice}</em></p></article>", "text/html")
    assert texts(made, "correction") == [notice]
    (found,) = made.corrections
    assert found.url is None
    assert found.title is None
    assert found.was is not None
    assert found.now is not None
    assert found.was.of(made.text) == "nine"
    assert found.now.of(made.text) == "seven"


def test_the_paragraph_under_a_label_is_the_notice() -> None:
    for label in ("Correction", "Corrections and clarifications", "Clarification, 11 May 2031", "CORRECTION:"):
        assert is_notice_label(label)
        told = "The captain's name was misspelled; it is Harl."
        made = document(f"<article>{REPORT}<p><b>{label}</b></p><p>{told}</p></article>", "text/html")
        assert texts(made, "correction") == [told]
    assert not is_notice_label("Corrections officer")
    crosshead = f"<article>{REPORT}<h3>Clarification</h3><p>The envoy asked for a meeting on Monday.</p></article>"
    assert texts(document(crosshead, "text/html"), "correction") == []


def test_what_only_says_that_it_was_wrong_is_not_what_is_right() -> None:
    notice = "We previously reported that nine soldiers had died. This was wrong. Seven soldiers died."
    made = document(f"<article>{REPORT}<p>{notice}</p></article>", "text/html")
    (found,) = made.corrections
    assert found.now is not None
    assert found.now.of(made.text) in {"Seven", "Seven soldiers", "Seven soldiers died"}


def test_the_title_of_the_piece_may_stand_with_its_day_and_page() -> None:
    notice = (
        "Correction: An article on the closing of the bridge (Bridge shut for winter, 9 May, p3) said that it was its"
        " third winter. It is the second."
    )
    made = document(f"<article>{REPORT}<p>{notice}</p></article>", "text/html")
    assert [each.title for each in made.corrections] == ["Bridge shut for winter"]
