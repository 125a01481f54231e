"""When a host may be asked, and for what: its robots.txt, a pause between requests, rest after a failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Protocol

from protego import Protego

from .options import ROBOT, FetchOptions
from .refusal import Refusal
from .urls import Target

_DAY = 86_400.0


class Clock(Protocol):
    """Wall time in seconds since 1970, and waiting. Tests put another in its place."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class SiteState(NamedTuple):
    """What is known of one site: its robots.txt (None: not read, or it holds no more) until when it holds. Under a
    host's own name: before when it must not be asked, and how often in a row it failed."""

    robots: str | None = None
    robots_until: float = 0.0
    not_before: float = 0.0
    failures: int = 0


class Memory(Protocol):
    """Where the states of sites are kept between runs."""

    def site(self, site: str) -> SiteState: ...

    def keep_site(self, site: str, state: SiteState) -> None: ...


class ShortMemory:
    """Keeps the states of sites for one run."""

    def __init__(self) -> None:
        self._states: dict[str, SiteState] = {}

    def site(self, site: str) -> SiteState:
        return self._states.get(site, SiteState())

    def keep_site(self, site: str, state: SiteState) -> None:
        self._states[site] = state


class Politeness:
    """Lets requests to one host through one at a time, spaced, and as its robots.txt says. Safe to use from several
    threads; hosts do not wait for one another. A host is one over http and https, but each has its own robots.txt
    (RFC 9309 §2.3)."""

    def __init__(self, options: FetchOptions, memory: Memory, clock: Clock) -> None:
        self._options = options
        self._memory = memory
        self._clock = clock
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._parsed: dict[str, tuple[str, Protego]] = {}

    def lock(self, target: Target) -> threading.Lock:
        """Held while a request to the target's host goes on."""
        with self._guard:
            return self._locks.setdefault(target.host, threading.Lock())

    def wait(self, target: Target) -> float:
        """Wait for the turn of the target's host; gives the seconds waited. Call it with the host's lock held.

        Raises Refusal "postponed" where the turn comes later than `patience_seconds`.
        """
        pause = self._memory.site(target.host).not_before - self._clock.now()
        if pause > max(_DAY, self._options.backoff_most, self._options.host_seconds) + 1:
            pause = 0.0  # no rest is that long: the clock was set back since
        if pause > self._options.patience_seconds:
            raise Refusal("postponed", f"{target.host} asks for a rest of {_duration(pause)} more")
        if pause > 0:
            self._clock.sleep(pause)
        return max(pause, 0.0)

    def check(self, target: Target, read: Callable[[], str | None]) -> None:
        """Raises Refusal "refused" where the site's robots.txt disallows the target, "postponed" where it cannot be
        read for now. `read` gets it (None: it cannot be read) and is called where none that still holds is known."""
        state = self._memory.site(target.site)
        left = state.robots_until - self._clock.now()
        if state.robots is None or not 0 < left <= self._options.robots_seconds:  # more, where the clock was set back
            text = read()
            state = self._memory.site(target.site)
            if text is None:
                raise Refusal("postponed", f"the robots.txt of {target.host} cannot be read for now")
            until = self._clock.now() + self._options.robots_seconds
            state = state._replace(robots=text, robots_until=until)
            self._memory.keep_site(target.site, state)
        if not self._rules(target.site, state.robots or "").can_fetch(target.url, ROBOT):
            raise Refusal("refused", f"the robots.txt of {target.host} disallows it")

    def done(self, target: Target) -> None:
        """A request went well: the next one comes after the pause."""
        rules = self._rules(target.site, self._memory.site(target.site).robots or "")
        asked = rules.crawl_delay(ROBOT) or 0.0
        if (rate := rules.request_rate(ROBOT)) and rate.requests > 0:
            asked = max(asked, rate.seconds / rate.requests)
        pause = max(self._options.host_seconds, min(asked, _DAY))
        self._memory.keep_site(target.host, SiteState(not_before=self._clock.now() + pause))

    def failed(self, target: Target, retry_after: str | None = None) -> None:
        """A request failed for the site's state: it rests, longer each time in a row, or as long as it says."""
        state = self._memory.site(target.host)
        rest = min(self._options.backoff_seconds * 2 ** min(state.failures, 30), self._options.backoff_most)
        rest = max(rest, min(self._asked(retry_after), _DAY))
        self._memory.keep_site(
            target.host, state._replace(not_before=self._clock.now() + rest, failures=state.failures + 1)
        )

    def _rules(self, site: str, text: str) -> Protego:
        with self._guard:
            held = self._parsed.get(site)
            if held is None or held[0] != text:
                held = (text, Protego.parse(text))
                self._parsed[site] = held
            return held[1]

    def _asked(self, retry_after: str | None) -> float:
        """Seconds of a Retry-After header, which holds a number or a date."""
        value = (retry_after or "").strip()
        if value.isascii() and value.isdigit():
            return float(value[:12])
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self._clock.now()) if value else 0.0
        except (ValueError, TypeError, OverflowError):
            return 0.0


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.0f} h"
