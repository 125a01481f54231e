"""Errors as RFC 9457 problem details."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from variorum.errors import (
    DecisionError,
    EditionError,
    ExportError,
    InputError,
    QueryError,
    UnknownIdError,
    VariorumError,
)
from variorum.records import Record

PROBLEM = "application/problem+json"
_WAIT = 60  # seconds after which one who was told to wait may ask again
_log = logging.getLogger(__name__)


class Problem(Record, frozen=True, kw_only=True):
    """What went wrong: a short `title`, the HTTP `status`, and in `detail` a line for a person."""

    type: str
    title: str
    status: int
    detail: str


class StaleError(VariorumError):
    """An edit was made on an edition that has changed since."""


class BusyError(VariorumError):
    """The server does as much of this kind as it may at once: who asks may ask again in a while."""


_STATUS: tuple[tuple[type[VariorumError], int], ...] = (
    (UnknownIdError, 404),
    (StaleError, 412),
    (BusyError, 429),
    (QueryError, 400),
    (DecisionError, 409),
    (ExportError, 400),
    (InputError, 400),
    (EditionError, 503),  # the edition's file is gone, locked or broken: nothing that the request could mend
)


def problem(status: int, detail: str) -> Problem:
    return Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail)


def of_ours(_request: Request[Any, Any, Any], error: VariorumError) -> Response[Problem]:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    headers = {"Retry-After": str(_WAIT)} if status == 429 else None
    return _response(problem(status, told(error)), headers)


def told(error: VariorumError) -> str:
    """What one who reads over the network is told of an error. Where the edition lies, and what a database says of
    itself, is for the log alone."""
    if not isinstance(error, EditionError) or isinstance(error, UnknownIdError):
        return str(error)
    _log.error("%s", error)
    return "the edition cannot be read or written now; the log of the server tells why"


def of_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    detail = error.detail
    if isinstance(error.extra, list):
        detail = "; ".join(f"{item.get('key', '')}: {item.get('message', '')}" for item in error.extra)
    return _response(problem(error.status_code, detail), dict(error.headers or {}))


def of_a_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """What nobody foresaw: told to the log in full, and to the one who asked not at all. But a form whose field is
    neither a file nor text breaks its reader, and that is the form's fault."""
    if isinstance(error, UnicodeDecodeError) and request.content_type[0].startswith("multipart/"):
        return _response(problem(400, "a field of the form is neither a file nor text"))
    if isinstance(error, RecursionError) and request.content_type[0].endswith("json"):
        return _response(problem(400, "the JSON is nested too deeply"))
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _response(problem(500, "the server made a mistake; its log tells which"))


def _response(told: Problem, headers: dict[str, str] | None = None) -> Response[Problem]:
    return Response(told, status_code=told.status, media_type=PROBLEM, headers=headers)


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """How the OpenAPI document tells of problems with these statuses."""
    return {
        status: ResponseSpec(
            Problem, description=HTTPStatus(status).phrase, media_type=PROBLEM, generate_examples=False
        )
        for status in statuses
    }
