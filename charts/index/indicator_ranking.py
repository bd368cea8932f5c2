"""The questions of the survey from the best to the worst score, with interval and rank."""

from __future__ import annotations

from analysis.results.estimates import Result
from analysis.results.interval_verdict import interval_verdict
from charts.kit.description.columns import base_columns, design_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import Form, Reference, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart, level_text
from charts.kit.words import left_out
from words.language import translator


def indicator_ranking(scores: Result, on: Canvas) -> Chart:
    """Every item of the tree by score; rank 1 is the best, ties share a rank.

    ``scores`` holds points on 0-100, one estimate an item, with ``rank``. Blue: the whole interval lies above the index; red: below.
    Hidden items are left out and counted in the caption.
    """
    _ = translator(on.language)
    index = scores.find(on.schema.tree.code)
    level = index.value if index is not None else None
    items = set(on.schema.tree.items())
    mine = [e for e in scores.estimates if e.code in items]
    entries = sorted((e for e in mine if e.value is not None), key=lambda e: (-(e.value or 0.0), e.code))
    verdicts = [interval_verdict(e, level) for e in entries]
    caption = _("Bars: {level}% interval. Dashed line: the index. Blue above it, red below it, beyond chance.")
    described = Description(
        title=_("Indicators by score"),
        caption=" ".join([caption.format(level=level_text(scores, on)), *left_out(mine, on.language)]),
        body=Rows(
            _("Indicator"),
            names_of_rows([on.title(e.code) for e in entries]),
            (
                Column(_("Rank"), tuple(e.rank for e in entries), Form(0), place="always", side="left"),
                Column(
                    _("Value"), numbers_of(entries, on.language), ends=(_("Lower end"), _("Upper end")), place="always", strong=True,
                    drawn=Drawn("dot", tones=tuple(map(verdict_tone, verdicts))),
                ),
                *base_columns(entries, on.language),
                *design_columns(entries, on.language),
            ),
            references=() if level is None else (Reference(level, on.title(on.schema.tree.code)),),
        ),
    )  # fmt: skip
    return draw(described, on)
