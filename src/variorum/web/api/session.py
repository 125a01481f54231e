"""The way from a one-time token to a session."""

from __future__ import annotations

from typing import Annotated

from litestar import post
from litestar.exceptions import NotAuthorizedException
from litestar.params import Body

from variorum.records import Record
from variorum.web.problems import documented
from variorum.web.tokens import Sessions

from .reading import Asked


class OneTime(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token that the server printed when it began."""

    token: str


class Session(Record, frozen=True, kw_only=True):
    """A session's token, to be sent as ``Authorization: Bearer …``; it is good until the server stops."""

    token: str


@post(
    "/session",
    summary="A session for a one-time token, which is then spent",
    responses=documented(400, 401, 403, 421),
    status_code=201,
    security=[],
)
async def enter(request: Asked, data: Annotated[OneTime, Body(description="The token.")]) -> Session:
    sessions: Sessions = request.app.state.sessions
    session = sessions.enter(data.token)
    if session is None:
        raise NotAuthorizedException("this token opens nothing, or has been used")
    return Session(token=session)


HANDLERS = [enter]
