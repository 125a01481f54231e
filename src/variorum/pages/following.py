"""Links to pages: several hosts are asked at once, one host never, and what comes stands in the order of the links.

    items ─▶ follow ─▶ the same items, each link replaced by what stands there
               └─▶ as many threads as hosts may be asked at once, each with the earliest link of a host at rest

Links inside links (the entries of a feed) take their place. The order of what comes out depends on no timing: a
result that is early waits for its turn, and while too much waits, only the link whose turn it is is asked for. Of
links that are the same the address is asked for once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from urllib.parse import urlsplit

from variorum.records import Page, Rejection

from .feeds_followed import Link, resolved
from .fetching import Fetcher
from .making import first_line, rejected

Item = Page | Rejection | Link
Order = tuple[int, ...]

_AHEAD = 500  # items that are looked at while a link is waited for: enough that every host has something to give
_STEP = 0.5  # seconds after which a wait looks up
_HELD = 64_000_000  # bytes of pages that wait for their turn; past it only the link whose turn it is is asked for


def follow(
    items: Iterable[Item], fetcher: Fetcher, *, expect: Callable[[int], None] = lambda _: None
) -> Iterator[Page | Rejection]:
    """`items` with every link replaced by what its address gives, in their order; `expect` is told of so many more
    that are to come. A link that gave its page before gives nothing more.

    Where it is closed or interrupted nothing new is asked for; what is under way (one request a host) ends by itself.
    """
    crew = _Crew(fetcher)
    upstream = _Numbered(items)
    waiting: deque[Page | Rejection | _Claim] = deque()

    def pull() -> bool:
        """Take one more item in; whether there was one."""
        number, item = next(upstream, (0, None))
        if item is None:
            return False
        expect(1)
        waiting.append(crew.claim(item, (number,)) if isinstance(item, Link) else item)
        return True

    try:
        while waiting or pull():
            first = waiting.popleft()
            if not isinstance(first, _Claim):
                yield first
                continue
            held = 0
            while not first.job.done and len(waiting) < _AHEAD and held < _HELD and pull():
                held += _size(waiting[-1])
            found = crew.taken(first)
            expect(len(found) - 1)
            waiting.extendleft(reversed(found))
    finally:
        crew.close()


class _Job:
    """One address to be asked, for all links that name it."""

    def __init__(self, link: Link, order: Order) -> None:
        self.link = link
        self.order = order
        self.host = _host(link.url)
        self.begun = self.done = self.taken = self.gave = False
        self.result: list[Page | Rejection | _Claim] = []


class _Claim:
    """A link's place in the order: its job, and the words of its own."""

    def __init__(self, job: _Job, own: Page | None) -> None:
        self.job = job
        self.own = own


class _Numbered(Iterator[tuple[int, Item]]):
    def __init__(self, items: Iterable[Item]) -> None:
        self._items = enumerate(items)

    def __next__(self) -> tuple[int, Item]:
        return next(self._items)


class _Crew:
    """The threads that ask, and what they share. Every field is guarded by `_changed`."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._changed = threading.Condition()
        self._jobs: dict[tuple[str, str], _Job] = {}
        self._queues: dict[str, list[tuple[Order, int, _Job]]] = {}
        self._queued = 0
        self._busy: set[str] = set()
        self._threads: list[threading.Thread] = []
        self._awaited: _Job | None = None
        self._held = 0
        self._closed = False

    def claim(self, link: Link, order: Order) -> _Claim:
        """A place for a link; its address is asked for as soon as its host's turn comes."""
        with self._changed:
            return self._claim(link, order)

    def taken(self, claim: _Claim) -> list[Page | Rejection | _Claim]:
        """What a link gives in its place, waited for. What its address gave comes at the first place that names it; at
        a later one only words of its own do, where the address gave no page."""
        job = claim.job
        with self._changed:
            self._awaited = job
            self._changed.notify_all()
            # In steps: where another library has had system calls restarted after signals, a wait without an end is
            # not woken by an interrupt.
            while not self._changed.wait_for(lambda: job.done, _STEP):
                pass
            self._awaited = None
            found: list[Page | Rejection | _Claim] = [] if job.taken else job.result
            if not job.taken:
                self._held -= sum(map(_size, found))
                job.taken, job.result = True, []
            self._changed.notify_all()
        return found if job.gave or claim.own is None else [claim.own]

    def close(self) -> None:
        """Let nothing new begin."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _claim(self, link: Link, order: Order) -> _Claim:
        job = self._jobs.get((link.kind, link.url))
        if job is None:
            job = self._jobs[link.kind, link.url] = _Job(link._replace(own=None), order)
        if not job.begun and order <= job.order:
            job.order = order
            self._queued += 1
            heappush(self._queues.setdefault(job.host, []), (order, self._queued, job))
            if len(self._threads) < self._fetcher.hosts:
                self._threads.append(threading.Thread(target=self._work, name="fetch", daemon=True))
                self._threads[-1].start()
            self._changed.notify()
        return _Claim(job, link.own)

    def _work(self) -> None:
        while (job := self._begun()) is not None:
            try:
                found = resolved(job.link, self._fetcher)
            except Exception as error:  # a defect of ours costs this address alone
                detail = f"could not be fetched: {type(error).__name__}: {first_line(error)}"
                found = [rejected(job.link.url, "fault", detail)]
            with self._changed:
                job.gave = len(found) != 1 or not isinstance(found[0], Rejection)
                job.result = [
                    self._claim(each, (*job.order, number)) if isinstance(each, Link) else each
                    for number, each in enumerate(found)
                ]
                self._held += sum(map(_size, job.result))
                self._busy.discard(job.host)
                job.done = True
                self._changed.notify_all()

    def _begun(self) -> _Job | None:
        """The next job, its host busy from now on; None in the end."""
        with self._changed:
            while not self._closed:
                job = self._next()
                if job is not None:
                    job.begun = True
                    self._busy.add(job.host)
                    return job
                self._changed.wait()
        return None

    def _next(self) -> _Job | None:
        """The job whose turn it is, else the earliest one of all hosts that nobody asks, while there is room for what
        it gives."""
        awaited = self._awaited
        if awaited is not None and not awaited.begun and awaited.host not in self._busy:
            return awaited
        best: tuple[Order, int, _Job] | None = None
        for host in [host for host, queue in self._queues.items() if host not in self._busy]:
            queue = self._queues[host]
            while queue and queue[0][2].begun:
                heappop(queue)
            if not queue:
                del self._queues[host]
            elif best is None or queue[0] < best:
                best = queue[0]
        return best[2] if best is not None and self._held < _HELD else None


def _size(item: Page | Rejection | _Claim) -> int:
    page = item.own if isinstance(item, _Claim) else item
    return len(page.content) if isinstance(page, Page) else 0


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""
