"""How pages are answered: in a thread, under a policy that lets nothing in from elsewhere, and with errors as pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from http import HTTPStatus
from typing import Any

import anyio.to_thread
from litestar import MediaType, Request, Response, get
from litestar.exceptions import HTTPException, NotFoundException, PermissionDeniedException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from variorum.errors import VariorumError
from variorum.web.api import PREFIX
from variorum.web.gate import PAGE_POLICY, csrf_of, needs
from variorum.web.problems import of_a_fault, of_http, of_ours
from variorum.web.rendering import Chosen, Site, render
from variorum.web.shelf import Shelf

Asked = Request[Any, Any, Any]


def page(path: str, *, seeks: bool = False) -> Callable[[Callable[[Asked], Any]], HTTPRouteHandler]:
    """A handler that reads an edition and gives HTML, or a response of its own, as a redirect. What `seeks` may have to
    go through the whole edition: of those few are answered at once."""

    def made(answer: Callable[[Asked], Any]) -> HTTPRouteHandler:
        @wraps(answer)
        async def answered(request: Asked) -> Response[Any]:
            lane = shelf_of(request).seekers if seeks else None
            found = await anyio.to_thread.run_sync(partial(answer, request), limiter=lane)
            return found if isinstance(found, Response) else html(found)

        answered.__annotations__ = {"request": Asked, "return": Response[Any]}
        return get(path, guards=[needs("read")], status_code=200)(answered)

    return made


def html(text: str, status: int = 200) -> Response[str]:
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=HEADERS)


HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "same-origin",  # under "no-referrer" a form tells the origin "null", as another site's would
}


def shelf_of(request: Asked) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def site_of(request: Asked) -> Site:
    """The site as who asks may see it."""
    return Site(scopes=request.scope["state"].get("scopes", frozenset()), csrf=csrf_of(request), here=request.url.path)


def chosen_of(request: Asked) -> Chosen:
    """The parameters of the request's address."""
    names = dict.fromkeys(request.query_params)
    return Chosen({name: tuple(request.query_params.getall(name)) for name in names})


def shown(request: Asked, template: str, view: object) -> str:
    """`render` for who asks."""
    return render(template, view, site_of(request))


def moved(request: Asked, name: str, id_: str) -> Response[Any]:
    """A page stands under its whole id: who asks by the beginning of it, or by an id that it had, is sent there."""
    address = site_of(request).page(name, id_, dict(chosen_of(request).given))
    # Not to be remembered by a browser: a merge that is taken back brings the event back.
    return Redirect(address, status_code=308, headers={"Cache-Control": "no-cache"})


async def form_of(request: Asked) -> Mapping[str, Any]:
    """The fields of a form that writes. Raises PermissionDeniedException where it does not carry the session's token:
    it was not made by a page of this server for this reader."""
    fields: Mapping[str, Any] = await request.form()
    if fields.get("csrf", "") != csrf_of(request):
        raise PermissionDeniedException("this form is not from a page of this session; load the page again")
    return fields


@dataclass(frozen=True)
class EntranceView:
    """`refused` is why the token that was given opens nothing."""

    refused: str = ""


@dataclass(frozen=True)
class Fault:
    """Why there is no page: the HTTP status, its name, and a line for a person."""

    status: int
    title: str
    detail: str


def fault(site: Site, status: int, detail: str) -> str:
    """The page that says why there is none."""
    return render("fault.html.j2", Fault(status, HTTPStatus(status).phrase, detail), site)


def refusal(status: int, why: str) -> str:
    """What the gate tells a browser that it does not let in: who has no session may give a token."""
    if status == 401:
        return render("entrance.html.j2", EntranceView(), Site(here="/enter"))
    return fault(Site(), status, why)


def _told(problem: Callable[[Asked, Any], Response[Any]]) -> Callable[[Asked, Any], Response[Any]]:
    """What went wrong, to a program as the API tells it and to a reader of pages as a page."""

    def answer(request: Asked, error: Any) -> Response[Any]:
        found = problem(request, error)
        if request.url.path.startswith(f"{PREFIX}/"):
            return found
        why = "there is no such page here" if isinstance(error, NotFoundException) else found.content.detail
        return html(fault(site_of(request), found.content.status, why), found.content.status)

    return answer


FAULTS: dict[Any, Any] = {VariorumError: _told(of_ours), HTTPException: _told(of_http), Exception: _told(of_a_fault)}
"""Who answers which exception."""
