"""Every limit and habit of fetching, in one record."""

from __future__ import annotations

from importlib.metadata import version

from variorum.records import Record

ROBOT = "variorum"  # the name that robots.txt files may address


class FetchOptions(Record, frozen=True, kw_only=True):
    """How the network is used. Sizes are bytes, times are seconds.

    `contact` is an e-mail or web address that the user agent names, so that the owner of a site can reach whoever
    runs this copy. `ports` are the only ports that are connected to, `url_length` characters the most that an address
    may have. An address is followed over at most `redirects` redirects, never from https to http unless `downgrade`.
    One fetch, all its redirects included, ends after `total_seconds`, whatever the server does, and reading a
    robots.txt before it after as many more; `connect_seconds` and `read_seconds` bound its single steps.

    `body_bytes` bounds a page after decompression, as much as reading takes from a disk; `ratio` is how often larger
    than what came over the wire it may be, once it is over `ratio_from` (HTML shrinks to a tenth, seldom a fiftieth;
    a bomb to a thousandth). `head_bytes` bounds a head that never ends.

    `host_seconds` pass between two requests to one host, more where its robots.txt asks for it; a fetch waits for its
    turn up to `patience_seconds` and is put off where its turn comes later. `hosts` are fetched from at once.
    `robots_seconds` is how long a robots.txt holds (RFC 9309 §2.4 says a day at most), `robots_bytes` how much of it
    is read (§2.5 asks for 500 KiB at least). After a failure a host rests for `backoff_seconds`, twice as long after
    each further one, up to `backoff_most`; a Retry-After of the server's is kept to, up to a day.
    """

    contact: str | None = None
    ports: tuple[int, ...] = (80, 443)
    url_length: int = 4_096
    redirects: int = 5
    downgrade: bool = False
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    body_bytes: int = 20_000_000
    ratio: int = 100
    ratio_from: int = 1_000_000
    head_bytes: int = 128_000
    host_seconds: float = 2.0
    patience_seconds: float = 120.0
    hosts: int = 4
    robots_seconds: float = 86_400.0
    robots_bytes: int = 512_000
    backoff_seconds: float = 60.0
    backoff_most: float = 21_600.0

    @property
    def user_agent(self) -> str:
        """What every request says of itself: the program, its version and whom to write to."""
        named = "".join(c for c in self.contact or "" if c.isascii() and c.isprintable() and c not in "();")
        contact = f"; contact: {named}" if named else ""
        return f"{ROBOT}/{version('variorum')} (reads news for research{contact})"
