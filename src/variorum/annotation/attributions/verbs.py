"""Verbs that give words or thoughts to someone: their frames, matched on the dependency tree."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.records import Sentence, Span, Stance, Syntax, Token

from .adjacency import adjacent_speaker, may_be_speaker
from .drafts import (
    EDGE,
    Draft,
    governed,
    is_relative,
    noun_phrase,
    quoted_speaker,
    spans_of,
    subject,
    trimmed,
)
from .frames import Found, agent_of, has_to, is_told, lemma_of, match, torn_fault
from .lexicon import Lexicon, VerbEntry, words

_CUE_PARTS = frozenset({"aux", "auxpass", "neg", "advmod"})
_LEAD = 2  # characters before the words of a sentence: its opening marks
_CLOSING = 6  # words behind a cue that still closes its sentence
_DEFEATING = frozenset(["will", "shall", "'ll", "’ll", "may", "might", "could", "should", "would", "wo"])


_NOMINAL = frozenset(["object", "passive", "+for", "+to", "+on", "+of", "+about", "+against", "+with", "+at", "+over"])


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
    agent = agent_of(syntax, i)
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
    speaks = "clause" in entry.frames or "quote" in entry.frames
    inverted = _inverted(syntax, i, who) if speaks and not passive and not entry.addressee else None
    who = inverted or who
    found = match(syntax, i, entry, who, passive) if inverted is None else None
    if speaks and not passive and (corrected := _beside(text, syntax, i, entry, found, who)) is not None:
        return corrected
    if found is None and speaks and not passive and (inner := _torn_clause(syntax, i)):
        found = Found("clause", inner, entry.frames.get("clause"))
    source = agent_of(syntax, i) if passive else who
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
    if source is None and lemma_of(syntax, i) in words("citing"):  # "was quoted as saying": what was said has its own
        return None
    if found is None:
        found = Found("quote", set(), entry.frames.get("clause", entry.frames.get("quote")))
    cue = cue_span(syntax, i, found.preposition)
    told = found.content - _withheld(syntax, i, found.content)
    named = _source_tokens(syntax, source, i)
    torn = torn_fault(syntax, i) if passive and found.frame == "of" else None
    if torn is not None:
        named -= governed(syntax, torn.i)
    content = spans_of(text, syntax, told - _cue_tokens(syntax, i) - named)
    if found.frame == "clause" and source is not None and not passive:
        content = _up_to_source(text, syntax, i, source, content)
    spoken = speaks and entry.frames.get("clause", entry.frames.get("quote")) is not None
    return Draft(
        at=i,
        source=noun_phrase(text, syntax, source.i, outside=torn.i if torn else i) if source is not None else None,
        head=source.i if source is not None else None,
        cue=cue,
        content=content,
        stance=_stance(syntax, i, found),
        spoken=spoken,
        quotable=speaks and found.frame in {"clause", "quote", "object", "as", "+about", "+of", "+on", "+to"},
        rank=0 if found.frame == "clause" else 1,
        finite=found.frame in {"clause", "quote"} and (is_told(syntax, i) or quoted_speaker(syntax, i) is not None),
        meant=found.frame in _NOMINAL and _is_purpose(syntax, i),
        weighs=found.frame == "clause" and lemma_of(syntax, i) not in words("showing"),
    )


def _up_to_source(text: str, syntax: Syntax, i: int, source: Token, content: list[Span]) -> list[Span]:
    """What a closing cue tells, with all that stands between its first words and whoever speaks: the tree hangs asides
    of the words said on the one who says them ("… nine people, three of them children, the mayor said")."""
    phrase = noun_phrase(text, syntax, source.i, outside=i)
    sentence = syntax.sentence_of(i)
    first = syntax.tokens[sentence.first].start
    if (
        phrase is None
        or not content
        or source.i > i
        or content[0].start > first + _LEAD
        or content[-1].end > phrase.start
    ):
        return content
    behind = [t for t in syntax.tokens[i + 1 : sentence.last] if t.pos != "PUNCT"]
    between = text[content[0].start : phrase.start]
    if len(behind) > _CLOSING or ";" in between or not between.rstrip().endswith(","):
        return content
    whole = trimmed(text, content[0].start, phrase.start)
    return [whole] if whole is not None else content


def _torn_clause(syntax: Syntax, i: int) -> set[int]:
    """What a cue inside another's words tells, where the tree hangs it on the outer cue: "Police say three were shot,
    an official said"."""
    token = syntax.tokens[i]
    outer = syntax.tokens[token.head]
    if token.dep != "ccomp" or outer.i < i or outer.pos != "VERB":
        return set()
    for clause in syntax.children(outer.i, "ccomp"):
        told = governed(syntax, clause.i)
        if i < clause.i < outer.i and min(told) in {i + 1, i + 2}:
            return told
    return set()


def _is_title(syntax: Syntax, i: int) -> bool:
    return syntax.sentence_of(i).kind == "title"


def _inverted(syntax: Syntax, i: int, subject_of: Token | None) -> Token | None:
    """Who speaks behind a closing cue, though the tree takes them for its object: “…!” shouted the crowd. A subject
    that a comma parts from the cue is one of the words said in a headline: "Ten held in raid, say police"."""
    token = syntax.tokens[i]
    if subject_of is not None and (subject_of.i > i or syntax.tokens[i - 1].text != "," or not _is_title(syntax, i)):
        return None
    who = syntax.child(i, "dobj", "attr")
    if token.tag not in {"VBD", "VBZ", "VBP"} or who is None or i == 0 or not may_be_speaker(syntax, who):
        return None
    sentence = syntax.sentence_of(i)
    before = syntax.tokens[i - 1].text
    stands = before in {'"', "”", "''", "’", "'", "»"} or (before == "," and i > sentence.first)
    behind = [t for t in syntax.tokens[max(governed(syntax, who.i)) + 1 : sentence.last] if t.pos != "PUNCT"]
    return who if stands and min(governed(syntax, who.i)) == i + 1 and not behind else None


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
    if not is_told(syntax, i) or (found is not None and found.frame not in {"clause", "object", "quote"}):
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


def _source_tokens(syntax: Syntax, source: Token | None, i: int) -> set[int]:
    if source is None:
        return set()
    return (
        {k for k in governed(syntax, source.i) if (k < i) == (source.i < i)} if not is_relative(source) else {source.i}
    )


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
        spoken = [syntax.tokens[k] for k in sorted(found.content) if syntax.tokens[k].pos != "PUNCT"]
        if len(spoken) > 1 and spoken[0].text.lower() == "to" and spoken[1].lemma.lower() in words("hostile"):
            return "threatens"
    if stance == "asserts" and found.frame == "as":  # "called the report a lie"
        return "denies" if any(syntax.tokens[k].text.lower() in words("false") for k in found.content) else stance
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
    if token.tag != "VB" or not has_to(syntax, token):
        return False
    return token.dep != "xcomp" or syntax.tokens[token.head].lemma.lower() not in words("aspectual")


def _without(syntax: Syntax, i: int) -> bool:
    token = syntax.tokens[i]
    return token.dep == "pcomp" and syntax.tokens[token.head].text.lower() == "without"
