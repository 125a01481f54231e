"""Zones of time by their abbreviations."""

from __future__ import annotations

from datetime import date, timedelta

_BY_SEASON = frozenset({"et", "ct", "mt", "pt"})
# Hours from UTC of zones by their abbreviation. Several hours where the world uses the letters for several zones: such
# a zone is read only where the page's own date has one of them.
ZONES: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(("z", "utc", "gmt"), (0.0,)),
    **dict.fromkeys(("cet", "mez", "wat"), (1.0,)),
    **dict.fromkeys(("cest", "mesz", "eet", "sast", "cat"), (2.0,)),
    **dict.fromkeys(("eest", "msk", "trt", "eat", "aqst"), (3.0,)),
    **dict.fromkeys(("brt", "clst", "uyt", "wgst", "adt"), (-3.0,)),
    **dict.fromkeys(("edt", "bot", "vet", "clt", "gyt"), (-4.0,)),
    **dict.fromkeys(("pet",), (-5.0,)),
    **dict.fromkeys(("est", "cdt"), (-5.0,)),
    **dict.fromkeys(("mdt",), (-6.0,)),
    **dict.fromkeys(("pdt",), (-7.0,)),
    **dict.fromkeys(("irst",), (3.5,)),
    **dict.fromkeys(("aft",), (4.5,)),
    **dict.fromkeys(("gst", "azt"), (4.0,)),
    **dict.fromkeys(("pkt", "uzt", "tjt", "yekt"), (5.0,)),
    **dict.fromkeys(("kgt",), (6.0,)),
    **dict.fromkeys(("npt",), (5.75,)),
    **dict.fromkeys(("mmt",), (6.5,)),
    **dict.fromkeys(("wib", "ict"), (7.0,)),
    **dict.fromkeys(("hkt", "sgt", "awst", "wita", "myt", "pht", "irkt"), (8.0,)),
    **dict.fromkeys(("jst", "kst", "wit"), (9.0,)),
    **dict.fromkeys(("acst",), (9.5,)),
    **dict.fromkeys(("aest", "chst", "vlat"), (10.0,)),
    **dict.fromkeys(("aedt",), (11.0,)),
    **dict.fromkeys(("nzst",), (12.0,)),
    **dict.fromkeys(("nzdt",), (13.0,)),
    "wet": (0.0,),
    "west": (1.0,),
    "bst": (1.0, 6.0),
    "ist": (1.0, 2.0, 5.5),
    "idt": (3.0,),
    "cst": (-6.0, 8.0),
    "pst": (-8.0, 8.0),
    "ast": (-4.0, 3.0),
    "mst": (-7.0, 8.0),
    "et": (-5.0, -4.0),
    "ct": (-6.0, -5.0),
    "mt": (-7.0, -6.0),
    "pt": (-8.0, -7.0),
}


# What such letters mean in the countries that use them for their own time (IANA time zone database 2024b).
_AT_HOME: dict[str, dict[str, float]] = {
    "ast": {
        **dict.fromkeys(("CA", "PR", "VI", "DM", "BB", "TT", "LC", "GD", "BM"), -4.0),
        **dict.fromkeys(("SA", "IQ", "KW", "BH", "QA", "YE"), 3.0),
    },
    "bst": {"GB": 1.0, "BD": 6.0},
    "cst": {**dict.fromkeys(("US", "CA", "MX", "BZ", "CR", "GT", "HN", "NI", "SV"), -6.0), "CN": 8.0, "TW": 8.0},
    "ist": {"IE": 1.0, "IL": 2.0, "IN": 5.5},
    "mst": {"US": -7.0, "CA": -7.0, "MX": -7.0, "MY": 8.0},
    "pst": {"US": -8.0, "CA": -8.0, "MX": -8.0, "PH": 8.0},
}


def is_summer(day: date) -> bool:
    """Whether North American clocks are an hour on: from March's second Sunday to November's first (since 2007)."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    begins = march + timedelta(days=(6 - march.weekday()) % 7)
    ends = november + timedelta(days=(6 - november.weekday()) % 7)
    return begins <= day < ends


def only_offset(name: str, day: date, country: str | None = None) -> str | None:
    """The offset ("+05:30") on a day of a zone whose abbreviation the world uses for no other ("ET" is of summer or of
    winter), or whose abbreviation is that country's (ISO 3166 alpha-2) for its own time; None for any other name."""
    hours = ZONES.get(name.lower(), ())
    if country and (own := _AT_HOME.get(name.lower(), {}).get(country)) is not None:
        hours = (own,)
    if name.lower() in _BY_SEASON:
        hours = hours[1:] if is_summer(day) else hours[:1]
    if len(hours) != 1:
        return None
    minutes = round(abs(hours[0]) * 60)
    return f"{'-' if hours[0] < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
