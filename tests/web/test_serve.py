"""``variorum serve`` as a command."""

from __future__ import annotations

import socket
from pathlib import Path

from click.testing import CliRunner

from variorum.cli import main


def test_a_port_that_another_program_has_is_told_before_any_address(made: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["serve", str(made), "--port", str(port)])
    assert done.exit_code == 1
    assert f"127.0.0.1:{port}: cannot be listened on" in done.stderr
    assert "token" not in done.stderr
