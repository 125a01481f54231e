"""The pictures of the benchmarks: bars and growth, side by side in one SVG that has no date and no machine in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

COLORS = ("#1f5f8b", "#a3341f", "#7fb0d3", "#6b5a1b", "#4f7f52")


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
    size = (4.6 * len(charts), max(2.4, 0.8 + 0.28 * lines))
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
