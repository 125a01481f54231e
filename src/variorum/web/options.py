"""How an edition is served."""

from __future__ import annotations

from pathlib import Path

from variorum.records import Record

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ServeOptions(Record, frozen=True, kw_only=True):
    """`host` and `port` are what is listened on; beyond the loopback only with `tokens`, the file of who may do what.
    `names` are further names that the server is called by: a request that calls it otherwise is refused, for a page of
    another site may have made its own name point here. `allow_network` lets addresses be read that are sent in;
    `upload_bytes` is the most that one request may send. `workers` are the processes of a job that annotates;
    `jobs` is the folder in which jobs are kept until they ended, one beside the edition without it;
    `secret` is the file that pseudonyms of downloads are made with, the user's own without it.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    tokens: Path | None = None
    allow_network: bool = False
    upload_bytes: int = 200_000_000
    workers: int = 1
    jobs: Path | None = None
    secret: Path | None = None

    @property
    def is_public(self) -> bool:
        return self.host not in LOOPBACK

    @property
    def called(self) -> frozenset[str]:
        """Every name, in lower case and without a port, that a request may call the server by."""
        wild = self.host in ("0.0.0.0", "::")
        return frozenset(name.lower() for name in (*LOOPBACK, "[::1]", *self.names, *(() if wild else (self.host,))))
