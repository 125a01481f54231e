"""What a text says of its actors, for the nouns that may mean them later."""

from __future__ import annotations

from variorum.records import Token

from .cues import cues
from .definites import full_form
from .drafts import Draft, Scene
from .vocabulary import singular

_IS = frozenset({"be", "call", "style", "declare", "proclaim", "become", "serve"})
_RULES = frozenset({"rule", "govern"})
_INWARD = frozenset(
    {"of", "for", "without", "in", "against", "on", "to", "de", "del", "da", "do", "des", "du", "sans", "from", "with"}
)  # behind these a name tells of others than its bearer
_MANAGES = frozenset({"run", "head", "lead", "oversee"})


class Descriptions:
    """What is told of each actor of a text, for the nouns that may mean it later."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._known: dict[int, frozenset[str]] = {}

    def of(self, draft: Draft) -> frozenset[str]:
        """The lower-case nouns that name, or say of, the actor of a mention where it stands."""
        found = self._known.get(id(draft))
        if found is None:
            found = self._known[id(draft)] = frozenset(self._read(draft))
        return found

    def deeds(self, draft: Draft) -> frozenset[str]:
        """What the verbs that a mention is told with say its actor is: who leads is a leader."""
        scene = self.scene
        words: set[str] = set()
        token = scene.tokens[draft.head]
        verbs: list[tuple[Token, str]] = []
        if token.dep in ("nsubj", "nsubjpass", "dobj"):
            verbs.append((scene.tokens[token.head], token.dep))
        for clause in scene.syntax.children(draft.head, "relcl"):
            relative = scene.syntax.child(clause.i, "nsubj", "nsubjpass")
            if relative is not None and relative.tag in ("WP", "WDT"):
                verbs.append((clause, relative.dep))
        for clause in scene.syntax.children(draft.head, "acl"):  # "the premier deposed last spring"
            verbs += [(clause, "nsubjpass")] if clause.tag == "VBN" else []
        for verb, dep in verbs:
            words |= self._deed(verb, dep)
        return frozenset(words)

    def _deed(self, verb: Token, dep: str) -> set[str]:
        """The nouns and "new" or "former" that a verb says of its subject, or of its object."""
        scene, lemma = self.scene, verb.lemma.lower()
        if scene.syntax.child(verb.i, "neg") is not None:
            return set()
        active = dep == "nsubj"
        told = cues()
        words = set((told.does if active else told.suffers).get(lemma, ()))
        if active and lemma in _RULES and any(t.text.lower() == "had" for t in scene.syntax.children(verb.i, "aux")):
            words.add("former")
        if active and lemma in _MANAGES:
            run = {t.text.lower() for t in scene.syntax.children(verb.i, "dobj")}
            words |= {"minister", "secretary"} if run & {"ministry", "department"} else set()
            words |= {"president", "premier", "prime", "minister"} if "government" in run else set()
        enters = lemma in (told.enters if active else told.entered)
        leaves = lemma in (told.leaves if active else told.left)
        if not (enters or leaves):
            return words
        office = [t for t in scene.syntax.children(verb.i, "attr", "oprd") if t.tag[:2] == "NN"]
        for preposition in scene.syntax.children(verb.i, "prep"):
            if preposition.text.lower() == "as":
                office += scene.syntax.children(preposition.i, "pobj")
        if lemma in told.office_told and not office:
            return words
        words |= {full_form(t.text) for t in office}
        words.add("new" if enters else "former")
        return words

    def _read(self, draft: Draft) -> set[str]:
        scene = self.scene
        words = {full_form(word) for word in (draft.title or "").split()}
        words |= {singular(word) for word in draft.noun.split()}
        if draft.phrase is not None:
            words |= {singular(word) for word in draft.phrase.noun.phrase.split()}
            words |= {full_form(word) for word in draft.phrase.modifiers}
        if draft.kind not in ("person", "state"):
            told = [t.text.lower() for t in scene.tokens[draft.first : draft.last + 1]]
            if draft.generic:
                words |= {singular(part) for part in (*draft.slug.split("-"), *told)}
            else:
                words |= self._kinds(draft.slug.split("-")) | self._kinds(told)
        elif draft.kind == "person" and not draft.generic:
            first = draft.first
            while first > 0 and draft.first - first < 3 and _is_title(scene, first - 1):
                first -= 1
            words |= {full_form(t.text) for t in scene.tokens[first : draft.last + 1] if t.text[:1].isupper()}
        for child in scene.syntax.children(draft.head, "appos"):
            if child.tag in ("NN", "NNS") or scene.words.noun(child.text):
                words.add(singular(child.text.lower()))
        for clause in scene.syntax.children(draft.head, "relcl"):  # "who is the mayor", "who calls himself king"
            if clause.lemma.lower() in _IS:
                words |= {t.text.lower() for t in scene.syntax.children(clause.i, "attr", "oprd") if t.tag == "NN"}
        above = scene.tokens[scene.tokens[draft.head].head]
        if scene.tokens[draft.head].dep == "appos" and above.tag == "NN":
            words.add(singular(above.text.lower()))
        if scene.tokens[draft.head].dep == "nsubj" and above.lemma == "be":
            words |= {t.text.lower() for t in scene.syntax.children(above.i, "attr") if t.tag == "NN"}
        return words | self.deeds(draft)

    def _kinds(self, name: list[str]) -> set[str]:
        """The words of a name that say what its bearer is: the one before "of" and its kind, and nouns for actors; no
        "border" is Doctors Without Borders."""
        stop = next((n for n, word in enumerate(name) if n and word in _INWARD), len(name))
        known = self.scene.words
        return {singular(word) for n, word in enumerate(name) if n == stop - 1 or known.noun(word) is not None}


def _is_title(scene: Scene, i: int) -> bool:
    token = scene.tokens[i]
    return token.text[:1].isupper() and token.tag[:2] == "NN" and i not in scene.matches
