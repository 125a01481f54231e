"""``variorum custody``."""

from __future__ import annotations

import click

from .editions import EDITION, Target

_EPILOG = """\b
Examples:
  variorum custody january.sqlite
  variorum custody january.sqlite --head > january.head
  variorum custody january.sqlite --json
  variorum verify january.sqlite --head "$(cat january.head)"

Keep the head somewhere else than the edition: whoever can change the edition can write its log anew.
"""


@click.command(epilog=_EPILOG, short_help="Print what was done to an edition: captures, runs, rulings, exports.")
@click.argument("edition", type=EDITION)
@click.option("--head", is_flag=True, help="Only the hash of the last entry.")
@click.option("--json", "as_json", is_flag=True, help="An entry a line, as JSON.")
def command(edition: Target, head: bool, as_json: bool) -> None:
    """Print the log of custody of EDITION, from its first entry to its last: what was got and where, which versions of
    the code and its data made an edition of it, who ruled, what was written out. Each entry holds the hash of the one
    before."""
    import msgspec

    from variorum.pipeline import Edition

    with Edition.open(edition) as opened:
        if head:
            last = opened.head
            click.echo(last.hash if last is not None else "")
            return
        for entry in opened.custody():
            if as_json:
                click.echo(msgspec.json.encode(entry).decode("utf-8"))
                continue
            told = entry.detail.get("source") or entry.detail.get("author") or entry.detail.get("file") or ""
            shown = "".join(c if c.isprintable() else "\ufffd" for c in f"{entry.subject}  {told}".rstrip())
            at = entry.at or "-"
            click.echo(f"{entry.number:>6}  {entry.kind:<10}  {at:<25}  {entry.digest[:12]}  {shown}")
