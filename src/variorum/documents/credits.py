"""Credit lines: whose text or picture it is. They are furniture, and they are evidence, so they are read first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from variorum.records import Candidate, Credit, CreditRole, Span
from variorum.world.given_names import likely_gender
from variorum.world.outlets import Outlets, abbreviates, is_agency_name, same_maker

from .dates import find_date
from .lines import Line, ends_sentence
from .makers import AGENCIES, DESK, SEPARATOR, is_acronym, is_maker, is_wire, is_worded
from .signatures import credits_of, read_makers, signed_end
from .wording import (
    CreditForm,
    agency_words,
    caption_forms,
    copyright_mark,
    credit_forms,
    has_credit_form,
    plain,
    source_label,
    word_set,
)

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)", re.IGNORECASE)
_NOTED = re.compile(
    r"\((?P<words>(?:with|additional|reporting|further|avec|con|com|mit|met|med|z|с|cu|ile|dengan|sources?|fuentes?|fontes?"
    r"|quellen?)\b[^()\n]{3,140})\)\.?$",
    re.IGNORECASE,
)
_EDITOR = r"(?:[^\W\d_a-z][\w'’.-]*|and|&)"
_EDITORS = (
    r"(?i:(?:(?:additional|copy)[ -])?(?:editing|edited|compiled|translated|translation|production)(?: and [a-z]+ing)?"
    rf" by|desk(?: editing)?:)\s+{_EDITOR}(?:[,;]? (?:{_EDITOR}|in|(?i:editing|translated|by))){{0,12}}"
)
_EDITING = re.compile(rf"[(\[]?{_EDITORS}[)\]]?\.?")
_EDITED = re.compile(rf"\({_EDITORS}\)\.?$")
_PHOTO_HOUSE = re.compile(
    r"\b(?:getty|shutterstock|photos?|images?|pictures|handout|pool|alamy|istock)\b", re.IGNORECASE
)
_PICTURE = re.compile(r"^(?:image|photo|picture)s? (?:via|copyright|courtesy(?: of)?|by|source) ", re.IGNORECASE)
_HANDED = re.compile(
    r"(?:file|archive|archivo|archiv|handout|supplied|social media|screen ?grab|stock|pool|courtesy)"
    r"(?: (?:photo|image|picture))?",
    re.IGNORECASE,
)
# Whose pictures are that nobody is named for: of an archive, of someone's own.
_STOCK = re.compile(
    r"\b(?:ar[ckqşshx]h?i[vf]\w*|архив\w*|архів\w*|αρχεί\w*|privat\w*|personal\w*|perso|prywatn\w*|soukrom\w*|lastn\w*"
    r"|propi[ao]|própri[ao]|handout|supplied|courtesy|cortesía|cortesia|gentileza|cedid[ao]|divulgação|reprodução|captura"
    r"|screen ?shots?|zrzut|famil\w*|amateur\w*|dok\w*|pribadi|özel|ухоҳуд|личн\w*|особист\w*|соцсет\w*|соцмереж\w*)\b",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"[\s.;,]*\b(?:(?:additional|further)\s+)?(?P<task>reporting|writing|editing|reported|written|edited|compiled|translated)"
    r"\s+(?:by|from)\s+",
    re.IGNORECASE,
)
_THROUGH = frozenset({"writing", "editing", "edited", "translated"})  # theirs is no report
_PERSON = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,3} )?[^\W\d_][\w.'’-]*){1,4}")
_TITLED = re.compile(
    r"(?:[\w'’.-]+ ){0,3}?(?i:writer|reporter|researcher|correspondent|journalist|contributor|producer|editor|stringer"
    r"|photographer|staffer)s?,?\s+(?=[^\W\d_a-z])"
)
_IN_PLACE = re.compile(r"\s+(?:in|at|from)\s+[A-Z].*$")
_NO_NAME = re.compile(
    r"(?:(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:\.?,? \d|\.?$)"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|today|yesterday|this|these|our (?:website|site|newsletter|print)|\d"
    r"|(?:the )?(?:arabic|chinese|english|french|german|hebrew|hindi|italian|japanese|persian|farsi|portuguese|russian"
    r"|spanish|turkish|ukrainian|urdu|afrikaans|albanian|amharic|armenian|aymara|azer(?:i|baijani)|bangla|basque"
    r"|belarusian|bengali|bosnian|bulgarian|burmese|catalan|croatian|czech|danish|dari|dutch|estonian|filipino|finnish"
    r"|flemish|galician|georgian|greek|guarani|gujarati|haitian|hausa|hungarian|icelandic|igbo|indonesian|kazakh|khmer"
    r"|kinyarwanda|kirundi|korean|kurdish|kurmanji|kyrgyz|lao|latvian|lingala|lithuanian|macedonian|malagasy|malay"
    r"|malayalam|mandarin|marathi|mongolian|nepali|norwegian|oromo|pashto|polish|punjabi|quechua|romanian|serbian"
    r"|sinhala|slovak|slovene|somali|sorani|swahili|swedish|tagalog|tajik|tamil|telugu|thai|tibetan|tigrinya|turkmen"
    r"|uyghur|uzbek|vietnamese|wolof|xhosa|yoruba|zulu)(?:\s+(?:by|and|or)\b|[\s.,;)]*$))",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[^\W\d_]{3})(?:[;|•·]|\.\)?)\s+(?=[^\W\d_])|(?<=\d)\.\s+(?=[^\W\d_a-z])|\s+[|•·]\s+")
# What stands in every ASCII line that has a form of credits; most lines have nothing of it.
_BY = re.compile(r"(?:by|par|por|von|di|de|av|af|door|oleh|przez|yazan|автор)\s*:?\s+", re.IGNORECASE)
_PICTURED = re.compile(
    r"bild|foto|photo|image|imag[ei]|picture|illustr|video|фото|снимк|зображ|zdję|kuva|kép|görsel|gambar|ảnh|صور",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"[^\W\d_][^.,;:|<>()\[\]{}\n]*")
_WORD = re.compile(r"[^\s,.;:|()]+")
_PERSON_SPACES = range(1, 4)
_HOLDER_WORDS = 8
_BEFORE_HOLDER = 4
_SHARED = re.compile(r"\s*[|/]\s*\w")  # a person's name beside the agency's: a picture's maker
_SOURCE_WORD = re.compile(
    r"\b(?:sources?|fonte|fuente|quelle|fontes|fuentes|quellen|bron|källa|kilde)\b", re.IGNORECASE
)
_LABELLED = re.compile(r"[^\W\d_](?:(?!\s{2,}|\s[^\W\d_]{1,12}[:：])[^|·•;<>\t\n）)])+")
_LABELLED_WORDS = 6
_LABEL_WORDS = 3
_LED_WORDS = 9
_MENU_LINKED = 0.3
_NAME_WORDS = 4  # of an agency's name
_WORDED = re.compile(
    r"[:|/-]|\(c\)|\b(?:publi|publ|pubbl|appear|report|contribut|source|fuente|fonte|quelle|via|credit|courtes|copyright"
    r"|fot\.|ph\.|phot|zdj|mitarb|mitwirk|recherch|collab|colab|contrib|particip|medew|medverk|medarb|bidrag|bijdrag|wsp|przy|spolu|doprin|prido|katk|kontrib|taarifa|imech|with|writ|research|compiled|suppl|handout|screen|from|origin|first|previous|initial|repost|repr|republish|cross"
    r"|syndicat|taken|adapt|excerpt|translat|abridg|condens|avec|con|com|mit|met|med|ile|cu|z|und|og|kun|dengan|info|dat"
    r"|mater|nota|aporte|laporan|bahan|input|file|detail|copy|text|distrib|produc|provid|made|shared|read|see|view|lire"
    r"|photo|image|picture|pic|foto|bild|illustr|graphic|map|gambar|erschien|zuerst|ilk|pertama|eerder|eerst)",
    re.IGNORECASE,
)
# Sentences beside a credit that name no one.
_BESIDE = re.compile(
    r"(?:translated|adapted|edited|shortened|abridged)(?: (?:from|into|by|for)(?: the)? [^\W\d_]+){0,2}"
    r"(?: by [^\n.]{3,60})?\.?"
    r"|(?:please )?(?:read|see|view|find) (?:the )?(?:original|full)(?: (?:article|story|report|version|text|piece))?"
    r"(?: here)?\.?",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"[^\W\d_]{3}[.!?] [^\W\d_a-z]")  # a sentence ends inside
_TELLS = re.compile(r"\b(?:has|have|had|is|was|were|writes|covers|lives|worked)\b")  # of a person, and names none alone
_FULL = re.compile(r"(?P<name>.{4,60}?) \((?P<short>[A-Z]{2,7})\)$")
_ARTICLE = re.compile(
    r"^(?:the |(?:d[aeo] )?l['’]|d['’]|dell['’]|d[ae] la |del |de los |la |el |los |as |os |d[aeo]s? |die"
    r" |de[rmns] |das )(?=\S)"
)
_SMALL = word_set("of the de la le du des and et y for in al el von van a via pour für para")
_MOST_WORDS = 30
_CAPTION_WORDS = 120
_STAFF = re.compile(r"\s+(?:(?:staff|special)\s+)?(?:writer|correspondent|reporter)s?$", re.IGNORECASE)
_SURE_FORMS = 4  # of captions' credits: their words leave no doubt, whoever they name
_DESK_WORDS = 8
_BARE_WORDS = 6


def read_credit(text: str, line: Line, found_in: str = "credit line", own: Sequence[str] = ()) -> list[Credit]:
    """The credits of a line that is a credit and nothing else; empty where it is none.

    Several known outlets in one line ("Reuters, AFP") are several credits; a name that no table knows stays whole.
    `text` is what `line` was cut from; a credit's span is its name there, the line where the two are spaced apart.
    """
    if line.words > _MOST_WORDS:
        return []
    for form, name in _matched(line.text):
        name = _NAME_STOP.split(name, maxsplit=1)[0]
        if names := _credited(form, name.strip(" .,:;()[]\"'-–—|*_")):
            return [
                Credit(name=part, role=_role(form.role, part), span=_span(text, line, part), found_in=found_in)
                for part in names
            ]
    return _bare(text, line, found_in, own)


def read_credits(text: str, line: Line, found_in: str = "credit line", own: Sequence[str] = ()) -> list[Credit]:
    """The credits of a line that is nothing but credits, one after the other in sentences of their own or behind a
    semicolon or a bar ("Republished from Name. Cover picture: Name"); else those of the line as one."""
    if line.words > _MOST_WORDS:
        return []
    bounds = [match.span() for match in _SENTENCES.finditer(text, line.start, line.end)]
    if not bounds:
        return read_credit(text, line, found_in, own)
    found: list[Credit] = []
    edges = [line.start, *(edge for bound in bounds for edge in bound), line.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = line._replace(start=start, end=end, text=plain(text[start:end].strip("*_")))
        if _BESIDE.fullmatch(piece.text):
            continue
        if not (named := read_credit(text, piece, found_in, own)):
            return read_credit(text, line, found_in, own)
        found += named
    return found


def has_form(line: Line) -> bool:
    """Whether a line is worded as credits are, whoever it names."""
    return line.words <= _MOST_WORDS and bool(_matched(line.text))


def tells_origin(line: Line) -> bool:
    """Whether a line says where its text first appeared, with or without a date."""
    return line.words <= _MOST_WORDS and any(
        form.role == "first-published" and _credited(form, name) for form, name in _matched(line.text)
    )


# Where a sentence ends behind a name, and another begins: no name runs on over it.
_NAME_STOP = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=[A-Z]{3}))[.!?]\s+(?=[^\W\d_a-z])")


@lru_cache(maxsize=1024)
def _matched(line: str) -> tuple[tuple[CreditForm, str], ...]:
    """The forms that a line has, and what each takes for a name."""
    if (line.isascii() and not _WORDED.search(line)) or not has_credit_form(line):
        return ()
    matches = ((form, form.pattern.match(line)) for form in credit_forms())
    return tuple((form, match["name"]) for form, match in matches if match)


def declared_credits(
    given: Iterable[Credit], chosen: Sequence[Candidate], names: Sequence[str], read: Sequence[Credit]
) -> list[Credit]:
    """The credits of a page's linked data and meta elements, each once, with those that name the page itself as such:
    its own names, its own address or site. A page may give another's address as its canonical one: where its text
    says (`read`) that it first appeared with the maker of that site, the site is not its own."""
    url = next((each.value for each in chosen if each.field == "url" and each.chosen), "")
    site = _site(url)
    makers = ["".join(_key(credit.name)) for credit in read if credit.role == "first-published"]
    if any(maker and maker in site.replace("-", "") for maker in makers):
        url = site = ""
    result: list[Credit] = []
    for credit in given:
        name = credit.name
        own = any(is_own(name, each) for each in names) or (
            "://" in name and bool(site) and (_site(name) == site or name.rstrip("/") == url.rstrip("/"))
        )
        if name.startswith("#"):
            continue  # a reference into the page that was not resolved
        known = None if "://" in name else Outlets.load().match_credit(name)
        role: CreditRole = "self" if own else "agency" if known and known.wire else credit.role
        if role == "agency" and known and not known.wire:
            role = "source"
        found = Credit(name=name, role=role, span=None, found_in=credit.found_in)
        if found not in result:
            result.append(found)
    return result


def caption_credit(text: str, line: Line, *, inside: bool) -> Credit | None:
    """Whose the picture is, where its caption says so at its end ("… on Monday. Photo: Name/Agency", "[Name/Agency]").
    `inside` where the markup says that the line is a caption: then a name alone is enough."""
    if line.words > _CAPTION_WORDS:
        return None
    for number, pattern in enumerate(caption_forms()):
        match = None
        for match in pattern.finditer(line.text, max(0, len(line.text) - 110)):
            name = match["name"].rsplit("©", 1)[-1].strip(" .,:;()[]\"'-–—|*_")
            held = "©" in match[0] and name.count(" ") in _PERSON_SPACES and _PERSON.fullmatch(name) is not None
            held = held or (inside and _signs_picture(line.text[: match.start("name")], name))
            if name and (number < _SURE_FORMS or held or _is_maker(name, alone=match.start() == 0 and inside)):
                return Credit(name=name, role="photo", span=_span(text, line, name), found_in="caption")
    return None


def _signs_picture(before: str, name: str) -> bool:
    """Whether a person's name behind the sentence of a caption is its photographer's ("… on Monday. (Ada Winter)")."""
    ended = ends_sentence(before.rstrip(" ([*_"))
    person = name.count(" ") in _PERSON_SPACES and _PERSON.fullmatch(name) is not None
    return ended and person and likely_gender(name) is not None


def tail_credit(
    text: str, line: Line, own: Sequence[str] = (), *, last: bool = True
) -> tuple[int, list[Credit]] | None:
    """The makers that a paragraph is signed with ("… said. (Reuters)"), and where the signature begins; none where it
    tells of editors alone. `last` where a
    text, an entry or a section ends with the paragraph; `own` are the names of the page."""
    if (edited := _EDITED.search(text, max(line.start, line.end - 160), line.end)) and edited.start() > line.start:
        return edited.start(), []
    if (noted := _NOTED.search(text, max(line.start, line.end - 160), line.end)) and noted.start() > line.start:
        inside = line._replace(start=noted.start("words"), end=noted.end("words"), text=plain(noted["words"]))
        if named := [each for each in read_credit(text, inside, "end of the text") if each.role != "photo"]:
            return noted.start(), named
    found = signed_end(text, line.start, line.end, own, last=last)
    return (found.start, credits_of(text, found.makers, "end of the text")) if found else None


def is_editing(line: str) -> bool:
    """Whether a whole line (as `plain` gives it) tells who edited a text and nothing else ("(Editing by A. Name)")."""
    return _EDITING.fullmatch(line) is not None


def is_copyright(line: Line) -> bool:
    return bool(_COPYRIGHT.match(line.text))


def held_by_agency(text: str, line: Line) -> list[Credit]:
    """The agency that holds the copyright which a short line tells of ("All rights reserved © Copyright Norvik Press
    Agency, no reuse"); empty where it is no agency's, or a picture's."""
    if line.words > _MOST_WORDS:
        return []
    for mark in copyright_mark().finditer(text, line.start, line.end):
        name = _HOLDER.match(text, mark.end(), line.end)
        if name is None or text.count(" ", line.start, mark.start()) > _BEFORE_HOLDER:
            continue
        words = list(_WORD.finditer(text, *name.span()))
        for last in reversed(words[:_HOLDER_WORDS]):
            held = text[mark.end() : last.end()]
            if is_wire(held) or is_worded(held):
                behind = _SHARED.match(text, last.end(), line.end)
                span = Span(mark.end(), last.end())
                return [] if behind else [Credit(name=held, role="agency", span=span, found_in="copyright line")]
        for first in words[1:]:
            if not text[mark.end() : first.start()].isupper() and not _SOURCE_WORD.search(
                text, mark.end(), first.start()
            ):
                break
            makers = read_makers(text, first.start(), line.end)
            named = [text[each.start : each.end] for each in makers if each.kind == "agency"]
            if named and all(map(is_wire, named)):
                return credits_of(text, makers, "copyright line")
    return []


def labelled(text: str, line: Line) -> list[Credit]:
    """The sources that a line names behind their label among other things ("12 March | Source: Name | 3 comments")."""
    found = []
    for label in source_label().finditer(text, line.start, line.end):
        match = _LABELLED.match(text, label.end(), line.end)
        if match is None:
            continue
        start, end = match.span()
        name = text[start:end].rstrip(" .)]*_")
        if (
            not name
            or name[-1] in ":：?"
            or not _is_name(name)
            or _NO_NAME.match(name)
            or name.count(" ") > _LABELLED_WORDS
        ):
            continue
        makers = read_makers(text, start, start + len(name))
        spans = [(each.start, each.end) for each in makers if each.kind == "agency"] or [(start, start + len(name))]
        role: CreditRole = "agency" if makers and " " in label[0].strip(" :：") else "source"
        found += [Credit(name=text[a:b], role=role, span=Span(a, b), found_in="credit line") for a, b in spans]
    return found


def bylined(text: str, line: Line, own: Sequence[str] = ()) -> list[Credit]:
    """The agencies of a byline that names no one else ("By Norvik News Agency", "di Norvik")."""
    opening = _BY.match(text, line.start, line.end)
    date = find_date(text[line.start : line.end])
    end = line.start + date[0] if date and date[0] else line.end
    makers = read_makers(text, opening.end() if opening else line.start, end, own)
    return [] if any(each.kind == "person" for each in makers) else credits_of(text, makers, "byline")


def is_label(line: Line) -> bool:
    """Whether a line is the label of a source and nothing else."""
    return line.words <= _LABEL_WORDS and source_label().fullmatch(f"{line.text.rstrip(' :：')}:") is not None


def is_agency_label(line: Line) -> bool:
    """Whether a line is the label of an agency and nothing else ("Agency:")."""
    return line.text.endswith((":", "：")) and line.text[:-1].strip().lower() in agency_words()


def read_value(text: str, line: Line) -> list[Credit]:
    """The sources in a line that stands under the label of one."""
    makers = [each for each in read_makers(text, line.start, line.end, enclosed=True) if each.kind == "agency"]
    spans = [(each.start, each.end) for each in makers] or [(line.start, line.end)]
    if not makers and (not _is_name(line.text) or _NO_NAME.match(line.text) or line.words > 4 or "," in line.text):
        return []
    return [Credit(name=text[a:b], role="source", span=Span(a, b), found_in="credit line") for a, b in spans]


def led_credits(text: str, line: Line, own: Sequence[str] = ()) -> list[Credit]:
    """The agencies that end a short line behind words that lead up to them, whatever the language ("Theo TTXVN",
    "Based on reports by AFP and dpa"): a table must know them all."""
    if not 2 <= line.words <= _LED_WORDS or ends_sentence(line.text):
        return []
    words = list(_WORD.finditer(text, line.start, line.end))
    if not any(is_wire(text[each.start() : line.end]) for each in words[: -_NAME_WORDS - 1 : -1]):
        return []
    for first in words[1:]:
        before = text[line.start : first.start()]
        if any(ch.isdigit() or ch.isupper() or ch == ":" for ch in before[1:]) or _PICTURED.search(before):
            return []
        if makers := read_makers(text, first.start(), line.end, own):
            names = [text[each.start : each.end] for each in makers if each.kind == "agency"]
            sure = all(map(is_wire, names)) and not any(each.kind in {"person", "code"} for each in makers)
            return credits_of(text, makers, "credit line") if sure else []
    return []


def photo_acronym(line: Line) -> Credit | None:
    """An acronym alone on a page's first line: whose the picture over the text is, never the text's title."""
    if not is_acronym(line.text):
        return None
    return Credit(name=line.text, role="photo", span=Span(line.start, line.end), found_in="first line")


def same_name(one: str, other: str) -> bool:
    """Whether a credit (`one`) names the page that calls itself `other`: equal, or `other` and more, or less by words
    such as "Wire" only."""
    first, second = _key(one), _key(other)
    if not first or not second:
        return False
    if first == second or "".join(first) == "".join(second):
        return True
    return (len(second) >= 2 and first[: len(second)] == second) or same_maker(one, other)


def is_own(credit: str, name: str) -> bool:
    """Whether a credit is of the page that calls itself `name`, in full or by its initials."""
    if same_name(credit, name) or abbreviates(credit, name):
        return True
    if DESK.search(credit) and (words := set(_key(name)) - _SMALL) and len(name) > 3:
        # "the Herald's Basel bureau", of the River Gazette
        own = [word.removesuffix("s") if "'" in credit.replace("’", "'") else word for word in _key(credit)]
        if own and own[0] in words:
            return True
    match = _FULL.search(name)
    return match is not None and (credit == match["short"] or same_name(credit, match["name"]))


def _credited(form: CreditForm, name: str) -> list[str]:
    """The names in what a form takes for one; empty where it is none."""
    if not name or _NO_NAME.match(name):
        return []
    outlets = Outlets.load()
    if form.only:
        bare = _ARTICLE.sub("", name)
        pieces = [bare] if outlets.match_credit(bare) and not bare[0].islower() else _listed(bare)
        pieces = [_ARTICLE.sub("", piece) for piece in pieces]
        fits = is_maker if form.only == "agency" else _is_named_maker
        return pieces if pieces and all(AGENCIES.fullmatch(piece) or fits(piece) for piece in pieces) else []
    if form.role in {"source", "photo"} and not _is_name(name):
        return [name] if form.role == "photo" and name.count(" ") < _NAME_WORDS and _STOCK.search(name) else []
    if form.role == "first-published" and name[0].islower() and "." not in name.split(" ")[0]:
        return []
    if form.role == "reporting":
        return list(_people(name)) if _names_someone(name) and not _TELLS.search(name) else []
    if form.role == "source" and (makers := read_makers(name, 0, len(name))):
        return [name[maker.start : maker.end] for maker in makers if maker.kind in {"agency", "self"}]
    if form.role == "photo":
        return [] if _BROKEN.search(name) else [name]
    return list(_parts(name))


def _bare(text: str, line: Line, found_in: str, own: Sequence[str]) -> list[Credit]:
    """A line that is nothing but names of agencies and outlets: "(AFP)", "Reuters / AP", "Agencies", "PTI ABC XY"."""
    if line.words > _BARE_WORDS or line.text.endswith((":", "：")):
        return []
    if line.main is False and line.linked > _MENU_LINKED and "byline" not in line.hints:
        return []
    stripped = _PICTURE.sub("", line.text.strip(" ()[]/-–—.*_|"))
    stripped = re.sub(r"^by ", "", stripped, flags=re.IGNORECASE)
    if not stripped or (line.linked > 0.8 and not line.main and "byline" not in line.hints):
        return []
    if (staff := _STAFF.search(stripped)) and is_agency(stripped[: staff.start()]):
        name = stripped[: staff.start()]  # under the writer's name: "Norvik Press Writer"
        return [Credit(name=name, role="agency", span=_span(text, line, name), found_in=found_in)]
    if AGENCIES.fullmatch(stripped):
        return [Credit(name=stripped, role="agency", span=Span(line.start, line.end), found_in=found_in)]
    if _PHOTO_HOUSE.search(stripped) and line.words <= 5 and not line.text.endswith("."):
        pieces = SEPARATOR.split(stripped)
        if len(pieces) > 1 or re.search(r"\bgetty|shutterstock|alamy", stripped, re.IGNORECASE):
            return [Credit(name=stripped, role="photo", span=Span(line.start, line.end), found_in=found_in)]
    makers = read_makers(text, line.start, line.end, own)
    names = [text[maker.start : maker.end] for maker in makers if maker.kind == "agency"]
    known = [is_agency(name) or AGENCIES.fullmatch(name) is not None for name in names]
    dashed = line.text[:1] in "–—-("
    if not (known and all(known)) and not (dashed and known and known[0] and all(map(is_acronym, names[1:]))):
        return []
    if line.words > 4 and any(maker.kind == "person" for maker in makers):
        return []
    return credits_of(text, makers, found_in)


def is_agency(name: str) -> bool:
    """Whether a name alone in a line is an agency's, written as a name: agencies that sign in small letters have a name
    of at most four."""
    outlet = Outlets.load().match_credit(name)
    if outlet is None or not outlet.wire:
        return False
    return not name[:1].islower() or (len(name) <= 4 and name in (*outlet.aliases, outlet.name))


def _parts(name: str) -> Iterator[str]:
    """The makers in a credit, one by one where one of them is known or an acronym, else the whole."""
    outlets = Outlets.load()
    if outlets.match_credit(name) is None:
        pieces = [piece for piece in SEPARATOR.split(name) if piece]
        sure = [outlets.match_credit(piece) or AGENCIES.fullmatch(piece) or is_worded(piece) for piece in pieces]
        short = [is_acronym(piece) and len(piece) <= 5 for piece in pieces]
        halved = "/" in name and any(sure) and all(piece[:1].isupper() for piece in pieces)
        if len(pieces) > 1 and (
            all(sure) or halved or (any(short) and not all(short)) or pieces[-1].lower().startswith("ag. ")
        ):
            yield from pieces
            return
    yield name


def _listed(name: str) -> list[str]:
    return [piece for piece in SEPARATOR.split(name) if piece]


def _people(name: str) -> Iterator[str]:
    """Who reported, wrote and edited, one by one: persons without their place, agencies and outlets as they stand."""
    outlets = Outlets.load()
    tasks = [(0, 0, ""), *((match.start(), match.end(), match["task"].lower()) for match in _TASK.finditer(name))]
    for (_, at, done), (end, _, _) in zip(tasks, [*tasks[1:], (len(name), 0, "")], strict=True):
        task = name[at:end]
        if not task or done in _THROUGH:
            continue
        for part in _parts(task.strip(" .,;:()[]")):
            pieces = [_IN_PLACE.sub("", _TITLED.sub("", piece)) for piece in SEPARATOR.split(part) if piece]
            own = re.sub(r"^(?:the|our) ", "", part, flags=re.IGNORECASE)
            if outlets.match_credit(part) or (is_agency_name(part) and not DESK.search(own)):
                yield re.sub(r"^(?:the|our) (?=[A-Z])", "", part)
            elif DESK.search(_TITLED.sub("", part)) and not (len(pieces) > 1 and all(map(_PERSON.fullmatch, pieces))):
                yield part
            elif all(map(_PERSON.fullmatch, pieces)) or _beside_agency(pieces):
                yield from pieces
            else:
                yield _IN_PLACE.sub("", part)


def _beside_agency(pieces: Sequence[str]) -> bool:
    """Whether a list names persons beside agencies and nobody else ("Ann Lee and Norvik")."""
    agencies = [piece for piece in pieces if is_maker(piece) or AGENCIES.fullmatch(piece)]
    return bool(agencies) and all(_PERSON.fullmatch(piece) for piece in pieces if piece not in agencies)


def _span(text: str, line: Line, name: str) -> Span:
    return _inside(text, line.start, line.end, name)


def _inside(text: str, start: int, end: int, name: str) -> Span:
    at = text.rfind(name, start, end)
    return Span(at, at + len(name)) if at >= 0 else Span(start, end)


def _role(role: CreditRole, name: str) -> CreditRole:
    if role == "reporting" and AGENCIES.fullmatch(name):
        return "agency"
    if role == "reporting" and not (DESK.search(name) and not is_worded(name)):
        one_word = " " not in name and name[0].isupper()
        return "agency" if one_word or is_maker(name) else role
    if role == "source" and all(_HANDED.fullmatch(piece) for piece in name.split("/")[-1:]):
        return "photo"
    return role


def _is_name(name: str) -> bool:
    """Whether what follows "Source:" is a name and not a sentence."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", name)
    capital = sum(not word[0].islower() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    return len(words) <= 14 and (capital >= 0.6 * long or Outlets.load().match_credit(name) is not None)


def _is_named_maker(name: str) -> bool:
    return _is_name(name) or is_worded(name)


def _is_maker(name: str, *, alone: bool) -> bool:
    """Whether what stands at the end of a caption is a picture's maker: a name and a house, a house, an acronym."""
    words = name.split()
    if len(words) > 9 or not all(not word[0].islower() or word in _SMALL for word in words):
        return False
    pieces = [piece.strip() for piece in re.split(r"/|\bvia\b|\||,", name) if piece.strip()]
    outlets = Outlets.load()
    house = any(
        (found := outlets.match_credit(piece)) is not None and (found.wire or len(pieces) > 1) for piece in pieces
    )
    if house or _PHOTO_HOUSE.search(name) or any(_HANDED.fullmatch(piece) for piece in pieces):
        return not re.fullmatch(r"(?:file|archive)(?: photo| image| picture)?", name, re.IGNORECASE)
    if len(pieces) > 1 and "/" in name:
        return True
    return is_acronym(name) and (alone or len(name) <= 6)


def _names_someone(name: str) -> bool:
    return (
        not name[0].islower()
        or AGENCIES.match(name) is not None
        or (DESK.search(name) is not None and name.count(" ") < _DESK_WORDS)
    )


def _site(url: str) -> str:
    match = re.match(r"https?://(?:www\d?\.|m\.|amp\.)?([^/:?#]+)", url)
    return ".".join(match[1].lower().split(".")[-2:]) if match else ""


def _key(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’.]", "", name.casefold()).removeprefix("the "))
