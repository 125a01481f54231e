"""Figures of a count that is under way: their clause has no harm of its own, for it was told shortly before.

"The ministry counts 24"; "the agency stands by five"; "did anyone die? Forty, says the union"; "the army says one was".
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.records import Sentence, Syntax, TollKind

from .lexicon import Lexicon, word_set
from .links import Linked
from .numbers import number
from .options import TollOptions
from .quantities import Quantity
from .sightings import sightings

_COUNTING = word_set(
    """count counts counted counting tally tallies tallied list lists listed register registers registered record
    records recorded log logs logged document documents documented"""
)
_STANDING = word_set(
    """stand stands stood stick sticks stuck hold holds held keep keeps kept stay stays stayed
    remain remains remained"""
)
_PUTTING = word_set("make makes made put puts place places")  # "makes it three", "puts it at six"
_GIVING = word_set("give gives gave given has have had")
_NAMING = word_set("names list lists register registers roll count figure figures total tally estimate")
_STARTING = word_set("begin begins began start starts started open opens opened")
_WRITING = word_set("write writes wrote")
_KNOWING = word_set("know knows knew speak speaks spoke tell tells told names")
_SAYING = word_set(
    """say says said insist insists insisted claim claims claimed report reports reported reply replies replied answer
    answers answered announce announced maintains maintained according"""
)
_SKIPPED = word_set("now still only just all already even ' ’ ‘ “ ” ``") | {'"', "''"}
_OPENING = word_set("; : — – ? ! “ ‘ ``") | {'"'}
_ENDS = word_set(", . ; : ) — – ? ! ” ’") | {'"', "''"}
_AFTER = word_set(
    "for in at on near from since so overnight yesterday today by after and but while against as altogether of"
)
_ELLIPTIC = word_set("was were did had has have is are")
_VAGUE = word_set("several some many few a most both")
_FLED = word_set("fled flee fleeing")
_NUMBERS = word_set("number figure count total tally")
_SPAN = word_set(
    """second seconds minute minutes hour hours day days night nights week weeks month months year years decade decades
    time times am pm"""
)
_ROSTERED = word_set(
    """member members staff employee employees supporter supporters follower followers inhabitant inhabitants resident
    residents voter voters citizen citizens subscriber subscribers customer customers pupil pupils student students
    believer believers doctor doctors nurse nurses witness witnesses candidate candidates delegate delegates lawmaker
    lawmakers deputies friend friends visitor visitors guest guests worker workers champion champions winner winners
    player players suspect suspects survivor survivors attacker attackers"""
)  # whom a body counts as its own, or for another reason than harm
_BACK = 2  # sentences between a figure and the words that say what it counts
_VERDICT = 12  # words of an answer and of who gives it
_RELATED = 8  # words behind a figure within which "those who fell" says what it counts


class RunningCount:
    """Gives a harm to the quantities of one sentence that continue a count told before them."""

    def __init__(
        self,
        syntax: Syntax,
        sentence: Sentence,
        words: Sequence[str],
        lexicon: Lexicon,
        options: TollOptions,
        earlier: Sequence[Linked],
    ) -> None:
        self.syntax, self.sentence, self.words, self.first = syntax, sentence, words, sentence.first
        self.lexicon, self.options, self.earlier = lexicon, options, earlier[-_VERDICT:]

    def fill(self, quantities: Sequence[Quantity], linked: dict[int, Linked]) -> None:
        """Link what continues a count, in text order."""
        for at, quantity in enumerate(quantities):
            if at in linked or quantity.counted or quantity.count.article or quantity.partitive:
                continue
            if not (quantity.elided or quantity.person) or self._is_clock(quantity):
                continue
            here = [linked[k] for k in sorted(linked) if k < at]
            found = self._numbered(quantity)
            if found is None and self._is_claimed(quantity):
                found = self._related(quantity) or self._before(quantity, here, _BACK)
            if found is None and (self._is_answer(quantity) or self._is_elliptic(quantity)):
                found = self._before(quantity, here, 1)
            if found is not None:
                linked[at] = found

    # --- constructions -------------------------------------------------------------------------------------------

    def _is_claimed(self, quantity: Quantity) -> bool:
        """Whether a body that speaks counts it: "the ministry counts three women", "the union stands by forty"; or it
        is the antecedent: "the 80 whom the embassy listed"."""
        at, stop = quantity.first - self.first, quantity.stop - self.first
        if self.words[stop : stop + 1] == ["whom"]:
            return bool(_COUNTING & set(self.words[stop + 1 : stop + 7]))
        while at and self.words[at - 1] in _SKIPPED:
            at -= 1
        if not at:
            return False
        told = self._told(at, quantity.elided)
        if not told or quantity.group in _ROSTERED or (quantity.elided and not self._stands_free(quantity)):
            return False
        verb = at - told
        return self.words[verb] in _NAMING or self._speaks(verb)

    def _told(self, at: int, elided: bool) -> int:
        """How many words before word `at` say that it is counted or claimed; 0 where none do. Only a number without a
        noun is stood by, begun with or written."""
        verb, last = self.words[at - 2] if at > 1 else "", self.words[at - 1]
        if last in _COUNTING or (elided and last in _WRITING):
            return 1
        claimed = (last in {"by", "to", "at", "with"} and verb in _STANDING) or (last == "with" and verb in _STARTING)
        claimed |= (last == "at" and verb.startswith("arriv")) or (last in {"it", "them"} and verb in _PUTTING)
        if elided and last in _GIVING and self.words[at + 1 : at + 3] in (["for", "those"], ["for", "the"]):
            return 1
        return 2 if (elided and claimed) or (last == "of" and verb in _KNOWING | _NAMING) else 0

    def _speaks(self, verb: int) -> bool:
        """Whether the verb at word `verb` has a subject who can give others' count."""
        i = self.first + verb
        for _ in range(3):
            subjects = list(self.syntax.children(i, "nsubj"))
            if subjects:
                break
            if self.syntax.tokens[i].dep not in {"conj", "xcomp"}:
                return False
            i = self.syntax.tokens[i].head
        else:
            return False
        return subjects[0].text.lower() not in {"i", "you", "we", "one", "that", "this", "what"}

    def _is_answer(self, quantity: Quantity) -> bool:
        """A clause that is only a figure and who gives it: "Forty, says the union.", "fourteen, the battalion said"."""
        at, stop = quantity.first - self.first, quantity.stop - self.first
        if at and self.words[at - 1] not in _OPENING:
            return False
        if self.words[stop : stop + 1] != [","]:
            return False
        end = next((k for k in range(stop + 1, len(self.words)) if self.words[k] in {".", ";", "?"}), len(self.words))
        clause = self.words[stop + 1 : end]
        if len(clause) > _VERDICT or not clause:
            return False
        finite = [k for k in range(stop + 1, end) if self.syntax.tokens[self.first + k].tag in {"VBD", "VBZ", "VBP"}]
        if not finite:
            return "according" in clause[:2]
        return len(finite) == 1 and self.words[finite[0]] in _SAYING and finite[0] in {stop + 1, end - 1}

    def _is_elliptic(self, quantity: Quantity) -> bool:
        """ "the ministry says one man was", "the owner says four did": the verb of the clause before, left out."""
        stop = quantity.stop - self.first
        if stop == quantity.first - self.first or self.words[stop : stop + 1] == []:
            return False
        end = stop + 1 + (self.words[stop + 1 : stop + 2] == ["been"])
        ends = (self.words[end : end + 1] or ["."])[0] in {".", ";", ","}
        return self.words[stop] in _ELLIPTIC and ends and self.words[quantity.first - self.first] not in _VAGUE

    def _numbered(self, quantity: Quantity) -> Linked | None:
        """ "twelve is the whole count of the dead"."""
        stop = quantity.stop - self.first
        if not quantity.elided or self.words[stop : stop + 1] not in (["is"], ["was"], ["remains"], ["remained"]):
            return None
        for k in range(stop + 1, min(len(self.words), stop + 6)):
            if self.words[k] in _NUMBERS:
                return self._sighted(quantity, k + 1, k + 1 + _RELATED)
        return None

    # --- what is counted -----------------------------------------------------------------------------------------

    def _related(self, quantity: Quantity) -> Linked | None:
        """ "a hundred for those lost at sea"."""
        stop = quantity.stop - self.first
        if self.words[stop : stop + 2] not in (["for", "those"], ["for", "the"], ["of", "those"], ["among", "those"]):
            return None
        return self._sighted(quantity, stop, stop + _RELATED)

    def _sighted(self, quantity: Quantity, start: int, stop: int) -> Linked | None:
        for sighting in sightings(self.words, self.lexicon):
            if start <= sighting.first < stop and sighting.harms:
                cue = (self.first + sighting.first, self.first + sighting.stop)
                return Linked(quantity, sighting.harms[0].kind, cue, "ellipsis")
        return None

    def _before(self, quantity: Quantity, here: Sequence[Linked], back: int) -> Linked | None:
        """The harm told last before a quantity, in its sentence or up to `back` sentences before it."""
        at = quantity.first
        for sentence in reversed(self.syntax.sentences[max(0, self.sentence.number - back) : self.sentence.number + 1]):
            words = [token.text.lower() for token in self.syntax.tokens[sentence.first : sentence.last]]
            told = [
                one for one in (*self.earlier, *here) if sentence.first <= one.quantity.first < min(sentence.last, at)
            ]
            found: tuple[TollKind, tuple[int, int], bool] | None = None
            if told:
                found = told[-1].kind, told[-1].cue, told[-1].uncertain
            for sighting in sightings(words, self.lexicon):
                first = sentence.first + sighting.first
                if first < at and sighting.harms and (found is None or (not told and first > found[1][0])):
                    role = sighting.harms[0].role
                    if role != "conditional":
                        found = sighting.harms[0].kind, (first, sentence.first + sighting.stop), False
            fled = [k for k, word in enumerate(words) if word in _FLED and sentence.first + k < at]
            if found is None and fled and quantity.size >= self.options.flight:
                found = "displaced", (sentence.first + fled[-1], sentence.first + fled[-1] + 1), False
            if found is not None:
                if self._is_interrupted(max(found[1][1], told[-1].quantity.stop if told else 0), at):
                    return None
                return Linked(quantity, found[0], found[1], "ellipsis", found[2])
        return None

    def _is_interrupted(self, start: int, stop: int) -> bool:
        """Whether things were counted between, so that the figure may be theirs ("and 40 houses burned")."""
        words = [token.text.lower() for token in self.syntax.tokens[start:stop]]
        for k in range(len(words)):
            if (told := number(words, k)) is None or told[0] in {0, 1}:
                continue
            for word in words[told[1] : told[1] + 3]:
                if word in _ENDS:
                    break
                if word not in _SPAN and self.lexicon.is_thing(word) and not self.lexicon.is_person(word):
                    return True
        return False

    def _stands_free(self, quantity: Quantity) -> bool:
        stop = quantity.stop - self.first
        return stop >= len(self.words) or self.words[stop] in _ENDS | _AFTER

    def _is_clock(self, quantity: Quantity) -> bool:
        stop = quantity.stop - self.first
        return self.words[stop : stop + 1] != [] and self.words[stop] in {"am", "pm", "a.m.", "p.m.", "o'clock", "%"}
