"""What shifts of drivers would bring: the part of each and the whole, in points of the outcome, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.drivers.what_if import WhatIf
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.description.description import Description
from charts.kit.description.differences import Difference, difference_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator


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
        rows.append(replace(_row(_("All together"), together.change, on), total=True))
    change = _("Change of {outcome}, points").format(outcome=on.title(together.outcome))
    described = Description(
        title=_("What the shifts would bring"),
        caption=_("If the associations of the regression were effects. Whisker: interval; grey: the sign is not certain."),
        body=difference_rows(rows, on, name_header=_("Driver and its shift"), heading=change, header=change, decimals=2),
    )
    return draw(described, on)


def _row(name: str, change: Estimate, on: Canvas) -> Difference:
    """A row with a verdict where the interval leaves zero out."""
    _ = translator(on.language)
    verdict = interval_verdict(change)
    words = {"higher": _("rises"), "lower": _("falls"), "unclear": _("may be chance")}
    return Difference(name, change._replace(verdict=verdict), words[verdict])
