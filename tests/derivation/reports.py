"""Mini reports of invented incidents by invented outlets, as the tests of derivation use them."""

from __future__ import annotations

import re
from typing import Any

from variorum.records import Block, Credit, Document


def unwrapped(text: str) -> str:
    """One line a paragraph."""
    return re.sub(r"(?<!\n)\n(?=[^\n])", " ", text)


WIRE = unwrapped("""\
Armed men stormed a grain depot outside the river town of Maldera before dawn on Tuesday and killed at least
seven guards, the district governor said.

The attackers arrived on motorcycles from the eastern bank and cut the telephone line before they opened fire,
Governor Ilse Takor told reporters at the gate of the depot.

Two trucks loaded with seed were driven away towards the Ashen hills, where the Red Lantern movement has kept
camps since last autumn.

“Those who did this have taken bread from every child in the valley, and we will follow them to the last cave,”
the interior ministry said in a statement.

Nobody claimed the raid, the third on a public store in the province this year, and the army sent a company from
the garrison at Port Venn to guard the road.

Farmers said the loss of the seed would delay planting by weeks, because the next shipment is due only when the
river falls.
""")

OTHER_DESK = unwrapped("""\
Gunfire woke families in Maldera early on Tuesday as raiders broke into the state granary there.

Our correspondent saw seven coffins carried from the clinic at noon. A baker, Jon Pell, said he hid beneath his
oven for an hour while bullets hit the shutters of his shop.

The raid comes amid anger over rising flour prices, which doubled in March after a drought that hydrologists
call the worst in forty years.

“Those who did this have taken bread from every child in the valley, and we will follow them to the last cave,”
the interior ministry said in a statement.

Opposition deputies demanded that parliament meet on Thursday to question the minister about patrols withdrawn
from the valley in spring.
""")

UNRELATED = unwrapped("""\
The harbour council of Lissan approved a new ferry timetable on Wednesday after months of complaints from island
commuters.

From June, boats will leave every forty minutes instead of hourly, and a night service will be tried on
Saturdays, councillor Mara Quint said.

Shopkeepers on the smaller islands welcomed the decision but asked for lower fares for pensioners and pupils.
""")

PARAPHRASE = unwrapped("""\
At least seven guards died when gunmen overran a grain depot near Maldera, a town on the river, before sunrise
on Tuesday, according to the governor of the district.

Governor Ilse Takor said the men, who came on motorcycles from the eastern bank, had severed the telephone line
before they began shooting.

They drove off two trucks full of seed in the direction of the Ashen hills, in which the Red Lantern movement
has had its camps since autumn.

There was no claim for the raid, which was the province's third on a public store this year; a company of the
army from the Port Venn garrison now guards the road.

Planting would be delayed for weeks by the loss of the seed, farmers said, as another shipment cannot come
before the river falls.
""")

FURNITURE = """\
Share this story on Facebook
Follow us on Twitter
Read more: Ten roads to the sea
Leave a Reply
Your email address will not be published. Required fields are marked *
"""


def report(id_: str, text: str, **fields: Any) -> Document:
    """A document of which every line is body, as a reader of plain text without marks would give it."""
    blocks = tuple(Block(start=m.start(), end=m.end(), kind="body") for m in re.finditer(r"\S[^\n]*", text))
    given: dict[str, Any] = {"page": id_, "source": f"{id_}.txt", "language": "en", "blocks": blocks, **fields}
    return Document(id=id_, text=text, **given)


def source(name: str) -> Credit:
    return Credit(name=name, role="source", span=None, found_in="credit line")


def paragraphs(text: str, *which: int) -> str:
    """Some paragraphs of a text, by number."""
    parts = text.strip().split("\n\n")
    return "\n\n".join(parts[i] for i in which) + "\n"
