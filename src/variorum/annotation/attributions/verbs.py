"""Verbs that give words or thoughts to someone: their frames, matched on the dependency tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from variorum.records import Sentence, Span, Stance, Syntax, Token

from .adjacency import adjacent_speaker, may_be_speaker
from .drafts import EDGE, Draft, governed, is_relative, noun_phrase, outer_speech, spans_of, subject, trimmed
from .lexicon import Lexicon, VerbEntry, words

_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod"})
_WH = frozenset(["what", "who", "whom", "which", "how", "why", "whether", "when", "where", "if"])
_DEFEATING = frozenset(["will", "shall", "'ll", "’ll", "may", "might", "could", "should", "would", "wo"])


_NOMINAL = frozenset(["object", "passive", "+for", "+to", "+on", "+of", "+about", "+against", "+with", "+at", "+over"])


class Found(NamedTuple):
    """What a frame gives: the tokens of the content, the frame's stance, and a preposition that joins the cue."""

    frame: str
    content: set[int]
    stance: Stance | None
    preposition: int | None = None


def verb_drafts(text: str, syntax: Syntax, sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """The attributions of one sentence that a verb carries."""
    for i in range(sentence.first, sentence.last):
        token = syntax.tokens[i]
        lemma = lexicon.forms.get(token.text.lower())
        if lemma is None or not _is_verbal(syntax, token, sentence):
            continue
        entry = lexicon.verbs.get(lemma)
        raised = _raising(syntax, i, lemma, lexicon)
        if raised is not None:
            yield _raised_draft(text, syntax, i, raised)
        elif entry is not None:
            draft = _framed(text, syntax, i, entry)
            if draft is not None:
                yield draft


def _is_verbal(syntax: Syntax, token: Token, sentence: Sentence) -> bool:
    if token.dep in {"amod", "compound", "aux", "auxpass", "prep", "mark"}:
        return False
    if token.pos in {"VERB", "AUX"}:
        return True
    # headlines in title case are tagged as names: a form in -s or -ed that governs a clause is a verb all the same
    return (
        token.pos in {"NOUN", "PROPN"} and token.dep == "ROOT" and syntax.child(token.i, "ccomp", "nsubj") is not None
    )


def _raising(syntax: Syntax, i: int, lemma: str, lexicon: Lexicon) -> tuple[Token | None, Token | None] | None:
    """Subject and open clause of "seems to", "is said to"; None for any other verb."""
    passive = syntax.child(i, "auxpass") is not None and lemma in lexicon.raising_passives
    if not passive and lemma not in lexicon.raising:
        return None
    clause = syntax.child(i, "xcomp", "oprd", "acomp")
    if clause is None or (passive and (clause.dep != "xcomp" or syntax.child(clause.i, "aux") is None)):
        return None
    who, _ = subject(syntax, i)
    return who, clause


def _raised_draft(text: str, syntax: Syntax, i: int, raised: tuple[Token | None, Token | None]) -> Draft:
    who, clause = raised
    tokens: set[int] = governed(syntax, clause.i) if clause is not None else set()
    if who is not None and who.text.lower() not in {"it", "there"}:
        tokens |= {k for k in syntax.subtree_tokens(who.i) if k < i}
    agent = _agent(syntax, i)
    return Draft(
        at=i,
        source=noun_phrase(text, syntax, agent.i) if agent else None,
        head=agent.i if agent else None,
        cue=cue_span(syntax, i),
        content=spans_of(text, syntax, tokens - _cue_tokens(syntax, i)),
        stance="asserts" if syntax.tokens[i].lemma in {"say", "report", "claim", "rumor", "rumour"} else None,
    )


def _framed(text: str, syntax: Syntax, i: int, entry: VerbEntry) -> Draft | None:
    who, passive = subject(syntax, i)
    found = _match(syntax, i, entry, who, passive)
    speaks = "clause" in entry.frames or "quote" in entry.frames
    if speaks and not passive and (corrected := _beside(text, syntax, i, entry, found, who)) is not None:
        return corrected
    source = _agent(syntax, i) if passive else who
    if _without(syntax, i) or (found is not None and _is_deed(syntax, i, entry, found, source, passive)):
        return None
    if found is None and not (speaks and source is not None and not passive):
        return None
    if source is not None and source.text.lower() == "there":
        return None
    if source is not None and source.text.lower() == "it" and syntax.child(i, "expl") is not None:
        source = None
    if source is None and not (passive and found is not None and found.frame in {"clause", "passive"}):
        return None
    if found is None:
        found = Found("quote", set(), entry.frames.get("clause", entry.frames.get("quote")))
    cue = cue_span(syntax, i, found.preposition)
    told = found.content - _withheld(syntax, i, found.content)
    content = spans_of(text, syntax, told - _cue_tokens(syntax, i) - _source_tokens(syntax, source, i))
    spoken = speaks and entry.frames.get("clause", entry.frames.get("quote")) is not None
    return Draft(
        at=i,
        source=noun_phrase(text, syntax, source.i, outside=i) if source is not None else None,
        head=source.i if source is not None else None,
        cue=cue,
        content=content,
        stance=_stance(syntax, i, found),
        spoken=spoken,
        quotable=speaks and found.frame in {"clause", "quote", "object", "as", "+about", "+of", "+on", "+to"},
        rank=0 if found.frame == "clause" else 1,
        finite=found.frame in {"clause", "quote"} and _is_told(syntax, i),
        meant=found.frame in _NOMINAL and _is_purpose(syntax, i),
        weighs=found.frame == "clause" and lemma_of(syntax, i) not in words("showing"),
    )


def lemma_of(syntax: Syntax, i: int) -> str:
    return syntax.tokens[i].lemma.lower()


def _is_deed(syntax: Syntax, i: int, entry: VerbEntry, found: Found, source: Token | None, passive: bool) -> bool:
    """Whether a verb that can tell of words tells of a deed: an attack on people, something denied to them, lives
    claimed."""
    if entry.lemma in words("violent") and found.frame in {"object", "passive", "of"}:
        return source is None or not _is_person(syntax, source)
    if entry.lemma == "deny":
        given = syntax.child(i, "dative") is not None
        return (given and found.frame != "clause") or (passive and found.frame == "passive")
    if entry.lemma == "claim" and found.frame == "object":
        return any(t.lemma.lower() in {"life", "victim"} for t in syntax.children(i, "dobj"))
    return False


def _is_person(syntax: Syntax, token: Token) -> bool:
    entity = syntax.entity_of(token.i)
    return token.text.lower() in {"he", "she"} or (entity is not None and entity.label == "PERSON")


def _beside(
    text: str, syntax: Syntax, i: int, entry: VerbEntry, found: Found | None, who: Token | None
) -> Draft | None:
    """The draft with the speaker that stands right before the cue, where the tree's subject is someone further left
    who does not speak; its words are all that stands before, and what the tree gives behind."""
    if not _is_told(syntax, i) or (found is not None and found.frame not in {"clause", "object", "quote"}):
        return None
    if entry.frames.get("clause", entry.frames.get("quote")) is None or (who is not None and who.i > i):
        return None
    first = syntax.sentence_of(i).first
    beside = adjacent_speaker(syntax, first, min(_cue_tokens(syntax, i)))
    if beside is None or (who is not None and may_be_speaker(syntax, who)):
        return None
    if who is not None and who.i in beside.tokens and min(syntax.subtree_tokens(who.i)) >= beside.tokens.start:
        return None
    content = set(range(first, beside.tokens.start))
    if found is not None and found.frame == "clause":
        behind = {k for k in found.content if k > i}
        content = (
            behind if behind and min(found.content) > i else content | (behind - _withheld(syntax, i, found.content))
        )
    stance = entry.frames.get("clause", entry.frames.get("quote"))
    return Draft(
        at=i,
        source=trimmed(text, syntax.tokens[beside.tokens.start].start, syntax.tokens[beside.tokens.stop - 1].end, EDGE),
        head=beside.head,
        cue=cue_span(syntax, i),
        content=spans_of(text, syntax, content),
        stance=_stance(syntax, i, Found("clause", content, stance)),
        spoken=True,
        quotable=True,
        finite=True,
    )


def _withheld(syntax: Syntax, i: int, content: set[int]) -> set[int]:
    """What the narrator adds on words left unsaid: ", she said, without giving a number"."""
    found: set[int] = set()
    for k in content:
        token = syntax.tokens[k]
        if k > i and token.text.lower() == "without" and syntax.tokens[k - 1].text == ",":
            verb = syntax.child(k, "pcomp")
            if min(content) < i or (verb is not None and verb.lemma.lower() in words("telling")):
                found |= governed(syntax, k)
    return found


def _is_told(syntax: Syntax, i: int) -> bool:
    """Whether the cue is a finite verb: what it gives was said, and not only to be said."""
    token = syntax.tokens[i]
    return token.tag in {"VBD", "VBZ", "VBP"} or any(t.tag in {"VBD", "VBZ", "VBP"} for t in syntax.children(i, "aux"))


def _source_tokens(syntax: Syntax, source: Token | None, i: int) -> set[int]:
    if source is None:
        return set()
    return (
        {k for k in governed(syntax, source.i) if (k < i) == (source.i < i)} if not is_relative(source) else {source.i}
    )


def _agent(syntax: Syntax, i: int) -> Token | None:
    by = syntax.child(i, "agent")
    return syntax.child(by.i, "pobj") if by is not None else None


# --- frames ------------------------------------------------------------------------------------------------------


def _match(syntax: Syntax, i: int, entry: VerbEntry, who: Token | None, passive: bool) -> Found | None:
    """The first frame of the verb that the sentence fills, the most telling first."""
    frames = entry.frames
    if "clause" in frames and (content := _clause(syntax, i, who)):
        return Found("clause", content, frames["clause"])
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
    mark = syntax.child(i, "mark", "advmod")
    if mark is not None and mark.text.lower() == "as" and token.dep in {"advcl", "acl"} and token.head != i:
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


def _complement(syntax: Syntax, i: int, own: set[int]) -> set[int]:
    content: set[int] = set()
    for clause in syntax.children(i, "ccomp"):
        if _is_finite(syntax, clause):
            content |= governed(syntax, clause.i)
    for k in sorted(content):
        if k in content and syntax.tokens[k].tag == "VBG" and outer_speech(syntax, k) == i:
            content -= governed(syntax, k)
    return content | _gaps(syntax, content, own) if content else set()


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
    if thing is None or thing.lemma.lower() not in words("counts"):
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
    small = [c for c in syntax.children(i, "ccomp", "xcomp") if c.i > i and not _has_to(syntax, c) and c.tag != "VBG"]
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
    thing = syntax.child(i, "nsubjpass") if passive else syntax.child(i, "dobj")
    joining = {"of", "for", "over", "on"} if syntax.tokens[i].lemma.lower() == "blame" else {"of", "for", "over"}
    fault = next((c for c in syntax.children(i, "prep") if c.i > i and c.text.lower() in joining), None)
    if fault is None or thing is None:
        return set()
    content = governed(syntax, fault.i) | governed(syntax, thing.i)
    for torn in syntax.children(i, "dobj", "dep"):  # quotation marks tear the fault, and its end hangs on the verb
        if torn.i > fault.i:
            content |= governed(syntax, torn.i)
    return content | _gaps(syntax, content, governed(syntax, i))


def _object_to(syntax: Syntax, i: int, passive: bool) -> set[int]:
    clause = next((c for c in syntax.children(i, "ccomp", "xcomp") if c.i > i and _has_to(syntax, c)), None)
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
        if kind == "to" and _has_to(syntax, child) and (child.dep != "advcl" or child.i - i <= 4):
            return governed(syntax, child.i)
        if kind == "VBG" and child.tag == "VBG" and child.dep == "xcomp":
            return governed(syntax, child.i)
    return set()


def _has_to(syntax: Syntax, clause: Token) -> bool:
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
            more = [c for c in syntax.children(i, "xcomp") if c.i > child.i and _has_to(syntax, c)]
            for clause in more[:1]:
                content |= governed(syntax, clause.i)
            return child.i, content
    return None


def _object(syntax: Syntax, i: int, passive: bool) -> set[int]:
    thing = syntax.child(i, "nsubjpass") if passive else syntax.child(i, "dobj")
    if thing is None or (thing.tag in {"PRP"} and thing.text.lower().endswith(("self", "selves"))):
        return set()
    content = governed(syntax, thing.i)
    for clause in syntax.children(thing.i, "relcl"):
        first = syntax.subtree_tokens(clause.i).start
        if syntax.tokens[first - 1].text == ",":
            content -= governed(syntax, clause.i)
    return content


# --- cue and stance ----------------------------------------------------------------------------------------------


def _cue_tokens(syntax: Syntax, i: int) -> set[int]:
    """The verb with its auxiliaries, negation and adverbs, as far as they stand unbroken before it; "went on to say"
    in full, since the one who goes on is the one who says."""
    parts = {i}
    helpers = {t.i for t in syntax.children(i, *_CUE_PARTS)}
    low = i - 1
    while low in helpers:
        parts.add(low)
        low -= 1
    parts.update(t.i for t in syntax.children(i, "prt") if t.i == i + 1)
    while min(parts) > 0 and syntax.tokens[min(parts)].dep in {"advmod"} and min(parts) != i:
        if syntax.tokens[min(parts)].text.lower() in {"when", "where", "why", "how", "as", "while", "however"}:
            parts.discard(min(parts))
        else:
            break
    return parts


def cue_span(syntax: Syntax, i: int, preposition: int | None = None) -> Span:
    """The characters of a verb's cue; a preposition joins it where nothing but its particle stands between."""
    parts = _cue_tokens(syntax, i)
    token = syntax.tokens[i]
    governor = syntax.tokens[token.head]
    if token.dep == "xcomp" and governor.pos == "VERB" and 0 < i - governor.i <= 4 and min(parts) - governor.i <= 2:
        above = _cue_tokens(syntax, governor.i)
        if syntax.child(governor.i, "dobj") is None:
            parts |= above
    last = max(parts)
    if preposition is not None and last < preposition <= last + 2:
        last = preposition
    return Span(syntax.tokens[min(parts)].start, syntax.tokens[last].end)


def _stance(syntax: Syntax, i: int, found: Found) -> Stance | None:
    """The frame's stance, unless the cue is negated or not yet spoken; a promise of harm is a threat."""
    stance = found.stance
    if stance is None:
        return None
    negated = syntax.child(i, "neg") is not None
    modal = any(t.text.lower() in _DEFEATING for t in syntax.children(i, "aux"))
    if negated or (stance == "asserts" and (modal or _is_purpose(syntax, i))):
        return None
    vowed = syntax.tokens[i].lemma.lower() in words("vowing")
    if stance == "promises" and vowed and found.frame in {"to", "clause"}:
        heads = (syntax.tokens[k] for k in found.content if syntax.tokens[k].dep in {"xcomp", "ccomp", "conj"})
        if any(t.lemma.lower() in words("hostile") and t.head in {i, *found.content} for t in heads):
            return "threatens"
    if (
        stance == "promises"
        and found.frame == "object"
        and any(syntax.tokens[k].lemma.lower() in words("harm") for k in found.content)
    ):
        return "threatens"
    return stance


def _is_purpose(syntax: Syntax, i: int) -> bool:
    """Whether the cue is an infinitive that is only meant to be said; "went on to say" is said."""
    token = syntax.tokens[i]
    if token.tag != "VB" or not _has_to(syntax, token):
        return False
    return token.dep != "xcomp" or syntax.tokens[token.head].lemma.lower() not in words("aspectual")


def _without(syntax: Syntax, i: int) -> bool:
    token = syntax.tokens[i]
    return token.dep == "pcomp" and syntax.tokens[token.head].text.lower() == "without"
