"""The way in: a one-time address, or a token in a form, becomes a session's cookie."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from variorum.web.gate import COOKIE
from variorum.web.options import ServeOptions
from variorum.web.tokens import Sessions, TokenFile

from .answering import Asked, EntranceView, html, shown


@get("/enter", status_code=200)
async def enter(request: Asked) -> Response[Any]:
    """The address that the server prints, or a form for a token."""
    token = request.query_params.get("token", "")
    if not token:
        return html(shown(request, "entrance.html.j2", EntranceView()))
    return _entered(request, token, "This address has been used. Start `variorum serve` again for a new one.")


@post("/enter", status_code=200)
async def give_token(request: Asked) -> Response[Any]:
    token = (await request.form()).get("token", "")
    return _entered(request, token if isinstance(token, str) else "", "Nothing is opened by this token.")


def _entered(request: Asked, token: str, refused: str) -> Response[Any]:
    sessions: Sessions = request.app.state.sessions
    options: ServeOptions = request.app.state.shelf.options
    secret = sessions.enter(token)
    if secret is None and options.tokens is not None and TokenFile(options.tokens).scopes_of(token.strip()) is not None:
        secret = token.strip()
    if secret is None:
        return html(shown(request, "entrance.html.j2", EntranceView(refused)), 401)
    answer: Response[Any] = Redirect("/", status_code=303)
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", path="/")
    return answer


HANDLERS = [enter, give_token]
