"""Who "it", "he", "the ministry" and "its" are: by rule, in text order; what no rule settles stays out."""

from __future__ import annotations

from variorum.records import Token

from .acronyms import tie_acronyms
from .definite_phrases import DefinitePhrases
from .discourse import Discourse
from .drafts import Draft, Scene
from .pronouns import Pronouns, is_country, is_of_two, is_pronoun
from .unnamed import unnamed


def resolve(scene: Scene) -> None:
    """Tie pronouns and bare definites to the mentions before them, in text order; "its ministry" gets its country."""
    tie_acronyms(scene)
    Resolver(scene).run()


_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$"})
_NEVER = frozenset(
    {
        "IN",
        "DT",
        ",",
        ".",
        ":",
        "CC",
        "TO",
        "POS",
        "VB",
        "VBD",
        "VBG",
        "VBN",
        "VBP",
        "VBZ",
        "MD",
        "CD",
        "NNP",
        "``",
        "''",
    }
)  # tags that no pronoun has, whatever the model mistakes it for
_NEVER_MEANT = _NEVER - _NOUNS  # tags of what neither means nor names anyone


class Resolver:
    """One pass over a text. What is quoted is settled after who speaks it, where that is told behind the quotation:
    "'He fled,' she said."."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.discourse = Discourse(scene)
        self.pronouns = Pronouns(self.discourse)
        self.definites = DefinitePhrases(self.discourse, self.pronouns)
        self.meant = self._meant()

    def run(self) -> None:
        scene = self.scene
        steps: list[tuple[tuple[int, int, int], Draft | Token]] = [
            (self._turn(draft.first), draft) for draft in scene.drafts
        ]
        for token in scene.tokens:
            if token.tag in _NEVER_MEANT or self._spanned(token.i):
                continue
            if token.tag in _NOUNS or self._is_pronoun(token) or self.definites.repeats(token):
                steps.append((self._turn(token.i), token))
        for _, step in sorted(steps, key=lambda item: item[0]):
            if isinstance(step, Draft):
                self.definites.owned(step)
                self.definites.definite(step)
                self.discourse.settle(step)
            elif self._is_pronoun(step):
                self.pronouns.resolve(step)
            else:
                self._noun(step)

    def _noun(self, token: Token) -> None:
        """Tie a noun that no step before took for an actor, else keep in mind whom or what it names."""
        if self.definites.repeats(token):
            self.definites.noun(token)
        reach = self.meant[self.scene.sentence[token.i]]
        if not reach or self._spanned(token.i):
            return
        draft = unnamed(self.scene, token, things=reach > 1)
        if draft is None:
            return
        if token.dep != "appos" or not self.discourse.explains(draft):
            self.discourse.settle(draft)

    def _meant(self) -> list[int]:
        """For each sentence, whether a pronoun may mean what it names: 0 none, 1 someone, 2 also a thing."""
        sentence = self.scene.sentence
        found = [0] * len(self.scene.syntax.sentences)
        for token in self.scene.tokens:
            if token.tag in _PRONOUNS and is_pronoun(token):
                here = sentence[token.i]
                for n in range(max(0, here - self.scene.options.reach), here + 1):
                    found[n] = max(found[n], 2 if here - n <= 1 else 1)
        return found

    def _is_pronoun(self, token: Token) -> bool:
        if token.tag in _NEVER:
            return False
        return is_pronoun(token) or is_country(self.scene, token) or is_of_two(self.scene, token)

    def _spanned(self, i: int) -> bool:
        """Whether a token stands inside a mention; what only explains one ("…, the party's leader,") does not."""
        draft = self.scene.claimed.get(i)
        return draft is not None and draft.first <= i <= draft.last

    def _turn(self, i: int) -> tuple[int, int, int]:
        if i not in self.discourse.quoted.inside:
            return (i, 0, i)
        speaker = self.discourse.quoted.speaker(i)
        if speaker is None or speaker < i:
            return (i, 0, i)
        return (self.scene.syntax.subtree_tokens(speaker).stop - 1, 1, i)  # also after what tells who the speaker is
