"""An address as given to the one that may be connected to, or why none may.

Stricter than browsers on purpose: where two parsers could read an address in two ways, it is refused.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

import idna

from .addresses import not_public
from .options import FetchOptions
from .refusal import Refusal

_DEFAULT_PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")  # white space, controls, the slash of another system
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_DOTTED = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}", re.ASCII)
_BRACKETED = re.compile(r"\[[0-9a-f:.]+\](?::\d*)?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
# Names that resolve inside a machine, a house or an organisation: RFC 6761, 6762, 7686, 8375 and 9476, and those
# that ICANN keeps from delegation because so many networks use them.
_LOCAL = frozenset(
    (
        "localhost",
        "local",
        "localdomain",
        "internal",
        "intranet",
        "private",
        "lan",
        "home",
        "corp",
        "mail",
        "arpa",
        "onion",
        "alt",
        "invalid",
        "test",
    )
)
_KEPT = "!$&'()*+,;=:@/?-._~%[]"  # what stands in a path or query as it is (RFC 3986), escapes included


class Target(NamedTuple):
    """A checked address: `url` as it is written out again, without fragment; `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str
    url: str

    @property
    def site(self) -> str:
        """What one robots.txt holds for: scheme, host and port."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def is_literal(self) -> bool:
        """Whether the host is an address rather than a name."""
        return ":" in self.host or _DOTTED.fullmatch(self.host) is not None


def check_url(url: str, options: FetchOptions) -> Target:
    """The target of an address. Raises Refusal with reason "refused" where it must not be fetched.

    Refused are schemes other than http and https, user names and passwords, ports that `options` lacks, names of
    local networks and names without a dot, numeric hosts in any notation but the usual one, addresses that are not
    public, and characters that parsers read differently. International names become ASCII as browsers have it
    (UTS 46), before any of these checks.
    """
    if len(url) > options.url_length:
        raise _refused(f"the address is longer than {options.url_length} characters")
    if _FORBIDDEN.search(url):
        raise _refused("the address holds white space, a control character or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused(f"the address is not well formed ({error})") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise _refused("only http and https addresses are fetched")
    if "@" in parts.netloc:
        raise _refused("the address holds a user name or password")
    host = _host(parts.netloc, parts.hostname or "")
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in options.ports:
        raise _refused(f"port {port} is not one that pages are fetched from")
    try:
        path, query = quote(parts.path or "/", safe=_KEPT), quote(parts.query, safe=_KEPT)
    except UnicodeError as error:
        raise _refused("the address is no Unicode text") from error
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == _DEFAULT_PORTS[parts.scheme] else f"{shown}:{port}"
    whole = f"{path}?{query}" if query else path
    return Target(parts.scheme, host, port, whole, urlunsplit((parts.scheme, netloc, path, query, "")))


def _host(netloc: str, host: str) -> str:
    if not host:
        raise _refused("the address names no host")
    if netloc.startswith("["):
        if not _BRACKETED.fullmatch(netloc):
            raise _refused("the host is not well formed")
        return _public(host)
    if "%" in host or ":" in host or "[" in netloc or "]" in netloc:
        raise _refused("the host is not well formed")
    try:
        name = idna.encode(host, uts46=True, std3_rules=False).decode("ascii") if not host.isascii() else host
    except (idna.IDNAError, UnicodeError) as error:
        raise _refused("the host is no valid international name") from error
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused("the host is not well formed")
    if _NUMBER.fullmatch(labels[-1]):
        if not _DOTTED.fullmatch(name):
            raise _refused("the host is a number in an unusual notation")
        return _public(name)
    if labels[-1] in _LOCAL or len(labels) == 1:
        raise _refused(f"{name} is a name of a local network")
    return name


def _public(address: str) -> str:
    if problem := not_public(address):
        raise _refused(f"{address} is not on the public internet: {problem}")
    return str(ip_address(address))


def _refused(detail: str) -> Refusal:
    return Refusal("refused", detail)
