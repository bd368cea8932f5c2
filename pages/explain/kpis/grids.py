"""One KPI month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answers.kpi_data import definitions
from answers.kpis import KPIS, Kpis
from answers.question import NoOptions
from answers.topic import Answered
from charts.kit.layout import Canvas, Chart
from charts.kpis.kpi_grid import kpi_grid, kpi_terms
from pages._shared.parts.show_chart import show_chart
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import ask
from pages._shared.session.words import _, language
from reports.figures.kpis import branches_of
from words.periods import wave_text


def show_months(here: Chosen, where: Mapping[str, str], code: str, every: Sequence[str]) -> Answered[NoOptions, Kpis]:
    """One KPI by branch and month, of ``every`` month there are, with its target and limit."""
    asked = ask(KPIS, here, where=where, codes=[code], periods=every)
    found = asked.result
    months = sorted({each.month for each in found.monthly if each.month is not None})
    kpi = definitions(here.schema).get(code)
    unit = kpi.unit.text(language()) if kpi is not None and kpi.unit else ""
    name = here.schema.title_of(code, language())
    titled = _("{kpi} ({unit})").format(kpi=name, unit=unit) if unit else name

    def draw(on: Canvas) -> Chart:
        return kpi_grid(
            found.monthly, months, on, column_of=lambda each: each.month, column_name=lambda month: wave_text(month, language()),
            branches=branches_of(found, on), title=_("{kpi} by branch and month").format(kpi=titled), column_header=_("Month"),
            told=kpi_terms(kpi, on),
            keep_last=True,
            column_head=_month_head,
        )  # fmt: skip

    show_chart(draw, here.schema, "kpi_months")
    return asked


def _month_head(month: str, first: bool) -> str:
    """The month alone, with its year where a year begins and above the first column: twelve whole names have no room side by side."""
    year, _dash, number = month.partition("-")
    alone = f"{int(number)}月" if language() == "zh_CN" else number
    return f"{year}{'年' if language() == 'zh_CN' else ''} {alone}" if first or number == "01" else alone
