"""The measure a check opens on: the one that began last among those with a branch, a day and a target that can be charted."""

from __future__ import annotations

from datetime import date

from analysis.measures.measure import Measure
from answers.annotated import place_of
from answers.charted_figures import Of
from answers.measure_rows import measure_rows
from pages._shared.selection.charted_figure import codes_of, periods_of_figure
from pages._shared.selection.choices import Chosen
from pages._shared.session.asking import source_of
from survey_schema.columns import Role
from survey_schema.data_kinds.schema_choices import ALL_COMPLAINTS
from words.periods import Period


def newest_checkable(here: Chosen) -> tuple[Measure, dict[str, str]] | None:
    """The measure, and the parts of the link that checks it; None where none can be checked."""
    begun = [row.measure for row in measure_rows(source_of(here)) if row.measure.start and row.measure.branch]
    for measure in sorted(begun, key=lambda each: each.start or date.min, reverse=True):
        linked = _linked(here, measure)
        if linked is not None:
            return measure, linked
    return None


def _linked(here: Chosen, measure: Measure) -> dict[str, str] | None:
    of, since = _figure_of(here, measure.target or ""), None
    if of is not None and measure.start is not None:
        since = _first_after(measure.start, periods_of_figure(here, of))
    if of is None or since is None or measure.branch not in here.values.get(Role.BRANCH, ()):
        return None
    code = {} if of == "complaints" else {"code": str(measure.target)}
    return {"of": of, "since": since, "treated": str(measure.branch), **code}


def _figure_of(here: Chosen, target: str) -> Of | None:
    if target == ALL_COMPLAINTS:
        return "complaints"
    figures: tuple[Of, ...] = ("index", "kpi")
    return next((of for of in figures if target in codes_of(here, of)), None)


def _first_after(start: date, periods: list[str]) -> str | None:
    """The first period that lies after the beginning as a whole, where one before it did too."""
    place = place_of(start, periods)
    if place is None:
        return None
    period = Period.parse(periods[place])
    whole = place if period is not None and period.first_day >= start else place + 1
    return periods[whole] if 0 < whole < len(periods) else None
