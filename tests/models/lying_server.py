"""A model's server that says whatever a test tells it to: real sockets, no model."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Said = bytes | Iterator[bytes]
Script = Callable[[str], Said]
"""What is answered to a passage, as it goes over the wire from the status line on."""

MODEL = "tiny-proposer"
NOTHING: dict[str, Any] = {"events": [], "claims": [], "links": []}


def raw(body: bytes | str, status: int = 200, **headers: str) -> bytes:
    """A whole HTTP answer; underscores of header names stand for hyphens."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", "Connection: close", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(content)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


def says(answer: object, **fields: Any) -> bytes:
    """An envelope around an answer: text as it is, anything else as JSON. `fields` change the envelope."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    choice |= {key: fields.pop(key) for key in ("message", "finish_reason") if key in fields}
    usage = {"prompt_tokens": 500, "completion_tokens": 50}
    return raw(json.dumps({"model": MODEL, "choices": [choice], "usage": usage, **fields}))


class LyingServer:
    """Answers by `script`; keeps the passages, bodies and headers of what it was asked."""

    def __init__(self) -> None:
        self.script: Script = lambda _: says(NOTHING)
        self.passages: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.others: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                shown = json.loads(body["messages"][1]["content"])
                server.bodies.append(body)
                server.passages.append(shown["passage"])
                server.headers.append(dict(self.headers))
                said = server.script(shown["passage"])
                with suppress(OSError):  # the client may go, as it should
                    for chunk in [said] if isinstance(said, bytes) else said:
                        self.wfile.write(chunk)
                        self.wfile.flush()

            def do_GET(self) -> None:
                server.others.append(self.path)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
