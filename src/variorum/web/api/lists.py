"""Everything else that an edition holds: stories, origins, claims, links, contradictions, derivations, statements."""

from __future__ import annotations

from litestar import Response
from litestar.params import FromPath

from variorum.records import Claim, Contradiction, Derivation, Link, Origin, Statement, Story

from .queries import After, Limit
from .reading import Asked, Listing, page, read, shelf_of


class Stories(Listing, frozen=True, kw_only=True):
    """Some of the stories."""

    stories: tuple[Story, ...]


class Origins(Listing, frozen=True, kw_only=True):
    """Some of the origins, by id."""

    origins: tuple[Origin, ...]


class Claims(Listing, frozen=True, kw_only=True):
    """Some of the claims."""

    claims: tuple[Claim, ...]


class Links(Listing, frozen=True, kw_only=True):
    """Some of the links between events."""

    links: tuple[Link, ...]


class Contradictions(Listing, frozen=True, kw_only=True):
    """Some of the contradictions."""

    contradictions: tuple[Contradiction, ...]


class Derivations(Listing, frozen=True, kw_only=True):
    """Some of the edges between documents."""

    derivations: tuple[Derivation, ...]


class Statements(Listing, frozen=True, kw_only=True):
    """Some of the statements that several documents carry, by id."""

    statements: tuple[Statement, ...]


@read("/stories", summary="Stories, in the edition's order")
def stories(request: Asked, after: After = None, limit: Limit = 100) -> Response[Stories]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Story, after, limit)
    return page(request, Stories(stories=found, next=more), more)


@read("/stories/{story:str}", summary="One story: its events and documents")
def story(request: Asked, story: FromPath[str]) -> Story:
    with shelf_of(request).now() as edition:
        return edition.story(story)


@read("/origins", summary="Independent origins, by id")
def origins(request: Asked, after: After = None, limit: Limit = 100) -> Response[Origins]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Origin, after, limit)
    return page(request, Origins(origins=found, next=more), more)


@read("/origins/{origin:str}", summary="One origin and the documents that have it")
def origin(request: Asked, origin: FromPath[str]) -> Origin:
    with shelf_of(request).now() as edition:
        return edition.origin(origin)


@read("/claims", summary="Who says what, in exact words")
def claims(request: Asked, after: After = None, limit: Limit = 100) -> Response[Claims]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Claim, after, limit)
    return page(request, Claims(claims=found, next=more), more)


@read("/links", summary="What answers what")
def links(request: Asked, after: After = None, limit: Limit = 100) -> Response[Links]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Link, after, limit)
    return page(request, Links(links=found, next=more), more)


@read("/contradictions", summary="What cannot both be true")
def contradictions(request: Asked, after: After = None, limit: Limit = 100) -> Response[Contradictions]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Contradiction, after, limit)
    return page(request, Contradictions(contradictions=found, next=more), more)


@read("/derivations", summary="Whose words are in whose text")
def derivations(request: Asked, after: After = None, limit: Limit = 100) -> Response[Derivations]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Derivation, after, limit)
    return page(request, Derivations(derivations=found, next=more), more)


@read("/statements", summary="What several documents quote")
def statements(request: Asked, after: After = None, limit: Limit = 100) -> Response[Statements]:
    with shelf_of(request).now() as edition:
        found, more = edition.some(Statement, after, limit)
    return page(request, Statements(statements=found, next=more), more)


HANDLERS = [stories, story, origins, origin, claims, links, contradictions, derivations, statements]
