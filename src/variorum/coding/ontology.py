"""The ontology: types, modes, quads, scores, contexts and the lexicon, read from TOML that a user can replace."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from variorum.errors import OntologyError
from variorum.records import Record
from variorum.world.states import States

from .contexts import Contexts, read_context_words
from .lexicon import WORD_CLASSES, Lexicon, Pattern, read_classes, read_patterns, with_acts

QUADS = ("", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
PACKAGED = "ontology.toml"


class Mode(Record, frozen=True, kw_only=True):
    """A finer kind of a type; `score` is on PLOVER's conflict–cooperation scale (-10 to 10)."""

    code: str
    score: float
    definition: str = ""


class EventType(Record, frozen=True, kw_only=True):
    """One type. `quad` is 1 to 4 (`QUADS`); `recipient_required` drops mentions without one. Examples are ours."""

    code: str
    quad: int
    score: float
    definition: str
    recipient_required: bool = False
    modes: Mapping[str, Mode]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def cooperative(self) -> bool:
        return self.quad in (1, 2)

    @property
    def material(self) -> bool:
        return self.quad in (2, 4)


class Ontology(Record, frozen=True, kw_only=True):
    """A whole ontology. `becomes` says what an event turns into under promise, refusal, demand, threat and ending:
    ``becomes["refuse"]["AID"]`` is ``("REJECT", "assist")``; the key ``*`` stands for every other event."""

    name: str
    version: str
    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    context_words: Contexts
    becomes: Mapping[str, Mapping[str, tuple[str, str | None]]]
    lexicon: Lexicon

    @staticmethod
    def load(path: str | Path | None = None) -> Ontology:
        """The packaged PLOVER ontology, or the one in the TOML file `path`.

        Lexicon files that it names are looked for beside it, then among the packaged ones. Raises `OntologyError`
        with the file and the reason.
        """
        return _packaged() if path is None else _load(Path(path))

    def score(self, code: str, mode: str | None = None) -> float:
        """The conflict–cooperation score of a type, of its mode where that has one."""
        kind = self.types[code]
        return kind.modes[mode].score if mode is not None and mode in kind.modes else kind.score

    def scales(self) -> dict[str, float]:
        """Every score, by ``TYPE`` and ``TYPE/mode``."""
        found = {code: kind.score for code, kind in self.types.items()}
        for code, kind in self.types.items():
            found.update({f"{code}/{mode.code}": mode.score for mode in kind.modes.values()})
        return found


@cache
def _packaged() -> Ontology:
    return _load(Path(str(resources.files("variorum") / "data" / PACKAGED)))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: is not UTF-8 text: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{path}: is not TOML: {error}") from error


def _load(path: Path) -> Ontology:
    whole = _read(path)
    try:
        types = {code: _type(code, table) for code, table in whole["types"].items()}
        becomes = {
            kind: {on: _outcome(text) for on, text in table.items()} for kind, table in whole.get("becomes", {}).items()
        }
        ontology = Ontology(
            name=whole["name"],
            version=str(whole["version"]),
            types=types,
            contexts={str(code): str(text) for code, text in whole.get("contexts", {}).items()},
            becomes=becomes,
            context_words=_context_words(path, whole),
            lexicon=_lexicon(path, whole),
        )
    except KeyError as error:
        raise OntologyError(f"{path}: the key {error} is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise OntologyError(f"{path}: {error}") from error
    _check(ontology, path)
    return ontology


def _type(code: str, table: Mapping[str, Any]) -> EventType:
    modes = {
        name: Mode(code=name, score=float(row.get("score", table["score"])), definition=str(row.get("definition", "")))
        for name, row in table.get("modes", {}).items()
    }
    return EventType(
        code=code,
        quad=int(table["quad"]),
        score=float(table["score"]),
        definition=str(table["definition"]),
        recipient_required=bool(table.get("recipient_required", False)),
        modes=modes,
        examples=tuple(table.get("examples", ())),
        counterexamples=tuple(table.get("counterexamples", ())),
    )


def _outcome(text: str) -> tuple[str, str | None]:
    code, _, mode = text.partition("/")
    return code, mode or None


def _world() -> dict[str, list[str]]:
    """The word classes that the world fills, and no list of ours: ``@state`` names, ``@people`` of all states."""
    states, peoples = set[str](), set[str]()
    for state in States.load():
        states.update(name.lower() for name in state.names if " " not in name)
        peoples.update(name.lower() for name in (*state.demonyms, *state.adjectives) if " " not in name)
    return {"state": sorted(states), "people": sorted(peoples)}


def _files(path: Path, whole: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The ontology file itself and those that it names, each with its name."""
    packaged = Path(str(resources.files("variorum") / "data"))
    files: list[tuple[str, Mapping[str, Any]]] = [(path.name, whole)]
    for name in whole.get("lexicon", ()):
        beside = path.parent / name
        files.append((name, _read(beside if beside.exists() else packaged / name)))
    return files


def _context_words(path: Path, whole: Mapping[str, Any]) -> Contexts:
    known = tuple(str(code) for code in whole.get("contexts", {}))
    words = read_context_words([table.get("context_words", {}) for _, table in _files(path, whole)])
    if unknown := [code for code in words if code not in known]:
        raise ValueError(f"there are words for the unknown context {unknown[0]!r}")
    return Contexts(words, known)


def _lexicon(path: Path, whole: Mapping[str, Any]) -> Lexicon:
    """The patterns of the ontology file itself and of all files that it names, as one."""
    files = _files(path, whole)
    tables = _world()
    for _, content in files:
        for name, words in content.get("classes", {}).items():
            tables.setdefault(name, []).extend(words)
    classes = read_classes(tables, path.name)
    merged: dict[str, dict[str, tuple[Pattern, ...]]] = {part: {} for part in WORD_CLASSES}
    for file, content in files:
        for part in WORD_CLASSES:
            for lemma, rows in read_patterns(content.get(part, ()), classes, file).items():
                both = (*merged[part].get(lemma, ()), *rows)
                merged[part][lemma] = tuple(sorted(both, key=lambda row: -row.rank))
    nominal = {verb: nouns for _, content in files for verb, nouns in content.get("nominal", {}).items()}
    merged["nouns"] = with_acts(merged["nouns"], merged["verbs"], nominal)
    return Lexicon(classes=classes, **merged)


def _check(ontology: Ontology, path: Path) -> None:
    """Every code that is used is defined."""
    for kind in ontology.types.values():
        if not 1 <= kind.quad <= 4:
            raise OntologyError(f"{path}: the quad of {kind.code} is {kind.quad}, not 1 to 4")

    def known(code: str | None, mode: str | None, where: str) -> None:
        if code is None or code == "same":
            return
        if code not in ontology.types:
            raise OntologyError(f"{path}: {where} gives the unknown type {code!r}")
        if mode is not None and mode not in ontology.types[code].modes:
            raise OntologyError(f"{path}: {where} gives {code} the unknown mode {mode!r}")

    for name, table in ontology.becomes.items():
        for on, (code, mode) in table.items():
            known(code, mode, f"becomes.{name}.{on}")
    for part in (ontology.lexicon.verbs, ontology.lexicon.nouns, ontology.lexicon.operators):
        for rows in part.values():
            for row in rows:
                known(row.type, row.mode, f"pattern {row.source!r}")
                if row.kind is None and row.type is None:
                    raise OntologyError(f"{path}: pattern {row.source!r} has neither type nor kind")
