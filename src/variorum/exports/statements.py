"""Statements: what several texts carry between quotation marks, each wording beside the fullest.

A document that quotes a statement in pieces has one variant of it, the pieces in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from variorum.records import EditionContent, EditionDocument, Evidence, OriginPassage, Record

from .descent import Quote

if TYPE_CHECKING:
    from rich.tree import Tree

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ENDS = "\"“”„«»'‘’ ,"


class Carrier(Record, frozen=True, kw_only=True):
    """A document with a variant; `passages` are the pieces of it there."""

    document: str
    outlet: str | None
    published: str | None
    passages: tuple[OriginPassage, ...]


class Variant(Record, frozen=True, kw_only=True):
    """One wording and those that have it, the earliest first. `otherwise` are its differences from the fullest variant
    (words of that, words of this), `left_out` how many words of the fullest it lacks without others in their place."""

    text: str
    carriers: tuple[Carrier, ...]
    otherwise: tuple[tuple[str, str], ...]
    left_out: int


class CarriedStatement(Record, frozen=True, kw_only=True):
    """A statement, its fullest variant first; `origins` is how many families carry it."""

    id: str
    documents: int
    origins: int
    variants: tuple[Variant, ...]


def carried_statements(content: EditionContent, quote: Quote, story: str | None = None) -> list[CarriedStatement]:
    """The statements of an edition, those that most families carry first; with `story`, those that any of its
    documents carries."""
    rows = {document.id: document for document in content.documents}
    found = []
    for statement in content.statements:
        if story is not None and not any(rows[id_].story == story for id_ in statement.documents):
            continue
        found.append(
            CarriedStatement(
                id=statement.id,
                documents=len(statement.documents),
                origins=len({rows[id_].origin or id_ for id_ in statement.documents}),
                variants=tuple(_variants(statement.passages, rows, quote)),
            )
        )
    return sorted(found, key=lambda each: (-each.origins, -each.documents, each.id))


def _variants(passages: Sequence[OriginPassage], rows: dict[str, EditionDocument], quote: Quote) -> list[Variant]:
    pieces: dict[str, list[OriginPassage]] = {}
    for passage in sorted(passages, key=lambda each: (each.document, each.span)):
        pieces.setdefault(passage.document, []).append(passage)
    texts = {id_: " … ".join(_words_of(piece, quote) for piece in mine) for id_, mine in pieces.items()}
    wordings: dict[tuple[str, ...], list[str]] = {}
    for id_ in sorted(pieces, key=lambda id_: (rows[id_].published is None, rows[id_].published or "", id_)):
        wordings.setdefault(_folded(texts[id_]), []).append(id_)
    fullest = min(wordings, key=lambda words: (-len(words), -len(wordings[words]), words))
    found = []
    for words in sorted(wordings, key=lambda words: (words != fullest, -len(wordings[words]), -len(words), words)):
        otherwise, left_out = _differences(fullest, words)
        carriers = tuple(
            Carrier(document=id_, outlet=rows[id_].outlet, published=rows[id_].published, passages=tuple(pieces[id_]))
            for id_ in wordings[words]
        )
        text = texts[wordings[words][0]]
        found.append(Variant(text=text, carriers=carriers, otherwise=otherwise, left_out=left_out))
    return found


def _words_of(passage: OriginPassage, quote: Quote) -> str:
    words = quote(Evidence(document=passage.document, start=passage.span.start, end=passage.span.end))
    return " ".join(words.split()).strip(_ENDS)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def _differences(fullest: Sequence[str], words: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """Words that stand in the place of others, or are more than the fullest has there; and how many are left out."""
    otherwise = []
    left_out = at_a = at_b = 0
    for block in Indel.editops(fullest, words).as_matching_blocks():
        lost, more = fullest[at_a : block.a], words[at_b : block.b]
        if more:
            otherwise.append((" ".join(lost), " ".join(more)))
        else:
            left_out += len(lost)
        at_a, at_b = block.a + block.size, block.b + block.size
    return tuple(otherwise), left_out


def view_statements(statements: Iterable[CarriedStatement], *, color: bool = True, width: int = 110) -> str:
    """Statements for a terminal, each variant with those that carry it; empty where there are none."""
    from rich.console import Console

    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False)
    with console.capture() as captured:
        for statement in statements:
            console.print(_statement(statement))
            console.print()
    return captured.get().rstrip()


def _statement(statement: CarriedStatement) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    witnesses = f"{statement.origins} famil{'ies' if statement.origins != 1 else 'y'}"
    head = Text.assemble(("Statement", "bold"), f" · {statement.documents} documents in {witnesses} · {statement.id}")
    grown = Tree(head)
    for variant in statement.variants:
        line = Text(f"“{variant.text}”")
        names = "; ".join(
            " · ".join(filter(None, (each.outlet, each.published, each.document))) for each in variant.carriers
        )
        line.append(f"\n{names}", style="dim")
        for lost, more in variant.otherwise:
            line.append("\notherwise: ", style="red")
            line.append(f"“{lost}” → “{more}”" if lost else f"also “{more}”")
        if variant.left_out:
            line.append(f"\n{variant.left_out} word{'s' * (variant.left_out != 1)} left out", style="dim")
        grown.add(line)
    return grown
