"""Who fills which role of a verb or an event noun: subjects, objects and prepositional objects over any voice.

Roles are tokens, the heads of their phrases. Subjects are found through passives, relative clauses, participles,
control, raising and coordination; a relative pronoun stands for what it relates to.
"""

from __future__ import annotations

import msgspec

from variorum.records import Syntax, Token

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})


class Roles(msgspec.Struct, frozen=True):
    """The role fillers of one trigger, heads of phrases in text order. `by` are the agents of a passive."""

    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    datives: tuple[int, ...] = ()
    obliques: tuple[tuple[str, int], ...] = ()
    passive: bool = False


class Frames:
    """Roles over one document's syntax, remembered by token."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self._verbs: dict[int, Roles] = {}
        self._nouns: dict[int, Roles] = {}
        self._open: set[int] = set()

    def of(self, i: int) -> Roles:
        return self.verb(i) if self.is_verb(i) else self.noun(i)

    def is_verb(self, i: int) -> bool:
        token = self.syntax.tokens[i]
        return token.pos in ("VERB", "AUX") and not (token.tag == "VBG" and self._is_act_noun(token))

    def _is_act_noun(self, token: Token) -> bool:
        """ "Fighting between the two": a gerund that the parse took for a verb."""
        if token.dep not in ("csubj", "nsubj", "dobj", "pobj", "pcomp"):
            return False
        after = self.syntax.tokens[token.i + 1 : token.i + 2]
        return any(t.lemma in ("between", "among") for t in after)

    def verb(self, i: int) -> Roles:
        """The roles of a verb; empty inside a loop of control (a parse may hold one)."""
        if (known := self._verbs.get(i)) is not None:
            return known
        if i in self._open:
            return Roles()
        self._open.add(i)
        roles = self._verb(i)
        self._open.discard(i)
        self._verbs[i] = roles
        return roles

    def noun(self, i: int) -> Roles:
        if (known := self._nouns.get(i)) is None:
            known = self._nouns[i] = self._noun(i)
        return known

    def spread_obliques(self, roles: Roles) -> list[tuple[str, int]]:
        """A verb's prepositional objects, and those that the parse hung on its objects."""
        return [*roles.obliques, *(part for o in roles.objects for part in self.noun(o).obliques)]

    def heads(self, i: int) -> tuple[int, ...]:
        """A phrase's head and those coordinated with it; a relative pronoun gives what it stands for."""
        token = self.syntax.tokens[i]
        if token.tag in ("WDT", "WP", "WP$") or (token.lemma == "that" and token.pos in ("PRON", "SCONJ", "DET")):
            antecedent = self._antecedent(i)
            if antecedent is not None and antecedent != i:
                return self.heads(antecedent)
        found = [i]
        for k in found:  # grows while walked
            found.extend(c.i for c in self.syntax.children(k, "conj") if c.pos in NOMINAL)
            if len(found) > 12:
                break
        return tuple(found)

    def _antecedent(self, i: int) -> int | None:
        """The noun that the relative clause about a relative pronoun hangs on."""
        for above in self.syntax.ancestors(i):
            if above.dep == "relcl":
                return above.head
            if above.dep == "ccomp" and self.syntax.tokens[above.head].dep == "relcl":
                continue  # "strikes, which it says killed two"
            if above.dep in ("ccomp", "advcl", "ROOT"):
                return None
        return None

    def _spread(self, tokens: list[Token]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(head for token in tokens for head in self.heads(token.i)))

    def _verb(self, i: int) -> Roles:
        syntax = self.syntax
        kids = list(syntax.children(i))
        token = syntax.tokens[i]
        if (subject := self.misread_subject(i)) is not None:
            return Roles(self.heads(subject), self.heads(token.head), (), self.noun(token.head).obliques)
        if (had := self._had_done(token, kids)) is not None:
            return had
        passive = any(c.dep in ("nsubjpass", "auxpass", "csubjpass") for c in kids)
        if not passive and token.tag == "VBN" and not any(c.dep in ("aux", "nsubj", "dobj") for c in kids):
            passive = token.dep in ("acl", "relcl", "advcl", "amod", "ROOT", "conj", "ccomp", "oprd", "xcomp")
        subjects = [c for c in kids if c.dep in SUBJECTS]
        objects = [c for c in kids if c.dep in ("dobj", "obj", "oprd") and c.dep != "oprd"]
        objects += [c for c in kids if c.dep in PASSIVE_SUBJECTS]
        objects += [k for c in kids if c.dep == "prt" for k in syntax.children(c.i, "pobj")]  # "handed in their guns"
        if not objects and not passive:
            objects = self._shared(i)
        if not objects and token.lemma in _DOWNING:
            objects = [k for c in kids if c.i == i + 1 and c.text == "down" for k in syntax.children(c.i, "pobj")]
        if not objects and token.lemma == "let":  # "let go nine drivers"
            below = [c for c in kids if c.dep in ("ccomp", "xcomp") and c.lemma in ("go", "loose", "slip")]
            objects = [k for c in below for k in syntax.children(c.i, "dobj")]
        if not objects and token.lemma in _RAISING:
            objects = self._raised(i)
        datives = [c for c in kids if c.dep == "dative" and c.pos in NOMINAL]
        obliques = [(p, t) for c in kids for p, t in self._oblique(c)]
        agents = [t for p, t in obliques if p == "by" and self._is_agent(i, t)]
        inherited, as_object = self._inherited(i, passive) if not (subjects or (passive and objects)) else ((), False)
        objects_found = self._spread(objects)
        subjects_found = self._spread(subjects)
        if inherited:
            if as_object and not objects_found:
                objects_found = inherited
            elif not as_object:
                subjects_found = inherited
        if token.dep == "relcl" and not objects_found and not passive and subjects:
            related = self.heads(token.head)
            objects_found = related if not set(subjects_found) & set(related) else ()
        if passive:
            subjects_found = tuple(h for t in agents for h in self.heads(t)) or self._shared_agent(i)
        dative_heads = self._spread(datives)
        return Roles(subjects_found, objects_found, dative_heads, tuple(obliques), passive)

    def _had_done(self, token: Token, kids: list[Token]) -> Roles | None:
        """The roles of what one has others do: "had four bankers jailed". None for any other verb."""
        head = self.syntax.tokens[token.head]
        bare = token.tag == "VBN" and token.dep in ("ccomp", "xcomp", "acl", "oprd") and head.i != token.i
        if bare and token.dep == "acl" and head.dep == "dobj":
            head = self.syntax.tokens[head.head]
        if not bare or head.lemma not in ("have", "get") or head.pos not in ("VERB", "AUX"):
            return None
        if any(c.dep in ("aux", "auxpass") for c in kids):
            return None
        objects = [c for c in kids if c.dep in ("nsubj", "nsubjpass")]
        objects = objects or list(self.syntax.children(head.i, "dobj"))
        parts = tuple(part for c in kids for part in self._oblique(c))
        return Roles(self.verb(head.i).subjects, self._spread(objects), (), parts, False) if objects else None

    def _raised(self, i: int) -> list[Token]:
        """The object that the parse took for the subject of the infinitive below: "help Samoa fight", "ask Peru to"."""
        below = (c for c in self.syntax.children(i, "ccomp", "xcomp") if c.tag == "VB")
        return [
            k
            for c in below
            if not any(m.text.lower() in ("that", "if", "whether") for m in self.syntax.children(c.i, "mark"))
            and not any(a.tag == "MD" for a in self.syntax.children(c.i, "aux"))
            for k in self.syntax.children(c.i, "nsubj")
        ]

    def misread_subject(self, i: int) -> int | None:
        """The subject of a finite verb that the parse took for a participle of its object, which then heads the
        sentence: "Finland scrambled fighters". None for a participle that is one."""
        syntax = self.syntax
        token = syntax.tokens[i]
        head = syntax.tokens[token.head]
        if token.dep != "amod" or token.tag not in ("VBD", "VBN") or head.dep != "ROOT" or head.i < i:
            return None
        around = (*syntax.children(i, "nsubj"), *syntax.children(head.i, "nmod", "nsubj", "compound", "poss"))
        before = [c for c in around if c.i < i and c.pos in ("NOUN", "PROPN")]
        if not before or any(c.dep in ("nsubj", "cop") and c.i > i for c in syntax.children(head.i)):
            return None
        return before[-1].i

    def _shared_agent(self, i: int) -> tuple[int, ...]:
        """The agent that a passive shares with the one joined to it: "were seized and beaten by guards"."""
        for c in self.syntax.children(i, "conj"):
            own = any(k.dep in ("nsubj", "nsubjpass") for k in self.syntax.children(c.i))
            if c.tag == "VBN" and not own:
                return self.verb(c.i).subjects
        return ()

    def _is_agent(self, i: int, target: int) -> bool:
        for c in self.syntax.children(i, "agent", "prep"):
            if c.lemma == "by" and any(k.i == target for k in self.syntax.children(c.i, "pobj")):
                return True
        return False

    def _oblique(self, c: Token) -> list[tuple[str, int]]:
        """``(preposition, object)`` of one child; of a chain ("out of", "because of") the nearest one too."""
        if c.dep not in ("prep", "agent", "dative") or c.pos not in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            return []
        name = c.text.lower()
        if name == "according":
            return []  # "according to the police": they speak, and undergo nothing
        found = [(name, head) for k in self.syntax.children(c.i, "pobj") for head in self.heads(k.i)]
        for inner in self.syntax.children(c.i, "prep"):
            found.extend(
                (inner.text.lower(), h) for k in self.syntax.children(inner.i, "pobj") for h in self.heads(k.i)
            )
        return found

    def _shared(self, i: int) -> list[Token]:
        """The objects of the verb joined right behind one without its own: "shot and wounded a candidate"."""
        for c in self.syntax.children(i, "conj"):
            near = all(t.dep == "cc" or t.pos == "ADV" for t in self.syntax.tokens[i + 1 : c.i])
            if c.pos == "VERB" and i < c.i <= i + _JOINED and near:
                return list(self.syntax.children(c.i, "dobj"))
        return []

    def _inherited(self, i: int, passive: bool) -> tuple[tuple[int, ...], bool]:
        """The subject that a verb without its own takes from around it, and whether that is its object in sense."""
        syntax = self.syntax
        token = syntax.tokens[i]
        head = syntax.tokens[token.head]
        if token.dep == "ROOT" or token.head == i:
            return (), False
        if token.dep in ("relcl", "acl"):
            if token.dep == "acl" and token.tag == "VB":
                return self._holder(head.i) or (self.heads(head.i) if head.dep == "ROOT" else ()), False
            whole = any(c.dep == "dobj" for c in syntax.children(i))  # "rebels seized the town", read as a noun phrase
            return self.heads(head.i), passive or (token.tag == "VBN" and not whole)
        if token.dep == "amod":
            return self.heads(head.i), token.tag == "VBN"
        if token.dep == "conj" and head.pos in ("VERB", "AUX"):
            above = self.verb(head.i)
            if passive or (above.passive and token.tag == "VBN"):
                return above.objects, True
            return (above.objects if above.passive else above.subjects), False
        if token.dep in ("xcomp", "ccomp", "advcl", "pcomp", "dep", "prep", "parataxis"):
            return self._controller(i), passive
        return (), False

    def _controller(self, i: int) -> tuple[int, ...]:
        """The one that an infinitive, participle or gerund is about."""
        syntax = self.syntax
        token = syntax.tokens[i]
        head = syntax.tokens[token.head]
        if token.dep == "pcomp" or head.pos == "ADP":
            anchor = syntax.tokens[head.head] if head.pos == "ADP" else head
            if anchor.pos == "ADV":  # "stopped short of condemning"
                anchor = syntax.tokens[anchor.head]
            if anchor.pos in ("VERB", "AUX"):
                above = self.verb(anchor.i)
                if head.lemma in ("of", "for", "from", "with") and above.objects and not above.passive:
                    return above.objects
                return above.objects if above.passive else above.subjects
            if head.lemma == "by":
                verb = next((a for a in syntax.ancestors(anchor.i) if a.pos == "VERB"), None)
                return self.verb(verb.i).subjects if verb is not None else ()
            return self._holder(anchor.i)
        if head.pos in ("VERB", "AUX"):
            above = self.verb(head.i)
            if token.dep == "xcomp" and above.objects and not above.passive and head.lemma not in _SUBJECT_CONTROL:
                return above.objects
            return above.objects if above.passive else above.subjects
        if head.pos == "ADJ" and head.head != head.i:
            return self.verb(head.head).subjects
        return self._holder(head.i)

    def _holder(self, i: int) -> tuple[int, ...]:
        """Whose plan, vow or refusal a noun is: its possessor, else the subject of the verb that it is object of."""
        roles = self.noun(i)
        if roles.subjects:
            return roles.subjects
        token = self.syntax.tokens[i]
        head = self.syntax.tokens[token.head]
        if token.dep in ("dobj", "attr", "oprd") and head.pos in ("VERB", "AUX"):
            return self.verb(head.i).subjects
        return ()

    def _noun(self, i: int) -> Roles:
        """Possessors, adjectives and "by" phrases act; what stands after the other prepositions is oblique."""
        syntax = self.syntax
        subjects: list[int] = []
        obliques: list[tuple[str, int]] = []
        for c in syntax.children(i):
            if c.dep == "poss":
                subjects.extend(self.heads(c.i))
            elif c.dep in ("amod", "compound", "nmod") and (c.pos in ("PROPN", "NOUN") or c.text[:1].isupper()):
                subjects.append(c.i)
                subjects.extend(k.i for k in syntax.children(c.i, "conj", "compound", "amod"))
            elif c.dep == "acl" and c.tag == "VBN":
                verb = self.verb(c.i)
                subjects.extend(verb.subjects)
            for name, target in self._oblique(c):
                if name == "by":
                    subjects.append(target)
                obliques.append((name, target))
        return Roles(tuple(dict.fromkeys(subjects)), (), (), tuple(obliques), False)


_JOINED = 3  # tokens from a verb to the one that is joined to it and has the objects of both
_DOWNING = frozenset({"vote", "turn", "strike", "shoot", "gun", "tear", "pull", "bring", "burn", "knock", "lay", "put",
                      "close", "shut", "hunt", "cut", "mow", "wrestle"})  # fmt: skip
_RAISING = frozenset({"help", "let", "make", "have", "ask", "order", "urge", "force", "allow", "permit", "tell",
                      "press", "push", "beg", "advise", "invite", "enable", "encourage", "instruct", "command",
                      "oblige", "compel", "cause", "get", "persuade", "convince", "pressure", "implore", "exhort",
                      "assist", "summon", "authorize", "authorise", "require"})  # fmt: skip

_SUBJECT_CONTROL = frozenset(
    {
        "promise",
        "vow",
        "threaten",
        "pledge",
        "use",
        "take",
        "make",
        "give",
        "spend",
        "deploy",
        "send",
        "launch",
        "hold",
        "sign",
        "offer",
        "cut",
        "withdraw",
        "start",
        "begin",
    }
)


def aimed(obliques: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    """Prepositional objects but those that say where it is to be: "to post officers in Turbat"."""
    return tuple(t for name, t in obliques if name not in ("in", "at", "near", "inside", "around", "outside"))
