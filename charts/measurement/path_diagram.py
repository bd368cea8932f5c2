"""The path model as a picture: a box for each construct with its index, an arrow for each path with its coefficient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.measurement.path_model_result import PathModelResult
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.grid import Diagram
from charts.kit.description.numbers import numbers_of
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, figure_for, value_and_margin
from charts.kit.palette import blend
from charts.kit.plain_figure import PlainFigure
from charts.kit.rows import text_width
from charts.measurement.diagram_places import Point, crossing, distance, grid_places
from survey_schema.path_models import PathModel
from words.language import translator
from words.shown_text import plotly_text as plain

#: Half the size of a box, in units of the grid along x and y.
_HALF = (0.345, 0.27)
_HALF_NARROW = (0.43, 0.25)
_STEP_HEIGHT = 128
_LABEL_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)


@dataclass(frozen=True)
class _Arrow:
    estimate: Estimate
    start: Point
    end: Point

    def at(self, share: float) -> Point:
        """A point on the way from start to end."""
        return self.start[0] + share * (self.end[0] - self.start[0]), self.start[1] + share * (self.end[1] - self.start[1])


def path_diagram(result: PathModelResult, model: PathModel, on: Canvas, *, names: Mapping[str, str]) -> Chart:
    """The estimated model. An arrow whose interval holds zero is grey and thin; width grows with the coefficient."""
    _ = translator(on.language)
    clear = [e for e in result.paths if not _holds_zero(e)]
    told = _("Path diagram of {boxes} constructs and {arrows} arrows, {clear} of them clear of zero.").format(
        boxes=len(model.constructs), arrows=len(result.paths), clear=len(clear)
    )
    described = Description(
        title=_("What moves what: {model}").format(model=model.title.text(on.language)),
        caption=_(
            "On the arrows: standardised path coefficients; grey and thin: cannot be told from zero at {level} %. "
            "In the boxes: index 0–100 and the share of variance explained (R²)."
        ).format(level=on.number(100 * _level(result), 0)),
        body=Diagram("path diagram", partial(_figure, result, model, names)),
        findings=" ".join(
            [told, *(f"{names[str(e.keys['from'])]} → {names[str(e.keys['to'])]} {value_and_margin(e, on, 2)}." for e in clear)]
        ),
        table=_table(result, names, on),
    )
    return draw(described, on)


def _figure(result: PathModelResult, model: PathModel, names: Mapping[str, str], on: Canvas) -> PlainFigure:
    centres = _centres(model, on)
    half = _HALF_NARROW if on.narrow else _HALF
    columns, rows = max(x for x, _y in centres.values()) + 1, max(y for _x, y in centres.values()) + 1
    figure = figure_for(on, _STEP_HEIGHT * rows + 16, margin={"l": 2, "r": 2, "t": 8, "b": 8})
    figure.update_xaxes(range=[-0.5, columns - 0.5], showticklabels=False)
    figure.update_yaxes(range=[rows - 0.5, -0.5], showticklabels=False)
    arrows = [_arrow(e, centres, half) for e in result.paths]
    labels = _label_places(arrows, list(centres.values()), half)
    annotations = [_drawn_arrow(arrow, on) for arrow in arrows]
    annotations += [_label(arrow, place, on) for arrow, place in zip(arrows, labels, strict=True)]
    indices = {e.code: e for e in result.indices}
    explained = {e.code: e for e in result.r_squared}
    for code, centre in centres.items():
        figure.add_shape(**_box(centre, half, code == model.satisfaction, on))
        annotations.append(_box_text(centre, names[code], indices.get(code), explained.get(code), on))
    figure.update_layout(annotations=annotations)
    return figure


def _level(result: PathModelResult) -> float:
    return result.provenance.limits.confidence


def _centres(model: PathModel, on: Canvas) -> dict[str, Point]:
    """Centres of the boxes in grid units; the flow runs to the right on a desk, downwards on a phone."""
    boxes = tuple(construct.code for construct in model.constructs)
    if on.narrow:
        places = grid_places(boxes, tuple(model.paths), max(3, len(boxes)), 3, sideways=25.0)
        return {code: (float(lane), float(step)) for code, (step, lane) in _packed(places).items()}
    steps = min(max(3, round(len(boxes) * 0.72)), 6)
    places = grid_places(boxes, tuple(model.paths), steps, 3)
    return {code: (float(step), float(lane)) for code, (step, lane) in _packed(places).items()}


def _packed(places: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Without empty steps and lanes."""
    steps = sorted({step for step, _lane in places.values()})
    lanes = sorted({lane for _step, lane in places.values()})
    return {code: (steps.index(step), lanes.index(lane)) for code, (step, lane) in places.items()}


def _arrow(e: Estimate, centres: Mapping[str, Point], half: Point) -> _Arrow:
    start, end = centres[str(e.keys["from"])], centres[str(e.keys["to"])]
    return _Arrow(e, _edge(start, end, half), _edge(end, start, half))


def _edge(centre: Point, towards: Point, half: Point) -> Point:
    """Where the line from a box's centre leaves the box; straight lines stay straight whatever the window's width."""
    dx, dy = towards[0] - centre[0], towards[1] - centre[1]
    scale = min(half[0] / abs(dx) if dx else float("inf"), half[1] / abs(dy) if dy else float("inf"))
    return centre[0] + dx * scale, centre[1] + dy * scale


def _label_places(arrows: Sequence[_Arrow], centres: Sequence[Point], half: Point) -> list[Point]:
    """A place on every arrow for its coefficient, away from boxes, other arrows and labels placed before."""
    placed: list[Point] = []
    for arrow in arrows:
        candidates = [arrow.at(share) for share in _LABEL_PLACES]
        placed.append(min(candidates, key=lambda point: _crowd(point, arrow, arrows, centres, half, placed)))
    return placed


def _crowd(point: Point, own: _Arrow, arrows: Sequence[_Arrow], centres: Sequence[Point], half: Point, placed: Sequence[Point]) -> float:
    crowd = sum(6.0 for x, y in centres if abs(point[0] - x) < half[0] + 0.07 and abs(point[1] - y) < half[1] + 0.07)
    crowd += sum(10.0 for x, y in placed if abs(point[0] - x) < 0.24 and abs(point[1] - y) < 0.17)
    for other in arrows:
        if other is own:
            continue
        segment = (other.start, other.end)
        crowd += max(0.0, 0.16 - distance(point, segment)) * 12
        meet = crossing((own.start, own.end), segment)
        crowd += 2.0 if meet and abs(meet[0] - point[0]) < 0.15 and abs(meet[1] - point[1]) < 0.15 else 0.0
    return crowd + 0.2 * abs(point[0] - own.at(0.5)[0]) + 0.2 * abs(point[1] - own.at(0.5)[1])


def _holds_zero(e: Estimate) -> bool:
    return interval_verdict(e) == "unclear"


def _arrow_colour(e: Estimate, on: Canvas) -> str:
    return {"higher": on.colours.ours, "lower": on.colours.worse, "unclear": on.colours.unclear}[interval_verdict(e)]


def _drawn_arrow(arrow: _Arrow, on: Canvas) -> dict[str, object]:
    e = arrow.estimate
    strength = abs(e.value or 0.0)
    return {
        "x": arrow.end[0], "y": arrow.end[1], "ax": arrow.start[0], "ay": arrow.start[1],
        "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "text": "", "showarrow": True,
        "arrowhead": 2, "arrowsize": 0.9, "arrowwidth": 1.2 if _holds_zero(e) else 1.5 + 4 * min(strength, 1.0),
        "arrowcolor": _arrow_colour(e, on), "opacity": 0.75 if _holds_zero(e) else 1.0,
    }  # fmt: skip


def _label(arrow: _Arrow, place: Point, on: Canvas) -> dict[str, object]:
    e = arrow.estimate
    hover = value_and_margin(e, on, 3)
    return {
        "x": place[0], "y": place[1], "xref": "x", "yref": "y", "showarrow": False, "borderpad": 1,
        "text": on.number(e.value or 0.0, 2) if _holds_zero(e) else f"<b>{on.number(e.value or 0.0, 2)}</b>",
        "bgcolor": on.colours.surface, "hovertext": hover,
        "font": {"size": 11 if on.narrow else 13, "color": on.colours.muted if _holds_zero(e) else _arrow_colour(e, on)},
    }  # fmt: skip


def _box(centre: Point, half: Point, is_target: bool, on: Canvas) -> dict[str, object]:
    fill = blend(on.colours.ours, on.colours.surface, 0.16 if is_target else 0.05)
    return {
        "type": "rect", "x0": centre[0] - half[0], "x1": centre[0] + half[0], "y0": centre[1] - half[1], "y1": centre[1] + half[1],
        "fillcolor": fill, "line": {"color": on.colours.ours if is_target else on.colours.unclear, "width": 2 if is_target else 1.2},
    }  # fmt: skip


def _box_text(centre: Point, name: str, index: Estimate | None, explained: Estimate | None, on: Canvas) -> dict[str, object]:
    width = 96 if on.narrow else 190
    size = 11 if on.narrow else 13
    lines = [f"<b>{plain(part)}</b>" for part in _wrapped(name, width, size)]
    if index is not None and index.value is not None:
        lines.append(on.number(index.value) if on.narrow else value_and_margin(index, on))
    if explained is not None and explained.value is not None:
        lines.append(f"R² {on.number(explained.value, 2)}")
    return {
        "x": centre[0], "y": centre[1], "xref": "x", "yref": "y", "text": "<br>".join(lines), "showarrow": False,
        "font": {"size": size, "color": on.colours.ink}, "align": "center",
    }  # fmt: skip


def _wrapped(name: str, width: int, size: int) -> list[str]:
    """The name on one line or, at a blank or in the middle, on two."""
    if text_width(name, size) <= width:
        return [name]
    words = name.split(" ")
    if len(words) > 1:
        cut = min(range(1, len(words)), key=lambda place: abs(len(" ".join(words[:place])) - len(" ".join(words[place:]))))
        return [" ".join(words[:cut]), " ".join(words[cut:])]
    middle = (len(name) + 1) // 2
    return [name[:middle], name[middle:]]


def _table(result: PathModelResult, names: Mapping[str, str], on: Canvas) -> tuple[TableColumn, ...]:
    _ = translator(on.language)
    paths = result.paths
    return long_table(
        (
            Column(_("From"), tuple(names[str(e.keys["from"])] for e in paths)),
            Column(_("To"), tuple(names[str(e.keys["to"])] for e in paths)),
            Column(_("Path coefficient"), numbers_of(paths, on.language), ends=(_("Lower end"), _("Upper end"))),
            Column("p", tuple(e.p for e in paths)),
            Column(_("Base"), tuple(e.n for e in paths)),
        )
    )
