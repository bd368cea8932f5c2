"""The options of one question, most chosen or best ranked first: bars with intervals, the other figures beside."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.choices.estimate_choices import Choices
from analysis.choices.estimate_ranking import RankedOptions
from analysis.results.estimates import Estimate
from charts.kit.description.columns import base_columns
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, Axis, Form, numbers_of
from charts.kit.description.rows import Column, Drawn, Place, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import left_out
from words.language import translator

_PERCENT = Axis(ends=(0.0, 100.0))


def chosen_options(found: Choices, on: Canvas) -> Chart:
    """Shares of people of one group as bars, shares of mentions beside them. Hidden options are left out and counted."""
    _ = translator(on.language)
    rows = [row for row in found.group(found.groups[0]) if row.people.value is not None]
    average = found.average[0]
    told = [
        _("Of those who were asked, several answers possible."),
        *([_("On average {count} options each.").format(count=on.number(average.value, 1))] if average.value is not None else []),
        *_small([row.people for row in rows], on),
        *left_out([row.people for row in found.rows], on.language),
    ]
    described = Description(
        title=found.question.title.text(on.language),
        caption=_joined(told, on),
        body=Rows(
            _("Option"),
            names_of_rows([found.question.option(row.option).text(on.language) for row in rows]),
            (
                _figure(_("Share of people, %"), [row.people for row in rows], on, bar=True),
                _figure(_("Share of mentions, %"), [row.mentions for row in rows], on, place="wide"),
                *base_columns([row.people for row in rows], on.language),
            ),
            axis=_PERCENT,
            strong_names=False,
        ),
    )
    return draw(described, on)


def ranked_options(found: RankedOptions, on: Canvas) -> Chart:
    """Scores of one group as bars, share put first and mean rank beside them. Hidden options are left out and counted."""
    _ = translator(on.language)
    rows = [row for row in found.group(found.groups[0]) if row.score.value is not None]
    most = found.question.ranked
    told = [
        _("Score: {most} points for the first place, one less for each further one, none for an option left unranked.").format(most=most),
        _("Mean rank: of those who ranked the option, 1 the best."),
        *_small([row.score for row in rows], on),
        *left_out([row.score for row in found.rows], on.language),
    ]
    described = Description(
        title=found.question.title.text(on.language),
        caption=_joined(told, on),
        body=Rows(
            _("Option"),
            names_of_rows([found.question.option(row.option).text(on.language) for row in rows]),
            (
                _figure(_("Score by places"), [row.score for row in rows], on, bar=True, decimals=2),
                _figure(_("Put first, %"), [row.first for row in rows], on, place="wide"),
                _figure(_("Mean rank"), [row.mean for row in rows], on, place="wide", decimals=2),
                *base_columns([row.score for row in rows], on.language),
            ),
            axis=Axis(ends=(0.0, float(most))),
            strong_names=False,
        ),
    )
    return draw(described, on)


def _figure(
    header: str, entries: Sequence[Estimate], on: Canvas, *, bar: bool = False, place: Place = "always", decimals: int = 1
) -> Column:
    _ = translator(on.language)
    ends = _("{figure}: lower end").format(figure=header), _("{figure}: upper end").format(figure=header)
    drawn = Drawn("bar") if bar else None
    form = Form(decimals, margin=bar)
    return Column(header, numbers_of(entries, on.language), form, ends=ends, drawn=drawn, place=place, tones=(INK if bar else MUTED,))


def _small(entries: Sequence[Estimate], on: Canvas) -> list[str]:
    return [translator(on.language)("Small bases are among them, read with care.")] if any(each.marked for each in entries) else []


def _joined(told: Sequence[str], on: Canvas) -> str:
    return ("" if on.language == "zh_CN" else " ").join(told)
