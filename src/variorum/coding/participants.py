"""Which actors of the annotation the role tokens of a candidate are, and when two actors are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from variorum.records import ActorMention, PlaceMention, Syntax
from variorum.world.states import State, States

from .frames import Frames
from .sorts import sorts_of

_STATE = frozenset({None, "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "UNK"})
_HOLDING = frozenset({"of", "from", "for"})  # "members of the front", "a spokesman for the front"
_PAIRED = frozenset({"country", "nation", "state", "neighbour", "neighbor", "government", "side", "capital"})
_TWO = frozenset({"two", "both"})
_PAIR_REACH = 2  # sentences back to those whom "the two countries" stands for
_SHALLOW = 3
_JOINING = frozenset({",", "and", "or", "&"})


class Participants:
    """Looks actors up by token; those from number `parties` on only by number."""

    def __init__(
        self,
        syntax: Syntax,
        frames: Frames,
        actors: Sequence[ActorMention],
        places: Sequence[PlaceMention] = (),
        parties: int | None = None,
    ) -> None:
        self.syntax = syntax
        self.frames = frames
        self.actors = actors
        self._place_at = {t.i: place for place in places for t in syntax.tokens_in(place.start, place.end)}
        self._states: dict[str, list[int]] = {}
        for number, actor in enumerate(actors):
            state = None if actor.generic or actor.sector != "GOV" else States.load().named(actor.name)
            if state is not None:
                self._states.setdefault(state.iso3 or state.name, []).append(number)
        self._at: dict[int, int] = {}
        self._cover: dict[int, int] = {}
        self._by_key: dict[str, list[int]] = {}
        for number, actor in enumerate(actors[:parties]):
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
            if pair := self.pair(i):
                found.extend(pair)
            elif number is None:
                found.extend(self._modifying(i))
            else:
                found.append(number)
        if not found:  # "Kenyan jets", where the layer holds no actor of that phrase
            found = [n for i in tokens for n in self._owning(i)]
        return self.with_sides(found)

    def pair(self, i: int) -> tuple[int, ...]:
        """The two that "the two countries" are: the states of the latest sentence before that tells of just two."""
        token = self.syntax.tokens[i]
        if token.tag != "NNS" or token.lemma.lower() not in _PAIRED:
            return ()
        before = self.syntax.children(i, "det", "nummod", "amod", "predet")
        if not any(c.text.lower() in _TWO for c in before):
            return ()
        here = self.syntax.sentence_of(i).number
        for number in range(here, max(-1, here - _PAIR_REACH - 1), -1):
            sentence = self.syntax.sentences[number]
            start, last = self.syntax.tokens[sentence.first].start, self.syntax.tokens[sentence.last - 1]
            end = min(token.start, last.end)
            inside = [n for known in self._states.values() for n in known if start <= self.actors[n].start < end]
            told = {self.actors[n].country: n for n in sorted(inside) if self.actors[n].antecedent is None}
            if len(told) > 1:
                return tuple(told.values()) if len(told) == 2 and None not in told else ()
        return ()

    def with_sides(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Each with those that share its noun before it: "Kenyan" and "Somali troops" of "Kenyan and Somali troops"."""
        found: list[int] = []
        for n in numbers:
            line = [n]
            while (before := self._side_before(line[-1])) is not None:
                line.append(before)
            found += line[::-1]
        return tuple(dict.fromkeys(found))

    def _side_before(self, n: int) -> int | None:
        """The mention right before another, joined to it and named by the same noun, which only the last one holds."""
        actor = self.actors[n]
        first = self.syntax.tokens_in(actor.start, actor.start + 1)
        i = first[0].i - 1 if first else -1
        gap = 0
        while i >= 0 and self.syntax.tokens[i].text.lower() in _JOINING and gap < 2:
            i, gap = i - 1, gap + 1
        side = self._cover.get(i) if gap and i >= 0 else None
        if side is None or side == n:
            return None
        other = self.actors[side]
        noun = actor.name.split()[-1:]
        return side if other.name.split()[-1:] == noun and not other.text.endswith(noun[0]) else None

    def _state_at(self, i: int) -> State | None:
        """The state that a token names, by name, capital or adjective."""
        place = self._place_at.get(i)
        states = States.load()
        if place is not None:
            if place.precision == "country":
                return states.by_iso2(place.country)
            return states.of_government(place.text)
        return states.of_people(self.syntax.tokens[i].text)

    def state(self, i: int) -> int | None:
        """The nearest mention before, else the first one, of the state as an actor that token `i` names."""
        state = self._state_at(i)
        known = self._states.get(state.iso3 or state.name, []) if state is not None else []
        before = [n for n in known if self.actors[n].start <= self.syntax.tokens[i].start]
        return before[-1] if before else known[0] if known else None

    def distinct(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """One mention for each actor; unnamed ones are each their own."""
        found: dict[str | int, int] = {}
        for n in numbers:
            found.setdefault(n if self.actors[n].generic else self.actors[n].key, n)
        return tuple(found.values())

    def is_state(self, number: int) -> bool:
        """Whether an actor is a state itself and none of its organs."""
        return any(number in known for known in self._states.values())

    def _owning(self, i: int) -> list[int]:
        """The states that stand before a noun: "Kenya's envoy", "the Kenyan envoy"."""
        kids = list(self.syntax.children(i, "poss", "amod", "compound", "nmod"))
        kids += [k for c in kids for k in self.syntax.children(c.i, "compound", "amod")]
        return [n for c in kids if (n := self.state(c.i)) is not None]

    def states_in(self, tokens: Iterable[int], but: Sequence[int], prepositions: frozenset[str]) -> tuple[int, ...]:
        """The first states named inside phrases, none of the kin of `but`: before the noun, or after `prepositions`."""
        for i in tokens:
            found = [*self._owning(i)]
            if (own := self.state(i)) is not None:
                found.append(own)
            for c in self.syntax.children(i, "prep"):
                if c.lemma.lower() in prepositions:
                    found += [
                        n for k in self.syntax.children(c.i, "pobj") for n in self.states_in((k.i,), but, _HOLDING)
                    ]
            for c in self.syntax.children(i, "conj"):
                found += self.states_in((c.i,), but, prepositions)
            found = [n for n in found if not any(self.is_kin(n, a) for a in but)]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def partners(self, tokens: Iterable[int], held: Sequence[int]) -> tuple[int, ...]:
        """States joined under a plural office, beside those `held`: "the ministers of Kenya and Chad"."""
        found: list[int] = []
        for i in tokens:
            if self.syntax.tokens[i].tag not in ("NNS", "NNPS"):
                continue
            for c in self.syntax.children(i, "prep"):
                heads = [h for k in self.syntax.children(c.i, "pobj") for h in self.frames.heads(k.i)]
                if c.lemma == "of" and len(heads) > 1:
                    found += [n for h in heads if (n := self._actor_or_state(h)) is not None]
            found += self._joined(i)
        return tuple(n for n in dict.fromkeys(found) if not any(self.is_kin(n, a) for a in held))

    def _joined(self, i: int) -> list[int]:
        """The forces that joined adjectives make of one noun, where the text names them or their states elsewhere:
        "Kenyan and Somali troops"."""
        own = self._at.get(i)
        found: list[int] = []
        for c in self.syntax.children(i, "amod", "nmod", "compound"):
            others = [k.i for k in self.syntax.children(c.i, "conj", "amod")]
            others += [k.i for o in others for k in self.syntax.children(o, "conj")]
            for k in (c.i, *others) if others else ():
                if (side := self._cover.get(k)) is not None and side != own:
                    found.append(side)
                    continue
                state = self._state_at(k)
                sector = self.actors[own].sector if own is not None else None
                same = [n for n, a in enumerate(self.actors) if state and a.country == state.iso3 and not a.generic]
                forces = [n for n in same if self.actors[n].sector == sector]
                number = forces[0] if forces else self.state(k)
                found += [] if number is None else [number]
        return found

    def _actor_or_state(self, i: int) -> int | None:
        number = self._at.get(i)
        return number if number is not None else self.state(i)

    def affected(self, tokens: Iterable[int], whole: Iterable[int], but: Sequence[int]) -> tuple[int, ...]:
        """Actors among the heads of patient phrases; where there is none, the first inside those and the `whole`."""
        tokens = tuple(tokens)
        own = {n for one in but for n in self._same(one)}
        pairs = [n for i in tokens for n in self.pair(i)]
        found = [n for n in (*pairs, *(self.at(i) for i in tokens)) if n is not None and n not in own]
        if not found:
            people = any(self._is_person(i) for i in tokens)  # who underwent it is told, though no layer knows them
            for i in (*tokens, *(() if people else whole)):
                if inner := self.inside(i, own):
                    found = inner
                    break
        return self.with_sides(found)

    def _is_person(self, i: int) -> bool:
        token = self.syntax.tokens[i]
        return token.pos == "NOUN" and "%person" in sorts_of(token, ())

    def _same(self, number: int) -> list[int]:
        """All mentions of one actor; an unnamed one is only itself."""
        actor = self.actors[number]
        return [number] if actor.generic else self._by_key[actor.key]

    def _modifying(self, i: int) -> list[int]:
        found = [
            n
            for c in self.syntax.children(i, "poss", "amod", "compound", "nmod")
            if (n := self.at(self._meant(c.i))) is not None
        ]
        if not found:
            for c in self.syntax.children(i, "prep"):
                if c.lemma in _HOLDING:
                    for k in self.syntax.children(c.i, "pobj"):
                        found.extend(n for h in self.frames.heads(k.i) if (n := self.at(h)) is not None)
        return found

    def _meant(self, i: int) -> int:
        """What "whose" stands for; any other token is itself."""
        return self.frames.heads(i)[0] if self.syntax.tokens[i].tag == "WP$" else i

    def inside(self, i: int, but: set[int], depth: int = 0) -> list[int]:
        """The first actors inside a phrase, those of `but` apart: itself, its modifiers, its prepositional phrases."""
        if (number := self.at(i)) is not None and number not in but:
            return [number]
        if depth > _SHALLOW:
            return []
        found = [
            n
            for c in self.syntax.children(i, "poss", "amod", "compound", "nmod")
            if (n := self.at(self._meant(c.i))) is not None and n not in but
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

    def is_named(self, number: int) -> bool:
        """Not a population, and not an organ of a state that the text leaves open ("the army")."""
        actor = self.actors[number]
        return not actor.generic and (actor.country is not None or not actor.name.islower())

    def is_kin(self, one: int, other: int) -> bool:
        """Whether two mentions name one actor, or a state and its organ."""
        a, b = self.actors[one], self.actors[other]
        if a.key == b.key:
            return True
        return a.country is not None and a.country == b.country and a.sector in _STATE and b.sector in _STATE

    def one_government(self, one: int, other: int) -> bool:
        """Whether two mentions are of one government: the state itself, its ministries, its officials."""
        return self.actors[one].sector == self.actors[other].sector == "GOV" and self.is_kin(one, other)

    def meet(self, some: Sequence[int], others: Sequence[int]) -> int:
        """1 where the two share an actor, -1 where they name different ones, 0 where that cannot be told."""
        named = [n for n in some if self.is_named(n)]
        named_others = [n for n in others if self.is_named(n)]
        if any(self.is_kin(a, b) for a in named for b in named_others):
            return 1
        if any(self.actors[a].key == self.actors[b].key for a in some for b in others):
            return 1
        return -1 if named and named_others else 0
