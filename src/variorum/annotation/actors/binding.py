"""Whom a pronoun cannot mean: those beside it in its clause, who it is told of, who speaks it (principles A to C of
government and binding, Chomsky 1981, as far as dependencies tell them, and what reports add for quotations)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import Token

from .drafts import Scene
from .entities import PERSONAL, SINGLE, SUBJECTS, entity, root

if TYPE_CHECKING:
    from .salience import Salience

_SERVED = frozenset({"GOV", "MIL", "COP", "REB", "PTY", "LEG"})
_NOT_FINITE = frozenset({"VB", "VBG", "JJ", "RB", "IN", "NN"})


class Binding:
    """Rules out antecedents by syntax; `salience` knows the mentions so far."""

    def __init__(self, scene: Scene, salience: Salience) -> None:
        self.scene = scene
        self.salience = salience

    def barred(self, token: Token) -> set[str | int]:
        """The actors that a pronoun cannot mean: those beside it in its clause, who it is told of, who speaks it."""
        tokens = self.scene.tokens
        found: set[int] = set()
        speaker = self.salience.quotations.speaker(token.i)
        if speaker is not None:
            found.add(speaker)
            if token.text.lower() not in PERSONAL:
                found |= self._own_bodies(speaker) | self._of_his_kind(speaker, token)
        found |= self._around(token)
        above = tokens[token.head]
        if token.tag == "PRP$":
            top = above
            while top.dep in ("compound", "nmod") and top.head != top.i:
                top = tokens[top.head]
            if top.dep == "appos":  # "Rao, his counterpart"
                found.add(top.head)
            elif top.dep == "attr" and tokens[top.head].lemma in ("be", "become", "remain"):  # "who was his classmate"
                found |= {t.i for t in self.scene.syntax.children(top.head, *SUBJECTS)}
            elif (claimed := self.scene.claimed.get(top.i)) is not None and claimed.kind == "person":
                found.add(claimed.head)
        else:
            found |= self._beside(token)
        barred: set[str | int] = set()
        for i in found:
            mention = self.salience.mention(i)
            if mention is not None:
                barred.add(entity(mention))
        return barred

    def _own_bodies(self, speaker: int) -> set[int]:
        """Whose spokesman or member a speaker is told to be: "they" in what is quoted are others."""
        syntax = self.scene.syntax
        found: set[int] = set()
        above = self.scene.tokens[self.scene.tokens[speaker].head]
        titles = [*syntax.children(speaker, "appos", "compound", "nmod"), self.scene.tokens[speaker]]
        if self.scene.tokens[speaker].dep == "appos":
            titles.append(above)
        for title in titles:
            found |= {t.i for t in syntax.children(title.i, "poss", "compound", "nmod")}
            for preposition in syntax.children(title.i, "prep"):
                if preposition.text.lower() in ("of", "for", "from", "with", "in"):
                    found |= {t.i for t in syntax.children(preposition.i, "pobj")}
        return found - {speaker}

    def _of_his_kind(self, speaker: int, token: Token) -> set[int]:
        """The forces and governments told of just before that a speaker serves by office: what a police chief says of
        "them" is not of his police."""
        who = self.salience.mention(speaker)
        if who is None or root(who).kind != "person" or root(who).sector not in _SERVED:
            return set()
        mine = root(who)
        near = [
            d
            for d in self.salience.mentions
            if d.last < token.i and self.scene.sentence[token.i] - self.scene.sentence[d.head] <= 2
        ]
        same = [root(d) for d in near if root(d).kind in SINGLE and root(d).sector == mine.sector]
        wanted = {
            id(d)
            for d in same
            if d.country == mine.country or (d.kind != "state" and None in (d.country, mine.country))
        }
        return {d.head for d in near if id(root(d)) in wanted}

    def _around(self, token: Token) -> set[int]:
        """Who a clause that only tells who speaks stands inside of: "Georgia, it said, was inventing incidents"; and
        whose they are that a clause tells of: "the mission, whose soldiers they are"."""
        if token.dep not in SUBJECTS:
            return set()
        syntax, verb = self.scene.syntax, self.scene.tokens[token.head]
        found: set[int] = set()
        if (
            self.scene.words.is_verb(verb, self.scene.words.say)
            and token.i
            and self.scene.tokens[token.i - 1].text == ","
        ):
            low, _ = self.scene.bounds(token.i)
            high = self.scene.bounds(token.i)[1]
            for other in self.scene.tokens[max(low, token.i - 12) : token.i]:
                if other.dep in SUBJECTS and other.head > verb.i and other.head <= high:
                    found.add(other.i)
        whose = next((t for t in self.scene.tokens[max(0, token.i - 4) : token.i] if t.tag == "WP$"), None)
        if whose is not None and whose.i in syntax.subtree_tokens(verb.i):
            found.add(whose.i)
        return found

    def _beside(self, token: Token) -> set[int]:
        """The subject and objects of the verb that a pronoun hangs on, also by a preposition or a list."""
        tokens = self.scene.tokens
        above = tokens[token.head]
        for _ in range(3):
            if above.dep not in ("prep", "agent", "dative", "pcomp", "conj") or above.pos in ("VERB", "AUX"):
                break
            above = tokens[above.head]
        found: set[int] = set()
        if token.dep in SUBJECTS and self._is_accusative(token, above):  # "found him asleep", "made them teach"
            found |= {t.i for t in self.scene.syntax.children(above.head, *SUBJECTS)} - {token.i}
        if above.pos not in ("VERB", "AUX"):
            return found
        for child in self.scene.syntax.children(above.i):
            if child.i == token.i:
                continue
            if child.dep in (*SUBJECTS, "dobj", "dative", "attr"):
                found.add(child.i)
            elif child.dep in ("prep", "agent", "dative") and token.dep in SUBJECTS:
                found |= {t.i for t in self.scene.syntax.children(child.i, "pobj")}
        if token.dep not in SUBJECTS and not any(tokens[i].dep in SUBJECTS for i in found):
            found |= self._controller(above)
        return found

    def _is_accusative(self, token: Token, verb: Token) -> bool:
        """Whether the subject of a clause without a finite verb is an object of the clause above."""
        if token.text.lower() in ("him", "them"):
            return True
        if token.text.lower() not in ("it", "her") or verb.tag not in _NOT_FINITE:
            return False
        return all(t.tag == "TO" for t in self.scene.syntax.children(verb.i, "aux", "auxpass"))

    def _controller(self, verb: Token) -> set[int]:
        """Who does what a verb without a subject of its own tells: "asked him to recall them", "came to see him"."""
        tokens = self.scene.tokens
        for _ in range(3):
            if verb.dep not in ("xcomp", "conj", "advcl", "pcomp", "ccomp", "prep") or verb.head == verb.i:
                return {verb.head} if verb.dep == "acl" else set()
            infinitive = verb.dep in ("xcomp", "ccomp")
            infinitive |= verb.dep == "pcomp" and tokens[verb.head].text.lower() in ("for", "of", "from", "into")
            if verb.dep == "pcomp":
                verb = tokens[verb.head]
            verb = tokens[verb.head]
            objects = {t.i for t in self.scene.syntax.children(verb.i, "dobj", "dative")} if infinitive else set()
            found = objects or {t.i for t in self.scene.syntax.children(verb.i, *SUBJECTS)}
            if found:
                return found
        return set()
