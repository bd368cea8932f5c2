"""A figure over the waves: the line with its interval band, real changes marked; and the small version for a card."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from analysis.compare.wave_order import MOST_PERIODS_APART, follows, time_places
from analysis.results.estimates import Estimate, Result
from charts.kit.benchmark_lines import BenchmarkLine, add_over_time, told_lines, values_of
from charts.kit.layout import Canvas, Chart, design_effects, figure_for, level_text, round_ticks, value_and_margin
from charts.kit.palette import see_through
from charts.kit.rows import text_width, value_range
from charts.kit.words import arrow, change_word, left_out, on_questions, question_column
from words.language import translator
from words.lists import listed
from words.periods import wave_text
from words.shown_text import plotly_text as plain

_HEIGHT = 380
#: Pixels left of the lines, right of a single one, and of the whole picture on a phone.
_LEFT, _BESIDE, _PHONE = 40, 60, 330


def trend_line(
    trend: Result,
    changes: Result,
    waves: Sequence[str],
    on: Canvas,
    *,
    codes: Sequence[str] = (),
    role: str | None = None,
    places: Sequence[str] = (),
    benchmarks: Sequence[BenchmarkLine] = (),
) -> Chart:
    """Lines over ``waves`` (labels, oldest first).

    ``trend`` holds points on 0-100 by ``wave`` (and ``role``), ``changes`` the difference of each wave from the one before
    with a verdict. One line for each of ``codes`` (default: the index), or for each of ``places`` of ``role``. A wave
    without a shown value breaks the line, as do another set of questions and a gap in time; the axis is true to time. At most one
    role or several codes, not both. ``benchmarks`` are dashed lines to read a single line against.
    """
    _ = translator(on.language)
    codes = list(codes) or [on.schema.tree.code]
    series = [(code, place) for code in codes for place in (list[str | None](places) or [None])]
    lines = [[trend.find(code, **_keys(wave, role, place)) for wave in waves] for code, place in series]
    moved = [[changes.find(code, **_keys(wave, role, place)) for wave in waves] for code, place in series]
    names = [on.value(role, place) if role and place is not None else on.title(code) for code, place in series]
    colours = _line_colours(series, role, on)
    right = min(max((text_width(name) for name in names), default=0) + 24, 150) if len(series) > 1 else _BESIDE
    figure = figure_for(on, _HEIGHT, margin={"l": _LEFT, "r": right, "t": 18, "b": 34}, hovermode="closest")
    low, high = value_range([e for line in lines for e in line if e is not None], values_of(benchmarks), share=0.12)
    figure.update_yaxes(**round_ticks(low, high), showgrid=True, gridcolor=on.colours.line, showticklabels=True)
    at = time_places(waves)
    ends = _axis_ends(at, 0.4, 0.4)
    kept = _labelled(waves, at, ends, right, on)
    figure.update_xaxes(
        range=ends,
        tickmode="array",
        tickangle=0,
        tickvals=[at[i] for i in kept],
        ticktext=[plain(wave_text(waves[i], on.language)) for i in kept],
    )
    room = (high - low) * 17 / (_HEIGHT - 52)
    add_over_time(figure, benchmarks, waves, at, room, on)
    for line, changed, name, colour in zip(lines, moved, names, colours, strict=True):
        for trace in _traces(line, changed, name, colour, waves, on, opacity=0.16 if len(series) < 3 else 0.08):
            figure.add_trace(trace)
    _label_ends(figure, lines, at, names, colours, room)
    if len(series) == 1:
        _label_changes(figure, lines[0], moved[0], at, on)
    every = [e for line in lines for e in line if e is not None]
    shown = [[e for e in line if e is not None and e.value is not None] for line in lines]
    broken = any(one.questions != other.questions for line in shown for one, other in pairwise(line))
    gaps = any(not follows(now, before) for before, now in pairwise(waves))
    latest = [next((e for e in reversed(changed) if e is not None and e.value is not None), None) for changed in moved]
    breaks = _("The line breaks where other questions were asked; a change is that on the questions asked in both waves.")
    return Chart(
        title=_("{what} over the waves").format(
            what=_("{n} indicators").format(n=len(names))
            if len(names) > 3 and not role
            else listed(names if len(names) <= 3 else [on.title(codes[0])], on.language)
        ),
        caption=" ".join(
            [
                _("Band: {level}% interval; ▲ ▼: a real change from the wave before.").format(level=level_text(trend, on)),
                *([breaks] if broken else []),
                *([_("No line and no change over more than {most} periods.").format(most=MOST_PERIODS_APART)] if gaps else []),
                *told_lines(benchmarks, on),
                *on_questions(latest, names, on.language),
                *left_out(every, on.language),
            ]
        ),
        alt_text=_alt_text(lines, names, waves, on),
        figure=figure,
        table=_with_benchmarks(_table(series, lines, moved, names, waves, on), benchmarks, on),
    )


def sparkline(trend: Result, code: str, waves: Sequence[str], on: Canvas, colour: str, *, height: int = 56) -> go.Figure:
    """The line and band alone, for a card; its sentence is the card's."""
    line = [trend.find(code, wave=wave) for wave in waves]
    figure = figure_for(on, height, margin={"l": 6, "r": 12, "t": 8, "b": 6})
    at = time_places(waves)
    figure.update_xaxes(range=_axis_ends(at, 0.2, 0.3), showticklabels=False)
    figure.update_yaxes(range=value_range([e for e in line if e is not None]), showticklabels=False)
    for trace in _runs(line, waves, colour, 0.18):
        figure.add_trace(trace)
    known = [(i, e) for i, e in enumerate(line) if e is not None and e.value is not None]
    hover = [f"{plain(wave_text(waves[i], on.language))}<br>{value_and_margin(e, on)}" for i, e in known]
    figure.add_trace(
        go.Scatter(
            x=[at[i] for i, _e in known],
            y=[e.value for _i, e in known],
            mode="markers",
            hovertext=hover,
            hoverinfo="text",
            cliponaxis=False,
            marker={"color": colour, "size": [7 if i == len(waves) - 1 else 1 for i, _e in known], "line": {"width": 0}},
        )
    )
    return figure


def _axis_ends(at: Sequence[float], left: float, right: float) -> list[float]:
    """The ends of the time axis, with margins given in steps of the usual size."""
    last = at[-1] if at else 0.0
    usual = last / (len(at) - 1) if last else 1.0
    return [-left * usual, max(last + right * usual, right)]


def _labelled(waves: Sequence[str], at: Sequence[float], ends: Sequence[float], right: float, on: Canvas) -> list[int]:
    """Places of the waves named below the lines: the last one and before it as many as stand side by side."""
    room = 12
    if on.narrow:
        widest = max((text_width(wave_text(wave, on.language)) for wave in waves), default=1)
        room = max(int((_PHONE - _LEFT - right) / (widest + 12)), 1)
    apart = (ends[1] - ends[0]) / room
    kept: list[int] = []
    for place in reversed(range(len(waves))):
        if not kept or at[kept[0]] - at[place] >= apart:
            kept.insert(0, place)
    return kept


def _keys(wave: str, role: str | None, place: str | None) -> dict[str, str | None]:
    return {"wave": wave} | ({role: place} if role else {})


def _line_colours(series: Sequence[tuple[str, str | None]], role: str | None, on: Canvas) -> list[str]:
    """Ours and competitors keep their colours; other lines are told apart by the names at their ends."""
    if role == "operator":
        return [on.colours.operator(place == on.schema.our_operator) for _code, place in series]
    order = on.colours.lines
    return [order[min(i, len(order) - 1)] for i in range(len(series))]


def _runs(line: Sequence[Estimate | None], waves: Sequence[str], colour: str, opacity: float) -> list[go.Scatter]:
    """Band and line for every unbroken run of shown values on the same questions."""
    at = time_places(waves)
    runs: list[list[tuple[int, Estimate]]] = [[]]
    for place, e in enumerate(line):
        if e is None or e.value is None:
            runs.append([])
            continue
        if runs[-1] and (runs[-1][-1][1].questions != e.questions or not follows(waves[place], waves[runs[-1][-1][0]])):
            runs.append([])
        runs[-1].append((place, e))
    traces = []
    for run in [run for run in runs if run]:
        x = [at[place] for place, _e in run]
        lower, upper = (
            [e.low if e.low is not None else e.value for _p, e in run],
            [e.high if e.high is not None else e.value for _p, e in run],
        )
        if opacity and len(run) > 1:
            traces.append(
                go.Scatter(
                    x=x + x[::-1],
                    y=upper + lower[::-1],
                    fill="toself",
                    fillcolor=see_through(colour, opacity),
                    line={"width": 0},
                    mode="lines",
                    hoverinfo="skip",
                )
            )
        traces.append(go.Scatter(x=x, y=[e.value for _p, e in run], mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip"))
    return traces


def _traces(
    line: Sequence[Estimate | None],
    changed: Sequence[Estimate | None],
    name: str,
    colour: str,
    waves: Sequence[str],
    on: Canvas,
    *,
    opacity: float,
) -> list[go.Scatter]:
    known = [(i, e) for i, e in enumerate(line) if e is not None and e.value is not None]
    verdicts = [change.verdict if (change := changed[i]) is not None else None for i, _e in known]
    fills = [
        on.colours.surface if e.marked else on.colours.verdict(v) if v in ("higher", "lower") else colour
        for (_i, e), v in zip(known, verdicts, strict=True)
    ]
    hover = [
        f"<b>{plain(name)}</b> {plain(wave_text(waves[i], on.language))}<br>{value_and_margin(e, on)}<br>{change_word(v, on.language)}"
        + (f"<br>{plain(e.questions.told.text(on.language))}" if e.questions else "")
        for (i, e), v in zip(known, verdicts, strict=True)
    ]
    at = time_places(waves)
    points = go.Scatter(
        x=[at[i] for i, _e in known],
        y=[e.value for _i, e in known],
        mode="markers",
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
        marker={
            "color": fills,
            "size": [12 if v in ("higher", "lower") else 8 for v in verdicts],
            "symbol": [{"higher": "triangle-up", "lower": "triangle-down"}.get(v or "", "circle") for v in verdicts],
            "line": {"width": 1.5, "color": [colour if e.marked else on.colours.surface for _i, e in known]},
            "opacity": 1,
        },
    )
    return [*_runs(line, waves, colour, opacity), points]


def _label_ends(
    figure: go.Figure,
    lines: Sequence[Sequence[Estimate | None]],
    at: Sequence[float],
    names: Sequence[str],
    colours: Sequence[str],
    room: float,
) -> None:
    """The name of each line at its last point, pushed apart where they would overlap."""
    if len(lines) < 2:
        return
    ends = []
    for line, name, colour in zip(lines, names, colours, strict=True):
        last = next(((i, e.value) for i, e in reversed(list(enumerate(line))) if e is not None and e.value is not None), None)
        if last is not None:
            ends.append((last[1], last[0], name, colour))
    ends.sort(key=lambda end: -end[0])
    place = float("inf")
    for value, last_wave, name, colour in ends:
        place = min(value, place - room)
        figure.add_annotation(
            x=at[last_wave], y=place, text=plain(name), xshift=10, xanchor="left", showarrow=False, font={"color": colour, "size": 13}
        )


def _label_changes(
    figure: go.Figure, line: Sequence[Estimate | None], changed: Sequence[Estimate | None], at: Sequence[float], on: Canvas
) -> None:
    last = len(line) - 1
    for place, (e, change) in enumerate(zip(line, changed, strict=True)):
        if e is None or e.value is None:
            continue
        is_real = change is not None and change.value is not None and change.verdict in ("higher", "lower")
        if not is_real and place not in (0, last):
            continue
        text = on.number(e.value)
        if is_real and change is not None and change.value is not None:
            text = f"<b>{text}</b><br>{arrow(change.verdict)} {on.number(abs(change.value))}"
        colour = on.colours.verdict(change.verdict) if is_real and change is not None else on.colours.ink
        falling = is_real and change is not None and change.verdict == "lower"  # its line comes from above
        beside = {"xshift": 12, "xanchor": "left", "align": "left", "yanchor": "middle"}
        over = {"yshift": -12, "yanchor": "top"} if falling else {"yshift": 12, "yanchor": "bottom"}
        figure.add_annotation(
            x=at[place], y=e.value, text=text, showarrow=False, font={"color": colour, "size": 13}, **(beside if place == last else over)
        )


def _alt_text(lines: Sequence[Sequence[Estimate | None]], names: Sequence[str], waves: Sequence[str], on: Canvas) -> str:
    _ = translator(on.language)
    sentences = []
    for line, name in list(zip(lines, names, strict=True))[:6]:
        known = [(wave, e) for wave, e in zip(waves, line, strict=True) if e is not None and e.value is not None]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            sentences.append(
                _("{name}: {start} in {first}, {end} in {last}.").format(
                    name=name,
                    start=value_and_margin(start, on),
                    first=wave_text(first, on.language),
                    end=value_and_margin(end, on),
                    last=wave_text(last, on.language),
                )
            )
    return " ".join([_("Line chart over {n} waves.").format(n=len(waves)), *sentences])


def _table(
    series: Sequence[tuple[str, str | None]],
    lines: Sequence[Sequence[Estimate | None]],
    moved: Sequence[Sequence[Estimate | None]],
    names: Sequence[str],
    waves: Sequence[str],
    on: Canvas,
) -> pd.DataFrame:
    _ = translator(on.language)
    rows, drawn = [], []
    for (code, _place), line, changed, name in zip(series, lines, moved, names, strict=True):
        for wave, e, change in zip(waves, line, changed, strict=True):
            if e is None or e.value is None:
                continue
            drawn.append(e)
            rows.append(
                {
                    _("Wave"): wave_text(wave, on.language),
                    _("Line"): name,
                    _("Indicator"): on.title(code),
                    _("Value"): e.value,
                    _("Lower end"): e.low,
                    _("Upper end"): e.high,
                    _("Change"): change.value if change else None,
                    _("Verdict"): change_word(change.verdict if change else None, on.language),
                    _("Adjusted p"): change.p_adjusted if change else None,
                    _("Base"): e.n,
                    _("Effective base"): e.n_eff,
                }
            )
    return pd.DataFrame(rows).assign(**question_column(drawn, on.language), **design_effects(drawn, on))


def _with_benchmarks(table: pd.DataFrame, benchmarks: Sequence[BenchmarkLine], on: Canvas) -> pd.DataFrame:
    """The benchmarks below the lines; they have no base."""
    _ = translator(on.language)
    rows = [
        {
            _("Wave"): wave_text(wave, on.language), _("Line"): line.told[wave], _("Value"): value,
            _("Lower end"): line.values[wave].low, _("Upper end"): line.values[wave].high,
        }
        for line in benchmarks for wave, value in line.shown.items()
    ]  # fmt: skip
    if not rows or table.empty:
        return table
    return pd.DataFrame([*table.to_dict("records"), *rows], columns=table.columns).astype({_("Base"): "Int64"})
