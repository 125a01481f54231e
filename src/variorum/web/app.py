"""The application: API, pages, gate and errors put together, and the server that runs it."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.to_thread
from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from variorum import __version__
from variorum.errors import InputError
from variorum.store import place

from . import pages
from .api import PREFIX, document_query, event_query, router
from .described import Described
from .gate import ASSETS, Gate
from .options import ServeOptions
from .pages.answering import FAULTS, refusal
from .pages.warming import warm
from .shelf import Shelf
from .tokens import Sessions, TokenFile
from .worker import Worker

if TYPE_CHECKING:
    from uvicorn import Server

Say = Callable[[str], None]

_KEEP_ALIVE = 75  # seconds: longer than clients and proxies keep a connection, so that it is they who close it
# Seconds for which one thread has the interpreter while others wait. Each answer goes from the loop to a thread and
# back, and waits that long several times: with Python's own 0.005 an event's page took 300 ms at p95, now 124.
_TURN = 0.0005
_GZIP = 3  # a list of events in a third of the time of zlib's own choice, a tenth larger


def create_app(
    edition: str | Path,
    options: ServeOptions | None = None,
    *,
    sessions: Sessions | None = None,
    worker: Worker | None = None,
    ready: Callable[[], None] | None = None,
) -> Gate:
    """The ASGI application over an edition; its `app` is what stands behind it. What writes is done by the
    process of `worker`, or by one of its own. `ready` is called when all is read that the first pages need. Raises
    EditionError where the edition cannot be opened, InputError where it would be open to others with nothing to tell
    them apart."""
    options = options or ServeOptions()
    if options.is_public and (options.tokens is None or not TokenFile(options.tokens).tokens()):
        raise InputError(f"{options.host}: others reach this address; name a file of tokens (`variorum tokens --help`)")
    sessions = sessions or Sessions()
    shelf = Shelf(edition, options, worker)

    @asynccontextmanager
    async def open_while_served(app: Litestar) -> AsyncIterator[None]:
        await anyio.to_thread.run_sync(warm, app.state)
        if ready is not None:
            ready()
        shelf.jobs.resume()
        yield
        shelf.close()

    app = Litestar(
        [router(), pages.router()],
        state=State({"shelf": shelf, "sessions": sessions}),
        lifespan=[open_while_served],
        dependencies={
            "event_query": Provide(event_query, sync_to_thread=False),
            "document_query": Provide(document_query, sync_to_thread=False),
        },
        exception_handlers=FAULTS,
        request_max_body_size=options.upload_bytes,
        compression_config=CompressionConfig(
            "gzip", gzip_compress_level=_GZIP, minimum_size=1_000, exclude=["/jobs/[^/]*/events$", f"^{ASSETS}"]
        ),
        openapi_config=OpenAPIConfig(
            title="Variorum",
            version=__version__,
            description="Every account of an event, side by side.",
            path=f"{PREFIX}/schema",
            render_plugins=[Described(path="/openapi.json")],
            components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
            security=[{"token": []}],
            use_handler_docstrings=True,
        ),
        logging_config=None,
    )
    return Gate(app, options, sessions, refusal)


def serve(edition: str | Path, options: ServeOptions, *, say: Say) -> None:
    """Serve an edition until the process is told to stop. `say` is told the address. Raises as `create_app` does, and
    InputError where nothing can be listened on there."""
    import uvicorn

    sys.setswitchinterval(_TURN)
    sessions = Sessions()
    app = create_app(edition, options, sessions=sessions, ready=_keep)
    listening = _listening(options.host, options.port)
    address = (
        f"http://[{options.host}]:{options.port}" if ":" in options.host else f"http://{options.host}:{options.port}"
    )
    assert isinstance(app.app, Litestar)
    if number := app.app.state.shelf.jobs.resume():
        say(f"taken up again: {number} job{'s' * (number != 1)} left open by a server that ended")
    told = (
        f"serving {place(edition)} at {address}"
        if options.is_public
        else f"serving {place(edition)}; open {address}/enter?token={sessions.one_time()} (it works once)"
    )
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=_KEEP_ALIVE)
    with suppress(KeyboardInterrupt):  # which uvicorn passes on when it has ended in order
        _telling(uvicorn.Server(config), partial(say, told)).run(sockets=[listening])


def _telling(server: Server, tell: Callable[[], None]) -> Server:
    """The server, which tells where it is as soon as it answers there."""
    begin = server.startup

    async def startup(sockets: list[socket.socket] | None = None) -> None:
        await begin(sockets)
        if server.started:
            tell()

    server.startup = startup  # type: ignore[method-assign]
    return server


def _keep() -> None:
    """Take what a server holds from its start on out of the collector's sight: modules, templates and the queue of a
    large edition are half a million objects, and going through them stops every answer for half a second."""
    gc.collect()
    gc.freeze()


def _listening(host: str, port: int) -> socket.socket:
    """A socket that is bound. Raises InputError where another program has the port, or the host is not this one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: on such alone asyncio sends small answers at once (TCP_NODELAY), others wait 40 ms for each other.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise InputError(f"{host}:{port}: cannot be listened on: {error.strerror}; --port names another") from error
    return bound
