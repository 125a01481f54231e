"""Quotations as coreference needs them: which tokens are quoted, and who speaks them."""

from __future__ import annotations

from .cues import cues
from .drafts import Scene

_NEAR = 14  # tokens between a quotation and its verb of saying


class Quotations:
    """The quotations of a text. `inside` maps each quoted token to its quotation's number, `speakers` each quotation
    to the token that names who speaks, where the text does so beside it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.inside: dict[int, int] = {}
        self._spans: list[tuple[int, int, bool]] = []  # first and last token; whether the one before goes on in it
        self._read()
        self.speakers: list[int | None] = []
        for n, (first, last, continues) in enumerate(self._spans):
            found = self._speaker(first, last)
            if found is None and n > 0 and (continues or self._follows(n)):
                found = self.speakers[n - 1]
            if found is None:
                found = self._before(first, last)
            self.speakers.append(found)
        for n in range(len(self._spans) - 2, -1, -1):  # a paragraph left open is spoken by who speaks the next
            if self.speakers[n] is None and self._spans[n + 1][2]:
                self.speakers[n] = self.speakers[n + 1]

    def __contains__(self, i: object) -> bool:
        return i in self.inside

    def speaker(self, i: int) -> int | None:
        """The token that names who speaks the quotation around token `i`."""
        number = self.inside.get(i)
        return self.speakers[number] if number is not None else None

    def _read(self) -> None:
        """Tokens inside double quotation marks; an unclosed quotation ends with its paragraph."""
        tokens = self.scene.tokens
        block, first, left_open = -1, None, False
        for sentence in self.scene.syntax.sentences:
            if sentence.block != block:
                left_open = first is not None
                if first is not None:
                    self._close(first, sentence.first - 1, False)
                block, first = sentence.block, None
            for i in range(sentence.first, sentence.last):
                text = tokens[i].text
                if first is None and text in ("“", "„", "«", '"', "''", "``"):
                    first = i + 1
                elif first is not None and text in ("”", "»", '"', "''", "``"):
                    self._close(first, i - 1, left_open)
                    first, left_open = None, False
        if first is not None:
            self._close(first, len(tokens) - 1, left_open)

    def _close(self, first: int, last: int, continues: bool) -> None:
        if last < first:
            return
        for i in range(first, last + 1):
            self.inside[i] = len(self._spans)
        self._spans.append((first, last, continues))

    def _follows(self, n: int) -> bool:
        """Whether a quotation goes on with the one before it: no full sentence between them."""
        scene = self.scene
        return scene.sentence[self._spans[n][0]] - scene.sentence[self._spans[n - 1][1]] <= 1

    def _speaker(self, first: int, last: int) -> int | None:
        sentence = self.scene.sentence
        high = min(len(self.scene.tokens) - 1, last + _NEAR)
        after = [i for i in range(last + 1, high + 1) if sentence[i] - sentence[last] <= 1]
        stop = next((n for n, i in enumerate(after) if i in self.inside), len(after))
        before = [i for i in range(first - 1, max(-1, first - _NEAR), -1) if sentence[i] == sentence[first]]
        for i in after[:stop]:
            if sentence[i] != sentence[last] and sentence[i] != sentence[after[0]]:
                break
            if (found := self._says(i)) is not None:
                return found
            if self.scene.tokens[i].text in (".", "!", "?"):
                break
        for i in before:
            if i in self.inside:
                continue
            if (found := self._says(i)) is not None:
                return found
        return None

    def _before(self, first: int, last: int) -> int | None:
        """Who is the subject of the sentence before sentences that are quoted whole."""
        scene = self.scene
        low, high = scene.bounds(first)[0], scene.bounds(last)[1]
        if low == 0 or first - low > 1 or high - last > 1:
            return None
        before = scene.bounds(low - 1)
        for token in scene.tokens[before[0] : before[1] + 1]:
            if (
                token.dep in ("nsubj", "nsubjpass")
                and scene.tokens[token.head].dep == "ROOT"
                and token.i not in self.inside
            ):
                return token.i
        return None

    def _says(self, i: int) -> int | None:
        scene = self.scene
        token = scene.tokens[i]
        if token.pos not in ("VERB", "AUX"):
            return None
        if not scene.words.is_verb(token, scene.words.say) and token.lemma.lower() not in cues().voices:
            return None
        subject = scene.syntax.child(i, "nsubj")
        if subject is not None and subject.i not in self.inside:
            return subject.i
        while token.dep in ("conj", "xcomp", "advcl") and token.head != token.i:
            token = scene.tokens[token.head]
            subject = scene.syntax.child(token.i, "nsubj")
            if subject is not None:
                return subject.i if subject.i not in self.inside else None
        beside = scene.claimed.get(i + 1)
        return beside.head if beside is not None and beside.kind == "person" else None
