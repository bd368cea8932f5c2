"""What changed between two waves, indicator by indicator."""

from __future__ import annotations

from analysis.results import Result
from charts.difference_rows import Difference, difference_figure, difference_table
from charts.layout import Canvas, Chart, level_text, value_and_margin
from charts.words import change_word, hidden_sentence, listed
from survey_schema.language import translator


def change_bars(
    changes: Result, on: Canvas, *, now: Result | None = None, before: Result | None = None, title: str, count: int | None = None
) -> Chart:
    """One row an indicator: its change in points with interval, real changes first, then by size; at most ``count`` rows.

    ``changes`` has one estimate a code with a verdict; ``now`` and ``before`` the two scores. Hidden changes are left out.
    """
    _ = translator(on.language)
    shown = [e for e in changes.estimates if e.value is not None]
    shown.sort(key=lambda e: (e.verdict not in ("higher", "lower"), -abs(e.value or 0.0)))
    rows = [
        Difference(
            on.title(e.code),
            e,
            change_word(e.verdict, on.language),
            now.find(e.code) if now else None,
            before.find(e.code) if before else None,
        )
        for e in shown[:count]
    ]
    real = [row for row in rows if row.estimate.verdict in ("higher", "lower")]
    told = listed([f"{row.name} {value_and_margin(row.estimate, on, signed=True)}" for row in real], on.language)
    return Chart(
        title=title,
        caption=" ".join(
            [
                _("Whisker: {level}% interval; grey: may be chance or too small to matter.").format(level=level_text(changes, on)),
                *hidden_sentence(len(changes.estimates) - len(shown), on.language),
            ]
        ),
        alt_text=_("Real changes: {list}.").format(list=told) if real else _("No real change among {n} indicators.").format(n=len(shown)),
        figure=difference_figure(
            rows, on, name_header=_("Indicator"), difference_header=_("Change"), first_header=_("Now"), second_header=_("Before")
        ),
        table=difference_table(rows, on, name_header=_("Indicator"), first_header=_("Now"), second_header=_("Before")),
    )
