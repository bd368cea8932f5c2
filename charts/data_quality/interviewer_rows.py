"""Interviewer effects as rows: shares of variance with their intervals, and each group's shrunk difference from the others."""

from __future__ import annotations

from analysis.data_quality.data_quality_sentence import group_name
from analysis.data_quality.interviewer_effects import BRANCHES, INTERVIEWERS, WITHIN, InterviewerEffects, VarianceShare
from analysis.results.estimates import Estimate
from charts.kit.description.description import Description
from charts.kit.description.numbers import MUTED, WORSE, Axis, Form, Reference, ink_tone, numbers_of, verdict_tone
from charts.kit.description.rows import Column, Drawn, Row, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import hidden_sentence, verdict_word
from words.language import translator

#: Groups drawn from each end; the table has all.
MOST_EACH_END = 10


def variance_rows(found: InterviewerEffects, on: Canvas, *, limit: float) -> Chart:
    """The shares of variance between branches, interviewers, and interviewers within branches; dashed: from where it matters."""
    _ = translator(on.language)
    titles = {
        BRANCHES: _("Branches"),
        INTERVIEWERS: _("Interviewers"),
        WITHIN: _("Interviewers, same branch"),
    }
    rows = [one for one in found.shares if one.share.value is not None]
    shares = [one.share for one in rows]
    tones = tuple(WORSE if one.share.verdict == "higher" and one.kind != BRANCHES else MUTED for one in rows)
    unknown = [f"{titles[one.kind]}: {one.share.reason.text(on.language)}" for one in found.shares if one.share.reason]
    caption = _("Dashed line: {limit} %, from which interviewers matter.").format(limit=on.number(100 * limit, 0))
    few = [_("Hollow dot: few groups, read with care.")] if any(e.marked for e in shares) else []
    described = Description(
        title=_("How much of the differences in scores lies between those who asked"),
        caption=" ".join([caption, *few, *unknown]),
        body=Rows(
            _("Between"),
            tuple(Row(titles[one.kind], short=_("Within branches") if one.kind == WITHIN else "") for one in rows),
            (
                Column(
                    _("Share of variance, %"), numbers_of(shares, on.language, times=100.0), Form(percent=True),
                    (_("Lower end"), _("Upper end")), Drawn("dot", tones=tones), "always", head="", strong=True,
                ),
                Column("p", tuple(e.p for e in shares)),
                Column(_("Groups"), tuple(one.groups for one in rows), Form(0), place="wide"),
                Column(
                    _("Standard deviation between them, points"), tuple(one.deviation for one in rows), place="wide",
                    head=_("± points between them"),
                ),
                Column(_("Design effect"), tuple(one.design_effect for one in rows), Form(2), place="wide"),
                Column(_("Base"), tuple(e.n for e in shares)),
            ),
            heading=_("Share of the variance of scores"),
            references=(Reference(100 * limit, _("limit")),),
            axis=Axis(holds=(0.0, 150 * limit)),
        ),
    )  # fmt: skip
    return draw(described, on)


def effect_rows(found: VarianceShare, column: str, on: Canvas) -> Chart:
    """Each group's difference from the others, shrunk, lowest first; of many only both ends are drawn."""
    _ = translator(on.language)
    every = list(found.effects)
    ends = range(MOST_EACH_END), range(len(every) - MOST_EACH_END, len(every))
    drawn = {place for end in ends for place in end} if len(every) > 2 * MOST_EACH_END else set(range(len(every)))
    names = [_name(e, column, on) for e in every]
    caption = [_("Small groups are drawn towards zero, so that chance does not put them at the ends.")]
    if len(drawn) < len(every):
        caption.append(_("The {count} lowest and highest of {total}; the table has all.").format(count=MOST_EACH_END, total=len(every)))
    inks = tuple(ink_tone(e.verdict) for e in every)
    described = Description(
        title=_("Whose interviews score differently"),
        caption=" ".join([*caption, *hidden_sentence(found.hidden, on.language)]),
        body=Rows(
            on.role_title(column),
            tuple(
                row if place in drawn else Row(row.name, "table") for place, row in enumerate(names_of_rows(names))
            ),
            (
                Column(
                    _("Difference"), numbers_of(every, on.language), Form(signed=True), (_("Lower end"), _("Upper end")),
                    Drawn("dot", tones=tuple(verdict_tone(e.verdict) for e in every)), "always", head="", strong=True,
                ),
                Column(
                    _("Against the others"), tuple(verdict_word(e.verdict, on.language) for e in every), tones=inks, reads="verdict"
                ),
                Column(_("Base"), tuple(e.n for e in every), Form(0), place="wide"),
            ),
            heading=_("Difference from the others, points (shrunk)"),
            references=(Reference(0.0, _("no difference"), dashed=False),),
        ),
    )  # fmt: skip
    return draw(described, on)


def _name(estimate: Estimate, column: str, on: Canvas) -> str:
    return group_name(column, estimate.keys.get(column), on.schema, on.language)
