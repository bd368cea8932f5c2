"""The scree plot with parallel analysis: eigenvalues of the questions against those of unrelated answers."""

from __future__ import annotations

from analysis.measurement.factor_number import FactorNumber
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, OURS, UNCLEAR, Axis, Form, Number, Reference
from charts.kit.description.planes import Line, Lines
from charts.kit.description.rows import Column
from charts.kit.description.table import long_table
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import translator


def scree_plot(number: FactorNumber, on: Canvas) -> Chart:
    """Eigenvalues in order; those above the random line are counted as factors and drawn in our colour."""
    _ = translator(on.language)
    values, random = list(number.eigenvalues), list(number.random_eigenvalues)
    places = list(range(1, len(values) + 1))
    kept = number.by_parallel_analysis
    numbers = tuple(map(Number, values))
    described = Description(
        title=_("How many factors? Parallel analysis keeps {count}").format(count=kept),
        caption=_(
            "Eigenvalues above the dashed line are more than chance; {kaiser} are above 1 (Kaiser's rule, which keeps too many)."
        ).format(kaiser=number.by_eigenvalue_above_one),
        findings=_("The largest eigenvalue is {largest}; {kept} of {count} exceed those of random answers.").format(
            count=len(values), largest=on.number(values[0], 2), kept=kept
        ),
        body=Lines(
            _("Factor"),
            tuple(map(str, places)),
            tuple(map(float, places)),
            (
                Line(_("random answers (95th percentile)"), tuple(map(Number, random)), MUTED, "dashed", role="limit", points=False),
                Line(
                    _("answers of this survey"), numbers, OURS, "plain",
                    tones=tuple(OURS if place <= kept else UNCLEAR for place in places),
                ),
            ),
            Axis(holds=(0.0,), numbered=True),
            Form(2),
            references=(Reference(1.0, _("Kaiser's rule: 1")),),
            height=300,
        ),
        table=long_table(
            (
                Column(_("Factor"), tuple(places)),
                Column(_("Eigenvalue"), tuple(values)),
                Column(_("Random answers"), tuple(random)),
                Column(_("More than chance"), tuple(_("yes") if place <= kept else _("no") for place in places)),
            )
        ),
    )  # fmt: skip
    return draw(described, on)
