"""``variorum serve`` as a command."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import shutil
import signal
import socket
import subprocess
import sys
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


def test_the_address_is_told_once_it_answers_and_ctrl_c_ends_in_order(made: Path, tmp_path: Path) -> None:
    own = shutil.copy(made, tmp_path)  # of the other one jobs may be open
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "variorum", "serve", str(own), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert f"open http://127.0.0.1:{port}/enter?token=" in line
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as asking:
            asking.request("GET", "/enter?token=" + line.partition("token=")[2].split()[0])
            assert asking.getresponse().status == 303
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, rest) == (0, "")


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
