"""Who may do what: tokens by name, of which only the hash is kept, and the sessions of people who opened the page.

A token is 32 random bytes, so guessing one is out of the question and a plain SHA-256 hides it well enough.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

import msgspec

from variorum.errors import InputError
from variorum.records import Record

Scope = Literal["read", "review", "ingest"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""What a token may be good for: reading, ruling on what is one event or one origin, adding documents."""


def tokens_path() -> Path:
    """Where a user's tokens are kept, unless another file is named."""
    from platformdirs import user_config_path

    return user_config_path("variorum") / "tokens.json"


class Token(Record, frozen=True, kw_only=True):
    """A token without its secret: `digest` is the SHA-256 of that."""

    name: str
    scopes: tuple[Scope, ...]
    digest: str


class TokenFile:
    """The tokens in a JSON file that its owner alone may read. It is read anew for every change and every look, so a
    token that was taken away is refused at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def tokens(self) -> tuple[Token, ...]:
        """By name; none where there is no file. Raises InputError where it cannot be read."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=tuple[Token, ...])
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError) as error:
            raise InputError(f"{self.path}: no file of tokens: {error}") from error

    def add(self, name: str, scopes: Iterable[Scope]) -> str:
        """Make a token and give its secret, which is kept nowhere. Raises InputError where the name is taken."""
        found = self.tokens()
        if any(token.name == name for token in found):
            raise InputError(f"there is a token called {name!r} already; take it away first")
        secret = new_secret()
        made = Token(name=name, scopes=tuple(s for s in SCOPES if s in set(scopes)), digest=digest_of(secret))
        self._write((*found, made))
        return secret

    def remove(self, name: str) -> None:
        """Raises InputError where there is none of the name."""
        found = self.tokens()
        kept = [token for token in found if token.name != name]
        if len(kept) == len(found):
            raise InputError(f"there is no token called {name!r}")
        self._write(kept)

    def scopes_of(self, secret: str) -> frozenset[Scope] | None:
        """What a secret is good for; None where it is no token's."""
        given = digest_of(secret)
        for token in self.tokens():
            if hmac.compare_digest(token.digest, given):
                return frozenset(token.scopes)
        return None

    def _write(self, tokens: Iterable[Token]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(sorted(tokens, key=lambda t: t.name)), indent=2))
            unfinished.replace(self.path)
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written: {error.strerror}") from error


class Sessions:
    """The sessions of one run of the server. A one-time token opens the first; it is then spent."""

    def __init__(self) -> None:
        self._open: dict[str, frozenset[Scope]] = {}
        self._one_time: set[str] = set()

    def one_time(self) -> str:
        """A token that opens one session, which may do everything."""
        secret = new_secret()
        self._one_time.add(digest_of(secret))
        return secret

    def enter(self, secret: str) -> str | None:
        """The secret of a new session for a one-time token; None where that is spent or none."""
        try:
            self._one_time.remove(digest_of(secret))
        except KeyError:
            return None
        return self.begin(frozenset(SCOPES))

    def begin(self, scopes: frozenset[Scope]) -> str:
        session = new_secret()
        self._open[digest_of(session)] = scopes
        return session

    def scopes_of(self, secret: str) -> frozenset[Scope] | None:
        return self._open.get(digest_of(secret))


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
