"""Verbs that tie happenings: who answers or avenges what, what provoked what, what followed what."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Syntax, Token

from .clauses import is_infinitive
from .frames import Frames
from .recollection import Recollection
from .tie_drafts import Draft
from .tie_words import TieWords

_BACK = frozenset({"back"})
_SO = frozenset({"so", "therefore", "hence", "thus", "accordingly"})
_FOLLOWING = {"follow": False, "succeed": False, "precede": True}
_ORDINALS = frozenset(
    {"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "2nd", "3rd", "4th", "5th"}
)
_LENGTHS = frozenset({"hour", "day", "night", "week", "fortnight", "month", "weekend"})
_SAME = frozenset({"same", "likewise", "suit", "kind", "similarly"})


def tying_words(words: TieWords) -> frozenset[str]:
    """The words that tie by themselves, as written."""
    return _SO | _SAME | _ORDINALS | words.again | words.another | words.reciprocal | {"tit"}


def opening_verbs(words: TieWords) -> frozenset[str]:
    """The lemmas of the verbs that may open a tie."""
    answering = words.answering | words.answering_by.keys() | words.striking | words.back
    provoking = words.provoking | words.provoking_particles.keys() | words.provoking_by.keys() | words.driving
    grounding = words.citing | words.grounding | words.blaming
    return answering | provoking | grounding | _FOLLOWING.keys() | words.judging | words.taking


class Clauses:
    """Drafts that a verb, or the way two clauses are joined, gives."""

    def __init__(self, syntax: Syntax, frames: Frames, memory: Recollection, words: TieWords) -> None:
        self._syntax = syntax
        self._frames = frames
        self._memory = memory
        self._words = words
        self._tying = tying_words(words)

    def of(self, token: Token) -> Iterator[Draft]:
        """The drafts that this token gives: one of `tying_words` or `opening_verbs`, as no other gives any."""
        low = token.text.lower()
        if low in self._tying:
            yield from self._by_word(token, low)
        if not self._frames.is_verb(token.i):
            return
        lemma = token.lemma.lower()
        yield from self._answering(token, lemma)
        yield from self._provoking(token, lemma)
        if lemma in _FOLLOWING:
            yield from self._following(token, swapped=_FOLLOWING[lemma])
        if lemma in self._words.citing:
            yield from self._citing(token)
        if lemma in self._words.grounding | self._words.blaming:
            yield from self._grounding(token, lemma)
        yield from self._about(token)

    def _by_word(self, token: Token, low: str) -> Iterator[Draft]:
        """The drafts of words that tie by themselves."""
        if low in _SO and token.dep in ("advmod", "cc", "mark"):
            yield from self._therefore(token)
        if low in self._words.again or (low in self._words.another and token.dep in ("det", "amod")):
            yield from self._again(token, low)
        if low in _ORDINALS and token.dep == "amod":
            yield from self._counted(token)
        if low in _SAME:
            yield from self._likewise(token)
        if low in self._words.reciprocal or low == "tit":
            yield from self._reciprocal(token)

    # ------------------------------------------------------------------ answering

    def _answering(self, verb: Token, lemma: str) -> Iterator[Draft]:
        targets = list(self._answered(verb, lemma))
        with_back = lemma in self._words.striking and self._has_back(verb)
        if not targets and not with_back and lemma not in self._words.back:
            return
        roles = self._frames.verb(verb.i)
        denied = self._syntax.child(verb.i, "neg") is not None
        if roles.passive:
            if lemma in self._words.answering and roles.objects:
                means = [t for p, t in roles.obliques if p in self._words.means]
                for means_ in means[:1]:
                    yield Draft("responds-to", verb.i, verb.i, means_, roles.objects[0], phrase=True, denied=denied)
            return
        source, phrase, without = self._answerer(verb)
        for target, words in targets[:1]:
            yield Draft(
                "responds-to", verb.i, words, source, target, without=without or target, phrase=phrase, denied=denied
            )
        if not targets and self._memory.at(source):
            if self._frames.verb(verb.i).objects and lemma not in self._words.striking:
                return
            yield Draft("responds-to", verb.i, verb.i, source, None, phrase=True, denied=denied, back=True)

    def _answered(self, verb: Token, lemma: str) -> Iterator[tuple[int, int]]:
        """What a verb of answering names, and the last word that ties it."""
        if lemma in self._words.answering:
            for thing in self._syntax.children(verb.i, "dobj"):
                if self._memory.named(thing.i) or lemma not in ("punish", "protest", "answer", "counter"):
                    yield thing.i, verb.i
        wanted = self._words.answering_by.get(lemma, frozenset())
        striking = lemma in self._words.striking
        if striking and not self._has_back(verb):
            return
        holders = (verb, *self._syntax.children(verb.i, "dobj", "prt", "advmod"))
        for holder in holders:
            for prep in self._syntax.children(holder.i, "prep"):
                if prep.text.lower() in wanted:
                    for thing in self._syntax.children(prep.i, "pobj", "pcomp"):
                        yield thing.i, prep.i

    def _has_back(self, verb: Token) -> bool:
        return any(c.text.lower() in _BACK for c in self._syntax.children(verb.i, "advmod", "prt", "prep"))

    def _answerer(self, verb: Token) -> tuple[int, bool, int | None]:
        """Whose clause answers: the means ("replied with rocket fire"), the verb's own, the clause that an infinitive
        or participle hangs on, else what its subject tells."""
        for prep in (*self._syntax.children(verb.i, "prep"), *self._after_aside(verb)):
            if prep.text.lower() in self._words.means:
                for thing in self._syntax.children(prep.i, "pobj", "pcomp"):
                    if self._memory.at(thing.i) or self._memory.within(thing.i):
                        return thing.i, True, None
        if self._memory.at(verb.i):
            return verb.i, True, None
        hung = verb.dep in ("advcl", "xcomp", "acl", "conj") and (
            is_infinitive(verb.i, self._syntax) or verb.tag == "VBG"
        )
        if hung:
            return verb.head, False, verb.i
        subjects = self._frames.verb(verb.i).subjects
        for subject in subjects:
            if self._memory.named(subject):
                return subject, True, None
        if verb.dep in ("relcl", "conj"):
            return verb.head, False, verb.i
        return verb.i, False, None

    def _after_aside(self, verb: Token) -> Iterator[Token]:
        """A means told after an aside, which the parse hangs in it: "reacted to the raid – which … – by calling"."""
        tokens = self._syntax.tokens
        for i in range(verb.i + 2, self._syntax.sentence_of(verb.i).last):
            if tokens[i].dep == "prep" and tokens[i - 1].dep == "punct" and tokens[i].head > verb.i:
                yield tokens[i]

    # ------------------------------------------------------------------ provoking

    def _provoking(self, verb: Token, lemma: str) -> Iterator[Draft]:
        roles = self._frames.verb(verb.i)
        denied = self._syntax.child(verb.i, "neg") is not None
        particles = {c.text.lower() for c in self._syntax.children(verb.i, "prt", "advmod")}
        known = lemma in self._words.provoking or bool(
            particles & self._words.provoking_particles.get(lemma, frozenset())
        )
        by = self._words.provoking_by.get(lemma, frozenset())
        if roles.passive:
            if lemma == "meet":
                things = [t for p, t in roles.obliques if p in by]
                if things and roles.objects:
                    yield Draft("responds-to", verb.i, verb.i, things[0], roles.objects[0], phrase=True, denied=denied)
            elif (known or lemma in self._words.driving) and roles.subjects:
                yield from self._provoked(verb, roles.subjects[0], roles.objects, denied=denied)
            return
        causes = [s for s in roles.subjects if s < verb.i or verb.dep == "relcl"]
        if not causes:
            return
        effects = [*roles.objects] if known else []
        effects += [t for p, t in roles.obliques if p in by]
        if lemma in self._words.driving:
            effects = [c.i for c in self._syntax.children(verb.i, "xcomp", "ccomp")] + effects
            effects += [
                k.i
                for c in self._syntax.children(verb.i, "prep")
                if c.text.lower() in ("to", "into")
                for k in self._syntax.children(c.i, "pobj", "pcomp")
            ]
        for effect in effects:
            if self._memory.named(effect):
                yield Draft("responds-to", verb.i, verb.i, effect, causes[0], phrase=True, denied=denied)
                return

    def _provoked(self, verb: Token, cause: int, effects: tuple[int, ...], *, denied: bool) -> Iterator[Draft]:
        """ "Was triggered by": what underwent it, or the clause that a participle hangs on, is the answer."""
        for effect in effects[:1]:
            yield Draft("responds-to", verb.i, verb.i, effect, cause, phrase=bool(self._memory.named(effect)),
                        without=verb.i, denied=denied)  # fmt: skip

    # ------------------------------------------------------------------ order, grounds, words

    def _following(self, verb: Token, *, swapped: bool) -> Iterator[Draft]:
        roles = self._frames.verb(verb.i)
        if not roles.objects:
            return
        if roles.passive:
            for later in roles.subjects[:1]:
                yield Draft("follows", verb.i, verb.i, later, roles.objects[0], phrase=True, swapped=swapped)
        elif roles.subjects:
            yield Draft("follows", verb.i, verb.i, roles.subjects[0], roles.objects[0], phrase=True, swapped=swapped)

    def _citing(self, verb: Token) -> Iterator[Draft]:
        """ "Citing the kidnapping, it closed the border": who acts gives the ground."""
        for thing in self._syntax.children(verb.i, "dobj"):
            if verb.dep in ("advcl", "prep", "acl") and verb.tag == "VBG":
                subjects = self._frames.verb(verb.head).subjects
                owner = next((n for s in subjects if (n := self._actor(s)) is not None), None)
                yield Draft("responds-to", verb.i, verb.i, verb.head, thing.i, without=verb.i, owner=owner)

    def _grounding(self, verb: Token, lemma: str) -> Iterator[Draft]:
        """ "Gave the poisoning as its reason", "blaming the raid for its decision": those who act give the ground."""
        roles = self._frames.verb(verb.i)
        things = roles.objects[:1]
        if not things or not self._is_ground(verb, lemma):
            return
        hung = verb.dep in ("advcl", "acl") and verb.tag == "VBG"
        if hung and lemma in self._words.citing:
            return  # the plain form says it
        subjects = self._frames.verb(verb.head).subjects if hung else () if roles.passive else roles.subjects
        owner = next((n for s in subjects if (n := self._actor(s)) is not None), None)
        denied = self._syntax.child(verb.i, "neg") is not None
        yield Draft("responds-to", verb.i, verb.i, verb.head if hung else verb.i, things[0],
                    without=verb.i if hung else None, owned=not hung, owner=owner, denied=denied)  # fmt: skip

    def _is_ground(self, verb: Token, lemma: str) -> bool:
        """Whether a verb has "as its reason" after its object, or one of blame "for its decision"."""
        wanted = ("as",) if lemma in self._words.grounding else ("for",)
        steps = self._words.anaphors[0].nouns
        for i in (verb.i, *self._frames.verb(verb.i).objects[:1]):
            for prep in self._syntax.children(i, "prep"):
                for noun in self._syntax.children(prep.i, "pobj") if prep.text.lower() in wanted else ():
                    low = noun.lemma.lower()
                    if "as" in wanted and low in self._words.given_grounds:
                        return True
                    if "for" in wanted and low in steps and self._syntax.child(noun.i, "poss") is not None:
                        return True
        return False

    def _actor(self, i: int) -> int | None:
        token = self._syntax.tokens[i]
        actors = self._memory.annotation.actors
        return next((n for n, a in enumerate(actors) if a.start <= token.start < a.end), None)

    def _about(self, verb: Token) -> Iterator[Draft]:
        """ "Condemned the bombing", "rejected the offer", "refused it": words whose object is the very happening."""
        lemma = verb.lemma.lower()
        if not self._memory.at(verb.i) or lemma not in self._words.judging | self._words.taking:
            return
        offers = self._words.offered if lemma in self._words.taking else None
        for thing in self._syntax.children(verb.i, "dobj", "nsubjpass"):
            yield Draft("responds-to", verb.i, verb.i, verb.i, thing.i, phrase=True, among=offers, weak=True)

    def _therefore(self, word: Token) -> Iterator[Draft]:
        """ "They killed our people, and so we acted": of two clauses of one sentence the later answers the earlier."""
        later = self._syntax.tokens[word.head]
        if not self._frames.is_verb(later.i) or word.i > later.i:
            return
        first = self._syntax.sentence_of(word.i).first
        earlier = self._syntax.tokens[later.head] if later.dep in ("conj", "advcl", "ccomp", "dep") else None
        if earlier is None or earlier.i >= word.i or earlier.i < first:
            return
        yield Draft("responds-to", word.i, word.i, later.i, earlier.i, without=earlier.i)

    # ------------------------------------------------------------------ the same in turn

    def _again(self, word: Token, low: str) -> Iterator[Draft]:
        """ "Fired again", "seized another boat", "a second bomb went off": the like was done before."""
        head = self._syntax.tokens[word.head]
        if low not in self._words.again and not self._memory.at(head.i):
            if head.dep not in ("dobj", "nsubj", "nsubjpass"):
                return
            head = self._syntax.tokens[head.head]
        own = self._memory.at(head.i)
        if own:
            yield Draft("repeats", word.i, word.i, head.i, None, phrase=True, like=True)

    def _counted(self, word: Token) -> Iterator[Draft]:
        """ "It was the second such blast in eight days": the like was done before, in this text or in others."""
        noun = self._syntax.tokens[word.head]
        such = any(c.text.lower() == "such" for c in self._syntax.children(noun.i, "amod", "det", "predet"))
        within = any(
            c.text.lower() in ("in", "within") and self._is_span(c) for c in self._syntax.children(noun.i, "prep")
        )
        if not (such or within):
            return
        verb = self._syntax.tokens[noun.head]
        subject = self._syntax.child(verb.i, "nsubj") if noun.dep == "attr" and verb.lemma == "be" else None
        source = subject if subject is not None and not self._memory.at(noun.i) else noun
        yield Draft("repeats", word.i, noun.i, source.i, noun.i, phrase=True, like=True)

    def _is_span(self, prep: Token) -> bool:
        """Whether a preposition governs a length of time: "in eight days", "in a week"."""
        noun = self._syntax.child(prep.i, "pobj")
        return noun is not None and noun.lemma.lower() in _LENGTHS

    def _likewise(self, word: Token) -> Iterator[Draft]:
        """ "Did the same", "followed suit", "answered in kind"."""
        verb = next((a for a in (word, *self._syntax.ancestors(word.i)) if self._frames.is_verb(a.i)), None)
        wanted = {"same": {"do", "take"}, "suit": {"follow"}, "kind": {"respond", "reply", "answer", "retaliate"}}
        allowed = wanted.get(word.text.lower(), {"do", "act", "respond", "retaliate"})
        if verb is None or verb.lemma.lower() not in allowed:
            return
        own = self._memory.at(verb.i) or tuple(
            e for c in self._syntax.children(verb.i, "conj") for e in self._memory.at(c.i)
        )
        if own:
            at = (
                verb.i
                if self._memory.at(verb.i)
                else next(c.i for c in self._syntax.children(verb.i, "conj") if self._memory.at(c.i))
            )
            yield Draft("responds-to", verb.i, word.i, at, None, phrase=True, back=True)

    def _reciprocal(self, word: Token) -> Iterator[Draft]:
        """ "A tit-for-tat expulsion", "retaliatory strikes"."""
        if word.text.lower() == "tit" and not any(
            t.text.lower() == "tat" for t in self._syntax.tokens[word.i : word.i + 5]
        ):
            return
        if word.dep in ("pobj", "attr", "nsubj", "dobj", "appos") and word.text.lower() != "tit":
            return
        yield Draft("responds-to", word.i, word.i, word.head, None, without=word.i, back=True)
