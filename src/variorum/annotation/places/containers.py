"""What the text says that contains each place: "Goma, Congo", "a town in eastern Togo", "the Lebanese city of X"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Document, Syntax

from .evidence import POSSESSIVE, Context, capital, of_envoy
from .names import Lookup
from .options import PlaceOptions

_APPOSED = 12  # tokens between a place and what an apposition says it lies in


class Spot(NamedTuple):
    """Characters ``[start, end)`` that name a place; tokens ``[first, last)``, both -1 outside the parsed blocks.
    `name` is what to look up, `kinds` what the words call for, `within` the place that contains it as the text says:
    an index into the same list (`firm` where by more than a comma), and `division` a division's GeoNames id if an
    abbreviation names it. `country` is the one whose adjective describes it ("the Lebanese city of"). `envoy`: it only
    says for whom a person speaks ("US envoy")."""

    start: int
    end: int
    first: int
    last: int
    name: str
    label: str
    kinds: tuple[str, ...] = ()
    within: int | None = None
    division: int | None = None
    adjective: bool = False
    firm: bool = False
    country: str | None = None
    envoy: bool = False


class Containers(Context):
    """One document's spots, `spots`, and what contains them."""

    def __init__(self, document: Document, syntax: Syntax, lookup: Lookup, options: PlaceOptions) -> None:
        super().__init__(document, syntax, lookup, options)
        self.spots: list[Spot] = []

    def contained(self) -> list[Spot]:
        """The spots in text order, each with the one that the text says contains it."""
        self.spots.sort(key=lambda spot: spot.start)
        return [self.placed(number) if not spot.adjective else spot for number, spot in enumerate(self.spots)]

    def placed(self, number: int) -> Spot:
        """A spot with all that the text says of where it lies."""
        spot = self.spots[number]
        if spot.first < 0:
            return spot._replace(within=self.filed_within(number))
        within = self.container_of(number)
        return spot._replace(
            within=within,
            firm=within is not None and (within < number or self.gap(number, within) != [","]),
            division=self.division_of(spot),
            country=self.described(spot),
            envoy=of_envoy(self.syntax, spot.last - 1),
        )

    def filed_within(self, number: int) -> int | None:
        """The place after the comma of a dateline that is not parsed: "GOMA, Congo –"."""
        if number + 1 >= len(self.spots) or self.spots[number + 1].label != "dateline":
            return None
        between = self.text[self.spots[number].end : self.spots[number + 1].start]
        return number + 1 if between.strip() == "," else None

    def described(self, spot: Spot) -> str | None:
        """The country of the adjective in "the Lebanese city of X", "the Nigerian town X", "Iranian city X"."""
        at = spot.first - 1
        if at >= self.starts[spot.first] and self.tokens[at].text.lower() == "of":
            at -= 1
        low = max(self.starts[spot.first], at - 3)
        if at < low or self.tokens[at].lemma.lower() not in self.lexicon.classes:
            return None
        for i in range(at - 1, low - 1, -1):
            token = self.tokens[i]
            if capital(token) and (found := self.lookup.adjective(token.text)):
                return found[0].place.country
            if token.pos not in ("ADJ", "NOUN", "PUNCT", "PROPN", "VERB", "ADV"):
                return None
        return None

    def division_of(self, spot: Spot) -> int | None:
        """The GeoNames id of the division after a comma that an abbreviation names: "Salem, Ore."."""
        comma, follows, dot = (self.after(spot.last, n) for n in range(3))
        if comma is None or comma.text != "," or follows is None:
            return None
        found = self.lookup.division(follows.text)
        return self.lookup.division(follows.text + ".") if found is None and dot and dot.text == "." else found

    def container_of(self, number: int) -> int | None:
        """ "Goma, Congo"; "Goma in Congo"; "the province of X, in Congo"; "Chile's Araucania"."""
        spot = self.spots[number]
        gap = self.gap(number, number + 1)
        if self.holds(number, gap):
            return None
        if self.apposed_in(number):
            return number + 1
        if gap == [","] or (gap and gap[0] != "the" and self.small(gap) in (["in"], ["of"])):
            owned = self.gap(number + 1, number + 2)  # "Baga, in Nigeria's Borno state"
            return number + 1 + (len(owned) > 0 and owned[0] in POSSESSIVE and not self.small(owned[1:]))
        gap = self.gap(number - 1, number)
        if self.holds(number - 1, gap):
            return number - 1
        if gap and gap[0] in POSSESSIVE and spot.first >= 0 and self.small(gap[1:]) in ([], ["of"]):
            return number - 1
        return None

    def apposed_in(self, number: int) -> bool:
        """Whether an apposition puts a spot into the next: "Paris, a small town in southern Togo"."""
        first = self.spots[number].last
        last = self.spots[number + 1].first if number + 1 < len(self.spots) else -1
        if first < 1 or not first + 4 <= last <= first + _APPOSED or self.limits[first - 1] != self.limits[last]:
            return False
        comma, article, *rest = self.tokens[first:last]
        while rest and (rest[-1].text.lower() in self.lexicon.directions or rest[-1].text.lower() in ("the", "of")):
            rest.pop()
        if comma.text != "," or article.text.lower() not in ("a", "an") or len(rest) < 2 or rest[-1].text != "in":
            return False
        *before, noun = rest[:-1]
        kinds = self.lexicon.classes.get(noun.lemma.lower(), ())
        return bool(kinds) and all(token.pos in ("ADJ", "ADV", "NOUN", "PROPN", "VERB", "PUNCT") for token in before)

    def holds(self, number: int, gap: Sequence[str]) -> bool:
        """Whether a country or division contains the next spot: "the Florida city of St. Petersburg"."""
        if len(gap) != 2 or gap[1] != "of" or "city" not in self.lexicon.classes.get(gap[0], ()):
            return False
        return any(
            hit.rank == 0 and hit.place.kind in ("country", "admin1")
            for hit in self.lookup.exact(self.spots[number].name)
        )

    def gap(self, one: int, other: int) -> list[str]:
        """The words between two spots of one sentence, seven at most; empty where there are none or more."""
        if one < 0 or other >= len(self.spots):
            return []
        first, last = self.spots[one].last, self.spots[other].first
        if last < 0 or first < 0 or not first < last <= first + 7 or self.limits[first - 1] != self.limits[last]:
            return []
        return [self.tokens[i].text.lower() for i in range(first, last)]

    def small(self, gap: Sequence[str]) -> list[str]:
        """A gap's words without articles, commas, class words and directions."""
        idle = self.lexicon.directions
        return [
            word
            for word in gap
            if word not in ("the", ",")
            and word not in idle
            and word not in self.lexicon.classes
            and word[-4:] != "most"
        ]
