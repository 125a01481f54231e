""" "It" that stands for nothing: weather, time, clefts, and what a clause behind it says."""

from __future__ import annotations

from itertools import pairwise

from variorum.records import Token

from .cues import cues
from .drafts import Scene
from .entities import SINGLE, SUBJECTS

_CLAUSE = frozenset({"that", "to", "who", "whom", "whether", "if", "how", "why", "when", "what", "which", "before"})
_MAKES = frozenset(
    {"make", "find", "want", "consider", "think", "deem", "leave", "keep", "have", "see", "like", "call"}
)
_TAKES = frozenset({"take", "require"})
_TOLD = frozenset({"think", "believe", "know", "expect", "hope", "understand", "fear", "agree", "decide", "suppose"})


def emptiness(scene: Scene, token: Token) -> str | None:
    """The construction by which this "it" looks like one that refers to nothing: "always" and "moves" by its verb,
    "made" ("make it clear"), "told" ("it is said"), "takes" ("it took an hour"), "is"; None where none does."""
    if token.text.lower() != "it":
        return None
    above = scene.tokens[token.head]
    lemma = above.lemma.lower()
    after = scene.tokens[token.i + 1] if token.i + 1 < len(scene.tokens) else None
    if token.dep not in SUBJECTS:
        made = lemma in _MAKES and after is not None and after.tag in ("JJ", "JJR", "VBN")
        return "made" if made else None
    if _made_so(scene, token, after) or (lemma in _MAKES and above.i < token.i):
        return "made"
    if lemma in cues().empty:
        return "always"
    if lemma in cues().moves and any(t.dep in ("xcomp", "ccomp", "relcl", "acl") for t in _below(scene, above.i)):
        return "moves"
    if token.dep == "nsubjpass" and (lemma in _TOLD or scene.words.is_verb(above, scene.words.say)):
        by = scene.syntax.child(above.i, "agent")
        clause = scene.syntax.child(above.i, "ccomp", "xcomp") is not None
        return "told" if by is None and (clause or _outer(scene, token) is None) else None
    if lemma in _TAKES:
        return "takes" if _takes(scene, above) else None
    return "is" if lemma in ("be", "become") and _is(scene, token, above) else None


def _made_so(scene: Scene, token: Token, after: Token | None) -> bool:
    """ "want it known", "make it clear"."""
    before = scene.tokens[token.i - 1] if token.i else None
    if before is None or after is None or after.tag not in ("VBN", "JJ", "JJR"):
        return False
    return before.pos == "VERB" and before.lemma.lower() in _MAKES


def _takes(scene: Scene, verb: Token) -> bool:
    """ "it took ten hours", "it takes two to quarrel"."""
    taken = list(scene.syntax.children(verb.i, "dobj", "npadvmod", "attr", "dative"))
    if any(scene.entity.get(t.i, (0, 0, ""))[2] in ("TIME", "DATE") for t in taken):
        return True
    if any(t.dep == "dobj" and (t.i in scene.claimed or t.tag == "PRP") for t in taken):
        return False  # "it would take Hungary to court"
    if any(t.dep in ("xcomp", "advcl", "ccomp", "relcl", "acl") for t in scene.syntax.children(verb.i)):
        return True
    behind = _behind(scene, verb.i)
    return any(t.text.lower() == "before" or (t.tag == "TO" and n.tag == "VB") for t, n in pairwise(behind))


def _is(scene: Scene, token: Token, verb: Token) -> bool:
    """Whether "it is …" tells of no actor: a cleft, an event, a judgement on the clause behind it, weather and time."""
    quality, noun = scene.syntax.child(verb.i, "acomp"), scene.syntax.child(verb.i, "attr")
    if quality is not None and quality.text.lower() in cues().of_actors:
        return False
    if token.i and scene.tokens[token.i - 1].text.lower() in ("as", "than"):
        return True
    if noun is not None and (noun.tag in ("NNS", "NNPS", "NNP", "PRP") or noun.text.lower() in cues().events):
        return True  # "it was drunkards they aimed at"
    return any(t.text.lower() in _CLAUSE for t in _behind(scene, verb.i)) or _outer(scene, token) is None


def _below(scene: Scene, i: int) -> list[Token]:
    """What hangs on a verb, and on its objects, behind it."""
    below = [t for t in scene.syntax.children(i) if t.i > i]
    return below + [t for child in below if child.dep == "dobj" for t in scene.syntax.children(child.i)]


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
