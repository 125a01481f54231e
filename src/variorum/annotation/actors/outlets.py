"""Whether the name of a newspaper or agency means it here: "Hindu pilgrims" and "Fars province" tell of no outlet."""

from __future__ import annotations

from variorum.records import Token
from variorum.world.nouns import find_noun

from .drafts import Scene
from .entities import SUBJECTS
from .vocabulary import singular
from .wording import wording

_ADDRESSED = frozenset({"tell", "inform", "brief", "speak", "talk", "write", "confirm", "admit", "confide", "say"})
_QUOTED_BY = frozenset({"quote", "cite", "report", "publish", "carry", "interview", "broadcast", "release", "reveal"})
_IN_PRINT = frozenset({"write", "publish", "report", "print", "appear", "say", "read", "run", "argue"})
_TOLD_TO = frozenset({"interview", "statement", "comment", "remark", "letter", "article", "report", "column", "opinion",
                      "editorial", "op-ed", "story", "piece"})  # fmt: skip
# Words with which outlets' names are made and hardly any other.
_OF_OUTLETS = frozenset(
    {"news", "times", "post", "herald", "tribune", "gazette", "journal", "daily", "weekly", "radio", "tv", "television",
     "press", "agency", "chronicle", "telegraph", "courier", "newspaper", "broadcasting", "dispatch", "examiner",
     "bulletin", "newsroom", "newswire", "express", "echo", "argus", "inquirer", "register", "online", "media"}
)  # fmt: skip
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "to"})


def is_outlet(scene: Scene, first: int, last: int, key: str) -> bool:
    """Whether tokens whose name is an outlet's too mean it: any name that means little else, and others where they say,
    are told, are quoted, stand with a word of the press or in brackets, or have "The" within a sentence."""
    return not _means_more(scene, first, last, key) or acts_as_outlet(scene, first, last)


def _means_more(scene: Scene, first: int, last: int, key: str) -> bool:
    """Whether a name is as well a place of the text, or of words that name other things."""
    words = [word for word in key.split() if word not in _SMALL]
    if not words or set(words) & _OF_OUTLETS or scene.tokens[first].text.isupper():
        return False
    if scene.is_place(first, last) or (len(words) == 1 and _land_follows(scene, last)):
        return True
    return all(_is_word(scene, word) for word in words)


def _is_word(scene: Scene, word: str) -> bool:
    noun = find_noun(word)
    return noun is not None or scene.words.noun(word) is not None or scene.lexicon.states.find(word) != ()


def _land_follows(scene: Scene, last: int) -> bool:
    """Whether a word for land, or a body of land, follows: "Fars province", "the Sindh government"."""
    after = scene.tokens[last + 1] if last < scene.bounds(last)[1] else None
    return after is not None and after.text.lower() in ("province", "state", "government", "region", "governor", "town")


def acts_as_outlet(scene: Scene, first: int, last: int) -> bool:
    """Whether a name says, is told or quoted, stands with a word of the press or in brackets, or has "The" within a
    sentence."""
    tokens = scene.tokens
    low, high = scene.bounds(first)
    if (tokens[first].text == "The" and first > low) or (first > low + 1 and tokens[first - 1].text == "The"):
        return True  # a title: "told The Hindu"
    before = tokens[first - 1] if first > low else None
    after = tokens[last + 1] if last < high else None
    if before is not None and before.text == "(" and after is not None and after.text in (")", ","):
        return True
    if any(token is not None and _of_press(scene, token) for token in (before, after)):
        return True
    head = tokens[scene.head(first, last)]
    if head.dep in ("compound", "nmod", "amod", "poss") and head.head > last:
        return _of_press(scene, tokens[head.head])
    return _speaks(scene, head) or _is_told(scene, head)


def _of_press(scene: Scene, token: Token) -> bool:
    """Whether a word tells of the press: "newspaper", "reporter", "website"."""
    noun = scene.words.noun(token.text)
    return (noun is not None and noun.sector == "JRN") or singular(token.text.lower()) in _OF_OUTLETS | _TOLD_TO


def _speaks(scene: Scene, head: Token) -> bool:
    """Whether a name is the subject of a verb of saying, or of one in its relative clause."""
    verbs = []
    if head.dep in SUBJECTS:
        verbs.append(scene.tokens[head.head])
    verbs += scene.syntax.children(head.i, "relcl")
    return any(
        (scene.words.is_verb(verb, scene.words.say) or verb.lemma.lower() in wording().report) and head.tag != "JJ"
        for verb in verbs
    )


def _is_told(scene: Scene, head: Token) -> bool:
    """Whether a name is one to whom is said, or by or in whom is told: "told the Star", "quoted by Fars", "in Dawn"."""
    above = scene.tokens[head.head]
    if head.dep in ("dobj", "dative"):
        return above.lemma.lower() in _ADDRESSED | {"quote", "cite"}
    if head.dep != "pobj":
        return False
    word, governor = above.text.lower(), scene.tokens[above.head]
    if word == "by" and governor.lemma.lower() in _QUOTED_BY:
        return True
    if word == "to" and (governor.lemma.lower() in _ADDRESSED or governor.text.lower() in ("according", *_TOLD_TO)):
        return True
    if word == "in":
        return governor.lemma.lower() in _IN_PRINT and not scene.is_place(head.i, head.i)
    return word == "with" and governor.text.lower() == "interview"
