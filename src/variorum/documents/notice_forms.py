"""How notices of corrections open in English: one grammar, whose words are in ``data/corrections.toml``.

A notice is labelled ("Correction, 6 March: …"), or speaks of the text in which it stands: of an earlier state of it, of
what was done to it and why, of an error; an agency sets what it corrects in brackets over its copy. A label that other
notes share ("Editor's note:", "Update:") makes a notice only of a line that goes on as one. What others correct, and
what is merely updated, is no notice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from variorum.errors import ModelError
from variorum.packaged import data_table

_MOST_LETTERS = 320  # in which a notice opens
_MOST_LABEL = 80
_NAMED = re.compile(r"<(?P<name>[a-z_]+)>")


class _Forms(NamedTuple):
    stems: tuple[str, ...]
    label: re.Pattern[str]
    alone: re.Pattern[str]
    note: re.Pattern[str]
    opens: re.Pattern[str]
    told: re.Pattern[str]
    wrong: re.Pattern[str]


def opens_notice(line: str) -> bool:
    """Whether a line (as `wording.plain` gives it) opens as notices of corrections do."""
    head = line[:_MOST_LETTERS]
    forms = _forms()
    small = head.lower()
    if not any(stem in small for stem in forms.stems):
        return False
    if forms.label.match(head):
        return True
    rest = head[note.end() :] if (note := forms.note.match(head)) else head
    if forms.opens.match(rest):
        return True
    return forms.told.match(rest) is not None and forms.wrong.search(line[:_MOST_LETTERS]) is not None


def is_notice_label(line: str) -> bool:
    """Whether a line is the label of notices of corrections and nothing else, a date aside."""
    return len(line) <= _MOST_LABEL and _forms().alone.fullmatch(line) is not None


@cache
def _forms() -> _Forms:
    try:
        table = data_table("corrections.toml")["english"]
        some = {name: rf"(?:{'|'.join(own)})" for name, own in table.items() if isinstance(own, list)}
        some.update(table["fragments"])
        forms = {name: _compiled(own, some) for name, own in table["forms"].items()}
        return _Forms(stems=tuple(table["stems"]), **forms)
    except (KeyError, TypeError, re.error) as error:
        raise ModelError(f"the forms of notices of corrections cannot be read: {error}") from error


def _compiled(patterns: Sequence[str], some: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the patterns, with what the names in them stand for."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    while _NAMED.search(joined):
        joined = _NAMED.sub(lambda match: some[match["name"]], joined)
    return re.compile(joined, re.IGNORECASE)
