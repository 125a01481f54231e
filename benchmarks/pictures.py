"""The pictures of docs/performance.md, drawn from its tables: a picture never tells another figure than its text.

    python benchmarks/pictures.py [--from docs/performance.md] [--to docs/images]

A section is found by the beginning of its heading, its tables by their order; a section that is not there is named and
left out. That of derivation is drawn by its own benchmark (`derivation.py --plot`), for it has more than its tables.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_NUMBER = re.compile(r"\d[\d,]*\.?\d*|\.\d+")
COLORS = ("#1f5f8b", "#a3341f", "#7fb0d3", "#6b5a1b", "#4f7f52")


Rows = list[list[str]]
"""A table: its head, then its rows, as the cells are written."""


class Bars(NamedTuple):
    """Bars from the left: a value for each name in each series; `line` is where the aim lies."""

    title: str
    names: Sequence[str]
    series: Mapping[str, Sequence[float]]
    line: float | None = None


class Growth(NamedTuple):
    """Values by size, both by their logarithm."""

    title: str
    series: Mapping[str, Sequence[tuple[float, float]]]
    across: str = ""


def draw(path: Path, charts: Sequence[Bars | Growth]) -> None:
    """Write the charts as one SVG. Needs matplotlib (`pip install 'variorum[bench]'`)."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    mpl.rcParams.update({"svg.hashsalt": "variorum", "svg.fonttype": "none", "font.family": "sans-serif"})
    mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    lines = max((len(chart.names) * len(chart.series) for chart in charts if isinstance(chart, Bars)), default=6)
    size = (6.4 * len(charts), max(2.4, 0.8 + 0.28 * lines))
    figure, axes = pyplot.subplots(1, len(charts), figsize=size, squeeze=False, layout="constrained")
    for axis, chart in zip(axes[0], charts, strict=True):
        axis.set_title(chart.title, fontsize=10, loc="left")
        if isinstance(chart, Bars):
            _bars(axis, chart)
        else:
            _growth(axis, chart)
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None}, facecolor="#fbfaf7")
    path.write_text("\n".join(map(str.rstrip, path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    pyplot.close(figure)


def _bars(axis: Any, chart: Bars) -> None:
    count = len(chart.series)
    for number, (name, values) in enumerate(chart.series.items()):
        places = [at + (number - (count - 1) / 2) * 0.8 / count for at in range(len(chart.names))]
        found = axis.barh(places, values, height=0.72 / count, color=COLORS[number], label=name or None)
        axis.bar_label(found, [_number(value) for value in values], padding=3, fontsize=8)
    axis.set_yticks(range(len(chart.names)), chart.names)
    axis.invert_yaxis()
    axis.margins(x=0.18)
    if chart.line is not None:
        axis.axvline(chart.line, color="#555555", linewidth=0.8, linestyle="--")
    if count > 1:
        axis.legend(frameon=False, fontsize=8, loc="best")


def _growth(axis: Any, chart: Growth) -> None:
    for color, (name, points) in zip(COLORS, chart.series.items(), strict=False):
        axis.loglog(*zip(*points, strict=True), marker="o", markersize=4, color=color, label=name)
        for across, up in points:
            axis.annotate(
                _number(up), (across, up), textcoords="offset points", xytext=(4, -9), fontsize=8, color=color
            )
    axis.set_xlabel(chart.across)
    if any(chart.series):
        axis.legend(frameon=False, fontsize=8)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.3f}".lstrip("0")


def tables(text: str, heading: str) -> list[Rows]:
    """The tables of the section whose heading begins so, in their order."""
    section = next((part for part in re.split(r"^## ", text, flags=re.M) if part.startswith(heading)), "")
    found: list[Rows] = [[]]
    for line in section.split("\n"):
        if not line.startswith("|"):
            found.append([])
        elif not re.fullmatch(r"[|:\- ]+", line):
            found[-1].append([cell.strip().replace("*", "") for cell in line.strip().strip("|").split("|")])
    return [table for table in found if table]


def number(cell: str, which: int = 0) -> float:
    """A number of a cell: the first, or a later one."""
    return float(_NUMBER.findall(cell)[which].replace(",", ""))


def layers(found: list[Rows]) -> list[Bars | Growth]:
    rows = found[0][2:]
    return [
        Bars("Seconds over those of the whole syntax model", [r[0] for r in rows], {"": [number(r[2]) for r in rows]})
    ]


def reading(found: list[Rows]) -> list[Bars | Growth]:
    rows = found[0][1:]
    return [Bars("Pages a second, page to document", [row[0] for row in rows], {"": [number(row[2]) for row in rows]})]


def reconciliation(found: list[Rows]) -> list[Bars | Growth]:
    rows = found[0][1:]
    return [
        Growth("Reconciling: seconds", {"seconds": [(number(r[0]), number(r[1])) for r in rows]}, "mentions"),
        Growth("Peak memory, GB", {"GB": [(number(r[0]), number(r[3])) for r in rows]}, "mentions"),
    ]


def pipeline(found: list[Rows]) -> list[Bars | Growth]:
    rows = [row for row in found[0][2:] if all(len(_NUMBER.findall(cell)) > 1 for cell in row[1:3])]
    series = {"no copies": [number(r[1], 1) for r in rows], "60 % copies": [number(r[2], 1) for r in rows]}
    return [Bars("Seconds over those of the bare model", [row[0] for row in rows], series, 1.0)]


def peers(found: list[Rows]) -> list[Bars | Growth]:
    speed, accuracy = found[0][1:], found[1][1:]
    series = {found[1][0][column]: [number(row[column]) for row in accuracy] for column in (1, 2)}
    return [
        Bars("Articles a second, page to events", [r[0] for r in speed], {"": [number(r[2]) for r in speed]}),
        Bars("F1 on the same gold", [row[0] for row in accuracy], series),
    ]


def scale(found: list[Rows]) -> list[Bars | Growth]:
    """Seconds and memory by documents, from three sizes on: columns are found by their names."""
    head, *rows = found[0]
    charts: list[Bars | Growth] = []
    if len(rows) < 3:
        return charts
    for title, word in (("Seconds", "second"), ("Peak memory", "B")):
        columns = [n for n, name in enumerate(head) if word in name and "a second" not in name]
        series = {head[n]: [(number(r[0]), number(r[n])) for r in rows if re.search(r"\d", r[n])] for n in columns}
        if series := {name: points for name, points in series.items() if len(points) > 1}:
            charts.append(Growth(title, series, head[0]))
    return charts


PICTURES: dict[str, tuple[str, Callable[[list[Rows]], list[Bars | Growth]]]] = {
    "layers": ("What the layers cost", layers),
    "reading": ("Reading a page", reading),
    "reconciliation": ("One event or two", reconciliation),
    "pipeline": ("The whole pipeline", pipeline),
    "peers": ("Beside a usual stack", peers),
    "scale": ("Many short reports", scale),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, default=Path("docs/performance.md"))
    parser.add_argument("--to", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    text = options.source.read_text(encoding="utf-8")
    for name, (heading, charts) in PICTURES.items():
        found = tables(text, heading)
        if found and (drawn := charts(found)):
            draw(options.to / f"{name}-speed.svg", drawn)
            print(f"{name}-speed.svg")
        else:
            print(f"{options.source} has nothing to draw under {heading!r}: no {name}-speed.svg")


if __name__ == "__main__":
    main()
