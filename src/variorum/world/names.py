"""How names of the world are compared: a plain key for equal names, a looser one for transliterations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = {
    ord(c): None for c in "'’‘ʼʻ`´ʿʾ′.\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
}
_SPACED = {ord(c): " " for c in "-‐‑‒–—/_,\u00a0"}
_ASCII = str.maketrans({"'": None, "`": None, ".": None, "-": " ", "/": " ", "_": " ", ",": " ", "&": " and "})
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ə": "a"}
)
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The key under which equal names meet: case, accents, apostrophes, full stops, hyphens and a leading "the" do not
    count ("Sanaʽa" is "Sana'a", "U.S." is "us", "Guinea-Bissau" is "guinea bissau"). May be empty."""
    if name.isascii():
        plain = " ".join(name.translate(_ASCII).lower().split())
        return plain.removeprefix("the ") or plain
    folded = unicodedata.normalize("NFKD", name.translate(_DROPPED).translate(_SPACED).replace("&", " and ").casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Lm")
    plain = _SPACES.sub(" ", plain.lower().translate(_LETTERS)).strip()  # letters in bold have their case left
    return plain.removeprefix("the ") or plain


# Spellings of one sound in romanisations of Arabic, Persian, Urdu, Pashto, Cyrillic, Chinese and Indic names, in the
# order in which they are applied. The key is for comparing, not for reading.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\b(?:al|el|ul|as|ash|at|ar|ad|an|az)\s+(?=\w{3})", ""),  # the Arabic article, assimilated or not
        (r"\b(?:and|va|wa|o|e|i|y|et|und)\b", ""),
        (r"(?:tch|tsch|cz)", "c"),
        (r"(?:ch|sh|sch|zh|kh|gh|dh|th|ph)", lambda m: {"ph": "f", "gh": "g", "kh": "k"}.get(m[0], m[0][0])),
        (r"(?:ck|q)", "k"),
        (r"(?:ou|oo|uu)", "u"),
        (r"(?:ee|ii|ie|iy|yy|ij)", "i"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"y", "i"),
        (r"j", "i"),
        (r"e", "i"),
        (r"o", "u"),
        (r"ai|ei", "i"),
        (r"h\b|(?<=[aiu])h(?=[^aiu]|\b)", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=16_384)
def sound_key(name: str) -> str:
    """A key that spellings of one name in different romanisations share ("Kazakstan" and "Kazakhstan", "Kharkov"
    stays apart from "Kharkiv"). Different names share keys too, so a caller must ask for more (a country, a kind)."""
    key = name_key(name)
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key.replace(" ", "")


# Sounds that romanisations of one name interchange, by the letters of `sound_key`.
_EXCHANGED = tuple(map(frozenset, ("aiu", "gk", "vbf", "dt", "szi")))
_LEAST, _LEAST_CHANGED = 4, 6  # letters of names that are compared, equal and with one letter changed


def alike(one: str, other: str) -> bool:
    """Whether two spellings may be of one name: equal in sound, or but for one sound that romanisations interchange
    ("Zelensky" and "Zelenskyy", "Gaddafi" and "Kadhafi"; not "Karimov" and "Karimova", who are two persons)."""
    a, b = sound_key(one), sound_key(other)
    if a == b:
        return len(a) >= _LEAST and (one[-1:] in "aA") == (other[-1:] in "aA")
    if len(a) != len(b) or len(a) < _LEAST_CHANGED:
        return False
    changed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(changed) == 1 and any(set(changed[0]) <= sounds for sounds in _EXCHANGED)
