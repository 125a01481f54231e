"""Authors as pages' metadata names them: one value may hold several persons, their places and roles, or no person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .makers import is_acronym, is_wire
from .wording import word_set

_OPENING = re.compile(
    r"\s*(?i:(?:(?:written|story|words|text|reported|posted|published|submitted|edited|compiled|presented) ?)?by"
    r"|von|par|por|av|af|door|autor(?:in|a|es)?|author|auteur|text|автор|yazan|texto|texte|testo|reporter|oleh"
    r"|penulis)\s*:?\s+(?=[^\W\da-z_])|\s*[Bb]y(?=[A-Z])"
)
_ADDRESS = re.compile(r"https?:|www\.|^/|\S@\S+\.\w|^@|^\W*$|#/schema/")
_DOMAIN = re.compile(r"\s*\([\w.-]+\.\w{2,}\)")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_SURE = re.compile(r"\s*(?:[;|&•、，]|\s/\s|\s(?:and|und|og|och|et|ve|dan|și|и|та|και)\s)\s*")
_DOUBTFUL = re.compile(r"\s+(?:y|e|i|en|ja|és|a)\s+")  # these join two persons, and the parts of one person's name
_NO_PERSON = word_set(
    "admin administrator root user webmaster wordpress developer author unknown anonymous null none test"
)
_STAFF = word_set(
    "staff editor editors editorial newsroom newsdesk desk team redaktion redaktionen redactie redaction rédaction "
    "redacción redacao redação redazione redakcja redakce redaksi redakcija online web news digital our the la die "
    "foreign world international national politics political bureau service correspondents reporters agencies agencias "
    "agences agenturen agenzie"
)
_ACCOUNTS = _NO_PERSON | word_set("twitter facebook instagram linkedin youtube email e mail x follow share website")
_ROLES = word_set(
    "editor reporter correspondent writer columnist journalist producer chief contributor redakteur redakteurin "
    "korrespondent korrespondentin reporterin journalistin journaliste correspondant correspondante corresponsal "
    "redactor redactora periodista corrispondente giornalista jornalista correspondente dziennikarz politics political "
    "senior deputy"
)
_HONORIFIC = re.compile(r"\s*(?:(?:Rev|Fr|Mr|Mrs|Ms|Prof|Capt|Col|Maj|Lt|Gen)\.|Mr|Mrs|Ms)\s+(?=[^\W\d_a-z])")
_MOST_WORDS = 7
_AGENCY_WORDS = 3
_PERSON_WORDS = 2


def names_in(value: str) -> list[str]:
    """The names in one value of metadata, in order, without what is no name (addresses, roles, places, accounts)."""
    text = _DOMAIN.sub("", " ".join(value.split()))
    if _ADDRESS.search(text):
        return []
    text = _OPENING.sub("", text, count=1)
    text = without_agency(text)[0]
    found = (
        _HONORIFIC.sub("", name).strip(" .,:–-") if not name.endswith(("Jr.", "Sr.")) else name for name in _split(text)
    )
    return list(dict.fromkeys(name for name in found if _is_name(name)))


def without_agency(text: str) -> tuple[str, str]:
    """A byline without the agency that its persons' names end with, and that agency ("Ada Winter Associated Press");
    an agency of one word counts where it is an acronym and the persons' names are not in capitals."""
    words = text.split()
    for number in range(min(_AGENCY_WORDS, len(words) - _PERSON_WORDS), 0, -1):
        before, name = " ".join(words[:-number]).rstrip(" ,/|–—-"), " ".join(words[-number:])
        if (number > 1 or (is_acronym(name) and not before.isupper())) and is_wire(name):
            return re.sub(r"\s+(?:for|of|the)$", "", before), name
    return text, ""


def is_impersonal(name: str, own: Collection[str]) -> bool:
    """Whether a name is the page's own outlet (`own`, as `squash` gives names) or its staff as a whole."""
    words = set(re.findall(r"[^\W\d_]+", name.lower()))
    return squash(name) in own or (bool(words) and words <= _STAFF)


def squash(name: str) -> str:
    """A name by its letters and digits alone."""
    return re.sub(r"[\W_]+", "", name.casefold()).removeprefix("the")


def _split(text: str) -> Iterator[str]:
    for sure in _SURE.split(text):
        parts = [part for part in sure.split(",") if part.strip()]
        several = [part for part in parts if part.strip().count(" ") > 0]
        if not several or len(parts) == 1:
            # "Winter, Ada" is one person; "aw, tb" are two
            parts = parts if all(part.strip().islower() for part in parts) else [sure]
        else:
            parts = [part for number, part in enumerate(parts) if part in several and (not number or not is_role(part))]
        for part in parts:
            pieces = _DOUBTFUL.split(part)
            persons = len(pieces) > 1 and all(piece.strip().count(" ") > 0 for piece in pieces)
            yield from (piece.strip() for piece in (pieces if persons else [part]))


def is_role(part: str) -> bool:
    """Whether a piece of a byline has a word for a journalist's task in it."""
    return any(word in _ROLES for word in re.findall(r"[^\W\d_]+", part.lower()))


def _is_name(name: str) -> bool:
    if not name or len(name) < 2 or name.count(" ") >= _MOST_WORDS or name.lower() in _NO_PERSON:
        return False
    words = re.findall(r"[^\W\d_]+", name.lower())
    return bool(words) and not _SLUG.fullmatch(name) and not all(word in _ACCOUNTS for word in words)
