"""Train the choices of who gives a figure, and of the act that it is told of; estimate both on texts not seen.

    python tools/train_figures.py [--check] [--folds 8] [--errors]

Texts: ``tune`` and ``tune-2`` of ``tests/gold/crises`` and ``tools/training/figures.txt`` (texts of this project, MIT).
Writes ``src/variorum/data/voice_weights.tsv`` and ``act_weights.tsv``. With ``--check`` nothing is written: weights
are trained anew for each fold of texts (crises are left out whole) on all others.

Each figure gives one choice among candidates; right is each that the gold allows. The weights maximise the logarithm of
the right candidates' share, less a square penalty (a log-linear ranker). No randomness: the same texts give the same
file. In ``figures.txt`` a text begins with ``# number name date``; ``[1:shelled]`` is a mention of its first act and
``{killed 12+ @1 =mayor/town hall|Twelve people}`` a figure with its kind, bounds, act and speakers ("-": narration).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar
from unittest import mock

import gold as own
import score_crises as crises
from choice_ranker import ranker_weights
from variorum.annotation.attributions import voices
from variorum.annotation.attributions.naming import Naming
from variorum.coding import harm_acts, harms
from variorum.pipeline import annotator
from variorum.records import TollMention

TRAINING = Path(__file__).resolve().parent / "training" / "figures.txt"
DATA = Path(voices.__file__).resolve().parents[2] / "data"
PENALTY = 2.0
LEAST = 3  # candidates that a feature must hold of, or it is left out
STEPS = 200
_MARK = re.compile(r"\[(?P<act>\d+):(?P<told>[^\]]+)\]|\{(?P<fields>[^|{}]+)\|(?P<figure>[^{}]+)\}")
_FIELDS = re.compile(r"(?P<kind>\w+) (?P<low>\d+)(?P<open>\+)?(?:-(?P<high>\d+))? @(?P<act>\S+) =(?P<speakers>.+)")

Row = dict[str, Any]
Weights = dict[str, float]
Arguments = dict[str, tuple[Any, ...]]  # of a function of the pipeline, by the document's text


class Figure(NamedTuple):
    """A figure as the gold has it. None among `speakers` allows narration; `act` None is no act of the text."""

    start: int
    end: int
    kind: str
    low: int
    high: int | None
    speakers: tuple[str | None, ...]
    act: str | None


class Text(NamedTuple):
    """One gold text: its figures, and the mentions of each act. Texts of one `group` are left out together."""

    row: Row
    group: str
    figures: tuple[Figure, ...]
    acts: dict[str, list[tuple[int, int]]]


class Choice(NamedTuple):
    """The features of each candidate, and which of them are right."""

    features: list[list[str]]
    right: list[bool]


def marked(path: Path) -> list[Text]:
    """The texts of a file in the notation told above."""
    found = []
    for part in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        number, name, date = head.split()
        figures: list[Figure] = []
        acts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        text = ""
        last = 0
        for mark in _MARK.finditer(body.strip()):
            text += body.strip()[last : mark.start()]
            last = mark.end()
            start = len(text)
            if mark["act"]:
                text += mark["told"]
                acts[mark["act"]].append((start, len(text)))
                continue
            text += mark["figure"]
            told = _FIELDS.fullmatch(mark["fields"])
            if told is None:
                raise SystemExit(f"{name}: cannot read {mark['fields']!r}")
            low = int(told["low"])
            high = None if told["open"] else int(told["high"] or low)
            speakers = tuple(None if each == "-" else each for each in told["speakers"].split("/"))
            act = None if told["act"] == "-" else told["act"]
            figures.append(Figure(start, len(text), told["kind"], low, high, speakers, act))
        text += body.strip()[last:]
        row = {"id": f"figures-{number}-{name}", "text": text, "published": date}
        found.append(Text(row, f"figures-{number}", tuple(figures), dict(acts)))
    return found


def of_crises(half: str) -> list[Text]:
    """The documents of the crises with the evidence of each reading as a figure."""
    gold = crises.read(half)
    figures: defaultdict[str, list[Figure]] = defaultdict(list)
    acts: defaultdict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for id_, event in gold.events.items():
        for mention in event["mentions"]:
            acts[mention["document"]].setdefault(id_, []).append((mention["start"], mention["end"]))
    for row in gold.readings.values():
        for told in row["evidence"]:
            speakers = tuple(row["speakers_ok"] or (None,))
            figures[told["document"]].append(
                Figure(told["start"], told["end"], row["kind"], row["low"], row["high"], speakers, row["event"])
            )
    return [
        Text(row, row["crisis"], tuple(figures[row["id"]]), acts[row["id"]])
        for row in gold.documents
        if row["id"] in figures
    ]


def given(texts: Sequence[Text], name: str, layers: Sequence[Any]) -> dict[str, tuple[Any, ...]]:
    """What the pipeline calls a function of its annotator with, by the document's text."""
    found: dict[str, tuple[Any, ...]] = {}
    function = getattr(annotator, name)

    def note(*arguments: Any) -> Any:
        found[arguments[0].text] = arguments
        return function(*arguments)

    with mock.patch.object(annotator, name, note):
        own.annotated([text.row for text in texts], layers)
    return found


def figure_of(text: Text, toll: TollMention) -> Figure | None:
    """The gold's figure that a toll of the layer is: the same words and kind, bounds or not."""
    same = [f for f in text.figures if own.overlap((toll.start, toll.end), f[:2]) and f.kind == toll.kind]
    return max(same, key=lambda f: own.overlap((toll.start, toll.end), f[:2]), default=None)


# --- speakers ---------------------------------------------------------------------------------------------------------


class Teacher:
    """Goes through the figures of a text as `voices.Voices` does, and notes each choice."""

    def __init__(self, text: Text, arguments: tuple[Any, ...], weights: Weights, forced: bool) -> None:
        self.text, self.weights, self.forced = text, weights, forced
        self.voices = voices.Voices(*arguments)
        self.naming = Naming(arguments[0].text, *arguments[1:4])
        self.choices: list[Choice] = []
        self.told: list[tuple[Figure, int, bool]] = []
        self.lost: list[Figure] = []

    def run(self) -> None:
        chosen: list[int] = []
        for number, toll in enumerate(self.voices.tolls):
            candidates = self.voices.candidates(number, chosen)
            figure = figure_of(self.text, toll)
            right = [self._is_right(c.head, figure) for c in candidates] if figure else []
            if figure is not None and any(right):
                self.choices.append(Choice([list(c.features) for c in candidates], right))
            elif figure is not None:
                self.lost.append(figure)
            among = [c for c, good in zip(candidates, right, strict=True) if good] if right and self.forced else []
            best = voices.Voices.choose(among or candidates, self.weights)
            chosen.append(best.head)
            if figure is not None:
                self.told.append((figure, best.head, self._is_right(best.head, figure)))

    def _is_right(self, head: int, figure: Figure) -> bool:
        if head < 0 or figure is None:
            return None in figure.speakers
        name = self.naming.of(head).name
        if crises.same_speaker(name, figure.speakers) and name is not None:
            return True
        word = self.voices.syntax.tokens[head].text.lower()
        return any(word in each.lower().split() for each in figure.speakers if each is not None)


# --- acts -------------------------------------------------------------------------------------------------------------


class ActTeacher:
    """Goes through the figures of a text as `harm_acts.HarmActs` does, and notes each choice."""

    def __init__(self, text: Text, arguments: tuple[Any, ...], weights: Weights, forced: bool) -> None:
        self.text, self.weights, self.forced = text, weights, forced
        self.acts = harm_acts.HarmActs(*arguments)
        self.choices: list[Choice] = []
        self.told: list[tuple[Figure, str | None, bool]] = []
        self.lost: list[Figure] = []

    def run(self) -> None:
        for number, toll in enumerate(self.acts.annotation.tolls):
            choices = self.acts.choices(number)
            if not choices:
                continue
            figure = figure_of(self.text, toll)
            right = self._right(choices, number, figure) if figure is not None else []
            if figure is not None and any(right):
                self.choices.append(Choice([c.features for c in choices], right))
            elif figure is not None:
                self.lost.append(figure)
            among = [c for c, good in zip(choices, right, strict=True) if good] if right and self.forced else []
            best = harm_acts.HarmActs.choose(among or choices, self.weights)
            self.acts.note(number, best.act)
            if figure is not None and any(right):
                self.told.append((figure, best.act.word if best.act else None, right[choices.index(best)]))

    def _right(self, choices: Sequence[harm_acts.Choice], number: int, figure: Figure) -> list[bool]:
        """Those of the gold's act; the harm itself, or none, where no other mention of the act was coded."""
        if figure.act is None:
            return [c.act is None for c in choices]
        own = self.acts.own(number)
        spans = self.text.acts.get(figure.act, [])
        right = [c.act is not None and c.act is not own and self._is_of(c.act, figure.act, spans) for c in choices]
        own_tells = own is not None and self._tells(own, spans)
        if own_tells or not any(right):
            direct = own is not None and (own_tells or not own.agents)
            right = [good or (c.act is own and direct) for good, c in zip(right, choices, strict=True)]
        return right

    def _is_of(self, told: Any, act: str, spans: Sequence[tuple[int, int]]) -> bool:
        """A mention of the act: one of the gold's, or a word beside one where the sentence tells of no other act."""
        if any(self._tells(told, each) for each in self.text.acts.values()):
            return self._tells(told, spans)
        sentence = self.acts.syntax.sentence_span(self.acts.syntax.sentence_of(told.candidate.trigger))
        beside = {a for a, each in self.text.acts.items() if any(own.overlap(sentence, span) for span in each)}
        return beside == {act}

    def _tells(self, told: Any, spans: Sequence[tuple[int, int]]) -> bool:
        tokens = self.acts.syntax.tokens
        candidate = told.candidate
        inside = (candidate.trigger, *candidate.extent, *candidate.also)
        return any(own.overlap((tokens[i].start, tokens[i].end), span) for i in inside for span in spans)


# --- both -------------------------------------------------------------------------------------------------------------

T = TypeVar("T", bound="Teaching")
Maker = Callable[[Text, tuple[Any, ...], Weights, bool], T]


class Teaching(Protocol):
    """Goes through a text as a layer does, and notes each choice."""

    choices: list[Choice]

    def run(self) -> None: ...


def collect(teaching: Maker[T], texts: Sequence[Text], arguments: Arguments, weights: Weights, forced: bool) -> list[T]:
    """The texts in which figures were found, gone through."""
    found = []
    for text in texts:
        if text.row["text"] in arguments:
            teacher = teaching(text, arguments[text.row["text"]], weights, forced)
            teacher.run()
            found.append(teacher)
    return found


def train(teaching: Maker[Teaching], texts: Sequence[Text], arguments: Arguments) -> Weights:
    """Weights learned of the gold's own choices before, then of the ranker's, so that it lives with its mistakes."""
    forced = [c for t in collect(teaching, texts, arguments, {}, forced=True) for c in t.choices]
    free = [c for t in collect(teaching, texts, arguments, fit(forced), forced=False) for c in t.choices]
    return fit([*forced, *free], 2 * PENALTY)


def check_acts(texts: Sequence[Text], arguments: dict[str, Any], options: argparse.Namespace) -> None:
    right: Counter[tuple[str, bool | str]] = Counter()
    for rest, left in folded(texts, options.folds):
        for teacher in collect(ActTeacher, left, arguments, train(ActTeacher, rest, arguments), forced=False):
            part = "own texts" if teacher.text.group.startswith("figures") else "crises"
            for figure, word, good in teacher.told:
                right[part, good] += 1
                if options.errors and not good:
                    text = teacher.text.row["text"]
                    told = " ".join(text[max(0, figure.start - 160) : figure.end + 60].split())
                    acts = [text[a:b] for a, b in teacher.text.acts.get(figure.act or "", [])]
                    words = text[figure.start : figure.end]
                    print(f"  {teacher.text.row['id']}: {word} for {acts} “{words}”: …{told}…")
            right[part, "unreached"] += len(teacher.lost)
    for part in ("own texts", "crises"):
        total = right[part, True] + right[part, False]
        unreached = right[part, "unreached"]
        print(f"acts, {part}: {right[part, True] / total:.3f} of {total} ({unreached} without candidate)")


def harm_arguments(texts: Sequence[Text]) -> dict[str, tuple[Any, ...]]:
    """What coding calls `HarmActs` with, by the document's text."""
    found: dict[str, tuple[Any, ...]] = {}
    original = harm_acts.HarmActs

    def note(*arguments: Any) -> Any:
        found[arguments[2].document.text] = arguments
        return original(*arguments)

    with mock.patch.object(harms, "HarmActs", note):
        own.annotated([text.row for text in texts], ["events"])
    return found


# --- the ranker -------------------------------------------------------------------------------------------------------


def fit(choices: Sequence[Choice], penalty: float = PENALTY) -> Weights:
    """The weights that make the right candidates likeliest, each by the name of its feature."""
    rows = [features for choice in choices for features in choice.features]
    counted = Counter(name for features in rows for name in features)
    index = {name: n for n, name in enumerate(sorted(name for name in counted if counted[name] >= LEAST))}
    held = [[index[name] for name in features if name in index] for features in rows]
    weights = ranker_weights(held, [choice.right for choice in choices], len(index), penalty, STEPS)
    return {name: round(float(weights[n]), 3) for name, n in index.items() if abs(weights[n]) >= 0.02}


def write(path: Path, weights: Weights) -> None:
    lines = ["# feature\tweight, made by tools/train_figures.py", *(f"{k}\t{v:g}" for k, v in sorted(weights.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def folded(texts: Sequence[Text], folds: int) -> Iterable[tuple[list[Text], list[Text]]]:
    """The texts without those of a fold, and those; whole groups."""
    groups = sorted({text.group for text in texts})
    fold_of = {group: n % folds for n, group in enumerate(groups)}
    for fold in range(folds):
        yield [t for t in texts if fold_of[t.group] != fold], [t for t in texts if fold_of[t.group] == fold]


def check(texts: Sequence[Text], arguments: dict[str, Any], options: argparse.Namespace) -> None:
    right: Counter[tuple[str, bool | str]] = Counter()
    for rest, left in folded(texts, options.folds):
        for teacher in collect(Teacher, left, arguments, train(Teacher, rest, arguments), forced=False):
            part = "own texts" if teacher.text.group.startswith("figures") else "crises"
            for figure, head, good in teacher.told:
                right[part, good] += 1
                if options.errors and not good:
                    show(teacher, figure, head)
            right[part, "unreached"] += len(teacher.lost)
    for part in ("own texts", "crises"):
        total = right[part, True] + right[part, False]
        unreached = right[part, "unreached"]
        print(f"speakers, {part}: {right[part, True] / total:.3f} of {total} ({unreached} without candidate)")


def show(teacher: Teacher, figure: Figure, head: int) -> None:
    text = teacher.text.row["text"]
    told = " ".join(text[max(0, figure.start - 110) : figure.end + 90].split())
    name = teacher.voices.syntax.tokens[head].text if head >= 0 else None
    lost = " (no candidate)" * (figure in teacher.lost)
    words = text[figure.start : figure.end]
    print(f"  {teacher.text.row['id']}: {name} for {figure.speakers[:2]}{lost} “{words}”: …{told}…")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="score by folds, write nothing")
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--errors", action="store_true", help="print each wrong choice of the check")
    options = parser.parse_args()
    texts = [*marked(TRAINING), *(text for half in ("tune", "tune-2") for text in of_crises(half))]
    arguments = given(texts, "give_voices", ["tolls", "attributions"])
    acts = harm_arguments(texts)
    if options.check:
        check(texts, arguments, options)
        check_acts(texts, acts, options)
        return
    write(DATA / "voice_weights.tsv", train(Teacher, texts, arguments))
    write(DATA / "act_weights.tsv", train(ActTeacher, texts, acts))


if __name__ == "__main__":
    main()
