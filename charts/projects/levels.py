"""How the quantity of a project went: at the beginning, the target, after the measures, and whether it held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from charts.kit.description.description import Description
from charts.kit.description.numbers import BETTER, INK, MUTED, OURS, WORSE, Form, Number, Reference
from charts.kit.description.rows import Column, Drawn, Row, Rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import Language, translator


@dataclass(frozen=True)
class DrawnLevel:
    """One level: what it is, its period, its value with its interval, the cases behind it, and whether it meets the target."""

    kind: Literal["baseline", "after", "held"]
    value: float
    period: str = ""
    low: float | None = None
    high: float | None = None
    cases: float | None = None
    base: float | None = None
    met: bool | None = None


def level_steps(quantity: str, unit: str, levels: Sequence[DrawnLevel], target: float | None, on: Canvas) -> Chart:
    """A dot with its interval a level, in their order; the dashed line is the target. A level that misses it is red, one beyond it blue."""
    _ = translator(on.language)
    tones = tuple(MUTED if each.kind == "baseline" or each.met is None else BETTER if each.met else WORSE for each in levels)
    percent = "%" in unit or "％" in unit
    form = Form(2, percent=percent, margin=False)
    described = Description(
        title=_("{quantity}: before, after, and whether it held").format(quantity=quantity),
        caption=_("In {unit}. Bars are 95 % intervals where the cases are known.").format(unit=unit),
        body=Rows(
            _("Level"),
            tuple(Row(_named(each, on.language)) for each in levels),
            (
                Column(
                    quantity, tuple(Number(each.value, each.low, each.high) for each in levels), form, (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tones or (OURS,)), "always", head="", tones=(INK,), strong=True,
                ),
                Column(_("Counted"), tuple(each.cases for each in levels), Form(0), place="wide"),
                Column(_("Of how many"), tuple(each.base for each in levels), Form(0), place="wide"),
            ),
            heading=unit,
            references=() if target is None else (Reference(target, _("Target {value}").format(value=on.number(target, 2)), named=True),),
        ),
    )  # fmt: skip
    return draw(described, on)


def _named(level: DrawnLevel, language: Language) -> str:
    _ = translator(language)
    kind = {"baseline": _("At the beginning"), "after": _("After the measures"), "held": _("Since then")}[level.kind]
    return f"{kind} · {level.period}" if level.period else kind
