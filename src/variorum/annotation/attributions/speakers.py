"""Who speaks: the actor behind a source's words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from variorum.records import ActorMention, Span, Syntax, Token

from .drafts import Draft, is_relative, noun_phrase
from .lexicon import speaking, words

Speaker = tuple[str | None, int | None]
Spoken = tuple[str, Speaker]
"""A source's noun and who spoke."""

_PERSON = ":PER:"
_PEOPLE = ("ist", "ian", "man", "woman", "ator", "itor", "er", "people")
_LONGEST = 2_000
"""Characters that no mention of an actor exceeds."""
_PLACED = frozenset([",", "in", "at", "on"])


def resolve(
    text: str, syntax: Syntax, draft: Draft, actors: Sequence[ActorMention], earlier: Sequence[Spoken]
) -> Speaker:
    """The speaker's canonical name and actor: the person whom the source names beside a role, else the actor at its
    head, else one that a voice ("a spokesman for …") speaks for; a lone role is the one person who was called that
    before; "the letter" speaks for whoever it spoke for before, and "the statement" for the last who spoke. Without an
    actor the source's own words name the speaker, unless they are a pronoun or no one."""
    if draft.source is None or draft.head is None:
        return None, None
    span, head = draft.source, syntax.tokens[draft.head]
    head = _shared_relative(syntax, head)
    if is_relative(head):
        above = next((t for t in syntax.ancestors(head.i) if syntax.tokens[t.i].pos in {"NOUN", "PROPN"}), None)
        if above is not None:
            head = above
            span = noun_phrase(text, syntax, above.i, outside=draft.head) or span
    span = _without_receiver(syntax, span, head)
    found = _actor(actors, span, head)
    if found is not None and _is_kin(actors[found], syntax, head):
        return _shortened(text, syntax, span, head), None
    named = _named_beside(actors, syntax, span, found) if head.pos == "NOUN" or found is not None else None
    if named is None and (found is None or _is_bare(actors[found])):
        named = _holder(actors, syntax, span, head, found)
    if named is not None:
        found = named
    if found is not None:
        return actors[found].name, found
    if _is_nobody(syntax, head):
        return None, None
    if head.lemma.lower() in words("documents") and not _has_owner(syntax, head):
        owner = syntax.child(head.i, "poss")
        held = _actor(actors, Span(owner.start, owner.end), owner) if owner is not None else None
        if held is not None:
            return actors[held].name, held
        if (author := _author(head.lemma.lower(), earlier)) is not None:
            return author
    told = text[span.start : span.end]
    for token in syntax.children(head.i, "appos"):
        if token.pos == "PROPN" and head.lemma.lower() in words("pronouns"):
            name = syntax.entity_of(token.i)
            first = name.first if name is not None else token.i
            return text[syntax.tokens[first].start : token.end], None
    if not _is_capitals(head) and (head.lemma.lower() in words("pronouns") or told.lower() in words("pronouns")):
        return None, None
    return _shortened(text, syntax, span, head), None


def _shared_relative(syntax: Syntax, head: Token) -> Token:
    """The relative pronoun of a share of some: "most of whom said" stands for those told before."""
    for of in syntax.children(head.i, "prep"):
        whom = syntax.child(of.i, "pobj") if of.text.lower() == "of" else None
        if whom is not None and whom.text.lower() == "whom":
            return whom
    return head


def _without_receiver(syntax: Syntax, span: Span, head: Token) -> Span:
    """A document's phrase without who came by it: "the order, seen by the paper" is not the paper's."""
    for clause in syntax.children(head.i, "acl", "relcl"):
        first = syntax.subtree_tokens(clause.i).start
        if clause.tag == "VBN" and clause.lemma.lower() in words("receiving") and first > head.i:
            last = syntax.tokens[first - 1]
            return Span(span.start, min(span.end, last.start if last.text == "," else last.end))
    return span


def _is_nobody(syntax: Syntax, head: Token) -> bool:
    """ "No group", "none", "no one": those who say nothing."""
    if head.text.lower() in {"nobody", "none"}:
        return True
    return any(t.text.lower() in {"no", "neither"} for t in syntax.children(head.i, "det"))


def _author(noun: str, earlier: Sequence[Spoken]) -> Speaker | None:
    same = (speaker for before, speaker in reversed(earlier) if before == noun and speaker[0] is not None)
    if (author := next(same, None)) is not None or noun not in words("statements"):
        return author
    return next((speaker for _, speaker in reversed(earlier) if speaker[0] is not None), None)


def _is_capitals(token: Token) -> bool:
    """Whether a word that could be a pronoun is an abbreviation: "WHO", "US"."""
    return len(token.text) > 1 and token.text.isupper()


def may_take_stance(syntax: Syntax, draft: Draft) -> bool:
    """Whether a source that is no known actor can threaten, accuse or assert: any that says a clause does; else names,
    pronouns, roles, documents and whoever's noun tells of people. "The drought threatens the crop" takes none."""
    if draft.head is None:
        return True
    head = syntax.tokens[draft.head]
    if _is_nobody(syntax, head):
        return False
    if draft.weighs:
        return True
    lemma = head.lemma.lower()
    if is_relative(head) or head.pos in {"PROPN", "PRON", "ADJ", "NUM"}:
        return True
    return lemma in speaking() or lemma in words("evidence") or lemma.endswith(_PEOPLE)


def _actor(actors: Sequence[ActorMention], source: Span, head: Token) -> int | None:
    word, place = head.text.lower(), Span(head.start, head.end)
    at_head, beside = [], []
    for number in _near(actors, source, place):
        actor = actors[number]
        where = Span(actor.start, actor.end)
        if where.overlaps(place):
            at_head.append(number)
        elif source.contains(where) and not actor.generic:
            beside.append(number)
    if at_head:
        return _root(actors, max(at_head, key=lambda n: (actors[n].end - actors[n].start, -n)))
    if beside and word in words("voices") | words("documents") | words("evidence"):
        return _root(actors, beside[0])
    return None


def _near(actors: Sequence[ActorMention], *spans: Span) -> range:
    """The numbers of the actors, which stand in text order, that may touch one of the spans."""
    first = min(span.start for span in spans) - _LONGEST
    last = max(span.end for span in spans)
    return range(
        bisect_left(actors, first, key=lambda actor: actor.start),
        bisect_left(actors, last, key=lambda actor: actor.start),
    )


def _is_bare(actor: ActorMention) -> bool:
    return _PERSON not in actor.key


def _is_kin(actor: ActorMention, syntax: Syntax, head: Token) -> bool:
    """Whether the source is people of a person's, not the person: "the family of Ada Bello", "members of her staff"."""
    if _is_bare(actor) or head.pos != "NOUN" or (head.tag == "NN" and head.lemma.lower() in words("roles")):
        return False
    return any(t.text.lower() == "of" and t.i == head.i + 1 for t in syntax.children(head.i, "prep"))


def _named_beside(actors: Sequence[ActorMention], syntax: Syntax, source: Span, found: int | None) -> int | None:
    """The person named behind the comma of a source that begins with a role: "the governor of Kano, Ada Bello"."""
    if found is not None and not _is_bare(actors[found]):
        return None
    for number in _near(actors, source):
        actor = actors[number]
        if _PERSON not in actor.key or not source.contains(Span(actor.start, actor.end)):
            continue
        tokens = syntax.tokens_in(actor.start, actor.end)
        if not tokens or tokens[0].i == 0 or _is_owner(syntax, tokens[-1].i):
            continue
        before = syntax.tokens[tokens[0].i - 1]
        if before.text == "," and source.contains(Span(before.start, before.end)):
            return _root(actors, number)
    return None


def _is_owner(syntax: Syntax, i: int) -> bool:
    return i + 1 < len(syntax) and syntax.tokens[i + 1].tag == "POS"


def _holder(actors: Sequence[ActorMention], syntax: Syntax, source: Span, head: Token, found: int | None) -> int | None:
    """The one person before whom the text called what a lone definite role says ("the deputy mayor"); None where there
    are several, or where a name or country in the source speaks against it."""
    if head.lemma.lower() not in words("roles") or head.tag != "NN" or source.start > head.start:
        return None
    inside = syntax.tokens_in(source.start, source.end)
    if not inside or inside[0].text.lower() not in {"the", "his", "her", "their", "its"}:
        return None
    needed = {t.text.lower() for t in inside if t.i < head.i and t.dep in {"amod", "compound"}} | {head.text.lower()}
    places = {t.text for t in inside if t.pos == "PROPN" and t.text.lower() not in needed}
    country = actors[found].country if found is not None else None
    people: dict[str, int] = {}
    for number, actor in enumerate(actors):
        if actor.start >= source.start or _PERSON not in actor.key or actor.title is None:
            continue
        title = {word.lower() for word in actor.title.split()}
        known = set(actor.text.split()) | set(actor.title.split()) | _around(syntax, actor)
        if needed <= title and not (country and actor.country and country != actor.country) and places <= known:
            people.setdefault(actor.key, number)
    return _root(actors, next(iter(people.values()))) if len(people) == 1 else None


def _around(syntax: Syntax, actor: ActorMention) -> set[str]:
    """The names that stand within a few words of a mention."""
    tokens = syntax.tokens_in(actor.start, actor.end)
    if not tokens:
        return set()
    return {t.text for t in syntax.tokens[max(0, tokens[0].i - 6) : tokens[-1].i + 9] if t.pos == "PROPN"}


def _has_owner(syntax: Syntax, head: Token) -> bool:
    """Whether a document is said to be someone's in particular: "a Navy statement", "the letter from the miners"."""
    if any(t.pos == "PROPN" for t in syntax.children(head.i, "poss", "compound", "nmod", "amod")):
        return True
    return any(t.text.lower() in {"from", "by", "of"} for t in syntax.children(head.i, "prep"))


def _root(actors: Sequence[ActorMention], number: int) -> int:
    """The mention that the chain of antecedents ends at."""
    seen = {number}
    while (above := actors[number].antecedent) is not None and above not in seen and 0 <= above < len(actors):
        seen.add(above)
        number = above
    return number


def _shortened(text: str, syntax: Syntax, span: Span, head: Token) -> str:
    """A source's words without what is told of it: no article, nothing behind a comma or a preposition of place, and of
    "the paper's Ada Bello" the name alone."""
    inside = syntax.tokens_in(span.start, span.end)
    start, end = span.start, span.end
    stop = next((t for t in inside if t.i > head.i and (t.text.lower() in _PLACED or t.dep in {"acl", "relcl"})), None)
    if stop is not None:
        end = syntax.subtree(stop.i).start if stop.dep in {"acl", "relcl"} else stop.start
    if inside and inside[0].text.lower() in {"the", "a", "an"} and inside[0].i < head.i:
        start = inside[1].start
    if head.pos == "PROPN":
        owner = next((t for t in reversed(inside) if t.i < head.i and t.tag == "POS"), None)
        holder = syntax.entity_of(owner.i - 1) if owner is not None and owner.i else None
        state = holder is not None and holder.label in {"GPE", "NORP"}
        if owner is not None and not state and owner.i + 1 < head.i:
            start = syntax.tokens[owner.i + 1].start
    return " ".join(text[start:end].split(",")[0].split())
