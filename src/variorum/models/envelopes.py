"""The envelope of an answer (the chat completions of OpenAI's API), opened without trust."""

from __future__ import annotations

import re

import msgspec

from .cache import CachedReply
from .settings import ModelSettings

_DATED = re.compile(r"-\d{4}-?\d{2}-?\d{2}")  # servers add the day of a snapshot to the name that was asked
_DETAIL = 200


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct, frozen=True):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Envelope(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...] = ()
    model: str | None = None
    usage: _Usage | None = None


def opened(key: str, body: bytes, asked: int, settings: ModelSettings) -> CachedReply:
    """The reply in a body. `asked` are the bytes of the question, by which its tokens are counted where the server
    tells none that can be."""
    unread = CachedReply(key=key, model=settings.model, tokens_in=_estimated(asked))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return msgspec.structs.replace(unread, failure="not-text", detail="it is no UTF-8")
    try:
        envelope = msgspec.json.decode(text, type=_Envelope)
    except (msgspec.DecodeError, RecursionError) as error:
        return msgspec.structs.replace(unread, failure="no-answer", detail=str(error)[:_DETAIL])
    choice = envelope.choices[0] if envelope.choices else None
    said = choice.message.content if choice is not None else None
    usage = envelope.usage or _Usage()
    counted = msgspec.structs.replace(
        unread,
        tokens_in=usage.prompt_tokens if usage.prompt_tokens > 0 else _estimated(asked),
        tokens_out=usage.completion_tokens if usage.completion_tokens > 0 else _estimated(len(said or "")),
    )
    if choice is not None and (choice.message.refusal or choice.finish_reason == "content_filter"):
        told = choice.message.refusal or "a filter"
        return msgspec.structs.replace(counted, failure="refusal", detail=told[:_DETAIL])
    if choice is None or said is None:
        return msgspec.structs.replace(counted, failure="no-answer", detail="the envelope holds no answer")
    if choice.finish_reason == "length":
        return msgspec.structs.replace(counted, failure="cut-off", detail="the answer was longer than it may be")
    if not _is_asked(envelope.model, settings.model):
        told = f"{envelope.model or 'no model'} answered"[:_DETAIL]
        return msgspec.structs.replace(counted, failure="another-model", detail=told)
    return msgspec.structs.replace(counted, model=envelope.model or settings.model, text=said)


def _is_asked(answered: str | None, asked: str) -> bool:
    if answered is None:
        return False
    return answered == asked or (answered.startswith(asked) and _DATED.fullmatch(answered, len(asked)) is not None)


def _estimated(size: int) -> int:
    """Tokens of so many bytes, rather too many than too few."""
    return size // 3 + 1
