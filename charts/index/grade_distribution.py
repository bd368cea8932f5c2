"""How the answers to each item spread over the grades: one stacked bar an item, from the lowest grade to the highest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.results.estimates import Estimate, Result
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description, TableColumn
from charts.kit.description.numbers import UNCLEAR, Axis, Form, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import left_out
from words.language import translator


def grade_distribution(shares: Result, rates: Result, on: Canvas, *, codes: Sequence[str] = (), count: int | None = None) -> Chart:
    """Stacked bars of grade shares, items with the lowest satisfaction rate first; at most ``count`` of them.

    ``shares`` holds proportions 0-1 by item and ``grade`` for one group, ``rates`` their satisfaction rates as ``estimate_rates`` gives
    them; an item without a rate stands last. Grades from the scale's satisfied grade on are blue, those
    below grey to red; a reversed item counts from the other end. Items with a hidden base are left out and counted.
    """
    _ = translator(on.language)
    asked = list(codes) or list(dict.fromkeys(e.code for e in shares.estimates))
    known = {code: {float(str(e.keys["grade"])): e for e in shares.estimates if e.code == code and e.value is not None} for code in asked}
    satisfied = {e.code: e.value for e in rates.estimates if e.keys.get("share") == "satisfied" and e.value is not None}
    # Rounding does not order what is equal.
    shown = sorted((code for code in asked if known[code]), key=lambda code: round(satisfied.get(code, 1.0), 9))[:count]
    missing = [next((e for e in shares.estimates if e.code == code), None) for code in asked if not known[code]]
    places = range(max((len(known[code]) for code in shown), default=0))
    described = Description(
        title=_("How the answers spread"),
        caption=" ".join(
            [
                _("Per cent of answers, lowest grade left, highest right; blue counts as satisfied."),
                *left_out(missing, on.language),
            ]
        ),
        body=Rows(
            _("Indicator"),
            names_of_rows([on.title(code) for code in shown]),
            (
                Column(
                    _("Satisfied"),
                    tuple(100 * satisfied[code] if code in satisfied else None for code in shown),
                    Form(percent=True),
                    place="always",
                    strong=True,
                ),
                *(_segment(place, [(code, known[code]) for code in shown], on) for place in places),
            ),
            strong_names=False,
            axis=Axis(ends=(0.0, 1.0)),
        ),
        table=_table([(code, grade, e) for code in shown for grade, e in sorted(known[code].items())], on),
    )
    return draw(described, on)


def _segment(place: int, items: Sequence[tuple[str, Mapping[float, Estimate]]], on: Canvas) -> Column:
    """The grade at one place from the worst to the best; scales may differ, so its name is that of the first item."""
    grades = [_nth(known, code, place, on) for code, known in items]
    pairs = [(code, known, grade) for (code, known), grade in zip(items, grades, strict=True)]
    shares = [known[grade] if grade is not None else None for _code, known, grade in pairs]
    tones = tuple(_tone(code, grade, on) if grade is not None else UNCLEAR for code, _known, grade in pairs)
    name = next((_grade_text(code, grade, on) for code, _known, grade in pairs if grade is not None), "")
    texts = tuple("" if e is None else on.number(100 * (e.value or 0.0), 0) for e in shares)
    numbers = tuple(
        None if number is None else replace(number, note=_grade_text(code, grade, on) if grade is not None else "")
        for number, (code, _known, grade) in zip(numbers_of(shares, on.language), pairs, strict=True)
    )
    return Column(name, numbers, Form(3), drawn=Drawn("part", "part", tones, texts=texts))


def _nth(grades: Iterable[float], code: str, place: int, on: Canvas) -> float | None:
    """The grade at a place from the worst to the best."""
    ordered = sorted(grades, reverse=on.schema.item(code).reversed)
    return ordered[place] if place < len(ordered) else None


def _goodness(code: str, grade: float, on: Canvas) -> float:
    """The grade with a reversed item turned."""
    scale = on.schema.scale_of(code)
    return scale.minimum + scale.maximum - grade if on.schema.item(code).reversed else grade


def _tone(code: str, grade: float, on: Canvas) -> Tone:
    """Blue for satisfied grades, stronger towards the best; below that from grey to red."""
    scale, value = on.schema.scale_of(code), _goodness(code, grade, on)
    if value >= scale.satisfied_from:
        depth = (value - scale.satisfied_from) / ((scale.maximum - scale.satisfied_from) or 1)
        return Tone("better", 0.45 + 0.3 * depth)
    depth = (scale.satisfied_from - value) / ((scale.satisfied_from - scale.minimum) or 1)
    return Tone("worse", 0.25 + 0.4 * depth, "unclear", depth)


def _grade_text(code: str, grade: float, on: Canvas) -> str:
    label = next((label for label in on.schema.scale_of(code).labels if label.grade == grade), None)
    return f"{grade:g} {label.text(on.language)}" if label else f"{grade:g}"


def _table(rows: Sequence[tuple[str, float, Estimate]], on: Canvas) -> tuple[TableColumn, ...]:
    """A row for each grade of each item."""
    _ = translator(on.language)
    shares = [e for _code, _grade, e in rows]
    return long_table(
        (
            Column(_("Indicator"), tuple(on.title(code) for code, _grade, _e in rows)),
            Column(_("Grade"), tuple(_grade_text(code, grade, on) for code, grade, _e in rows)),
            Column(_("Share (%)"), numbers_of(shares, on.language, times=100.0), ends=(_("Lower end"), _("Upper end"))),
            *base_columns(shares, on.language),
        )
    )
