"""Spots: the spans of a text that name places, with what the words about them say.

The model's spans are good and its types are weak on names that English texts seldom hold, so a span is a place by the
sum of its evidence: the model's type, the gazetteer, the words before and after, the same name elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from variorum.records import Document, Entity, Syntax, Token
from variorum.world.actors import ActorLexicon, NamedActor
from variorum.world.gazetteer import Hit
from variorum.world.given_names import likely_gender
from variorum.world.names import name_key
from variorum.world.nouns import find_noun, singulars

from .away import away
from .containers import Containers, Spot
from .evidence import DASHES, LARGE, POSSESSIVE, capital, leanings
from .names import Lookup
from .options import PlaceOptions

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_SKIPPED_FRONT = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "all", "both"})
_MEASURED_FROM = ("city", "country", "region", "site")  # one counts kilometres from a town, not from its province
_LONGEST = 5  # tokens of a name that the model did not mark
_KNOWN = {
    "country": 1.5,
    "union": 1.5,
    "admin1": 0.5,
    "region": 0.5,
    "site": 0.5,
    "de facto state": 1.0,
}  # what a kind or type of place counts as evidence
_NEARBY = 1.25  # what a town in a country of the text counts as evidence; the corpora are level from 1 to 1.5
_KNOWN_TOWN = 10_000  # people that such a town has
_TOWN = 100_000  # people of a town that texts may well call by a name that is not its first
_ARMED = frozenset({"REB", "PRM", "UAF"})  # the first sectors of those who bear arms for no state
_PART = re.compile(r"(?:(?!\s[-–—]|[,;:/|()–—]).)+", re.DOTALL)  # of a dateline


def _coined(name: str) -> bool:
    """Whether a name that no source has is written as firms' and bodies' are: "DeltaTrak", "SEAI"."""
    return " " not in name and (
        re.search(r"[a-z][A-Z]", name.removeprefix("Mc").removeprefix("Mac")) is not None
        or (len(name) > 2 and name.isalpha() and name.isupper())
    )


class _Finder(Containers):
    def __init__(self, document: Document, syntax: Syntax, lookup: Lookup, options: PlaceOptions) -> None:
        super().__init__(document, syntax, lookup, options)
        self.armed = self.armed_names()

    def armed_names(self) -> list[int]:
        """For each token the number, from 1, of the armed group in whose attested name it stands: no "Arakan" is told
        of in "the Arakan Army". 0 for others; groups of one word are left out."""
        lexicon = ActorLexicon.load()
        found = [0] * len(self.tokens)
        for i, token in enumerate(self.tokens):
            longest = lexicon.longest.get(name_key(token.text), 0) if self.capitals[i] and not found[i] else 0
            for last in range(min(self.limits[i], i + longest + 1), i + 1, -1):
                key = name_key(self.words(i, last)) if self.capitals[last - 1] else ""
                meanings = lexicon.meanings(key) if lexicon.known(key) else ()
                if meanings and isinstance(meanings[0].of, NamedActor) and meanings[0].of.sectors[0] in _ARMED:
                    found[i:last] = [i + 1] * (last - i)
                    break
        return found

    # --- the model's places ----------------------------------------------------------------------------------

    def entities(self) -> None:
        for entity in self.syntax.entities:
            if entity.label in PLACE_LABELS:
                for first, last in self.parts(entity.first, entity.last):
                    self.take(first, last, entity.label)

    def parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """A span of the model's cut at commas, without articles, possessives and punctuation."""
        start = first
        for i in range(first, last + 1):
            if i == last or self.tokens[i].text in (",", ";", "(", ")", "/") or self.spaced_dash(i):
                a, b = self.trimmed(start, i)
                if a < b:
                    a, b = self.whole(a, b)
                    yield self.known_part(a, b)
                start = i + 1

    def whole(self, first: int, last: int) -> tuple[int, int]:
        """The longest known name around a span of the model's that stops within a name: "Kabardino" of
        "Kabardino-Balkaria", "Trinidad" of "Trinidad and Tobago"."""
        low, high = max(self.starts[first], first - 2), min(self.limits[first], last + 4)
        for a in range(low, first + 1):
            for b in range(high, last - 1, -1):
                if (a, b) == (first, last) or any(self.taken[a:b]) or not capital(self.tokens[a]):
                    continue
                if self.tokens[a].text.lower() == "the" and not self.with_article(a, b):
                    continue  # "The Minsk agreements", but "The Hague"
                if capital(self.tokens[b - 1]) and any(hit.rank <= 1 for hit in self.lookup.exact(self.words(a, b))):
                    return a, b
        return first, last

    def with_article(self, first: int, last: int) -> bool:
        """Whether the article that a name begins with is a part of it."""
        return any(hit.place.name.lower().startswith("the ") for hit in self.lookup.exact(self.words(first, last)))

    def known_part(self, first: int, last: int) -> tuple[int, int]:
        """A longer name that is not known and names no facility, cut to the known place in it: "Santa Ana" of "Santa
        Ana City Council", "Dublin" of "Historic Dublin"."""
        if last - first < 2 or self.lookup.any(self.words(first, last))[0]:
            return first, last
        if self.tokens[last - 1].text.lower().rstrip(".") in self.lexicon.classes:
            return first, last
        for end in range(last - 1, first, -1):
            if self.tokens[end].text.lower().rstrip(".") in self.lexicon.civic and self.own(first, end):
                return first, end
        for start in range(first + 1, last):
            if self.famous(self.words(start, last)):
                return start, last
        return first, last

    def spaced_dash(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text in DASHES and self.text[token.start - 1 : token.start].isspace()

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        while first < last and (
            self.tokens[first].text.lower() in _SKIPPED_FRONT or not self.tokens[first].text[0].isalnum()
        ):
            first += 1
        while first < last and (
            self.tokens[last - 1].text in ("'s", "’s", "'", "’", "the")
            or not any(c.isalnum() for c in self.tokens[last - 1].text)
        ):
            last -= 1
        if (
            last - first > 1
            and self.tokens[first].text.lower() in self.lexicon.directions
            and not self.lookup.exact(self.words(first, last))
            and self.famous(self.words(first + 1, last))
        ):
            first += 1
        while last - first > 1 and not capital(self.tokens[last - 1]) and not self.tokens[last - 1].text[0].isdigit():
            if self.lookup.exact(self.words(first, last)):  # "Côte d'Ivoire"
                break
            last -= 1
        while first < last and not capital(self.tokens[first]) and not self.tokens[first].text[0].isdigit():
            first += 1
        return first, last

    def take(self, first: int, last: int, label: str) -> None:
        """Make a spot of the tokens, unless they are taken or, by what stands about them, no place."""
        if any(self.taken[first:last]) or self.armed[first]:
            return
        name = self.words(first, last)
        if label in PLACE_LABELS and not self.placelike(first, last, name, label):
            return
        if name in self.lexicon.adjectives or name[-1] in DASHES:
            return
        if label not in PLACE_LABELS and self.of_people(name) and not self.class_after(last):
            return  # "Thai police", whatever town is called so
        if last - first == 1 and self.peopled(name) and not self.container_after(last):
            return
        after = self.after(last)
        if after is not None and after.lemma.lower() in self.lexicon.eponyms and after.pos in ("NOUN", "PROPN"):
            return
        self.taken[first:last] = b"\x01" * (last - first)
        areas = [hit.place for hit in self.lookup.exact(name)[:1] if hit.place.kind in ("country", "admin1")]
        self.named.setdefault(self.starts[first], []).extend(areas)
        kinds = self.class_after(last) or self.class_before(first) or self.explained(last)
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        if (
            not kinds
            and (off := away(self.text, start, area=False)).kilometres is not None
            and off.relation != "within"
        ):
            kinds = _MEASURED_FROM
        self.spots.append(Spot(start, end, first, last, name, label, kinds))

    def placelike(self, first: int, last: int, name: str, label: str) -> bool:
        """Whether a span that the model calls a place is one."""
        if label != "GPE" and self.titled(first):
            return False
        if name.lower() in self.lexicon.never or not any(c.isalpha() for c in name):
            return False
        if self.of_people(name):
            return False
        if self.kin_follows(last):
            return False
        if last - first == 1 and name in self.people and self.evidence(first, last) < self.options.least:
            return self.famous(name)
        if last - first == 1 and self.people_noun(first, name):
            return False
        if label == "GPE" and not self.lookup.any(name)[0]:
            if _coined(name) and not self.shouted(first, last):
                return False
            return self.evidence(first, last) >= self.options.least / 2 and name not in self.people
        if label == "FAC" and not self.lookup.any(name)[0]:
            named = self.tokens[last - 1].text.lower().rstrip(".") in self.lexicon.classes
            return named and not name[0].isdigit() and self.evidence(first, last) >= self.options.least / 2
        return True

    def of_people(self, name: str) -> bool:
        """Whether a name is a state's people or its adjective, and no state's name."""
        return self.states.of_people(name) is not None and self.states.named(name) is None

    def peopled(self, name: str) -> bool:
        """Whether a name is first that of a people or believers, or a state's adjective: "Arab leaders", whatever a
        small town or a parish is called."""
        if name.lower() not in self.lexicon.peoples and self.states.of_people(name) is None:
            return False
        return not any(
            hit.place.kind in ("country", "region") or hit.place.population >= _TOWN for hit in self.lookup.exact(name)
        )

    def people_noun(self, i: int, name: str) -> bool:
        """Whether a sentence's first word is a class word or, where no place is called so, a noun of people."""
        if i != self.starts[i]:
            return False
        if any(word in self.lexicon.classes for word in singulars(name.lower())):
            return True  # "Villages burned", whatever Florida has
        if self.lookup.exact(name):
            return False
        noun = find_noun(name.lower())
        return noun is not None and (noun.sort in ("person", "group") or noun.person_sense == 1)

    # --- names that the model did not call places --------------------------------------------------------------

    def scan(self) -> None:
        """Names that the gazetteer knows and the words about them make places."""
        i = 0
        while i < len(self.tokens):
            step = 1
            token = self.tokens[i]
            if self.capitals[i] and not self.taken[i] and token.text[:1].isalpha():
                last = self.known_from(i)
                if last:
                    self.take(i, last, self.label(i) or "name")
                    step = last - i
            i += step

    def known_from(self, first: int) -> int:
        """The end of the longest name of a place that begins at token `first` and has evidence enough; else 0."""
        entity = self.syntax.entities[self.entity[first]] if self.entity[first] >= 0 else None
        for last in range(min(self.limits[first], first + _LONGEST), first, -1):
            if not self.capitals[last - 1] or any(self.taken[first:last]):
                continue
            name = self.words(first, last)
            if self.tokens[first].text.lower() == "the" and not self.with_article(first, last):
                continue
            hits = () if self.ordinary(name) else self.lookup.exact(name)
            if not hits or not self.alone(first, last, entity):
                continue
            least = self.options.least + (1.0 if entity is not None and entity.label == "PERSON" else 0.5)
            if self.evidence(first, last) + self.renown(name, hits) + self.nearby(name, hits) >= least:
                return last
        return 0

    @cached_property
    def told(self) -> frozenset[str]:
        """The countries (alpha-2) that the text tells of: by name, as the model sees it, or by an adjective."""
        names = {spot.name for spot in self.spots if spot.label in PLACE_LABELS}
        found = {
            hit.place.country for name in names for hit in self.lookup.exact(name)[:1] if hit.place.kind == "country"
        }
        leaning = leanings(self.syntax, self.lookup)
        return frozenset({*leaning.lands, *leaning.envoys, *(country for country in found if country)})

    def nearby(self, name: str, hits: Sequence[Hit]) -> float:
        """What speaks for a town or division of the countries that a text tells of, whose name is no person's."""
        near = any(
            hit.rank == 0 and hit.place.country in self.told and (hit.place.population >= _KNOWN_TOWN)
            for hit in hits
            if hit.place.kind in ("city", "admin1")
        )
        return _NEARBY if near and not self.personal(name) else 0.0

    def personal(self, name: str) -> bool:
        """Whether a name is a given name, or the surname of somebody in the lexicon or the text."""
        if name in self.people or likely_gender(name) is not None:
            return True
        return bool(ActorLexicon.load().surnamed(name, top=False))

    def alone(self, first: int, last: int, entity: Entity | None) -> bool:
        """Whether a name is whole: not a part of an entity's or of a longer row of capitalised words."""
        if entity is not None and entity.label not in PLACE_LABELS:
            return self.inside(first, last, entity)
        before, after = self.before(first), self.after(last)
        if after is not None and capital(after) and after.text.isalpha():
            return after.lemma.lower() in self.lexicon.classes
        return before is None or not capital(before) or not before.text.isalpha() or before.i == self.starts[first]

    def renown(self, name: str, hits: Sequence[Hit]) -> float:
        """What the gazetteer itself says for a name being a place's."""
        known = max(
            _KNOWN.get(hit.place.type, _KNOWN.get(hit.place.kind, 0.5 if hit.place.population >= LARGE else 0.0))
            for hit in hits
        )
        large = any(hit.place.population >= _TOWN for hit in hits)
        if " " in name and (large or likely_gender(name) is None):
            known += 0.75
        elif known < 0.25 and any(hit.place.population >= _TOWN / 2 for hit in hits):
            known = 0.25
        lent = all(hit.rank > 0 and hit.place.kind == "city" and hit.place.population < _TOWN for hit in hits)
        return known - 0.5 if lent or name in self.people else known

    def front(self, entity: Entity) -> int:
        """The first token of an entity's name that is no article."""
        first = entity.first
        while first < entity.last and self.tokens[first].text.lower() in _SKIPPED_FRONT:
            first += 1
        return first

    def inside(self, first: int, last: int, entity: Entity) -> bool:
        """Whether tokens of a name that is no place may still name one: the whole of it, or the front of a public
        body's ("Peel" in "Peel Regional Police")."""
        if first != self.front(entity):
            return False
        if last >= entity.last - (self.tokens[entity.last - 1].text in POSSESSIVE):
            return True
        following = self.tokens[last].text.lower().rstrip(".")
        return entity.label == "ORG" and (following in self.lexicon.civic or following in POSSESSIVE)

    def bodies(self) -> None:
        """The place in front of a public body's name."""
        for entity in self.syntax.entities:
            if entity.label != "ORG":
                continue
            first = self.front(entity)
            for last in range(entity.last - 1, first, -1):
                civic = self.tokens[last].text.lower().rstrip(".") in self.lexicon.civic
                if civic and not any(self.taken[first:last]) and self.own(first, last):
                    self.take(first, last, "ORG")
                    break

    def members(self) -> None:
        """The country, or the town of a public body, that ends an organisation's name: "Communist Party of Vietnam"."""
        for entity in self.syntax.entities:
            if entity.label not in ("ORG", "PERSON", "LAW", "EVENT"):
                continue
            for i in range(entity.first + 1, entity.last):
                if self.tokens[i].text != "of" or self.taken[i]:
                    continue
                first = i + 1 + (self.tokens[min(i + 1, entity.last - 1)].text.lower() == "the")
                last = entity.last - (self.tokens[entity.last - 1].text in POSSESSIVE)
                head = self.tokens[i - 1].text.lower()
                if first >= last or any(self.taken[first:last]):
                    continue
                hits = self.lookup.exact(self.words(first, last))
                thing = (
                    last - first == 1 and find_noun(self.tokens[first].text.lower()) is not None
                )  # "Court of Justice"
                public = head in self.lexicon.public and not thing
                wanted = ("country", "admin1", "city") if public else ("country",)
                if any(hit.place.kind in wanted and (hit.rank == 0 or hit.place.kind == "country") for hit in hits):
                    self.take(first, last, "ORG")

    def sweep(self) -> None:
        """Drop names that speak or think somewhere in the text and nowhere stand as a place, but for famous places."""
        by_name: dict[str, list[float]] = {}
        for spot in self.spots:
            if spot.first >= 0 and spot.last - spot.first == 1 and not spot.adjective:
                by_name.setdefault(spot.name, []).append(self.evidence(spot.first, spot.last))
        dropped = {
            name for name, found in by_name.items() if min(found) < 0 and max(found) < 0.5 and not self.famous(name)
        }
        self.spots = [spot for spot in self.spots if spot.name not in dropped]

    def repeat(self) -> None:
        """Other mentions of the names found: one sense in one text."""
        names = {spot.name for spot in self.spots if self.lookup.any(spot.name)[0] and spot.name not in self.people}
        by_first: dict[str, list[list[str]]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            words = name.split()
            by_first.setdefault(words[0], []).append(words)
        for i, token in enumerate(self.tokens):
            for words in by_first.get(token.text, ()):
                last = i + len(words)
                if last > self.limits[i] or any(self.taken[i:last]) or self.words(i, last) != " ".join(words):
                    continue
                entity = self.syntax.entities[self.entity[i]] if self.entity[i] >= 0 else None
                beside = () if entity else (self.before(i), self.after(last))
                if entity is not None and not self.inside(i, last, entity):
                    continue
                if not any(t is not None and capital(t) and t.text.isalpha() and t.tag[:3] == "NNP" for t in beside):
                    self.take(i, last, "repeat")

    def halves(self) -> None:
        """The other of two places that share a word: "North" in "North and South Korea"."""
        for spot in list(self.spots):
            if (
                spot.last - spot.first < 2
                or spot.first < 2
                or self.tokens[spot.first].lemma.lower() not in self.lexicon.directions
            ):
                continue
            joint, other = self.tokens[spot.first - 1], self.tokens[spot.first - 2]
            if joint.text not in ("and", "or") or not capital(other) or self.taken[other.i]:
                continue
            name = f"{other.text} {self.words(spot.first + 1, spot.last)}"
            if other.text.lower() in self.lexicon.directions and any(hit.rank <= 1 for hit in self.lookup.exact(name)):
                self.taken[other.i] = 1
                self.spots.append(Spot(other.start, other.end, other.i, other.i + 1, name, "GPE"))

    def coordinated(self) -> None:
        """A class word in the plural behind or before a row of names counts for each: "Khost and Paktika provinces"."""
        order = sorted((n for n, spot in enumerate(self.spots) if spot.first >= 0), key=lambda n: self.spots[n].start)
        rows: list[list[int]] = []
        for n in order:
            if rows and self.joined(self.spots[rows[-1][-1]], self.spots[n]):
                rows[-1].append(n)
            else:
                rows.append([n])
        for row in rows:
            one, other = self.spots[row[0]], self.spots[row[-1]]
            if len(row) < 2 or not (kinds := self.plural_after(other) or self.plural_before(one)):
                continue
            for n in row:
                self.spots[n] = self.spots[n]._replace(kinds=kinds)

    def joined(self, one: Spot, other: Spot) -> bool:
        """Whether two spots are neighbours in a row of names."""
        between = [self.tokens[i].text.lower() for i in range(one.last, other.first)]
        same = self.starts[one.first] == self.starts[other.first]
        return same and between in ([","], ["and"], ["or"], [",", "and"], [",", "or"])

    def plural_after(self, spot: Spot) -> tuple[str, ...]:
        token = self.after(spot.last)
        return self.plural(token) or self.plural(self.tokens[spot.last - 1])

    def plural_before(self, spot: Spot) -> tuple[str, ...]:
        of = self.before(spot.first)
        return self.plural(self.before(spot.first, 2)) if of is not None and of.text == "of" else ()

    def plural(self, token: Token | None) -> tuple[str, ...]:
        """The kinds that a class word in the plural calls for."""
        if token is None or token.text.lower() in self.lexicon.classes:
            return ()
        return next((found for word in singulars(token.text.lower()) if (found := self.lexicon.classes.get(word))), ())

    def adjectives(self) -> None:
        for i, token in enumerate(self.tokens):
            if not self.capitals[i] or self.taken[i]:
                continue
            if self.lookup.adjective(token.text) and (token.tag == "JJ" or token.dep in ("amod", "compound", "nmod")):
                self.taken[i] = 1
                self.spots.append(Spot(token.start, token.end, i, i + 1, token.text, "NORP", adjective=True))


def _dateline_blocks(document: Document, lookup: Lookup) -> Iterator[Spot]:
    """Places of dateline blocks, which are not parsed: "Goma, Congo –"."""
    for block in document.blocks:
        if block.kind != "dateline":
            continue
        for match in _PART.finditer(document.text, block.start, block.end):
            name = match[0].strip()
            if name and name[0].isupper() and (lookup.any(name)[0] or lookup.division(name)):
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                yield Spot(start, start + len(name), -1, -1, " ".join(name.split()), "dateline")


def find_spots(document: Document, syntax: Syntax, lookup: Lookup, options: PlaceOptions) -> Sequence[Spot]:
    """The spots of a text, in text order, none overlapping another."""
    finder = _Finder(document, syntax, lookup, options)
    finder.entities()
    finder.scan()
    finder.scan()  # what stands beside a name that the first round found
    finder.bodies()
    finder.members()
    finder.repeat()
    finder.halves()
    finder.sweep()
    finder.coordinated()
    if options.adjectives:
        finder.adjectives()
    finder.spots.extend(_dateline_blocks(document, lookup))
    return finder.contained()
