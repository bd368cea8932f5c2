"""What the control chart is of, how it is parted, and where its phases and limits come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.control_charts.limits import FEWEST, ChartKind
from analysis.inspections.inspection_sums import HALL
from answers.charted_figures import FIGURES, OF, Of
from answers.control_chart import FITTING, KIND_NAMES
from charts.control_charts.panel_words import CHART_NAMES
from pages._shared.parts.control_charts_part import OF_KEY, code_key
from pages._shared.parts.pick import pick, pick_several
from pages._shared.selection.charted_figure import code_title, codes_of, items_with, periods_of_figure
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language, said
from survey_schema.answer_shares import SHARES
from survey_schema.columns import Role
from words.periods import wave_text

ALL = "all"


@dataclass(frozen=True)
class Picked:
    """What is asked: the options, the one code (none: what is usual), the column to part by (none: all together)."""

    options: Mapping[str, Any]
    codes: tuple[str, ...]
    by: tuple[str, ...]

    @property
    def choices(self) -> dict[str, Any]:
        """The same as a figure of reports is told."""
        return {**self.options, "codes": list(self.codes), "by": list(self.by)}


def pick_figure(here: Chosen) -> Of:
    """The figure, at first one with enough periods for limits; those whose sheet did not come yet are offered too, and say so."""
    there = [of for of in OF if of not in SHARES or items_with(of, here.schema)]
    judged = next((of for of in there if len(periods_of_figure(here, of)) >= FEWEST), there[0])
    return pick(_("Control chart of"), there, OF_KEY, lambda of: said(FIGURES[of].title), judged)


def pick_rest(here: Chosen, of: Of) -> Picked:
    """The others, as far as the figure leaves a choice."""
    codes = codes_of(here, of)
    code = pick(_("Which"), codes, code_key(of), lambda each: code_title(here.schema, of, each)) if len(codes) > 1 else None
    columns = _columns(here, of)
    place, usual = ("kpi", str(Role.BRANCH)) if of == "kpi" else (str(bool(FIGURES[of].kinds)), ALL)  # KPIs come by branch
    by = pick(_("Charts by"), [ALL, *columns], f"spc_by_{place}", lambda name: columns.get(name) or _("all together"), usual)
    fitting = FITTING[FIGURES[of].measure]
    chart: ChartKind | None = None
    if len(fitting) > 1:
        names = {"auto": _("by the figure and its bases")} | {str(kind): said(CHART_NAMES[kind]) for kind in fitting}
        chosen = pick(_("Chart"), list(names), f"spc_chart_{fitting[0]}", names.__getitem__)
        chart = next((kind for kind in KIND_NAMES if kind == chosen), None)
    return Picked(_with_phases(here, of, chart), (code,) if code else (), (by,) if by != ALL else ())


def _with_phases(here: Chosen, of: Of, chart: ChartKind | None) -> dict[str, Any]:
    periods = periods_of_figure(here, of)
    names = {"noted": _("where annotations begin one"), "one": _("one for all"), "own": _("from periods picked")}
    phases = pick(_("Phases"), list(names), "spc_phases", names.__getitem__)

    def title(period: str) -> str:
        return wave_text(period, language())

    begins: list[str] = []
    if phases == "own" and len(periods) > 1:
        begins = pick_several(_("Phases begin with"), periods[1:], "spc_phase_from", title, [], 6)
    until = pick(
        _("Limits from"), [ALL, *periods[2:]], "spc_limits_to",
        lambda each: _("all points of the phase") if each == ALL else _("its points up to {period}").format(period=title(each)),
    )  # fmt: skip
    limits_to = None if until == ALL else until
    return {"of": of, "chart": chart, "phase_from": list(begins), "one_phase": phases != "noted", "limits_to": limits_to}


def _columns(here: Chosen, of: Of) -> dict[str, str]:
    if not FIGURES[of].kinds:
        roles = (Role.BRANCH, Role.OPERATOR, Role.BRAND, Role.BUSINESS_LINE)
        return {str(role): here.schema.column_title(role, language()) for role in roles if here.has(role)}
    found = {str(Role.BRANCH): here.schema.column_title(Role.BRANCH, language())}
    return {**found, HALL: _("Hall")} if of == "points_lost" else found
