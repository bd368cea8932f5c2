"""KPIs before measures began and lately: values without an interval, so they are told and not drawn."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.measures.change_since import ChangeSince
from answers.measure_rows import target_title
from charts.kpis.kpi_grid import kpi_number
from charts.measures.measure_words import measure_name
from pages._shared.parts.say import say, say_list
from pages._shared.parts.show_chart import canvas
from pages._shared.selection.choices import Chosen
from pages._shared.session.words import _, language
from words.periods import wave_text


def say_kpis(here: Chosen, changes: Sequence[ChangeSince]) -> None:
    """A line each; nothing where no measure aims at a KPI that was measured before and since."""
    on = canvas(here.schema)
    lines = []
    for each in changes:
        if each.has_interval or each.values is None:
            continue
        before, latest = each.values
        told = _("{measure}: {target} {before} ({first}) → {latest} ({last})").format(
            measure=measure_name(each.measure, on), target=target_title(each.measure.target, here.schema, language()),
            before=kpi_number(before.value or 0.0, on), latest=kpi_number(latest.value or 0.0, on),
            first=wave_text(each.before or "", language()), last=wave_text(each.latest or "", language()),
        )  # fmt: skip
        lines.append(told)
    if lines:
        say(_("KPIs before the measures began and lately"), "head")
        say_list(lines)
