"""Place, time, tolls, instrument and attribution of a candidate, by how they hang on it in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from variorum.records import Annotation, Document, PlaceMention, Span, Syntax, TimeExpression, TollMention
from variorum.world.states import States

from .candidate import Candidate
from .clauses import is_set_off, parent, set_off_above
from .ontology import Ontology

_LOCATED = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "inside",
        "outside",
        "around",
        "across",
        "over",
        "along",
        "within",
        "off",
        "between",
        "throughout",
        "beside",
    ]
)
_SPATIAL = _LOCATED | frozenset(
    [
        "of",
        "from",
        "against",
        "into",
        "to",
        "towards",
        "toward",
        "through",
        "north",
        "south",
        "east",
        "west",
        "opposite",
        "by",
        "behind",
        "beyond",
        "under",
    ]
)
_CARRYING = frozenset({"in", "with", "by", "during", "through", "of"})
_FINENESS = {"site": 0, "city": 1, "district": 2, "admin1": 3, "country": 4, "region": 5, "unknown": 3}
_INSTRUMENT = frozenset({"with", "by", "using", "of", "involving", "via"})


_NEXT = 3  # tokens from a place to the "where" that stands for it
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT"})


class Link(NamedTuple):
    """How a span hangs on an event. `grade` 0 is under its trigger, 1 in its clause, 2 in a clause about it,
    3 elsewhere in the sentence; `steps` the edges between; `preposition` the first one on the way up."""

    grade: int
    steps: int
    preposition: str | None
    top: int  # the token under the chain through which it hangs


class Surroundings:
    """Places, times and tolls of one document by sentence, and the triggers that claim them."""

    def __init__(
        self,
        document: Document,
        syntax: Syntax,
        annotation: Annotation,
        ontology: Ontology,
        candidates: Sequence[Candidate],
    ) -> None:
        self.document = document
        self.syntax = syntax
        self.annotation = annotation
        self.ontology = ontology
        self.owner: dict[int, Candidate] = {}
        for candidate in candidates:
            for i in candidate.chain:
                self.owner.setdefault(i, candidate)
        self._reporting = ontology.lexicon.words("reporting")
        self.places = {
            sentence: [(n, head) for n, head in rows if not is_common_word(annotation.places[n], syntax)]
            for sentence, rows in self._by_sentence([(p.start, p.end) for p in annotation.places]).items()
        }
        self._of_ground()
        self.times = self._by_sentence([(t.start, t.end) for t in annotation.times])
        self.tolls = self._by_sentence([(t.start, t.end) for t in annotation.tolls])
        self.actors = {
            sentence: [number for number, _ in rows]
            for sentence, rows in self._by_sentence([(a.start, a.end) for a in annotation.actors]).items()
        }
        self._said = self._contents()
        self._cues = frozenset(
            token.i for item in annotation.attributions for span in item.cue for token in syntax.tokens_in(*span)
        )
        self._framed = self._frames()

    def _by_sentence(self, spans: list[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
        """Per sentence number: (index in the layer, head token)."""
        found: dict[int, list[tuple[int, int]]] = {}
        for number, (start, end) in enumerate(spans):
            head = self.syntax.head_of(start, end)
            if head is not None:
                found.setdefault(self.syntax.sentence_of(head.i).number, []).append((number, head.i))
        return found

    def _contents(self) -> dict[int, list[tuple[int, Span]]]:
        """Per sentence number: the attributions whose content reaches into it."""
        found: dict[int, list[tuple[int, Span]]] = {}
        for number, item in enumerate(self.annotation.attributions):
            for span in item.content:
                inside = self.syntax.tokens_in(*span)
                if inside:
                    first = self.syntax.sentence_of(inside[0].i).number
                    for sentence in range(first, self.syntax.sentence_of(inside[-1].i).number + 1):
                        found.setdefault(sentence, []).append((number, span))
        return found

    def _of_ground(self) -> None:
        """ "On Kenyan soil", "in Kenyan waters": the state's own mention as a place is where that is."""
        words = self.ontology.lexicon.words("ground")
        states = [(n, p.country) for n, p in enumerate(self.annotation.places) if p.precision == "country"]
        if not states:
            return
        for token in self.syntax.tokens:
            if token.pos != "NOUN" or token.lemma.lower() not in words:
                continue
            for c in self.syntax.children(token.i, "amod", "compound", "nmod"):
                state = States.load().of_people(c.text) or States.load().of_government(c.text)
                known = [n for n, country in states if state is not None and country == state.iso2]
                if known:
                    before = [n for n in known if self.annotation.places[n].start <= token.start]
                    row = (before[-1] if before else known[0], token.i)
                    self.places.setdefault(self.syntax.sentence_of(token.i).number, []).append(row)
                    break

    def _frames(self) -> dict[int, Span]:
        """Per token in the source or cue of an attribution: that span. What stands there is not in the content."""
        found: dict[int, Span] = {}
        for item in self.annotation.attributions:
            for span in (*item.source, *item.cue):
                for token in self.syntax.tokens_in(*span):
                    found.setdefault(token.i, span)
        return found

    def _is_framed(self, head: int, candidate: Candidate) -> bool:
        """A place or time of those who speak, for a candidate that is not of their clause."""
        span = self._framed.get(head)
        trigger = self.syntax.tokens[candidate.trigger]
        return span is not None and not span.start <= trigger.start < span.end

    def link(self, candidate: Candidate, head: int) -> Link | None:
        """How the phrase of token `head` hangs on the candidate; None where another event claims it."""
        syntax = self.syntax
        chain = set(candidate.chain)
        above = list(self._clause(candidate))
        preposition: str | None = None
        if self._is_framed(head, candidate):
            return None
        at, steps = head, 0
        while True:
            token = syntax.tokens[at]
            if at in chain:
                return Link(0, steps, preposition, at)
            owner = self.owner.get(at)
            if owner is not None and owner is not candidate and at != head:
                if at in above:
                    return Link(2, steps, preposition, at)
                return None
            if at in above:
                return Link(1, steps + above.index(at) + 1, preposition, at)
            if preposition is None and token.pos in ("ADP", "SCONJ") and at != head:
                preposition = token.text.lower()
            if token.head == at or self._is_other_clause(at):
                return None
            at, steps = parent(at, syntax), steps + 1
            if steps > 14:
                return None

    def _is_other_clause(self, i: int) -> bool:
        """A clause with a subject of its own that only depends on the event's: its places and times are its own."""
        token = self.syntax.tokens[i]
        personal = any(c.text.lower() in ("who", "whom") for c in self.syntax.children(i))
        if token.dep == "relcl" and (personal or self._is_someone(token.head)):
            return True  # "the envoy, who was in Kenya"
        return token.dep in ("advcl", "ccomp") and self.syntax.child(i, "nsubj", "nsubjpass") is not None

    def _is_someone(self, i: int) -> bool:
        """A token in an actor's name or description."""
        token = self.syntax.tokens[i]
        here = self.actors.get(self.syntax.sentence_of(i).number, ())
        actors = self.annotation.actors
        return any(actors[n].start <= token.start and token.end <= actors[n].end for n in here)

    def _clause(self, candidate: Candidate) -> list[int]:
        """The tokens above a candidate up to the verb of its clause and those it depends on; no reporting verb."""
        syntax = self.syntax
        found: list[int] = []
        at = candidate.chain[-1] if candidate.chain else candidate.trigger
        tops = [i for i in candidate.chain if syntax.tokens[i].head not in candidate.chain]
        at = tops[0] if tops else at
        for above in syntax.ancestors(at):
            telling = above.lemma.lower() in self._reporting or self._tells(above.i, at)
            if telling and above.pos == "VERB" and above.i not in candidate.chain:
                break
            token = syntax.tokens[at]
            reduced = token.dep == "acl" and token.tag == "VBN" and above.i not in self.owner
            absolute = token.dep == "pcomp" and syntax.child(at, "nsubj") is not None  # "with crowds condemning"
            if token.dep == "relcl" or reduced or absolute or is_set_off(at, syntax):
                break
            if syntax.tokens[at].dep == "pobj" and above.text.lower() not in _CARRYING:
                break  # "hours before the attack": what is said of the clause is not said of the attack
            if above.i not in candidate.chain:
                found.append(above.i)
            at = above.i
            if len(found) > 4:
                break
        return found

    def _tells(self, cue: int, complement: int) -> bool:
        """A cue whose content stands below: what is said of the telling is not said of what is told."""
        return cue in self._cues and self.syntax.tokens[complement].dep in ("ccomp", "pobj", "prep", "parataxis")

    def is_subordinate(self, candidate: Candidate) -> bool:
        """Told in a clause of time, cause or condition, or of a noun: background to what the main clause tells."""
        tokens = self.syntax.tokens
        tops = [i for i in candidate.chain if tokens[i].head not in candidate.chain] or [candidate.trigger]
        if set_off_above(tops[0], self.syntax) is not None:
            return True
        return tokens[tops[0]].dep in ("relcl", "acl")

    # ------------------------------------------------------------------ place

    def place(self, candidate: Candidate, agents: Sequence[int]) -> int | None:
        """The index of the place where it happened; None where the text does not say."""
        sentence = self.syntax.sentence_of(candidate.trigger).number
        best: tuple[tuple[int, int, int, int], int] | None = None
        material = self.ontology.types[candidate.type].material
        beside = self._beside(candidate)
        for number, head in self.places.get(sentence, ()):
            link = self.link(candidate, head)
            if link is None or not self._locates(candidate, number, head, link, agents, material):
                continue
            if link.top in beside and head > link.top:
                continue  # "raiders struck near Adre, and the garrison fired back"
            place = self.annotation.places[number]
            loose = link.grade if link.grade < 2 else 2
            located = 0 if link.preposition in _LOCATED else 1
            rank = (loose, located if link.grade else 0, _FINENESS[place.precision], link.steps)
            if best is None or rank < best[0]:
                best = (rank, number)
        if best is None or best[0][0]:
            where = self._where(candidate, sentence)
            return where if where is not None else best[1] if best else None
        return best[1]

    def _where(self, candidate: Candidate, sentence: int) -> int | None:
        """The place that "where" stands for: "the embassy in Nairobi, where a bomb exploded"."""
        tokens = self.syntax.tokens
        line = (tokens[candidate.trigger], *self.syntax.ancestors(candidate.trigger))
        clause = next((t for t in line if t.dep in ("relcl", "advcl", "conj", "ROOT")), None)
        if clause is None or clause.dep not in ("relcl", "advcl"):
            return None
        where = [c.i for c in self.syntax.children(clause.i, "advmod", "mark") if c.text.lower() == "where"]
        if not where:
            return None
        before = [
            (head, n) for n, head in self.places.get(sentence, ()) if head < where[0] and where[0] - head <= _NEXT
        ]
        return max(before)[1] if before else None

    def joined_places(self, candidate: Candidate, number: int | None) -> list[int]:
        """The places that are joined to one where acts of violence happened: "the raids on Kano and Jos", "bombed Kano
        and Jos". None where a noun tells one act, or a figure sums up."""
        token = self.syntax.tokens[candidate.trigger]
        if number is None or candidate.type != "ASSAULT" or candidate.effect or candidate.mutual:
            return []
        if candidate.nominal and token.tag not in ("NNS", "NNPS"):
            return []
        here = self.places.get(self.syntax.sentence_of(candidate.trigger).number, ())
        head = next((h for n, h in here if n == number), None)
        if head is None:
            return []
        at = self.annotation.places
        joined = {c.i for c in self.syntax.children(head, "conj")}
        joined |= {c.i for i in tuple(joined) for c in self.syntax.children(i, "conj")}
        return [n for n, h in here if h in joined and at[n].precision == at[number].precision]

    def _beside(self, candidate: Candidate) -> frozenset[int]:
        """The verbs that the candidate's clause, which has a subject of its own, is only joined to."""
        line = [candidate.trigger, *(t.i for t in self.syntax.ancestors(candidate.trigger))]
        for k, i in enumerate(line):
            token = self.syntax.tokens[i]
            if token.dep == "conj" and token.pos in ("VERB", "AUX"):
                own = self.syntax.child(i, "nsubj", "nsubjpass") is not None
                return frozenset(line[k + 1 :]) if own else frozenset()
        return frozenset()

    def _locates(
        self, candidate: Candidate, number: int, head: int, link: Link, agents: Sequence[int], material: bool
    ) -> bool:
        place = self.annotation.places[number]
        token = self.syntax.tokens[head]
        actors = self.annotation.actors
        if any(actors[a].start <= token.start and token.end <= actors[a].end for a in agents):
            return False
        if token.pos == "ADJ" or (token.dep in ("amod",) and token.tag == "JJ"):
            return False
        if self.document.text[place.end : place.end + 1] == "-" or self.syntax.tokens[token.head].dep == "agent":
            return False  # "Kenya-led forces", "outlawed by Kenya": those are no places
        if link.preposition in ("to", "from") and (candidate.type not in _FORCE or self._belongs(head)):
            return False  # "its ambassador to Kenya", "recalled him from Lima"
        if link.grade >= 2 and link.preposition not in _LOCATED:
            return False
        if not material and (link.grade > 0 or link.preposition not in _LOCATED):
            return False
        if not material and link.steps > (6 if candidate.type == "CONSULT" else 3):
            return False
        if link.preposition is None:
            if candidate.nominal and token.dep in ("poss", "compound", "nmod"):
                return material and place.precision != "country"
            coarse = place.precision == "country"
            return material and (
                token.dep in ("dobj", "nsubjpass", "npadvmod") or self._in_target(candidate, head, coarse)
            )
        return link.preposition in _SPATIAL

    def _belongs(self, head: int) -> bool:
        """A place that says which office or person is meant, and not where."""
        tokens = self.syntax.tokens
        above = tokens[tokens[tokens[head].head].head]
        return above.pos in ("NOUN", "PROPN") and above.i not in self.owner

    def _in_target(self, candidate: Candidate, head: int, coarse: bool) -> bool:
        """Inside the phrase that it was done to ("shelled Gaza's port"), but not in someone's name or office."""
        token = self.syntax.tokens[head]
        if token.dep in ("poss", "compound", "nmod", "amod") and coarse:
            return False  # "attacked the U.S. embassy": whose it is, not where
        for n in self.actors.get(self.syntax.sentence_of(head).number, ()):
            actor = self.annotation.actors[n]
            if actor.start <= token.start and token.end < actor.end:
                return False
        return any(head in self.syntax.subtree_tokens(i) for i in (*candidate.patients, *candidate.whole))

    # ------------------------------------------------------------------ time

    def time(self, candidate: Candidate) -> int | None:
        """The index of the time when it happened."""
        sentence = self.syntax.sentence_of(candidate.trigger).number
        best: tuple[tuple[int, int, float], int] | None = None
        for number, head in self.times.get(sentence, ()):
            expression = self.annotation.times[number]
            if expression.type not in ("DATE", "TIME") or not (
                expression.earliest or expression.latest or expression.anchor
            ):
                continue
            if expression.value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF"):
                continue
            link = self._time_link(candidate, expression, head)
            if link is None or link.preposition == "since":
                continue
            rank = (link.grade, link.steps, _width(expression))
            if best is None or rank < best[0]:
                best = (rank, number)
        return best[1] if best else None

    def _time_link(self, candidate: Candidate, expression: TimeExpression, head: int) -> Link | None:
        """As `link`; "two days after the raid" dates what the raid preceded, and never the raid."""
        if expression.anchor is None:
            return self.link(candidate, head)
        inside = self.syntax.tokens_in(*expression.anchor.trigger)
        if any(token.i in candidate.chain for token in inside):
            return None
        edge = set_off_above(head, self.syntax)
        if edge is None:
            return self.link(candidate, head)
        token = self.syntax.tokens[edge]
        if candidate.trigger in self.syntax.subtree_tokens(edge):
            return None
        above = self.syntax.tokens[token.head]
        return self.link(candidate, above.head if token.dep in ("pobj", "pcomp") else above.i)

    def is_running(self, candidate: Candidate) -> bool:
        """A count since some day ("has killed 90 people since January"), and not one happening."""
        sentence = self.syntax.sentence_of(candidate.trigger).number
        for _, head in self.times.get(sentence, ()):
            link = self.link(candidate, head)
            if link is not None and link.preposition == "since":
                return True
        return False

    # ------------------------------------------------------------------ instrument and target

    def instrument(self, candidate: Candidate) -> int | None:
        """The head of the phrase that names the means: "with drones", "a dynamite attack", "rocket fire"."""
        words = self.ontology.lexicon.words("instrument")
        syntax = self.syntax
        for i in candidate.chain:
            for c in syntax.children(i, "compound", "amod", "nmod", "prep", "dobj", "agent", "advcl", "acl"):
                if c.dep in ("compound", "amod", "nmod", "dobj") and c.lemma.lower() in words:
                    return c.i
                if c.dep in ("prep", "agent") and c.text.lower() in _INSTRUMENT:
                    for k in syntax.children(c.i, "pobj"):
                        if k.lemma.lower() in words and self.owner.get(k.i) is None:
                            return k.i
                if c.dep in ("advcl", "acl", "prep") and c.lemma.lower() in ("use", "involve", "fire", "employ"):
                    for k in syntax.children(c.i, "dobj", "pobj"):
                        if k.lemma.lower() in words:
                            return k.i
        for i in candidate.agents:
            other = self.owner.get(i)
            if syntax.tokens[i].lemma.lower() in words and (other is None or other.recalled):
                return i
        return None

    def phrase(self, head: int) -> Span:
        """A noun with what stands before it, and with the nouns joined to it."""
        syntax = self.syntax
        first = last = head
        for c in syntax.children(head, "det", "amod", "compound", "nummod", "nmod", "poss"):
            first = min(first, syntax.subtree_tokens(c.i).start)
        for c in syntax.children(head, "conj"):
            if c.pos in ("NOUN", "PROPN"):
                last = max(last, c.i)
        return Span(syntax.tokens[first].start, syntax.tokens[last].end)

    # ------------------------------------------------------------------ attribution

    def attribution(self, candidate: Candidate) -> int | None:
        """The innermost attribution whose content holds the trigger; a cue does not stand under itself."""
        token = self.syntax.tokens[candidate.trigger]
        best: tuple[int, int] | None = None
        for number, (start, end) in self._said.get(self.syntax.sentence_of(token.i).number, ()):
            cue = self.annotation.attributions[number].cue
            if any(a < token.end and token.start < b for a, b in cue):
                continue
            if start <= token.start and token.end <= end and (best is None or end - start < best[0]):
                best = (end - start, number)
        return best[1] if best else None


def is_common_word(place: PlaceMention, syntax: Syntax) -> bool:
    """A word in capitals that the parse takes for no name: "A CAR BOMB", in texts without small letters. Datelines
    are not parsed, and what stands there is a place."""
    tokens = syntax.tokens_in(place.start, place.end)
    return bool(tokens) and place.text.isupper() and not any(t.pos == "PROPN" for t in tokens)


def _width(expression: TimeExpression) -> float:
    """How many characters of precision a time lacks: finer values sort first."""
    return -float(len(expression.value))


def toll_cue(toll: TollMention, syntax: Syntax) -> int | None:
    """The token that says what befell the people."""
    if toll.cue is None:
        return None
    token = syntax.head_of(toll.cue.start, toll.cue.end)
    return token.i if token is not None else None
