"""Spots: the spans of a text that name places, with what the words about them say.

The model's spans are good and its types are weak on names that English texts seldom hold, so a span is a place by the
sum of its evidence: the model's type, the gazetteer, the words before and after, and the same name elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from variorum.records import Document, Syntax, Token
from variorum.world.names import name_key
from variorum.world.states import States

from .lexicon import Lexicon
from .names import Lookup
from .options import PlaceOptions

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DASHES = frozenset({"-", "–", "—", "--"})
_SKIPPED_FRONT = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "all", "both"})
_SPEECH = frozenset(
    {"say", "tell", "add", "ask", "reply", "write", "recall", "explain", "note", "argue", "admit", "think"}
)
_LARGE = 300_000  # people of a town whose name needs little evidence
_LONGEST = 5  # tokens of a name that the model did not mark
_KNOWN = {"country": 1.5, "union": 1.5, "admin1": 0.5, "region": 0.5}
_DATELINE = re.compile(r"[A-Z][\w'’.\-]*(?:[ ,]+(?:[A-Z][\w'’.\-]*|of|the|al|el|de|la))*")


class Spot(NamedTuple):
    """Characters ``[start, end)`` that name a place; tokens ``[first, last)``, both -1 outside the parsed blocks.
    `name` is what to look up, `kinds` what the words call for, `within` the place that contains it as the text says:
    an index into the same list, and `division` a division's GeoNames id if an abbreviation names it."""

    start: int
    end: int
    first: int
    last: int
    name: str
    label: str
    kinds: tuple[str, ...] = ()
    within: int | None = None
    division: int | None = None
    dateline: bool = False
    adjective: bool = False


class _Finder:
    def __init__(self, document: Document, syntax: Syntax, lookup: Lookup, options: PlaceOptions) -> None:
        self.text = document.text
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.lookup = lookup
        self.options = options
        self.lexicon = Lexicon.load()
        self.states = States.load()
        self.entity: list[int] = [-1] * len(self.tokens)
        for number, entity in enumerate(syntax.entities):
            for i in range(entity.first, entity.last):
                self.entity[i] = number
        self.people = self.surnames()
        self.common = frozenset(token.text for token in self.tokens if token.text.islower() and len(token.text) > 2)
        self.taken = bytearray(len(self.tokens))
        self.spots: list[Spot] = []
        self.limits = [0] * (len(self.tokens) + 1)  # the end of the sentence that a token is in
        self.starts = [0] * (len(self.tokens) + 1)
        for sentence in syntax.sentences:
            for i in range(sentence.first, sentence.last):
                self.limits[i] = sentence.last
                self.starts[i] = sentence.first

    def surnames(self) -> frozenset[str]:
        """The last words of full names of persons: alone they mean the person again."""
        return frozenset(
            self.tokens[last - 1].text
            for entity in self.syntax.entities
            if entity.label == "PERSON"
            for last in [entity.last - (self.tokens[entity.last - 1].text in _POSSESSIVE)]
            if last - entity.first > 1
        )

    # --- small views -----------------------------------------------------------------------------------------

    def words(self, first: int, last: int) -> str:
        return " ".join(self.text[self.tokens[first].start : self.tokens[last - 1].end].split())

    def label(self, i: int) -> str:
        return self.syntax.entities[self.entity[i]].label if self.entity[i] >= 0 else ""

    def before(self, i: int, n: int = 1) -> Token | None:
        return self.tokens[i - n] if i - n >= self.starts[min(i, len(self.tokens) - 1)] else None

    def after(self, last: int, n: int = 0) -> Token | None:
        return self.tokens[last + n] if last + n < self.limits[last - 1] else None

    @staticmethod
    def capital(token: Token) -> bool:
        return token.text[:1].isupper()

    # --- evidence --------------------------------------------------------------------------------------------

    def class_after(self, last: int) -> tuple[str, ...]:
        """The kinds that a class word right after calls for: "Panjgur city"."""
        token = self.after(last)
        return self.lexicon.classes.get(token.lemma.lower(), ()) if token is not None else ()

    def class_before(self, first: int) -> tuple[str, ...]:
        """The kinds that a class word before calls for: "the city of Rask", "Idlib's town of X"."""
        of = self.before(first)
        word = of if of is None or of.text.lower() != "of" else self.before(first, 2)
        if word is None or (word is of and self.capital(word)):
            return ()
        return self.lexicon.classes.get(word.lemma.lower(), ()) if word.pos in ("NOUN", "PROPN") else ()

    def container_after(self, last: int) -> bool:
        """Whether ", State" or ", Country" follows."""
        comma = self.after(last)
        if comma is None or comma.text != ",":
            return False
        return bool(self.container_at(last + 1))

    def container_at(self, i: int) -> int:
        """The token after the name of a country or division that begins at token `i`; 0 where none does."""
        if self.after(i) is None and self.after(i - 1, 1) is None:
            return 0
        limit = self.limits[i] if i < len(self.tokens) else 0
        for last in range(min(i + 4, limit), i, -1):
            name = self.words(i, last)
            if not name[:1].isupper():
                return 0
            if self.lookup.division(name) is not None or self.states.named(name) is not None:
                return last
            if any(hit.place.kind == "admin1" and hit.rank <= 1 for hit in self.lookup.exact(name)):
                return last
        return 0

    def evidence(self, first: int, last: int) -> float:
        """What the words about tokens ``[first, last)`` say for a place (above 0) or against it."""
        score = 0.0
        before, after = self.before(first), self.after(last)
        if before is not None:
            word = before.text.lower()
            second = self.before(first, 2)
            if word == "the":
                word = second.text.lower() if second is not None else word
            elif word == "of":
                score += 1.5 if second is not None and second.text == "," else 0.5
            if word in self.lexicon.strong_prepositions:
                score += 1.0
            elif word in self.lexicon.place_prepositions:
                score += 0.5
            if before.text.lower().rstrip(".") in self.lexicon.titles and self.capital(before):
                score -= 3.0
            if before.lemma.lower() in self.lexicon.directions:
                score += 0.7
        if self.class_after(last) or self.class_before(first):
            score += 1.0
        if self.container_after(last):
            score += 1.5
        if before is not None and before.text == "," and before.i > 0 and self.taken[before.i - 1]:
            score += 1.0
        if after is not None:
            if after.lemma.lower() in self.lexicon.locals or after.text.lower() in self.lexicon.locals:
                score += 1.0
            if after.text in _DASHES and (based := self.after(last, 1)) is not None and based.text.lower() == "based":
                score += 1.5
            if after.lemma.lower() in _SPEECH or (after.text == "'s" and self.label(first) == "PERSON"):
                score -= 1.0
        if self.dateline(first, last):
            score += 1.5
        elif first == self.starts[first] and self.shouted(first, last):
            score += 1.0
        return score

    def shouted(self, first: int, last: int) -> bool:
        """Whether only these tokens of their sentence's beginning are in capitals: a dateline without a dash."""
        after = self.after(last)
        return (
            all(t.text.isupper() and len(t.text) > 3 for t in self.tokens[first:last])
            and after is not None
            and not (after.text.isupper() and after.text.isalpha() and len(after.text) > 1)
        )

    def dateline(self, first: int, last: int) -> bool:
        """Whether the tokens open a paragraph and a dash or an agency in brackets follows."""
        if first > self.starts[first] + 6 or (
            self.starts[first] != first and not self.tokens[self.starts[first]].text.isupper()
        ):
            return False
        for i in range(last, min(last + 8, self.limits[first])):
            if self.tokens[i].text in _DASHES:
                return all(self.capital(t) or not t.text.isalpha() for t in self.tokens[self.starts[first] : i])
        return False

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
                a, b = self.known_part(*self.trimmed(start, i))
                if a < b:
                    yield a, b
                start = i + 1

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

    def own(self, first: int, last: int) -> bool:
        """Whether tokens ``[first, last)`` are a place's own name, with its class word or without."""
        name = self.words(first, last)
        return not self.ordinary(name) and any(
            hit.rank == 0 or hit.place.kind == "country" for hit in self.lookup.any(name)[0]
        )

    def ordinary(self, name: str) -> bool:
        """Whether a name is an ordinary word too, by the lexicon or by its use in this text."""
        low = name.lower()
        return low in self.lexicon.never or low in self.common

    def spaced_dash(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text in _DASHES and self.text[token.start - 1 : token.start].isspace()

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
        ):
            first += 1
        while (
            last - first > 1 and not self.capital(self.tokens[last - 1]) and not self.tokens[last - 1].text[0].isdigit()
        ):
            last -= 1
        while first < last and not self.capital(self.tokens[first]) and not self.tokens[first].text[0].isdigit():
            first += 1
        return first, last

    def take(self, first: int, last: int, label: str, *, dateline: bool = False) -> None:
        if any(self.taken[first:last]):
            return
        name = self.words(first, last)
        if label in PLACE_LABELS and not self.placelike(first, last, name, label):
            return
        for i in range(first, last):
            self.taken[i] = 1
        kinds = self.class_after(last) or self.class_before(first)
        self.spots.append(
            Spot(
                self.tokens[first].start,
                self.tokens[last - 1].end,
                first,
                last,
                name,
                label,
                kinds,
                dateline=self.dateline(first, last),
            )
        )

    def placelike(self, first: int, last: int, name: str, label: str) -> bool:
        """Whether a span that the model calls a place is one."""
        before = self.before(first)
        titled = before is not None and before.text.lower().rstrip(".") in self.lexicon.titles and self.capital(before)
        if titled and label != "GPE":
            return False
        if name.lower() in self.lexicon.never or not any(c.isalpha() for c in name):
            return False
        if self.states.of_people(name) is not None and self.states.named(name) is None:
            return False
        if last - first == 1 and name in self.people and self.evidence(first, last) < self.options.least:
            return self.famous(name)
        if label == "GPE" and not self.lookup.any(name)[0]:
            return self.evidence(first, last) >= self.options.least / 2 and name not in self.people
        if label == "FAC" and not self.lookup.any(name)[0]:
            named = self.tokens[last - 1].text.lower().rstrip(".") in self.lexicon.classes
            return named and not name[0].isdigit() and self.evidence(first, last) >= self.options.least / 2
        return True

    def famous(self, name: str) -> bool:
        """Whether a name is first of all a country's, a first division's or a large town's."""
        return any(
            hit.rank == 0 and (hit.place.kind in ("country", "admin1") or hit.place.population >= _LARGE)
            for hit in self.lookup.exact(name)
        )

    # --- names that the model did not call places --------------------------------------------------------------

    def scan(self) -> None:
        """Names that the gazetteer knows and the words about them make places."""
        i = 0
        while i < len(self.tokens):
            step = 1
            token = self.tokens[i]
            if not self.taken[i] and self.capital(token) and token.text[:1].isalpha():
                last = self.known_from(i)
                if last:
                    self.take(i, last, self.label(i) or "name")
                    step = last - i
            i += step

    def known_from(self, first: int) -> int:
        """The end of the longest name of a place that begins at token `first` and has evidence enough; else 0."""
        number = self.entity[first]
        entity = self.syntax.entities[number] if number >= 0 else None
        limit = min(self.limits[first], first + _LONGEST)
        for last in range(limit, first, -1):
            if any(self.taken[first:last]) or not self.capital(self.tokens[last - 1]):
                continue
            name = self.words(first, last)
            if self.ordinary(name):
                continue
            hits = self.lookup.exact(name)
            if not hits:
                continue
            if entity is not None and entity.label not in PLACE_LABELS:
                if not self.inside(first, last, entity.first, entity.last, entity.label):
                    continue
                least = self.options.least + (0.5 if entity.label == "PERSON" else 0.0)
            else:
                nxt, prev = self.after(last), self.before(first)
                if (
                    nxt is not None
                    and self.capital(nxt)
                    and nxt.text.isalpha()
                    and nxt.lemma.lower() not in self.lexicon.classes
                ):
                    continue
                if prev is not None and self.capital(prev) and prev.text.isalpha() and prev.i != self.starts[first]:
                    continue
                least = self.options.least
            known = max(
                _KNOWN.get(hit.place.type, _KNOWN.get(hit.place.kind, 0.5 if hit.place.population >= _LARGE else 0.0))
                for hit in hits
            )
            if all(hit.rank > 0 and hit.place.kind != "country" for hit in hits) or name in self.people:
                known -= 0.5
            if self.evidence(first, last) + known >= least + 0.5:
                return last
        return 0

    def inside(self, first: int, last: int, a: int, b: int, label: str) -> bool:
        """Whether part ``[first, last)`` of a name ``[a, b)`` that is no place may still name one: the whole of it, or
        the front of a public body's ("Peel" in "Peel Regional Police")."""
        while a < b and self.tokens[a].text.lower() in _SKIPPED_FRONT:
            a += 1
        whole = first == a and last >= b - (self.tokens[b - 1].text in ("'s", "’s"))
        if whole:
            return True
        if label == "ORG" and first == a and last < b:
            following = self.tokens[last].text.lower().rstrip(".")
            return following in self.lexicon.civic or following in ("'s", "’s")
        return False

    def bodies(self) -> None:
        """The place in front of a public body's name."""
        for entity in self.syntax.entities:
            if entity.label != "ORG":
                continue
            a = entity.first
            while a < entity.last and self.tokens[a].text.lower() in _SKIPPED_FRONT:
                a += 1
            for last in range(entity.last - 1, a, -1):
                if self.tokens[last].text.lower().rstrip(".") not in self.lexicon.civic or any(self.taken[a:last]):
                    continue
                name = self.words(a, last)
                if self.own(a, last):
                    self.take(a, last, "ORG")
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
                last = entity.last - (self.tokens[entity.last - 1].text in _POSSESSIVE)
                head = self.tokens[i - 1].text.lower()
                if first >= last or any(self.taken[first:last]):
                    continue
                hits = self.lookup.exact(self.words(first, last))
                wanted = ("country", "admin1", "city") if head in self.lexicon.public else ("country",)
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
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(names):
            words = tuple(name.split())
            by_first.setdefault(words[0], []).append(words)
        for i, token in enumerate(self.tokens):
            for words in sorted(by_first.get(token.text, ()), key=len, reverse=True):
                last = i + len(words)
                if last > self.limits[i] or any(self.taken[i:last]) or self.words(i, last) != " ".join(words):
                    continue
                number = self.entity[i]
                if number >= 0:
                    entity = self.syntax.entities[number]
                    if not self.inside(i, last, entity.first, entity.last, entity.label):
                        continue
                before, after = self.before(i), self.after(last)
                if number < 0 and any(
                    t is not None and self.capital(t) and t.text.isalpha() and t.tag.startswith("NNP")
                    for t in (before, after)
                ):
                    continue
                self.take(i, last, "repeat")

    def adjectives(self) -> None:
        for i, token in enumerate(self.tokens):
            if self.taken[i] or not self.capital(token):
                continue
            if self.lookup.adjective(token.text) and (token.tag == "JJ" or token.dep in ("amod", "compound", "nmod")):
                self.taken[i] = 1
                self.spots.append(Spot(token.start, token.end, i, i + 1, token.text, "NORP", adjective=True))

    # --- containment -----------------------------------------------------------------------------------------

    def contained(self) -> list[Spot]:
        """The spots in text order, each with the one that the text says contains it."""
        self.spots.sort(key=lambda spot: spot.start)
        linked = []
        for number, spot in enumerate(self.spots):
            within: int | None = None
            division: int | None = None
            if spot.first >= 0 and not spot.adjective:
                within = self.container_of(number)
                comma = self.after(spot.last)
                if comma is not None and comma.text == "," and (follows := self.after(spot.last, 1)) is not None:
                    division = self.lookup.division(follows.text)
                    if division is None and (dot := self.after(spot.last, 2)) is not None and dot.text == ".":
                        division = self.lookup.division(follows.text + ".")
            linked.append(spot._replace(within=within, division=division))
        return linked

    def container_of(self, number: int) -> int | None:
        """ "Rask, Iran"; "Rask in Iran"; "the province of X, in Iran"; "Pakistan's Balochistan"."""
        spot = self.spots[number]
        if number + 1 < len(self.spots):
            other = self.spots[number + 1]
            if other.first >= 0 and self.limits[spot.first] == self.limits[other.first]:
                gap = [self.tokens[i].text.lower() for i in range(spot.last, other.first)]
                small = [
                    word
                    for word in gap
                    if word not in ("the", ",")
                    and word not in self.lexicon.directions
                    and word not in self.lexicon.classes
                    and not word.endswith("most")
                ]
                if gap == [","] or (small in (["in"], ["of"], ["in", "'s"]) and len(gap) <= 7 and gap[0] != "the"):
                    return number + 1
        if number > 0:
            other = self.spots[number - 1]
            if other.first >= 0 and self.limits[spot.first] == self.limits[other.first]:
                gap = [self.tokens[i].text.lower() for i in range(other.last, spot.first)]
                if (
                    gap
                    and gap[0] in ("'s", "’s")
                    and len(gap) <= 6
                    and all(
                        word in ("of", "the")
                        or word in self.lexicon.directions
                        or word in self.lexicon.classes
                        or word.endswith("most")
                        for word in gap[1:]
                    )
                ):
                    return number - 1
        return None


def _dateline_blocks(document: Document, lookup: Lookup) -> Iterator[Spot]:
    """Places of dateline blocks, which are not parsed: "Islamabad, Pakistan –"."""
    for block in document.blocks:
        if block.kind != "dateline":
            continue
        inside = document.text[block.start : block.end]
        for match in re.finditer(r"[^,;/|()–—-]+", inside):
            name = match[0].strip()
            if name and name[0].isupper() and (lookup.any(name)[0] or lookup.division(name)):
                start = block.start + match.start() + len(match[0]) - len(match[0].lstrip())
                yield Spot(start, start + len(name), -1, -1, name, "dateline", dateline=True)


def find_spots(document: Document, syntax: Syntax, lookup: Lookup, options: PlaceOptions) -> Sequence[Spot]:
    """The spots of a text, in text order, none overlapping another."""
    finder = _Finder(document, syntax, lookup, options)
    finder.entities()
    finder.scan()
    finder.bodies()
    finder.members()
    finder.repeat()
    finder.sweep()
    if options.adjectives:
        finder.adjectives()
    finder.spots.extend(_dateline_blocks(document, lookup))
    return finder.contained()


def same_name(spot: Spot) -> str:
    return name_key(spot.name)
