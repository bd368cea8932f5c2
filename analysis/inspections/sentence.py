"""What inspections say: points scored and lost, where they are lost, and what is lost again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.inspections.beside import AgainstStandard, BesideSatisfaction
from analysis.inspections.estimate_inspections import TOTAL, Inspections, Points
from analysis.inspections.lost_shares import LostShare
from analysis.inspections.repeat_offenders import RepeatOffender
from analysis.results.sentences import Segment
from words.counts import visits_text
from words.language import Language, number_text, translator
from words.lists import listed

#: Items and repeat offenders named one by one.
MOST = 3
Name = Callable[[str], str]


def inspections_sentence(found: Inspections, language: Language, name: Name, most: int = MOST) -> list[Segment]:
    """Points of the whole selection and the ``most`` items that lose most (none: only the points scored).

    ``found`` is one group, ``name`` gives the title of an item.
    """
    _ = translator(language)
    total = found.find(TOTAL)
    if total is None:
        return [Segment(found.reason.text(language) if found.reason else _("There are no inspections in this selection."), "unclear")]
    values = {key: _points(getattr(total, key), language) for key in ("available", "scored", "lost")}
    share = number_text(total.share.value or 0.0, 1, language)
    head = _("{visits} scored {scored} of {available} points ({share} %)").format(
        visits=visits_text(total.visits, language), share=share, **values
    )
    segments = [Segment(head)]
    if total.lost <= 0:
        return [*segments, Segment(_("; nothing was lost"), "better"), Segment(_("."))]
    if most:
        segments.append(Segment(_("; {lost} lost").format(**values)))
    for text in _items(found, total, language, name)[:most]:
        segments += [Segment(_("; ")), Segment(text, "worse")]
    return [*segments, Segment(_("."))]


def items_sentence(found: Inspections, language: Language, name: Name) -> list[Segment]:
    """The items that lose most of the whole selection, with their share in all that was lost; nothing where nothing was lost."""
    total = found.find(TOTAL)
    if total is None or total.lost <= 0:
        return []
    told = translator(language)("{lost} points lost in all; items that lose most: {names}.")
    return [
        Segment(
            told.format(lost=_points(total.lost, language), names=listed(_items(found, total, language, name), language, MOST)), "worse"
        )
    ]


def _items(found: Inspections, total: Points, language: Language, name: Name) -> list[str]:
    told = translator(language)("{name} {lost} ({part} % of what was lost)")
    return [
        told.format(
            name=name(row.code), lost=_points(row.lost, language), part=number_text(100 * row.lost / total.lost, 1, language)
        )
        for row in found.rows
        if row.code != TOTAL and row.lost > 0
    ]  # fmt: skip


def most_lost_sentence(places: Sequence[LostShare], language: Language, name: Callable[[Points], str]) -> list[Segment]:
    """Which of several groups lost most; nothing where there is one, or nothing was lost."""
    _ = translator(language)
    if len(places) < 2 or places[0].share is None:
        return []
    first = places[0].points
    text = _("Most is lost at {name}: {lost} of {available} points, {part} % of what was lost.").format(
        name=name(first),
        lost=_points(first.lost, language),
        available=_points(first.available, language),
        part=number_text(places[0].share, 1, language),
    )
    return [Segment(text, "worse")]


def repeat_sentence(found: Sequence[RepeatOffender], language: Language, name: Name) -> list[Segment]:
    """Which items halls lose points for again and again."""
    _ = translator(language)
    if not found:
        return [Segment(_("No hall loses points for the same item again and again."), "better")]
    segments: list[Segment] = []
    for each in found[:MOST]:
        values = {"hall": each.hall, "item": name(each.item), "times": each.times, "visits": each.visits}
        told = _("{hall}: {item} lost points at its last visit") if each.visits == 1 else _(
            "{hall}: {item} lost points at {times} of its last {visits} visits"
        )  # fmt: skip
        text = told.format(**values)
        segments += [*([Segment(_("; "))] if segments else []), Segment(text, "worse")]
    more = len(found) - MOST
    if more > 0:
        segments.append(Segment(_("; and {count} more").format(count=more), "worse"))
    return [*segments, Segment(_("."))]


def standards_sentence(found: Sequence[AgainstStandard], language: Language, name: Name) -> list[Segment]:
    """Which items clearly fall short of their standard, furthest first; nothing where none has a standard."""
    _ = translator(language)
    if not found:
        return []
    short = [row for row in found if row.verdict == "lower"]
    if not short:
        return [Segment(_("No item is clearly below its standard."), "better")]
    named = [
        _("{name} {scored} of {standard}").format(
            name=name(row.points.code), scored=number_text(row.points.share.value or 0.0, 1, language),
            standard=number_text(row.standard, 1 if row.standard % 1 else 0, language),
        )
        for row in short
    ]  # fmt: skip
    return [Segment(_("Below the standard: {names}.").format(names=listed(named, language, MOST)), "worse")]


def beside_sentence(found: BesideSatisfaction, language: Language) -> list[Segment]:
    """Whether places that score more points have more satisfied customers; never what causes what."""
    _ = translator(language)
    rho = found.correlation
    if rho.value is None:
        return [] if not found.places or rho.reason is None else [Segment(rho.reason.text(language), "unclear")]
    if rho.low is None or rho.high is None or rho.low <= 0 <= rho.high:
        told = _("Among {count} places, points scored and satisfaction do not clearly go together")
    elif rho.value > 0:
        told = _("Among {count} places, those that score more points have more satisfied customers")
    else:
        told = _("Among {count} places, those that score more points have less satisfied customers")
    ends = "" if rho.low is None or rho.high is None else _(", {low} to {high}").format(
        low=number_text(rho.low, 2, language), high=number_text(rho.high, 2, language)
    )  # fmt: skip
    how = _(" (rank correlation {rho}{ends}); that does not say what causes what.").format(
        rho=number_text(rho.value, 2, language), ends=ends
    )
    return [Segment(told.format(count=rho.n) + how)]


def _points(points: float, language: Language) -> str:
    return number_text(points, 0 if points == round(points) else 1, language)
