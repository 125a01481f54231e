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
    Record,
    Span,
)

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

Quote = Callable[[Evidence], str]

_FACTS = ("number", "name", "place", "date", "polarity")
_MOST_FACTS = 6  # shown of one edge; the rest is counted


class FactChange(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """A fact that differs, in the words of both; None where one side has none."""

    kind: str
    source: str | None
    target: str | None


class Node(Record, frozen=True, kw_only=True):
    """A document of a family; `kind` and what follows are of the tie to the node above, None at the top or where the
    text above is not among the documents."""

    document: str
    outlet: str | None
    title: str | None
    published: str | None
    source: str
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
    parts: tuple[str, ...]
    texts: tuple[Node, ...]


def family_trees(content: EditionContent, quote: Quote, story: str | None = None) -> list[FamilyTree]:
    """The origins of an edition, the largest first; with `story`, those that any of its documents has."""
    documents = {document.id: document for document in content.documents if document.rejected is None}
    ties: dict[str, list[Derivation]] = {}
    for edge in content.derivations:
        if edge.kind in ONE_ORIGIN:
            ties.setdefault(edge.source, []).append(edge)
            ties.setdefault(edge.target, []).append(edge)
    found = []
    for origin in content.origins:
        if story is not None and not any(documents[id_].story == story for id_ in origin.documents):
            continue
        parts = sorted({passage.document for passage in origin.passages} - set(origin.documents))
        grower = _Grower({id_: documents[id_] for id_ in origin.documents}, ties, quote)
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


class _Grower:
    """Grows the trees of one origin from what nothing is the source of; an undirected tie is followed both ways."""

    def __init__(self, documents: dict[str, EditionDocument], ties: dict[str, list[Derivation]], quote: Quote) -> None:
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
            count = len(alone)
            console.print(Text(f"{count} text{'s' * (count != 1)} without a fellow (--all lists them)", style="dim"))
    return captured.get().rstrip() or "No documents to compare."


def family_name(tree: FamilyTree) -> str:
    """Who made the text of a family, or the text itself; "a text" where it is unknown."""
    return tree.upstream or (_name(tree.texts[0]) if tree.texts and tree.seen else "a text")


def _family(tree: FamilyTree) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    held = [(tree.documents, "document"), (len(tree.parts), "part")]
    count = ", ".join([*(f"{many} {what}{'s' * (many != 1)}" for many, what in held if many), "one witness"])
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
    for id_ in tree.parts:
        grown.add(Text(f"a part of {id_}", style="italic"))
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
    if node.kind is not None:
        line.append("→ " if node.directed else "– ", style="bold")
        line.append(_RELATION[node.kind], style="green")
        line.append(f" {node.score:.2f}  ", style="dim")
    elif hidden:
        line.append("⇢ ", style="bold")
    line.append(_name(node), style="bold")
    if node.title and node.outlet:
        line.append(f", “{node.title}”")
    if node.published:
        line.append(f" · {node.published}", style="dim")
    line.append(f" · {node.document}", style="dim")
    for change in node.changes[:_MOST_FACTS]:
        line.append(f"\n{change.kind}: ", style="red")
        line.append(f"{_shown(change.source)} → {_shown(change.target)}")
    rest = Counter(node.other_changes)
    if len(node.changes) > _MOST_FACTS:
        rest["more facts"] = len(node.changes) - _MOST_FACTS
    if rest:
        line.append("\n" + ", ".join(f"{count} {kind}" for kind, count in sorted(rest.items())), style="dim")
    return line


_RELATION: dict[DerivationKind, str] = {
    "verbatim": "the same text",
    "abridged": "abridged",
    "paraphrase": "paraphrased",
    "common-source": "from the same source",
    "quotes-only": "the same quotation",
}


def _shown(words: str | None) -> str:
    return f"“{' '.join(words.split())}”" if words else "nothing"


def _name(node: Node) -> str:
    return node.outlet or node.title or node.source


def story_id(content: EditionContent, story: str) -> str:
    """The id of the story that is named by it or by its first digits. Raises KeyError where none, or several, are."""
    ids = [s.id for s in content.stories if s.id == story] or [
        s.id for s in content.stories if s.id.startswith(story) or s.id.removeprefix("s-").startswith(story)
    ]
    if len(ids) != 1:
        raise KeyError(story)
    return ids[0]
