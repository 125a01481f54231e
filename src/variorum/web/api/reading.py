"""How everything that is read is answered: with the state of the edition as its ETag, and pages with links."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from functools import partial, wraps
from itertools import chain
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, get_type_hints
from urllib.parse import parse_qsl, urlencode

import anyio.to_thread
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.response import Stream

from variorum.errors import QueryError, UnknownEventError
from variorum.records import Record
from variorum.web.gate import needs
from variorum.web.problems import PROBLEM, BusyError, Problem, documented, problem
from variorum.web.shelf import Shelf
from variorum.web.tokens import Scope

from .queries import document_query, event_query

T = TypeVar("T")
Asked = Request[Any, Any, Any]
_UNCHANGED = ResponseSpec(None, description="What the sender has is still so", generate_examples=False)


class Reads(Record, frozen=True, kw_only=True):
    """How a handler reads. What is `of_edition` is the same as long as the edition is: it has an ETag. What `seeks` may
    have to go through the whole edition: of those few are answered at once, so that who opens one thing does not wait
    for all who search. What `streams` is still read when the answer has begun."""

    of_edition: bool = True
    seeks: bool = False
    streams: bool = False


def read(
    path: str,
    *,
    of_edition: bool = True,
    seeks: bool = False,
    streams: bool = False,
    scopes: tuple[Scope, ...] = ("read",),
    **more: Any,
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A handler that reads, as `Reads` says: its problems are documented, and it asks for any of the scopes."""
    route = get(
        path,
        guards=[needs(*scopes)],
        responses={
            **documented(
                400, 401, 403, 404, 421, 503, *((308,) if "{event:str}" in path else ()), *((429,) if streams else ())
            ),
            **({304: _UNCHANGED} if of_edition else {}),
        },
        **more,
    )
    how = Reads(of_edition=of_edition, seeks=seeks, streams=streams)
    return lambda answer: route(_in_a_thread(answer, how))


def _in_a_thread(answer: Callable[..., Any], how: Reads) -> Callable[..., Any]:
    """The handler with all that it reads, the state of the edition too, in one transaction of one thread. A parameter
    that it does not have is told, and not passed over."""
    known = frozenset(parameters(answer))

    def answered(request: Asked, **given: Any) -> Any:
        _check_parameters(request, known)
        if not how.of_edition:
            return answer(request=request, **given)
        with shelf_of(request).held() as edition:
            etag = f'"{edition.state}"'
            request.state.etag = etag
            if not how.streams:
                found = answer(request=request, **given)
        if _has(request, etag):  # what there is none of has been told by now
            return Response(None, status_code=304, headers={"ETag": etag})
        return answer(request=request, **given) if how.streams else found

    @wraps(answer)
    async def waited_for(**given: Any) -> Any:
        request: Asked = given["request"]
        lane = shelf_of(request).seekers if how.seeks else None
        try:
            return await anyio.to_thread.run_sync(partial(answered, **given), limiter=lane)
        except UnknownEventError as error:  # to find where it went may take going through the edition
            found = await anyio.to_thread.run_sync(partial(_moved, request, error), limiter=shelf_of(request).seekers)
        return found

    return waited_for


def _moved(request: Asked, error: UnknownEventError) -> Response[Problem]:
    """Where an event is whose id is gone: the same request of the event that now tells what it told, where it stands in
    the path. Raises UnknownEventError where there is none, or where it stands elsewhere, with its new id."""
    with shelf_of(request).now() as edition:
        later = edition.successor(error.id)
    if later is None:
        raise error
    told = f"{error.id} is gone; {later.id} tells now what it told"
    if request.path_params.get("event") != error.id:
        raise UnknownEventError(told, error.id) from error
    address = request.url.path.replace(f"/{error.id}", f"/{later.id}", 1)
    query = f"?{request.url.query}" if request.url.query else ""
    # Not to be remembered by a browser: a merge that is taken back brings the event back.
    headers = {"Location": address + query, "Cache-Control": "no-cache"}
    return Response(problem(308, told), status_code=308, media_type=PROBLEM, headers=headers)


def parameters(answer: Callable[..., Any]) -> Iterator[str]:
    """The query parameters that a handler reads, those of a query of events or documents among them."""
    for name, hint in get_type_hints(answer, include_extras=True).items():
        if name in _QUERIES:
            yield from parameters(_QUERIES[name])
        for told in getattr(hint, "__metadata__", ()):
            if isinstance(told, QueryParameter) and told.name is not None:
                yield told.name


_QUERIES: dict[str, Callable[..., Any]] = {"event_query": event_query, "document_query": document_query}


def _check_parameters(request: Asked, known: frozenset[str]) -> None:
    if odd := sorted(set(request.query_params) - known):
        there = f"there are {', '.join(sorted(known))}" if known else "there are none"
        raise QueryError(f"{odd[0]!r} is no parameter here; {there}")


def _has(request: Asked, etag: str) -> bool:
    """Whether who asks has what is asked as the edition now stands."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return etag in known or "*" in known


def shelf_of(request: Asked) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def page(request: Asked, content: T, after: str | None) -> Response[T]:
    """A page with a ``Link`` to the next one, if there is one: the same request from the position `after`."""
    if after is None:
        return Response(content)
    asked = [(name, value) for name, value in parse_qsl(request.url.query, keep_blank_values=True) if name != "after"]
    address = f"{request.url.path}?{urlencode([*asked, ('after', after)])}"
    return Response(content, headers={"Link": f'<{address}>; rel="next"'})


def pieces(request: Asked, text: Iterator[str], media_type: str, name: str) -> Stream:
    """Text that is sent as it is made, to be saved as a file of this name. Raises as `download` does."""
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return download(request, (piece.encode("utf-8", "replace") for piece in text), kind, name)


def download(request: Asked, content: Iterator[bytes], media_type: str, name: str) -> Stream:
    """What is sent as it is made. Raises BusyError where as many are under way as the server lets be: each holds the
    edition open for as long as its reader takes, and those who read slowly must not keep the others out. Raises what
    the first of its pieces raises."""
    turns = shelf_of(request).downloads
    try:
        turns.get_nowait()
    except Empty:
        raise BusyError("too many downloads are under way; try again in a minute") from None
    try:
        begun = next(content, b"")  # what cannot be written is told before the answer has begun
    except BaseException:
        turns.put(None)
        raise
    return Stream(
        _Turn(chain((begun,), content), turns),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Turn:
    """A download that gives its turn back when it is over, read to its end or not."""

    def __init__(self, content: Iterator[bytes], turns: SimpleQueue[None]) -> None:
        self._content = content
        weakref.finalize(self, turns.put, None)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._content)


class Listing(Record, frozen=True, kw_only=True):
    """Base of the pages of what has no page of its own: `next` is the position of the next page, None at the end."""

    next: str | None = None


class Count(Record, frozen=True, kw_only=True):
    """How many there are."""

    count: int
