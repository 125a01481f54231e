"""Numbers whose harm is said elsewhere: earlier and later figures of one count, and clauses that leave the verb out.

"The toll was raised to 151 from 117"; "two died in Goma, six in Bukavu"; "one worker was burned. The union says eight".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.records import Sentence, Syntax, TollKind

from .lexicon import Lexicon, word_set
from .links import Linked
from .options import TollOptions
from .parts import CATEGORY
from .quantities import Quantity

_TALLY = word_set("number numbers count tally total figure figures list")
_SUMS = word_set("bodies casualties losses fatalities deaths injuries dead wounded injured missing displaced")
_SORTS: dict[str, TollKind] = {"losses": "casualties", "bodies": "killed"}
_LEADING = word_set(
    """to from at as is was are were be been numbered totalled totaled reached hit passed topped exceeded than not stood
    stands : become became"""
)
_SUMMED = word_set("number numbers total totals numbered totalled totaled at : reached exceeded passed topped")
_SAYING = word_set(
    """say says said claim claims claimed report reports reported count counts counted announce announced announces
    found insist insists insisted admit admits admitted acknowledged acknowledges estimates estimated confirm confirms
    confirmed gave gives give has had have registered recorded listed logged tallied concede concedes conceded maintain
    maintains maintained suggest suggests suggested cite cites cited quote quotes quoted show shows showed now earlier
    previously spoke speak speaks total totals totalled totaled number numbers numbered reach reached"""
)
_LABELLING = word_set("confirmed now total so far > -")
_MERELY = word_set("just only merely already nearer still the")
_CONTRASTING = (
    ("rather", "than"),
    ("instead", "of"),
    ("compared", "with"),
    ("compared", "to"),
    ("as", "against"),
    ("against",),
    ("spoke", "of"),
    ("speak", "of"),
    ("speaks", "of"),
    ("spoken", "of"),
    ("talk", "of"),
    ("talked", "of"),
    ("admit", "to"),
    ("admits", "to"),
    ("admitted", "to"),
    ("own", "up", "to"),
    ("closer", "to"),
    ("nearer", "to"),
    ("near", "to"),
    ("amounted", "to"),
    ("amount", "to"),
    ("came", "to"),
    ("comes", "to"),
    ("(", "was"),
    ("(", "from"),
    ("up", "from"),
    ("down", "from"),
    ("up", "from", "the"),
    ("down", "from", "the"),
)
_RANGING = word_set("range ranges ranged ranging vary varies varied run runs ran anywhere somewhere at")
_PUTTING = word_set("put puts putting placed places set stand stands stood standing estimated reckoned has had gave")
_REVISING = word_set(
    """gone went raise raised raises raising revise revised revises revising amend amended corrected cut lowered reduced
    reduces
    increased increase grew grown rose risen rise climbed jumped updated adjusted brought taken down up came come
    dropped fell fallen range ranges ranged ranging run runs ran vary varies varied"""
)
_FIGURES = word_set("figure figures estimate estimates count tally total toll number claim")
_MARKS = {'"', "“", "”", "‘", "’", "''", "``"}
_ENDS = _MARKS | word_set(", . ; : ) ( — – - ? ! • | · / [ ] ―")
_BOUNDARIES = word_set(", ; : — – ( ) and but while against -- -")
_PLACING = word_set("at on by from to for of under in into with per versus v vs than as aged around about is was")
_AFTER = word_set(
    """in at on near before after during overnight since when while as if and inside outside along across around early
    late later there here yesterday today from by with between more but if because last this that now so
    again altogether"""
)
_BRINGING = word_set("bring brings bringing take takes took taking push pushes pushed pushing")
_NUMBERS = word_set("number toll total count tally")
_NEXT = 8  # words from a figure and its harm to the former one
_BE = word_set("be was were are is 's")
_KNOWN = word_set("confirmed known official reported total")  # "the confirmed dead now number 64"
_POINTING = word_set("it that this figure number toll count total tally")


class Gaps:
    """Gives a harm to quantities of one sentence that have none of their own."""

    def __init__(
        self,
        syntax: Syntax,
        sentence: Sentence,
        words: Sequence[str],
        lexicon: Lexicon,
        options: TollOptions,
        earlier: Sequence[Linked],
    ) -> None:
        self.syntax, self.words, self.first = syntax, words, sentence.first
        self.lexicon, self.options = lexicon, options
        last = earlier[-1] if earlier else None  # they stand in the order of their sentences
        reach = 2 if _FIGURES & set(words) else 1
        near = last is not None and sentence.number - syntax.sentence_of(last.quantity.first).number <= reach
        self.earlier = last if near else None
        self.heads = list(self._heads())

    def fill(self, quantities: Sequence[Quantity], linked: dict[int, Linked]) -> None:
        """Link what can be linked, in text order, so that each may lead on to the next."""
        for number, quantity in enumerate(quantities):
            another = quantity.count.article and quantity.elided
            if number in linked or quantity.counted or quantity.partitive or (quantity.count.article and not another):
                continue
            if not (quantity.elided or quantity.person):
                continue
            found = self._up_from(quantity, quantities, linked, number)
            found = (
                found
                or self._inverted(quantity)
                or self._counted(quantity)
                or self._moved(quantity, quantities, linked, number)
            )
            found = found or self._labelled(quantity)
            if not another:
                found = found or self._restated(quantity, linked, number)
            found = found or self._gapped(quantity, linked, number) or self._likewise(quantity, linked, number)
            if found is not None:
                linked[number] = found

    # --- figures of a count --------------------------------------------------------------------------------------

    def _heads(self) -> Iterator[tuple[int, TollKind, bool]]:
        """The words that say what is counted: index behind them, kind, and whether they speak of a number at all."""
        words = self.words
        for k, word in enumerate(words):
            if word == "toll":
                hurt = words[k - 1 : k] in (["injury"], ["injured"], ["wounded"]) if k else False
                yield k + 1, "injured" if hurt else "killed", True
            elif self.earlier is not None and self._points_back(k):
                yield k + 1, self.earlier.kind, True
            elif word in CATEGORY and _TALLY & set(words[max(0, k - 4) : k]):
                yield k + 1, CATEGORY[word], True
            elif word in {"those", "people", "persons"} and (told := self._who_were(k)) is not None:
                yield told[0], told[1], True
            elif word in _SUMS and words[k + 1 : k + 3] == ["and", "wounded"]:
                yield k + 3, "casualties", False
            elif word in _SUMS and (
                not k
                or words[k - 1]
                in {"the", "put", "puts", ".", ":", ";", "'s", "’s", "'", "’", "its", "their", "our", "his", *_KNOWN}
                or word == "losses"
            ):
                yield k + 1, _SORTS.get(word) or CATEGORY.get(word, "injured"), False
            elif word.endswith("ed") and (not k or words[k + 1 : k + 2] == [":"]):
                for harm in self.lexicon.words.get(word, ()):
                    if harm.role == "transitive":
                        yield k + 1, harm.kind, False
                        break

    def _who_were(self, k: int) -> tuple[int, TollKind] | None:
        """ "A count of those who died", "the number of people driven out": behind the harm, and its kind."""
        words = self.words
        if words[k - 1 : k] != ["of"] or not _TALLY & set(words[max(0, k - 3) : k]):
            return None
        for at in range(k + 1, min(len(words), k + 5)):
            for harm in self.lexicon.words.get(words[at], ()):
                if harm.role in {"transitive", "intransitive", "state"}:
                    return at + 1, harm.kind
        return None

    def _points_back(self, k: int) -> bool:
        """ "Lowered the figure to nine", "put the number at seven": the count of the sentence before."""
        words = self.words
        plain = words[k + 1 : k + 2] not in (["of"], ["who"], ["that"])
        return words[k] in {"figure", "count", "tally", "number"} and plain and words[k - 1] in {"the", "its"}

    def _counted(self, quantity: Quantity) -> Linked | None:
        """ "the toll, which had stood at 115, was lowered to 97", "casualties in the shelling: 31"."""
        at = quantity.first - self.first
        lead = self.words[at - 1] if at else ""
        if lead == "the" and self.words[at - 2 : at - 1] == ["from"]:
            lead = "from"
        for head, kind, numeric in reversed(self.heads):
            if head > at or at - head > self.options.count:
                continue
            if ";" in self.words[head:at] or self._is_followed(quantity):
                continue
            strong = lead in _LEADING if numeric else lead in _SUMMED or self._comes_to(at)
            if strong and (quantity.elided or not numeric):
                return self._new(quantity, kind, (head - 1, head))
        return None

    def _comes_to(self, at: int) -> bool:
        return self.words[at - 1] == "to" and self.words[at - 2] in {"come", "comes", "came", "amounted", "amount"}

    def _is_followed(self, quantity: Quantity) -> bool:
        """Whether a number without a noun is a time or a measure: "at six o'clock", "at 11 am"."""
        return self._after(quantity) in {"am", "pm", "a.m.", "p.m.", "o'clock", "a.m", "p.m", "gmt", "hours", "%"}

    def _inverted(self, quantity: Quantity) -> Linked | None:
        """ "Bringing to four the number killed", "which takes to 27 the toll of the week"."""
        at, stop = quantity.first - self.first, quantity.stop - self.first
        if not quantity.elided or self.words[at - 1 : at] != ["to"] or self.words[stop : stop + 1] != ["the"]:
            return None
        if not (_REVISING | _BRINGING) & set(self.words[max(0, at - 3) : at]):
            return None
        named = next((k for k in range(stop + 1, min(len(self.words), stop + 4)) if self.words[k] in _NUMBERS), None)
        if named is None:
            return None
        for k in range(named, min(len(self.words), named + 8)):
            kind: TollKind | None = CATEGORY.get(self.words[k])
            kind = kind or next(
                (h.kind for h in self.lexicon.words.get(self.words[k], ()) if h.role != "conditional"), None
            )
            if kind is not None:
                return self._new(quantity, kind, (k, k + 1))
        return None

    def _up_from(
        self, quantity: Quantity, quantities: Sequence[Quantity], linked: dict[int, Linked], number: int
    ) -> Linked | None:
        """The second of "17 dead, up from 12": what the figure right before it counts."""
        at, before = quantity.first - self.first, linked.get(number - 1)
        if not quantity.elided or before is None:
            return None
        lead = self.words[max(0, at - 3) : at]
        told = lead[-2:] in (["up", "from"], ["down", "from"]) or lead[-3:] in (
            ["up", "from", "the"],
            ["down", "from", "the"],
        )
        near = at - max(before.quantity.stop, before.cue[1]) + self.first <= _NEXT
        return self._like(quantity, before) if told and near else None

    def _moved(
        self, quantity: Quantity, quantities: Sequence[Quantity], linked: dict[int, Linked], number: int
    ) -> Linked | None:
        """The first of "from 17 to 21 fatalities", the second of "16 injured, not 12"."""
        at, stop = quantity.first - self.first, quantity.stop - self.first
        following, before = linked.get(number + 1), linked.get(number - 1)
        if not quantity.elided:
            return None
        leads_on = following is not None and quantities[number + 1].first - self.first == stop + 1
        if leads_on and at and self.words[at - 1] == "from" and self.words[stop] == "to":
            return self._like(quantity, following) if following is not None else None
        if before is not None and self.words[max(0, at - 2) : at] in ([",", "not"], ["and", "not"]):
            return self._like(quantity, before)
        return None

    def _labelled(self, quantity: Quantity) -> Linked | None:
        """ "dead 17", "confirmed dead 31": a word of harm that labels the number behind it, as tickers have it."""
        at = quantity.first - self.first
        if not quantity.elided or at < 1 or self._after(quantity) not in {"", *_ENDS, ">"}:
            return None
        before = self.words[at - 2] if at > 1 else ""
        if self.words[at - 1] not in CATEGORY or not (not before or before in _ENDS or before in _LABELLING):
            return None
        return self._new(quantity, CATEGORY[self.words[at - 1]], (at - 1, at))

    def _restated(self, quantity: Quantity, linked: dict[int, Linked], number: int) -> Linked | None:
        """ "the mayor says thirty", "the figure is sixty", "the figure of 2,600", "was amended to seven"."""
        at = quantity.first - self.first
        while at and self.words[at - 1] in _MARKS | _MERELY:
            at -= 1
        if not quantity.elided or self._is_followed(quantity):
            return None
        if not at:
            asked = self._asked() if {"how", "many"} <= set(self.words) else None
            return self._new(quantity, *asked) if asked is not None else None
        of_figure = self.words[at - 1] == "of" and at > 1 and self.words[at - 2] in _FIGURES
        if not of_figure and not (self._stands_free(quantity) and self._is_told(at)):
            return None
        near = self._nearest(linked, number)
        if near is None and of_figure:
            near = linked.get(number + 1)
        if near is None and "many" in self.words and (asked := self._asked()) is not None:
            return self._new(quantity, *asked)
        if near is None and (head := self._spoken_of(at)) is not None:
            return self._new(quantity, *head)
        near = near or (self.earlier if not of_figure else None)
        return self._like(quantity, near) if near is not None else None

    def _stands_free(self, quantity: Quantity) -> bool:
        """Whether a number ends its clause, so that it counts nothing that is named behind it."""
        after = self._after(quantity)
        ranging = after == "to" and self.words[quantity.first - self.first - 1] == "from"
        return not after or after in _ENDS or after in _AFTER or ranging

    def _is_told(self, at: int) -> bool:
        """Whether the words before a number make it a figure of a count: "says", "it was", "speak of", "revised to"."""
        lead, before = self.words[at - 1], self.words[max(0, at - 12) : at - 1]
        if lead == "for" and self.words[at : at + 3] == ["a", "total", "of"]:
            return True
        if self.words[at] in {"from", "between"}:
            return bool(_RANGING & {*before[-2:], lead})
        if self.words[at] in {"one", "both"} and (lead in _SAYING or lead in _BE):
            return False  # "fifty, said one", "doubts there were any"
        if lead in _SAYING or (lead in _BE and (bool(_POINTING & set(before[-2:])) or "there" in before[-2:])):
            return True
        if any(list(words) == self.words[max(0, at - len(words)) : at] for words in _CONTRASTING):
            return True
        for k in range(len(before) - 1, -1, -1):
            if before[k] in {";", ".", ":"}:
                return False
            if (
                (lead == "at" and before[k] in _PUTTING - {"has", "had", "gave"})
                or (lead == "as" and before[k] in _PUTTING)
                or (lead in {"to", "from"} and before[k] in _REVISING)
            ):
                return True
        return False

    def _spoken_of(self, at: int) -> tuple[TollKind, tuple[int, int]] | None:
        """The last word before `at` that says what is counted, where the sentence speaks of counting."""
        if not (_FIGURES | _PUTTING) & set(self.words[:at]):
            return None
        for k in range(at - 1, -1, -1):
            for harm in self.lexicon.words.get(self.words[k], ()):
                if harm.role in {"state", "counted", "transitive", "intransitive"}:
                    return harm.kind, (k, k + 1)
            if self.words[k] in {"fled", "fleeing"}:
                return "displaced", (k, k + 1)
        return None

    def _asked(self) -> tuple[TollKind, tuple[int, int]] | None:
        """The harm of "how many were dead"."""
        for k in range(self.words.index("many"), len(self.words)):
            if self.words[k] in {",", "."}:
                return None
            for harm in self.lexicon.words.get(self.words[k], ()):
                return harm.kind, (k, k + 1)
        return None

    # --- clauses without their verb ------------------------------------------------------------------------------

    def _gapped(self, quantity: Quantity, linked: dict[int, Linked], number: int) -> Linked | None:
        """ "two died in Goma, six in Bukavu", "two dead on the stairs and five in the yard"."""
        near = linked.get(self._last(linked, number))
        at, stop = quantity.first - self.first, quantity.stop - self.first
        if near is None or (near.side == "inside" and near.quantity.count.low == 0):
            return None
        if self.words[at] == "both" or self._is_followed(quantity):
            return None
        if self.words[at - 1] in _PLACING and not self._is_parallel(quantity, near):
            return None
        if self.syntax.tokens[quantity.first - 1].pos == "VERB":
            return None  # "called 911"
        told_of = self.syntax.tokens[quantity.first - 2] if at > 1 and self.words[at - 1] == "," else None
        aged = told_of is not None and (told_of.pos == "PROPN" or self._is_one_person(told_of.text.lower()))
        if (
            aged
            and self.words[at].isdigit()
            and self._after(quantity) in _ENDS | {"and", ""}
            and (quantity.count.high or 0) < 110
        ):
            return None  # "Jose Lucero, 20"
        start = at
        while start > near.quantity.stop - self.first and self.words[start - 1] not in _BOUNDARIES:
            start -= 1
        if start <= near.quantity.stop - self.first or at - start > self.options.gap:
            return None
        if self.words[start - 1] == ":" and start >= 2 and self.words[start - 2] not in CATEGORY:
            return None  # "households reached: 12,800"
        after = self._after(quantity)
        if after and after not in _ENDS and after not in _AFTER and not self._is_night(stop):
            return None
        return None if self._has_verb(start, at) or self._has_verb(*self._tail(stop)) else self._like(quantity, near)

    def _likewise(self, quantity: Quantity, linked: dict[int, Linked], number: int) -> Linked | None:
        """ "five policemen died, one rebel did", "and so did two guards"."""
        near = self._nearest(linked, number)
        at, stop = quantity.first - self.first, quantity.stop - self.first
        behind = (
            self.words[stop : stop + 1] in (["did"], ["too"]) and (self.words[stop + 1 : stop + 2] or ["."])[0] in _ENDS
        )
        inverted = self.words[max(0, at - 2) : at] in (["so", "did"], ["so", "were"], ["so", "was"], ["as", "did"])
        return self._like(quantity, near) if near is not None and (behind or inverted) else None

    def _is_parallel(self, quantity: Quantity, near: Linked) -> bool:
        """Whether the same preposition leads both: "graves for eleven men and … for nine", "at six …, at seventeen"."""
        lead = self.words[quantity.first - self.first - 1]
        return near.quantity.first > self.first and self.words[near.quantity.first - self.first - 1] == lead

    def _is_one_person(self, word: str) -> bool:
        return self.lexicon.is_person(word) and not word.endswith(("s", "men", "women", "people", "children"))

    def _tail(self, stop: int) -> tuple[int, int]:
        """The rest of a clause: up to a comma, a mark or a word that opens another clause."""
        end = stop
        while end < min(len(self.words), stop + self.options.gap):
            token = self.syntax.tokens[self.first + end]
            if self.words[end] in _ENDS or (token.dep == "mark" or token.tag in {"WRB", "WDT", "WP"}):
                break
            if self.words[end] in {"if", "when", "before", "after", "while", "because", "and", "but"}:
                break
            end += 1
        return stop, end

    def _is_night(self, at: int) -> bool:
        """ "three the day before", "five a day earlier"."""
        return self.words[at] in {"the", "a"} and self.words[at + 1 : at + 2] in (
            ["night"],
            ["day"],
            ["week"],
            ["month"],
            ["year"],
            ["previous"],
            ["following"],
            ["next"],
        )

    def _has_verb(self, start: int, stop: int) -> bool:
        tokens = self.syntax.tokens[self.first + start : self.first + stop]
        return any(
            token.tag in {"VBD", "VBZ", "VBP", "MD", "VB"} or (token.tag == "VBN" and token.pos == "VERB")
            for token in tokens
        )

    def _after(self, quantity: Quantity) -> str:
        at = quantity.stop - self.first
        return self.words[at] if at < len(self.words) else ""

    def _last(self, linked: dict[int, Linked], number: int) -> int:
        return max((k for k in linked if k < number), default=-1)

    def _nearest(self, linked: dict[int, Linked], number: int) -> Linked | None:
        return linked.get(self._last(linked, number))

    def _like(self, quantity: Quantity, other: Linked) -> Linked:
        return Linked(quantity, other.kind, other.cue, "ellipsis", other.uncertain)

    def _new(self, quantity: Quantity, kind: TollKind, cue: tuple[int, int]) -> Linked:
        return Linked(quantity, kind, (self.first + cue[0], self.first + cue[1]), "ellipsis")
