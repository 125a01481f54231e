"""An edition as a site of plain files: the same pages from the same templates, with no server behind them.

Links are relative, so the folder can be opened from a disk or put on any host. What needs a server (searching, ruling,
adding, comparing whole texts) has no page; what would need a request (the map's land) has none either, and its table
stands alone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from variorum.errors import ExportError
from variorum.exports.privacy import Pseudonyms
from variorum.identity import digest
from variorum.pipeline import Edition, Progress
from variorum.pipeline.exporting import note
from variorum.pipeline.published import PublishOptions, pseudonyms, published
from variorum.records import EditionDocument, Story

from .pages import documents, dossier, overview, story
from .rendering import Chosen, Parameters, Site, render
from .static_files import static_files

MARK = ".variorum-site"
"""The file that tells a site made here, which may be replaced, from any other folder."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}")
_OURS = re.compile(r"[a-z]{1,2}-[0-9a-f]{16}")
_OFFLINE = frozenset({"variorum.css", "desk.css", "app.js", "timeline.js", "icon.svg"})
"""Files that a page opened from a disk can load: no modules, and nothing that is fetched."""


@dataclass(frozen=True)
class Plain(Site):
    """A site of plain files, seen from a page `above` it ("" or "../"). `has` are the pages that there are."""

    is_served: bool = False
    above: str = ""
    has: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    names: Pseudonyms | None = None

    def page(self, name: str, id_: str = "", query: Parameters | None = None, fragment: str = "") -> str:
        """Filters of lists are a server's; so are the words of a text in their place, which is not published."""
        if (name, id_) not in self.has:
            return f"{self.above}index.html"
        anchor = f"#{fragment}" if fragment and fragment != "words" else ""
        return self.above + address(name, id_, hides=self.names is not None) + anchor

    def asset(self, name: str) -> str | None:
        file = static_files().get(name)
        return f"{self.above}static/{file.hashed}" if file is not None and name in _OFFLINE else None

    def note(self, words: str) -> str:
        return words if self.names is None else self.names.note(words)

    @property
    def navigation(self) -> tuple[tuple[str, str, bool], ...]:
        return (("Overview", self.page(""), self.here == "/"),)


def address(name: str, id_: str = "", *, hides: bool = False) -> str:
    """The file of a page. An id that could lead elsewhere, or that some file system could not hold, is hashed; so is,
    with `hides`, every one that is of the user's own making, for it may be made of a name."""
    if not name:
        return "index.html"
    hashed = f"x-{digest(id_.encode('utf-8', 'surrogatepass'))[:16]}"
    safe = id_ if _SAFE.fullmatch(id_) and (_OURS.fullmatch(id_) or not hides) else hashed
    return f"{name}/{safe}.html"


class Published(NamedTuple):
    """How many pages were written, and why that could not be noted in the log of custody, where it could not."""

    pages: int
    problem: str | None


def publish(
    edition: Edition,
    folder: Path,
    *,
    secret: bytes,
    options: PublishOptions | None = None,
    progress: Progress | None = None,
) -> Published:
    """Write the edition as a site into a folder, whole or not at all; a site that was written there before is replaced.
    `secret` is what pseudonyms are made with. The site is noted in the edition's log of custody. Raises ExportError
    where the folder holds something else, or cannot be written."""
    options = options or PublishOptions()
    progress = progress or Progress()
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder}: is there and is no site of an edition; name another folder, or empty this one")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise ExportError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        with edition.snapshot() as frozen:
            names = None
            if options.privacy.pseudonyms:
                names = pseudonyms(frozen, lambda: secret, bylines=options.privacy.bylines)
            number = _write(published(frozen, options), unfinished, names, progress)
        unfinished.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        unfinished.replace(folder)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    privacy = options.privacy
    detail = {"names": "shown"} if not privacy.pseudonyms else {}
    target = edition.target
    problem = note(target, "site", folder, {**detail, "places": privacy.places}) if target is not None else None
    return Published(number, problem)


def _write(edition: Edition, folder: Path, names: Pseudonyms | None, progress: Progress) -> int:
    pages = list(_pages(edition))
    has = frozenset((name, id_) for name, id_, _, _ in pages)
    progress.begin("Pages", len(pages))
    told = partial(_told, names) if names is not None else None  # one for all: templates are kept for each
    for name, id_, template, view in pages:
        site = Plain(
            here=f"/{name}" if name else "/",
            above="../" if name else "",
            has=has,
            names=names,
            finalize=told,
        )
        path = folder / address(name, id_, hides=names is not None)
        path.parent.mkdir(exist_ok=True)
        path.write_text(render(template, view(), site), encoding="utf-8", errors="replace")
        progress.advance()
    (folder / "static").mkdir()
    for file in static_files().values():
        if file.name in _OFFLINE:
            (folder / "static" / file.hashed).write_bytes(file.content)
    (folder / MARK).write_text("a site that `variorum publish` wrote, and replaces\n", encoding="utf-8")
    progress.end()
    return len(pages)


Page = tuple[str, str, str, Callable[[], object]]


def _pages(edition: Edition) -> Iterator[Page]:
    """Every page: its name and id, its template, and what reads its view."""
    nothing = Chosen()
    yield "", "", "overview.html.j2", lambda: overview.view(edition)
    for each in edition.each(Story):
        yield "stories", each.id, "story.html.j2", partial(story.view, edition, each.id, nothing)
    for event in edition.find():
        yield "events", event.id, "dossier.html.j2", partial(dossier.view, edition, event.id, nothing)
    for line in edition.each(EditionDocument):
        if line.rejected is None:
            yield "documents", line.id, "document.html.j2", partial(documents.quoted_view, edition, line.id)


def _told(names: Pseudonyms, value: object) -> object:
    """A value as a published page tells it: no private name, and no address with one in it."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return names.told(names.address(value) if value.startswith(("http://", "https://")) else value)
