"""A page's view-model as HTML.

A page is made in two steps: its module reads an edition into a frozen view-model (`view`), and `render` fills a
template with it. What the template may ask beside the view is in its `Site`: where other pages are, and who looks. A
served page and a published one differ in their site alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from variorum.exports import wording

from .static_files import PREFIX, static_files
from .tokens import Scope

API = "/api/v1"
Parameters = Mapping[str, object]


@dataclass(frozen=True)
class Site:
    """Where things are, seen from one page, and what its reader may do. `csrf` goes into every form that writes, as the
    field `csrf`. This one is a server's; a site of plain files has another `page` and `asset`."""

    scopes: frozenset[Scope] = frozenset()
    csrf: str = ""
    here: str = "/"
    """The path of the page itself, by which the navigation knows it."""
    is_served: bool = True
    """Whether a server stands behind the page: only then are there forms, searches and downloads."""
    finalize: Callable[[object], object] | None = None
    """What every value passes before it is escaped and shown."""

    def page(self, name: str, id_: str = "", query: Parameters | None = None, fragment: str = "") -> str:
        """The address of a page: ``site.page("events", event.id)``; "" is the overview. What is empty or None in
        `query` is left out, and lists and tuples give one parameter an item."""
        path = "/" + "/".join(quote(part, safe="") for part in (name, id_) if part)
        return path + parameters(query) + (f"#{fragment}" if fragment else "")

    def export(self, format_: str, query: Parameters) -> str:
        """The address of a download of the events that the filters leave; the API's filters have the same names."""
        return f"{API}/exports/{format_}{parameters(query)}"

    def asset(self, name: str) -> str | None:
        """The address of a style sheet, a script or the map's land; None where it was not built."""
        file = static_files().get(name)
        return PREFIX + file.hashed if file is not None else None

    def note(self, words: str) -> str:
        """A reason's note, as it may be shown."""
        return words

    def may(self, scope: Scope) -> bool:
        return self.is_served and scope in self.scopes

    @property
    def navigation(self) -> tuple[tuple[str, str, bool], ...]:
        """Label and address of each entry, and whether it is the page itself."""
        from .pages import NAVIGATION

        entries = ((label, self.page(name)) for label, name, scope in NAVIGATION if scope is None or self.may(scope))
        return tuple((label, address, address == self.here) for label, address in entries)


@dataclass(frozen=True)
class Chosen:
    """The parameters of the page's address, and the addresses that differ from it in some: filters stand in the address
    and nowhere else."""

    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, name: str, default: str = "") -> str:
        return (self.given.get(name) or (default,))[0]

    def all(self, name: str) -> tuple[str, ...]:
        return self.given.get(name, ())

    def but(self, **changed: object) -> dict[str, object]:
        """The parameters with some of them changed, and those left out that are None."""
        return {name: value for name, value in {**self.given, **changed}.items() if value is not None}


def parameters(query: Parameters | None) -> str:
    """``?a=1&b=2``, or nothing."""
    told: list[tuple[str, str]] = []
    for name, value in (query or {}).items():
        values = value if isinstance(value, list | tuple) else (value,)
        told += [(name, str(each)) for each in values if each is not None and each != ""]
    return f"?{urlencode(told)}" if told else ""


def render(template: str, view: object, site: Site) -> str:
    """The template of this name under `templates/`, filled in with the names `view` and `site`. Every value is escaped,
    and a missing one is an error."""
    return _environment(site.finalize).get_template(template).render(view=view, site=site)


def compile_templates() -> None:
    """Compile every template now, so that nobody waits for it."""
    environment = _environment(None)
    for name in environment.list_templates(["j2"]):
        environment.get_template(name)


@lru_cache(4)
def _environment(finalize: Callable[[object], object] | None = None) -> Environment:
    made = Environment(
        loader=PackageLoader("variorum.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
    names: dict[str, Any] = {"wording": wording}
    made.globals.update(names)
    made.filters["counted"] = counted
    return made


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 event", "1,200 events"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
