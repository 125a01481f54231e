"""What a user says of a model, in one TOML file."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from variorum.errors import InputError
from variorum.records import OpenReason, Record

_Count = Annotated[int, msgspec.Meta(ge=0)]
_Least = Annotated[int, msgspec.Meta(ge=1)]
_Positive = Annotated[float, msgspec.Meta(gt=0)]
_Price = Annotated[float, msgspec.Meta(ge=0)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Name = Annotated[str, msgspec.Meta(pattern=r"^[\w.:/@+-][\w .:/@+-]{0,199}$")]


class Budget(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The most that one run may spend; what comes from a cache costs nothing. A run stops asking before the request
    that could go beyond any of them.

    `requests` counts every attempt, `tokens` those of prompts and answers. `money` counts where prices are given, for
    a million tokens of prompts (`price_in`) and answers (`price_out`), in whatever money these are told in.
    """

    requests: _Count = 200
    tokens: _Count = 500_000
    money: _Price | None = None
    price_in: _Price = 0.0
    price_out: _Price = 0.0


class ModelSettings(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which model is asked of what, and how far. Sizes are bytes, times seconds.

    `endpoint` is the address before ``/chat/completions``, `model` the name that it must answer with. `key_env` names
    the environment variable that holds the key: the key itself stands in no file. `cache` is a file of JSON lines,
    beside the settings unless it is absolute. `reasons` are the kinds of open passages that are asked about, `passages`
    the most of them in a run. `format` is how the answer's form is demanded, for servers that know only some ways; the
    temperature is 0 and the `seed` is sent.

    A connection is waited for `connect_seconds`; a reply ends after `seconds` and `reply_bytes`, an answer after
    `answer_tokens`. A busy server is asked `tries` times in all, after waiting as it says up to `patience`; `failures`
    in a row end the asking. `budget` bounds what a run spends.
    """

    endpoint: _Word
    model: _Name
    key_env: _Word | None = None
    cache: _Word = "model-replies.jsonl"
    reasons: tuple[OpenReason, ...] = ("untold", "reported", "unknown")
    passages: _Count = 1_000
    format: Literal["json_schema", "json_object", "none"] = "json_schema"
    seed: int = 0
    seconds: _Positive = 60.0
    connect_seconds: _Positive = 10.0
    reply_bytes: _Least = 200_000
    answer_tokens: _Least = 800
    tries: _Least = 3
    patience: _Price = 30.0
    failures: _Least = 3
    budget: Budget = Budget()

    @property
    def address(self) -> str:
        """Where questions are sent."""
        return f"{self.endpoint.rstrip('/')}/chat/completions"

    def secret(self) -> str | None:
        """The key, out of the environment. Raises InputError where the settings name one that is not set."""
        if self.key_env is None:
            return None
        if not (value := os.environ.get(self.key_env, "").strip()):
            raise InputError(f"the environment variable {self.key_env} holds no key for the model")
        if not (value.isascii() and value.isprintable()):
            raise InputError(f"what the environment variable {self.key_env} holds is no key")
        return value


def read_settings(path: Path) -> ModelSettings:
    """The settings of a file, their cache beside it. Raises InputError, in a line, where they cannot be used."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no TOML: {error}") from error
    if any(name in told for name in ("key", "api_key", "token", "secret")):
        raise InputError(f"{path}: a key does not belong in a file; name an environment variable with key_env")
    try:
        settings = msgspec.convert(told, ModelSettings)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {error}") from error
    return msgspec.structs.replace(settings, cache=str(path.parent / settings.cache))
