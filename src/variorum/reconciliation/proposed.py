"""The marks of what models proposed, carried from what texts tell to what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from variorum.records import Annotation, ProposalKind, Proposed

Marks = tuple[Proposed, ...] | msgspec.UnsetType


class Proposals:
    """The accepted proposals of all documents, by what they became."""

    def __init__(self, annotations: Mapping[str, Annotation]) -> None:
        self._marks: dict[tuple[ProposalKind, str, int], Proposed] = {}
        for document, annotation in annotations.items():
            for each in annotation.proposals:
                if each.index is not None:
                    self._marks[each.kind, document, each.index] = Proposed(
                        model=each.model,
                        prompt=each.prompt,
                        reply=each.reply,
                        document=document,
                        start=each.start,
                        end=each.end,
                    )

    def of(self, kind: ProposalKind, made_of: Iterable[tuple[str, int]]) -> Marks:
        """The marks of what is made of some of a kind, each a document and a number in it; unset where there are
        none."""
        if not self._marks:
            return msgspec.UNSET
        found = [self._marks[kind, *each] for each in sorted(set(made_of)) if (kind, *each) in self._marks]
        return tuple(found) or msgspec.UNSET


def marked(headline: str, proposed: Marks, accounts: int) -> str:
    """A headline that says so itself where models proposed every account of the event: nothing shows it without."""
    if isinstance(proposed, msgspec.UnsetType) or len(proposed) < accounts:
        return headline
    return f"{headline} [proposed by model {', '.join(sorted({each.model for each in proposed}))}]"
