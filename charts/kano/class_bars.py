"""Kano's classes of features: one stacked bar a feature, from must-be to questionable, with its class and how clear it is beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.kano.beside_penalty_reward import BothClasses
from analysis.kano.estimate_kano import KanoFeature
from analysis.kano.evaluation_table import CLASSES, KanoClass
from analysis.kano.sentence import class_name
from charts.kano.class_tones import candidates_text, class_tone
from charts.kit.description.description import Description
from charts.kit.description.numbers import INK, MUTED, Axis, Form, numbers_of
from charts.kit.description.rows import Column, Drawn, Rows, names_of_rows
from charts.kit.drawing.draw import draw
from charts.kit.layout import Canvas, Chart
from charts.kit.words import left_out
from words.language import translator
from words.lists import listed

_PERCENT = Form(0, margin=False)


def class_bars(features: Sequence[KanoFeature], on: Canvas, *, titles: Mapping[str, str], both: Sequence[BothClasses] = ()) -> Chart:
    """Features of one group, those of one class together, the clearest first. Hidden ones are left out and counted."""
    _ = translator(on.language)
    rows = sorted((each for each in features if each.kind is not None), key=_order)
    kinds = tuple(candidates_text(each, on) for each in rows)
    clear = tuple(INK if each.ambiguous is False else MUTED for each in rows)
    strengths, totals = [each.strength for each in rows], [each.total_strength for each in rows]
    columns = [
        Column(_("Class"), kinds, place="always", align="left", tones=clear, strong=True),
        *(_part(rows, name, on) for name in CLASSES),
        Column(_("Ahead by"), numbers_of(strengths, on.language), ends=_ends(_("Ahead by"), on), place="wide", tones=(MUTED,)),
        *_beside(rows, both, on),
        Column(_("Total strength"), numbers_of(totals, on.language), ends=_ends(_("Total strength"), on)),
        Column("p", tuple(each.p_adjusted for each in strengths)),
        Column(_("Base"), tuple(each.n for each in strengths), Form(0)),
    ]
    legend = listed([class_name(name, on.language) for name in CLASSES], on.language)
    told = [
        _("Share of respondents by class in per cent, left to right: {classes}.").format(classes=legend),
        _("Ahead by: the first class less the second, points; ≈: the two cannot be told apart."),
        *([_("Small bases are among them, read with care.")] if any(each.marked for each in strengths) else []),
        *left_out([each.strength for each in features], on.language),
    ]
    named = [titles[each.code] for each in rows]
    described = Description(
        title=_("What each feature is to customers"),
        caption=(" " if on.language == "en" else "").join(told),
        body=Rows(_("Feature"), names_of_rows(named), tuple(columns), axis=Axis(ends=(0.0, 100.0))),
        findings=listed([f"{name}: {kind}" for name, kind in zip(named, kinds, strict=True)], on.language),
    )
    return draw(described, on)


def _order(feature: KanoFeature) -> tuple[int, float]:
    return CLASSES.index(feature.kind or "Q"), -(feature.strength.value or 0.0)


def _ends(name: str, on: Canvas) -> tuple[str, str]:
    _ = translator(on.language)
    return _("{figure}: lower end").format(figure=name), _("{figure}: upper end").format(figure=name)


def _part(rows: Sequence[KanoFeature], name: KanoClass, on: Canvas) -> Column:
    shares = [each.shares[name] for each in rows]
    texts = tuple(on.number(share.value or 0.0, 0) for share in shares)
    drawn = Drawn("part", "part", tones=(class_tone(name),), texts=texts)
    return Column(class_name(name, on.language), numbers_of(shares, on.language), _PERCENT, drawn=drawn)


def _beside(rows: Sequence[KanoFeature], both: Sequence[BothClasses], on: Canvas) -> list[Column]:
    """The class by penalty and reward, dark where it is another one; no column where no feature has a driver."""
    _ = translator(on.language)
    if not both:
        return []
    found = [{each.feature.code: each for each in both}.get(row.code) for row in rows]
    words = tuple(
        "" if each is None else class_name(each.from_contrast, on.language) if each.from_contrast else _("not clear") for each in found
    )
    tones = tuple(INK if each is not None and each.agree is False else MUTED for each in found)
    return [Column(_("Penalty–reward"), words, place="wide", align="left", tones=tones)]
