"""Does a driver hurt when it is bad, please when it is good, or both: penalties to the left, rewards to the right of zero."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drivers.penalty_reward import Contrast, PenaltyReward
from analysis.results.estimates import Estimate
from analysis.results.interval_verdict import interval_verdict
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, OURS, UNCLEAR, Form, Reference, Tone, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from words.language import Language, translator
from words.lists import listed


def kind_word(kind: str, language: Language) -> str:
    """What kind of factor a driver is, in a word."""
    _ = translator(language)
    words = {
        "basic": _("basic"), "performance": _("performance"), "excitement": _("excitement"), "none": _("neither shown"),
        "unclear": _("not clear"),
    }  # fmt: skip
    return words.get(kind, kind)


def penalty_reward_chart(found: PenaltyReward, on: Canvas) -> Chart:
    """One row a driver, largest effect first: points of the outcome lost by the lowest grades and won by the highest.

    Dark and teal tell the two sides apart and say neither better nor worse; bars whose interval holds zero are grey. The analysis must be
    estimable.
    """
    _ = translator(on.language)
    rows = sorted(found.contrasts, key=_size, reverse=True)
    kinds = tuple(kind_word(row.kind, on.language) for row in rows)
    strong = tuple(MUTED if row.kind in ("none", "unclear") else INK for row in rows)
    described = Description(
        title=_("What hurts when it is bad, what pleases when it is good"),
        caption=_(
            "Left: points lost by the lowest grades; right: points won by the highest, against the grades between. Basic: hurts more than "
            "it pleases; excitement: the reverse; performance: both alike. Grey: zero cannot be ruled out."
        ),
        body=Rows(
            _("Driver"),
            names_of_rows([on.title(row.driver) for row in rows]),
            (
                _side(_("Penalty"), [row.penalty for row in rows], (_("Penalty: lower end"), _("Penalty: upper end")), INK, on),
                _side(_("Reward"), [row.reward for row in rows], (_("Reward: lower end"), _("Reward: upper end")), OURS, on),
                Column(_("Kind"), kinds, place="always", align="left", tones=strong, strong=True, reads="note"),
                Column(_("Lowest grades: answers"), tuple(row.lowest_n for row in rows)),
                Column(_("Highest grades: answers"), tuple(row.highest_n for row in rows)),
            ),
            heading=_("Points of the outcome"),
            references=(Reference(0.0, _("no difference"), dashed=False),),
        ),
        findings=listed([f"{on.title(row.driver)} {kind}" for row, kind in zip(rows, kinds, strict=True)], on.language),
    )
    return draw(described, on)


def _size(row: Contrast) -> float:
    return max(abs(row.penalty.value or 0.0), abs(row.reward.value or 0.0))


def _side(header: str, estimates: Sequence[Estimate], ends: tuple[str, str], tone: Tone, on: Canvas) -> Column:
    """Bars of one side, grey where zero cannot be ruled out."""
    tones = tuple(tone if e.value is not None and interval_verdict(e) != "unclear" else UNCLEAR for e in estimates)
    return Column(header, numbers_of(estimates, on.language), Form(signed=True), ends, Drawn("bar", tones=tones), "wide")
