"""What the clauses around a name tell of a person without an office: "X, who leads the union", "X was named governor",
"inspectors led by X", "X of the dockers' union", "X was shot dead"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.records import Token

from .drafts import Draft, Scene
from .phrases import describe, left_edge
from .wording import wording

_LEAD = frozenset({"lead", "head", "command", "chair", "run", "found", "direct", "represent", "edit", "govern"})
_JOIN = frozenset({"join", "represent", "leave", "quit"})
_BE = frozenset({"be", "become", "remain"})
_NAME = frozenset({"name", "appoint", "elect", "nominate", "swear", "make", "crown", "install", "inaugurate", "choose"})
_WORK = frozenset({"work", "serve", "act", "train", "retire", "resign", "campaign"})
_HARM = frozenset(
    {"kill", "shoot", "wound", "injure", "murder", "stab", "behead", "rape", "abduct", "kidnap", "beat", "bury",
     "mourn", "burn", "lynch", "gas", "torture", "rescue", "evacuate", "strangle", "drown", "maim"}
)  # fmt: skip
_PRIVATE = frozenset({"weep", "cry", "sob", "hide", "mourn", "queue", "huddle", "limp", "faint"})
_BEARERS = frozenset({"group", "organisation", "media", "body", "force", "people"})
_OF = frozenset({"of", "from", "at", "with", "for"})


def tell_by_clauses(scene: Scene) -> None:
    """Give named persons without a sector the one that a clause around any of their mentions tells."""
    mentions: dict[int, list[Draft]] = {}
    persons: dict[int, Draft] = {}
    for draft in scene.drafts:
        root = draft
        while root.link is not None:
            root = root.link
        if root.kind == "person" and not root.generic and root.sectors in ((), ("CVL",)):
            persons[id(root)] = root
            mentions.setdefault(id(root), []).append(draft)
    for number, person in persons.items():
        for draft in sorted(mentions[number], key=lambda d: d.first):
            if _office(scene, person, draft) or _follows(scene, person, draft) or _lives(scene, person, draft):
                break
        else:
            if person.sectors:
                continue
            if any(_suffers(scene, draft) for draft in mentions[number]):
                person.sectors = ("CVL",)
                person.because("victim without an office", 0.5)
            elif any(verb.lemma.lower() in wording().official for d in mentions[number] for verb in _verbs(scene, d)):
                person.sectors = ("GOV",)
                person.because("speaks as officials do", 0.3)
            elif not any(f.name == "known person" for f in person.why) and _private(scene, mentions[number]):
                person.sectors = ("CVL",)
                person.because("nothing of an office", 0.3)


def _verbs(scene: Scene, draft: Draft) -> Iterator[Token]:
    """The verbs whose subject the mention is, its relative clauses' among them."""
    token = scene.tokens[draft.head]
    if token.dep in ("nsubj", "nsubjpass"):
        verb = scene.tokens[token.head]
        yield verb
        yield from scene.syntax.children(verb.i, "conj")
    for clause in scene.syntax.children(draft.head, "relcl"):
        if any(child.tag == "WP" for child in scene.syntax.children(clause.i, "nsubj", "nsubjpass")):
            yield clause


def _office(scene: Scene, person: Draft, draft: Draft) -> bool:
    """By a predicate: "became president", "was named governor", "works as a nurse", "leads the union"."""
    for verb in _verbs(scene, draft):
        lemma = verb.lemma.lower()
        if lemma in _BE or lemma in _NAME or lemma in _WORK:
            nouns = [] if lemma in _WORK else scene.syntax.children(verb.i, "attr", "oprd", "dobj")
            said = [*nouns, *_after(scene, verb, "as")]
            for noun in said:
                if noun.i > verb.i and noun.tag in ("NN", "NNP") and _is(scene, person, noun):
                    return True
        if lemma in _LEAD or lemma in _JOIN:
            for noun in scene.syntax.children(verb.i, "dobj"):
                if _of(scene, person, scene.claimed.get(noun.i)) or _is(scene, person, noun, "body"):
                    return True
    return False


def _after(scene: Scene, verb: Token, word: str) -> list[Token]:
    return [
        noun
        for preposition in scene.syntax.children(verb.i, "prep")
        if preposition.text.lower() == word
        for noun in scene.syntax.children(preposition.i, "pobj")
    ]


def _is(scene: Scene, person: Draft, noun: Token, kind: str = "people") -> bool:
    phrase = describe(scene, noun.i, left_edge(scene, noun.i))
    if phrase is None or phrase.noun.kind != kind or not phrase.sectors:
        return False
    person.sectors = phrase.sectors
    if person.country is None:
        person.country = phrase.state.iso3 if phrase.state is not None else phrase.country
    person.because("told by a clause", 0.8, phrase.noun.phrase)
    return True


def _of(scene: Scene, person: Draft, owner: Draft | None) -> bool:
    while owner is not None and owner.link is not None:
        owner = owner.link
    if owner is None or owner.kind not in _BEARERS or not owner.sectors or owner.sectors[0] == "CVL":
        return False
    person.sectors = owner.sectors[:1]
    person.country = person.country or owner.country
    person.because("belongs to", 0.8, owner.name)
    return True


def _speaks_for(scene: Scene, person: Draft, owner: Draft | None) -> bool:
    """Whether one is the voice of a state or body: "Lima, through Ana Rojas, promised"."""
    while owner is not None and owner.link is not None:
        owner = owner.link
    if owner is None or owner.kind not in ("state", *_BEARERS) or not owner.sectors:
        return False
    person.sectors = owner.sectors[:1]
    person.country = person.country or owner.country
    person.because("speaks for", 0.7, owner.name)
    return True


def _follows(scene: Scene, person: Draft, draft: Draft) -> bool:
    """By whom they lead in the passive ("inspectors led by …") or belong to ("… of the dockers' union")."""
    token = scene.tokens[draft.head]
    above = scene.tokens[token.head]
    if token.dep == "pobj" and above.text.lower() in ("by", "under"):
        verb = scene.tokens[above.head]
        if verb.lemma.lower() in _LEAD:
            led = verb.head if verb.dep == "acl" else next(
                (t.i for t in scene.syntax.children(verb.i, "nsubjpass")), verb.i
            )  # fmt: skip
            return _of(scene, person, scene.claimed.get(led)) or _of(scene, person, scene.claimed.get(verb.i - 1))
        if above.text.lower() == "under" and scene.tokens[above.head].tag in ("NNS", "NNPS"):
            return _of(scene, person, scene.claimed.get(above.head))  # "Ghanaian peacekeepers under …"
    if token.dep == "pobj" and above.text.lower() in ("through", "via"):
        speaker = scene.syntax.child(above.head, "nsubj")
        if speaker is not None and _speaks_for(scene, person, scene.claimed.get(speaker.i)):
            return True
    for possessor in scene.syntax.children(draft.head, "poss"):
        bearer = scene.claimed.get(possessor.i)
        if bearer is not None and bearer.kind in ("group", "organisation", "media") and _of(scene, person, bearer):
            return True
    for preposition in scene.syntax.children(draft.head, "prep"):
        if preposition.text.lower() in _OF and preposition.i <= draft.last + 2:
            for noun in scene.syntax.children(preposition.i, "pobj"):
                owner = scene.claimed.get(noun.i)
                if owner is not None and owner.kind != "people" and _of(scene, person, owner):
                    return True
    return False


def _lives(scene: Scene, person: Draft, draft: Draft) -> bool:
    """By what they do: "…, who teaches in Irbid"; in a relative clause, where who someone is is told."""
    if person.sectors == ("CVL",):
        return False
    for verb in _verbs(scene, draft):
        sector = wording().living.get(verb.lemma.lower())
        if sector is not None and verb.dep == "relcl":
            person.sectors = (sector,)
            person.because("told by a clause", 0.7, verb.lemma.lower())
            return True
    return False


def _private(scene: Scene, drafts: Sequence[Draft]) -> bool:
    """Whether all that is told of a person who has a full name is what anybody does."""
    verbs = [verb for draft in drafts for verb in _verbs(scene, draft)]
    full = any(draft.last > draft.head or draft.first < draft.head for draft in drafts)
    return (
        full and bool(verbs) and not any(verb.lemma.lower() in wording().public or verb.pos == "AUX" for verb in verbs)
    )


def _suffers(scene: Scene, draft: Draft) -> bool:
    token = scene.tokens[draft.head]
    verb = scene.tokens[token.head]
    if token.dep in ("nsubjpass", "dobj"):
        return verb.lemma.lower() in _HARM
    return token.dep == "nsubj" and verb.lemma.lower() in _PRIVATE
