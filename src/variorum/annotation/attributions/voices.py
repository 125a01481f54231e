"""Whose word each figure stands on, also where its own sentence does not say.

    attributions, subjects of counting, ─▶ features of each ─▶ the likeliest, narration among them ─▶ its name
    "by the count of", those before

A figure is given in a quotation or a clause of speech, by whoever counts ("the hospital has six in its book"), by words
around it ("by the police account"), or runs on from a sentence before. Each of these is a candidate; a log-linear
choice takes one. The features are names that hold or do not; their weights (``data/voice_weights.tsv``) are made by
``tools/train_figures.py`` from texts of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from variorum.packaged import data_lines
from variorum.records import ActorMention, Attribution, Document, Span, Syntax, Token, TollMention
from variorum.world.nouns import find_noun

from .drafts import is_relative, subject
from .lexicon import load_lexicon, speaking, words
from .naming import Naming

_REACH = 3  # sentences back in which one who spoke may go on
_GIVING = frozenset({"content", "phrase", "inverted", "line", "clause counting", "clause keeping", "clause tending"})
_TELLING = ("content", "phrase near", "phrase citing", "inverted near", "line", "clause counting", "clause keeping",
            "clause tending", "clause telling", "clause before a colon")  # fmt: skip
_RELAYING = frozenset({"is outlet", "is document"})
_OUTLETS = frozenset({"MED", "JRN"})
_ORGANS = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "IGO", "NGO", "SOC", "HLH", "REB", "SEP", "UAF", "PTY", "OPP"}
)
_MORE = frozenset({"another", "also", "more", "further", "additional", "others"})
_NARRATING = frozenset({"i", "we"})
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "EVENT"})
_CITING = frozenset({"cite", "quote"})
_BY = frozenset({"by", "on", "in", "according", "from", "at"})
_LEAD = 9  # words that may name the speaker of a line before its colon
_SPEECH = frozenset(
    {"say", "add", "report", "tell", "write", "announce", "state", "note", "claim", "confirm", "accord"}
)


class Candidate:
    """One who may have given a figure: `head` is the token of his name, -1 for the narrator. Features gather as he is
    found in several ways."""

    def __init__(self, head: int) -> None:
        self.head = head
        self.features: dict[str, None] = {}

    def add(self, *names: str) -> None:
        self.features.update(dict.fromkeys(names))


_At = Callable[[int], Candidate]


@cache
def weights() -> dict[str, float]:
    """The packaged weights by feature, read once a process. Raises `ModelError` where there are none."""
    rows = (line.split("\t") for line in data_lines("voice_weights.tsv"))
    return {name: float(value) for name, value in rows}


def give_voices(
    document: Document,
    syntax: Syntax,
    actors: Sequence[ActorMention],
    attributions: Sequence[Attribution],
    tolls: Sequence[TollMention],
) -> tuple[TollMention, ...]:
    """The tolls, each with the name of the one on whose word it stands, and that one's mention among the actors; both
    None where the text itself tells it."""
    voices = Voices(document, syntax, actors, attributions, tolls)
    naming = Naming(document.text, syntax, actors, attributions)
    notices = document.spans(frozenset({"correction"}))
    given = []
    for toll, head in zip(tolls, voices.choose_all(), strict=True):
        name = naming.of(head) if head >= 0 else None
        if name is not None and name.actor is None and any(a <= toll.start < b for a, b in notices):
            name = None  # an outlet's notice of what its own text said
        given.append(toll if name is None else replace(toll, speaker=name.name, speaker_actor=name.actor))
    return tuple(given)


class Voices:
    """Chooses for the figures of one document, in text order."""

    def __init__(
        self,
        document: Document,
        syntax: Syntax,
        actors: Sequence[ActorMention],
        attributions: Sequence[Attribution],
        tolls: Sequence[TollMention],
    ) -> None:
        self.text = document.text
        self.syntax = syntax
        self.actors = actors
        self.attributions = attributions
        self.tolls = tolls
        self._actor_at = {
            t.i: n for n, a in enumerate(actors) for t in syntax.tokens_in(a.start, a.end) if a.end - a.start < 80
        }
        self._harmed = {t.i for toll in tolls for t in syntax.tokens_in(toll.start, toll.end)}
        self._cues = {
            t.i
            for toll in tolls
            if toll.cue is not None
            for t in syntax.tokens_in(*toll.cue)
            if t.pos in ("VERB", "AUX")
        }
        self._sources = [self._source(a) for a in attributions]
        self._by_sentence: dict[int, list[int]] = {}
        for number, a in enumerate(attributions):
            for sentence in sorted({s for span in (*a.source, *a.cue) if (s := self._sentence(span)) is not None}):
                self._by_sentence.setdefault(sentence, []).append(number)
        self._said_in: dict[int, list[int]] = {}  # the attributions whose content reaches into a sentence
        for number, a in enumerate(attributions):
            for sentence in sorted({s for span in a.content for s in self._sentences(span)}):
                self._said_in.setdefault(sentence, []).append(number)

    def choose_all(self) -> list[int]:
        """For each toll the token that heads its speaker's name, -1 for the narrator."""
        chosen: list[int] = []
        for number in range(len(self.tolls)):
            candidates = self.candidates(number, chosen)
            chosen.append(self.choose(candidates, weights()).head)
        return chosen

    @staticmethod
    def choose(candidates: Sequence[Candidate], known: Mapping[str, float]) -> Candidate:
        """The likeliest. A part of which the words name no speaker stands on the word of its whole."""
        of_whole = next((c for c in candidates if "of its whole" in c.features), None)
        if of_whole is not None and not any(c.features.keys() & _GIVING for c in candidates):
            return of_whole
        return max(candidates, key=lambda c: (sum(known.get(name, 0.0) for name in c.features), -c.head))

    def candidates(self, number: int, chosen: Sequence[int]) -> list[Candidate]:
        """The narrator and all who may have given the toll, with the features of each; `chosen` are the speakers of the
        tolls before."""
        toll = self.tolls[number]
        head = self.syntax.head_of(toll.start, toll.end)
        narrator = Candidate(-1)
        if head is None:
            return [narrator]
        found: dict[int, Candidate] = {}

        def at(i: int) -> Candidate:
            i = self._who(i)
            return found.setdefault(i, Candidate(i))

        self._content(toll, at)
        self._clause(head, at)
        self._phrases(head, at)
        self._line(toll, head, at)
        self._before(number, head, chosen, at)
        for c in found.values():
            self._describe(c, head)
        self._relayed(found.values())
        self._narration(narrator, found.values(), toll, head)
        found.pop(head.i, None)
        return [narrator, *(c for i, c in sorted(found.items()) if i not in self._harmed)]

    # ------------------------------------------------------------------ candidates

    def _source(self, attribution: Attribution) -> int | None:
        if not attribution.source:
            return None
        head = self.syntax.head_of(*attribution.source[0])
        return head.i if head is not None else None

    def _who(self, i: int) -> int:
        """Whom a relative pronoun stands for, and whose a count or a register is."""
        token = self.syntax.tokens[i]
        if is_relative(token):
            above = next((t for t in self.syntax.ancestors(i) if t.pos in ("NOUN", "PROPN")), None)
            return above.i if above is not None else i
        if token.lemma.lower() in words("figures"):
            return next((t.i for t in self._owners(token)), i)
        return i

    def _sentence(self, span: Span) -> int | None:
        inside = self.syntax.tokens_in(*span)
        return self.syntax.sentence_of(inside[0].i).number if inside else None

    def _sentences(self, span: Span) -> range:
        """The numbers of the sentences that a span reaches into."""
        inside = self.syntax.tokens_in(*span)
        if not inside:
            return range(0)
        first, last = (self.syntax.sentence_of(t.i).number for t in (inside[0], inside[-1]))
        return range(first, last + 1)

    def _content(self, toll: TollMention, at: _At) -> None:
        """Whoever is said to have said it, the innermost first."""
        span = Span(toll.start, toll.end)
        near = sorted({n for s in self._sentences(span) for n in self._said_in.get(s, ())})
        covering = [
            (sum(c.end - c.start for c in self.attributions[n].content), n)
            for n in near
            if self._sources[n] is not None and any(c.overlaps(span) for c in self.attributions[n].content)
        ]
        for rank, (_, n) in enumerate(sorted(covering)):
            attribution, source = self.attributions[n], self._sources[n]
            if source is None:
                continue
            c = at(source)
            c.add("content", f"content {min(rank, 2)}", "content told" if attribution.stance else "content thought")
            if attribution.stance not in (None, "asserts"):
                c.add("content " + attribution.stance)
            if attribution.quoted:
                c.add("content quoted")
            if attribution.parent is not None:
                c.add("content nested")

    def _clause(self, head: Token, at: _At) -> None:
        """Whoever does what the verbs above the figure say."""
        below, path = head, ""
        for step, verb in enumerate((head, *self.syntax.ancestors(head.i))):
            if verb.i != head.i:
                path = path or below.dep
            if verb.pos in ("VERB", "AUX") and step < 12:
                who, passive = subject(self.syntax, verb.i)
                if who is not None and who.i not in self._harmed and not passive and who.i != head.i:
                    self._add_clause(at, who, verb, path)
            elif verb.pos == "NOUN" and verb.lemma.lower() in words("figures"):
                for owner in self._owners(verb):
                    at(owner.i).add("clause", "clause figures")
            below = verb
        for verb in self.syntax.children(head.i, "relcl"):  # "the 450 whom the agency lists"
            who = self.syntax.child(verb.i, "nsubj")
            if who is not None and not is_relative(who) and who.i not in self._harmed:
                self._add_clause(at, who, verb, "relcl of it")
        self._colon(head, at)

    def _colon(self, head: Token, at: _At) -> None:
        """Whoever the words before a colon tell of: "The brigade corrects its list: five dead"."""
        sentence = self.syntax.sentence_of(head.i)
        colon = next((k for k in range(head.i, sentence.first, -1) if self.syntax.tokens[k].text == ":"), None)
        if colon is None:
            return
        for k in range(sentence.first, colon):
            verb = self.syntax.tokens[k]
            if verb.pos in ("VERB", "AUX") and verb.tag in ("VBZ", "VBD", "VBP", "VBN"):
                who = self.syntax.child(k, "nsubj")
                if who is not None and who.i < colon and self._verb(verb) not in ("harm", "other"):
                    at(who.i).add("clause", "clause before a colon")
                    return

    def _add_clause(self, at: _At, who: Token, verb: Token, path: str) -> None:
        if who.lemma.lower() in words("figures"):
            for owner in self._owners(who):
                at(owner.i).add("clause", "clause figure is")
            return
        kind = self._verb(verb)
        if kind in ("harm", "other") or who.text.lower() in _NARRATING or not self._is_someone(who):
            return
        c = at(who.i)
        c.add("clause", f"clause {kind}")
        group = "clause" if path in ("ccomp", "advcl", "conj", "relcl", "nsubj", "nsubjpass") else "phrase"
        c.add(f"clause {kind} {group}")

    def _is_someone(self, token: Token) -> bool:
        entity = self.syntax.entity_of(token.i)
        if entity is not None and entity.label in _TIMES:
            return False
        return is_relative(token) or self._sort(token, self._actor_at.get(token.i)) != "thing"

    def _verb(self, verb: Token) -> str:
        lemma = verb.lemma.lower()
        if verb.i in self._cues:
            return "harm"
        if lemma in words("counting"):
            return "counting"
        if lemma in words("keeping"):
            return "keeping"
        if lemma in words("tending"):
            return "tending"
        lexicon = load_lexicon()
        entry = lexicon.verbs.get(lexicon.forms.get(verb.text.lower(), ""))
        return "telling" if entry is not None and "clause" in entry.frames else "other"

    def _owners(self, noun: Token) -> Iterator[Token]:
        """Whose count or register it is. In "the toll of the raid" and "the number of people" nobody is told of."""
        yield from self.syntax.children(noun.i, "poss")
        for prep in self.syntax.children(noun.i, "prep"):
            if prep.text.lower() in ("of", "by", "from") and prep.i > noun.i:
                yield from (t for t in self.syntax.children(prep.i, "pobj") if self._may_count(t))
        yield from (t for t in self.syntax.children(noun.i, "compound") if t.lemma.lower() in speaking())

    def _may_count(self, token: Token) -> bool:
        return token.i not in self._harmed and self._sort(token, self._actor_at.get(token.i)) not in ("thing", "people")

    def _phrases(self, head: Token, at: _At) -> None:
        """ "By the police account", "according to the mayor", and ", says the mayor" behind a fragment."""
        sentence = self.syntax.sentence_of(head.i)
        tokens = self.syntax.tokens
        for i in range(sentence.first, sentence.last):
            token = tokens[i]
            before = tokens[i - 1].text.lower() if i > sentence.first else ""
            if token.lemma.lower() in words("figures") and token.dep == "pobj":
                prep = tokens[token.head]
                if prep.text.lower() in _BY:
                    for owner in self._owners(token):
                        at(owner.i).add("phrase", "phrase near" if self._one_part(head.i, i) else "phrase far")
            if token.text.lower() == "to" and before == "according":
                who = self.syntax.child(i, "pobj")
                if who is not None:
                    at(who.i).add("phrase", "phrase near" if self._one_part(head.i, i) else "phrase far")
            if token.tag == "VBG" and token.lemma.lower() in _CITING:
                who = self.syntax.child(i, "dobj")
                if who is not None:
                    at(who.i).add("phrase", "phrase citing")
            if token.lemma.lower() in _SPEECH and before in (",", "”", '"', "’") and token.tag in ("VBZ", "VBD", "VBP"):
                behind = self._next_noun(i + 1, sentence.last)
                if behind is not None and i > head.i:
                    at(behind).add("inverted", "inverted near" if self._one_part(head.i, i) else "inverted far")

    def _one_part(self, a: int, b: int) -> bool:
        """Whether no semicolon stands between two tokens."""
        low, high = min(a, b), max(a, b)
        return all(self.syntax.tokens[k].text != ";" for k in range(low, high))

    def _next_noun(self, first: int, last: int) -> int | None:
        """The head of the noun phrase that begins at a token."""
        tokens = self.syntax.tokens
        seen: int | None = None
        for i in range(first, min(last, first + _LEAD)):
            if tokens[i].pos in ("NOUN", "PROPN"):
                seen = i
            elif tokens[i].pos in ("DET", "ADJ", "PART") or tokens[i].dep in ("poss", "case"):
                continue
            else:
                break
        return seen

    def _line(self, toll: TollMention, head: Token, at: _At) -> None:
        """Whoever stands before the colon of the line: "The mayor: six dead"."""
        start = self.text.rfind("\n", 0, toll.start) + 1
        colon = self.text.find(": ", start, toll.start)
        if colon < 0:
            return
        inside = [t for t in self.syntax.tokens_in(start, colon) if t.pos in ("NOUN", "PROPN") and t.text[0].isalpha()]
        named = [t for t in self.syntax.tokens_in(start, colon) if t.pos != "PUNCT"]
        if not inside or len(named) > _LEAD or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in named):
            return
        top = inside[0]
        while self.syntax.tokens[top.i + 1] in inside:  # the last of the first nouns: "the governor of Ankor"
            top = self.syntax.tokens[top.i + 1]
        if self._is_someone(top):
            at(top.i).add("line")

    def _before(self, number: int, head: Token, chosen: Sequence[int], at: _At) -> None:
        """Whoever gave the figures before, and who spoke last before the figure's sentence."""
        here = self.syntax.sentence_of(head.i)
        toll = self.tolls[number]
        if toll.part_of is not None and toll.part_of < number and chosen[toll.part_of] >= 0:
            at(chosen[toll.part_of]).add("of its whole")
        for other in range(number - 1, -1, -1):
            other_head = self.syntax.head_of(self.tolls[other].start, self.tolls[other].end)
            if other_head is None:
                continue
            away = here.number - self.syntax.sentence_of(other_head.i).number
            if away > _REACH:
                break
            if chosen[other] >= 0:
                c = at(chosen[other])
                c.add(f"gave a figure {away}")
                if away == 0 and not any(t.text == ";" for t in self.syntax.tokens[other_head.i : head.i]):
                    c.add("gave a figure of the clause")
                if self.tolls[other].kind == toll.kind:
                    c.add("gave the same kind")
            break
        for away in range(1, _REACH + 1):
            spoken = [
                source
                for n in self._by_sentence.get(here.number - away, ())
                if self.attributions[n].stance is not None and (source := self._sources[n]) is not None
            ]
            if spoken:
                same = self.syntax.sentences[here.number - away].block == here.block
                at(spoken[-1]).add(f"spoke {away}", "spoke in the paragraph" if same else "spoke above")
                break

    # ------------------------------------------------------------------ features

    def _describe(self, c: Candidate, head: Token) -> None:
        """What sort of speaker the candidate is, and how the sentence of the figure is told."""
        token = self.syntax.tokens[c.head]
        number = self._actor_at.get(c.head)
        ways = [w for w in ("content", "clause", "phrase", "inverted", "line") if w in c.features]
        c.add(*(f"{a} and {b}" for k, a in enumerate(ways) for b in ways[k + 1 :]))
        sort = self._sort(token, number)
        c.add(f"is {sort}")
        c.add(*(f"{way} is {sort}" for way in ways))
        if not ways:
            c.add("only before", *(f"carried {name}" for name in self._manner(head)))
        if self.syntax.sentence_of(c.head).number == self.syntax.sentence_of(head.i).number and c.head > head.i:
            c.add("behind the figure")
        if ways and not self._one_part(c.head, head.i):
            c.add("across a semicolon")

    def _relayed(self, found: Iterable[Candidate]) -> None:
        """An outlet or a report that stands beside one whose word it passes on."""
        given = [c for c in found if c.features.keys() & _GIVING and not c.features.keys() & _RELAYING]
        for c in found:
            if c.features.keys() & _RELAYING and given:
                c.add("outlet beside another")
            elif c in given and any(other.features.keys() & _RELAYING for other in found):
                c.add("beside an outlet")

    def _sort(self, token: Token, number: int | None) -> str:
        actor = self.actors[number] if number is not None else None
        lemma = token.lemma.lower()
        if actor is not None and actor.antecedent is not None:
            seen = {number}
            while actor.antecedent is not None and actor.antecedent not in seen:
                seen.add(actor.antecedent)
                actor = self.actors[actor.antecedent]
        if actor is not None and (actor.sector in _OUTLETS or {*actor.sectors} & _OUTLETS):
            return "outlet"
        if lemma in words("figures") | words("documents") | words("evidence"):
            return "document"
        if actor is not None and not actor.generic:
            return "person" if ":PER:" in actor.key else "body"
        if lemma in speaking() or lemma in words("mouthpieces") | words("premises"):
            return "speaking"
        if actor is not None and actor.sector in _ORGANS:
            return "organ"
        noun = find_noun(lemma) if token.pos == "NOUN" else None
        if token.pos == "PRON":
            return "pronoun"
        if noun is not None and noun.sort in ("person", "group"):
            return "people"
        return "name" if token.pos == "PROPN" else "thing"

    def _manner(self, head: Token) -> Iterator[str]:
        """How the sentence of a figure is told that names no speaker."""
        sentence = self.syntax.sentence_of(head.i)
        tokens = self.syntax.tokens[sentence.first : sentence.last]
        finite = [t for t in tokens if t.tag in ("VBD", "VBZ", "VBP", "MD")]
        yield "finite" if finite else "fragment"
        if any(t.lemma == "have" and t.tag == "VBD" and t.dep == "aux" for t in tokens):
            yield "past perfect"
        low = {t.text.lower() for t in tokens[:6]}
        if low & _MORE:
            yield "more"
        if any(self.syntax.tokens[k].text.lower() in ("them", "those", "these") for k in range(head.i, head.i + 3)
               if k < len(self.syntax)):  # fmt: skip
            yield "of them"
        if self.syntax.tokens[sentence.first].i == head.i or head.i - sentence.first < 3:
            yield "first in its sentence"
        if any(t.pos == "PROPN" and t.dep in ("pobj", "nsubj") for t in tokens):
            yield "new names"

    def _narration(self, narrator: Candidate, others: Iterable[Candidate], toll: TollMention, head: Token) -> None:
        narrator.add("narrator")
        found = {name for c in others for name in c.features}
        for way in _TELLING:
            if way in found:
                narrator.add(f"narrator though {way}")
        if toll.part_of is not None:
            narrator.add("narrator of a part")
        block = self.syntax.sentence_of(head.i)
        narrator.add("narrator in a title" if block.kind == "title" else "narrator in the body")
