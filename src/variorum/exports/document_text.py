"""A document as it was read, to look at in a terminal: what each part of it is, and where its metadata was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.records import READ_KINDS, Block, Document

if TYPE_CHECKING:
    from rich.console import Console


def view(document: Document, *, color: bool = True, width: int = 110) -> str:
    """The document by its parts: those that later stages read plain, furniture dim; then every candidate of its
    metadata, the one in force first, with where it was found and why it was chosen."""
    from rich.console import Console

    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False, markup=False)
    with console.capture() as captured:
        console.rule(document.title or document.source)
        facts = [document.outlet, document.published, document.language, *document.authors, document.url]
        console.print(" · ".join(each for each in facts if each) or "no metadata")
        console.print(f"{document.source} · {document.id}", style="dim")
        if document.rejected is not None:
            console.print(document.rejected.note, style="bold red")
        elif not document.supported:
            console.print("kept, not read: no pipeline for its language (English for now)", style="yellow")
        console.print()
        _blocks(console, document)
        _found(console, document)
    return captured.get().rstrip("\n")


def _blocks(console: Console, document: Document) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for block in document.blocks:
        style = None if block.kind in READ_KINDS else "dim"
        table.add_row(
            Text(_label(block), style="cyan"), Text(document.text[block.start : block.end], style=style or "")
        )
    console.print(table)


def _label(block: Block) -> str:
    return f"{block.kind} {block.moment}" if block.moment else block.kind


def _found(console: Console, document: Document) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), title="What it says of itself", title_justify="left")
    for heading in ("", "field", "value", "found in", "why"):
        table.add_column(heading, overflow="fold")
    order = sorted(enumerate(document.candidates), key=lambda item: (item[1].field, not item[1].chosen, item[0]))
    for _, each in order:
        table.add_row("✓" if each.chosen else "", each.field, Text(each.value), Text(each.found_in), Text(each.reason))
    for credit in document.credits:
        table.add_row("", f"credit, {credit.role}", Text(credit.name), Text(credit.found_in), "")
    if table.row_count:
        console.print()
        console.print(table)
