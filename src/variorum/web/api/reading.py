"""How everything that is read is answered: with the state of the edition as its ETag, and pages with links."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from functools import partial, wraps
from threading import BoundedSemaphore
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

import anyio.to_thread
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from variorum.records import Record
from variorum.web.gate import needs
from variorum.web.problems import BusyError, documented
from variorum.web.shelf import Shelf

T = TypeVar("T")
Asked = Request[Any, Any, Any]
_UNCHANGED = ResponseSpec(None, description="What the sender has is still so", generate_examples=False)


def read(
    path: str, *, of_edition: bool = True, seeks: bool = False, **more: Any
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A handler that reads: its problems are documented, and it asks for the scope "read". What is `of_edition` is the
    same as long as the edition is: it has an ETag. What `seeks` may have to go through the whole edition: of those few
    are answered at once, so that who opens one thing does not wait for all who search."""
    route = get(
        path,
        guards=[needs("read")],
        responses={**documented(400, 401, 403, 404, 421, 503), **({304: _UNCHANGED} if of_edition else {})},
        **more,
    )
    return lambda answer: route(_in_a_thread(answer, of_edition=of_edition, seeks=seeks))


def _in_a_thread(answer: Callable[..., Any], *, of_edition: bool, seeks: bool) -> Callable[..., Any]:
    """The handler with all that it reads, the state of the edition too, in one transaction of one thread."""

    def answered(request: Asked, **given: Any) -> Any:
        if not of_edition:
            return answer(request=request, **given)
        with shelf_of(request).held() as edition:
            known = _unless_known(request, edition.state)
            return known if known is not None else answer(request=request, **given)

    @wraps(answer)
    async def waited_for(**given: Any) -> Any:
        lane = shelf_of(given["request"]).seekers if seeks else None
        return await anyio.to_thread.run_sync(partial(answered, **given), limiter=lane)

    return waited_for


def _unless_known(request: Asked, state: str) -> Response[None] | None:
    """304 for who has what is asked as the edition now stands; else its answer will say how it stands."""
    etag = f'"{state}"'
    request.state.etag = etag
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Response(None, status_code=304, headers={"ETag": etag})
    return None


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
    """Text that is sent as it is made, to be saved as a file of this name. Raises BusyError."""
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    return download(request, (piece.encode("utf-8", "replace") for piece in text), kind, name)


def download(request: Asked, content: Iterator[bytes], media_type: str, name: str) -> Stream:
    """What is sent as it is made. Raises BusyError where as many are under way as the server lets be: each holds the
    edition open for as long as its reader takes, and those who read slowly must not keep the others out."""
    turns = shelf_of(request).downloads
    if not turns.acquire(blocking=False):
        raise BusyError("too many downloads are under way; try again in a minute")
    return Stream(
        _Turn(content, turns),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Turn:
    """A download that gives its turn back when it is over, read to its end or not."""

    def __init__(self, content: Iterator[bytes], turns: BoundedSemaphore) -> None:
        self._content = content
        weakref.finalize(self, turns.release)

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
