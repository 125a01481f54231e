"""Asking: the cache first, then the endpoint where that is allowed and paid for, one question after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from variorum.pages.fetching.exchange import Network
from variorum.pages.fetching.politeness import Clock, SystemClock
from variorum.records import Annotation, Document, ModelReply, Record, Span

from .cache import CachedReply, ReplyCache
from .client import Endpoint
from .envelopes import opened
from .prompt import PROMPT_VERSION, Question, passage_digest, question
from .quoting import speaks_to_machines
from .settings import ModelSettings

_MILLION = 1_000_000


class Asked(Record, frozen=True, kw_only=True):
    """What asking came to. `passages` were open, `cached` answered by a cache or the edition, `unasked` by nobody;
    `addressed` speak to programs that read them, and no one was asked of them. `requests` were sent, which cost
    `tokens` and `money`. `failures` counts replies that cannot be used, by why. `stopped` says in a line why asking
    ended before all was asked, None where it did not."""

    passages: int
    cached: int
    unasked: int
    addressed: int
    requests: int
    tokens: int
    money: float
    failures: dict[str, int]
    stopped: str | None


class Asker:
    """Asks one model, and keeps what it says. Without `may_ask` nothing is sent anywhere, and only what is known
    answers. Raises InputError where the settings or the cache cannot be used."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        may_ask: bool = False,
        network: Network | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self._clock = clock or SystemClock()
        self._cache = ReplyCache(Path(settings.cache))
        self._endpoint = Endpoint(settings, network=network, clock=self._clock) if may_ask else None
        self._stopped = None if may_ask else "nothing may be asked without --allow-network"
        self._passages = self._cached = self._unasked = self._addressed = self._requests = self._tokens = 0
        self._money = 0.0
        self._in_a_row = 0
        self._failures: Counter[str] = Counter()

    def asked(self) -> Asked:
        """What asking came to so far."""
        return Asked(
            passages=self._passages,
            cached=self._cached,
            unasked=self._unasked,
            addressed=self._addressed,
            requests=self._requests,
            tokens=self._tokens,
            money=round(self._money, 6),
            failures=dict(sorted(self._failures.items())),
            stopped=self._stopped if self._unasked else None,
        )

    def replies(self, document: Document, annotation: Annotation, known: Iterable[ModelReply]) -> list[ModelReply]:
        """What the model says of a document's open passages that is not `known` yet, in text order."""
        held = {reply.key: reply for reply in known}
        found = []
        for passage in annotation.open:
            if passage.reason not in self.settings.reasons:
                continue
            self._passages += 1
            span = Span(passage.start, passage.end)
            if speaks_to_machines(span.of(document.text)):
                self._addressed += 1
                continue
            if self._passages > self.settings.passages:
                self._unasked += 1
                self._stopped = self._stopped or f"a run asks of {self.settings.passages} passages"
                continue
            asked = question(document, annotation, span, self.settings)
            reply = self._reply(asked, held)
            if reply is None:
                self._unasked += 1
                continue
            if reply.failure is not None:
                self._failures[reply.failure] += 1
            told = ModelReply(
                key=asked.key,
                model=reply.model,
                prompt=PROMPT_VERSION,
                start=span.start,
                end=span.end,
                digest=passage_digest(document, span),
                text=reply.text,
                failure=reply.failure,
            )
            if held.get(asked.key) != told:
                found.append(told)
        return found

    def _reply(self, asked: Question, held: Mapping[str, ModelReply]) -> CachedReply | None:
        """The reply to a question: what is known for good, else what is told now, else what failed before."""
        known = self._cache.get(asked.key)
        if known is None and (told := held.get(asked.key)) is not None:
            known = CachedReply(key=told.key, model=told.model, text=told.text, failure=told.failure)
        if known is not None and known.is_final:
            self._cached += 1
            return known
        fresh = self._ask(asked)
        if fresh is None:
            self._cached += known is not None
            return known
        self._cache.add(fresh)
        return fresh

    def _ask(self, asked: Question) -> CachedReply | None:
        """What the endpoint says now; None where it is not asked."""
        if self._endpoint is None or self._stopped is not None:
            return None
        failed: CachedReply | None = None
        for attempt in range(self.settings.tries):
            if not self._affords(asked):
                return failed
            self._requests += 1
            heard = self._endpoint.ask(asked.body)
            if heard.body is not None:
                reply = opened(asked.key, heard.body, len(asked.body), self.settings)
                self._pay(reply)
                self._in_a_row = 0
                return reply
            self._spend(*self._worst(asked))  # it may have been worked out all the same, and nobody told what it took
            failed = CachedReply(
                key=asked.key, model=self.settings.model, failure=heard.failure, detail=heard.detail[:200]
            )
            if heard.hopeless:
                self._stopped = f"{heard.detail}: the settings do not fit the endpoint"
            if heard.wait is None:
                break
            if heard.wait > self.settings.patience:
                self._stopped = f"{heard.detail}, and asks to come back after {heard.wait:.0f} s"
                break
            if attempt + 1 < self.settings.tries:
                self._clock.sleep(max(heard.wait, float(2**attempt)) if heard.failure == "http-error" else heard.wait)
        self._in_a_row += 1
        if self._in_a_row >= self.settings.failures and self._stopped is None and failed is not None:
            self._stopped = f"{self._in_a_row} questions in a row failed ({failed.detail})"
        return failed

    def _affords(self, asked: Question) -> bool:
        """Whether the budget bears one more request at its worst."""
        budget = self.settings.budget
        most_in, most_out = self._worst(asked)
        money = self._money + self._price(most_in, most_out)
        if self._requests >= budget.requests:
            self._stopped = f"the budget of {budget.requests} requests is spent"
        elif self._tokens + most_in + most_out > budget.tokens:
            self._stopped = f"the budget of {budget.tokens} tokens does not bear another request"
        elif budget.money is not None and money > budget.money:
            self._stopped = f"the budget of {budget.money:g} in money does not bear another request"
        return self._stopped is None

    def _worst(self, asked: Question) -> tuple[int, int]:
        """The most tokens that a question and its answer can take."""
        return len(asked.body) // 3 + 1, self.settings.answer_tokens

    def _pay(self, reply: CachedReply) -> None:
        self._spend(reply.tokens_in, reply.tokens_out)

    def _spend(self, tokens_in: int, tokens_out: int) -> None:
        self._tokens += tokens_in + tokens_out
        self._money += self._price(tokens_in, tokens_out)

    def _price(self, tokens_in: int, tokens_out: int) -> float:
        budget = self.settings.budget
        return (tokens_in * budget.price_in + tokens_out * budget.price_out) / _MILLION
