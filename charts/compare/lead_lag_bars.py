"""Where we lead or trail a competitor: ours minus theirs by brand, dimension or indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.results.estimates import Estimate, Result
from charts.kit.description.description import Description
from charts.kit.description.differences import Difference, difference_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import lead_lag_word, left_out, on_questions, whiskers_told
from words.language import Language, translator


def lead_lag_bars(
    gaps: Sequence[Estimate],
    ours: Sequence[Estimate | None],
    theirs: Sequence[Estimate | None],
    names: Sequence[str],
    on: Canvas,
    *,
    title: str,
    result: Result,
    name_header: str,
    words: Callable[[str | None, Language], str] = lead_lag_word,
    headers: tuple[str, str] | None = None,
    ordered: bool = True,
    decimals: int = 1,
) -> Chart:
    """One row a gap (ours minus theirs, in points), largest lead first unless ``ordered`` is False.

    ``ours`` and ``theirs`` are the two sides of each gap, ``names`` its row names; ``result`` is where the gaps come from.
    Hidden gaps are left out and counted.
    """
    _ = translator(on.language)
    first, second = headers or (_("Ours"), _("Theirs"))
    rows = [
        Difference(name, gap, words(gap.verdict, on.language), mine, other)
        for gap, mine, other, name in zip(gaps, ours, theirs, names, strict=True)
        if gap.value is not None
    ]
    if ordered:
        rows.sort(key=lambda row: -(row.estimate.value or 0.0))
    described = Description(
        title=title,
        caption=" ".join(
            [
                whiskers_told(gaps, level_text(result, on), on.language),
                *([_("Hollow: small base, read with care.")] if any(row.estimate.marked for row in rows) else []),
                *on_questions([row.estimate for row in rows], [row.name for row in rows], on.language),
                *left_out(gaps, on.language),
            ]
        ),
        body=difference_rows(
            rows, on, name_header=name_header, heading=_("Difference"), first_header=first, second_header=second, decimals=decimals
        ),
    )
    return draw(described, on)
