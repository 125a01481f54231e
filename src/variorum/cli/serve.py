"""``variorum serve``."""

from __future__ import annotations

from pathlib import Path

import click

from .editions import EDITION, Target

_EPILOG = """\b
Examples:
  variorum serve january.sqlite
  variorum serve january.sqlite --port 9000 --allow-network
  variorum serve postgresql://desk@db/variorum?edition=january --host 0.0.0.0 --name desk.example
"""


@click.command(epilog=_EPILOG, short_help="Serve an edition: the API under /api/v1.")
@click.argument("edition", type=EDITION)
@click.option("--host", default="127.0.0.1", show_default=True, help="What is listened on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Its port there.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name that the server is called by.")
@click.option(
    "--tokens", type=click.Path(path_type=Path), help="The file of tokens; that of `variorum tokens` without."
)
@click.option("--allow-network", is_flag=True, help="Let addresses that are sent in be fetched.")
@click.option(
    "--upload-limit", type=click.IntRange(1), default=200, show_default=True, metavar="MB", help="A request's."
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that annotate.")
@click.option(
    "--jobs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where jobs are kept until they ended; beside the edition, or in your own state folder for PostgreSQL.",
)
@click.option(
    "--secret",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file that pseudonyms in downloads are made with; your own without it.",
)
def command(
    edition: Target,
    host: str,
    port: int,
    names: tuple[str, ...],
    tokens: Path | None,
    allow_network: bool,
    upload_limit: int,
    workers: int,
    jobs: Path | None,
    secret: Path | None,
) -> None:
    """Serve EDITION over HTTP until Ctrl-C: everything that it holds under /api/v1, described there in OpenAPI.

    On this machine alone an address is printed that opens one session. Where others reach the server (--host), each
    of them needs a token (`variorum tokens add`); without any it does not start. There is no encryption: put a server
    that does HTTPS in front of it."""
    from variorum.web import ServeOptions, TokenFile, serve, tokens_path

    path = tokens or tokens_path()
    options = ServeOptions(
        host=host,
        port=port,
        names=names,
        tokens=path if tokens is not None or TokenFile(path).tokens() else None,
        allow_network=allow_network,
        upload_bytes=upload_limit * 1_000_000,
        workers=workers,
        jobs=jobs,
        secret=secret,
    )
    serve(edition, options, say=lambda line: click.echo(f"variorum: {line}", err=True))
