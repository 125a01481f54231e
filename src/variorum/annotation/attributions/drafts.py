"""What the finders of cues hand on: an attribution in the making, and the small walks that they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.records import Span, Stance, Syntax, Token

from .lexicon import load_lexicon, words

EDGE = " \t\n\r\u00a0,;:—–-"
FINAL = EDGE + "."


@dataclass(slots=True)
class Draft:
    """An attribution in the making. `at` is the token of its cue; `head` that of its source, None without one.

    `spoken` tells words and writings from thoughts. `finite` marks what was said, and not only to be said; `meant` what
    counts only where its content is quoted ("to show its displeasure"). `weighs` is set where the cue takes a clause
    and is no mere showing, so that whoever its source names has spoken. `under` is the draft that tells this one at
    second hand, where its content does not hold this one's cue.
    """

    at: int
    source: Span | None
    head: int | None
    cue: Span | None
    content: list[Span]
    stance: Stance | None
    spoken: bool = False
    quotable: bool = False
    rank: int = 0
    finite: bool = False
    meant: bool = False
    weighs: bool = False
    under: Draft | None = None


def trimmed(text: str, start: int, end: int, edge: str = FINAL) -> Span | None:
    """The span without white space and punctuation at its edges; None where nothing is left.

    A full stop that closes an abbreviation or stands within quotation marks is kept."""
    while start < end and text[start] in EDGE + ".)":
        start += 1
    while end > start and text[end - 1] in edge:
        if text[end - 1] == "." and text[:end].endswith((".S.", ".K.", ".N.", ".m.", "Jr.", "Sr.")):
            break
        end -= 1
    return Span(start, end) if start < end else None


def stretches(tokens: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of consecutive token numbers as ``(first, last)``."""
    runs: list[tuple[int, int]] = []
    for i in sorted(set(tokens)):
        if runs and runs[-1][1] == i - 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def spans_of(text: str, syntax: Syntax, tokens: Iterable[int]) -> list[Span]:
    """The trimmed spans of some tokens, one for each unbroken run."""
    found = []
    for first, last in stretches(tokens):
        span = trimmed(text, syntax.tokens[first].start, syntax.tokens[last].end)
        if span is not None:
            found.append(span)
    return found


def governed(syntax: Syntax, i: int) -> set[int]:
    """Token `i` and all that hang on it, gaps left out."""
    found = {i}
    queue = [i]
    while queue:
        for token in syntax.children(queue.pop()):
            if token.i not in found:
                found.add(token.i)
                queue.append(token.i)
    return found


_OPENING = frozenset({"“", "„", "«", "``"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def subject(syntax: Syntax, i: int) -> tuple[Token | None, bool]:
    """Who does what verb `i` says, and whether it is passive. A verb without a subject of its own has its governor's:
    coordinated and open clauses, participles, and gerunds after a preposition."""
    start, seen = i, set[int]()
    passive = _is_passive(syntax, i)
    if (quoted := quoted_speaker(syntax, i)) is not None:
        return quoted, False
    if (outer := outer_speech(syntax, i)) is not None:
        i = outer
    while i not in seen:
        seen.add(i)
        own = syntax.child(i, "nsubj", "csubj") or syntax.child(i, "nsubjpass")
        if own is not None:
            return own, passive
        token = syntax.tokens[i]
        governor = syntax.tokens[token.head]
        if token.dep == "acl" and governor.i != i:
            return (governor, passive) if governor.pos in {"NOUN", "PROPN", "PRON"} else (None, passive)
        if token.dep == "relcl":
            return governor, passive
        if token.dep == "xcomp" and token.tag == "VB" and _controls(governor):
            control = syntax.child(governor.i, "dobj")
            if control is not None and control.i < i:
                return control, passive
        if token.dep in {"conj", "xcomp", "advcl", "ccomp", "parataxis", "dep"} and governor.pos in {"VERB", "AUX"}:
            if token.dep == "ccomp" and token.tag not in {"VBG", "VB"}:
                return None, passive
            i = _outside(syntax, governor.i, start)
        elif token.dep == "pcomp" and governor.pos in {"ADP", "SCONJ"}:
            above = syntax.tokens[governor.head]
            if above.pos in {"NOUN", "PROPN"}:
                return syntax.child(above.i, "poss"), passive
            i = _outside(syntax, above.i, start)
        else:
            return None, passive
    return None, passive


def quoted_speaker(syntax: Syntax, i: int) -> Token | None:
    """Whose words participle `i` gives in "quoted the mayor as saying": what is quoted, not who quotes."""
    token, above = syntax.tokens[i], syntax.tokens[syntax.tokens[i].head]
    if token.dep != "pcomp" or above.text.lower() != "as":
        return None
    verb = syntax.tokens[above.head]
    if verb.pos in {"NOUN", "PROPN"} and verb.dep in {"dobj", "nsubjpass"}:
        return verb if syntax.tokens[verb.head].lemma.lower() in words("citing") else None
    if verb.lemma.lower() not in words("citing"):
        return None
    return syntax.child(verb.i, "nsubjpass") or syntax.child(verb.i, "dobj")


_DASHES = frozenset({"–", "—", "-", "--", "―"})


def _outside(syntax: Syntax, verb: int, start: int) -> int:
    """The verb to go on from: where `verb` stands in an aside between dashes that has ended before token `start`, the
    one that the aside interrupts, though the tree hangs what follows on the aside."""
    if not any(syntax.tokens[k].text in _DASHES for k in range(verb + 1, start)):
        return verb
    for token in (syntax.tokens[verb], *syntax.ancestors(verb)):
        if token.dep == "relcl":
            first = min(governed(syntax, token.i))
            if first > 0 and syntax.tokens[first - 1].text in _DASHES:
                return next((t.i for t in syntax.ancestors(token.i) if t.pos in {"VERB", "AUX"}), verb)
            return verb
    return verb


def outer_speech(syntax: Syntax, i: int) -> int | None:
    """The verb of speech that a set-off participle of speech goes on from ("he said it failed, adding that"), where
    the tree hangs the participle on the words said; None for any other verb."""
    token = syntax.tokens[i]
    first = syntax.subtree_tokens(i).start
    if token.tag != "VBG" or token.dep not in {"advcl", "conj"} or not _is_speech(token):
        return None
    before = [syntax.tokens[k].text for k in range(max(0, first - 2), first)]
    if before[-1:] != [","] and not (before[:1] == [","] and before[-1] in {'"', "”", "''", "’"}):
        return None
    below = token
    for above in syntax.ancestors(i):
        if below.dep == "ccomp" and above.i < below.i and _is_speech(above):
            return above.i
        if below.dep not in {"advcl", "xcomp", "conj", "ccomp"}:
            return None
        below = above
    return None


def _controls(verb: Token) -> bool:
    """Whether a verb's object, not its subject, does what its infinitive says: "urged them to", "forced it to"."""
    lexicon = load_lexicon()
    lemma = lexicon.forms.get(verb.text.lower())
    entry = lexicon.verbs.get(lemma) if lemma is not None else None
    return (entry is not None and "object-to" in entry.frames) or verb.lemma.lower() in lexicon.words["causing"]


def _is_speech(token: Token) -> bool:
    lexicon = load_lexicon()
    entry = lexicon.verbs.get(lexicon.forms.get(token.text.lower(), ""))
    return entry is not None and (entry.frames.get("clause") is not None or entry.frames.get("as") is not None)


def _is_passive(syntax: Syntax, i: int) -> bool:
    if syntax.child(i, "auxpass", "nsubjpass", "agent") is not None:
        return True
    token = syntax.tokens[i]
    if token.tag == "VBN" and token.dep in {"acl", "advcl"} and syntax.child(i, "aux", "nsubj") is None:
        return True
    return (
        token.dep == "conj"
        and token.tag == "VBN"
        and syntax.child(i, "aux", "nsubj") is None
        and _is_passive(syntax, token.head)
    )


def noun_phrase(text: str, syntax: Syntax, i: int, *, outside: int | None = None) -> Span | None:
    """The span of the phrase that token `i` heads. With `outside`, the part on `i`'s side of that token."""
    tokens = syntax.subtree_tokens(i)
    if outside is not None and outside in tokens:
        tokens = range(tokens.start, outside) if i < outside else range(outside + 1, tokens.stop)
    for aside in (_aside(syntax, i), _manner(syntax, i)):
        if aside is not None and aside in tokens and i < aside:
            tokens = range(tokens.start, aside)
    if not tokens:
        return None
    last = tokens[-1]
    if last > i and syntax.tokens[last].text in _OPENING:
        last -= 1  # the mark opens what is said next
    span = trimmed(text, syntax.tokens[tokens[0]].start, syntax.tokens[last].end, EDGE)
    if span is not None and text[span.start : span.end].endswith(("'s", "’s")) and syntax.tokens[i].dep == "poss":
        span = Span(span.start, span.end - 2)
    return span


def _aside(syntax: Syntax, i: int) -> int | None:
    """The token at which a set-off relative clause begins that has a cue of its own ("the envoy, who denied it")."""
    for clause in syntax.children(i, "relcl"):
        first = syntax.subtree_tokens(clause.i).start
        if first > 0 and syntax.tokens[first - 1].text in {",", "-", "—", "–"} and _is_speech(clause):
            return first - 1
    return None


def _manner(syntax: Syntax, i: int) -> int | None:
    """The token at which a phrase begins that belongs to the saying, though the tree hangs it on the one who says: "the
    union, in a letter on Monday, said"."""
    for child in syntax.children(i, "prep"):
        noun = syntax.child(child.i, "pobj")
        if child.i < i or noun is None or child.text.lower() not in {"in", "on"}:
            continue
        if noun.lemma.lower() in words("documents") | words("calendar"):
            return child.i - 1 if syntax.tokens[child.i - 1].text == "," else child.i
    return None


def is_relative(token: Token) -> bool:
    if len(token.text) > 1 and token.text.isupper():  # "WHO" is no relative
        return False
    return token.text.lower() in _RELATIVE and token.tag in {"WP", "WDT", "IN", "WP$"}
