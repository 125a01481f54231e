"""What the resolution of a text knows at each point of it: who was named, what is told of them, who stands out."""

from __future__ import annotations

from .descriptions import Descriptions
from .drafts import Draft, Scene
from .entities import SUBJECTS, entity, root
from .quotations import Quotations
from .salience import Salience

# Who holds the office that another holds, and what else is said of them by it.
_PEERS = {"counterpart": "", "colleague": "", "predecessor": "former", "successor": "new", "replacement": "new"}


class Discourse:
    """One text as far as it was resolved. `past` are the mentions that later ones may mean, no pronouns among them;
    `said_of` the nouns that were said of each actor."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.past: list[Draft] = []
        self.quoted = Quotations(scene)
        self.salience = Salience(scene, self.quoted)
        self.told = Descriptions(scene)
        self.said_of = self.salience.said_of
        self.said: set[str] = set()  # every noun that was said of anyone

    def tell(self, who: str | int, words: frozenset[str]) -> None:
        """Add to the nouns that were said of an actor."""
        self.said_of[who] = self.said_of.get(who, frozenset()) | words
        self.said |= words

    def settle(self, draft: Draft) -> None:
        """Take in a mention that is resolved, or is nobody's but its own."""
        if draft.kind not in ("pronoun", "thing"):
            self.past.append(draft)
        self.salience.add(draft)
        if draft.kind == "thing":
            return
        who = entity(draft)
        gender = draft.gender or root(draft).gender
        if gender is not None:
            self.salience.gender.setdefault(who, gender)
        if draft.silent and draft.generic:
            self.said_of[who] = frozenset({draft.noun})
            self.said.add(draft.noun)
            self._identified(draft)
            return
        told = self.told.of(draft) if draft.kind != "pronoun" else self.told.deeds(draft)
        self.tell(who, told)
        if draft.kind == "pronoun":
            self._peers(draft)
        else:
            self._identified(draft)

    def explains(self, draft: Draft) -> bool:
        """Whether an apposition says what the one before it is: "Amber Leaf, the tea company,"; a name of which nothing
        was known is an actor of that kind then."""
        named = self.salience.mention(self.scene.tokens[draft.head].head)
        if named is None or named.head > draft.head or not draft.generic or draft.plural != root(named).plural:
            return False
        first = root(named)
        if first.kind == "thing" and first.silent and draft.kind != "thing" and not first.generic:
            first.kind, first.sectors = draft.kind, first.sectors or draft.sectors
            if first not in self.past:
                self.past.append(first)
        if (first.kind == "person") != (draft.kind == "person") or (first.kind == "thing") != (draft.kind == "thing"):
            return False
        who = entity(named)
        self.tell(who, self.told.of(draft))
        if draft.gender is not None:
            self.salience.gender.setdefault(who, draft.gender)
        return True

    def _identified(self, draft: Draft) -> None:
        """ "the prime minister, Mr Sela": who was unnamed so far has the name that stands beside."""
        token = self.scene.tokens[draft.head]
        if draft.kind != "person" or token.dep not in ("appos", "attr"):
            return
        unnamed = self.salience.mention(token.head)
        if draft.generic:  # "Yusuf Adan, a baker whose shop was looted"
            named = root(unnamed) if unnamed is not None and token.dep == "appos" else None
            apart = draft.link is not None or draft.plural or unnamed is None or unnamed.head > draft.head
            if named is not None and named.kind == "person" and not named.generic and not apart:
                self.tie(draft, named)
            return
        if token.dep == "attr":
            subject = self.scene.syntax.child(token.head, *SUBJECTS)
            unnamed = self.salience.mention(subject.i) if subject is not None else None
        if unnamed is None or unnamed.kind != "person" or unnamed.link is not None or unnamed is draft:
            return
        if not unnamed.generic or unnamed.plural or unnamed.head > draft.head:
            return
        was, who = entity(unnamed), entity(draft)
        self.tie(unnamed, draft)
        self.said_of[who] = self.said_of.get(who, frozenset()) | self.said_of.pop(was, frozenset())
        if was in self.salience.gender:
            self.salience.gender.setdefault(who, self.salience.gender[was])

    def _peers(self, draft: Draft) -> None:
        """ "her Indian counterpart": he holds the office that she holds."""
        tokens = self.scene.tokens
        noun = tokens[tokens[draft.head].head]
        if tokens[draft.head].tag != "PRP$" or noun.text.lower() not in _PEERS:
            return
        near = [noun.i, *(t.i for t in self.scene.syntax.children(noun.i, "appos"))]
        near += [noun.head] if noun.dep == "appos" else []
        for i in near:
            peer = self.scene.claimed.get(i)
            if peer is not None and entity(peer) != entity(draft):
                held = self.said_of.get(entity(draft), frozenset()) | set(_PEERS[noun.text.lower()].split())
                self.tell(entity(peer), held)

    def recent(self, i: int, scope: int | None = None) -> list[Draft]:
        sentence = self.scene.sentence
        reach = self.scene.options.reach if scope is None else scope
        found: list[Draft] = []
        for draft in reversed(self.past):
            if sentence[i] - sentence[draft.head] > reach:
                break
            if draft.head < i:
                found.append(draft)
        return found[::-1]

    def subjects(self, low: int, i: int) -> list[Draft]:
        """Mentions between tokens `low` and `i` that are subjects, pronouns resolved."""
        found = [d for d in self.scene.drafts if low <= d.head < i and self.salience.is_subject(d)]
        return sorted(
            (d.link if d.kind == "pronoun" and d.link is not None else d for d in found), key=lambda d: d.head
        )

    def tie(self, draft: Draft, chosen: Draft) -> None:
        """Make a mention one of the actor whom another means."""
        while chosen.kind == "pronoun" and chosen.link is not None:
            chosen = chosen.link
        if (first := root(chosen)).silent:
            first.silent = False
            self.scene.add(first)
        draft.link = chosen
        draft.name, draft.slug, draft.country = chosen.name, chosen.slug, chosen.country
        draft.sectors, draft.title, draft.gender = chosen.sectors, chosen.title, chosen.gender
        draft.generic = chosen.generic
        if draft.kind == "pronoun":
            draft.plural = chosen.plural
        else:
            draft.kind = chosen.kind
        draft.because("coreference", note=chosen.name)
