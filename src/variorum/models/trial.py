"""One question of an invented sentence: whether an endpoint answers as it must."""

from __future__ import annotations

import msgspec

from variorum.records import Annotation, Block, Document, ReferenceTime, Span

from .answers import read_answer
from .client import Endpoint
from .envelopes import opened
from .prompt import question
from .settings import ModelSettings

_SENTENCE = "The interior ministry of Westhaven banished two envoys of the Sorrel League on Monday, a spokesman said."


def tried(settings: ModelSettings) -> tuple[bool, str]:
    """Whether one question was answered in the form that was asked for, and a line that says so. Raises InputError
    where the endpoint must not be asked."""
    block = Block(start=0, end=len(_SENTENCE), kind="body")
    document = Document(id="trial", page="trial", source="trial", text=_SENTENCE, blocks=(block,))
    annotation = Annotation(document="trial", reference=ReferenceTime(basis="none"))
    asked = question(document, annotation, Span(0, len(_SENTENCE)), settings)
    heard = Endpoint(settings).ask(asked.body)
    if heard.body is None:
        return False, f"{heard.failure}: {heard.detail}"
    reply = opened(asked.key, heard.body, len(asked.body), settings)
    if reply.text is None:
        return False, f"{reply.failure}: {reply.detail}"
    try:
        answer = read_answer(reply.text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return False, f"the answer is not of the form that was asked for: {error}"
    proposed = len(answer.events) + len(answer.claims) + len(answer.links)
    return True, f"{reply.model} answers in the right form, {proposed} proposals, {reply.tokens_out} tokens"
