""" "It" that stands for nothing: weather, time, clefts, and what a clause behind it says."""

from __future__ import annotations

from variorum.records import Token

from .drafts import Scene
from .salience import SINGLE, SUBJECTS

_ALWAYS = frozenset({"seem", "appear", "rain", "snow", "happen", "emerge", "turn", "follow", "mean", "matter", "hail"})
_CLAUSE = frozenset({"that", "to", "who", "whom", "whether", "if", "how", "why", "when", "what", "which", "before"})
_MAKES = frozenset(
    {"make", "find", "want", "consider", "think", "deem", "leave", "keep", "have", "see", "like", "call"}
)
_TAKES = frozenset({"take", "cost", "require"})
_TOLD = frozenset({"think", "believe", "know", "expect", "hope", "understand", "fear", "agree", "decide", "suppose"})


def is_empty(scene: Scene, token: Token) -> bool:
    """Whether this "it" refers to nothing."""
    if token.text.lower() != "it":
        return False
    above = scene.tokens[token.head]
    lemma = above.lemma.lower()
    after = scene.tokens[token.i + 1] if token.i + 1 < len(scene.tokens) else None
    if token.dep not in SUBJECTS:
        return lemma in _MAKES and after is not None and after.tag in ("JJ", "JJR", "VBN")
    if lemma in _ALWAYS:
        return True
    if lemma in _MAKES and above.i < token.i:  # "made it clear that", "want it known"
        return True
    if token.dep == "nsubjpass" and (lemma in _TOLD or scene.words.is_verb(above, scene.words.say)):
        by = scene.syntax.child(above.i, "agent")
        return by is None and (
            scene.syntax.child(above.i, "ccomp", "xcomp") is not None or _outer(scene, token) is None
        )
    if lemma in _TAKES:
        return any(t.dep in ("xcomp", "advcl", "ccomp", "relcl", "acl") for t in scene.syntax.children(above.i)) or any(
            t.text.lower() in ("to", "before") for t in _behind(scene, above.i)
        )
    if lemma in ("be", "become"):
        if scene.tokens[token.i - 1].text.lower() in ("as", "than") if token.i else False:
            return True
        clause = any(t.text.lower() in _CLAUSE for t in _behind(scene, above.i))
        return clause or _outer(scene, token) is None
    return False


def _behind(scene: Scene, i: int) -> tuple[Token, ...]:
    _, high = scene.bounds(i)
    return scene.tokens[i + 1 : high + 1]


def _outer(scene: Scene, token: Token) -> Token | None:
    """The subject of a clause around that of "it" which "it" may stand for: "the bank said it was ready"."""
    above = scene.tokens[token.head]
    for verb in scene.syntax.ancestors(above.i):
        for subject in scene.syntax.children(verb.i, *SUBJECTS):
            draft = scene.claimed.get(subject.i)
            if draft is not None and subject.i < token.i:
                first = draft
                while first.link is not None:
                    first = first.link
                return subject if first.kind in SINGLE else None
    return None
