"""What shifts of drivers would bring: the part of each and the whole, in points of the outcome, with intervals."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.drivers.what_if import WhatIf
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.difference_rows import Difference, difference_figure, difference_table
from charts.kit.layout import Canvas, Chart, value_and_margin
from words.language import translator
from words.lists import listed


def what_if_bars(together: WhatIf, parts: Mapping[str, WhatIf], on: Canvas) -> Chart:
    """One row for each shifted driver and one for all together. ``parts`` holds each shift on its own; all must be estimable."""
    _ = translator(on.language)
    rows = [
        _row(f"{on.title(code)} {on.number(part.shifts[code], 1, signed=True)}", part.change, on)
        for code, part in parts.items()
        if part.change is not None
    ]
    rows.sort(key=lambda row: -abs(row.estimate.value or 0.0))
    if together.change is not None:
        rows.append(_row(_("All together"), together.change, on))
    told = listed([f"{row.name} {value_and_margin(row.estimate, on, 2, signed=True)}" for row in rows], on.language)
    header, change = _("Driver and its shift"), _("Change of {outcome}, points").format(outcome=on.title(together.outcome))
    heading = _("Points") if on.narrow else change
    return Chart(
        title=_("What the shifts would bring"),
        caption=_("If the associations of the regression were effects. Whisker: interval; grey: the sign is not certain."),
        alt_text=_("Bar chart of changes: {list}.").format(list=told),
        figure=difference_figure(rows, on, name_header=header, difference_header=heading, decimals=2),
        table=difference_table(rows, on, name_header=header).rename(columns={_("Difference"): change}),
    )


def _row(name: str, change: Estimate, on: Canvas) -> Difference:
    """A row with a verdict where the interval leaves zero out."""
    _ = translator(on.language)
    verdict = interval_verdict(change)
    words = {"higher": _("rises"), "lower": _("falls"), "unclear": _("not clear")}
    return Difference(name, change._replace(verdict=verdict), words[verdict])
