"""A third set of short texts of our own: states side by side, states that are no more, one acronym of several bearers,
who belongs to whom, and what is told by the day."""

from __future__ import annotations

from .sentences import Case

WORLD_CASES: tuple[Case, ...] = (
    Case(
        "Thai and Cambodian troops exchanged fire near the temple. The French and German foreign ministers met.",
        (
            ("Thai", "Thai military", "THA", "MIL"),
            ("Cambodian troops", "Cambodian military", "KHM", "MIL"),
            ("French", None, "FRA", "GOV"),
            ("German foreign ministers", None, "DEU", "GOV"),
        ),
        published="2011-02-07",
    ),
    Case(
        "Macedonian helicopters fired on villages held by the NLA.",
        (("NLA", "National Liberation Army", "MKD", "REB"),),
        published="2001-05-04",
    ),
    Case(
        "Colombian soldiers clashed with the ELN near Arauca.",
        (("ELN", "National Liberation Army", "COL", "REB"),),
        published="2001-05-04",
    ),
    Case(
        "The FMLN laid down its arms in San Salvador, a minister in El Salvador said.",
        (("FMLN", "FMLN", "SLV", "REB"),),
        published="1991-12-20",
    ),
    Case(
        "The FMLN won the vote in El Salvador.",
        (("FMLN", "FMLN", "SLV", "PTY"),),
        published="2009-03-16",
    ),
    Case(
        "Moscow accused Vilnius of plotting. Soviet paratroopers took the tower.",
        (("Moscow", "Soviet Union", "SUN", "GOV"), ("Soviet paratroopers", None, "SUN", "MIL")),
        published="1991-01-14",
    ),
    Case(
        "Moscow accused Vilnius of plotting.",
        (("Moscow", "Russia", "RUS", "GOV"),),
        published="2014-01-14",
    ),
    Case(
        "Australia said John Howard would send an envoy. Benazir Bhutto's interior minister flew to Kandahar.",
        (("envoy", None, "AUS", "GOV"), ("interior minister", None, "PAK", "GOV")),
        published="1996-05-01",
    ),
    Case(
        "A spokesman for the Syrian army denied it, and the rebels' commander gave no answer.",
        (("spokesman", None, "SYR", "MIL"),),
        published="2013-05-01",
    ),
    Case(
        "Two patients were moved as police surrounded the Mexican embassy. A German helicopter was parked outside.",
        (("police", None, "*", "COP"),),
        ("Mexican embassy", "German helicopter"),
        published="2013-05-01",
    ),
    Case(
        "The LTTE's Arul Sivakumar met Mohamed ElBaradei of the IAEA. Rosa Quispe, 34, sold bread.",
        (
            ("Arul Sivakumar", "Arul Sivakumar", "LKA", "REB"),
            ("Mohamed ElBaradei", "Mohamed ElBaradei", None, "IGO"),
            ("Rosa Quispe", "Rosa Quispe", "*", "CVL"),
        ),
        published="2004-05-01",
    ),
    Case(
        "UN peacekeepers stood by as EU ministers argued. A UN envoy, Adama Kone, left.",
        (
            ("UN peacekeepers", "United Nations", None, "MIL"),
            ("UN envoy", None, None, "IGO"),
            ("Adama Kone", None, None, "IGO"),
        ),
        published="2004-05-01",
    ),
    Case(
        "Ban Ki-moon and Yoon Suk-yeol spoke.",
        (("Ban Ki-moon", "Ban Ki-moon", None, "IGO"),),
        published="2012-05-01",
    ),
)  # fmt: skip
