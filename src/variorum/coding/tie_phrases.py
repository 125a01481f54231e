"""Prepositions, conjunctions and nouns that tie happenings: "after", "over", "in revenge for", "our reply to"."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Syntax, Token
from variorum.records.annotation import TieKind

from .clauses import is_infinitive
from .frames import Frames
from .recollection import Events, Recollection
from .tie_drafts import Draft
from .tie_words import TieWords

_OBJECTS = ("pobj", "pcomp")
_MEASURES = ("npadvmod", "advmod", "nummod", "amod", "dep")
_NEGATED = ("neg",)
_DAYS = frozenset({"day", "night", "morning", "evening", "afternoon", "week", "hour", "month", "weekend"})


def opening_words(words: TieWords) -> frozenset[str]:
    """The prepositions and conjunctions that may open a tie, as written."""
    known = words.prepositions
    return _marks(words) | known["touching"]


def opening_nouns(words: TieWords) -> frozenset[str]:
    """The lemmas of the other words that may: nouns of answering and feeling, grounds, wakes, wholes, days."""
    grounded = frozenset().union(*words.grounds.values(), *words.wakes.values())
    return grounded | words.reasons | words.weak_reasons | words.moved | words.feelings | words.wholes | _DAYS


def _marks(words: TieWords) -> frozenset[str]:
    known = words.prepositions
    return known["reason"] | known["after"] | known["before"]


class Phrases:
    """Drafts that a preposition, a conjunction or a noun gives."""

    def __init__(self, syntax: Syntax, frames: Frames, memory: Recollection, words: TieWords) -> None:
        self._syntax = syntax
        self._frames = frames
        self._memory = memory
        self._words = words
        self._marks, self._simple = _marks(words), opening_words(words)

    def of(self, token: Token) -> Iterator[Draft]:
        """The drafts that this token opens: one of `opening_words` or `opening_nouns`, as no other opens any."""
        lemma = token.lemma.lower()
        low = token.text.lower()
        if token.dep in ("mark", "advmod") and low in self._marks:
            yield from self._clause(token, low)
        if token.dep in ("prep", "pcomp", "agent", "advmod") and low in self._simple:
            yield from self._preposition(token, low)
        if token.pos in ("NOUN", "PROPN") and (lemma in self._words.reasons or lemma in self._words.weak_reasons):
            yield from self._reason(token, lemma)
        if token.pos in ("ADJ", "VERB") and lemma in self._words.moved and token.tag in ("JJ", "VBN", "VBD"):
            yield from self._moved(token)
        if token.pos == "NOUN" and lemma in self._words.feelings:
            yield from self._felt(token)
        if token.pos in ("NOUN", "PROPN", "ADV") and token.dep == "pobj":
            yield from self._ground(token, lemma)
        if token.pos == "NOUN" and lemma in _DAYS:
            yield from self._same_day(token)
        if token.pos == "NOUN" and lemma in self._words.wholes:
            yield from self._whole(token)

    def _same_day(self, noun: Token) -> Iterator[Draft]:
        """ "On the day that the port fell", "the night troops landed": a time that its clause dates."""
        clause = self._syntax.child(noun.i, "relcl", "acl")
        head = self._syntax.tokens[noun.head]
        if clause is None or not self._frames.is_verb(clause.i) or noun.dep not in ("npadvmod", "pobj"):
            return
        if head.pos == "ADP":
            head = self._syntax.tokens[head.head]
        whole = self._syntax.child(clause.i, "dobj", "nsubjpass", "acomp", "prep", "attr") is not None
        if whole and self._syntax.child(clause.i, "nsubj", "nsubjpass") is not None:
            without = noun.i if noun.dep == "npadvmod" else noun.head
            yield Draft("follows", self._syntax.subtree_tokens(noun.i).start, noun.i, head.i, clause.i, without=without)

    # ------------------------------------------------------------------ clauses

    def _clause(self, mark: Token, low: str) -> Iterator[Draft]:
        """ "After gunmen attacked", "because they had shelled"."""
        clause = self._syntax.tokens[mark.head]
        if clause.i < mark.i or not self._frames.is_verb(clause.i):
            return
        above = clause.head
        if above == clause.i:  # the parse may hang the main clause under the one that it comes before
            before = [c for c in self._syntax.children(clause.i, "ccomp", "advcl") if c.i < mark.i]
            if not before:
                return
            above = before[0].i
        elif mark.dep == "advmod" and clause.dep not in ("advcl", "ccomp", "relcl", "acl", "pcomp"):
            return
        kind: TieKind = "responds-to" if low == "because" else "follows"
        if kind == "follows" and self._is_answer(above):
            kind = "responds-to"
        first = self._measured(mark, clause)
        if low in self._words.prepositions["before"] and first == mark.i:
            return  # "before they met" tells no more than an order
        yield Draft(kind, first, mark.i, above, clause.i, without=clause.i,
                    swapped=low in self._words.prepositions["before"], denied=self._negated(mark, clause))  # fmt: skip

    def _negated(self, mark: Token, clause: Token) -> bool:
        before = self._syntax.tokens[mark.i - 1] if mark.i > clause.i or mark.i else None
        return before is not None and before.text.lower() in ("not", "n't")

    def _measured(self, mark: Token, clause: Token | None = None) -> int:
        """The first token of the measure before a word: "two days after"."""
        measures = [c for c in self._syntax.children(mark.i) if c.dep in _MEASURES and c.i < mark.i]
        if clause is not None:
            measures += [c for c in self._syntax.children(clause.i, "npadvmod") if c.i == mark.i - 1]
        return min((self._syntax.subtree_tokens(m.i).start for m in measures), default=mark.i)

    # ------------------------------------------------------------------ prepositions

    def _preposition(self, prep: Token, low: str) -> Iterator[Draft]:
        """ "Over the arrests", "after the raid", "because of it"."""
        target, last = self._object(prep)
        if target is None or prep.head == prep.i:
            return
        known = self._words.prepositions
        kind: TieKind = "follows" if low in known["after"] | known["before"] else "responds-to"
        head = self._syntax.tokens[prep.head]
        first, without, source = self._measured(prep), prep.i, head.i
        if head.dep in ("npadvmod", "advmod") and head.head != head.i and self._is_measure(head):
            first, without, source = self._syntax.subtree_tokens(head.i).start, head.i, head.head  # "a week after it"
        if low in known["before"] and first == prep.i:
            return
        if low in known["touching"] and not self._touches(head, low):
            return
        if kind == "follows" and self._is_answer(source):
            kind = "responds-to"
        being = self._syntax.tokens[source]
        subject = self._syntax.child(source, "nsubj") if being.lemma == "be" and kind == "responds-to" else None
        if subject is not None and subject.pos == "PRON":  # "it was because of the raid"
            yield Draft(kind, first, last, subject.i, target, phrase=True)
            return
        yield Draft(kind, first, last, source, target, without=without, swapped=low in known["before"],
                    touching=low in known["touching"])  # fmt: skip

    def _is_answer(self, verb: int) -> bool:
        """Whether what a clause says came after something is called an answer: "the response came a day after"."""
        subject = self._syntax.child(verb, "nsubj")
        return subject is not None and subject.lemma.lower() in self._words.reasons

    def _is_measure(self, token: Token) -> bool:
        return token.pos in ("NOUN", "NUM", "ADV") and not self._memory.at(token.i)

    def _touches(self, head: Token, low: str) -> bool:
        """Whether a plain "for", "at" or "against" may give what its head reacts to."""
        if low == "on" or (head.dep == "pobj" and head.lemma.lower() in self._words.weak_reasons):
            return False
        own = self._memory.at(head.i)
        types = {self._memory.events[e].type for e in own}
        if low in ("at", "against", "about"):
            return bool(types & {"PROTEST", "ACCUSE"})
        return bool(types) or self._frames.is_verb(head.i)

    def _object(self, prep: Token) -> tuple[int | None, int]:
        """What a preposition governs, and the last of its words: "due to", "because of" and their kind are one."""
        objects = list(self._syntax.children(prep.i, *_OBJECTS))
        below = next((c for c in objects if c.pos != "ADP"), None)
        last = next((c.i for c in objects if c.pos == "ADP"), prep.i)
        if below is None and last != prep.i:
            below = self._syntax.child(last, *_OBJECTS)
        elif below is None:
            inner = self._syntax.child(prep.i, "prep")
            if inner is not None and inner.text.lower() in ("of", "to"):
                last, below = inner.i, self._syntax.child(inner.i, *_OBJECTS)
        return (below.i if below is not None else None), last

    # ------------------------------------------------------------------ nouns of answering

    def _reason(self, noun: Token, lemma: str) -> Iterator[Draft]:
        """ "In reply to the raids", "the shelling was revenge for", "called it punishment for", "our response to"."""
        strong = lemma in self._words.reasons
        holders = [noun.i]
        if noun.dep in ("attr", "oprd", "dobj"):
            holders.append(noun.head)  # "called the shelling punishment for"
        targets = [
            (inner, prep)
            for prep in (*(p for h in holders for p in self._syntax.children(h, "prep")), *self._right_after(noun))
            if prep.text.lower() in self._words.out_of and prep.i > noun.i
            for inner in self._syntax.children(prep.i, *_OBJECTS)
        ]
        target = targets[0][0].i if targets else None
        last = targets[0][1].i if targets else noun.i
        carrier = self._carrier(noun)
        head = self._syntax.tokens[carrier.head]
        if carrier.dep in _OBJECTS and head.pos in ("ADP", "SCONJ"):
            yield from self._in_answer(noun, head, (target, last), strong=strong)
        elif not strong:
            return
        elif carrier.dep in ("attr", "oprd", "appos", "dobj", "ccomp", "xcomp", "acomp"):
            yield from self._predicated(noun, carrier, (target, last))
        elif carrier.dep in ("nsubj", "nsubjpass") and target is not None:
            yield self._own(noun, target, last)

    def _right_after(self, noun: Token) -> Iterator[Token]:
        """The preposition that comes right after a noun, which the parse may hang higher: "in protest at the raid"."""
        for token in self._syntax.tokens[noun.i + 1 : noun.i + 2]:
            if token.dep == "prep" and token.head < noun.i:
                yield token

    def _carrier(self, noun: Token) -> Token:
        """The noun, or the one that it is coordinated with."""
        while noun.dep == "conj" and self._syntax.tokens[noun.head].pos in ("NOUN", "PROPN"):
            noun = self._syntax.tokens[noun.head]
        above = self._syntax.tokens[noun.head]
        whole = self._syntax.tokens[above.head]
        if noun.dep == "pobj" and above.text.lower() == "of" and whole.lemma.lower() in ("act", "measure", "form"):
            return whole  # "an act of revenge for"
        return noun

    def _in_answer(self, noun: Token, prep: Token, named: tuple[int | None, int], *, strong: bool) -> Iterator[Draft]:
        low = prep.text.lower()
        target, last = named
        if (
            low not in self._words.into
            or (not strong and low not in ("in", "as", "with"))
            or (not strong and target is None)
        ):
            return
        top, without = self._syntax.tokens[prep.head], prep.i
        while top.pos in ("ADP", "ADV") and top.head != top.i:
            top, without = self._syntax.tokens[top.head], top.i
        first = prep.i
        if low == "as" and top.lemma.lower() in self._words.naming:
            yield from self._named(top, first, named)
            return
        if low not in ("in", "as", "by", "of") and target is None:
            return
        if low in ("to", "for", "with", "after"):
            return
        if top.pos == "AUX" and (subject := self._syntax.child(top.i, "nsubj")) is not None:
            yield Draft("responds-to", first, last, subject.i, target, phrase=True, back=True)
            return
        yield Draft("responds-to", first, last, top.i, target, without=without, back=True)

    def _predicated(self, noun: Token, carrier: Token, named: tuple[int | None, int]) -> Iterator[Draft]:
        """A noun said of a happening: "it was revenge", "calls this a reply to", "the raid, a reprisal for"."""
        target, last = named
        head = self._syntax.tokens[carrier.head]
        first = (
            self._syntax.subtree_tokens(noun.i).start
            if noun.i - self._syntax.subtree_tokens(noun.i).start < 4
            else noun.i
        )
        if carrier.dep == "appos":
            yield Draft("responds-to", first, last, head.i, target, phrase=True)
            return
        if head.lemma.lower() in self._words.naming:
            yield from self._named(head, first, named, noun)
            return
        if head.lemma.lower() in ("be", "become", "constitute", "represent", "form", "remain"):
            subject = self._syntax.child(head.i, "nsubj", "nsubjpass")
            denied = self._syntax.child(head.i, *_NEGATED) is not None
            if subject is not None and (target is not None or not self._memory.at(noun.i)):
                yield Draft("responds-to", first, last, subject.i, target, phrase=True, denied=denied, back=True)
            return
        if carrier.dep == "dobj" and target is not None:
            own = self._memory.at(noun.i)
            yield Draft("responds-to", first, last, noun.i if own else head.i, target,
                        without=None if own else noun.i)  # fmt: skip

    def _named(
        self, verb: Token, first: int, named: tuple[int | None, int], noun: Token | None = None
    ) -> Iterator[Draft]:
        """What a verb of naming says of its object, with who says so."""
        target, last = named
        roles = self._frames.verb(verb.i)
        things = [o for o in roles.objects if noun is None or o != noun.i]
        if noun is not None and not things:
            things = [c.i for c in self._syntax.children(noun.i, "nsubj", "poss") if c.i < noun.i]
            things += [c.i for c in self._syntax.children(verb.i, "nsubj") if verb.i < c.i < noun.i]
            things += [c.i for c in self._syntax.children(noun.i, "compound") if self._memory.at(c.i)]
        things = [i for i in things if self._syntax.tokens[i].tag not in ("WP", "WDT")]
        if not things:
            return
        speakers = [s for s in roles.subjects if s < verb.i] if not roles.passive else list(roles.subjects)
        owner = next((n for s in speakers if (n := self._actor(s)) is not None), None)
        denied = self._syntax.child(verb.i, *_NEGATED) is not None
        yield Draft("responds-to", first, last, things[0], target, phrase=True, owner=owner, denied=denied, back=True)

    def _own(self, noun: Token, target: int, last: int) -> Draft:
        """ "Our response to the massacre has been swift": the act of those whose answer it is."""
        own = self._memory.at(noun.i)
        return Draft("responds-to", noun.i, last, noun.i, target, phrase=bool(own), owned=not own)

    def owned(self, i: int, apart: Events) -> Events:
        """The last act told before by those whose answer token `i` is."""
        sides = self._memory.sides(self._owners(i))
        if not sides:
            return ()
        return self._memory.last(i, apart, lambda e: bool(self._memory.doers(e) & sides), 12)

    def _owners(self, i: int) -> list[int]:
        before = [c.i for c in self._syntax.children(i, "poss", "amod", "compound", "nmod")]
        return [n for k in before if (n := self._actor(k)) is not None]

    def _actor(self, i: int) -> int | None:
        token = self._syntax.tokens[i]
        actors = self._memory.annotation.actors
        return next((n for n, a in enumerate(actors) if a.start <= token.start < a.end), None)

    def _felt(self, noun: Token) -> Iterator[Draft]:
        """ "To offer explanations for the raid", "voiced outrage at the arrests"."""
        if noun.dep not in ("dobj", "pobj", "conj", "attr"):
            return
        source, without = self._syntax.tokens[noun.head], noun.i
        if noun.dep == "pobj" and source.text.lower() == "in":
            return  # "in protest at"
        if is_infinitive(source.i, self._syntax) and source.dep in ("xcomp", "advcl", "acl"):
            source, without = self._syntax.tokens[source.head], source.i
        elif self._memory.at(noun.i):
            source, without = noun, -1
        for prep in (*self._syntax.children(noun.i, "prep"), *self._right_after(noun)):
            if prep.text.lower() in self._words.about:
                for thing in self._syntax.children(prep.i, *_OBJECTS):
                    yield Draft("responds-to", noun.i, prep.i, source.i, thing.i, without=without, touching=True)

    def _moved(self, word: Token) -> Iterator[Draft]:
        """ "Angry at the arrest, thousands marched", "soldiers, enraged by the ambush, burned the village"."""
        if word.dep not in ("advcl", "acl", "amod", "acomp", "appos", "relcl", "conj", "prep"):
            return
        head = self._syntax.tokens[word.head]
        without = word.i
        if head.pos in ("NOUN", "PROPN", "PRON") and head.head != head.i:
            head, without = self._syntax.tokens[head.head], head.i
        for prep in self._syntax.children(word.i, "prep", "agent"):
            if prep.text.lower() in self._words.moved_by:
                for thing in self._syntax.children(prep.i, *_OBJECTS):
                    yield Draft("responds-to", word.i, prep.i, head.i, thing.i, without=without)

    # ------------------------------------------------------------------ grounds, wakes, wholes

    def _ground(self, noun: Token, lemma: str) -> Iterator[Draft]:
        """ "On account of the raid", "in the wake of the raid"."""
        prep = self._syntax.tokens[noun.head]
        low = prep.text.lower()
        ground = lemma in self._words.grounds.get(low, ())
        if not ground and lemma not in self._words.wakes.get(low, ()):
            return
        of = next((c for c in self._syntax.children(noun.i, "prep") if c.text.lower() == "of"), None)
        target = self._syntax.child(of.i, *_OBJECTS) if of is not None else None
        if of is None or target is None:
            return
        kind: TieKind = "responds-to" if ground else "follows"
        yield Draft(kind, prep.i, of.i, prep.head, target.i, without=prep.i)

    def _whole(self, noun: Token) -> Iterator[Draft]:
        """ "As part of the offensive", "the worst hour of the war"."""
        of = next((c for c in self._syntax.children(noun.i, "prep") if c.text.lower() == "of"), None)
        target = self._syntax.child(of.i, "pobj") if of is not None else None
        held = target is not None and (target.pos == "PRON" or target.lemma.lower() in self._words.holding)
        if of is None or target is None or not (self._memory.at(target.i) or held):
            return
        head = self._syntax.tokens[noun.head]
        if noun.dep == "appos":
            yield Draft("part-of", noun.i, of.i, head.i, target.i, without=noun.i)
        elif noun.dep == "attr" and (subject := self._syntax.child(head.i, "nsubj")) is not None:
            yield Draft("part-of", noun.i, of.i, subject.i, target.i, phrase=True)
        elif noun.dep == "pobj" and head.text.lower() in ("as", "in"):
            joined = (c.i for c in self._syntax.children(head.head, "conj") if self._frames.is_verb(c.i))
            for source in (head.head, *joined):
                yield Draft("part-of", head.i, of.i, source, target.i, without=head.i)
