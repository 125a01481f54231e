"""Families as trees: which text comes from which, under the text that stands behind them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from variorum.records import (
    ONE_ORIGIN,
    Change,
    Derivation,
    DerivationKind,
    EditionContent,
    EditionDocument,
    Evidence,
    Origin,
    Record,
    Span,
)

from . import wording

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

Quote = Callable[[Evidence], str]

_FACTS = ("number", "place", "date", "polarity", "name")  # in the order in which they are listed
_MOST_FACTS = 6  # shown of one edge; the rest is counted
_OPENING = 8  # words by which a part of a text is called


class FactChange(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """A fact that differs, in the words of both; None where one side has none."""

    kind: str
    source: str | None
    target: str | None


class Part(Record, frozen=True, kw_only=True):
    """A part of a document that has an origin of its own, called by its first words."""

    document: str
    outlet: str | None
    title: str | None
    opening: str


class Node(Record, frozen=True, kw_only=True):
    """A document of a family; `kind` and what follows are of the tie to the node above, None at the top or where the
    text above is not among the documents. `opening` has the first words of the part that belongs here where that is not
    the whole document."""

    document: str
    outlet: str | None
    title: str | None
    published: str | None
    source: str
    opening: str | None
    kind: DerivationKind | None
    directed: bool
    score: float | None
    changes: tuple[FactChange, ...]
    other_changes: dict[str, int]
    evidence: tuple[str, ...]
    derived: tuple[Node, ...]


class FamilyTree(Record, frozen=True, kw_only=True):
    """One origin with the texts that have it; `seen` is False where its own text is not among them."""

    id: str
    upstream: str | None
    seen: bool
    documents: int
    evidence: tuple[str, ...]
    parts: tuple[Part, ...]
    texts: tuple[Node, ...]


def family_trees(content: EditionContent, quote: Quote, story: str | None = None) -> list[FamilyTree]:
    """The origins of an edition, the largest first; with `story`, those that any of its documents has."""
    documents = {document.id: document for document in content.documents}
    ties: dict[str, list[Derivation]] = {}
    for edge in content.derivations:
        if edge.kind in ONE_ORIGIN:
            ties.setdefault(edge.source, []).append(edge)
            ties.setdefault(edge.target, []).append(edge)
    found = []
    for origin in content.origins:
        if story is not None and not any(documents[id_].story == story for id_ in origin.documents):
            continue
        openings = _openings(origin, quote)
        parts = [
            Part(document=id_, outlet=documents[id_].outlet, title=documents[id_].title, opening=opening)
            for id_, opening in sorted(openings.items())
            if id_ not in origin.documents
        ]
        grower = _Grower({id_: documents[id_] for id_ in origin.documents}, ties, quote, openings)
        found.append(
            FamilyTree(
                id=origin.id,
                upstream=origin.upstream,
                seen=origin.seen,
                documents=len(origin.documents),
                evidence=origin.evidence,
                parts=tuple(parts),
                texts=tuple(grower.trees()),
            )
        )
    return sorted(found, key=lambda tree: (-tree.documents, tree.id))


def _openings(origin: Origin, quote: Quote) -> dict[str, str]:
    """The first words of the parts of documents that an origin has, by document."""
    first: dict[str, Span] = {}
    for passage in origin.passages:
        first[passage.document] = min(passage.span, first.get(passage.document, passage.span))
    found = {}
    for id_, span in first.items():
        lines = quote(Evidence(document=id_, start=span.start, end=span.end)).strip().split("\n")
        words = lines[0].split()  # its heading, if it has one
        found[id_] = " ".join(words[:_OPENING]) + (" …" if len(words) > _OPENING else "")
    return found


class _Grower:
    """Grows the trees of one origin from what nothing is the source of; an undirected tie is followed both ways."""

    def __init__(
        self,
        documents: dict[str, EditionDocument],
        ties: dict[str, list[Derivation]],
        quote: Quote,
        openings: dict[str, str],
    ) -> None:
        self._openings = openings
        self._documents = documents
        self._ties = ties
        self._quote = quote
        self._left = set(documents)
        self._sources: dict[str, set[str]] = {}
        for tie in (tie for id_ in documents for tie in ties.get(id_, ()) if tie.directed):
            if tie.source in documents and tie.target in documents:
                self._sources.setdefault(tie.target, set()).add(tie.source)

    def trees(self) -> Iterator[Node]:
        sources = {source for found in self._sources.values() for source in found}
        for id_ in sorted(
            self._documents, key=lambda id_: (id_ in self._sources, id_ not in sources, *self._order(id_))
        ):
            if id_ in self._left:
                yield self._node(id_)

    def _order(self, id_: str) -> tuple[bool, str, str]:
        published = self._documents[id_].published
        return (published is None, published or "", id_)

    def _node(self, root: str) -> Node:
        """The tree under a document, without recursion: a chain of updates may be as long as it likes."""
        self._left.discard(root)
        order: list[tuple[str, str | None, Derivation | None]] = [(root, None, None)]
        for id_, _, _ in order:
            for tie in self._ties.get(id_, ()):
                other = tie.target if tie.source == id_ else tie.source
                if not tie.directed and self._sources.get(other, set()) & self._left:
                    continue  # it stands under its source
                if other in self._left and not (tie.directed and other == tie.source):
                    self._left.discard(other)
                    order.append((other, id_, tie))
        below: dict[str, list[Node]] = {}
        node = None
        for id_, above, edge in reversed(order):
            children = sorted(below.pop(id_, []), key=lambda child: self._order(child.document))
            node = self._made(id_, edge, children)
            if above is not None:
                below.setdefault(above, []).append(node)
        assert node is not None
        return node

    def _made(self, id_: str, edge: Derivation | None, derived: Sequence[Node]) -> Node:
        document = self._documents[id_]
        changes = edge.changes if edge else ()
        others = Counter(change.kind for change in changes if change.kind not in _FACTS)
        return Node(
            document=id_,
            outlet=document.outlet,
            title=document.title,
            published=document.published,
            source=document.source,
            opening=self._openings.get(id_),
            kind=edge.kind if edge else None,
            directed=edge.directed if edge else False,
            score=edge.score if edge else None,
            changes=tuple(self._change(edge, change, id_) for change in changes if edge and change.kind in _FACTS),
            other_changes=dict(sorted(others.items())),
            evidence=edge.evidence if edge else (),
            derived=tuple(derived),
        )

    def _change(self, edge: Derivation, change: Change, below: str) -> FactChange:
        """A change told from the text above to the one `below`, whichever way an undirected tie has them."""
        source, target = self._words(edge.source, change.source), self._words(edge.target, change.target)
        if edge.source == below:
            source, target = target, source
        return FactChange(kind=change.kind, source=source, target=target)

    def _words(self, document: str, span: Span | None) -> str | None:
        if span is None:
            return None
        return self._quote(Evidence(document=document, start=span.start, end=span.end))


def view(trees: Iterable[FamilyTree], *, every: bool = False, color: bool = True, width: int = 110) -> str:
    """Families as trees for a terminal; texts that stand alone are counted, or listed where `every`."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False)
    alone = []
    with console.capture() as captured:
        for tree in trees:
            if tree.documents + len(tree.parts) < 2 and tree.seen and not every:
                alone += [tree] * tree.documents  # a part of a round-up is no text of its own
            else:
                console.print(_family(tree))
                console.print()
        if alone:
            count = _counted(len(alone), "text")
            console.print(Text(f"{count} without a fellow (--all lists them)", style="dim"))
    return captured.get().rstrip() or "No documents to compare."


def family_name(tree: FamilyTree) -> str:
    """Who made the text of a family, or the text itself; a part's first words where it stands in no text of its own,
    "a text" where it is unknown."""
    if tree.upstream:
        return tree.upstream
    if tree.texts and tree.seen:
        return _name(tree.texts[0])
    return f"“{tree.parts[0].opening}”" if tree.parts and tree.parts[0].opening and not tree.texts else "a text"


def _family(tree: FamilyTree) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    held = [(tree.documents, "document"), (len(tree.parts), "part")]
    count = ", ".join([*(_counted(many, what) for many, what in held if many), "one witness"])
    name = family_name(tree)
    if not tree.seen:
        head = Text.assemble((name, "bold"), (" · not among the documents", "italic"), f" · {count}")
    else:
        head = Text.assemble((name, "bold"), f" · {count}")
    grown = Tree(head)
    for sentence in tree.evidence:
        grown.add(Text(sentence, style="dim"))
    for node in tree.texts:
        _grow(grown, node, latent=not tree.seen)
    for part in tree.parts:
        line = Text("an entry of ", style="italic").append(_called(part.outlet, part.title, part.document))
        if part.opening and part.opening not in name:
            line.append(f" (“{part.opening}”)")
        if part.outlet or part.title:
            line.append(f" · {part.document}", style="dim")
        grown.add(line)
    return grown


def _grow(top: Tree, root: Node, *, latent: bool) -> None:
    open_: list[tuple[Tree, Node, bool]] = [(top, root, latent)]
    while open_:
        above, node, hidden = open_.pop()
        branch = above.add(_label(node, hidden=hidden))
        open_ += [(branch, child, False) for child in reversed(node.derived)]


def _label(node: Node, *, hidden: bool) -> Text:
    """One document's line, and under it the facts that it changed."""
    from rich.text import Text as Line

    line = Line()
    facts = told_facts(node.changes)
    if node.kind is not None:
        line.append("→ " if node.directed else "– ", style="bold")
        but = f" but for {_counted(len(facts), 'fact')}" if node.kind == "verbatim" and facts else ""
        line.append(wording.derivation(node.kind) + but, style="green")
        line.append(f" {node.score:.2f}  ", style="dim")
    elif hidden:
        line.append("⇢ ", style="bold")
    if node.opening and node.kind is not None:
        line.append("an entry of ", style="italic")
    line.append(_name(node), style="bold")
    if node.title and node.outlet:
        line.append(f", “{node.title}”")
    if node.opening:
        line.append(f" (“{node.opening}”)")
    if node.published:
        line.append(f" · {node.published}", style="dim")
    line.append(f" · {node.document}", style="dim")
    for change in facts[:_MOST_FACTS]:
        line.append(f"\n{change.kind}: ", style="red")
        line.append(f"{_shown(change.source)} → {_shown(change.target)}")
    if len(facts) > _MOST_FACTS:
        line.append(f"\nand {_counted(len(facts) - _MOST_FACTS, 'more fact')}")
    if node.other_changes:
        line.append("\n" + ", ".join(f"{count} {kind}" for kind, count in node.other_changes.items()), style="dim")
    return line


def told_facts(changes: Iterable[FactChange]) -> list[FactChange]:
    """Each changed fact once, by kind and then in the order of the text: what is said of a surname alone is said of
    the full name too, and what is changed throughout is one change."""
    words = [(change, _bag(change.source), _bag(change.target)) for change in changes]
    kept: list[tuple[FactChange, set[str], set[str]]] = []
    for change, mine, theirs in sorted(words, key=lambda each: -len(each[1]) - len(each[2])):
        named = change.kind in ("name", "place")
        if not any(
            change.kind == known.kind
            and ((mine <= source and theirs <= target) if named else (mine == source and theirs == target))
            for known, source, target in kept
        ):
            kept.append((change, mine, theirs))
    places = {id(change): place for place, (change, _, _) in enumerate(words)}
    return [change for change, _, _ in sorted(kept, key=lambda each: (_FACTS.index(each[0].kind), places[id(each[0])]))]


def _bag(words: str | None) -> set[str]:
    return set((words or "").casefold().split())


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _shown(words: str | None) -> str:
    return f"“{' '.join(words.split())}”" if words else "nothing"


def _name(node: Node) -> str:
    return node.outlet or node.title or node.source


def _called(outlet: str | None, title: str | None, document: str) -> str:
    return ", ".join(filter(None, (outlet, f"“{title}”" if title else None))) or document
