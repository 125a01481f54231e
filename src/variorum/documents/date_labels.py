"""Dates with the labels that pages put to them: which is of publication and which of a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .dates import find_date
from .home import NOWHERE, Home

_CHANGE_WORDS = (
    r"updated?|modified|revised|amended|(?:last|latest) (?:change|edit|revision|modification)"
    r"|(?:last )?(?:changed|edited)(?! by)"
    r"|aktualisiert|stand(?=\s*:|\s+\d|\s*$)|geändert|mise? à jour|modifié|actuali[sz]ado|actualización|atualizad[oa]"
    r"|atualização|modificad[oa]|aggiornat[oa]|aggiornamento|modificat[oa]|oppdatert|opdateret|uppdaterad|bijgewerkt"
    r"|gewijzigd|aktualizacja|aktualizov\w+|zaktualizowano|güncelle\w+|diperbarui|обновлено|оновлено"
)
_ISSUE_WORDS = (
    r"published|posted|submitted|aired|created|issued|soumis|publié|publicado|veröffentlicht|publicada|pubblicato"
    r"|gepubliceerd|publicerad|publisert|publiceret|opublikowano|опубликовано|опубліковано|yayınlan\w+|diterbitkan"
    r"|نشرت?(?: بتاريخ)?"
    r"|تاريخ النشر"
)
_LABEL = re.compile(rf"(?P<changed>\b(?:{_CHANGE_WORDS})\b|更新|수정)|\b(?:{_ISSUE_WORDS})\b", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:and|und|et|y|e|&|/|,)?\s*(?:last\s+)?", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\s*[(\[]\s*(?:{_CHANGE_WORDS}|{_ISSUE_WORDS})\s*[)\]]|\s*,?\s*(?:{_CHANGE_WORDS})\s*$", re.IGNORECASE
)
_MOST_DATES = 4


class ToldDate(NamedTuple):
    """A date ``[start, end)`` of a line, ISO 8601; whether its label, or its place, says that it is of a change; and
    whether a label says that it is of the publication."""

    start: int
    end: int
    value: str
    changed: bool = False
    issued: bool = False


def is_of_change(before: str) -> bool:
    """Whether a date behind some words is of a change ("Last updated"), by the last label in them."""
    return _label(before) == "changed"


def opens_with_label(text: str) -> bool:
    """Whether a line opens with a label of a date."""
    return _LABEL.match(text) is not None


def told_dates(text: str, home: Home = NOWHERE) -> list[ToldDate]:
    """The dates of a line that tell when its page was published or changed, each by the label before it, or by the one
    in brackets behind it. Of those without a label the first is the publication's, where no other is labelled so and
    no change came before it."""
    found = list(_labelled(text, home))
    issued = any(date.issued for date in found)
    result: list[ToldDate] = []
    first_change = min((date.value[:10] for date in found if date.changed), default=None)
    for date in found:
        if date.changed or date.issued:
            result.append(date)
        elif not issued and (first_change is None or date.value[:10] <= first_change):
            result.append(date)
            issued = True
    return result


def _labelled(text: str, home: Home) -> Iterator[ToldDate]:
    at = 0
    for _ in range(_MOST_DATES):
        found = find_date(text[at:], home)
        if found is None:
            return
        start, end, value = found[0] + at, found[1] + at, found[2]
        behind = _BEHIND.match(text, end)
        label = None if behind else _label(text[at:start])
        if behind:
            changed = is_of_change(behind[0])
            yield ToldDate(start, end, value, changed, not changed)
        else:
            yield ToldDate(start, end, value, label == "changed", label == "issued")
        at = behind.end() if behind else end


def _label(before: str) -> str | None:
    """What the last label in the words before a date is of; "Published and updated" is of the publication."""
    labels = list(_LABEL.finditer(before))
    if not labels:
        return None
    last = labels[-1]
    if last["changed"] is None:
        return "issued"
    both = len(labels) > 1 and labels[-2]["changed"] is None
    return "issued" if both and _BOTH.fullmatch(before, labels[-2].end(), last.start()) else "changed"
