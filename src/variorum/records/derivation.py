"""Derivations: which text was used in which, and the origins that stand behind the documents."""

from __future__ import annotations

from typing import Literal

from .base import Feature, Record, Span

DerivationKind = Literal["verbatim", "abridged", "paraphrase", "quotes-only", "common-source"]

ONE_ORIGIN: tuple[DerivationKind, ...] = ("verbatim", "abridged", "paraphrase", "common-source")
"""Kinds that make two documents one witness, the strongest tie first."""

ChangeKind = Literal["number", "name", "place", "date", "polarity", "added", "dropped", "reworded"]


class Passage(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """Aligned characters of the two texts of a derivation. `quoted` where both stand inside quotation marks."""

    source: Span
    target: Span
    quoted: bool = False


class Change(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """A difference inside aligned prose; one side is None where a thing was added or dropped."""

    kind: ChangeKind
    source: Span | None
    target: Span | None


class Derivation(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """`source` is the text that was used, `target` the one that used it; where `directed` is False the order of the
    two is by id and says nothing. `score` is 0 to 1 and `features` explain it; `evidence` are sentences for a person.
    """

    source: str
    target: str
    kind: DerivationKind
    directed: bool
    score: float
    passages: tuple[Passage, ...] = ()
    changes: tuple[Change, ...] = ()
    evidence: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()


class OriginPassage(Record, frozen=True, kw_only=True):
    """A part of one document that has an origin of its own (a section of a round-up)."""

    document: str
    span: Span


class Origin(Record, frozen=True, kw_only=True):
    """One witness: the documents that say the same because they have it from the same text.

    `upstream` names that text's maker where credits do; `seen` is False where it is not among the documents.
    """

    id: str
    documents: tuple[str, ...]
    upstream: str | None = None
    seen: bool = True
    passages: tuple[OriginPassage, ...] = ()
    evidence: tuple[str, ...] = ()


class Statement(Record, frozen=True, kw_only=True):
    """Words of someone that several documents carry: a press release or an official's statement, with its variants.
    `speaker` is as the texts word it, or None where none of them says."""

    id: str
    documents: tuple[str, ...]
    passages: tuple[OriginPassage, ...]
    speaker: str | None = None


class Provenance(Record, frozen=True, kw_only=True):
    """What derivation finds for a collection. `origin_of` names each document's one origin (of most of its text)."""

    derivations: tuple[Derivation, ...]
    origins: tuple[Origin, ...]
    origin_of: dict[str, str]
    statements: tuple[Statement, ...] = ()
