"""Words that another passes on, and claims that another disowns: "in a statement cited by the agency", "was quoted as
saying by the radio", "…, a claim the army denied"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.records import Span, Stance, Syntax, Token

from .drafts import EDGE, Draft, noun_phrase, trimmed
from .lexicon import load_lexicon, speaking, words

_SETTING_OFF = frozenset({",", "–", "—", "--"})
_CLAUSAL = frozenset({"acl", "relcl"})


def relayed(text: str, syntax: Syntax, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """A draft for each outlet by which the words of one of these are told to be cited, quoted or carried. It tells what
    that other said, whose draft comes under it."""
    for draft in drafts:
        if draft.under is not None or not draft.content or draft.source is None or draft.stance is None:
            continue
        found = _relay(syntax, draft)
        if found is None:
            continue
        verb, by, outlet = found
        source = noun_phrase(text, syntax, outlet.i)
        if source is None:
            continue
        cue = Span(verb.start, by.end if by.i == verb.i + 1 else verb.end)
        _clip(text, syntax, draft, verb)
        outer = Draft(
            at=verb.i,
            source=source,
            head=outlet.i,
            cue=cue,
            content=list(draft.content),
            stance="asserts",
            spoken=True,
            finite=True,
            weighs=True,
        )
        draft.under = outer
        yield outer


def _relay(syntax: Syntax, draft: Draft) -> tuple[Token, Token, Token] | None:
    """The participle beside a draft's cue that tells who passes the words on, its "by", and that one."""
    sentence = syntax.sentence_of(draft.at)
    for i in range(sentence.first, sentence.last):
        token = syntax.tokens[i]
        if token.tag != "VBN" or token.lemma.lower() not in words("relaying"):
            continue
        by = syntax.child(i, "agent") or _by_behind(syntax, draft, i)
        outlet = syntax.child(by.i, "pobj") if by is not None else None
        if by is not None and outlet is not None and _is_outlet(syntax, outlet) and _belongs(syntax, draft, token):
            return token, by, outlet
    return None


def _by_behind(syntax: Syntax, draft: Draft, verb: int) -> Token | None:
    """The "by" of "was quoted as saying by the agency"."""
    said = draft.at
    above = syntax.tokens[syntax.tokens[said].head]
    if syntax.tokens[said].dep != "pcomp" or above.head != verb:
        return None
    return next((t for t in syntax.children(said) if t.text.lower() == "by"), None)


def _belongs(syntax: Syntax, draft: Draft, verb: Token) -> bool:
    """Whether a participle tells of the words of a draft: it hangs on their source, or on the remarks they stand in, or
    is the verb that the draft's own hangs on."""
    if verb.i == draft.at:
        return False
    above = syntax.tokens[verb.head]
    if verb.dep in _CLAUSAL and above.i == draft.head:
        return True
    if verb.dep in _CLAUSAL and above.lemma.lower() in words("remarks") | words("documents"):
        return any(t.i in {draft.at, draft.head} for t in syntax.ancestors(above.i)) or above.i == draft.head
    return any(t.i == verb.i for t in syntax.ancestors(draft.at)) and syntax.tokens[draft.at].dep == "pcomp"


def _is_outlet(syntax: Syntax, token: Token) -> bool:
    if token.lemma.lower() in words("outlets"):
        return True
    entity = syntax.entity_of(token.i)
    return token.pos == "PROPN" and (entity is None or entity.label in {"ORG", "PERSON", "GPE", "WORK_OF_ART"})


def _clip(text: str, syntax: Syntax, draft: Draft, verb: Token) -> None:
    """Cut the aside out of a source that runs over it: "the governor, quoted by the agency"."""
    if draft.source is None or not draft.source.start < verb.start < draft.source.end:
        return
    first = syntax.subtree_tokens(verb.i).start
    cut = trimmed(text, draft.source.start, syntax.tokens[first].start, EDGE)
    if cut is not None:
        draft.source = cut


def disowned(text: str, syntax: Syntax, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """A draft for whoever denies (or confirms) what a sentence has told before a comma: "…, a claim the army denied".
    What the others say ends at that comma."""
    if not drafts:
        return
    sentence = syntax.sentence_of(drafts[0].at)
    for i in range(sentence.first + 2, sentence.last):
        noun = syntax.tokens[i]
        if noun.lemma.lower() not in words("claims") or (comma := _comma_before(syntax, noun)) is None:
            continue
        read = _denial(syntax, noun)
        before = [d for d in drafts if d.content and d.cue is not None and d.at < i]
        if read is None or not before:
            continue
        who, verb, stance = read
        for draft in drafts:
            draft.content = [Span(s.start, min(s.end, comma)) for s in draft.content if s.start < comma]
        source, told = noun_phrase(text, syntax, who.i), before[-1]
        if source is None or not told.content or stance is None:
            continue
        yield Draft(
            at=verb.i,
            source=source,
            head=who.i,
            cue=Span(verb.start, verb.end),
            content=list(told.content),
            stance=stance,
            spoken=True,
            finite=True,
            weighs=True,
            rank=1,
        )


def _comma_before(syntax: Syntax, noun: Token) -> int | None:
    """Where the comma or dash stands that sets off "a claim", "allegations"; None where none does."""
    at = noun.i - 1
    if syntax.tokens[at].text.lower() in {"a", "an"}:
        at -= 1
    elif noun.tag != "NNS":
        return None
    return syntax.tokens[at].start if at > 0 and syntax.tokens[at].text in _SETTING_OFF else None


def _denial(syntax: Syntax, noun: Token) -> tuple[Token, Token, Stance | None] | None:
    """Who denies or confirms a claim, by the relative clause behind its noun, and how: None where it is negated."""
    verb = syntax.child(noun.i, "relcl")
    if verb is None or verb.tag not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    lexicon = load_lexicon()
    entry = lexicon.verbs.get(lexicon.forms.get(verb.text.lower(), ""))
    stance = entry.frames.get("object") if entry is not None else None
    agent = syntax.child(verb.i, "agent")
    who = syntax.child(agent.i, "pobj") if agent is not None else syntax.child(verb.i, "nsubj")
    if who is None or stance not in ("denies", "doubts", "asserts"):
        return None
    known = who.pos in {"PROPN", "PRON"} or who.lemma.lower() in speaking() | words("speakers")
    negated = syntax.child(verb.i, "neg") is not None
    return (who, verb, None if negated else stance) if known else None
