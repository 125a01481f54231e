"""The frames of verbs that give words or thoughts to someone: which tokens of the tree are the content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from variorum.records import Stance, Syntax, Token

from .drafts import governed, outer_speech
from .lexicon import VerbEntry, load_lexicon, words

_WH = frozenset(["what", "who", "whom", "which", "how", "why", "whether", "when", "where", "if"])


class Found(NamedTuple):
    """What a frame gives: the tokens of the content, the frame's stance, and a preposition that joins the cue."""

    frame: str
    content: set[int]
    stance: Stance | None
    preposition: int | None = None


def match(syntax: Syntax, i: int, entry: VerbEntry, who: Token | None, passive: bool) -> Found | None:
    """The first frame of the verb that the sentence fills, the most telling first."""
    frames = entry.frames
    if "clause" in frames and (content := _clause(syntax, i, who) or _amount(syntax, i, passive)):
        return Found("clause", content, frames["clause"])
    if lemma_of(syntax, i) == "put" and _is_as(syntax, i) and _has_it(syntax, i):
        return Found("clause", governed(syntax, syntax.tokens[i].head) - governed(syntax, i), "asserts")
    if "figure" in frames and (content := _figure(syntax, i, passive)):
        return Found("figure", content, frames["figure"])
    if "as" in frames and (content := _as(syntax, i, passive)):
        return Found("as", content, frames["as"])
    if "of" in frames and (content := _of(syntax, i, passive)):
        return Found("of", content, frames["of"])
    if "object-to" in frames and (content := _object_to(syntax, i, passive)):
        return Found("object-to", content, frames["object-to"])
    if "to" in frames and not passive and (content := _open(syntax, i, "to")):
        return Found("to", content, frames["to"])
    if "gerund" in frames and not passive and (content := _open(syntax, i, "VBG")):
        return Found("gerund", content, frames["gerund"])
    for preposition, stance in entry.prepositions.items():
        if content_of := _preposition(syntax, i, preposition):
            return Found(f"+{preposition}", content_of[1], stance, content_of[0])
    if "object" in frames and (content := _object(syntax, i, passive)):
        return Found("passive" if passive else "object", content, frames["object"])
    return None


def _clause(syntax: Syntax, i: int, who: Token | None) -> set[int]:
    """A finite clause that is the verb's complement, or that the verb stands inside of or behind ("…, he said, …")."""
    token = syntax.tokens[i]
    own = governed(syntax, i)
    if complement := _complement(syntax, i, own) or _in_document(syntax, i):
        return complement
    if _is_as(syntax, i):
        above = syntax.tokens[token.head]
        if above.pos in {"NOUN", "PROPN"} and above.dep in {"nsubj", "nsubjpass"}:
            above = syntax.tokens[above.head]
        return governed(syntax, above.i) - own
    if token.dep in {"parataxis", "ccomp", "advcl", "intj", "dep"} and who is not None and who.head == i:
        governor = syntax.tokens[token.head]
        if token.dep == "ccomp" and not _is_aside(syntax, i, own):
            return set()
        if token.dep == "advcl" and (syntax.child(i, "mark", "advmod") is not None or not _is_aside(syntax, i, own)):
            return set()
        if governor.pos in {"VERB", "AUX", "NOUN", "ADJ"} and governor.i != i:
            return governed(syntax, governor.i) - own
    wh = next((c for c in syntax.children(i, "dobj", "advmod", "acomp") if c.tag in {"WP", "WDT", "WRB"}), None)
    if token.dep == "relcl" and (wh is not None or (who is not None and who.i != token.head)):
        return set()
    for child in syntax.children(i, "xcomp", "advcl"):
        if (
            child.i > i
            and any(t.text.lower() in _WH and t.tag in {"WP", "WRB", "IN", "WDT"} for t in _opening(syntax, child))
            and (
                child.dep == "xcomp"
                or (child.i - i <= 12 and syntax.child(child.i, "mark", "dobj", "advmod") is not None)
            )
        ):
            first = syntax.subtree_tokens(child.i).start
            if first <= i + 3 and syntax.tokens[first].text.lower() in {"whether", "how", "what"}:
                return governed(syntax, child.i)
    return set()


def _is_as(syntax: Syntax, i: int) -> bool:
    """Whether verb `i` stands in an aside with "as": "as the envoy said"."""
    token, mark = syntax.tokens[i], syntax.child(i, "mark", "advmod")
    return mark is not None and mark.text.lower() == "as" and token.dep in {"advcl", "acl"} and token.head != i


def _has_it(syntax: Syntax, i: int) -> bool:
    return any(t.text.lower() == "it" for t in syntax.children(i, "dobj"))


def _complement(syntax: Syntax, i: int, own: set[int]) -> set[int]:
    content: set[int] = set()
    for clause in syntax.children(i, "ccomp"):
        if _is_finite(syntax, clause):
            content |= governed(syntax, clause.i)
    for torn in syntax.children(i, "xcomp"):  # “to "crush" IS camps”: the name in capitals is taken for a verb
        if content and i < torn.i < min(content) and has_to(syntax, torn):
            content |= set(range(min(governed(syntax, torn.i)), max(content)))
    content = _own_side(syntax, i, content, own)
    for k in sorted(content):
        if k in content and (
            (syntax.tokens[k].tag == "VBG" and outer_speech(syntax, k) == i) or _is_contrast(syntax, i, k)
        ):
            content -= governed(syntax, k)
    return content | _gaps(syntax, content, own) if content else set()


def _own_side(syntax: Syntax, i: int, content: set[int], own: set[int]) -> set[int]:
    """The content without what another clause says: one that a semicolon closes before the cue's own ("The envoys
    counted 9; the police said 20"), or any before a cue that has an amount behind it."""
    left = {k for k in content if k < i}
    if not left:
        return content
    parted = any(syntax.tokens[k].text == ";" for k in range(max(left) + 1, i))
    told = any(k > i and syntax.tokens[k].pos != "PUNCT" for k in own)
    foreign = len(left) < len(content) and any(_tells(syntax, c) for c in syntax.children(i, "ccomp") if c.i < i)
    return content - left if (parted and told) or foreign or _amount(syntax, i, passive=False) else content


def _tells(syntax: Syntax, verb: Token) -> bool:
    """Whether a verb gives words to a speaker of its own: "the son said he was shot, the wife said he fell"."""
    entry = load_lexicon().verbs.get(load_lexicon().forms.get(verb.text.lower(), ""))
    speaks = entry is not None and entry.frames.get("clause") is not None
    return speaks and is_told(syntax, verb.i) and syntax.child(verb.i, "ccomp") is not None


def _amount(syntax: Syntax, i: int, passive: bool) -> set[int]:
    """An amount that stands for a clause: "the police said five"."""
    thing = syntax.child(i, "dobj")
    if passive or thing is None or thing.i < i:
        return set()
    counted = thing.pos == "NUM" or thing.lemma.lower() in words("amounts")
    return governed(syntax, thing.i) if counted else set()


def _is_contrast(syntax: Syntax, i: int, k: int) -> bool:
    """Whether token `k` heads a clause set against the words of cue `i` that names a speaker of its own: ", while the
    family said two"."""
    token = syntax.tokens[k]
    if k < i or token.dep not in {"advcl", "conj"} or token.pos != "VERB" or not is_told(syntax, k):
        return False
    entry = load_lexicon().verbs.get(load_lexicon().forms.get(token.text.lower(), ""))
    who = syntax.child(k, "nsubj")
    if entry is None or who is None or entry.frames.get("clause") is None or who.text.lower() in {"he", "she", "they"}:
        return False
    first = min(governed(syntax, k))
    if token.dep == "advcl":
        return syntax.tokens[first].text.lower() in {"while", "whereas"} and syntax.tokens[first - 1].text == ","
    return syntax.tokens[first - 1].dep == "cc" and syntax.tokens[first - 2].text in {",", ";"}


def _in_document(syntax: Syntax, i: int) -> set[int]:
    """The clause that the tree hangs on the document in which it was said: "told reporters in a statement that"."""
    for place in syntax.children(i, "prep"):
        noun = syntax.child(place.i, "pobj")
        if place.i < i or noun is None or noun.lemma.lower() not in words("documents"):
            continue
        for clause in syntax.children(noun.i, "acl", "ccomp", "relcl"):
            first = syntax.tokens[syntax.subtree_tokens(clause.i).start]
            if first.text.lower() == "that" and first.dep == "mark":
                return governed(syntax, clause.i)
    return set()


def _opening(syntax: Syntax, child: Token) -> Iterable[Token]:
    tokens = syntax.subtree_tokens(child.i)
    return syntax.tokens[tokens.start : tokens.start + 2]


def _gaps(syntax: Syntax, content: set[int], own: set[int]) -> set[int]:
    """Quotation marks and commas that hang on the verb but stand within the content."""
    low, high = min(content), max(content)
    return {k for k in own if low < k < high and syntax.tokens[k].dep == "punct"}


def _is_aside(syntax: Syntax, i: int, own: set[int]) -> bool:
    """Whether the clause of verb `i` is set off by punctuation on its left: ", he said"."""
    first = min(own)
    return first > 0 and syntax.tokens[first - 1].text in {",", "—", "–", "-", "--", '"', "”", "’", "''", "?", "!"}


def _is_finite(syntax: Syntax, clause: Token) -> bool:
    if clause.tag in {"VBD", "VBP", "VBZ", "MD"} or clause.pos not in {"VERB", "AUX"}:
        return True
    helpers = list(syntax.children(clause.i, "aux", "auxpass"))
    if helpers:
        return helpers[0].text.lower() != "to" or _is_wh(syntax, clause)
    if clause.tag == "VBG":
        return False
    return syntax.child(clause.i, "nsubj", "nsubjpass", "mark", "expl") is not None


def _is_wh(syntax: Syntax, clause: Token) -> bool:
    return syntax.tokens[syntax.subtree_tokens(clause.i).start].text.lower() in _WH


def _figure(syntax: Syntax, i: int, passive: bool) -> set[int]:
    """A count and what it is put at: "put the toll at 40", "gave the number of dead as 12"."""
    thing = syntax.child(i, "nsubjpass") if passive else syntax.child(i, "dobj")
    if thing is None or thing.lemma.lower() not in words("counts") | {"it", "them"}:
        return set()
    for head in (i, thing.i):
        for put in syntax.children(head, "prep"):
            if put.i > thing.i and put.text.lower() in {"at", "as"} and _is_figure(syntax, put):
                return governed(syntax, thing.i) | governed(syntax, put.i)
    return set()


def _is_figure(syntax: Syntax, put: Token) -> bool:
    return any(syntax.tokens[k].pos == "NUM" for k in governed(syntax, put.i)) or any(
        syntax.tokens[k].lemma.lower() in words("amounts") for k in governed(syntax, put.i)
    )


def _as(syntax: Syntax, i: int, passive: bool) -> set[int]:
    """Something and what it is called: "described it as", "called it a", "what it termed"."""
    named = [c for c in syntax.children(i, "oprd") if c.i > i]
    named += [c for c in syntax.children(i, "prep") if c.text.lower() == "as" and c.i > i]
    small = [c for c in syntax.children(i, "ccomp", "xcomp") if c.i > i and not has_to(syntax, c) and c.tag != "VBG"]
    thing = syntax.child(i, "nsubjpass") if passive else syntax.child(i, "dobj")
    if not named and not small:
        return set()
    content: set[int] = set()
    for part in (*named, *small):
        content |= governed(syntax, part.i)
    if thing is not None:
        content |= governed(syntax, thing.i)
    return content


def _of(syntax: Syntax, i: int, passive: bool) -> set[int]:
    thing = (syntax.child(i, "nsubjpass") or _described(syntax, i)) if passive else syntax.child(i, "dobj")
    joining = {"of", "for", "over", "on"} if syntax.tokens[i].lemma.lower() == "blame" else {"of", "for", "over"}
    fault = next((c for c in syntax.children(i, "prep") if c.i > i and c.text.lower() in joining), None)
    fault = fault or (torn_fault(syntax, i) if passive else None)
    if fault is None or thing is None:
        return set()
    named = governed(syntax, thing.i)
    if i in named:  # "the unit, accused by monitors of looting"
        named -= governed(syntax, i)
    content = governed(syntax, fault.i) | named
    for torn in syntax.children(i, "dobj", "dep"):  # quotation marks tear the fault, and its end hangs on the verb
        if torn.i > fault.i:
            content |= governed(syntax, torn.i)
    return content | _gaps(syntax, content, governed(syntax, i))


def _described(syntax: Syntax, i: int) -> Token | None:
    """Whom a participle tells of: "the unit, accused by monitors of looting", "stands accused"."""
    token, above = syntax.tokens[i], syntax.tokens[syntax.tokens[i].head]
    if token.tag != "VBN" or token.dep not in {"acl", "acomp", "advcl"}:
        return None
    if above.pos in {"VERB", "AUX"}:
        return syntax.child(above.i, "nsubj")
    return above if above.pos in {"NOUN", "PROPN"} else None


def torn_fault(syntax: Syntax, i: int) -> Token | None:
    """The fault that the tree hangs on whoever accuses: "was accused by monitors of shelling"."""
    agent = agent_of(syntax, i)
    if agent is None:
        return None
    accused = syntax.tokens[i].lemma.lower() == "accuse"
    for put in syntax.children(agent.i, "prep"):
        if syntax.child(put.i, "pcomp") is not None and put.text.lower() in {"of", "for", "over"}:
            return put
    names = [put for put in syntax.children(agent.i, "prep") if put.text.lower() == "of"]
    return names[-1] if names and accused and (agent.pos == "PROPN" or len(names) > 1) else None


def _object_to(syntax: Syntax, i: int, passive: bool) -> set[int]:
    clause = next((c for c in syntax.children(i, "ccomp", "xcomp") if c.i > i and has_to(syntax, c)), None)
    if clause is None:
        return set()
    thing = syntax.child(i, "nsubjpass") if passive else syntax.child(i, "dobj", "dative")
    if thing is None and syntax.child(clause.i, "nsubj") is None:
        return set()
    return governed(syntax, clause.i) | (governed(syntax, thing.i) if thing is not None else set())


def _open(syntax: Syntax, i: int, kind: str) -> set[int]:
    for child in syntax.children(i, "xcomp", "ccomp", "advcl"):
        if child.i < i or syntax.child(child.i, "nsubj") is not None:
            continue
        if kind == "to" and has_to(syntax, child) and (child.dep != "advcl" or child.i - i <= 4):
            return governed(syntax, child.i)
        if kind == "VBG" and child.tag == "VBG" and child.dep == "xcomp":
            return governed(syntax, child.i)
    return set()


def has_to(syntax: Syntax, clause: Token) -> bool:
    return any(t.text.lower() == "to" for t in syntax.children(clause.i, "aux"))


def _preposition(syntax: Syntax, i: int, preposition: str) -> tuple[int, set[int]] | None:
    for child in syntax.children(i, "prep", "prt", "agent", "dative", "advcl"):
        if child.i < i or child.i > i + 4:
            continue
        if child.dep == "advcl":
            mark = syntax.child(child.i, "mark")
            if mark is not None and mark.text.lower() == preposition and i < mark.i <= i + 3:
                return mark.i, governed(syntax, child.i) - {mark.i}
        elif child.text.lower() == preposition and (content := governed(syntax, child.i) - {child.i}):
            if syntax.tokens[min(content)].text.lower() in words("calendar"):
                continue
            more = [c for c in syntax.children(i, "xcomp") if c.i > child.i and has_to(syntax, c)]
            for clause in more[:1]:
                content |= governed(syntax, clause.i)
            return child.i, content
    return None


def _object(syntax: Syntax, i: int, passive: bool) -> set[int]:
    thing = syntax.child(i, "nsubjpass") if passive else syntax.child(i, "dobj")
    if thing is None or (thing.tag in {"PRP"} and thing.text.lower().endswith(("self", "selves"))):
        return set()
    content = governed(syntax, thing.i)
    if lemma_of(syntax, i) in words("citing"):  # "quoted the mayor as saying"
        for put in syntax.children(i, "prep"):
            if syntax.child(put.i, "pcomp") is not None and put.text.lower() == "as":
                content |= governed(syntax, put.i)
    for clause in syntax.children(thing.i, "relcl"):
        first = syntax.subtree_tokens(clause.i).start
        if syntax.tokens[first - 1].text == ",":
            content -= governed(syntax, clause.i)
    return content


def lemma_of(syntax: Syntax, i: int) -> str:
    return syntax.tokens[i].lemma.lower()


def is_told(syntax: Syntax, i: int) -> bool:
    """Whether the cue is a finite verb: what it gives was said, and not only to be said."""
    token = syntax.tokens[i]
    return token.tag in {"VBD", "VBZ", "VBP"} or any(t.tag in {"VBD", "VBZ", "VBP"} for t in syntax.children(i, "aux"))


def agent_of(syntax: Syntax, i: int) -> Token | None:
    by = syntax.child(i, "agent")
    return syntax.child(by.i, "pobj") if by is not None else None
