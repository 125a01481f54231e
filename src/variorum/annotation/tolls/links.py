"""What befell the people counted: the word of harm that each quantity of a sentence belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.records import Syntax, TollKind
from variorum.world.nouns import find_noun

from .fillers import ADVERBS, BE, ENDING, FILLERS, RISING
from .frames import SUFFERING, find_flight, find_frame, find_loss, find_refuge, find_taken, find_wounds
from .lexicon import Harm, Lexicon, word_set
from .numbers import number, passed, read_count
from .options import TollOptions
from .quantities import Quantity
from .sightings import HOLDING, Sighting, sightings, together

_HELD = frozenset({"hostage", "prisoner", "captive"})
_CAPTIVES = frozenset({"hostages", "prisoners", "captives"})
_TAKING = word_set("""take takes took taken taking hold holds held holding seized""")
_UNSEEN = word_set("found seen located traced heard")
_SOUGHT = ("no", "trace", "of"), ("no", "sign", "of"), ("searching", "for"), ("search", "for"), ("searched", "for")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
_INJURIES = word_set(
    "injuries wounds burns injury cuts bruises fractures shock concussion inhalation exposure hypothermia"
)
_HUNTERS = word_set("police officers deputies detectives investigators authorities troops soldiers army agents forces")
_CARRIED = word_set("baby infant toddler child daughter son newborn babies infants children")
_SOUGHT_FOR = word_set(
    """gunman gunmen suspect suspects attacker attackers assailant assailants killer killers bomber bombers militant
    militants rebel rebels robber robbers fugitive fugitives culprit culprits insurgent insurgents terrorist terrorists
    survivors survivor killer killers thief thieves"""
)
_HELD_IN = word_set("prisoners inmates convicts detainees suspects criminals thieves robbers patients pupils students")
_BY_WHAT = 4  # words of "was hit by shrapnel"
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
_NUMBERED: dict[str, TollKind] = {
    "dead": "killed",
    "killed": "killed",
    "deaths": "killed",
    "fatalities": "killed",
    "injured": "injured",
    "wounded": "injured",
    "missing": "missing",
    "displaced": "displaced",
    "casualties": "casualties",
    "detained": "captured",
}
_OTHERS = word_set("; : who which that said says none nobody")  # another clause, or another's fate
_HEARSAY = word_set("reported said believed known feared thought presumed appeared appear seem seemed understood")
_RELEASING = word_set("free freed frees freeing release released releases releasing pardon pardoned pardons pardoning")
_RELATIVE = frozenset({"WP", "WDT"})
_NEARBY = 4  # words between a person and a participle behind a comma: "a guard at the gate, killed by a bullet"
_PERFECT = word_set("did have has had never")
_MODALS = word_set("""will would should can could must shall wo ca""")


def _is_armed(word: str) -> bool:
    noun = find_noun(word)
    return word in _HUNTERS or (noun is not None and bool(noun.classes & {"military", "combatant"}))


@dataclass(slots=True)
class Linked:
    """A quantity and what befell its people. `side` tells how they were tied: the harm stands left or right of it."""

    quantity: Quantity
    kind: TollKind
    cue: tuple[int, int]
    side: str
    uncertain: bool = False
    part_of: Linked | None = None


class SentenceLinks:
    """Ties the quantities of the tokens ``[first, last)`` to words of harm."""

    def __init__(
        self, syntax: Syntax, words: Sequence[str], first: int, lexicon: Lexicon, options: TollOptions
    ) -> None:
        self.syntax, self.words, self.first = syntax, words, first
        self.lexicon, self.options = lexicon, options
        self._capitals = syntax.tokens[first].text.isupper() and syntax.tokens[first + len(words) - 2].text.isupper()
        self.sightings = list(sightings(words, lexicon))
        self._starting = {sighting.first: sighting for sighting in self.sightings}
        self._ending = {sighting.stop: sighting for sighting in self.sightings}
        self._numbered = {
            k + 1 for k, word in enumerate(words) if word in _NUMBERED and "number" in words[max(0, k - 4) : k]
        }
        self._far = (self._by_tree, self._across)
        self._at = {k: s for s in self.sightings for k in range(s.first, s.stop)}

    def link(self, quantity: Quantity) -> Linked | None:
        """The nearest tie that holds: a word inside, right behind, right before, by the tree, across a gap."""
        inside = self._inside(quantity)
        for tie in (self._behind, self._before, self._beside, self._counted, self._toll, self._sought, *self._far):
            linked = tie(quantity) if inside is None or tie in (self._behind, self._before) else None
            if linked is not None and (inside is None or linked.kind == "killed"):
                if linked.kind in {"injured", "casualties"} and linked.side == "right":
                    linked = self._in_the_end(quantity) or linked
                return linked if self._holds(linked) else None
        return inside

    def _in_the_end(self, quantity: Quantity) -> Linked | None:
        """The death that the main verb tells of people whom a participle has hit ("a woman shot in the hip died")."""
        i = quantity.noun if quantity.noun is not None else self.first + quantity.count.stop - 1
        token = self.syntax.tokens[i]
        sighting = self._at.get(token.head - self.first)
        if not token.dep.startswith("nsubj") or sighting is None or token.head < quantity.stop:
            return None
        harm = sighting.reading("intransitive")
        dead = harm is not None and harm.kind == "killed"
        return self._linked(quantity, sighting, "killed", "right") if dead else None

    # --- ties ----------------------------------------------------------------------------------------------------

    def _inside(self, quantity: Quantity) -> Linked | None:
        if quantity.harm is None:
            return None
        sighting = self._at.get(quantity.harm - self.first)
        reading = sighting.reading("state", "transitive") if sighting is not None else None
        if sighting is None or reading is None:
            return None
        if reading.kind != "missing" and self.words[sighting.first].endswith(("ing", "s")):
            return None
        start = quantity.first - self.first
        if reading.kind == "captured" and _RELEASING & set(self.words[max(0, start - 3) : start]):
            return None
        return self._linked(quantity, sighting, reading.kind, "inside")

    def _beside(self, quantity: Quantity) -> Linked | None:
        """ "was killed along with two bodyguards"."""
        start = quantity.first - self.first
        for at in range(start - 1, max(0, start - 6), -1):
            if self.words[at] in self.lexicon.words:
                return None
            with_them = self.words[at] in {"along", "together"} and self.words[at + 1] == "with"
            if (with_them or self.words[at] == "alongside") and (sighting := self._ending.get(at)) is not None:
                harm = sighting.reading("transitive", "intransitive")
                fits = harm is not None and self._fits(quantity, harm)
                return self._linked(quantity, sighting, harm.kind, "left") if harm is not None and fits else None
        return None

    def _counted(self, quantity: Quantity) -> Linked | None:
        if quantity.noun is None:
            return None
        at = quantity.noun - self.first
        sighting = self._at.get(at)
        if sighting is None:
            return None
        follower = self.syntax.tokens[quantity.stop].pos if at + 1 < len(self.words) else ""
        if (quantity.count.article and follower == "NOUN") or self.words[at + 1 : at + 2] == ["row"]:
            return None  # "a death investigation", "one death row inmate"
        if harm := sighting.reading("counted"):
            return self._linked(quantity, sighting, harm.kind, "inside")
        harm = sighting.reading("conditional")
        start = quantity.first - self.first
        near = {*self.words[max(0, start - 8) : start], *self.words[at + 1 : at + 9]}
        return self._linked(quantity, sighting, harm.kind, "inside") if harm and near & harm.beside else None

    def _behind(self, quantity: Quantity) -> Linked | None:
        """ "seven people were killed", "10 killed", "nine dead"."""
        start = at = quantity.stop - self.first
        if (
            quantity.count.article
            and quantity.first > self.first
            and self._word(quantity.first - 1) in {"of", "be", "as"}
        ):
            return None  # "the son of a baker was killed", "a man believed to be a member was shot"
        at = self._behind_aside(at)
        while at < len(self.words) and self.words[at] in FILLERS and (at not in self._starting or self._stays(at)):
            at += 1
        if self.words[at : at + 1] and self.words[at] in _CAPTIVES and BE & set(self.words[start:at]):
            return self._linked(quantity, Sighting(at, at + 1, ()), "captured", "right", self.words[start:at])
        if at < len(self.words) and self.words[at] in _HELD:
            taken = self.words[max(0, quantity.first - self.first - 6) : at]
            held = Sighting(at, at + 1, ())
            return self._linked(quantity, held, "captured", "right") if _TAKING & set(taken) else None
        if self.words[at : at + 1] == [","] and self.words[at + 2 : at + 3] == [","] and self.words[at + 1].isdigit():
            at += 3  # "a man, 34, was shot"
        if self.words[at : at + 1] == [","] and (told := self._starting.get(at + 1)) is not None:
            participle = self.syntax.tokens[self.first + at + 1].tag in {"VBN", "VBD"} and told.reading("transitive")
            return self._as_patient(quantity, told, ()) if participle else None
        at = self._behind_quote(quantity, at)
        if (elsewhere := self._unseen(quantity) or self._treated(quantity)) is not None:
            return elsewhere
        if (frame := find_frame(self.words, quantity.first - self.first, start)) and (
            quantity.person or quantity.elided
        ):
            return self._linked(quantity, Sighting(frame.first, frame.stop, ()), frame.kind, "right")
        hurt = quantity.person and not quantity.counted and not self._is_owned(quantity)
        wounds = find_wounds(self.words, self._behind_aside(start)) if hurt else None
        if wounds is not None:
            return self._linked(quantity, Sighting(wounds.first, wounds.stop, ()), wounds.kind, "right")
        if (gone := self._gone(quantity)) is not None:
            return gone
        sighting = self._starting.get(at)
        if sighting is None and (flight := find_flight(self.words, at)) is not None:
            return (
                self._linked(quantity, Sighting(*flight[:2], ()), flight.kind, "right")
                if self._flees(quantity)
                else None
            )
        return self._as_patient(quantity, sighting, self.words[start:at]) if sighting is not None else None

    def _stays(self, at: int) -> bool:
        """Whether "remains" at word `at` is the verb: "remains in critical condition", "remains missing"."""
        return self.words[at] == "remains" and (at + 1 in self._starting or self.words[at + 1 : at + 2] == ["in"])

    def _flees(self, quantity: Quantity) -> bool:
        """Whether so many and such people are driven from home: no troops, and no culprits on the run."""
        noun = self._word(quantity.noun) if quantity.noun is not None else ""
        return quantity.size >= self.options.flight and not _is_armed(noun) and noun not in _SOUGHT_FOR | _HELD_IN

    def _gone(self, quantity: Quantity) -> Linked | None:
        """ "In shelters", "have been taken", "are in enemy hands", said behind people."""
        start = quantity.stop - self.first
        if quantity.counted or quantity.count.low == 0 or not (quantity.person or quantity.elided):
            return None
        at = self._behind_aside(start)
        many = quantity.size >= self.options.flight
        armed = quantity.noun is not None and _is_armed(self._word(quantity.noun))
        frame = find_refuge(self.words, start) if many and not armed else None
        frame = frame or find_taken(self.words, at)
        if frame is not None:
            return self._linked(quantity, Sighting(frame.first, frame.stop, ()), frame.kind, "right")
        while at < len(self.words) and self.words[at] in BE | {"now", "still", "all"}:
            at += 1
        holder = self.syntax.tokens[self.first + at + 1 : self.first + at + 2]
        theirs = self.words[at + 2 : at + 3] == ["hands"] and at > start and holder and holder[0].text[0].isupper()
        if self.words[at : at + 1] == ["in"] and theirs:
            return self._linked(quantity, Sighting(at, at + 3, ()), "captured", "right")
        return None

    def _is_owned(self, quantity: Quantity) -> bool:
        """Whether the people only say whose something is: "the bodies of four climbers"."""
        return quantity.first > self.first and self._word(quantity.first - 1) == "of"

    def _behind_aside(self, at: int) -> int:
        """The index behind an aside that a comma opens and another closes at word `at`, where it says who they were
        (", including two monks,"), and a harm or a form of "be" follows; behind an age and ", who" too."""
        if self.words[at : at + 1] == ["of"] and (aged := number(self.words, at + 1)) is not None:
            at = aged[1]  # "a boy of nine"
        if self.words[at : at + 2] == [",", "who"]:
            return at + 2
        if self.words[at : at + 1] != [","] or self.words[at + 1 : at + 2] == ["and"]:
            return at
        for k in range(at + 2, min(len(self.words) - 1, at + self.options.filler)):
            if k in self._at or self.syntax.tokens[self.first + k].tag in {"VBD", "VBZ", "VBP", "MD"}:
                return at
            if self.words[k] == ",":
                follows = (
                    self.words[k + 1] in BE | SUFFERING | {"have", "has", "had", "remain", "remained"}
                    or k + 1 in self._starting
                )
                return k + 1 if follows else at
        return at

    def _behind_quote(self, quantity: Quantity, at: int) -> int:
        """Skip those counted where a quotation ends between: '"about 40" Danish soldiers killed'."""
        closed = self.words[quantity.stop - self.first : quantity.stop - self.first + 1]
        if not quantity.elided or closed not in (['"'], ["”"], ["’"], ["''"]):
            return at
        for k in range(at, min(at + 3, len(self.words))):
            if self.lexicon.is_person(self.words[k]):
                return k + 1
        return at

    def _unseen(self, quantity: Quantity) -> Linked | None:
        """ "thirty could not be traced", "two girls who have not been seen since"."""
        start = at = quantity.stop - self.first
        if quantity.counted or quantity.count.low == 0 or self._word(quantity.stop - 1) in _SOUGHT_FOR:
            return None
        while at < len(self.words) and self.words[at] in FILLERS | _MODALS | {"not", "never", "n't"}:
            at += 1
        told = set(self.words[start:at])
        if "found" in told and at < len(self.words):
            at = start + self.words[start:at].index("found")
        if (
            at >= len(self.words)
            or self.words[at] not in _UNSEEN
            or not told & {"not", "never", "n't"}
            or not told & BE
        ):
            return None
        if self.words[at + 1 : at + 2] in (["guilty"], ["to"], ["liable"]):
            return None
        return self._linked(quantity, Sighting(at, at + 1, ()), "missing", "right")

    def _treated(self, quantity: Quantity) -> Linked | None:
        """ "were treated for minor injuries", "treated 35 people for gunshot wounds"."""
        start, stop = quantity.first - self.first, quantity.stop - self.first
        near = range(max(0, start - 3), min(len(self.words), stop + 6))
        for k in near:
            if self.words[k].startswith("treat") and not start <= k < stop:
                told = self.words[max(k, stop) : max(k, stop) + 6]
                if "for" in told[:3] and _INJURIES & set(told):
                    return self._linked(quantity, Sighting(k, k + 1, ()), "injured", "right")
        return None

    def _sought(self, quantity: Quantity) -> Linked | None:
        """ "no trace of four climbers", "still searching for eleven girls"."""
        at = quantity.first - self.first
        if (
            not quantity.person
            or quantity.counted
            or quantity.count.article
            or (self._word(quantity.stop - 1) in _SOUGHT_FOR)
        ):
            return None
        for phrase in _SOUGHT:
            if tuple(self.words[max(0, at - len(phrase)) : at]) == phrase:
                if phrase[0].startswith("search") and _HUNTERS & set(self.words[:at]):
                    return None
                return self._linked(quantity, Sighting(at - len(phrase), at, ()), "missing", "left")
        return None

    def _as_patient(self, quantity: Quantity, sighting: Sighting, filler: Sequence[str]) -> Linked | None:
        """The harm behind a quantity as done to it: passives, participles, intransitives and states."""
        joint = self._joint(sighting)
        if harm := sighting.reading("intransitive"):
            fits = harm.kind != "displaced" or self._fits(quantity, harm)
            return self._linked(quantity, sighting, harm.kind, "right", filler) if fits else None
        transitive, state = sighting.reading("transitive"), sighting.reading("state")
        passive = any(word in BE for word in filler)
        if state is not None and (passive or self._ends(sighting) or transitive is None):
            return self._linked(quantity, sighting, joint or state.kind, "right", filler)
        if transitive is None:
            return None
        if not self._fits(quantity, transitive):
            return None
        word = self.words[sighting.first]
        if (word.endswith(("ing", "s")) and sighting.stop - sighting.first < _BY_WHAT) or (
            word == "shot" and not filler and self.syntax.tokens[self.first + sighting.first].tag == "NN"
        ):
            return None
        had = any(w in {"has", "have", "had"} for w in filler)
        if passive or (not had and self._ends(sighting)):
            return self._linked(quantity, sighting, joint or transitive.kind, "right", filler)
        return None

    def _before(self, quantity: Quantity) -> Linked | None:
        """ "killed two children", "the deaths of six drivers"."""
        at = quantity.first - self.first
        lost = [harm for harm in self.lexicon.words.get("lost", ()) if harm.only]
        armed = quantity.noun is not None and any(self._word(quantity.noun) in harm.only for harm in lost)
        if not quantity.counted and (loss := find_loss(self.words, at, armed)) is not None:
            return self._linked(quantity, Sighting(loss.first, loss.stop, ()), loss.kind, "left")
        if (
            self.words[max(0, at - 2) : at] == ["injuries", "to"]
            and not quantity.count.article
            and quantity.person is not False
        ):
            return self._linked(quantity, Sighting(at - 2, at - 1, ()), "injured", "left")
        while at > 0 and self.words[at - 1] in ADVERBS and at not in self._ending:
            at -= 1
        if at > 2 and self.words[at - 1] == "and" and self.words[at - 2] in _REFLEXIVE:
            at -= 2
        if (sighting := self._ending.get(at)) is not None:
            harm = sighting.reading("transitive")
            if harm is None or not self._is_active(sighting) or not self._fits(quantity, harm):
                return None
            if self.words[sighting.stop - 1] in {"from", "of", "by"}:
                return None  # "samples taken from six villagers"
            if self.words[sighting.first] in HOLDING and quantity.count.high == 1 and quantity.group in _CARRIED:
                return None
            return self._linked(quantity, sighting, self._joint_left(sighting) or harm.kind, "left")
        if at > 0 and self.words[at - 1] == "," and not quantity.count.article:
            sighting = self._ending.get(self._before_aside(at - 1))
            harm = sighting.reading("transitive") if sighting is not None else None
            if sighting is None or harm is None or not self._is_active(sighting) or not self._fits(quantity, harm):
                return None
            return self._linked(quantity, sighting, harm.kind, "left")
        while at > 0 and self.words[at - 1] in ADVERBS | {"of", "its", "their", "his", "her", "all"}:
            at -= 1
            sighting = self._ending.get(at)
            if self.words[at] == "of" and sighting is not None:
                harm = sighting.reading("nominal")
                if self.words[at - 1] in {"flight", "exodus"} and quantity.size < self.options.flight:
                    return None
                if harm is not None and self._fits(quantity, harm) and self._happened(sighting):
                    return self._linked(quantity, sighting, harm.kind, "left")
        return None

    def _before_aside(self, comma: int) -> int:
        """The index where an aside between commas begins ("killed, by one count, 19"); -1 if none does."""
        for k in range(comma - 1, max(-1, comma - 10), -1):
            if self.words[k] == ",":
                return k
            if k in self._at:
                break
        return -1

    def _happened(self, sighting: Sighting) -> bool:
        """ "The lives of four" is a toll only where something took them, "the arrest of" none where it is asked for."""
        word, near = self.words[sighting.first], self.words[max(0, sighting.first - 4) : sighting.first]
        if word == "lives":
            return any(w.startswith(("claim", "cost", "took", "tak", "los", "end")) for w in near)
        return not (word in {"arrest", "arrests", "capture", "detention"} and "for" in near[-2:])

    def _toll(self, quantity: Quantity) -> Linked | None:
        """ "the death toll rose to nine", "the number of wounded has passed 500"."""
        start = at = quantity.first - self.first
        while at > 0 and start - at < 12 and self.words[at - 1] != "toll" and at not in self._numbered:
            if self.words[at - 1] in {",", ".", ";", ":", "(", ")", "and", "but", "said", "says"}:
                return None
            at -= 1
        told = set(self.words[max(at, start - 4) : start])
        if at == 0 or not told & RISING or quantity.person is False:
            return None
        if self.words[start - 1] in {"by", "from", "for", "of"} and self.words[start - 2] != "toll":
            return None
        last, before = self.words[at - 1], self.words[max(0, at - 5) : at - 1]
        if last == "toll":
            kind: TollKind = "injured" if before[-1:] and before[-1] in {"injury", "wounded", "injured"} else "killed"
            first = at - 2 if before[-1:] and before[-1] in {"death", "injury"} else at - 1
        elif at in self._numbered:
            kind, first = _NUMBERED[last], at - 1
        else:
            return None
        if {"passed", "topped", "exceeded", "exceeds", "surpassed", "tops"} & set(self.words[at:start]):
            quantity.count = passed(quantity.count)
        return self._linked(quantity, Sighting(first, at, ()), kind, "left")

    def _by_tree(self, quantity: Quantity) -> Linked | None:
        """Ties across what stands between, as the tree has them."""
        tokens = self.syntax.tokens
        if quantity.count.article and self._is_aside(quantity):
            return None
        i = quantity.noun if quantity.noun is not None else self.first + quantity.count.stop - 1
        for child in self.syntax.children(i, "relcl", "acl"):
            sighting = self._at.get(child.i - self.first)
            others = any(token.tag not in _RELATIVE for token in self.syntax.children(child.i, "nsubj", "nsubjpass"))
            if sighting is not None and child.i >= quantity.stop and child.tag in {"VBN", "VBD"} and not others:
                filler = self.words[quantity.stop - self.first : sighting.first]
                if len(filler) <= self.options.filler and (linked := self._as_patient(quantity, sighting, filler)):
                    return linked
        for _ in range(5):
            token, head = tokens[i], tokens[tokens[i].head]
            sighting = self._at.get(head.i - self.first)
            counted_of = (
                token.dep == "pobj" and head.text.lower() == "of" and quantity.first <= head.head < quantity.stop
            )
            listed = token.dep in {"appos", "conj"} and head.i < token.i and quantity.noun is not None
            if token.dep in {"nummod", "quantmod", "det", "compound", "amod"} or counted_of or listed:
                i = head.i if token.dep != "pobj" else head.head
                continue
            if token.dep in {"nsubjpass", "nsubj"}:
                return self._by_subject(quantity, head.i, token.dep)
            if token.dep == "dobj" and sighting is not None:
                harm = sighting.reading("transitive")
                if harm is not None and self._fits(quantity, harm):
                    return self._linked(quantity, sighting, self._joint_left(sighting) or harm.kind, "left")
            return None
        return None

    def _by_subject(self, quantity: Quantity, verb: int, dep: str) -> Linked | None:
        if not self.first <= verb < self.first + len(self.words) or verb < quantity.stop:
            return None
        candidates = [
            verb,
            *(t.i for t in self.syntax.children(verb, "acomp", "attr", "oprd", "prep", "xcomp", "conj")),
        ]
        for i in candidates:
            sighting = self._at.get(i - self.first)
            own = i != verb and any(self.syntax.children(i, "nsubj", "nsubjpass"))
            same = i != verb and sighting is self._at.get(verb - self.first)  # the "dead" of "shot dead"
            if sighting is None or own or same:
                continue
            filler = self.words[quantity.stop - self.first : sighting.first]
            helpers = [t.text.lower() for t in self.syntax.children(verb, "aux", "auxpass")]
            be = ["were"] if dep == "nsubjpass" or i != verb else []
            if sighting.reading("transitive") and not be and sighting.reading("intransitive", "state") is None:
                continue
            return self._as_patient(quantity, sighting, [*(w for w in filler if w in FILLERS), *helpers, *be])
        return None

    def _across(self, quantity: Quantity) -> Linked | None:
        """Where the tree fails: a form of "be" and a harm further on, no other quantity or verb between."""
        if quantity.count.article and (quantity.elided or self._is_aside(quantity)):
            return None
        start = quantity.stop - self.first
        for at in range(start, min(len(self.words) - 1, start + self.options.filler)):
            word = self.words[at]
            if word == "," and at - start <= _NEARBY and (told := self._starting.get(at + 1)) is not None:
                participle = self.syntax.tokens[self.first + at + 1].tag in {"VBN", "VBD"} and told.reading(
                    "transitive"
                )
                return self._as_patient(quantity, told, ["were"]) if participle and self._ends(told) else None
            if word in _OTHERS or at in self._at:
                return None
            if word in {"was", "were", "been"}:
                step = at + 1
                while step < len(self.words) and self.words[step] in FILLERS and step not in self._starting:
                    step += 1
                sighting = self._starting.get(step)
                return self._as_patient(quantity, sighting, ["were"]) if sighting is not None else None
            tag = self.syntax.tokens[self.first + at].tag
            if word.isdigit() or (tag in {"VBD", "VBZ", "VBP"} and not self._capitals and not word.endswith("ed")):
                return None
        return None

    def _is_aside(self, quantity: Quantity) -> bool:
        """Whether it only describes someone: "the envoy, a father of two, was killed", "the son of a baker was"."""
        if quantity.first == self.first:
            return False
        before = self._word(quantity.first - 1)
        return before in {"of", "be", "as"} or (
            before == "," and quantity.count.article and not self._in_list(quantity)
        )

    def _in_list(self, quantity: Quantity) -> bool:
        at = quantity.stop - self.first
        if self.words[at : at + 1] == [","]:
            following = self.words[at + 1] if at + 1 < len(self.words) else "."
            tag = self.syntax.tokens[quantity.stop + 1].tag if at + 1 < len(self.words) else ""
            return following not in BE and following not in ENDING - {"and"} and tag not in _FINITE
        return self.words[at : at + 1] == ["and"]

    def _word(self, i: int) -> str:
        return self.words[i - self.first]

    # --- checks --------------------------------------------------------------------------------------------------

    def _fits(self, quantity: Quantity, harm: Harm) -> bool:
        if quantity.counted:
            return False
        if harm.only and (quantity.noun is None or self._word(quantity.noun) not in harm.only):
            return False
        if harm.kind == "displaced" and quantity.noun is not None and _is_armed(self._word(quantity.noun)):
            return False  # troops that crossed a border are no refugees
        return bool(quantity.person) or (not harm.people_only and quantity.person is not False) or quantity.elided

    def _ends(self, sighting: Sighting) -> bool:
        """Whether nothing that could be an object follows."""
        if sighting.stop >= len(self.words) or self.words[sighting.stop - 1] in {"of", "from"}:
            return True
        follower = self._starting.get(sighting.stop + 1)
        if follower is not None and self.words[sighting.stop] in {"and", "or"} and follower.reading("transitive"):
            return self._ends(follower)
        if (count := read_count(self.words, sighting.stop)) is not None:
            return count.stop in self._starting
        return self.words[sighting.stop] in ENDING or self.syntax.tokens[self.first + sighting.stop].pos in {
            "ADP",
            "ADV",
            "SCONJ",
            "PUNCT",
            "AUX",
        }

    def _is_active(self, sighting: Sighting) -> bool:
        """Whether a verb of harm may have an object: no passive, no noun ("in the later shooting")."""
        if self.words[sighting.first].endswith("ing"):
            return self._capitals or self.syntax.tokens[self.first + sighting.first].pos != "NOUN"
        before = self.words[max(0, sighting.first - 3) : sighting.first]
        return not any(word in BE for word in before) or ("and" in before and before[-1] != "and")

    def _joint(self, sighting: Sighting) -> TollKind | None:
        """The kind of "killed or wounded", said of the same people."""
        link = self.words[sighting.stop] if sighting.stop < len(self.words) else ""
        other = self._starting.get(sighting.stop + 1) if link in {"or", "and", "/"} else None
        if other is None or other.reading("transitive", "state") is None or (link == "and" and not self._ends(other)):
            return None
        return together(sighting, other)

    def _joint_left(self, sighting: Sighting) -> TollKind | None:
        link = self.words[sighting.first - 1] if sighting.first else ""
        other = self._ending.get(sighting.first - 1) if link in {"or", "and", "/"} else None
        if other is None or other.reading("transitive", "state") is None:
            return None
        return together(other, sighting)

    def _linked(
        self, quantity: Quantity, sighting: Sighting, kind: TollKind, side: str, filler: Sequence[str] = ()
    ) -> Linked:
        near = [*filler, *self.words[max(0, sighting.first - 3) : sighting.first]]
        uncertain = any(word in self.lexicon.feared for word in near)
        cue = (self.first + sighting.first, self.first + sighting.stop)
        return Linked(quantity, kind, cue, side, uncertain)

    def _holds(self, linked: Linked) -> bool:
        """Not negated, intended or foretold: "threatened to kill two hostages" is no toll."""
        at = linked.cue[0] - self.first
        before = self.words[max(0, at - 4) : at]
        if linked.side == "inside" or (linked.kind == "missing" and self.words[at] in _UNSEEN):
            return True
        if any(word in {"not", "n't", "never"} for word in before[-3:]):
            # "did not kill three" denies a figure, "the three were not killed" tells of people unharmed
            return linked.side == "left" and bool(_PERFECT & set(before))
        if before[-2:] == ["to", "be"]:
            return bool(_HEARSAY & set(before))  # "are to be executed" is to come
        base = self.syntax.tokens[linked.cue[0]].tag in {"VB", "VBP"}
        if base and "to" in before[-2:] and not {"have", "been"} & set(before[-2:]):
            return bool({"went", "proceeded", "known", "continued", "managed", "said"} & set(before))
        return "have" in before or not set(before[-2:]) & _MODALS
