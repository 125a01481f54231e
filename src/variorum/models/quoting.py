"""Where the words of a proposal stand. A model is asked for words and never for numbers: offsets are found here."""

from __future__ import annotations

import re

from variorum.records import Document, RejectedFor, Span

from .prompt import prompt_words

_WORD = re.compile(r"\w")
_TO_MACHINES = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.!?]{0,40}\b(?:instructions?|prompts?|rules)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b|\bas an? (?:AI|language model|assistant)\b"
    r"|\b(?:AI|LLM|language model|chatbot|assistant)s?\b[^.!?]{0,40}\b(?:must|should|shall|have to|are to)\b"
    r"|\byou (?:are|must|will|should) (?:now |only )?(?:an? )?(?:AI|assistant|answer|output|respond|reply|return)\b"
    r"|<\|?/?(?:im_start|im_end|system|user|assistant)\|?>|\[/?INST\]|\"(?:events|claims|links)\"\s*:",
    re.IGNORECASE,
)


class Rejected(Exception):  # noqa: N818 - it is an outcome, and ends as a Proposal
    """A proposal that a check turns down: by which check, and what was found."""

    def __init__(self, reason: RejectedFor, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def speaks_to_machines(text: str) -> bool:
    """Whether words are addressed to whoever reads with a program. They are no news, and are neither asked about nor
    believed."""
    return _TO_MACHINES.search(text) is not None


def quotation(document: Document, passage: Span, quote: str) -> Span:
    """The characters of a quotation, which stands once in the passage, and there in whole words. Raises Rejected."""
    if speaks_to_machines(passage.of(document.text)):
        raise Rejected("speaks-to-machines", "the passage is addressed to programs that read it")
    found = _whole_words(document.text, passage, quote)
    if len(found) == 1:
        return found[0]
    if found:
        raise Rejected("ambiguous", f"it stands {len(found)} times in the passage")
    if quote in passage.of(document.text):
        raise Rejected("not-quoted", "it cuts a word")
    if quote in prompt_words():
        raise Rejected("from-the-prompt", "it stands in the prompt, and not in the passage")
    if quote in document.text:
        raise Rejected("outside-the-passage", "it stands elsewhere in the document")
    raise Rejected("not-quoted", "it does not stand in the passage")


def inside(document: Document, within: Span, words: str, reason: RejectedFor, what: str) -> Span:
    """The characters of words that stand once inside a quotation. Raises Rejected with `reason`."""
    found = _whole_words(document.text, within, words)
    if len(found) > 1:
        raise Rejected("ambiguous", f"the {what} stands {len(found)} times in the quotation")
    if not found:
        raise Rejected(reason, f"the {what} {words[:80]!r} does not stand in the quotation")
    return found[0]


def all_inside(document: Document, within: Span, words: str) -> list[Span]:
    """All places in a quotation where words stand."""
    return _whole_words(document.text, within, words)


def _whole_words(text: str, within: Span, words: str) -> list[Span]:
    found = []
    at = text.find(words, within.start, within.end)
    while at >= 0:
        span = Span(at, at + len(words))
        if not (_joined(text, span.start) or _joined(text, span.end)):
            found.append(span)
        at = text.find(words, at + 1, within.end)
    return found


def _joined(text: str, at: int) -> bool:
    """Whether a word goes on over a boundary between two characters."""
    return 0 < at < len(text) and _WORD.match(text[at - 1]) is not None and _WORD.match(text[at]) is not None


def line(told: str, most: int = 300) -> str:
    """What a proposal says, in one printable line that is no longer than `most`."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in told).split())
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
