"""What became of those who were shot or stabbed, where the rest of the text tells: "Seven were shot. All will survive".

A verb that leaves open whether its victims lived gives casualties. A text that tells of wounds, of a hospital or of
survival, and nowhere of a death, tells that they were injured. A word behind a part may tell that it died ("one
fatally").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.records import Syntax

from .lexicon import word_set
from .links import Linked

_HITTING = word_set("shot shoot shoots shooting stab stabs stabbed stabbing hit struck wounded grazed")
_DEAD = re.compile(
    r"\b(?:di(?:e|es|ed)|dying|dead|deadly|death|deaths|deceased|fatal(?:ly|ity|ities)?|kill(?:s|ed|ing|ings)?|homicides?"
    r"|murder\w*|manslaughter|slain|slaying|slayings|autopsy|coroner\w*|medical examiner|funeral|vigil|massacre\w*"
    r"|succumbed|bod(?:y|ies) (?:was|were) found|execut(?:ed|ion|ions)|suicide)\b",
    re.IGNORECASE,
)
_THREATENING = re.compile(r"\b(?:non[- ])?(?:life|death)[- ]threatening\b|\bto death\b", re.IGNORECASE)
_HURT = re.compile(
    r"\btreated\b|\binjur(?:y|ies|ed)\b|\bwound(?:s|ed)?\b|\bhospitali[sz]ed\b|\brecover(?:y|ing|ed|s)?\b|\bsurgery\b"
    r"|\bsurviv(?:e|es|ed|ing|al)\b|\b(?:critical|serious|grave|stable|guarded|fair|good|satisfactory) condition\b"
    r"|\b(?:taken|transported|airlifted|flown|rushed|driven|brought|admitted|went|treated)\b[^.;]{0,60}"
    r"\b(?:hospitals?|clinics?|infirmary|trauma cent(?:er|re)|medical cent(?:er|re)|emergency room)\b",
    re.IGNORECASE,
)
_FATALLY = word_set("fatally mortally")


def tells_survival(text: str) -> bool:
    """Whether a text tells of wounds or of survival and nowhere of a death."""
    return _HURT.search(text) is not None and _DEAD.search(_THREATENING.sub(" ", text)) is None


def is_open(cue: str) -> bool:
    """Whether a word of harm, in lower case, leaves open whether those whom it tells of lived."""
    return any(word in _HITTING for word in cue.split())


def settle_fates(text: str, syntax: Syntax, found: Sequence[Linked]) -> None:
    """Give the casualties of a document whose fate is told elsewhere in it their kind, in place."""
    for linked in found:
        behind = syntax.tokens[linked.quantity.stop].text.lower() if linked.quantity.stop < len(syntax) else ""
        if linked.part_of is not None and linked.kind in ("casualties", "injured") and behind in _FATALLY:
            linked.kind = "killed"
    fates = [linked for linked in found if linked.kind == "casualties" and _is_open(syntax, linked)]
    if (
        fates
        and not any(one.kind == "killed" and one.quantity.count.low != 0 for one in found)
        and tells_survival(text)
    ):
        for linked in fates:
            linked.kind = "injured"


def _is_open(syntax: Syntax, linked: Linked) -> bool:
    return is_open(" ".join(token.text.lower() for token in syntax.tokens[linked.cue[0] : linked.cue[1]]))
