"""Which actors of the annotation the role tokens of a candidate are, and when two actors are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from variorum.records import ActorMention, Syntax

from .frames import Frames

_STATE = frozenset({None, "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "UNK"})
_INNER = frozenset({"of", "from", "in", "for", "by", "on", "against", "with", "to", "at", "between", "among", "near"})
_HOLDING = frozenset({"of", "from", "for"})  # "members of the front", "a spokesman for the front"
_SHALLOW = 3


class Participants:
    """Looks actors up by token."""

    def __init__(self, syntax: Syntax, frames: Frames, actors: Sequence[ActorMention]) -> None:
        self.syntax = syntax
        self.frames = frames
        self.actors = actors
        self._at: dict[int, int] = {}
        self._cover: dict[int, int] = {}
        self._by_key: dict[str, list[int]] = {}
        for number, actor in enumerate(actors):
            self._by_key.setdefault(actor.key, []).append(number)
            head = syntax.head_of(actor.start, actor.end)
            if head is None:
                continue
            for token in syntax.tokens_in(actor.start, actor.end):
                held = self._cover.get(token.i)
                if held is None or self._length(held) < self._length(number):
                    self._cover[token.i] = number
            held = self._at.get(head.i)
            if held is None or self._length(held) < self._length(number):
                self._at[head.i] = number

    def _length(self, number: int) -> int:
        return self.actors[number].end - self.actors[number].start

    @property
    def tokens(self) -> frozenset[int]:
        """Every token that stands in an actor's name."""
        return frozenset(self._cover)

    def at(self, i: int) -> int | None:
        """The actor that token `i` heads, or stands in."""
        found = self._at.get(i)
        return found if found is not None else self._cover.get(i)

    def acting(self, tokens: Iterable[int]) -> tuple[int, ...]:
        """Actors among the heads of agent phrases; "Kenyan jets" and "members of the front" give who is inside."""
        found: list[int] = []
        for i in tokens:
            number = self.at(i)
            if number is None:
                found.extend(self._modifying(i))
            else:
                found.append(number)
        return tuple(dict.fromkeys(found))

    def affected(self, tokens: Iterable[int], whole: Iterable[int], but: Sequence[int]) -> tuple[int, ...]:
        """Actors among the heads of patient phrases; where there is none, the first inside those and the `whole`."""
        tokens = tuple(tokens)
        own = {n for one in but for n in self._same(one)}
        found = [n for i in tokens if (n := self.at(i)) is not None and n not in own]
        if not found:
            for i in (*tokens, *whole):
                if inner := self.inside(i, own):
                    found = inner
                    break
        return tuple(dict.fromkeys(found))

    def _same(self, number: int) -> list[int]:
        """All mentions of one actor; an unnamed one is only itself."""
        actor = self.actors[number]
        return [number] if actor.generic else self._by_key[actor.key]

    def _modifying(self, i: int) -> list[int]:
        found = [
            n for c in self.syntax.children(i, "poss", "amod", "compound", "nmod") if (n := self.at(c.i)) is not None
        ]
        if not found:
            for c in self.syntax.children(i, "prep"):
                if c.lemma in _HOLDING:
                    for k in self.syntax.children(c.i, "pobj"):
                        found.extend(n for h in self.frames.heads(k.i) if (n := self.at(h)) is not None)
        return found

    def inside(self, i: int, but: set[int], depth: int = 0) -> list[int]:
        """The first actors inside a phrase, those of `but` apart: itself, its modifiers, its prepositional phrases."""
        if (number := self.at(i)) is not None and number not in but:
            return [number]
        if depth > _SHALLOW:
            return []
        found = [
            n
            for c in self.syntax.children(i, "poss", "amod", "compound", "nmod")
            if (n := self.at(c.i)) is not None and n not in but
        ]
        if found:
            return found
        for c in self.syntax.children(i, "poss", "compound", "appos", "prep", "agent", "acl", "pcomp", "dobj", "xcomp"):
            if c.dep in ("prep", "agent"):
                for k in self.syntax.children(c.i, "pobj", "pcomp"):
                    heads = self.frames.heads(k.i) if k.dep == "pobj" else (k.i,)
                    found = [n for h in heads for n in self.inside(h, but, depth + 1)]
                    if found:
                        return found
            elif found := self.inside(c.i, but, depth + 1):
                return found
        for c in self.syntax.children(i, "conj"):  # "the sovereignty and integrity of"
            if found := self.inside(c.i, but, depth + 1):
                return found
        return []

    def is_kin(self, one: int, other: int) -> bool:
        """Whether two mentions name one actor, or a state and its organ."""
        a, b = self.actors[one], self.actors[other]
        if a.key == b.key:
            return True
        return a.country is not None and a.country == b.country and a.sector in _STATE and b.sector in _STATE

    def meet(self, some: Sequence[int], others: Sequence[int]) -> int:
        """1 where the two share an actor, -1 where they name different ones, 0 where that cannot be told."""
        named = [n for n in some if not self.actors[n].generic]
        named_others = [n for n in others if not self.actors[n].generic]
        if any(self.is_kin(a, b) for a in named for b in named_others):
            return 1
        if any(self.actors[a].key == self.actors[b].key for a in some for b in others):
            return 1
        return -1 if named and named_others else 0
