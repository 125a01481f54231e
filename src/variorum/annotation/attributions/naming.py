"""Names for those who give a figure: an institution for those who speak for it, the fuller words for "the centre"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from variorum.records import ActorMention, Attribution, Span, Syntax, Token
from variorum.world.nouns import find_noun
from variorum.world.states import States

from .drafts import Draft, noun_phrase
from .lexicon import words
from .speakers import resolve

_PERSON = ":PER:"
_OF = frozenset({"of", "for", "from", "at", "with"})
_PLAIN = frozenset({"det", "poss", "case", "punct", "nummod", "advmod"})
_MINISTER = re.compile(
    r"(?:(?P<before>[\w ]+?) minister|minister (?:of|for) (?:the )?(?P<after>[\w ]+))", re.IGNORECASE
)
_FORCE = re.compile(r" (?:military|army|navy|air force|police|forces|coast guard)$")
_SAME = frozenset({"same", "said", "latter"})
_LOCAL = frozenset({"governor", "mayor", "prefect", "premier", "commissioner"})
_REGIONAL = frozenset({"state", "region", "province", "county", "district", "territory", "republic"})
_RANKED = frozenset({"prime", "first", "deputy prime", "chief", "cabinet", "former"})
_PORTFOLIOS = {"foreign": "Foreign Affairs", "defense": "Defence"}
_SMALL = frozenset({"of", "and", "for", "the"})


class Name(NamedTuple):
    """What a speaker is called, and the number of the actor mention behind it."""

    name: str | None
    actor: int | None


class Naming:
    """Names the sources of one document."""

    def __init__(
        self, text: str, syntax: Syntax, actors: Sequence[ActorMention], attributions: Sequence[Attribution] = ()
    ) -> None:
        self._text = text
        self._syntax = syntax
        self._actors = actors
        heads = (syntax.head_of(*a.source[0]) for a in attributions if a.source and a.stance is not None)
        self._speakers = sorted(head.i for head in heads if head is not None)

    @cached_property
    def _by_head(self) -> dict[int, int]:
        """The actor mention at each token that heads one, the longest first."""
        found: dict[int, int] = {}
        for number, actor in sorted(enumerate(self._actors), key=lambda item: item[1].start - item[1].end):
            head = self._syntax.head_of(actor.start, actor.end)
            if head is not None:
                found.setdefault(head.i, number)
        return found

    @cached_property
    def _bodies(self) -> dict[str, int]:
        """Groups and bodies by a name of one word that the text has for them."""
        return {
            actor.text: number
            for number, actor in reversed(list(enumerate(self._actors)))
            if not actor.generic and _PERSON not in actor.key and actor.sector is not None and " " not in actor.text
        }

    @cached_property
    def _nouns(self) -> dict[str, list[int]]:
        """Nouns and names by what they are called, for "the centre" after "the relief centre"."""
        found: dict[str, list[int]] = {}
        for token in self._syntax.tokens:
            inner = token.dep in ("compound", "nmod", "amod")
            ends = token.pos == "PROPN" and self._syntax.tokens[token.head].pos == "NOUN"  # "a Defence Force section"
            if token.pos in ("NOUN", "PROPN") and (ends or not inner):
                found.setdefault(token.lemma.lower(), []).append(token.i)
        return found

    def root(self, number: int) -> int:
        """The mention that a chain of antecedents ends at."""
        seen = {number}
        while (above := self._actors[number].antecedent) is not None and above not in seen:
            seen.add(above)
            number = above
        return number

    def of(self, head: int, depth: int = 3, *, owner: bool = False) -> Name:
        """The name for the source that token `head` heads; of an `owner`, without whoever stands behind a comma."""
        token = self._syntax.tokens[head]
        span = noun_phrase(self._text, self._syntax, head) or Span(token.start, token.end)
        if owner and "," in self._text[token.end : span.end]:
            span = Span(span.start, self._text.index(",", token.end))
        name, number = resolve(self._text, self._syntax, _draft(head, span), self._actors, ())
        if number is not None and owner and token.pos != "PRON" and _PERSON in self._actors[number].key:
            number = None  # of "the head of the union, Ada Bello", the union
        number = self.root(number) if number is not None else self._pronoun(token)
        if token.pos == "PRON" and depth and (number is None or not self._may_speak(number)):
            last = self._last_speaker(token)
            return self.of(last, depth - 1) if last is not None else Name(None, None)
        if depth and any(t.lemma.lower() in _SAME for t in self._syntax.children(token.i, "amod")):
            known = self._nouns.get(token.lemma.lower(), [])
            before = bisect_left(known, token.i)
            return self.of(known[before - 1], depth - 1) if before else Name(None, None)
        if depth and token.pos != "PRON" and self._is_mouthpiece(token):
            body = self._spoken_for(token, depth)
            if body is not None:
                return body
        if token.pos == "NOUN" and self._role_owner(token) is not None:  # "the governor's office"
            return Name(self._words(token), None)
        if depth and (repeated := self._repeated(token, number)) is not None:
            return self.of(repeated, depth - 1)
        if number is not None and not self._is_described(number):
            return self._person_or_body(number, token)
        if number is not None and token.pos == "PRON":
            told = self._syntax.head_of(self._actors[number].start, self._actors[number].end)
            return (
                self.of(told.i, depth - 1) if told is not None and depth and told.pos != "PRON" else Name(None, number)
            )
        if token.pos == "PRON":
            return Name(name, number)
        if depth and (fuller := self._fuller(token)) is not None:
            return self.of(fuller, depth - 1)
        if self._content(token) > 1 or number is None:
            return Name(self._words(token) or name, number)
        return Name(self._actors[number].name, number)

    def _may_speak(self, number: int) -> bool:
        """Whether an actor is more than a thing that was taken for one."""
        actor = self._actors[number]
        return actor.sector is not None or _PERSON in actor.key

    def _last_speaker(self, token: Token) -> int | None:
        """Who was last said to speak before a pronoun: "the ministry said … it added"."""
        person = token.text.lower() in ("he", "she")
        for k in range(bisect_left(self._speakers, token.i) - 1, -1, -1):
            head = self._speakers[k]
            told = self._syntax.tokens[head]
            if told.pos == "PRON":
                continue
            number = self._by_head.get(head)
            own = number is not None and _PERSON in self._actors[self.root(number)].key
            if own == person or (person and told.tag == "NN"):
                return head
            return None
        return None

    def _repeated(self, token: Token, number: int | None) -> int | None:
        """Where a bare noun was the end of a fuller name, though it was taken for one of another name: "the force"
        after "the Defence Force"."""
        if number is None or token.pos != "NOUN" or self._content(token) > 1 or token.lemma.lower() in words("voices"):
            return None
        if token.lemma.lower() in self._actors[number].name.lower() or self._is_state(self._actors[number].name):
            return None
        return self._fuller(token)

    def _pronoun(self, token: Token) -> int | None:
        number = self._by_head.get(token.i)
        return self.root(number) if number is not None and token.pos == "PRON" else None

    def _is_described(self, number: int) -> bool:
        """Whether an actor is a noun of the text, without a name of its own."""
        actor = self._actors[number]
        if _PERSON in actor.key:
            return False
        return actor.generic or actor.name[:1].islower()

    def _person_or_body(self, number: int, token: Token) -> Name:
        """A minister speaks for his ministry, a state that is told as its government for that; a force has the
        name that the text gives it; anybody else speaks for himself."""
        actor = self._actors[number]
        if token.lemma.lower() in words("governments") and self._is_state(actor.name):
            return Name(f"Government of {actor.name}", number)
        if token.pos == "PROPN" and self._content(token) > 1 and _PERSON not in actor.key:
            own = self._words(token) or ""
            mine, known = {*own.lower().split()}, {*actor.name.lower().split()}
            state = States.load().by_iso3(actor.country)
            if state is not None and _FORCE.search(actor.name) and not mine & known:
                return Name(f"{state.name} {own}", number)
            national = {w.lower() for a in state.adjectives for w in a.split()} if state is not None else set()
            if known - national < mine and not mine & national:  # "Sudanese Aid commission" for a longer name
                return Name(own, number)
        if _PERSON in actor.key and (office := self._office(actor)) is not None:
            return Name(office, number)
        told = _MINISTER.fullmatch(actor.title) if _PERSON in actor.key and actor.title else None
        state = States.load().by_iso3(actor.country)
        if told is None or state is None or self._is_regional(number):
            return Name(actor.name, number)
        portfolio = (told["before"] or told["after"] or "").lower().strip()
        if (
            not portfolio
            or portfolio in _RANKED
            or _REGIONAL & {*portfolio.split()}
            or portfolio.startswith(("former ", "deputy "))
        ):
            return Name(actor.name, number)
        portfolio = _PORTFOLIOS.get(portfolio) or " ".join(w if w in _SMALL else w.title() for w in portfolio.split())
        return Name(f"Ministry of {portfolio} ({state.name})", number)

    def _is_regional(self, number: int) -> bool:
        """Whether a minister is of a state's part: "the state's information minister"."""
        told = self._syntax.tokens_in(self._actors[number].start, self._actors[number].end)
        if not told:
            return False
        window = self._syntax.tokens[max(0, told[0].i - 6) : told[0].i + 1]
        return any(t.lemma.lower() in _REGIONAL and t.dep in ("poss", "compound", "nmod") for t in window)

    def _office(self, actor: ActorMention) -> str | None:
        """The local office of a person by the fuller words that the text has for it: "governor of Ankor"."""
        title = (actor.title or "").lower().split()
        noun = next((word for word in title if word in _LOCAL), None)
        if noun is None or "former" in title or "deputy" in title or "vice" in title:
            return None
        tokens = self._syntax.tokens
        full = [i for i in self._nouns.get(noun, ()) if self._content(tokens[i]) > 1 and not self._is_deputy(i)]
        named = [i for i in full if any(t.pos == "PROPN" for t in self._modifiers(tokens[i]))]
        return self._words(tokens[named[0]]) if named else None

    def _is_word(self, owner: Token) -> bool:
        """Whether a name that owns is a word of the whole name, and no state: "the Dockers' Union"."""
        states = States.load()
        return not states.find(owner.text) and find_noun(owner.text.lower()) is not None

    def _role_owner(self, token: Token) -> Token | None:
        """Whose office it is: "the governor's office"."""
        owner = self._syntax.child(token.i, "poss")
        if owner is None or owner.pos != "NOUN" or owner.lemma.lower() not in words("roles"):
            return None
        return owner if token.lemma.lower() in words("institutions") else None

    def _is_deputy(self, i: int) -> bool:
        return any(t.lemma.lower() in ("deputy", "former", "vice") for t in self._syntax.children(i))

    def _modifiers(self, token: Token) -> list[Token]:
        """The nouns behind "of" and those before it that say where an office is."""
        behind = [t for p in self._syntax.children(token.i, "prep") for t in self._syntax.children(p.i, "pobj")]
        inner = [
            t for b in behind for p in self._syntax.children(b.i, "prep") for t in self._syntax.children(p.i, "pobj")
        ]
        return [*behind, *inner, *self._syntax.children(token.i, "compound", "nmod")]

    # ------------------------------------------------------------------ descriptions

    def _spoken_for(self, token: Token, depth: int) -> Name | None:
        """The group or institution that a spokesman, an official or a leader belongs to by the words of his phrase."""
        if not self._is_mouthpiece(token):
            return None
        for owner in self._owners(token):
            number = self._by_head.get(owner.i, self._bodies.get(owner.text))
            if number is not None:
                actor = self._actors[self.root(number)]
                if _PERSON in actor.key or self._is_land(actor):
                    continue
            if owner.pos == "PRON" and number is None:
                continue
            if number is not None and owner.i not in self._by_head:
                return Name(self._actors[self.root(number)].name, self.root(number))
            if number is not None or self._is_body(owner):
                named = self.of(owner.i, depth - 1, owner=True)
                if named.name is not None:
                    return named
        return None

    def _is_mouthpiece(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        if lemma in words("premises") | words("institutions") | words("documents") and lemma not in words(
            "mouthpieces"
        ):
            return any(c.lemma.lower() in words("press") for c in self._syntax.children(token.i, "compound", "amod"))
        return lemma in words("voices") | words("mouthpieces")

    def _owners(self, token: Token) -> list[Token]:
        syntax = self._syntax
        found = list(syntax.children(token.i, "poss"))
        for prep in syntax.children(token.i, "prep"):
            if prep.text.lower() in _OF and prep.i > token.i:
                found.extend(syntax.children(prep.i, "pobj"))
        found.extend(t for t in syntax.children(token.i, "compound", "nmod") if t.pos in ("NOUN", "PROPN"))
        return found

    def _is_land(self, actor: ActorMention) -> bool:
        return actor.key.count(":") < 2 or (actor.sector == "GOV" and not actor.generic and self._is_state(actor.name))

    def _is_state(self, name: str) -> bool:
        return States.load().named(name) is not None

    def _is_body(self, token: Token) -> bool:
        lemma = token.lemma.lower()
        if lemma in words("institutions") or lemma in words("premises"):
            return True
        noun = find_noun(lemma)
        return noun is not None and noun.sort == "group"

    def _content(self, token: Token) -> int:
        """How many words say who it is: the noun, what qualifies it, and where or of what it is."""
        inside = [t for t in self._syntax.children(token.i) if t.i < token.i and t.dep not in _PLAIN]
        behind = [
            t for t in self._syntax.children(token.i, "prep") if t.text.lower() in (*_OF, "in") and t.i == token.i + 1
        ]
        return 1 + len(inside) + len(behind)

    def _fuller(self, token: Token) -> int | None:
        """Where the text called a bare "the centre" by more words, before this."""
        if self._content(token) > 1 or token.pos not in ("NOUN", "PROPN"):
            return None
        known = self._nouns.get(token.lemma.lower(), [])
        before = (known[k] for k in range(bisect_left(known, token.i) - 1, -1, -1))
        return next((i for i in before if self._content(self._syntax.tokens[i]) > 1 or self._is_named(i)), None)

    def _is_named(self, i: int) -> bool:
        number = self._by_head.get(i)
        return number is not None and not self._is_described(self.root(number))

    def _words(self, token: Token) -> str | None:
        """The words of a description: no article or owner, and of where it is the name alone."""
        syntax = self._syntax
        left = [t.i for t in syntax.children(token.i) if t.i < token.i and t.dep not in _PLAIN]
        first = min((syntax.subtree_tokens(i).start for i in left), default=token.i)
        owner = syntax.child(token.i, "poss")
        whose = owner is not None and (
            owner.pos == "NOUN" or (token.pos == owner.pos == "PROPN" and self._is_word(owner))
        )
        if owner is not None and whose:  # "the governor's office", "citizens' group"
            first = min([owner.i, *(t.i for t in syntax.children(owner.i, "compound", "nmod", "amod"))])
        told = self._text[syntax.tokens[first].start : token.end]
        for prep in syntax.children(token.i, "prep"):
            place = syntax.child(prep.i, "pobj")
            if prep.i != token.i + 1 or place is None or prep.text.lower() not in (*_OF, "in"):
                continue
            if token.pos == "PROPN" and prep.text.lower() != "of":
                continue
            named = [place, *(t for p in syntax.children(place.i, "prep") for t in syntax.children(p.i, "pobj"))]
            last = named[-1] if named[-1].pos == "PROPN" else place
            entity = syntax.entity_of(last.i)
            start = syntax.tokens[entity.first].start if entity is not None and last.pos == "PROPN" else None
            start = start if start is not None else syntax.tokens[syntax.subtree_tokens(last.i).start].start
            phrase = self._text[start : last.end].removeprefix("the ").removeprefix("The ")
            told = f"{told} {prep.text.lower()} {phrase}"
            break
        return " ".join(told.split()) or None


def _draft(head: int, span: Span) -> Draft:
    return Draft(at=head, source=span, head=head, cue=None, content=[], stance=None)
