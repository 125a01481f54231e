"""``variorum serve`` as a command."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import TestClient

from variorum.cli import main
from variorum.web import app


def test_a_port_that_another_program_has_is_told_before_any_address(made: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", str(made), "--port", str(port)])
    assert done.exit_code == 1
    assert f"127.0.0.1:{port}: cannot be listened on" in done.stderr
    assert "token" not in done.stderr


def test_answers_are_sent_at_once() -> None:
    async def first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        given = writer.get_extra_info("socket")
        delayed.append(given.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0)
        writer.close()

    async def served() -> None:
        bound = app._listening("127.0.0.1", 0)
        server = await asyncio.start_server(first, sock=bound)
        reader, writer = await asyncio.open_connection(*bound.getsockname())
        await reader.read()
        writer.close()
        server.close()

    delayed: list[bool] = []
    with ThreadPoolExecutor(1) as pool:  # a browser that another test left open has a loop in this thread
        pool.submit(asyncio.run, served()).result()
    assert delayed == [False]


def test_a_server_is_ready_once_it_is_warm(made: Path) -> None:
    queued: list[bool] = []
    gate = app.create_app(made, ready=lambda: queued.append("queues" in state))
    assert isinstance(gate.app, Litestar)
    state = gate.app.state
    with TestClient(gate.app):
        assert queued == [True]
